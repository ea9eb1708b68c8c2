"""Order and rank: largest first, equal values in the order in which they came."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Floats, apart

NEARLY = 1e-14  # relative; what agrees to 15 digits differs by less
SMALL = 1000  # below this the stable sort is the fastest


def largest_first(values: Floats) -> NDArray[np.intp]:
    """Positions that put the values in falling order; equal values keep their order.

    Values are equal if they agree to 15 digits, as in a spreadsheet: sums of the same cents often differ in the 16th.
    Long arrays go through numpy's default sort, which is not stable but several times faster, followed by a repair of
    the runs of equal values; the result is the same.

    Parameters
    ----------
    values
        Numbers without NaN.

    Examples
    --------
    >>> largest_first(np.array([2.0, 9.0, 2.0, 5.0])).tolist()
    [1, 3, 0, 2]
    >>> largest_first(np.array([0.3, 0.1 + 0.2])).tolist()
    [0, 1]
    """
    order = np.argsort(-values, kind="stable" if values.size < SMALL else None)
    tied = _same(values[order])
    if not tied.any():
        return order
    in_run = np.zeros(values.size, dtype=np.bool_)
    in_run[1:] |= tied
    in_run[:-1] |= tied
    run = np.concatenate(([0], np.cumsum(~tied)))[in_run] * values.size
    order[in_run] = np.sort(run + order[in_run]) - run
    return order


def _same(falling: Floats) -> NDArray[np.bool_]:
    """Whether each value equals the next one to 15 digits."""
    one, two = falling[:-1], falling[1:]
    same: NDArray[np.bool_] = one == two
    for i in np.flatnonzero(~same & (two >= one - NEARLY * np.abs(one))).tolist():
        same[i] = digits(one[i]) == digits(two[i])
    return same


def digits(value: float) -> str:
    """A number's 15 digits, by which a spreadsheet compares.

    >>> digits(0.1 + 0.2) == digits(0.3)
    True
    """
    return f"{value:.14e}"


def ranks(values: Floats, ascending: bool = False) -> Floats:
    """Rank of each value, 1 for the largest; equal values share the best of their ranks (1, 2, 2, 4).

    Two neighbours in sorted order are equal if they differ by no more than the relative tolerance.

    Parameters
    ----------
    values
        Numbers; NaN has no rank.
    ascending
        1 for the smallest instead.

    Returns
    -------
    Floats
        As many ranks, NaN where the value is NaN.

    Examples
    --------
    >>> ranks(np.array([7.0, 9.0, 7.0, 1.0])).tolist()
    [2.0, 1.0, 2.0, 4.0]
    """
    result = np.full(values.size, np.nan)
    present = np.flatnonzero(~np.isnan(values))
    if not present.size:
        return result
    known = values[present]
    order = np.argsort(known, kind="stable") if ascending else largest_first(known)
    ordered = known[order]
    one, two = ordered[:-1], ordered[1:]
    fresh = np.concatenate(([True], apart(two, one) if ascending else apart(one, two)))
    first = np.maximum.accumulate(np.where(fresh, np.arange(known.size), 0))
    result[present[order]] = first + 1
    return result
