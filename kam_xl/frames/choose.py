"""Frames in, frames out: which accounts are key accounts, and which to watch."""

from __future__ import annotations

import pandas as pd

from kam_xl.frames.calling import explained, table
from kam_xl.frames.columns import Column, Columns, Frame, Weights
from kam_xl.functions import KAM_SELECT, KAM_WATCH


@explained(KAM_SELECT)
def select(
    frame: Frame,
    accounts: Column = None,
    scores: Columns = None,
    *,
    cap: float,
    weights: Weights | None = None,
    at_least: float | None = None,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Birch"], "size": [8, 4], "fit": [6, 2]})
    >>> chosen = select(frame, scores=["size", "fit"], cap=1)
    >>> chosen.loc[chosen["Decision"] == "key account", "Account"].tolist()
    ['Ash']
    """
    return table(KAM_SELECT, frame, accounts=accounts, scores=scores, cap=cap, weights=weights, at_least=at_least)


@explained(KAM_WATCH)
def watch(
    frame: Frame,
    accounts: Column = None,
    score: Column = None,
    is_key: Column = None,
    growth: Column = None,
    *,
    at_least: float,
    near: float | None = 0.1,
    fast: float | None = 0.2,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account": ["Ash", "Birch"], "score": [3.0, 9.0], "key": [True, False]})
    >>> watch(frame, at_least=6)["Account"].tolist()
    ['Ash', 'Birch']
    """
    return table(
        KAM_WATCH,
        frame,
        accounts=accounts,
        score=score,
        is_key=is_key,
        at_least=at_least,
        growth=growth,
        near=near,
        fast=fast,
    )
