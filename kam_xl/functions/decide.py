"""Decide: the people who decide in an account, whom to win first, and the chart of who stands where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from kam_xl.analysis import organisation, stakeholders
from kam_xl.analysis.compare import Floats
from kam_xl.analysis.organisation import NOBODY
from kam_xl.functions.arguments import HEADERS
from kam_xl.functions.lists import key
from kam_xl.functions.registry import Argument, Scalar, worksheet_function

CATEGORY = "Decide"
ACTIONS = ("win first", "turn or contain", "win", "watch", "keep close", "keep informed")
WAYS = ("influences", "reports to them", "is their manager")

NAMES = Argument("names", "labels", "The people: one column of names. Rows without a name are left out.")
REPORTS_TO = Argument("reports_to", "labels", "Whom each person reports to: a name out of names, or blank.")
INFLUENCER = Argument(
    "influencer",
    "labels",
    "Who influences somebody: a name out of names, one per influence; as many rows as there are influences.",
    optional=True,
    rows="influences",
)
INFLUENCED = Argument(
    "influenced",
    "labels",
    "Whom the influencer of the same row influences: a name out of names.",
    optional=True,
    rows="influences",
)


@worksheet_function(
    CATEGORY,
    "table",
    "Whom to win first among the people who decide, what to do with each of them, and which friendly person can reach "
    "them.",
    NAMES,
    REPORTS_TO,
    Argument(
        "relationship",
        "words",
        '"friendly", "neutral" or "opposed", one per person. Blank is neutral.',
        choices=("friendly", "neutral", "opposed"),
    ),
    Argument(
        "power", "column", "Power of each person, from 1 (little) to 5 (decides); 4 and more is high. Blank is 0."
    ),
    INFLUENCER,
    INFLUENCED,
    HEADERS,
    columns=("Rank", "Name", "Relationship", "Power", "Action", "Through", "How"),
)
def KAM_STAKEHOLDERS(
    names: list[Any],
    reports_to: list[Any],
    relationship: list[str],
    power: Floats,
    influencer: list[Any] | None,
    influenced: list[Any] | None,
) -> list[Any]:
    """Rank, name, relationship, power, action, through whom and how, of every row with a name.

    First come the neutral with high power (4 and more, with the relative tolerance of 1e-9), then the opposed with
    high power, the neutral with low power, the opposed with low power, the friendly with high and with low power;
    among them the most powerful first, then in the order of the input.

    Through is the friendly person who can reach one who is not friendly: best somebody who influences them directly,
    else somebody who reports to them, else their own manager; of several the most powerful, then the first. Names
    match whatever their capitals, and the first row with a name counts; names that are not in the list are ignored.

    Examples
    --------
    >>> for row in KAM_STAKEHOLDERS(["Ash", "Birch", "Cedar"], ["", "Ash", "Ash"], ["", "friendly", "opposed"],
    ...                             [5, 2, 4], ["birch"], ["cedar"]):
    ...     print(row)
    [1, 'Ash', 'neutral', 5.0, 'win first', 'Birch', 'reports to them']
    [2, 'Cedar', 'opposed', 4.0, 'turn or contain', 'Birch', 'influences']
    [3, 'Birch', 'friendly', 2.0, 'keep informed', '', '']
    """
    people = _people(names)
    who = [names[row] for row in people]
    words = [relationship[row] or "neutral" for row in people]
    strength = np.nan_to_num(power[people], nan=0.0)
    friends = stakeholders.reached(
        [word == "friendly" for word in words],
        strength,
        _find(who, [reports_to[row] for row in people]),
        _influences(who, _pairs(influencer, influenced)),
    )
    priority = stakeholders.priorities(words, strength)
    order = stakeholders.order(priority, strength).tolist()
    return [
        list(range(1, len(people) + 1)),
        [who[i] for i in order],
        [words[i] for i in order],
        strength[order],
        [ACTIONS[priority[i]] for i in order],
        [_at(who, friends[i][0]) for i in order],
        [_at(WAYS, friends[i][1]) for i in order],
    ]


@worksheet_function(
    CATEGORY,
    "table",
    "The organisation chart: the level of each person, 0 at the top, and the place from left to right. No lines cross.",
    NAMES,
    REPORTS_TO,
    HEADERS,
    columns=("Name", "Manager", "Level", "Place", "Note"),
)
def KAM_ORG_CHART(names: list[Any], reports_to: list[Any]) -> list[Any]:
    """Name, manager, level, place and note of every row with a name, in the order of the input.

    The level is 0 without a manager and one more than the manager's below. People without reports take the places
    1, 2, 3 from left to right, in the order of the input below every manager; a manager stands in the middle of them.

    Names match whatever their capitals. Every row is a person of its own; reports_to means the first row with that
    name. A manager who is not in the list is noted as "unknown manager", and the person stands at the top. People who
    report to each other in a circle (or to themselves) are noted as "loop": the first of them in the input stands at
    the top without a manager, the others below.

    Examples
    --------
    >>> for row in KAM_ORG_CHART(["Ash", "Birch", "Cedar", "Doe"], ["", "ash", "Ash", "Elm"]):
    ...     print(row)
    ['Ash', '', 0, 1.5, '']
    ['Birch', 'Ash', 1, 1.0, '']
    ['Cedar', 'Ash', 1, 2.0, '']
    ['Doe', '', 0, 3.0, 'unknown manager']
    """
    who, managers, notes = _organisation(names, reports_to)
    levels, places = organisation.chart(managers)
    return [who, [_at(who, manager) for manager in managers], levels, places, notes]


@worksheet_function(
    CATEGORY,
    "table",
    "The lines of the organisation chart, with both their ends: who reports to whom, then who influences whom.",
    NAMES,
    REPORTS_TO,
    INFLUENCER,
    INFLUENCED,
    HEADERS,
    columns=("Line", "From", "To", "From place", "From level", "To place", "To level", "Note"),
)
def KAM_ORG_LINES(
    names: list[Any], reports_to: list[Any], influencer: list[Any] | None, influenced: list[Any] | None
) -> list[Any]:
    """Kind of line, from whom, to whom, place and level of both ends, and note; both ends as `KAM_ORG_CHART` puts them.

    First a line "reports to" from every person who is drawn below a manager, in the order of the input; then a line
    "influences" for every influence in its order. An influence of or on somebody who is not in the list has no places
    and the note "unknown person". Rows of influences with two blank cells are left out. The line that would close a
    loop is not drawn.

    Examples
    --------
    >>> for row in KAM_ORG_LINES(["Ash", "Birch"], ["", "Ash"], ["Ash", "Elm"], ["Birch", "Ash"]):
    ...     print(row)
    ['reports to', 'Birch', 'Ash', 1.0, 1, 1.0, 0, '']
    ['influences', 'Ash', 'Birch', 1.0, 0, 1.0, 1, '']
    ['influences', 'Elm', 'Ash', '', '', '', '', 'unknown person']
    """
    who, managers, _ = _organisation(names, reports_to)
    levels, places = (found.tolist() for found in organisation.chart(managers))
    lines: list[list[Any]] = []
    for person, manager in enumerate(managers):
        if manager != NOBODY:
            ends = [places[person], levels[person], places[manager], levels[manager]]
            lines.append(["reports to", who[person], who[manager], *ends, ""])
    pairs = _pairs(influencer, influenced)
    for pair, (one, other) in zip(pairs, _influences(who, pairs), strict=True):
        if NOBODY in (one, other):
            shown = [who[at] if at != NOBODY else name for at, name in zip((one, other), pair, strict=True)]
            lines.append(["influences", *shown, "", "", "", "", "unknown person"])
        else:
            ends = [places[one], levels[one], places[other], levels[other]]
            lines.append(["influences", who[one], who[other], *ends, ""])
    return list(zip(*lines, strict=True)) or [[]] * 8


def _people(names: list[Any]) -> list[int]:
    """The rows with a name."""
    return [row for row, name in enumerate(names) if name != ""]


def _pairs(influencer: list[Any] | None, influenced: list[Any] | None) -> list[tuple[Scalar, Scalar]]:
    """Who influences whom; a column that is omitted is blank."""
    pairs = zip_longest(influencer or [], influenced or [], fillvalue="")
    return [pair for pair in pairs if pair != ("", "")]


def _influences(who: list[Any], pairs: list[tuple[Scalar, Scalar]]) -> list[tuple[int, int]]:
    """The first persons with the names of each pair, or `NOBODY`."""
    return list(zip(*(_find(who, [pair[end] for pair in pairs]) for end in (0, 1)), strict=True))


def _find(who: list[Any], names: Sequence[Scalar]) -> list[int]:
    """The first person with each of the names, or `NOBODY`."""
    first: dict[object, int] = {}
    for person, name in enumerate(who):
        first.setdefault(key(name), person)
    return [first.get(key(name), NOBODY) for name in names]


def _at(texts: Sequence[Any], index: int) -> Any:
    return "" if index == NOBODY else texts[index]


def _organisation(names: list[Any], reports_to: list[Any]) -> tuple[list[Any], list[int], list[str]]:
    """The people, the manager under whom each is drawn, and what there is to note of each."""
    people = _people(names)
    who, above = [names[row] for row in people], [reports_to[row] for row in people]
    managers = _find(who, above)
    pairs = zip(managers, above, strict=True)
    notes = ["unknown manager" if manager == NOBODY and name != "" else "" for manager, name in pairs]
    for loop in organisation.loops(managers):
        managers[loop[0]] = NOBODY
        for person in loop:
            notes[person] = "loop"
    return who, managers, notes
