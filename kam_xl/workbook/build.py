"""Assembly: settings and tables in, a finished workbook out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kam_xl import __version__, progress
from kam_xl.canvas import theme
from kam_xl.canvas.book import NATIVE, PYTHON, Book
from kam_xl.canvas.model import Calc, Model, Problem, by_row
from kam_xl.canvas.results import Problems
from kam_xl.canvas.steps import step, take
from kam_xl.content import stray_dates
from kam_xl.content.pages import AFTER, BEFORE, PAGES, chosen, colour_of, folder_of, name_of, records_of, sheets_of
from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.formulas.formula import Ref
from kam_xl.hosts.native.library import definitions
from kam_xl.hosts.native.names import define
from kam_xl.input_sheets import (
    accounts,
    lacks,
    mrr,
    per_account,
    record_checks,
    records,
    revenue,
    rule_checks,
    scores,
    settings,
)
from kam_xl.input_sheets.records import CALC
from kam_xl.locale import _
from kam_xl.writing import check_target, write_file

# Tables as long as the accounts share a sheet only up to eight columns: the row of a wide sheet takes longer to find.
LONG = ("calc_accounts", "calc_paid", "calc_health", "calc_ranking", "calc_revenue", "calc_tiers", "calc_falling")
HIDDEN = (*LONG, "calc_mrr", "calc_scores", "calc_settings", lacks.CALC, CALC)
INPUTS = (  # what is typed; what is computed from it; what is wrong with it
    settings.fill,
    accounts.fill,
    revenue.fill,
    mrr.fill,
    scores.fill,
    records.fill,
    revenue.calculate,
    mrr.calculate,
    per_account.calculate,
    per_account.flags,
    scores.calculate,
    lacks.calculate,
    rule_checks.settings,
    rule_checks.headings,
    accounts.finish,
    revenue.finish,
    mrr.finish,
    scores.finish,
    record_checks.finish,
    per_account.importance,
)


@dataclass
class Built:
    """A finished workbook, not yet on disk."""

    book: Book
    problems: list[Problem]
    counted: int  # what Checks and Dashboard say: rows to mend and full tables

    def to_bytes(self) -> bytes:
        """The file."""
        if not self.book.buffer.getbuffer().nbytes:
            progress.step(_("writing the workbook"))
            self.book.xlsx.close()
        return self.book.buffer.getvalue()

    def write(self, path: str | Path, force: bool = False) -> Path:
        """Write the file beside its target, then move it over: a killed write leaves the old file whole."""
        check_target(path, force=force)  # before the work of making it
        return write_file(path, self.to_bytes(), force=force)


def build(
    template: Template,
    tables: Tables,
    engine: str = NATIVE,
    macros: bool = False,
    more: Callable[[Book], None] | None = None,
) -> Built:
    """Build the workbook of a template and its data.

    Parameters
    ----------
    template
        Settings: rules, plans, criteria, weights.
    tables
        What stands on the input sheets.
    engine
        How the functions are carried: ``native`` (LAMBDA names in the file, for Excel 365), ``addin`` (nothing inside:
        the LibreOffice extension answers), ``python`` (VBA wrappers inside, xlwings runs Python).
    macros
        With buttons and macros (.xlsm); the engine ``python`` always has them.
    more
        Writes what else the workbook holds, sheets of the user's own for example, when ours are finished.

    Examples
    --------
    >>> from kam_xl.content.tables import Tables
    >>> built = build(Template(), Tables(years=["2024"], revenue=[("Aurelia", [85])]))
    >>> [(p.sheet, p.cell, p.problem) for p in built.problems]
    [('Revenue', 'B9', 'is not on Accounts')]
    """
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects that all live to the end: collecting costs a third of the time
    try:
        return _build(template, tables, engine, macros or engine == PYTHON, more)
    finally:
        if collecting:
            gc.enable()


def _pages(pages: Sequence[str]) -> Iterator[Callable[..., object]]:
    """The steps of the pages: first those that others rest on, whether they are shown or not, then those wanted."""
    core = [name for name, page in PAGES.items() if page.core]
    for name in (*core, *(name for name in PAGES if name in pages and name not in core), *AFTER, *BEFORE):
        yield from import_module(f"kam_xl.pages.{folder_of(name)}.page").BUILT_BY


def _build(template: Template, tables: Tables, engine: str, macros: bool, more: Callable[[Book], None] | None) -> Built:
    book = Book(engine)
    pages = chosen(template.sheets)
    sheets = sheets_of(pages)
    for name in sheets:
        book.sheet(name).ws.set_tab_color(theme.TABS[colour_of(name)])
    tables, _dates = stray_dates.taken_out(tables)
    model = Model(book, template, tables, records_of(pages))
    model.calc = Calc(book)
    for name in HIDDEN:
        book.sheet(name)
    runs: list[Callable[..., object]] = [*INPUTS, *_pages(pages)]
    progress.expect(len(runs) + 1)  # the last is the writing
    take(model, [step(run) for run in runs])
    for name in pages:
        book.define(name_of(name), Ref(book.sheets[name].name, 0, 1, None))
    for name, sheet in book.sheets.items():
        if not sheets.get(name, False):
            sheet.ws.hide()
            sheet.ws.print_area_range = ""  # LibreOffice prints every sheet that has a print area
    book.xlsx.set_properties(
        {"title": _("Key account management"), "company": template.company, "comments": f"kam_xl {__version__}"}
    )
    if more is not None:
        more(book)
    book.sheets[pages[0]].ws.activate()
    if macros:
        from kam_xl.workbook.macro_book import add_macros

        add_macros(book, functions=engine == PYTHON)
    if engine == NATIVE:
        define(book.xlsx, definitions())
    problems = [p for check in model.checks for p in check.found]
    counted = model.of(Problems).all.value
    return Built(book, problems, counted if isinstance(counted, int) else len(by_row(problems)))
