"""A date in a column of numbers is never an amount: kept as text, told, and named in its cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.intake.importer import read_data
from kam_xl.intake.starting import from_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.checking import problems_of

MAY = dt.date(2025, 5, 3)
RECORDS: dict[str, list[dict[str, Any]]] = {"costs": [{"account": "A", "direct": 5, "retention": 0.5}]}


@pytest.fixture(scope="module")
def settings() -> Template:
    """The standard settings with few pages, as small workbooks are quick."""
    shown = {"sheets": ["Scoring", "Profit", "Pareto"], "plan_account": "", "map_account": "", "rollout_account": ""}
    return load_template("standard").settings.model_copy(update=shown)


def tables(**changes: Any) -> Tables:
    given: dict[str, Any] = {
        "accounts": [{"account": "A", "satisfaction": 4, "since": MAY}, {"account": "B"}],
        "years": ["2024", "2025"],
        "revenue": [("A", [10, 20]), ("B", [5, 6])],
        "mrr": [(dt.date(2025, 1, 1), "A", [7, 8, None])],
        "scores": [("A", [1, 2, 3, 4], [5, 6, 7, 8])],
        "records": RECORDS,
    }
    return Tables(**{**given, **changes})


CELLS = [("Accounts", "I9"), ("Revenue", "G9"), ("MRR", "E9"), ("Scores", "D9"), ("Scores", "H9"), ("Costs", "D9")]


def made(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), day)
                    else:
                        sheet.write(r, c, value)
    return path


def test_check_names_every_cell_of_numbers_that_holds_a_date_and_says_it_once(
    tmp_path: Path, settings: Template
) -> None:
    path = build(settings, tables()).write(tmp_path / "a.xlsx")
    before = problems_of(path)
    book = openpyxl.load_workbook(path)
    for sheet, cell in CELLS:
        assert isinstance(book[sheet][cell].value, int | float), (sheet, cell)
        book[sheet][cell] = MAY
        book[sheet][cell].number_format = "d/m/yy"
    book.save(path)
    found = [finding for finding in problems_of(path) if finding not in before]
    assert [(f.sheet, f.cell) for f in found] == CELLS
    assert {f.problem for f in found} == {"is a date (2025-05-03)"}
    assert {f.remedy for f in found} == {"type the number, and format the cell as one"}


def test_a_workbook_made_from_one_with_dates_keeps_them_out_of_the_amounts(tmp_path: Path, settings: Template) -> None:
    path = build(settings, tables()).write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Revenue"]["G9"] = MAY
    book.save(path)
    template, read = from_data(path)
    assert read.revenue == [("A", [10, "2025-05-03"]), ("B", [5, 6])]
    assert "Revenue!G9 is a date (2025-05-03): kept as text." in read.remarks
    built = build(template, read)
    assert [(p.sheet, p.cell, p.problem) for p in built.problems if p.sheet == "Revenue"] == [
        ("Revenue", "G9", "is text")
    ]
    total = built.book.sheets["calc"].cells
    assert 46145 not in total.values() and 45780 not in total.values()


def test_the_builder_takes_no_date_for_an_amount_whoever_made_the_tables(settings: Template) -> None:
    given = tables(revenue=[("A", [10, MAY]), ("B", [5, 6])])
    built = build(settings, given)
    assert [(p.cell, p.problem) for p in built.problems if p.sheet == "Revenue"] == [("G9", "is text")]
    assert built.book.sheets["Revenue"].cells[8, 3] == 10  # the total of A
    assert given.revenue[0] == ("A", [10, MAY])  # untouched


def test_an_import_keeps_dates_out_of_every_column_of_numbers_and_says_so(tmp_path: Path) -> None:
    rows = [
        ["Account", "Since", "Satisfaction", 2024, 2025],
        ["A", MAY, MAY, 10, MAY],
        ["B", MAY, 4, 5, 6],
        ["C", MAY, 3, MAY, MAY],
    ]
    read = read_data(made(tmp_path / "in.xlsx", {"Sheet": rows}), Template())
    assert read.revenue == [("A", [10, "2025-05-03"]), ("B", [5, 6]), ("C", ["2025-05-03", "2025-05-03"])]
    assert [row["since"] for row in read.accounts] == [MAY] * 3
    assert read.accounts[0]["satisfaction"] == "2025-05-03"
    told = [
        "“Satisfaction” holds 1 date where a number belongs, 2025-05-03 of A: kept as text and not counted.",
        "“2025” holds 2 dates where numbers belong, such as 2025-05-03 of A: kept as text.",
        "“2024” holds 1 date where a number belongs, 2025-05-03 of C: kept as text and not counted.",
    ]
    assert [remark for remark in read.remarks if "holds" in remark] == told
    assert read.doubts == told


def test_a_sheet_of_mrr_and_one_of_another_table_too(tmp_path: Path) -> None:
    sheets = {
        "Accounts": [["Account", "Sector"], ["A", "Bank"]],
        "MRR": [["Month", "Account", "Basic", "Premium"], [dt.date(2025, 1, 1), "A", 5, MAY]],
        "Costs": [["Account", "Direct cost", "Cost to serve"], ["A", MAY, 4]],
    }
    read = read_data(made(tmp_path / "in.xlsx", sheets), Template())
    assert read.mrr == [(dt.date(2025, 1, 1), "A", [5, None, "2025-05-03"])]
    assert read.records["costs"] == [{"account": "A", "direct": "2025-05-03", "serve": 4}]
    assert [remark.split(" holds")[0] for remark in read.doubts] == ["“Premium”", "“Direct cost”"]


def test_checks_keeps_what_was_told(tmp_path: Path, settings: Template) -> None:
    read = read_data(made(tmp_path / "in.xlsx", {"S": [["Account", 2025], ["A", MAY], ["Straße", 1]]}), settings)
    read.doubt(["x" * 400, *map(str, range(12))])
    shown = [value for value in build(settings, read).book.sheets["Checks"].cells.values() if isinstance(value, str)]
    assert "Told when the data were read" in shown
    assert all(doubt in shown for doubt in read.doubts[:12])
    assert f"… and {len(read.doubts) - 12} more" in shown
    assert "Told when the data were read" not in build(settings, tables()).book.sheets["Checks"].cells.values()
