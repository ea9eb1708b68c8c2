"""Frames in, frames out: health, danger, retention and satisfaction."""

from __future__ import annotations

import pandas as pd

from kam_xl.frames.calling import column, explained, scalar, table
from kam_xl.frames.columns import Column, Columns, Frame, Weights
from kam_xl.functions import (
    KAM_ARPA,
    KAM_AT_RISK,
    KAM_AT_RISK_MRR,
    KAM_CSAT,
    KAM_DUPLICATES,
    KAM_GRR,
    KAM_HEALTH,
    KAM_MRR_MOVES,
    KAM_NPS,
    KAM_NRR,
    KAM_QUICK_RATIO,
    KAM_RISK_LEVEL,
)


@explained(KAM_HEALTH)
def health(frame: Frame, factors: Columns = None, *, weights: Weights) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> health(pd.DataFrame({"use": [80, None], "mood": [40, 70]}), weights={"use": 1, "mood": 1}).tolist()
    [60.0, 70.0]
    """
    return column(KAM_HEALTH, frame, factors=factors, weights=weights)


@explained(KAM_RISK_LEVEL)
def risk_level(
    frame: Frame, health: Column = None, *, high_below: float | None = 45.0, medium_below: float | None = 60.0
) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> risk_level(pd.Series([30, 50, 90], name="health")).tolist()
    ['High', 'Medium', 'Low']
    """
    return column(KAM_RISK_LEVEL, frame, health=health, high_below=high_below, medium_below=medium_below)


@explained(KAM_AT_RISK)
def at_risk(
    frame: Frame,
    accounts: Column = None,
    mrr: Columns = None,
    kpi: Column = None,
    days_in_queue: Column = None,
    *,
    threshold: float,
    direction: str | None = "below",
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Birch"], "mrr": [500, 900], "use": [40, 80]})
    >>> at_risk(frame, kpi="use", threshold=50)[["Account", "MRR", "KPI"]].to_numpy().tolist()
    [['Ash', 500.0, 40.0]]
    """
    return table(
        KAM_AT_RISK,
        frame,
        accounts=accounts,
        mrr=mrr,
        kpi=kpi,
        threshold=threshold,
        days_in_queue=days_in_queue,
        direction=direction,
    )


@explained(KAM_AT_RISK_MRR)
def at_risk_mrr(
    frame: Frame, mrr: Columns = None, kpi: Column = None, *, threshold: float, direction: str | None = "below"
) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> at_risk_mrr(pd.DataFrame({"mrr": [500, 900], "use": [40, 80]}), kpi="use", threshold=50)
    500.0
    """
    return scalar(KAM_AT_RISK_MRR, frame, mrr=mrr, kpi=kpi, threshold=threshold, direction=direction)


@explained(KAM_NRR)
def nrr(frame: Frame, start_mrr: Columns = None, end_mrr: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"start_mrr": [100, 50, None], "end_mrr": [94, 60, 20]})
    >>> round(nrr(frame), 4)
    1.0267
    """
    return scalar(KAM_NRR, frame, start_mrr=start_mrr, end_mrr=end_mrr)


@explained(KAM_GRR)
def grr(frame: Frame, start_mrr: Columns = None, end_mrr: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"start_mrr": [100, 50, None], "end_mrr": [94, 60, 20]})
    >>> grr(frame)
    0.96
    """
    return scalar(KAM_GRR, frame, start_mrr=start_mrr, end_mrr=end_mrr)


@explained(KAM_MRR_MOVES)
def mrr_moves(frame: Frame, start_mrr: Columns = None, end_mrr: Columns = None) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"start_mrr": [100, 50, None], "end_mrr": [94, 60, 20]})
    >>> mrr_moves(frame).set_index("Movement")["MRR"].loc[["Start", "Expansion", "Contraction", "End"]].tolist()
    [150.0, 10.0, -6.0, 174.0]
    """
    return table(KAM_MRR_MOVES, frame, start_mrr=start_mrr, end_mrr=end_mrr)


@explained(KAM_QUICK_RATIO)
def quick_ratio(frame: Frame, start_mrr: Columns = None, end_mrr: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"start_mrr": [100, 50, None], "end_mrr": [94, 60, 20]})
    >>> quick_ratio(frame)
    5.0
    """
    return scalar(KAM_QUICK_RATIO, frame, start_mrr=start_mrr, end_mrr=end_mrr)


@explained(KAM_ARPA)
def arpa(frame: Frame, mrr: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> arpa(pd.Series([100, 50, 0, None], name="mrr"))
    75.0
    """
    return scalar(KAM_ARPA, frame, mrr=mrr)


@explained(KAM_CSAT)
def csat(frame: Frame, scores: Columns = None, *, satisfied_from: float | None = 4.0) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> csat(pd.Series([5, 4, 2, None]))
    0.6666666666666666
    """
    return scalar(KAM_CSAT, frame, scores=scores, satisfied_from=satisfied_from)


@explained(KAM_NPS)
def nps(frame: Frame, scores: Columns = None) -> float:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> nps(pd.Series([9, 10, 3, 8]))
    25.0
    """
    return scalar(KAM_NPS, frame, scores=scores)


@explained(KAM_DUPLICATES)
def duplicates(frame: Frame, names: Column = None) -> pd.Series:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> duplicates(pd.DataFrame({"name": ["Ash", "Birch", "ASH"]})).tolist()
    [<NA>, <NA>, 1]
    """
    return column(KAM_DUPLICATES, frame, names=names)
