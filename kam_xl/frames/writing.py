"""A workbook from frames, made as ``kam-xl new`` makes one from a file with the same tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf, isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kam_xl.content.records import RECORDS
from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.frames.columns import is_missing
from kam_xl.frames.reading import Frames
from kam_xl.intake import starting
from kam_xl.intake.gathering import as_error
from kam_xl.intake.importer import tables_of
from kam_xl.intake.sources import Sheet, Source, cell_value
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.writing import workbook_target

_NAME = Path("frames.write")  # what messages call the source
_WHOLE = 2**53  # up to here a float is a whole number without doubt


@dataclass(frozen=True)
class Written:
    """A workbook that was written: where, what is to mend in it, and what was done in making it, a line each."""

    path: Path
    problems: Sequence[str]
    remarks: Sequence[str]


def write(
    out: str | Path,
    tables: pd.DataFrame | Mapping[str, pd.DataFrame] | Frames,
    *,
    template: str | None = None,
    sheets: Sequence[str] | None = None,
    years: Sequence[str] | None = None,
    company: str | None = None,
    currency: str | None = None,
    engine: str | None = None,
    force: bool = False,
) -> Written:
    """Write a workbook of the accounts, revenue and other tables in frames.

    Parameters
    ----------
    out
        The file, .xlsx or .xlsm.
    tables
        One frame with a row per account; or frames by the names of the input sheets (``accounts``, ``revenue``,
        ``mrr``, ``stakeholders`` …); or what `read` gave, which brings its settings along. Columns are known by their
        headings, an index with names counts as a column.
    template, sheets, years, company, currency, engine, force
        As the options of ``kam-xl new``.

    Raises
    ------
    DataError
        In one line, when the frames hold no accounts or a cell that no workbook can hold, or the file is there.

    Examples
    --------
    >>> import tempfile
    >>> out = Path(tempfile.mkdtemp()) / "accounts.xlsx"
    >>> written = write(out, pd.DataFrame({"Account": ["Ash"], "2025": [20]}), sheets=["Pareto"])
    >>> written.path == out, list(written.problems)
    (True, [])
    """
    out = Path(out)
    engine = workbook_target(out, engine, force=force)
    loaded = load_template(template or "standard")
    own = tables.settings if isinstance(tables, Frames) and template is None else None
    source = Source([_sheet(name, frame) for name, frame in _named(tables).items()])
    if not source.sheets:
        raise DataError(f"{_NAME}: there is no frame with rows to write")
    made = tables_of(_NAME, source, own or loaded.settings, years)
    if isinstance(tables, Frames):
        made.months |= {year: months for year, months in tables.months.items() if year in made.years}
    settings, made = starting.from_tables(own or loaded.for_data(made), made, None, company, sheets, currency)
    built = build(settings, made, engine, out.suffix.lower() == ".xlsm")
    built.write(out, force=force)
    problems = [f"{p.sheet}!{p.cell}: {p.problem}; {p.remedy}" for p in built.problems]
    return Written(out, problems, list(made.remarks))


def _named(tables: pd.DataFrame | Mapping[str, pd.DataFrame] | Frames) -> dict[str, pd.DataFrame]:
    """The frames by the names of their sheets."""
    if isinstance(tables, Frames):
        tables = tables.tables()
    if isinstance(tables, pd.DataFrame):
        return {"Accounts": tables}
    if not isinstance(tables, Mapping):
        raise DataError(f"{_NAME}: takes a frame, or a dict of frames, not a {type(tables).__name__}")
    return {RECORDS[key].sheet if key in RECORDS else str(key): frame for key, frame in tables.items()}


def _sheet(name: str, frame: Any) -> Sheet:
    """A frame as the sheet of a file."""
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"{_NAME}: {name} is a {type(frame).__name__}; give a DataFrame")
    if frame.columns.nlevels > 1:
        levels = f"the columns have {frame.columns.nlevels} levels"
        raise DataError(f"{_NAME}: {name}: {levels}; give them one: frame.columns.map(' '.join)")
    if twice := frame.columns[frame.columns.duplicated()].tolist():
        raise DataError(f"{_NAME}: {name}: several columns are called {twice[0]!r}; give each its own name")
    frame = _with_index(name, frame)
    headings: list[Value] = [_cell(name, "heading", None, label) for label in frame.columns]
    columns = [
        [_cell(name, str(label), row, cell) for row, cell in enumerate(series.astype(object).tolist(), start=1)]
        for label, (_label, series) in zip(frame.columns, frame.items(), strict=True)
    ]
    return Sheet(name, [headings, *map(list, zip(*columns, strict=True))])


def _with_index(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its index as columns, if it has a name or holds the names of accounts."""
    names = list(frame.index.names)
    if any(level is not None for level in names):
        if both := [level for level in names if level in list(frame.columns)]:
            raise DataError(f"{_NAME}: {name}: the index and a column are called {both[0]!r}; rename one")
        return frame.reset_index()
    if frame.index.nlevels == 1 and len(frame) and all(isinstance(label, str) for label in frame.index):
        if "Account" in frame.columns:
            raise DataError(f"{_NAME}: {name}: the index has names without a heading; give it one, or reset it")
        return frame.rename_axis(index="Account").reset_index()
    return frame


def _cell(name: str, heading: str, row: int | None, cell: Any) -> Value:
    """A cell of a frame as that of a file; what no cell can hold is refused."""
    if isinstance(cell, str):
        return as_error(cell_value(str(cell)))
    if is_missing(cell):
        return None
    if isinstance(cell, bool | np.bool_):
        return bool(cell)
    if isinstance(cell, pd.Period):
        cell = cell.start_time
    if isinstance(cell, date):  # a moment counts as the day that its clock shows, whatever its time zone
        return cell_value(date(cell.year, cell.month, cell.day))
    if isinstance(cell, int | float | np.integer | np.floating | Decimal | Fraction) and isfinite(
        number := _number(cell)
    ):
        return int(cell) if isinstance(cell, int | np.integer) and abs(number) < _WHOLE else cell_value(number)
    where = heading if row is None else f"{heading} row {row}"
    raise DataError(f"{_NAME}: {name}, {where}: a cell cannot hold {_shown(cell)}; give a number, a date or a text")


def _number(cell: Any) -> float:
    """A number as float; infinite if it is none that a float can hold."""
    if isinstance(cell, np.timedelta64):  # an integer of numpy
        return inf
    try:
        return float(cell)
    except (OverflowError, ValueError):
        return inf


def _shown(cell: Any) -> str:
    text = " ".join(str(cell).split())
    return f"{text[:30]} ({type(cell).__name__})"
