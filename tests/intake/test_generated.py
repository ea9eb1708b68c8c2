"""Tables of every shape in every dress, made by seed: sums as pandas has them, apart; a doubt may be asked, never a
wrong amount."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from intake.generated import SHAPES, Made, write

from kam_xl.content.tables import Tables
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake.importer import read_data
from kam_xl.intake.names import key_of
from kam_xl.intake.template import Template

SEEDS = 8


def years_of(tables: Tables) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for account, values in tables.revenue:
        for year, value in zip(tables.years, values, strict=True):
            if value is not None:
                found.setdefault(year, {})[key_of(str(account))] = value  # type: ignore[assignment]
    return found


def mrr_of(tables: Tables) -> dict[tuple[str, str], float]:
    return {
        (f"{month:%Y-%m}" if isinstance(month, date) else str(month), key_of(str(account))): sum(
            v for v in values if isinstance(v, int | float)
        )
        for month, account, values in tables.mrr
    }


def differing(tables: Tables, made: Made) -> str:
    """The first amount that is not the right one; "" where all are."""
    if made.mrr:
        found = mrr_of(tables)
        now = max((month for month, _name in found), default="")
        right = {(now if month == "now" else month, key_of(name)): v for (month, name), v in made.mrr.items()}
        pairs = {key: (found.get(key, 0.0), right.get(key, 0.0)) for key in (*right, *found)}
    else:
        sums = {year: {key_of(n): v for n, v in some.items()} for year, some in made.years.items()}
        got = years_of(tables)
        keys = {(y, n) for some in (sums, got) for y in some for n in some[y]}
        pairs = {key: (got.get(key[0], {}).get(key[1], 0.0), sums.get(key[0], {}).get(key[1], 0.0)) for key in keys}
    wrong = {k: v for k, v in pairs.items() if not isinstance(v[0], int | float) or abs(v[0] - v[1]) > 0.005}
    return f"{next(iter(wrong.items()))}; {tables.remarks}" if wrong else ""


@pytest.mark.parametrize("shape", SHAPES)
def test_sums_are_right_in_every_dress(tmp_path: Path, shape: str) -> None:
    asked = []
    for seed in range(SEEDS):
        file = tmp_path / f"{shape}-{seed}.csv"
        made = write(file, shape, seed)
        try:
            tables = read_data(file, Template())
        except DoubtError as doubt:
            asked.append(str(doubt))
            continue
        assert differing(tables, made) == "", file.read_text(encoding="utf-8-sig")[:1500]
    assert len(asked) * 2 <= SEEDS, asked


@pytest.mark.parametrize("shape", SHAPES)
def test_sums_are_right_in_a_workbook(tmp_path: Path, shape: str) -> None:
    for seed in range(3):
        file = tmp_path / f"{shape}-{seed}.xlsx"
        made = write(file, shape, seed)
        assert differing(read_data(file, Template()), made) == "", seed


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES)
def test_no_table_of_many_comes_in_wrong(tmp_path: Path, shape: str) -> None:
    for seed in range(1000, 1300):
        file = tmp_path / f"{shape}-{seed}.csv"
        made = write(file, shape, seed)
        try:
            tables = read_data(file, Template())
        except DataError:
            continue
        assert differing(tables, made) == "", f"{seed}: {file.read_text(encoding='utf-8-sig')[:1500]}"
