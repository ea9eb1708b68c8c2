"""Whether a result is the expected one: numbers within a tolerance, all else exactly and of the same kind."""

import math


def kind(cell):
    return "flag" if isinstance(cell, bool) else "number" if isinstance(cell, int | float) else "text"


def same(found, expected):
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(found, list) or kind(found) != kind(expected):
        return False
    if kind(expected) == "number":
        return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)
    return found == expected
