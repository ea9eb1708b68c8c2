"""What a formula computes with: scalars, tables of them, areas of cells; and how one kind is taken for another.

A value that a spreadsheet program would read in its own way (text that may be a date, a very small number joined to a
text) is not guessed: `Unknown` is raised, and the cell has no value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from kam_xl.formulas.values import NA, NUM, VALUE, Err, Scalar, order, words
from kam_xl.locale import _

_PLAIN = re.compile(r" *[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})? *")
_MONTHS = (
    "jan", "ene", "gen", "feb", "fev", "fév", "mar", "mär", "mrt", "mrz", "apr", "avr", "abr", "may", "mai", "mag",
    "maj", "mei", "jun", "jui", "giu", "jul", "lug", "aug", "aoû", "ago", "sep", "set", "oct", "okt", "ott", "out",
    "nov", "dec", "dez", "déc", "dic",
)  # fmt: skip
MOST_CELLS = 2_000_000  # of an area or an array
_WORD = re.compile(r"[^\W\d_]+")


class Unknown(Exception):
    """Why a value cannot be computed here; `needs` where it is only that another cell could not be."""

    def __init__(self, why: str, needs: bool = False) -> None:
        super().__init__(why)
        self.needs = needs


class Table:
    """An array: rows of values that a formula made."""

    __slots__ = ("rows",)

    def __init__(self, rows: list[list[Scalar]]) -> None:
        self.rows = rows


class Place(NamedTuple):
    """A block of cells: the number of its sheet, first and last row and column, from 0, both ends inside."""

    sheet: int
    top: int
    left: int
    bottom: int
    right: int


Value = Scalar | Table


def number(value: Scalar) -> float | Err:
    """A value as arithmetic takes it: blank is 0, text that is no number an error.

    >>> number(None), number(" 2.5 "), number("none")
    (0, 2.5, '#VALUE!')
    """
    kind = value.__class__
    if kind is float or kind is int or kind is Err:
        return value  # type: ignore[return-value]
    if value is None:
        return 0
    if kind is bool:
        return int(value)
    return _number_in(str(value))


def _number_in(text: str) -> float | Err:
    if _PLAIN.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    if not any(sign.isdigit() for sign in text):
        return VALUE
    if not text.isascii() or not text.isprintable() or _PLAIN.fullmatch(text):
        raise Unknown(_("the text “{text}” is a number in some programs only").format(text=text[:30]))
    for word in _WORD.findall(text):
        if len(word) < 3 and word.casefold() in ("e", "a", "p", "am", "pm"):
            continue
        if not word.casefold().startswith(_MONTHS):
            return VALUE
    raise Unknown(_("the text “{text}” may be a number or a date").format(text=text[:30]))


def text(value: Scalar) -> str:
    """A value as `&` takes it; not for errors.

    >>> text(None), text(True), text(0.1 + 0.2), text(1e-9)
    ('', 'TRUE', '0.3', '0.000000001')
    """
    if value.__class__ is float or value.__class__ is int:
        shown = spelling(float(value))
        if not (value == 0 or 1e-14 <= abs(value) < 1e15) or "E" in shown:
            raise Unknown(_("the number {number} has its own spelling in every program").format(number=shown))
        return shown
    return words(value)


def spelling(value: float) -> str:
    """A number in 15 digits as Excel joins it to a text: with an exponent where it needs more than 20 signs.

    >>> spelling(1e-15), spelling(1.5e20), spelling(-2.0)
    ('0.000000000000001', '1.5E+20', '-2')
    """
    short = Decimal(f"{value:.15g}")
    plain = f"{short:f}".rstrip("0").rstrip(".") if short % 1 else f"{short:.0f}"
    if len(plain.lstrip("-")) <= 20:
        return "0" if plain == "-0" else plain
    digits_, _e, exponent = f"{value:.14e}".partition("e")
    return f"{digits_.rstrip('0').rstrip('.')}E{exponent}"


def truth(value: Scalar) -> bool | Err:
    """A value as a condition.

    >>> truth(2), truth("abc")
    (True, '#VALUE!')
    """
    if value.__class__ is bool or value.__class__ is Err:
        return value
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.casefold(), VALUE)
    return bool(value)


def to_15_digits(value: float) -> float:
    """A number as a spreadsheet tells it from others.

    >>> to_15_digits(0.1 + 0.2) == to_15_digits(0.3)
    True
    """
    return float(f"{value:.14e}")


def compared(a: Scalar, b: Scalar) -> int:
    """-1, 0 or 1; numbers that agree to 15 digits are equal."""
    if (a.__class__ is float or a.__class__ is int) and (b.__class__ is float or b.__class__ is int):
        if a == b:
            return 0
        if abs(a - b) < 1e-14 * abs(a):
            a, b = to_15_digits(a), to_15_digits(b)
        return (a > b) - (a < b)
    return order(a, b)


def finite(result: object) -> float | Err:
    """A number that a cell can hold; what has none is #NUM!."""
    if isinstance(result, complex) or result != result or result in (float("inf"), float("-inf")):
        return NUM
    return result  # type: ignore[return-value]


def broadcast(compute: Callable[..., Scalar], args: Sequence[Value]) -> Table:
    """A function of single values over tables: a row or column is repeated, places that one lacks are #N/A."""
    sizes = [(len(a.rows), len(a.rows[0])) for a in args if isinstance(a, Table)]
    high, wide = max(h for h, _w in sizes), max(w for _h, w in sizes)
    refuse_larger(high, wide)
    grids = [spread(a, high, wide) for a in args]
    return Table([[compute(*cells) for cells in zip(*rows, strict=True)] for rows in zip(*grids, strict=True)])


def refuse_larger(high: int, wide: int) -> None:
    """Raise Unknown if an array, or an area, has more cells than are computed here."""
    if high * wide > MOST_CELLS:
        raise Unknown(_("needs more than {n} cells at once").format(n=f"{MOST_CELLS:,}"))


def spread(value: Value, high: int, wide: int) -> list[list[Scalar]]:
    """A value over `high` rows and `wide` columns: what is one row or column repeats, places beyond it are #N/A."""
    if not isinstance(value, Table):
        return [[value] * wide] * high
    rows = value.rows
    if len(rows[0]) == 1:
        rows = [row * wide for row in rows]
    elif len(rows[0]) < wide:
        rows = [row + [NA] * (wide - len(row)) for row in rows]
    if len(rows) == 1:
        return rows * high
    return rows + [[NA] * wide] * (high - len(rows))


def lifted(compute: Callable[..., Scalar], *args: Any) -> Value:
    """Call a function of single values, place by place where an argument is a table."""
    for arg in args:
        if arg.__class__ is Table:
            return broadcast(compute, args)
    return compute(*args)
