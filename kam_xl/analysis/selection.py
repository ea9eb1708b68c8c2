"""Selection: which few accounts are key, and which ones to watch because that may change."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import TOLERANCE, Flags, Floats, below
from kam_xl.analysis.ordering import ranks
from kam_xl.analysis.scoring import weighted_scores

OUT, TIED, KEY = 0, 1, 2
UNLISTED, NEAR, EARNS, LEAVES, UNSCORED = 0, 1, 2, 3, 4


def selection_scores(scores: Floats, weights: Floats | None = None) -> Floats:
    """Score of each account: the sum of its criteria, or their weighted mean (weighted scoring model).

    Parameters
    ----------
    scores
        Accounts x criteria, by custom 1..10; NaN is not scored.
    weights
        One per criterion, not negative, not all 0; a criterion of weight 0 does not count.

    Returns
    -------
    Floats
        One score per account; NaN where a criterion that counts is missing.

    Examples
    --------
    >>> table = np.array([[8.0, 5, 2], [4, np.nan, 9]])
    >>> selection_scores(table).tolist(), selection_scores(table, np.array([3.0, 0, 1])).tolist()
    ([15.0, nan], [6.5, 5.25])
    """
    if weights is not None:
        return weighted_scores(scores, weights)
    return np.asarray(scores.cumsum(axis=1)[:, -1])


def decisions(score: Floats, cap: float, at_least: float = -math.inf) -> NDArray[np.int8]:
    """`KEY` for the highest scores, as many as there is room for; `TIED` at the line of the cap; else `OUT`.

    Accounts of equal score stand or fall together: if there is not room for all of them, none is chosen. Starting
    small is safe, because an account is easily promoted and hardly demoted.

    Parameters
    ----------
    score
        One per account; NaN is never chosen.
    cap
        How many key accounts at most, above 0; a fraction is rounded down, but there is room for one.
    at_least
        The least score of a key account.

    Examples
    --------
    >>> decisions(np.array([9.0, 7, 7, 5]), 2).tolist() == [KEY, TIED, TIED, OUT]
    True
    """
    found = np.full(score.size, OUT, dtype=np.int8)
    room = max(1.0, math.floor(min(cap, score.size) * (1 + TOLERANCE)))
    places = ranks(score)
    scored = np.flatnonzero(places == places)
    place = places[scored].astype(np.intp)
    last = place + np.bincount(place, minlength=1)[place] - 1  # the last place of those who share it
    enough = ~below(score[scored], at_least)
    found[scored[enough & (place <= room)]] = TIED
    found[scored[enough & (last <= room)]] = KEY
    return found


def standing(score: Floats, is_key: Flags, at_least: float, near: float = 0.1) -> NDArray[np.int8]:
    """Where an account stands against the line: a key one below it `LEAVES`, another at or above it `EARNS` a place.

    Parameters
    ----------
    score
        One per account; NaN is not scored: a key account is then `UNSCORED`.
    is_key
        Who is a key account today.
    at_least
        The score that a key account needs.
    near
        An account that is not key is `NEAR` from this share of the line below the line.

    Examples
    --------
    >>> found = standing(np.array([4.0, 6, 5, 4.5, 4]), np.array([True, True, False, False, False]), 5)
    >>> found.tolist() == [LEAVES, UNLISTED, EARNS, NEAR, UNLISTED]
    True
    """
    known = ~np.isnan(score)
    short = below(score, at_least)
    found = np.full(score.size, UNLISTED, dtype=np.int8)
    found[is_key & short] = LEAVES
    found[is_key & ~known] = UNSCORED
    found[~is_key & known & ~below(score, at_least - near * abs(at_least))] = NEAR
    found[~is_key & known & ~short] = EARNS
    return found


def grows_fast(growth: Floats, fast: float = 0.2) -> Flags:
    """Whose growth a year is at or above a line; NaN is not.

    Examples
    --------
    >>> grows_fast(np.array([0.2, 0.19, np.nan])).tolist()
    [True, False, False]
    """
    return ~np.isnan(growth) & ~below(growth, fast)


def watch_order(score: Floats, is_key: Flags) -> NDArray[np.intp]:
    """Key accounts from the lowest score up, then the others from the highest score down; no score last in each.

    Examples
    --------
    >>> watch_order(np.array([5.0, 3, 4, 6]), np.array([True, True, False, False])).tolist()
    [1, 0, 3, 2]
    """
    places = ranks(score)  # equal scores, within the tolerance, keep the order in which they came
    return np.lexsort((np.where(is_key, -places, places), ~is_key))
