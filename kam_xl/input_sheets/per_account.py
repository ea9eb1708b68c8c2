"""Behind Accounts: MRR at three dates, the risk figure, days in queue, health, upsell and importance per account.

Here is also what several pages say of all accounts: retention, accounts in each step, the accounts by importance.
Row k of calc_accounts, and of the sheets beside it, reads row k of Accounts by its place (INDEX), so that inserting,
deleting or sorting rows there breaks nothing.
"""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.inputs import next_or_search, row_of
from kam_xl.canvas.model import FACTOR_SLOTS, PLAN_SLOTS, RANKED, Model
from kam_xl.canvas.results import Flags, Importance, Ledger, PerAccount, Report, Revenue, Risk
from kam_xl.content.tables import DATE_KPIS
from kam_xl.formulas.areas import largest
from kam_xl.formulas.expressions import X, cat, lit
from kam_xl.formulas.functions import (
    and_,
    counta,
    countif,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    min_,
    n_,
)
from kam_xl.formulas.rows import Each, each
from kam_xl.locale import _

MONTHS = ("month", "compare_month", "year_ago")  # in the titles
# the columns of calc_accounts, calc_paid, calc_health and calc_ranking
TITLES = {
    "calc_accounts": ("problems", "no.", "account", "risk figure", "days", "row on Revenue", "at risk", "repeats"),
    "calc_paid": (
        *[f"row on MRR, {m}" for m in MONTHS],
        "MRR",
        "MRR compared",
        "MRR a year ago",
        "amount",
        "amount before",
    ),
    "calc_health": (*[f"factor {k + 1}" for k in range(FACTOR_SLOTS)], "health", "level", "upsell"),
    "calc_ranking": ("no. if in use", "the most important accounts"),
}
PROBLEMS, NO, NAME, KPI, DAYS, REVENUE, FLAG, REPEATS = range(8)
KEY, NOW, COMPARE, BEFORE, AMOUNT = 0, 3, 4, 5, 6
FACTOR, HEALTH, LEVEL, UPSELL = 0, FACTOR_SLOTS, FACTOR_SLOTS + 1, FACTOR_SLOTS + 2
PLACE = 0
RATES = 44  # beyond the titles of calc_accounts: retention


def calculate(model: Model, ledger: Ledger, report: Report) -> PerAccount:
    """Write calc_accounts, calc_paid and calc_health, one row per row of Accounts."""
    sheet = model.sheet("calc_accounts")
    paid, states = model.sheet("calc_paid"), model.sheet("calc_health")
    area = model.inputs["Accounts"]
    names, rows = model.inputs["Accounts.Account"], area.rows
    for title, texts in TITLES.items():
        for j, text in enumerate(texts):
            model.sheet(title).write(0, j, text, **theme.note())
    headings, put = model.inputs["Accounts.headings"], model.calc.put
    kpi = model.settings["risk_kpi"]
    kpi_column = put("column of the risk figure", iferror(match(kpi & "", headings), 0))
    contacted, renewed = DATE_KPIS
    kind = put(
        "risk figure: 1 health, 2 days since contact, 3 days to renewal",
        if_(kpi == "Health", 1, if_(kpi == contacted, 2, if_(kpi == renewed, 3, 0))),
    )
    known = and_(
        report.first_month > 0, isnumber(report.year_ago), iferror(report.first_month < report.year_ago, False)
    )
    history = put("the ledger reaches back a year", if_(known, 1, 0))
    plans = put("number of plans", counta(model.lists["plans"]))
    factors = [
        put(f"column of health factor {k + 1}", iferror(match(model.lists["health"].cell(k) & "", headings), 0))
        for k in range(FACTOR_SLOTS)
    ]
    compared = (
        (report.month, report.month_rows),
        (report.compared, report.compared_rows),
        (report.year_ago, report.year_ago_rows),
    )
    no = each(sheet.fill(1, NO, range(1, rows + 1)))
    name = each(sheet.fill(1, NAME, iferror(index(names, no) & "", ""), rows))
    at = [_ledger_row(model, ledger, name, m, no, rows, KEY + j) for j, m in enumerate(compared)]
    mrr = paid.fill(1, NOW, _amount(model, at[0]), rows)
    compared_mrr = paid.fill(1, COMPARE, _amount(model, at[1]), rows)
    earlier = countifs((ledger.account, no), (ledger.month, "<" & report.year_ago))
    began = if_(history, if_(earlier, 0, ""), "")
    before = paid.fill(1, BEFORE, if_(length(name), if_(at[2], index(ledger.total, at[2]), began), ""), rows)
    since = index(model.inputs["Accounts.In queue since"], no)
    waited = if_(isnumber(report.date), max_(lit(0), report.date - since), "")
    sheet.fill(1, DAYS, iferror(if_(isnumber(since), waited, ""), ""), rows)
    for k, column in enumerate(factors):
        states.fill(1, FACTOR + k, _factor(model, no, column, k), rows)
    sheet.fill(1, REVENUE, row_of(name, model.inputs["Revenue.Account"], no), rows)
    weights, s = model.lists["health"].column(1), model.settings
    scaled = states.area(1, FACTOR, rows, FACTOR + FACTOR_SLOTS - 1)
    health = model.kam(states, 1, HEALTH, "KAM_HEALTH", scaled, weights, rows=rows)
    limits = (s["high_below"], s["medium_below"])
    level = model.kam(states, 1, LEVEL, "KAM_RISK_LEVEL", health, *limits, rows=rows)
    nrr = model.kam(sheet, 1, RATES, "KAM_NRR", before, mrr).cell(0)
    grr = model.kam(sheet, 1, RATES + 1, "KAM_GRR", before, mrr).cell(0)
    steps, placed = model.lists["steps"], model.inputs["Accounts.Onboarding"]
    counts = [[if_(length(steps.cell(k)) == 0, 0, countif(placed, steps.cell(k) & ""))] for k in range(steps.rows)]
    in_step = model.calc.block("Accounts in each onboarding step", ["accounts"], counts)
    figure = _kpi(model, (no, name), kpi_column, kind, report.date, each(health))
    upsell = _upsell(model, ledger, at[0], each(level), plans)
    return PerAccount(
        no=sheet.area(1, NO, rows, NO),
        name=sheet.area(1, NAME, rows, NAME),
        days=sheet.area(1, DAYS, rows, DAYS),
        revenue_row=sheet.area(1, REVENUE, rows, REVENUE),
        ledger_row=at[0].area,
        mrr=mrr,
        mrr_compared=compared_mrr,
        mrr_before=before,
        health=health,
        level=level,
        risk_figure=sheet.fill(1, KPI, figure, rows),
        upsell=states.fill(1, UPSELL, upsell, rows),
        in_step=in_step,
        nrr=nrr,
        grr=grr,
    )


def danger(model: Model, row: X) -> X:
    """Danger of the account in `row` (0: none), as sign and word."""
    accounts = model.of(PerAccount)
    level = index(accounts.level, row) & ""
    words = if_(
        level == "High", _("● High"), if_(level == "Medium", _("◐ Medium"), if_(level == "Low", _("○ Low"), ""))
    )
    return iferror(if_(row, if_(length(level), words, ""), ""), "")


def _ledger_row(model: Model, ledger: Ledger, name: X, compared: tuple[X, X], no: X, rows: int, col: int) -> Each:
    """Row of the MRR ledger for each account and a month, 0 if there is none."""
    month, held = compared

    def found(above: X) -> X:
        place = next_or_search(month * 100000 + no, ledger.key, n_(above))
        return if_(held, if_(length(name), iferror(place, 0), 0), 0)

    return each(model.sheet("calc_paid").running(1, col, found, rows))


def _amount(model: Model, row: X) -> X:
    ledger = model.of(Ledger)
    return iferror(if_(row, index(ledger.total, row), ""), "")


def _factor(model: Model, no: X, column: X, k: int) -> X:
    """A health factor on 0–100, kept inside; blank stays blank."""
    low, high = model.lists["health"].cell(k, 2), model.lists["health"].cell(k, 3)
    value = index(model.inputs["Accounts"], no, column)
    scaled = max_(lit(0), min_(lit(100), (value - low) / (high - low) * 100))
    return iferror(if_(column, if_(isnumber(value), scaled, ""), ""), "")


def _kpi(model: Model, account: tuple[X, X], column: X, kind: X, today: X, health: X) -> X:
    """The figure that the at-risk rule looks at; what is wrong in the cell stays wrong."""
    no, name = account
    value = index(model.inputs["Accounts"], no, column)
    typed = if_(length(name), if_(length(value), value, ""), "")
    contact, renewal = (model.inputs[f"Accounts.{h}"] for h in ("Last contact", "Renewal"))
    met, ends = index(contact, no), index(renewal, no)
    past = if_(isnumber(met), max_(lit(0), today - met), "")
    days = iferror(if_(kind == 2, past, if_(isnumber(ends), ends - today, "")), "")
    return if_(kind, if_(kind == 1, health, days), if_(column, typed, ""))


def _upsell(model: Model, ledger: Ledger, at: X, level: X, plans: X) -> X:
    """The next plan, for a healthy account that is not on the largest one yet."""
    held = index(ledger.plan, at)
    following = index(model.lists["plans"], min_(held + 1, lit(PLAN_SLOTS)))
    open_ = and_(held > 0, held < plans, level & "" == "Low")
    return iferror(if_(at, if_(open_, cat("► ", following), ""), ""), "")


def importance(model: Model, risk: Risk, accounts: PerAccount, revenue: Revenue) -> Importance:
    """What pages sort by, and the first accounts so sorted: MRR, or the last year's revenue while there is no MRR."""
    paid, ranking, values = model.sheet("calc_paid"), model.sheet("calc_ranking"), model.inputs["Revenue"]
    some = model.calc.put("importance is MRR", if_(risk.mrr > 0, 1, 0))
    columns = [
        model.calc.put(f"column of the year {j} before the last", max_(revenue.years - j, lit(0))) for j in (0, 1)
    ]
    at, rows, amounts = each(accounts.revenue_row), accounts.name.rows, []
    for j, mrr in enumerate((accounts.mrr, accounts.mrr_compared)):
        year = index(values, at, columns[j])
        sold = if_(at, if_(columns[j], if_(isnumber(year), year, ""), ""), "")
        amounts.append(paid.fill(1, AMOUNT + j, iferror(if_(some, each(mrr), sold), ""), rows))
    amount, before = amounts
    used = length(each(accounts.name)) + length(each(amount))
    ranking.fill(1, PLACE, if_(used, each(accounts.no), ""), rows)
    # places instead of names: nothing has to be looked up
    places = ranking.area(1, PLACE, rows, PLACE)
    first = ranking.array(1, PLACE + 1, largest(places, amount, RANKED), min(rows, RANKED))
    return Importance(amount, before, first)


def flags(model: Model, ledger: Ledger, accounts: PerAccount) -> Flags:
    """Whether each row of the ledger belongs to an account that is at risk today."""
    s, sheet, rows = model.settings, model.sheet("calc_accounts"), model.sheet("calc_mrr")
    limit = s["risk_threshold"]
    kpi = each(accounts.risk_figure)
    beyond = if_(s["risk_direction"] == "above", kpi > limit, kpi < limit)
    at_risk = and_(isnumber(limit), length(each(accounts.name)), beyond)
    flag = sheet.fill(1, FLAG, iferror(if_(isnumber(kpi), if_(at_risk, 1, 0), 0), 0), kpi.area.rows)
    no = each(ledger.account)
    flagged = iferror(if_(length(no) == 0, 0, index(flag, max_(no, lit(1)))), 0)
    return Flags(flag, rows.fill(1, 4, flagged, ledger.account.rows))
