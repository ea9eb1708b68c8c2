"""Speed of the functions, as ratios against a rival in the same run; and what must not be loaded."""

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from kam_xl.functions import KAM_ABC, KAM_ORG_LINES, KAM_PARETO, KAM_STAKEHOLDERS

ROWS = 1_048_575  # a full sheet under a heading


def best(task, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.fixture(scope="module")
def sheet():
    return [[x] for x in np.random.default_rng(1).lognormal(8, 2, ROWS).round(2).tolist()]


def plain_sort(rows):
    """What anybody would write: cells to an array, and a stable sort."""
    return np.argsort(np.array(next(zip(*rows, strict=True)), float), kind="stable")


@pytest.mark.parametrize("kind", [list, tuple])
def test_tiers_of_a_full_sheet_cost_less_than_twice_a_plain_sort(sheet, kind):
    rows = sheet if kind is list else list(map(tuple, sheet))
    assert best(lambda: KAM_ABC(rows), 3) < 2 * best(lambda: plain_sort(rows), 3)


def test_tiers_of_fifty_accounts_take_less_than_half_a_millisecond_of_our_own(sheet):
    rows = sheet[:50]
    assert best(lambda: KAM_ABC(rows), 300) < 0.0005


def test_a_blank_tail_does_not_slow_the_reading_down(sheet):
    half = sheet[: ROWS // 4]
    mixed = half + [[None]] * len(half)
    assert best(lambda: KAM_ABC(mixed), 3) < 3 * best(lambda: KAM_ABC(sheet[: 2 * len(half)]), 3)


def pandas_pareto(names, rows):
    """The table as most would write it."""
    frame = pd.DataFrame({"account": names, "revenue": [row[0] for row in rows]})
    frame = frame.sort_values("revenue", ascending=False, kind="stable")
    frame["share"] = frame["revenue"] / frame["revenue"].sum()
    frame["cumulative"] = frame["share"].cumsum()
    frame["vital"] = frame["cumulative"].shift(fill_value=0) < 0.8
    return frame.values.tolist()


def test_the_pareto_table_of_fifty_accounts_costs_less_than_a_third_of_the_one_in_pandas(sheet):
    rows, names = sheet[:50], [f"account {i}" for i in range(50)]
    assert 3 * best(lambda: KAM_PARETO(names, rows), 50) < best(lambda: pandas_pareto(names, rows), 50)


def company(people):
    """So many people in one line of managers or below one, and as many influences."""
    names = [f"P{n}" for n in range(people)]
    above = ["", *names[:-1]] if people % 2 else ["", *[names[0]] * (people - 1)]
    return names, above, ["friendly", "neutral"] * (people // 2) + ["opposed"] * (people % 2), names, names[::-1]


@pytest.mark.parametrize("odd", [0, 1])
@pytest.mark.parametrize("function", [KAM_STAKEHOLDERS, KAM_ORG_LINES])
def test_eight_times_the_people_and_influences_take_less_than_twenty_times_the_time(function, odd):
    def task(people):
        names, above, words, *influences = company(people + odd)
        rest = [words, [3] * len(names)] if function is KAM_STAKEHOLDERS else []
        return lambda: function(names, above, *rest, *influences)

    assert best(task(8_000), 3) < 20 * best(task(1_000), 3)


def test_the_functions_load_no_pandas():
    code = "import sys, kam_xl.functions; sys.exit(bool({'pandas', 'polars', 'xlwings', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
