"""Satisfaction: CSAT and NPS of the answers of a survey."""

from __future__ import annotations

import numpy as np

from kam_xl.analysis import satisfaction
from kam_xl.analysis.compare import Floats
from kam_xl.errors import InputError
from kam_xl.functions.clean import place, shortest
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Monitor"


@worksheet_function(
    CATEGORY,
    "scalar",
    "Customer satisfaction: the share of answers that are satisfied, 4 or 5 on a scale of 1 to 5.",
    Argument("scores", "numbers", "The answers, in a range of any shape. Blank cells are no answers."),
    Argument("satisfied_from", "number", "The lowest answer that is satisfied. 4 if omitted.", True, 4.0),
)
def KAM_CSAT(scores: Floats, satisfied_from: float) -> float | str:
    """Share of answers at or above `satisfied_from`; no answers: blank.

    Examples
    --------
    >>> KAM_CSAT([[5, 4], [3, ""], [1, ""]])
    0.5
    """
    return "" if np.isnan(scores).all() else satisfaction.csat(scores, satisfied_from)


@worksheet_function(
    CATEGORY,
    "scalar",
    "Net promoter score in points, -100 to 100: per cent of answers 9 and 10 less per cent of answers 0 to 6.",
    Argument("scores", "numbers", "The answers, 0 to 10, in a range of any shape. Blank cells are no answers."),
)
def KAM_NPS(scores: Floats) -> float | str:
    """Promoters (9 and 10) less detractors (0 to 6), in points from -100 to 100; no answers: blank.

    Examples
    --------
    >>> KAM_NPS([10, 9, 9, 8, 8, 8, 7, 7, 6, 0])
    10.0
    """
    outside = np.flatnonzero((scores < 0) | (scores > 10))
    if outside.size:
        cell = int(outside[0])
        raise InputError(f"scores {place(cell, scores.shape[1])} is {shortest(scores.flat[cell])}; give 0 to 10")
    return "" if np.isnan(scores).all() else satisfaction.nps(scores)
