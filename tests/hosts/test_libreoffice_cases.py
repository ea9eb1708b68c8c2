"""The common table of cases, cell for cell, in LibreOffice Calc."""

from __future__ import annotations

from typing import Any

import pytest
from functions.cases import CASES
from office import Book

from kam_xl.functions import FUNCTIONS

SHEET = "Sheet1"
ERRORS = ("#N/A", "#DIV/0!", "#NUM!", "#VALUE!", "#REF!", "#NAME?")


def column_name(number: int) -> str:
    return (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)


def as_rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list):
        return [[value]]
    return [row if isinstance(row, list) else [row] for row in value]


def as_typed(cell: Any) -> Any:
    """What a person would type for this cell."""
    if isinstance(cell, bool):
        return f"={str(cell).upper()}()"
    return f"={cell}" if cell in ERRORS else cell


def type_in(book: Book, name: str, args: list[Any]) -> str:
    """Put every argument into cells from column AA on, and return the formula that refers to them."""
    references, left = [], 26
    for arg in args:
        if arg is None or arg == "":
            references.append("")
            continue
        rows = as_rows(arg)
        width = max(map(len, rows))
        first, last = column_name(left), column_name(left + width - 1)
        book.write(SHEET, f"{first}1", [[*map(as_typed, row), *[None] * (width - len(row))] for row in rows])
        references.append(f"{first}1:{last}{len(rows)}" if isinstance(arg, list) else f"{first}1")
        left += width + 1
    return f"={name}({';'.join(references)})"


def calc_shows(name: str, args: list[Any], expected: Any) -> Any:
    """What is to be seen in Calc: `expected`, but for the two things that Calc never hands to an add-in.

    Errors: a formula over a range that holds one shows Err:504, and a single one takes the place of the result.
    TRUE and FALSE: they arrive as 1 and 0, and 1 and 0 are shown for them.
    """
    cells = [cell for arg in args for row in as_rows(arg) for cell in row]
    if any(cell in ERRORS for cell in cells):
        in_range = any(cell in ERRORS for arg in args if isinstance(arg, list) for row in as_rows(arg) for cell in row)
        return "Err:504" if in_range else next(arg for arg in args if arg in ERRORS)
    says_it = isinstance(expected, str) or name == "KAM_RACI_CHECK"  # the cell itself stands in the result's text
    if says_it and any(isinstance(cell, bool) for cell in cells):
        return without_booleans(FUNCTIONS[name](*map(without_booleans, args)))
    return without_booleans(expected)


def without_booleans(cells: Any) -> Any:
    """The same cells with 1 and 0 for TRUE and FALSE."""
    if isinstance(cells, list):
        return [without_booleans(cell) for cell in cells]
    return float(cells) if isinstance(cells, bool) else cells


@pytest.mark.parametrize(("name", "args", "expected"), CASES, ids=lambda part: part if isinstance(part, str) else "")
def test_case_gives_the_same_cells_in_calc(book: Book, name: str, args: list[Any], expected: Any) -> None:
    wanted = as_rows(calc_shows(name, args, expected))
    address = f"A1:{column_name(len(wanted[0]) - 1)}{len(wanted)}"
    found = book.array(SHEET, address, type_in(book, name, args))
    numbers = [[pytest.approx(c, rel=1e-9, abs=1e-9) if isinstance(c, float | int) else c for c in r] for r in wanted]
    assert found == numbers
