"""Frames in, frames out: the state of tasks, and who is responsible for them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kam_xl.frames.calling import explained, table
from kam_xl.frames.columns import Column, Columns, Frame
from kam_xl.functions import KAM_RACI_CHECK, KAM_TIMELINE


@explained(KAM_TIMELINE)
def timeline(
    frame: Frame,
    tasks: Column = None,
    start_date: Column = None,
    end_date: Column = None,
    done: Column = None,
    *,
    today: date,
) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2025-01-01", "2025-01-10"])
    >>> frame = pd.DataFrame({"Task": ["Kick-off"], "Start": days[:1], "End": days[1:], "Done": [0.1]})
    >>> print(timeline(frame, today=date(2025, 1, 6))[["Task", "Start", "Days", "State"]])
           Task      Start  Days   State
    0  Kick-off 2025-01-01  10.0  behind
    """
    return table(
        KAM_TIMELINE,
        frame,
        dates=("Start", "End"),
        tasks=tasks,
        start_date=start_date,
        end_date=end_date,
        done=done,
        today=today,
    )


@explained(KAM_RACI_CHECK)
def raci_check(frame: Frame, tasks: Column = None, letters: Columns = None) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Task": ["Offer"], "Sales": ["A/R"], "Legal": ["C"]})
    >>> raci_check(frame, letters=["Sales", "Legal"])["Check"].tolist()
    ['ok']
    """
    return table(KAM_RACI_CHECK, frame, tasks=tasks, letters=letters)
