"""Speed of the LAMBDA names in IronCalc: 10,000 rows in a moment, and time that does not grow with their square."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest
from native.sheet import Sheet

DRAW = random.Random(7)
MOST = 100_000
NAMES = [f"Account {i}" for i in range(MOST)]
REVENUE = [round(DRAW.lognormvariate(8, 1.6), 2) for _ in range(MOST)]
YEARS = [[revenue, round(revenue * DRAW.uniform(0.5, 2), 2)] for revenue in REVENUE]
KPI = [DRAW.randint(0, 100) for _ in range(MOST)]
SCORES = [[DRAW.randint(1, 10) for _ in range(4)] for _ in range(MOST)]


def arguments(name: str, rows: int) -> list[Any]:
    names, revenue, years, kpi, scores = (column[:rows] for column in (NAMES, REVENUE, YEARS, KPI, SCORES))
    return {
        "KAM_PARETO": [names, revenue],
        "KAM_ABC": [revenue],
        "KAM_ABC_BY_YEAR": [years],
        "KAM_ABC_SUMMARY": [revenue],
        "KAM_ABC_CHANGES": [names, years],
        "KAM_RANK": [revenue],
        "KAM_AT_RISK": [names, revenue, kpi, 50, kpi],
        "KAM_SCORE": [scores, [1, 2, 3, 4]],
        "KAM_MRR_MOVES": [revenue, [year[1] for year in years]],
        "KAM_DUPLICATES": [names],
        "KAM_STAKEHOLDERS": stakeholders(rows),
    }[name]


def stakeholders(people: int) -> list[Any]:
    """A company of so many people, with as many influences."""
    draw, names = random.Random(3), NAMES[:people]
    above = ["", *(names[draw.randrange(place)] for place in range(1, people))]
    words = draw.choices(["friendly", "neutral", "opposed"], k=people)
    return [names, above, words, draw.choices(range(1, 6), k=people), *(draw.choices(names, k=people) for _end in "io")]


MAIN = ["KAM_PARETO", "KAM_ABC", "KAM_ABC_BY_YEAR", "KAM_ABC_SUMMARY", "KAM_RANK", "KAM_AT_RISK"]


def seconds(folder: Path, name: str, rows: int, repeats: int) -> float:
    times = []
    for _ in range(repeats):
        sheet = Sheet(folder)
        sheet.add(name, arguments(name, rows))
        start = time.perf_counter()
        sheet.model.evaluate()
        times.append(time.perf_counter() - start)
    return min(times)


def test_ten_thousand_accounts_in_the_main_tables_take_less_than_three_seconds_together(tmp_path: Path) -> None:
    assert sum(seconds(tmp_path, name, 10_000, 2) for name in MAIN) < 3


@pytest.mark.parametrize("name", [*MAIN, "KAM_ABC_CHANGES", "KAM_SCORE", "KAM_MRR_MOVES", "KAM_DUPLICATES"])
def test_ten_times_the_rows_take_less_than_twenty_five_times_the_time(name: str, tmp_path: Path) -> None:
    times = [seconds(tmp_path, name, 1_000, 3), seconds(tmp_path, name, 10_000, 2), seconds(tmp_path, name, MOST, 1)]
    assert times[1] < 25 * times[0]
    assert times[2] < 25 * times[1]


def test_four_times_the_people_and_influences_take_less_than_nine_times_the_time(tmp_path: Path) -> None:
    few, many = (seconds(tmp_path, "KAM_STAKEHOLDERS", people, 2) for people in (1_000, 4_000))
    assert many < 9 * few
