"""Growth: the compound annual rate, and the turning of any measure into a score."""

from __future__ import annotations

import numpy as np

from kam_xl.analysis.compare import Floats


def cagr(first: Floats, last: Floats, periods: float) -> Floats:
    """Compound annual growth rate: (last / first) ** (1 / periods) - 1.

    Parameters
    ----------
    first, last
        Revenue of the first and the last year, one per account, the same unit.
    periods
        Years between the two, above 0.

    Returns
    -------
    Floats
        Rates (0.1 is 10 % a year); NaN where the rate has no meaning: either year is NaN, the first is not positive
        or the last is negative. A last year of 0 is -1.

    Examples
    --------
    >>> cagr(np.array([100.0, 0.0]), np.array([121.0, 5.0]), 2).round(9).tolist()
    [0.1, nan]
    """
    rate = np.full(first.size, np.nan)
    known = (first > 0) & (last >= 0)
    rate[known] = (last[known] / first[known]) ** (1 / periods) - 1
    return rate


def min_max(values: Floats, low: float = 1.0, high: float = 10.0) -> Floats:
    """Put numbers on a scale: the smallest becomes `low`, the largest `high`, the others in proportion.

    Parameters
    ----------
    values
        Any shape; NaN stays NaN.
    low, high
        Ends of the scale; `low` above `high` turns the scale round.

    Returns
    -------
    Floats
        The same shape; (low + high) / 2 throughout if all numbers are equal.

    Examples
    --------
    >>> min_max(np.array([[12_000.0, 73_600.0, 98_000.0]])).round(2).tolist()
    [[1.0, 7.45, 10.0]]
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return values
    least, most = known.min(), known.max()
    if least == most:
        return np.where(np.isnan(values), np.nan, (low + high) / 2)
    if most / 2 - least / 2 > np.finfo(np.float64).max / 2:  # a span that overflows
        values, least, most = values / 2, least / 2, most / 2
    return np.asarray(low + (values - least) / (most - least) * (high - low))
