"""Where what stands in a filled workbook stands in another one with the same tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kam_xl.content.positions import Area, Positions

_BEHIND = re.compile("calc(_[a-z_]+)?")
Cell = tuple[int, int]  # row and column, from 0


@dataclass
class SheetPlaces:
    """The way from a sheet to the same sheet of another workbook: rows by place, columns by their headings.

    Beside the tables a cell keeps its distance to them; a column that has no counterpart leads nowhere.
    """

    title: str
    rows: int = 0  # how far down they move
    columns: dict[int, int] = field(default_factory=dict)
    table: Area | None = None
    to: Area | None = None
    hidden: bool = False  # behind the pages: a formula there is the generator's wherever it writes one

    @property
    def moved(self) -> bool:
        """Whether any column changed its place or its number of rows."""
        ends = [area and (area.top, area.left, area.bottom, area.right) for area in (self.table, self.to)]
        return bool(self.rows) or any(a != b for a, b in self.columns.items()) or ends[0] != ends[1]

    @property
    def has_inputs(self) -> bool:
        """Whether a person types into the sheet, so that its cells keep their meaning."""
        return self.table is not None or self.title == "Settings"

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that holds what this cell holds.

        >>> SheetPlaces("Accounts", 1, {1: 2}, Area("Accounts", 8, 2, 9, 2), Area("Accounts", 9, 3, 10, 3)).cell(8, 1)
        (9, 2)
        """
        if self.table is None or self.to is None:
            return row, column
        if self.table.left <= column + 1 <= self.table.right:
            if column not in self.columns:
                return None
            return row + self.rows, self.columns[column]
        right = column + 1 > self.table.right
        aside = self.to.right - self.table.right if right else self.to.left - self.table.left
        return (row + self.rows, column + aside) if column + aside >= 0 else None


@dataclass
class Places:
    """The way from one workbook to another with the same tables, sheet by sheet; sheets that are not there lack."""

    sheets: dict[str, SheetPlaces]

    def cell(self, sheet: str, row: int, column: int) -> tuple[str, int, int] | None:
        """Sheet, row and column in the other workbook; None where nothing there answers to the cell."""
        if sheet not in self.sheets or (cell := self.sheets[sheet].cell(row, column)) is None:
            return None
        return self.sheets[sheet].title, *cell


def same_sheets(old: Positions, titles: Mapping[str, str], to: Positions, there: Mapping[str, str]) -> dict[str, str]:
    """Which sheets of a workbook are which of another: by their tables, by their named cells, by their titles.

    `titles` and `there` are the sheets of both, by their titles in small letters.
    """
    found: dict[str, str] = {}
    for mine, other in ((old.tables, to.tables), (old.names, to.names)):
        for name, area in other.items():
            if name in mine and area.sheet in there.values() and area.sheet not in found.values():
                found.setdefault(mine[name].sheet, area.sheet)
    taken = {*found.values()}
    for key, title in titles.items():
        if title not in found and key in there and there[key] not in taken:
            found[title] = there[key]
    return {title: to_title for title, to_title in found.items() if title in titles.values()}


def places(old: Positions, to: Positions, same: Mapping[str, str], headings: Mapping[str, Mapping[str, int]]) -> Places:
    """The way from a workbook to another, given which sheets are which, and the `headings` as the file has them.

    A reader leaves out columns that nobody uses; their looks and rules are compared all the same.
    """
    sheets = {title: SheetPlaces(other, hidden=_BEHIND.fullmatch(other) is not None) for title, other in same.items()}
    for name, area in old.tables.items():
        target = to.tables.get(name)
        if target is None or same.get(area.sheet) != target.sheet:
            continue
        columns = to.columns[name]
        found = {at - 1: columns[heading] - 1 for heading, at in old.columns[name].items() if heading in columns}
        for heading, at in headings.get(name, {}).items():
            if at - 1 not in found and heading in columns and columns[heading] - 1 not in found.values():
                found[at - 1] = columns[heading] - 1
        sheets[area.sheet] = SheetPlaces(target.sheet, target.top - area.top, found, area, target)
    return Places(sheets)
