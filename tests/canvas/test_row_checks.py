"""Row checks: what they say, and that their texts stand in cells, once each."""

from __future__ import annotations

import re

import ironcalc
import pytest

from kam_xl.canvas import inputs
from kam_xl.canvas.book import Book
from kam_xl.canvas.inputs import RowChecks
from kam_xl.canvas.model import Calc
from kam_xl.formulas.functions import if_, isnumber
from kam_xl.formulas.messages import say


def checked(rows):
    """A book with a check beside each row: a number up to 10, and a second one that has to be above it."""
    book = Book("native")
    Calc(book)
    sheet, found = book.sheet("S"), []
    for i, row in enumerate(rows):
        first, second = (sheet.write(i, j, value) for j, value in enumerate(row))
        checks = RowChecks(sheet, i, found)
        checks.number(first, (0, 10))
        below = say("is below {first}", first=if_(isnumber(first), first, "it"))
        checks.add(second, second < first, below, "mend it")
        sheet.write(i, 3, checks.text())
    book.xlsx.close()
    return book, sheet, found


@pytest.fixture(scope="module")
def sample():
    return checked([(1, 2), ("n/a", 5), (11, 12), (3, 1), (50, 2)])


def test_every_problem_is_named_with_its_cell_and_remedy(sample):
    _book, sheet, found = sample
    assert [sheet.cells[i, 3] for i in range(5)] == [
        "",
        "A2 is text: type a number or leave it blank. B2 is below it: mend it. ",
        "A3 is outside 0 to 10: type a number in between. ",
        "B4 is below 3: mend it. ",
        "A5 is outside 0 to 10: type a number in between. B5 is below 50: mend it. ",
    ]
    assert (found[-1].cell, found[-1].problem, found[-1].remedy) == ("B5", "is below 50", "mend it")


def test_the_formulas_give_what_is_said(sample, tmp_path):
    book, sheet, _found = sample
    path = tmp_path / "checks.xlsx"
    path.write_bytes(book.buffer.getvalue())
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    place = list(book.sheets).index("S")
    assert [model.get_formatted_cell_value(place, 1 + i, 4) for i in range(5)] == [
        str(sheet.cells[i, 3]) for i in range(5)
    ]


def test_a_text_stands_in_one_cell_however_many_rows_say_it():
    book, _sheet, _found = checked([(i, i) for i in range(40)])
    kept = [text for text in book.kept if "is text" in text]
    assert kept == [" is text: type a number or leave it blank. "]
    assert len(book.kept) == 3
    model_cells = book.sheets["calc"].cells
    assert sorted(v for v in model_cells.values() if isinstance(v, str) and v.startswith(" ")) == sorted(book.kept)


def test_a_translation_may_put_the_cell_elsewhere(monkeypatch):
    texts = {"{cell} {problem}: {remedy}.": "({problem}) in {cell}: {remedy}!"}
    monkeypatch.setattr(inputs, "_", lambda text: texts.get(text, text))
    _book, sheet, _found = checked([("n/a", "n/a")])
    assert sheet.cells[0, 3].startswith("(is text) in A1: type a number or leave it blank! ")


def test_the_formula_of_a_row_holds_no_sentence():
    book = Book("native")
    Calc(book)
    sheet = book.sheet("S")
    cell = sheet.write(0, 0, 5)
    checks = RowChecks(sheet, 0, [])
    for k in range(30):
        checks.add(cell, cell > k, f"is a mistake of kind {k}, which takes many words to say", "mend it")
    text = checks.text().render("S", 0)
    assert set(re.findall(r'"[^"]*"', text)) == {'""'} and len(text) < 30 * 80
    assert checks.text().value.count("A1 is a mistake") == 5


def test_the_cell_of_a_text_stays_where_a_formula_is_copied_to_another_row():
    book = Book("native")
    Calc(book)
    sheet = book.sheet("S")
    for row in range(12):
        cell = sheet.write(row, 0, row)
        checks = RowChecks(sheet, row, [])
        checks.add(cell, cell > 3, "is much", "take less")
        assert "&calc!$B$1," in checks.text().render("S", row)
