"""Frames in, frames out: growth, scales, scores and ranks."""

from __future__ import annotations

import pandas as pd

from kam_xl.frames.calling import column, explained, matrix, table
from kam_xl.frames.columns import Column, Columns, Frame, Weights
from kam_xl.functions import KAM_CAGR, KAM_RANK, KAM_SCALE, KAM_SCORE, KAM_SCORING, KAM_SENSITIVITY


@explained(KAM_CAGR)
def cagr(frame: Frame, revenue_by_year: Columns = None, *, periods: float | None = None) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> cagr(pd.DataFrame({2023: [100], 2025: [121]}), periods=2).round(6).tolist()
    [0.1]
    """
    return column(KAM_CAGR, frame, revenue_by_year=revenue_by_year, periods=periods)


@explained(KAM_SCALE)
def scale(frame: Frame, values: Columns = None, *, low: float | None = 1.0, high: float | None = 10.0) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> scale(pd.Series([0, 50, 100], name="use"))["use"].tolist()
    [1.0, 5.5, 10.0]
    """
    return matrix(KAM_SCALE, frame, values=values, low=low, high=high)


@explained(KAM_SCORE)
def score(frame: Frame, scores: Columns = None, *, weights: Weights) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Birch"], "size": [8, 4], "fit": [6, 10]})
    >>> score(frame, weights={"fit": 3, "size": 1}).tolist()
    [6.5, 8.5]
    """
    return column(KAM_SCORE, frame, scores=scores, weights=weights)


@explained(KAM_RANK)
def rank(frame: Frame, values: Column = None, *, ascending: bool | None = False) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> rank(pd.Series([10, 30, 30, None])).tolist()
    [3, 1, 1, <NA>]
    """
    return column(KAM_RANK, frame, values=values, ascending=ascending)


@explained(KAM_SCORING)
def scoring(
    frame: Frame,
    accounts: Column = None,
    growth: Columns = None,
    harmony: Columns = None,
    *,
    growth_weights: Weights,
    harmony_weights: Weights,
    growth_share: float | None = 0.5,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Birch"], "size": [8, 4], "fit": [6, 10]})
    >>> print(scoring(frame, growth_weights={"size": 1}, harmony_weights={"fit": 1}))
      Account  Growth score  Harmony score  Total  Rank
    0     Ash           8.0            6.0    7.0     1
    1   Birch           4.0           10.0    7.0     1
    """
    return table(
        KAM_SCORING,
        frame,
        accounts=accounts,
        growth=growth,
        growth_weights=growth_weights,
        harmony=harmony,
        harmony_weights=harmony_weights,
        growth_share=growth_share,
    )


@explained(KAM_SENSITIVITY)
def sensitivity(
    frame: Frame,
    accounts: Column = None,
    growth: Columns = None,
    harmony: Columns = None,
    *,
    growth_weights: Weights,
    harmony_weights: Weights,
    growth_share: float | None = 0.5,
    change: float | None = 0.1,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Birch"], "size": [9, 4], "fit": [9, 8]})
    >>> found = sensitivity(frame, growth_weights={"size": 1}, harmony_weights={"fit": 1})
    >>> found["First"].unique().tolist()
    ['Ash']
    """
    return table(
        KAM_SENSITIVITY,
        frame,
        accounts=accounts,
        growth=growth,
        growth_weights=growth_weights,
        harmony=harmony,
        harmony_weights=harmony_weights,
        growth_share=growth_share,
        change=change,
    )
