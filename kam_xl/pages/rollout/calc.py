"""Behind Rollout: the tasks of the account that is shown, their states, and what the page says about them."""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.labels import number_of
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Report
from kam_xl.formulas.formula import Operand, Range, Ref, X, cat, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    counta,
    countif,
    day,
    if_,
    iferror,
    index,
    int_,
    isnumber,
    length,
    match,
    max_,
    min_,
    or_,
    percent,
    sum_,
)
from kam_xl.input_sheets.mrr import month_text
from kam_xl.input_sheets.records import at, rows_of_account
from kam_xl.locale import _

TASKS = 40  # of one account
SOON = 14  # days
NAMED, LONG = 3, 130  # a sentence names at most so many tasks, and no more once it is so long
FIELDS = ("phase", "task", "owner", "start", "end", "done")
FIRST, RESULT, OWN = 3, 10, 19  # columns of calc_rollout: as typed, the function's result, what follows from it
TITLES = (
    "state", "from", "to", "milestone", "open", "done days", "due days", "milestone ahead", "done to", "ends soon",
)  # fmt: skip


@dataclass
class Plan:
    """The tasks of one account: as typed, judged, and in single figures."""

    typed: Range
    result: Range
    state: Range
    start: Range  # nothing where there is no bar to draw
    end: Range
    milestone: Range
    ahead: Range  # dates of the milestones to come
    done_to: Range
    figures: dict[str, Ref]
    named: dict[str, X]  # tasks in words, by late, behind and soon


def day_text(model: Model, date: X, with_year: bool = True) -> X:
    """A date in words: 23 Mar 2026."""
    return iferror(cat(day(date), " ", month_text(model, date, with_year)), "")


def calculate(model: Model, calc: Sheet, account: X) -> Plan:
    """Write calc_rollout, one row per task."""
    report = model.of(Report)
    put, inputs = model.calc.put, model.inputs
    for j, text in enumerate(("no.", "row", "", *FIELDS)):
        calc.write(0, j, text, **theme.note())
    for j, text in enumerate(TITLES):
        calc.write(0, OWN + j, text, **theme.note())
    names = inputs["tasks.account"]
    places = rows_of_account(model, calc, 0, names, account, TASKS, [inputs["tasks.task"]], everyone=True)
    for i in range(TASKS):
        for j, key in enumerate(FIELDS):
            value = at(inputs[f"tasks.{key}"], places.cell(i))
            calc.write(1 + i, FIRST + j, value & "" if key in ("phase", "task", "owner") else value)
    typed = calc.area(1, FIRST, TASKS, FIRST + len(FIELDS) - 1)
    reported = report.date
    today = put("Rollout: today, 0 if nobody knows", iferror(if_(isnumber(reported), int_(reported), 0), 0))
    columns = [typed.column(j) for j in (1, 3, 4, 5)]
    result = model.kam(calc, 1, RESULT, "KAM_TIMELINE", *columns, today, rows=TASKS)
    for i in range(TASKS):
        _judge(calc, i, result, today)
    area = [calc.area(1, OWN + j, TASKS, OWN + j) for j in range(len(TITLES))]
    figures = {"today": today, "listed": put("Rollout: tasks of the account", max_(calc.area(1, 0, names.rows, 0)))}
    figures["tasks"] = put("Rollout: tasks shown", min_(figures["listed"], lit(TASKS)))
    for word in ("done", "running", "planned", "behind", "late", "no date", "end before start"):
        figures[word] = put(f"Rollout: {word}", countif(area[0], word))
    figures["bars"] = put("Rollout: tasks with dates", count(area[1]))
    none = figures["bars"] == 0
    figures["first"] = put("Rollout: first day", if_(none, "", min_(area[1])))
    figures["last"] = put("Rollout: last day", if_(none, "", max_(area[2])))
    days = sum_(result.column(3))
    for key, col in (("progress", 5), ("expected", 6)):
        share = if_(none, "", iferror(sum_(area[col]) / days, ""))
        figures[key] = put(f"Rollout: {key}", share)
    figures["next"] = put("Rollout: next milestone", if_(count(area[7]) == 0, "", min_(area[7])))
    figures["next row"] = put("Rollout: its task", _place(figures["next"], area[7]))
    figures["soon"] = put("Rollout: ends soon", sum_(area[9]))
    named = _named(model, calc, typed, result, area)
    return Plan(typed, result, area[0], area[1], area[2], area[3], area[7], area[8], figures, named)


def _place(value: X, area: Range) -> X:
    return if_(length(value) == 0, 0, iferror(match(value, area), 0))


def _judge(calc: Sheet, i: int, result: Range, today: X) -> None:
    """What follows from the state of a task."""
    start, end, days, done, expected, state = (result.cell(i, j) for j in range(1, 7))
    row = 1 + i
    word = iferror(state & "", "")
    unknown = and_(today == 0, word == "planned")
    own = calc.write(row, OWN, if_(unknown, "", word))
    there = iferror(isnumber(days), False)
    first = calc.write(row, OWN + 1, if_(there, start, ""))
    last = calc.write(row, OWN + 2, if_(there, end, ""))
    milestone = calc.write(row, OWN + 3, if_(there, if_(days == 1, 1, 0), 0))
    still = calc.write(row, OWN + 4, if_(and_(there, own != "done"), 1, 0))
    calc.write(row, OWN + 5, if_(there, done * days, 0))
    calc.write(row, OWN + 6, if_(there, expected * days, 0))
    ahead = and_(milestone == 1, still == 1, last >= today)
    calc.write(row, OWN + 7, if_(ahead, last, ""))
    calc.write(row, OWN + 8, if_(there, first + done * days, ""))
    soon = and_(still == 1, today > 0, last >= today, last <= today + SOON)
    calc.write(row, OWN + 9, if_(soon, 1, 0))


def _named(model: Model, calc: Sheet, typed: Range, result: Range, area: list[Range]) -> dict[str, X]:
    """The tasks that are late, behind, or end soon, as a list in words."""
    found: dict[str, X] = {}
    col = OWN + len(TITLES) + 1
    for key in ("late", "behind", "soon"):
        for j, text in enumerate((f"{key}: text", "named", "in all")):
            calc.write(0, col + j, text, **theme.note())
        text_, shown, number = lit(""), lit(0), lit(0)
        for i in range(TASKS):
            task, owner = typed.cell(i, 1), typed.cell(i, 2)
            who = if_(length(owner) == 0, _("no owner"), owner)
            done, late = percent(result.cell(i, 4)), result.cell(i, 7)
            if key == "late":
                more = cat(late, if_(late == 1, _(" day"), _(" days")))
            elif key == "behind":
                more = cat(done, _(" done, "), percent(result.cell(i, 5)), _(" due"))
            else:
                more = cat(day_text(model, area[2].cell(i), with_year=False), ", ", done, _(" done"))
            mine = area[9].cell(i) == 1 if key == "soon" else area[0].cell(i) == key
            fits = and_(mine, shown < NAMED, length(text_) < LONG)
            item = cat(task, " (", who, ", ", more, ")")
            joined = if_(length(text_) == 0, item, cat(text_, ", ", item))
            text_ = calc.write(1 + i, col, iferror(if_(fits, joined, text_), ""))
            shown = calc.write(1 + i, col + 1, shown + if_(fits, 1, 0))
            number = calc.write(1 + i, col + 2, number + if_(mine, 1, 0))
        rest = if_(number > shown, cat(_(" and "), number - shown, _(" more")), "")
        found[key] = cat(text_, rest)
        col += 4
    return found


def title(model: Model, plan: Plan, account: X) -> X:
    """The message of the page: what is late or behind, and when it ends."""
    f = plan.figures
    date = day_text(model, f["last"])
    late, behind = f["late"], f["behind"]
    are = number_of(late, _("task is late"), _("tasks are late"))
    also = if_(behind == 0, "", cat(", ", behind, _(" behind")))
    ends = if_(f["last"] < f["today"], _("; the plan ended on "), _("; the plan ends on "))
    slow = number_of(behind, _("task is behind"), _("tasks are behind"))
    done = if_(
        f["tasks"] == 1, _("Rollout is done: its only task"), cat(_("Rollout is done: all "), f["tasks"], _(" tasks"))
    )
    cases: list[tuple[X, Operand]] = [
        (f["tasks"] == 0, if_(counta(model.inputs["tasks.task"]) == 0, _("No tasks yet: type them on Tasks"),
                              cat(account, _(": no tasks yet; type them on Tasks")))),
        (f["done"] == f["tasks"], done),
        (f["bars"] == 0, _("No task has its dates yet: type them on Tasks")),
        (f["today"] == 0, cat(_("Rollout ends on "), date, _(" by plan; type the report date on Settings"))),
        (late > 0, cat(are, also, ends, date)),
        (behind > 0, cat(_("Rollout ends on "), date, _(" by plan; "), slow)),
    ]  # fmt: skip
    out: X = cat(_("Rollout is on plan for "), date)
    for condition, text in reversed(cases):
        out = if_(condition, text, out)
    return out


def lines(model: Model, plan: Plan) -> list[X]:
    """What is late and behind and whose it is, the next milestone, what ends soon."""
    f = plan.figures
    late = cat(_("Late: "), plan.named["late"], _(". Agree on a new date today."))
    behind = cat(_("Behind: "), plan.named["behind"], _(". Help them, or move the dates."))
    row = max_(f["next row"], lit(1))
    task, owner = index(plan.typed.column(1), row), index(plan.typed.column(2), row)
    left = f["next"] - f["today"]
    when = if_(left == 0, _("today"), cat(_("in "), number_of(left, _("day"), _("days"))))
    who = if_(length(owner) == 0, _("no owner"), owner)
    open_tasks = sum_(*[
        if_(and_(isnumber(plan.end.cell(i)), plan.state.cell(i) != "done", plan.end.cell(i) < f["next"]), 1, 0)
        for i in range(TASKS)
    ])  # fmt: skip
    before = model.calc.put("Rollout: open tasks before the next milestone", open_tasks)
    must = if_(before == 0, "", cat("; ", number_of(before, _("open task ends"), _("open tasks end")), _(" before it")))
    ahead = cat(_("Next milestone: "), task, _(" on "), day_text(model, f["next"]), " (", who, "), ", when, must, ".")
    soon = cat(_("Ends in the next "), SOON, _(" days: "), plan.named["soon"], ".")
    none = or_(f["tasks"] == 0, f["today"] == 0)
    cases: list[tuple[X, X, Operand]] = [
        (f["late"] > 0, late, _("No task is late.")),
        (f["behind"] > 0, behind, _("No task is behind its time.")),
        (f["next row"] > 0, ahead, _("No milestone ahead: a task of one day is a milestone.")),
        (f["soon"] > 0, soon, cat(_("Nothing ends in the next "), SOON, _(" days."))),
    ]
    return [iferror(if_(none, "–", if_(happens, yes, no)), "–") for happens, yes, no in cases]


def faults(plan: Plan) -> X:
    """What the bars leave out."""
    f = plan.figures
    wrong, blank = f["end before start"], f["no date"]
    reversed_ = if_(
        wrong == 0, "", cat("✗ ", number_of(wrong, _("task ends"), _("tasks end")), _(" before its start. "))
    )
    undated = if_(blank == 0, "", cat("– ", number_of(blank, _("task has"), _("tasks have")), _(" no date. ")))
    beyond = if_(f["listed"] > TASKS, cat(_("The page shows the first "), TASKS, _(" of "), f["listed"], "."), "")
    return cat(reversed_, undated, beyond)
