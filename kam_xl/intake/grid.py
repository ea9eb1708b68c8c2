"""The cells of the sheets that hold inputs, as the reader walks over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.content.fields import one_line
from kam_xl.content.positions import Area
from kam_xl.content.tables import Value
from kam_xl.intake.matching import PART_SUMS, SUMS, simplify, year_of

_FAR = 100  # rows below a table in which others of it are looked for


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
        self.below: dict[str, set[int]] = {}  # rows found after blank ones below a table, by sheet

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of a cell; None beyond what is filled."""
        rows = self._sheets.get(sheet, [])
        return rows[row - 1][column - 1] if row <= len(rows) and 0 < column <= len(rows[row - 1]) else None

    def block(self, area: Area) -> list[list[Value]]:
        """The values of an area, row by row."""
        columns = range(area.left, area.right + 1)
        return [[self.value(area.sheet, row, c) for c in columns] for row in range(area.top, area.bottom + 1)]

    def rows(self, area: Area, columns: Sequence[int]) -> list[list[Value]]:
        """The rows of a table without its headings, with those typed below, to the last filled one.

        Directly below, any row counts; after blank rows one that looks like those of the table (`_alike`).
        """
        result: list[list[Value]] = []
        row = area.top + 1
        while True:
            values = [self.value(area.sheet, row, column) for column in columns]
            if row > area.bottom and (area.closed or all(value is None for value in values)):
                break
            result.append(values)
            row += 1
        if not area.closed:
            result += self._below(area, columns, row, [_kinds(column) for column in zip(*result, strict=True)])
        while result and all(value is None for value in result[-1]):
            result.pop()
        return result

    def _below(self, area: Area, columns: Sequence[int], first: int, kinds: list[set[type]]) -> list[list[Value]]:
        """The rows from `first` on that look like those of the table, the others between them as blank ones."""
        found: list[list[Value]] = []
        last = min(len(self._sheets.get(area.sheet, [])), first + _FAR)
        for row in range(first, last + 1):
            values = [self.value(area.sheet, row, column) for column in columns]
            if _alike(values, kinds):
                found += [[None] * len(columns) for _blank in range(row - first - len(found))]
                found.append(values)
                self.below.setdefault(area.sheet, set()).add(row)
        return found

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


def _kinds(column: Sequence[Value]) -> set[type]:
    return {_kind(value) for value in column if value is not None}


def _kind(value: Value) -> type:
    return float if isinstance(value, int | float) and not isinstance(value, bool) else type(value)


def _alike(values: Sequence[Value], kinds: Sequence[set[type]]) -> bool:
    """Whether a row is one of a table: named in the first column, no sum, in each column what it holds elsewhere.

    >>> kinds: list[set[type]] = [{str}, {float}]
    >>> _alike(["Aurelia", 3], kinds), _alike(["Total", 3], kinds), _alike(["Aurelia", "three"], kinds)
    (True, False, False)
    """
    if not kinds or values[0] is None or sum(value is not None for value in values) < 2:
        return False
    if isinstance(values[0], str) and {simplify(values[0]), *simplify(values[0]).split()[:1]} & {*SUMS, *PART_SUMS}:
        return False
    return bool(kinds[0]) and all(
        value is None or not seen or _kind(value) in seen for value, seen in zip(values, kinds, strict=True)
    )
