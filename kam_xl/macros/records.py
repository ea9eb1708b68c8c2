"""Rows of the input sheets beyond accounts, revenue, MRR and scores, merged into the tables of the open workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kam_xl.content.records import NOTES, RECORDS, Field, Record
from kam_xl.content.tables import Tables, Value
from kam_xl.intake.parsing import as_date
from kam_xl.locale import _
from kam_xl.macros.inputs import Inputs, Table


def identity(record: Record) -> list[str]:
    """The headings by which two rows of a table are known to be about the same thing.

    >>> identity(RECORDS["stakeholders"]), identity(RECORDS["surveys"]), identity(RECORDS["raci"])
    (['Account', 'Name'], ['Date', 'Account', 'Step'], ['Task'])
    """
    if unique := [field.heading for field in record.fields if field.unique]:
        return unique
    named = [field for field in record.fields if field.needed or field.account]
    if all(field.account for field in named):  # an account alone tells nothing apart: when, and about what
        named = [field for field in record.fields if field.account or field.kind == "date" or field.listed]
    return [field.heading for field in named]


class Records:
    """What a file changes in these tables; nothing is written before all of it is known to fit."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.tables: list[Table] = []
        self.told: list[str] = []

    def merge(self, data: Tables) -> None:
        """Enter the rows of a file; what has no table here is named among the remarks of the file."""
        there = {name for sheet in self.inputs.book.sheets for name in (table.name for table in sheet.tables)}
        for key, rows in data.records.items():
            record = RECORDS[key]
            if record.table in there:
                self._enter(record, rows, data)
            elif rows:
                one = _("1 row of {sheet} was left out: this workbook has no such sheet.")
                many = _("{n} rows of {sheet} were left out: this workbook has no such sheet.")
                data.remarks.append((one if len(rows) == 1 else many).format(n=len(rows), sheet=record.sheet))

    def _enter(self, record: Record, rows: list[dict[str, Value]], data: Tables) -> None:
        keys = identity(record)
        fields = {field.key: (field, heading) for field, heading in self._columns(record)}
        table = self.inputs.edit(
            record.table, keys, lambda area: range(area.left, area.left + len(record.columns())), by_day=True
        )
        known = set(table.rows)
        touched, lacking = set[tuple[Value, ...]](), set[str]()
        for row in rows:
            lacking |= row.keys() - fields.keys()  # lines of a list beyond those that this workbook has
            given = {fields[key][1]: _stored(fields[key][0], value) for key, value in row.items() if key in fields}
            if not any(given.get(key) is not None for key in keys):
                continue
            place, new = table.row(*(given.get(key) for key in keys))
            wanted = given if new else {heading: v for heading, v in given.items() if heading not in keys}
            changed = [self._set(table, place, heading, value, lacking) for heading, value in wanted.items() if place]
            if any(changed):
                touched.add(table.key(*(given.get(key) for key in keys)))
        if lacking:
            text = _("{sheet} has no column {names}: left out.")
            data.remarks.append(text.format(sheet=record.sheet, names=", ".join(sorted(lacking))))
        if touched:
            text = _("{sheet}: {new} new, {old} updated.")
            self.told.append(text.format(sheet=record.sheet, new=len(touched - known), old=len(touched & known)))
        self.tables.append(table)

    def _set(self, table: Table, row: int, heading: str, value: Value, lacking: set[str]) -> bool:
        if value is None:
            return False
        if heading not in table.columns:
            lacking.add(heading)
            return False
        column = table.columns[heading]
        return (table.add if heading.casefold() in NOTES else table.set)(row, column, value)

    def _columns(self, record: Record) -> Iterator[tuple[Field, str]]:
        """The fields of a row, and the heading of each here: the lines of a list may stand on other places."""
        slots: dict[str, Any] = self.inputs.settings[1]
        for one in record.fields:
            if not one.slots:
                yield one, one.heading
                continue
            for column, slot in zip(one.columns(), slots.get(one.listed, range(one.slots)), strict=False):
                yield column, f"{one.heading} {slot + 1}"


def _stored(field: Field, value: Value) -> Value:
    return as_date(value) if field.kind == "date" else value
