"""Every formula cell in Excel against the value that Python computes for it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from kam_xl.content.positions import column_name, split_cell
from kam_xl.excel_check.excel import Book
from kam_xl.formulas.values import Err, Scalar, serial
from kam_xl.functions.cell_errors import ERRORS, com_error
from kam_xl.workbook.recompute.compare import same


@dataclass(frozen=True)
class Difference:
    """A cell with two values."""

    sheet: str
    cell: str
    excel: Scalar
    python: Scalar


@dataclass
class Compared:
    """What came of a comparison: cells with another value, and how many texts differ in the marks of numbers only."""

    different: list[Difference] = field(default_factory=list)
    other_marks: int = 0  # "1.306,5" for "1,306.5": so this Excel writes numbers


def compared(book: Book, expected: Mapping[str, Mapping[str, Scalar]]) -> Compared:
    """Hold the cells of an open book against what is expected, sheet by sheet.

    Numbers are the same when they agree to nine digits, texts when they agree to the letter but for the marks between
    the digits of a number; a blank cell is the empty text. A number is never a text, an error only itself.
    """
    found = Compared()
    for sheet, cells in expected.items():
        there = read(book.sheets[sheet], cells) if cells else {}
        for cell, value in cells.items():
            if not _alike(there[cell], value):
                found.different.append(Difference(sheet, cell, there[cell], value))
            elif isinstance(value, str) and value != (there[cell] or ""):
                found.other_marks += 1
    return found


def read(sheet: Any, cells: Iterable[str]) -> dict[str, Scalar]:
    """The values of cells of a sheet, read in one call."""
    places = {cell: split_cell(cell) for cell in cells}
    rows, columns = zip(*places.values(), strict=True)
    top, left = min(rows), min(columns)
    block = read_block(sheet, top, left, max(rows), max(columns))
    return {cell: block[row - top][column - left] for cell, (row, column) in places.items()}


def read_block(sheet: Any, top: int, left: int, bottom: int, right: int) -> list[list[Scalar]]:
    """The values of a block of cells, rows of equal length."""
    cells = sheet.range((top, left), (bottom, right))
    if sys.platform != "win32":
        values = cells.options(ndim=2, err_to_str=True).value
    elif not isinstance(values := cells.api.Value2, tuple):  # Value2 makes no dates and no currencies of numbers
        values = [[values]]
    return [[as_plain(value) for value in row] for row in values]


def as_plain(value: Any) -> Scalar:
    """A value as a cell means it, whatever the host hands over: days are numbers, errors are errors.

    >>> as_plain(None), as_plain(-2146826246), as_plain(datetime(2026, 1, 31)), as_plain(5)
    (None, '#N/A', 46053, 5)
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and (error := com_error(value)):
        return Err(error)
    if isinstance(value, datetime):
        part = (value - datetime.combine(value.date(), time(), value.tzinfo)).total_seconds() / 86_400
        return serial(value.date()) + part if part else serial(value.date())
    if isinstance(value, date):
        return serial(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and value in ERRORS and sys.platform != "win32":  # where errors come as texts
        return Err(value)
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _alike(one: Scalar, other: Scalar) -> bool:
    """Whether Excel shows the same: it hands over an empty text and no text alike."""
    return same("" if one is None else one, "" if other is None else other)


def errors_in(found: Iterable[Difference]) -> Counter[str]:
    """How often Excel shows each error where Python has another value."""
    return Counter(each.excel for each in found if isinstance(each.excel, Err))


def used_block(sheet: Any) -> list[list[Scalar]]:
    """All values of a sheet, from A1 on."""
    last = sheet.used_range.last_cell
    return read_block(sheet, 1, 1, last.row, last.column)


def changed_cells(before: list[list[Scalar]], after: list[list[Scalar]]) -> list[str]:
    """The addresses of the cells that differ between two blocks from A1 on."""
    found = []
    for i in range(max(len(before), len(after))):
        old, new = (block[i] if i < len(block) else [] for block in (before, after))
        for j in range(max(len(old), len(new))):
            one, other = (line[j] if j < len(line) else None for line in (old, new))
            if not _alike(one, other):
                found.append(f"{column_name(j)}{i + 1}")
    return found
