"""Worksheet functions of single values. Each knows what every spreadsheet program agrees on, and leaves the rest."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal

from kam_xl.content.positions import column_name
from kam_xl.formulas.functions import half_up
from kam_xl.formulas.values import DIV0, NA, NUM, VALUE, Err, Scalar, serial
from kam_xl.locale import _
from kam_xl.workbook.recompute.values import Unknown, compared, finite, number, spelling, text, truth

Function = Callable[..., Scalar]
_LONGEST_TEXT = 32_767
_PLAINLY = re.compile(r"[A-Za-z0-9 ]*")  # what every language puts in the same order
_MOST_DIGITS = 12  # before or behind the point that ROUND is asked for


def of_numbers(compute: Callable[..., object]) -> Function:
    """A function of numbers: the first error among its arguments is its result."""

    def called(*args: Scalar) -> Scalar:
        numbers = []
        for arg in args:
            if arg.__class__ is not float:
                arg = number(arg)
                if arg.__class__ is Err:
                    return arg
            numbers.append(arg)
        try:
            return finite(compute(*numbers))
        except ZeroDivisionError:
            return DIV0
        except (OverflowError, ValueError):
            return NUM

    return called


def _of_texts(compute: Callable[..., Scalar], texts: int = 1) -> Function:
    """A function whose first arguments are texts, and the others numbers."""

    def called(*args: Scalar) -> Scalar:
        given: list[object] = []
        for place, arg in enumerate(args):
            if arg.__class__ is Err:
                return arg
            one = _units(text(arg)) if place < texts else number(arg)
            if one.__class__ is Err:
                return one
            given.append(one)
        result = compute(*given)
        if not isinstance(result, str):
            return result
        return VALUE if len(result) > _LONGEST_TEXT else _letters(result)

    return called


def _units(given: str) -> str:
    """A text in the units that spreadsheets count: a letter beyond 65,535, such as 😀, is two of them."""
    if given.isascii() or max(given) <= "\uffff":
        return given
    return "".join(map(chr, memoryview(given.encode("utf-16-le")).cast("H")))


def _letters(units: str) -> str:
    """The text that units make; half a letter is nothing that a cell can hold."""
    if units.isascii() or not any("\ud800" <= unit <= "\udfff" for unit in units):
        return units
    try:
        return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise Unknown(_("half a letter is cut off")) from None


def _cased(change: Callable[[str], str]) -> Callable[[str], Scalar]:
    def changed(given: str) -> Scalar:
        found = change(given)
        if len(found) != len(given):
            raise Unknown(_("capitals that Excel writes in its own way: {text}").format(text=given[:30]))
        return found

    return changed


HOLDS: dict[str, tuple[int, ...]] = {"=": (0,), "<>": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}
"""Per sign of a comparison: what `compared` says of two values for which it holds."""


def comparison(sign: str, order: Callable[[Scalar, Scalar], int] = compared) -> Function:
    """A comparison of two values, by their order."""
    orders, by_order = HOLDS[sign], sign not in ("=", "<>")

    def called(a: Scalar, b: Scalar) -> Scalar:
        if a.__class__ is Err:
            return a
        if by_order and isinstance(a, str) and isinstance(b, str) and a and b and not _PLAINLY.fullmatch(a + b):
            raise Unknown(_("which of two texts comes first: every language has its own order"))
        return b if b.__class__ is Err else order(a, b) in orders

    return called


def _power(base: float, exponent: float) -> object:
    if base == 0 and exponent <= 0:
        return NUM if exponent == 0 else DIV0
    return float(base) ** float(exponent)


def refuse_places(places: float) -> None:
    """Raise Unknown where a number is rounded to more digits than a cell holds."""
    if abs(places) > _MOST_DIGITS:
        raise Unknown(_("ROUND to {n} digits").format(n=int(places)))


def _round(value: float, places: float) -> float:
    refuse_places(places)
    return half_up(value, int(places))


def _towards(up: bool) -> Callable[[float, float], float]:
    def rounded(value: float, places: float) -> float:
        near = _round(value, places)
        if compared(near, value) == 0 or (abs(near) > abs(value)) == up:
            return near
        return near + math.copysign(10.0 ** -int(places), value) * (1 if up else -1)

    return rounded


def _mod(value: float, by: float) -> float:
    if value % 1 or by % 1 or abs(value) > 2**53:
        raise Unknown(_("MOD of a number with decimals, or of a very large one"))
    return value - by * math.floor(value / by)


def _left(text_: str, n: float = 1) -> Scalar:
    return VALUE if n < 0 else text_[: int(n)]


def _right(text_: str, n: float = 1) -> Scalar:
    return VALUE if n < 0 else text_[max(0, len(text_) - int(n)) :]


def _mid(text_: str, start: float, n: float) -> Scalar:
    return VALUE if start < 1 or n < 0 else text_[int(start) - 1 : int(start) - 1 + int(n)]


def _rept(text_: str, n: float) -> Scalar:
    return VALUE if n < 0 or len(text_) * n > _LONGEST_TEXT else text_ * int(n)


def _find(what: Scalar, inside: Scalar, start: Scalar = 1) -> Scalar:
    for arg in (what, inside, start):
        if arg.__class__ is Err:
            return arg
    at, within = number(start), text(inside)
    if isinstance(at, Err) or not 1 <= at <= len(within) + 1:
        return VALUE
    found = within.find(text(what), int(at) - 1)
    return found + 1 if found >= 0 else VALUE


def _substitute(text_: Scalar, old: Scalar, new: Scalar, nth: Scalar | None = None) -> Scalar:
    for arg in (text_, old, new):
        if arg.__class__ is Err:
            return arg
    if nth is not None:
        raise Unknown(_("SUBSTITUTE of one occurrence"))
    return text(text_).replace(text(old), text(new)) if text(old) else text(text_)


def _exact(a: Scalar, b: Scalar) -> Scalar:
    return a if a.__class__ is Err else b if b.__class__ is Err else text(a) == text(b)


def _joined(a: Scalar, b: Scalar) -> Scalar:
    if a.__class__ is Err:
        return a
    if b.__class__ is Err:
        return b
    joined = (a if a.__class__ is str else text(a)) + (b if b.__class__ is str else text(b))
    return joined if len(joined) <= _LONGEST_TEXT else VALUE


def fixed(value: Scalar, places: Scalar = 2, plain: Scalar = False) -> Scalar:
    """FIXED."""
    n, digits, bare = number(value), number(places), truth(plain)
    if isinstance(n, Err):
        return n
    if isinstance(digits, Err) or isinstance(bare, Err):
        return VALUE
    if not 0 <= digits <= 15:
        raise Unknown(_("FIXED with {n} decimals").format(n=digits))
    return f"{Decimal(repr(half_up(n, int(digits)))):{'' if bare else ','}.{int(digits)}f}"


def _date(year: float, month: float, day: float) -> Scalar:
    at = int(year) + (1900 if 0 <= year < 1900 else 0)
    y, m = divmod(at * 12 + int(month) - 1, 12)
    if not 1900 <= y <= 9999:
        return NUM
    if y == 1900 and m < 2:
        raise Unknown(_("a day before March 1900"))
    found = serial(dt.date(y, m + 1, 1)) + int(day) - 1
    return found if found >= 0 else NUM


def _part(name: str) -> Callable[[float], Scalar]:
    def part(value: float) -> Scalar:
        if not 0 <= value < 2_958_466:
            return NUM
        if value < 61:
            raise Unknown(_("a day before March 1900"))
        return int(getattr(dt.date.fromordinal(int(value) + 693_594), name))

    return part


def _address(row: float, column: float, fixed: float = 1) -> Scalar:
    if not (1 <= row <= 1_048_576 and 1 <= column <= 16_384):
        return VALUE
    across, down = ("$" if fixed in marks else "" for marks in ((1, 3), (1, 2)))
    return f"{across}{column_name(int(column) - 1)}{down}{int(row)}"


def _char(code: float) -> Scalar:
    if code == 10 or 32 <= code < 127:
        return chr(int(code))
    raise Unknown(_("CHAR({n}) differs between computers").format(n=code))


def _not(value: Scalar) -> Scalar:
    condition = truth(value)
    return condition if isinstance(condition, Err) else not condition


def _n(value: Scalar) -> Scalar:
    if value.__class__ is bool:
        return int(value)
    return value if value.__class__ in (float, int, Err) else 0


def _length(value: Scalar) -> Scalar:
    """LEN; of a number as Excel spells it, which other programs do in as many signs or more."""
    if value.__class__ is float or value.__class__ is int:
        return len(spelling(float(value)))
    return value if isinstance(value, Err) else len(_units(text(value)))


def _is_number(value: Scalar) -> bool:
    return value.__class__ is float or value.__class__ is int


def _value(given: Scalar) -> Scalar:
    if isinstance(given, bool):
        return VALUE
    return number(given)


SCALAR: dict[str, tuple[Function, int, int]] = {
    "+": (of_numbers(lambda a, b: a + b), 2, 2),
    "-": (of_numbers(lambda a, b: a - b), 2, 2),
    "*": (of_numbers(lambda a, b: a * b), 2, 2),
    "/": (of_numbers(lambda a, b: a / b), 2, 2),
    "^": (of_numbers(_power), 2, 2),
    "%": (of_numbers(lambda a: a / 100), 1, 1),
    "negate": (of_numbers(lambda a: -a), 1, 1),
    "&": (_joined, 2, 2),
    "=": (comparison("="), 2, 2),
    "<>": (comparison("<>"), 2, 2),
    "<": (comparison("<"), 2, 2),
    "<=": (comparison("<="), 2, 2),
    ">": (comparison(">"), 2, 2),
    ">=": (comparison(">="), 2, 2),
    "ABS": (of_numbers(abs), 1, 1),
    "ADDRESS": (of_numbers(_address), 2, 3),
    "CHAR": (of_numbers(_char), 1, 1),
    "DATE": (of_numbers(_date), 3, 3),
    "DAY": (of_numbers(_part("day")), 1, 1),
    "EXACT": (_exact, 2, 2),
    "EXP": (of_numbers(math.exp), 1, 1),
    "FIND": (_find, 2, 3),
    "FIXED": (fixed, 1, 3),
    "INT": (of_numbers(math.floor), 1, 1),
    "ISBLANK": (lambda v: v is None, 1, 1),
    "ISERR": (lambda v: v.__class__ is Err and v != NA, 1, 1),
    "ISERROR": (lambda v: v.__class__ is Err, 1, 1),
    "ISLOGICAL": (lambda v: v.__class__ is bool, 1, 1),
    "ISNA": (lambda v: v.__class__ is Err and v == NA, 1, 1),
    "ISNONTEXT": (lambda v: not isinstance(v, str) or v.__class__ is Err, 1, 1),
    "ISNUMBER": (_is_number, 1, 1),
    "ISTEXT": (lambda v: isinstance(v, str) and v.__class__ is not Err, 1, 1),
    "LEFT": (_of_texts(_left), 1, 2),
    "LEN": (_length, 1, 1),
    "LN": (of_numbers(math.log), 1, 1),
    "LOG10": (of_numbers(math.log10), 1, 1),
    "LOWER": (_of_texts(_cased(str.lower)), 1, 1),
    "MID": (_of_texts(_mid), 3, 3),
    "MOD": (of_numbers(_mod), 2, 2),
    "MONTH": (of_numbers(_part("month")), 1, 1),
    "N": (_n, 1, 1),
    "NA": (lambda: NA, 0, 0),
    "NOT": (_not, 1, 1),
    "POWER": (of_numbers(_power), 2, 2),
    "REPT": (_of_texts(_rept), 2, 2),
    "RIGHT": (_of_texts(_right), 1, 2),
    "ROUND": (of_numbers(_round), 2, 2),
    "ROUNDDOWN": (of_numbers(_towards(up=False)), 2, 2),
    "ROUNDUP": (of_numbers(_towards(up=True)), 2, 2),
    "SIGN": (of_numbers(lambda a: (a > 0) - (a < 0)), 1, 1),
    "SQRT": (of_numbers(math.sqrt), 1, 1),
    "SUBSTITUTE": (_substitute, 3, 4),
    "TRIM": (_of_texts(lambda t: " ".join(part for part in t.split(" ") if part)), 1, 1),
    "TRUE": (lambda: True, 0, 0),
    "FALSE": (lambda: False, 0, 0),
    "UPPER": (_of_texts(_cased(str.upper)), 1, 1),
    "VALUE": (_value, 1, 1),
    "YEAR": (of_numbers(_part("year")), 1, 1),
}
"""Per name: the function, and how few and how many arguments it takes."""
