"""Import: awkward files as people have them, each read as a careful person would read it."""

from __future__ import annotations

import csv
import datetime as dt
import os
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.content.tables import CellError, Tables, printable
from kam_xl.errors import DataError
from kam_xl.intake.dress import plain
from kam_xl.intake.importer import read_data
from kam_xl.intake.names import key_of, tidy
from kam_xl.intake.template import Template

TEMPLATE = Template()


def read(tmp_path: Path, content: str | bytes, name: str = "in.csv", years: Sequence[str] | None = None) -> Tables:
    file = tmp_path / name
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_data(file, TEMPLATE, years)


def refused(tmp_path: Path, content: str | bytes, name: str = "in.csv") -> str:
    with pytest.raises(DataError) as caught:
        read(tmp_path, content, name)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(str(tmp_path))
    return line.removeprefix(f"{tmp_path}/")


def workbook(tmp_path: Path, sheets: dict[str, Sequence[Sequence[Any]]], name: str = "in.xlsx") -> Path:
    file = tmp_path / name
    with xlsxwriter.Workbook(str(file)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(r, c, dt.datetime(value.year, value.month, value.day), day)
                    elif isinstance(value, str) and value.startswith("#"):
                        sheet.write_formula(r, c, "=1/0", None, value)
                    elif isinstance(value, str):
                        sheet.write_string(r, c, value)
                    elif value is not None:
                        sheet.write(r, c, value)
    return file


# ---- what a text file looks like -------------------------------------------------------------------------------

ROWS = 'Account;Country;2024;2025\nMüller & Söhne;Österreich;"1.234,56";-5\nŁódź "Café";Polska;;7\n'
AS_READ = [("Müller & Söhne", [1234.56, -5]), ('Łódź "Café"', [None, 7])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_every_usual_encoding_line_end_and_delimiter(
    tmp_path: Path, encoding: str, newline: str, delimiter: str
) -> None:
    text = ROWS.replace('"Café"', "'Café'").replace(";", delimiter).replace("\n", newline)
    tables = read(tmp_path, text.encode(encoding))
    assert tables.years == ["2024", "2025"]
    assert tables.revenue == [(name.replace('"', "'"), values) for name, values in AS_READ]
    assert tables.accounts[0] == {"account": "Müller & Söhne", "country": "Österreich"}


def test_quoted_cells_may_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    text = 'Account,2025,Notes\n"Smith, Jones ""and"" Sons",1,"one\ntwo"\n"Two\nlines",2,\n'
    tables = read(tmp_path, text)
    assert tables.accounts[0] == {"account": 'Smith, Jones "and" Sons', "notes": "one\ntwo"}
    assert tables.accounts[1] == {"account": "Two lines"}


def test_the_delimiter_may_be_told_by_excels_first_line(tmp_path: Path) -> None:
    assert read(tmp_path, "sep=|\nAccount|2025\nA, B; C|1\n").revenue == [("A, B; C", [1])]


def test_titles_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    text = "Sales report,,\n,,\nAccounts,,\nCustomer,2024,2025\nAurelia,1,2\n"
    assert read(tmp_path, text).revenue == [("Aurelia", [1, 2])]


def test_blank_and_short_rows(tmp_path: Path) -> None:
    text = "Account,2024,2025\n\nA,1,2\n,,\nB\n ,\t,\nC,3\n"
    assert read(tmp_path, text).revenue == [("A", [1, 2]), ("B", [None, None]), ("C", [3, None])]


def test_cells_beyond_the_headings_are_kept(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2025\nA,1,extra\n")
    assert tables.accounts == [{"account": "A", "notes": "column C: extra"}]
    assert tables.remarks == ["Columns not known, kept in Notes: column C."]


# ---- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234), ("1234.5", 1234.5), ("1,234.50", 1234.5), ("1,234,567", 1234567), ("12,34,567.8", 1234567.8),
        ("€ 1,234.50", 1234.5), ("$12", 12), ("12 €", 12), ("EUR 12.50", 12.5), ("12.50 CHF", 12.5), ("-$5", -5),
        ("(123)", -123), ("(1,234.50)", -1234.5), ("($5)", -5), ("123-", -123), ("−7", -7), ("+7", 7), ("- 7", -7),
        ("1 234.5", 1234.5), ("1\u00a0234", 1234), ("1\u202f234\u202f567", 1234567), ("1'234.50", 1234.5),
        ("1’234", 1234), ("۱۲۳۴", 1234), ("1e3", 1000), ("2.5E-3", 0.0025),
        ("1e99", 1e99), ("$9E99", 9e99), (".5", 0.5), ("5.", 5), ("0.123", 0.123),
        ("-", None), ("–", None), (" ", None),
    ],
)  # fmt: skip
def test_numbers_of_a_comma_file(tmp_path: Path, text: str, value: float | None) -> None:
    assert read(tmp_path, f'Account,2024,2025\nA,"{text}",9\n').revenue == [("A", [value, 9])]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56), ("1.234.567", 1234567), ("0,5", 0.5), ("(1.234,5)", -1234.5), ("1.234,56 €", 1234.56),
        ("1 234,56", 1234.56), ("1234,5678", 1234.5678), ("۱۲٫۵", 12.5), ("1'234,5", 1234.5), ("-,5", -0.5),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_numbers_with_a_decimal_comma(tmp_path: Path, text: str, value: float, delimiter: str) -> None:
    rows = f"Account;2024;2025\nA;{text};9,5\n".replace(";", delimiter)
    assert read(tmp_path, rows).revenue == [("A", [value, 9.5])]


@pytest.mark.parametrize(
    "text",
    [
        "12 %",
        "12%",
        "12k",
        "1,23",
        "12.34.56",
        "1e101",
        "1e300",
        "1e308",
        "1e999",
        "inf",
        "nan",
        "tbd 2026",
        "1-2",
        "--5",
        "((5))",
        "TRUE",
    ],
)
def test_what_is_no_number_stays_as_text(tmp_path: Path, text: str) -> None:
    """1,23 in a comma file is a decimal comma that the file contradicts nowhere: it is the one exception."""
    value = 1.23 if text == "1,23" else text
    assert read(tmp_path, f'Account,2024,2025\nA,"{text}",9\n').revenue == [("A", [value, 9])]


@pytest.mark.parametrize("text", ["45 %", "45%", "45,0\u00a0%", "٪۴۵", "% 45"])
def test_a_percentage_is_a_number_where_the_column_goes_to_100(tmp_path: Path, text: str) -> None:
    tables = read(tmp_path, f"Account;2025;Engagement;Satisfaction\nA;5;{text};80 %\nB;5;50;4,5\nC;;n/a %;\n")
    assert [row.get("engagement") for row in tables.accounts] == [45, 50, "n/a %"]
    assert tables.accounts[0]["satisfaction"] == "80 %"
    assert tables.remarks == [f"Percentages such as {text} were read as {text.strip(' %٪')}.".replace("\u00a0.", ".")]


def test_a_long_row_of_digits_is_no_number(tmp_path: Path) -> None:
    digits = "9" * 5000
    assert read(tmp_path, f"Account,2025\nA,{digits}\n").revenue == [("A", [digits])]


def test_one_number_of_the_file_shows_how_the_others_are_meant(tmp_path: Path) -> None:
    assert read(tmp_path, "Account;2024\nA;1.234\nB;2.5\n").revenue == [("A", [1.234]), ("B", [2.5])]
    assert read(tmp_path, "Account;2024\nA;1.234\nB;2,5\n").revenue == [("A", [1234]), ("B", [2.5])]


def test_a_doubtful_number_counts_as_thousands_and_is_told(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account;2024\nA;1.234\nB;7\n")
    assert tables.revenue == [("A", [1234]), ("B", [7])]
    assert tables.remarks == ["Numbers such as 1.234 were read as thousands: 1,234."]
    assert not read(tmp_path, "Account,2024\nA,1.234\nB,7\n").remarks


def test_errors_that_a_text_file_quotes_are_errors(tmp_path: Path) -> None:
    ((_account, (value,)),) = read(tmp_path, "Account,2025\nA,#DIV/0!\n").revenue
    assert isinstance(value, CellError)


# ---- accounts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+49 30 1234", "-x", "12346", "007", "1.10", "TRUE", "#1 Shop"])
def test_an_account_is_text_whatever_it_looks_like(tmp_path: Path, name: str) -> None:
    tables = read(tmp_path, f"Account,2025\n{name},1\n")
    assert tables.accounts == [{"account": name}]
    assert tables.revenue == [(name, [1])]


def test_numbers_and_dates_as_accounts_of_a_workbook_are_text(tmp_path: Path) -> None:
    file = workbook(tmp_path, {"S": [["Account", 2025], [12346, 1], [1.5, 2], [date(2025, 1, 2), 3], [True, 4]]})
    assert [a["account"] for a in read_data(file, TEMPLATE).accounts] == ["12346", "1.5", "2025-01-02", "TRUE"]


def test_an_account_on_several_rows_is_added_up_and_told(tmp_path: Path) -> None:
    text = (
        "Account,Country,2024,2025,Basic\nAurelia,AT,0.1,,1\n aurelia ,DE,0.2,,2\n"
        "B,,1,2,\nAURELIA,,,5,\nß,,1,1,\nẞ,,1,1,\n"
    )
    tables = read(tmp_path, text)
    assert tables.revenue == [("Aurelia", [0.3, 5]), ("B", [1, 2]), ("ß", [2, 2])]
    assert tables.accounts[0] == {"account": "Aurelia", "country": "AT", "notes": "Country: DE; Basic: 1"}
    assert [values for _month, _account, values in tables.mrr] == [[2, None, None]]
    assert tables.remarks[0] == "2 accounts stand on several rows, added up: Aurelia, ß"


def test_many_repeated_accounts_are_counted_and_five_are_named(tmp_path: Path) -> None:
    rows = "".join(f"A{i},1\n" for i in range(2000)) * 2
    tables = read(tmp_path, "Account,2025\n" + rows)
    assert tables.remarks == ["2,000 accounts stand on several rows, added up: A0, A1, A2, A3, A4, …"]
    assert tables.revenue[7] == ("A7", [2])


def test_what_cannot_be_added_stays_visible(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2025\nA,5\na,tbd\nB,#N/A\nb,1\n")
    assert tables.revenue == [("A", ["tbd"]), ("B", ["#N/A"])]


def test_a_row_without_an_account_stays_to_be_named(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,Country,2025\nA,,1\n,,2\n,DE,\n")
    assert tables.revenue == [("A", [1]), (None, [2]), (None, [None])]
    assert tables.accounts[1:] == [{"account": None}, {"account": None, "country": "DE"}]


def test_a_row_of_totals_is_left_out_and_told(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2024,2025\nA,1.5,2\nB,2,3\nTotal,3.5,5\n")
    assert tables.revenue == [("A", [1.5, 2]), ("B", [2, 3])]
    assert tables.remarks == ["The last row, “Total”, is the sum of the others and was left out."]


@pytest.mark.parametrize(
    ("rows", "revenue", "remark"),
    [
        (
            "A;1\nB;2\nZwischensumme;3\nC;4\nZwischensumme Süd;4\nSumme;7\n",
            [("A", [1]), ("B", [2]), ("C", [4])],
            "2 rows such as “Zwischensumme” are the sums of those above and were left out.",
        ),
        (
            "A;1\nB;2\nجمع جزء;3\nC;4\nSous-total :;7\n",
            [("A", [1]), ("B", [2]), ("C", [4])],
            "2 rows such as “جمع جزء” are the sums of those above and were left out.",
        ),
        (
            "A;1\nB;2\nSub-total;3\n",
            [("A", [1]), ("B", [2])],
            "A row, “Sub-total”, is the sum of those above and was left out.",
        ),
        (
            "A;1\nSubtotal;9\n",
            [("A", [1]), ("Subtotal", [9])],
            "A row is called “Subtotal” but is no sum: kept as an account.",
        ),
    ],
)
def test_subtotals_are_left_out_before_the_total_is_tested(
    tmp_path: Path, rows: str, revenue: list[Any], remark: str
) -> None:
    tables = read(tmp_path, f"Account;2025\n{rows}")
    assert tables.revenue == revenue
    assert remark in tables.remarks


def test_plans_of_a_table_of_mrr_are_those_of_the_file(tmp_path: Path) -> None:
    tables = read(tmp_path, "Month,Account,Gold,Basic,Id\n2025-01,A,5,,1\n2025-01,B,,7,2\n2025-02,A,n/a,,1\n")
    assert tables.lists == {"plans": ["Gold", "Basic"]}
    assert [row[1:] for row in tables.mrr] == [("A", [5, None]), ("B", [None, 7])]
    assert "Plans taken from the file: Gold, Basic." in tables.remarks
    assert "1 cell of numbers such as “n/a” or “–” was read as blank." in tables.remarks


def test_the_largest_plans_are_taken_where_there_are_too_many(tmp_path: Path) -> None:
    tables = read(tmp_path, "Month;Account;P1;P2;P3;P4;P5;P6;P7\n2025-01;A;9;1;8;7;2;6;5\n")
    assert tables.lists == {"plans": ["P1", "P3", "P4", "P6", "P7"]}
    assert tables.mrr[0][2] == [9, 8, 7, 6, 5]
    assert tables.accounts == [{"account": "A"}]
    assert "There is place for 5 plans, the largest; not read: P2, P5." in tables.remarks


@pytest.mark.parametrize(
    "head",
    [
        "Month,Account,MRR,Users",
        "Month,Account,Basic,Users no.",
        "Account,Jan 2025,Feb 2025",
        "Month,Account,2025,Users",
    ],
)
def test_other_numbers_are_no_plans(tmp_path: Path, head: str) -> None:
    row = ["2025-01", "A", "5", "3"] if head.startswith("Month") else ["A", "5", "3"]
    assert read(tmp_path, f"{head}\n{','.join(row)}\n").lists == {}


def test_plans_beside_their_sum_are_plans(tmp_path: Path) -> None:
    tables = read(tmp_path, "Month,Account,Silver,Gold,MRR\n2025-01,A,5,3,8\n")
    assert (tables.lists, tables.mrr[0][2]) == ({"plans": ["Silver", "Gold"]}, [5, 3])


def test_text_like_an_error_is_one(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,Sector,2025,Notes\n#DIV/0!,Bank,5,x\nA,#n/a,6,#SPILL!\n")
    assert tables.accounts == [
        {"account": "#DIV/0!", "sector": "Bank", "notes": "x"},
        {"account": "A", "sector": "#N/A", "notes": "#VALUE!"},
    ]
    errors = [tables.accounts[0]["account"], tables.accounts[1]["sector"], tables.accounts[1]["notes"]]
    assert all(isinstance(error, CellError) for error in errors)


def test_words_for_no_number_are_blank_and_counted(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account;2024;2025\nna;n/a;N/A\nB;na;k.A.\nC;–;—\nD;-;5\n")
    assert tables.revenue == [("na", [None, None]), ("B", [None, None]), ("C", [None, None]), ("D", [None, 5])]
    assert tables.remarks == ["7 cells of numbers such as “n/a” or “–” were read as blank."]


def test_an_account_called_total_is_kept(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2024,2025\nA,1.5,2\nB,2,3\nTotal,99,5\n")
    assert tables.revenue[-1] == ("Total", [99, 5])
    assert tables.remarks == ["The last row is called “Total” but is not their sum: kept as an account."]


# ---- headings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "Account", "ACCOUNT NAME", "account_name", " Customer ", "Client", "Company", "name", "Kunde", "Konto",
        "Compte", "Société", "مشتری", "Customer ID", "Kunden-Nr.",
    ],
)  # fmt: skip
def test_headings_of_accounts(tmp_path: Path, heading: str) -> None:
    assert read(tmp_path, f"{heading},2025\nA,1\n").revenue == [("A", [1])]


def test_a_name_is_preferred_to_a_number_and_account_to_name(tmp_path: Path) -> None:
    tables = read(tmp_path, "Customer ID,Name,Account,2025\n7,Eva,Aurelia,1\n")
    assert tables.accounts == [{"account": "Aurelia", "notes": "Customer ID: 7; Name: Eva"}]


@pytest.mark.parametrize(
    "heading", ["2025", "FY2025", "FY 2025", "Revenue 2025", "2025 revenue", "Umsatz 2025", "Revenue 2025 (k€)", "۲۰۲۵",
                "CA 2025", "2025 EUR", "Sales_2025", "Revenue in 2025", "Annual turnover 2025", "Turnover (net) 2025",
                "31.12.2025", "12/31/2025", "Year ended 2025-12-31", "FY25", "FY'25", "Revenue FY25", "GJ 2025",
                "Umsatz Ist 2025 (TEUR)", "Umsatzerlöse 2025", "Chiffre d'affaires HT 2025", "exercice 2025",
                "Sales 2025 in USD '000", "فروش سال ۲۰۲۵", "2025 actual"]
)  # fmt: skip
def test_headings_of_years(tmp_path: Path, heading: str) -> None:
    tables = read(tmp_path, f"Account,{heading}\nA,1\n")
    assert (tables.years, tables.revenue) == (["2025"], [("A", [1])])


@pytest.mark.parametrize(
    "heading",
    ["Budget 2025", "2025 budget", "Plan 2025", "Forecast 2025", "Budget Q1 2025", "Cost Jan 2025",
     "2024/2025", "2024/25", "30.06.2025", "Cost 2025", "2025 %", "Date 2025", "20255", "1825"],
)  # fmt: skip
def test_headings_that_are_no_years(tmp_path: Path, heading: str) -> None:
    tables = read(tmp_path, f"Account,{heading}\nA,1\n")
    assert tables.accounts == [{"account": "A", "notes": f"{heading}: 1"}]
    assert tables.revenue == [("A", [None, None, None])]
    assert f"Columns not known, kept in Notes: {heading}." in tables.remarks


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("2025 YTD", "type its number of months above it on Revenue."),
        ("Revenue_YTD_2025", "type its number of months above it on Revenue."),
        ("Umsatz 2025 (year to date)", "type its number of months above it on Revenue."),
        ("FY 24/25", "the year in which it ends."),
        ("FY2024-25", "the year in which it ends."),
        ("GJ 2024/2025", "the year in which it ends."),
        ("سال مالی ۲۴/۲۵", "the year in which it ends."),
    ],
)
def test_headings_that_are_years_in_a_way_are_told(tmp_path: Path, heading: str, told: str) -> None:
    tables = read(tmp_path, f"Account,{heading}\nA,1\n")
    assert (tables.years, tables.revenue) == (["2025"], [("A", [1])])
    (remark,) = tables.remarks
    assert remark.startswith(f"“{heading}” was taken as 2025")
    assert remark.endswith(told)


def test_the_last_day_of_a_year_among_other_days_is_no_year(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account;30.06.2025;31.12.2025\nA;1;2\n")
    assert tables.revenue == [("A", [None, None, None])]
    assert tables.accounts == [{"account": "A", "notes": "30.06.2025: 1; 31.12.2025: 2"}]


def test_the_last_days_of_months_without_a_gap_are_months(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account;30.11.2025;31.12.2025\nA;1;2\n")
    assert (tables.years, tables.revenue, tables.months) == (["2025"], [("A", [3])], {"2025": 2})


def test_last_days_of_years_in_a_workbook(tmp_path: Path) -> None:
    file = workbook(tmp_path, {"S": [["Account", date(2024, 12, 31), date(2025, 12, 31)], ["A", 4, 5]]})
    tables = read_data(file, TEMPLATE)
    assert (tables.years, tables.revenue) == (["2024", "2025"], [("A", [4, 5])])


def test_a_column_of_years_puts_each_row_in_its_year(tmp_path: Path) -> None:
    text = "Account,Year,Revenue,Owner\nA,2024,5,Eva\na,FY25,6,\nB,2025,7,\nB,2025,1,\nC,soon,9,\n"
    tables = read(tmp_path, text)
    assert (tables.years, tables.revenue) == (["2024", "2025"], [("A", [5, 6]), ("B", [None, 8]), ("C", [None, None])])
    assert tables.accounts[0] == {"account": "A", "owner": "Eva"}
    assert tables.accounts[2] == {"account": "C", "notes": "Year: soon; Revenue: 9"}
    assert tables.remarks == [
        "1 account stands on several rows, added up: B",
        "Rows without a year under “Year”: revenue kept in Notes.",
    ]
    assert read(tmp_path, "Account,Year,2025\nA,2024,5\n").accounts == [{"account": "A", "notes": "Year: 2024"}]


def test_years_of_a_workbook_may_be_numbers_and_stand_in_any_order(tmp_path: Path) -> None:
    file = workbook(tmp_path, {"S": [["Account", 2025, 2023.0, "2024"], ["A", 5, 3, 4]]})
    tables = read_data(file, TEMPLATE)
    assert (tables.years, tables.revenue) == (["2023", "2024", "2025"], [("A", [3, 4, 5])])


def test_a_year_that_stands_there_twice_is_taken_once(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2025,Revenue 2025\nA,1,2\n")
    assert tables.revenue == [("A", [1])]
    assert tables.accounts == [{"account": "A", "notes": "Revenue 2025: 2"}]


def test_years_can_be_chosen_and_added(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2023,2024,2025\nA,3,4,5\n", years=["2024", "2025", "2026"])
    assert (tables.years, tables.revenue) == (["2024", "2025", "2026"], [("A", [4, 5, None])])
    assert tables.remarks == [
        "Years of the file that were left out: 2023.",
        "Years that the file does not have, left blank: 2026.",
    ]


def test_revenue_without_a_year_belongs_to_the_last_one(tmp_path: Path) -> None:
    tables = read(tmp_path, "Kunde;Umsatz\nA;1,5\n", years=["2024", "2025"])
    assert tables.revenue == [("A", [None, 1.5])]
    assert "“Umsatz” names no year: taken as 2025." in tables.remarks


def test_every_field_of_accounts_is_found(tmp_path: Path) -> None:
    text = (
        "Client;Branche;Pays;KAM;Kunde seit;Onboarding status;Engagement;CSAT;In queue since;Grund;"
        "Next action;Deadline;Comment;foo\n"
        "A;Bank;FR;Eva;31.12.2020;Live;57;4,5;2025-11-30;price;call;15/01/2026;be kind;bar\n"
    )
    assert read(tmp_path, text).accounts == [
        {
            "account": "A", "sector": "Bank", "country": "FR", "owner": "Eva", "since": date(2020, 12, 31),
            "step": "Live", "engagement": 57, "satisfaction": 4.5, "queue_since": date(2025, 11, 30),
            "reason": "price", "next_step": "call", "due": date(2026, 1, 15), "notes": "be kind; foo: bar",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("owner", ["Owner/Manager", "Account owner", "Key account manager", "Key-Account-Manager", "Kundenbetreuer",
                   "Responsable de compte", "مدیر حساب"]),
        ("engagement", ["Engagement %", "Engagement (0–100)", "Engagement in %", "Nutzungsgrad", "Taux d'engagement",
                        "درصد مشارکت"]),
        ("satisfaction", ["CSAT", "Customer satisfaction (1-5)", "Kundenzufriedenheit", "Satisfaction client",
                          "رضایت مشتری"]),
        ("sector", ["Industry", "Branche", "Secteur d’activité", "صنعت"]),
        ("next_step", ["Next action", "Nächste Massnahme", "Prochaine action", "گام بعدی"]),
    ],
)  # fmt: skip
def test_a_field_has_many_names(tmp_path: Path, field: str, headings: list[str]) -> None:
    for heading in headings:
        (row,) = read(tmp_path, f"Account,{heading}\nA,4\n").accounts
        assert row[field] in (4, "4"), heading


def test_a_share_of_satisfied_answers_is_no_rating(tmp_path: Path) -> None:
    assert read(tmp_path, "Account,CSAT %\nA,85\n").accounts == [{"account": "A", "notes": "CSAT %: 85"}]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["03/04/2025", "12/31/2025"], [date(2025, 3, 4), date(2025, 12, 31)]),
        (["03/04/2025", "31/12/2025"], [date(2025, 4, 3), date(2025, 12, 31)]),
        (["2025-12-31 00:00:00", "31.12.25"], [date(2025, 12, 31), date(2025, 12, 31)]),
        (["soon", "30.02.2025"], ["soon", "30.02.2025"]),
    ],
)
def test_dates_of_a_file(tmp_path: Path, dates: list[str], expected: list[object]) -> None:
    rows = "".join(f"A{i},{day}\n" for i, day in enumerate(dates))
    assert [row["due"] for row in read(tmp_path, "Account,Due\n" + rows).accounts] == expected


def test_a_date_that_may_be_read_both_ways_is_told(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,Due\nA,03/04/2025\n")
    assert tables.accounts[0]["due"] == date(2025, 4, 3)
    assert "Dates such as 03/04/2025 were read as day, month, year." in tables.remarks


def test_a_stray_control_character_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "Account,Notes\nA,one\x0btwo\n\x1a").accounts == [{"account": "A", "notes": "one two"}]
    assert read(tmp_path, "Acc\x07ount\nA\x07B\n").accounts == [{"account": "AB"}]


def test_control_characters_of_a_workbook_do_no_harm(tmp_path: Path) -> None:
    for value in (1, "#N/A"):  # read in two ways
        file = workbook(tmp_path, {"S": [["Acc\x07ount", 2025, "Notes"], ["A\x01B", value, "one\rtwo _x0041_"]]})
        assert read_data(file, TEMPLATE).accounts == [{"account": "AB", "notes": "one\ntwo _x0041_"}]


def test_a_text_is_cut_to_what_a_cell_takes(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "Account,Reason,foo\nA," + "x" * 40_000 + "," + "y" * 40_000 + "\n").accounts
    assert [len(str(row[key])) for key in ("reason", "notes")] == [32_767, 32_767]


def test_plans_are_mrr_of_the_report_month(tmp_path: Path) -> None:
    template = Template(report_date=date(2025, 11, 30))
    (tmp_path / "in.csv").write_text("Account,basic,PREMIUM,2025\nA,1,2,30\nB,,,5\n", encoding="utf-8")
    tables = read_data(tmp_path / "in.csv", template)
    assert tables.mrr == [(date(2025, 11, 1), "A", [1, None, 2])]
    assert tables.remarks == ["MRR per plan was entered for 2025-11."]


def test_a_bare_mrr_belongs_to_the_first_plan(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,MRR\nA,12\n")
    assert [values for _month, _account, values in tables.mrr] == [[12, None, None]]
    assert "“MRR” was entered as MRR of Basic." in tables.remarks


def test_a_column_of_months_gives_a_ledger(tmp_path: Path) -> None:
    text = "Month,Account,Basic,Premium\n2025-11,A,1,\nDez 2025,A,2,5\n12/2025,a,3,\nsoon,A,1,\n2025-12,,9,\n"
    tables = read(tmp_path, text)
    assert tables.mrr == [
        (date(2025, 11, 1), "A", [1, None, None]),
        (date(2025, 12, 1), "A", [3, None, 5]),
        ("soon", "A", [1, None, None]),
        (date(2025, 12, 1), None, [9, None, None]),
    ]
    assert tables.accounts == [{"account": "A", "notes": "Basic 2025-12: 2"}]


def test_criteria_are_scores(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,strategic fit,Upsell readiness\nA,7,8\nB,,\nC,,high\n")
    assert tables.scores == [
        ("A", [None, None, None, 8], [7, None, None, None]),
        ("C", [None, None, None, "high"], [None, None, None, None]),
    ]


# ---- workbooks -------------------------------------------------------------------------------------------------


def test_the_first_sheet_with_accounts_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    rows = [["Report"], [], ["", "Customer", 2025, "Due"], ["", "A", 5, date(2026, 1, 2)]]
    file = workbook(tmp_path, {"Cover": [["Welcome"]], "Data": rows, "Empty": []})
    tables = read_data(file, TEMPLATE)
    assert tables.revenue == [("A", [5])]
    assert tables.accounts == [{"account": "A", "due": date(2026, 1, 2)}]
    assert tables.remarks == ["Read the sheet “Data”; not read: Cover."]


def test_error_cells_of_a_workbook_are_seen(tmp_path: Path) -> None:
    rows = [["Account", 2024, 2025], ["A", "#DIV/0!", 5], ["B", 1, "#N/A"], ["#REF!", 1, 2]]
    tables = read_data(workbook(tmp_path, {"S": rows}), TEMPLATE)
    assert tables.revenue == [("A", ["#DIV/0!", 5]), ("B", [1, "#N/A"]), ("#REF!", [1, 2])]
    assert isinstance(tables.revenue[0][1][0], CellError)
    assert isinstance(tables.revenue[2][0], CellError)


def test_both_ways_of_reading_a_workbook_agree(tmp_path: Path) -> None:
    """With an error cell openpyxl reads, without one calamine: all else must be the same."""
    rows = [
        [],
        ["", "Account", 2025, "Due", "Owner"],
        [],
        ["", "A", 5.5, date(2026, 1, 2), True],
        ["", "B", 7, None, 3],
    ]
    fast = read_data(workbook(tmp_path, {"S": rows, "T": [[1]]}, "fast.xlsx"), TEMPLATE)
    slow = read_data(workbook(tmp_path, {"S": rows, "T": [["#N/A"]]}, "slow.xlsx"), TEMPLATE)
    assert fast == slow


def test_formulas_that_were_never_calculated_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Account", 2025])
    book.active.append(["A", "=1+1"])
    book.save(tmp_path / "in.xlsx")
    tables = read_data(tmp_path / "in.xlsx", TEMPLATE)
    assert tables.revenue == [("A", [None])]
    assert tables.remarks == [
        "1 formula carries no value and is read as blank; open the file in Excel and save it once."
    ]


def test_numbers_kept_as_text_in_a_workbook_are_numbers(tmp_path: Path) -> None:
    file = workbook(tmp_path, {"S": [["Account", "2025", "2024"], ["A", "1.234,50", "tbd"]]})
    assert read_data(file, TEMPLATE).revenue == [("A", ["tbd", 1234.5])]


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    workbook(tmp_path, {"S": [["Account", 2025], ["A", 1]]}, "in.csv.xlsx").rename(tmp_path / "in.csv")
    assert read_data(tmp_path / "in.csv", TEMPLATE).revenue == [("A", [1])]


# ---- files that cannot be read ---------------------------------------------------------------------------------


def test_no_column_of_accounts_lists_what_is_there(tmp_path: Path) -> None:
    line = refused(tmp_path, "Region,2024,2025\nNorth,1,2\n")
    assert line.startswith("in.csv: no column of accounts among: Region, 2024, 2025. Expected “Account” (or Customer")


def test_cells_on_several_lines_are_named_in_one(tmp_path: Path) -> None:
    assert ": no column of accounts among: The region, 2024. " in refused(tmp_path, '"The\nregion",2024\nNorth,1\n')
    tables = read(tmp_path, 'Account,"The\nregion"\nA,North\n')
    assert tables.accounts == [{"account": "A", "notes": "The region: North"}]
    assert tables.remarks[0] == "Columns not known, kept in Notes: The region."


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff", ";;\n;;\n"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content) == "in.csv: is empty; nothing was read"


def test_an_empty_workbook(tmp_path: Path) -> None:
    workbook(tmp_path, {"S": []})
    with pytest.raises(DataError, match="is empty"):
        read_data(tmp_path / "in.xlsx", TEMPLATE)


def test_headings_only_are_an_empty_workbook_with_a_remark(tmp_path: Path) -> None:
    tables = read(tmp_path, "Account,2024,2025\n")
    assert (tables.accounts, tables.revenue, tables.years) == ([], [], ["2024", "2025"])
    assert tables.remarks == ["in.csv: holds headings only; the workbook has no accounts yet."]


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is a folder; name a CSV or Excel file in it"):
        read_data(tmp_path, TEMPLATE)
    with pytest.raises(DataError, match="no such file; check the name and the folder"):
        read_data(tmp_path / "nix.csv", TEMPLATE)


@pytest.mark.parametrize("content", [b"\x00\x01\x02rubbish", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_rubbish_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content) == "in.csv: is neither a text (CSV) nor an Excel file; save it as .xlsx or CSV"


def test_a_web_page_is_refused(tmp_path: Path) -> None:
    assert "is a web page" in refused(tmp_path, "<html><table><tr><td>Account</td></tr></table></html>", "in.xls")


def ods(file: Path, sheets: dict[str, Sequence[Sequence[str]]], manifest: str = "") -> Path:
    """An OpenDocument spreadsheet of texts."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{m}:1.0"' for n, m in names.items())
    body = ""
    for title, rows in sheets.items():
        body += f'<table:table table:name="{title}">'
        for row in rows:
            cells = (
                f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row
            )
            body += f"<table:table-row>{''.join(cells)}</table:table-row>"
        body += "</table:table>"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        content = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        archive.writestr("content.xml", f"<office:document-content {spaces}>{content}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return file


def test_a_protected_open_document_is_refused(tmp_path: Path) -> None:
    file = ods(tmp_path / "in.ods", {"S": [["Account", "2025"], ["A", "1"]]})
    assert read_data(file, TEMPLATE).revenue == [("A", [1])]
    file = ods(tmp_path / "in.ods", {}, "<manifest:encryption-data/>")
    assert refused(tmp_path, file.read_bytes(), "in.ods") == "in.ods: is protected by a password; save it without one"


def test_a_protected_old_workbook_is_refused(tmp_path: Path) -> None:
    start = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x36\x00"
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + start + bytes(500)
    assert refused(tmp_path, content, "in.xls") == "in.xls: is protected by a password; save it without one"


def test_our_own_workbook_in_another_format_is_refused(tmp_path: Path) -> None:
    """The Guide speaks of accounts too: it is no table of them."""
    sheets = {
        "Guide": [["Accounts", "Who your accounts are"], ["Revenue", "What they bring"]],
        "Kunden": [["Account", "Sector", "Onboarding", "Engagement", "Satisfaction", "In queue since", "Next step"]],
        "MRR": [[], ["", "Month", "Account", "Plan 1", "Plan 2", "Plan 3"]],
    }
    line = refused(tmp_path, ods(tmp_path / "in.ods", sheets).read_bytes(), "in.ods")
    assert line == "in.ods: is a workbook of kam-xl in another format; open it and save it as .xlsx"
    line = refused(tmp_path, workbook(tmp_path, sheets).read_bytes(), "in.xlsx")
    assert line == "in.xlsx: is a workbook of kam-xl that lost its tables; go back to the .xlsx file that it came from"
    alone = workbook(tmp_path, {"Kunden": sheets["Kunden"]})
    assert read_data(alone, TEMPLATE).accounts == []


def test_a_protected_workbook_is_refused(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert refused(tmp_path, content, "in.xlsx") == "in.xlsx: is protected by a password; save it without one"


@pytest.mark.parametrize("cut", [10, 100, 1000, -30])
def test_a_workbook_that_was_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    whole = workbook(tmp_path, {"S": [["Account", 2025], ["A", 1]]}).read_bytes()
    assert "is damaged or no workbook" in refused(tmp_path, whole[:cut], "in.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DataError, match="is damaged or no workbook"):
        read_data(tmp_path / "in.zip", TEMPLATE)


def test_damaged_old_workbook_is_refused(tmp_path: Path) -> None:
    assert "is damaged or no workbook" in refused(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "in.xls")


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    line = refused(tmp_path, 'Account,2025\nA,1\n"B,2\nC,3\n')
    assert line == "in.csv, line 3: a quotation mark is opened here and never closed; remove it"


def test_a_quotation_mark_inside_a_cell_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, 'Account,2025\n"A" 24" Screens,1\n').revenue == [('A 24" Screens', [1])]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may read every file")
def test_a_file_that_one_may_not_read(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Account\n")
    (tmp_path / "in.csv").chmod(0)
    with pytest.raises(DataError, match="cannot be read; close it elsewhere or ask for permission"):
        read_data(tmp_path / "in.csv", TEMPLATE)


def test_a_file_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "in.csv").write_text("Account\n")
    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(DataError, match="cannot be read"):
        read_data(tmp_path / "in.csv", TEMPLATE)


@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9),
    kind=st.sampled_from("xct"),
)
@settings(deadline=None)  # a process of its own reads each workbook
def test_a_damaged_file_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[float, int]], kind: str
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    whole = {
        "x": lambda: workbook(folder, {"S": [["Account", 2025], ["A", 1], ["B", "#N/A"]]}).read_bytes(),
        "c": lambda: b'Kunde;2024;Due\nA;1.234,5;31.12.2025\n"B";(7);\n',
        "t": lambda: "Account\t2024\nA\t€ 5\n".encode("utf-16"),
    }[kind]()
    content = bytearray(whole)
    for place, byte in places:
        content[int(place * (len(content) - 1))] = byte
    (folder / "in").write_bytes(content)
    try:
        read_data(folder / "in", TEMPLATE)
    except DataError as error:
        assert "\n" not in str(error)


# ---- round trips -----------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)
SPECIAL = ("total", "sum", "#")
NAMES = TEXT.map(lambda s: tidy(printable(s))).filter(
    lambda s: s and not s.casefold().startswith(SPECIAL) and plain(s) == s
)
CENTS = st.integers(-(10**11), 10**11).map(lambda n: n / 100)
TABLE = st.lists(
    st.tuples(NAMES, st.lists(st.none() | CENTS, min_size=3, max_size=3)), min_size=1, max_size=12,
    unique_by=lambda row: (row[0].casefold(), key_of(row[0])),
)  # fmt: skip


@given(table=TABLE, comma=st.booleans())
def test_what_is_written_to_csv_comes_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, list[float | None]]], comma: bool
) -> None:
    file = tmp_path_factory.mktemp("csv") / "in.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";" if comma else ",", quoting=csv.QUOTE_ALL)
        writer.writerow(["Account", "2023", "2024", "2025"])
        for name, values in table:
            texts = ["" if v is None else f"{v:.2f}" for v in values]
            writer.writerow([name, *(text.replace(".", ",") if comma else text for text in texts)])
    assert read_data(file, TEMPLATE).revenue == table


@given(table=TABLE)
@settings(deadline=None)
def test_what_is_written_to_a_workbook_comes_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, list[float | None]]]
) -> None:
    rows = [["Account", 2023, 2024, 2025], *([name, *values] for name, values in table)]
    folder = tmp_path_factory.mktemp("xlsx")
    clean = [row for row in rows if not str(row[0]).startswith("#")]
    read_back = read_data(workbook(folder, {"S": clean}), TEMPLATE).revenue
    kept = [(name, values) for name, values in table if not name.startswith("#")]
    assert [name for name, _values in read_back] == [name for name, _values in kept]
    for (_name, got), (_same, put) in zip(read_back, kept, strict=True):
        assert [v is None for v in got] == [v is None for v in put]
        assert [v or 0 for v in got] == pytest.approx([v or 0 for v in put], rel=1e-14)
