"""Monthly recurring revenue (MRR): what moved between two dates, and the rates that follow from it.

Start and end hold one MRR per account, the same unit; NaN is an account that did not exist at that date, a negative
MRR counts as 0. Two amounts that differ by less than the relative tolerance have not moved.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kam_xl.analysis.compare import TOLERANCE, Flags, Floats
from kam_xl.analysis.pareto import clamped


@dataclass(frozen=True, slots=True)
class Movement:
    """One kind of movement: its MRR (losses are negative) and how many accounts moved."""

    mrr: float
    accounts: int


@dataclass(frozen=True, slots=True)
class Movements:
    """The bridge from the MRR at the start to the MRR at the end."""

    start: Movement
    new: Movement
    reactivated: Movement
    expansion: Movement
    contraction: Movement
    churned: Movement
    end: Movement


def _sum(amounts: Floats) -> float:
    return float(np.cumsum(amounts)[-1]) + 0.0 if amounts.size else 0.0


def movements(start: Floats, end: Floats) -> Movements:
    """MRR movements: new, reactivated, expansion, contraction, churned.

    New: no entry at the start. Reactivated: an entry of 0 at the start. Churned: 0 or no entry at the end. Expansion
    and contraction are the differences of the accounts that stay.

    Examples
    --------
    >>> moved = movements(np.array([100.0, 50.0, np.nan, 0.0]), np.array([120.0, 0.0, 30.0, 10.0]))
    >>> moved.expansion.mrr, moved.churned.mrr, moved.new.mrr, moved.reactivated.mrr, moved.end.mrr
    (20.0, -50.0, 30.0, 10.0, 160.0)
    """
    fresh, before, after = np.isnan(start), clamped(start), clamped(end)
    stays = (before > 0) & (after > 0)
    change = after - before
    moved = np.abs(change) > TOLERANCE * np.maximum(before, after)

    def movement(which: Flags, amounts: Floats = change) -> Movement:
        return Movement(_sum(amounts[which]), int(np.count_nonzero(which)))

    return Movements(
        start=movement(before > 0, before),
        new=movement(fresh & (after > 0)),
        reactivated=movement(~fresh & (before == 0) & (after > 0)),
        expansion=movement(stays & moved & (change > 0)),
        contraction=movement(stays & moved & (change < 0)),
        churned=movement((before > 0) & (after == 0)),
        end=movement(after > 0, after),
    )


def net_retention(start: Floats, end: Floats) -> float:
    """Net revenue retention (NRR): MRR at the end of the accounts of the start, over their MRR at the start.

    NaN without MRR at the start.

    Examples
    --------
    >>> net_retention(np.array([100.0, 60.0, 40.0, np.nan]), np.array([120.0, 54.0, 36.0, 99.0]))
    1.05
    """
    before, after = clamped(start), clamped(end)
    started = before > 0
    return _sum(after[started]) / _sum(before[started]) if started.any() else math.nan


def gross_retention(start: Floats, end: Floats) -> float:
    """Gross revenue retention (GRR): as NRR with each account's end capped at its start; never above 1.

    NaN without MRR at the start.

    Examples
    --------
    >>> gross_retention(np.array([86.0, 6.0, 8.0]), np.array([90.0, 0.0, 0.0]))
    0.86
    """
    before, after = clamped(start), clamped(end)
    started = before > 0
    return _sum(np.minimum(before, after)[started]) / _sum(before[started]) if started.any() else math.nan


def quick_ratio(start: Floats, end: Floats) -> float:
    """Quick ratio: MRR gained (new, reactivated, expansion) over MRR lost (contraction, churned).

    NaN without losses. Source: Hamid, "The SaaS Quick Ratio" (2015).

    Examples
    --------
    >>> quick_ratio(np.array([10.0, 8.0, np.nan]), np.array([5.0, 5.0, 28.0]))
    3.5
    """
    moved = movements(start, end)
    lost = -(moved.contraction.mrr + moved.churned.mrr)
    gained = moved.new.mrr + moved.reactivated.mrr + moved.expansion.mrr
    return gained / lost if lost > 0 else math.nan


def arpa(mrr: Floats) -> float:
    """Average revenue per account (ARPA): the mean MRR of the accounts that pay; NaN if none does.

    Examples
    --------
    >>> arpa(np.array([1.0, 1, 3, 5, 5, 0, np.nan]))
    3.0
    """
    paying = mrr[mrr > 0]
    return _sum(paying) / paying.size if paying.size else math.nan
