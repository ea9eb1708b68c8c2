"""What would become of a user's table, in a few lines with its sums: the plan, before anything is written."""

from __future__ import annotations

from datetime import date
from math import fsum

from kam_xl.content.records import RECORDS
from kam_xl.content.tables import Tables, Value
from kam_xl.locale import _


def summary(tables: Tables) -> list[str]:
    """The sums of the tables: accounts, revenue by year, MRR of the first and last month, rows of the other sheets.

    >>> summary(Tables(accounts=[{"account": "Aurelia"}], years=["2024", "2025"], revenue=[("Aurelia", [1, 2.5])]))
    ['1 account', 'Revenue 2024: 1.00', 'Revenue 2025: 2.50']
    """
    n = sum(map(bool, tables.accounts))
    lines = [_("1 account") if n == 1 else _("{n} accounts").format(n=f"{n:,}")]
    for place, year in enumerate(tables.years):
        amounts = [values[place] for _account, values in tables.revenue]
        if any(amount is not None for amount in amounts):
            lines.append(_("Revenue {year}: {sum}").format(year=year, sum=f"{_sum(amounts):,.2f}"))
    by_month: dict[date, list[Value]] = {}
    for month, _account, values in tables.mrr:
        if isinstance(month, date):
            by_month.setdefault(month, []).extend(values)
    for month in sorted({min(by_month), max(by_month)}) if by_month else ():
        lines.append(_("MRR {month}: {sum}").format(month=f"{month:%Y-%m}", sum=f"{_sum(by_month[month]):,.2f}"))
    for key, rows in tables.records.items():
        lines.append(_("{sheet}: {n} rows").format(sheet=RECORDS[key].sheet, n=f"{len(rows):,}"))
    return lines


def _sum(values: list[Value]) -> float:
    return fsum(v for v in values if isinstance(v, int | float) and not isinstance(v, bool))
