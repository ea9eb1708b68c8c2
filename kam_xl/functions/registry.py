"""The registry of worksheet functions: the one source for every host, the command and the docs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from kam_xl.errors import InputError
from kam_xl.functions import clean, render
from kam_xl.functions.cells import KAM_LINE, Block, block
from kam_xl.functions.moments import Day, Span

Scalar = str | float | int | bool
Cells = Scalar | list[list[Scalar]]

# What a host hands over for an argument, and how it is cleaned:
#   labels   one column of anything (account names)         -> list of scalars
#   amounts  rows x columns of numbers, summed per row      -> 1-D float array, NaN where the whole row is blank
#   numbers  rows x columns of numbers                      -> 2-D float array, NaN where blank
#   column   one column of numbers                          -> 1-D float array, NaN where blank
#   words    one column of texts, each one of `choices`     -> list of texts, "" where blank
#   marks    one column of marks (x, yes, TRUE, 1)          -> list of bool
#   codes    rows x columns of texts                        -> rows of texts, "" where blank
#   weights  one row or one column of numbers >= 0          -> 1-D float array, blank is 0
#   number   one number; text one text; flag TRUE or FALSE
Kind = Literal["labels", "amounts", "numbers", "column", "words", "marks", "codes", "weights", "number", "text", "flag"]
Result = Literal["scalar", "column", "matrix", "table"]

# What a number, or each number of a column, has to keep to: the test, and the remedy.
Limit = Literal["", "share", "part", "positive", "not negative"]
LIMITS: dict[str, tuple[Callable[[float], bool], str]] = {
    "share": (lambda x: 0 < x <= 1, "give a share above 0 and up to 1"),
    "part": (lambda x: 0 <= x <= 1, "give a share from 0 to 1"),
    "positive": (lambda x: x > 0, "give a number above 0"),
    "not negative": (lambda x: x >= 0, "give 0 or more"),
}
DAYS: dict[str, tuple[type, ...]] = {"": (), "date": (Day,), "span": (Span,)}
TEXTUAL = ("labels", "marks", "codes")  # the kinds for which a date is as good as any cell
RANGES = ("labels", "amounts", "numbers", "column", "words", "marks", "codes")  # the kinds with a row per thing
_CLEANERS: dict[str, Callable[[str, Block], Any]] = {
    "labels": clean.labels,
    "amounts": clean.amounts,
    "numbers": clean.numbers,
    "column": clean.column,
    "marks": clean.marks,
    "codes": clean.codes,
    "weights": clean.weights,
    "number": clean.number,
    "flag": clean.flag,
}

_RENDERERS: dict[str, Callable[[Any], Cells]] = {
    "scalar": render.scalar,
    "column": render.column,
    "matrix": render.matrix,
}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a worksheet function."""

    name: str
    kind: Kind
    help: str
    optional: bool = False
    default: Scalar | None = None
    choices: tuple[str, ...] = ()
    limit: Limit = ""
    at_least: str = ""  # the name of an earlier argument that this one must not be below
    rows: str = ""  # ranges of the same name here have the same rows; most functions have one table only
    over: str = ""  # of weights: the name of the argument whose columns they weigh
    days: Literal["", "date", "span"] = ""  # takes dates, or durations; to all others of numbers they are a mistake

    def clean(self, cells: Block) -> Any:
        """The value for the body of the function; an omitted optional argument is its default."""
        if self.optional and cells.blank:
            return self.default
        for kind in (Day, Span) if self.kind in TEXTUAL else DAYS[self.days]:
            cells = cells.with_days(kind)
        if self.kind in ("text", "words"):
            return (clean.text if self.kind == "text" else clean.words)(self.name, cells, self.choices)
        return _CLEANERS[self.kind](self.name, cells)


@dataclass(frozen=True)
class Function:
    """One worksheet function: what every host and every page of documentation needs to know of it."""

    name: str
    category: str
    help: str
    args: tuple[Argument, ...]
    result: Result  # scalar; column: a row per input row; matrix: the shape of the input; table: rows of `columns`
    body: Callable[..., Any] = field(repr=False)
    columns: tuple[str, ...] = ()  # headings of a table result
    text: bool = False  # every cell of the result is text (tiers, levels)

    def __post_init__(self) -> None:
        # so that help(), doctest and documentation tools see the function that is registered
        self.__dict__.update(
            __doc__=self.body.__doc__, __wrapped__=self.body, __module__=self.body.__module__, __name__=self.name
        )

    def __call__(self, *cells: object) -> Cells:
        """Compute from what a host hands over; never raises: a mistake comes back as one line of text."""
        try:
            with np.errstate(all="ignore"):
                return self._compute(cells)
        except InputError as mistake:
            return f"{KAM_LINE} {self.name}: {mistake}"
        except Exception as error:
            text = " ".join(f"{type(error).__name__}: {error}".split())[:120]
            return f"{KAM_LINE} {self.name}: internal error ({text}); please report it"

    @property
    def signature(self) -> str:
        """``KAM_ABC(revenue, [a_cut], [b_cut], [rule])``."""
        return f"{self.name}({', '.join(f'[{a.name}]' if a.optional else a.name for a in self.args)})"

    def _compute(self, cells: tuple[object, ...]) -> Cells:
        if len(cells) > len(self.args):
            raise InputError(f"{len(cells)} arguments are given but it takes {len(self.args)}; leave out the rest")
        blocks = [block(cell) for cell in cells]
        if line := next((line for one in blocks if (line := one.kam_line())), None):
            return line
        blocks += [block(None)] * (len(self.args) - len(cells))
        values = {arg.name: arg.clean(one) for arg, one in zip(self.args, blocks, strict=True)}
        self._check_rows(values)
        self._check_rules(values)
        headers = values.pop("headers", False)
        found = self.body(*values.values())
        if self.result == "table":
            return render.table(found, self.columns if headers else None)
        return _RENDERERS[self.result](found)

    def _check_rows(self, values: dict[str, Any]) -> None:
        """Ranges of one table have the same rows; weights fit the columns that they weigh."""
        first: dict[str, str] = {}
        for arg in self.args:
            if arg.kind not in RANGES or values[arg.name] is None:
                continue
            leader = first.setdefault(arg.rows, arg.name)
            wanted, rows = len(values[leader]), len(values[arg.name])
            if rows != wanted:
                raise InputError(f"{leader} has {clean.counted(wanted, 'row')} but {arg.name} has {rows}; {SAME_ROWS}")
        for arg in self.args:
            if arg.over and values[arg.name] is not None:
                columns, weights = values[arg.over].shape[1], len(values[arg.name])
                if columns != weights:
                    has = f"{arg.over} has {clean.counted(columns, 'column')} but {arg.name} has {weights}"
                    raise InputError(f"{has}; give one weight per column")

    def _check_rules(self, values: dict[str, Any]) -> None:
        """Rules between and on values, in the order of the arguments."""
        for arg in self.args:
            value = values[arg.name]
            if arg.kind == "weights" and value is not None:
                _check_weights(arg.name, value)
            if arg.limit and value is not None:
                _check_limit(arg, value)
            if arg.at_least and values[arg.at_least] > value:
                raise InputError(f"{arg.at_least} is above {arg.name}; give {arg.at_least} up to {arg.name}")
            if arg.kind == "text":
                values[arg.name] = str(value).casefold()
                if values[arg.name] not in arg.choices:
                    raise InputError(f"{arg.name} is {clean.quoted(str(value))}; {clean.use(arg.choices)}")


SAME_ROWS = "select the same rows"
FUNCTIONS: dict[str, Function] = {}


def _check_limit(arg: Argument, value: Any) -> None:
    fits, remedy = LIMITS[arg.limit]
    numbers = value.tolist() if arg.kind == "column" else [value]
    for index, number in enumerate(numbers):
        if not fits(number) and number == number:  # a blank cell of a column is NaN
            where = f"{arg.name} {clean.place(index, 1)}" if arg.kind == "column" else arg.name
            raise InputError(f"{where} is {clean.shortest(number)}; {remedy}")


def _check_weights(name: str, weights: Any) -> None:
    negative = np.flatnonzero(weights < 0)
    if negative.size:
        raise InputError(f"{name} {int(negative[0]) + 1} is negative; give 0 or more")
    if not weights.any():
        raise InputError(f"{name} are all 0; give at least one above 0")


def worksheet_function(
    category: str, result: Result, help: str, *args: Argument, columns: Sequence[str] = (), text: bool = False
) -> Callable[[Callable[..., Any]], Function]:
    """Register the decorated body as a worksheet function of the same name.

    The body gets the cleaned arguments by position, without `headers`, which is dealt with here. It returns a value
    for a scalar (NaN is shown as n/a), an array or list for a column (NaN is shown as blank), a two-dimensional array
    for a matrix, and one array or list per column for a table.
    """

    def register(body: Callable[..., Any]) -> Function:
        function = Function(body.__name__, category, help, args, result, body, tuple(columns), text)
        FUNCTIONS[function.name] = function
        return function

    return register


def call(name: str, cells: Sequence[object]) -> Cells:
    """Call a function by its worksheet name."""
    return FUNCTIONS[name](*cells)
