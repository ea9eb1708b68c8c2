"""An expression has no truth of its own, and no cell is read before it is written or written twice."""

from __future__ import annotations

import pytest

from kam_xl.canvas.book import NATIVE, Book
from kam_xl.formulas.formula import lit


def test_an_expression_has_no_truth() -> None:
    with pytest.raises(TypeError, match="an expression has no truth: use if_, and_, or_; in 1=2 → False"):
        bool(lit(1) == 2)
    with pytest.raises(TypeError):
        _ = lit(1) in (lit(2), lit(1))


def test_an_expression_shows_its_text_and_its_value() -> None:
    assert repr(lit("a") & 1.5) == "\"a\"&1.5 → 'a1.5'"


def test_a_cell_is_written_once() -> None:
    sheet = Book(NATIVE).sheet("Page")
    sheet.write(4, 2, 1)
    with pytest.raises(LookupError, match="Page: row 5, column 3 is written already"):
        sheet.write(4, 2, 2)


def test_what_is_not_written_is_not_read() -> None:
    sheet = Book(NATIVE).sheet("Page")
    sheet.write(0, 0, 1)
    area = sheet.area(0, 0, 2, 0)
    with pytest.raises(LookupError, match=r"Page!\$A\$1:\$A\$3 is read before row 2 is written"):
        area.values()
    for row in (1, 2):
        sheet.write(row, 0, None)
    assert area.values() == [[1], [None], [None]]
