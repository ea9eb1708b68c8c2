"""The rows of a table, by its plan, as amounts of accounts by year or by month."""

from __future__ import annotations

from kam_xl.intake.by_month import by_month
from kam_xl.intake.by_year import by_year
from kam_xl.intake.counted import Rows
from kam_xl.intake.looked import Looked
from kam_xl.intake.plan import Reduced, TablePlan
from kam_xl.intake.wide import wide


def reduced(plan: TablePlan, looked: Looked) -> Reduced:
    """The rows of a table as amounts of accounts.

    Raises
    ------
    DoubtError
        Where currencies are mixed, or something else changes amounts.
    """
    rows = Rows(plan, looked)
    if plan.shape == "wide":
        result = wide(plan, rows)
    elif plan.shape in ("ledger", "opportunities"):
        result = by_year(plan, rows)
    else:
        result = by_month(plan, rows)
    told, doubts = rows.remarks()
    result.told = [*result.told, *looked.told, *told]
    result.doubts += [*looked.table.doubts, *doubts]
    result.told += looked.table.told
    return result
