"""The input tables of a workbook or a data file as frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from kam_xl.content.records import RECORDS, Record
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS, FIELD_KINDS, Tables
from kam_xl.errors import DataError
from kam_xl.intake.importer import read_data
from kam_xl.intake.reader import is_workbook, read_workbook
from kam_xl.intake.template import load_template


@dataclass(frozen=True)
class Frames:
    """Every input table of a workbook as a frame, under the headings of its sheet; blank rows are left out.

    Numbers are float64, dates datetime64; blank cells are missing. A column that should hold numbers or dates and has
    a text or an error in a cell has the type object, with that cell as it is: what computes with it says so.

    Attributes
    ----------
    accounts, stakeholders, influences, costs, candidates, surveys, divisions, business, goals, actions, tasks, raci,
    coverage, charter
        The tables of those sheets; roles and criteria by their names.
    revenue
        Account and a column per year, the headings as texts.
    mrr
        Month (its first day), account and a column per plan.
    scores
        Account and a column per criterion, growth first.
    months
        How many months a year covers, where that is known and below 12.
    settings
        The settings in force.
    remarks
        What was done in reading, and what could not be used, one line each.
    """

    accounts: pd.DataFrame
    revenue: pd.DataFrame
    mrr: pd.DataFrame
    scores: pd.DataFrame
    stakeholders: pd.DataFrame
    influences: pd.DataFrame
    costs: pd.DataFrame
    candidates: pd.DataFrame
    surveys: pd.DataFrame
    divisions: pd.DataFrame
    business: pd.DataFrame
    goals: pd.DataFrame
    actions: pd.DataFrame
    tasks: pd.DataFrame
    raci: pd.DataFrame
    coverage: pd.DataFrame
    charter: pd.DataFrame
    settings: Template = field(repr=False)
    months: Mapping[str, int] = field(default_factory=dict)
    remarks: Sequence[str] = ()

    def tables(self) -> dict[str, pd.DataFrame]:
        """The frames by name, those without rows left out."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: frame for name, frame in named.items() if isinstance(frame, pd.DataFrame) and len(frame)}


def read(path: str | Path, *, template: str | None = None, encoding: str | None = None) -> Frames:
    """Read a workbook of kam_xl, or a data file as ``kam-xl new --data`` does.

    Parameters
    ----------
    path
        The file: a workbook, or any table (CSV, Excel, OpenDocument).
    template
        Of a data file: the template whose plans and criteria are known as headings. A workbook brings its own.
    encoding
        Of a CSV file; None finds it out.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or holds no accounts.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "accounts.csv"
    >>> _ = file.write_text("Customer,Customer since,2024,2025\\nAsh,2020-05-01,10,20\\nFir,,5,\\n")
    >>> found = read(file)
    >>> print(found.revenue)
      Account  2024  2025
    0     Ash  10.0  20.0
    1     Fir   5.0   NaN
    >>> found.accounts["Customer since"].dt.year.tolist()
    [2020.0, nan]
    """
    path = Path(path)
    if path.is_file() and is_workbook(path):
        if template is not None:
            raise DataError(f"{path}: brings its own settings along; leave out template")
        inputs = read_workbook(path)
        problems = [f"{p.sheet}!{p.cell}: {p.problem}; {p.remedy}" for p in inputs.problems]
        return frames_of(inputs.tables, inputs.template, problems)
    loaded = load_template(template or "standard")
    tables = read_data(path, loaded.settings, None, encoding)
    return frames_of(tables, loaded.for_data(tables))


def frames_of(tables: Tables, settings: Template, problems: Iterable[str] = ()) -> Frames:
    """Input tables as frames."""
    records = {key: _record(record, tables.records.get(key, []), settings) for key, record in RECORDS.items()}
    return Frames(
        accounts=_accounts(tables),
        revenue=_frame(
            [[account, *values] for account, values in tables.revenue],
            ["Account", *tables.years],
            ["text", *["number"] * len(tables.years)],
        ),
        mrr=_mrr(tables, settings),
        scores=_scores(tables, settings),
        **records,
        settings=settings,
        months=dict(tables.months),
        remarks=[*tables.remarks, *problems],
    )


def _accounts(tables: Tables) -> pd.DataFrame:
    rows = [[row.get(key) for key in ACCOUNT_FIELDS] for row in tables.accounts]
    return _frame(rows, list(ACCOUNT_FIELDS.values()), [FIELD_KINDS[key] for key in ACCOUNT_FIELDS])


def _mrr(tables: Tables, settings: Template) -> pd.DataFrame:
    plans = _slots(settings.plans, [values for _month, _account, values in tables.mrr], "Plan")
    rows = [[month, account, *_filled(values, len(plans))] for month, account, values in tables.mrr]
    headings = _apart(["Month", "Account"], plans, "plan")
    return _frame(rows, headings, ["date", "text", *["number"] * len(plans)])


def _scores(tables: Tables, settings: Template) -> pd.DataFrame:
    """Account, the criteria of growth and those of harmony."""
    growth = _slots(settings.growth, [values for _account, values, _others in tables.scores], "Growth")
    harmony = _slots(settings.harmony, [values for _account, _others, values in tables.scores], "Harmony")
    rows = [[name, *_filled(g, len(growth)), *_filled(h, len(harmony))] for name, g, h in tables.scores]
    headings = _apart(_apart(["Account"], growth, "growth"), harmony, "harmony")
    return _frame(rows, headings, ["text", *["number"] * (len(headings) - 1)])


def _slots(named: Sequence[Any], rows: Iterable[Sequence[Any]], otherwise: str) -> list[str]:
    """The headings of slots: the names on Settings, and a number for those without a name in which something stands."""
    used = max((k + 1 for row in rows for k, cell in enumerate(row) if cell not in (None, "")), default=0)
    names = [getattr(one, "name", one) for one in named]
    return [*names, *(f"{otherwise} {k + 1}" for k in range(len(names), used))]


def _apart(headings: Sequence[str], more: Sequence[str], group: str) -> list[str]:
    """Headings and more of them, none twice: a name that is taken has its group beside."""
    taken = {heading.casefold() for heading in headings}
    return [*headings, *(f"{one} ({group})" if one.casefold() in taken else one for one in more)]


def _record(record: Record, rows: Sequence[Mapping[str, Any]], settings: Template) -> pd.DataFrame:
    """The rows of a record; slots under the names that Settings gives them."""
    keys: list[str] = []
    headings: list[str] = []
    for one in record.fields:
        columns = one.columns()
        names = [one.heading]
        if one.slots:
            names = _slots(getattr(settings, one.listed), _cells(rows, columns), one.heading)
        keys += [column.key for column in columns[: len(names)]]
        headings = _apart(headings, names, one.heading.lower())
    kinds = {column.key: column.kind for column in record.columns()}
    return _frame(_cells(rows, keys), headings, [kinds[key] for key in keys])


def _cells(rows: Sequence[Mapping[str, Any]], columns: Sequence[Any]) -> list[list[Any]]:
    return [[row.get(getattr(column, "key", column)) for column in columns] for row in rows]


def _filled(values: Sequence[Any], width: int) -> list[Any]:
    return [*values[:width], *[None] * (width - len(values))]


def _frame(rows: Sequence[Sequence[Any]], headings: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    rows = [row for row in rows if any(cell not in (None, "") for cell in row)]
    columns = list(zip(*rows, strict=True)) or [()] * len(headings)
    typed = [_typed(cells, kind) for cells, kind in zip(columns, kinds, strict=True)]
    made = pd.concat(typed, axis=1) if typed else pd.DataFrame()
    made.columns = pd.Index(headings)
    return made


def _typed(cells: Sequence[Any], kind: str) -> pd.Series:
    """A column in the type of its kind, or as it is where a cell is of another."""
    cells = [None if cell == "" else cell for cell in cells]
    there = {type(cell) for cell in cells if cell is not None}
    if kind == "number" and there <= {int, float}:
        return pd.Series(cells, dtype="float64")
    if kind == "date" and there <= {date}:
        return pd.Series(pd.to_datetime(pd.Series(cells, dtype="object"))).astype("datetime64[s]")
    return pd.Series(cells) if there == {str} and kind == "text" else pd.Series(cells, dtype="object")
