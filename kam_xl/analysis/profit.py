"""Profit: what each account leaves after its costs, what to do about it, and who makes the profit of all."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import TOLERANCE, Floats, below
from kam_xl.analysis.pareto import pareto

NONE, PROTECT, REPRICE, MAINTAIN, EXIT = 0, 1, 2, 3, 4


def margins(revenue: Floats, profit: Floats) -> Floats:
    """Profit over revenue; NaN where the revenue is not positive.

    Examples
    --------
    >>> margins(np.array([200.0, 0.0]), np.array([50.0, -10.0])).tolist()
    [0.25, nan]
    """
    result = np.full(revenue.size, np.nan)
    np.divide(profit, revenue, out=result, where=revenue > 0)
    return result


def quadrants(
    revenue: Floats, cost_to_serve: Floats, revenue_line: float | None = None, cost_line: float | None = None
) -> NDArray[np.int8]:
    """Quadrant of each account in the matrix of revenue against the cost to serve it.

    A number at or above its line (with the relative tolerance) is high. High revenue at low cost: `PROTECT`; high at
    high: `REPRICE`; low at low: `MAINTAIN`; low revenue at high cost: `EXIT`. After Shapiro, Rangan, Moriarty and Ross,
    "Manage Customers for Profits (Not Just Sales)", Harvard Business Review 1987.

    Parameters
    ----------
    revenue, cost_to_serve
        One number per account, one currency; NaN is unknown.
    revenue_line, cost_line
        None: the median over the accounts of which both numbers are known.

    Returns
    -------
    NDArray[np.int8]
        A quadrant per account; `NONE` where one of the numbers is NaN.

    Examples
    --------
    >>> found = quadrants(np.array([90.0, 80.0, 10.0, 20.0]), np.array([1.0, 9.0, 2.0, 8.0]))
    >>> found.tolist() == [PROTECT, REPRICE, MAINTAIN, EXIT]
    True
    """
    known = ~(np.isnan(revenue) | np.isnan(cost_to_serve))
    found = np.zeros(revenue.size, dtype=np.int8)
    if not known.any():
        return found
    if revenue_line is None:
        revenue_line = float(np.median(revenue[known]))
    if cost_line is None:
        cost_line = float(np.median(cost_to_serve[known]))
    cheap = below(cost_to_serve[known], cost_line)
    high = np.where(cheap, PROTECT, REPRICE)
    low = np.where(cheap, MAINTAIN, EXIT)
    found[known] = np.where(below(revenue[known], revenue_line), low, high)
    return found


@dataclass(frozen=True, slots=True)
class Whale:
    """A whale curve; every field has one entry per account, the most profitable first."""

    order: NDArray[np.intp]  # position of the account in the input
    profit: Floats  # 0 where it was NaN
    cumulative: Floats  # the profit of this account and all before it
    share: Floats  # cumulative over the total, ends at exactly 1; NaN if the total is not positive


def whale(profit: Floats) -> Whale:
    """The whale curve: the profit that the most profitable accounts make, and how much of it the others lose.

    The curve rises above 100 % and falls back to it at the accounts that lose money (Kaplan and Narayanan, "Measuring
    and Managing Customer Profitability", Journal of Cost Management 2001).

    Parameters
    ----------
    profit
        One number per account, any unit. NaN is an account without a known profit: it is listed last, with 0.

    Examples
    --------
    >>> curve = whale(np.array([-50.0, 100.0, 50.0]))
    >>> curve.order.tolist(), curve.cumulative.tolist(), curve.share.tolist()
    ([1, 2, 0], [100.0, 150.0, 100.0], [1.0, 1.5, 1.0])
    """
    table = pareto(profit)
    cumulative = np.cumsum(table.revenue)
    total = float(cumulative[-1]) if cumulative.size else 0.0
    # what the losses leave of the peak is compared with it: a total of nothing but rounding is 0
    positive = total > TOLERANCE * float(np.max(cumulative, initial=0.0))
    return Whale(table.order, table.revenue, cumulative, cumulative / (total if positive else math.nan))
