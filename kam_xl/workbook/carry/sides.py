"""A workbook that was built, with which a filled one is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kam_xl.canvas.book import Book
from kam_xl.workbook.build import Built
from kam_xl.workbook.carry.carried import Carried
from kam_xl.workbook.carry.looks import Looks
from kam_xl.workbook.carry.opened import Opened
from kam_xl.workbook.carry.places import Places
from kam_xl.workbook.carry.rich import RichTexts
from kam_xl.workbook.carry.standard import cells_of, positions_of
from kam_xl.workbook.recompute.package import SheetCells


class How(NamedTuple):
    """How strictly it is compared: tables that have ``grown`` move cells, an ``other_version`` writes otherwise."""

    grown: bool
    other_version: bool


@dataclass
class Side:
    """A workbook that was built, with which the old file is compared."""

    book: Book
    file: Opened
    cells: dict[str, SheetCells]
    ways: Places
    looks: Looks
    rich: RichTexts

    @classmethod
    def of(cls, built: Built, carried: Carried) -> Side:
        """What a finished build holds, and the way to it."""
        cells = cells_of(built.book)
        ways = carried.ways(positions_of(built.book), cells)
        file = Opened(built.to_bytes())
        looks = Looks(file)
        return cls(built.book, file, cells, ways, looks, RichTexts(file, looks))
