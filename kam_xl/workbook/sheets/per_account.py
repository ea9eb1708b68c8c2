"""Behind Accounts: MRR at three dates, the risk figure, days in queue, health, danger, tier and upsell per account."""

from __future__ import annotations

from kam_xl.locale import _
from kam_xl.workbook import theme
from kam_xl.workbook.formula import Range, X, cat, lit
from kam_xl.workbook.functions import (
    and_,
    counta,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    min_,
    place_in,
)
from kam_xl.workbook.inputs import heading_of, next_or_search, row_of
from kam_xl.workbook.model import FACTOR_SLOTS, PLAN_SLOTS, Model

NO, NOW, COMPARE, BEFORE, KPI, DAYS, TIER, DANGER, UPSELL, REVENUE, FACTOR = range(1, 12)
HEALTH = FACTOR + FACTOR_SLOTS
LEVEL, KEY = HEALTH + 1, HEALTH + 2
IMPORTANCE = 48
MONTHS = ("month", "compare_month", "year_ago")


def calculate(model: Model) -> None:
    """Write calc_accounts, one row per row of Accounts."""
    sheet, c, v = model.sheet("calc_accounts"), model.computed, model.values
    names, area, rows = model.inputs["Accounts.Account"], model.inputs["Accounts"], model.inputs["Accounts"].rows
    titles = [
        "problems",
        "no.",
        "MRR",
        "MRR compared",
        "MRR a year ago",
        "risk figure",
        "days",
        "tier",
        "danger",
        "upsell",
    ]
    titles += ["row on Revenue", *[f"factor {k + 1}" for k in range(FACTOR_SLOTS)]]
    for j, text in enumerate([*titles, "health", "level", *[f"row on MRR, {m}" for m in MONTHS]]):
        sheet.write(0, j, text, **theme.note())
    headings = model.inputs["Accounts.headings"]
    kpi_column = model.calc.put(
        "column of the risk figure", iferror(match(model.settings["risk_kpi"] & "", headings), 0)
    )
    v["plans"] = model.calc.put("number of plans", counta(model.lists["plans"]))
    factors = [
        model.calc.put(
            f"column of health factor {k + 1}", iferror(match(model.lists["health"].cell(k) & "", headings), 0)
        )
        for k in range(FACTOR_SLOTS)
    ]
    for i in range(rows):
        row, name = 1 + i, names.cell(i)
        blank = iferror(length(name) == 0, True)
        no = sheet.write(row, NO, place_in(name, heading_of(names)))
        at = [sheet.write(row, KEY + j, _ledger_row(model, blank, m, no, row, KEY + j)) for j, m in enumerate(MONTHS)]
        sheet.write(row, NOW, _amount(model, at[0]))
        sheet.write(row, COMPARE, _amount(model, at[1]))
        earlier = countifs((c["mrr_no"], no), (c["mrr_month"], "<" & v["year_ago"]))
        known = and_(v["first_month"] > 0, isnumber(v["year_ago"]), iferror(v["first_month"] < v["year_ago"], False))
        began = if_(known, if_(earlier > 0, 0, ""), "")
        paid = index(c["mrr_total"], max_(at[2], lit(1)))
        sheet.write(row, BEFORE, if_(blank, "", if_(at[2] > 0, paid, began)))
        since = model.inputs["Accounts.In queue since"].cell(i)
        queued = and_(isnumber(since), isnumber(v["report_date"]))
        sheet.write(row, DAYS, if_(queued, max_(lit(0), v["report_date"] - since), ""))
        for k, column in enumerate(factors):
            sheet.write(row, FACTOR + k, _factor(model, area.row(i), column, k))
        found = sheet.write(row, REVENUE, row_of(name, model.inputs["Revenue.Account"], i))
        tier = iferror(if_(found == 0, "", index(c["tiers"], max_(found, lit(1))) & ""), "")
        sheet.write(row, TIER, if_(blank, "", tier))
    c["mrr"], c["mrr_compared"], c["mrr_before"] = (sheet.area(1, j, rows, j) for j in (NOW, COMPARE, BEFORE))
    c["days"], c["tier"], c["ledger_row"] = (sheet.area(1, j, rows, j) for j in (DAYS, TIER, KEY))
    c["revenue_row"] = sheet.area(1, REVENUE, rows, REVENUE)
    weights, s = model.lists["health"].column(1), model.settings
    scaled = sheet.area(1, FACTOR, rows, HEALTH - 1)
    c["health"] = model.kam(sheet, 1, HEALTH, "KAM_HEALTH", scaled, weights, rows=rows)
    c["level"] = model.kam(
        sheet, 1, LEVEL, "KAM_RISK_LEVEL", c["health"], s["high_below"], s["medium_below"], rows=rows
    )
    for i in range(rows):
        sheet.write(1 + i, KPI, _kpi(model, i, area.row(i), kpi_column))
        level = c["level"].cell(i) & ""
        danger = if_(
            level == "High", _("● High"), if_(level == "Medium", _("◐ Medium"), if_(level == "Low", _("○ Low"), ""))
        )
        sheet.write(1 + i, DANGER, danger)
        sheet.write(1 + i, UPSELL, _upsell(model, i, level))
    c["kpi"], c["danger"], c["upsell"] = (sheet.area(1, j, rows, j) for j in (KPI, DANGER, UPSELL))


def _ledger_row(model: Model, blank: X, name: str, no: X, row: int, col: int) -> X:
    """Row of the MRR ledger for an account and a month, 0 if there is none."""
    month, rows = model.values[name], model.values[name + "_rows"]
    before = model.sheet("calc_accounts").ref(row - 1, col) if row > 1 else lit(0)
    found = next_or_search(month * 100000 + no, model.computed["mrr_key"], before)
    return if_(blank, 0, if_(rows == 0, 0, iferror(found, 0)))


def _amount(model: Model, row: X) -> X:
    return iferror(if_(row == 0, "", index(model.computed["mrr_total"], max_(row, lit(1)))), "")


def _factor(model: Model, row: Range, column: X, k: int) -> X:
    """A health factor on 0–100, kept inside; blank stays blank."""
    low, high = model.lists["health"].cell(k, 2), model.lists["health"].cell(k, 3)
    value = index(row, lit(1), max_(column, lit(1)))
    scaled = max_(lit(0), min_(lit(100), (value - low) / (high - low) * 100))
    return iferror(if_(column == 0, "", if_(isnumber(value), scaled, "")), "")


def _kpi(model: Model, i: int, row: Range, column: X) -> X:
    value = index(row, lit(1), max_(column, lit(1)))
    typed = if_(column == 0, "", if_(length(value) == 0, "", value))
    return if_(model.settings["risk_kpi"] == "Health", model.computed["health"].cell(i), typed)


def _upsell(model: Model, i: int, level: X) -> X:
    """The next plan, for a healthy account that is not on the largest one yet."""
    at = model.computed["ledger_row"].cell(i)
    held = if_(at == 0, 0, index(model.computed["mrr_plan"], max_(at, lit(1))))
    following = index(model.lists["plans"], min_(held + 1, lit(PLAN_SLOTS)))
    open_ = and_(held > 0, held < model.values["plans"], level == "Low")
    return if_(open_, cat("► ", following), "")


def importance(model: Model) -> None:
    """What the Dashboard sorts by: MRR, or the last year's revenue while nobody has typed any MRR."""
    c, v = model.computed, model.values
    sheet, names, years = model.sheet("calc_accounts"), model.inputs["Accounts.Account"], c["before_last"]
    for j, text in enumerate(("amount", "amount before")):
        sheet.write(0, IMPORTANCE + j, text, **theme.note())
    some = v["mrr"] > 0
    for i in range(names.rows):
        at = c["revenue_row"].cell(i)
        for j, mrr in ((0, c["mrr"]), (1, c["mrr_compared"])):
            year = if_(at == 0, "", index(years.column(j), max_(at, lit(1))))
            sheet.write(1 + i, IMPORTANCE + j, if_(some, mrr.cell(i), iferror(if_(isnumber(year), year, ""), "")))
    c["amount"], c["amount_before"] = (sheet.area(1, IMPORTANCE + j, names.rows, IMPORTANCE + j) for j in (0, 1))


def flags(model: Model) -> None:
    """Whether each row of the ledger belongs to an account that is at risk today."""
    c, s = model.computed, model.settings
    sheet, ledger = model.sheet("calc_accounts"), model.sheet("calc_mrr")
    column, rows = KEY + len(MONTHS), c["kpi"].rows
    sheet.write(0, column, "at risk", **theme.note())
    for i in range(rows):
        kpi = c["kpi"].cell(i)
        beyond = if_(s["risk_direction"] == "above", kpi > s["risk_threshold"], kpi < s["risk_threshold"])
        named = length(model.inputs["Accounts.Account"].cell(i)) > 0
        sheet.write(1 + i, column, iferror(if_(and_(isnumber(kpi), named, beyond), 1, 0), 0))
    c["flag"] = sheet.area(1, column, rows, column)
    for i in range(c["mrr_no"].rows):
        no = c["mrr_no"].cell(i)
        ledger.write(1 + i, 4, if_(length(no) == 0, 0, index(c["flag"], max_(no, lit(1)))))
    c["mrr_flag"] = ledger.area(1, 4, c["mrr_no"].rows, 4)
