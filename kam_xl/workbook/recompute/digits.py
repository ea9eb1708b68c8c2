"""Two ways to compute a formula of the user's: with every digit of its numbers, and with the fifteen that are shown.

Programs agree on the first fifteen digits of a number. What they make of the others is their own: one takes
``0.1+0.2-0.3`` for 0 and the next for 5.6E-17, ``INT(4.35*100)`` is 434 or 435, a long sum ends differently. So a
formula that a person wrote is computed in both ways, and has a value where they agree. The workbook's own formulas,
which take that dust off where it matters, are computed in a third way: just as the generator computes them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import Enum
from functools import cache
from typing import Any

from kam_xl.formulas.formula import Err, Scalar
from kam_xl.formulas.values import DIV0
from kam_xl.locale import _
from kam_xl.workbook.recompute import arrays, library
from kam_xl.workbook.recompute.values import Place, Table, Unknown, compared, number, to_15_digits

_DUST = 1e-14  # of what is added: a result below it is made of digits behind the 15th
_EQUAL = 2.0**-48  # of two numbers: LibreOffice takes them for equal, Excel looks at 15 digits
_WHOLE = 1e-6  # from a whole number: as which some programs take a place or a count
_PLACES = {
    "LEFT": 1,
    "RIGHT": 1,
    "MID": 1,
    "REPT": 1,
    "ROUND": 1,
    "ROUNDUP": 1,
    "ROUNDDOWN": 1,
    "FIXED": 1,
    "FIND": 2,
    "DATE": 0,
    "YEAR": 0,
    "MONTH": 0,
    "DAY": 0,
    "ADDRESS": 0,
    "CHAR": 0,
}  # functions whose arguments from that one on are places or counts
_CUT = {"INT", "ROUNDUP", "ROUNDDOWN"}  # LibreOffice cuts off only what it can tell from a whole number
_SAME = 1e-9  # of two results: the digits that `recalculate` writes anew


class Way(Enum):
    """How the digits behind the 15th are taken."""

    OURS = "as the generator does"
    EVERY = "as they are"
    FIFTEEN = "not at all"


def functions(way: Way) -> Mapping[str, tuple[library.Function, int, int]]:
    """The functions of single values, as `library.SCALAR` has them."""
    return library.SCALAR if way is Way.OURS else _every() if way is Way.EVERY else _fifteen()


def aggregates(way: Way) -> Mapping[str, Callable[[Any], Scalar]]:
    """The functions of many values, as `arrays.AGGREGATES` has them."""
    return arrays.AGGREGATES if way is Way.OURS else _sums(way)


def total(numbers: Iterable[float], way: Way) -> float:
    """A sum: in turn, or as if no digit were lost on the way.

    >>> total([0.1] * 10, Way.EVERY), total([0.1] * 10, Way.FIFTEEN), total([0.1, 0.2, -0.3], Way.FIFTEEN)
    (0.9999999999999999, 1.0, 0.0)
    """
    if way is not Way.FIFTEEN:
        found = 0.0
        for one in numbers:
            found += one
        return found
    items = list(numbers)
    try:
        return _without_dust(math.fsum(items), math.fsum(map(abs, items)))
    except (OverflowError, ValueError):
        return math.inf


def order_of(a: Scalar, b: Scalar, way: Way) -> int:
    """-1, 0 or 1, as `compared`.

    >>> [order_of(0.9, 43.1 - 43.2 + 1, way) for way in (Way.EVERY, Way.FIFTEEN)]
    [1, 0]
    """
    if way is Way.FIFTEEN and _is_number(a) and _is_number(b) and abs(a - b) <= _EQUAL * max(abs(a), abs(b)):  # type: ignore[operator, arg-type]
        return 0
    return compared(a, b)


def whole_number(value: Scalar, way: Way) -> float | Err:
    """A value as a place or a count is taken from it, whose decimals are then cut off.

    Some programs take 2.9999999999 for the third place, others for the second.
    """
    found = number(value)
    return found if way is not Way.FIFTEEN or isinstance(found, Err) else _place(found)


def _place(value: float) -> float:
    near = math.floor(value + 0.5) if abs(value) < 2**53 else value
    return near if abs(value - near) <= _WHOLE else value


def refuse_long(constants: Iterable[Any]) -> None:
    """Raise Unknown where a formula holds a number of more than 15 digits: typed into Excel it has no others."""
    for one in constants:
        if one.__class__ is float and to_15_digits(one) != one:
            raise Unknown(_("holds the number {number}, of more than 15 digits").format(number=repr(one)))


def agree(one: Any, other: Any) -> bool:
    """Whether both ways have the same result.

    >>> agree(0.1 + 0.2, 0.3), agree(5.6e-17, 0.0), agree("0.0", "-0.0")
    (True, False, False)
    """
    if isinstance(one, Table) and isinstance(other, Table):
        if [len(row) for row in one.rows] != [len(row) for row in other.rows]:
            return False
        return all(map(agree, (v for row in one.rows for v in row), (v for row in other.rows for v in row)))
    if _is_number(one) and _is_number(other):
        return math.isclose(one, other, rel_tol=_SAME, abs_tol=0)
    if isinstance(one, Place) or isinstance(other, Place):
        return one.__class__ is other.__class__ and one == other
    return one.__class__ is other.__class__ and one == other


def _is_number(value: object) -> bool:
    return value.__class__ is float or value.__class__ is int


def _without_dust(result: float, largest: float) -> float:
    return 0.0 if abs(result) <= _DUST * largest else result


# -- every digit -----------------------------------------------------------------------------------------------------


def _rounded(mode: str) -> library.Function:
    def rounded(value: float, places: float) -> float:
        library.refuse_places(places)
        if abs(value) >= 1e15:
            return value
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(places)), mode))

    return library.of_numbers(rounded)


def _fixed(value: Scalar, places: Scalar = 2, plain: Scalar = False) -> Scalar:
    digits = number(places)
    exact = value if isinstance(digits, Err) or value.__class__ is not float else _rounded(ROUND_HALF_UP)(value, digits)
    return library.fixed(exact, places, plain)


@cache
def _every() -> dict[str, tuple[library.Function, int, int]]:
    changed = {
        "ROUND": _rounded(ROUND_HALF_UP),
        "ROUNDDOWN": _rounded(ROUND_DOWN),
        "ROUNDUP": _rounded(ROUND_UP),
        "FIXED": _fixed,
    }
    return library.SCALAR | {name: (function, *library.SCALAR[name][1:]) for name, function in changed.items()}


# -- fifteen digits --------------------------------------------------------------------------------------------------


def _taking_15(name: str, function: library.Function) -> library.Function:
    """A function of numbers without what stands behind their 15th digit: 434.99999999999994 is 435."""
    first_place, digits = _PLACES.get(name, math.inf), 11 if name in _CUT else 14

    def called(*args: Scalar) -> Scalar:
        taken = []
        for at, arg in enumerate(args):
            if arg.__class__ is float:
                arg = _place(arg) if at >= first_place else float(f"{arg:.{digits}e}")
            taken.append(arg)
        return function(*taken)

    return called


def _fixed_15(value: Scalar, places: Scalar = 2, plain: Scalar = False) -> Scalar:
    """FIXED without the sign of what is rounded to nothing: -0.0 in some programs, 0.0 in others."""
    found = library.fixed(value, places, plain)
    if isinstance(found, str) and not isinstance(found, Err) and not found.strip("-0.,"):
        return found.lstrip("-")
    return found


@cache
def _fifteen() -> dict[str, tuple[library.Function, int, int]]:
    found = {
        name: (_taking_15(name, function) if name.isalnum() and name.isupper() else function, least, most)
        for name, (function, least, most) in library.SCALAR.items()
    }
    changed = {
        "+": library.of_numbers(lambda a, b: _without_dust(a + b, max(abs(a), abs(b)))),
        "-": library.of_numbers(lambda a, b: _without_dust(a - b, max(abs(a), abs(b)))),
        "FIXED": _taking_15("FIXED", _fixed_15),
    } | {sign: library.comparison(sign, lambda a, b: order_of(a, b, Way.FIFTEEN)) for sign in library.HOLDS}
    return found | {name: (function, *found[name][1:]) for name, function in changed.items()}


@cache
def _sums(way: Way) -> dict[str, Callable[[Any], Scalar]]:
    def mean(numbers: list[float]) -> float | Err:
        return total(numbers, way) / len(numbers) if numbers else DIV0

    return arrays.AGGREGATES | {
        "SUM": arrays.of_numbers(lambda numbers: total(numbers, way)),
        "AVERAGE": arrays.of_numbers(mean),
    }
