"""The Dashboard of the five accounts, worked out on paper.

MRR 55 in December 2025; 50 a year ago: +10 %. 44 in September: 55 / 44 − 1 = +25 %, 11 more.
NRR: of the 50 of December 2024 the same accounts pay 32 + 8 + 12 = 52: 104 %. GRR: 24 + 8 + 6 = 38: 76 %.
At risk are Bell (40), Dune (55), Echo (20): below 60; Cora's 60 is not. Their MRR 8 + 3 + 0 = 11 = 20 % of 55.
Health = 0.6 engagement + 0.4 (satisfaction − 1) / 4 × 100: Ada 51 + 35 = 86, Bell 24 + 20 = 44 (high: below 45),
Cora 36 + 30 = 66, Dune 55 alone (medium: below 60). Ready for more: Cora only, for Ada has the largest plan.
Revenue 1020 + 440 + 310 = 1770 of 2000: three of five accounts reach 80 %.
By plan in December: Basic 8 + 3, Standard 2 + 12, Premium 30.
"""

from __future__ import annotations

from pages.portfolio import ACCOUNTS, five, rows, tables, variant
from pytest import approx

PAGE = "Dashboard"


def test_key_figures_are_those_of_the_paper() -> None:
    card = five().card
    assert five().title(PAGE) == "MRR grew 10% to 55 k€; 20% of it is at risk"
    assert card(PAGE, "Total MRR") == (55, "50 a year ago")
    assert card(PAGE, "Change since Sep 2025") == (approx(0.25), "+11 k€ in 3 months")
    assert card(PAGE, "Net retention")[0] == approx(1.04) and card(PAGE, "Gross retention")[0] == approx(0.76)
    assert card(PAGE, "Accounts at risk") == (3, "of 5 accounts")
    assert card(PAGE, "MRR at risk") == (approx(11), "20% of total MRR")
    assert card(PAGE, "Concentration") == (approx(0.6), "3 of 5 make 80% of revenue")


def test_today_names_whom_to_call_and_where_to_sell() -> None:
    said = five().said
    assert said(PAGE, "1  ") == "1  11 k€ MRR, 20%, is at risk at 3 accounts, the largest Bell (8): price."
    assert said(PAGE, "2  ").startswith("2  Call Bell today (Lee): 90 days in the queue; next: offer-service, overdue")
    assert said(PAGE, "2  ").endswith("overdue since 22 Dec.")
    assert said(PAGE, "3  ") == "3  3 of 5 accounts carry 80% of revenue: Ada, Bell, Cora."
    assert said(PAGE, "4  ") == "4  Ready for a larger plan: Cora ► Premium."


def test_accounts_stand_with_their_plans_shares_and_changes() -> None:
    def row(name: str) -> list[object]:
        return five().row(PAGE, name, "Basic", "Standard", "Premium", "MRR", "Share", "Change")

    assert row("Ada") == [0, 2, 30, 32, approx(32 / 55), approx(32 / 28 - 1)]
    assert row("Cora") == [0, 12, 0, 12, approx(12 / 55), approx(1)]
    assert row("Bell") == [8, 0, 0, 8, approx(8 / 55), approx(8 / 9 - 1)]
    assert row("Dune") == [3, 0, 0, 3, approx(3 / 55), approx(2)]
    assert row("All accounts: 5")[:4] == [11, 14, 30, 55]
    assert row("All accounts: 5")[4:] == [1, approx(0.25)]
    assert five().column(PAGE, "Account") == ["All accounts: 5", "Ada", "Cora", "Bell", "Dune"]  # Echo pays nothing


def test_danger_onboarding_and_upsell_stand_beside_the_account() -> None:
    def row(name: str) -> list[object]:
        return five().row(PAGE, name, "Onboarding", "Engagement", "Danger", "Upsell opportunity")

    assert row("Ada") == ["Live", 85, "○ Low", ""]
    assert row("Cora") == ["Training", 60, "○ Low", "► Premium"]
    assert row("Bell") == ["Live", 40, "● High", ""]
    assert row("Dune") == ["Integration", 55, "◐ Medium", ""]


def test_trends_are_the_last_twelve_months_of_the_account() -> None:
    none = [0] * 8
    assert five().trend(PAGE, "Ada") == approx([*none, 0.8 * 28 / 32, 0, 0.8, 0.8])
    assert five().trend(PAGE, "Cora") == approx([*none, 0.8 * 6 / 12, 0, 0.8 * 9 / 12, 0.8])


def test_charts_show_mrr_by_plan_and_the_steps() -> None:
    months = five().block("MRR by plan and month")
    assert months["Sep"][:6] == [16, 28, 0, 0, 0, 44]
    assert months["Nov"][:6] == [11, 11, 30, 0, 0, 52]
    assert months["Dec"][:6] == [11, 14, 30, 0, 0, 55]
    assert months["Oct"][0] == "#N/A"
    assert months[" "][6:9] == [5.5, 11 + 7, 25 + 15]  # labels in the middle of their bars
    assert "Premium carries 55% of MRR; 1 account is ready for a larger plan" in five().texts(PAGE)  # 30 of 55
    assert five().block("Accounts by onboarding step")["Live"] == ["#N/A", 3]
    assert five().block("Accounts by onboarding step")["Training"] == [1, "#N/A"]
    assert "3 of 5 accounts are done; 2 are not" in five().texts(PAGE)


def test_falling_mrr_is_said_with_its_sign() -> None:
    """As in September: 44 of the 50 of December 2024 (nothing is known of September 2024 and June)."""
    import datetime as dt

    pages = variant(PAGE, tables(), report_date=dt.date(2025, 9, 30), compare_months=9)
    assert pages.title(PAGE) == "MRR is 44 k€; 23% of it is at risk"  # Bell 9 + Dune 1 = 10 of 44
    assert pages.card(PAGE, "Change since Dec 2024") == (approx(44 / 50 - 1), "−6 k€ in 9 months")
    assert pages.value(PAGE, "Change", "Bell") == approx(9 / 12 - 1)
    assert pages.value(PAGE, "Change", "Dune") == "new"


def test_accounts_that_pay_nothing_are_not_listed_and_two_vital_accounts_are_named_alone() -> None:
    """Echo pays 0 in December. By 2025's revenue Ada and Cora reach 80 %: 550 of 650."""
    ledger = [*tables().mrr, (tables().mrr[-1][0], "Echo", [0])]
    pages = variant(PAGE, tables(mrr=ledger), basis="2025")
    assert pages.column(PAGE, "Account") == ["All accounts: 5", "Ada", "Cora", "Bell", "Dune"]
    assert pages.said(PAGE, "3  ") == "3  2 of 5 accounts carry 80% of revenue: Ada, Cora."


def test_of_four_accounts_ready_for_more_three_are_named() -> None:
    """Everybody is healthy; Ada has the largest plan, the others do not: Cora 12, Bell 8, Echo 5, Dune 3."""
    accounts = [row | {"engagement": 90, "satisfaction": 5} for row in rows(ACCOUNTS)]
    ledger = [*tables().mrr, (tables().mrr[-1][0], "Echo", [5])]
    pages = variant(PAGE, tables(accounts=accounts, mrr=ledger))
    expected = "Cora ► Premium, Bell ► Standard, Echo ► Standard and others."
    assert pages.said(PAGE, "4  ") == f"4  4 accounts are ready for a larger plan: {expected}"
    assert pages.said(PAGE, "1  ") == "1  No account is at risk."
    assert pages.said(PAGE, "2  ") == "2  Nobody has to be called today."


def test_another_comparison_is_followed() -> None:
    pages = variant(PAGE, compare_months=1)
    assert pages.card(PAGE, "Change since Nov 2025") == (approx(55 / 52 - 1), "+3 k€ in 1 months")
    assert pages.row(PAGE, "Cora", "MRR", "Change") == [12, approx(12 / 9 - 1)]


def test_of_many_accounts_the_largest_twenty_are_listed() -> None:
    names = [f"A{k}" for k in range(1, 26)]
    ledger = [(tables().mrr[-1][0], name, [k]) for k, name in enumerate(names, 1)]
    pages = variant(PAGE, tables(accounts=[{"account": name} for name in names], mrr=ledger))
    assert "Accounts by MRR, the largest 20" in pages.texts(PAGE)
    assert pages.column(PAGE, "Account") == ["All accounts: 25", *(f"A{k}" for k in range(25, 5, -1))]
    assert pages.value(PAGE, "MRR", "All accounts: 25") == 325  # 1 + … + 25
