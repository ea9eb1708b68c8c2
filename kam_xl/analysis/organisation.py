"""Organisation: who stands where in a chart, from who reports to whom.

People are numbered from 0 in the order of the list; a manager is such a number, or `NOBODY`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Floats

NOBODY = -1


def loops(managers: Sequence[int]) -> list[list[int]]:
    """The loops of people who report to each other in a circle, each in the order of the list.

    Whoever reports to somebody on a loop without being on it is below it, not part of it.

    Examples
    --------
    >>> loops([1, 2, 1, 2, NOBODY, 5])  # 1 and 2 report to each other, 5 to himself
    [[1, 2], [5]]
    """
    found = []
    walked = [NOBODY] * len(managers)  # who started the walk up that came by here first
    for start in range(len(managers)):
        person = start
        while person != NOBODY and walked[person] == NOBODY:
            walked[person] = start
            person = managers[person]
        if person != NOBODY and walked[person] == start:  # this walk has met itself
            members = [person]
            while managers[members[-1]] != person:
                members.append(managers[members[-1]])
            found.append(sorted(members))
    return found


def chart(managers: Sequence[int]) -> tuple[NDArray[np.int_], Floats]:
    """Level and place of every person in a chart without loops.

    The level is 0 without a manager, else one more than the manager's. Every person without reports takes the next
    whole place from the left, 1, 2, 3, in the order of a walk that goes down first, both the roots and the reports of
    a manager in the order of the list. A manager stands in the middle between the first and the last of the places
    below, so that boxes of one level are at least 1 apart and lines up to managers never cross.

    Examples
    --------
    >>> levels, places = chart([NOBODY, 0, 0, 2, 2])
    >>> levels.tolist(), places.tolist()
    ([0, 1, 1, 2, 2], [2.0, 1.0, 2.5, 2.0, 3.0])
    """
    reports: list[list[int]] = [[] for _ in managers]
    roots: list[int] = []
    for person, manager in enumerate(managers):
        (roots if manager == NOBODY else reports[manager]).append(person)
    walk, waiting = [], roots[::-1]
    while waiting:
        walk.append(waiting.pop())
        waiting += reversed(reports[walk[-1]])
    levels = np.zeros(len(managers), dtype=np.int_)
    first, last = np.zeros(len(managers)), np.zeros(len(managers))
    taken = 0
    for person in walk:
        if managers[person] != NOBODY:
            levels[person] = levels[managers[person]] + 1
        if not reports[person]:
            taken += 1
            first[person] = last[person] = taken
    for person in reversed(walk):
        if reports[person]:
            first[person], last[person] = first[reports[person][0]], last[reports[person][-1]]
    return levels, (first + last) / 2
