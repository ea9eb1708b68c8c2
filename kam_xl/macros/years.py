"""Years of the sheet Revenue: one more, one less; every formula follows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from kam_xl.content.positions import Area
from kam_xl.content.settings import ALL_YEARS
from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake.grid import Grid
from kam_xl.intake.matching import year_of
from kam_xl.locale import _
from kam_xl.macros import excel
from kam_xl.macros.changes import Changes, changing, contents
from kam_xl.macros.inputs import Inputs, area_of

_COUNTED = "Years: accounts with revenue, months covered"  # a row per year that the formulas follow, on calc_charts


@dataclass
class Years:
    """The columns of the years: headings, months covered above them, figures below them."""

    inputs: Inputs
    headings: Area
    months: Area
    figures: Area
    found: dict[int, int]  # column by year, in the order of the columns
    spare: list[int]  # columns behind the last year where nothing stands

    @property
    def last(self) -> int | None:
        """The last year."""
        return max(self.found, default=None)

    def column(self, column: int) -> Area:
        """A column from its months to its last figure."""
        return Area(self.headings.sheet, self.months.top, column, self.figures.bottom, column)


def read_years(inputs: Inputs) -> Years:
    """The years of the open workbook.

    Raises
    ------
    DataError
        When it is no workbook of kam_xl, or a heading is no year, stands there twice or not in order.
    """
    headings, months, figures = (inputs.named(name) for name in ("rev_years", "rev_months", "rev_values"))
    grid = Grid({headings.sheet: inputs.sheet(headings.sheet)})
    found: dict[int, int] = {}
    spare: list[int] = []
    for column in range(headings.left, headings.right + 1):
        heading = grid.value(headings.sheet, headings.top, column)
        cell = f"{headings.sheet}!{headings.cell(0, column - headings.left)}"
        below = any(value is not None for (value,) in grid.block(_column(figures, column)))
        if heading is None and not below and grid.value(months.sheet, months.top, column) is None:
            spare.append(column)
            continue
        year = int(year_of(heading) or 0)
        if not year:
            raise DataError(_("{cell} is no year but has figures or text; type its year first").format(cell=cell))
        if found and year <= max(found):
            raise DataError(_("{cell}: the years must stand oldest first, each once").format(cell=cell))
        found[year] = column
    last = max(found.values(), default=0)
    return Years(inputs, headings, months, figures, found, [column for column in spare if column > last])


def add_year(book: excel.Book, year: int | None = None) -> str:
    """Add a year to Revenue: the one after the last, or `year`, in the first spare column.

    Without a spare column, one is inserted before the last year as long as the formulas follow that many (they do
    after a year was removed); beyond that a larger workbook has to be made.

    Raises
    ------
    DataError
        In one line, before anything is written.
    """
    inputs = Inputs(book)
    with excel.progress(book, _("adding a year")):
        years = read_years(inputs)
        wanted = year if year is not None else (years.last or date.today().year - 1) + 1
        check_new(years, [wanted])
        copy = excel.save_copy(book, _("add year"))
        with changing(book) as changes:
            column = write_year(changes, years, wanted)
    cell = years.figures.cell(0, column - years.figures.left)
    text = _("{year} is on Revenue; type its figures from {cell} on. {copy}")
    return text.format(year=wanted, cell=cell, copy=excel.copied(book, copy))


def check_new(years: Years, wanted: list[int]) -> None:
    """Refuse years that cannot be added, oldest first.

    Raises
    ------
    DataError
        In one line.
    """
    for year in wanted:
        if not 1900 <= year <= 2100:
            raise DataError(_("{year} is no year from 1900 to 2100").format(year=year))
        if year in years.found:
            raise DataError(_("{year} is on Revenue already").format(year=year))
        if years.last is not None and year < years.last:
            text = _("{year} is older than {last}, and years stand oldest first; make a new workbook with kam-xl new")
            raise DataError(text.format(year=year, last=years.last))
    columns = years.headings.right - years.headings.left + 1
    room = max(_followed(years), columns) - len(years.found)
    if len(wanted) > room:
        text = _(
            "Revenue has no column left for {year}; remove the oldest year, or make a larger workbook: "
            "kam-xl new next.xlsx --data {file}"
        )
        raise DataError(text.format(year=wanted[max(room, 0)], file=years.inputs.book.name))


def write_year(changes: Changes, years: Years, year: int) -> int:
    """Write the heading of a year that `check_new` let pass; returns its column."""
    inputs, sheet = years.inputs, years.inputs.book.sheets[years.headings.sheet]
    if years.spare:
        column = years.spare.pop(0)
        changes.write(sheet.range((years.headings.top, column)), [[year]])
    else:
        before = years.headings.right
        column = before + 1
        kept = contents(inputs.cells(years.column(before)))
        changes.insert_column(sheet, before)  # inside the range of the years, so that every formula follows
        new: list[list[Value]] = [[None] for _row in kept]
        new[years.headings.top - years.months.top] = [year]
        changes.write(inputs.cells(years.column(column)), new)  # first: no two headings of a table may be alike
        changes.put(inputs.cells(years.column(before)), kept)
        years.found[max(years.found)] = before
        for area in ("headings", "months", "figures"):
            old: Area = getattr(years, area)
            setattr(years, area, Area(old.sheet, old.top, old.left, old.bottom, column))
    years.found[year] = column
    _widen(changes, inputs, column)
    return column


def _widen(changes: Changes, inputs: Inputs, column: int) -> None:
    """Make the Excel table reach to the new year, where the program can; formulas follow either way."""
    table = inputs.table("tblRevenue")
    area = area_of(table.range)
    if area.right >= column:
        return
    with suppress(Exception):
        table.resize(inputs.cells(Area(area.sheet, area.top, area.left, area.bottom, column)))
        changes.later(lambda: table.resize(inputs.cells(area)))


def _followed(years: Years) -> int:
    """How many columns of years the formulas follow: as many as there were when the workbook was made."""
    names = [sheet.name for sheet in years.inputs.book.sheets]
    rows = years.inputs.sheet("calc_charts") if "calc_charts" in names else []
    labels = [row[0] if row else None for row in rows]
    if _COUNTED not in labels:
        return 0
    first = labels.index(_COUNTED) + 2
    blank = (i for i, label in enumerate(labels) if i >= first and label is None)
    return next(blank, len(labels)) - first


def remove_year(book: excel.Book, year: int | None = None) -> str:
    """Remove a year from Revenue with its figures: `year`, or that of the selected cell; else it asks.

    Where no copy can be saved first (a server, xlwings Lite) nothing brings the figures back: there `year` has to be
    given, and the line that comes back lists what was deleted.

    Raises
    ------
    DataError
        In one line, before anything is written: an unknown year, the only one, or none that was meant.
    """
    inputs = Inputs(book)
    with excel.progress(book, _("removing a year")):
        years = read_years(inputs)
        if len(years.found) < 2:
            raise DataError(_("Revenue has only one year left; it stays"))
        gone = _meant(years, year)
        if gone is None:
            return ""
        deleted = _figures(years, gone)
        basis = inputs.named("set_basis")
        based = year_of(inputs.sheet(basis.sheet)[basis.top - 1][basis.left - 1]) == str(gone)
        copy = excel.save_copy(book, _("remove year"))
        with changing(book) as changes:
            if based:
                changes.write(inputs.cells(basis), [[ALL_YEARS]])
            changes.delete_column_at_last(book.sheets[years.headings.sheet], years.found[gone])
    text = _("{year} is gone from Revenue. {copy}").format(year=gone, copy=excel.copied(book, copy))
    if based:
        text += " " + _("The revenue basis is now all years.")
    if copy is None:
        listed = ", ".join(f"{name} {value}" for name, value in deleted) or _("none")
        text += " " + _("The figures deleted: {list}.").format(list=listed)
    return text


def _meant(years: Years, year: int | None) -> int | None:
    """The year to remove; None when the person who was asked thought better of it."""
    book, listed = years.inputs.book, ", ".join(map(str, years.found))
    if year is None and not excel.saves_copies(book):
        text = _("this Excel can save no copy first, so the year has to be named: remove_year(book, {year})")
        raise DataError(text.format(year=min(years.found)))
    gone = year if year is not None else _selected(years)
    if gone is None:
        oldest = min(years.found)
        question = _("Remove {year}, the oldest year, with {n} figures? (Or select a cell of another year first.)")
        if not excel.asked(book, question.format(year=oldest, n=len(_figures(years, oldest)))):
            return None
        gone = oldest
    if gone not in years.found:
        raise DataError(_("{year} is not on Revenue; there are {list}").format(year=gone, list=listed))
    return gone


def _figures(years: Years, year: int) -> list[tuple[Value, Value]]:
    """Accounts and their figures of a year."""
    figures = years.figures
    grid = Grid({figures.sheet: years.inputs.sheet(figures.sheet)})
    names = years.inputs.named("rev_accounts")
    found: list[tuple[Value, Value]] = []
    for row in range(figures.top, figures.bottom + 1):
        value = grid.value(figures.sheet, row, years.found[year])
        if value is not None:
            found.append((grid.value(figures.sheet, row, names.left) or "?", value))
    return found


def _selected(years: Years) -> int | None:
    """The year of the selected cell, if one on Revenue is."""
    try:
        cell = years.inputs.book.app.selection
        column = cell.column if cell.sheet.name == years.headings.sheet else 0
    except Exception:  # a picture is selected, or nothing
        return None
    return next((year for year, place in years.found.items() if place == column), None)


def _column(area: Area, column: int) -> Area:
    return Area(area.sheet, area.top, column, area.bottom, column)
