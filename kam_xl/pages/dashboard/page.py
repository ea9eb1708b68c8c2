"""Dashboard: the whole picture on one page."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import PLAN_SLOTS, Model
from kam_xl.canvas.page import explained, figure, head, page, printed, ruled, spare_first
from kam_xl.canvas.results import Importance, Ledger, Pareto, PerAccount, Problems, Queue, Report, Revenue, Risk
from kam_xl.formulas.formula import Ref, X, lit
from kam_xl.formulas.functions import (
    abs_,
    and_,
    countif,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    or_,
    sum_,
    sumifs,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets import per_account
from kam_xl.input_sheets.accounts import field
from kam_xl.locale import _
from kam_xl.pages.dashboard import chart, today

SHOWN_ROWS = 20
TODAY = 7  # what to do today
TOP = 25  # first row of the account table
ACCOUNT, PLAN = 1, 2


def fill(
    model: Model,
    risk: Risk,
    pareto: Pareto,
    report: Report,
    importance: Importance,
    accounts: PerAccount,
    queue: Queue,
    problems: Problems,
) -> None:
    """Write the page."""
    sheet, s = model.sheet("Dashboard"), model.settings
    n = PLAN_SLOTS
    total = PLAN + n
    sheet.columns(16, 184, *[64] * n, 80, 64, 88, 120, 136, 96, 112, 160, 16)
    calc, put = model.sheet("calc_accounts"), model.calc.put
    total_amount = put("sum of the amounts", sum_(importance.amount))
    ready = put("accounts ready for a larger plan", countif(accounts.upsell, "►*"))
    compared = put("MRR compared", sum_(accounts.mrr_compared))
    year_ago = put("MRR a year ago", sum_(accounts.mrr_before))
    change = put(
        "MRR change over the comparison period",
        iferror(if_(compared == 0, "", risk.mrr / compared - 1), ""),
    )
    year = put("MRR change over a year", iferror(if_(year_ago == 0, "", risk.mrr / year_ago - 1), ""))
    title = error_or(queue.table, if_(risk.mrr == 0, pareto.title & "", today.title(model, year)))
    sub = say(
        "{named, select, true {{company}  ·  } other {}}{accounts} accounts  ·  "
        "{known, select, true {{month}} other {no MRR yet}}",
        named=length(s["company"]) > 0,
        company=s["company"],
        accounts=risk.customers,
        known=length(report.month_text) > 0,
        month=report.month_text,
    )
    right = say(
        "MRR in {unit} per month  ·  {rule}{known, select, true {  ·  data as of {date}} other {}}",
        unit=s["currency"],
        rule=risk.rule,
        known=length(report.date_text) > 0,
        date=report.date_text,
    )
    page(model.book, sheet, sheet.column_px, title, sub, right)
    _figures(model, total, change, (compared, year_ago), problems)
    chart.plans(model, total, ready)
    final = chart.steps(model, total)
    _table(model, total, total_amount, final)
    rows = min(importance.ranking.rows, SHOWN_ROWS)
    today.write(model, TODAY, total + 7, calc.area(1, 60, rows, 60), ready)
    sheet.height(TODAY + 5, 12)
    printed(sheet, TOP + min(SHOWN_ROWS, max(14, len(model.tables.accounts))))


def _figures(model: Model, total: int, change: X, earlier: tuple[X, X], problems: Problems) -> None:
    queue = model.of(Queue)
    accounts = model.of(PerAccount)
    report = model.of(Report)
    pareto = model.of(Pareto)
    risk = model.of(Risk)
    sheet, s = model.sheet("Dashboard"), model.settings
    for row, px in ((3, 24), (4, 40), (5, 24), (6, 16)):
        sheet.height(row, px)
    unit, (compared, year_ago) = s["currency"], earlier
    ago = say("{mrr:#,##0} a year ago", mrr=year_ago)
    ago = if_(year_ago == 0, _("no figure a year ago"), ago)
    delta = risk.mrr - compared
    grew = say(
        "{up, select, true {+} other {−}}{change:#,##0} {unit} in {months} months",
        up=delta >= 0,
        change=abs_(delta),
        unit=unit,
        months=s["compare_months"],
    )
    grew = if_(isnumber(change), grew, _("no earlier month"))
    unknown = or_(failed(queue.table), risk.unknown)
    nothing = if_(problems.all == 0, _("all checks passed"), _("see Checks"))
    plain = {"num_format": theme.N0}
    few = say(
        "{vital} of {accounts} make {cut:0%} of revenue",
        vital=pareto.vital,
        accounts=pareto.accounts,
        cut=s["pareto_cut"],
    )
    cards: list[tuple[int, int, str | X, X, str | X, dict[str, Any]]] = [
        (1, 1, say("Total MRR, {unit}", unit=unit), risk.mrr, ago, plain),
        (
            2,
            3,
            say("Change since {month}", month=report.compared_text),
            if_(isnumber(change), change, "–"),
            grew,
            {"num_format": theme.CHANGE},
        ),
        (
            4,
            total,
            _("Net retention (NRR)"),
            if_(isnumber(accounts.nrr), accounts.nrr, "–"),
            _("12 months"),
            {"num_format": theme.P1, "edge": theme.GOOD},
        ),
        (
            total + 1,
            total + 2,
            _("Gross retention (GRR)"),
            if_(isnumber(accounts.grr), accounts.grr, "–"),
            _("12 months, losses only"),
            {"num_format": theme.P1, "edge": theme.GOOD},
        ),
        (
            total + 3,
            total + 3,
            _("Accounts at risk"),
            if_(unknown, "–", risk.accounts),
            say("of {accounts} accounts", accounts=risk.customers),
            {**plain, "edge": theme.RISK, "colour": theme.RISK_D},
        ),
        (
            total + 4,
            total + 4,
            say("MRR at risk, {unit}", unit=unit),
            if_(unknown, "–", if_(isnumber(risk.at_risk), risk.at_risk, "–")),
            if_(unknown, _("see Checks"), say("{share:0%} of total MRR", share=risk.share)),
            {**plain, "edge": theme.RISK, "colour": theme.RISK_D},
        ),
        (
            total + 5,
            total + 6,
            _("Concentration"),
            if_(pareto.total > 0, pareto.vital_share, "–"),
            if_(pareto.total > 0, few, _("no revenue to share")),
            {"num_format": theme.P0},
        ),
        (total + 7, total + 7, _("Problems in the inputs"), problems.all, nothing, plain),
    ]
    for c1, c2, text, value, note, look in cards:
        figure(sheet, 3, c1, c2, text, value, note, **look)
    green = {"type": "cell", "criteria": "==", "value": 0, "format": model.book.bare(font_color=theme.GOOD_D)}
    red = {"type": "cell", "criteria": ">", "value": 0, "format": model.book.bare(font_color=theme.RISK_D)}
    for rule in (green, red):
        sheet.ws.conditional_format(4, total + 7, 4, total + 7, rule)
    explained(sheet, (4, 2, 4, 2), "change")


def _table(model: Model, total: int, total_amount: X, final: Ref) -> None:

    ledger = model.of(Ledger)
    accounts = model.of(PerAccount)
    importance = model.of(Importance)
    revenue = model.of(Revenue)
    report = model.of(Report)
    risk = model.of(Risk)
    sheet, s = model.sheet("Dashboard"), model.settings
    share, change, trend, step, kpi, danger, upsell = range(total + 1, total + 8)
    some = risk.mrr > 0
    since = say(
        "change: since {month}  ·  trend: 12 months  ·  danger: health below {high} high, {medium} medium"
        "  ·  upsell: low danger, not yet on the largest plan",
        month=report.compared_text,
        high=s["high_below"],
        medium=s["medium_below"],
    )
    yearly = say("change: {year} against the year before", year=revenue.last_year)
    note = if_(some, since, if_(revenue.years > 1, yearly, ""))
    by = if_(some, _("Accounts by MRR"), say("Accounts by revenue {year}", year=revenue.last_year))
    largest = say("{accounts}, the largest {shown}", accounts=by, shown=SHOWN_ROWS)
    head(sheet, TOP - 2, 1, upsell, if_(risk.customers > SHOWN_ROWS, largest, by), note)
    heads: list[tuple[int, X | str, str]] = [(ACCOUNT, _("Account"), "left")]
    places = list(enumerate(spare_first(len(model.template.plans), PLAN_SLOTS), PLAN))
    heads += [(col, model.lists["plans"].cell(p) & "", "right") for col, p in places]
    heads += [
        (total, if_(risk.mrr > 0, _("MRR"), _("Revenue")), "right"),
        (share, _("Share"), "right"),
        (change, _("Change"), "center"),
        (trend, _("Trend"), "center"),
        (step, _("Onboarding"), "left"),
        (kpi, s["risk_kpi"] & "", "right"),
        (danger, _("Danger"), "left"),
        (upsell, _("Upsell opportunity"), "left"),
    ]
    for col, text, align in heads:
        sheet.write(TOP - 1, col, text, **theme.heading(align=align, indent=1 if align == "left" and col > 1 else 0))
    calc, _plans = model.sheet("calc_accounts"), model.lists["plans"]
    ranking = importance.ranking
    rows = min(ranking.rows, SHOWN_ROWS)
    for i in range(rows):
        row = TOP + 1 + i
        sheet.height(row, 26)
        amount = index(importance.amount, ranking.cell(i))
        there = iferror(and_(isnumber(amount), amount > 0), False)
        at = calc.write(1 + i, 60, if_(there, ranking.cell(i), 0))
        none, pick = at == 0, max_(at, lit(1))
        paid = if_(none, 0, index(accounts.ledger_row, pick))
        sheet.write(
            row, ACCOUNT, if_(none, "", index(model.inputs["Accounts.Account"], pick)), **theme.plain(bold=True)
        )
        for col, p in places:
            value = index(ledger.plans[p], max_(paid, lit(1)))
            sheet.write(
                row,
                col,
                if_(
                    or_(none, length(model.lists["plans"].cell(p)) == 0),
                    "",
                    if_(paid == 0, 0, if_(isnumber(value), value, 0)),
                ),
                **theme.plain(num_format=theme.DASH, align="right"),
            )
        sheet.write(row, total, if_(none, "", amount), **theme.plain(num_format=theme.DASH, bold=True, shrink=True))
        sheet.write(row, share, if_(none, "", iferror(amount / total_amount, "")), **theme.plain(num_format="0%"))
        before = index(importance.before, pick)
        moved = if_(and_(isnumber(before), iferror(before > 0, False)), amount / before - 1, _("new"))
        sheet.write(
            row,
            change,
            iferror(if_(none, "", moved), ""),
            **theme.plain(num_format=theme.CHANGE, align="right", indent=1),
        )
        sheet.write(row, trend, None, **theme.plain())
        _trend(model, row, trend, i, at)
        sheet.write(row, step, field(model, "Onboarding", at), **theme.plain(indent=1))
        sheet.write(row, kpi, if_(none, "", index(accounts.risk_figure, pick)), **theme.plain(num_format="0"))
        sheet.write(row, danger, if_(none, "", per_account.danger(model, pick)), **theme.plain(indent=1))
        sheet.write(
            row,
            upsell,
            if_(none, "", index(accounts.upsell, pick)),
            **theme.plain(indent=1, font_color=theme.BLUE, bold=True),
        )
    end = TOP + rows
    _totals(model, places, (total, change, upsell), total_amount)
    explained(sheet, (TOP + 1, danger, end, danger))
    explained(sheet, (TOP, change, end, change), "change")
    explained(sheet, (TOP + 1, kpi, end, kpi), "bar")
    own = xl_rowcol_to_cell(TOP + 1, step, col_abs=True)
    model.book.define("final_step", final)  # a rule looks at no other sheet
    late = f"=AND(LEN({own})>0,{own}<>final_step)"
    rule = {"type": "formula", "criteria": late, "format": model.book.bare(font_color=theme.SPECIAL_D, bold=True)}
    sheet.ws.conditional_format(TOP + 1, step, end, step, rule)
    ruled(sheet, (TOP + 1, ACCOUNT, end, upsell), ACCOUNT)


def _totals(model: Model, places: list[tuple[int, int]], columns: tuple[int, int, int], amount_: X) -> None:
    """All accounts, above the list: the list can grow."""
    importance = model.of(Importance)
    risk = model.of(Risk)
    sheet, (total, change, last) = model.sheet("Dashboard"), columns
    look = theme.body(bold=True, bg_color=theme.PANEL)
    sheet.height(TOP, 24)
    sheet.band(TOP, ACCOUNT, last, **look)
    sheet.write(TOP, ACCOUNT, say("All accounts: {accounts}", accounts=risk.customers), **look)
    for col, p in places:
        amount = if_(length(model.lists["plans"].cell(p)) == 0, "", _plan_total(model, p))
        sheet.write(TOP, col, amount, **{**look, "num_format": theme.DASH, "align": "right"})
    sheet.write(TOP, total, amount_ + 0, **{**look, "num_format": theme.DASH, "shrink": True})
    sheet.write(TOP, total + 1, if_(amount_ > 0, 1, ""), **{**look, "num_format": "0%"})
    before = model.calc.put("sum of the amounts before", sum_(importance.before))
    moved = if_(before > 0, amount_ / before - 1, "")
    sheet.write(TOP, change, iferror(moved, ""), **{**look, "num_format": theme.CHANGE, "align": "right", "indent": 1})


def _plan_total(model: Model, p: int) -> X:
    """MRR of one plan in the report month, over the accounts that stand on Accounts."""
    ledger = model.of(Ledger)
    report = model.of(Report)
    return sumifs(ledger.plans[p], (ledger.month, report.month), (ledger.account, ">0"))


def _trend(model: Model, row: int, col: int, i: int, at: X) -> None:
    """MRR of the last 12 months as small columns in the cell; the points stand on calc_accounts."""
    ledger = model.of(Ledger)
    report = model.of(Report)
    calc = model.sheet("calc_accounts")
    for k in range(12):
        m = report.months.cell(k + 1)
        found = iferror(match(m * 100000 + at, ledger.key), 0)
        amount = iferror(if_(found == 0, 0, index(ledger.total, max_(found, lit(1))) + 0), 0)
        calc.write(1 + i, 62 + k, if_(at == 0, "", if_(length(m) == 0, "", amount)))
    amounts = calc.area(1 + i, 62, 1 + i, 73)
    for k in range(12):  # four fifths of the cell, so that the columns of two rows do not touch
        amount = amounts.cell(0, k)
        calc.write(1 + i, 80 + k, iferror(if_(length(amount) == 0, "", amount / max_(amounts) * 0.8), 0))
    place = calc.area(1 + i, 80, 1 + i, 91).address.replace("$", "")
    model.sheet("Dashboard").ws.add_sparkline(
        row,
        col,
        {
            "range": place,
            "type": "column",
            "series_color": theme.GREY_L,
            "last_point": True,
            "last_color": theme.BLUE,
            "min": 0,
            "max": 1,
        },
    )


BUILT_BY = (fill,)
