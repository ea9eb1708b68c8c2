"""Satisfaction: CSAT and NPS from the answers of a survey.

Answers come in any shape; NaN is no answer; without an answer the result is NaN.
"""

from __future__ import annotations

import math

import numpy as np

from kam_xl.analysis.compare import Floats, below


def csat(answers: Floats, satisfied_from: float = 4.0) -> float:
    """Customer satisfaction (CSAT): share of answers, 0..1, at or above `satisfied_from`.

    Examples
    --------
    >>> csat(np.array([5.0, 4, 3, 1]))
    0.5
    """
    given = answers[~np.isnan(answers)]
    return float(np.count_nonzero(~below(given, satisfied_from)) / given.size) if given.size else math.nan


def nps(answers: Floats) -> float:
    """Net promoter score (NPS) in points, -100..100: per cent of promoters less per cent of detractors.

    Promoters answer 9 or 10, detractors 0 to 6, on a scale of 0 to 10 (Reichheld, "The One Number You Need to Grow",
    Harvard Business Review 2003).

    Examples
    --------
    >>> nps(np.array([10.0, 9, 9, 8, 8, 8, 7, 7, 6, 0]))
    10.0
    """
    given = answers[~np.isnan(answers)]
    if not given.size:
        return math.nan
    promoters, detractors = np.count_nonzero(given >= 9), np.count_nonzero(given <= 6)
    return float(100 * (promoters - detractors) / given.size)
