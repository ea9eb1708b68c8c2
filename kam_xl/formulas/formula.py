"""Formulas that know their value: build an expression once, get its text and what it computes.

Every formula of a workbook is written together with the value that it has at that moment, so that previews, phones
and other readers show the right numbers before anything recalculates. An expression `X` therefore carries both: its
text (rendered for the cell that it stands in) and its value, computed here with the rules of the spreadsheet.
Only the functions that the pages use are here (`functions.py` beside this file); a test recalculates every
workbook in a real spreadsheet program and compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name as _xl_col_to_name

LONGEST_TEXT = 255  # letters of a text inside a formula; Excel calls a file with a longer one damaged
Scalar = str | float | int | bool | None
Key = Scalar | tuple[str, bool]


class Err(str):
    """An error value of a cell, such as ``#N/A``."""

    __slots__ = ()


NA, DIV0, VALUE, REF, NUM = Err("#N/A"), Err("#DIV/0!"), Err("#VALUE!"), Err("#REF!"), Err("#NUM!")


def serial(day: dt.date) -> int:
    """Spreadsheet number of a day (1900 system)."""
    return dt.date(day.year, day.month, day.day).toordinal() - 693594


xl_col_to_name = cache(_xl_col_to_name)


@cache
def quoted(sheet: str) -> str:
    """Sheet name as it stands in a formula."""
    return (
        sheet if sheet.replace("_", "").isalnum() and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"
    )


class X:
    """An expression: parts of text and other expressions, its value, and how tightly it binds."""

    __slots__ = ("binding", "parts", "value")

    def __init__(self, parts: tuple[Any, ...], value: Scalar, binding: int = 9) -> None:
        self.parts, self.value, self.binding = parts, value, binding

    def render(self, sheet: str, row: int) -> str:
        """Text of the expression in a cell of `sheet`, in row `row`."""
        return "".join([p if type(p) is str else p.render(sheet, row) for p in self.parts])

    def __add__(self, other: Operand) -> X:
        return _binary(self, "+", other, 4, lambda a, b: a + b)

    def __radd__(self, other: Operand) -> X:
        return lit(other) + self

    def __sub__(self, other: Operand) -> X:
        return _binary(self, "-", other, 4, lambda a, b: a - b)

    def __rsub__(self, other: Operand) -> X:
        return lit(other) - self

    def __mul__(self, other: Operand) -> X:
        return _binary(self, "*", other, 5, lambda a, b: a * b)

    def __rmul__(self, other: Operand) -> X:
        return lit(other) * self

    def __truediv__(self, other: Operand) -> X:
        return _binary(self, "/", other, 5, lambda a, b: a / b if b else DIV0)

    def __rtruediv__(self, other: Operand) -> X:
        return lit(other) / self

    def __and__(self, other: Operand) -> X:
        return _joined(self, other)

    def __rand__(self, other: Operand) -> X:
        return _joined(lit(other), self)

    def __eq__(self, other: object) -> X:  # type: ignore[override]
        return _compare(self, "=", other, lambda o: o == 0)

    def __ne__(self, other: object) -> X:  # type: ignore[override]
        return _compare(self, "<>", other, lambda o: o != 0)

    def __lt__(self, other: Operand) -> X:
        return _compare(self, "<", other, lambda o: o < 0)

    def __le__(self, other: Operand) -> X:
        return _compare(self, "<=", other, lambda o: o <= 0)

    def __gt__(self, other: Operand) -> X:
        return _compare(self, ">", other, lambda o: o > 0)

    def __ge__(self, other: Operand) -> X:
        return _compare(self, ">=", other, lambda o: o >= 0)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        """Refused: ``if x`` would look at today's value, and be wrong tomorrow."""
        raise TypeError(f"an expression has no truth: use if_, and_, or_; in {self!r}")

    def __repr__(self) -> str:
        """Text and value: ``1+1 → 2``."""
        return f"{self.render('', -1)} → {self.value!r}"


Operand = X | str | float | int | bool


class Ref(X):
    """One cell."""

    __slots__ = ("col", "row", "sheet")

    def __init__(self, sheet: str, row: int, col: int, value: Scalar) -> None:
        self.sheet, self.row, self.col, self.value, self.binding = sheet, row, col, value, 9

    def render(self, sheet: str, row: int) -> str:
        """Local where it can be; the row is relative where the cell stands in the formula's own row."""
        prefix = "" if sheet == self.sheet else quoted(self.sheet) + "!"
        return f"{prefix}${xl_col_to_name(self.col)}{'' if row == self.row else '$'}{self.row + 1}"


class Pinned(Ref):
    """One cell that a formula means in whatever row it stands, also where it is copied from the cell's own row."""

    __slots__ = ()

    def render(self, sheet: str, row: int) -> str:
        """Row and column never relative."""
        return super().render(sheet, -1)


class Nth(Ref):
    """A cell by its place in an area: unlike a plain reference it survives when a row or column is deleted."""

    __slots__ = ("area", "place")

    def __init__(self, area: Range, i: int, j: int) -> None:
        cell = area.cell(i, j)
        super().__init__(cell.sheet, cell.row, cell.col, cell.value)
        self.area, self.place = area, (i + 1, j + 1)

    def render(self, sheet: str, row: int) -> str:
        """``INDEX(area,row,column)``."""
        return f"INDEX({self.area.render(sheet, row)},{self.place[0]},{self.place[1]})"


class Range:
    """A rectangle of cells, first and last row and column included; its values are read when first asked for."""

    __slots__ = ("_cells", "_equal", "_index", "_meeting", "_values", "c1", "c2", "name", "r1", "r2", "sheet")

    def __init__(self, cells: dict[tuple[int, int], Scalar], sheet: str, r1: int, c1: int, r2: int, c2: int) -> None:
        self._cells, self.sheet = cells, sheet
        self.r1, self.c1, self.r2, self.c2 = r1, c1, r2, c2
        self.name = ""
        self._values: list[list[Scalar]] | None = None
        self._index: dict[Key, int] | None = None
        self._equal: dict[Key, set[int]] | None = None
        self._meeting: dict[Key, set[int]] = {}

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.r2 - self.r1 + 1

    @property
    def cols(self) -> int:
        """Number of columns."""
        return self.c2 - self.c1 + 1

    def values(self) -> list[list[Scalar]]:
        """Rows of values; None is a blank cell."""
        if self._values is None:
            cells, columns = self._cells, range(self.c1, self.c2 + 1)
            try:
                self._values = [[cells[r, c] for c in columns] for r in range(self.r1, self.r2 + 1)]
            except KeyError as error:
                raise LookupError(f"{self.address} is read before row {error.args[0][0] + 1} is written") from None
        return self._values

    def flat(self) -> list[Scalar]:
        """Values row by row."""
        rows = self.values()
        return [r[0] for r in rows] if self.c1 == self.c2 else [v for r in rows for v in r]

    def position(self, value: Scalar) -> int | None:
        """Place (from 1) of the first cell equal to `value`, text without regard to case."""
        if self._index is None:
            self._index = {}
            for i, v in enumerate(self.flat(), 1):
                if v is not None and not isinstance(v, Err):
                    self._index.setdefault(key(v), i)
        return None if value is None else self._index.get(key(value))

    def equal(self, value: Scalar) -> set[int]:
        """Places (from 0) of all cells equal to `value`, text without regard to case."""
        if self._equal is None:
            self._equal = {}
            for i, v in enumerate(self.flat()):
                if v is not None and not isinstance(v, Err):
                    self._equal.setdefault(key(v), set()).add(i)
        return set() if value is None else self._equal.get(key(value), set())

    def meeting(self, criterion: str, test: Callable[[Scalar, Scalar], bool]) -> set[int]:
        """Places (from 0) of all cells that pass a test, which is made once for every criterion."""
        if criterion not in self._meeting:
            self._meeting[criterion] = {i for i, v in enumerate(self.flat()) if test(v, criterion)}
        return self._meeting[criterion]

    def cell(self, i: int, j: int = 0) -> Ref:
        """Cell in row `i` and column `j`, both from 0."""
        r, c = self.r1 + i, self.c1 + j
        return Ref(self.sheet, r, c, self._cells[r, c])

    def part(self, i1: int, i2: int, j1: int, j2: int) -> Range:
        """Rows `i1` to `i2` and columns `j1` to `j2`, last ones included."""
        return Range(self._cells, self.sheet, self.r1 + i1, self.c1 + j1, self.r1 + i2, self.c1 + j2)

    def column(self, j: int) -> Range:
        """One column."""
        return self.part(0, self.rows - 1, j, j)

    def row(self, i: int) -> Range:
        """One row."""
        return self.part(i, i, 0, self.cols - 1)

    @property
    def a1(self) -> str:
        """``$A$1:$B$9``."""
        a, b = xl_col_to_name(self.c1), xl_col_to_name(self.c2)
        return f"${a}${self.r1 + 1}:${b}${self.r2 + 1}"

    @property
    def address(self) -> str:
        """``Sheet!$A$1:$B$9``."""
        return f"{quoted(self.sheet)}!{self.a1}"

    def render(self, sheet: str, row: int) -> str:
        """As `Ref.render`; a range in the formula's own row keeps its row relative."""
        prefix = "" if sheet == self.sheet else quoted(self.sheet) + "!"
        if self.r1 == self.r2 == row:
            return f"{prefix}${xl_col_to_name(self.c1)}{row + 1}:${xl_col_to_name(self.c2)}{row + 1}"
        return prefix + self.a1


def key(value: Scalar) -> Key:
    """What two equal cells share: text without case, but ß is not ss (see `alike`); TRUE is not 1."""
    if isinstance(value, str):
        return value.lower()
    return ("", value) if isinstance(value, bool) else value


def lit(value: Operand) -> X:
    """A constant as an expression."""
    if isinstance(value, X):
        return value
    if isinstance(value, bool):
        return X(("TRUE" if value else "FALSE",), value)
    if isinstance(value, str):
        parts = ['"' + part.replace('"', '""') + '"' for part in _parted(value)]
        return X(("&".join(parts),), value, 9 if len(parts) == 1 else 3)
    return X((repr(value),), value, 9 if value >= 0 else 6)


def _parted(text: str) -> list[str]:
    """A text in parts that a formula may hold, counted as Excel counts: a sign beyond U+FFFF is two."""
    if len(text) * 2 <= LONGEST_TEXT:
        return [text]
    parts, room = [""], LONGEST_TEXT
    for sign in text:
        size = 1 + (sign > "\uffff")
        if size > room:
            parts.append("")
            room = LONGEST_TEXT
        parts[-1] += sign
        room -= size
    return parts


def wrap(x: X, binding: int) -> X:
    """In brackets where it binds less tightly than `binding`."""
    return x if x.binding >= binding else X(("(", x, ")"), x.value)


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
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)


def _binary(a: X, sign: str, other: Operand, binding: int, compute: Callable[[Any, Any], Any]) -> X:
    b = lit(other)
    x, y = number(a.value), number(b.value)
    value = x if isinstance(x, Err) else y if isinstance(y, Err) else compute(x, y)
    return X((wrap(a, binding), sign, wrap(b, binding + 1)), value, binding)


def _joined(a: X, other: Operand) -> X:
    b = lit(other)
    for v in (a.value, b.value):
        if isinstance(v, Err):
            return X((wrap(a, 3), "&", wrap(b, 4)), v, 3)
    return X((wrap(a, 3), "&", wrap(b, 4)), words(a.value) + words(b.value), 3)


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


def _compare(a: X, sign: str, other: object, decide: Callable[[int], bool]) -> X:
    b = lit(other)  # type: ignore[arg-type]
    value: Scalar
    if isinstance(a.value, Err):
        value = a.value
    elif isinstance(b.value, Err):
        value = b.value
    else:
        value = decide(order(a.value, b.value))
    return X((wrap(a, 2), sign, wrap(b, 2)), value, 1)


def cat(*items: Operand) -> X:
    """Texts joined with ``&``.

    >>> cat("MRR ", lit(5)).value
    'MRR 5'
    """
    out = lit(items[0])
    for item in items[1:]:
        out = out & item
    return out


def function(name: str, args: Sequence[Any], value: Scalar) -> X:
    """A call as an expression, its value already known."""
    parts: list[Any] = [name, "("]
    for i, a in enumerate(args):
        if i:
            parts.append(",")
        parts.append(a)
    parts.append(")")
    return X(tuple(parts), value)


def first_error(values: Iterable[Scalar]) -> Err | None:
    """The first error among values."""
    return next((v for v in values if isinstance(v, Err)), None)
