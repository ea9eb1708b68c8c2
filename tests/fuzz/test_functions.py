"""A million hostile cells through every function: nothing raises, plain cells come out, no error counts as one."""

from __future__ import annotations

import math
import time
import warnings
from random import Random
from typing import Any

import pytest
from fuzz.cells import COM, ERRORS, argument, size

from kam_xl.functions import FUNCTIONS, KAM_ABC, KAM_HHI, KAM_NRR, KAM_PARETO, KAM_WHALE

TOTALS = ("KAM_PARETO", "KAM_ABC", "KAM_HHI", "KAM_GINI", "KAM_TOP_SHARE", "KAM_ARPA", "KAM_ABC_SUMMARY")


def fault(name: str, result: Any) -> str:
    """What is wrong with a result; "" if nothing."""
    if isinstance(result, str) and result.startswith("#KAM!"):
        if "internal error" in result:
            return result
        return "" if "\n" not in result and len(result) < 400 else f"no one short line: {result!r:.600}"
    rows = result if isinstance(result, list) else [[result]]
    if not rows or {type(row) for row in rows} != {list} or len({len(row) for row in rows}) != 1 or not rows[0]:
        return "no rectangle of cells"
    for value in (value for row in rows for value in row):
        if type(value) not in (str, float, int, bool):
            return f"a cell of type {type(value).__name__}"
        if isinstance(value, float) and not math.isfinite(value):
            return f"the cell {value}"
        if isinstance(value, int | float) and abs(value) > 1.8e9 and -2146830000 < value < -2146820000:
            return f"an error counted as the number {value}"
    return ""


def test_no_cell_of_any_type_breaks_a_function(chance: Random, seconds: float) -> None:
    names, until, cells = sorted(FUNCTIONS), time.monotonic() + seconds * 0.8, 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        while time.monotonic() < until:
            name = chance.choice(names)
            rows = chance.choice((0, 1, 2, 3, 7, 30))
            count = chance.randrange(len(FUNCTIONS[name].args) + 2)
            given = [argument(chance, rows) for _argument in range(count)]
            wrong = fault(name, FUNCTIONS[name](*given))
            assert not wrong, (name, given, wrong)
            cells += sum(map(size, given))
    print(f"{cells:,} cells")
    assert cells > 1_000 * seconds


@pytest.mark.parametrize("error", [*COM, *ERRORS, {"type": "Error", "basicValue": "#BUSY!"}, float("inf")], ids=repr)
@pytest.mark.parametrize("name", TOTALS)
def test_an_error_of_any_kind_among_amounts_is_named_and_never_counts(name: str, error: Any) -> None:
    column = [[10.0], [error], [20.0]]
    names = [["A"], ["B"], ["C"]]
    result = FUNCTIONS[name](*([names, column] if name == "KAM_PARETO" else [column]))
    assert isinstance(result, str)
    assert result.startswith("#KAM! "), result
    assert "row 2" in result


def test_what_must_hold_for_any_amounts_holds(chance: Random, seconds: float) -> None:
    until = time.monotonic() + seconds * 0.2
    while time.monotonic() < until:
        amounts = [
            chance.choice((None, round(chance.uniform(-50, 1e5), 2), 0, 7)) for _row in range(chance.randrange(1, 60))
        ]
        names = [f"n{i}" for i in range(len(amounts))]
        paid = sum(a for a in amounts if a is not None and a > 0)
        table = KAM_PARETO(names, amounts)
        assert isinstance(table, list)
        assert math.isclose(
            math.fsum(row[2] for row in table if row[2] != ""), math.fsum(a or 0 for a in amounts), abs_tol=1e-6
        )
        if paid:
            assert math.isclose(max(row[4] for row in table if row[4] != ""), 1)
            assert 0 < float(KAM_HHI(amounts)) <= 10_000.000001
        assert [tier == "" for (tier,) in KAM_ABC(amounts)] == [a is None for a in amounts]
        same = KAM_NRR(amounts, amounts)
        assert same in ("n/a", 1) or paid <= 0 or any((a or 0) < 0 for a in amounts)
        assert len(KAM_WHALE(names, amounts)) == len(amounts)
