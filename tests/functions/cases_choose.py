"""Cases of choose: selection, watch list, sensitivity; see `cases.py`."""

# fmt: off
CASES: list[tuple] = []
MISTAKES: list[tuple] = []
