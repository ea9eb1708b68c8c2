"""What a workbook costs, against an XlsxWriter script that writes the same cells and charts without computing."""

from __future__ import annotations

import marshal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

import kam_xl.canvas.book
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

sys.path.insert(0, str(Path(__file__).parent))
from floor import record, replay


def best(command: list[str], rounds: int) -> float:
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.fixture(scope="module")
def calls():
    template = load_template("standard")
    return record(lambda: build(template.settings, template.sample()).to_bytes(), kam_xl.canvas.book)


def filled(sheet) -> set[tuple[int, int]]:
    rows = enumerate(sheet.iter_rows(values_only=True))
    return {(i, j) for i, row in rows for j, value in enumerate(row) if value is not None}


def test_the_floor_writes_the_same_cells(calls, tmp_path):
    template = load_template("standard")
    ours = build(template.settings, template.sample()).write(tmp_path / "ours.xlsx")
    replay(calls, str(tmp_path / "floor.xlsx"))
    a, b = openpyxl.load_workbook(ours), openpyxl.load_workbook(tmp_path / "floor.xlsx")
    assert a.sheetnames == b.sheetnames
    for name in a.sheetnames:
        assert filled(a[name]) <= filled(b[name])
        assert len(a[name]._charts) == len(b[name]._charts)


def test_the_sample_costs_less_than_one_and_a_half_times_the_floor(calls, tmp_path):
    kept = tmp_path / "calls.marshal"
    kept.write_bytes(marshal.dumps(calls))
    floor = [sys.executable, str(Path(__file__).with_name("floor.py")), str(kept), str(tmp_path / "floor.xlsx")]
    ours = [sys.executable, "-m", "kam_xl", "new", str(tmp_path / "ours.xlsx"), "--sample", "--force"]
    ratios = []
    for _attempt in range(4):
        ratios.append(best(ours, 3) / best(floor, 3))
        if ratios[-1] < 1.5:
            break
    print(f"kam-xl new --sample: {min(ratios):.2f} x the floor")
    assert min(ratios) < 1.5
