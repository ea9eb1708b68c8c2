"""The plans that a table of MRR brings along: its columns of numbers, by the names of the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from typing import Literal

from kam_xl.content.fields import MAX_NAME, one_line
from kam_xl.content.settings import Template
from kam_xl.content.tables import CellError, Value
from kam_xl.intake import parsing
from kam_xl.intake.matching import SUMS, Column, columns_of, header_row, simplify
from kam_xl.intake.plan import Reduced
from kam_xl.intake.sources import Rows, Sheet

MAX_PLANS = 5  # that `Template.plans` takes
_NUMBERED = frozenset(("id", "no", "nr", "number", "nummer", "code", "phone", "zip", "plz", "row", "pos"))  # no amounts


@dataclass
class Plans:
    """The plans to take, in their order, and those for which there is no place."""

    taken: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def plans_in(sheets: Sequence[Sheet], template: Template, monthly: bool = True) -> Plans:
    """The plans of tables of MRR where the template does not know them all; none where it does.

    `monthly`: only tables with a column of months count.

    >>> rows = [["Month", "Account", "Gold", "Basic"], ["2025-01", "Aurelia", "5", "7"]]
    >>> plans_in([Sheet("in.csv", rows, ",")], Template()).taken
    ['Gold', 'Basic']
    """
    worth: dict[str, float] = {}
    for sheet in sheets:
        for name, amount in _amounts(sheet, template, monthly).items():
            worth[name] = worth.get(name, 0) + amount
    if {simplify(name) for name in worth} <= {simplify(name) for name in template.plans}:
        return Plans()
    largest = sorted(worth, key=lambda name: -worth[name])[:MAX_PLANS]
    return Plans([name for name in worth if name in largest], [name for name in worth if name not in largest])


def _amounts(sheet: Sheet, template: Template, monthly: bool) -> dict[str, float]:
    """The plans of a table and the sum of each."""
    header = header_row(sheet.rows)
    if header is None:
        return {}
    headings, rows = sheet.rows[header], sheet.rows[header + 1 :]
    columns = columns_of(headings, template)
    kinds = {column.kind for column in columns}
    if kinds & {"year", "years", "revenue", "growth", "harmony"} or (monthly and "month" not in kinds):
        return {}
    if any(isinstance(heading, date) or _is_month(heading) for heading in headings) or (
        "month" not in kinds and sum(_is_month(f"{heading} 2000") for heading in headings) > 1
    ):
        return {}  # a column per month, not per plan
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    sign = parsing.decimal_sign(texts) or ("." if sheet.delimiter in (",", "|") else None)
    found: dict[str, float] = {}
    spelt: set[str] = set()
    numbers = {place: _numbers(rows, place, sign) for place in range(len(columns))}
    for place, column in enumerate(columns):
        key = simplify(column.heading)
        if column.kind == "plan":
            found[template.plans[int(column.which)]] = sum(map(abs, numbers[place] or ()))
        elif numbers[place] is not None and _may_be(column, headings[place]) and key not in spelt:
            found[one_line(column.heading)[:MAX_NAME]] = sum(map(abs, numbers[place] or ()))
        spelt.add(key)
    whole = next((place for place, column in enumerate(columns) if column.kind == "mrr"), None)
    # Beside a column of MRR others are plans only if they add up to it.
    if whole is not None and not isclose(sum(map(abs, numbers[whole] or ())), sum(found.values()), abs_tol=0.01):
        return {}
    return found


def _may_be(column: Column, heading: Value) -> bool:
    """Whether a column of numbers that nobody knows may be a plan: not a sum, not a number of something."""
    words = set(column.heading.casefold().replace(".", " ").replace("_", " ").split())
    known = heading is not None and not isinstance(heading, CellError)
    return column.kind == "unknown" and known and simplify(heading) not in SUMS | {""} and not words & _NUMBERED


def _is_month(heading: Value) -> bool:
    return isinstance(heading, str) and isinstance(parsing.month(heading), date)


def _numbers(rows: Rows, place: int, sign: Literal[".", ","] | None) -> list[float] | None:
    """The numbers of a column; None if less than half of its cells hold one."""
    cells = [row[place] for row in rows if place < len(row)]
    filled = [cell for cell in cells if cell is not None and not parsing.is_blank(cell)]
    values = [parsing.number(cell, sign) if isinstance(cell, str) else cell for cell in filled]
    numbers = [float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    return numbers if numbers and len(numbers) * 2 >= len(filled) else None


def columns_made(made: Reduced, template: Template) -> list[Column]:
    """What the columns of a reduced table hold."""
    if made.holds == "revenue":
        return [Column("account", "", "Account"), *(Column("year", year, year) for year in made.names)]
    places = {simplify(name): place for place, name in enumerate(template.plans)}
    plans = [Column("plan", places[simplify(n)], n) if n else Column("mrr", "", "MRR") for n in made.names]
    return [Column("month", "", "Month"), Column("account", "", "Account"), *plans]
