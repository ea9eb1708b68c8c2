"""Pareto of the five accounts, worked out on paper.

Of 2000: Ada 51 %, Bell 22 %, Cora 15.5 %, Echo 8 %, Dune 3.5 %; running 51, 73, 88.5, 96.5, 100. The fewest that reach
80 % are three. HHI = 51² + 22² + 15.5² + 8² + 3.5² = 3401.5. Gini with the smallest first:
2 (1·70 + 2·160 + 3·310 + 4·440 + 5·1020) / (5·2000) − 6/5 = 16360 / 10000 − 1.2 = 0.436. A fifth of five is one
account: 51 %.
"""

from __future__ import annotations

from pages.portfolio import five, tables, variant
from pytest import approx

PAGE = "Pareto"


def test_accounts_stand_by_revenue_with_running_shares() -> None:
    assert five().title(PAGE) == "3 of 5 accounts (60%) make 80% of revenue"
    assert five().column(PAGE, "Account") == ["Ada", "Bell", "Cora", "Echo", "Dune"]
    assert five().column(PAGE, "Revenue") == [1020, 440, 310, 160, 70]
    assert five().column(PAGE, "Share") == approx([0.51, 0.22, 0.155, 0.08, 0.035])
    assert five().column(PAGE, "Cumulative") == approx([0.51, 0.73, 0.885, 0.965, 1])
    assert five().column(PAGE, "Group") == ["■ Vital few"] * 3 + ["□ Useful many"] * 2


def test_concentration_is_that_of_the_paper() -> None:
    rows = ("Share of the largest 20 % of accounts", "Share of accounts that make 80%")
    rows += ("HHI (0–10,000; above 2,500 is highly concentrated)", "Gini (0 = all equal, near 1 = one account has all)")
    found = [
        five().value(PAGE, "revenue 2023–2025", row) for row in (*rows, "Revenue left if the largest account goes")
    ]
    assert found == approx([0.51, 0.6, 3401.5, 0.436, 0.49])


def test_conclusions_speak_of_the_same_numbers() -> None:
    said = five().said
    assert said(PAGE, "1  ") == "1  Give each of the 3 vital accounts a named sponsor."
    assert said(PAGE, "2  ").startswith("2  The other 2 bring 12% of revenue")  # 11.5
    assert said(PAGE, "3  ") == "3  Without Ada, 49% of revenue would remain."
    assert said(PAGE, "After ") == "After 3 accounts the curve stands at 89%; the other 2 add 12%"


def test_chart_parts_the_vital_few_from_the_many() -> None:
    points = five().block("Pareto chart")
    assert points["Cora"] == [approx(0.155), "#N/A", approx(0.885), 0.8, approx(0.885)]
    assert points["Bell"] == [approx(0.22), "#N/A", approx(0.73), 0.8, "#N/A"]
    assert points["Echo"] == ["#N/A", approx(0.08), approx(0.965), 0.8, "#N/A"]


def test_a_year_can_be_the_basis() -> None:
    """2025: 400, 150, 90, 10 of 650; 61.5 + 23.1 = 84.6 %: two of the five reach 80 %."""
    pages = variant(PAGE, basis="2025")
    assert pages.title(PAGE) == "2 of 5 accounts (40%) make 80% of revenue"
    assert pages.column(PAGE, "Account")[:4] == ["Ada", "Cora", "Bell", "Dune"]
    assert pages.column(PAGE, "Revenue")[:4] == [400, 150, 90, 10]
    assert pages.value(PAGE, "revenue 2025", "Revenue left if the largest account goes") == approx(250 / 650)


def test_another_cut_is_followed_everywhere() -> None:
    """Half of the revenue is Ada's 51 %: one of five."""
    pages = variant(PAGE, pareto_cut=0.5)
    assert pages.title(PAGE) == "1 of 5 accounts (20%) make 50% of revenue"
    assert pages.value(PAGE, "revenue 2023–2025", "Share of accounts that make 50%") == approx(0.2)
    assert pages.said(PAGE, "After ") == "After 1 account the curve stands at 51%; the other 4 add 49%"


def test_credit_notes_add_nothing_to_shares() -> None:
    """80 and 40 are all that counts of 80, 40 and −20: a third is left without the largest."""
    pages = variant(PAGE, tables(years=["2025"], revenue=[("P", [80]), ("Q", [40]), ("R", [-20])]))
    assert pages.row(PAGE, "P", "Revenue", "Share") == [80, approx(2 / 3)]
    assert pages.value(PAGE, "Share", "R") == 0
    assert pages.value(PAGE, "revenue 2025", "Revenue left if the largest account goes") == approx(1 / 3)


def test_more_accounts_than_bars_stand_in_one_bar() -> None:
    """60 and 44 times 10 are 500; the first forty have 60 + 390 = 450, the other five 10 %."""
    names = [f"A{k}" for k in range(45)]
    pages = variant(PAGE, tables(years=["2025"], revenue=[(name, [10 if k else 60]) for k, name in enumerate(names)]))
    assert pages.block("Pareto chart")["Other (5)"] == ["#N/A", approx(0.1), 1, 0.8, "#N/A"]
    assert pages.block("Pareto chart")["A39"][2] == approx(0.9)


def test_of_an_only_account_no_others_are_told() -> None:
    pages = variant(PAGE, tables(years=["2025"], revenue=[("P", [80])]))
    assert pages.said(PAGE, "After ") == "After 1 account the curve stands at 100%"
