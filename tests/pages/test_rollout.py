"""The rollout of Ada at 31 December 2025, worked out on paper; days of work include the first and the last.

            days  passed  done      days done  days due
Contract       1       1  100 %       1          1       done, a milestone
Import        20      20   50 %      10         20       late since 20 December: 11 days
Train         20      10   20 %       4         10       20 % of 50 % due: behind
Pilot         10       5   45 %       4.5        5       45 % of 50 % due: not more than 10 points: running
Go-live        1       0    0 %       0          0       planned, the next milestone: 14 January, in 14 days
in all        52                     19.5       36
"""

from __future__ import annotations

import datetime as dt

from pages.portfolio import TASKS, five, rows, tables, variant
from pages.reading import day
from pytest import approx

PAGE = "Rollout"


def test_key_figures_are_those_of_the_paper() -> None:
    assert five().title(PAGE) == "1 task is late, 1 behind; the plan ends on 14 Jan 2026"
    figures = five().figures(PAGE)
    assert figures["Progress, by days of work"] == (approx(19.5 / 52), "69% should be done by now")  # 36 / 52
    assert figures["Tasks done"] == ("1 of 5", "1 running, 1 planned")
    assert figures["Late or behind"] == (2, "1 late, 1 behind")
    assert figures["Next milestone"] == (day(2026, 1, 14), "Go-live")
    assert figures["Plan ends"] == (day(2026, 1, 14), "in 14 days")
    assert figures["Ends in the next 14 days"] == (3, "by 14 Jan 2026")  # Train, Pilot, Go-live


def test_tasks_stand_with_what_is_done_and_due() -> None:
    for name, expected in (
        ("Contract", [day(2025, 11, 3), day(2025, 11, 3), 1, 1, "✓ done"]),
        ("Import", [day(2025, 12, 1), day(2025, 12, 20), 0.5, 1, "‼ late, 11 d"]),
        ("Train", [day(2025, 12, 22), day(2026, 1, 10), 0.2, 0.5, "◐ behind"]),
        ("Pilot", [day(2025, 12, 27), day(2026, 1, 5), 0.45, 0.5, "► running"]),
        ("Go-live", [day(2026, 1, 14), day(2026, 1, 14), 0, 0, "○ planned"]),
    ):
        assert five().row(PAGE, name, "Start", "End", "Done", "Due", "State") == expected, name
    assert "Other" not in five().texts(PAGE)
    assert five().column(PAGE, "Task") == ["Contract", "Import", "Train", "Pilot", "Go-live"]


def test_conclusions_name_tasks_and_owners() -> None:
    said = five().said
    assert said(PAGE, "1  ") == "1  Late: Import (Tom, 11 days). Agree on a new date today."
    assert said(PAGE, "2  ").startswith("2  Behind: Train (Kay, 20% done, 50% due).")
    expected = "3  Next milestone: Go-live on 14 Jan 2026 (Kay), in 14 days; 3 open tasks end before it."
    assert said(PAGE, "3  ") == expected  # Import, Train, Pilot
    assert said(PAGE, "4  ").startswith("4  Ends in the next 14 days: Train (Kay, 10 Jan, 20% done), Pilot (Tom, 5 Jan")


def test_bars_are_done_open_late_or_a_milestone_week_by_week() -> None:
    """Weeks from Monday: 3 November is one, so is 1 December; 31 December stands in the week of the 29th.

    Import's twenty days are half done by the 10th: the week to the 7th is done, those of the 8th and 15th are open.
    Train is done to 22 + 4 = 26 December, past its first week's middle, the 25th. Pilot begins on Saturday the 27th.
    """
    assert five().marks(PAGE, "Contract") == {day(2025, 11, 3): "◆"}
    assert five().marks(PAGE, "Import") == {
        day(2025, 12, 1): "■",
        day(2025, 12, 8): "□",
        day(2025, 12, 15): "□",
        day(2025, 12, 29): "‼",
    }
    assert five().marks(PAGE, "Train") == {day(2025, 12, 22): "■", day(2025, 12, 29): "□", day(2026, 1, 5): "□"}
    assert five().marks(PAGE, "Pilot") == {day(2025, 12, 22): "■", day(2025, 12, 29): "□", day(2026, 1, 5): "□"}
    assert five().marks(PAGE, "Go-live") == {day(2026, 1, 12): "◇"}


def test_a_short_plan_is_drawn_by_days() -> None:
    """Two tasks of 1 to 26 December are 26 days, a column each; one day more and they are weeks."""
    for last, unit, columns in ((26, "Days", 26), (27, "Weeks, from Monday", 4)):
        task = {
            "account": "Ada",
            "task": "Dig",
            "start": dt.date(2025, 12, 1),
            "end": dt.date(2025, 12, last),
            "done": 1,
        }
        pages = variant(PAGE, tables(records=tables().records | {"tasks": [task]}))
        assert unit in pages.texts(PAGE)
        assert pages.marks(PAGE, "Dig") == {
            day(2025, 12, 1) + (1 if last == 26 else 7) * k: "■" for k in range(columns)
        }


def test_a_plan_that_is_over_or_on_time_says_so() -> None:
    tasks = [row | {"done": 1} for row in rows(TASKS) if row["task"] != "Go-live"]
    pages = variant(PAGE, tables(records=tables().records | {"tasks": tasks}))
    assert pages.title(PAGE) == "Rollout is done: all 4 tasks"
    one = [{"account": "Ada", "task": "Sow", "start": dt.date(2025, 12, 30), "end": dt.date(2026, 1, 2), "done": 0.5}]
    pages = variant(PAGE, tables(records=tables().records | {"tasks": one}))
    assert pages.title(PAGE) == "Rollout is on plan for 2 Jan 2026"


def test_a_milestone_of_today_is_the_next_one_and_states_are_counted_apart() -> None:
    """A milestone on 31 December is today's; with one task more two are planned and one runs."""
    more = {"account": "Ada", "task": "Party", "start": dt.date(2026, 1, 20), "end": dt.date(2026, 1, 22), "done": 0}
    gate = {"account": "Ada", "task": "Gate", "start": dt.date(2025, 12, 31), "end": dt.date(2025, 12, 31), "done": 0}
    pages = variant(PAGE, tables(records=tables().records | {"tasks": [*rows(TASKS), more]}))
    assert pages.figures(PAGE)["Tasks done"] == ("1 of 6", "1 running, 2 planned")
    pages = variant(PAGE, tables(records=tables().records | {"tasks": [*rows(TASKS), gate]}))
    assert pages.figures(PAGE)["Next milestone"] == (day(2025, 12, 31), "Gate")
    assert ", today; " in pages.said(PAGE, "3  ")


def test_of_many_late_tasks_three_are_named() -> None:
    """Tasks that ended on 26 to 30 December: late by 5 to 1 days."""
    dates = [dt.date(2025, 12, number) for number in range(26, 31)]
    tasks = [{"account": "Ada", "task": f"T{d.day}", "start": d - dt.timedelta(1), "end": d, "done": 0} for d in dates]
    pages = variant(PAGE, tables(records=tables().records | {"tasks": tasks}))
    late = "T26 (no owner, 5 days), T27 (no owner, 4 days), T28 (no owner, 3 days) and 2 more"
    assert pages.said(PAGE, "1  ") == f"1  Late: {late}. Agree on a new date today."
    assert pages.value(PAGE, "State", "T30") == "‼ late, 1 d"
