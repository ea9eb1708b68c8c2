"""Prioritise: the Pareto table and the ABC tiers."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis.abc import Codes, tier_summary, tiers
from kam_xl.analysis.compare import Floats
from kam_xl.analysis.pareto import pareto
from kam_xl.functions.arguments import A_CUT, ACCOUNTS, B_CUT, CUT, HEADERS, REVENUE, REVENUE_BY_YEAR, RULE
from kam_xl.functions.registry import worksheet_function

CATEGORY = "Prioritise"
TIERS = np.array(["", "A", "B", "C"], dtype=object)


def _tiers(revenue: Floats, a_cut: float, b_cut: float, rule: str) -> Codes:
    return tiers(revenue, a_cut, b_cut, within=rule == "within")


@worksheet_function(
    CATEGORY,
    "table",
    "The Pareto table: accounts from the largest to the smallest, their shares of revenue, the share they add up to, "
    "and whether they are one of the vital few.",
    ACCOUNTS,
    REVENUE,
    HEADERS,
    CUT,
    columns=("Rank", "Account", "Revenue", "Share", "Cumulative share", "Vital few"),
)
def KAM_PARETO(accounts: list[Any], revenue: Floats, cut: float) -> list[Any]:
    """Rank, account, revenue, share, cumulative share, vital few; the largest account first.

    Sorted by revenue as it stands; equal revenue keeps the order of the input, and ranks run 1, 2, 3 without gaps.
    Shares are of the positive revenue: negative revenue counts as 0. The cumulative share ends at exactly 1. The vital
    few are the fewest largest accounts that together reach the cut: those with positive revenue before which the
    cumulative share is still below it.

    A row with neither account nor revenue is left out. An account without revenue is listed last, after negative
    revenue, with 0. Revenue without an account keeps a blank name. Without any positive revenue all shares are 0 and
    no account is vital.

    Examples
    --------
    >>> for row in KAM_PARETO(["Ash", "Birch", "Cedar"], [10, 60, 30], True):
    ...     print(row)
    ['Rank', 'Account', 'Revenue', 'Share', 'Cumulative share', 'Vital few']
    [1, 'Birch', 60.0, 0.6, 0.6, True]
    [2, 'Cedar', 30.0, 0.3, 0.9, True]
    [3, 'Ash', 10.0, 0.1, 1.0, False]
    """
    spare = [row for row in np.flatnonzero(np.isnan(revenue)).tolist() if accounts[row] == ""]
    if spare:
        unlisted = frozenset(spare)
        accounts = [account for row, account in enumerate(accounts) if row not in unlisted]
        revenue = np.delete(revenue, spare)
    found = pareto(revenue, cut)
    return [
        range(1, revenue.size + 1),
        [accounts[row] for row in found.order.tolist()],
        found.revenue,
        found.share,
        found.cumulative,
        found.vital,
    ]


@worksheet_function(
    CATEGORY,
    "column",
    "The ABC tier of each account: A for the accounts that make the first 80 % of revenue, B up to 95 %, C for the "
    "rest. Blank rows stay blank.",
    REVENUE,
    A_CUT,
    B_CUT,
    RULE,
    text=True,
)
def KAM_ABC(revenue: Floats, a_cut: float, b_cut: float, rule: str) -> Any:
    """Tier A, B or C per account, in the order of the input.

    Sorted by revenue, an account is A while the share of revenue before it is below `a_cut`, B while it is below
    `b_cut`, else C: the account that crosses the line is inside. With rule "within" it is inside only if the share
    including it is not above the cut.

    Equal revenue, equal tier: that of the first of them. Zero and negative revenue is C and adds nothing to any total.
    A row whose cells are all blank has no tier. Comparisons carry a relative tolerance of 1e-9.

    Examples
    --------
    >>> KAM_ABC([[70], [30], [""]], 0.7, 0.9)
    [['A'], ['B'], ['']]
    >>> KAM_ABC([[70], [30]], 0.7, 0.9, "within")
    [['A'], ['C']]
    >>> KAM_ABC([["n/a"], [30]])
    '#KAM! KAM_ABC: revenue row 1 is text ("n/a"); type a number or leave it blank'
    """
    return TIERS[_tiers(revenue, a_cut, b_cut, rule)]


@worksheet_function(
    CATEGORY,
    "matrix",
    "The ABC tier of each account in each year. Every year is a column and stands by itself.",
    REVENUE_BY_YEAR,
    A_CUT,
    B_CUT,
    RULE,
    text=True,
)
def KAM_ABC_BY_YEAR(revenue_by_year: Floats, a_cut: float, b_cut: float, rule: str) -> Any:
    """Tier A, B or C per account and year: `KAM_ABC` of each column.

    An account that is blank in a year has no tier in that year.

    Examples
    --------
    >>> KAM_ABC_BY_YEAR([[90, 10], [10, 90], ["", 5]])
    [['A', 'B'], ['B', 'A'], ['', 'C']]
    """
    return TIERS[np.column_stack([_tiers(year, a_cut, b_cut, rule) for year in revenue_by_year.T])]


@worksheet_function(
    CATEGORY,
    "table",
    "The ABC tiers in three rows: how many accounts each has, and their revenue, with the share of accounts beside "
    "the share of revenue.",
    REVENUE,
    A_CUT,
    B_CUT,
    RULE,
    HEADERS,
    columns=("Tier", "Accounts", "Share of accounts", "Revenue", "Share of revenue"),
)
def KAM_ABC_SUMMARY(revenue: Floats, a_cut: float, b_cut: float, rule: str) -> list[Any]:
    """Tier, accounts, share of accounts, revenue, share of revenue: always the three rows A, B and C.

    Revenue is as it stands, negative revenue included; its shares are of the positive revenue and sum to 1. Blank rows
    are no accounts. Without accounts everything is 0, without positive revenue the shares of revenue are 0.

    Examples
    --------
    >>> KAM_ABC_SUMMARY([60, 25, 12, 3])
    [['A', 2, 0.5, 85.0, 0.85], ['B', 1, 0.25, 12.0, 0.12], ['C', 1, 0.25, 3.0, 0.03]]
    """
    found = tier_summary(revenue, _tiers(revenue, a_cut, b_cut, rule))
    return [TIERS[1:], found.accounts, found.share_of_accounts, found.revenue, found.share_of_revenue]


@worksheet_function(
    CATEGORY,
    "table",
    "The accounts whose ABC tier in the last year differs from the first year, and whether they moved up or down, "
    "are new or lost.",
    ACCOUNTS,
    REVENUE_BY_YEAR,
    A_CUT,
    B_CUT,
    RULE,
    HEADERS,
    columns=("Account", "First year", "Last year", "Change"),
)
def KAM_ABC_CHANGES(accounts: list[Any], revenue_by_year: Floats, a_cut: float, b_cut: float, rule: str) -> list[Any]:
    """Account, tier in the first year, tier in the last year, change; in the order of the input.

    The change is "up" (B to A) or "down", "new" for an account that is blank in the first year, "lost" for one that is
    blank in the last. Accounts that keep their tier are not listed; years between the first and the last play no part.

    Examples
    --------
    >>> KAM_ABC_CHANGES(["Ash", "Birch", "Cedar"], [[90, 10], [10, 90], ["", 5]])
    [['Ash', 'A', 'B', 'down'], ['Birch', 'B', 'A', 'up'], ['Cedar', '', 'C', 'new']]
    """
    first, last = (_tiers(revenue_by_year[:, year], a_cut, b_cut, rule) for year in (0, -1))
    moved = np.flatnonzero(first != last)
    first, last = first[moved], last[moved]
    change = np.select([first == 0, last == 0, last < first], ["new", "lost", "up"], "down")
    return [[accounts[row] for row in moved.tolist()], TIERS[first], TIERS[last], change]
