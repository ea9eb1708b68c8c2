"""The input tables of a workbook, as plain Python values: what the user typed, nothing computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

Value = str | int | float | bool | date | None

# What a cell of type "e" holds (ECMA-376, part 1, 18.18.11); Excel 365's newer errors are not among them.
STORED_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))

_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without the characters that no workbook can hold; those that part words become a space.

    >>> printable("Aure\\x07lia\\x0bHospital")
    'Aurelia Hospital'
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))


class CellError(str):
    """An error cell of a source file, such as ``#DIV/0!``: text that is known to be an error.

    >>> cell = CellError("#DIV/0!")
    >>> cell == "#DIV/0!", isinstance(cell, CellError)
    (True, True)
    """

    __slots__ = ()


def storable(error: str) -> CellError:
    """An error as a file and a typed formula can hold it: the newer ones are “#VALUE!” there.

    >>> storable("#N/A"), storable("#SPILL!")
    ('#N/A', '#VALUE!')
    """
    return CellError(error if error in STORED_ERRORS else "#VALUE!")


ACCOUNT_FIELDS: dict[str, str] = {
    "account": "Account",
    "sector": "Sector",
    "country": "Country",
    "owner": "Owner",
    "since": "Customer since",
    "step": "Onboarding",
    "engagement": "Engagement",
    "satisfaction": "Satisfaction",
    "queue_since": "In queue since",
    "reason": "Reason",
    "next_step": "Next step",
    "due": "Due",
    "notes": "Notes",
    "contact": "Last contact",
    "renewal": "Renewal",
    "figure": "Own figure",
}
"""Fields of the Accounts sheet and their headings, in the order of the columns."""

FIELD_KINDS: dict[str, Literal["text", "number", "date"]] = {
    **dict.fromkeys(ACCOUNT_FIELDS, "text"),
    **dict.fromkeys(("engagement", "satisfaction", "figure"), "number"),
    **dict.fromkeys(("since", "queue_since", "due", "contact", "renewal"), "date"),
}
"""What a field of the Accounts sheet holds."""

DATE_KPIS = {"Days since contact": "contact", "Days to renewal": "renewal"}
"""Risk figures that are counted from a date of the Accounts sheet to the report date."""

KPI_HEADINGS: tuple[str, ...] = tuple(h for f, h in ACCOUNT_FIELDS.items() if FIELD_KINDS[f] == "number")
"""Headings of the Accounts sheet that hold numbers: what a risk rule or a health factor can look at."""


@dataclass
class Tables:
    """Everything that stands on the input sheets.

    Attributes
    ----------
    accounts
        One dict per row, by the names of `ACCOUNT_FIELDS`; a field may be missing. ``{}`` is a blank row.
    years
        Headings of the revenue columns, oldest first.
    months
        Months covered by a year, where known and below 12, by year heading.
    revenue
        Account and one value per year.
    mrr
        Month (the first of it), account and one value per plan.
    scores
        Account, growth scores and harmony scores, in the template's order of criteria.
    records
        The rows of the other input sheets (`records.py`), by key; a row is a dict by the keys of its fields.
    lists
        Names that the headings of a file bring for lists on Settings: roles, selection criteria.
    remarks
        What the import did that the user should know, one line each.
    doubts
        Those of the remarks that concern numbers and that nothing on the sheets shows: they stand on Checks.
    """

    accounts: list[dict[str, Value]] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    months: dict[str, int] = field(default_factory=dict)
    revenue: list[tuple[Value, list[Value]]] = field(default_factory=list)
    mrr: list[tuple[Value, Value, list[Value]]] = field(default_factory=list)
    scores: list[tuple[Value, list[Value], list[Value]]] = field(default_factory=list)
    records: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict, compare=False)
    remarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list, compare=False)

    def doubt(self, lines: Iterable[str]) -> None:
        """Keep remarks for Checks too."""
        lines = list(lines)
        self.remarks += lines
        self.doubts += lines

    @classmethod
    def empty(cls, years: Sequence[str] = ()) -> Tables:
        """No rows, the given years.

        >>> Tables.empty(["2024", "2025"]).years
        ['2024', '2025']
        """
        return cls(years=list(years))

    def with_years(self, years: Sequence[str]) -> Tables:
        """The same tables with exactly these years: missing ones are blank columns, others are left out.

        >>> Tables(years=["2023", "2024"], revenue=[("Aurelia", [1, 2])]).with_years(["2024", "2025"]).revenue
        [('Aurelia', [2, None])]
        """
        at = {year: i for i, year in enumerate(self.years)}
        revenue: list[tuple[Value, list[Value]]] = [
            (account, [values[at[year]] if year in at else None for year in years]) for account, values in self.revenue
        ]
        months = {year: n for year, n in self.months.items() if year in years}
        return replace(self, years=list(years), months=months, revenue=revenue, remarks=list(self.remarks))
