"""Risk: who is in danger, how much, and in which order to call them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Flags, Floats, above, below
from kam_xl.analysis.ordering import largest_first

UNKNOWN, LOW, MEDIUM, HIGH = 0, 1, 2, 3


def at_risk(kpi: Floats, threshold: float, direction: str = "below") -> Flags:
    """Which accounts are at risk: the KPI is strictly below (or "above") the threshold; NaN is not at risk.

    Examples
    --------
    >>> at_risk(np.array([30.0, 50.0, np.nan]), 50).tolist()
    [True, False, False]
    """
    return below(kpi, threshold) if direction == "below" else above(kpi, threshold)


def queue(mrr: Floats, days: Floats) -> NDArray[np.intp]:
    """The order in which to call: the largest MRR first, then the longest wait (unknown last), then as they came.

    Parameters
    ----------
    mrr
        Monthly recurring revenue, one per account, no NaN.
    days
        Days in the queue, one per account; NaN is unknown.

    Examples
    --------
    >>> queue(np.array([5.0, 9.0, 5.0]), np.array([1.0, np.nan, 8.0])).tolist()
    [1, 2, 0]
    """
    waiting = np.argsort(-days, kind="stable")  # NaN, unknown, sorts last
    return waiting[largest_first(mrr[waiting])]


def danger_levels(health: Floats, high_below: float = 45.0, medium_below: float = 60.0) -> NDArray[np.int8]:
    """Level of danger from account health: `HIGH`, `MEDIUM`, `LOW`, or `UNKNOWN` for NaN.

    Parameters
    ----------
    health
        One number per account, by custom 0..100.
    high_below, medium_below
        Below these (strictly) the danger is high, or medium; high_below <= medium_below.

    Examples
    --------
    >>> danger_levels(np.array([44.0, 45.0, 60.0, np.nan])).tolist() == [HIGH, MEDIUM, LOW, UNKNOWN]
    True
    """
    levels = np.full(health.size, LOW, dtype=np.int8)
    levels[np.isnan(health)] = UNKNOWN
    levels[below(health, medium_below)] = MEDIUM
    levels[below(health, high_below)] = HIGH
    return levels
