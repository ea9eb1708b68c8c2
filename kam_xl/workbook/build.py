"""Assembly: settings and tables in, a finished workbook out."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kam_xl import __version__
from kam_xl.hosts.native.library import definitions
from kam_xl.hosts.native.names import define
from kam_xl.locale import _
from kam_xl.workbook import stray_dates
from kam_xl.workbook.book import NATIVE, PYTHON, Book
from kam_xl.workbook.formula import Ref
from kam_xl.workbook.model import Calc, Model, Problem, by_row
from kam_xl.workbook.pages import chosen, colour_of, name_of, records_of, sheets_of
from kam_xl.workbook.settings import Template
from kam_xl.workbook.sheets import (
    abc,
    account_plan,
    accounts,
    at_risk,
    charter,
    checks,
    dashboard,
    decision_map,
    divisions,
    guide,
    lacks,
    mrr,
    onboarding,
    pareto,
    per_account,
    profit,
    record_checks,
    records,
    retention,
    revenue,
    rollout,
    rule_checks,
    scores,
    scoring,
    selection,
    settings,
    team,
)
from kam_xl.workbook.sheets.records import CALC
from kam_xl.workbook.tables import Tables
from kam_xl.writing import check_target, write_file

# Tables as long as the accounts share a sheet only up to eight columns: the row of a wide sheet takes longer to find.
LONG = ("calc_accounts", "calc_paid", "calc_health", "calc_ranking", "calc_revenue", "calc_tiers", "calc_falling")
HIDDEN = (*LONG, "calc_mrr", "calc_scores", "calc_settings", lacks.CALC, CALC)
CORE = {"Pareto": pareto, "ABC": abc, "Scoring": scoring, "At risk": at_risk}
OTHERS = {
    "Selection": selection,
    "Retention": retention,
    "Onboarding": onboarding,
    "Decision map": decision_map,
    "Profit": profit,
    "Divisions": divisions,
    "Account plan": account_plan,
    "Charter": charter,
    "Rollout": rollout,
    "Team": team,
}


@dataclass
class Built:
    """A finished workbook, not yet on disk."""

    book: Book
    problems: list[Problem]
    counted: int  # what Checks and Dashboard say: rows to mend and full tables

    def to_bytes(self) -> bytes:
        """The file."""
        if not self.book.buffer.getbuffer().nbytes:
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
    >>> from kam_xl.workbook.tables import Tables
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


def _build(template: Template, tables: Tables, engine: str, macros: bool, more: Callable[[Book], None] | None) -> Built:
    book = Book(engine)
    pages = chosen(template.sheets)
    sheets = sheets_of(pages)
    for name in sheets:
        book.sheet(name).ws.set_tab_color(colour_of(name))
    tables, _dates = stray_dates.taken_out(tables)
    model = Model(book, template, tables)
    model.calc = Calc(book)
    for name in HIDDEN:
        book.sheet(name)
    keys = records_of(pages)
    settings.fill(model)
    for module in (accounts, revenue, mrr, scores):
        module.fill(model)
    for key in keys:
        records.fill(model, key)
    revenue.calculate(model)
    mrr.calculate(model)
    per_account.calculate(model)
    per_account.flags(model)
    scores.calculate(model)
    lacks.calculate(model)
    rule_checks.settings(model)
    rule_checks.headings(model)
    for module in (accounts, revenue, mrr, scores):
        module.finish(model)
    record_checks.prepare(model, keys)
    for key in keys:
        records.finish(model, key, record_checks.EXTRA.get(key))
    at_risk.calculate(model)
    per_account.importance(model)
    for fill in CORE.values():
        fill.fill(model)
    for name, one in OTHERS.items():
        if name in pages:
            one.fill(model)
    checks.calculate(model)
    dashboard.fill(model)
    checks.fill(model)
    guide.fill(model)
    for name in pages:
        book.define(name_of(name), Ref(book.sheets[name].name, 0, 1, None))
    for name, sheet in book.sheets.items():
        if not sheets.get(name, False):
            sheet.ws.hide()
            sheet.ws.print_area_range = ""  # LibreOffice prints every sheet that has a print area
    if more is not None:
        more(book)
    book.sheets[pages[0]].ws.activate()
    book.xlsx.set_properties(
        {"title": _("Key account management"), "company": template.company, "comments": f"kam_xl {__version__}"}
    )
    if macros:
        from kam_xl.workbook.macro_book import add_macros

        add_macros(book, functions=engine == PYTHON)
    if engine == NATIVE:
        define(book.xlsx, definitions())
    problems = [p for check in model.checks for p in check.found]
    counted = model.values["problems"].value
    return Built(book, problems, counted if isinstance(counted, int) else len(by_row(problems)))
