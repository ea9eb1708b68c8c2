"""Timeline: how far each task of a plan is, against how far it should be today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Floats, above, below

NO_DATE, REVERSED, DONE, LATE, PLANNED, BEHIND, RUNNING = range(7)
SLACK = 0.1  # how far the progress may stay behind the time that has passed


@dataclass(frozen=True, slots=True)
class Timeline:
    """One entry per task; NaN where there is none."""

    start: Floats  # days, whole
    end: Floats
    days: Floats  # calendar days, the first and the last among them
    done: Floats  # 0..1
    expected: Floats  # 0..1
    state: NDArray[np.int8]
    late: Floats  # days after the end


def timeline(start: Floats, end: Floats, done: Floats, today: float) -> Timeline:
    """State of each task: the share that is done beside the share of its days that have passed.

    A task takes end - start + 1 calendar days, as in a Gantt chart. Of these, today - start + 1 have passed at the end
    of today; their share is the planned per cent complete of earned value management (planned value over budget) for
    work at an even rate. The task is behind if more than `SLACK` is missing to it.

    Parameters
    ----------
    start, end
        Dates as numbers of days, one per task; only the day counts, not the hour. NaN is no date; with one date the
        task is a milestone on that day.
    done
        Share done, one per task; NaN is 0; below 0 counts as 0, above 1 as 1.
    today
        The date to look at it, in the same days.

    Examples
    --------
    >>> found = timeline(np.array([1.0, 1.0]), np.array([10.0, 4.0]), np.array([0.5, 0.5]), 6.0)
    >>> found.expected.tolist(), found.state.tolist() == [RUNNING, LATE], found.late.tolist()
    ([0.6, 1.0], True, [nan, 2.0])
    """
    first = np.floor(np.where(np.isnan(start), end, start))
    last = np.floor(np.where(np.isnan(end), start, end))
    day = np.floor(today)
    share = np.clip(np.nan_to_num(done, nan=0.0), 0.0, 1.0)
    days = np.where(last < first, np.nan, last - first + 1)
    expected = np.clip((day - first + 1) / days, 0.0, 1.0)

    state = np.full(first.size, RUNNING, dtype=np.int8)  # the later rule wins
    state[above(expected - share, SLACK)] = BEHIND
    state[day < first] = PLANNED
    state[day > last] = LATE
    state[~below(share, 1.0)] = DONE
    state[last < first] = REVERSED
    state[np.isnan(first)] = NO_DATE
    late = np.where(state == LATE, day - last, np.nan)
    return Timeline(first, last, days, share, expected, state, late)
