"""Accounts that a sheet lacks, and years left blank: told where they may have been forgotten, and no problem."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from books.fixtures import core_settings

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import Built, build
from kam_xl.workbook.incomplete import notes

NAMES = [f"Account {k}" for k in range(6)]


def tables(without: str = "", lacking: int = 1, **more: Any) -> Tables:
    """Six accounts on every sheet; the last ones are missing on one of them."""
    there = {sheet: NAMES[: 6 - lacking] if sheet == without else NAMES for sheet in ("revenue", "mrr", "scores")}
    given: dict[str, Any] = {
        "years": ["2024", "2025"],
        "accounts": [{"account": name, "engagement": 70} for name in NAMES],
        "revenue": [(name, [5, 6]) for name in there["revenue"]],
        "mrr": [(dt.date(2025, 12, 1), name, [3]) for name in there["mrr"]],
        "scores": [(name, [1, 2, 3, 4], [5, 6, 7, 8]) for name in there["scores"]],
    }
    return Tables(**given | more)


def told(built: Built) -> list[str]:
    cells = [getattr(cell, "value", cell) for _at, cell in sorted(built.book.sheets["Checks"].cells.items())]
    first = cells.index("Accounts that a sheet lacks")
    texts = [text for text in cells[first:] if str(text).lstrip("✓ ").startswith(("Revenue", "MRR", "Scores"))]
    return [str(text) for text in texts[:3]]


@pytest.mark.parametrize("sheet", ["Revenue", "MRR", "Scores"])
def test_a_new_account_that_a_sheet_lacks_is_named(sheet: str) -> None:
    data = tables(sheet.lower())
    assert [line for line in notes(data, Template()) if line.startswith(f"{sheet} has no row of Account 5: ")]
    built = build(core_settings(), data)
    assert f"{sheet}: Account 5" in told(built)
    assert built.problems == []


def test_several_are_named_in_one_line() -> None:
    (line,) = notes(tables("scores", 3), Template())
    assert line.startswith("Scores has no row of Account 3, Account 4, Account 5: they are left out")
    assert "Scores: Account 3, Account 4 and 1 more" in told(build(core_settings(), tables("scores", 3)))


@pytest.mark.parametrize("lacking", [4, 6])
def test_a_sheet_that_is_not_meant_for_all_accounts_is_counted_and_not_listed(lacking: int) -> None:
    data = tables("scores", lacking)
    assert notes(data, Template()) == []
    assert f"Scores: {lacking} of 6" in told(build(core_settings(), data))


def test_names_are_equal_as_they_are_in_a_cell() -> None:
    data = tables(scores=[(name.upper(), [1], [2]) for name in NAMES])
    assert notes(data, Template()) == []
    assert "✓ Scores" in told(build(core_settings(), data))


def test_the_other_way_round_it_is_a_problem_of_the_row() -> None:
    data = tables(accounts=[{"account": name, "engagement": 70} for name in NAMES[:5]])
    built = build(core_settings(), data)
    strangers = {problem.sheet for problem in built.problems if problem.problem == "is not on Accounts"}
    assert strangers == {"Revenue", "MRR", "Scores"}
    assert built.counted == 3


@pytest.mark.parametrize("name", ["standard", "saas", "selection"])
def test_the_samples_say_little(name: str) -> None:
    template = load_template(name)
    assert len(notes(template.sample(), template.settings)) <= 2


def test_other_sheets_with_a_row_per_account_are_looked_at_too() -> None:
    rows = [{"account": name, "direct": 5} for name in NAMES[:4]]
    (line,) = notes(tables(records={"costs": rows}), Template(sheets=["Profit"]))
    assert line.startswith("Costs has no row of Account 4, Account 5: ")
    assert notes(tables(records={"costs": rows}), Template(sheets=["Dashboard"])) == []


@pytest.mark.parametrize(
    ("figures", "said"),
    [([1, None, 3], True), ([None, 2, 3], False), ([1, 2, None], False), ([None, None, None], False)],
)
def test_a_year_is_left_blank_in_between_or_not(figures: list[int | None], said: bool) -> None:
    data = Tables(years=["2023", "2024", "2025"], accounts=[{"account": "A"}], revenue=[("A", figures)])
    lines = [line for line in notes(data, Template()) if "blank" in line]
    assert lines == (["Revenue of A is blank in 2024, between filled years: it counts as 0."] if said else [])


@pytest.mark.parametrize(("year", "cells"), [(0, ["D9"]), (2, ["C9", "D9"])])
def test_a_missing_score_names_the_year_of_revenue_that_is_blank(year: int, cells: list[str]) -> None:
    figures: list[Any] = [4, 5, 6]
    figures[year] = None
    data = tables(
        years=["2023", "2024", "2025"],
        revenue=[("Account 0", figures), *[(name, [1, 2, 3]) for name in NAMES[1:]]],
        scores=[(name, [None, None, 5, 6], [5, 6, 7, 8]) for name in NAMES],
    )
    data.scores[1][1][2] = None  # one that nobody computes
    built = build(load_template("standard").settings.model_copy(update={"sheets": core_settings().sheets}), data)
    place = ("F", "G", "H")[year]
    found = {problem.cell: problem.problem for problem in built.problems if problem.sheet == "Scores"}
    why = f"is blank, as Revenue!{place}9 is (type the revenue there if there was any)"
    assert {cell: text for cell, text in found.items() if cell.endswith("9")} == dict.fromkeys(cells, why)
    assert found["E10"] == "is blank"
