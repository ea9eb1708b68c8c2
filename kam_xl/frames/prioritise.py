"""Frames in, frames out: the Pareto table, the ABC tiers and concentration."""

from __future__ import annotations

import pandas as pd

from kam_xl.frames.calling import column, explained, matrix, scalar, table
from kam_xl.frames.columns import Column, Columns, Frame
from kam_xl.functions import (
    KAM_ABC,
    KAM_ABC_BY_YEAR,
    KAM_ABC_CHANGES,
    KAM_ABC_SUMMARY,
    KAM_GINI,
    KAM_HHI,
    KAM_PARETO,
    KAM_TOP_SHARE,
    KAM_VITAL_SHARE,
)


@explained(KAM_PARETO)
def pareto(frame: Frame, accounts: Column = None, revenue: Columns = None, *, cut: float | None = 0.8) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Account": ["Ash", "Birch", "Cedar"], "2024": [4, 20, 10], "2025": [6, 40, 20]})
    >>> print(pareto(frame))
       Rank Account  Revenue  Share  Cumulative share  Vital few
    0     1   Birch     60.0    0.6               0.6       True
    1     2   Cedar     30.0    0.3               0.9       True
    2     3     Ash     10.0    0.1               1.0      False
    >>> pareto(frame, revenue="2023")
    Traceback (most recent call last):
    kam_xl.errors.InputError: frames.pareto: revenue: there is no column '2023' among Account, 2024, 2025
    """
    return table(KAM_PARETO, frame, accounts=accounts, revenue=revenue, cut=cut)


@explained(KAM_ABC)
def abc(
    frame: Frame,
    revenue: Columns = None,
    *,
    a_cut: float | None = 0.8,
    b_cut: float | None = 0.95,
    rule: str | None = "crossing",
) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> abc(pd.Series([60, 25, None, 15], index=["Ash", "Birch", "Cedar", "Fir"])).dropna().to_dict()
    {'Ash': 'A', 'Birch': 'A', 'Fir': 'B'}
    """
    return column(KAM_ABC, frame, revenue=revenue, a_cut=a_cut, b_cut=b_cut, rule=rule)


@explained(KAM_ABC_BY_YEAR)
def abc_by_year(
    frame: Frame,
    revenue_by_year: Columns = None,
    *,
    a_cut: float | None = 0.8,
    b_cut: float | None = 0.95,
    rule: str | None = "crossing",
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"2025": [10, 90], "2024": [90, 10]}, index=["Ash", "Birch"])
    >>> print(abc_by_year(frame))
          2024 2025
    Ash      A    B
    Birch    B    A
    """
    return matrix(KAM_ABC_BY_YEAR, frame, revenue_by_year=revenue_by_year, a_cut=a_cut, b_cut=b_cut, rule=rule)


@explained(KAM_ABC_SUMMARY)
def abc_summary(
    frame: Frame,
    revenue: Columns = None,
    *,
    a_cut: float | None = 0.8,
    b_cut: float | None = 0.95,
    rule: str | None = "crossing",
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> print(abc_summary(pd.DataFrame({"revenue": [60, 25, 12, 3]})))
      Tier  Accounts  Share of accounts  Revenue  Share of revenue
    0    A         2               0.50     85.0              0.85
    1    B         1               0.25     12.0              0.12
    2    C         1               0.25      3.0              0.03
    """
    return table(KAM_ABC_SUMMARY, frame, revenue=revenue, a_cut=a_cut, b_cut=b_cut, rule=rule)


@explained(KAM_ABC_CHANGES)
def abc_changes(
    frame: Frame,
    accounts: Column = None,
    revenue_by_year: Columns = None,
    *,
    a_cut: float | None = 0.8,
    b_cut: float | None = 0.95,
    rule: str | None = "crossing",
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Account": ["Ash", "Birch"], 2024: [90, 10], 2025: [10, 90]})
    >>> print(abc_changes(frame))
      Account First year Last year Change
    0     Ash          A         B   down
    1   Birch          B         A     up
    """
    return table(
        KAM_ABC_CHANGES, frame, accounts=accounts, revenue_by_year=revenue_by_year, a_cut=a_cut, b_cut=b_cut, rule=rule
    )


@explained(KAM_TOP_SHARE)
def top_share(frame: Frame, revenue: Columns = None, *, share: float | None = 0.2) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> top_share(pd.Series([60, 20, 10, 5, 5]))
    0.6
    """
    return scalar(KAM_TOP_SHARE, frame, revenue=revenue, share=share)


@explained(KAM_VITAL_SHARE)
def vital_share(frame: Frame, revenue: Columns = None, *, cut: float | None = 0.8) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> vital_share(pd.Series([60, 20, 10, 5, 5]))
    0.4
    """
    return scalar(KAM_VITAL_SHARE, frame, revenue=revenue, cut=cut)


@explained(KAM_HHI)
def hhi(frame: Frame, revenue: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> hhi(pd.Series([50, 50]))
    5000.0
    """
    return scalar(KAM_HHI, frame, revenue=revenue)


@explained(KAM_GINI)
def gini(frame: Frame, revenue: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> gini(pd.Series([50, 50]))
    0.0
    """
    return scalar(KAM_GINI, frame, revenue=revenue)
