"""Formulas that know their value: build an expression once, get its text and what it computes.

Every formula of a workbook is written together with the value that it has at that moment, so that previews, phones
and other readers show the right numbers before anything recalculates. An expression `X` therefore carries both: its
text (rendered for the cell that it stands in) and its value, computed here with the rules of the spreadsheet.
An expression that stands in every row of a table is built once, too: `Rows` has one text and a column of values.
Only the functions that the pages use are here (`functions.py` beside this file); a test recalculates every
workbook in a real spreadsheet program and compares.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

from kam_xl.formulas.values import (
    DIV0,
    Err,
    Scalar,
    number,
    order,
    words,
)

LONGEST_TEXT = 255  # letters of a text inside a formula; Excel calls a file with a longer one damaged
Compute = Callable[..., Any]  # a value from the values of the operands


class X:
    """An expression: parts of text and other expressions, its value, and how tightly it binds."""

    __slots__ = ("binding", "parts", "value")

    value: Scalar

    def __init__(self, parts: tuple[Any, ...], value: Scalar, binding: int = 9) -> None:
        self.parts, self.value, self.binding = parts, value, binding

    def render(self, sheet: str, row: int) -> str:
        """Text of the expression in a cell of `sheet`, in row `row`."""
        return "".join([p if type(p) is str else p.render(sheet, row) for p in self.parts])

    def __add__(self, other: Operand) -> X:
        return _binary(self, "+", other, 4, _PLUS)

    def __radd__(self, other: Operand) -> X:
        return lit(other) + self

    def __sub__(self, other: Operand) -> X:
        return _binary(self, "-", other, 4, _MINUS)

    def __rsub__(self, other: Operand) -> X:
        return lit(other) - self

    def __mul__(self, other: Operand) -> X:
        return _binary(self, "*", other, 5, _TIMES)

    def __rmul__(self, other: Operand) -> X:
        return lit(other) * self

    def __truediv__(self, other: Operand) -> X:
        return _binary(self, "/", other, 5, _OVER)

    def __rtruediv__(self, other: Operand) -> X:
        return lit(other) / self

    def __and__(self, other: Operand) -> X:
        return _binary(self, "&", other, 3, _joined)

    def __rand__(self, other: Operand) -> X:
        return lit(other) & self

    def __eq__(self, other: object) -> X:  # type: ignore[override]
        return _compare(self, "=", other, _EQUAL)

    def __ne__(self, other: object) -> X:  # type: ignore[override]
        return _compare(self, "<>", other, _UNEQUAL)

    def __lt__(self, other: Operand) -> X:
        return _compare(self, "<", other, _LESS)

    def __le__(self, other: Operand) -> X:
        return _compare(self, "<=", other, _AT_MOST)

    def __gt__(self, other: Operand) -> X:
        return _compare(self, ">", other, _MORE)

    def __ge__(self, other: Operand) -> X:
        return _compare(self, ">=", other, _AT_LEAST)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        """Refused: ``if x`` would look at today's value, and be wrong tomorrow."""
        raise TypeError(f"an expression has no truth: use if_, and_, or_; in {self!r}")

    def __repr__(self) -> str:
        """Text and value: ``1+1 → 2``."""
        return f"{self.render('', -1)} → {self.value!r}"


Operand = X | str | float | int | bool


class Rows(X):
    """An expression that stands in every row of a table: one text for all of them, a value for each.

    Its text holds marks where the number of a row belongs (see `rows.py`, which has the cells that it is made of). Its
    values are computed for the whole column when first asked for, and once where they are the same in every row; what
    no row needs is never computed: `shortcut` may know all values from some of the operands.
    """

    __slots__ = ("_column", "compute", "operands", "running", "shortcut")

    def __init__(
        self,
        parts: tuple[Any, ...],
        compute: Compute,
        operands: Sequence[X],
        binding: int = 9,
        shortcut: Callable[..., list[Any] | None] | None = None,
    ) -> None:
        self.parts, self.binding = parts, binding
        self.compute, self.operands, self.shortcut = compute, operands, shortcut
        self.running: bool = any([isinstance(o, Rows) and o.running for o in operands])  # needs the cell above it
        self._column: list[Any] | None = None

    def __repr__(self) -> str:
        """Text in any row: it has many values, which may not be there yet."""
        return self.render("", -1)

    @property
    def value(self) -> Scalar:  # type: ignore[override]
        """An expression with a value a row has no single one."""
        raise TypeError("an expression that stands in many rows has no single value: write it with Sheet.fill")

    def column(self) -> list[Any]:
        """The value of each row; a single one where it is the same in all of them."""
        if self._column is None:
            self._column = folded(self._computed())
        return self._column

    def _computed(self) -> list[Any]:
        if self.shortcut is not None and (found := self.shortcut(*self.operands)) is not None:
            return found
        columns = [column_of(o) for o in self.operands]
        if all([len(c) == 1 for c in columns]):
            return [self.compute(*[c[0] for c in columns])]
        if len({len(c) for c in columns if len(c) > 1}) > 1:
            raise ValueError("an expression of rows of tables that are not equally long")
        return list(map(self.compute, *[repeat(c[0]) if len(c) == 1 else c for c in columns]))

    def at(self, i: int) -> Any:
        """The value of row `i`, from 0."""
        if self.running:
            return self.compute(*[o.at(i) if isinstance(o, Rows) else o.value for o in self.operands])
        column = self.column()
        return column[0] if len(column) == 1 else column[i]


def column_of(x: X) -> list[Any]:
    """The values of an expression as `Rows.column` gives them."""
    return x.column() if isinstance(x, Rows) else [x.value]


def folded(values: list[Any]) -> list[Any]:
    """A column of the same value in every row, as that one; 1 and TRUE are two."""
    first = values[0]
    if values.count(first) < len(values):
        return values
    if isinstance(first, list):  # the cells of a row
        return values[:1] if all([v is None for v in first]) else values
    return values[:1] if len(set(map(type, values))) == 1 else values


def apply(parts: tuple[Any, ...], compute: Compute, operands: Sequence[X], binding: int = 9) -> X:
    """An expression whose value `compute` finds from those of its operands, in every row if one of them has rows."""
    for o in operands:
        if isinstance(o, Rows):
            return Rows(parts, compute, operands, binding)
    return X(parts, compute(*[o.value for o in operands]), binding)


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


class Brackets:
    """An expression in brackets: a part of another one."""

    __slots__ = ("inner",)

    def __init__(self, inner: X) -> None:
        self.inner = inner

    def render(self, sheet: str, row: int) -> str:
        """``(expression)``."""
        return f"({self.inner.render(sheet, row)})"


def wrap(x: X, binding: int) -> X | Brackets:
    """In brackets where it binds less tightly than `binding`."""
    return x if x.binding >= binding else Brackets(x)


def _numeric(compute: Callable[[Any, Any], Any]) -> Compute:
    def value(a: Scalar, b: Scalar) -> Any:
        x, y = number(a), number(b)
        return x if isinstance(x, Err) else y if isinstance(y, Err) else compute(x, y)

    return value


def _joined(a: Scalar, b: Scalar) -> str:
    if isinstance(a, Err):
        return a
    return b if isinstance(b, Err) else words(a) + words(b)


def _ordered(decide: Callable[[int, int], bool]) -> Compute:
    def value(a: Scalar, b: Scalar) -> Any:
        return a if isinstance(a, Err) else b if isinstance(b, Err) else decide(order(a, b), 0)

    return value


_PLUS, _MINUS, _TIMES = _numeric(operator.add), _numeric(operator.sub), _numeric(operator.mul)
_OVER = _numeric(lambda a, b: a / b if b else DIV0)
_EQUAL, _UNEQUAL, _LESS = _ordered(operator.eq), _ordered(operator.ne), _ordered(operator.lt)
_AT_MOST, _MORE, _AT_LEAST = _ordered(operator.le), _ordered(operator.gt), _ordered(operator.ge)


def _binary(a: X, sign: str, other: Operand, binding: int, compute: Compute) -> X:
    b = lit(other)
    return apply((wrap(a, binding), sign, wrap(b, binding + 1)), compute, (a, b), binding)


def _compare(a: X, sign: str, other: object, compute: Compute) -> X:
    b = lit(other)  # type: ignore[arg-type]
    return apply((wrap(a, 2), sign, wrap(b, 2)), compute, (a, b), 1)


def cat(*items: Operand) -> X:
    """Texts joined with ``&``.

    >>> cat("MRR ", lit(5)).value
    'MRR 5'
    """
    out = lit(items[0])
    for item in items[1:]:
        out = out & item
    return out


def called(name: str, args: Sequence[Any]) -> tuple[Any, ...]:
    """The parts of a call: ``name(a,b,c)``."""
    parts: list[Any] = [name, "("]
    for i, a in enumerate(args):
        if i:
            parts.append(",")
        parts.append(a)
    parts.append(")")
    return tuple(parts)


def function(name: str, args: Sequence[Any], value: Scalar) -> X:
    """A call as an expression, its value already known."""
    return X(called(name, args), value)
