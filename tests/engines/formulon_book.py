"""A workbook in formulon, an engine that knows LAMBDA and computes as the Excel of a country does.

formulon keeps a stored value where it cannot compute, and a file of ours is full of right values. So every stored
result is replaced by `POISON` before it is loaded: what it shows then, it has computed. It also writes an optional
parameter as ``[x]`` where a file has ``_xlop.x``.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Any

import formulon

from kam_xl.content.positions import split_cell
from kam_xl.content.tables import CellError
from kam_xl.formulas.formula import serial

Place = tuple[int, int]  # row and column of a cell, counted from 0

ENGLISH, GERMAN, FRENCH = "mac-365-en_US", "mac-365-de_DE", "mac-365-fr_FR"  # those measured in Excel itself
PROFILES = {"English": ENGLISH, "German": GERMAN, "French": FRENCH}
SEPARATORS = {"English": ".,", "German": ",.", "French": ",\u202f\xa0 "}  # of decimals, then of thousands
POISON = -987654321

_TEXT = re.compile(r'&quot;.*?&quot;|"[^"]*"', re.DOTALL)
_FORMULA = re.compile(r"(<(definedName|f)\b[^>]*(?<!/)>)(.*?)(</\2>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_SPILL = re.compile(r'<f\b[^>]*\bref="(\w+)(?::(\w+))?"')


def place(address: str) -> Place:
    """Row and column of an address, counted from 0.

    >>> place("B3")
    (2, 1)
    """
    row, column = split_cell(address)
    return row - 1, column - 1


def spilled(address: str, formula: str) -> set[Place]:
    """The cells that the formula element of the cell at `address` fills: its own, and those of its ``ref``.

    >>> sorted(spilled("B3", '<f t="array" ref="B3:B4">KAM_ABC(A1:A2)</f>'))
    [(2, 1), (3, 1)]
    """
    found = _SPILL.search(formula)
    (top, left), (bottom, right) = (place(address), place(found[2] or found[1])) if found else (place(address),) * 2
    return {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def _spelled(formula: str) -> str:
    """A formula with its parameters as formulon spells them; texts inside it stay as they are.

    >>> _spelled('_xlfn.LAMBDA(_xlpm.a,_xlop.b,_xlpm.a&"_xlpm.b")')
    '_xlfn.LAMBDA(a,[b],a&"_xlpm.b")'
    """

    def spell(part: str) -> str:
        return re.sub(r"_xlop\.([\w.]+)", r"[\1]", part).replace("_xlpm.", "")

    texts = _TEXT.findall(formula)
    others = map(spell, _TEXT.split(formula))
    return "".join(part + text for part, text in zip(others, [*texts, ""], strict=True))


def _poisoned(sheet: str) -> str:
    """The XML of a sheet with a wrong number in place of every result, also in the cells that a formula spills to."""
    cells = [(found[1], found[2] or "") for found in _CELL.finditer(sheet)]
    addresses = [re.search(r'\br="(\w+)"', attributes) for attributes, _inner in cells]
    results: set[Place] = set()
    for address, (_attributes, inner) in zip(addresses, cells, strict=True):
        if address and "<f" in inner:
            results |= spilled(address[1], inner)

    def poison(cell: re.Match[str]) -> str:
        address = re.search(r'\br="(\w+)"', cell[1])
        if not address or place(address[1]) not in results:
            return cell[0]
        formula = re.search(r"<f\b.*?(?:/>|</f>)", cell[2] or "", re.DOTALL)
        kept = re.sub(r'\s+t="\w+"', "", cell[1])
        return f"<c{kept}>{formula[0] if formula else ''}<v>{POISON}</v></c>"

    return _CELL.sub(poison, sheet)


def prepared(content: bytes) -> bytes:
    """A workbook's file as formulon is to load it: every result poisoned, optional parameters in its spelling."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if re.fullmatch(r"xl/(workbook|worksheets/[^/]+)\.xml", name):
                text = _FORMULA.sub(lambda found: found[1] + _spelled(found[3]) + found[4], part.decode())
                part = (_poisoned(text) if "/worksheets/" in name else text).encode()
            target.writestr(name, part)
    return out.getvalue()


class FormulonBook:
    """An open workbook, calculated in the Excel of one country; a context manager.

    Parameters
    ----------
    source
        The file of a workbook whose functions are LAMBDA names, or its content.
    profile
        The Excel to compute as: one of `PROFILES`.

    Examples
    --------
    >>> import xlsxwriter
    >>> with xlsxwriter.Workbook(buffer := io.BytesIO()) as made:
    ...     made.add_worksheet("Sums").write_formula("A2", "=A1+1", None, 7)
    0
    >>> with FormulonBook(buffer.getvalue()) as book:
    ...     book.write("Sums", "A1", 2)
    ...     book.recalculate()
    ...     book.value("Sums", "A2")
    3.0
    """

    def __init__(self, source: Path | bytes, profile: str = ENGLISH) -> None:
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
        self._book = formulon.Workbook.load(prepared(content))
        self.sheets = {self._book.sheet_name(number): number for number in range(self._book.sheet_count())}
        self.recalculate(profile)

    def recalculate(self, profile: str | None = None) -> None:
        """Calculate every formula, in the Excel of another country if `profile` is given."""
        if profile:
            self._book.set_excel_profile_id(profile)
        self._book.recalc()

    def values(self, sheet: str) -> dict[Place, Any]:
        """The cells of a sheet that hold something: numbers, texts, truth values and `CellError`."""
        cells = self._book.iter_cells(self.sheets[sheet])
        found = {(cell.row, cell.col): _plain(cell.value) for cell in cells}
        return {where: value for where, value in found.items() if value is not None}

    def value(self, sheet: str, address: str) -> Any:
        """The value of one cell, None where it is blank."""
        return _plain(self._book.get_value(self.sheets[sheet], *place(address)))

    def shown(self, sheet: str, where: Place) -> str:
        """The text that a cell displays, with a remark where it cannot be displayed by its number format."""
        text, status = self._book.get_display_text(self.sheets[sheet], *where)
        return text if status == formulon.DisplayStatus.OK else f"{text} ({status.name})"

    def write(self, sheet: str, address: str, value: Any) -> None:
        """Put a value into a cell as a person does: "=…" is a formula, "#N/A" that error, None a blank."""
        at = (self.sheets[sheet], *place(address))
        book = self._book
        if value is None:
            book.set_blank(*at)
        elif isinstance(value, bool):
            book.set_bool(*at, value)
        elif isinstance(value, int | float):
            book.set_number(*at, value)
        elif isinstance(value, dt.date):
            book.set_number(*at, serial(value))
        elif value in _ERROR_CODES:
            book.set_error(*at, _ERROR_CODES[value])
        elif value.startswith("="):
            book.set_formula(*at, value)
        else:
            book.set_text(*at, value)

    def close(self) -> None:
        """Give its memory back."""
        self._book.close()

    def __enter__(self) -> FormulonBook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        self.close()


_ERROR_CODES = {formulon.error_display_name(code): int(code) for code in formulon.ErrorCode}


def _plain(value: formulon.Value) -> Any:
    if value.kind is formulon.ValueKind.ERROR:
        return CellError(formulon.error_display_name(value.error_code))
    return value.to_python()
