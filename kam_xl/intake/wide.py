"""A column for each month, quarter or half: revenue of the years, or MRR of the months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake.counted import Rows, as_float, rounded
from kam_xl.intake.plan import Reduced, TablePlan
from kam_xl.intake.totals import left_out
from kam_xl.locale import _


def wide(plan: TablePlan, rows: Rows) -> Reduced:
    """Amounts by month, quarter or half: revenue of the years, or MRR of the months."""
    columns = {place: rows.numbers(place) for place in (*plan.periods, *plan.years)}
    table = [
        [float(c) if isinstance(c := columns[p][n], int | float) and not isinstance(c, bool) else None for p in columns]
        for n in range(len(rows.table.rows))
    ]
    _fill_down(plan, rows)
    left = left_out(rows.labels, table, rows.looked.answers.totals)
    keep = [n for n in range(len(table)) if n not in left]
    for n in left:
        rows.leave(_("the sum of others"), n, fsum(a or 0.0 for a in table[n]))
    bad = [
        (n, p)
        for n in keep
        for p in columns
        if isinstance(columns[p][n], str | bool) and any(a is not None for a in table[n])
    ]
    if bad:
        n, p = bad[0]
        message = _("“{sheet}”, line {line}: “{text}” under “{column}” is no number; mend it")
        raise DataError(message.format(
            sheet=rows.table.name, line=f"{rows.table.lines[n]:,}", text=columns[p][n], column=rows.looked.heading(p)
        ))  # fmt: skip
    keep = [n for n in keep if any(a is not None for a in table[n]) or rows.labels[n] is not None]
    footers = [
        n for n in keep if left and n > max(left) and not any(table[n][k] is not None for k in range(len(columns)))
    ]
    keep = [n for n in keep if n not in footers]
    others = [rows.looked.heading(p) for p, pr in enumerate(rows.looked.profiles) if pr.filled and p not in columns]
    others = [name for name in others if name != rows.looked.heading(plan.account)]
    if others:
        text = _("“{sheet}”: columns not read: {names}.")
        rows.looked.told.append(text.format(sheet=rows.table.name, names=", ".join(others)))
    return _months_of(plan, rows, columns, keep) if plan.recurring else _years_of(plan, rows, columns, keep)


def _fill_down(plan: TablePlan, rows: Rows) -> None:
    """Give rows below a label that stands once the same label, where the table is written in groups."""
    blank = [n for n, label in enumerate(rows.labels) if label is None]
    beside = [p for p, pr in enumerate(rows.looked.profiles) if pr.kind == "text" and p != plan.account]
    groups = [n for n in blank if n and any(rows.table.rows[n][p] is not None for p in beside)]
    if len(groups) * 4 < len(rows.labels) or not groups:
        return
    for n in groups:
        rows.labels[n] = rows.labels[n - 1]
    text = _("“{sheet}”: {n} blank cells under “{column}” were filled from above.")
    rows.looked.told.append(
        text.format(sheet=rows.table.name, n=f"{len(groups):,}", column=rows.looked.heading(plan.account))
    )


def _months_of(plan: TablePlan, rows: Rows, columns: dict[int, list[Value]], keep: Sequence[int]) -> Reduced:
    """MRR of each month."""
    found: dict[tuple[date, str], list[float]] = {}
    for n in keep:
        key = rows.key(n)
        for place, period in plan.periods.items():
            value = columns[place][n]
            if key is not None and isinstance(value, int | float):
                found.setdefault((date(period.year, period.month, 1), key), []).append(value)
    made: list[list[Value]] = [[month, rows.names[key], rounded(fsum(v))] for (month, key), v in sorted(found.items())]
    text = _("“{sheet}”: {n} months of MRR; if they are revenue, say --months revenue.")
    return Reduced("mrr", [""], made, told=[text.format(sheet=rows.table.name, n=len(plan.periods))])


def _years_of(plan: TablePlan, rows: Rows, columns: dict[int, list[Value]], keep: Sequence[int]) -> Reduced:
    """Revenue of each year, from its months or quarters; a column of the whole year must agree with them."""
    finest: dict[int, dict[int, int]] = {}
    for place, period in plan.periods.items():
        finest.setdefault(period.year, {})[place] = period.months
    used = {y: [p for p, months in some.items() if months == min(some.values())] for y, some in finest.items()}
    parts: dict[str, dict[int, list[float]]] = {}
    for n in keep:
        key = rows.key(n)
        if key is None:
            rows.leave(_("as it names no account"), n, fsum(as_float(columns[p][n]) for p in plan.periods), doubt=True)
            continue
        account = parts.setdefault(key, {})
        for year, places in used.items():
            values = [float(v) for p in places if isinstance(v := columns[p][n], int | float)]
            if values:
                account.setdefault(year, []).extend(values)
        for place, text in plan.years.items():
            value = columns[place][n]
            year = int(text)
            if not isinstance(value, int | float):
                continue
            if year not in used:
                account.setdefault(year, []).append(value)
            elif abs(value - fsum(as_float(columns[p][n]) for p in used[year])) > 0.05:
                message = _(
                    "“{sheet}”, line {line}: “{column}” is not the sum of its months or quarters; leave one of them out"
                )
                raise DataError(message.format(
                    sheet=rows.table.name, line=f"{rows.table.lines[n]:,}", column=rows.looked.heading(place)
                ))  # fmt: skip
    years = sorted({*used, *(int(y) for y in plan.years.values())})
    made: list[list[Value]] = [
        [rows.names[key], *(rounded(fsum(some[year])) if year in some else None for year in years)]
        for key, some in parts.items()
    ]
    months = {str(y): sum(plan.periods[p].months for p in places) for y, places in used.items()}
    text = _("“{sheet}”: revenue by month or quarter, added up to years ({total}); if it is MRR, say --months mrr.")
    if not used:
        text = _("“{sheet}”: revenue of the year in its name ({total}).")
    total = fsum(a for some in parts.values() for v in some.values() for a in v)
    told = [text.format(sheet=rows.table.name, total=f"{total:,.2f}")]
    return Reduced("revenue", [str(y) for y in years], made, {y: m for y, m in months.items() if m < 12}, told)
