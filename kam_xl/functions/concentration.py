"""Concentration: how much of the revenue hangs on few accounts."""

from __future__ import annotations

import numpy as np

from kam_xl.analysis import concentration
from kam_xl.analysis.compare import Floats
from kam_xl.functions.arguments import CUT, REVENUE
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Prioritise"


@worksheet_function(
    CATEGORY,
    "scalar",
    "The share of revenue that the largest accounts make: the top 20 %, or another share of all accounts.",
    REVENUE,
    Argument("share", "number", "The share of accounts to look at. 0.2 if omitted.", True, 0.2, limit="share"),
)
def KAM_TOP_SHARE(revenue: Floats, share: float) -> float | str:
    """Share of revenue of the largest accounts.

    The number of accounts is `share` times the accounts with revenue that is not blank, rounded up, at least one.
    Negative revenue counts as 0. No positive revenue: n/a. No data: blank.

    Examples
    --------
    >>> KAM_TOP_SHARE([60, 20, 10, 5, 5])
    0.6
    """
    return "" if np.isnan(revenue).all() else concentration.top_share(revenue, share)


@worksheet_function(
    CATEGORY,
    "scalar",
    "The share of accounts that together make 80 % of revenue (or another cut): the real figure behind 20/80.",
    REVENUE,
    CUT,
)
def KAM_VITAL_SHARE(revenue: Floats, cut: float) -> float | str:
    """Share of accounts that together reach the cut: the vital few of `KAM_PARETO` over all accounts.

    Accounts are the rows with revenue that is not blank. Without positive revenue no account is vital: 0. No data:
    blank.

    Examples
    --------
    >>> KAM_VITAL_SHARE([60, 20, 10, 5, 5])
    0.4
    """
    return "" if np.isnan(revenue).all() else concentration.vital_share(revenue, cut)


@worksheet_function(
    CATEGORY,
    "scalar",
    "Herfindahl-Hirschman index of the revenue, 0 to 10,000: the sum of the squared shares in per cent. 10,000 is a "
    "single account.",
    REVENUE,
)
def KAM_HHI(revenue: Floats) -> float | str:
    """Herfindahl-Hirschman index, 0 to 10,000.

    Negative revenue counts as 0. No positive revenue: n/a. No data: blank.

    Examples
    --------
    >>> KAM_HHI([20, 30, 50])
    3800.0
    """
    return "" if np.isnan(revenue).all() else concentration.hhi(revenue)


@worksheet_function(
    CATEGORY,
    "scalar",
    "Gini coefficient of the revenue: 0 if all accounts are alike, towards 1 if one account has it all.",
    REVENUE,
)
def KAM_GINI(revenue: Floats) -> float | str:
    """Gini coefficient, without small-sample correction.

    Negative revenue counts as 0; blank rows are no accounts, a typed 0 is one. No positive revenue: n/a. No data:
    blank.

    Examples
    --------
    >>> round(KAM_GINI([1, 3, 2, 1, 1, 1, 4]), 7)
    0.3076923
    """
    return "" if np.isnan(revenue).all() else concentration.gini(revenue)
