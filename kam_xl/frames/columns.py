"""Columns of a frame as the ranges that a worksheet function takes: found by their headings, cleaned, or refused."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from kam_xl.errors import InputError
from kam_xl.functions.registry import RANGES, Argument, Function

Frame: TypeAlias = pd.DataFrame | pd.Series
Column: TypeAlias = Hashable | None
"""The heading of a column; None: the column is found by its heading."""
Columns: TypeAlias = Hashable | list[Any] | None
"""The heading of a column, or a list of headings."""
Weights: TypeAlias = Mapping[Any, float] | Sequence[float] | pd.Series

# Other headings by which an argument is known, in the order of trust: those of the workbook's tables among them.
_ALSO: dict[str, tuple[str, ...]] = {
    "accounts": ("account", "account_name", "customer", "customer_name", "client", "company"),
    "divisions": ("division",),
    "names": ("name",),
    "tasks": ("task",),
    "influencer": ("from",),
    "influenced": ("to",),
    "start_date": ("start",),
    "end_date": ("end",),
    "is_key": ("key", "key_today"),
    "scores": ("score",),
    "values": ("value",),
    "factors": ("factor",),
}
_BY_YEAR = ("revenue", "revenue_by_year")
# A frame with a row per account and month, or year, holds several of what the function takes one of.
_ONE_OF = {
    **dict.fromkeys(("mrr", "start_mrr", "end_mrr"), ("month", "months")),
    **dict.fromkeys(_BY_YEAR, ("year", "years")),
}
_NUMERIC = ("amounts", "numbers", "column", "weights")
_SHOWN = 8  # headings in a message
_MOMENTS = (date, time, timedelta, np.datetime64, np.timedelta64, pd.Period)


@dataclass(frozen=True)
class Call:
    """A call of a function with a frame: what the frame is, and how mistakes are told."""

    function: Function
    frame: pd.DataFrame
    alone: bool = False  # a Series was given: its column is meant, whatever it is called

    @classmethod
    def of(cls, function: Function, frame: Frame) -> Call:
        """A frame, or a Series as the frame of one column; columns of several levels are refused."""
        name = short(function)
        alone = isinstance(frame, pd.Series)
        if alone:
            frame = frame.to_frame()
        if not isinstance(frame, pd.DataFrame):
            raise InputError(f"frames.{name}: takes a pandas DataFrame or Series, not {_a(frame)}")
        if frame.columns.nlevels > 1:
            levels = f"the columns have {frame.columns.nlevels} levels"
            raise InputError(f"frames.{name}: {levels}; give them one: frame.columns.map(' '.join)")
        return cls(function, frame, alone)

    def mistake(self, text: str) -> InputError:
        """The exception for a mistake of the caller's."""
        return InputError(f"frames.{short(self.function)}: {text}")

    def labels(self, argument: Argument, given: Any) -> list[Any] | None:
        """The headings of the columns of an argument; None where it may be left out and no column has its name."""
        if isinstance(given, pd.Series | pd.DataFrame | np.ndarray):
            raise self.mistake(f'{argument.name}: give the heading of a column, such as {argument.name}="…"')
        if given is None:
            labels = self._found(argument)
            if labels is None and (not argument.optional or argument.rows):
                raise self.mistake(self._which(argument))
        else:
            labels = list(given) if isinstance(given, list | pd.Index) else [given]
            if not labels:
                raise self.mistake(f"{argument.name}: the list of columns is empty")
        if labels is not None:
            for label in labels:
                self._check(argument, label)
                if sum(_same(label, other) for other in labels) > 1:
                    raise self.mistake(f"{argument.name}: {label!r} is named twice; name it once")
            self._check_years(argument, labels)
            if argument.name in _ONE_OF:
                self.check_one(*_ONE_OF[argument.name])
        return labels

    def cells(self, argument: Argument, labels: Sequence[Any]) -> list[Any]:
        """The cells of columns: one list for a single column, else rows."""
        columns = [self._cells(argument, self._series(label)) for label in labels]
        if argument.optional and len(self.frame) == 1 and not any(map(_is_there, (c[0] for c in columns))):
            raise self.mistake(f"{argument.name} has no value in the only row; give one, or leave the column out")
        return columns[0] if len(columns) == 1 else list(map(list, zip(*columns, strict=True)))

    def check_one(self, heading: str, things: str) -> None:
        """Refuse a frame that holds several of what the function takes one of at a time."""
        for label in [label for label in self._places() if _simple(label) == heading]:
            if self._count(label) == 1 and (n := self._series(label).nunique()) > 1:
                remedy = f"take one: frame[frame[{label!r}] == …]"
                raise self.mistake(f"the frame holds {n} {things} and the function takes one at a time; {remedy}")

    # -- finding -------------------------------------------------------------------------------------------------------

    def _places(self) -> list[Any]:
        """Headings of the columns, and names of the levels of the index."""
        return [*self.frame.columns, *(name for name in self.frame.index.names if name is not None)]

    def _count(self, label: Any) -> int:
        return sum(_same(label, place) for place in self._places())

    def _series(self, label: Any) -> pd.Series:
        at = [place for place, known in enumerate(self.frame.columns) if _same(label, known)]
        if at:
            return self.frame.iloc[:, at[0]]
        if label is _INDEX:
            return self.frame.index.to_series()
        index = self.frame.index
        level = next(place for place, name in enumerate(index.names) if _same(label, name))
        numbered = index.set_names(list(range(index.nlevels)))  # so that a name that is a number is not a place
        return numbered.get_level_values(level).to_series()

    def _check(self, argument: Argument, label: Any) -> None:
        if label is _INDEX:
            return
        n = self._count(label)
        if n > 1:
            raise self.mistake(f"{argument.name}: {n} columns are called {label!r}; give each its own name")
        if n == 0:
            raise self.mistake(f"{argument.name}: there is no column {label!r} among {self._listed()}")

    def _check_years(self, argument: Argument, labels: list[Any]) -> None:
        """Years in another order than that of time would turn growth into decline."""
        years = [year for year in map(_year, labels) if year]
        if argument.name == "revenue_by_year" and len(years) == len(labels) and years != sorted(set(years)):
            raise self.mistake(f"{argument.name}: give every year once, and the first year first")

    def check_gaps(self, argument: Argument, labels: list[Any]) -> None:
        """Refuse years that do not follow one another, where each column is taken for a year later than the last."""
        years = [year for year in map(_year, labels) if year]
        if len(years) == len(labels) and years[-1] - years[0] != len(years) - 1:
            missing = next(year for year in range(years[0], years[-1]) if year not in years)
            raise self.mistake(f"{argument.name}: {missing} is missing; give periods={years[-1] - years[0]}")

    def _found(self, argument: Argument) -> list[Any] | None:
        """The columns that an argument is known by."""
        name = argument.name
        if name != "revenue_by_year":
            for word in (name, *_ALSO.get(name, ())):
                same = [label for label in self._places() if _simple(label) == word]
                if len(same) > 1:
                    choice = f'name one: {name}="…"' if len(set(map(str, same))) > 1 else "give each its own name"
                    raise self.mistake(f"{name}: {_in_words(same)} could each be it; {choice}")
                if same:
                    return same
        years = [(year, place) for place, label in enumerate(self.frame.columns) if (year := _year(label))]
        if name in _BY_YEAR and years:
            if len({year for year, _place in years}) < len(years):
                raise self.mistake(f"{name}: a year stands in several columns; name the columns: {name}=[…]")
            return [self.frame.columns[place] for _year_of, place in sorted(years)]
        if argument.kind == "labels":
            first = next(one for one in self.function.args if one.kind == "labels")
            return [_INDEX] if argument == first and self._has_named_rows() else None
        needed = [one for one in self.function.args if one.kind in RANGES and one.kind != "labels" and not one.optional]
        return list(self.frame.columns) if self.alone and needed == [argument] else None

    def _has_named_rows(self) -> bool:
        """Whether the index has texts and no name: names of accounts, of people or of tasks."""
        index = self.frame.index
        return index.nlevels == 1 and index.name is None and bool(len(index)) and all(isinstance(x, str) for x in index)

    def _which(self, argument: Argument) -> str:
        several = argument.kind in ("amounts", "numbers", "codes")
        remedy = f'{argument.name}=["…", "…"]' if several else f'{argument.name}="…"'
        return f"which column is {argument.name}? There are {self._listed()}; name it: {remedy}"

    def _listed(self) -> str:
        return _in_words(self._places()) if self._places() else "none"

    # -- cleaning ------------------------------------------------------------------------------------------------------

    def _cells(self, argument: Argument, series: pd.Series) -> list[Any]:
        """The cells of one column in plain types; numbers are float, so that none is taken for an error of COM."""
        numeric = argument.kind in _NUMERIC
        kind = getattr(series.dtype, "kind", "O")
        if numeric and kind in "iuf" and not isinstance(series.dtype, pd.CategoricalDtype):
            found: list[Any] = series.to_numpy(dtype="float64", na_value=np.nan).tolist()
            return found
        return [
            self._cell(argument, row, cell, numeric) for row, cell in enumerate(series.astype(object).tolist(), start=1)
        ]

    def _cell(self, argument: Argument, row: int, cell: Any, numeric: bool) -> Any:
        if isinstance(cell, str):
            return str(cell)
        if is_missing(cell):
            return None
        if isinstance(cell, bool | np.bool_):
            return bool(cell)
        if isinstance(cell, int | float | np.number | Decimal | Fraction) and not isinstance(cell, np.timedelta64):
            if not numeric and isinstance(cell, int | np.integer):
                return int(cell)
            if numeric or isinstance(cell, float | np.floating):
                return _as_float(cell)
        elif (
            isinstance(cell, _MOMENTS) and argument.kind not in ("labels", "codes") and not isinstance(cell, pd.Period)
        ):
            return cell
        wanted = "numbers" if numeric else "texts"
        raise self.mistake(f"{argument.name} row {row} is {_a(cell)}; give {wanted}, or convert the column first")


class _Index:
    """Stands for an index without a name among headings."""

    def __repr__(self) -> str:
        return "the index"


_INDEX = _Index()


def short(function: Function) -> str:
    """``abc`` of KAM_ABC."""
    return function.name.removeprefix("KAM_").lower()


def is_missing(cell: Any) -> bool:
    """Whether a cell is missing: None, NaN, NaT, pd.NA.

    >>> [is_missing(cell) for cell in (None, float("nan"), pd.NaT, Decimal("NaN"), "", 0, [None])]
    [True, True, True, True, False, False, False]
    """
    if isinstance(cell, Decimal):  # pandas stumbles over one that signals
        return cell.is_qnan()
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def _simple(label: Any) -> str:
    """A heading as an argument would be called.

    >>> _simple(" Direct cost ")
    'direct_cost'
    """
    return re.sub(r"[\s_-]+", "_", str(label).strip().casefold()) if isinstance(label, str) else ""


def _year(label: Any) -> int | None:
    """The year that a heading is; None for any other.

    >>> _year("2024"), _year(2024), _year(2024.0), _year("Q1 2024"), _year(True)
    (2024, 2024, 2024, None, None)
    """
    if isinstance(label, float | np.floating) and float(label).is_integer():
        label = int(label)
    return int(str(label)) if re.fullmatch(r"(?:19|20)\d\d", str(label).strip()) else None


def _same(label: Any, other: Any) -> bool:
    """Whether a heading is another; True is not 1, and what is missing is no heading."""
    if is_missing(label) or is_missing(other) or isinstance(label, bool) != isinstance(other, bool):
        return False
    return bool(label == other)


def _is_there(cell: Any) -> bool:
    return cell is not None and cell != "" and cell == cell


def _as_float(cell: Any) -> float:
    """A number as float; infinite, and so refused, where it has no place in one."""
    try:
        return float(cell)
    except (OverflowError, TypeError, ValueError):
        return inf


def _a(thing: Any) -> str:
    """What a thing is: ``a list``, ``an Interval``."""
    name = type(thing).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _in_words(labels: Sequence[Any]) -> str:
    listed = ", ".join(" ".join(str(label).split())[:30] for label in labels[:_SHOWN])
    return f"{listed}, …" if len(labels) > _SHOWN else listed
