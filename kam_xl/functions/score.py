"""Score: growth as a rate and as a score, weighted scores, ranks and the scoring matrix."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis.compare import Floats
from kam_xl.analysis.growth import cagr, min_max
from kam_xl.analysis.ordering import ranks
from kam_xl.analysis.scoring import total_scores, weighted_scores
from kam_xl.functions import render
from kam_xl.functions.arguments import (
    ACCOUNTS,
    GROWTH,
    GROWTH_SHARE,
    GROWTH_WEIGHTS,
    HARMONY,
    HARMONY_WEIGHTS,
    HEADERS,
    REVENUE_BY_YEAR,
    weights_of,
)
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Score"


@worksheet_function(
    CATEGORY,
    "column",
    "Compound annual growth rate of each account from the first to the last year.",
    REVENUE_BY_YEAR,
    Argument(
        "periods",
        "number",
        "Years between the first and the last column. One less than the columns if omitted.",
        optional=True,
        limit="positive",
    ),
)
def KAM_CAGR(revenue_by_year: Floats, periods: float | None) -> list[Any]:
    """Growth a year per account: (last / first) ** (1 / periods) - 1.

    n/a where the rate has no meaning: the first or the last year is blank, the first is not positive, the last is
    negative, or there is only one year. A last year of 0 is -1. A row without any revenue stays blank.

    Examples
    --------
    >>> [row[0] if row[0] == "n/a" else round(row[0], 9) for row in KAM_CAGR([[100, 110, 121], [0, 5, 8]])]
    [0.1, 'n/a']
    """
    accounts, years = revenue_by_year.shape
    if years == 1:
        rates = np.full(accounts, np.nan)
    else:
        rates = cagr(revenue_by_year[:, 0], revenue_by_year[:, -1], periods if periods is not None else years - 1)
    found = render.cells(rates)
    for account in np.flatnonzero(np.isnan(rates)).tolist():
        if not np.isnan(revenue_by_year[account]).all():
            found[account] = render.NOT_AVAILABLE
    return found


@worksheet_function(
    CATEGORY,
    "matrix",
    "Puts numbers on a scale of 1 to 10 (or another): the smallest becomes 1, the largest 10, the others in "
    "proportion.",
    Argument("values", "numbers", "The numbers. Blank cells stay blank."),
    Argument("low", "number", "What the smallest number becomes. 1 if omitted.", True, 1.0),
    Argument("high", "number", "What the largest number becomes. 10 if omitted.", True, 10.0),
)
def KAM_SCALE(values: Floats, low: float, high: float) -> Floats:
    """Min-max scale over all the numbers, in the shape of the input.

    All equal (or only one): the middle of the scale. `low` above `high` turns the scale round, for measures where less
    is better.

    Examples
    --------
    >>> KAM_SCALE([[10], [15], [20], [""]])
    [[1.0], [5.5], [10.0], ['']]
    """
    return min_max(values, low, high)


@worksheet_function(
    CATEGORY,
    "column",
    "Weighted score of each account: the scores of its criteria times their weights, which are made to sum to 1.",
    Argument("scores", "numbers", "Scores, one row per account and one column per criterion."),
    weights_of("weights", "criterion", "scores"),
)
def KAM_SCORE(scores: Floats, weights: Floats) -> Floats:
    """Weighted score per account, on the scale of the scores.

    Weights are normalised to sum 1; a blank weight is 0, and a criterion of weight 0 is left out, so that a blank
    score there does no harm. Any other blank score leaves the result of its row blank, and of no other row.

    Examples
    --------
    >>> [round(score, 9) for (score,) in KAM_SCORE([[8, 3, 2, 1], [4, 6, 8, 3]], [15, 35, 20, 30])]
    [2.95, 5.2]
    """
    return weighted_scores(scores, weights)


@worksheet_function(
    CATEGORY,
    "column",
    "Rank of each number, 1 for the largest. Equal numbers have the same rank: 1, 2, 2, 4.",
    Argument("values", "column", "The numbers: one column. Blank cells stay blank."),
    Argument("ascending", "flag", "TRUE gives 1 to the smallest number. FALSE if omitted.", True, False),
)
def KAM_RANK(values: Floats, ascending: bool) -> list[Any]:
    """Rank per number; equal numbers (within a relative tolerance of 1e-9) have the same rank.

    Examples
    --------
    >>> KAM_RANK([7, 9, 7, 1, ""])
    [[2], [1], [2], [4], ['']]
    """
    return render.whole(ranks(values, ascending))


@worksheet_function(
    CATEGORY,
    "table",
    "The scoring matrix: growth score, harmony score, total and rank of each account, the best first.",
    ACCOUNTS,
    GROWTH,
    GROWTH_WEIGHTS,
    HARMONY,
    HARMONY_WEIGHTS,
    GROWTH_SHARE,
    HEADERS,
    columns=("Account", "Growth score", "Harmony score", "Total", "Rank"),
)
def KAM_SCORING(
    accounts: list[Any],
    growth: Floats,
    growth_weights: Floats,
    harmony: Floats,
    harmony_weights: Floats,
    growth_share: float,
) -> list[Any]:
    """Account, growth score, harmony score, total, rank; the best total first.

    Both scores are as by `KAM_SCORE`, the rank of the total as by `KAM_RANK`; equal totals keep the order of the
    input. An account of which one of the scores cannot be computed comes last, in the order of the input, with blanks
    for what is missing. A row with neither an account nor any score is left out; scores without an account keep a
    blank name.

    Examples
    --------
    >>> for row in KAM_SCORING(["Ash", "Birch", "Cedar"], [[2], [8], [6]], [1], [[4], [6], [""]], [1]):
    ...     print(row)
    ['Birch', 8.0, 6.0, 7.0, 1]
    ['Ash', 2.0, 4.0, 3.0, 2]
    ['Cedar', 6.0, '', '', '']
    """
    growth_score, harmony_score = weighted_scores(growth, growth_weights), weighted_scores(harmony, harmony_weights)
    total = total_scores(growth_score, harmony_score, growth_share)
    places = ranks(total)
    unscored = frozenset(np.flatnonzero(np.isnan(np.column_stack((growth, harmony))).all(axis=1)).tolist())
    order = [
        row
        for row in np.argsort(places, kind="stable").tolist()  # NaN, without a place, sorts last
        if accounts[row] != "" or row not in unscored
    ]
    return [
        [accounts[row] for row in order],
        growth_score[order],
        harmony_score[order],
        total[order],
        render.whole(places[order]),
    ]
