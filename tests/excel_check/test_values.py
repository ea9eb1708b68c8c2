"""Values as Excel hands them over against values as Python has them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import types
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from macros.excel_book import payload

from kam_xl.excel_check.values import as_plain, changed_cells, compared
from kam_xl.formulas.formula import Err

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
REMOTE = """
import json, os, sys
os.environ.update({"XLWINGS_ON_SERVER": "true", "XLWINGS_LICENSE_KEY": "noncommercial"})
import xlwings
from kam_xl.excel_check.values import compared
from kam_xl.formulas.formula import Err
asked = json.load(sys.stdin)
for each in asked["expected"]:
    each["One"]["C4"] = Err(each["One"]["C4"])
book = xlwings.Book(json=asked["payload"])
print(json.dumps([[[d.cell, d.excel, d.python] for d in compared(book, each).different] for each in asked["expected"]]))
"""


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (None, None),
        ("", ""),
        (True, True),
        (5.0, 5.0),
        (Decimal("1.5"), 1.5),
        (-2146826246, Err("#N/A")),
        (-2146826273, Err("#VALUE!")),
        (-2146826259, Err("#NAME?")),
        (dt.datetime(2026, 1, 31), 46053),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), 46053.5),
        (dt.date(1900, 3, 1), 61),
    ],
)
def test_every_kind_of_value_is_what_its_cell_means(value: Any, meant: Any) -> None:
    assert as_plain(value) == meant
    assert type(as_plain(value)) is type(meant)


@given(st.integers(-2146826288, -2146825288))
def test_no_error_of_excel_is_taken_for_a_number(code: int) -> None:
    assert isinstance(as_plain(code), Err)


class Cells:
    """A sheet of an open book, as far as it is read here: the cells from A1 down."""

    def __init__(self, *values: Any) -> None:
        self.values = values

    def range(self, _first: Any, _last: Any) -> Cells:
        return self

    def options(self, **_how: Any) -> Cells:
        return self

    @property
    def value(self) -> list[list[Any]]:
        return [[value] for value in self.values]


def different(excel: Any, python: Any) -> bool:
    book = types.SimpleNamespace(sheets={"calc": Cells(excel)})
    return bool(compared(book, {"calc": {"A1": python}}).different)


@given(NUMBERS)
def test_a_number_is_itself_and_no_text_or_truth(number: float) -> None:
    assert not different(number, number)
    assert different(str(number), number)
    assert different(True, number)
    assert different(None, number)


@given(st.floats(1e-3, 1e12), st.floats(1e-8, 1))
def test_a_number_that_differs_by_more_than_a_billionth_is_another(number: float, by: float) -> None:
    assert different(number * (1 + by), number)
    assert not different(number * (1 + 1e-12), number)


@pytest.mark.parametrize(
    ("excel", "python"),
    [("abc", "ABC"), ("Straße", "Strasse"), ("a", "a "), ("#N/A", ""), (1, True), ("#N/A", "#REF!"), (0, None)],
)
def test_texts_are_the_same_to_the_letter_and_errors_only_themselves(excel: Any, python: Any) -> None:
    assert different(excel, python)


def test_blank_is_blank_and_marks_of_numbers_are_counted() -> None:
    book = types.SimpleNamespace(sheets={"calc": Cells(None, "", "1.306,5 k€", "as it is")})
    found = compared(book, {"calc": {"A1": "", "A2": None, "A3": "1,306.5 k€", "A4": "as it is"}})
    assert (found.different, found.other_marks) == ([], 1)


def test_changed_cells_are_found_whatever_grew() -> None:
    assert changed_cells([[1.0, 2.0]], [[1.0, 2.0]]) == []
    assert changed_cells([[1.0, 2.0]], [[1.0, 3.0], ["x"]]) == ["B1", "A2"]
    assert changed_cells([[1.0], ["x"]], [[1.0]]) == ["A2"]


def test_values_are_read_through_xlwings_where_there_is_no_com(tmp_path: Path) -> None:
    """As on a Mac: one call per sheet, dates as dates, errors as texts."""
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = book.add_worksheet("One")
    sheet.write_row("B2", [1.5, "text", True])
    sheet.write("C4", "#N/A")
    sheet.write_datetime("D4", dt.datetime(2026, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.add_worksheet("Two").write("A1", 7)
    book.close()
    expected = {"One": {"B2": 1.5, "C2": "text", "D2": True, "B3": None, "C4": "#N/A", "D4": 46053}, "Two": {"A1": 7}}
    others = {"One": {**expected["One"], "B2": 1.6}, "Two": {"A1": ""}}
    asked = {"payload": payload(tmp_path / "book.xlsx"), "expected": [expected, others]}
    run = subprocess.run(
        [sys.executable, "-c", REMOTE], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == [[], [["B2", 1.5, 1.6], ["A1", 7, ""]]]
