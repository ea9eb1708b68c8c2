"""Exports in the columns of systems that people use: what counts, what is left out, what is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kam_xl.content.tables import Tables
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake.answers import Answers
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import Template


def read(tmp_path: Path, text: str, answers: Answers | None = None) -> Tables:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    return read_data(tmp_path / "in.csv", Template(), answers=answers)


def revenue(tables: Tables) -> dict[str, list[Any]]:
    return {str(account): values for account, values in tables.revenue}


def mrr(tables: Tables) -> dict[tuple[str, str], float]:
    return {
        (f"{month:%Y-%m}", str(account)): sum(v for v in values if isinstance(v, int | float))
        for month, account, values in tables.mrr
        if isinstance(month, date)
    }


def test_lines_of_invoices_count_once_and_bills_and_drafts_do_not(tmp_path: Path) -> None:
    text = (
        "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,LineAmount,Currency,Type,Status\n"
        "A,1,2025-01-05,2026-01-05,300,100,EUR,ACCREC,PAID\n"
        "A,1,2025-01-05,2026-01-05,300,200,EUR,ACCREC,PAID\n"
        "B,2,2025-02-05,2026-02-05,50,50,EUR,ACCREC,DRAFT\n"
        "B,3,2025-02-06,2026-02-05,70,70,EUR,ACCPAY,PAID\n"
        "B,4,2025-02-07,2026-02-05,10,10,EUR,ACCREC,AUTHORISED\n"
    )
    tables = read(tmp_path, text)
    assert revenue(tables) == {"A": [300], "B": [10]}
    assert any("“DRAFT” does not count: line 4, 50.00" in line for line in tables.remarks)
    assert any("“ACCPAY” does not count: line 5, 70.00" in line for line in tables.remarks)


def test_payments_are_no_sales(tmp_path: Path) -> None:
    text = (
        "Date,Transaction Type,Num,Customer,Amount,Balance\n01/15/2025,Invoice,1,A,100,100\n"
        "02/15/2025,Payment,2,A,-100,0\n02/16/2025,Credit Memo,3,A,-10,0\n02/17/2025,Sales Receipt,4,B,5,0\n"
    )
    assert revenue(read(tmp_path, text)) == {"A": [90], "B": [5]}


def test_a_document_that_is_not_known_is_asked_about(tmp_path: Path) -> None:
    text = "Date,Type,Customer,Amount\n2025-01-15,Invoice,A,100\n2025-02-15,Journal,A,7\n"
    with pytest.raises(DoubtError, match="Journal") as error:
        read(tmp_path, text)
    assert error.value.option == "--count"
    assert revenue(read(tmp_path, text, Answers(count="Invoice"))) == {"A": [100]}


def test_won_deals_count_by_the_date_on_which_they_were_closed(tmp_path: Path) -> None:
    text = (
        "ID,ACCOUNTID,NAME,STAGENAME,AMOUNT,CREATEDDATE,CLOSEDATE,ISWON,ISCLOSED\n"
        "1,a1,Big deal,Signed,100,2024-11-01,2025-01-05,true,true\n"
        "2,a1,Bigger,Dropped,900,2024-11-01,2025-01-05,false,true\n"
    )
    assert revenue(read(tmp_path, text)) == {"a1": [100]}


def test_actual_revenue_and_date_go_before_estimated_ones(tmp_path: Path) -> None:
    text = (
        "Topic,Potential Customer,Est. Close Date,Est. Revenue,Actual Revenue,Actual Close Date,Status\n"
        "x,A,2024-12-01,500,100,2025-01-05,Won\ny,A,2024-12-01,500,,2025-01-05,Lost\n"
    )
    assert revenue(read(tmp_path, text)) == {"A": [100]}


def test_yearly_plans_are_a_twelfth_each_month(tmp_path: Path) -> None:
    text = (
        "id,Customer Description,Plan,Quantity,Currency,Interval,Amount,Status,Start (UTC),Ended At (UTC)\n"
        "1,A,Pro,1,usd,year,1200,active,2025-01-05,\n2,B,Basic,1,usd,month,10,active,2025-02-07,\n"
    )
    assert mrr(read(tmp_path, text)) == {("2025-01", "A"): 100, ("2025-02", "A"): 100, ("2025-02", "B"): 10}
    with pytest.raises(DataError, match="of one piece or of all"):
        read(tmp_path, text.replace("Pro,1,", "Pro,3,"))


def test_an_amount_from_a_start_on_is_asked_about(tmp_path: Path) -> None:
    head = "account_code,plan_code,activated_at,expires_at,unit_amount\n"
    text = head + "A,pro,2025-01-05,2025-02-07,10\nB,pro,2025-02-13,,5\n"
    with pytest.raises(DoubtError) as error:
        read(tmp_path, text)
    assert error.value.option == "--months"
    assert mrr(read(tmp_path, text, Answers(months="mrr"))) == {("2025-01", "A"): 10, ("2025-02", "B"): 5}
    assert revenue(read(tmp_path, text, Answers(months="revenue"))) == {"A": [10], "B": [5]}


def test_customers_who_have_left_have_no_mrr(tmp_path: Path) -> None:
    text = "customerID,tenure,MonthlyCharges,TotalCharges,Churn\nA,5,10.5,52,No\nB,7,20,140,Yes\n"
    assert set(mrr(read(tmp_path, text)).values()) == {10.5}
    text = "Customer Name,Status,MRR,ARR\nA,Active,10,120\nB,Cancelled,20,240\n"
    assert set(mrr(read(tmp_path, text)).values()) == {10}


def test_a_date_of_creation_decides_no_year(tmp_path: Path) -> None:
    text = "Customer,Created Date,Amount\nA,2024-12-30,100\nA,2025-01-05,50\n"
    with pytest.raises(DoubtError) as error:
        read(tmp_path, text)
    assert error.value.option == "--date"
    assert revenue(read(tmp_path, text, Answers(date="Created Date"))) == {"A": [100, 50]}


def test_net_amounts_go_before_gross_ones(tmp_path: Path) -> None:
    text = "Code client;Raison sociale;Date facture;Montant HT;Montant TTC\n7;A;31/01/2025;1 000,50;1 200,60\n"
    assert revenue(read(tmp_path, text)) == {"A": [1000.5]}


@pytest.mark.parametrize(
    "text",
    [
        "Customer,Billing Month,MRR\nA,2025-01-01,100\nA,2025-02-01,110\n",
        "Billing Month,Customer,Plan,Seats,MRR,NPS\n2025-01,A,Basic,5,100,9\n2025-02,A,Basic,5,110,9\n",
        "Year,Month,Customer,MRR\n2025,1,A,100\n2025,2,A,110\n",
        "Date,Customer,MRR\n2025-01-31,A,100\n2025-02-28,A,110\n",
    ],
)
def test_the_month_of_an_amount_is_found_whatever_it_is_called(tmp_path: Path, text: str) -> None:
    assert mrr(read(tmp_path, text)) == {("2025-01", "A"): 100, ("2025-02", "A"): 110}


def test_revenue_beside_mrr_by_month_is_asked_about(tmp_path: Path) -> None:
    text = "Month,Customer,Revenue,MRR\n2024-12,A,10,5\n2025-01,A,20,5\n"
    with pytest.raises(DoubtError) as error:
        read(tmp_path, text)
    assert error.value.option == "--amount"
    assert revenue(read(tmp_path, text, Answers(amount="Revenue"))) == {"A": [10, 20]}
    assert mrr(read(tmp_path, text, Answers(amount="MRR"))) == {("2024-12", "A"): 5, ("2025-01", "A"): 5}


@pytest.mark.parametrize(("text", "value"), [("1.234,-", 1234), ("1'234.--", 1234), ("1.234,50-", -1234.5)])
def test_a_dash_in_place_of_cents_is_no_minus(tmp_path: Path, text: str, value: float) -> None:
    tables = read(tmp_path, f"Kunde;Datum;Betrag\nA;01.02.2025;{text}\nB;02.02.2025;1.000,25\n")
    assert revenue(tables) == {"A": [value], "B": [1000.25]}


def test_years_of_different_units_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="different units"):
        read(tmp_path, "Customer,Revenue 2024 (kEUR),Revenue 2025 (EUR)\nA,1,1000\n")
    assert revenue(read(tmp_path, "Customer,Revenue 2024 (kEUR),Revenue 2025 (kEUR)\nA,1,2\n")) == {"A": [1, 2]}


def test_losses_of_mrr_without_a_minus_are_taken_off(tmp_path: Path) -> None:
    text = "Customer,Date,Type,MRR change\nA,2025-01-01,New,100\nA,2025-02-01,Churn,60\n"
    assert mrr(read(tmp_path, text)) == {("2025-01", "A"): 100, ("2025-02", "A"): 40}


def test_a_date_that_is_none_leaves_its_row_out_and_not_the_year(tmp_path: Path) -> None:
    tables = read(tmp_path, "Customer,Date,Amount\nA,2025-13-01,10\nB,2024-02-01,4\n")
    assert (tables.years, revenue(tables)) == (["2024"], {"B": [4]})
    assert any("line 2, 10.00" in line for line in tables.doubts)


@pytest.mark.parametrize("days", [("20250101", "20241231"), ("45658", "45657"), ("1-Jan-25", "31-Dec-24")])
def test_dates_may_be_numbers_or_have_the_name_of_a_month(tmp_path: Path, days: tuple[str, str]) -> None:
    text = f"Customer,Posting Date,Amount\nA,{days[0]},10\nA,{days[1]},20\n"
    assert revenue(read(tmp_path, text)) == {"A": [20, 10]}


def test_the_date_of_the_invoice_goes_before_that_of_the_order(tmp_path: Path) -> None:
    text = "Customer,Order Date,Invoice Date,Amount\nA,2024-12-30,2025-01-03,10\n"
    assert read(tmp_path, text).years == ["2025"]


def test_sums_of_groups_of_one_and_means_are_no_accounts(tmp_path: Path) -> None:
    text = "Account;2024;2025\nNord A;1;2\nNord B;2;3\nSumme Nord;3;5\nSüd A;7;8\nSumme Süd;7;8\nGesamt;10;13\n"
    assert revenue(read(tmp_path, text)) == {"Nord A": [1, 2], "Nord B": [2, 3], "Süd A": [7, 8]}
    text = "Account,2024,2025\nA,10,20\nB,30,40\nAverage,20,30\n"
    assert revenue(read(tmp_path, text)) == {"A": [10, 20], "B": [30, 40]}
