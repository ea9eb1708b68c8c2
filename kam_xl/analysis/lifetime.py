"""Customer lifetime value (CLV): what the margins of the coming years are worth today."""

from __future__ import annotations

import numpy as np

from kam_xl.analysis.compare import Floats, below


def lifetime_value(margin: Floats, retention: Floats, discount: float = 0.0, years: float | None = None) -> Floats:
    """Value of the margins of the years to come: the sum over t of margin * retention**t / (1 + discount)**t.

    With q = retention / (1 + discount) that is margin * q / (1 - q) for ever, which is the same as
    margin * retention / (1 + discount - retention), and margin * q * (1 - q**years) / (1 - q) for some years
    (Gupta and Lehmann, "Customers as Assets", Journal of Interactive Marketing 2003).

    Parameters
    ----------
    margin
        Margin of a year, one per account, any unit.
    retention
        The share of accounts like this one that are kept from one year to the next, 0..1, one per account.
    discount
        Rate a year, not negative.
    years
        How many, above 0, whole or not; None: for ever.

    Returns
    -------
    Floats
        In the unit of the margin; NaN where margin or retention is NaN, or where the sum has no end.

    Examples
    --------
    >>> lifetime_value(np.array([5241.6]), np.array([0.75]), 0.1).round(6).tolist()
    [11232.0]
    >>> lifetime_value(np.array([100.0, 100.0]), np.array([1.0, 0.5]), years=3).tolist()
    [300.0, 87.5]
    """
    growth = 1 + discount
    falls = below(retention, growth)
    # for ever means that everything is gone in the end; where nothing falls from year to year, all years count alike
    if years is None:
        gone, steady = np.ones(margin.size), np.nan
    else:
        with np.errstate(divide="ignore"):
            gone, steady = -np.expm1(years * np.log(retention / growth)), years  # 1 - q ** years
    rest = np.where(falls, growth - retention, 1.0)
    value = margin * np.where(falls, retention * gone / rest, steady)
    return np.where(np.isnan(retention), np.nan, value)
