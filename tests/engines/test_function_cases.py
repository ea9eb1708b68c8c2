"""The shared table of cases, cell for cell, by the LAMBDA names in formulon, in three countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from functions.cases import CASES
from functions.same import same
from native.sheet import as_rows

from engines.formulon_book import PROFILES
from engines.formulon_sheet import FormulonSheet

Rows = list[list[Any]]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormulonSheet]:
    """Every case of the table, loaded once."""
    typed = FormulonSheet(tmp_path_factory.mktemp("cases"))
    for name, args, _expected in CASES:
        typed.add(name, args)
    yield typed
    typed.close()


@pytest.mark.parametrize("country", PROFILES)
def test_every_case_shows_the_expected_cells_in_every_country(sheet: FormulonSheet, country: str) -> None:
    shown = sheet.results(PROFILES[country])
    assert [
        f"{name}{args!r} shows {found!r}"
        for (name, args, expected), found in zip(CASES, shown, strict=True)
        if not same(found, as_rows(expected))
    ] == []
