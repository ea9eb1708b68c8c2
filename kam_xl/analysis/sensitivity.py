"""Sensitivity: whether the best account stays the best when the weights are a little different."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kam_xl.analysis.compare import Floats
from kam_xl.analysis.ordering import ranks
from kam_xl.analysis.scoring import normalised, total_scores, weighted_scores

GROUPS = ("growth", "harmony", "share")


class Trial(NamedTuple):
    """The scoring with one weight changed."""

    group: str  # one of `GROUPS`
    criterion: int  # its number within the group, from 1; 0 for the share of growth
    change: float  # by which share the weight was changed
    first: int | None  # the row of the account with the best total; None if there are no totals
    total: float
    lead: float  # over the best other account, 0 if they are tied; NaN if there is no other
    survives: bool  # the account that is first with the given weights is still first, or ties with it


def trials(
    growth: Floats,
    growth_weights: Floats,
    harmony: Floats,
    harmony_weights: Floats,
    growth_share: float = 0.5,
    change: float = 0.1,
) -> list[Trial]:
    """One-at-a-time sensitivity analysis of the total: each weight, and the share of growth, up and down.

    The weights are made to sum to 1 again after each change, so that raising one lowers the others in proportion. The
    share of growth stays between 0 and 1.

    Parameters
    ----------
    growth, harmony
        Accounts x criteria; NaN is not scored.
    growth_weights, harmony_weights
        One per criterion, not negative, not all 0. A weight of 0 is not changed.
    growth_share
        The part of growth in the total, 0..1.
    change
        The share by which a weight is changed, above 0 and up to 1.

    Returns
    -------
    list of Trial
        Growth criteria, harmony criteria, share of growth; each up, then down. Empty if no account has a total.

    Examples
    --------
    >>> growth, harmony = np.array([[9.0, 5], [5, 9]]), np.array([[6.0], [6]])
    >>> for one in trials(growth, np.array([51.0, 49]), harmony, np.array([1.0])):
    ...     print(one.group, one.criterion, one.change, one.first, round(one.lead, 3), one.survives)
    growth 1 0.1 0 0.135 True
    growth 1 -0.1 1 0.065 False
    growth 2 0.1 1 0.055 False
    growth 2 -0.1 0 0.145 True
    harmony 1 0.1 0 0.04 True
    harmony 1 -0.1 0 0.04 True
    share 0 0.1 0 0.044 True
    share 0 -0.1 0 0.036 True
    """
    weights = {"growth": normalised(growth_weights), "harmony": normalised(harmony_weights)}

    def totals(part: float) -> Floats:
        growing, harmonious = weighted_scores(growth, weights["growth"]), weighted_scores(harmony, weights["harmony"])
        return total_scores(growing, harmonious, part)

    given = totals(growth_share)
    if np.isnan(given).all():
        return []
    winner = _first(given)
    found = []
    for group, base in list(weights.items()):
        for criterion in np.flatnonzero(base).tolist():
            for step in (change, -change):
                changed = base.copy()
                changed[criterion] *= 1 + step
                weights[group] = changed
                tried = totals(growth_share) if changed.any() else np.full(given.size, np.nan)
                found.append(_trial(group, criterion + 1, step, tried, winner))
        weights[group] = base
    for step in (change, -change):
        found.append(_trial("share", 0, step, totals(min(1.0, growth_share * (1 + step))), winner))
    return found


def _first(total: Floats) -> int:
    """The row of the best total, the first of several; as `ranks` compares."""
    return int(np.nanargmin(ranks(total)))


def _trial(group: str, criterion: int, change: float, total: Floats, winner: int) -> Trial:
    places = ranks(total)
    best = np.flatnonzero(places == 1)
    if not best.size:
        return Trial(group, criterion, change, None, np.nan, np.nan, False)
    first = int(best[0])
    lead = 0.0 if best.size > 1 else np.nan
    if best.size == 1 and (places > 1).any():
        lead = float(total[first] - total[places > 1].max())
    return Trial(group, criterion, change, first, float(total[first]), lead, bool(places[winner] == 1))
