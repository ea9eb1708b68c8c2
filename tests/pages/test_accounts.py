"""What is computed beside the five accounts, worked out on paper.

Health: Ada 0.6·85 + 0.4·87.5 = 86; Bell 24 + 20 = 44 (below 45: high); Cora 36 + 30 = 66; Dune 55, satisfaction is not
known (below 60: medium); Echo 12 + 10 = 22. Classes of all years: see ABC.
"""

from __future__ import annotations

import datetime as dt

from pages.portfolio import ACCOUNTS, REVENUE, five, rows, settings, tables, variant
from pytest import approx

PAGE = "Accounts"


def test_mrr_class_health_and_danger_stand_beside_the_name() -> None:
    for name, expected in (
        ("Ada", [32, "A", approx(86), "○ Low"]),
        ("Bell", [8, "A", approx(44), "● High"]),
        ("Cora", [12, "A", approx(66), "○ Low"]),
        ("Dune", [3, "C", approx(55), "◐ Medium"]),
        ("Echo", ["", "B", approx(22), "● High"]),
    ):
        assert five().row(PAGE, name, "MRR", "Class", "Health", "Danger") == expected, name
        assert five().value(PAGE, "Check", name) == ""


def test_health_at_a_limit_is_on_its_safe_side() -> None:
    """0.6·25 + 0.4·75 = 45 is not below 45; 0.6·60 + 0.4·60 = 60 is not below 60; satisfaction 6 counts as 5."""
    at = {"Ada": (25, 4), "Bell": (60, 3.4), "Cora": (10, 6), "Dune": (24, 4)}
    accounts = [
        row | dict(zip(("engagement", "satisfaction"), at.get(row["account"], (1, 1)), strict=True))
        for row in rows(ACCOUNTS)
    ]
    pages = variant("Pareto", tables(accounts=accounts))
    found = [pages.row(PAGE, name, "Health", "Danger") for name in at]
    assert found == [
        [approx(45), "◐ Medium"],
        [approx(60), "○ Low"],
        [approx(46), "◐ Medium"],
        [approx(44.4), "● High"],
    ]


def test_problems_are_named_beside_the_row() -> None:
    """An engagement over 100, a step that is in no list, a figure of risk that is missing, a name that comes twice."""
    changed = {"Ada": {"engagement": 101}, "Bell": {"step": "Lunch"}, "Cora": {"engagement": None}}
    accounts = [row | changed.get(row["account"], {}) for row in rows(ACCOUNTS)]
    pages = variant("Pareto", tables(accounts=[*accounts, {"account": "Dune"}]))
    check = {name: pages.value(PAGE, "Check", name) for name in ("Ada", "Bell", "Cora", "Dune", "Echo")}
    assert "H9 is outside 0 to 100" in check["Ada"]
    assert "G10 is no onboarding step" in check["Bell"]
    assert "has MRR but no figure for the at-risk rule" in check["Cora"]
    assert check["Dune"] == check["Echo"] == ""
    assert sum("stands there twice" in text for text in pages.texts(PAGE)) == 1


def test_the_figure_of_risk_can_count_days() -> None:
    """Contact 31 and 30 days ago, or renewal in 31 and 30 days: “above 30” is one account each way."""
    for kpi, field, days in (
        ("Days since contact", "contact", {"Ada": dt.date(2025, 11, 30), "Bell": dt.date(2025, 12, 1)}),
        ("Days to renewal", "renewal", {"Ada": dt.date(2026, 1, 31), "Bell": dt.date(2026, 1, 30)}),
    ):
        accounts = [row | {field: days.get(row["account"])} for row in rows(ACCOUNTS)]
        risk = settings().risk.model_copy(update={"kpi": kpi, "threshold": 30, "direction": "above"})
        pages = variant("Pareto", tables(accounts=accounts), risk=risk)
        assert pages.row("At risk", "Ada", "MRR", kpi) == [32, 31], kpi
        assert pages.title("At risk") == "1 account with 32 k€ MRR at risk; first: Ada"


def test_without_mrr_accounts_are_ranked_by_the_last_year() -> None:
    """2025: Ada 400, Cora 150, Bell 90, Dune 10; 2024 before: 320, 100, 150, 20."""
    pages = variant("Pareto", tables(mrr=[]))
    assert pages.column("Dashboard", "Account")[1:5] == ["Ada", "Cora", "Bell", "Dune"]
    for name in ("Ada", "Cora", "Bell", "Dune"):
        before, now = REVENUE[name][1:]
        expected = [now, approx(now / 650), approx(now / before - 1)]
        assert pages.row("Dashboard", name, "Revenue", "Share", "Change") == expected


def test_revenue_in_another_order_belongs_to_the_same_accounts() -> None:
    pages = variant("Pareto", tables(revenue=tables().revenue[::-1]))
    assert [pages.value(PAGE, "Class", name) for name in ("Ada", "Bell", "Cora", "Dune", "Echo")] == list("AAACB")


def test_other_levels_of_health_and_the_scales_are_checked() -> None:
    """High below 50, medium below 70: Cora's 66 is medium. Satisfaction runs from 1 to 5."""
    changed = {"Ada": {"satisfaction": 0.5}, "Bell": {"satisfaction": 5.5}, "Dune": {"engagement": -1}}
    accounts = [row | changed.get(row["account"], {}) for row in rows(ACCOUNTS)]
    pages = variant("Pareto", tables(accounts=accounts), high_below=50, medium_below=70)
    assert pages.value(PAGE, "Danger", "Cora") == "◐ Medium"
    assert "I9 is outside 1 to 5" in pages.value(PAGE, "Check", "Ada")
    assert "I10 is outside 1 to 5" in pages.value(PAGE, "Check", "Bell")
    assert "H12 is outside 0 to 100" in pages.value(PAGE, "Check", "Dune")
    assert pages.value(PAGE, "Check", "Cora") == ""
