"""What can be wrong in Settings and in the headings of Revenue, named by cell like every other problem."""

from __future__ import annotations

from kam_xl.canvas.inputs import RowChecks, listed
from kam_xl.canvas.model import Model, Problem
from kam_xl.canvas.results import Ledger, Report, Revenue
from kam_xl.content.tables import DATE_KPIS
from kam_xl.formulas.areas import columns_of
from kam_xl.formulas.expressions import X, lit
from kam_xl.formulas.formula import Nth, Ref
from kam_xl.formulas.functions import (
    and_,
    columns,
    count,
    countif,
    if_,
    iferror,
    iserror,
    isnumber,
    length,
    match,
    max_,
    or_,
    sum_,
)
from kam_xl.locale import _

NUMBERS = {  # setting -> what is allowed
    "compare_months": (1, 60),
    "pareto_cut": (0.0001, 1),
    "a_cut": (0.0001, 1),
    "b_cut": (0.0001, 1),
    "risk_threshold": (-1e9, 1e9),
    "high_below": (0, 100),
    "medium_below": (0, 100),
    "alarm_days": (0, 10000),
    "growth_share": (0, 1),
    "quadrant": (1, 10),
    "weight_change": (0.0001, 1),
    "key_cap": (1, 1000),
    "near": (0, 1),
    "fast": (-1, 100),
    "discount": (0, 10),
}
MAY_BE_BLANK = {"key_at_least": 0, "clv_years": 0.0001, "revenue_line": -1e15, "cost_line": -1e15}  # setting -> least


def _written(model: Model, title: str, rows: list[tuple[Ref, list[X]]], column: int, found: list[Problem]) -> None:
    """The texts on calc_settings, and their running numbers."""
    calc = model.sheet("calc_settings")
    for i, (_cell, parts) in enumerate(rows):
        out = parts[0]
        for part in parts[1:]:
            out = out & part
        calc.write(1 + i, column + 1, out)
    texts = calc.area(1, column + 1, len(rows), column + 1)
    listed(model, calc, title, texts, column, found)


def settings(model: Model, report: Report, revenue: Revenue, ledger: Ledger) -> None:
    """Every setting and list."""
    sheet, s, found = model.sheet("Settings"), model.typed, list[Problem]()
    by_cell: dict[tuple[int, int], tuple[Ref, list[X]]] = {}  # a cell is one problem, however often it is looked at

    def check(cell: Ref, *cases: tuple[X, str, str]) -> None:
        checks = RowChecks(sheet, found)
        for condition, problem, remedy in cases:
            checks.add(cell, condition, problem, remedy)
        by_cell.setdefault((cell.row, cell.col), (cell, []))[1].extend(checks.parts)

    for name, (low, high) in NUMBERS.items():
        cell = s[name]
        span = _("type a number from {low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
        remedy = span if high < 1e9 else _("type a number")
        wrong = or_(iserror(cell), length(cell) == 0, if_(isnumber(cell), False, True))
        outside = and_(isnumber(cell), or_(cell < low, cell > high))
        check(cell, (iferror(wrong, True), _("is no number"), remedy), (outside, _("is out of range"), remedy))
    date, basis, kpi = s["report_date"], s["basis"], s["risk_kpi"]
    check(
        date, (and_(length(date) > 0, if_(isnumber(date), False, True)), _("is no date"), _("type a date or clear it"))
    )
    years = revenue.names
    strange = and_(length(basis) > 0, if_(basis == "All years", False, iserror(match(basis & "", years))))
    check(basis, (strange, _("is no year of Revenue"), _("type All years or one of the headings")))
    headings = model.inputs["Accounts.headings"]
    counted = or_(*[kpi == name for name in DATE_KPIS])
    unknown = and_(if_(or_(kpi == "Health", counted), False, True), iserror(match(kpi & "", headings)))
    undated = and_(counted, if_(isnumber(report.date), False, True))
    check(
        kpi,
        (unknown, _("is no column of Accounts"), _("type one of its headings, or Health")),
        (undated, _("needs a report date"), _("type one above")),
    )
    limit = s["risk_threshold"]
    beyond = and_(kpi == "Satisfaction", or_(limit > 5, limit < 1))
    check(limit, (beyond, _("does not fit Satisfaction"), _("it runs from 1 to 5")))
    for name, words in (
        ("rule", ("crossing", "within")),
        ("risk_direction", ("below", "above")),
        ("selection_method", ("weighted", "sum")),
    ):
        cell = s[name]
        known = or_(*[cell == word for word in words], length(cell) == 0)
        check(cell, (if_(known, False, True), _("is unknown"), _("type {a} or {b}").format(a=words[0], b=words[1])))
    for name, smallest in MAY_BE_BLANK.items():
        cell = s[name]
        unclear = or_(iserror(cell), and_(length(cell) > 0, if_(isnumber(cell), False, True)))
        beneath = and_(isnumber(cell), cell < smallest)
        remedy = _("type a number or clear it")
        check(cell, (iferror(unclear, True), _("is no number"), remedy), (beneath, _("is out of range"), remedy))
    months = s["horizon"]
    usual = or_(*[months == n for n in (12, 24, 36)], length(months) == 0)
    check(months, (iferror(if_(usual, False, True), True), _("is no horizon"), _("type 12, 24 or 36")))
    check(s["a_cut"], (s["a_cut"] > s["b_cut"], _("is above class B"), _("type a smaller share")))
    check(s["high_below"], (s["high_below"] > s["medium_below"], _("is above the medium line"), _("type less")))
    for name, column in (("growth", 2), ("harmony", 2), ("health", 1), ("selection", 1)):
        area = model.lists[name]
        for i in range(area.rows):
            cell = area.cell(i, column)
            bad = and_(length(cell) > 0, if_(isnumber(cell), cell < 0, True))
            check(cell, (iferror(bad, True), _("is no weight"), _("type 0 or more")))
        for i in range(area.rows):
            if name == "health":
                heading = area.cell(i, 0)
                lost = and_(length(heading) > 0, iserror(match(heading & "", headings)))
                check(heading, (lost, _("is no column of Accounts"), _("type one of its headings")))
    for name in ("growth", "harmony", "selection"):
        area = model.lists[name]
        weights = area.column(area.cols - 1)
        for i in range(area.rows):
            cell, weight = area.cell(i), weights.cell(i)
            twice = and_(length(cell) > 0, countif(area.column(0), cell) > 1)
            nameless = and_(length(cell) == 0, isnumber(weight), iferror(weight > 0, False))
            none = and_(length(cell) > 0, sum_(weights) == 0) if i == 0 else lit(False)
            check(cell, (twice, _("stands there twice"), _("use each name once")),
                  (nameless, _("is blank beside a weight"), _("name the criterion or clear its weight")),
                  (none, _("and the others have no weight"), _("type at least one weight above 0")))  # fmt: skip
    for name in ("plans", "steps", "roles", "divisions"):
        area = model.lists[name]
        for i in range(area.rows):
            cell = area.cell(i)
            cases = [
                (and_(length(cell) > 0, countif(area, cell) > 1), _("stands there twice"), _("use each name once"))
            ]
            if i and name in ("plans", "steps"):
                gap = and_(length(cell) > 0, length(area.cell(i - 1)) == 0)
                cases.append((gap, _("stands after a blank line"), _("move it up")))
            check(cell, *cases)
    nothing = and_(isnumber(date), max_(ledger.month) > 0, report.month_rows == 0)
    check(date, (nothing, _("has no MRR in its month"), _("clear it, or add the month on MRR")))
    _written(model, "Settings", list(by_cell.values()), 0, found)


def headings(model: Model, revenue: Revenue) -> None:
    """The year headings of Revenue: named, each once, in order."""
    sheet, found, area = model.sheet("Revenue"), list[Problem](), model.inputs["Revenue.headings"]
    values, years = model.inputs["Revenue"], revenue.names
    rows: list[tuple[Ref, list[X]]] = []
    for j in range(area.cols):
        cell, name = Nth(area, 0, j), years.cell(0, j)
        checks = RowChecks(sheet, found)
        here = columns(area) >= j + 1
        figures = iferror(count(columns_of(values, j + 1)) > 0, False)
        nameless = and_(here, length(name) == 0, figures)
        checks.add(cell, nameless, _("has figures below but no year"), _("type the year"))
        twice = and_(here, length(name) > 0, countif(years, name) > 1)
        checks.add(cell, twice, _("stands there twice"), _("use each year once"))
        if j:
            before = years.cell(0, j - 1)
            late = and_(here, length(name) > 0, length(before) > 0, name < before)
            checks.add(cell, late, _("stands after a later year"), _("order the years from left to right"))
        year = name * 1
        odd = and_(here, length(name) > 0, iferror(or_(year < 1900, year > 2100), True))
        checks.add(cell, odd, _("is no year"), _("type a year such as 2025"))
        rows.append((cell, checks.parts))
    _written(model, _("Revenue headings"), rows, 3, found)
