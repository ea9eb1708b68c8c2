"""ABC of the five accounts, worked out on paper: A to 80 %, B to 95 %, the account that crosses a line still counts.

All years, of 2000: before Ada 0, Bell 51, Cora 73 (A, for 73 < 80), Echo 88.5 (B), Dune 96.5 % (C).
2023, of 680: Ada 300, Bell 200 (before: 44 %), Echo 80 (73.5) are A; Cora 60 (85.3), Dune 40 (94.1) are B.
2024, of 670: Ada 320, Bell 150 (47.8), Cora 100 (70.1) A; Echo 80 (85.1) B; Dune 20 (97) C.
2025, of 650: Ada 400, Cora 150 (61.5) A; Bell 90 (84.6) B; Dune 10 (98.5) C; Echo nothing.
So from 2023 to 2025: Ada stays A, Bell falls to B, Cora rises to A, Dune falls to C, Echo (A) is lost.
"""

from __future__ import annotations

from math import sqrt

from pages.portfolio import REVENUE, five, tables, variant
from pytest import approx

PAGE = "ABC"


def test_classes_share_accounts_and_revenue() -> None:
    assert five().title(PAGE) == "A accounts make 89% of revenue; 1 moved up, 2 moved down"
    for name, expected in (
        ("A  vital", [3, 0.6, 1770, 0.885, 590]),
        ("B  important", [1, 0.2, 160, 0.08, 160]),
        ("C  standard", [1, 0.2, 70, 0.035, 70]),
    ):
        accounts, share, revenue, average = five().row(PAGE, name, "Accounts", "Share", "Revenue", "Average")
        part = five().value(PAGE, "Share", name, nth=1)
        assert [accounts, share, revenue, part, average] == approx(expected)
    assert five().row(PAGE, "Total", "Accounts", "Share", "Revenue") == approx([5, 1, 2000])
    assert five().value(PAGE, "Service model", "B  important") == "Shared manager"


def test_every_account_has_its_class_of_every_year() -> None:
    for name, expected in (
        ("Ada", ["A", "A", "A", "A"]),
        ("Bell", ["A", "A", "A", "B"]),
        ("Cora", ["A", "B", "A", "A"]),
        ("Echo", ["B", "A", "B", "–"]),
        ("Dune", ["C", "B", "C", "C"]),
    ):
        classes = [five().value(PAGE, "Class", name, "Class by year", nth=k) for k in range(4)]
        assert classes == expected, name
        years = five().row(PAGE, name, "2023", "2024", "2025")
        assert years == ["–" if amount is None else amount for amount in REVENUE[name]]
    assert five().column(PAGE, "Account") == ["Ada", "Bell", "Cora", "Echo", "Dune"]


def test_growth_is_of_the_last_year_and_per_year() -> None:
    for name, expected in (
        ("Ada", [0.25, sqrt(400 / 300) - 1]),
        ("Bell", [-0.4, sqrt(90 / 200) - 1]),
        ("Cora", [0.5, sqrt(150 / 60) - 1]),
        ("Dune", [-0.5, -0.5]),
    ):
        assert five().row(PAGE, name, "Last year", "Per year") == approx(expected), name
    assert five().value(PAGE, "Last year", "Echo") == ""


def test_movement_says_who_rose_and_who_fell() -> None:
    moves = [five().value(PAGE, "Movement", name) for name in REVENUE]
    assert moves == ["= A", "▼ A → B", "▲ B → A", "▼ B → C", "○ lost, was A"]
    section = "Movement 2023 to 2025"
    table = [five().row(PAGE, origin, "A", "B", "C", "lost", section=section) for origin in "ABC"]
    assert table == [["= 1", "▼ 1", "–", "○ 1"], ["▲ 1", "–", "▼ 1", "–"], ["–", "–", "–", "–"]]
    assert five().row(PAGE, "new", "A", "B", "C", section=section) == ["–", "–", "–"]
    assert five().said(PAGE, "1  ").startswith("1  3 accounts changed class")
    assert [five().said(PAGE, f"{k}  ") for k in (2, 3, 4)] == ["2  Bell: A → B", "3  Cora: B → A", "4  Dune: B → C"]


def test_chart_sets_accounts_against_revenue() -> None:
    assert five().block("ABC chart") == {
        "A": approx([0.6, 0.885]),
        "B": approx([0.2, 0.08]),
        "C": approx([0.2, 0.035]),
    }
    assert "60% of accounts bring 89% of revenue; 20% bring 4%" in five().texts(PAGE)  # 88.5, 3.5


def test_new_accounts_and_large_jumps_are_counted() -> None:
    """2023: X 100, Y 2, Z nothing: X is A (before: 0 %), Y C (before: 98 %). 2025: Y 100, Z 8, X 2.

    Y rises to A (before: 0 %), Z is new as B (before: 90.9 %), X falls to C (before: 98.2 %).
    """
    revenue = [("X", [100, 2]), ("Y", [2, 100]), ("Z", [None, 8])]
    pages = variant(PAGE, tables(years=["2023", "2025"], revenue=revenue))
    assert [pages.value(PAGE, "Movement", name) for name in "XYZ"] == ["▼ A → C", "▲ C → A", "● new as B"]
    assert pages.title(PAGE).endswith("1 moved up, 1 moved down")
    section = "Movement 2023 to 2025"
    assert pages.row(PAGE, "new", "A", "B", "C", section=section) == ["–", "● 1", "–"]
    assert pages.row(PAGE, "A", "A", "B", "C", "lost", section=section) == ["–", "–", "▼ 1", "–"]
    assert pages.row(PAGE, "C", "A", "B", "C", "lost", section=section) == ["▲ 1", "–", "–", "–"]


def test_an_account_that_rises_alone_moves_nobody_down() -> None:
    """2023: P 90, Q 10: Q is B (before: 90 %). 2025: 50 each: Q is A, for 50 % stand before it."""
    pages = variant(PAGE, tables(years=["2023", "2025"], revenue=[("P", [90, 50]), ("Q", [10, 50])]))
    assert pages.title(PAGE).endswith("1 moved up, 0 moved down")
    assert pages.said(PAGE, "1  ").startswith("1  1 account changed class")


def test_other_cuts_and_the_rule_within_are_followed() -> None:
    """Cuts at 50 and 90 %. Crossing: Ada A; before Bell, Cora and Echo stand 51, 73, 88.5: B; before Dune 96.5: C.

    Within: Ada's own 51 % are over 50: B as Bell (73) and Cora (88.5); Echo (96.5) and Dune are C.
    """
    for rule, classes in (("crossing", "ABBBC"), ("within", "BBBCC")):
        pages = variant(PAGE, a_cut=0.5, b_cut=0.9, rule=rule)
        names = ("Ada", "Bell", "Cora", "Echo", "Dune")
        assert "".join(pages.value(PAGE, "Class", name, "Class by year") for name in names) == classes
        assert f"A: to 50%  ·  B: to 90%  ·  rule: {rule}" in pages.texts(PAGE)


def test_of_many_years_the_last_five_are_shown() -> None:
    years = [str(year) for year in range(2019, 2026)]
    pages = variant(PAGE, tables(years=years, revenue=[("X", [1, 2, 3, 4, 5, 6, 7]), ("Y", [7, 6, 5, 4, 3, 2, 1])]))
    assert pages.row(PAGE, "X", *years[2:]) == [3, 4, 5, 6, 7]
    assert not {"2019", "2020"} & set(pages.texts(PAGE))
    assert pages.row(PAGE, "X", "Last year", "Per year") == approx([7 / 6 - 1, 7 ** (1 / 6) - 1])
