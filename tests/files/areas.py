"""Addresses of cells and areas as a file spells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class Area(NamedTuple):
    """A rectangle of cells, first and last row and column from 1."""

    row: int
    column: int
    last_row: int
    last_column: int

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.row <= other.last_row
            and other.row <= self.last_row
            and self.column <= other.last_column
            and other.column <= self.last_column
        )

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell."""
        for row in range(self.row, self.last_row + 1):
            for column in range(self.column, self.last_column + 1):
                yield row, column

    def __str__(self) -> str:
        first, last = address(self.row, self.column), address(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


@cache
def number_of(letters: str) -> int:
    """The number of a column: 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def letters_of(number: int) -> str:
    """The letters of a column: AA for 27."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def address(row: int, column: int) -> str:
    """``B3`` for row 3 and column 2."""
    return f"{letters_of(column)}{row}"


def cell(text: str) -> tuple[int, int] | None:
    """Row and column of ``B3`` or ``$B$3``; None if it is no cell of a sheet."""
    match = _CELL.fullmatch(text)
    if not match:
        return None
    row, column = int(match[2]), number_of(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def area(text: str | None) -> Area | None:
    """``A1:B2`` or ``A1``, with or without dollars; None if it is neither, or runs backwards."""
    first, _, last = (text or "").partition(":")
    start, end = cell(first), cell(last or first)
    if start is None or end is None or end < start or end[1] < start[1]:
        return None
    return Area(*start, *end)


def areas(text: str | None) -> list[Area | None]:
    """The areas of a list divided by spaces (``sqref``)."""
    return [area(each) for each in (text or "").split()]


def meeting(boxes: Iterable[tuple[str, Area]]) -> Iterator[tuple[str, str, Area]]:
    """Name of each area that meets an earlier one, the earlier one's name, and the area; by rows, not by all pairs."""
    open_boxes: list[tuple[str, Area]] = []
    for name, box in sorted(boxes, key=lambda each: each[1]):
        open_boxes = [(other, before) for other, before in open_boxes if before.last_row >= box.row]
        for other, before in open_boxes:
            if box.meets(before):
                yield name, other, box
        open_boxes.append((name, box))
