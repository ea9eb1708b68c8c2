"""Writing into the open workbook so that a failure in the middle leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from kam_xl.content.positions import column_name
from kam_xl.content.tables import CellError, Value, storable
from kam_xl.errors import HostError
from kam_xl.functions.cell_errors import ERRORS, com_error
from kam_xl.locale import _
from kam_xl.macros import excel

_BOOLEANS = frozenset(("true", "false", "wahr", "falsch", "vrai", "faux"))


def as_cell(value: Value) -> Any:
    """A value as it is typed, so that text stays text: no formula, number or date is made of it.

    >>> as_cell("=1+1"), as_cell("Aurelia"), as_cell("1-2"), as_cell(5)
    ("'=1+1", 'Aurelia', "'1-2", 5)
    """
    if isinstance(value, CellError):
        return f"={storable(value)}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str) and _could_be_taken_for_another(value):
        return f"'{value}"
    return value


def _could_be_taken_for_another(text: str) -> bool:
    return text[:1] in tuple("=+-@'#") or any(map(str.isdigit, text)) or text.strip().casefold() in _BOOLEANS


class Changes:
    """What was written so far, and how to take it back."""

    def __init__(self) -> None:
        self._back: list[Callable[[], None]] = []

    def write(self, cells: excel.Range, rows: Sequence[Sequence[Value]]) -> None:
        """Write a block of values in one call."""
        self.put(cells, [[as_cell(value) for value in row] for row in rows])

    def put(self, cells: excel.Range, rows: list[list[Any]]) -> None:
        """Write a block as it is, formulas and all."""
        before = contents(cells)
        self.later(lambda: _set(cells, before))
        _set(cells, rows)

    def insert_column(self, sheet: Any, column: int) -> None:
        """Insert a column, which gets the looks of the one to its left."""
        _column(sheet, column).insert("right", copy_origin="format_from_left_or_above")
        self.later(lambda: _column(sheet, column).delete("left"))

    def delete_column_at_last(self, sheet: Any, column: int) -> None:
        """Delete a column. Nothing brings back the formulas that look at it, so this has to be the last change."""
        _column(sheet, column).delete("left")

    def later(self, back: Callable[[], None]) -> None:
        """Keep how to take a change back."""
        self._back.append(back)

    def take_back(self) -> bool:
        """Take all changes back, the last one first; whether every one could be."""
        whole = True
        while self._back:
            try:
                self._back.pop()()
            except Exception:
                whole = False
        return whole


@contextmanager
def changing(book: excel.Book) -> Iterator[Changes]:
    """Changes that are taken back when anything goes wrong before the end.

    Raises
    ------
    HostError
        When something went wrong and not everything could be put back.
    """
    changes = Changes()
    with excel.still(book):
        try:
            yield changes
        except BaseException as error:
            if changes.take_back():
                raise
            text = _("{error}; not all could be put back: close without saving, or go back to the copy")
            raise HostError(text.format(error=error)) from error


def contents(cells: excel.Range) -> list[list[Any]]:
    """What stands in a block, so that writing it there again changes nothing: formulas, and values as typed.

    A server does not tell formulas; there it is the values.
    """
    values = read(cells)
    try:
        formulas = cells.formula
    except Exception:
        formulas = None
    rows = [[as_cell(value) for value in row] for row in values]
    if isinstance(formulas, str) or not isinstance(formulas, tuple | list):
        formulas = [[formulas]]
    elif formulas and not isinstance(formulas[0], tuple | list):
        formulas = [formulas] if len(rows) == 1 else [[formula] for formula in formulas]
    for i, line in enumerate(formulas[: len(rows)]):
        for j, formula in enumerate(line[: len(rows[i])]):
            if isinstance(formula, str) and formula.startswith("=") and values[i][j] != formula:
                rows[i][j] = formula
    return rows


def read(cells: excel.Range) -> list[list[Value]]:
    """The values of a block: blank is None, whole numbers are int, days are date, error cells are `CellError`."""
    rows = cells.options(ndim=2, err_to_str=True).value
    return [[_clean(value) for value in row] for row in rows]


def _clean(value: Any) -> Value:
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if type(value) is int:  # only xlwings' own list of errors becomes text; numbers are float over COM
        error = com_error(value)
        return CellError(error) if error else value
    if isinstance(value, str) and value in ERRORS:
        return CellError(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value  # type: ignore[no-any-return]


def _set(cells: excel.Range, rows: list[list[Any]]) -> None:
    cells.value = rows


def _column(sheet: Any, column: int) -> excel.Range:
    letters = column_name(column - 1)
    return sheet.range(f"{letters}:{letters}")
