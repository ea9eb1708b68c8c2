"""The parts of a workbook file: its sheets with what stands in their cells, its names; and where each part is."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from kam_xl.content.positions import Positions, column_name, find_positions, related
from kam_xl.content.positions import area_of as sheet_area
from kam_xl.errors import DataError
from kam_xl.files.container import DAMAGED, check_container
from kam_xl.files.limits import read_file
from kam_xl.formulas.values import Err, Scalar
from kam_xl.locale import _

COLUMNS = 16_384
_DEEPEST = 100  # elements inside each other; programs write ten
_OTHERS = 1_000_000  # elements of a sheet that are none of its rows and cells
_BLANKS = 4_000_000  # cells of a sheet without a value
_CELLS = 10_000_000
_PARTS = 10  # of a cell: formula, value, pieces of a text; more of them count as other elements
_BETWEEN = 16_000_000  # letters between elements: blanks of an indented file
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class FormulaCell:
    """A formula as it stands in a file, and the value that is stored for it."""

    text: str
    stored: Scalar  # None where none is stored
    area: str = ""  # of an array formula: the cells that it fills, "B6:G19"
    dynamic: bool = False  # an array formula whose result takes the room that it needs
    shared: str = ""  # the number of a formula that several cells share
    other: str = ""  # a kind of formula that is none of these


@dataclass
class SheetCells:
    """The cells of a sheet by their numbers: row times 16,384 and column, from 0."""

    title: str
    part: str
    constants: dict[int, Scalar] = field(default_factory=dict)
    formulas: dict[int, FormulaCell] = field(default_factory=dict)


@dataclass
class Package:
    """A workbook file: its sheets in their order, and its defined names."""

    path: Path
    content: bytes
    sheets: list[SheetCells]
    names: dict[str, str]  # without those of a single sheet
    hidden_names: set[str]  # names of single sheets
    parts: list[str]
    computed_on_opening: bool  # a spreadsheet program computes every formula when it opens the file
    version: str  # of kam_xl that wrote it, as its properties tell; "" if they do not

    @cached_property
    def positions(self) -> Positions:
        """Where its tables stand."""
        return find_positions(self.content)

    def own_sheets(self) -> list[bool]:
        """Per sheet, whether the workbook was made with it: pages and inputs are known by their names."""
        named = set()
        for name, text in self.names.items():
            if name.startswith(("page_", "set_", "list_", "rev_")) and (area := sheet_area(text)):
                named.add(area.sheet)
        named |= {area.sheet for name, area in self.positions.tables.items() if name.startswith("tbl")}
        own = re.compile("calc(_[a-z_]+)?|Checks|Guide")
        return [sheet.title in named or own.fullmatch(sheet.title) is not None for sheet in self.sheets]

    def spills(self) -> bool:
        """Whether a KAM function takes the room that it needs, as in Excel: then its single result is an array too."""
        formulas = (cell for sheet in self.sheets for cell in sheet.formulas.values() if cell.area)
        return any(
            cell.text.startswith("KAM_") and (cell.dynamic or ":" not in shortest(cell.area)) for cell in formulas
        )


def shortest(area: str) -> str:
    """A range of one cell as this cell: ``B6:B6`` is ``B6``."""
    first, _colon, last = area.partition(":")
    return first if first == last else area


def number_of(address: str) -> int:
    """The number of a cell of an address such as ``B7``.

    >>> divmod(number_of("B7"), COLUMNS)
    (6, 1)
    """
    column = 0
    for at, sign in enumerate(address):
        if sign.isdigit():
            return (int(address[at:]) - 1) * COLUMNS + column - 1
        column = column * 26 + ord(sign) - 64
    return -1


def address_of(at: int) -> str:
    """The address of a cell by its number.

    >>> address_of(number_of("C12"))
    'C12'
    """
    row, column = divmod(at, COLUMNS)
    return f"{column_name(column)}{row + 1}"


def read_package(path: str | Path) -> Package:
    """Read a workbook.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or counts its days or its digits in a way of its own.
    """
    path = Path(path)
    content = read_file(path)
    check_container(path, content)
    return package_of(path, content)


def package_of(path: Path, content: bytes) -> Package:
    """The workbook of a file that was read and looked at (`check_container`) already; errors as `read_package`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(path, content, archive)
    except (*DAMAGED, expat.ExpatError):
        raise DataError(
            _("{file}: is damaged or no .xlsx file; open it and save it as .xlsx").format(file=path)
        ) from None


def _read(path: Path, content: bytes, archive: zipfile.ZipFile) -> Package:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    _refuse_settings(path, book)
    names: dict[str, str] = {}
    local: set[str] = set()
    for name in book.iterfind("{*}definedNames/{*}definedName"):
        if "localSheetId" in name.attrib:
            local.add(name.attrib["name"].casefold())
        else:
            names[name.attrib["name"]] = name.text or ""
    targets = dict(related(archive, "xl/workbook.xml"))
    shared = _shared_strings(archive, targets.values())
    sheets = []
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        part = targets.get(sheet.get(_ID) or sheet.get(_STRICT_ID) or "", "")
        cells = SheetCells(sheet.attrib["name"], part)
        if "/worksheets/" in part:
            try:
                SheetReader(cells, shared).read(archive.read(part))
            except TooMuchError as error:
                message = _("{file}: the sheet {sheet} has too many {things}; open it in Excel and save it anew")
                raise DataError(message.format(file=path, sheet=cells.title, things=error)) from None
        sheets.append(cells)
    return Package(path, content, sheets, names, local, archive.namelist(), _on_opening(book), _version(archive))


def _on_opening(book: ElementTree.Element) -> bool:
    calculation = book.find("{*}calcPr")
    return calculation is not None and calculation.get("fullCalcOnLoad", "0") in ("1", "true")


def _version(archive: zipfile.ZipFile) -> str:
    try:
        properties = ElementTree.fromstring(archive.read("docProps/core.xml"))
    except (KeyError, ElementTree.ParseError):
        return ""
    told = (element.text or "" for element in properties if element.tag.endswith("}description"))
    return next((text.removeprefix("kam_xl ") for text in told if text.startswith("kam_xl ")), "")


def _refuse_settings(path: Path, book: ElementTree.Element) -> None:
    properties, calculation = book.find("{*}workbookPr"), book.find("{*}calcPr")
    if properties is not None and properties.get("date1904", "0") in ("1", "true"):
        message = _("{file}: counts its days from 1904; switch that off in the options of the workbook")
        raise DataError(message.format(file=path))
    if calculation is not None and calculation.get("fullPrecision", "1") in ("0", "false"):
        message = _("{file}: computes with the digits shown; switch that off in the options of the workbook")
        raise DataError(message.format(file=path))


def _shared_strings(archive: zipfile.ZipFile, parts: object) -> list[str]:
    name = next((part for part in parts if posixpath.basename(part) == "sharedStrings.xml"), None)  # type: ignore[attr-defined]
    if name is None or name not in archive.namelist():
        return []
    found: list[str] = []
    for _event, item in ElementTree.iterparse(io.BytesIO(archive.read(name))):
        if item.tag.endswith("}si"):
            plain = (part for part in item.iter() if part.tag.endswith("}t"))
            phonetic = {id(t) for part in item.iter() if part.tag.endswith("}rPh") for t in part.iter()}
            found.append("".join(part.text or "" for part in plain if id(part) not in phonetic))
            item.clear()
    return found


class TooMuchError(Exception):
    """A sheet that no spreadsheet program writes: what it has too much of."""


class SheetReader:
    """Takes formulas and constants out of the XML of a sheet; TooMuchError where that would not end in a while."""

    def __init__(self, cells: SheetCells, shared: list[str]) -> None:
        self.cells, self.shared = cells, shared
        self.depth = self.others = self.blanks = self.between = self.seen = self.in_row = self.parts = 0
        self.formulas: dict[str, FormulaCell] = {}
        self.text: list[str] | None = None
        self.row = self.column = -1

    def read(self, content: bytes) -> None:
        """Read the XML; ExpatError where it is damaged."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = no_doctype
        parser.Parse(content, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.depth += 1
        if self.depth > _DEEPEST:
            raise TooMuchError(_("elements inside each other"))
        if tag == "c":
            self.in_row += 1
            self.parts = 0
            place = attributes.get("r")
            self.column += 1
            self.at = number_of(place) if place else self.row * COLUMNS + self.column
            self.row, self.column = divmod(self.at, COLUMNS)
            self.kind, self.dynamic = attributes.get("t", "n"), attributes.get("cm", "0") != "0"
            self.value: str | None = None
            self.pieces: list[str] = []  # of a text that stands in the cell itself
            self.formula: tuple[dict[str, str], str] | None = None
        elif tag in ("v", "f", "t"):
            self.text = []
            self.attributes = attributes
            self.parts += 1
            self.others += self.parts > _PARTS
        elif tag == "row":
            if self.seen > _CELLS or self.blanks > _BLANKS:
                raise TooMuchError(_("cells"))
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            self.seen += self.in_row
            self.in_row = 0
        elif tag == "rPh":
            self.value = self.value or ""
            self.silent = True
        else:
            self.others += 1
        if self.others > _OTHERS:
            raise TooMuchError(_("elements that are no cells"))
        if self.in_row > COLUMNS:
            raise TooMuchError(_("cells in a row"))

    silent = False

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
            return
        self.between += len(text)
        if self.between > _BETWEEN:
            raise TooMuchError(_("text between its cells"))

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        self.depth -= 1
        if tag == "f" and self.text is not None:
            self.formula, self.text = (self.attributes, "".join(self.text)), None
        elif tag == "v" and self.text is not None:
            self.value, self.text = "".join(self.text), None
        elif tag == "t" and self.text is not None:
            if self.kind == "inlineStr" and not self.silent:
                self.value = self.value or ""
                self.pieces.extend(self.text)
            self.text = None
        elif tag == "rPh":
            self.silent = False
        elif tag == "c":
            self._finish()

    def _finish(self) -> None:
        value = self._value()
        if self.formula is None:
            if value is not None:
                self.cells.constants[self.at] = value
            else:
                self.blanks += 1
            return
        attributes, text = self.formula
        cell = FormulaCell(text, value)
        kind = attributes.get("t", "normal")
        if kind == "array":
            cell.area, cell.dynamic = attributes.get("ref", ""), self.dynamic
        elif kind == "shared":
            cell.shared = attributes.get("si", "")
        elif kind != "normal":
            cell.other = kind
        self.cells.formulas[self.at] = cell

    def _value(self) -> Scalar:
        value, kind = "".join(self.pieces) if self.pieces else self.value, self.kind
        if kind in ("str", "inlineStr"):
            return None if value is None else _unescaped(value)
        if not value:
            return None
        if kind == "s":
            return _unescaped(self.shared[int(value)])
        if kind == "b":
            return value in ("1", "true")
        if kind == "e":
            return Err(value)
        if kind == "d":
            raise ValueError("a day written as text")
        return float(value)


def _unescaped(text: str) -> str:
    """A text as it shows: ``_x000D_`` stands for a sign that XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def no_doctype(*_parts: object) -> None:
    """Refuse a document type: no workbook has one."""
    raise expat.ExpatError("a document type in a workbook")
