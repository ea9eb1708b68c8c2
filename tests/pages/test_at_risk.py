"""At risk, of the five accounts, worked out on paper: engagement below 60, so Bell 40, Dune 55, Echo 20, not Cora's 60.

By MRR: Bell 8 (14.5 % of 55), Dune 3 (5.5 %), Echo 0. Days to 31 December: Bell since 2 October 29 + 30 + 31 = 90,
Dune since 1 December 30, Echo since 4 July 27 + 31 + 30 + 31 + 30 + 31 = 180; the alarm is at 90 or more.
"""

from __future__ import annotations

from pages.portfolio import ACCOUNTS, five, rows, settings, tables, variant
from pages.reading import day
from pytest import approx

PAGE = "At risk"


def test_queue_is_sorted_by_mrr_with_days_and_alarm() -> None:
    assert five().title(PAGE) == "3 accounts with 11 k€ MRR at risk; first: Bell"
    assert five().column(PAGE, "Account") == ["Bell", "Dune", "Echo"]
    assert five().column(PAGE, "#") == ["‼", 2, "‼"]
    for name, expected in (("Bell", [8, 40, 90]), ("Dune", [3, 55, 30]), ("Echo", [0, 20, 180])):
        assert five().row(PAGE, name, "MRR", "Engagement", "Days in queue") == expected
    assert five().column(PAGE, "Share") == approx([8 / 55, 3 / 55, 0])
    assert five().column(PAGE, "Danger") == ["● High", "◐ Medium", "● High"]
    assert "20.0% of all MRR  ·  at risk: Engagement below 60" in five().texts(PAGE)


def test_fields_of_the_account_stand_beside_it() -> None:
    found = five().row(PAGE, "Bell", "Satisfaction", "Reason", "Owner", "Next step", "Due")
    assert found == [3, "price", "Lee", "offer-service", day(2025, 12, 22)]
    assert five().row(PAGE, "Dune", "Satisfaction", "Owner", "Due") == ["", "", day(2026, 1, 9)]


def test_conclusions_count_those_who_wait() -> None:
    assert five().said(PAGE, "1  ") == "1  Call Bell first: 8 k€ per month, in the queue for 90 days (price)."
    assert five().said(PAGE, "2  ").startswith("2  2 of them have waited 90 days or more")


def test_charts_show_months_plans_and_steps() -> None:
    """Bell, Dune and Echo: September 9 + 1, November and December 8 + 3, all of it Basic; Live: (4.5 + 3 + 2) / 3."""
    months = five().block("MRR of the accounts at risk")
    assert months["Sep"][0] == 10 and months["Nov"][0] == 11 and months["Dec"] == ["#N/A", 11]
    assert months["Oct"] == ["#N/A", "#N/A"]
    assert five().block("MRR at risk by plan") == {
        "Basic": [11, 0],
        "Standard": [0, 14],
        "Premium": [0, 30],
    }
    assert "Basic carries 100% of the risk" in five().texts(PAGE)
    assert five().block("Satisfaction by onboarding step")["Live"] == [approx(9.5 / 3)]
    assert five().block("Satisfaction by onboarding step")["Training"] == [4]
    assert "Live is lowest: 3.2 of 5" in five().texts(PAGE)
    assert "Their MRR is 11 k€" in five().texts(PAGE)  # nothing is known of January


def test_the_mrr_at_risk_is_followed_through_the_year() -> None:
    """With a ledger of December 2024 moved to January: Bell 12 and Echo 8 then, 11 now."""
    moved = [(month.replace(year=2025, month=1) if month.year == 2024 else month, *row) for month, *row in tables().mrr]
    pages = variant(PAGE, tables(mrr=moved))
    assert "Their MRR fell from 20 to 11 k€" in pages.texts(PAGE)


def test_a_rule_above_a_limit_turns_round() -> None:
    """Satisfaction above 3: Ada 4.5 and Cora 4; Bell's 3 is not, Dune has none."""
    risk = settings().risk.model_copy(update={"kpi": "Satisfaction", "threshold": 3, "direction": "above"})
    pages = variant(PAGE, risk=risk)
    assert pages.column(PAGE, "Account") == ["Ada", "Cora"]
    assert pages.title(PAGE) == "2 accounts with 44 k€ MRR at risk; first: Ada"


def test_equal_mrr_is_sorted_by_days() -> None:
    """Bell and Dune pay 3 both: Bell waits longer, though the other order stands on Accounts."""
    accounts = rows(ACCOUNTS)[::-1]
    ledger = [row for row in tables().mrr if row[1] not in ("Bell", "Dune")]
    ledger += [(ledger[-1][0], "Dune", [3]), (ledger[-1][0], "Bell", [3])]
    assert variant(PAGE, tables(accounts=accounts, mrr=ledger)).column(PAGE, "Account") == ["Bell", "Dune", "Echo"]


def test_another_alarm_is_followed() -> None:
    pages = variant(PAGE, alarm_days=30)  # Dune has waited exactly 30
    assert pages.column(PAGE, "#") == ["‼", "‼", "‼"]
    assert pages.said(PAGE, "2  ").startswith("2  3 of them have waited 30 days or more")
