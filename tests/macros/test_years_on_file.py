"""Adding and removing years, carried out on a real file in LibreOffice: the pages are those of a fresh workbook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from books.compare import same, stored
from books.fixtures import core_settings
from office import Book, Office

from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

from .excel_book import Answer, Macros, apply, payload

PAGES = ("Dashboard", "Pareto", "ABC", "Scoring", "At risk", "Checks")
Sheets = dict[str, list[list[Any]]]


def fresh(years: list[str], figures: dict[str, list[int]], path: Path) -> Path:
    """A workbook newly made with these years; `figures` are those of years that the sample lacks."""
    template = load_template("standard")
    tables = template.sample().with_years(years)
    for year, column in figures.items():
        for (_name, values), figure in zip(tables.revenue, column, strict=True):
            values[years.index(year)] = figure
    return build(core_settings(), tables, "addin").write(path)


LEFT_OUT = re.compile(r"^the last \d of \d years  ·  ")  # the page says so itself


def told(cells: dict[tuple[int, int], Any]) -> list[list[Any]]:
    """What the rows of a page say, wherever in the row: ABC is as wide as the years it has room for."""
    rows: dict[int, list[Any]] = {}
    for (row, _column), value in sorted(cells.items()):
        rows.setdefault(row, []).append(value)
    return list(rows.values())


def different(made: Path, live: Sheets) -> list[str]:
    """Rows of pages that differ from those of a fresh workbook."""
    out = []
    for page in PAGES:
        cells = {(i, j): value for i, row in enumerate(live[page]) for j, value in enumerate(row) if value != ""}
        expected, found = told(stored(made)[page]), told(cells)
        assert len(expected) == len(found), page
        for a, b in zip(expected, found, strict=True):
            if page == "ABC":  # it shows as many of the last years as there was room for when it was made
                a = a[:2] + a[2 + max(0, len(a) - len(b)) :]
                a, b = ([LEFT_OUT.sub("", v) if isinstance(v, str) else v for v in row] for row in (a, b))
            if len(a) != len(b) or not all(map(same, a, b)):
                out.append(f"{page}: {a} is now {b}")
    return out


def after(book: Book, answer: Answer, sheets: list[str]) -> None:
    assert "value" in answer, answer
    apply(answer, book, sheets)


def values_of(book: Book) -> Sheets:
    book.recalculate()
    live = {sheet: book.read(sheet) for sheet in book.sheets()}
    for page in PAGES:
        assert not [v for row in live[page] for v in row if str(v).startswith(("#N", "#R", "#V", "#D", "#KAM", "Err:"))]
    return live


def figures(start: int) -> list[int]:
    count = len(load_template("standard").sample().revenue)
    return [start + 17 * i % 300 for i in range(count)]


def test_an_added_year_counts_everywhere(office: Office, macros: Macros, sample: Path, seen: Answer, tmp_path: Path):
    made = fresh(["2023", "2024", "2025", "2026"], {"2026": figures(100)}, tmp_path / "fresh.xlsx")
    with office.open(sample) as book:
        after(book, macros(seen, "add_year"), [sheet["name"] for sheet in seen["sheets"]])
        book.write("Revenue", "I9", [[figure] for figure in figures(100)])
        live = values_of(book)
    assert live["Revenue"][7][5:9] == ["2023", "2024", "2025", 2026]
    assert different(made, live) == []


@pytest.mark.parametrize("gone", [2023, 2024, 2025])
def test_a_removed_year_is_gone_everywhere(
    office: Office, macros: Macros, sample: Path, seen: Answer, tmp_path: Path, gone: int
):
    years = [year for year in ("2023", "2024", "2025") if year != str(gone)]
    made = fresh(years, {}, tmp_path / "fresh.xlsx")
    with office.open(sample) as book:
        after(book, macros(seen, "remove_year", gone), [sheet["name"] for sheet in seen["sheets"]])
        live = values_of(book)
    assert live["Revenue"][7][5:8] == [*years, ""]
    assert different(made, live) == []


def test_a_year_is_inserted_when_no_spare_column_is_left(
    office: Office, macros: Macros, sample: Path, seen: Answer, tmp_path: Path
):
    sheets = [sheet["name"] for sheet in seen["sheets"]]
    new = {str(year): figures(year - 1900) for year in (2026, 2027, 2028, 2029)}
    made = fresh(["2024", "2025", *new], new, tmp_path / "fresh.xlsx")
    with office.open(sample) as book:
        after(book, macros(seen, "remove_year", 2023), sheets)
        rows = [list(row) for row in zip(*list(new.values())[:3], strict=True)]
        book.write("Revenue", "H8", [[2026, 2027, 2028], *rows])
        book.recalculate()
        book.save(tmp_path / "full.xlsx")
        full = macros(payload(tmp_path / "full.xlsx"), "add_year")
        assert full["actions"][0]["func"] == "rangeInsert"
        after(book, full, sheets)
        book.write("Revenue", "K9", [[figure] for figure in new["2029"]])
        live = values_of(book)
        book.save(tmp_path / "fuller.xlsx")
    assert list(map(str, map(int, live["Revenue"][7][5:11]))) == ["2024", "2025", *new]
    assert different(made, live) == []
    refused = macros(payload(tmp_path / "fuller.xlsx"), "add_year")
    assert refused["error"].startswith("Revenue has no column left for 2030; remove the oldest year")
    assert refused["actions"] == []
