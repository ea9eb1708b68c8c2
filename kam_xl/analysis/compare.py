"""Comparisons with the one relative tolerance that every rule shares.

A computed number rarely lands exactly on a line: 0.1 + 0.7 is a hair below 0.8. All comparisons of computed numbers
with a cut or a threshold go through this module, so that scaling the data never moves an account over a line.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

TOLERANCE = 1e-9


def below(values: Floats, line: float) -> Flags:
    """Which values are below a line, strictly; NaN is not.

    Examples
    --------
    >>> below(np.array([44.9, 45.0, 44.99999999999999]), 45).tolist()
    [True, False, False]
    """
    return values < line - TOLERANCE * abs(line)


def above(values: Floats, line: float) -> Flags:
    """Which values are above a line, strictly; NaN is not.

    Examples
    --------
    >>> above(np.array([60.0, 60.00000000000001, 61.0]), 60).tolist()
    [False, False, True]
    """
    return values > line + TOLERANCE * abs(line)


def apart(larger: Floats, smaller: Floats) -> Flags:
    """Which pairs differ by more than the tolerance; each pair with its larger number first.

    Examples
    --------
    >>> apart(np.array([3.0, 3.0]), np.array([2.0, 2.9999999999])).tolist()
    [True, False]
    """
    return smaller < larger - TOLERANCE * np.abs(larger)
