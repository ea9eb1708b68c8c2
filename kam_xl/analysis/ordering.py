"""Order and rank: largest first, equal values in the order in which they came."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Floats, apart

DIGITS = 1e14  # a number from 1 to 10 times this has 15 digits before its point
LEAST = 1e-300  # no number is taken for smaller
WHOLE = 3 * 2.0**51  # added and taken away again, it leaves whole numbers: from 2**52 on there are no others
SMALL = 1000  # below this the stable sort is the fastest


def largest_first(values: Floats) -> NDArray[np.intp]:
    """Positions that put the values in falling order; equal values keep their order.

    Values are equal if they agree to 15 digits (`rounded`): sums of the same cents often differ in the 16th.
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
    keys = rounded(values)
    order = np.argsort(-keys, kind="stable" if values.size < SMALL else None)
    falling = keys[order]
    tied = falling[:-1] == falling[1:]
    if not tied.any():
        return order
    in_run = np.zeros(values.size, dtype=np.bool_)
    in_run[1:] |= tied
    in_run[:-1] |= tied
    run = np.concatenate(([0], np.cumsum(~tied)))[in_run] * values.size
    order[in_run] = np.sort(run + order[in_run]) - run
    return order


def rounded(values: Floats) -> Floats:
    """Numbers to 15 digits, by which they are put in order.

    Spreadsheets differ in what they take for equal when they sort, so the keys of our sorts in formulas are computed
    by this very arithmetic, operation by operation.

    Examples
    --------
    >>> one, two = rounded(np.array([0.1 + 0.2, 0.3]))
    >>> bool(one == two)
    True
    """
    scale: Floats = 10.0 ** np.floor(np.log10(np.abs(values) + LEAST))
    keys: Floats = (values / scale * DIGITS + WHOLE - WHOLE) / DIGITS * scale
    return keys


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
