"""The cells of the sheets that hold inputs, as the reader walks over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.workbook.matching import year_of
from kam_xl.workbook.positions import Area
from kam_xl.workbook.settings import one_line
from kam_xl.workbook.tables import Value


class Finding(NamedTuple):
    """A wrong input, where it stands and what to do."""

    sheet: str
    cell: str
    problem: str
    remedy: str


class Grid:
    """The values of the sheets that hold inputs; rows and columns count from 1."""

    def __init__(self, sheets: dict[str, list[list[Value]]]) -> None:
        self._sheets = sheets

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of a cell; None beyond what is filled."""
        rows = self._sheets.get(sheet, [])
        return rows[row - 1][column - 1] if row <= len(rows) and 0 < column <= len(rows[row - 1]) else None

    def block(self, area: Area) -> list[list[Value]]:
        """The values of an area, row by row."""
        columns = range(area.left, area.right + 1)
        return [[self.value(area.sheet, row, c) for c in columns] for row in range(area.top, area.bottom + 1)]

    def rows(self, area: Area, columns: Sequence[int]) -> list[list[Value]]:
        """The rows of a table without its headings, with those typed directly below, to the last filled one."""
        result = []
        row = area.top + 1
        while True:
            values = [self.value(area.sheet, row, column) for column in columns]
            if row > area.bottom and (area.closed or all(value is None for value in values)):
                break
            result.append(values)
            row += 1
        while result and all(value is None for value in result[-1]):
            result.pop()
        return result

    def headings(self, area: Area) -> dict[str, int]:
        """The headings of a table as they stand in its cells, and the years typed to the right of it."""
        found: dict[str, int] = {}
        rows = self._sheets.get(area.sheet, [])
        width = len(rows[area.top - 1]) if area.top <= len(rows) else 0
        for column in range(area.left, max(width, area.right) + 1):
            value = self.value(area.sheet, area.top, column)
            heading = one_line(str(value)) if value is not None else ""
            if heading and (column <= area.right or year_of(value) == heading):
                found.setdefault(heading, column)
        return found
