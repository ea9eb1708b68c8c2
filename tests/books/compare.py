"""What a workbook's file says against what a spreadsheet program computes from its formulas."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
from engines.written import same_text
from openpyxl.utils import get_column_letter

from kam_xl.formulas.formula import serial


def stored(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    """Values in the file, by sheet and (row, column) from 0; blank cells are left out."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)  # in half the time: no charts
    out: dict[str, dict[tuple[int, int], Any]] = {}
    for sheet in book.worksheets:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, dt.datetime):
                    value = serial(value.date())
                if value is not None and value != "":
                    cells[cell.row - 1, cell.column - 1] = value
        out[sheet.title] = cells
    book.close()
    return out


def same(a: Any, b: Any, separators: str = ".,") -> bool:
    """Equal text, or numbers equal to 1e-9 relative; Calc's TRUE is 1.

    `separators`, of decimals and of thousands, are those of the country in which `b` was computed.
    """
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-3)
    return a == b or (isinstance(a, str) and isinstance(b, str) and same_text(a, b, separators))


def differences(path: Path, recalculated: dict[str, list[list[Any]]], separators: str = ".,") -> list[str]:
    """Cells whose value in the file is not the recalculated one, in a country with these separators."""
    out = []
    for sheet, cells in stored(path).items():
        rows = recalculated[sheet]
        live = {(i, j): v for i, row in enumerate(rows) for j, v in enumerate(row) if v != ""}
        for place in sorted(set(cells) | set(live)):
            a, b = cells.get(place, ""), live.get(place, "")
            if not same(a, b, separators):
                out.append(f"{sheet}!{get_column_letter(place[1] + 1)}{place[0] + 1}: file {a!r}, recalculated {b!r}")
    return out
