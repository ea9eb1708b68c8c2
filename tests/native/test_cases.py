"""The shared table of cases, cell for cell, by the LAMBDA names in a file."""

from __future__ import annotations

from typing import Any

import pytest
from functions.cases import CASES
from functions.same import same

from native.sheet import Sheet, as_rows

Rows = list[list[Any]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[Rows]:
    sheet = Sheet(tmp_path_factory.mktemp("cases"))
    for name, args, _ in CASES:
        sheet.add(name, args)
    return sheet.results()


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{i}-{c[0]}" for i, c in enumerate(CASES)])
def test_every_case_shows_the_expected_cells(number: int, shown: list[Rows]) -> None:
    name, args, expected = CASES[number]
    assert same(shown[number], as_rows(expected)), f"{name}{args!r} shows {shown[number]!r}"
