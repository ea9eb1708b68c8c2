"""What a workbook of many accounts costs, against an XlsxWriter script that writes the same cells one by one.

The script knows every text and value beforehand and computes nothing; what a row costs is taken from two sizes.
``python tests/bench/test_many_accounts.py 10000`` prints the seconds of processor and the megabytes of one workbook.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import kam_xl.canvas.book
from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

sys.path.insert(0, str(Path(__file__).parent))
from floor import record

SIZES = (200, 800)


def accounts(number: int) -> Tables:
    """Names, sectors, owners and three years of revenue."""
    names = [f"Account {i:06d}" for i in range(number)]
    sectors = ("Retail", "Industry", "Health", "Public", "Finance")
    return Tables(
        years=["2023", "2024", "2025"],
        accounts=[
            {"account": name, "sector": sectors[i % 5], "owner": f"Owner {i % 20}"} for i, name in enumerate(names)
        ],
        revenue=[
            (name, [i * 7919 % 10007 + 0.25, i * 104729 % 9973 + 0.5, i * 611953 % 9941 + 0.75])
            for i, name in enumerate(names)
        ],
    )


def write(number: int, path: str) -> None:
    """The workbook."""
    build(load_template("standard").settings, accounts(number)).write(path, force=True)


def cost(command: list[str], rounds: int = 2) -> tuple[float, float]:
    """Seconds of processor and megabytes that a command needs at least."""
    found = []
    for _round in range(rounds):
        process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        scale = 1024**2 if sys.platform == "darwin" else 1024
        found.append((used.ru_utime + used.ru_stime, used.ru_maxrss / scale))
    return min(s for s, _mb in found), min(mb for _s, mb in found)


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="measured where a process tells what it used")
def test_a_row_costs_less_than_writing_its_cells_one_by_one(tmp_path):
    ours, floors = [], []
    for number in SIZES:
        calls = record(
            lambda number=number: build(load_template("standard").settings, accounts(number)).to_bytes(),
            kam_xl.canvas.book,
        )
        kept = tmp_path / f"{number}.marshal"
        kept.write_bytes(marshal.dumps(calls))
        del calls
        floor = str(Path(__file__).with_name("floor.py"))
        floors.append(cost([floor, str(kept), str(tmp_path / "floor.xlsx")]))
        ours.append(cost([__file__, str(number), str(tmp_path / "ours.xlsx")]))
    seconds, megabytes = ((ours[1][j] - ours[0][j]) / (floors[1][j] - floors[0][j]) for j in (0, 1))
    print(f"a row of a workbook: {seconds:.2f} x the processor and {megabytes:.2f} x the memory of the floor")
    assert seconds < 0.5 and megabytes < 0.9


if __name__ == "__main__":
    if len(sys.argv) > 2:
        write(int(sys.argv[1]), sys.argv[2])
    else:
        with tempfile.TemporaryDirectory() as folder:
            used = cost([__file__, sys.argv[1], f"{folder}/many.xlsx"], 1)
        print(f"{used[0]:.1f} s of processor, {used[1]:.0f} MB")
