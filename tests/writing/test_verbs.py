"""Every verb and macro that writes, killed at every phase of its writing: old or new whole, and nothing left behind.

Into the open workbook of a macro Excel itself writes, and it saves that, prints it and, on Windows, copies it: Python's
death cannot leave a part of such a file. What holds there: the file on disk is as it was, and whatever is changed in
the open workbook is changed only when the copy from before stands whole beside it. Writing a month of MRR down, which
adds rows only, saves no copy.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kam_xl

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills are of POSIX")
TESTS = Path(__file__).parents[1]
OPEN_BOOK_ONLY = {"snapshot_mrr"}
Tallies = dict[str, dict[str, Any]]


def killed(folder: Path, least: int, *options: str) -> Tallies:
    """What the kills of every work came to; `options` are the interpreter's."""
    done = subprocess.run(
        [sys.executable, *options, "-W", "ignore", "-m", "writing.prepared", str(folder), str(least)],
        env=os.environ | {"PYTHONPATH": str(TESTS), "OPENBLAS_NUM_THREADS": "1", "KAM_XL_DEBUG": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    tallies = [json.loads(line) for line in done.stdout.splitlines()]
    return {tally["name"]: tally for tally in tallies}


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> Tallies:
    """One kill at each phase of writing."""
    return killed(tmp_path_factory.mktemp("kills"), 0)


def held(tallies: Tallies) -> None:
    """Old or new, all of it, and nothing left after the next run."""
    assert {name: tally["faults"] for name, tally in tallies.items() if tally["faults"]} == {}
    assert sum(tally["left"] for tally in tallies.values()) == 0
    for name, tally in tallies.items():
        assert tally["old"] + tally["new"] + tally["between"] == tally["kills"], name
        if name not in OPEN_BOOK_ONLY:
            assert tally["parts"] > 0, name  # the kills came in the middle of writing
            assert tally["old"] > 0, name
            assert tally["new"] + tally["between"] > 0, name


def test_killed_at_any_phase_a_work_leaves_the_old_files_or_the_new(tallies: Tallies) -> None:
    held(tallies)
    assert min(tally["kills"] for name, tally in tallies.items() if name not in OPEN_BOOK_ONLY) >= 3


def test_a_macro_changes_the_open_workbook_only_when_the_copy_is_there(tallies: Tallies) -> None:
    for name in ("import_accounts", "add_year", "remove_year"):
        assert tallies[name]["open_book"] > 0
        assert tallies[name]["faults"] == []


def test_every_module_that_calls_the_writer_was_killed_in_it(tallies: Tallies) -> None:
    root = Path(kam_xl.__file__).parent
    writers = set()
    for path in root.rglob("*.py"):
        calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        if any(isinstance(one, ast.Name) and one.id in ("write_file", "new_file", "new_folder") for one in calls):
            writers.add(".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__"))
    assert "kam_xl.cli" in writers
    assert writers - {module for tally in tallies.values() for module in tally["callers"]} == set()


@pytest.mark.long
def test_a_thousand_kills_at_every_step_to_a_file_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    tallies = killed(tmp_path, 1_000)
    held(tallies)
    total = {key: sum(tally[key] for tally in tallies.values()) for key in ("kills", "old", "new", "between", "parts")}
    with capsys.disabled():
        print(f"\n{total} in {len(tallies)} works")
    assert total["kills"] >= 1_000
