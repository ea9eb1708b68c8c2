"""Cases of plan: timeline and responsibilities; see `cases.py`."""

# fmt: off
CASES: list[tuple] = []
MISTAKES: list[tuple] = []
