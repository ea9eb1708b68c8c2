"""Behind Rollout: the tasks of the account that is shown, their states, and what the page says about them."""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Report
from kam_xl.formulas.formula import Operand, Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    counta,
    countif,
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
    sum_,
)
from kam_xl.formulas.messages import added, and_more, say, sentences
from kam_xl.input_sheets.mrr import day_text
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
            parts = {"task": task, "who": who}
            done, late = result.cell(i, 4), result.cell(i, 7)
            if key == "late":
                item = say("{task} ({who}, {late, plural, one {# day} other {# days}})", late=late, **parts)
            elif key == "behind":
                item = say("{task} ({who}, {done:0%} done, {due:0%} due)", done=done, due=result.cell(i, 5), **parts)
            else:
                end = day_text(model, area[2].cell(i), with_year=False)
                item = say("{task} ({who}, {end}, {done:0%} done)", end=end, done=done, **parts)
            mine = area[9].cell(i) == 1 if key == "soon" else area[0].cell(i) == key
            fits = and_(mine, shown < NAMED, length(text_) < LONG)
            text_ = calc.write(1 + i, col, iferror(if_(fits, added(text_, item), text_), ""))
            shown = calc.write(1 + i, col + 1, shown + if_(fits, 1, 0))
            number = calc.write(1 + i, col + 2, number + if_(mine, 1, 0))
        found[key] = if_(number > shown, and_more(text_, number - shown), text_)
        col += 4
    return found


def title(model: Model, plan: Plan, account: X) -> X:
    """The message of the page: what is late or behind, and when it ends."""
    f = plan.figures
    when = {"date": model.calc.put("Rollout: last day in words", day_text(model, f["last"]))}
    late = say(
        "{late, plural, one {# task is} other {# tasks are}} late{behind, plural, =0 {} other {, # behind}};"
        " the plan {over, select, true {ended} other {ends}} on {date}",
        late=f["late"],
        behind=f["behind"],
        over=f["last"] < f["today"],
        **when,
    )
    behind = say(
        "Rollout ends on {date} by plan; {behind, plural, one {# task is} other {# tasks are}} behind",
        behind=f["behind"],
        **when,
    )
    done = say("Rollout is done: {tasks, plural, one {its only task} other {all # tasks}}", tasks=f["tasks"])
    nothing = say("{account}: no tasks yet; type them on Tasks", account=account)
    cases: list[tuple[X, Operand]] = [
        (f["tasks"] == 0, if_(counta(model.inputs["tasks.task"]) == 0, _("No tasks yet: type them on Tasks"), nothing)),
        (f["done"] == f["tasks"], done),
        (f["bars"] == 0, _("No task has its dates yet: type them on Tasks")),
        (f["today"] == 0, say("Rollout ends on {date} by plan; type the report date on Settings", **when)),
        (f["late"] > 0, late),
        (f["behind"] > 0, behind),
    ]
    out: X = say("Rollout is on plan for {date}", **when)
    for condition, text in reversed(cases):
        out = if_(condition, text, out)
    return out


def lines(model: Model, plan: Plan) -> list[X]:
    """What is late and behind and whose it is, the next milestone, what ends soon."""
    f = plan.figures
    late = say("Late: {tasks}. Agree on a new date today.", tasks=plan.named["late"])
    behind = say("Behind: {tasks}. Help them, or move the dates.", tasks=plan.named["behind"])
    row = max_(f["next row"], lit(1))
    task, owner = index(plan.typed.column(1), row), index(plan.typed.column(2), row)
    open_tasks = sum_(*[
        if_(and_(isnumber(plan.end.cell(i)), plan.state.cell(i) != "done", plan.end.cell(i) < f["next"]), 1, 0)
        for i in range(TASKS)
    ])  # fmt: skip
    before = model.calc.put("Rollout: open tasks before the next milestone", open_tasks)
    who = if_(length(owner) == 0, _("no owner"), owner)
    ahead = say(
        "Next milestone: {task} on {date} ({who}), {left, plural, =0 {today} one {in # day} other {in # days}}"
        "{before, plural, =0 {} one {; # open task ends before it} other {; # open tasks end before it}}.",
        task=task,
        date=day_text(model, f["next"]),
        who=who,
        left=f["next"] - f["today"],
        before=before,
    )
    soon = say("Ends in the next {days} days: {tasks}.", days=SOON, tasks=plan.named["soon"])
    none = or_(f["tasks"] == 0, f["today"] == 0)
    cases: list[tuple[X, X, Operand]] = [
        (f["late"] > 0, late, _("No task is late.")),
        (f["behind"] > 0, behind, _("No task is behind its time.")),
        (f["next row"] > 0, ahead, _("No milestone ahead: a task of one day is a milestone.")),
        (f["soon"] > 0, soon, say("Nothing ends in the next {days} days.", days=SOON)),
    ]
    return [iferror(if_(none, "–", if_(happens, yes, no)), "–") for happens, yes, no in cases]


def faults(plan: Plan) -> X:
    """What the bars leave out."""
    f = plan.figures
    wrong, blank = f["end before start"], f["no date"]
    return sentences(
        (wrong > 0, say("✗ {n, plural, one {# task ends} other {# tasks end}} before its start.", n=wrong)),
        (blank > 0, say("– {n, plural, one {# task has} other {# tasks have}} no date.", n=blank)),
        (f["listed"] > TASKS, say("The page shows the first {n} of {tasks}.", n=TASKS, tasks=f["listed"])),
    )
