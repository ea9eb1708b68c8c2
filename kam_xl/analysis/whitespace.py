"""White space: what accounts buy of what they could buy, division by division."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam_xl.analysis.compare import Floats, apart
from kam_xl.analysis.pareto import clamped

NONE, SOLD, OPEN, WHITE_SPACE, UNKNOWN = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Wallet:
    """What is sold of each potential; every field has one entry per pair of account and division."""

    state: NDArray[np.int8]  # SOLD, OPEN, WHITE_SPACE, UNKNOWN (something sold, no potential), NONE (neither)
    share: Floats  # share of wallet: sold over potential; NaN without a potential
    gap: Floats  # what is left of the potential; NaN without a potential


def wallet(sold: Floats, potential: Floats) -> Wallet:
    """Share of wallet and what is left of the potential.

    Sold: as much as the potential, or more (with the relative tolerance); nothing is left. Open: a part of it. White
    space: nothing.

    Parameters
    ----------
    sold, potential
        Sales and possible sales per pair of account and division, in one currency and over one period. NaN and
        negative numbers count as 0.

    Examples
    --------
    >>> found = wallet(np.array([2500.0, np.nan]), np.array([10000.0, 400.0]))
    >>> found.share.tolist(), found.gap.tolist(), found.state.tolist() == [OPEN, WHITE_SPACE]
    ([0.25, 0.0], [7500.0, 400.0], True)
    """
    got, possible = clamped(sold), clamped(potential)
    wanted, part = possible > 0, apart(possible, got)  # part: sold less than the potential
    bought = np.where(wanted, np.where(part, OPEN, SOLD), UNKNOWN)
    state = np.where(got > 0, bought, np.where(wanted, WHITE_SPACE, NONE))
    share = np.full(got.size, np.nan)
    np.divide(got, possible, out=share, where=wanted)
    gap = np.where(wanted, np.where(part, possible - got, 0.0), np.nan)
    return Wallet(state.astype(np.int8), share, gap)
