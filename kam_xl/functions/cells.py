"""What a host hands over for a range, as one block of plain cells.

Hosts differ: a range of one cell may come as a scalar, rows as lists or tuples, dates as datetime, currency as Decimal,
errors as numbers (COM), objects (Office.js) or text. Here all become blocks of float, int, str, bool and None, dates
and durations of `moments`, and the dear work is done per block: a clean block of a million numbers is never walked cell
by cell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, TypeAlias

import numpy as np

from kam_xl.functions.cell_errors import COM_ERRORS, ERRORS, com_error, office_error
from kam_xl.functions.moments import Day, Span, moment_of, moments_in, shown_as_date

Plain: TypeAlias = float | int | str | bool | None

KAM_LINE = "#KAM!"
_PLAIN_TYPES = frozenset({float, int, str, bool, type(None), Day, Span})


@dataclass(frozen=True, slots=True)
class Block:
    """A range: its cells row by row, and the types that occur among them."""

    cells: list[Plain]
    columns: int
    types: frozenset[type]

    @property
    def rows(self) -> int:
        """How many rows the range has."""
        return len(self.cells) // self.columns

    @property
    def blank(self) -> bool:
        """Whether this is one blank cell, which is the same as an omitted argument."""
        return len(self.cells) == 1 and is_blank(self.cells[0])

    def _texts(self) -> list[Any]:
        return self.cells if self.types == {str} else [cell for cell in self.cells if type(cell) is str]

    def kam_line(self) -> str | None:
        """The first cell that is the error line of another KAM function."""
        if str not in self.types or KAM_LINE not in "\n".join(texts := self._texts()):
            return None
        return next((text for text in texts if text.startswith(KAM_LINE)), None)

    def with_days(self, kind: type) -> Block:
        """The same with moments of one kind as plain numbers."""
        if kind not in self.types:
            return self
        cells = [float(cell) if type(cell) is kind else cell for cell in self.cells]  # type: ignore[arg-type]
        return Block(cells, self.columns, (self.types - {kind}) | {float})

    def has_errors(self) -> bool:
        """Whether any cell is the error value of a spreadsheet."""
        return str in self.types and not ERRORS.isdisjoint(self._texts())


def is_blank(cell: Plain) -> bool:
    """Whether a cell is blank: nothing, the empty text, NaN. A text of spaces is not."""
    return cell is None or cell == "" or cell != cell


_HUGE = 10**308  # beyond it no cell holds a whole number


def block(value: object) -> Block:
    """Take over what a host hands over for one argument.

    Parameters
    ----------
    value
        A scalar (one cell), a flat list (a column), or a list of rows; lists may be tuples or numpy arrays. Rows that
        are too short are filled with blank cells.

    Examples
    --------
    >>> block([[1.0, None], ["x", True]]).cells
    [1.0, None, 'x', True]
    >>> block((3, 4)).columns, block(None).rows
    (1, 1)
    """
    value = _as_list(value)
    if not isinstance(value, list | tuple):
        return _block([value], 1)
    kinds = set(map(type, value))
    if not any(issubclass(kind, list | tuple | np.ndarray) for kind in kinds):
        return _block(list(value) or [None], 1)
    rows: Any = value
    if not all(issubclass(kind, list | tuple) for kind in kinds):
        rows = [row if isinstance(row, list | tuple) else [row] for row in map(_as_list, value)]
    widths = set(map(len, rows))
    width = max(1, *widths)
    if widths != {width}:
        rows = [[*row, *[None] * (width - len(row))] for row in rows]
    return _block([row[0] for row in rows] if width == 1 else list(chain.from_iterable(rows)), width)


def _as_list(value: Any) -> Any:
    if isinstance(value, date | timedelta):  # a Timestamp of pandas would lose its time zone below
        return value
    if hasattr(value, "to_numpy"):  # a pandas or polars object, without importing either
        value = value.to_numpy()
    if isinstance(value, np.ndarray):
        return moments_in(value) if value.dtype.kind in "mM" else value.tolist()
    return value


def _block(cells: list[Any], columns: int) -> Block:
    types = frozenset(map(type, cells))
    if int in types and any(type(cell) is int and not -_HUGE < cell < _HUGE for cell in cells):
        cells = [math.inf if type(cell) is int and not -_HUGE < cell < _HUGE else cell for cell in cells]
        types = frozenset(map(type, cells))
    if not types <= _PLAIN_TYPES or (int in types and not COM_ERRORS.isdisjoint(cells)):
        cells = [_plain(cell) for cell in cells]
        types = frozenset(map(type, cells))
    return Block(cells, columns, types)


def _plain(cell: Any) -> Plain:
    """One cell of any type as a plain one or a moment; a number that no cell can hold becomes infinite."""
    if type(cell) is int:
        return com_error(cell) or cell
    if type(cell) in _PLAIN_TYPES:
        return cell  # type: ignore[no-any-return]
    if isinstance(cell, np.bool_):
        return bool(cell)
    if type(cell).__name__ == "NAType":
        return None
    moment = moment_of(cell)
    if moment is not None:
        return moment
    if isinstance(cell, np.integer):  # as durations of numpy are too
        return _plain(int(cell))
    if isinstance(cell, str):
        return str(cell)
    if isinstance(cell, Mapping):
        return _of_office(cell)
    if hasattr(cell, "__float__"):
        try:
            return float(cell)
        except (OverflowError, TypeError, ValueError):  # too large, or like Decimal("sNaN")
            return float("inf")
    return str(cell)


def _of_office(cell: Mapping[Any, Any]) -> Plain:
    """A cell as a data type of Office.js: an error, a number that may be shown as a date, or the value beside."""
    if error := office_error(cell):
        return error
    value = cell.get("basicValue")
    if isinstance(value, float | int) and not isinstance(value, bool):
        number = _plain(value)
        dated = isinstance(number, float | int) and abs(number) < 1e15 and shown_as_date(cell.get("numberFormat"))
        return Day(number) if dated else number  # type: ignore[arg-type]
    return value if type(value) in (str, bool) else str(dict(cell))
