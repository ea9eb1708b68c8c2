"""Choose: selection, watch list, sensitivity: random arguments that mean something, and deliberate mistakes.

See `random_tables.py` and `mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

SHAPES: dict[str, Callable[[random.Random, list[Any]], None]] = {}  # change the arguments in place
MUTATIONS: list[tuple[str, str, str]] = []
