"""One thing of a table is broken: it is told with its line or refused, and no other amount changes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kam_xl.content.tables import Tables
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import Template

LEDGER = [
    "Invoice;Customer;Date;Amount",
    "1;Aurelia;2024-03-01;100,50",
    "2;Boreal;2024-05-01;50,00",
    "3;Aurelia;2025-02-01;200,25",
    "4;Boreal;2025-06-01;60,00",
]
RIGHT = {"Aurelia": [100.5, 200.25], "Boreal": [50, 60]}


def read(tmp_path: Path, lines: list[str]) -> Tables:
    (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_data(tmp_path / "in.csv", Template())


def revenue(tables: Tables) -> dict[str, list[Any]]:
    return {str(account): values for account, values in tables.revenue}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("5;Aurelia;;999,00", "it has no date: line 6, 999.00"),
        ("5;Aurelia;soon;999,00", "it has no date: line 6, 999.00"),
        ("5;;2025-07-01;999,00", "it names no account: line 6, 999.00"),
        ("5;Aurelia;2025-07-01;n.n.", "the amount is no number: line 6"),
        ("5;Aurelia; Ltd;2025-07-01;999,00", "Line 6 has more cells than there are headings"),
    ],
)
def test_a_row_that_cannot_count_is_named_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    tables = read(tmp_path, [*LEDGER, line])
    assert revenue(tables) == RIGHT
    assert any(told in doubt for doubt in tables.doubts), tables.doubts


@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_sum_of_a_ledger_is_left_out_wherever_it_stands(tmp_path: Path, place: int) -> None:
    lines = list(LEDGER)
    lines.insert(place, ";Total;;410,75")
    tables = read(tmp_path, lines)
    assert revenue(tables) == RIGHT
    assert any("sum of" in remark and "410.75" in remark for remark in tables.remarks)


def test_a_table_of_dates_never_lands_in_one_year(tmp_path: Path) -> None:
    for heading in ("Delivery", "Delivered on", "Booked at", "Lieferung", "Shipped"):
        lines = [LEDGER[0].replace("Date", heading), *LEDGER[1:]]
        try:
            tables = read(tmp_path, lines)
        except DataError:
            continue
        years = [year for place, year in enumerate(tables.years) if any(v[place] for _a, v in tables.revenue)]
        assert years in ([], ["2024", "2025"]), heading


def test_months_across_that_disagree_with_their_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"line 3: “2025” is not the sum of its months"):
        read(tmp_path, ["Account;Jan 2025;Feb 2025;2025", "A;1;2;3", "B;1;2;4"])
    assert revenue(read(tmp_path, ["Account;Jan 2025;Feb 2025;2025", "A;1;2;3", "B;2;2;4"])) == {"A": [3], "B": [4]}


def test_months_without_a_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="of no year"):
        read(tmp_path, ["Account;Jan;Feb;Mar;Apr", "A;1;2;3;4"])


def test_text_in_a_month_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 3: “x”"):
        read(tmp_path, ["Account;Jan 2025;Feb 2025", "A;1;2", "B;x;4", "C;3;4"])


def test_decimal_commas_without_quotation_marks_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="more cells than there are headings"):
        read(tmp_path, ["Account,2025", "A,100,50", "B,200,75"])


def test_credit_notes_of_two_signs_are_refused(tmp_path: Path) -> None:
    lines = ["Date;Customer;Type;Amount", "2025-01-01;A;Invoice;100", "2025-02-01;A;Credit note;10"]
    assert revenue(read(tmp_path, lines)) == {"A": [90]}
    with pytest.raises(DataError, match="some credit notes are below zero"):
        read(tmp_path, [*lines, "2025-03-01;A;Credit note;-10"])


def test_movements_that_sum_up_to_less_than_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="less than nothing"):
        read(tmp_path, ["Customer;Date;Movement;Change in MRR", "A;2025-01-01;New;10", "A;2025-02-01;Churn;-20"])


def book(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> Tables:
    file = openpyxl.Workbook()
    file.remove(file.active)
    for name, rows in sheets.items():
        sheet = file.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file.save(tmp_path / "in.xlsx")
    return read_data(tmp_path / "in.xlsx", Template())


def test_a_sheet_a_year_is_revenue_of_that_year(tmp_path: Path) -> None:
    tables = book(
        tmp_path,
        {
            "2024": [["Customer", "Amount"], ["Aurelia", 100], ["Boreal", 50], ["Total", 150]],
            "2025": [["Customer", "Amount"], ["Aurelia", 200], ["Cobalt", 5], ["Total", 205]],
        },
    )
    assert tables.years == ["2024", "2025"]
    assert revenue(tables) == {"Aurelia": [100, 200], "Boreal": [50, None], "Cobalt": [None, 5]}


def test_sheets_of_one_ledger_are_added_and_its_pivot_is_not(tmp_path: Path) -> None:
    head = ["Date", "Customer", "Product", "Amount"]
    tables = book(
        tmp_path,
        {
            "Jan": [head, [datetime(2025, 1, 5), "Aurelia", "x", 100], [datetime(2025, 1, 6), "Boreal", "x", 50]],
            "Feb": [head, [datetime(2025, 2, 5), "Aurelia", "x", 10]],
            "Pivot": [["Row Labels", "Sum of 2025"], ["Aurelia", 110], ["Boreal", 50], ["Grand Total", 160]],
        },
    )
    assert revenue(tables) == {"Aurelia": [110], "Boreal": [50]}


def test_subscriptions_are_joined_to_the_names_of_their_customers(tmp_path: Path) -> None:
    tables = book(
        tmp_path,
        {
            "Customers": [["Customer ID", "Customer Name", "Country"], ["c1", "Aurelia", "CH"], ["c2", "Boreal", "AT"]],
            "Subscriptions": [
                ["Customer ID", "Plan", "Start", "End", "MRR"],
                ["c1", "Basic", date(2025, 1, 5), date(2025, 2, 10), 10],
                ["c2", "Basic", date(2025, 1, 7), None, 20],
            ],
        },
    )
    assert {(f"{m:%Y-%m}", a): v[0] for m, a, v in tables.mrr} == {  # type: ignore[str-format]
        ("2025-01", "Aurelia"): 10, ("2025-01", "Boreal"): 20, ("2025-02", "Boreal"): 20
    }  # fmt: skip
    assert [(row["account"], row["country"]) for row in tables.accounts] == [("Aurelia", "CH"), ("Boreal", "AT")]


def test_one_name_of_two_numbers_stays_two_accounts(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        [
            "Customer ID;Customer Name;Date;Amount",
            "7;Smith;2025-01-01;10",
            "8;Smith;2025-01-02;20",
            "9;Jo;2025-01-02;5",
        ],
    )
    assert revenue(tables) == {"Smith (7)": [10], "Smith (8)": [20], "Jo": [5]}


def test_several_amounts_that_differ_are_asked(tmp_path: Path) -> None:
    with pytest.raises(DoubtError) as error:
        read(tmp_path, ["Customer;Date;Sales amount;Invoice amount", "A;2025-01-01;1;2", "B;2025-01-02;1;2"])
    assert [value for value, _meaning in error.value.choices] == ["Sales amount", "Invoice amount"]


@pytest.mark.parametrize("decimals", [0, 2])
def test_subtotals_of_groups_are_left_out_by_their_amounts(tmp_path: Path, decimals: int) -> None:
    amounts = [10 + 1 / 8, 20 + 1 / 4, 3.5]
    a, b, c = (round(v, decimals) for v in amounts)
    lines = ["Account;Product;2024;2025", f"Aurelia;x;{a};{b}", f"Aurelia;y;{b};{c}", f"Aurelia Total;;{a + b};{b + c}"]
    lines += [f"Boreal;x;{c};{a}", f"Boreal Total;;{c};{a}", f"Grand Total;;{a + b + c};{a + b + c}"]
    tables = read(tmp_path, lines)
    assert revenue(tables) == {"Aurelia": [pytest.approx(a + b), pytest.approx(b + c)], "Boreal": [c, a]}


def test_a_company_with_a_word_of_a_sum_in_its_name_is_asked_about_where_amounts_agree(tmp_path: Path) -> None:
    lines = ["Account;2025", "Aurelia;1", "Boreal;2", "Total Energies;3"]
    with pytest.raises(DoubtError, match="Total Energies"):
        read(tmp_path, lines)
    assert revenue(read(tmp_path, [*lines[:3], "Total Energies;4"]))["Total Energies"] == [4]


def test_a_number_of_thousands_or_decimals_is_named(tmp_path: Path) -> None:
    tables = read(tmp_path, ["Customer;Date;Amount", "A;2025-01-01;1.234", "B;2025-02-01;7"])
    assert revenue(tables) == {"A": [1234], "B": [7]}
    assert "Numbers such as 1.234 were read as thousands: 1,234." in tables.doubts
    assert not read(tmp_path, ["Customer;Date;Amount", "A;2025-01-01;1.234,00", "B;2025-02-01;7"]).doubts
