"""Files of the user's as rows of cells: CSV in any usual dress, Excel, OpenDocument."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from kam_xl.content.positions import column_name
from kam_xl.content.tables import CellError, Value, printable
from kam_xl.errors import DataError
from kam_xl.files.archive import AREA, BLANKS, Contents, damaged
from kam_xl.files.calamine_sheets import ProtectedError, read_sheets
from kam_xl.files.container import DAMAGED, check_container, protected
from kam_xl.files.limits import COLUMNS, OLE, ROWS, ZIP, read_file, read_part
from kam_xl.intake.encoding import read_text
from kam_xl.intake.parsing import FIRST_DAY, LARGEST
from kam_xl.intake.plan import Reduced
from kam_xl.locale import _

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GAP = 1_000  # blank rows or columns, behind which cells stand that are not of the table
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")  # a control character in a workbook, as openpyxl leaves it

Rows = list[list[Value]]


@dataclass
class Sheet:
    """A sheet of a file. ``delimiter`` is None for a workbook, where numbers are numbers already."""

    name: str
    rows: Rows
    delimiter: str | None = None
    lines: list[int] = field(default_factory=list)  # of a text file: the line in which each row begins
    made: Reduced | None = None  # what its rows became, where they are amounts in time


@dataclass
class Source:
    """The sheets of a file, and what the user should know about reading it."""

    sheets: list[Sheet]
    remarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    from_1904: bool = False  # whether numbers that are days are counted from 1904


def read_source(path: Path, is_header: Callable[[list[Value]], int], encoding: str | None = None) -> Source:
    """Read any file that a person calls a table.

    Parameters
    ----------
    path
        The file; its content decides what it is, not its name.
    is_header
        Counts the headings that a row holds if it is a row of headings, else 0; finds the delimiter of a CSV file.
    encoding
        Of a text file, where the user names it.

    Raises
    ------
    DataError
        In one line, when the file is missing, empty, too large, protected, damaged or no table.
    DoubtError
        When the encoding of a text file is not clear.
    """
    source = _read(path, is_header, encoding)
    for sheet in source.sheets:
        _check_extent(path, sheet)
    return source


def _check_extent(path: Path, sheet: Sheet) -> None:
    """Refuse a sheet whose rows, all made as long as the longest, would be large and nearly blank."""
    rows = [row for row in sheet.rows if any(value is not None for value in row)]
    width = max(map(len, rows), default=0)
    if len(rows) * width <= AREA and width <= COLUMNS:
        return
    width = max(max(c for c, value in enumerate(row) if value is not None) for row in rows) + 1
    if width > COLUMNS:
        message = _("{file}: {sheet} has more than {most} columns; leave out those that are no table")
        raise DataError(message.format(file=path, sheet=sheet.name, most=f"{COLUMNS:,}"))
    if len(rows) * width > AREA + BLANKS * sum(len(row) - row.count(None) for row in rows):
        raise DataError(_too_far(path, sheet.name))


def _too_far(path: Path, sheet: str) -> str:
    message = _("{file}: cells of {sheet} stand far from the others; delete what is outside the table")
    return message.format(file=path, sheet=sheet)


def _read(path: Path, is_header: Callable[[list[Value]], int], encoding: str | None) -> Source:
    content = read_file(path)
    contents = check_container(path, content)
    if content.startswith(ZIP):
        return _zipped(path, content, contents)
    if content.startswith(OLE):
        source = _workbook(path, content, contents)
        source.remarks.append(_("An .xls file hides which cells hold errors: they are read as blank; .xlsx is safer."))
        return source
    text, remarks = read_text(path, content, encoding)
    return Source([_csv(path, _table_text(path, text), is_header)], remarks)


def _table_text(path: Path, text: str) -> str:
    """The text of a file that may be a table, without what no cell can hold."""
    if "\0" in text or len(_CONTROL.findall(text)) > 2 + len(text) // 100:
        message = _("{file}: is neither a text (CSV) nor an Excel file; save it as .xlsx or CSV")
        raise DataError(message.format(file=path))
    text = printable(text)
    if re.match(r"\s*<(!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise DataError(_("{file}: is a web page or XML; open it in Excel and save it as .xlsx").format(file=path))
    if not text.strip():
        raise DataError(_("{file}: is empty; nothing was read").format(file=path))
    return text


def _csv(path: Path, text: str, is_header: Callable[[list[Value]], int]) -> Sheet:
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if told:
        rows, lines = _split(path, text[told.end() :], told[1])
        return Sheet(path.name, rows, told[1], [line + 1 for line in lines])
    head = "".join(text.splitlines(keepends=True)[:60])
    best, delimiter = (0, 0), ","
    for candidate in (",", ";", "\t", "|"):
        rows, _lines = _split(path, head, candidate, strict=False)
        score = (max(map(is_header, rows), default=0), sum(len(row) > 1 for row in rows))
        if score > best:
            best, delimiter = score, candidate
    rows, lines = _split(path, text, delimiter)
    return Sheet(path.name, rows, delimiter, lines)


def _split(path: Path, text: str, delimiter: str, strict: bool = True) -> tuple[Rows, list[int]]:
    """The rows of a text, and the line in which each begins."""
    blank = re.search(rf'{re.escape(delimiter)} +"', text) is not None  # quotation marks behind a blank
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict, skipinitialspace=blank)
    rows: Rows = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            lines.append(line)
            line = reader.line_num + 1
            rows.append([cell if cell and not cell.isspace() else None for cell in row])
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            if not strict:
                return rows, lines
            message = _("{file}, line {line}: a quotation mark is opened here and never closed; remove it")
            raise DataError(message.format(file=path, line=line)) from None
        return _split(path, text, delimiter, strict=False)
    return rows, lines


def _zipped(path: Path, content: bytes, contents: Contents) -> Source:
    """A workbook in a zip: values by calamine, but by openpyxl where there are error cells, or cells far away.

    Calamine is ten times as fast, but reads an error cell as a blank one, and makes a rectangle around all cells.
    """
    if contents.errors or contents.far:
        source = _cell_by_cell(path, content, contents.far)
    else:
        source = _workbook(path, content, contents)
    _without_hidden(source, content)
    if hollow := contents.hollow:
        one = _("1 formula carries no value and is read as blank; open the file in Excel and save it once.")
        many = _("{n} formulas carry no value and are read as blank; open the file in Excel and save it once.")
        source.remarks.append(one if hollow == 1 else many.format(n=f"{hollow:,}"))
    if errors := contents.ods_errors:
        one = _("1 error cell is read as blank; mend it, or save the file as .xlsx.")
        many = _("{n} error cells are read as blank; mend them, or save the file as .xlsx.")
        source.remarks.append(one if errors == 1 else many.format(n=f"{errors:,}"))
    return source


_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")


def _without_hidden(source: Source, content: bytes) -> None:
    """Put hidden sheets aside where others hold anything, and say so; days that are counted from 1904."""
    with suppress(*DAMAGED), zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return
        text = read_part(archive, "xl/workbook.xml").decode("utf-8", "replace")
        source.from_1904 = re.search(r"<(?:\w+:)?workbookPr\b[^>]*date1904=\"(?:1|true)\"", text) is not None
        states = [re.search(r'\bstate="(?:hidden|veryHidden)"', tag[0]) is not None for tag in _SHEET.finditer(text)]
        if len(states) != len(source.sheets):
            return
        visible = [sheet for sheet, hidden in zip(source.sheets, states, strict=True) if not hidden]
        hidden = [sheet.name for sheet, hidden in zip(source.sheets, states, strict=True) if hidden and sheet.rows]
        if hidden and any(any(map(any, sheet.rows)) for sheet in visible):
            source.sheets = visible
            source.remarks.append(_("Hidden sheets were not read: {names}.").format(names=", ".join(hidden)))


def _workbook(path: Path, content: bytes, contents: Contents) -> Source:
    try:
        found = read_sheets(content, contents.size)
    except ProtectedError:
        raise DataError(protected(path)) from None
    except (MemoryError, ValueError) as error:
        if isinstance(error, ValueError) and not contents.is_ods:
            raise DataError(damaged(path)) from None
        message = _(
            "{file}: is damaged, or a cell stands far from the others; open it in Excel, delete what is outside the"
            " table and save it as .xlsx"
        )
        raise DataError(message.format(file=path)) from None
    return Source([Sheet(name, [[cell_value(cell) for cell in row] for row in rows]) for name, rows in found])


def _cell_by_cell(path: Path, content: bytes, far: bool) -> Source:
    try:
        source = Source([Sheet(name, rows) for name, rows in openpyxl_sheets(path, content)])
    except DAMAGED:
        raise DataError(damaged(path)) from None
    for sheet in source.sheets if far else ():
        source.remarks += _without_far(sheet)
    return source


def _without_far(sheet: Sheet) -> list[str]:
    """Take out the cells that stand far from the table, and say which."""
    filled = [(r, c) for r, row in enumerate(sheet.rows) for c, value in enumerate(row) if value is not None]
    bottom, right = (_last_before_gap({place[axis] for place in filled}) for axis in (0, 1))
    away = [(r, c) for r, c in filled if r > bottom or c > right]
    if not away:
        return []
    (row, column), n = away[0], len(away)
    cell, value = f"{sheet.name}!{column_name(column)}{row + 1}", sheet.rows[row][column]
    sheet.rows = [cells[: right + 1] for cells in sheet.rows[: bottom + 1]]
    one = _("{cell} (“{value}”) stands far from the table and was not read.")
    many = _("{n} cells stand far from the table and were not read; the first is {cell} (“{value}”).")
    return [(one if n == 1 else many).format(n=f"{n:,}", cell=cell, value=str(value)[:40])]


def _last_before_gap(places: set[int]) -> int:
    """The last row or column before a wide gap."""
    last = -1
    for place in sorted(places):
        if place - last > _GAP and last >= 0:
            break
        last = place
    return last


def openpyxl_sheets(path: Path, content: bytes, wanted: Callable[[str], bool] = bool) -> Iterator[tuple[str, Rows]]:
    """The sheets of a workbook by name, with error cells told from text; formulas are their stored values.

    A row ends with its last filled cell.

    Raises
    ------
    ValueError
        When openpyxl cannot read the file.
    DataError
        In one line, when a sheet reaches farther than can be read.
    """
    import openpyxl  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of parts that it passes over
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                if wanted(sheet.title):
                    sheet.reset_dimensions()
                    yield sheet.title, _filled_rows(path, sheet)
        except DataError:
            raise
        except Exception as error:  # openpyxl raises anything on a damaged file
            raise ValueError(str(error)) from None


def _filled_rows(path: Path, sheet: Any) -> Rows:
    rows: Rows = []
    area = filled = 0
    for cells in sheet.iter_rows():
        row = [_openpyxl_value(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
        area += len(cells)
        filled += len(row) - row.count(None)
        if len(rows) > ROWS or area > AREA + BLANKS * filled:
            raise DataError(_too_far(path, sheet.title))
    return rows


def _openpyxl_value(cell: Any) -> Value:
    """The value of a cell of openpyxl, with error cells told from text."""
    if cell.data_type == "e":
        return CellError(cell.value)
    text = isinstance(cell.value, str)
    return cell_value(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value) if text else cell.value)


def cell_value(value: Any) -> Value:
    """A cell as the importer knows it: blank is None, a whole number is an int, a time of day is text."""
    if isinstance(value, str):
        value = printable(value.replace("\r\n", "\n").replace("\r", "\n"))
        return value if value and not value.isspace() else None
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        if abs(value) > LARGEST:
            return f"{value:g}"  # text, so that it is named: sums of it may be beyond what a cell takes
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and value < FIRST_DAY:
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, bool | int | date) else None if value is None else str(value)
