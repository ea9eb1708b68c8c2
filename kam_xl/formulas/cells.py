"""The values of a sheet's cells, and what was found out about them, kept until one of them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kam_xl.formulas.values import Scalar

Found = TypeVar("Found")


class Cells:
    """Values by row and column, both from 0; None is a blank cell.

    They are kept column by column, as they are written and read: a cell costs the eight bytes of its place. What
    ranges find out (positions of values, sums by criterion) belongs to the sheet and not to the range, because the
    same range is spoken of in many places.

    Examples
    --------
    >>> cells = Cells()
    >>> cells[2, 0] = "a"
    >>> cells.fill(3, 0, ["b", "c"])
    >>> cells.column(0, 1, 4), cells.get((9, 9))
    ([None, 'a', 'b', 'c'], None)
    """

    def __init__(self) -> None:
        self._columns: dict[int, list[Scalar]] = {}
        self._changes: dict[int, int] = {}
        self._kept: dict[object, tuple[int, object]] = {}

    def get(self, at: tuple[int, int]) -> Scalar:
        """The value of a cell."""
        column = self._columns.get(at[1])
        return column[at[0]] if column is not None and at[0] < len(column) else None

    def __setitem__(self, at: tuple[int, int], value: Scalar) -> None:
        row, col = at
        column = self._columns.get(col)
        if column is None:
            column = self._columns[col] = []
        if row >= len(column):
            column.extend([None] * (row + 1 - len(column)))
        column[row] = value
        self._changes[col] = self._changes.get(col, 0) + 1

    def fill(self, row: int, col: int, values: Sequence[Scalar]) -> None:
        """Write a column from `row` down."""
        column = self._columns.setdefault(col, [])
        if row > len(column):
            column.extend([None] * (row - len(column)))
        column[row : row + len(values)] = values
        self._changes[col] = self._changes.get(col, 0) + 1

    def items(self) -> Iterator[tuple[tuple[int, int], Scalar]]:
        """Every cell that is not blank: its row and column, and its value."""
        for col, column in self._columns.items():
            for row, value in enumerate(column):
                if value is not None:
                    yield (row, col), value

    def column(self, col: int, first: int, last: int) -> list[Scalar]:
        """Values of a column from row `first` to row `last`, both included."""
        found = self._columns.get(col, [])[first : last + 1]
        return found if len(found) > last - first else found + [None] * (last + 1 - first - len(found))

    def kept(self, name: object, first: int, last: int, make: Callable[[], Found]) -> Found:
        """What `make` finds out about the columns `first` to `last`: made anew only when one of them has changed."""
        changes = sum([self._changes.get(col, 0) for col in range(first, last + 1)])
        known = self._kept.get(name)
        if known is None or known[0] != changes:
            known = self._kept[name] = (changes, make())
        return known[1]  # type: ignore[return-value]
