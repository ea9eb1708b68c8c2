"""The cells of a workbook's file: their stored values, and which of them are results."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from engines.formulon_book import Place, place
from kam_xl.content.positions import column_name
from kam_xl.content.tables import CellError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Written(NamedTuple):
    """One sheet as it stands in a file: values by place, blank cells left out, and where formulas show results."""

    cells: dict[Place, Any]
    results: set[Place]
    visible: bool


def written(path: Path) -> dict[str, Written]:
    """Every sheet of a workbook's file."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        parts = {each.attrib["Id"]: each.attrib["Target"] for each in relations}
        texts = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")):
                texts.append("".join(text.text or "" for text in item.iter(f"{MAIN}t")))
        return {
            sheet.attrib["name"]: _sheet(
                archive.read(f"xl/{parts[sheet.attrib[RELATION]].removeprefix('/xl/')}"),
                texts,
                "state" not in sheet.attrib,
            )
            for sheet in book.iter(f"{MAIN}sheet")
        }


def _sheet(content: bytes, texts: list[str], visible: bool) -> Written:
    sheet = Written({}, set(), visible)
    for cell in ElementTree.fromstring(content).iter(f"{MAIN}c"):
        address, formula, value = cell.attrib["r"], cell.find(f"{MAIN}f"), cell.findtext(f"{MAIN}v")
        if formula is not None:
            first, _colon, last = formula.get("ref", address).partition(":")
            (top, left), (bottom, right) = place(first), place(last or first)
            sheet.results.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        if value:
            sheet.cells[place(address)] = _value(cell.get("t", "n"), value, texts)
    return sheet


def _value(kind: str, value: str, texts: list[str]) -> Any:
    if kind == "s":
        return texts[int(value)]
    if kind == "e":
        return CellError(value)
    if kind == "b":
        return value == "1"
    return value if kind == "str" else float(value)


def same(stored: Any, computed: Any, separators: str = ".,") -> bool:
    """Whether a computed value is the stored one, which was computed in English.

    Equal text, truth values and errors, or numbers equal to 1e-9; a blank cell is the same as one that shows "".
    `separators` are those of the country that computed it, first the decimal one: in a text, a number has them.

    >>> same("1,711.5 k€", "1.711,5 k€"), same("1,711.5 k€", "1.711,5 k€", ",."), same("v. 1", "v, 1", ",.")
    (False, True, False)
    """
    if stored in (None, "") or computed in (None, ""):
        return stored in (None, "") and computed in (None, "")
    if isinstance(stored, bool | str) or isinstance(computed, bool | str):
        if type(stored) is not type(computed):
            return False
        return stored == computed or (isinstance(stored, str) and same_text(stored, computed, separators))
    return math.isclose(stored, computed, rel_tol=1e-9, abs_tol=1e-12)


def same_text(stored: str, computed: str, separators: str) -> bool:
    """Whether two texts differ in nothing but the separators of the numbers inside."""
    theirs = {".": separators[:1], ",": separators[1:]}

    def fits(at: int, sign: str, other: str) -> bool:
        inside = stored[at - 1 : at].isdigit() and stored[at + 1 : at + 2].isdigit()
        return sign == other or (inside and sign in theirs and other in theirs[sign])

    return len(stored) == len(computed) and all(map(fits, range(len(stored)), stored, computed))


def differences(
    stored: dict[Place, Any], computed: dict[Place, Any], sheet: str = "", separators: str = ".,"
) -> list[str]:
    """The cells of a sheet whose stored value is not the computed one."""
    return [
        f"{sheet}!{column_name(column)}{row + 1}: stored {stored.get((row, column))!r}, "
        f"computed {computed.get((row, column))!r}"
        for row, column in sorted(stored.keys() | computed.keys())
        if not same(stored.get((row, column)), computed.get((row, column)), separators)
    ]
