"""Tables as long as the accounts stand on narrow hidden sheets: the row of a wide one takes longer to find."""

from __future__ import annotations

import datetime as dt

from kam_xl.content.tables import Tables
from kam_xl.formulas.cells import Cells
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


def filled(accounts: int) -> Tables:
    """Every table with a row for each account."""
    names = [f"Account {i:05d}" for i in range(accounts)]
    amounts = [float(i * 7919 % 10007 + 1) for i in range(accounts)]
    divisions = load_template("standard").settings.divisions
    return Tables(
        years=["2024", "2025"],
        accounts=[{"account": name, "owner": f"Owner {i % 9}", "engagement": i % 101} for i, name in enumerate(names)],
        revenue=[(name, [amount, 2 * amount]) for name, amount in zip(names, amounts, strict=True)],
        mrr=[(dt.date(2025, 6, 1), name, [amount]) for name, amount in zip(names, amounts, strict=True)],
        scores=[(name, [1.0, 2.0], [3.0]) for name in names],
        records={
            "costs": [
                {"account": name, "direct": 0.5 * a, "serve": 5.0} for name, a in zip(names, amounts, strict=True)
            ],
            "divisions": [
                {"account": name, "division": divisions[i % len(divisions)], "sold": 1.0 + i % 7, "potential": 9.0}
                for i, name in enumerate(names)
            ],
            "coverage": [{"account": name, "sales": "Ann", "success": "Bob"} for name in names],
            "tasks": [{"account": name, "task": "Call", "start": dt.date(2025, 1, 1)} for name in names],
        },
    )


def cells_read(accounts: int, monkeypatch) -> int:
    """Values that are read while a workbook is built: what it costs on any machine."""
    read = 0
    column, get = Cells.column, Cells.get

    def columns(self, col: int, first: int, last: int):
        nonlocal read
        read += last + 1 - first
        return column(self, col, first, last)

    def one(self, at: tuple[int, int]):
        nonlocal read
        read += 1
        return get(self, at)

    with monkeypatch.context() as patch:
        patch.setattr(Cells, "column", columns)
        patch.setattr(Cells, "get", one)
        build(load_template("standard").settings, filled(accounts))
    return read


def test_twice_the_rows_are_twice_the_work_on_every_page(monkeypatch):
    """Work that grows with the square of the rows would be 1.4 times as much for the second 200 as for the first."""
    few, more, most = (cells_read(n, monkeypatch) for n in (400, 600, 800))
    print(f"cells read for 400, 600 and 800 accounts: {few:,}, {more:,}, {most:,}")
    assert most - more < 1.1 * (more - few)
