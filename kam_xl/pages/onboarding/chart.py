"""Charts of Onboarding: accounts, satisfaction and recommendation by step."""

from __future__ import annotations

from collections.abc import Callable

from xlsxwriter.chart import Chart

from kam_xl.canvas import charts, theme
from kam_xl.canvas.charts import Options
from kam_xl.canvas.model import STEP_SLOTS, Model
from kam_xl.canvas.page import head
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import and_, count, if_, iferror, index, isnumber, length, max_, na, sum_
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.onboarding.calc import ENOUGH, Answers, OnTheWay, Steps

Area = tuple[int, int, int, int]


def draw(model: Model, areas: tuple[Area, Area, Area]) -> None:
    """The three charts over their rows and columns."""
    answers_ = model.of(Answers)
    steps_ = model.of(Steps)
    steps = answers_.by_step
    shown = STEP_SLOTS if model.book.spills else min(STEP_SLOTS, len(model.template.steps) + 1)
    rows: list[list[X | str]] = []
    any_ = sum_(steps.column(1)) > 0
    for k in range(shown):
        step, number, answers = (steps.cell(k, j) for j in range(3))
        mean, nps = steps.cell(k, 3), steps.cell(k, 5)
        done, lowest = steps_.number == k + 1, answers_.lowest == k + 1
        there, rated, asked = length(step) > 0, isnumber(mean), isnumber(nps)
        rows.append(
            [
                if_(there, step & "", ""),
                if_(there, if_(answers > 0, say("{step} ({answers})", step=step, answers=answers), step & ""), ""),
                if_(and_(there, any_), if_(done, na(), number), na()),
                if_(and_(there, any_), if_(done, number, na()), na()),
                *[iferror(x, na()) for x in (if_(rated, if_(lowest, na(), mean), na()), if_(lowest, mean, na()))],
                *[iferror(if_(asked, x, na()), na()) for x in (if_(nps >= 0, nps, na()), if_(nps < 0, nps, na()))],
            ]
        )
    titles = ["step", "step and answers", "on the way", "done", "mean", "lowest", "NPS from 0", "NPS below 0"]
    data = model.calc.block("Onboarding by step", titles, rows)
    number = model.calc.put("Onboarding charts: steps", max_(steps_.number, lit(1)))
    follow = _series(model, data, number)
    _accounts(model, areas[0], follow)
    _satisfaction(model, areas[1], follow)
    _recommend(model, areas[2], follow)


def _series(model: Model, data: Range, number: X) -> Callable[[int, int], Options]:
    """Names and values of a series: in Excel as many steps as there are, in Calc all that were made."""

    def options(names: int, values: int) -> Options:
        part = Range(data._cells, data.sheet, data.r1, data.c1 + names, data.r2, data.c2)
        if model.book.spills:
            return charts.growing(model.book, part, number, f"onboarding_{names}")(values - names)
        return charts.fixed(part)(values - names)

    return options


def _accounts(model: Model, area: Area, follow: Callable[[int, int], Options]) -> None:
    way = model.of(OnTheWay)
    answers_ = model.of(Answers)
    steps = answers_.by_step
    total = sum_(steps.column(1))
    text = say(
        "{n, plural, one {# account is} other {# accounts are}} on the way, {done} done",
        n=way.going,
        done=way.done,
    )
    title = if_(total > 0, text, _("No steps yet: choose them on Accounts"))
    bars = _bars(model, 1, title)
    _add(bars, follow(0, 2), theme.GREY, _("on the way"), charts.labels(10, bold=True))
    _add(bars, follow(0, 3), theme.BLUE, _("done"), charts.labels(10, bold=True))
    bars.set_x_axis(charts.no_axis(min=0))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.27, 0.02, 0.66, 0.96)
    _place(
        model,
        bars,
        area,
        _("Accounts by step"),
        _("last step = done"),
        _("Bars: number of accounts in each onboarding step"),
    )


def _satisfaction(model: Model, area: Area, follow: Callable[[int, int], Options]) -> None:
    answers_ = model.of(Answers)
    means = answers_.means
    lowest = say(
        "{step} is lowest: {mean:#,##0.0} of 5{more, select, true {, {best} is best} other {}}",
        step=answers_.low_name,
        mean=answers_.low_mean,
        more=count(means) > 1,
        best=index(answers_.by_step.column(0), max_(answers_.best, lit(1))),
    )
    few = say("No step has {enough} answers yet", enough=ENOUGH)
    none = _("No answers yet: type them on Surveys")
    text = if_(
        answers_.lowest > 0,
        lowest,
        if_(index(answers_.all, 3) > 0, few, none),
    )
    bars = _bars(model, 2, text)
    _add(bars, follow(1, 4), theme.GREY, _("mean satisfaction"), charts.labels(10, num_format="0.0"))
    _add(bars, follow(1, 5), theme.RISK, _("lowest"), charts.labels(10, theme.RISK_D, True, num_format='"▼ "0.0'))
    bars.set_x_axis(charts.no_axis(min=0, max=5.5))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.36, 0.02, 0.6, 0.96)
    note = _("1–5, mean (number of answers)")
    _place(model, bars, area, _("Satisfaction by step"), note, _("Bars: mean satisfaction of the answers in each step"))


def _recommend(model: Model, area: Area, follow: Callable[[int, int], Options]) -> None:
    answers_ = model.of(Answers)
    score = answers_.all.cell(0, 5)
    known = isnumber(score)
    text = say(
        "{more, select, promoters {More promoters than detractors} detractors {More detractors than promoters}"
        " other {As many promoters as detractors}}: NPS {nps:+#,##0}",
        more=if_(score >= 0.5, "promoters", if_(score <= -0.5, "detractors", "")),
        nps=score,
    )
    none = _("No recommendations yet")
    bars = _bars(model, 3, iferror(if_(known, text, none), none))
    form = "+0;−0;0"
    _add(bars, follow(0, 6), theme.GOOD, _("NPS from 0"), charts.labels(10, theme.GOOD_D, True, num_format=form))
    _add(bars, follow(0, 7), theme.RISK, _("NPS below 0"), charts.labels(10, theme.RISK_D, True, num_format=form))
    bars.set_x_axis(charts.no_axis(min=-120, max=120))
    bars.set_y_axis(charts.category_axis(reverse=True, label_position="low"))
    charts.plot_area(bars, 0.27, 0.02, 0.7, 0.96)
    note = _("net promoter score, −100 to +100")
    _place(
        model, bars, area, _("Recommendation by step"), note, _("Bars: net promoter score of the answers in each step")
    )


def _bars(model: Model, number: int, text: X | str) -> Chart:
    title = model.calc.put(f"Onboarding chart {number} title", iferror(cat(text, ""), ""))
    return charts.chart(model.book, "bar", title)


def _add(bars: Chart, data: Options, colour: str, name: str, labels: Options) -> None:
    bars.add_series({"name": name, **data, "fill": {"color": colour}, "gap": 40, "overlap": 100, "data_labels": labels})


def _place(model: Model, bars: Chart, area: Area, label: str, note: str, alt: str) -> None:
    sheet, (r1, c1, r2, c2) = model.sheet("Onboarding"), area
    head(sheet, r1, c1, c2, label, note)
    charts.place(sheet, bars, r1 + 1, c1, r2, c2, alt, label)
