"""Choose: which accounts are key, which to watch, and whether the choice hangs on the weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis import selection
from kam_xl.analysis.compare import Floats
from kam_xl.analysis.ordering import ranks
from kam_xl.analysis.sensitivity import trials
from kam_xl.functions import render
from kam_xl.functions.arguments import (
    ACCOUNTS,
    GROWTH,
    GROWTH_SHARE,
    GROWTH_WEIGHTS,
    HARMONY,
    HARMONY_WEIGHTS,
    HEADERS,
)
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Choose"
DECISIONS = {selection.OUT: "", selection.TIED: "tied at the line", selection.KEY: "key account"}
# by standing, and by whether an account that is not key grows fast
REASONS = {
    (selection.LEAVES, False): "no longer earns its place",
    (selection.UNSCORED, False): "no score",
    (selection.EARNS, False): "earns a place",
    (selection.EARNS, True): "earns a place, grows fast",
    (selection.NEAR, False): "near the line",
    (selection.NEAR, True): "near the line, grows fast",
    (selection.UNLISTED, True): "grows fast",
}


@worksheet_function(
    CATEGORY,
    "table",
    "The selection of key accounts: every account with its rank and score, the best first, and whether it is chosen.",
    ACCOUNTS,
    Argument("scores", "numbers", "Scores, one row per account and one column per criterion, by custom 1 to 10."),
    Argument("cap", "number", "How many key accounts at most. A fraction is rounded down.", limit="positive"),
    Argument(
        "weights",
        "weights",
        "One weight per criterion: the score is then the weighted mean. The sum of the criteria if omitted.",
        optional=True,
        over="scores",
    ),
    Argument("at_least", "number", "The least score of a key account. Any score will do if omitted.", optional=True),
    HEADERS,
    columns=("Rank", "Account", "Score", "Decision"),
)
def KAM_SELECT(
    accounts: list[Any], scores: Floats, cap: float, weights: Floats | None, at_least: float | None
) -> list[Any]:
    """Rank, account, score, decision; the best score first.

    The score is the sum of the criteria, or by `weights` as `KAM_SCORE` has it; the rank is that of `KAM_RANK`. Equal
    scores (within a relative tolerance of 1e-9) keep the order of the input. "key account" are the first `cap`, if
    they have `at_least`; of a `cap` below 1 the first. Accounts of equal score are chosen together or not at all:
    those for whom there is not room enough are "tied at the line". An account that lacks the score of a criterion that
    counts comes last, in the order of the input, with neither rank nor score. A row with neither an account nor any
    score is left out.

    Examples
    --------
    >>> for row in KAM_SELECT(["Ash", "Birch", "Cedar", "Oak"], [[5, 6], [9, 8], [7, 4], [2, 2]], 2):
    ...     print(row)
    [1, 'Birch', 17.0, 'key account']
    [2, 'Ash', 11.0, 'tied at the line']
    [2, 'Cedar', 11.0, 'tied at the line']
    [4, 'Oak', 4.0, '']
    """
    score = selection.selection_scores(scores, weights)
    places = ranks(score)
    decided = selection.decisions(score, cap, -np.inf if at_least is None else at_least)
    unscored = frozenset(np.flatnonzero(np.isnan(scores).all(axis=1)).tolist())
    order = [
        row
        for row in np.argsort(places, kind="stable").tolist()  # NaN, without a place, sorts last
        if accounts[row] != "" or row not in unscored
    ]
    return [
        render.whole(places[order]),
        [accounts[row] for row in order],
        score[order],
        [DECISIONS[decision] for decision in decided[order].tolist()],
    ]


@worksheet_function(
    CATEGORY,
    "table",
    "The watch list: key accounts that no longer earn their place, then accounts that earn one, are near it or grow "
    "fast.",
    ACCOUNTS,
    Argument("score", "column", "The score of each account."),
    Argument("is_key", "marks", "Who is a key account today: any mark; blank, FALSE, 0 or no if not."),
    Argument("at_least", "number", "The score that a key account needs."),
    Argument("growth", "column", "Growth a year of each account: 0.2 is 20 %.", optional=True),
    Argument(
        "near",
        "number",
        "An account is near the line from this share below it. 0.1 if omitted.",
        optional=True,
        default=0.1,
        limit="part",
    ),
    Argument("fast", "number", "An account grows fast from this growth a year. 0.2 if omitted.", True, 0.2),
    HEADERS,
    columns=("Account", "Score", "Growth", "Reason"),
)
def KAM_WATCH(
    accounts: list[Any],
    score: Floats,
    is_key: list[bool],
    at_least: float,
    growth: Floats | None,
    near: float,
    fast: float,
) -> list[Any]:
    """Account, score, growth, reason; key accounts from the lowest score up, then the others from the highest down.

    A key account is listed if its score is below `at_least` or blank, any other if its score is not below the line
    less `near`, or its growth not below `fast`; all with a relative tolerance of 1e-9. Blank scores come last, the key
    ones among the key ones; equal scores keep the order of the input. A row with neither account, score nor growth is
    left out even if it has a mark.

    Examples
    --------
    >>> for row in KAM_WATCH(["Ash", "Birch", "Cedar", "Oak"], [4, 6, 4.6, 2], ["x", "x", "", ""], 5, ["", "", 0, 0.3]):
    ...     print(row)
    ['Ash', 4.0, '', 'no longer earns its place']
    ['Cedar', 4.6, 0.0, 'near the line']
    ['Oak', 2.0, 0.3, 'grows fast']
    """
    key = np.array(is_key, dtype=np.bool_)
    rates = np.full(score.size, np.nan) if growth is None else growth
    standing = selection.standing(score, key, at_least, near).tolist()
    growing = (selection.grows_fast(rates, fast) & ~key).tolist()
    reasons = [REASONS.get(why, "") for why in zip(standing, growing, strict=True)]
    nothing = np.isnan(score) & np.isnan(rates)
    order = [
        row
        for row in selection.watch_order(score, key).tolist()
        if reasons[row] and (accounts[row] != "" or not nothing[row])
    ]
    return [[accounts[row] for row in order], score[order], rates[order], [reasons[row] for row in order]]


@worksheet_function(
    "Score",
    "table",
    "Sensitivity of the scoring matrix: whether the first account stays first if a single weight is raised or lowered.",
    ACCOUNTS,
    GROWTH,
    GROWTH_WEIGHTS,
    HARMONY,
    HARMONY_WEIGHTS,
    GROWTH_SHARE,
    Argument(
        "change",
        "number",
        "By which share each weight is raised, and lowered. 0.1 if omitted.",
        optional=True,
        default=0.1,
        limit="share",
    ),
    HEADERS,
    columns=("Group", "Criterion", "Change", "First", "Total", "Lead", "Survives"),
)
def KAM_SENSITIVITY(
    accounts: list[Any],
    growth: Floats,
    growth_weights: Floats,
    harmony: Floats,
    harmony_weights: Floats,
    growth_share: float,
    change: float,
) -> list[Any]:
    """Group, criterion, change, first, total, lead, survives: two rows per weight above 0, two for `growth_share`.

    Each row is `KAM_SCORING` with one weight changed: the account that is then first, its total and its lead over the
    best other account (blank if there is none). `Survives` is TRUE if the account that is first with the given weights
    still has the best total, or ties with it by the tolerance of `KAM_RANK`. The criterion is the number of its column
    within its group, 0 for the share of growth, which is never raised above 1. A change of 1 that takes the only
    weight of a group leaves no totals: n/a. If no account has a total with the given weights, nothing is listed.

    Examples
    --------
    >>> table = KAM_SENSITIVITY(["Ash", "Birch"], [[9, 5], [5, 9]], [51, 49], [6, 6], 1)
    >>> [(row[0], row[1], row[2], row[3], row[6]) for row in table[:2]]
    [('growth', 1, 0.1, 'Ash', True), ('growth', 1, -0.1, 'Birch', False)]
    """
    rows = []
    for one in trials(growth, growth_weights, harmony, harmony_weights, growth_share, change):
        found: list[Any] = [render.NOT_AVAILABLE] * 4
        if one.first is not None:
            found = [accounts[one.first], one.total, *render.cells(np.array([one.lead])), one.survives]
        rows.append([one.group, one.criterion, one.change, *found])
    return list(zip(*rows, strict=True)) if rows else [[]] * 7
