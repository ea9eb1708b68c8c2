"""A worksheet function called with a frame, and its cells as a frame again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import pandas as pd

from kam_xl.errors import InputError
from kam_xl.frames.columns import Call, Frame, is_missing, short
from kam_xl.functions import Function
from kam_xl.functions.cells import KAM_LINE
from kam_xl.functions.registry import RANGES, Argument, Cells
from kam_xl.functions.render import NOT_AVAILABLE

_Body = TypeVar("_Body", bound=Callable[..., Any])
EXPLAINED: dict[str, Function] = {}
"""The functions over frames, by name, and the worksheet function that each one calls."""

_RETURNS = {
    "scalar": "A number; NaN where there is nothing to compute it from.",
    "column": "A Series with the index of the frame: a value for each of its rows.",
    "matrix": "A DataFrame with the index of the frame and the columns that went in.",
}


def explained(function: Function) -> Callable[[_Body], _Body]:
    """Complete the docstring of a function over frames with what the registry says of its arguments."""

    def complete(body: _Body) -> _Body:
        parts = [function.help, "", "Parameters", "----------", "frame"]
        parts.append("    One row per thing; for a single column a Series will do. Columns that are not named are")
        parts.append(
            "    found by their headings: that of the argument, in the singular too; labels in the index, too."
        )
        for argument in function.args:
            if argument.name != "headers":
                parts += [argument.name, f"    {argument.help}"]
        listed = f"A DataFrame with the columns {', '.join(function.columns)}."
        parts += ["", "Returns", "-------", _RETURNS.get(function.result, listed)]
        parts += ["", "Raises", "------", "InputError", "    In one line, with the argument, the row and the remedy."]
        own = "\n".join(line[4:] if line.startswith("    ") else line for line in (body.__doc__ or "").splitlines())
        body.__doc__ = "\n".join(parts) + f"\n\n{own.strip()}\n"
        EXPLAINED[body.__name__] = function
        return body

    return complete


def called(function: Function, frame: Frame, *more: Call, **given: Any) -> tuple[Call, Cells, list[Any]]:
    """Call a worksheet function; the frame as it was taken, the cells of the result, and the headings that went in.

    Parameters
    ----------
    function
        The worksheet function.
    frame
        The frame.
    more
        A second table: the frame of the arguments whose rows are not those of the first.
    given
        The arguments by name: headings of columns, weights, numbers and texts; None where left out.
    """
    call = Call.of(function, frame)
    other = {argument.rows: one for argument in function.args if argument.rows for one in more}
    cells: list[Any] = []
    headings: dict[str, list[Any]] = {}
    for argument in function.args:
        value = given.get(argument.name)
        if argument.name == "headers":
            cells.append(None)
        elif argument.kind in RANGES:
            source = other.get(argument.rows) if argument.rows else call
            if source is None and value is not None:
                raise call.mistake(f"{argument.name}: give the frame {argument.rows} that has this column")
            over = next((one for one in function.args if one.over == argument.name), None)
            weights = given.get(over.name) if over else None
            labels = _labels(source, argument, value, weights) if source else None
            headings[argument.name] = labels or []
            if labels and argument.name == "revenue_by_year" and given.get("periods", 0) is None:
                call.check_gaps(argument, labels)
            cells.append(source.cells(argument, labels) if source and labels else None)
        elif argument.kind == "weights":
            cells.append(_weights(call, argument, value, headings[argument.over]))
        else:
            cells.append(_single(call, argument, value))
    if len(call.frame) == 0:
        return call, [], next(iter(headings.values()))
    result = function(*cells)
    if isinstance(result, str) and result.startswith(KAM_LINE):
        raise InputError(result.removeprefix(KAM_LINE).strip())
    return call, result, headings[next(a.name for a in function.args if a.kind in RANGES)]


def table(function: Function, frame: Frame, *more: Call, dates: Sequence[str] = (), **given: Any) -> pd.DataFrame:
    """The rows of a table function under its headings; `dates` are those of columns that hold days."""
    _call, rows, _labels_in = called(function, frame, *more, **given)
    assert isinstance(rows, list)
    if len(rows) == 1 and all(cell == "" for cell in rows[0]):  # how a cell shows a table without rows
        rows = []
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(function.columns)
    made = {
        heading: _days(cells) if heading in dates else _typed(cells)
        for heading, cells in zip(function.columns, columns, strict=True)
    }
    return pd.DataFrame(made, columns=list(function.columns))


def column(function: Function, frame: Frame, **given: Any) -> pd.Series:
    """A value for each row of the frame."""
    call, rows, _labels_in = called(function, frame, **given)
    assert isinstance(rows, list)
    found = _typed([row[0] for row in rows])
    found.index, found.name = call.frame.index, short(function)
    return found


def matrix(function: Function, frame: Frame, **given: Any) -> pd.DataFrame:
    """A value for each cell of the columns that went in."""
    call, rows, labels = called(function, frame, **given)
    assert isinstance(rows, list)
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(labels)
    made = pd.concat([_typed(cells) for cells in columns], axis=1)
    made.index, made.columns = call.frame.index, pd.Index(labels)
    return made


def scalar(function: Function, frame: Frame, **given: Any) -> float:
    """One number; NaN where there is nothing to compute it from."""
    _call, cell, _labels_in = called(function, frame, **given)
    return float("nan") if cell in ([], "", NOT_AVAILABLE) else float(cell)  # type: ignore[arg-type]


def _labels(call: Call, argument: Argument, given: Any, weights: Any) -> list[Any] | None:
    """The columns of an argument; where only their weights are named, the columns are those that have one."""
    if given is None and (names := _names(weights)) is not None:
        given = names
    return call.labels(argument, given)


def _names(weights: Any) -> list[Any] | None:
    """The columns that weights name; None where they are but numbers in a row."""
    if isinstance(weights, Mapping):
        return list(weights)
    if isinstance(weights, pd.Series) and not isinstance(weights.index, pd.RangeIndex):
        return list(weights.index)
    return None


def _weights(call: Call, argument: Argument, given: Any, labels: Sequence[Any]) -> list[Any] | None:
    """Weights in the order of the columns that they weigh."""
    if given is None:
        if argument.optional:
            return None
        raise call.mistake(f"{argument.name} are missing; give one per column: {argument.name}={{…}}")
    names = _names(given)
    if names is not None:
        if len(set(names)) < len(names) or set(names) != set(labels):
            have, want = ", ".join(map(str, names)), ", ".join(map(str, labels))
            raise call.mistake(f"{argument.name} are for {have}, but {argument.over} has {want}; give one per column")
        values = dict(zip(names, given.values() if isinstance(given, Mapping) else given.tolist(), strict=True))
        given = [values[label] for label in labels]
    if isinstance(given, str | bytes) or not hasattr(given, "__iter__"):
        raise call.mistake(f"{argument.name}: give one number per column, or a dict with the columns")
    return [_single(call, argument, value) for value in given]


def _single(call: Call, argument: Argument, value: Any) -> Any:
    """A number, text or flag of the caller's; a missing one is not taken for one that was left out."""
    if value is None:
        return None
    if pd.api.types.is_list_like(value):
        raise call.mistake(f"{argument.name}: give one value")
    if is_missing(value):
        raise call.mistake(f"{argument.name} is missing; give a value, or leave the argument out")
    return value


def _typed(cells: Sequence[Any]) -> pd.Series:
    """Cells as a column of one type: blank cells are missing values."""
    kinds = {type(cell) for cell in cells if cell != ""}
    blank = any(cell == "" for cell in cells)
    values = [None if cell == "" else cell for cell in cells]
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean" if blank else "bool")
    if kinds == {int} and all(cell == "" or -(2**63) <= cell < 2**63 for cell in cells):
        return pd.Series(values, dtype="Int64" if blank else "int64")
    if kinds == {float}:
        return pd.Series(values, dtype="float64")
    return pd.Series(values) if kinds == {str} else pd.Series(values, dtype="object")


def _days(cells: Sequence[Any]) -> pd.Series:
    """Serial numbers of days as dates."""
    epoch = pd.Timestamp(1899, 12, 30)
    moments = [None if cell == "" else epoch + timedelta(days=cell + (1 <= cell < 60)) for cell in cells]
    return pd.Series(pd.to_datetime(pd.Series(moments, dtype="object")), dtype="datetime64[ns]")
