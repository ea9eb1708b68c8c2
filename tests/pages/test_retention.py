"""Retention of the five accounts from December 2024 to December 2025, worked out on paper.

50 + Dune 3 new + (Ada 8 + Cora 6) expansion − Bell 4 contraction − Echo 8 churned = 55.
NRR (32 + 8 + 12) / 50 = 104 %; GRR (24 + 8 + 6) / 50 = 76 %; quick ratio (3 + 14) / (4 + 8); ARPA 55 / 4, then 50 / 4.
Months with rows: Dec 50 → Sep 44 (new 1; +4 Ada; −3 Bell; −8 Echo) → Nov 52 (+4 Ada, +3 Cora, +2 Dune; −1 Bell) →
Dec 55 (+3 Cora). By the plan of December 2024: Basic Bell 12, Cora 6: 18 + 6 − 4 = 20; Standard Ada 24, Echo 8.
"""

from __future__ import annotations

import datetime as dt

from pages.portfolio import five, tables, variant
from pytest import approx

PAGE = "Retention"


def test_key_figures_are_those_of_the_paper() -> None:
    card = five().card
    assert five().title(PAGE) == "NRR 104%, GRR 76%: expansion of 14 k€ outweighs 12 lost"
    assert card(PAGE, "Net retention") == (approx(1.04), "50 → 52, same accounts")
    assert card(PAGE, "Gross retention") == (approx(0.76), "38 of 50 k€ kept")
    assert card(PAGE, "Gross MRR churn") == (approx(0.24), "net churn −4.0%; 1 of 4 left")
    assert card(PAGE, "ARPA") == (13.75, "12.5 in Dec 2024")
    assert card(PAGE, "Quick ratio") == (approx(17 / 12), "17 gained : 12 lost")
    assert card(PAGE, "Net new MRR, k€") == (approx(5), "50 → 55")
    assert card(PAGE, "Paying accounts") == (4, "4 at the start, 1 joined, 1 left")


def test_months_are_compared_with_the_month_before_that_has_mrr() -> None:
    for heading, expected in (
        ("Sep", [50, 1, 0, 4, -3, -8, 44, -6, 43 / 50, 39 / 50]),
        ("Nov", [44, 0, 0, 9, -1, 0, 52, 8, 52 / 44, 43 / 44]),
        ("Dec 2025", [52, 0, 0, 3, 0, 0, 55, 3, 55 / 52, 1]),
        ("12 months", [50, 1, 0, 16, -4, -8, 55, 5, 1.04, 0.76]),
    ):
        assert five().column(PAGE, heading)[:10] == approx(expected), heading
    assert set(five().column(PAGE, "Oct")) == {"–"}


def test_plans_are_those_of_the_start() -> None:
    heads = ("Accounts", "Start", "Expansion", "Lost", "End", "NRR", "GRR")
    section = "By the plan of Dec 2024"
    for name, expected in (
        ("All accounts", [4, 50, 14, -12, 52, 1.04, 0.76]),
        ("Basic", [2, 18, 6, -4, 20, 20 / 18, 14 / 18]),
        ("Standard", [2, 32, 8, -8, 32, 1, 24 / 32]),
    ):
        assert five().row(PAGE, name, *heads, section=section) == approx(expected), name
    assert five().row(PAGE, "Premium", *heads[:5], section=section) == [0, 0, 0, 0, 0]


def test_movers_stand_with_what_they_gained_or_lost() -> None:
    for name, expected in (
        ("Ada", ["▲ expansion", 8, 32]),
        ("Cora", ["▲ expansion", 6, 12]),
        ("Dune", ["● new", 3, 3]),
        ("Echo", ["○ churned", -8, 0]),
        ("Bell", ["▼ contraction", -4, 8]),
    ):
        assert five().row(PAGE, name, "Movement", "Change", "MRR now", section="Accounts that moved") == expected
    assert five().column(PAGE, "Account", "Accounts that moved") == ["Ada", "Cora", "Dune"]


def test_conclusions_speak_of_the_same_numbers() -> None:
    said = five().said
    assert said(PAGE, "1  ").startswith("1  Stop the losses: Echo and Bell carry 100% of the 12 k€ lost")
    assert said(PAGE, "2  ").startswith("2  82% of what was gained")  # 14 of 17
    assert "first of all Ada" in said(PAGE, "2  ")
    assert said(PAGE, "3  ").startswith("3  Standard keeps least (GRR 75.0%), Basic does best (NRR 111.1%)")
    assert "MRR rose from 50 to 55: 17 gained, 12 lost" in five().texts(PAGE)
    assert "Of each 100 k€ in Dec 2024, 76 are kept; with expansion 104" in five().texts(PAGE)


def test_bridge_and_curve_follow_the_months() -> None:
    """September: of the 50, Ada 28, Bell 9, Cora 6 = 43; not above their start: 24 + 9 + 6 = 39."""
    bars = {name: [v for v in points[:4] if v != "#N/A"] for name, points in five().block("Retention bridge").items()}
    assert bars == {
        "Dec 2024 (4)": [50],
        "New (1)": [50, 3],
        "Reactivated (0)": [53],
        "Expansion (2)": [53, 14],
        "Contraction (1)": [63, 4],
        "Churned (1)": [55, 8],
        "Dec 2025 (4)": [55],
    }
    curve = five().block("Retention curve")
    assert curve["Sep"][:2] == approx([43 / 50, 39 / 50])
    assert curve["Nov"][:2] == approx([(32 + 8 + 9) / 50, 38 / 50])
    assert curve["Oct"][:2] == ["#N/A", "#N/A"]


def test_who_paid_before_and_comes_back_is_reactivated() -> None:
    """Dune paid 2 in November 2024, nothing in December 2024: its 3 are no new business."""
    ledger = [(dt.date(2024, 11, 1), "Dune", [2]), *tables().mrr]
    pages = variant(PAGE, tables(mrr=ledger))
    assert pages.value(PAGE, "Movement", "Dune", "Accounts that moved") == "● reactivated"
    assert pages.card(PAGE, "Paying accounts") == (4, "4 at the start, 1 joined, 1 left")
    assert pages.card(PAGE, "Quick ratio")[0] == approx(17 / 12)
    assert {"Reactivated (1)", "New (0)"} <= set(pages.block("Retention bridge"))


def test_who_never_paid_before_is_new_however_far_the_ledger_reaches_back() -> None:
    pages = variant(PAGE, tables(mrr=[(dt.date(2024, 11, 1), "Ada", [20]), *tables().mrr]))
    assert pages.value(PAGE, "Movement", "Dune", "Accounts that moved") == "● new"


def test_who_leaves_and_returns_within_the_year_moves_twice() -> None:
    """Echo pays 8 again in November: the months say 8 + 8 churned, 8 reactivated; start against end 8 churned."""
    pages = variant(PAGE, tables(mrr=[*tables().mrr, (dt.date(2025, 11, 1), "Echo", [8])]))
    found = {name: pages.value(PAGE, "12 months", name) for name in ("+ Reactivated", "− Churned", "= MRR at the end")}
    assert found == {"+ Reactivated": 8, "− Churned": -16, "= MRR at the end": 55}
    assert pages.value(PAGE, "Dec 2025", "− Churned") == -8
    assert pages.value(PAGE, "Change", "Echo", "Accounts that moved") == -8


def test_expansion_that_equals_what_was_lost_makes_up_for_it() -> None:
    """Bell pays 6: Ada's 8 and Cora's 6 are gained, Bell's 6 and Echo's 8 lost; (24 + 6 + 6) / 50 are kept."""
    mrr = [(month, name, [6] if (str(month), name) == ("2025-12-01", "Bell") else x) for month, name, x in tables().mrr]
    pages = variant(PAGE, tables(mrr=mrr))
    assert pages.title(PAGE) == "NRR 100%, GRR 72%: expansion makes up for the 14 k€ lost"
