"""Several rows of one account: what is added, what counts once, which of two values counts, and that both are told."""

from __future__ import annotations

from datetime import date
from math import fsum
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.intake.answers import Answers
from kam_xl.intake.duplicates import Duplicates
from kam_xl.intake.gathering import Gathering
from kam_xl.intake.importer import read_data
from kam_xl.intake.matching import columns_of

DIFFER = "Rows of one account that differ, the first is kept, the other is in Notes: "
REPLACED = "MRR that differs between rows of one month, the later counts, the other is in Notes: "
ONCE = "MRR that stands there twice with the same amount, counted once: "


def read(tmp_path: Path, text: str) -> Tables:
    file = tmp_path / "in.csv"
    file.write_text(text, encoding="utf-8")
    return read_data(file, Template())


def book(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> Tables:
    with xlsxwriter.Workbook(str(tmp_path / "in.xlsx")) as made:
        for title, rows in sheets.items():
            sheet = made.add_worksheet(title)
            for r, row in enumerate(rows):
                sheet.write_row(r, 0, row)
    return read_data(tmp_path / "in.xlsx", Template())


def test_revenue_of_one_year_is_added_and_told(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2024,2025\nA,0.1,5\na,0.2,\nB,1,1\n")
    assert tables.revenue == [("A", [0.3, 5]), ("B", [1, 1])]
    assert tables.remarks == tables.doubts == ["1 account stands on several rows, added up: A"]


def test_mrr_of_one_account_plan_and_month_counts_once_and_the_later_one(tmp_path: Path) -> None:
    text = "Month,Account,Basic,Premium\n2025-01,A,100,\n2025-02,A,100,7\n2025-02,a,150,7\n2025-02,A,,8\n2025-01,B,1,\n"
    tables = read(tmp_path, text)
    assert tables.mrr == [
        (date(2025, 1, 1), "A", [100, None, None]),
        (date(2025, 2, 1), "A", [150, None, 8]),
        (date(2025, 1, 1), "B", [1, None, None]),
    ]
    assert tables.remarks[:2] == [
        ONCE + "A: Premium 2025-02 7",
        REPLACED + "A: Basic 2025-02 100 → 150; A: Premium 2025-02 7 → 8",
    ]
    assert tables.doubts == tables.remarks[:2]
    assert tables.accounts[0] == {"account": "A", "notes": "Basic 2025-02: 100; Premium 2025-02: 7"}


def test_an_upgrade_in_the_middle_of_a_month_counts_and_is_named(tmp_path: Path) -> None:
    tables = read(tmp_path, "Month,Account,MRR\n2025-01-01,A,100\n2025-02-01,A,100\n2025-02-15,A,150\n2025-03,A,150\n")
    assert [values[0] for _month, _account, values in tables.mrr] == [100, 150, 150]
    assert tables.doubts == [REPLACED + "A: Basic 2025-02 100 → 150"]


def test_words_and_figures_that_differ_are_named_with_both_values_and_kept_in_notes(tmp_path: Path) -> None:
    text = (
        "Account,Sector,Engagement,Customer since,Strategic fit,Notes\n"
        "A,Bank,90,2020-01-01,7,first\n"
        "A,BANK,90,2020-01-01,7,second\n"
        "A,Retail,80,2021-01-01,8,\n"
    )
    tables = read(tmp_path, text)
    assert tables.scores[0][2][0] == 7
    assert tables.accounts == [
        {
            "account": "A",
            "sector": "Bank",
            "engagement": 90,
            "since": date(2020, 1, 1),
            "notes": "first; second; Sector: Retail; Engagement: 80; Customer since: 2021-01-01; Strategic fit: 8",
        }
    ]
    assert tables.remarks[:2] == [
        "1 account stands on several rows: A",
        DIFFER
        + "A: Sector “Bank” / “Retail”; A: Engagement 90 / 80; A: Customer since 2020-01-01 / 2021-01-01; "
        + "A: Strategic fit 7 / 8",
    ]


def test_another_sheet_that_repeats_the_revenue_of_a_year_adds_nothing(tmp_path: Path) -> None:
    sheets = {
        "Accounts": [["Account", "Sector", 2025], ["A", "Bank", 10], ["B", "Bank", 20]],
        "Revenue": [["Account", "Sector", 2024, 2025], ["A", "Retail", 1, 10], ["B", "Bank", 2, 25], ["C", "", 3, 30]],
    }
    tables = book(tmp_path, sheets)
    assert tables.revenue == [("A", [1, 10]), ("B", [2, 20]), ("C", [3, 30])]
    assert tables.doubts == [DIFFER + "A: Sector “Bank” / “Retail”; B: 2025 20 / 25"]
    assert tables.accounts[1]["notes"] == "2025: 25"


def test_mrr_without_a_month_gives_way_to_mrr_of_that_month(tmp_path: Path) -> None:
    sheets = {
        "Accounts": [["Account", "Basic"], ["A", 10], ["B", 20]],
        "MRR": [["Month", "Account", "Basic"], ["2025-11", "A", 9], ["2025-12", "A", 11]],
    }
    tables = book(tmp_path, sheets)
    assert sorted(tables.mrr, key=str) == [
        (date(2025, 11, 1), "A", [9, None, None]),
        (date(2025, 12, 1), "A", [11, None, None]),
        (date(2025, 12, 1), "B", [20, None, None]),
    ]
    assert tables.doubts == [REPLACED + "A: Basic 2025-12 10 → 11"]


def test_revenue_beside_a_row_that_is_no_number_is_not_lost(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2025\nA,5\na,tbd\nB,#N/A\nb,1\n")
    assert tables.revenue == [("A", ["tbd"]), ("B", ["#N/A"])]
    assert [row["notes"] for row in tables.accounts] == ["2025: 5", "2025: 1"]
    assert (
        tables.doubts[1]
        == "Revenue that cannot be added up, the number is in Notes: A: 2025 5 + “tbd”; B: 2025 “#N/A” + 1"
    )


def test_many_pairs_are_counted_and_twenty_are_named() -> None:
    found = Duplicates()
    for i in range(1500):
        found.first(f"A{i}", "Sector", "Bank", "Retail")
    (line,) = found.remarks()
    assert line.startswith(DIFFER + "A0: Sector “Bank” / “Retail”; A1: ")
    assert line.endswith("A19: Sector “Bank” / “Retail”; and 1,480 more")


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "Account": st.sampled_from(["A", "a", "B"]),
            "Sector": st.sampled_from([None, "Bank", "Retail", "Energy"]),
            "2025": st.one_of(st.none(), st.integers(1, 99)),
            "Basic": st.one_of(st.none(), st.integers(100, 199)),
        }
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS)
def test_no_value_of_any_row_is_lost_and_sums_are_right(rows: list[dict[str, Any]]) -> None:
    headings = ["Account", "Sector", "2025", "Basic"]
    template = Template()
    gathering = Gathering(template, answers=Answers(totals="none"))
    gathering.add(columns_of(headings, template), [[row[h] for h in headings] for row in rows])
    tables = gathering.tables()
    notes = {row["account"]: str(row.get("notes", "")) for row in tables.accounts}
    for name, fields in ((row["account"], row) for row in tables.accounts):
        mine = [row for row in rows if row["Account"].lower() == str(name).lower()]
        ((_name, (revenue,)),) = (
            [pair for pair in tables.revenue if pair[0] == name] if tables.years == ["2025"] else [(name, [None])]
        )
        given_revenue = [row["2025"] for row in mine if row["2025"] is not None]
        assert revenue == (fsum(given_revenue) if given_revenue else None)
        plans = [row["Basic"] for row in mine if row["Basic"] is not None]
        held = [values[0] for _month, account, values in tables.mrr if account == name]
        assert held == plans[-1:]
        for value in {row["Sector"] for row in mine} - {None}:
            assert fields["sector"] == value or f"Sector: {value}" in notes[name]
            assert fields["sector"] == value or any(f"/ “{value}”" in line for line in tables.doubts)
        for amount in {*plans} - {*held}:
            assert f"Basic: {amount}" in notes[name]
            assert any(f"Basic {amount} →" in line for line in tables.doubts)
