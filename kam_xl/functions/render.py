"""Results as cells: only str, float, int and bool, "" for what is not there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kam_xl.errors import InputError

Values: TypeAlias = Sequence[Any] | NDArray[Any]

NOT_AVAILABLE = "n/a"
TOO_LARGE = "the result is more than a cell can hold; give smaller numbers"


def cells(values: Values) -> list[Any]:
    """One cell per value; NaN becomes "".

    Examples
    --------
    >>> cells(np.array([1.5, np.nan]))
    [1.5, '']
    """
    if not isinstance(values, np.ndarray):
        return list(values)
    found: list[Any] = values.tolist()
    if values.dtype.kind == "f":
        if np.isinf(values).any():
            raise InputError(TOO_LARGE)
        for index in np.flatnonzero(np.isnan(values)).tolist():
            found[index] = ""
    return found


def whole(places: NDArray[np.float64]) -> list[Any]:
    """One cell per rank: a whole number; NaN becomes ""."""
    return ["" if place != place else int(place) for place in places.tolist()]


def scalar(value: Any) -> Any:
    """One cell; NaN is what cannot be computed although there is data."""
    if isinstance(value, float):
        if math.isinf(value):
            raise InputError(TOO_LARGE)
        return NOT_AVAILABLE if math.isnan(value) else value
    return value


def column(values: Values) -> list[list[Any]]:
    """One row of one cell per value."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "O":
        found: list[list[Any]] = values.reshape(-1, 1).tolist()
        return found
    return [[cell] for cell in cells(values)]


def matrix(values: NDArray[Any]) -> list[list[Any]]:
    """The rows of a two-dimensional array."""
    flat, width = cells(values.ravel()), values.shape[1]
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def table(columns: Sequence[Values], headings: Sequence[str] | None) -> list[list[Any]]:
    """Rows from columns, under headings if there are any; a table of nothing is one row of ""."""
    rows = [list(row) for row in zip(*map(cells, columns), strict=True)]
    rows = rows or [[""] * len(columns)]
    return [list(headings), *rows] if headings else rows
