"""The values of a sheet's cells, and what was found out about them, kept until one of them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kam_xl.formulas.values import Scalar


class _Unwritten(str):
    """Holds the place of a cell that nobody has written yet, in a column that goes further down."""

    __slots__ = ()


Found = TypeVar("Found")
_UNWRITTEN = _Unwritten("unwritten")


class Cells:
    """Values by row and column, both from 0; None is a blank cell. One that is not written yet cannot be read.

    They are kept column by column, as they are written and read: a cell costs the eight bytes of its place. What
    ranges find out (positions of values, sums by criterion) belongs to the sheet and not to the range, because the
    same range is spoken of in many places.

    Examples
    --------
    >>> cells = Cells()
    >>> cells[1, 0] = None
    >>> cells[2, 0] = "a"
    >>> cells.fill(3, 0, ["b", "c"])
    >>> cells.column(0, 1, 4), cells.get((9, 9)), (9, 9) in cells
    ([None, 'a', 'b', 'c'], None, False)
    """

    def __init__(self) -> None:
        self._columns: dict[int, list[Scalar]] = {}
        self._changes: dict[int, int] = {}
        self._kept: dict[object, tuple[int, object]] = {}

    def _at(self, at: tuple[int, int]) -> Scalar:
        column = self._columns.get(at[1])
        return column[at[0]] if column is not None and at[0] < len(column) else _UNWRITTEN

    def get(self, at: tuple[int, int]) -> Scalar:
        """The value of a cell, None if it is blank or not written."""
        value = self._at(at)
        return None if value is _UNWRITTEN else value

    def __getitem__(self, at: tuple[int, int]) -> Scalar:
        value = self._at(at)
        if value is _UNWRITTEN:
            raise KeyError(at)
        return value

    def __contains__(self, at: tuple[int, int]) -> bool:
        return self._at(at) is not _UNWRITTEN

    def __setitem__(self, at: tuple[int, int], value: Scalar) -> None:
        self.fill(at[0], at[1], [value])

    def fill(self, row: int, col: int, values: Sequence[Scalar]) -> None:
        """Write a column from `row` down."""
        column = self._columns.setdefault(col, [])
        if row > len(column):
            column.extend([_UNWRITTEN] * (row - len(column)))
        column[row : row + len(values)] = values
        self._changes[col] = self._changes.get(col, 0) + 1

    def written(self, row: int, col: int, rows: int) -> int | None:
        """The first row that is written already among some of a column, None if all are free."""
        there = self._columns.get(col, [])[row : row + rows]
        return next((row + i for i, value in enumerate(there) if value is not _UNWRITTEN), None)

    def items(self) -> Iterator[tuple[tuple[int, int], Scalar]]:
        """Every cell that is not blank: its row and column, and its value."""
        for col, column in self._columns.items():
            for row, value in enumerate(column):
                if value is not None and value is not _UNWRITTEN:
                    yield (row, col), value

    def values(self) -> Iterator[Scalar]:
        """The value of every cell that is not blank."""
        return (value for _at, value in self.items())

    def column(self, col: int, first: int, last: int) -> list[Scalar]:
        """Values of a column from row `first` to row `last`, both included; KeyError if one is not written."""
        found = self._columns.get(col, [])[first : last + 1]
        if len(found) <= last - first or any([value is _UNWRITTEN for value in found]):
            missing = next((i for i, value in enumerate(found) if value is _UNWRITTEN), len(found))
            raise KeyError((first + missing, col))
        return found

    def kept(self, name: object, first: int, last: int, make: Callable[[], Found]) -> Found:
        """What `make` finds out about the columns `first` to `last`: made anew only when one of them has changed."""
        changes = sum([self._changes.get(col, 0) for col in range(first, last + 1)])
        known = self._kept.get(name)
        if known is None or known[0] != changes:
            known = self._kept[name] = (changes, make())
        return known[1]  # type: ignore[return-value]
