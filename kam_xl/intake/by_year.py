"""A row for each thing sold: revenue by account and year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from kam_xl.content.fields import one_line
from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake import parsing, profile
from kam_xl.intake.counted import Rows, rounded
from kam_xl.intake.matching import simplify, year_of
from kam_xl.intake.periods import period_in
from kam_xl.intake.plan import Reduced, TablePlan
from kam_xl.intake.vocabulary import state_of
from kam_xl.locale import _


def _years(plan: TablePlan, rows: Rows) -> list[int | None]:
    """The year of each row, by its date, its month or its year."""
    columns = rows.looked.columns
    if plan.date is not None:
        cells = columns[plan.date]
        order = profile.order_of(cells)
        return [d.year if isinstance(d, date) else None for d in profile.days(cells, order is not False)]
    if plan.year is not None:
        return [int(y) if (y := year_of(_number(cell))) else None for cell in columns[plan.year]]
    cells = columns[plan.month if plan.month is not None else 0]
    return [m.year if (m := month_of(cell)) else None for cell in cells]


def _number(cell: Value) -> Value:
    text = str(cell).strip() if cell is not None else ""
    return text.removesuffix(".0") if text else None


def month_of(cell: Value) -> date | None:
    """The first day of the month that a cell names."""
    if isinstance(cell, str) and cell.strip().isdigit() and len(cell.strip()) == 5:
        cell = int(cell)
    month = parsing.month(parsing.as_date(cell))
    if isinstance(month, date):
        return month
    found = period_in(cell)
    return date(found[0].year, found[0].month, 1) if found else None


def _credit_sign(plan: TablePlan, rows: Rows, amounts: Sequence[Value]) -> list[int]:
    """-1 for rows that are credit notes written without a minus, else 1."""
    signs = [1] * len(amounts)
    if plan.kind is None:
        return signs
    kinds = rows.looked.columns[plan.kind]
    credit = [n for n, kind in enumerate(kinds) if kind is not None and state_of(kind) == "credit"]
    positive = [n for n in credit if isinstance(a := amounts[n], int | float) and a > 0]
    if not positive:
        return signs
    if len(positive) < sum(bool(amounts[n]) for n in credit):
        message = _(
            "“{sheet}”: some credit notes are below zero and some above, such as in line {line}; give all one sign"
        )
        raise DataError(message.format(sheet=rows.table.name, line=f"{rows.table.lines[positive[0]]:,}"))
    for n in positive:
        signs[n] = -1
    text = _("“{sheet}”: {n} credit notes without a minus were taken off: {sum}.")
    total = fsum(float(amounts[n]) for n in positive)  # type: ignore[arg-type]
    rows.looked.told.append(text.format(sheet=rows.table.name, n=f"{len(positive):,}", sum=f"{total:,.2f}"))
    return signs


def by_year(plan: TablePlan, rows: Rows) -> Reduced:
    """Revenue by account and year, of the rows that count."""
    amounts, years = rows.numbers(plan.amount or 0), _years(plan, rows)
    signs = _credit_sign(plan, rows, amounts)
    labels = [None if rows.labels[n] is None else rows.labels[n] for n in range(len(amounts))]
    undated = [n for n, year in enumerate(years) if year is None]
    sums = _totals(rows, labels, amounts, undated)
    parts: dict[str, dict[int, list[float]]] = {}
    for n, (amount, year) in enumerate(zip(amounts, years, strict=True)):
        if n in sums:
            rows.leave(_("the sum of others"), n, amount)
        elif amount is None and year is None:
            continue  # a footer
        elif not rows.counts(n):
            rows.leave(state_reason(plan, rows, n), n, amount)
        elif not isinstance(amount, int | float) or isinstance(amount, bool):
            rows.leave(_("as the amount is no number"), n, amount, doubt=True)
        elif year is None:
            rows.leave(_("as it has no date"), n, amount, doubt=True)
        elif (key := rows.key(n)) is None:
            rows.leave(_("as it names no account"), n, amount, doubt=True)
        else:
            parts.setdefault(key, {}).setdefault(year, []).append(amount * signs[n])
    found = sorted({year for some in parts.values() for year in some})
    names = [str(year) for year in found]
    result: list[list[Value]] = [
        [rows.names[key], *(rounded(fsum(some[year])) if year in some else None for year in found)]
        for key, some in parts.items()
    ]
    total = fsum(a for some in parts.values() for year in some.values() for a in year)
    n = sum(len(year) for some in parts.values() for year in some.values())
    told = _told(plan, rows, n, total)
    if not parts:
        message = _("“{sheet}”: none of its {n} rows counts; see --date, --amount and --count")
        raise DataError(message.format(sheet=rows.table.name, n=f"{len(amounts):,}"))
    return Reduced("revenue", names, result, told=[told])


def _totals(rows: Rows, labels: Sequence[Value], amounts: Sequence[Value], undated: Sequence[int]) -> set[int]:
    """The rows without a date that are the sum of all the others."""
    if not undated:
        return set()
    dated = set(range(len(amounts))) - set(undated)
    total = fsum(float(amounts[n]) for n in dated if isinstance(amounts[n], int | float))  # type: ignore[arg-type]
    return {
        n
        for n in undated
        if isinstance(a := amounts[n], int | float) and a and abs(a - total) <= 0.01 * max(1, len(dated))
    }


def state_reason(plan: TablePlan, rows: Rows, n: int) -> str:
    """Why a row does not count, by its status or its type."""
    place = plan.status
    if plan.kind is not None and state_of(rows.looked.columns[plan.kind][n]) == "void":
        place = plan.kind
    cell = rows.looked.columns[place or 0][n]
    state = one_line(str(cell)) if cell is not None else _("no status")
    if simplify(state) in plan.open:
        return _("open: “{state}” is pipeline, no revenue").format(state=state)
    return _("“{state}” does not count").format(state=state)


def _told(plan: TablePlan, rows: Rows, n: int, total: float) -> str:
    what = {
        "ledger": _("“{sheet}”: a ledger, {account} by {date}; {amount} of {n} rows: {total}."),
        "opportunities": _("“{sheet}”: opportunities, {account} by {date}; {amount} of {n} won: {total}."),
    }[plan.shape]
    place = next(p for p in (plan.date, plan.year, plan.month, plan.account) if p is not None)
    headings = rows.looked.heading
    return what.format(
        sheet=rows.table.name, account=f"“{headings(plan.account)}”", date=f"“{headings(place)}”",
        amount=f"“{headings(plan.amount or 0)}”", n=f"{n:,}", total=f"{total:,.2f}",
    )  # fmt: skip
