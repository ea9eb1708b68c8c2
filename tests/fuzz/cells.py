"""Hostile cells: every type that a host hands over, and values that break careless code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pandas as pd

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#BLOCKED!")
BLANK: tuple[Any, ...] = (None, "", float("nan"), np.nan, pd.NaT, pd.NA)
TEXTS = (
    *(
        "A",
        "friendly",
        "opposed",
        "x",
        "O",
        "yes",
        "done",
        "R",
        "a\nb",
        "=1+1",
        "  ",
        "\x00",
        "\ud800",
        "ß",
        "İ",
        "😀" * 200,
    ),
    *("1.234,50", "1e400", "-0", "TRUE", "12%", "٣", "½", "\u200b", "e\u0301", "\u202eabc", "x" * 33_000),
)
NUMBERS: tuple[Any, ...] = (
    *(0, 1, -1, 5, 0.1, -0.0, 1e308, -1e308, 5e-324, 10**400, 2**63, 1e15 + 0.3, 80, 9_999, True, False),
    *(
        float("inf"),
        float("-inf"),
        Decimal("1.5"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Fraction(1, 3),
    ),
    *(np.float32(1.5), np.float64("inf"), np.int64(7), np.uint8(3), np.bool_(True), np.float16(65504), 1 + 2j),
)
TIMES: tuple[Any, ...] = (
    *(
        dt.date(2025, 3, 1),
        dt.date.min,
        dt.date.max,
        dt.datetime(1900, 2, 28),
        dt.datetime.max,
        dt.time(12),
        dt.timedelta(9),
    ),
    *(
        dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        dt.timedelta.max,
        np.datetime64("2025-01-01"),
        np.datetime64("NaT"),
    ),
    *(
        np.timedelta64(3, "s"),
        np.timedelta64(2, "Y"),
        np.timedelta64("NaT"),
        pd.Timestamp("2025-01-01", tz="Asia/Tokyo"),
    ),
    *(pd.Timedelta("2D"), pd.Period("2025-01"), np.datetime64("9999-12-31T23:59:59.999999999")),
)
COM = (*range(-2146826288, -2146826240), -2146828281)  # how COM hands errors over
OBJECTS: tuple[Any, ...] = (
    *(
        {"type": "Error", "basicValue": "#N/A"},
        {"basicValue": "#SPILL!", "errorType": "Spill"},
        {"x": 1},
        {},
        {1},
        b"ab",
    ),
    *(object(), type, len, [1], (), [[]], [None, [1, [2]]], iter([1]), memoryview(b"a"), ..., NotImplemented),
)


def cell(chance: Random) -> Any:
    """One cell: mostly sane, so that calls get through the first checks."""
    kind = chance.random()
    if kind < 0.35:
        return chance.choice((0.0, 1.0, 12.5, 300, 70, -5, 0.3, 1 / 3, round(chance.uniform(-100, 1e6), 2)))
    if kind < 0.5:
        return chance.choice(("A", "B", "b", "Aurelia", "R", "friendly", "x"))
    pool: tuple[Any, ...] = chance.choice((BLANK, TEXTS, NUMBERS, TIMES, COM, OBJECTS, ERRORS))
    return chance.choice(pool)


def argument(chance: Random, rows: int) -> Any:
    """A scalar, a column, rows, ragged rows or an array of cells."""
    shape = chance.random()
    sane = chance.random() < 0.5  # one kind of cell only, as in a column that a person typed
    pool = chance.choice(((1.0, 25.0, 300.0, None), ("Aurelia", "B", "", "Straße"), (1, 5, 9), (0.5, 0.8)))
    one: Callable[[], Any] = (lambda: chance.choice(pool)) if sane else (lambda: cell(chance))
    if shape < 0.2:
        return one()
    if shape < 0.55:
        return [one() for _row in range(rows)]
    wide = chance.choice((1, 2, 3, 5))
    if shape < 0.85:
        return [[one() for _column in range(wide)] for _row in range(rows)]
    if shape < 0.9:
        return tuple(tuple(one() for _column in range(chance.randrange(4))) for _row in range(rows))
    values = [one() for _row in range(rows)]
    found = np.empty(rows, dtype=object)
    found[:] = values
    return chance.choice((found, found.reshape(-1, 1), np.array([float(i) for i in range(rows)])))


def size(value: Any) -> int:
    """How many cells an argument has."""
    return sum(map(size, value)) if isinstance(value, list | tuple | np.ndarray) else 1
