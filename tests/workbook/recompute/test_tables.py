"""References to the input tables by their headings, as Excel writes them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kam_xl.workbook.recompute import recompute

CASES = {
    "SUM(tblRevenue[2025])": "=SUM(Revenue!H9:H38)",
    "COUNTA(tblRevenue[Account])": "=COUNTA(Revenue!B9:B38)",
    "SUM(tblRevenue[[2023]:[2025]])": "=SUM(Revenue!F9:H38)",
    "tblRevenue[[#Headers],[2024]]": "=Revenue!G8",
    "tblRevenue[[#This Row],[2024]]*2": "=Revenue!G12*2",
    "tblRevenue[@2024]+0": "=Revenue!G12+0",
    "tblRevenue[@[2024]]+0": "=Revenue!G12+0",
    "SUM(tblRevenue[[#This Row],[2023]:[2025]])": "=SUM(Revenue!F12:H12)",
    "ROWS(tblRevenue[])": "=30",
    "ROWS(tblRevenue[#All])+COLUMNS(TBLREVENUE[#Data])": "=38",
    'SUMIFS(tblRevenue[2025],tblRevenue[Class],"A")': '=SUMIFS(Revenue!H9:H38,Revenue!E9:E38,"A")',
}
UNKNOWN = ["SUM(tblRevenue[2031])", "SUM(tblOther[x])", "tblRevenue[[#Totals],[2025]]", "SUM(Prices[2025])"]


@pytest.fixture(scope="module")
def sheet(small: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Own formulas with headings, each in row 12 of a sheet, and the same with addresses beside it."""
    book = openpyxl.load_workbook(small)
    for number, (text, plain) in enumerate(CASES.items()):
        own = book.create_sheet(f"Own {number}")
        own["A12"], own["B12"] = f"={text}", plain
    lost = book.create_sheet("Lost")
    for row, text in enumerate(UNKNOWN, 1):
        lost[f"A{row}"] = f"={text}"
    lost["A60"] = "=tblRevenue[@2024]"
    path = tmp_path_factory.mktemp("tables") / "own.xlsx"
    book.save(path)
    found = recompute(path)
    cells = {f"{sheet}!{cell}": value for sheet, values in found.values.items() for cell, value in values.items()}
    return cells | {f"{one.sheet}!{one.cell}": one for one in found.unmatched}


@pytest.mark.parametrize("number", range(len(CASES)), ids=CASES)
def test_a_heading_means_the_cells_below_it(sheet: dict[str, object], number: int) -> None:
    assert sheet[f"Own {number}!A12"] == sheet[f"Own {number}!B12"]


def test_what_is_not_there_has_no_value(sheet: dict[str, object]) -> None:
    assert all("refers to" in sheet[f"Lost!A{row}"].why for row in range(1, 5))  # type: ignore[attr-defined]
    assert sheet["Lost!A60"] == "#VALUE!"
