"""Dates where numbers belong: Excel makes one of "3.5", and in a cell it counts as some 46,000.

Only the format of a cell tells a date from a number. A formula can ask for it with CELL alone, which is volatile, does
not follow a new format and is not in every engine; so no formula of the workbook looks, and Checks can only ask where
a figure is as large as a date and far from all others (`sheets/date_doubts`). Whoever reads a file does look:
the date becomes a text, which no formula counts and which Checks names, and the reader of the file is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from kam_xl.content.records import RECORDS
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS, FIELD_KINDS, Tables, Value
from kam_xl.locale import _

_NUMBERS = [field for field, kind in FIELD_KINDS.items() if kind == "number"]


class StrayDate(NamedTuple):
    """A date where a number belongs: where it stands (table, row from 0, heading), whose it is, and itself."""

    table: str
    row: int
    heading: str
    account: Value
    day: date


def taken_out(tables: Tables) -> tuple[Tables, list[StrayDate]]:
    """The same tables with every stray date as a text, and those dates; nothing is copied where there are none.

    Examples
    --------
    >>> tables, found = taken_out(Tables(years=["2025"], revenue=[("Aurelia", [date(2025, 5, 3)])]))
    >>> tables.revenue, [(one.heading, one.account) for one in found]
    ([('Aurelia', ['2025-05-03'])], [('2025', 'Aurelia')])
    """
    if next(_found(tables), None) is None:
        return tables, []
    changed = deepcopy(tables)
    found = []
    for stray, holder, place in _found(changed):
        holder[place] = stray.day.isoformat()
        found.append(stray)
    return changed, found


_Found = Iterator[tuple[StrayDate, Any, Any]]


def _found(tables: Tables) -> _Found:
    """Every stray date, the row or the list that holds it, and its place there."""
    for row, given in enumerate(tables.accounts):
        yield from _in_fields("tblAccounts", row, given, [(key, ACCOUNT_FIELDS[key]) for key in _NUMBERS])
    for row, (account, values) in enumerate(tables.revenue):
        yield from _in_list("tblRevenue", row, account, values, tables.years)
    for row, (_month, account, values) in enumerate(tables.mrr):
        yield from _in_list("tblMRR", row, account, values, _numbered("Plan", values))
    for row, (account, growth, harmony) in enumerate(tables.scores):
        yield from _in_list("tblScores", row, account, growth, _numbered("Growth", growth))
        yield from _in_list("tblScores", row, account, harmony, _numbered("Harmony", harmony))
    for key, rows in tables.records.items():
        columns = [(field.key, field.heading) for field in RECORDS[key].columns() if field.kind == "number"]
        for row, given in enumerate(rows):
            yield from _in_fields(RECORDS[key].table, row, given, columns)


def _numbered(word: str, values: Sequence[Value]) -> list[str]:
    return [f"{word} {k + 1}" for k in range(len(values))]


def _in_list(table: str, row: int, account: Value, values: list[Value], headings: Sequence[str]) -> _Found:
    for place, (value, heading) in enumerate(zip(values, headings, strict=False)):
        if isinstance(value, date):
            yield StrayDate(table, row, heading, account, value), values, place


def _in_fields(table: str, row: int, given: dict[str, Value], columns: Sequence[tuple[str, str]]) -> _Found:
    for key, heading in columns:
        value = given.get(key)
        if isinstance(value, date):
            yield StrayDate(table, row, heading, given.get("account"), value), given, key


def problem(stray: StrayDate) -> str:
    """The date as a problem of its cell."""
    return _("is a date ({day})").format(day=stray.day.isoformat())


def remedy() -> str:
    """What to do about one."""
    return _("type the number, and format the cell as one")


def remarks(found: Sequence[StrayDate], template: Template) -> list[str]:
    """What an import says: one line per column.

    Examples
    --------
    >>> strays = taken_out(Tables(years=["2025"], revenue=[("Aurelia", [date(2025, 5, 3)])]))[1]
    >>> remarks(strays, Template())
    ['“2025” holds 1 date where a number belongs, 2025-05-03 of Aurelia: kept as text and not counted.']
    """
    lines = []
    for table, heading in dict.fromkeys((stray.table, stray.heading) for stray in found):
        alike = [stray for stray in found if (stray.table, stray.heading) == (table, heading)]
        one = _("“{heading}” holds 1 date where a number belongs, {day} of {account}: kept as text and not counted.")
        many = _("“{heading}” holds {n} dates where numbers belong, such as {day} of {account}: kept as text.")
        text = (one if len(alike) == 1 else many).format(
            heading=_named(table, heading, template), n=f"{len(alike):,}", day=alike[0].day, account=alike[0].account
        )
        lines.append(text)
    return lines


def _named(table: str, heading: str, template: Template) -> str:
    """A heading as the user's file has it: a numbered one by its line on Settings."""
    word, _space, number = heading.rpartition(" ")
    lists: dict[str, list[str]] = {
        "Plan": list(template.plans),
        "Growth": [criterion.name for criterion in template.growth],
        "Harmony": [criterion.name for criterion in template.harmony],
        "Criterion": [criterion.name for criterion in template.selection],
    }
    names = lists.get(word, [])
    return names[int(number) - 1] if number.isdigit() and int(number) <= len(names) else heading
