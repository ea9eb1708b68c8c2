"""The inputs of the open workbook: its settings, and its tables to look into and to write to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from kam_xl.content.positions import Area, Positions
from kam_xl.content.settings import Template
from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake.gathering import as_text, fitting
from kam_xl.intake.grid import Grid
from kam_xl.intake.read_settings import NAMES, read_settings
from kam_xl.locale import _
from kam_xl.macros import excel
from kam_xl.macros.changes import Changes, read


def key_of(value: Value) -> str:
    """By what an account is known: its name without regard to spaces around and to upper and lower case.

    >>> key_of(" Aurelia  HOSPITAL"), key_of(None)
    ('aurelia hospital', '')
    """
    return "" if value is None else " ".join(str(value).split()).lower()


class Inputs:
    """An open workbook of kam_xl, seen through its names and tables; nothing is read before it is asked for."""

    def __init__(self, book: excel.Book) -> None:
        self.book = book
        self._blocks: dict[str, list[list[Value]]] = {}

    def named(self, name: str) -> Area:
        """The cells of a name of the workbook.

        Raises
        ------
        DataError
            When the workbook has no such name, or its cells were deleted.
        """
        area = self._named(name)
        if area is None:
            text = _("{file} is no whole workbook of kam-xl: {name} is missing; open one made with kam-xl new")
            raise DataError(text.format(file=self.book.name, name=name))
        return area

    def _named(self, name: str) -> Area | None:
        if name not in self.book.names:
            return None
        try:
            return area_of(self.book.names[name].refers_to_range)
        except Exception:  # its cells were deleted; every engine says so in its own way
            return None

    def table(self, name: str) -> Any:
        """An Excel table, on whatever sheet it is.

        Raises
        ------
        DataError
            When the workbook has no such table.
        """
        likely = name.removeprefix("tbl")
        for sheet in sorted(self.book.sheets, key=lambda sheet: sheet.name != likely):
            if name in sheet.tables:
                return sheet.tables[name]
        text = _("{file} is no whole workbook of kam-xl: {name} is missing; open one made with kam-xl new")
        raise DataError(text.format(file=self.book.name, name=name))

    def sheet(self, name: str) -> list[list[Value]]:
        """All values of a sheet, from A1 on; read once."""
        if name not in self._blocks:
            sheet = self.book.sheets[name]
            last = sheet.used_range.last_cell
            self._blocks[name] = read(sheet.range((1, 1), (last.row, last.column)))
        return self._blocks[name]

    def cells(self, area: Area) -> excel.Range:
        """The cells of an area."""
        return self.book.sheets[area.sheet].range((area.top, area.left), (area.bottom, area.right))

    @cached_property
    def settings(self) -> tuple[Template, dict[str, list[int]]]:
        """The settings, and which lines of the lists of plans and criteria are in use."""
        self.named("set_a_cut")
        names = {name: area for name in NAMES if (area := self._named(name)) is not None}
        grid = Grid({sheet: self.sheet(sheet) for sheet in {area.sheet for area in names.values()}})
        template, slots, _problems = read_settings(grid, Positions(names=names))
        return template, slots

    def edit(
        self,
        table: str,
        keys: Sequence[str],
        typed: Callable[[Area], Iterable[int]] | None = None,
        by_day: bool = False,
    ) -> Table:
        """A table to look into and to write to; `keys` are the headings that tell its rows apart.

        `typed` are the columns that a user fills in: a row is blank when these are. Dates tell rows apart by their
        month, or `by_day`.
        """
        area = area_of(self.table(table).range)
        grid = Grid({area.sheet: self.sheet(area.sheet)})
        columns = {
            str(value).strip(): area.left + j
            for j, (value,) in enumerate(zip(*grid.block(_row(area, area.top)), strict=True))
        }
        for key in keys:
            if key not in columns:
                text = _("the heading “{name}” is missing on the sheet {sheet}; bring it back")
                raise DataError(text.format(name=key, sheet=area.sheet))
        used = list(typed(area) if typed else range(area.left, area.right + 1))
        return Table(self, area, grid, columns, [columns[key] for key in keys], used, by_day)


class Table:
    """The rows of an input table, those typed since included; nothing reaches the sheet before `write`."""

    def __init__(
        self,
        inputs: Inputs,
        area: Area,
        grid: Grid,
        columns: dict[str, int],
        keys: list[int],
        typed: list[int],
        by_day: bool = False,
    ) -> None:
        self.inputs, self.area, self.grid, self.columns, self._by_day = inputs, area, grid, columns, by_day
        self.changed: dict[tuple[int, int], Value] = {}
        self.rows: dict[tuple[Value, ...], int] = {}
        self._free: list[int] = []
        self._new: set[int] = set()
        for row in range(area.top + 1, area.bottom + 1):
            key = self.key(*(grid.value(area.sheet, row, column) for column in keys))
            if any(grid.value(area.sheet, row, column) is not None for column in typed):
                self.rows.setdefault(key, row)
            else:
                self._free.append(row)
        self.wanting = 0

    def key(self, *values: Value) -> tuple[Value, ...]:
        """By what a row is known: texts without regard to spaces and case, dates by their day or month."""
        form = "%Y-%m-%d" if self._by_day else "%Y-%m"
        return tuple(value.strftime(form) if isinstance(value, date) else key_of(value) for value in values)

    def value(self, row: int, column: int) -> Value:
        """What a cell holds, or will."""
        return self.changed.get((row, column), self.grid.value(self.area.sheet, row, column))

    def set(self, row: int, column: int, value: Value) -> bool:
        """Change a cell; whether that makes a difference."""
        if value is None or self.value(row, column) == value:
            return False
        self.changed[row, column] = value
        return True

    def add(self, row: int, column: int, value: Value) -> bool:
        """Add to the notes in a cell what they do not say yet; whether that makes a difference."""
        old = self.value(row, column)
        if old is None or value is None:
            return self.set(row, column, value)
        return as_text(value) not in as_text(old) and self.set(
            row, column, fitting(f"{as_text(old)}; {as_text(value)}")
        )

    def row(self, *key: Value) -> tuple[int, bool]:
        """The row of a key, and whether it is new: then the first blank one. Without room it counts and gives 0."""
        known = self.key(*key)
        if known in self.rows:
            return self.rows[known], False
        if not self._free:
            self.wanting += 1
            return 0, True
        self.rows[known] = self._free.pop(0)
        self._new.add(self.rows[known])
        return self.rows[known], True

    def check_room(self) -> None:
        """Refuse when there was not room for all.

        Raises
        ------
        DataError
            In one line, with how to get more room.
        """
        if self.wanting:
            text = _(
                "{sheet} lacks {n} rows, so nothing was changed; for more room: kam-xl new next.xlsx --data {file}"
            )
            raise DataError(text.format(sheet=self.area.sheet, n=self.wanting, file=self.inputs.book.name))

    def write(self, changes: Changes) -> None:
        """Write what changed, cells below each other in one call."""
        by_column: dict[int, list[int]] = {}
        for row, column in sorted(self.changed):
            by_column.setdefault(column, []).append(row)
        for column, rows in by_column.items():
            for first, last in _runs(rows, self._new):
                area = Area(self.area.sheet, first, column, last, column)
                values = [[self.changed.get((row, column))] for row in range(first, last + 1)]
                changes.write(self.inputs.cells(area), values)


def area_of(cells: excel.Range) -> Area:
    """Where a range stands."""
    height, width = cells.shape
    return Area(cells.sheet.name, cells.row, cells.column, cells.row + height - 1, cells.column + width - 1)


def _row(area: Area, row: int) -> Area:
    return Area(area.sheet, row, area.left, row, area.right)


def _runs(rows: Sequence[int], blank: Collection[int] = ()) -> list[tuple[int, int]]:
    """First and last of the rows that follow each other, or have only blank ones in between.

    >>> _runs([3, 4, 5, 9]), _runs([3, 5, 9], {4})
    ([(3, 5), (9, 9)], [(3, 5), (9, 9)])
    """
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and all(between in blank for between in range(runs[-1][1] + 1, row)):
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs
