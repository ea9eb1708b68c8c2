"""The team of the five accounts, worked out on paper.

RACI: Offer and Support have one A; Invoice has none. Load: Kay has Ada 32 and Cora 12 = 44 of 55 (80 %), Lee Bell 8 and
Echo 0 (15 %), Dune's 3 belong to nobody. At risk: Bell 8 (Lee), Dune 3. Class A are Ada (sponsor Max), Bell and Cora.
"""

from __future__ import annotations

from pages.portfolio import ACCOUNTS, five, rows, tables, variant
from pytest import approx

PAGE = "Team"


def test_tasks_stand_with_their_letters_and_one_check() -> None:
    assert five().title(PAGE) == "1 task is not shared out right; Kay carries 80% of MRR"
    heads = ("KAM", "Sales", "Exec sponsor", "CSM", "Finance", "One A?")
    assert five().row(PAGE, "Offer", *heads, section="RACI") == ["A/R", "C", "", "", "", "✓ 1"]
    assert five().row(PAGE, "Support", *heads, section="RACI") == ["A", "", "I", "R", "", "✓ 1"]
    assert five().row(PAGE, "Invoice", *heads, section="RACI") == ["", "", "", "", "R", "✗ 0 accountable"]
    total = five().row(PAGE, "Accountable for, tasks", *heads, section="RACI")
    assert total == [2, 0, 0, 0, 0, "2 of 3 ✓"]


def test_accounts_stand_with_everybody_who_covers_them() -> None:
    heads = ("Class", "KAM", "Executive sponsor", "Sales", "Customer success")
    section = "Who covers which account"
    for name, expected in (
        ("Ada", ["A", "Kay", "Max", "Sue", "Cy"]),
        ("Cora", ["A", "Kay", "✗ missing", "Sue", "○ missing"]),
        ("Bell", ["A", "Lee", "✗ missing", "✗ Lee", "Cy"]),
        ("Dune", ["C", "✗ missing", "○ missing", "○ missing", "○ missing"]),
        ("Echo", ["B", "Lee", "○ missing", "○ missing", "○ missing"]),
    ):
        assert five().row(PAGE, name, *heads, section=section) == expected, name
    assert five().column(PAGE, "Account", section) == ["Ada", "Cora", "Bell", "Dune", "Echo"]


def test_rules_are_checked_now() -> None:
    texts = five().texts(PAGE)
    assert "✗ One A, and somebody responsible, in every task, except Invoice (nobody accountable)." in texts
    assert "✗ No key account manager above 50% of MRR; Kay has 80%." in texts
    assert "✗ Every class A account has an executive sponsor, except Cora, Bell." in texts
    assert "✗ Key account manager and sales are two people, except on Bell." in texts
    assert "✗ Every account has a key account manager, except Dune." in texts


def test_conclusions_share_the_load() -> None:
    said = five().said
    assert said(PAGE, "1  ") == "1  Name an executive sponsor for Cora, Bell."
    assert said(PAGE, "2  ") == "2  Hand an account over from Kay (80%) to Lee (15%)."
    assert said(PAGE, "3  ") == "3  Lee carries 8 of the 11 k€ MRR at risk: help there first."
    assert "Kay carries 44 k€ MRR with 2 accounts, Lee 15%" in five().texts(PAGE)
    assert "Team responsibilities  ·  3 tasks, 5 accounts, 2 key account managers" in five().texts(PAGE)


def test_chart_parts_what_is_safe_from_what_is_at_risk() -> None:
    assert five().block("Load per key account manager") == {
        "Kay (2) 80%": [44, "#N/A"],
        "Lee (2) 15%": ["#N/A", 8],
        "○ no owner (1) 5%": ["#N/A", 3],
    }


def test_half_of_the_load_is_not_too_much() -> None:
    """Kay keeps Ada (32) and gives Cora away; with 23 of others Lee has less than half: 32 of 64 is exactly half."""
    owners = {"Ada": "Kay", "Bell": "Lee", "Cora": "Lee", "Dune": "Lee", "Echo": "Lee"}
    ledger = [row for row in tables().mrr if (row[0].month, row[1]) != (12, "Cora") or row[0].year == 2024]
    ledger.append((ledger[-1][0], "Cora", [None, 21]))  # 8 + 21 + 3 = 32
    accounts = [row | {"owner": owners[row["account"]]} for row in rows(ACCOUNTS)]
    pages = variant(PAGE, tables(accounts=accounts, mrr=ledger))
    assert "✓ No key account manager above 50% of MRR; the most is 50%." in pages.texts(PAGE)
    assert "✓ Every account has a key account manager." in pages.texts(PAGE)
    assert pages.title(PAGE) == "1 task is not shared out right; 2 class A accounts have no sponsor"


def test_nine_managers_share_eight_bars() -> None:
    """Owners of 9, 8, … 1 of 45: the last bar holds the two smallest, 2 + 1."""
    names = [f"Acc{k}" for k in range(1, 10)]
    accounts = [{"account": name, "owner": f"Own{k}", "engagement": 80} for k, name in enumerate(names, 1)]
    day = tables().mrr[-1][0]
    ledger = [(day, name, [10 - k]) for k, name in enumerate(names, 1)]
    pages = variant(PAGE, tables(accounts=accounts, mrr=ledger, revenue=[], scores=[], records={}))
    bars = pages.block("Load per key account manager")
    assert bars["Own1 (1) 20%"] == [9, "#N/A"]
    assert bars["2 others (2) 7%"] == [approx(3), "#N/A"]


def test_of_many_accounts_fourteen_are_listed_and_all_count() -> None:
    """Sixteen of equal revenue have one class, A, and none has a sponsor; three are named."""
    accounts = [{"account": f"A{k}", "owner": "Kay", "engagement": 80} for k in range(1, 17)]
    ledger = [(tables().mrr[-1][0], f"A{k}", [20 - k]) for k in range(1, 17)]
    revenue = [(f"A{k}", [10]) for k in range(1, 17)]
    pages = variant(PAGE, tables(accounts=accounts, mrr=ledger, years=["2025"], revenue=revenue, scores=[], records={}))
    assert pages.said(PAGE, "Who covers which account") == "Who covers which account: the first 14 of 16"
    assert pages.column(PAGE, "Account") == [f"A{k}" for k in range(1, 15)]
    assert pages.said(PAGE, "– Only one").startswith("– Only one key account manager, Kay")
    assert pages.said(PAGE, "1  ") == "1  Name an executive sponsor for A1, A2, A3 and 13 more."
