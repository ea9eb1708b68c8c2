"""The spreadsheet functions that the pages use, as expressions with their value (see `formula.py`).

Only what every Excel since 2010 and LibreOffice know, and nothing that depends on a user's locale (numbers in text
go through FIXED, never through TEXT with a format).
"""

from __future__ import annotations

import datetime as dt
import math
import re
import statistics
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeGuard

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.formulas.areas import Picked
from kam_xl.formulas.expressions import Operand, Rows, X, apply, called, column_of, function, lit, wrap
from kam_xl.formulas.formula import Nth, Range, Ref, xl_col_to_name
from kam_xl.formulas.rows import Across, Each, EachNth, Number
from kam_xl.formulas.values import DIV0, NA, NUM, REF, VALUE, Err, Scalar, first_error, key, number, serial, words

Area = Range | Picked | Rows  # Rows: the cells of the row, see `rows.across`


def _held(item: X | Range | Picked) -> X:
    """An argument as an operand: the value of an area is the list of its cells' values."""
    return item if isinstance(item, X) else X((), item.flat())  # type: ignore[arg-type]


def _numbers(values: Sequence[Any], cells: Sequence[bool]) -> list[float] | Err:
    """Numbers that an aggregate sees: in areas and cells only real numbers, elsewhere anything that is one."""
    out: list[float] = []
    for value, cell in zip(values, cells, strict=True):
        if cell or isinstance(value, list):
            for v in value if isinstance(value, list) else (value,):
                if isinstance(v, Err):
                    return v
                if isinstance(v, (int, float)) and not isinstance(v, bool):
                    out.append(v)
        else:
            n = number(value)
            if isinstance(n, Err):
                return n
            out.append(n)
    return out


def _aggregate(name: str, items: Sequence[X | Range | Picked], compute: Callable[[list[float]], Scalar]) -> X:
    cells = [isinstance(item, (Ref, Each)) for item in items]

    def value(*values: Any) -> Scalar:
        n = _numbers(values, cells)
        return n if isinstance(n, Err) else compute(n)

    return apply(called(name, items), value, [_held(item) for item in items])


def _call(name: str, compute: Callable[..., Scalar], *args: X) -> X:
    """A call whose value comes from those of its arguments."""
    return apply(called(name, args), compute, args)


def _decided(condition: X, yes: X, no: X) -> list[Any] | None:
    """The values of an IF that is decided alike in every row: those of the other branch are not computed."""
    found = column_of(condition)
    if len(found) > 1:
        return None
    if isinstance(found[0], Err):
        return found
    return [0 if v is None else v for v in column_of(yes if found[0] else no)]


def _chosen(condition: Scalar, yes: Scalar, no: Scalar) -> Scalar:
    value = condition if isinstance(condition, Err) else yes if condition else no
    return 0 if value is None else value


def if_(condition: X, yes: Operand, no: Operand) -> X:
    """IF."""
    args = condition, lit(yes), lit(no)
    parts = called("IF", args)
    if any([isinstance(a, Rows) for a in args]):
        return Rows(parts, _chosen, args, shortcut=_decided)
    return X(parts, _chosen(*[a.value for a in args]))


def _unless_error(value: Scalar, other: Scalar) -> Scalar:
    return other if isinstance(value, Err) else value


def iferror(x: X, other: Operand) -> X:
    """IFERROR."""
    return _call("IFERROR", _unless_error, x, lit(other))


def _all(*values: Scalar) -> Scalar:
    bad = first_error(values)
    return bad if bad is not None else all(values)


def and_(*items: X) -> X:
    """AND."""
    return _call("AND", _all, *items)


def _any(*values: Scalar) -> Scalar:
    bad = first_error(values)
    return bad if bad is not None else any(values)


def or_(*items: X) -> X:
    """OR."""
    return _call("OR", _any, *items)


def sum_(*items: X | Range | Picked) -> X:
    """SUM."""
    return _aggregate("SUM", items, sum)


def max_(*items: X | Range) -> X:
    """MAX."""
    return _aggregate("MAX", items, lambda n: max(n, default=0))


def min_(*items: X | Range) -> X:
    """MIN."""
    return _aggregate("MIN", items, lambda n: min(n, default=0))


def small(area: Range, k: Operand) -> X:
    """SMALL: the k-th smallest number of a range."""
    place, n = lit(k), _numbers([area.flat()], [False])
    numbers = n if isinstance(n, Err) else sorted(n)

    def value(given: Scalar) -> Scalar:
        i = number(given)
        if isinstance(numbers, Err) or isinstance(i, Err):
            return numbers if isinstance(numbers, Err) else i
        return numbers[int(i) - 1] if 1 <= i <= len(numbers) else NUM

    return apply(called("SMALL", (area, place)), value, (place,))


def median(area: Range) -> X:
    """MEDIAN: the mean of the middle two of an even number."""
    return _aggregate("MEDIAN", (area,), lambda n: statistics.median(n) if n else NUM)


def average(*items: X | Range) -> X:
    """AVERAGE."""
    return _aggregate("AVERAGE", items, lambda n: sum(n) / len(n) if n else DIV0)


def _count(values: Any) -> int:
    return sum([_is_number(v) for v in values])


def count(area: Area) -> X:
    """COUNT: cells that hold a number."""
    return apply(called("COUNT", (area,)), _count, (_held(area),))


def columns(area: Range | Across) -> X:
    """COLUMNS."""
    return function("COLUMNS", (area,), (area.area if isinstance(area, Across) else area).cols)


def _filled(*areas: Any) -> int:
    return sum([v is not None for area in areas for v in area])


def counta(*areas: Area) -> X:
    """COUNTA: cells that are not empty."""
    return apply(called("COUNTA", areas), _filled, [_held(area) for area in areas])


def _matches(v: Scalar, criterion: Scalar) -> bool:
    """Whether a cell meets a criterion: a value (equal), ``►*`` (begins with), ``*A*`` (holds), ``>5`` and its like."""
    if isinstance(criterion, str):
        for sign in (">=", "<=", ">", "<"):
            if criterion.startswith(sign):
                if isinstance(v, (bool, str)) or v is None:
                    return False
                n, limit = v, float(criterion[len(sign) :])
                return {">=": n >= limit, "<=": n <= limit, ">": n > limit, "<": n < limit}[sign]
    if v is None or isinstance(v, Err):
        return False
    if criterion == "?*":  # any text
        return isinstance(v, str) and v != ""
    if isinstance(criterion, str) and len(criterion) > 2 and criterion[0] == criterion[-1] == "*":
        return isinstance(v, str) and criterion[1:-1].lower() in v.lower()
    if isinstance(criterion, str) and criterion.endswith("*"):
        return isinstance(v, str) and v.lower().startswith(criterion[:-1].lower())
    return key(v) == key(criterion)


def _places(area: Range | Picked, criterion: Scalar) -> set[int]:
    """Places of the cells that meet a criterion. Ranges remember them: one column is asked for every account."""
    if isinstance(area, Picked):
        return {i for i, v in enumerate(area.flat()) if _matches(v, criterion)}
    if isinstance(criterion, str) and (criterion[:1] in ("<", ">") or criterion[-1:] == "*"):
        return area.meeting(criterion, _matches)
    return area.equal(criterion)


def _all_places(areas: Sequence[Range | Picked], criteria: Sequence[Scalar]) -> set[int]:
    """Places that meet every criterion."""
    found = sorted([_places(area, c) for area, c in zip(areas, criteria, strict=True)], key=len)
    return found[0].intersection(*found[1:])


def _criterion(given: Operand) -> X:
    """A criterion that means the same on every machine.

    A number inside a text is read with the decimal sign of the machine: ``"<3.5"`` is below the third of May, or no
    number at all, where that is a comma. Written ``"<" & lit(3.5)``, the number goes through no text of ours.
    """
    c = lit(given)
    if type(c) is X and isinstance(c.value, str) and str(c.parts[0]).startswith('"') and len(c.parts) == 1:
        rest = c.value.lstrip("<>=").strip()
        if re.match(r"[-+]?[.,]?\d", rest) and not re.fullmatch(r"-?\d+", rest):
            raise ValueError(f'the criterion "{c.value}" holds a number as text: write "<" & lit(3.5)')
    return c


def countif(area: Area, criterion: Operand) -> X:
    """COUNTIF, with a plain value, ``">5"`` or ``">" & limit``."""
    c = _criterion(criterion)
    parts = called("COUNTIF", (area, c))
    if isinstance(area, Rows):
        return apply(parts, lambda row, wanted: sum([_matches(v, wanted) for v in row]), (area, c))
    return apply(parts, lambda wanted: len(_places(area, wanted)), (c,))


def sumif(area: Range, criterion: Operand, amounts: Range) -> X:
    """SUMIF, with a plain value, ``">5"`` or ``">" & limit``."""
    c = _criterion(criterion)
    return apply(called("SUMIF", (area, c, amounts)), lambda wanted: _sum_at(amounts, _places(area, wanted)), (c,))


def sumifs(amounts: Range, *pairs: tuple[Range, Operand]) -> X:
    """SUMIFS, with plain values, ``">5"`` or ``">" & limit``."""
    areas, criteria = [area for area, _c in pairs], [_criterion(c) for _area, c in pairs]
    args = [amounts, *[a for pair in zip(areas, criteria, strict=True) for a in pair]]
    return apply(called("SUMIFS", args), lambda *wanted: _sum_at(amounts, _all_places(areas, wanted)), criteria)


def _sum_at(amounts: Range, places: set[int]) -> Scalar:
    """Sum of the numbers at some places of a range; the first error among them."""
    values, total = amounts.flat(), 0.0
    for i in sorted(places):
        v = values[i]
        if isinstance(v, Err):
            return v
        if _is_number(v):
            total += v
    return total


def _is_number(v: Scalar) -> TypeGuard[float]:
    return isinstance(v, (int, float)) and not isinstance(v, bool)


def countifs(*pairs: tuple[Range | Picked, Operand]) -> X:
    """COUNTIFS."""
    areas, criteria = [area for area, _c in pairs], [_criterion(c) for _area, c in pairs]
    args = [a for pair in zip(areas, criteria, strict=True) for a in pair]
    return apply(called("COUNTIFS", args), lambda *wanted: len(_all_places(areas, wanted)), criteria)


def index(area: Range | Across, row: Operand, col: Operand | None = None) -> X:
    """INDEX of one cell; of the cells of a row the only place is the column."""
    args = [lit(row)] if col is None else [lit(row), lit(col)]
    if isinstance(area, Across):

        def there(cells: list[Scalar], place: Scalar) -> Scalar:
            j = number(place)
            return j if isinstance(j, Err) else cells[int(j) - 1] if 1 <= j <= len(cells) else REF

        return apply(called("INDEX", (area, *args)), there, (area, *args))
    flat = col is None and area.rows == 1

    def value(r: Scalar, c: Scalar = 1) -> Scalar:
        i, j = number(r), number(c)
        if isinstance(i, Err) or isinstance(j, Err):
            return i if isinstance(i, Err) else j
        if flat:
            i, j = 1, i
        return area.at(int(i) - 1, int(j) - 1) if 1 <= i <= area.rows and 1 <= j <= area.cols else REF

    return apply(called("INDEX", (area, *args)), value, args)


def match(value: Operand, area: Range) -> X:
    """MATCH, exact; for numbers, and for text that can hold no wildcard."""

    def place(v: Scalar) -> Scalar:
        found = v if isinstance(v, Err) else area.position(v)
        return NA if found is None else found

    v = lit(value)
    return apply(("MATCH(", v, ",", area, ",0)"), place, (v,))


def match_text(value: X, area: Range) -> X:
    """MATCH, exact, for names that a person typed: ``*``, ``?`` and ``~`` are no wildcards."""
    parts = (
        "MATCH(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(",
        value,
        ',"~","~~"),"*","~*"),"?","~?"),',
        area,
        ",0)",
    )

    def place(v: Scalar) -> Scalar:
        found = v if isinstance(v, Err) else area.position(words(v))
        return NA if found is None else found

    return apply(parts, place, (value,))


def first_text(area: Range) -> X:
    """MATCH of anything: the place of the first text that is not empty."""
    found = next((i for i, v in enumerate(area.flat(), 1) if isinstance(v, str) and v and not isinstance(v, Err)), None)
    return X(('MATCH("?*",', area, ",0)"), NA if found is None else found)


def isnumber(x: X) -> X:
    """ISNUMBER."""
    return _call("ISNUMBER", _is_number, x)


def istext(x: X) -> X:
    """ISTEXT."""
    return _call("ISTEXT", lambda v: isinstance(v, str) and not isinstance(v, Err), x)


def iserror(x: X) -> X:
    """ISERROR."""
    return _call("ISERROR", lambda v: isinstance(v, Err), x)


def islogical(x: X) -> X:
    """ISLOGICAL."""
    return _call("ISLOGICAL", lambda v: isinstance(v, bool), x)


def n_(x: X) -> X:
    """N: the number in a cell, 0 for text and blanks."""
    return _call("N", lambda v: v if isinstance(v, (int, float, Err)) else 0, x)


def length(x: X) -> X:
    """LEN: 0 also for a blank cell and for text that came out of another host empty."""
    return _call("LEN", lambda v: v if isinstance(v, Err) else len(words(v)), x)


def left(x: X, n: Operand) -> X:
    """LEFT."""

    def value(text: Scalar, size: Scalar) -> Scalar:
        count = number(size)
        bad = first_error((text, count))
        return bad if bad is not None else words(text)[: int(count)]

    return _call("LEFT", value, x, lit(n))


def _text(change: Callable[[str], str]) -> Callable[[Scalar], Scalar]:
    """A change of a text; an error stays one."""
    return lambda v: v if isinstance(v, Err) else change(words(v))


def last_word(x: X) -> X:
    """The last word of a text: a surname."""
    parts = ("TRIM(RIGHT(SUBSTITUTE(", x, '," ",REPT(" ",60)),60))')
    return apply(parts, _text(lambda text: (text.split() or [""])[-1][-60:]), (x,))


def first_word(x: X) -> X:
    """The first word of a text."""
    return apply(("LEFT(", x, ',FIND(" ",', wrap(x, 4), '&" ")-1)'), _text(lambda text: text.split(" ")[0]), (x,))


def substitute(x: X, old: str, new: str = "") -> X:
    """SUBSTITUTE: every occurrence, case matters."""
    return apply(called("SUBSTITUTE", (x, lit(old), lit(new))), _text(lambda text: text.replace(old, new)), (x,))


def newline() -> X:
    """CHAR(10): the next line of a cell or of a label."""
    return X(("CHAR(10)",), "\n")


def na() -> X:
    """NA(): a point that no chart draws."""
    return X(("NA()",), NA)


def half_up(x: float, digits: int) -> float:
    """Round half away from zero, on the decimal digits that a person sees."""
    if abs(x) >= 1e15:  # has no decimals, and Decimal rounds 28 digits at most
        return x
    return float(Decimal(f"{x:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def round_(x: X, digits: int) -> X:
    """ROUND: takes the dust off a difference before it is ranked, as programs see 15 digits and Python sees 17."""
    value = _of_number(lambda n: half_up(n, digits))
    return apply(called("ROUND", (x, lit(digits))), value, (x,))


def _of_number(compute: Callable[[float], Scalar]) -> Callable[[Scalar], Scalar]:
    """A function of a number; an error, and a text that is no number, stay one."""

    def value(v: Scalar) -> Scalar:
        n = number(v)
        return n if isinstance(n, Err) else compute(n)

    return value


def fixed(x: X, digits: int = 0, grouped: bool = True) -> X:
    """FIXED: a number as text, with the decimal sign of the user's own computer, and its thousands sign if `grouped`.

    Rounded twice: a sum that should be 552.5 may be a hair below it, and programs differ in what they make of that;
    and once before FIXED, which makes -0.4 a "-0" in some of them.
    """
    end = f",{digits + 6}),{digits}),{digits}{'' if grouped else ',TRUE'})"
    value = _of_number(lambda n: _fixed(n, digits, grouped))
    return apply(("FIXED(ROUND(ROUND(", x, end), value, (x,))


def _fixed(n: float, digits: int, grouped: bool) -> str:
    rounded = half_up(half_up(n, digits + 6), digits) + 0.0  # no -0.0
    return f"{Decimal(repr(rounded)):{',' if grouped else ''}.{digits}f}"


def percent(x: X, digits: int = 0) -> X:
    """A share as text: 0.305 -> 31%."""
    return fixed(x * 100, digits) & "%"


def abs_(x: X) -> X:
    """ABS."""
    return _call("ABS", _of_number(abs), x)


def int_(x: X) -> X:
    """INT: the whole number at or below."""
    return _call("INT", _of_number(math.floor), x)


def power(base: Operand, exponent: Operand) -> X:
    """POWER."""

    def value(a: Scalar, b: Scalar) -> Scalar:
        x, y = number(a), number(b)
        bad = first_error((x, y))
        if bad is not None:
            return bad
        try:
            found = float(x) ** float(y)
        except OverflowError:
            return NUM
        except ZeroDivisionError:
            return DIV0
        return NUM if isinstance(found, complex) or (x == 0 and y == 0) else found

    return _call("POWER", value, lit(base), lit(exponent))


def date_(year: Operand, month: Operand, day: Operand) -> X:
    """DATE; months and days beyond the calendar carry over."""
    return _call("DATE", _date, lit(year), lit(month), lit(day))


def _date(*given: Scalar) -> Scalar:
    n = [number(v) for v in given]
    bad = first_error(n)
    if bad is not None:
        return bad
    y, m = divmod(int(n[0]) * 12 + int(n[1]) - 1, 12)
    return serial(dt.date(y, m + 1, 1)) + int(n[2]) - 1 if 1900 <= y <= 9999 else NUM


def _of_day(compute: Callable[[dt.date], int]) -> Callable[[Scalar], Scalar]:
    def value(n: float) -> Scalar:
        return compute(dt.date.fromordinal(int(n) + 693594)) if 1 <= n < 2958466 else NUM

    return _of_number(value)


def year(x: X) -> X:
    """YEAR."""
    return _call("YEAR", _of_day(lambda d: d.year), x)


def month(x: X) -> X:
    """MONTH."""
    return _call("MONTH", _of_day(lambda d: d.month), x)


def day(x: X) -> X:
    """DAY."""
    return _call("DAY", _of_day(lambda d: d.day), x)


def cell_name(x: Ref | Each) -> X:
    """ADDRESS of a cell, relative: ``D12``; follows when rows or columns are inserted.

    A cell known by its place is counted from the cell left of its area: IronCalc knows no ROW of an INDEX.
    """
    if isinstance(x, EachNth):
        parts: tuple[object, ...] = ("ADDRESS(ROW(", x.left, "),COLUMN(", x.left, f")+{x.place},4)")
    elif isinstance(x, Nth):
        first = Ref(x.sheet, x.row, x.area.c1 - 1, None)
        parts = ("ADDRESS(ROW(", first, "),COLUMN(", first, f")+{x.place[1]},4)")
    else:
        parts = ("ADDRESS(ROW(", x, "),COLUMN(", x, "),4)")
    if isinstance(x, Ref):
        return X(parts, xl_rowcol_to_cell(x.row, x.col))
    column = xl_col_to_name(x.col)
    return apply(parts, lambda row: f"{column}{row}", (Number(x.area.rows, x.area.r1 + 1),))


def cell_at(corner: Ref, down: X, right: X) -> X:
    """ADDRESS of the cell so far below and to the right of another one; follows when rows or columns are inserted."""
    parts = ("ADDRESS(ROW(", corner, ")+", down, ",COLUMN(", corner, ")+", right, ",4)")

    def value(row: Scalar, col: Scalar) -> Scalar:
        if not isinstance(row, int | float) or not isinstance(col, int | float):
            return VALUE
        cell: str = xl_rowcol_to_cell(corner.row + int(row), corner.col + int(col))
        return cell

    return apply(parts, value, (down, right))


def place_in(x: Ref | Each, first: Ref) -> X:
    """Place of a cell below a heading, from 1; stays right when rows are inserted."""
    parts = ("ROW(", x, ")-ROW(", first, ")")
    if isinstance(x, Ref):
        return X(parts, x.row - first.row, 4)
    return apply(parts, lambda place: place, (Number(x.area.rows, x.area.r1 - first.row),), 4)


def rows_of(area: Range) -> X:
    """ROWS."""
    return function("ROWS", (area,), area.rows)
