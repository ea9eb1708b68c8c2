"""What the sheets share while a workbook is being built: the book, the settings, and where things stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from kam_xl.canvas import theme
from kam_xl.canvas.book import Book, Sheet
from kam_xl.content.positions import split_cell
from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.formulas.areas import Area, Array
from kam_xl.formulas.expressions import X
from kam_xl.formulas.formula import Range, Ref
from kam_xl.formulas.values import Scalar

T = TypeVar("T")

PLAN_SLOTS = CRITERION_SLOTS = FACTOR_SLOTS = 5
STEP_SLOTS, SECTOR_SLOTS = 8, 12
FIRST = 8  # first data row of every input sheet
MOST_ROOM = 300  # rows kept free in a table, unless a page needs more
RANKED = 300  # accounts put in order of importance, for all pages


def room(used: int, least: int = 16) -> int:
    """Rows of a table: those in use and a tenth of them to grow, but no more than `MOST_ROOM` and no less than `least`.

    >>> room(20), room(1000), room(10000)
    (36, 1100, 10300)
    """
    return used + max(least, min(math.ceil(used / 10), MOST_ROOM))


@dataclass(frozen=True)
class Problem:
    """Something in an input sheet that the user should mend."""

    sheet: str
    cell: str
    problem: str
    remedy: str


def by_row(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems as Checks lists them: those of a row together, on Settings and in headings those of a cell.

    >>> cells = [Problem("MRR", cell, "is text", "type a number") for cell in ("D9", "D10", "E9", "D8", "E8")]
    >>> [[problem.cell for problem in row] for row in by_row(cells)]
    [['D9', 'E9'], ['D10'], ['D8'], ['E8']]
    """
    rows: dict[tuple[str, int | str], list[Problem]] = {}
    for problem in problems:
        row = split_cell(problem.cell)[0]
        alone = row <= FIRST or problem.sheet == "Settings"
        rows.setdefault((problem.sheet, problem.cell if alone else row), []).append(problem)
    return list(rows.values())


class Calc:
    """The hidden sheets behind the pages: single values and sentences (`calc`), chart data (`calc_charts`)."""

    def __init__(self, book: Book) -> None:
        self.values, self.charts = book.sheet("calc"), book.sheet("calc_charts")
        self._value_row = self._chart_row = 0
        book.put = self.put
        self.values.columns(240, 480)
        self.charts.columns(160, *[96] * 16)

    def put(self, label: str, value: X | Array | Scalar) -> Ref:
        """A value that several formulas or a chart title use; of an array formula its one result."""
        row = self._value_row
        self.values.write(row, 0, label, **theme.note())
        ref = (
            self.values.array(row, 1, value, 1).cell(0)
            if isinstance(value, Array)
            else self.values.write(row, 1, value)
        )
        self._value_row += 1
        return ref

    def block(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[X | Scalar]]) -> Range:
        """A table of chart data; returns its cells without the headings."""
        sheet, top = self.charts, self._chart_row
        sheet.write(top, 0, title, bold=True)
        for j, h in enumerate(headings):
            sheet.write(top + 1, j, h, **theme.note())
        for i, row in enumerate(rows):
            for j, v in enumerate(row):
                sheet.write(top + 2 + i, j, v)
        self._chart_row = top + len(rows) + 3
        return sheet.area(top + 2, 0, top + 1 + len(rows), len(headings) - 1)


@dataclass
class Model:
    """The workbook while it is being built. Sheets fill it in the order of their dependence."""

    book: Book
    template: Template
    tables: Tables
    records: Sequence[str] = ()  # keys of the input tables that its pages read
    calc: Calc = field(init=False)
    settings: dict[str, Ref] = field(default_factory=dict)  # in force: as typed, the default where blank
    typed: dict[str, Ref] = field(default_factory=dict)  # the cells on Settings
    lists: dict[str, Range] = field(default_factory=dict)
    inputs: dict[str, Range] = field(default_factory=dict)  # "Accounts.Engagement", "Revenue.years" … -> cells
    found: dict[type, object] = field(default_factory=dict)  # the results of steps (`results`), by their kind
    checks: list[SheetChecks] = field(default_factory=list)
    results: list[tuple[str, Range]] = field(default_factory=list)  # where an error line of a function would show

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name."""
        return self.book.sheets[name]

    def of(self, kind: type[T]) -> T:
        """A result that a step has given."""
        if kind not in self.found:
            raise LookupError(f"{kind.__name__} is not there yet: the step that gives it comes later, or is left out")
        return cast(T, self.found[kind])

    def give(self, result: T) -> T:
        """Keep a result for the steps that come after; there is one of each kind."""
        if self.found.get(type(result), result) is not result:
            raise LookupError(f"{type(result).__name__} is there already")
        self.found[type(result)] = result
        return result

    @property
    def currency(self) -> Ref:
        """The unit of all amounts, as typed in Settings."""
        return self.settings["currency"]

    def kam(self, sheet: Sheet, row: int, col: int, name: str, *args: object, **options: object) -> Range:
        """`Sheet.kam`, remembered so that Checks names an error line in it."""
        area = sheet.kam(row, col, name, *args, **options)  # type: ignore[arg-type]
        self.results.append((name, area))
        return area

    def array(self, sheet: Sheet, row: int, col: int, name: str, area: Area, rows: int) -> Range:
        """`Sheet.array` of one column; Checks names an error line of the function `name` in it."""
        written = sheet.array(row, col, area, rows)
        self.results.append((name, written))
        return written


@dataclass
class SheetChecks:
    """The problems of one input sheet: a text per row, the rows that have one."""

    sheet: str
    texts: Range
    places: Range
    found: list[Problem]
