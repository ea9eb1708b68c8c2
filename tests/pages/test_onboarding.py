"""Onboarding of the five accounts, worked out on paper.

On the way: Dune (Integration) and Cora (Training) with 3 + 12 = 15 of 55 MRR; done: Ada, Bell, Echo.
Answers: Integration 2, 3, 4: mean 3, one of three satisfied; recommend 3, 6, 9: (1 − 2) / 3 = −33. Training 4, 5, 5:
14/3; 8, 10, 9: (2 − 0) / 3 = +67. Kick-off 4 and 10, one answer. All seven: mean 27/7, five satisfied, (4 − 2) / 7.
Means of the accounts: Dune (2 + 4) / 2 = 3 is below 3.5; Cora (3 + 4) / 2 = 3.5 is not.
"""

from __future__ import annotations

import datetime as dt

from pages.portfolio import five, tables, variant
from pages.reading import day
from pytest import approx

PAGE = "Onboarding"


def test_key_figures_are_those_of_the_paper() -> None:
    card = five().card
    assert five().title(PAGE) == "Mend Integration: 3.0 of 5, NPS −33; 2 accounts are in onboarding"
    assert card(PAGE, "In onboarding") == (2, "accounts; 3 are done")
    assert card(PAGE, "MRR in onboarding") == (15, "27% of all MRR")
    assert card(PAGE, "Satisfied (CSAT)") == (approx(5 / 7), "7 answers")
    assert card(PAGE, "Recommend (NPS)")[0] == approx(200 / 7)
    assert card(PAGE, "Where to improve") == ("Integration", "3.0 of 5, 33% satisfied, 3 answers")
    assert card(PAGE, "Low satisfaction on the way") == (1, "of 2 accounts in onboarding")


def test_steps_stand_with_their_answers() -> None:
    heads = ("Accounts", "Answers", "Mean", "Satisfied", "NPS", "Reading")
    for name, expected in (
        ("All steps", [5, 7, 27 / 7, 5 / 7, 200 / 7, None]),
        ("1  Kick-off", [0, 1, 4, 1, 100, "too few answers"]),
        ("3  Integration", [1, 3, 3, 1 / 3, -100 / 3, "▼ lowest, low"]),
        ("4  Training", [1, 3, 14 / 3, 1, 200 / 3, "▲ best"]),
    ):
        found = five().row(PAGE, name, *heads)
        assert found[:5] == approx(expected[:5]), name
        assert found[5] == expected[5], name
    assert five().row(PAGE, "5  Live", *heads) == [3, 0, "–", "–", "–", "no answers"]


def test_comments_on_the_lowest_step_come_latest_first() -> None:
    section = "What customers say"
    assert five().column(PAGE, "Comment", section) == ["docs-are-thin", "slow"]
    assert five().column(PAGE, "Date", section) == [day(2025, 11, 10), day(2025, 9, 5)]
    assert five().column(PAGE, "Answer", section) == ["2 of 5", "3 of 5"]


def test_accounts_on_the_way_come_least_satisfied_first() -> None:
    """Days under contract to 31 December: Dune since 21 November 40, Cora since 22 October 70."""
    heads = ("Step", "MRR", "Days", "Satisfaction", "Next step", "Latest comment")
    section = "Accounts in onboarding"
    assert five().column(PAGE, "Account", section) == ["Dune", "Cora"]
    found = five().row(PAGE, "Dune", *heads, section=section)
    assert found == ["3/5 Integration", 3, 40, "● low 3.0 (2 answers)", "visit", "friendly-start"]
    found = five().row(PAGE, "Cora", *heads, section=section)
    assert found == ["4/5 Training", 12, 70, "○ 3.5 (2 answers)", "", "slow"]


def test_conclusions_speak_of_the_same_numbers() -> None:
    said = five().said
    assert "mend Integration first (3.0 of 5 over 3 answers); the latest comment: “docs-are-thin”" in said(
        PAGE, "1  Aft"
    )
    assert said(PAGE, "2  Call") == "2  Call Dune (3.0 of 5); next step: visit, due 9 Jan 2026."
    assert said(PAGE, "3  Still").startswith("3  Still in Integration or before it: 1 account;")
    assert "Integration is lowest: 3.0 of 5, Training is best" in five().texts(PAGE)
    assert "2 accounts are on the way, 3 done" in five().texts(PAGE)


def test_charts_part_the_lowest_step() -> None:
    points = five().block("Onboarding by step")
    assert points["Integration"] == ["Integration (3)", 1, "#N/A", "#N/A", 3, "#N/A", approx(-100 / 3)]
    assert points["Training"] == ["Training (3)", 1, "#N/A", approx(14 / 3), "#N/A", approx(200 / 3), "#N/A"]
    assert points["Live"][1:3] == ["#N/A", 3]


def test_of_many_comments_the_latest_nine_are_shown() -> None:
    """Eleven answers of 2 on Training, one a day: those of 11 to 3 December are shown."""
    answers = [
        {"date": dt.date(2025, 12, k), "account": "Cora", "step": "Training", "csat": 2, "comment": f"c{k}"}
        for k in range(1, 12)
    ]
    pages = variant(PAGE, tables(records=tables().records | {"surveys": answers}))
    assert pages.column(PAGE, "Comment", "What customers say") == [f"c{k}" for k in range(11, 2, -1)]
    assert "the latest 9 of 11" in pages.texts(PAGE)
    assert pages.value(PAGE, "Latest comment", "Cora", "Accounts in onboarding") == "c11"
    assert pages.value(PAGE, "Satisfaction", "Dune", "Accounts in onboarding") == "no answers"
    assert pages.title(PAGE) == "Mend Training: 2.0 of 5; 2 accounts are in onboarding"


def test_answers_count_from_the_first_to_the_last_of_the_scale() -> None:
    """1 and 5 of 5, 0 and 10 of 10 count; 6 of 5 and 11 of 10 do not: mean 3, half satisfied, as many each way."""
    answers = [
        {"date": dt.date(2025, 12, 1), "account": "Cora", "step": "Training", "csat": csat, "nps": nps}
        for csat, nps in ((1, 0), (5, 10), (6, 11))
    ]
    pages = variant(PAGE, tables(records=tables().records | {"surveys": answers}))
    assert pages.row(PAGE, "All steps", "Answers", "Mean", "Satisfied", "NPS") == [2, 3, 0.5, 0]


def test_lowest_step_says_how_many_answered() -> None:
    """A fourth answer on Integration: 2, 3, 3, 4; one of the four is satisfied."""
    more = {"date": dt.date(2025, 9, 6), "account": "Bell", "step": "Integration", "csat": 3}
    pages = variant(PAGE, tables(records=tables().records | {"surveys": [*tables().records["surveys"], more]}))
    assert pages.card(PAGE, "Where to improve")[1] == "3.0 of 5, 25% satisfied, 4 answers"
