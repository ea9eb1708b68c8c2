"""Kill a writing program at a chosen phase: a child by fork that ends itself there, as SIGKILL would."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from itertools import count

from kam_xl import writing


def phases_of(work: Callable[[], object]) -> int:
    """How many phases of writing some work goes through."""
    reached = writing.reached
    passed: list[str] = []
    writing.reached = passed.append
    try:
        work()
    finally:
        writing.reached = reached
    return len(passed)


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do some work in a child that is killed at the phase of that number; whether it got there."""
    child = os.fork()
    if child == 0:
        try:
            passed = count()
            writing.reached = lambda _phase: os.kill(os.getpid(), signal.SIGKILL) if next(passed) == number else None
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def kills(work: Callable[[], object], most: int = 1_000) -> Iterator[int]:
    """Kill the work at one phase after the other until it gets through; yields after each kill."""
    for number in range(most):
        if not killed_at(number, work):
            return
        yield number
