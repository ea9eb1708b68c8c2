"""What a recalculation of the whole workbook costs in an engine that we did not write.

Times of one machine say little, so the workbook is held against the plain sorting and summing of the same accounts in
the same engine, and against itself at a tenth of the size.
"""

from __future__ import annotations

import time

import ironcalc

from kam_xl.workbook.build import build
from kam_xl.workbook.tables import Tables
from kam_xl.workbook.template import load_template


def seconds(path) -> float:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    times = []
    for _round in range(3):
        start = time.process_time()
        model.evaluate()
        times.append(time.process_time() - start)
    return min(times)


def book(folder, accounts: int):
    rows = [(f"Account {i:05d}", [float(i * 7919 % 10007), float(i * 104729 % 9973)]) for i in range(accounts)]
    tables = Tables(years=["2024", "2025"], accounts=[{"account": name} for name, _v in rows], revenue=rows)
    return build(load_template("standard").settings, tables).write(folder / f"{accounts}.xlsx")


def test_ten_times_the_accounts_cost_less_than_25_times_as_much(tmp_path):
    small, large = seconds(book(tmp_path, 400)), seconds(book(tmp_path, 4000))
    print(f"whole workbook, 400 accounts: {small:.2f} s; 4,000: {large:.2f} s")
    assert large / small < 25
