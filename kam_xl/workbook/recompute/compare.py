"""Whether a stored value is the right one."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import product

from kam_xl.formulas.values import Err, Scalar

_MARKS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f \u066b\u066c](?=\d)")
_GROUPS, _POINTS = (",", ".", "'", "’", "\u00a0", "\u202f", " ", "\u066c", ""), (".", ",", "\u066b")


def same(stored: Scalar, value: Scalar) -> bool:
    """Whether a stored value is the one computed here: numbers to nine digits, texts with numbers in any language.

    None is a cell without a value, which is not an empty text: formulas tell them apart.

    >>> same(0.1 + 0.2, 0.3), same("1.306,5 k€", "1,306.5 k€"), same("1", 1), same(None, "")
    (True, True, False, False)
    """
    if isinstance(stored, bool) or isinstance(value, bool):
        return stored is value
    if isinstance(stored, (int, float)) and isinstance(value, (int, float)):
        return math.isclose(stored, value, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(stored, Err) or isinstance(value, Err):
        return isinstance(stored, Err) and isinstance(value, Err) and stored == value
    if isinstance(stored, str) and isinstance(value, str):
        return stored == value or (len(stored) <= 2 * len(value) and _other_marks(stored, value))
    return stored is None and value is None


@lru_cache(maxsize=10_000)
def _other_marks(stored: str, value: str) -> bool:
    """Whether a text differs only by the signs that a language puts between thousands and before decimals."""
    if not _MARKS.search(value):
        return False
    for group, point in product(_GROUPS, _POINTS):
        if group != point and _MARKS.sub(lambda m, g=group, p=point: {",": g, ".": p}.get(m[0], m[0]), value) == stored:  # type: ignore[misc]
            return True
    return False
