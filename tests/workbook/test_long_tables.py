"""Tables as long as the accounts stand on narrow hidden sheets: the row of a wide one takes longer to find."""

from __future__ import annotations

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import LONG, build

WIDEST = 8
ACCOUNTS = 400  # more than any list of the largest accounts shows


def test_a_row_of_a_long_table_has_at_most_eight_cells():
    rows = [(f"Account {i}", [float(i), float(i * i % 97)]) for i in range(ACCOUNTS)]
    tables = Tables(years=["2024", "2025"], accounts=[{"account": name} for name, _values in rows], revenue=rows)
    sheets = build(load_template("standard").settings, tables).book.sheets
    cells = {name: sum(row == ACCOUNTS for (row, _col), _value in sheets[name].cells.items()) for name in LONG}
    assert all(0 < n <= WIDEST for n in cells.values()), cells
    hidden = [name for name, sheet in sheets.items() if name.startswith("calc_") and ACCOUNTS in sheet.ws.table]
    assert {name for name in hidden if len(sheets[name].ws.table[ACCOUNTS]) > WIDEST} <= {"calc_mrr", "calc_retention"}
