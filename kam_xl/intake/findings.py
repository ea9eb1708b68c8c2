"""What tables that were read show to a second look: a month left out, the invoice of a year, numbers without zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from statistics import median

from kam_xl.content.tables import Tables
from kam_xl.locale import _

_LOST = re.compile(r"\d(?:[.,]\d+)?[eE][+]?\d+")
_SHOWN = 8


def findings(tables: Tables) -> list[str]:
    """Lines about what a person should look at.

    >>> rows = [(date(2025, month, 1), "Aurelia", [9]) for month in (1, 3)]
    >>> findings(Tables(mrr=rows))
    ['There is no MRR of 2025-02, between months that have some: the months before and after are compared.']
    """
    return [*_months_missing(tables), *_of_a_year(tables), *_numbers(tables)]


def _months_missing(tables: Tables) -> Iterator[str]:
    months = {month.year * 12 + month.month - 1 for month, *_rest in tables.mrr if isinstance(month, date)}
    missing = [n for n in range(min(months, default=0), max(months, default=0)) if n not in months]
    if missing:
        names = ", ".join(f"{n // 12}-{n % 12 + 1:02}" for n in missing[:_SHOWN])
        text = _(
            "There is no MRR of {months}, between months that have some: the months before and after are compared."
        )
        yield text.format(months=names + (", …" if len(missing) > _SHOWN else ""))


def _of_a_year(tables: Tables) -> Iterator[str]:
    """MRR in one month only, much larger than that of others: what is invoiced once a year."""
    by_account: dict[str, dict[date, float]] = {}
    for month, account, values in tables.mrr:
        amounts = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
        if isinstance(month, date) and amounts:
            by_account.setdefault(str(account), {})[month] = sum(amounts)
    all_months = {month for some in by_account.values() for month in some}
    others = [amount for some in by_account.values() if len(some) > 1 for amount in some.values() if amount > 0]
    if len(all_months) < 3 or not others:
        return
    usual, last = median(others), max(all_months)
    for account, some in by_account.items():
        ((month, amount), *more) = some.items()
        if not more and month < last and amount >= 5 * usual:
            text = _(
                "{account}: {amount:,} in {month} and no MRR after: if that is an invoice of a year, enter {part:,.2f}."
            )
            yield text.format(account=account, amount=amount, month=f"{month:%Y-%m}", part=amount / 12)


def _numbers(tables: Tables) -> Iterator[str]:
    """Numbers of accounts that a spreadsheet has shortened, and those that differ by zeros in front."""
    names = list(dict.fromkeys(str(row["account"]) for row in tables.accounts if row.get("account") is not None))
    lost = [name for name in names if _LOST.fullmatch(name)]
    if lost:
        text = _("Numbers of accounts have lost digits and may stand for several: {names}; export them as text.")
        yield text.format(names=", ".join(lost[:_SHOWN]))
    by_value: dict[int, list[str]] = {}
    for name in names:
        if name.isascii() and name.isdigit() and len(name) <= 30:
            by_value.setdefault(int(name), []).append(name)
    pairs = [" / ".join(some) for some in by_value.values() if len(some) > 1]
    if pairs:
        text = _("Numbers of accounts that differ only by zeros in front were kept apart: {pairs}.")
        yield text.format(pairs=", ".join(pairs[:_SHOWN]))
