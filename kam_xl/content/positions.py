"""Where the tables and the named cells of a workbook stand."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from kam_xl.files.limits import read_part

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Area:
    """A block of cells on a sheet; rows and columns count from 1, both ends inside."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    closed: bool = False  # a table with a row of totals below: what follows is not part of it

    def cell(self, row: int, column: int) -> str:
        """The address of a cell, counted from 0 inside the area.

        >>> Area("Settings", 5, 3, 9, 3).cell(2, 0)
        'C7'
        """
        return f"{column_name(self.left + column - 1)}{self.top + row}"


@dataclass
class Positions:
    """Where the input tables and the named cells of a workbook stand.

    Attributes
    ----------
    tables
        Per table, its cells with the row of headings.
    columns
        Per table, the number of the column of each heading.
    names
        Per defined name that means cells of the workbook, those cells.
    visible
        The sheets that a person sees, in the order of their tabs.
    """

    tables: dict[str, Area] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    names: dict[str, Area] = field(default_factory=dict)
    visible: list[str] = field(default_factory=list)

    def cell(self, table: str, row_index: int, heading: str) -> str:
        """The address of a cell of a table: its row, counted from 0 below the headings, and its heading.

        >>> area = Area("Accounts", 8, 2, 20, 5)
        >>> Positions({"tblAccounts": area}, {"tblAccounts": {"Due": 5}}).cell("tblAccounts", 0, "Due")
        'E9'
        """
        return f"{column_name(self.columns[table][heading] - 1)}{self.tables[table].top + 1 + row_index}"

    def moved(self, sheet: str, cell: str, to: Positions) -> tuple[str, str]:
        """The sheet and cell of another workbook with the same tables that hold what this cell holds here.

        A cell beside the tables and names stays as it is.
        """
        row, column = split_cell(cell)
        for table, area in self.tables.items():
            if area.sheet != sheet or row <= area.top:
                continue
            for heading, at in self.columns[table].items():
                if at == column and heading in to.columns.get(table, {}):
                    return to.tables[table].sheet, to.cell(table, row - area.top - 1, heading)
        for name, area in self.names.items():
            inside = area.top <= row <= area.bottom and area.left <= column <= area.right
            if area.sheet == sheet and inside and name in to.names:
                return to.names[name].sheet, to.names[name].cell(row - area.top, column - area.left)
        return sheet, cell


def column_name(index: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def split_cell(cell: str) -> tuple[int, int]:
    """Row and column of an address, both counted from 1.

    >>> split_cell("AB12"), split_cell("$A$1")
    ((12, 28), (1, 1))
    """
    found = _CELL.fullmatch(cell)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def area_of(reference: str) -> Area | None:
    """The cells of a reference such as ``'My sheet'!$B$2:$D$6``; None where it means anything else.

    >>> area_of("'It''s'!$B$2:$D$6")
    Area(sheet="It's", top=2, left=2, bottom=6, right=4, closed=False)
    """
    sheet, mark, cells = reference.lstrip("=").rpartition("!")
    first, _colon, last = cells.partition(":")
    (top, left), (bottom, right) = split_cell(first), split_cell(last or first)
    if not mark or not top or not bottom:
        return None
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return Area(sheet, top, left, bottom, right)


def find_positions(content: bytes) -> Positions:
    """The tables and names of an .xlsx or .xlsm file; the headings are those that the tables declare.

    Raises
    ------
    zipfile.BadZipFile, KeyError, ValueError, xml.etree.ElementTree.ParseError
        When the file is no sound workbook.
    """
    result = Positions()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = ElementTree.fromstring(read_part(archive, "xl/workbook.xml"))
        for name in book.iterfind("{*}definedNames/{*}definedName"):
            area = area_of(name.text or "")
            if area is not None and "localSheetId" not in name.attrib:
                result.names[name.attrib["name"]] = area
        parts = dict(related(archive, "xl/workbook.xml"))
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            if sheet.get("state", "visible") == "visible":
                result.visible.append(sheet.attrib["name"])
            part = parts.get(sheet.get(_ID) or sheet.get(_STRICT_ID) or "")
            if part is not None:
                _add_tables(result, archive, sheet.attrib["name"], part)
    return result


def _add_tables(result: Positions, archive: zipfile.ZipFile, sheet: str, part: str) -> None:
    for _id, target in related(archive, part):
        if "/tables/" not in target:
            continue
        table = ElementTree.fromstring(read_part(archive, target))
        area = area_of(f"{_quoted(sheet)}!{table.attrib['ref']}")
        if area is None:
            continue
        totals = int(table.get("totalsRowCount", "0"))
        name = table.get("displayName") or table.attrib["name"]
        result.tables[name] = Area(sheet, area.top, area.left, area.bottom - totals, area.right, totals > 0)
        headings = [column.attrib["name"] for column in table.iterfind("{*}tableColumns/{*}tableColumn")]
        result.columns[name] = {heading: area.left + i for i, heading in enumerate(headings)}


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """The parts that a part of the file refers to, by their ids."""
    folder, name = posixpath.split(part)
    try:
        relations = ElementTree.fromstring(read_part(archive, f"{folder}/_rels/{name}.rels"))
    except KeyError:
        return
    for relation in relations:
        if relation.get("TargetMode") != "External":
            target = relation.attrib["Target"]
            yield relation.attrib["Id"], posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
