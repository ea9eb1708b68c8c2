"""How many problems there are: one count, of rows to mend, on Checks and Dashboard, in the macro, by check and new."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from books.fixtures import core_settings
from click.testing import CliRunner

from kam_xl.canvas.model import by_row
from kam_xl.cli import cli
from kam_xl.content.positions import find_positions
from kam_xl.content.tables import CellError, Tables
from kam_xl.workbook.build import Built, build
from kam_xl.workbook.checking import checked
from kam_xl.workbook.recompute import recompute

Mistake = Callable[[random.Random, Tables], None]


def accounts(*names: str) -> list[dict[str, Any]]:
    return [{"account": name, "engagement": 70, "satisfaction": 4} for name in names]


def tables() -> Tables:
    names = [f"Account {k}" for k in range(8)]
    return Tables(
        years=["2023", "2024", "2025"],
        accounts=accounts(*names),
        revenue=[(name, [5 + k, 6 + k, 7 + k]) for k, name in enumerate(names)],
        scores=[(name, [None, None, 5, 6], [5, 6, 7, 8]) for name in names],
    )


def text_in_revenue(rng: random.Random, data: Tables) -> None:
    data.revenue[rng.randrange(8)][1][rng.randrange(3)] = "n/a"


def several_in_a_row(rng: random.Random, data: Tables) -> None:
    data.accounts[rng.randrange(8)] |= {"engagement": 300, "satisfaction": "good", "since": "soon"}


def blank_year(rng: random.Random, data: Tables) -> None:
    data.revenue[rng.randrange(8)][1][rng.choice((0, 2))] = None


def stranger(rng: random.Random, data: Tables) -> None:
    data.scores.append((f"Stranger {rng.randrange(9)}", [1, 2, 3, 4], [5, 5, 5, 5]))


def twice(rng: random.Random, data: Tables) -> None:
    data.accounts.append(dict(data.accounts[rng.randrange(8)]))


def error(rng: random.Random, data: Tables) -> None:
    data.scores[rng.randrange(8)][2][rng.randrange(4)] = CellError("#N/A")


MISTAKES: list[Mistake] = [text_in_revenue, several_in_a_row, blank_year, stranger, twice, error]


def value(built: Built, sheet: str, row: int, col: int) -> object:
    return built.book.sheets[sheet].cells[row, col]


def title(built: Built) -> object:
    cell = value(built, "Checks", 0, 1)
    return getattr(cell, "value", cell)


@pytest.mark.parametrize("seed", range(4))
def test_checks_counts_the_rows_that_check_lists(seed: int, tmp_path: Path) -> None:
    rng, data = random.Random(seed), tables()
    for mistake in rng.sample(MISTAKES, rng.randint(2, len(MISTAKES))):
        mistake(rng, data)
    settings = core_settings().model_copy(update={"basis": "1999"}) if seed % 2 else core_settings()
    built = build(settings, data)
    rows = by_row(built.problems)
    assert len(built.problems) >= len(rows) == built.counted > 0
    assert title(built) == ("✗ 1 problem to mend" if len(rows) == 1 else f"✗ {len(rows)} problems to mend")
    path = built.write(tmp_path / "a.xlsx")
    found = checked(path, recompute(path))
    assert len(found.problems) == found.counted == len(rows)
    lines = CliRunner().invoke(cli, ["check", str(path)]).output.splitlines()
    listed = [line for line in lines if " – " in line]
    assert len(listed) == len(rows)
    assert lines[-1] == title(built)[2:]  # type: ignore[index]


def test_a_full_table_is_a_problem_of_check_too(tmp_path: Path) -> None:
    path = build(core_settings(), tables()).write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    for name in ("Accounts", "Scores"):
        area = find_positions(path.read_bytes()).tables[f"tbl{name}"]
        for row in range(area.top + 9, area.bottom + 1):  # eight accounts stand there
            book[name].cell(row, area.left).value = f"New {row}"
    book.save(path)
    found = checked(path, recompute(path))
    full = [row[0] for row in found.problems if "is full" in row[0].problem]
    assert {one.sheet for one in full} == {"Accounts", "Scores"}
    assert len(found.problems) == found.counted


def test_what_only_a_reader_sees_is_told_apart_from_the_count_of_checks(tmp_path: Path) -> None:
    path = build(core_settings(), tables()).write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Revenue"]["G10"].value = 46_000
    book["Revenue"]["G10"].number_format = "yyyy-mm-dd"
    book.save(path)
    lines = CliRunner().invoke(cli, ["check", str(path)]).output.splitlines()
    assert lines[0].startswith("Revenue!G10  is a date (2025-12-09)")
    assert lines[-2:] == ["1 problem to mend", "The sheet Checks counts 0: no formula can see the others."]


def test_functions_that_a_row_explains_are_not_counted_again() -> None:
    data = tables()
    data.revenue[2][1][1] = "n/a"
    built = build(core_settings(), data)
    assert built.counted == 1
    failed = [cell for cell in built.book.sheets["Checks"].cells.values() if "could not compute" in str(cell)]
    assert failed  # and they are said to have failed all the same
