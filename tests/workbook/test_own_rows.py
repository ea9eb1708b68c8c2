"""A check beside a row of a table looks at that row: none is tied to the first, or to any other one."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import range_boundaries

ELSEWHERE = re.compile(r"(?:'[^']+'|\w+)!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
REFERENCE = re.compile(r"(?<![\w!'$.])\$[A-Z]{1,3}\$(\d+)(?::\$[A-Z]{1,3}\$(\d+))?(?![\w(])")


def test_no_formula_beside_a_table_is_tied_to_one_row_of_it(made: Path) -> None:
    looked = 0
    for sheet in openpyxl.load_workbook(made):
        for table in sheet.tables.values():
            _left, top, _right, bottom = range_boundaries(table.ref)
            for row in sheet.iter_rows(min_row=top + 1, max_row=bottom):
                for cell in row:
                    if cell.data_type != "f" or not isinstance(cell.value, str):
                        continue
                    looked += 1
                    for first, last in REFERENCE.findall(ELSEWHERE.sub("", cell.value)):
                        inside = top < int(first) <= bottom and int(last or first) == int(first)
                        assert not inside, f"{sheet.title}!{cell.coordinate} looks at row {first}: {cell.value[:300]}"
    assert looked > 100
