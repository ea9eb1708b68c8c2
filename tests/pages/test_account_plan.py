"""The account plan of Ada, worked out on paper.

Potential = worth − won − lost; forecast = won + potential × chance.
Extend  100 − 40 − 10 = 50; 40 + 25 = 65      Valves 50; 0 + 10 = 10      Partner 30 − 30 = 0; 30
In all worth 180, won 70, lost 10, potential 100, forecast 105; (105 − 70) / 100 = 35 %.
Late at 31 December is what was due before: Price (20 December); Review is due on that very day.
"""

from __future__ import annotations

from pages.portfolio import ACTIONS, GOALS, five, rows, tables, variant
from pages.reading import day
from pytest import approx

PAGE = "Account plan"


def amounts(pages: object, name: str) -> list[object]:
    """Worth, won, lost, chance, potential and forecast of a line, as they stand beside each other."""
    return pages.beside(PAGE, name, "Goals, k€", 8)[1:]  # type: ignore[attr-defined]


def test_head_figures_are_those_of_the_account() -> None:
    """Revenue 400 after 320: +25 %; MRR 32 of 55: 58 %; health 86; score 7.341, the first of four."""
    assert five().title(PAGE) == "Ada: 100 k€ to win, 105 k€ forecast; one action is late"
    figures = five().figures(PAGE)
    assert figures["Revenue 2025, k€"] == (400, "▲ +25% in a year")
    assert figures["MRR, k€ per month"] == (32, "58% of all MRR")
    assert figures["Class"] == ("A", "revenue 2023–2025")
    assert figures["Health, 0–100"] == (approx(86), "○ Low")
    assert figures["Key account manager"] == ("Kay", "onboarding: Live")
    assert figures["Total score, 1–10"] == (approx(7.341016, abs=1e-5), "rank 1 of 4")
    assert figures["Late actions"] == (1, "of 4")


def test_goals_add_up_by_term() -> None:
    for name, expected in (
        ("All terms", [180, 70, 10, 0.35, 100, 105]),
        ("▸ Short term", [100, 40, 10, 0.5, 50, 65]),
        ("Extend", [100, 40, 10, 0.5, 50, 65]),
        ("▸ Mid term", [50, 0, 0, 0.2, 50, 10]),
        ("Valves", [50, 0, 0, 0.2, 50, 10]),
        ("Partner", [30, 30, 0, 1, 0, 30]),
    ):
        assert amounts(five(), name) == approx(expected), name
    assert amounts(five(), "▸ Long term") == [30, 30, 0, "", 0, 30]
    assert "35% of the potential is forecast" in five().texts(PAGE)


def test_actions_have_their_state_at_the_report_date() -> None:
    for name, expected in (
        ("Kick-off", ["Kay", day(2025, 12, 1), "✓ Done"]),
        ("Price", ["Kay", day(2025, 12, 20), "‼ Late"]),
        ("Review", ["Max", day(2025, 12, 31), "○ Open"]),
        ("Roadmap", ["Kay", day(2026, 1, 15), "► Running"]),
    ):
        assert five().row(PAGE, name, "Owner", "Due", "State", section="Actions") == expected, name
    assert five().value(PAGE, "State", "▸ Mid term", "Actions") == "0 of 1 done"
    assert five().value(PAGE, "State", "All terms", "Actions") == "‼ 1 late"


def test_conclusions_name_the_most_urgent_and_the_largest() -> None:
    said = five().said
    assert said(PAGE, "1  ") == "1  Do first: Price (Kay), late since 20 Dec 2025; then Review (Max), due 31 Dec 2025."
    assert said(PAGE, "2  ") == "2  Largest goal: Extend (Kay), 50 k€ at 50%; 50% of the potential."
    assert said(PAGE, "3  ") == "3  Win first: Ann (neutral, power 5): talk through Bob, who reports to them."


def test_people_come_by_power_and_bars_part_the_goals() -> None:
    section = "Relationships"
    assert five().column(PAGE, "Power", section)[:4] == [5, 4, 3, 2]
    assert five().column(PAGE, "Name", section)[:4] == ["Ann", "Cy", "Bob", "Dee"]
    relations = ["± neutral", "− opposed", "+ friendly", "± neutral"]
    assert five().column(PAGE, "Relation", section)[:4] == relations
    bars = five().block("Goals of the account")
    assert bars["Extend"] == [40, 25, 25] and bars["Valves"] == [0, 10, 40] and bars["Partner"] == [30, 0, 0]


def test_falling_revenue_and_small_shares_are_said_of_another_account() -> None:
    """Bell: 90 after 150 is −40 %; 8 of 55 is 15 %; 20 k€ to win at 90 %: 18; its one action was due on 1 December."""
    pages = variant(PAGE, plan_account="Bell")
    figures = pages.figures(PAGE)
    assert pages.title(PAGE) == "Bell: 20 k€ to win, 18 k€ forecast; one action is late"
    assert figures["Revenue 2025, k€"] == (90, "▼ −40% in a year")
    assert figures["MRR, k€ per month"] == (8, "15% of all MRR")
    assert figures["Total score, 1–10"][1] == "rank 4 of 4"


def test_a_chance_that_is_none_adds_nothing_and_more_than_the_worth_leaves_nothing() -> None:
    """Extend at 200 %: 40 won and nothing expected. Valves with 60 of 50 won: no potential, not −10."""
    changed = {"Extend": {"chance": 2}, "Valves": {"won": 60}}
    goals = [row | changed.get(row["goal"], {}) for row in rows(GOALS)]
    pages = variant(PAGE, tables(records=tables().records | {"goals": goals}))
    assert amounts(pages, "Extend") == [100, 40, 10, "", 50, 40]
    assert amounts(pages, "Valves") == [50, 60, 0, 0.2, 0, 60]


def test_actions_without_a_term_come_last_and_a_plan_without_late_ones_says_so() -> None:
    actions = [row | ({"state": "done"} if row["action"] == "Price" else {}) for row in rows(ACTIONS)]
    actions.append({"account": "Ada", "action": "Dream"})
    pages = variant(PAGE, tables(records=tables().records | {"actions": actions}))
    assert pages.title(PAGE).endswith("; no action is late")
    assert pages.column(PAGE, "Action")[-2:] == ["▸ No term", "Dream"]
    assert pages.value(PAGE, "State", "All terms", "Actions") == "2 of 5 done"


def test_class_and_revenue_are_those_of_the_account_in_any_order() -> None:
    pages = variant(PAGE, tables(revenue=tables().revenue[::-1]), plan_account="Dune")
    figures = pages.figures(PAGE)
    assert figures["Class"][0] == "C" and figures["Revenue 2025, k€"] == (10, "▼ −50% in a year")
    assert figures["Health, 0–100"] == (approx(55), "◐ Medium")
