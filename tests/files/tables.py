"""Rules on tables: what Excel calls "Repaired Records: Table from /xl/tables/table1.xml"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from files.areas import Area, area, meeting
from files.names import is_a_name
from files.reading import MAIN, Book, Found, Sheet, length
from lxml.etree import _Element

LONGEST_HEADING = 255


def _all(book: Book) -> Iterator[tuple[Sheet, str, _Element, Area | None]]:
    """Sheet, place, element and area of every table."""
    for sheet in book.sheets:
        for _, root, box in sheet.tables:
            yield sheet, sheet.place(str(root.get("displayName"))), root, box


def _headings(root: _Element) -> list[str]:
    return [_text(each.get("name") or "") for each in root.iter(MAIN + "tableColumn")]


def _text(stored: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), stored)


def tables_have_names(book: Book) -> Found:
    """A table's name is a name as of cells, without blanks, and belongs to one table only; so does its number."""
    tables = list(_all(book))
    for _, place, root, _ in tables:
        for attribute in ("name", "displayName"):
            if not is_a_name(root.get(attribute) or ""):
                yield place, f"{root.get(attribute)!r} is no name for a table"
    for attribute in ("displayName", "id"):
        for value, times in Counter((root.get(attribute) or "").casefold() for *_, root, _ in tables).items():
            if times > 1:
                yield f"table {value}", f"{times} tables have this {attribute}"


def tables_are_as_wide_as_their_columns(book: Book) -> Found:
    """The area of a table has a column for each of its columns, a row of headings and at least one row of data."""
    for _, place, root, box in _all(book):
        columns = _headings(root)
        if box is None:
            yield place, f"{root.get('ref')} is no area"
        elif len(columns) != box.last_column - box.column + 1:
            yield place, f"{len(columns)} columns in {box}"
        elif box.last_row - box.row < int(root.get("headerRowCount") or 1) + int(root.get("totalsRowCount") or 0):
            yield place, f"{box} has no row of data"


def tables_have_different_headings(book: Book) -> Found:
    """Two columns with one name, in whatever case, or with one number: Excel repairs the table."""
    for _, place, root, _ in _all(book):
        for name, times in Counter(each.casefold() for each in _headings(root)).items():
            if times > 1 or not name or length(name) > LONGEST_HEADING:
                yield place, f"the heading {name[:40]!r} stands there {times} times"
        for number, times in Counter(each.get("id") for each in root.iter(MAIN + "tableColumn")).items():
            if times > 1:
                yield place, f"{times} columns have the number {number}"


def headings_stand_in_their_cells(book: Book) -> Found:
    """The cell above a column holds its heading, as typed text: no formula, no number, no other text."""
    for sheet, place, root, box in _all(book):
        if box is None or root.get("headerRowCount") == "0":
            continue
        for number, heading in enumerate(_headings(root)[: box.last_column - box.column + 1]):
            cell = sheet.cells.get((box.row, box.column + number))
            if cell is None or not cell.is_text or _text(cell.value or "") != heading:
                yield place, f"heading {heading!r} stands above as {cell.value if cell else None!r}"
            elif cell.formula is not None:
                yield place, f"heading {heading!r} is computed"


def tables_lie_apart(book: Book) -> Found:
    """A table shares no cell with another one, nor with merged cells."""
    for sheet in book.sheets:
        own = [(str(root.get("displayName")), box) for _, root, box in sheet.tables if box]
        for name, other, _ in meeting(own):
            yield sheet.place(name), f"meets the table {other}"
        for name, box in own:
            for ref, merged in sheet.merged:
                if box.meets(merged):
                    yield sheet.place(name), f"holds the merged cells {ref}"


def filters_of_tables_fit(book: Book) -> Found:
    """The filter of a table covers its headings and data; a table without headings has none."""
    for _, place, root, box in _all(book):
        for each in root.iter(MAIN + "autoFilter"):
            own = area(each.get("ref"))
            last = box.last_row - int(root.get("totalsRowCount") or 0) if box else 0
            if root.get("headerRowCount") == "0" or not box or own != box._replace(last_row=last):
                yield place, f"filters {each.get('ref')}"


def tables_are_counted(book: Book) -> Found:
    """A sheet lists the tables that it is related to, each once, and says how many: else it loses them."""
    for sheet in book.sheets:
        listed = sheet.every("tablePart")
        counts = [each.get("count") for each in sheet.every("tableParts")]
        if len(listed) != len(book.related(sheet.part, "table")):
            yield sheet.name, f"lists {len(listed)} tables of {len(book.related(sheet.part, 'table'))}"
        elif counts not in ([], [str(len(listed))]):
            yield sheet.name, f"counts {counts[0]} tables and lists {len(listed)}"


RULES = (
    tables_have_names,
    tables_are_as_wide_as_their_columns,
    tables_have_different_headings,
    headings_stand_in_their_cells,
    tables_lie_apart,
    filters_of_tables_fit,
    tables_are_counted,
)
