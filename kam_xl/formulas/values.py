"""Values of cells, with the rules of a spreadsheet: what equals what, what comes first, numbers and texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

Scalar = str | float | int | bool | None
Key = Scalar | tuple[str, bool]


class Err(str):
    """An error value of a cell, such as ``#N/A``."""

    __slots__ = ()


NA, DIV0, VALUE, REF, NUM = Err("#N/A"), Err("#DIV/0!"), Err("#VALUE!"), Err("#REF!"), Err("#NUM!")


def serial(day: dt.date) -> int:
    """Spreadsheet number of a day (1900 system)."""
    return dt.date(day.year, day.month, day.day).toordinal() - 693594


def key(value: Scalar) -> Key:
    """What two equal cells share: text without case, but ß is not ss (see `alike`); TRUE is not 1."""
    if isinstance(value, str):
        return value.lower()
    return ("", value) if isinstance(value, bool) else value


def number(value: Scalar) -> float | Err:
    """Value as a number, as arithmetic takes it: blank is 0, text that is no number is an error."""
    if isinstance(value, Err):
        return value
    if value is None:
        return 0.0
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return VALUE
    return value


def words(value: Scalar) -> str:
    """Value as text, as ``&`` takes it."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)


def order(a: Scalar, b: Scalar) -> int:
    """-1, 0 or 1: numbers before text before TRUE and FALSE; blank is 0 or ""."""
    if a is None:
        a = "" if isinstance(b, str) else 0
    if b is None:
        b = "" if isinstance(a, str) else 0
    if isinstance(a, str) and isinstance(b, str):
        a, b = a.lower(), b.lower()
        return (a > b) - (a < b)
    rank = [2 if isinstance(v, bool) else 1 if isinstance(v, str) else 0 for v in (a, b)]
    if rank[0] != rank[1]:
        return rank[0] - rank[1]
    return (a > b) - (a < b)  # type: ignore[operator]


def first_error(values: Iterable[Scalar]) -> Err | None:
    """The first error among values."""
    return next((v for v in values if isinstance(v, Err)), None)
