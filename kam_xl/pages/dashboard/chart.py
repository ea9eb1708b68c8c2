"""Charts of the Dashboard: MRR by plan and month, accounts by onboarding step."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.model import PLAN_SLOTS, Model
from kam_xl.canvas.page import head
from kam_xl.canvas.results import Ledger, PerAccount, Report, Risk
from kam_xl.formulas.formula import Ref, X, lit
from kam_xl.formulas.functions import counta, countif, if_, iferror, length, max_, na
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import month_text, sums
from kam_xl.locale import _

FIRST = 13  # row of the section labels


def plans(model: Model, total: int, ready: X) -> None:
    """MRR by plan for the last 12 months, stacked."""
    ledger = model.of(Ledger)
    report = model.of(Report)
    risk = model.of(Risk)
    sheet, book = model.sheet("Dashboard"), model.book
    n = PLAN_SLOTS
    for r in range(FIRST + 1, FIRST + 9):
        sheet.height(r, 24)
    sheet.height(FIRST + 9, 8)

    def amounts(k: int) -> list[X]:
        m, there = report.months.cell(k), report.rows.cell(k) > 0
        return [if_(there, sums(ledger.plans[p], ledger.month, m), na()) for p in range(n)]

    now = model.calc.block("MRR by plan in the report month", ["MRR"], [[amount] for amount in amounts(12)])
    last: list[X] = [now.cell(p) for p in range(n)]
    rows: list[list[X | str]] = []
    for k in range(1, 13):
        month = month_text(model, report.months.cell(k), with_year=False)
        by_plan = amounts(k) if k < 12 else last
        rows.append([month, *by_plan, report.mrr.cell(k), *[na() for _p in range(n)]])
    height: X = lit(0)
    ends: list[X] = []
    for amount in last:
        ends.append(iferror(if_(amount > 0, height + amount / 2, na()), na()))
        height = iferror(height + amount, 0)
    rows.append([" ", *[na() for _k in range(n + 1)], *ends])
    headings = ["month", *[f"plan {p + 1}" for p in range(n)], "total", *[f"label {p + 1}" for p in range(n)]]
    data = model.calc.block("MRR by plan and month", headings, rows)
    names = [
        model.calc.put(
            f"label of plan {p + 1}",
            iferror(
                if_(
                    data.cell(11, 1 + p) == 0,
                    "",
                    say("{plan} {mrr:#,##0}", plan=model.lists["plans"].cell(p), mrr=data.cell(11, 1 + p)),
                ),
                "",
            ),
        )
        for p in range(n)
    ]
    best: X = lit("")
    most = max_(*[iferror(data.cell(11, 1 + p), 0) for p in range(n)])
    for p in reversed(range(n)):
        best = if_(iferror(data.cell(11, 1 + p), -1) == most, model.lists["plans"].cell(p), best)
    open_ = ready
    story = say(
        "{plan} carries {share:0%} of MRR"
        "{open, plural, =0 {} one {; # account is ready for a larger plan}"
        " other {; # accounts are ready for a larger plan}}",
        plan=best,
        share=most / risk.mrr,
        open=open_,
    )
    text = if_(risk.mrr == 0, _("No MRR yet: type it on MRR"), story)
    title = model.calc.put("Dashboard chart 1 title", iferror(text, ""))
    head(
        sheet,
        FIRST,
        1,
        total + 1,
        say("MRR by plan, {unit} per month, 12 months to {month}", unit=model.currency, month=report.month_text),
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
        colour = theme.STEP_TEXTS[p]
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
    charts.plot_area(ch, 0.0, 0.1, 0.94, 0.74)
    charts.place(
        sheet,
        ch,
        FIRST + 1,
        1,
        FIRST + 8,
        total + 1,
        _("Stacked columns: MRR by plan for each of the last 12 months, totals above"),
        "MRR by plan",
    )


def steps(model: Model, total: int) -> Ref:
    """How many accounts stand in each onboarding step."""
    accounts = model.of(PerAccount)
    risk = model.of(Risk)
    sheet, book = model.sheet("Dashboard"), model.book
    names, placed = model.lists["steps"], model.inputs["Accounts.Onboarding"]
    used = len(model.template.steps)
    done: X = lit("")
    for k in range(names.rows):
        done = if_(length(names.cell(k)) > 0, names.cell(k), done)
    final = model.calc.put("last onboarding step", done)
    rows = []
    for k in range(used):
        step = names.cell(k)
        number = accounts.in_step.cell(k)
        rows.append([step & "", if_(step == final, na(), number), if_(step == final, number, na())])
    data = model.calc.block("Accounts by onboarding step", ["step", "on the way", "done"], rows)
    live = model.calc.put("accounts in the last step", iferror(countif(placed, final & ""), 0))
    way = risk.customers - live
    text = if_(
        counta(placed) == 0,
        _("No onboarding steps yet: type them on Accounts"),
        say("{live} of {accounts} accounts are done; {way} are not", live=live, accounts=risk.customers, way=way),
    )
    title = model.calc.put("Dashboard chart 2 title", iferror(text, ""))
    c1, c2 = total + 3, total + 7
    head(sheet, FIRST, c1, c2, _("Accounts by onboarding step"))
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
    charts.plot_area(ch, 0.2, 0.04, 0.74, 0.92)
    charts.place(
        sheet, ch, FIRST + 1, c1, FIRST + 8, c2, _("Bars: number of accounts in each onboarding step"), "Onboarding"
    )
    return final
