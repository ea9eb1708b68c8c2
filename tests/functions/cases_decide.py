"""Cases of decide: stakeholders and the organisation chart; see `cases.py`."""

# fmt: off
CASES: list[tuple] = []
MISTAKES: list[tuple] = []
