"""At risk: its charts."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.model import PLAN_SLOTS, Model
from kam_xl.canvas.page import head, legend
from kam_xl.canvas.results import Flags, Ledger, Report, Risk
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    countifs,
    if_,
    iferror,
    length,
    max_,
    min_,
    na,
    sumif,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import month_text, sums
from kam_xl.locale import _

RIGHT = 12  # last column of the page


def draw(model: Model) -> None:
    """The three charts: the last twelve months, by plan, by step."""
    flags = model.of(Flags)
    ledger = model.of(Ledger)
    report = model.of(Report)
    risk = model.of(Risk)
    sheet, book = model.sheet("At risk"), model.book
    for r in range(4, 14):
        sheet.height(r, 24)
    sheet.height(14, 8)
    months = report.months
    rows: list[list[X]] = []
    for k in range(1, 13):
        m = months.cell(k)
        there = report.rows.cell(k) > 0
        amount = iferror(if_(there, sums(ledger.total, ledger.month, m, flags.ledger), na()), na())
        rows.append([month_text(model, m, with_year=False), amount if k < 12 else na(), amount if k == 12 else na()])
    data = model.calc.block("MRR of the accounts at risk", ["month", "before", "now"], rows)
    then, now = data.cell(0, 1), data.cell(11, 2)
    moved = say(
        "Their MRR {up, select, true {rose} other {fell}} from {then:#,##0} to {now:#,##0} {unit}",
        up=now > then,
        then=then,
        now=now,
        unit=model.currency,
    )
    same = say("Their MRR is {now:#,##0} {unit}, as a year ago", now=now, unit=model.currency)
    nobody = if_(risk.unknown, _("No account is judged yet"), _("No account is at risk"))
    alone = say("Their MRR is {now:#,##0} {unit}", now=now, unit=model.currency)  # the first month is not known
    story = iferror(if_(now == then, same, moved), alone)
    text = iferror(if_(now == 0, nobody, story), _("No MRR yet"))
    title = model.calc.put("At risk chart 1 title", text)
    head(sheet, 3, 1, 5, _("MRR of today's at-risk accounts"), model.currency & "")
    bars = charts.chart(book, "column", title)
    for j, colour, name in ((1, theme.GREY, _("before")), (2, theme.RISK, _("now"))):
        bars.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 30,
                "overlap": 100,
                "data_labels": charts.labels(9, num_format="#,##0"),
            }
        )
    bars.set_x_axis(charts.category_axis())
    bars.set_y_axis(charts.no_axis(min=0))
    charts.plot_area(bars, 0.02, 0.12, 0.96, 0.72)
    charts.place(
        sheet,
        bars,
        4,
        1,
        13,
        5,
        _("Columns: MRR of the accounts that are at risk today, for each of the last 12 months"),
        "At risk trend",
    )
    _by_plan(model)
    _by_step(model)


def _by_plan(model: Model) -> None:
    flags = model.of(Flags)
    report = model.of(Report)
    sheet, book = model.sheet("At risk"), model.book
    rows: list[list[X]] = []
    for k in range(min(PLAN_SLOTS, len(model.template.plans) + 1)):
        plan, ledger = model.lists["plans"].cell(k), model.of(Ledger).plans[k]
        risk = iferror(sums(ledger, model.of(Ledger).month, report.month, flags.ledger), 0)
        whole = iferror(sums(ledger, model.of(Ledger).month, report.month), 0)
        rows.append([plan & "", if_(length(plan) == 0, na(), risk), if_(length(plan) == 0, na(), whole - risk)])
    data = model.calc.block("MRR at risk by plan", ["plan", "at risk", "safe"], rows)
    worst = max_(*[iferror(data.cell(k, 1), 0) for k in range(data.rows)])
    name: X = lit("")
    for k in reversed(range(data.rows)):
        name = if_(iferror(data.cell(k, 1), -1) == worst, data.cell(k, 0), name)
    text = if_(
        model.of(Risk).at_risk == 0,
        _("No MRR is at risk"),
        say("{plan} carries {share:0%} of the risk", plan=name, share=worst / model.of(Risk).at_risk),
    )
    title = model.calc.put("At risk chart 2 title", iferror(text, ""))
    head(sheet, 3, 7, 9, say("MRR at risk by plan, {unit}", unit=model.currency))
    legend(sheet, 3, 9, [(theme.RISK_F, _("at risk")), (theme.GREY_L, _("safe"))])
    bars = charts.chart(book, "bar", title, "stacked")
    for j, colour, look, name_ in (
        (1, theme.RISK_F, theme.WHITE, _("at risk")),
        (2, theme.GREY_L, theme.INK, _("safe")),
    ):
        bars.add_series(
            {
                "name": name_,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": charts.labels(9, look, num_format='#,##0;−#,##0;""'),
            }
        )
    bars.set_x_axis(charts.no_axis(min=0))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.18, 0.04, 0.78, 0.92)
    charts.place(sheet, bars, 4, 7, 13, 9, _("Bars: MRR per plan, the part at risk first"), "At risk by plan")


def _by_step(model: Model) -> None:
    sheet, _s, book = model.sheet("At risk"), model.settings, model.book
    steps, scores = model.inputs["Accounts.Onboarding"], model.inputs["Accounts.Satisfaction"]
    rows: list[list[X]] = []
    for k in range(len(model.template.steps)):
        step = model.lists["steps"].cell(k)
        answers = countifs((steps, step & ""), (scores, ">0"))
        mean = iferror(sumif(steps, step & "", scores) / answers, na())
        rows.append([step & "", mean])
    data = model.calc.block("Satisfaction by onboarding step", ["step", "mean"], rows)
    lowest: X = lit("")
    least = iferror(min_of(data), 99)
    for k in reversed(range(data.rows)):
        lowest = if_(iferror(data.cell(k, 1), 99) == least, data.cell(k, 0), lowest)
    low = say("{step} is lowest: {score:#,##0.0} of 5", step=lowest, score=least)
    text = if_(least > 90, _("No satisfaction scores yet"), low)
    title = model.calc.put("At risk chart 3 title", iferror(text, ""))
    head(sheet, 3, 11, RIGHT, _("Satisfaction on Accounts by step, 1–5"))
    bars = charts.chart(book, "bar", title)
    bars.add_series(
        {
            "name": _("satisfaction"),
            "categories": charts.at(data.column(0)),
            "values": charts.at(data.column(1)),
            "fill": {"color": theme.GREY},
            "gap": 50,
            "data_labels": charts.labels(9, num_format="0.0"),
        }
    )
    bars.set_x_axis(charts.no_axis(min=0, max=5.5))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.3, 0.04, 0.64, 0.92)
    charts.place(
        sheet,
        bars,
        4,
        11,
        13,
        RIGHT,
        _("Bars: mean satisfaction of the accounts in each onboarding step"),
        "Satisfaction by step",
    )


def min_of(data: Range) -> X:
    """Smallest mean that is a number."""
    return min_(*[iferror(data.cell(k, 1), 99) for k in range(data.rows)])
