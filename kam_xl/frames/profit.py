"""Frames in, frames out: profit, cost to serve, lifetime value and white space."""

from __future__ import annotations

import pandas as pd

from kam_xl.frames.calling import column, explained, table
from kam_xl.frames.columns import Column, Columns, Frame
from kam_xl.functions import KAM_CLV, KAM_PROFIT, KAM_PROFIT_MATRIX, KAM_WHALE, KAM_WHITESPACE


@explained(KAM_PROFIT)
def profit(
    frame: Frame,
    accounts: Column = None,
    revenue: Columns = None,
    direct_cost: Columns = None,
    cost_to_serve: Columns = None,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash"], "revenue": [100], "direct_cost": [60], "cost_to_serve": [15]})
    >>> print(profit(frame).drop(columns="Revenue"))
      Account  Gross margin  Cost to serve  Profit  Margin
    0     Ash          40.0           15.0    25.0    0.25
    """
    return table(
        KAM_PROFIT, frame, accounts=accounts, revenue=revenue, direct_cost=direct_cost, cost_to_serve=cost_to_serve
    )


@explained(KAM_PROFIT_MATRIX)
def profit_matrix(
    frame: Frame,
    accounts: Column = None,
    revenue: Columns = None,
    cost_to_serve: Columns = None,
    *,
    revenue_line: float | None = None,
    cost_line: float | None = None,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Fir"], "revenue": [100, 10], "cost_to_serve": [5, 9]})
    >>> profit_matrix(frame)["Quadrant"].tolist()
    ['protect', 'exit']
    """
    return table(
        KAM_PROFIT_MATRIX,
        frame,
        accounts=accounts,
        revenue=revenue,
        cost_to_serve=cost_to_serve,
        revenue_line=revenue_line,
        cost_line=cost_line,
    )


@explained(KAM_WHALE)
def whale(frame: Frame, accounts: Column = None, profit: Columns = None) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> print(whale(pd.DataFrame({"account": ["Ash", "Fir", "Oak"], "profit": [-20, 100, 20]})).iloc[:, 1:4])
      Account  Profit  Cumulative profit
    0     Fir   100.0              100.0
    1     Oak    20.0              120.0
    2     Ash   -20.0              100.0
    """
    return table(KAM_WHALE, frame, accounts=accounts, profit=profit)


@explained(KAM_CLV)
def clv(
    frame: Frame,
    margin: Column = None,
    retention: Column = None,
    *,
    discount: float | None = 0.0,
    years: float | None = None,
) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> clv(pd.DataFrame({"margin": [100.0, 50.0], "retention": [0.5, 0.8]})).round(6).tolist()
    [100.0, 200.0]
    """
    return column(KAM_CLV, frame, margin=margin, retention=retention, discount=discount, years=years)


@explained(KAM_WHITESPACE)
def whitespace(
    frame: Frame, accounts: Column = None, divisions: Column = None, sold: Column = None, potential: Column = None
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Account": ["Ash"], "Division": ["Pumps"], "Sold": [30], "Potential": [100]})
    >>> whitespace(frame)[["Share of wallet", "Gap"]].loc[0].tolist()
    [0.3, 70.0]
    """
    return table(KAM_WHITESPACE, frame, accounts=accounts, divisions=divisions, sold=sold, potential=potential)
