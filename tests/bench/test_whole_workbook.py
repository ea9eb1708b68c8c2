"""What a recalculation of the whole workbook costs in an engine that we did not write.

Times of one machine say little, so the workbook is held against the three columns that people type instead (rank,
running share, class) for the same accounts in the same engine, and against itself at a tenth of the size.
``python tests/bench/test_whole_workbook.py 10000`` prints the seconds of one recalculation on this machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import ironcalc
import pytest
import xlsxwriter

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


def seconds(path, rounds: int) -> float:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    times = []
    for _round in range(rounds):
        start = time.process_time()
        model.evaluate()
        times.append(time.process_time() - start)
    return min(times)


SMALL, LARGE = 400, 4000


def amount(i: int) -> float:
    return float(i * 104729 % 9973)


def book(folder, accounts: int):
    rows = [(f"Account {i:05d}", [float(i * 7919 % 10007), amount(i)]) for i in range(accounts)]
    tables = Tables(years=["2024", "2025"], accounts=[{"account": name} for name, _v in rows], revenue=rows)
    return build(load_template("standard").settings, tables).write(folder / f"{accounts}.xlsx")


def typed_by_hand(folder, accounts: int):
    """Rank, running share and class of each account, each computed with the whole column."""
    path = folder / f"{accounts} by hand.xlsx"
    last = accounts + 1
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for i in range(accounts):
            row = i + 2
            sheet.write_row(i + 1, 0, [f"Account {i:05d}", amount(i)])
            sheet.write_formula(i + 1, 2, f"=RANK(B{row},B$2:B${last})")
            sheet.write_formula(i + 1, 3, f'=SUMIF(B$2:B${last},">="&B{row})/SUM(B$2:B${last})')
            sheet.write_formula(i + 1, 4, f'=IF(D{row}<=0.8,"A",IF(D{row}<=0.95,"B","C"))')
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> float:
    return seconds(book(tmp_path_factory.mktemp("large"), LARGE), 2)


def test_ten_times_the_accounts_cost_less_than_25_times_as_much(large, tmp_path):
    small = seconds(book(tmp_path, SMALL), 3)
    print(f"whole workbook, {SMALL} accounts: {small:.2f} s; {LARGE}: {large:.2f} s")
    assert large / small < 25


def test_all_pages_cost_less_than_one_and_a_half_times_three_columns_typed_by_hand(large, tmp_path):
    by_hand = seconds(typed_by_hand(tmp_path, LARGE), 1)
    print(f"{LARGE} accounts, whole workbook: {large:.2f} s; three columns by hand: {by_hand:.2f} s")
    assert large < 1.5 * by_hand


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(f"{seconds(book(Path(folder), int(sys.argv[1])), 1):.2f} s")
