"""Functions of whole areas: sums and counts, places in order, sorting."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from kam_xl.formulas.values import DIV0, NUM, VALUE, Err, Scalar
from kam_xl.locale import _
from kam_xl.workbook.recompute.values import (
    Table,
    Unknown,
    Value,
    finite,
    number,
    refuse_larger,
    spread,
    to_15_digits,
    truth,
)

# An argument of an aggregate: cells of a reference or of an array, of which only numbers count; or a single value.
Argument = tuple[bool, list[Scalar]]


def numbers_of(args: Iterable[Argument]) -> list[float] | Err:
    """The numbers that an aggregate sees, or the first error among its cells."""
    found: list[float] = []
    for many, cells in args:
        for value in cells:
            kind = value.__class__
            if kind is float or kind is int:
                found.append(value)  # type: ignore[arg-type]
            elif kind is Err:
                return value  # type: ignore[return-value]
            elif not many:
                one = number(value)
                if isinstance(one, Err):
                    return one
                found.append(one)
    return found


def of_numbers(compute: Callable[[list[float]], float | Err]) -> Callable[[Sequence[Argument]], Scalar]:
    """An aggregate of numbers: the first error among them is its result."""

    def called(args: Sequence[Argument]) -> Scalar:
        numbers = numbers_of(args)
        return numbers if isinstance(numbers, Err) else finite(compute(numbers))

    return called


def _count(args: Sequence[Argument]) -> Scalar:
    found = 0
    for many, cells in args:
        for value in cells:
            if many:
                found += value.__class__ is float or value.__class__ is int
            else:
                found += not isinstance(number(value), Err)
    return found


def _counta(args: Sequence[Argument]) -> Scalar:
    return sum(value is not None or not many for many, cells in args for value in cells)


def _logical(every: bool) -> Callable[[Sequence[Argument]], Scalar]:
    def called(args: Sequence[Argument]) -> Scalar:
        found: list[bool] = []
        for many, cells in args:
            for value in cells:
                if value.__class__ is Err:
                    return value
                if many and (value is None or isinstance(value, str)):
                    continue
                one = truth(value)
                if isinstance(one, Err):
                    return one
                found.append(one)
        if not found:
            return VALUE
        return all(found) if every else any(found)

    return called


def _mean(numbers: list[float]) -> float | Err:
    return sum(numbers) / len(numbers) if numbers else DIV0


AGGREGATES: dict[str, Callable[[Sequence[Argument]], Scalar]] = {
    "AND": _logical(every=True),
    "AVERAGE": of_numbers(_mean),
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTBLANK": lambda args: sum(value is None or value == "" for _many, cells in args for value in cells),
    "MAX": of_numbers(lambda n: max(n, default=0)),
    "MEDIAN": of_numbers(lambda n: statistics.median(n) if n else NUM),
    "MIN": of_numbers(lambda n: min(n, default=0)),
    "OR": _logical(every=False),
    "PRODUCT": of_numbers(lambda n: math.prod(n) if n else 0),
    "SUM": of_numbers(sum),
}


def sequence(rows: Scalar, columns: Scalar = 1, start: Scalar = 1, step: Scalar = 1) -> Value:
    """SEQUENCE."""
    given: list[float] = []
    for arg in (rows, columns, start, step):
        one = number(1 if arg is None else arg)
        if isinstance(one, Err):
            return one
        given.append(one)
    high, wide, first, by = given
    if not (1 <= high <= 1_048_576 and 1 <= wide <= 16_384):
        raise Unknown(_("SEQUENCE without rows"))
    refuse_larger(int(high), int(wide))
    return Table([[first + by * (i * int(wide) + j) for j in range(int(wide))] for i in range(int(high))])


def sort(table: list[list[Scalar]], column: Scalar = 1, way: Scalar = 1) -> Value:
    """SORT by one column, rows only."""
    at, order = number(column), number(way)
    if isinstance(at, Err) or isinstance(order, Err) or order not in (1, -1) or not 1 <= at <= len(table[0]):
        return VALUE
    return sortby(table, ([[row[int(at) - 1]] for row in table], order))


def sortby(table: list[list[Scalar]], *keys: tuple[list[list[Scalar]], float]) -> Value:
    """SORTBY rows, by columns of numbers, conditions and one text; the order of texts is every program's own."""
    places = list(range(len(table)))
    for cells, way in reversed(keys):
        if len(cells) != len(table) or any(len(row) != 1 for row in cells):
            return VALUE
        column = [row[0] for row in cells]
        found = next((value for value in column if value.__class__ is Err), None)
        if found is not None:
            raise Unknown(_("an error is sorted"))
        if len({value.lower() for value in column if isinstance(value, str)}) > 1:
            raise Unknown(_("texts are sorted: their order is every program's own"))
        ranked = [_rank(value) for value in column]
        numbers = sorted({number for kind, number in ranked if not kind})
        if any(to_15_digits(a) == to_15_digits(b) for a, b in pairwise(numbers)):
            raise Unknown(_("numbers are sorted that differ after their 15th digit"))
        places.sort(key=lambda place, ranked=ranked: ranked[place], reverse=way == -1)  # type: ignore[misc]
        if way == -1:  # blanks stay last
            places.sort(key=lambda place, column=column: column[place] is None)  # type: ignore[misc]
    return Table([table[place] for place in places])


def _rank(value: Scalar) -> tuple[int, float]:
    """Numbers before texts before conditions; blanks last."""
    if value is None:
        return (3, 0)
    if isinstance(value, bool):
        return (2, value)
    return (1, 0) if isinstance(value, str) else (0, value)


def filtered(table: list[list[Scalar]], kept: Value, otherwise: Value | None = None) -> Value:
    """FILTER rows."""
    marks = [row[0] for row in spread(kept, len(table), 1)]
    conditions = [truth(mark) for mark in marks]
    for one in conditions:
        if isinstance(one, Err):
            return one
    found = [row for row, keep in zip(table, conditions, strict=True) if keep]
    if found:
        return Table(found)
    if otherwise is None:
        raise Unknown(_("FILTER finds nothing"))
    return otherwise
