"""What every page says is kept under version control: a change of a workbook shows as a change of a text.

`pytest tests/pages/test_golden.py --renew-golden` writes the texts anew; the difference is then read like code. They
say that something changed, never that it is right: that is for the numbers worked out by hand beside this file.
"""

from __future__ import annotations

import datetime as dt
import difflib
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pages.golden_books import BOOKS

from kam_xl.content.pages import AFTER, BEFORE, PAGES

GOLDEN = Path(__file__).parents[1] / "golden"
SHOWN = 40  # lines of a difference


def text_of(value: Any) -> str:
    """A value in one line: numbers to 12 digits, days as they are written in ISO 8601."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def texts_of(content: bytes) -> dict[str, str]:
    """What each visible sheet of a workbook says, cell by cell; of input sheets what is computed there."""
    values = openpyxl.load_workbook(BytesIO(content), data_only=True, read_only=True)
    formulas = openpyxl.load_workbook(BytesIO(content), read_only=True)
    pages = {*PAGES, *BEFORE, *AFTER}
    out = {}
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        typed = set()
        if sheet.title not in pages:
            rows = formulas[sheet.title].iter_rows()
            typed = {
                cell.coordinate for row in rows for cell in row if cell.value is not None and cell.data_type != "f"
            }
        lines = [
            f"{sheet.title}!{cell.coordinate}\t{text_of(cell.value)}\n"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "") and cell.coordinate not in typed
        ]
        if lines:
            out[f"{sheet.title}.txt"] = "".join(lines)
    return out


@pytest.mark.parametrize("name", BOOKS)
def test_pages_say_what_they_said(name: str, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / name
    found = texts_of(BOOKS[name]().to_bytes())
    if request.config.getoption("--renew-golden"):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for file, text in found.items():
            (folder / file).write_text(text, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    changes: list[str] = []
    for file in sorted(found.keys() | kept.keys()):
        was, now = (texts.get(file, "").splitlines() for texts in (kept, found))
        changes += [line for line in difflib.unified_diff(was, now, file, file, n=0, lineterm="")]
    hint = "read the difference; if it is meant, renew the texts with --renew-golden"
    assert not changes, "\n".join([f"{name}: {hint}", *changes[:SHOWN], *["…"] * (len(changes) > SHOWN)])


def test_every_kept_text_is_of_a_book() -> None:
    assert {folder.name for folder in GOLDEN.iterdir() if folder.is_dir()} == set(BOOKS)


def test_a_cell_that_says_something_else_shows_as_one_line() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Pareto"
    sheet["B2"], sheet["C2"], sheet["B3"] = 0.1 + 0.2, "two\nlines", dt.datetime(2025, 12, 31)
    book.create_sheet("Accounts").append(["typed", "=1+1"])
    book.create_sheet("calc").sheet_state = "hidden"
    content = BytesIO()
    book.save(content)
    assert texts_of(content.getvalue()) == {
        "Pareto.txt": "Pareto!B2\t0.3\nPareto!C2\ttwo\\nlines\nPareto!B3\t2025-12-31\n"
    }
