"""Rows of a user's table as the rows of an input sheet that `records.py` describes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.workbook import parsing
from kam_xl.workbook.matching import simplify
from kam_xl.workbook.records import Field, Record
from kam_xl.workbook.sources import Rows
from kam_xl.workbook.tables import Value


def columns_of(record: Record, headings: Sequence[Value], lists: Mapping[str, Sequence[str]]) -> dict[int, Field]:
    """What each column of a table holds, by its place; columns that the record does not know are left out.

    `lists` are the names on Settings: a column of slots is known by the name of its line too.
    """
    words: dict[str, Field] = {}
    for field in record.fields:
        names = lists.get(field.listed, ()) if field.slots else ()
        for place, one in enumerate(field.columns()):
            own = [one.heading, one.key, *(one.also.split(",") if one.also else [])]
            for word in (*own, *names[place : place + 1]):
                words.setdefault(simplify(word), one)
    found: dict[int, Field] = {}
    for place, heading in enumerate(headings):
        known = words.get(simplify(heading)) if heading is not None else None
        if known is not None and known not in found.values():
            found[place] = known
    return found


def rows_of(columns: Mapping[int, Field], rows: Rows, decimal: parsing.Decimal | None = None) -> list[dict[str, Value]]:
    """The rows, with numbers and dates where a column holds them; text that is none stays text for the sheet Checks."""
    texts = [c for place in columns for row in rows if isinstance(c := row[place], str)]
    days = [row[place] for place, field in columns.items() if field.kind == "date" for row in rows]
    day_first = parsing.day_comes_first([day for day in days if isinstance(day, str)]) is not False
    sign = parsing.decimal_sign(texts) or decimal
    found = []
    for row in rows:
        given: dict[str, Value] = {}
        for place, field in columns.items():
            value = row[place]
            if isinstance(value, str):
                value = _typed(value.strip(), field, sign, day_first)
            elif field.kind == "date":
                value = parsing.as_date(value)
            if value is not None and value != "":
                given[field.key] = value
        found.append(given)
    return found


def _typed(text: str, field: Field, sign: parsing.Decimal | None, day_first: bool) -> Value:
    if field.kind == "date":
        return parsing.day(text, day_first)
    if field.kind == "number":
        bare = parsing.without_percent(text)
        value = parsing.number(bare, sign)
        return value / 100 if bare != text and isinstance(value, int | float) else value
    return text
