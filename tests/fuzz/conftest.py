"""How long and with which seed the fuzzers run: ``--fuzz SECONDS`` each, ``--fuzz-seed N``."""

from __future__ import annotations

import random

import pytest


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> float:
    """The time that one fuzzer takes."""
    return float(request.config.getoption("--fuzz"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance that can be had again: a failure names its seed."""
    seed = request.config.getoption("--fuzz-seed")
    if seed < 0:
        seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    return random.Random(seed)
