"""Stakeholders: whom to win first, and which friend can reach them.

The rule is one of practice: a neutral person with much power is worth most of all, then an opposed one with much
power; friends come last, they are won already. Power is on a scale of 1 (little) to 5 (decides).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Floats, below
from kam_xl.analysis.organisation import NOBODY

HIGH = 4.0  # power from which on a person counts as powerful
INFLUENCES, REPORTS_TO_THEM, IS_THEIR_MANAGER = 0, 1, 2  # the ways to reach somebody, the best first


def priorities(relationship: Sequence[str], power: Floats) -> NDArray[np.int_]:
    """How urgent each person is: 0 to 5, the most urgent first.

    Neutral with much power, opposed with much, neutral with little, opposed with little, friendly with much, friendly
    with little.

    Parameters
    ----------
    relationship
        "friendly", "neutral" or "opposed", one per person.
    power
        Power of each person, no NaN; 4 and more is much.

    Examples
    --------
    >>> priorities(["neutral", "opposed", "friendly", "neutral"], np.array([5.0, 4.0, 1.0, 3.9])).tolist()
    [0, 1, 5, 2]
    """
    little = below(power, HIGH).astype(np.int_)
    words = np.array(relationship, dtype=object)
    return np.where(words == "friendly", 4 + little, 2 * little + (words == "opposed"))


def order(priority: NDArray[np.int_], power: Floats) -> NDArray[np.intp]:
    """The order in which to win people: by priority, then the most powerful first, then as they came.

    Examples
    --------
    >>> order(np.array([2, 0, 2, 2]), np.array([1.0, 5.0, 3.0, 1.0])).tolist()
    [1, 2, 0, 3]
    """
    return np.lexsort((-power, priority))


def reached(
    friendly: Sequence[bool], power: Floats, managers: Sequence[int], influences: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """For every person who is not friendly, the friend who can reach them best, and by which way.

    A friend who influences them directly is better than one who reports to them, and that better than their own
    manager; by one way the most powerful friend, then the first of the list.

    Parameters
    ----------
    friendly, power, managers
        One per person; a manager is the number of a person or `NOBODY`.
    influences
        Pairs of who influences whom; pairs with `NOBODY` are passed over.

    Returns
    -------
    list
        Friend and way of each person; `NOBODY` and `NOBODY` where there is none.

    Examples
    --------
    >>> reached([True, False, False], np.array([2.0, 5.0, 3.0]), [1, NOBODY, 1], [(0, 2)])
    [(-1, -1), (0, 1), (0, 0)]
    """
    ways = [(whom, INFLUENCES, who) for who, whom in influences]
    ways += [(manager, REPORTS_TO_THEM, person) for person, manager in enumerate(managers)]
    ways += [(person, IS_THEIR_MANAGER, manager) for person, manager in enumerate(managers)]
    best: dict[int, tuple[int, float, int]] = {}
    for person, way, friend in ways:
        if NOBODY not in (person, friend) and friendly[friend] and not friendly[person]:
            found = (way, -float(power[friend]), friend)
            best[person] = min(best.get(person, found), found)
    return [(best[i][2], best[i][0]) if i in best else (NOBODY, NOBODY) for i in range(len(friendly))]
