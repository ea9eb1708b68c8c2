"""The spreadsheet functions that the pages use, as expressions with their value (see `formula.py`).

Only what every Excel since 2010 and LibreOffice know, and nothing that depends on a user's locale (numbers in text
go through FIXED, never through TEXT with a format).
"""

from __future__ import annotations

import datetime as dt
import math
import re
import statistics
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.formulas.areas import Picked
from kam_xl.formulas.formula import (
    DIV0,
    NA,
    NUM,
    REF,
    Err,
    Nth,
    Operand,
    Range,
    Ref,
    Scalar,
    X,
    first_error,
    function,
    key,
    lit,
    number,
    serial,
    words,
    wrap,
)


def _numbers(items: Iterable[X | Range | Picked]) -> list[float] | Err:
    """Numbers that an aggregate sees: in ranges only real numbers, elsewhere anything that is one."""
    out: list[float] = []
    for item in items:
        if isinstance(item, (Range, Picked)):
            for v in item.flat():
                if isinstance(v, Err):
                    return v
                if isinstance(v, (int, float)) and not isinstance(v, bool):
                    out.append(v)
        elif isinstance(item, Ref):
            if isinstance(item.value, Err):
                return item.value
            if isinstance(item.value, (int, float)) and not isinstance(item.value, bool):
                out.append(item.value)
        else:
            n = number(item.value)
            if isinstance(n, Err):
                return n
            out.append(n)
    return out


def if_(condition: X, yes: Operand, no: Operand) -> X:
    """IF."""
    a, b, c = condition, lit(yes), lit(no)
    value = a.value if isinstance(a.value, Err) else b.value if a.value else c.value
    return function("IF", (a, b, c), 0 if value is None else value)


def iferror(x: X, other: Operand) -> X:
    """IFERROR."""
    b = lit(other)
    return function("IFERROR", (x, b), b.value if isinstance(x.value, Err) else x.value)


def and_(*items: X) -> X:
    """AND."""
    value = first_error(i.value for i in items)
    return function("AND", items, value if value is not None else all(bool(i.value) for i in items))


def or_(*items: X) -> X:
    """OR."""
    value = first_error(i.value for i in items)
    return function("OR", items, value if value is not None else any(bool(i.value) for i in items))


def sum_(*items: X | Range | Picked) -> X:
    """SUM."""
    n = _numbers(items)
    return function("SUM", items, n if isinstance(n, Err) else sum(n))


def max_(*items: X | Range) -> X:
    """MAX."""
    n = _numbers(items)
    return function("MAX", items, n if isinstance(n, Err) else max(n, default=0))


def min_(*items: X | Range) -> X:
    """MIN."""
    n = _numbers(items)
    return function("MIN", items, n if isinstance(n, Err) else min(n, default=0))


def small(area: Range, k: Operand) -> X:
    """SMALL: the k-th smallest number of a range."""
    place = lit(k)
    n, i = _numbers([area]), number(place.value)
    if isinstance(n, Err) or isinstance(i, Err):
        return function("SMALL", (area, place), n if isinstance(n, Err) else i)
    return function("SMALL", (area, place), sorted(n)[int(i) - 1] if 1 <= i <= len(n) else NUM)


def median(area: Range) -> X:
    """MEDIAN: the mean of the middle two of an even number."""
    n = _numbers([area])
    if isinstance(n, Err):
        return function("MEDIAN", (area,), n)
    return function("MEDIAN", (area,), statistics.median(n) if n else NUM)


def average(*items: X | Range) -> X:
    """AVERAGE."""
    n = _numbers(items)
    return function("AVERAGE", items, n if isinstance(n, Err) else sum(n) / len(n) if n else DIV0)


def count(area: Range | Picked) -> X:
    """COUNT: cells that hold a number."""
    n = sum(_is_number(v) for row in area.values() for v in row)
    return function("COUNT", (area,), n)


def columns(area: Range) -> X:
    """COLUMNS."""
    return function("COLUMNS", (area,), area.cols)


def counta(*areas: Range | Picked) -> X:
    """COUNTA: cells that are not empty."""
    return function("COUNTA", areas, sum(v is not None for area in areas for v in area.flat()))


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


def _all_places(criteria: list[tuple[Range | Picked, X]]) -> set[int]:
    """Places that meet every criterion."""
    found = sorted((_places(area, c.value) for area, c in criteria), key=len)
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


def countif(area: Range | Picked, criterion: Operand) -> X:
    """COUNTIF, with a plain value, ``">5"`` or ``">" & limit``."""
    c = _criterion(criterion)
    return function("COUNTIF", (area, c), len(_places(area, c.value)))


def sumif(area: Range, criterion: Operand, amounts: Range) -> X:
    """SUMIF, with a plain value, ``">5"`` or ``">" & limit``."""
    c = _criterion(criterion)
    return function("SUMIF", (area, c, amounts), _sum_at(amounts, _places(area, c.value)))


def sumifs(amounts: Range, *pairs: tuple[Range, Operand]) -> X:
    """SUMIFS, with plain values, ``">5"`` or ``">" & limit``."""
    criteria: list[tuple[Range | Picked, X]] = [(area, _criterion(c)) for area, c in pairs]
    args: list[X | Range | Picked] = [amounts, *[a for pair in criteria for a in pair]]
    return function("SUMIFS", args, _sum_at(amounts, _all_places(criteria)))


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
    criteria = [(area, _criterion(c)) for area, c in pairs]
    args: list[X | Range | Picked] = [a for pair in criteria for a in pair]
    return function("COUNTIFS", args, len(_all_places(criteria)))


def index(area: Range, row: Operand, col: Operand | None = None) -> X:
    """INDEX of one cell."""
    r = lit(row)
    c = None if col is None else lit(col)
    i = number(r.value)
    j = 1.0 if c is None else number(c.value)
    args: list[X | Range] = [area, r] if c is None else [area, r, c]
    if c is None and area.rows == 1:
        i, j = 1.0, i
    if isinstance(i, Err) or isinstance(j, Err):
        value: Scalar = i if isinstance(i, Err) else j
    elif 1 <= i <= area.rows and 1 <= j <= area.cols:
        value = area.cell(int(i) - 1, int(j) - 1).value
    else:
        value = REF
    return function("INDEX", args, value)


def match(value: Operand, area: Range) -> X:
    """MATCH, exact; for numbers, and for text that can hold no wildcard."""
    v = lit(value)
    found = v.value if isinstance(v.value, Err) else area.position(v.value)
    return X(("MATCH(", v, ",", area, ",0)"), NA if found is None else found)


def match_text(value: X, area: Range) -> X:
    """MATCH, exact, for names that a person typed: ``*``, ``?`` and ``~`` are no wildcards."""
    found = value.value if isinstance(value.value, Err) else area.position(words(value.value))
    parts = (
        "MATCH(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(",
        value,
        ',"~","~~"),"*","~*"),"?","~?"),',
        area,
        ",0)",
    )
    return X(parts, NA if found is None else found)


def first_text(area: Range) -> X:
    """MATCH of anything: the place of the first text that is not empty."""
    found = next((i for i, v in enumerate(area.flat(), 1) if isinstance(v, str) and v and not isinstance(v, Err)), None)
    return X(('MATCH("?*",', area, ",0)"), NA if found is None else found)


def isnumber(x: X) -> X:
    """ISNUMBER."""
    return function("ISNUMBER", (x,), isinstance(x.value, (int, float)) and not isinstance(x.value, bool))


def istext(x: X) -> X:
    """ISTEXT."""
    return function("ISTEXT", (x,), isinstance(x.value, str) and not isinstance(x.value, Err))


def iserror(x: X) -> X:
    """ISERROR."""
    return function("ISERROR", (x,), isinstance(x.value, Err))


def islogical(x: X) -> X:
    """ISLOGICAL."""
    return function("ISLOGICAL", (x,), isinstance(x.value, bool))


def n_(x: X) -> X:
    """N: the number in a cell, 0 for text and blanks."""
    v = x.value
    return function("N", (x,), v if isinstance(v, (int, float, Err)) else 0)


def length(x: X) -> X:
    """LEN: 0 also for a blank cell and for text that came out of another host empty."""
    return function("LEN", (x,), x.value if isinstance(x.value, Err) else len(words(x.value)))


def left(x: X, n: Operand) -> X:
    """LEFT."""
    size = lit(n)
    count = number(size.value)
    bad = first_error((x.value, count))
    return function("LEFT", (x, size), bad if bad is not None else words(x.value)[: int(count)])


def last_word(x: X) -> X:
    """The last word of a text: a surname."""
    text = x.value if isinstance(x.value, Err) else (words(x.value).split() or [""])[-1][-60:]
    return X(("TRIM(RIGHT(SUBSTITUTE(", x, '," ",REPT(" ",60)),60))'), text)


def first_word(x: X) -> X:
    """The first word of a text."""
    text = x.value if isinstance(x.value, Err) else words(x.value).split(" ")[0]
    return X(("LEFT(", x, ',FIND(" ",', wrap(x, 4), '&" ")-1)'), text)


def substitute(x: X, old: str, new: str = "") -> X:
    """SUBSTITUTE: every occurrence, case matters."""
    text = x.value if isinstance(x.value, Err) else words(x.value).replace(old, new)
    return function("SUBSTITUTE", (x, lit(old), lit(new)), text)


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
    n = number(x.value)
    return function("ROUND", (x, lit(digits)), n if isinstance(n, Err) else half_up(n, digits))


def fixed(x: X, digits: int = 0, grouped: bool = True) -> X:
    """FIXED: a number as text, with the decimal sign of the user's own computer, and its thousands sign if `grouped`.

    Rounded twice: a sum that should be 552.5 may be a hair below it, and programs differ in what they make of that;
    and once before FIXED, which makes -0.4 a "-0" in some of them.
    """
    n = number(x.value)
    text: Scalar = n
    if not isinstance(n, Err):
        rounded = half_up(half_up(n, digits + 6), digits) + 0.0  # no -0.0
        text = f"{Decimal(repr(rounded)):{',' if grouped else ''}.{digits}f}"
    end = f",{digits + 6}),{digits}),{digits}{'' if grouped else ',TRUE'})"
    return X(("FIXED(ROUND(ROUND(", x, end), text)


def percent(x: X, digits: int = 0) -> X:
    """A share as text: 0.305 -> 31%."""
    return fixed(x * 100, digits) & "%"


def abs_(x: X) -> X:
    """ABS."""
    n = number(x.value)
    return function("ABS", (x,), n if isinstance(n, Err) else abs(n))


def int_(x: X) -> X:
    """INT: the whole number at or below."""
    n = number(x.value)
    return function("INT", (x,), n if isinstance(n, Err) else math.floor(n))


def power(base: Operand, exponent: Operand) -> X:
    """POWER."""
    a, b = lit(base), lit(exponent)
    x, y = number(a.value), number(b.value)
    bad = first_error((x, y))
    return function("POWER", (a, b), bad if bad is not None else float(x) ** float(y))


def date_(year: Operand, month: Operand, day: Operand) -> X:
    """DATE; months and days beyond the calendar carry over."""
    args = [lit(year), lit(month), lit(day)]
    n = [number(a.value) for a in args]
    bad = first_error(n)
    if bad is not None:
        return function("DATE", args, bad)
    y, m = divmod(int(n[0]) * 12 + int(n[1]) - 1, 12)
    if not 1900 <= y <= 9999:
        return function("DATE", args, NUM)
    return function("DATE", args, serial(dt.date(y, m + 1, 1)) + int(n[2]) - 1)


def _day(x: X) -> dt.date | Err:
    n = number(x.value)
    return n if isinstance(n, Err) else dt.date.fromordinal(int(n) + 693594) if 1 <= n < 2958466 else NUM


def year(x: X) -> X:
    """YEAR."""
    d = _day(x)
    return function("YEAR", (x,), d if isinstance(d, Err) else d.year)


def month(x: X) -> X:
    """MONTH."""
    d = _day(x)
    return function("MONTH", (x,), d if isinstance(d, Err) else d.month)


def day(x: X) -> X:
    """DAY."""
    d = _day(x)
    return function("DAY", (x,), d if isinstance(d, Err) else d.day)


def cell_name(x: Ref) -> X:
    """ADDRESS of a cell, relative: ``D12``; follows when rows or columns are inserted.

    A cell known by its place is counted from the cell left of its area: IronCalc knows no ROW of an INDEX.
    """
    if isinstance(x, Nth):
        first = Ref(x.sheet, x.row, x.area.c1 - 1, None)
        parts: tuple[object, ...] = ("ADDRESS(ROW(", first, "),COLUMN(", first, f")+{x.place[1]},4)")
    else:
        parts = ("ADDRESS(ROW(", x, "),COLUMN(", x, "),4)")
    return X(parts, xl_rowcol_to_cell(x.row, x.col))


def cell_at(corner: Ref, down: X, right: X) -> X:
    """ADDRESS of the cell so far below and to the right of another one; follows when rows or columns are inserted."""
    parts = ("ADDRESS(ROW(", corner, ")+", down, ",COLUMN(", corner, ")+", right, ",4)")
    places = down.value, right.value
    if not all(isinstance(place, int | float) for place in places):
        return X(parts, Err("#VALUE!"))
    row, col = (int(place) for place in places if isinstance(place, int | float))
    return X(parts, xl_rowcol_to_cell(corner.row + row, corner.col + col))


def place_in(x: Ref, first: Ref) -> X:
    """Place of a cell below a heading, from 1; stays right when rows are inserted."""
    return X(("ROW(", x, ")-ROW(", first, ")"), x.row - first.row, 4)
