"""The rollout of the sample, read and changed by a person in LibreOffice."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_xl.content.tables import Tables
from kam_xl.formulas.formula import serial
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

CHOICE, FIRST, FREE = "C4", 21, 26  # the account; first row of the list; first free row of Tasks
TODAY = serial(dt.date(2025, 12, 31))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return made(load_template("standard").sample(), tmp_path_factory.mktemp("rollout"))


def made(tables, folder):
    settings = load_template("standard").settings.model_copy(update={"sheets": ["Rollout"]})
    return build(settings, tables, "addin").write(folder / "rollout.xlsx")


@pytest.fixture
def book(office, path):
    with office.open(path) as book:
        book.recalculate()
        yield book


def title(book):
    return book.read("Rollout", "B1")[0][0]


def tasks(book):
    """Phase, task, owner, start, end, done, due, state, of the rows in use."""
    return [row for row in book.read("Rollout", f"B{FIRST}:I{FIRST + 39}") if row[1] != ""]


def bars(book, row):
    """The cells of a task, a point where nothing is."""
    return "".join(cell or "." for cell in book.read("Rollout", f"K{FIRST + row}:AJ{FIRST + row}")[0])


def so_what(book):
    return [row[0] for row in book.read("Rollout", "B11:B14")]


def problems(book):
    return [row[3] for row in book.read("Checks", "A6:D40") if row[2] == "Tasks"]


def test_the_sample_says_what_is_behind_and_when_it_ends(book):
    assert title(book) == "Rollout ends on 23 Mar 2026 by plan; 2 tasks are behind"
    rows = tasks(book)
    assert [row[0] for row in rows if row[0]] == ["Prepare", "Migrate", "Integrate", "Train", "Go live"]
    states = [row[7] for row in rows]
    assert states[:6] == ["✓ done", "✓ done", "✓ done", "► running", "◐ behind", "○ planned"]
    assert states[6] == "◐ behind"  # 20 % of the interface against 17 of its 54 days
    assert rows[3][6] == pytest.approx(38 / 54)  # 24 November to 31 December, of those to 16 January
    late, behind, milestone, soon = so_what(book)
    assert late == "1  No task is late."
    assert "Identity and access set-up (IT Operations, 50% done, 73% due)" in behind
    assert milestone.startswith("3  Next milestone: Data sign-off on 19 Jan 2026 (CIO), in 19 days; 2 open tasks")
    assert soon == "4  Ends in the next 14 days: Identity and access set-up (IT Operations, 9 Jan, 50% done)."


def test_bars_stand_in_their_weeks(book):
    days = book.read("Rollout", "K20:AJ20")[0]
    assert days[0] == serial(dt.date(2025, 10, 6)) and days[25] - days[0] == 25 * 7
    marks = book.read("Rollout", "K17:AJ17")[0]
    assert [days[k] for k, mark in enumerate(marks) if mark] == [serial(dt.date(2025, 12, 29))]
    assert bars(book, 0) == "■■■" + "." * 23  # 6 to 24 October
    assert bars(book, 2) == "." * 7 + "◆" + "." * 18  # 24 November, done
    assert bars(book, 3) == "." * 7 + "■■■■■□□□" + "." * 11  # 37.8 of 54 days: to the last day of the year
    assert bars(book, 11) == "." * 24 + "◇."  # 23 March


def test_another_account_is_chosen(book):
    book.write("Rollout", CHOICE, [["Polarys Diagnostics"]])
    assert title(book) == "1 task is late; the plan ends on 13 Feb 2026"
    assert [(row[1], row[7]) for row in tasks(book)] == [
        ("Data migration", "‼ late, 12 d"),
        ("Laboratory interface", "○ planned"),
    ]
    assert "Data migration (Solution arch., 12 days)" in so_what(book)[0]
    assert bars(book, 0)[:13] == "■■■■■■□□□□.‼."  # 13 October to 19 December, 60 %; today in the week of 29 December
    book.write("Rollout", CHOICE, [["Alder & Finch Bank"]])
    assert title(book) == "Rollout is on plan for 2 Feb 2026"
    assert book.read("Rollout", "B7")[0][0] == pytest.approx(19 / 33)  # 19 of 19 + 13 + 1 days


def test_a_task_of_no_account_belongs_to_all(book):
    day = TODAY + 5
    book.write("Tasks", f"D{FREE}", [["Steering committee", "CEO", day, day]])
    for account in ("Alder & Finch Bank", "Meridale Bank"):
        book.write("Rollout", CHOICE, [[account]])
        assert tasks(book)[-1][1] == "Steering committee"
    assert so_what(book)[2] == "3  Next milestone: Steering committee on 5 Jan 2026 (CEO), in 5 days."
    assert problems(book) == []


def test_a_short_plan_is_drawn_in_days_and_a_long_one_in_longer_columns(book):
    book.write("Rollout", CHOICE, [["Meridale Bank"]])
    assert title(book) == "Meridale Bank: no tasks yet; type them on Tasks"
    book.write("Tasks", f"B{FREE}", [["Meridale Bank", "", "Visit", "KAM", TODAY + 1, TODAY + 4]])
    assert book.read("Rollout", "K16")[0][0] == "Days"
    assert bars(book, 0) == "□□□□" + "." * 22
    book.write("Tasks", f"G{FREE}", [[TODAY + 700]])
    # Monday 29 December to 700 days after 31 December: 703 days are 100.4 weeks, 3.9 a column
    assert book.read("Rollout", "K16")[0][0] == "Columns of 4 weeks"
    assert set(bars(book, 0)) == {"□"}


def test_a_task_that_ends_before_it_starts_is_told_and_not_drawn(book):
    book.write("Tasks", "G12", [[serial(dt.date(2025, 11, 3))]])  # patient data migration starts on 24 November
    assert problems(book) == ["G12 is before its start: mend one of the two dates. "]
    assert tasks(book)[3][7] == "✗ end < start"
    assert set(bars(book, 3)) == {"."}
    assert book.read("Rollout", "I16")[0][0] == "✗ 1 task ends before its start."


def test_text_for_a_date_is_named_and_nothing_is_judged(book):
    book.write("Tasks", "F10", [["soon"]])
    assert title(book).startswith("#KAM! KAM_TIMELINE: start_date row 2 is text")
    assert so_what(book) == ["1  –", "2  –", "3  –", "4  –"]
    assert tasks(book)[0][7] == "" and set(bars(book, 0)) == {"."}


@pytest.mark.parametrize("what", ["delete rows", "insert rows"])
def test_rows_may_come_and_go(book, what):
    book.restructure("Tasks", "A9:A9", what)
    names = [row[1] for row in tasks(book)]
    assert (names[0] == "Project charter and goals") == (what == "insert rows")
    assert len(names) == (12 if what == "insert rows" else 11)
    assert problems(book) == []


def test_all_done(book):
    book.write("Tasks", "H9", [[1]] * 12)
    assert title(book) == "Rollout is done: all 12 tasks"


def test_no_tasks_and_no_report_date(office, tmp_path):
    with office.open(made(Tables.empty(["2025"]), tmp_path)) as book:
        book.recalculate()
        assert title(book) == "No tasks yet: type them on Tasks"
        assert tasks(book) == []
        book.write("Tasks", "D9", [["Kick-off", "KAM", TODAY, TODAY]])
        book.write("Rollout", CHOICE, [[None]])
        assert title(book) == "Rollout ends on 31 Dec 2025 by plan; type the report date on Settings"
        assert tasks(book)[0][7] == ""
