"""Profit and growth: margins, the profit matrix, the whale curve, lifetime value, white space."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis import profit as matrix
from kam_xl.analysis import whitespace
from kam_xl.analysis.compare import Flags, Floats
from kam_xl.analysis.lifetime import lifetime_value
from kam_xl.analysis.ordering import ranks
from kam_xl.functions import render
from kam_xl.functions.arguments import ACCOUNTS, HEADERS
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Profit"
REVENUE = Argument("revenue", "amounts", "Revenue, one row per account. Several columns are added up.")
QUADRANTS = np.array(["", "protect", "reprice", "maintain", "exit"], dtype=object)
ACTIONS = np.array(
    [
        "",
        "assign an executive sponsor, keep the price",
        "charge for service or lower its cost",
        "serve digitally, keep the terms",
        "set a minimum order or leave",
    ],
    dtype=object,
)
STATES = np.array(["", "sold", "open", "white space", "unknown potential"], dtype=object)


def _listed(accounts: list[Any], known: Flags) -> list[int]:
    """The rows that have an account or something known of it."""
    return [row for row, there in enumerate(known.tolist()) if there or accounts[row] != ""]


@worksheet_function(
    CATEGORY,
    "table",
    "Gross margin, cost to serve, profit and margin of each account.",
    ACCOUNTS,
    REVENUE,
    Argument("direct_cost", "amounts", "Cost of what was sold, one row per account. Several columns are added up."),
    Argument(
        "cost_to_serve",
        "amounts",
        "Cost of visits, support, delivery and the like, one row per account. Several columns are added up. "
        "0 if omitted.",
        optional=True,
    ),
    HEADERS,
    columns=("Account", "Revenue", "Gross margin", "Cost to serve", "Profit", "Margin"),
)
def KAM_PROFIT(accounts: list[Any], revenue: Floats, direct_cost: Floats, cost_to_serve: Floats | None) -> list[Any]:
    """Account, revenue, gross margin, cost to serve, profit, margin; in the order of the input.

    Gross margin is revenue less direct cost, profit is gross margin less cost to serve, margin is profit over revenue:
    n/a where the revenue is not positive. A blank number counts as 0 where another one of its row is there; an account
    without any number has blanks. A row with neither an account nor a number is left out.

    Examples
    --------
    >>> KAM_PROFIT(["Ash", "Birch"], [200, 0], [120, 5], [30, ""])
    [['Ash', 200.0, 80.0, 30.0, 50.0, 0.25], ['Birch', 0.0, -5.0, 0.0, -5.0, 'n/a']]
    """
    given = (revenue, direct_cost, np.full(revenue.size, np.nan) if cost_to_serve is None else cost_to_serve)
    known = ~np.logical_and.reduce([np.isnan(amounts) for amounts in given])
    income, direct, serving = (np.where(np.isnan(amounts) & known, 0.0, amounts) for amounts in given)
    gross = income - direct
    profit = gross - serving
    rows = _listed(accounts, known)
    margin = _available(matrix.margins(income, profit), known)
    return [
        [accounts[row] for row in rows],
        *(amounts[rows] for amounts in (income, gross, serving, profit)),
        [margin[row] for row in rows],
    ]


def _available(values: Floats, known: Flags) -> list[Any]:
    """Cells, with n/a for what cannot be computed although there is data."""
    found = render.cells(values)
    for row in np.flatnonzero(np.isnan(values) & known).tolist():
        found[row] = render.NOT_AVAILABLE
    return found


@worksheet_function(
    CATEGORY,
    "table",
    "Revenue against cost to serve: which accounts to protect, reprice, maintain or exit, and the action for each.",
    ACCOUNTS,
    REVENUE,
    Argument("cost_to_serve", "amounts", "Cost to serve, one row per account. Several columns are added up."),
    Argument("revenue_line", "number", "Revenue is high from here on. The median if omitted.", optional=True),
    Argument("cost_line", "number", "Cost to serve is high from here on. The median if omitted.", optional=True),
    HEADERS,
    columns=("Account", "Revenue", "Cost to serve", "Quadrant", "Action"),
)
def KAM_PROFIT_MATRIX(
    accounts: list[Any],
    revenue: Floats,
    cost_to_serve: Floats,
    revenue_line: float | None,
    cost_line: float | None,
) -> list[Any]:
    """Account, revenue, cost to serve, quadrant, action; in the order of the input.

    High is a number at or above its line, with the relative tolerance of 1e-9. "protect": high revenue at low cost;
    "reprice": high at high; "maintain": low at low; "exit": low revenue at high cost. The medians are those of the
    rows that have both numbers, with or without an account; a row that lacks one has no quadrant. A row with neither
    an account nor a number is left out.

    Examples
    --------
    >>> for row in KAM_PROFIT_MATRIX(["Ash", "Birch", "Cedar"], [90, 20, ""], [1, 8, 2]):
    ...     print(row)
    ['Ash', 90.0, 1.0, 'protect', 'assign an executive sponsor, keep the price']
    ['Birch', 20.0, 8.0, 'exit', 'set a minimum order or leave']
    ['Cedar', '', 2.0, '', '']
    """
    rows = _listed(accounts, ~(np.isnan(revenue) & np.isnan(cost_to_serve)))
    quadrant = matrix.quadrants(revenue, cost_to_serve, revenue_line, cost_line)[rows]
    return [
        [accounts[row] for row in rows],
        revenue[rows],
        cost_to_serve[rows],
        QUADRANTS[quadrant],
        ACTIONS[quadrant],
    ]


@worksheet_function(
    CATEGORY,
    "table",
    "The whale curve: accounts from the most to the least profitable, and the share of all profit that they make "
    "together.",
    ACCOUNTS,
    Argument("profit", "amounts", "Profit, one row per account. Several columns are added up."),
    HEADERS,
    columns=("Rank", "Account", "Profit", "Cumulative profit", "Share of profit"),
)
def KAM_WHALE(accounts: list[Any], profit: Floats) -> list[Any]:
    """Rank, account, profit, cumulative profit, share of profit; the largest profit first, equal ones as they came.

    The share is the cumulative profit over the total: it rises above 1 where others lose money, and ends at exactly
    1. It is n/a if the total is not positive; a total of less than 1e-9 of the largest cumulative profit counts as
    0. An account without a profit is listed last, with 0; a row with neither is left out.

    Examples
    --------
    >>> for row in KAM_WHALE(["Ash", "Birch", "Cedar"], [-50, 100, 50]):
    ...     print(row)
    [1, 'Birch', 100.0, 100.0, 1.0]
    [2, 'Cedar', 50.0, 150.0, 1.5]
    [3, 'Ash', -50.0, 100.0, 1.0]
    """
    rows = np.array(_listed(accounts, ~np.isnan(profit)), dtype=np.intp)
    curve = matrix.whale(profit[rows])
    order = rows[curve.order].tolist()
    return [
        list(range(1, len(order) + 1)),
        [accounts[row] for row in order],
        curve.profit,
        curve.cumulative,
        _available(curve.share, np.ones(len(order), dtype=np.bool_)),
    ]


@worksheet_function(
    CATEGORY,
    "column",
    "Customer lifetime value: what the yearly margins to come are worth, after losses of accounts and discount.",
    Argument("margin", "column", "Margin of a year, one per account. Blank cells stay blank."),
    Argument(
        "retention",
        "column",
        "The share of such accounts that are kept from year to year, 0 to 1, one per account. All are kept if omitted.",
        optional=True,
        limit="part",
    ),
    Argument(
        "discount",
        "number",
        "The rate a year at which later money counts less, 0.1 for 10 %. 0 if omitted.",
        optional=True,
        default=0.0,
        limit="not negative",
    ),
    Argument("years", "number", "How many years count. All years to come if omitted.", True, limit="positive"),
)
def KAM_CLV(margin: Floats, retention: Floats | None, discount: float, years: float | None) -> list[Any]:
    """Value per account: the sum over the years t = 1, 2, … of margin * retention ** t / (1 + discount) ** t.

    For ever that is margin * retention / (1 + discount - retention); n/a where this sum has no end, that is, where all
    accounts are kept and nothing is discounted. Without a discount and with all kept it is margin * years. A blank
    margin, or a blank cell among the retentions, leaves the result of its row blank.

    Examples
    --------
    >>> [[round(value, 6)] for (value,) in KAM_CLV(5241.6, 0.75, 0.1)]
    [[11232.0]]
    >>> KAM_CLV([100, ""], "", "", 3)
    [[300.0], ['']]
    """
    kept = np.ones(margin.size) if retention is None else retention
    return _available(lifetime_value(margin, kept, discount, years), ~(np.isnan(margin) | np.isnan(kept)))


@worksheet_function(
    "Grow",
    "table",
    "White space: what each account buys of each division, the share of wallet, and what is left to win, the largest "
    "gap first.",
    ACCOUNTS,
    Argument("divisions", "labels", "The divisions or products, one per row: one column."),
    Argument("sold", "column", "What the account buys of the division. Blank: nothing."),
    Argument("potential", "column", "What the account could buy of the division, from anybody. Blank: unknown."),
    HEADERS,
    columns=("Account", "Division", "Sold", "Potential", "Share of wallet", "Gap", "State"),
)
def KAM_WHITESPACE(accounts: list[Any], divisions: list[Any], sold: Floats, potential: Floats) -> list[Any]:
    """Account, division, sold, potential, share of wallet, gap, state; the largest gap first, unknown ones last.

    "sold": as much as the potential or more (with the relative tolerance of 1e-9), the gap is 0; "open": a part of it;
    "white space": nothing; "unknown potential": something is sold, but there is no potential: share n/a, gap blank.
    Negative numbers are shown, but count as 0. Equal gaps keep the order of the input. A row is left out if it has
    neither an account nor a division, or if nothing is sold and nothing could be.

    Examples
    --------
    >>> for row in KAM_WHITESPACE(["Ash", "Ash", "Birch"], ["Pumps", "Valves", "Pumps"], [50, 2500, ""], ["", 1e4, 90]):
    ...     print(row)
    ['Ash', 'Valves', 2500.0, 10000.0, 0.25, 7500.0, 'open']
    ['Birch', 'Pumps', '', 90.0, 0.0, 90.0, 'white space']
    ['Ash', 'Pumps', 50.0, '', 'n/a', '', 'unknown potential']
    """
    found = whitespace.wallet(sold, potential)
    order = [
        row
        for row in np.argsort(ranks(found.gap), kind="stable").tolist()  # NaN, without a place, sorts last
        if found.state[row] != whitespace.NONE and (accounts[row] != "" or divisions[row] != "")
    ]
    return [
        [accounts[row] for row in order],
        [divisions[row] for row in order],
        sold[order],
        potential[order],
        _available(found.share[order], np.ones(len(order), dtype=np.bool_)),
        found.gap[order],
        STATES[found.state[order]],
    ]
