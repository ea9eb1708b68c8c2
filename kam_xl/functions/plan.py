"""Plan: the timeline of tasks and who is responsible for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis import raci
from kam_xl.analysis.compare import Floats
from kam_xl.analysis.timeline import timeline
from kam_xl.functions.arguments import HEADERS
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Plan"
TASKS = Argument("tasks", "labels", "The tasks: one column.")
STATES = np.array(["no date", "end before start", "done", "late", "planned", "behind", "running"], dtype=object)


@worksheet_function(
    CATEGORY,
    "table",
    "The state of each task of a plan: done, late, planned, behind or running, with its days and the share that should "
    "be done by now.",
    TASKS,
    Argument(
        "start_date",
        "column",
        "The first day of each task. Blank: the task is a milestone on its last day.",
        days="date",
    ),
    Argument(
        "end_date", "column", "The last day of each task. Blank: the task is a milestone on its first day.", days="date"
    ),
    Argument("done", "column", "The share of each task that is done, 0 to 1. Blank is 0."),
    Argument("today", "number", "The date of the review, such as TODAY().", days="date"),
    HEADERS,
    columns=("Task", "Start", "End", "Days", "Done", "Expected", "State", "Late"),
)
def KAM_TIMELINE(tasks: list[Any], start_date: Floats, end_date: Floats, done: Floats, today: float) -> list[Any]:
    """Task, start, end, calendar days, share done, share of the days that have passed, state, days late.

    Only the day of a date counts, not its hour. Days are counted with the first and the last; `today` has passed. A
    share done below 0 counts as 0, above 1 as 1. The state is the first of these that is true: no date; end before
    start; done (all of it); late (today is after the end); planned (today is before the start); behind (more than 0.1
    is missing to the share of the days that have passed, with the relative tolerance of 1e-9); else running. Days late
    are shown for the state late only. Rows in the order of the input; a row with neither a task nor a date is left
    out, even if it has a share done.

    Examples
    --------
    >>> for row in KAM_TIMELINE(["Kick-off", "Workshop"], [1, 3], [2, 12], [0.5, 0.5], 6):
    ...     print(row)
    ['Kick-off', 1.0, 2.0, 2.0, 0.5, 1.0, 'late', 4.0]
    ['Workshop', 3.0, 12.0, 10.0, 0.5, 0.4, 'running', '']
    """
    found = timeline(start_date, end_date, done, today)
    rows = [row for row, task in enumerate(tasks) if task != "" or not np.isnan(found.start[row])]
    columns = (found.start, found.end, found.days, found.done, found.expected, STATES[found.state], found.late)
    return [[tasks[row] for row in rows], *(values[rows] for values in columns)]


@worksheet_function(
    CATEGORY,
    "table",
    "Whether each task has exactly one accountable role and somebody responsible, from the letters R, A, C, I.",
    TASKS,
    Argument(
        "letters",
        "codes",
        "The letters R, A, C, I, one row per task and one column per role. A cell may hold several: A/R.",
    ),
    HEADERS,
    columns=("Task", "Accountable", "Responsible", "Check"),
)
def KAM_RACI_CHECK(tasks: list[Any], letters: list[list[str]]) -> list[Any]:
    """Task, number of accountable roles, number of responsible roles, and what is wrong, "ok" if nothing.

    Letters may be capital or small, with "/", ",", "+", spaces, dashes or nothing between them; a dash alone is
    nothing. A cell with any other sign counts for nothing, and the first such sign is named. Wrong is: no accountable
    role or more than one; no responsible role, for an accountable one works on the task only where it also has an R.
    A row with neither a task nor letters is left out; letters without a task keep a blank name.

    Examples
    --------
    >>> for row in KAM_RACI_CHECK(["Plan", "Visit", "Offer"], [["A/R", "C"], ["A", "a"], ["R", "x"]]):
    ...     print(row)
    ['Plan', 1, 1, 'ok']
    ['Visit', 2, 0, '2 accountable, nobody responsible']
    ['Offer', 0, 1, 'unknown letter x in column 2, nobody accountable']
    """
    listed = [
        (task, one) for task, one in zip(tasks, map(raci.shared, letters), strict=True) if task != "" or not one.blank
    ]
    return [
        [task for task, _ in listed],
        [one.accountable for _, one in listed],
        [one.responsible for _, one in listed],
        [", ".join(raci.problems(one)) or "ok" for _, one in listed],
    ]
