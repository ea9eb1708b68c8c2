"""What the input sheets share: instructions, headings with hints, typed and computed cells, checks per row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.model import FIRST, Model, Problem, SheetChecks
from kam_xl.canvas.page import exact, page
from kam_xl.canvas.theme import Style
from kam_xl.content.tables import CellError, storable
from kam_xl.formulas.areas import last_entry, where
from kam_xl.formulas.expressions import Rows, X, cat, column_of, lit
from kam_xl.formulas.formula import Pinned, Range, Ref
from kam_xl.formulas.functions import (
    and_,
    cell_name,
    if_,
    iferror,
    index,
    iserror,
    islogical,
    isnumber,
    istext,
    length,
    match,
    match_text,
    min_,
    or_,
)
from kam_xl.formulas.messages import say
from kam_xl.formulas.rows import Each
from kam_xl.formulas.values import Err, words
from kam_xl.locale import _

DATES = {"date": theme.DATE, "month": theme.MONTH}


@dataclass(frozen=True)
class Column:
    """A column of an input table."""

    heading: str
    hint: str
    px: int
    kind: str = "text"  # text, number, date, month
    computed: bool = False
    choices: str | tuple[str, ...] = ()  # what the drop-down offers: words, or cells (see `offered`)
    bounds: tuple[float, float] | None = None
    exact: bool = False  # shows decimals where there are some
    style: dict[str, Any] = field(default_factory=dict)

    @property
    def look(self) -> dict[str, Any]:
        """Style of the column's cells."""
        base: dict[str, Any] = {}
        if self.kind in DATES:
            base = {"num_format": DATES[self.kind], "align": "right"}
        elif self.kind == "number":
            base = {"num_format": theme.DASH if self.computed else theme.N0}
        else:
            base = {"indent": 1}
        return (theme.computed if self.computed else theme.typed)(**{**base, **self.style})


def input_page(
    model: Model, name: str, subtitle: str, right: X | str, widths: Sequence[int], steps: Sequence[str]
) -> Sheet:
    """Title block and instructions of an input sheet."""
    sheet = model.sheet(name)
    page(model.book, sheet, list(widths), name, subtitle, right, freeze=0)
    sheet.height(3, 24)
    sheet.write(3, 1, "     ".join(f"{i} {s}" for i, s in enumerate(steps, 1)), **theme.note(font_color=theme.BLUE_D))
    sheet.height(4, 8)
    sheet.height(5, 24)
    sheet.height(6, 24)
    sheet.height(7, 24)
    return sheet


def bands(sheet: Sheet, typed: tuple[int, int], computed: Sequence[tuple[int, int]]) -> None:
    """The strips above the headings that say where to type and where not."""
    style: Style = {
        "bottom": 2,
        "bottom_color": "#E0B400",
        "bg_color": theme.INPUT,
        "font_size": 9,
        "bold": True,
        "indent": 1,
    }
    sheet.band(5, *typed, **style)
    sheet.write(5, typed[0], _("INPUT ✎ type here"), **style, font_color=theme.BLUE_D)
    for c1, c2 in computed:
        grey = {**style, "bottom_color": theme.GREY, "bg_color": theme.PANEL, "font_color": theme.MUTED}
        sheet.band(5, c1, c2, **grey)
        sheet.write(5, c1, _("COMPUTED") if c1 == c2 else _("COMPUTED ƒ do not type"), **grey)


def input_table(
    sheet: Sheet,
    table: str,
    first_col: int,
    columns: Sequence[Column],
    rows: int,
    hints: Sequence[X | str | None] | None = None,
) -> dict[str, Range]:
    """Headings, hints, data validation and the Excel table; returns the cells of each column.

    A hint that is None leaves the cell above the heading to others.
    """
    last_row, last_col = FIRST + rows - 1, first_col + len(columns) - 1
    right = {"number", "date", "month"}
    specs = []
    for j, column in enumerate(columns):
        align = "right" if column.kind in right else "left"
        hint = hints[j] if hints else column.hint
        if hint is not None:
            look = theme.note(align=align, indent=0 if column.kind in right else 1, text_wrap=True)
            sheet.write(FIRST - 2, first_col + j, hint, **look)
        head_style = theme.heading(align=align, font_color=theme.INK, indent=0 if column.kind in right else 1)
        specs.append({"header": column.heading, "header_format": sheet.book.format(**head_style)})
        sheet.cells[FIRST - 1, first_col + j] = column.heading
    sheet.ws.add_table(
        FIRST - 1, first_col, last_row, last_col, {"name": table, "columns": specs, "style": None, "autofilter": False}
    )
    for j, column in enumerate(columns):
        rule = _validation(column)
        if rule:
            sheet.ws.data_validation(FIRST, first_col + j, last_row, first_col + j, rule)
        if column.exact:
            exact(sheet, (FIRST, first_col + j, last_row, first_col + j))
    return {c.heading: sheet.area(FIRST, first_col + j, last_row, first_col + j) for j, c in enumerate(columns)}


def _validation(column: Column) -> dict[str, Any] | None:
    base = {"error_type": "warning", "error_title": column.heading, "ignore_blank": True}
    if column.choices:
        return {
            **base,
            "validate": "list",
            "source": column.choices,
            "error_message": _("Choose from the list, or add it in Settings."),
        }
    if column.computed:
        return None
    if column.bounds:
        low, high = column.bounds
        text = _("Type a number from {low} to {high}.").format(low=f"{low:g}", high=f"{high:g}")
        return {
            **base,
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "error_message": text,
        }
    if column.kind == "number":
        return {
            **base,
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e15,
            "maximum": 1e15,
            "error_message": _("Type a number."),
        }
    if column.kind in DATES:
        first, last = dt.date(1950, 1, 1), dt.date(2150, 12, 31)
        return {
            **base,
            "validate": "date",
            "criteria": "between",
            "minimum": first,
            "maximum": last,
            "error_message": _("Type a date."),
        }
    return None


def offered(model: Model, key: str) -> str:
    """Cells for a drop-down: a list on Settings, or the accounts, up to the last entry.

    Excel takes any text for right where the cells that a drop-down offers are blank in part.
    """
    area = model.inputs["Accounts.Account"] if key == "accounts" else model.lists[key].column(0)
    name = f"offered_{key}"
    if name not in model.book.names:
        model.book.define_first(name, area, model.calc.put(f"last entry of {key}", last_entry(area)))
    return f"={name}"


def stored(value: Any) -> Any:
    """An imported value as a cell takes it."""
    if isinstance(value, CellError):
        return Err(storable(value))
    return value


def filled_up(given: list[Any], rows: int) -> list[Any]:
    """The cells of a column of a table: what is given, then blanks."""
    return given + [None] * (rows - len(given))


class RowChecks:
    """The checks of a row, or of every row of a table at once: the formula that names every problem, and those found.

    A cell is one of its sheet (`Ref`), or that of every row (`rows.each`); the problems of a table are found one kind
    after the other, and `listed` puts them in the order of its rows.
    """

    def __init__(self, sheet: Sheet, found: list[Problem]) -> None:
        self.sheet, self.found = sheet, found
        self.parts: list[X] = []

    def text(self) -> X:
        """Formula of the row: every problem with its cell and remedy, or nothing."""
        out = self.parts[0]
        for part in self.parts[1:]:
            out = out & part
        return out

    def _note(self, cell: Ref | Each, problem: str | X, remedy: str) -> X:
        """One problem in words: its texts stand in cells, as a row's formula holds many and may not grow too long."""
        if isinstance(problem, X):
            return say("{cell} {problem}: {remedy}.", cell=cell_name(cell), problem=problem, remedy=remedy) & " "
        parts = _("{cell} {problem}: {remedy}.").format(cell="{cell}", problem=problem, remedy=remedy) + " "
        before, _place, after = parts.partition("{cell}")
        return cat(*([self._kept(before)] if before else []), cell_name(cell), self._kept(after))

    def _kept(self, text: str) -> Pinned:
        """The cell that holds a text of the checks, one for each text."""
        book = self.sheet.book
        if text not in book.kept:
            cell = book.put("text of checks", text)
            book.kept[text] = Pinned(cell.sheet, cell.row, cell.col, cell.value)
        return book.kept[text]

    def add(self, cell: Ref | Each, condition: X, problem: str | X, remedy: str) -> None:
        """A problem of `cell` when `condition` holds; a condition that is an error does not."""
        holds = iferror(condition, False)
        for i in self._places(holds, cell):
            self._record(cell, i, problem, remedy)
        self.parts.append(if_(holds, self._note(cell, problem, remedy), ""))

    def _places(self, condition: X, cell: Ref | Each) -> list[int]:
        """The rows in which a condition holds."""
        values = column_of(condition)
        if len(values) == 1 and isinstance(cell, Each):
            values = values * cell.area.rows
        return [i for i, value in enumerate(values) if value is True]

    def _record(self, cell: Ref | Each, i: int, problem: str | X, remedy: str) -> None:
        if isinstance(problem, X):
            problem = words(problem.at(i) if isinstance(problem, Rows) else problem.value)
        top = cell.area.r1 if isinstance(cell, Each) else cell.row
        self.found.append(Problem(self.sheet.name, xl_rowcol_to_cell(top + i, cell.col), problem, remedy))

    def number(self, cell: Ref | Each, bounds: tuple[float, float] | None = None, day: bool = False) -> None:
        """The cell is blank or a number (a date), inside `bounds` if given."""
        remedy = _("type a date, such as 2025-12-31") if day else _("type a number or leave it blank")
        cases = [
            (iserror(cell), _("is an error"), _("mend that cell")),
            (or_(istext(cell), islogical(cell)), _("is text"), remedy),
        ]
        if bounds:
            low, high = bounds
            where = _("is outside {low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
            outside = and_(isnumber(cell), or_(cell < low, cell > high))
            cases.append((outside, where, _("type a number in between")))
        out: X = lit("")
        for condition, problem, text in reversed(cases):
            out = if_(condition, self._note(cell, problem, text), out)
        self.parts.append(out)
        told: set[int] = set()  # the first thing wrong with a cell is enough
        for condition, problem, text in cases:
            for i in self._places(condition, cell):
                if i not in told:
                    told.add(i)
                    self._record(cell, i, problem, text)

    def no_error(self, cell: Ref | Each) -> None:
        """The cell is no error."""
        self.add(cell, iserror(cell), _("is an error"), _("mend that cell"))

    def unless(self, clean: X, inner: RowChecks) -> None:
        """The checks of `inner`, looked at only where the one quick test `clean` does not hold."""
        self.parts.append(if_(clean, "", inner.text()))


def taken(area: Range, no: X) -> X:
    """Cell `no` of a column of an input table; nothing where it is blank, or gone because its row was deleted."""
    cell = index(area, no)
    return iferror(if_(length(cell), cell, ""), "")


def row_of(name: X, names: Range, no: X) -> X:
    """Where a name stands in another table, 0 if nowhere.

    The same row is tried first: tables that list the same accounts in the same order, as most do, need no search.
    """
    same = iferror(index(names, no) & "" == name & "", False)
    return if_(length(name), if_(same, no, iferror(match_text(name, names), 0)), 0)


def next_or_search(value: X, area: Range, before: X) -> X:
    """Where a value stands in a column, an error if nowhere; the cell after `before` is tried first."""
    after = min_(before + 1, lit(area.rows))
    return if_(index(area, after) == value, after, match(value, area))


def heading_of(area: Range) -> Ref:
    """The heading above a column of an input table."""
    return Ref(area.sheet, area.r1 - 1, area.c1, None)


def by_rows(found: list[Problem]) -> list[Problem]:
    """Problems of a table in the order of its rows; those of one row as they were found.

    >>> [p.cell for p in by_rows([Problem("S", cell, "", "") for cell in ("B10", "B9", "D9")])]
    ['B9', 'D9', 'B10']
    """
    return sorted(found, key=lambda p: int(p.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))


def listed(model: Model, sheet: Sheet, name: str, texts: Range, column: int, found: list[Problem]) -> None:
    """The rows that have a problem (on a calculation sheet), so that Checks can list them."""
    wrong = where(texts, ("IFERROR(LEN(", texts, ")>0,TRUE)"), [bool(words(t)) for t in texts.flat()])
    places = sheet.array(1, column, wrong, texts.rows)
    model.checks.append(SheetChecks(name, texts, places, found))
