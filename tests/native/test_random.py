"""Random tables, sound and not: the LAMBDA names show what Python returns, cell for cell."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from functions.same import same

from kam_xl.functions import FUNCTIONS, call
from native.random_tables import call_of
from native.sheet import Sheet, as_rows

CALLS = 120  # of each function


@pytest.mark.parametrize("name", FUNCTIONS)
def test_random_tables_show_the_cells_of_python(name: str, tmp_path: Path) -> None:
    rng = random.Random(f"20 {name}")
    calls = [call_of(rng, name) for _ in range(CALLS)]
    expected = [as_rows(call(name, copy.deepcopy(args))) for args in calls]
    sheet = Sheet(tmp_path)
    for args in calls:
        sheet.add(name, args)
    for args, wanted, found in zip(calls, expected, sheet.results(), strict=True):
        assert same(found, wanted), f"{name}{args!r}"
    mistakes = sum(str(rows[0][0]).startswith("#KAM!") for rows in expected)
    assert 0.05 * CALLS < mistakes < 0.7 * CALLS
