"""Rows that stand twice on an input sheet: what the formulas make of them is what Checks says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from books.compare import differences

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.input_sheets.per_account import NOW
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import Built, build

JAN, FEB = dt.date(2025, 1, 1), dt.date(2025, 2, 1)
ACCOUNTS: list[dict[str, Any]] = [{"account": name, "engagement": 50} for name in ("A", "B", "C")]
ONCE: list[Any] = [(JAN, "A", [9]), (JAN, "B", [5, 1]), (FEB, "B", [7]), (FEB, "A", [None, 13, 2]), (FEB, "C", [4])]
TWICE = [
    *ONCE[:2],
    (FEB, "A", [10]),
    (FEB.replace(day=9), "a", [12]),
    *ONCE[2:4],
    (FEB, "C", [4]),
    *ONCE[4:],
]


@pytest.fixture(scope="module")
def settings() -> Template:
    """The pages that look at MRR."""
    pages = ["Dashboard", "Pareto", "Scoring", "At risk", "Retention", "Charter"]
    shown = dict.fromkeys(("map_account", "plan_account", "rollout_account"), "")
    return load_template("standard").settings.model_copy(update={"sheets": pages, **shown})


def made(settings: Template, mrr: list[Any]) -> Built:
    tables = Tables(ACCOUNTS, ["2024", "2025"], revenue=[("A", [1, 2]), ("B", [3, 4]), ("C", [5, 6])], mrr=mrr)
    return build(settings, tables, "addin")


@pytest.fixture(scope="module")
def twice(settings: Template) -> Built:
    return made(settings, TWICE)


def test_the_last_of_several_rows_of_a_month_and_account_counts_alone(settings: Template, twice: Built) -> None:
    once = made(settings, ONCE)
    one, two = (dict(labelled(built)) for built in (once, twice))
    differing = {label for label in one if one[label] != two[label]}
    assert one["MRR rows that stand there twice"] == 0 and two["MRR rows that stand there twice"] == 3
    assert {label for label in differing if "problem" not in label} <= {
        "MRR rows that stand there twice",
        "month rows",
        "compare month rows",
    }
    for page in settings.sheets or ():
        cells, others = (dict(built.book.sheets[page].cells.items()) for built in (once, twice))
        different = {at for at in cells | others if cells.get(at) != others.get(at)}
        assert different <= ({(4, 14), (5, 14)} if page == "Dashboard" else set()), page  # the number of problems
    charts = [
        [v for _at, v in built.book.sheets["calc_charts"].cells.items() if isinstance(v, float)]
        for built in (once, twice)
    ]
    assert charts[0] == charts[1]


def labelled(built: Built) -> list[tuple[str, Any]]:
    cells = built.book.sheets["calc"].cells
    return [(str(value), cells.get((row, 1))) for (row, column), value in cells.items() if column == 0]


def test_checks_names_both_amounts_and_says_which_row_counts(twice: Built) -> None:
    assert [(p.cell, p.problem, p.remedy) for p in twice.problems if p.sheet == "MRR"] == [
        (
            cell,
            f"stands there twice for this month, with {amounts}; the last row counts",
            "keep one row per month and account",
        )
        for cell, amounts in (("C12", "10 (row 11) and 12"), ("C14", "10 (row 11) and 15"), ("C16", "4 (row 15) and 4"))
    ]


def test_a_program_that_recalculates_says_the_same(twice: Built, tmp_path: Path, office: Any) -> None:
    path = twice.write(tmp_path / "twice.xlsx")
    assert differences(path, office.recalculated(path)) == []


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        ("Accounts", "stands there twice, and MRR counts for the first row"),
        ("Revenue", "stands there twice, and each row counts as an account of its own"),
        ("Scores", "stands there twice, and each row counts as an account of its own"),
    ],
)
def test_other_sheets_say_what_a_second_row_does(settings: Template, sheet: str, problem: str) -> None:
    tables = Tables([{"account": "A", "engagement": 5}, {"account": "a", "engagement": 6}], ["2025"])
    tables.revenue, tables.scores = [("A", [1]), ("a", [2])], [("A", [1, 1, 1, 1], [2, 2, 2, 2])] * 2
    tables.mrr = [(FEB, "A", [5])]
    built = build(settings, tables)
    assert [p.problem for p in built.problems if p.sheet == sheet and "twice" in p.problem] == [problem]
    cells = {name: one.cells for name, one in built.book.sheets.items()}
    assert sum(value in ("A", "a") for value in cells["Pareto"].values()) == 2
    assert [cells["calc_paid"][1 + i, NOW] for i in range(2)] == [5, ""]
