"""Concentration: how much of the revenue hangs on few accounts.

Every measure takes one revenue per account (any unit; NaN is no account; negative revenue counts as 0) and is NaN if
there is no positive revenue.
"""

from __future__ import annotations

import math

import numpy as np

from kam_xl.analysis.compare import TOLERANCE, Floats
from kam_xl.analysis.pareto import clamped, pareto


def _accounts(revenue: Floats) -> Floats:
    return np.asarray(clamped(revenue[~np.isnan(revenue)]))


def top_share(revenue: Floats, share: float = 0.2) -> float:
    """Share of revenue, 0..1, that the largest accounts make: `share` of all accounts, rounded up, at least one.

    Examples
    --------
    >>> top_share(np.array([60.0, 20.0, 10.0, 5.0, 5.0]))
    0.6
    """
    counted = _accounts(revenue)
    running = np.cumsum(np.sort(counted)[::-1])
    if not running.size or not running[-1] > 0:
        return math.nan
    accounts = max(1, math.ceil(share * running.size * (1 - TOLERANCE)))
    return float(running[min(accounts, running.size) - 1] / running[-1])


def vital_share(revenue: Floats, cut: float = 0.8) -> float:
    """Share of accounts, 0..1, that together make `cut` of the revenue: the vital few over all; 0 without revenue.

    Examples
    --------
    >>> vital_share(np.array([60.0, 20.0, 10.0, 5.0, 5.0]))
    0.4
    """
    counted = _accounts(revenue)
    return float(np.count_nonzero(pareto(counted, cut).vital) / counted.size) if counted.size else math.nan


def hhi(revenue: Floats) -> float:
    """Herfindahl-Hirschman index, 0..10,000: the sum of the squared shares in per cent.

    Source: Herfindahl (1950), Hirschman (1945); the scale is that of the US merger guidelines.

    Examples
    --------
    >>> hhi(np.array([20.0, 30.0, 50.0]))
    3800.0
    """
    counted = _accounts(revenue)
    total = counted.sum()
    return float(np.sum((counted / total * 100) ** 2)) if total > 0 else math.nan


def gini(revenue: Floats) -> float:
    """Gini coefficient, 0 (all accounts alike) to 1, without small-sample correction.

    Half the relative mean absolute difference, from the sorted values: sum((2i - n - 1) x_i) / (n sum(x)),
    i = 1..n from the smallest (Gini 1912; Dixon et al. 1987).

    Examples
    --------
    >>> round(gini(np.array([1.0, 3, 2, 1, 1, 1, 4])), 7)
    0.3076923
    """
    counted = np.sort(_accounts(revenue))
    total = counted.sum()
    if not total > 0:
        return math.nan
    place = 2.0 * np.arange(1, counted.size + 1) - counted.size - 1
    return max(0.0, float(np.sum(place * (counted / total)) / counted.size))
