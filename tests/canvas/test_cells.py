"""How cells are stored: this pins the private methods of XlsxWriter that `worksheet.Worksheet` overrides."""

from __future__ import annotations

import inspect
import re
import zipfile

import pytest
from xlsxwriter.worksheet import Worksheet

from kam_xl.canvas.book import Book
from kam_xl.formulas.formula import NA, X


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("_prepare_formula", ["self", "formula", "expand_future_functions"]),
        ("_write_cell", ["self", "row", "col", "cell"]),
        ("_write_cell_array_formula", ["self", "formula", "cell_range"]),
        ("_write_cell_value", ["self", "value"]),
        ("_escape_control_characters", ["data"]),
    ],
)
def test_xlsxwriter_still_has_what_is_overridden_or_called(name, parameters):
    assert list(inspect.signature(getattr(Worksheet, name)).parameters) == parameters


def stored_cells(tmp_path, engine):
    book = Book(engine)
    sheet = book.sheet("S")
    for row, value in enumerate(("", "12346", 5, True, NA)):
        sheet.write(row, 0, X(("A1",), value))
    sheet.write(5, 0, "12346")
    for row, col in [(0, 4), (1, 4), (2, 4), (6, 5), (7, 5)]:
        sheet.write(row, col, None)
    sheet.kam(0, 2, "KAM_DUPLICATES", sheet.area(0, 4, 2, 4), rows=3)
    sheet.kam(6, 2, "KAM_ABC", sheet.area(6, 5, 7, 5), rows=2)
    book.xlsx.close()
    path = tmp_path / "cells.xlsx"
    path.write_bytes(book.buffer.getvalue())
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    return {m[1]: m[0] for m in re.finditer(r'<c r="(\w+)".*?(?:</c>|/>)', xml)}


def test_results_keep_their_kind(tmp_path):
    cells = stored_cells(tmp_path, "addin")
    assert 't="str"' in cells["A1"] and "<f>A1</f>" in cells["A1"]
    assert 't="str"' in cells["A2"] and "<v>12346</v>" in cells["A2"]
    assert "t=" not in cells["A3"] and "<v>5</v>" in cells["A3"]
    assert 't="b"' in cells["A4"] and 't="e"' in cells["A5"] and 't="s"' in cells["A6"]
    assert 'ref="C1:C3"' in cells["C1"] and "cm=" not in cells["C1"]
    assert 't="str"' in cells["C2"]


def test_a_spilled_result_is_a_dynamic_array(tmp_path):
    cells = stored_cells(tmp_path, "native")
    assert 'cm="1"' in cells["C1"] and 'ref="C1:C3"' in cells["C1"] and 't="array"' in cells["C1"]
