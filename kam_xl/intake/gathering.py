"""Puts the rows of one or more tables together by account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kam_xl.content.fields import MAX_YEARS, one_line, parse_years
from kam_xl.content.settings import Template, report_date
from kam_xl.content.tables import CellError, Tables, Value, storable
from kam_xl.functions.cell_errors import ERRORS
from kam_xl.intake.answers import Answers
from kam_xl.intake.duplicates import Duplicates, alike
from kam_xl.intake.matching import Column, Kind, doubt_of, simplify, year_of
from kam_xl.intake.names import tidy
from kam_xl.intake.sources import Rows
from kam_xl.intake.totals import left_out, told
from kam_xl.intake.vocabulary import is_own_turnover
from kam_xl.locale import _

_CELL = 32_767  # characters that an Excel cell takes
_COLUMNS = 20
_WHOLE = re.compile(r"\d{3,}\.0")  # a number of an account that was a number of a program


@dataclass
class _Account:
    """All that is known of an account so far."""

    name: Value
    fields: dict[str, Value] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    years: dict[str, Value] = field(default_factory=dict)
    table_of: dict[str, int] = field(default_factory=dict)  # of each year, the table that has it
    scores: dict[tuple[Kind, int], Value] = field(default_factory=dict)


class Gathering:
    """Collects rows by account and turns them into tables.

    The key of an account is its name, trimmed and in small letters; the first spelling is kept. Rows without an account
    stay apart, so that the sheet Checks can name each. What becomes of several rows of one account: see `duplicates`.

    Parameters
    ----------
    template
        Its plans, criteria and years.
    years
        The years wanted; None takes those of the tables.
    answers
        What was answered where a table can be read in several ways.
    """

    def __init__(self, template: Template, years: Sequence[str] | None = None, answers: Answers | None = None) -> None:
        self.template = template
        self.answers = answers or Answers()
        self._wanted = list(years) if years else None
        self._accounts: dict[object, _Account] = {}
        self._mrr: dict[tuple[Value, object], tuple[Value, list[Value]]] = {}
        self._years: set[str] = set()
        self._remarks: list[str] = []
        self._duplicates = Duplicates()
        self._spelt: dict[str, set[str]] = {}  # names that were written with other blanks or letter forms
        self._table = 0  # the number of the table that is being added
        self.left: frozenset[str] = frozenset()  # plans for which there is no place, simplified
        self.file: Path | None = None
        self.from_1904 = False  # whether numbers that are days are counted from 1904
        self.doubts: list[str] = []  # remarks that stand on Checks, too
        self.blanks = 0  # cells of numbers that say that there is none

    def remark(self, text: str) -> None:
        """Keep a line that the user should know."""
        self._remarks.append(text)

    def add(self, columns: Sequence[Column], rows: Rows) -> None:
        """Add the rows of a table, all as long as the columns."""
        columns = self._settled(columns, rows)
        at = next(i for i, column in enumerate(columns) if column.kind == "account")
        months = [i for i, column in enumerate(columns) if column.kind == "month"]
        years = [i for i, column in enumerate(columns) if column.kind == "years"]
        rows = self._without_total(columns, rows, at) if not months else rows
        amounts = any(column.kind in ("year", "years") for column in columns)
        seen: set[tuple[object, str | None]] = set()
        self._table += 1
        for row in rows:
            name = _name(row[at])
            nobody = name is None or isinstance(name, CellError)
            key: object = object() if nobody else str(name).lower()
            written = row[at]
            if isinstance(written, str) and not nobody and written != name:
                self._spelt.setdefault(str(name), set()).add(written.strip())
            month = row[months[0]] if months else None
            year = year_of(row[years[0]]) if years else None
            account = self._accounts.get(key) or _Account(name)
            if (amounts or not months) and (key, year) in seen:  # else a row per month, as it should be
                self._duplicates.again(account.name, amounts)
            seen.add((key, year))
            if not (months and nobody):  # an amount of nobody in a month adds no row to the accounts
                self._accounts[key] = account
            for column, value in zip(columns, row, strict=True):
                if value is not None:
                    self._put(key, account, month, _in_year(column, year), value)
        if years:
            self._add_years(columns[years[0]].heading, [row[years[0]] for row in rows])

    def _add_years(self, heading: str, cells: Sequence[Value]) -> None:
        """Keep the years that a column of years names; tell where it names none."""
        found = [year_of(cell) for cell in cells]
        self._years.update(filter(None, found))
        if None in found:
            self.remark(_("Rows without a year under “{heading}”: revenue kept in Notes.").format(heading=heading))

    def _put(self, key: object, account: _Account, month: Value, column: Column, value: Value) -> None:
        kind, which, heading = column
        if kind == "year":
            self._put_year(account, str(which), value)
        elif kind == "plan":
            values = self._mrr.setdefault((month, key), (account.name, [None] * len(self.template.plans)))[1]
            values[int(which)] = self._later(account, month, int(which), values[int(which)], value)
        elif kind in ("growth", "harmony"):
            place = (kind, int(which))
            account.scores[place] = self._first(account, heading, account.scores.get(place), value)
        elif kind == "field" and which == "notes":
            account.notes[as_text(value)] = None
        elif kind == "field":
            value = fitting(value.strip()) if type(value) is str else value
            account.fields[str(which)] = self._first(account, heading, account.fields.get(str(which)), value)
        elif kind in ("unknown", "revenue", "years"):
            account.notes[f"{heading}: {as_text(value)}"] = None

    def _put_year(self, account: _Account, year: str, value: Value) -> None:
        """Revenue: rows of one table are added; what another table says of the year again is not."""
        old, table = account.years.get(year), account.table_of.setdefault(year, self._table)
        if old is None:
            account.years[year] = value
        elif table != self._table:
            self._first(account, year, old, value)
        else:
            account.years[year] = total = self._duplicates.added(account.name, year, old, value)
            if isinstance(total, str | date):
                account.notes[f"{year}: {as_text(value if total is old else old)}"] = None

    def _first(self, account: _Account, heading: str, old: Value, new: Value) -> Value:
        """The first of two values of an account; the other one goes to the notes."""
        if old is None:
            return new
        kept = self._duplicates.first(account.name, heading, old, new)
        if not alike(old, new):
            account.notes[f"{heading}: {as_text(new)}"] = None
        return kept

    def _later(self, account: _Account, month: Value, plan: int, old: Value, new: Value) -> Value:
        """The later of two MRR amounts; the other one goes to the notes."""
        if old is None:
            return new
        when = f"{month:%Y-%m}" if isinstance(month, date) else as_text(month) if month is not None else ""
        what = f"{self.template.plans[plan]} {when}".strip()
        if not alike(old, new):
            account.notes[f"{what}: {as_text(old)}"] = None
        return self._duplicates.later(account.name, what, old, new)

    def _settled(self, columns: Sequence[Column], rows: Rows) -> list[Column]:
        """Columns with the year of a bare “Revenue”, the plan of a bare “MRR”, and the unknown ones named."""
        kinds = Counter(column.kind for column in columns)
        by_row = kinds["years"] and kinds["revenue"] and not kinds["year"]  # a row per account and year
        result = []
        for column in columns:
            if column.kind in ("years", "revenue") and by_row:
                result.append(column)
                continue
            if column.kind == "revenue" and is_own_turnover(column.heading) and not self._said(column):
                text = _(
                    "“{heading}” is the customer's own turnover, kept in Notes; if it is yours: --amount “{heading}”."
                )
                self.remark(text.format(heading=column.heading))
                column = Column("unknown", 0, column.heading)
            if column.kind == "revenue" and not kinds["year"]:
                year = (self._wanted or parse_years(self.template.years))[-1]
                self.remark(_("“{heading}” names no year: taken as {year}.").format(heading=column.heading, year=year))
                column = Column("year", year, column.heading)
            elif column.kind == "mrr" and not kinds["plan"]:
                plan = self.template.plans[0]
                self.remark(_("“{heading}” was entered as MRR of {plan}.").format(heading=column.heading, plan=plan))
                column = Column("plan", 0, column.heading)
            elif column.kind in ("revenue", "mrr", "years"):
                column = Column("unknown", 0, column.heading)
            if column.kind == "unknown" and simplify(column.heading) in self.left:
                column = Column("left", 0, column.heading)
            result.append(column)
        self._years.update(str(column.which) for column in result if column.kind == "year")
        doubts = [doubt_of(column.heading, str(column.which)) for column in result if column.kind == "year"]
        self._remarks += filter(None, doubts)
        unknown = [
            column.heading
            for i, column in enumerate(result)
            if column.kind == "unknown" and any(row[i] is not None for row in rows)
        ]
        if unknown:
            names = ", ".join(unknown[:_COLUMNS]) + (", …" if len(unknown) > _COLUMNS else "")
            self.remark(_("Columns not known, kept in Notes: {names}.").format(names=names))
        return result

    def _said(self, column: Column) -> bool:
        """Whether a person named the column as the one of amounts."""
        return simplify(self.answers.amount) == simplify(column.heading)

    def _without_total(self, columns: Sequence[Column], rows: Rows, at: int) -> Rows:
        """The rows without those that sum up others, as a careless export has them, and without the lines below."""
        places = [i for i, column in enumerate(columns) if column.kind in ("year", "plan", "revenue")]
        amounts = [[_number(row[i]) for i in places] for row in rows]
        names = [row[at] for row in rows]
        alone = places and all(column.kind != "years" for column in columns)
        sure = left_out(names, amounts, self.answers.totals) if alone else []
        for line in told(names, sure):
            self.remark(line)
        last = max(sure, default=len(rows))
        below = [i for i in range(last + 1, len(rows)) if not any(a is not None for a in amounts[i])]
        if below:
            name = one_line(as_text(rows[below[0]][at])) if names[below[0]] is not None else ""
            text = _("{n} lines below the sum, such as “{name}”, hold no amounts and were left out.")
            self.remark(text.format(n=f"{len(below):,}", name=name))
        left = {*sure, *below}
        return [row for i, row in enumerate(rows) if i not in left]

    def tables(self) -> Tables:
        """Everything gathered, as the input tables of a workbook."""
        if self.blanks:
            one = _("1 cell of numbers such as “n/a” or “–” was read as blank.")
            many = _("{n} cells of numbers such as “n/a” or “–” were read as blank.")
            self.remark(one if self.blanks == 1 else many.format(n=f"{self.blanks:,}"))
        odd = [name for name, spelt in self._spelt.items() if spelt - {name}]
        if odd:
            text = _("Written with other blanks, forms of letters or signs that cannot be seen, and read as: {names}.")
            self.remark(text.format(names=", ".join(odd[:_COLUMNS]) + (", …" if len(odd) > _COLUMNS else "")))
        years = self._chosen_years()
        accounts = list(self._accounts.values())
        if any(month is None for month, _key in self._mrr):
            self._date()
        mrr = [(month, name, values) for (month, _key), (name, values) in self._mrr.items()]
        doubts = [*self._duplicates.remarks(), *self.doubts]
        places: list[tuple[Kind, int]] = [("growth", i) for i in range(len(self.template.growth))]
        split = len(places)
        places += [("harmony", i) for i in range(len(self.template.harmony))]
        scored = [(a.name, [a.scores.get(place) for place in places]) for a in accounts if a.scores]
        return Tables(
            accounts=[self._fields(account) for account in accounts],
            years=years,
            revenue=[(account.name, [account.years.get(year) for year in years]) for account in accounts],
            mrr=mrr,
            scores=[(name, values[:split], values[split:]) for name, values in scored],
            remarks=[*doubts, *self._remarks],
            doubts=doubts,
        )

    def _fields(self, account: _Account) -> dict[str, Value]:
        fields: dict[str, Value] = {"account": account.name, **account.fields}
        if account.notes:
            fields["notes"] = as_error(fitting("; ".join(account.notes)))
        return fields

    def _chosen_years(self) -> list[str]:
        found = sorted(self._years)
        if self._wanted:
            for text, years in (
                (_("Years of the file that were left out: {years}."), [y for y in found if y not in self._wanted]),
                (_("Years that the file does not have, left blank: {years}."), set(self._wanted) - set(found)),
            ):
                if years and found:
                    self.remark(text.format(years=", ".join(sorted(years))))
            return sorted(self._wanted)
        if not found:
            found = parse_years(self.template.years)
            if self._accounts:
                self.remark(_("No column of a year such as {year}: revenue is blank.").format(year=found[-1]))
        if len(found) > MAX_YEARS:
            self.remark(_("Only the last {n} years were taken; choose others with --years.").format(n=MAX_YEARS))
        return found[-MAX_YEARS:]

    def _date(self) -> None:
        """Give the month of the report to MRR where the file names none."""
        dated = Tables(mrr=[(month, name, values) for (month, _key), (name, values) in self._mrr.items() if month])
        first: date = report_date(self.template, dated).replace(day=1)
        self.remark(_("MRR per plan was entered for {month}.").format(month=f"{first:%Y-%m}"))
        found: dict[tuple[Value, object], tuple[Value, list[Value]]] = {}
        for (month, key), (name, values) in sorted(self._mrr.items(), key=lambda item: item[0][0] is not None):
            there = found.setdefault((first if month is None else month, key), (name, [None] * len(values)))[1]
            for plan, value in enumerate(values):
                if value is not None:  # what names its month counts rather
                    account = self._accounts.get(key) or _Account(name)
                    there[plan] = self._later(account, first, plan, there[plan], value)
        self._mrr = found


def _in_year(column: Column, year: str | None) -> Column:
    """A column of revenue in a row that names its year: one of that year; what names the year says no more."""
    if year is None or column.kind not in ("revenue", "years"):
        return column
    return Column("year", year, column.heading) if column.kind == "revenue" else Column("account", "", column.heading)


def _name(value: Value) -> Value:
    """An account as text: trimmed, on one line; a number without a decimal point.

    >>> _name(12346), _name(" =1+1 "), _name("  "), _name("Two\\nlines")
    ('12346', '=1+1', None, 'Two lines')
    """
    if value is None or isinstance(value, CellError):
        return value
    text = tidy(as_text(value))
    return fitting(text[:-2] if _WHOLE.fullmatch(text) else text) or None


def fitting(text: str) -> str:
    """A text cut to what a cell takes."""
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def as_text(value: Value) -> str:
    """A value as a text of Notes shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def as_error(value: Value) -> Value:
    """A text that a spreadsheet takes for an error as one; one that no file can hold as “#VALUE!”.

    >>> isinstance(as_error("#n/a"), CellError), as_error("#SPILL!"), as_error("# 5")
    (True, '#VALUE!', '# 5')
    """
    if type(value) is not str or "#" not in value:
        return value
    text = value.strip().upper()
    return storable(text) if text in ERRORS else value


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
