"""The Pareto table: accounts from the largest to the smallest, with the share that they add up to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Flags, Floats, below
from kam_xl.analysis.ordering import largest_first


@dataclass(frozen=True, slots=True)
class Pareto:
    """A Pareto table; every field has one entry per account, largest account first."""

    order: NDArray[np.intp]  # position of the account in the input
    revenue: Floats  # as it stands, 0 where it was NaN
    share: Floats  # 0..1, of the total of the positive revenue
    cumulative: Floats  # 0..1, ends at exactly 1
    vital: Flags  # one of the fewest accounts that together reach the cut


def clamped(revenue: Floats) -> Floats:
    """Revenue as it counts towards shares: negative revenue and NaN count as 0.

    Examples
    --------
    >>> clamped(np.array([5.0, -2.0, np.nan])).tolist()
    [5.0, 0.0, 0.0]
    """
    return np.where(revenue > 0, revenue, 0.0)


def pareto(revenue: Floats, cut: float = 0.8) -> Pareto:
    """Sort accounts by revenue and add up their shares (Pareto 1896; Juran's vital few).

    Parameters
    ----------
    revenue
        One number per account, any unit. NaN is an account without revenue: it is listed last, with 0.
    cut
        The share of revenue that the vital few reach, 0 < cut <= 1.

    Returns
    -------
    Pareto
        Sorted by revenue as it stands; shares are of the positive revenue. Without positive revenue all shares are 0
        and nothing is vital.

    Examples
    --------
    >>> table = pareto(np.array([10.0, 60.0, 30.0]))
    >>> table.order.tolist(), table.cumulative.tolist(), table.vital.tolist()
    ([1, 2, 0], [0.6, 0.9, 1.0], [True, True, False])
    """
    blank = np.isnan(revenue)
    if blank.any():
        present = np.flatnonzero(~blank)
        order = np.concatenate((present[largest_first(revenue[present])], np.flatnonzero(blank)))
    else:
        order = largest_first(revenue)
    ordered = revenue[order]
    ordered[np.isnan(ordered)] = 0.0
    counted = clamped(ordered)
    running = np.cumsum(counted)
    if not running.size or not running[-1] > 0:
        return Pareto(order, ordered, counted, running, np.zeros(running.size, dtype=np.bool_))
    cumulative = running / running[-1]
    before = np.concatenate(([0.0], cumulative[:-1]))
    return Pareto(order, ordered, counted / running[-1], cumulative, below(before, cut))
