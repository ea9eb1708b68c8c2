"""Dashboard: the whole picture on one page."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.locale import _
from kam_xl.workbook import charts, theme
from kam_xl.workbook.formula import Range, X, cat, lit
from kam_xl.workbook.functions import (
    abs_,
    and_,
    countif,
    fixed,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    match_text,
    max_,
    na,
    percent,
    sum_,
)
from kam_xl.workbook.model import PLAN_SLOTS, Model
from kam_xl.workbook.page import explained, figure, head, page, printed, ruled
from kam_xl.workbook.sheets.accounts import field
from kam_xl.workbook.sheets.at_risk import sums
from kam_xl.workbook.sheets.mrr import month_text
from kam_xl.workbook.sheets.pareto import error_or

SHOWN_ROWS = 20
TOP = 19  # first row of the account table
ACCOUNT, PLAN = 1, 2


def plan_slots(model: Model) -> int:
    """Plans shown: those in use and one to grow."""
    return min(PLAN_SLOTS, max(3, len(model.template.plans)))


def shown_rows(model: Model) -> int:
    """Accounts listed: those in use and two more, one page at most."""
    return min(SHOWN_ROWS, max(8, len(model.tables.accounts) + 2))


def fill(model: Model) -> None:
    """Write the page."""
    sheet, v, c, s = model.sheet("Dashboard"), model.values, model.computed, model.settings
    n = plan_slots(model)
    total = PLAN + n
    sheet.columns(16, 208, *[72] * n, 80, 64, 88, 120, 136, 96, 112, 160, 16)
    calc, put = model.sheet("calc_accounts"), model.calc.put
    names = model.inputs["Accounts.Account"]
    table = model.kam(calc, 1, 50, "KAM_PARETO", names, c["mrr"], rows=names.rows)
    c["by_mrr"] = table
    v["customers"] = put("accounts named on Accounts", countif(calc_named(model), 1))
    _retention(model)
    change = put(
        "MRR change over the comparison period",
        iferror(if_(v["mrr_compared"] == 0, "", v["mrr"] / v["mrr_compared"] - 1), ""),
    )
    year = put("MRR change over a year", iferror(if_(v["mrr_year_ago"] == 0, "", v["mrr"] / v["mrr_year_ago"] - 1), ""))
    verb = if_(year >= 0, _("MRR grew "), _("MRR fell "))
    grown = if_(isnumber(year), cat(verb, percent(abs_(year)), _(" to ")), _("MRR is "))
    danger = if_(
        v["risk_accounts"] == 0,
        _("; nobody is at risk"),
        cat(_("; "), percent(v["risk_share"]), _(" of it is at risk")),
    )
    story = cat(grown, fixed(v["mrr"]), " ", s["currency"], danger)
    title = error_or(c["queue"], if_(v["mrr"] == 0, v["pareto_title"] & "", story))
    sub = cat(
        if_(length(s["company"]) == 0, "", cat(s["company"], "  ·  ")),
        v["customers"],
        _(" accounts  ·  "),
        if_(length(v["month_text"]) == 0, _("no MRR yet"), v["month_text"]),
    )
    right = cat(
        _("MRR in "),
        s["currency"],
        _(" per month"),
        if_(length(v["date_text"]) == 0, "", cat(_("  ·  data as of "), v["date_text"])),
    )
    page(model.book, sheet, sheet.column_px, title, sub, right)
    _figures(model, total, change)
    _plans_chart(model, total)
    _steps_chart(model, total)
    _table(model, table, total, n)
    printed(sheet, TOP + shown_rows(model) + 1)


def calc_named(model: Model) -> Range:
    """1 for every row of Accounts that has a name, 0 for spare rows."""
    calc, names = model.sheet("calc_accounts"), model.inputs["Accounts.Account"]
    for i in range(names.rows):
        calc.write(1 + i, 46, iferror(if_(length(names.cell(i)) > 0, 1, 0), 0))
    return calc.area(1, 46, names.rows, 46)


def _retention(model: Model) -> None:
    v, c, calc = model.values, model.computed, model.sheet("calc_accounts")
    pair = (c["mrr_before"], c["mrr"])
    for j, (name, function) in enumerate((("nrr", "KAM_NRR"), ("grr", "KAM_GRR"))):
        v[name] = model.kam(calc, 1, 44 + j, function, *pair).cell(0)
    v["mrr_compared"] = model.calc.put("MRR compared", sum_(c["mrr_compared"]))
    v["mrr_year_ago"] = model.calc.put("MRR a year ago", sum_(c["mrr_before"]))


def _figures(model: Model, total: int, change: X) -> None:
    sheet, v, s = model.sheet("Dashboard"), model.values, model.settings
    for row, px in ((3, 24), (4, 40), (5, 24), (6, 16)):
        sheet.height(row, px)
    unit = s["currency"]
    ago = if_(v["mrr_year_ago"] == 0, _("no figure a year ago"), cat(fixed(v["mrr_year_ago"]), _(" a year ago")))
    delta = v["mrr"] - v["mrr_compared"]
    grew = if_(
        isnumber(change),
        cat(if_(delta >= 0, "+", "−"), fixed(abs_(delta)), " ", unit, _(" in "), s["compare_months"], _(" months")),
        _("no earlier month"),
    )
    nothing = if_(v["problems"] == 0, _("all checks passed"), _("see Checks"))
    plain = {"num_format": theme.N0}
    cards: list[tuple[int, int, str | X, X, str | X, dict[str, Any]]] = [
        (1, 1, cat(_("Total MRR, "), unit), v["mrr"], ago, plain),
        (
            2,
            3,
            cat(_("Change since "), v["compare_month_text"]),
            if_(isnumber(change), change, "–"),
            grew,
            {"num_format": theme.CHANGE},
        ),
        (
            4,
            total,
            _("Net retention (NRR)"),
            if_(isnumber(v["nrr"]), v["nrr"], "–"),
            _("12 months"),
            {"num_format": theme.P1, "edge": theme.GOOD},
        ),
        (
            total + 1,
            total + 2,
            _("Gross retention (GRR)"),
            if_(isnumber(v["grr"]), v["grr"], "–"),
            _("12 months, losses only"),
            {"num_format": theme.P1, "edge": theme.GOOD},
        ),
        (
            total + 3,
            total + 3,
            _("Accounts at risk"),
            v["risk_accounts"],
            cat(_("of "), v["customers"], _(" accounts")),
            {**plain, "edge": theme.RISK, "colour": theme.RISK_D},
        ),
        (
            total + 4,
            total + 4,
            cat(_("MRR at risk, "), unit),
            if_(isnumber(v["risk_mrr"]), v["risk_mrr"], "–"),
            cat(percent(v["risk_share"]), _(" of total MRR")),
            {**plain, "edge": theme.RISK, "colour": theme.RISK_D},
        ),
        (
            total + 5,
            total + 6,
            _("Concentration"),
            v["vital_share"],
            cat(v["vital"], _(" of "), v["accounts"], _(" make "), percent(s["pareto_cut"]), _(" of revenue")),
            {"num_format": theme.P0},
        ),
        (total + 7, total + 7, _("Problems in the inputs"), v["problems"], nothing, plain),
    ]
    for c1, c2, text, value, note, look in cards:
        figure(sheet, 3, c1, c2, text, value, note, **look)
    green = {"type": "cell", "criteria": "==", "value": 0, "format": model.book.bare(font_color=theme.GOOD_D)}
    red = {"type": "cell", "criteria": ">", "value": 0, "format": model.book.bare(font_color=theme.RISK_D)}
    for rule in (green, red):
        sheet.ws.conditional_format(4, total + 7, 4, total + 7, rule)
    explained(sheet, (4, 2, 4, 2), "change")


def _plans_chart(model: Model, total: int) -> None:
    sheet, v, c, book = model.sheet("Dashboard"), model.values, model.computed, model.book
    n = plan_slots(model)
    for r in range(8, 16):
        sheet.height(r, 24)
    sheet.height(16, 8)
    rows: list[list[X | str]] = []
    for k in range(1, 13):
        m = c["months"].cell(k)
        row: list[X | str] = [month_text(model, m, with_year=False)]
        for p in range(n):
            ledger = model.inputs[f"MRR.Plan {p + 1}"]
            row.append(iferror(if_(isnumber(m), sums(ledger, c["mrr_month"], m), na()), na()))
        whole = iferror(if_(isnumber(m), sums(c["mrr_total"], c["mrr_month"], m), na()), na())
        rows.append([*row, whole, *[na() for _p in range(n)]])
    height: X = lit(0)
    ends: list[X] = []
    for p in range(n):
        amount = rows[-1][1 + p]
        assert isinstance(amount, X)
        ends.append(iferror(height + amount / 2, na()))
        height = iferror(height + amount, 0)
    rows.append([" ", *[na() for _k in range(n + 1)], *ends])
    headings = ["month", *[f"plan {p + 1}" for p in range(n)], "total", *[f"label {p + 1}" for p in range(n)]]
    data = model.calc.block("MRR by plan and month", headings, rows)
    names = [
        model.calc.put(
            f"label of plan {p + 1}",
            iferror(
                if_(data.cell(11, 1 + p) == 0, "", cat(model.lists["plans"].cell(p), " ", fixed(data.cell(11, 1 + p)))),
                "",
            ),
        )
        for p in range(n)
    ]
    best: X = lit("")
    most = max_(*[iferror(data.cell(11, 1 + p), 0) for p in range(n)])
    for p in reversed(range(n)):
        best = if_(iferror(data.cell(11, 1 + p), -1) == most, model.lists["plans"].cell(p), best)
    ready = model.computed["upsell"]
    open_ = countif(ready, "►*")
    chances = if_(
        open_ == 0,
        "",
        cat("; ", open_, if_(open_ == 1, _(" account is"), _(" accounts are")), _(" ready for a larger plan")),
    )
    text = if_(
        v["mrr"] == 0,
        _("No MRR yet: type it on MRR"),
        cat(best, _(" carries "), percent(most / v["mrr"]), _(" of MRR"), chances),
    )
    title = model.calc.put("Dashboard chart 1 title", iferror(text, ""))
    head(
        sheet, 7, 1, total + 1, cat(_("MRR by plan, "), model.currency, _(" per month, 12 months to "), v["month_text"])
    )
    ch = charts.chart(book, "column", title, "stacked")
    months = charts.at(data.column(0))
    for p in range(n):
        ch.add_series(
            {
                "name": charts.at(model.lists["plans"].cell(p)),
                "categories": months,
                "values": charts.at(data.column(1 + p)),
                "fill": {"color": theme.STEPS[p]},
                "border": {"color": theme.WHITE, "width": 0.75},
                "gap": 25,
            }
        )
    line = charts.layer(book, "line")
    line.add_series(
        {
            "name": _("total"),
            "categories": months,
            "values": charts.at(data.column(1 + n)),
            "line": {"none": True},
            "marker": {"type": "none"},
            "data_labels": charts.labels(9, theme.INK, True, position="above", num_format="#,##0"),
        }
    )
    for p in range(n):
        colour = theme.STEPS[p] if p else theme.MUTED
        line.add_series(
            {
                "name": charts.at(names[p]),
                "categories": months,
                "values": charts.at(data.column(2 + n + p)),
                "line": {"none": True},
                "marker": {"type": "none"},
                "data_labels": charts.named(9, colour, True, position="right"),
            }
        )
    ch.combine(line)
    ch.set_x_axis(charts.category_axis())
    ch.set_y_axis(charts.no_axis(min=0))
    charts.plot_area(ch, 0.0, 0.2, 0.94, 0.66)
    charts.place(
        sheet,
        ch,
        8,
        1,
        15,
        total + 1,
        _("Stacked columns: MRR by plan for each of the last 12 months, totals above"),
        "MRR by plan",
    )


def _steps_chart(model: Model, total: int) -> None:
    sheet, v, book = model.sheet("Dashboard"), model.values, model.book
    steps, placed = model.lists["steps"], model.inputs["Accounts.Onboarding"]
    used = len(model.template.steps)
    done: X = lit("")
    for k in range(steps.rows):
        done = if_(length(steps.cell(k)) > 0, steps.cell(k), done)
    final = v["final_step"] = model.calc.put("last onboarding step", done)
    rows = []
    for k in range(used):
        step = steps.cell(k)
        number = if_(length(step) == 0, 0, countif(placed, step & ""))
        rows.append([step & "", if_(step == final, na(), number), if_(step == final, number, na())])
    data = model.calc.block("Accounts by onboarding step", ["step", "on the way", "done"], rows)
    live = iferror(countif(placed, final & ""), 0)
    way = v["customers"] - live
    text = if_(
        v["customers"] == 0,
        _("No accounts yet"),
        cat(live, _(" of "), v["customers"], _(" accounts are done; "), way, _(" are not")),
    )
    title = model.calc.put("Dashboard chart 2 title", iferror(text, ""))
    c1, c2 = total + 3, total + 7
    head(sheet, 7, c1, c2, _("Accounts by onboarding step"))
    ch = charts.chart(book, "bar", title)
    for j, colour, name in ((1, theme.GREY, _("on the way")), (2, theme.BLUE, _("done"))):
        ch.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 35,
                "overlap": 100,
                "data_labels": charts.labels(9, bold=True),
            }
        )
    ch.set_x_axis(charts.no_axis(min=0))
    ch.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(ch, 0.2, 0.2, 0.74, 0.74)
    charts.place(sheet, ch, 8, c1, 15, c2, _("Bars: number of accounts in each onboarding step"), "Onboarding")


def _table(model: Model, table: Range, total: int, n: int) -> None:
    sheet, v, c, s = model.sheet("Dashboard"), model.values, model.computed, model.settings
    share, change, trend, step, kpi, danger, upsell = range(total + 1, total + 8)
    note = cat(_("change: since "), v["compare_month_text"], _("  ·  trend: 12 months"))
    head(sheet, TOP - 2, 1, upsell, cat(_("Accounts by MRR, the largest "), lit(shown_rows(model))), note)
    heads: list[tuple[int, X | str, str]] = [(ACCOUNT, _("Account"), "left")]
    heads += [(PLAN + p, model.lists["plans"].cell(p) & "", "right") for p in range(n)]
    heads += [
        (total, _("Total"), "right"),
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
    calc = model.sheet("calc_accounts")
    rows = shown_rows(model)
    for i in range(rows):
        row = TOP + i
        sheet.height(row, max(22, min(28, 420 // rows)))
        name, amount = table.cell(i, 1) & "", table.cell(i, 2)
        there = iferror(and_(isnumber(amount), amount > 0), False)
        at = calc.write(1 + i, 60, iferror(if_(there, match_text(name, model.inputs["Accounts.Account"]), 0), 0))
        none, pick = at == 0, max_(at, lit(1))
        sheet.write(row, ACCOUNT, if_(none, "", name), **theme.plain(bold=True))
        for p in range(n):
            value = index(c["plans"], pick, lit(p + 1))
            sheet.write(
                row,
                PLAN + p,
                if_(none, "", if_(isnumber(value), value, 0)),
                **theme.plain(num_format=theme.DASH, align="right"),
            )
        sheet.write(row, total, if_(none, "", amount), **theme.plain(num_format=theme.DASH, bold=True))
        sheet.write(row, share, if_(none, "", iferror(amount / v["mrr"], "")), **theme.plain(num_format="0%"))
        before = index(c["mrr_compared"], pick)
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
        sheet.write(row, kpi, if_(none, "", index(c["kpi"], pick)), **theme.plain(num_format="0"))
        sheet.write(row, danger, if_(none, "", index(c["danger"], pick)), **theme.plain(indent=1))
        sheet.write(
            row,
            upsell,
            if_(none, "", index(c["upsell"], pick)),
            **theme.plain(indent=1, font_color=theme.BLUE, bold=True),
        )
    end = TOP + rows - 1
    bottom = TOP + rows
    sheet.band(bottom, 1, upsell, **theme.total())
    sheet.write(bottom, ACCOUNT, _("All accounts"), **theme.total())
    for p in range(n):
        sheet.write(bottom, PLAN + p, sum_(c["plans"].column(p)), **theme.total(num_format=theme.DASH))
    sheet.write(bottom, total, v["mrr"] + 0, **theme.total(num_format=theme.DASH))
    explained(sheet, (TOP, danger, end, danger))
    explained(sheet, (TOP, change, end, change), "change")
    explained(sheet, (TOP, kpi, end, kpi), "bar")
    own = xl_rowcol_to_cell(TOP, step, col_abs=True)
    late = f"=AND(LEN({own})>0,{own}<>{model.values['final_step'].render('Dashboard', -1)})"
    rule = {"type": "formula", "criteria": late, "format": model.book.bare(font_color=theme.SPECIAL_D, bold=True)}
    sheet.ws.conditional_format(TOP, step, end, step, rule)
    ruled(sheet, (TOP, ACCOUNT, end, upsell), ACCOUNT)


def _trend(model: Model, row: int, col: int, i: int, at: X) -> None:
    """MRR of the last 12 months as small columns in the cell; the points stand on calc_accounts."""
    calc, c = model.sheet("calc_accounts"), model.computed
    for k in range(12):
        m = c["months"].cell(k + 1)
        found = iferror(match(m * 100000 + at, c["mrr_key"]), 0)
        amount = iferror(if_(found == 0, 0, index(c["mrr_total"], max_(found, lit(1))) + 0), 0)
        calc.write(1 + i, 62 + k, if_(at == 0, "", if_(length(m) == 0, "", amount)))
    place = calc.area(1 + i, 62, 1 + i, 73).address.replace("$", "")
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
        },
    )
