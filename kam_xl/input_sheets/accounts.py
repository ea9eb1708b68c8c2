"""Accounts: who they are and how they are doing; what is computed of them stands beside."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.inputs import (
    Column,
    RowChecks,
    bands,
    by_rows,
    filled_up,
    heading_of,
    input_page,
    input_table,
    listed,
    offered,
    stored,
)
from kam_xl.canvas.model import FIRST, Model, Problem, room
from kam_xl.canvas.page import explained, printed
from kam_xl.canvas.results import PerAccount, Revenue
from kam_xl.content.tables import ACCOUNT_FIELDS
from kam_xl.formulas.expressions import X
from kam_xl.formulas.formula import Range
from kam_xl.formulas.functions import (
    and_,
    counta,
    if_,
    iferror,
    index,
    iserror,
    isnumber,
    istext,
    length,
    match_text,
    place_in,
)
from kam_xl.formulas.rows import across, each
from kam_xl.input_sheets.per_account import PROBLEMS, REPEATS, danger
from kam_xl.locale import _

COL, COMPUTED = 1, 18  # first typed and first computed column
FIELDS = tuple(ACCOUNT_FIELDS)


def columns(model: Model) -> list[Column]:
    """The typed columns, in the order of `ACCOUNT_FIELDS`."""
    h = ACCOUNT_FIELDS
    return [
        Column(h["account"], _("name, unique"), 208, style={"bold": True}),
        Column(h["sector"], _("list"), 96, choices=offered(model, "sectors")),
        Column(h["country"], _("text"), 88),
        Column(h["owner"], _("who manages it"), 96),
        Column(h["since"], _("date"), 88, "date"),
        Column(h["step"], _("list"), 112, choices=offered(model, "steps")),
        Column(h["engagement"], "0–100", 80, "number", bounds=(0, 100)),
        Column(h["satisfaction"], "1–5", 80, "number", bounds=(1, 5), style={"num_format": "0.0"}),
        Column(h["queue_since"], _("date"), 96, "date"),
        Column(h["reason"], _("why at risk"), 176),
        Column(h["next_step"], _("what to do"), 184),
        Column(h["due"], _("date"), 80, "date"),
        Column(h["notes"], _("text"), 128),
        Column(h["contact"], _("date"), 88, "date"),
        Column(h["renewal"], _("date"), 88, "date"),
        Column(model.template.own_figure, _("rename it: any figure"), 88, "number", exact=True),
    ]


def fill(model: Model) -> None:
    """Write the typed part; `finish` adds what is computed."""
    cols, rows = columns(model), room(len(model.tables.accounts))
    widths = [16, *[c.px for c in cols], 16, 72, 48, 56, 80, 264, 16]
    sheet = input_page(
        model,
        "Accounts",
        _(
            "Type in the cream cells only. Grey cells are computed. New account: use the next free row; "
            "pages and charts follow."
        ),
        _("one row per account"),
        widths,
        [
            _("Type or paste values"),
            _("Choose lists with Alt+↓"),
            _("Read the check at the right"),
            _("Open the Dashboard"),
        ],
    )
    bands(sheet, (COL, COL + len(cols) - 1), [(COMPUTED, COMPUTED + 4)])
    model.inputs |= {f"Accounts.{h}": area for h, area in input_table(sheet, "tblAccounts", COL, cols, rows).items()}
    model.book.define("list_accounts", model.inputs["Accounts.Account"])
    for j, (key, column) in enumerate(zip(FIELDS, cols, strict=True)):
        given = [stored(account.get(key)) for account in model.tables.accounts]
        sheet.fill(FIRST, COL + j, filled_up(given, rows), **column.look)
    sheet.ws.freeze_panes(FIRST, COL + 1)
    last = FIRST + max(len(model.tables.accounts), 14) + 2
    printed(sheet, last, tall=True)
    sheet.ws.repeat_rows(FIRST - 1)
    sheet.ws.fit_to_pages(2, 0)  # too wide to be read on one
    sheet.ws.repeat_columns(COL)
    model.inputs["Accounts"] = sheet.area(FIRST, COL, FIRST + rows - 1, COL + len(cols) - 1)
    model.inputs["Accounts.headings"] = sheet.area(FIRST - 1, COL, FIRST - 1, COL + len(cols) - 1)


def finish(model: Model, accounts: PerAccount, revenue: Revenue) -> None:
    """The computed columns and the checks."""
    sheet, names = model.sheet("Accounts"), model.inputs["Accounts.Account"]
    heads = [
        (_("MRR"), "right"),
        (_("Class"), "center"),
        (_("Health"), "right"),
        (_("Danger"), "left"),
        (_("Check"), "left"),
    ]
    for j, (text, align) in enumerate(heads):
        sheet.write(FIRST - 1, COMPUTED + j, text, **theme.heading(align=align, indent=1 if align == "left" else 0))
    sheet.write(FIRST - 2, COMPUTED, model.currency, **theme.note(align="right"))
    sheet.write(FIRST - 2, COMPUTED + 1, _("ABC rule"), **theme.note(align="center"))
    sheet.write(FIRST - 2, COMPUTED + 2, "0–100", **theme.note(align="right"))
    sheet.write(FIRST - 2, COMPUTED + 3, _("rule on Settings"), **theme.note())
    found: list[Problem] = []
    repeats = model.kam(model.sheet("calc_accounts"), 1, REPEATS, "KAM_DUPLICATES", names, rows=names.rows)
    name, rows = each(names), names.rows
    place = place_in(name, heading_of(names))
    revenue_row = index(accounts.revenue_row, place)
    tier = if_(revenue_row, index(revenue.classes, revenue_row) & "", "")
    shown: tuple[tuple[X, dict[str, Any]], ...] = (
        (index(accounts.mrr, place), {"num_format": theme.DASH, "bold": True}),
        (tier, {"align": "center"}),
        (index(accounts.health, place), {"num_format": "0"}),
        (danger(model, place), {"indent": 1}),
    )
    for j, (value, look) in enumerate(shown):
        sheet.fill(FIRST, COMPUTED + j, iferror(if_(length(name), value, ""), ""), rows, **theme.computed(**look))
    wrong = _checks(model, place, repeats, found).text()
    sheet.fill(FIRST, COMPUTED + 4, wrong, rows, **theme.computed(font_color=theme.RISK_D, indent=1))
    last = FIRST + names.rows - 1
    explained(sheet, (FIRST, COMPUTED + 3, last, COMPUTED + 3))
    listed(
        model,
        model.sheet("calc_accounts"),
        "Accounts",
        sheet.area(FIRST, COMPUTED + 4, last, COMPUTED + 4),
        PROBLEMS,
        by_rows(found),
    )


def _checks(model: Model, place: X, repeats: Range, found: list[Problem]) -> RowChecks:
    """What can be wrong in a row of Accounts."""
    accounts = model.of(PerAccount)
    sheet, area = model.sheet("Accounts"), model.inputs["Accounts"]
    checks, name, figures = (RowChecks(sheet, found) for _k in range(3))
    cell = {f: each(area, j) for j, f in enumerate(FIELDS)}
    account, twice = cell["account"], isnumber(index(repeats, place))
    name.no_error(account)
    others = counta(across(area))
    name.add(
        account, and_(length(account) == 0, others > 0), _("is blank"), _("type the account's name or clear the row")
    )
    name.add(account, twice, _("stands there twice, and MRR counts for the first row"), _("use each name once"))
    checks.unless(and_(istext(account), length(account) > 0, twice == False), name)  # noqa: E712
    figures.number(cell["engagement"], (0, 100))
    figures.number(cell["satisfaction"], (1, 5))
    figures.number(cell["figure"])
    days = ("since", "queue_since", "due", "contact", "renewal")
    for day in days:
        figures.number(cell[day], day=True)
    typed = [across(area.column(FIELDS.index(f))) for f in ("engagement", "satisfaction", "figure", *days)]
    checks.unless(counta(*typed) == 0, figures)
    step = cell["step"]
    unknown = if_(length(step), iserror(match_text(step & "", model.lists["steps"])), False)
    checks.add(step, unknown, _("is no onboarding step"), _("choose from the list, or add it in Settings"))
    mrr, kpi = index(accounts.mrr, place), index(accounts.risk_figure, place)
    silent = if_(isnumber(mrr), and_(mrr > 0, length(kpi) == 0), False)
    checks.add(
        account, silent, _("has MRR but no figure for the at-risk rule"), _("fill it in, or it is never at risk")
    )
    return checks


def account_row(model: Model, account: X) -> X:
    """Row number of an account on Accounts, 0 if it is not there."""
    return iferror(match_text(account & "", model.inputs["Accounts.Account"]), 0)


def field(model: Model, heading: str, row: X) -> X:
    """A field of the account in `row` (0: none), blank as nothing."""
    area = model.inputs[f"Accounts.{heading}"]
    value = index(area, row)
    return if_(row == 0, "", if_(length(value) == 0, "", value))
