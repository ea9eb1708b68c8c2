"""Behind Accounts: MRR at three dates, the risk figure, days in queue, health, upsell and importance per account.

Here is also what several pages say of all accounts: retention, accounts in each step, the accounts by importance.
Row k of calc_accounts, and of the sheets beside it, reads row k of Accounts by its place (INDEX), so that inserting,
deleting or sorting rows there breaks nothing.
"""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.inputs import next_or_search, row_of
from kam_xl.canvas.model import FACTOR_SLOTS, PLAN_SLOTS, RANKED, Model
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

MONTHS = ("month", "compare_month", "year_ago")
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


def calculate(model: Model) -> None:
    """Write calc_accounts, calc_paid and calc_health, one row per row of Accounts."""
    sheet, c, v = model.sheet("calc_accounts"), model.computed, model.values
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
    v["kpi_kind"] = put(
        "risk figure: 1 health, 2 days since contact, 3 days to renewal",
        if_(kpi == "Health", 1, if_(kpi == contacted, 2, if_(kpi == renewed, 3, 0))),
    )
    known = and_(v["first_month"] > 0, isnumber(v["year_ago"]), iferror(v["first_month"] < v["year_ago"], False))
    history = put("the ledger reaches back a year", if_(known, 1, 0))
    v["plans"] = put("number of plans", counta(model.lists["plans"]))
    factors = [
        put(f"column of health factor {k + 1}", iferror(match(model.lists["health"].cell(k) & "", headings), 0))
        for k in range(FACTOR_SLOTS)
    ]
    no = each(sheet.fill(1, NO, range(1, rows + 1)))
    name = each(sheet.fill(1, NAME, iferror(index(names, no) & "", ""), rows))
    at = [_ledger_row(model, name, m, no, rows, KEY + j) for j, m in enumerate(MONTHS)]
    paid.fill(1, NOW, _amount(model, at[0]), rows)
    paid.fill(1, COMPARE, _amount(model, at[1]), rows)
    earlier = countifs((c["mrr_no"], no), (c["mrr_month"], "<" & v["year_ago"]))
    began = if_(history, if_(earlier, 0, ""), "")
    paid.fill(1, BEFORE, if_(length(name), if_(at[2], index(c["mrr_total"], at[2]), began), ""), rows)
    since = index(model.inputs["Accounts.In queue since"], no)
    waited = if_(isnumber(v["report_date"]), max_(lit(0), v["report_date"] - since), "")
    sheet.fill(1, DAYS, iferror(if_(isnumber(since), waited, ""), ""), rows)
    for k, column in enumerate(factors):
        states.fill(1, FACTOR + k, _factor(model, no, column, k), rows)
    sheet.fill(1, REVENUE, row_of(name, model.inputs["Revenue.Account"], no), rows)
    for key, col in (("no", NO), ("name", NAME), ("days", DAYS), ("revenue_row", REVENUE)):
        c[key] = sheet.area(1, col, rows, col)
    for key, col in (("ledger_row", KEY), ("mrr", NOW), ("mrr_compared", COMPARE), ("mrr_before", BEFORE)):
        c[key] = paid.area(1, col, rows, col)
    weights, s = model.lists["health"].column(1), model.settings
    scaled = states.area(1, FACTOR, rows, FACTOR + FACTOR_SLOTS - 1)
    c["health"] = model.kam(states, 1, HEALTH, "KAM_HEALTH", scaled, weights, rows=rows)
    limits = (s["high_below"], s["medium_below"])
    c["level"] = model.kam(states, 1, LEVEL, "KAM_RISK_LEVEL", c["health"], *limits, rows=rows)
    for j, (rate, function) in enumerate((("nrr", "KAM_NRR"), ("grr", "KAM_GRR"))):
        v[rate] = model.kam(sheet, 1, RATES + j, function, c["mrr_before"], c["mrr"]).cell(0)
    steps, placed = model.lists["steps"], model.inputs["Accounts.Onboarding"]
    counts = [[if_(length(steps.cell(k)) == 0, 0, countif(placed, steps.cell(k) & ""))] for k in range(steps.rows)]
    c["in_step"] = model.calc.block("Accounts in each onboarding step", ["accounts"], counts)
    c["kpi"] = sheet.fill(1, KPI, _kpi(model, kpi_column), rows)
    c["upsell"] = states.fill(1, UPSELL, _upsell(model), rows)


def danger(model: Model, row: X) -> X:
    """Danger of the account in `row` (0: none), as sign and word."""
    level = index(model.computed["level"], row) & ""
    words = if_(
        level == "High", _("● High"), if_(level == "Medium", _("◐ Medium"), if_(level == "Low", _("○ Low"), ""))
    )
    return iferror(if_(row, if_(length(level), words, ""), ""), "")


def _ledger_row(model: Model, name: X, key: str, no: X, rows: int, col: int) -> Each:
    """Row of the MRR ledger for each account and a month, 0 if there is none."""
    month, held = model.values[key], model.values[key + "_rows"]

    def found(above: X) -> X:
        place = next_or_search(month * 100000 + no, model.computed["mrr_key"], n_(above))
        return if_(held, if_(length(name), iferror(place, 0), 0), 0)

    return each(model.sheet("calc_paid").running(1, col, found, rows))


def _amount(model: Model, row: X) -> X:
    return iferror(if_(row, index(model.computed["mrr_total"], row), ""), "")


def _factor(model: Model, no: X, column: X, k: int) -> X:
    """A health factor on 0–100, kept inside; blank stays blank."""
    low, high = model.lists["health"].cell(k, 2), model.lists["health"].cell(k, 3)
    value = index(model.inputs["Accounts"], no, column)
    scaled = max_(lit(0), min_(lit(100), (value - low) / (high - low) * 100))
    return iferror(if_(column, if_(isnumber(value), scaled, ""), ""), "")


def _kpi(model: Model, column: X) -> X:
    """The figure that the at-risk rule looks at; what is wrong in the cell stays wrong."""
    no, name = each(model.computed["no"]), each(model.computed["name"])
    value = index(model.inputs["Accounts"], no, column)
    typed = if_(length(name), if_(length(value), value, ""), "")
    kind, today = model.values["kpi_kind"], model.values["report_date"]
    contact, renewal = (model.inputs[f"Accounts.{h}"] for h in ("Last contact", "Renewal"))
    met, ends = index(contact, no), index(renewal, no)
    past = if_(isnumber(met), max_(lit(0), today - met), "")
    days = iferror(if_(kind == 2, past, if_(isnumber(ends), ends - today, "")), "")
    return if_(kind, if_(kind == 1, each(model.computed["health"]), days), if_(column, typed, ""))


def _upsell(model: Model) -> X:
    """The next plan, for a healthy account that is not on the largest one yet."""
    at, level = each(model.computed["ledger_row"]), each(model.computed["level"]) & ""
    held = index(model.computed["mrr_plan"], at)
    following = index(model.lists["plans"], min_(held + 1, lit(PLAN_SLOTS)))
    open_ = and_(held > 0, held < model.values["plans"], level == "Low")
    return iferror(if_(at, if_(open_, cat("► ", following), ""), ""), "")


def importance(model: Model) -> None:
    """What pages sort by, and the first accounts so sorted: MRR, or the last year's revenue while there is no MRR."""
    c, v = model.computed, model.values
    paid, ranking, values = model.sheet("calc_paid"), model.sheet("calc_ranking"), model.inputs["Revenue"]
    some = model.calc.put("importance is MRR", if_(v["mrr"] > 0, 1, 0))
    columns = [model.calc.put(f"column of the year {j} before the last", max_(v["years"] - j, lit(0))) for j in (0, 1)]
    at, rows = each(c["revenue_row"]), c["name"].rows
    for j, (key, mrr) in enumerate((("amount", c["mrr"]), ("amount_before", c["mrr_compared"]))):
        year = index(values, at, columns[j])
        revenue = if_(at, if_(columns[j], if_(isnumber(year), year, ""), ""), "")
        c[key] = paid.fill(1, AMOUNT + j, iferror(if_(some, each(mrr), revenue), ""), rows)
    used = length(each(c["name"])) + length(each(c["amount"]))
    ranking.fill(1, PLACE, if_(used, each(c["no"]), ""), rows)
    # places instead of names: nothing has to be looked up
    places = ranking.area(1, PLACE, rows, PLACE)
    c["ranking"] = ranking.array(1, PLACE + 1, largest(places, c["amount"], RANKED), min(rows, RANKED))


def flags(model: Model) -> None:
    """Whether each row of the ledger belongs to an account that is at risk today."""
    c, s = model.computed, model.settings
    sheet, ledger = model.sheet("calc_accounts"), model.sheet("calc_mrr")
    limit = s["risk_threshold"]
    kpi = each(c["kpi"])
    beyond = if_(s["risk_direction"] == "above", kpi > limit, kpi < limit)
    at_risk = and_(isnumber(limit), length(each(c["name"])), beyond)
    c["flag"] = sheet.fill(1, FLAG, iferror(if_(isnumber(kpi), if_(at_risk, 1, 0), 0), 0), c["kpi"].rows)
    no = each(c["mrr_no"])
    flagged = iferror(if_(length(no) == 0, 0, index(c["flag"], max_(no, lit(1)))), 0)
    c["mrr_flag"] = ledger.fill(1, 4, flagged, c["mrr_no"].rows)
