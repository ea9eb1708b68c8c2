"""Every cell of a workbook with LAMBDA names shows in a second engine what its file says, in three countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from office import Office

from engines.formulon_book import PROFILES, SEPARATORS, FormulonBook
from engines.written import Written, differences, same, written

Workbook = tuple[dict[str, Written], FormulonBook, Path]
BOOKS = [
    "standard",
    *(pytest.param(name, marks=pytest.mark.long) for name in ("saas", "selection", "empty", "northwind")),
]
COUNTRIES = ["English", "German", pytest.param("French", marks=pytest.mark.long)]


@pytest.fixture(scope="module", params=BOOKS)
def workbook(request: pytest.FixtureRequest, native: Callable[[str], Path]) -> Iterator[Workbook]:
    """The cells of a file, the workbook in the engine, and the file."""
    path = native(request.param)
    with FormulonBook(path) as book:
        yield written(path), book, path


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_result_is_the_one_in_the_file(workbook: Workbook, country: str) -> None:
    stored, book, _path = workbook
    book.recalculate(PROFILES[country])
    assert [
        line
        for name, sheet in stored.items()
        for line in differences(sheet.cells, book.values(name), name, SEPARATORS[country])
    ] == []
    assert sum(len(sheet.results) for sheet in stored.values()) > 10_000


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_cell_of_a_page_displays_what_libreoffice_displays(
    workbook: Workbook, country: str, office_of: Callable[[str], Office], tmp_path: Path
) -> None:
    stored, book, path = workbook
    book.recalculate(PROFILES[country])
    with office_of(country).open(path) as opened:
        shown = opened.shown(tmp_path)
    different, seen = [], 0
    for name, sheet in stored.items():
        for (row, column), value in sheet.cells.items() if sheet.visible else ():
            seen += 1
            calc, excel = as_in_excel(shown[name][row][column], value, country), book.shown(name, (row, column))
            # a text that LibreOffice has from the file was computed in English
            if not (
                same(calc, spaces(excel), SEPARATORS[country]) if isinstance(value, str) else calc == spaces(excel)
            ):
                different.append((name, row + 1, column + 1, value, calc, excel))
    assert different == []
    assert seen > 1000


def as_in_excel(shown: str, value: Any, country: str) -> str:
    """What Excel displays where LibreOffice displays `shown`, in the three things in which they differ.

    TRUE and FALSE in the number format General, which LibreOffice takes for 1 and 0; the full stop of French names of
    months, which both take from the system; and the kind of space between French thousands, also the system's.
    """
    if isinstance(value, bool) and shown in ("0", "1"):
        return {"English": "FALSE TRUE", "German": "FALSCH WAHR", "French": "FAUX VRAI"}[country].split()[value]
    if country == "French" and isinstance(value, float):
        shown = re.sub(r"\b(janv|févr|avr|juil|sept|oct|nov|déc)\.", r"\1", shown)
    return spaces(shown)


def spaces(text: str) -> str:
    return re.sub("[\xa0\u202f]", " ", text)
