"""ABC analysis: accounts in three tiers by the share of revenue that the larger accounts have already made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import TOLERANCE, Floats, apart
from kam_xl.analysis.pareto import clamped

Codes: TypeAlias = NDArray[np.int8]
NONE, A, B, C = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class TierSummary:
    """The three tiers side by side; every field has three entries, for A, B and C."""

    accounts: NDArray[np.int64]
    share_of_accounts: Floats  # 0..1
    revenue: Floats  # as it stands, negative revenue included
    share_of_revenue: Floats  # 0..1, of the positive revenue


def _inside(falling: Floats, share: Floats, cut: float, within: bool) -> int:
    """How many of the largest accounts are inside a cut; accounts with equal revenue stand together."""
    if within:
        inside = int(np.searchsorted(share, cut + TOLERANCE * cut, side="right"))
    else:
        inside = 1 + int(np.searchsorted(share, cut - TOLERANCE * cut, side="left"))
    if 0 < inside < falling.size:
        gaps = apart(falling[inside - 1 : -1], falling[inside:])
        inside = inside + int(np.argmax(gaps)) if gaps.any() else falling.size
    return inside


def tiers(revenue: Floats, a_cut: float = 0.8, b_cut: float = 0.95, within: bool = False) -> Codes:
    """Tier of each account: A, B or C.

    Accounts are taken from the largest to the smallest. An account is A while the share of revenue before it is below
    `a_cut`, B while it is below `b_cut`, else C, so that the account that crosses the line is inside. Equal revenue
    makes an equal tier, that of the first of them. Zero and negative revenue is C and adds nothing to any total.

    As equal revenue has an equal tier, the tiers are ranges of revenue: sorting the numbers is enough, and no
    permutation is needed.

    Parameters
    ----------
    revenue
        One number per account, any unit; NaN has no tier.
    a_cut, b_cut
        Cumulative shares, 0 < a_cut <= b_cut <= 1.
    within
        The other convention: an account is inside only if the share including it is not above the cut.

    Returns
    -------
    Codes
        `A`, `B`, `C`, or `NONE` for NaN; in the order of the input.

    Examples
    --------
    >>> tiers(np.array([70.0, 30.0]), 0.7, 0.9).tolist() == [A, B]
    True
    >>> tiers(np.array([70.0, 30.0]), 0.7, 0.9, within=True).tolist() == [A, C]
    True
    """
    codes = np.full(revenue.size, C, dtype=np.int8)
    codes[np.isnan(revenue)] = NONE
    falling = np.sort(revenue[revenue > 0])[::-1]
    if not falling.size:
        return codes
    running = np.cumsum(falling)
    share = running / running[-1]
    for code, cut in ((B, b_cut), (A, a_cut)):
        inside = _inside(falling, share, cut, within)
        if inside:
            codes[revenue >= falling[inside - 1]] = code
    return codes


def tier_summary(revenue: Floats, codes: Codes) -> TierSummary:
    """Accounts and revenue per tier.

    Parameters
    ----------
    revenue, codes
        One entry per account, as from `tiers`.

    Returns
    -------
    TierSummary
        Without accounts or without positive revenue the shares are 0.

    Examples
    --------
    >>> revenue = np.array([85.0, 15.0])
    >>> tier_summary(revenue, tiers(revenue)).share_of_revenue.tolist()
    [0.85, 0.15, 0.0]
    """
    members = [codes == code for code in (A, B, C)]
    counts = np.array([np.count_nonzero(member) for member in members])
    counted = clamped(revenue)
    share_of_revenue = np.array([counted[member].sum() for member in members])
    total = share_of_revenue.sum()
    return TierSummary(
        accounts=counts,
        share_of_accounts=counts / max(int(counts.sum()), 1),
        revenue=np.array([revenue[member].sum() for member in members]),
        share_of_revenue=share_of_revenue / total if total > 0 else share_of_revenue,
    )
