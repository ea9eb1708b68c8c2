"""Weighted scores: several criteria, one number per account."""

from __future__ import annotations

import numpy as np

from kam_xl.analysis.compare import Floats


def normalised(weights: Floats) -> Floats:
    """Weights that sum to 1.

    Examples
    --------
    >>> normalised(np.array([15.0, 35.0, 20.0, 30.0])).tolist()
    [0.15, 0.35, 0.2, 0.3]
    """
    return np.asarray(weights / np.cumsum(weights)[-1])


def weighted_scores(scores: Floats, weights: Floats) -> Floats:
    """Weighted sum of the scores of each account, with weights that sum to 1 (weighted scoring model).

    Parameters
    ----------
    scores
        Accounts x criteria, any scale; NaN is not scored.
    weights
        One per criterion, not negative, not all 0. A criterion of weight 0 is left out.

    Returns
    -------
    Floats
        One score per account on the scale of the scores; NaN where a score is missing.

    Examples
    --------
    >>> weighted_scores(np.array([[8.0, 3, 2, 1], [4, 6, 8, 3]]), np.array([15.0, 35, 20, 30])).round(9).tolist()
    [2.95, 5.2]
    """
    result = np.zeros(scores.shape[0])
    for column, weight in enumerate(normalised(weights)):
        if weight > 0:
            result = result + weight * scores[:, column]
    return result


def weighted_mean_present(factors: Floats, weights: Floats) -> Floats:
    """Weighted mean of the factors that are there: the weight of a missing one is spread over the others.

    Parameters
    ----------
    factors
        Accounts x factors, any scale; NaN is missing.
    weights
        One per factor, not negative, not all 0.

    Returns
    -------
    Floats
        One mean per account; NaN where no factor with a weight is there.

    Examples
    --------
    >>> weighted_mean_present(np.array([[10.0, 10, 0], [80, np.nan, 40]]), np.ones(3)).round(2).tolist()
    [6.67, 60.0]
    """
    total, weight_there = np.zeros(factors.shape[0]), np.zeros(factors.shape[0])
    for column, weight in enumerate(normalised(weights)):
        there = ~np.isnan(factors[:, column])
        total[there] += weight * factors[there, column]
        weight_there[there] += weight
    mean = np.full(total.size, np.nan)
    np.divide(total, weight_there, out=mean, where=weight_there > 0)
    return mean


def total_scores(growth_score: Floats, harmony_score: Floats, growth_share: float) -> Floats:
    """Total of each account: its growth score and its harmony score, weighted with growth_share and the rest of 1.

    Examples
    --------
    >>> total_scores(np.array([2.0, 8]), np.array([4.0, 6]), 0.25).tolist()
    [3.5, 6.5]
    """
    return growth_share * growth_score + (1 - growth_share) * harmony_score
