"""Kill a writing program at a chosen moment: a child by fork that ends itself there, as SIGKILL would."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from kam_xl import writing
from kam_xl.errors import KamError

GOT_THROUGH, REFUSED, BROKE = 0, 3, 4


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


def ended(work: Callable[[], object], number: int | None = None, inside: Path | None = None) -> str | int:
    """Do some work in a child: how it ended; or at what it was killed, and in which modules of ours, a line each.

    It is killed at the moment of that number, if it gets there. Moments are the phases of writing and, in a folder
    `inside`, also whatever Python is about to do to a file there.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = BROKE
        try:
            passed = count()

            def moment(what: str) -> None:
                if next(passed) == number:
                    os.write(tell, "\n".join([what, *_callers()]).encode())
                    os.kill(os.getpid(), signal.SIGKILL)

            writing.reached = moment
            if inside is not None:
                _watched(str(inside), moment)
            work()
            code = GOT_THROUGH
        except KamError:
            code = REFUSED
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        what = pipe.read().decode()
    _pid, status = os.waitpid(child, 0)
    return what if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _callers() -> list[str]:
    frame, found = sys._getframe(), set()
    while frame := frame.f_back:  # type: ignore[assignment]
        found.add(str(frame.f_globals.get("__name__")))
    return sorted(name for name in found if name.startswith("kam_xl."))


def _watched(folder: str, moment: Callable[[str], None]) -> None:
    """Call for every step to a file of a folder, before it is taken: Python's own audit tells of them."""

    def told(event: str, given: tuple[object, ...]) -> None:
        if event.startswith(("open", "os.", "shutil.")) and any(
            isinstance(one, str | bytes | os.PathLike) and os.fsdecode(one).startswith(folder) for one in given
        ):
            moment(event)

    sys.addaudithook(told)


def kills(work: Callable[[], object], most: int = 1_000) -> Iterator[int]:
    """Kill the work at one phase after the other until it gets through; yields after each kill."""
    for number in range(most):
        if isinstance(ended(work, number), int):
            return
        yield number
