"""The plan of a table: what each column is, what counts, what is left out, which doubts are open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kam_xl.content.tables import Value
from kam_xl.intake.periods import Period

Shape = Literal["ledger", "opportunities", "movements", "subscriptions", "monthly", "wide", "arr"]


@dataclass
class TablePlan:
    """How a table becomes amounts of accounts.

    Attributes
    ----------
    shape
        What the table is.
    account, date, amount, plan, status, kind, currency, end, month, year
        The place of the column that holds it; None where there is none. `month` and `year` hold a part of a year.
    periods
        Of a table that is wide: the part of a year that each column holds, and the whole years beside.
    years
        The whole years beside, by the place of their column.
    interval
        The place of the column that says for how long an amount is: a month, a year.
    recurring
        Whether the amounts are MRR.
    divide
        By how much an amount is divided to be one of a month.
    counts
        The words of the status whose rows count, simplified; None where every row counts.
    """

    shape: Shape
    account: int
    date: int | None = None
    amount: int | None = None
    plan: int | None = None
    status: int | None = None
    kind: int | None = None
    currency: int | None = None
    end: int | None = None
    month: int | None = None
    year: int | None = None
    interval: int | None = None
    periods: dict[int, Period] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    recurring: bool = False
    divide: int = 1
    counts: frozenset[str] | None = None
    open: frozenset[str] = frozenset()
    day_first: bool = True


@dataclass
class Reduced:
    """What a table was made into.

    Attributes
    ----------
    holds
        ``revenue``: account and one value for each of `names`, years; ``mrr``: month (None: of the report), account and
        one value for each of `names`, plans ("" where the table has none).
    rows
        Those rows.
    months
        Of years that are not whole, how many months.
    told, doubts
        What was done; what a person should look at.
    """

    holds: str
    names: list[str]
    rows: list[list[Value]]
    months: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
