"""Small tables in the shapes of real exports: each gives its right amounts, or is asked about, never others.

The folder ``cases`` holds them; what is right was worked out by hand.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kam_xl.content.tables import Tables
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake.answers import Answers
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import Template
from kam_xl.intake.vocabulary import account_vote, all_words, amount_vote, date_vote

CASES = Path(__file__).parent / "cases"
AURELIA_BOREAL = {"Aurelia": [100, 200], "Boreal": [50, 60]}
WITH_COBALT = AURELIA_BOREAL | {"Cobalt": [10, 20]}
TWO = ["2024", "2025"]

REVENUE: dict[str, tuple[list[str], dict[str, Sequence[float | None]]]] = {
    "01-apostrophe-negative.csv": (TWO, {"Aurelia": [100, -75.63], "Boreal": [50, 60]}),
    "02-invoice-lines.csv": (TWO, {"Aurelia": [100, 200], "Boreal": [50, -20]}),
    "03-month-matrix.csv": (["2025"], {"Aurelia": [330], "Boreal": [100]}),
    "04-quarter-matrix.csv": (["2025"], {"Aurelia": [460], "Boreal": [110]}),
    "13-two-header-rows.csv": (TWO, AURELIA_BOREAL),
    "14-grand-total.csv": (TWO, AURELIA_BOREAL),
    "15-pivot-cols.csv": (TWO, AURELIA_BOREAL),
    "16-pivot-blank-labels.csv": (TWO, {"Aurelia": [110, 220], "Boreal": [55, 66]}),
    "19-total-upper.csv": (TWO, AURELIA_BOREAL),
    "20-total-all-accounts.csv": (TWO, AURELIA_BOREAL),
    "21-filtered-rows.xlsx": (TWO, WITH_COBALT | {"Delta": [5, 6]}),
    "23-hidden-first-sheet.xlsx": (["2025"], {"Aurelia": [200]}),
    "24-merged-labels.xlsx": (TWO, {"Aurelia": [110, 220], "Boreal": [55, 66]}),
    "25b-merged-header-units-first.xlsx": (TWO, {"Aurelia": [1000, 2000], "Boreal": [500, 600]}),
    "30b-table-total-count.xlsx": (TWO, WITH_COBALT),
    "31-stacked-tables.xlsx": (TWO, AURELIA_BOREAL),
    "32-month-date-headers.xlsx": (["2025"], {"Aurelia": [330], "Boreal": [100]}),
    "40-crm-report-footer.csv": (["2025"], {"Aurelia": [100], "Boreal": [50], "Cobalt": [30]}),
    "43-summe-gesamt.csv": (TWO, WITH_COBALT),
    "49-accounting-format.csv": (TWO, {"Aurelia": [1234.5, -20], "Boreal": [None, 600], "Cobalt": [-1234.5, -63.12]}),
    "51-nfd-names.csv": (TWO, {"Müller AG": [150, 260], "Boreal": [8, 9]}),
    "51b-nbsp-inside.csv": (TWO, {"Aurelia AG": [151, 262]}),
    "52-float-ids.csv": (TWO, {"12345": [100, 200], "12346": [50, 60]}),
    "54-space-after-comma.csv": (TWO, {"Aurelia": [1234, 2000], "Boreal, Inc.": [50, 60]}),
    "63-total-then-growth.csv": (TWO, WITH_COBALT),
    "67-float-year-heads.csv": (TWO, {"Aurelia": [100, 200]}),
    "69-sap-sold-to.csv": (["2025"], {"Aurelia AG": [1234.56], "Boreal": [-500]}),
    "72-quarter-long.csv": (TWO, {"Aurelia": [210, 120], "Boreal": [50, None]}),
    "73-invoice-year.csv": (TWO, {"Aurelia": [100, 120], "Boreal": [50, None]}),
    "75-credit-notes-positive.csv": (["2025"], {"Aurelia": [60], "Boreal": [50]}),
    "77-several-2025.csv": (["2025"], {"Aurelia": [200], "Boreal": [60]}),
    "79-pandas-pivot.csv": (TWO, {"Aurelia": [100, 200], "Boreal": [None, 60]}),
    "80-pandas-margins.csv": (TWO, {"Aurelia": [100, 200], "Boreal": [None, 60]}),
    "81-year-over-quarters.xlsx": (TWO, {"Aurelia": [210, 250], "Boreal": [100, 120]}),
    "85-equals-quote-ids.csv": (TWO, {"00123": [1234.5, 200], "00124": [50.5, 60]}),
    "budget.csv": (TWO, {"A": [8, 9]}),
    "fyq.csv": (TWO, {"A": [30, 30]}),
    "ledger4.csv": (TWO, {"A": [100, 200], "B": [None, 250]}),
    "long_year.csv": (TWO, {"A": [100, 150], "B": [None, 50]}),
    "minus.csv": (TWO, {"A": [-5924.16, 1000], "B": [100, -250]}),
    "month_rev.csv": (TWO, {"A": [210, 130], "B": [None, 50]}),
    "opps.csv": (["2025"], {"A": [100]}),
    "paren.csv": (["2025"], {"B": [-500]}),
    "quarters.csv": (["2024"], {"A": [10]}),
    "ragged.csv": (TWO, {"B": [300, 400]}),
    "wide_total.csv": (["2023", "2024", "2025"], {"A": [1, 2, 3], "B": [4, 5, 6]}),
}


def months(first: str, n: int, account: str, plan: str, amount: float) -> dict[tuple[str, str, str], float]:
    year, month = int(first[:4]), int(first[5:])
    numbers = [year * 12 + month - 1 + k for k in range(n)]
    return {(f"{k // 12}-{k % 12 + 1:02}", account, plan): amount for k in numbers}


NOW = "now"  # the month of the report
MRR: dict[str, dict[tuple[str, str, str], float]] = {
    "05-mrr-long.csv": {
        ("2025-01", "Aurelia", "Basic"): 100, ("2025-02", "Aurelia", "Basic"): 120, ("2025-01", "Boreal", "Basic"): 50
    },
    "06-arr.csv": {(NOW, "Aurelia", "Basic"): 100, (NOW, "Boreal", "Basic"): 50},
    "68-arr-only.csv": {(NOW, "Aurelia", "Basic"): 100, (NOW, "Boreal", "Basic"): 50},
    "33-mrr-sheet-months-across.xlsx": {
        ("2025-01", "Aurelia", "Basic"): 8, ("2025-02", "Aurelia", "Basic"): 9,
        ("2025-01", "Boreal", "Basic"): 4, ("2025-02", "Boreal", "Basic"): 4,
    },
    "37-subscriptions-start-end.csv": {
        **months("2025-01", 11, "Aurelia", "Basic", 100), **months("2025-03", 10, "Boreal", "Premium", 50)
    },
    "38-mrr-plan-column.csv": {
        ("2025-01", "Aurelia", "Basic"): 100, ("2025-01", "Boreal", "Premium"): 50,
        ("2025-02", "Aurelia", "Premium"): 150, ("2025-02", "Boreal", "Premium"): 50,
    },
    "46-serial-months.csv": {("2025-01", "Aurelia", "Basic"): 100, ("2025-02", "Aurelia", "Basic"): 120},
    "74-mid-month-upgrade.csv": {
        ("2025-01", "Aurelia", "Basic"): 100, ("2025-02", "Aurelia", "Basic"): 150, ("2025-03", "Aurelia", "Basic"): 150
    },
    "movements.csv": {
        **months("2024-01", 2, "Acme", "Basic", 100), **months("2024-03", 4, "Acme", "Basic", 150),
        **months("2024-02", 4, "Zeta", "Basic", 80), **months("2024-06", 1, "Zeta", "Basic", 0),
    },
    "mrrok.csv": {
        ("2025-01", "A", "Basic"): 10, ("2025-01", "A", "Premium"): 0,
        ("2025-02", "A", "Basic"): 12, ("2025-02", "A", "Premium"): 5,
    },
    "subs.xlsx": {(NOW, "A", "Basic"): 100, (NOW, "B", "Pro"): 200},
    "subs1.xlsx": {(NOW, "A", "Basic"): 100, (NOW, "B", "Pro"): 200},
}  # fmt: skip

ASKED = {
    "39b-revenue-currency.csv": "EUR 300.00, USD 110.00, JPY 1,900.00",
    "39c-mixed-signs.csv": "EUR 300.00, USD 110.00, JPY 1,900.00",
    "ccy.csv": "EUR 100.00, USD 100.00",
}


@cache
def tables(name: str, answers: Answers | None = None) -> Tables:
    return read_data(CASES / name, Template(), answers=answers)


def mrr_of(found: Tables) -> dict[tuple[str, str, str], float]:
    plans = found.lists.get("plans", Template().plans)
    return {
        (f"{month:%Y-%m}" if isinstance(month, date) else str(month), str(account), plan): value
        for month, account, values in found.mrr
        for plan, value in zip(plans, values, strict=True)
        if isinstance(value, int | float)
    }


@pytest.mark.parametrize("name", REVENUE)
def test_revenue_is_that_of_the_right_account_and_year(name: str) -> None:
    years, right = REVENUE[name]
    found = tables(name)
    assert (found.years, dict(found.revenue)) == (years, {account: list(values) for account, values in right.items()})


@pytest.mark.parametrize("name", MRR)
def test_mrr_is_that_of_the_right_month_account_and_plan(name: str) -> None:
    found = mrr_of(tables(name))
    last = max(month for month, _account, _plan in found)
    assert found == {(last if month == NOW else month, *rest): value for (month, *rest), value in MRR[name].items()}


@pytest.mark.parametrize("name", ASKED)
def test_several_currencies_stop_with_the_sum_of_each(name: str) -> None:
    with pytest.raises(DoubtError, match="holds several currencies") as error:
        tables(name)
    assert ASKED[name] in str(error.value)
    assert error.value.option == "--rates"


def test_rates_turn_currencies_into_one() -> None:
    found = tables("ccy.csv", Answers(rates="EUR=1,USD=0.5"))
    assert found.revenue == [("A", [150])]
    with pytest.raises(DataError, match="--rates: lacks USD"):
        tables("ccy.csv", Answers(rates="EUR=1"))


@pytest.mark.parametrize("name", ["annual.csv", "dynamics.csv"])
def test_the_turnover_of_a_customer_is_not_ours(name: str) -> None:
    found = tables(name)
    assert not any(value for _account, values in found.revenue for value in values)
    assert any("is the customer's own turnover" in line for line in found.remarks)
    assert {row["account"] for row in found.accounts} in ({"Large AG", "Small Ltd"}, {"Northwind", "Contoso"})


def test_amounts_with_letters_stay_to_be_named() -> None:
    assert tables("08-crdr.csv").revenue == [("Aurelia", ["1,200.00 CR", 1500]), ("Boreal", [500, "600.00 DR"])]
    assert all(isinstance(v, str) for _a, values in tables("11-kmb.csv").revenue for v in values)


@pytest.mark.parametrize("name", ["ragged.csv", "paren.csv"])
def test_a_line_with_too_many_cells_is_named_and_shifts_nothing(name: str) -> None:
    assert any("Line 2 has more cells than there are headings" in line for line in tables(name).doubts)


@pytest.mark.parametrize(
    ("name", "key"), [("nps.csv", "surveys"), ("stakeholders.csv", "stakeholders"), ("tasks.csv", "tasks")]
)
def test_a_table_on_its_own_may_be_one_of_another_sheet(name: str, key: str) -> None:
    with (CASES / name).open() as file:
        n = len(list(csv.reader(file))) - 1
    assert {k: len(rows) for k, rows in tables(name).records.items()} == {key: n}


HEADINGS = {
    system: next(csv.reader([headings]))
    for system, headings in csv.reader((CASES / "headings.tsv").open(encoding="utf-8"), delimiter="\t")
    if system != "system"
}
ROLES = {  # account, date, amount
    "Salesforce accounts report": ("Account Name", None, None),
    "Salesforce opportunities report": ("Account Name", "Close Date", "Amount"),
    "Salesforce Data Loader Opportunity": ("ACCOUNTID", "CLOSEDATE", "AMOUNT"),
    "HubSpot deals": ("Associated Company", "Close Date", "Amount"),
    "HubSpot companies": ("Company name", None, None),
    "Dynamics 365 opportunities": ("Potential Customer", "Actual Close Date", "Actual Revenue"),
    "Dynamics 365 accounts": ("Account Name", None, None),
    "Zoho deals": ("Account Name", "Closing Date", "Amount"),
    "Pipedrive deals": ("Organization - Name", "Deal - Won time", "Deal - Value"),
    "Pipedrive organizations": ("Organization - Name", None, None),
    "Stripe subscriptions": ("Customer Description", "Start (UTC)", "Amount"),
    "Stripe invoices": ("Customer Name", "Date (UTC)", "Subtotal"),
    "ChartMogul customers": ("Customer Name", None, "MRR"),
    "ChartMogul MRR movements": ("Customer", "Date", "Change in MRR"),
    "Recurly subscriptions": ("account_code", "activated_at", "unit_amount"),
    "QuickBooks sales by customer detail": ("Customer", "Date", "Amount"),
    "Xero invoices": ("ContactName", "InvoiceDate", "LineAmount"),
    "NetSuite": ("Name", "Date", "Amount"),
    "SAP VA05/ALV EN": ("Name 1", "Doc. Date", "Net value"),
    "SAP FBL5N DE": ("Name 1", "Belegdatum", "Betrag in Hauswährung"),
    "SAP VA05 DE": ("Name Auftraggeber", "Belegdatum", "Nettowert"),
    "DATEV OPOS": ("Kontobeschriftung", "Datum", "Betrag Soll"),
    "Lexware/sevDesk": ("Kundenname", "Rechnungsdatum", "Nettobetrag"),
    "French ERP": ("Raison sociale", "Date facture", "Montant HT"),
    "Farsi ledger": ("مشتری", "تاریخ", "مبلغ"),
    "Gainsight/CS": ("Company", None, "ARR"),
    "SurveyMonkey": ("Company", None, None),
    "Delighted NPS": ("Company", None, None),
    "BambooHR": (None, None, None),
    "MS Project": (None, None, None),
    "Jira/Asana tasks": (None, None, None),
}


@pytest.mark.parametrize("system", HEADINGS)
def test_headings_of_a_system_name_the_account_the_date_and_the_amount(system: str) -> None:
    headings = HEADINGS[system]
    words = all_words(headings)

    def best(vote: object) -> str | None:
        votes = {heading: vote(heading) for heading in headings}  # type: ignore[operator]
        return max(votes, key=lambda h: votes[h]) if max(votes.values()) > 0 else None

    account, day, amount = ROLES[system]
    assert best(lambda h: account_vote(h, words)) == account
    assert best(amount_vote) == amount
    if day is not None:  # where there are no amounts, a date decides nothing
        assert best(date_vote) == day


def test_a_month_without_mrr_is_named() -> None:
    assert any("no MRR of 2025-02" in line for line in tables("35-mrr-whole-month-missing.csv").doubts)


def test_mrr_that_looks_like_the_invoice_of_a_year_is_named() -> None:
    assert any("Aurelia: 1,200 in 2025-01" in line for line in tables("36-mrr-annual-invoice.csv").doubts)


def test_numbers_of_accounts_that_have_lost_digits_are_named() -> None:
    assert any("1.23457E+12" in line for line in tables("18-sci-ids.csv").doubts)
    assert [row["account"] for row in tables("64b-16-digit-ids.xlsx").accounts] == ["1234567890123456", "12345678"]


def test_numbers_of_accounts_that_differ_by_zeros_are_two_accounts_and_named() -> None:
    found = tables("64-ids-text-and-number.xlsx")
    assert [row["account"] for row in found.accounts] == ["00123", "00124", "123", "124"]
    assert any("00123 / 123" in line for line in found.doubts)


def test_per_cent_cells_are_read_by_their_format_and_bare_fractions_are_named() -> None:
    assert [row["engagement"] for row in tables("29-engagement-percent-cells.xlsx").accounts] == [45, 92]
    bare = tables("29e-fractions.csv")
    assert [row["engagement"] for row in bare.accounts] == [0.92, 0.45]
    assert any("Engagement" in line and "0.92" in line for line in bare.doubts)


def test_dates_are_read_by_their_whole_column_and_from_the_year_that_the_file_counts_from() -> None:
    days = [row["renewal"] for row in tables("45-text-dates.csv").accounts]
    assert days == [date(2025, 12, 31), date(2025, 1, 2), date(2026, 1, 31)]
    assert tables("26b-date1904-serials.xlsx").accounts[0]["renewal"] == date(2026, 6, 30)


def test_null_is_blank_as_the_name_of_an_account_too() -> None:
    found = tables("50-sql-null.csv")
    assert found.revenue == [("Aurelia", [None, 200]), ("Boreal", [50, None]), (None, [5, 6])]
    assert "owner" not in found.accounts[0]


def test_answers_and_words_of_people_are_read_as_numbers_and_codes() -> None:
    records = tables("66-raci-rasci.xlsx").records
    assert [(row["csat"], row["nps"]) for row in records["surveys"]] == [(5, 10), (3, 6)]
    assert [row["relationship"] for row in records["stakeholders"]] == ["friendly", "opposed", "neutral"]
    assert [row["power"] for row in records["stakeholders"]] == [5, 5, 1]


def test_a_pivot_without_a_year_is_told() -> None:
    found = tables("14b-pivot-minimal.csv")
    assert dict(found.revenue) == {"Aurelia": [300], "Boreal": [110]}
    assert "“Sum of Amount” names no year: taken as 2025." in found.remarks
