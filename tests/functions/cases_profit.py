"""Cases of profit: margin, quadrants, whale curve, lifetime value, white space; see `cases.py`."""

# fmt: off
CASES: list[tuple] = []
MISTAKES: list[tuple] = []
