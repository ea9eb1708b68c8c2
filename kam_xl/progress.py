"""What long work says of how far it is, and the bar that shows it at a terminal.

The work calls `expect` and `step`, which do nothing unless somebody looks; only `shown` knows how it is drawn.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Protocol

from kam_xl.locale import _


class Listener(Protocol):
    """Who looks at the work."""

    def expect(self, steps: int) -> None:
        """So many steps more are to come."""

    def step(self, doing: str) -> None:
        """The step before is done, the next begins."""

    def pause(self) -> None:
        """Leave the terminal to others."""

    def go_on(self) -> None:
        """Show again how far it is."""


_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def expect(steps: int) -> None:
    """Say that so many steps more are to come."""
    if listener := _listener.get():
        listener.expect(steps)


def step(doing: str) -> None:
    """Say what begins now: ``building the page ABC``. The step before it is done.

    Examples
    --------
    >>> class Told:
    ...     expect = step = print
    >>> with listened(Told):
    ...     expect(2)
    ...     step("reading accounts.csv")
    2
    reading accounts.csv
    >>> step("nobody listens")
    """
    if listener := _listener.get():
        listener.step(doing)


@contextmanager
def listened(listener: Listener | None) -> Iterator[None]:
    """Have a listener told of the work of this block, in place of any other."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """Leave the terminal to a question or a line of the command while this block runs."""
    listener = _listener.get()
    if listener is None:
        yield
        return
    listener.pause()
    try:
        yield
    finally:
        listener.go_on()


@contextmanager
def shown(parts: int) -> Iterator[None]:
    """Show the steps of this block as a bar on the terminal; in a pipe, a file or a dumb terminal nothing is shown.

    `parts` is how often the work will say that it expects steps: each part gets as much of the bar.
    """
    if not _has_terminal():
        yield
        return
    bar = _Bar(parts)
    bar.go_on()
    try:
        with listened(bar):
            yield
    finally:
        bar.pause()


def _has_terminal() -> bool:
    """Whether there is a terminal that can draw a line anew."""
    if os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        return False
    return bool(sys.stderr and sys.stderr.isatty())


class _Bar:
    """A line on the terminal: what is done, a bar, the time. It is gone when the work ends."""

    def __init__(self, parts: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            SpinnerColumn("line"),
            TextColumn("{task.description}", markup=False),
            BarColumn(24),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # what the command says belongs to its output, not to the terminal
            redirect_stderr=False,
        )
        self._task = self._progress.add_task(_("starting"), total=1.0)
        self._parts, self._part = parts, -1
        self._expected = self._begun = 0

    def expect(self, steps: int) -> None:
        """So many steps more; the next part of the work begins where all of the one before have begun."""
        if self._begun >= self._expected:
            self._part, self._expected, self._begun = self._part + 1, 0, 0
        self._expected += steps

    def step(self, doing: str) -> None:
        """Show what begins, and how much is done; the bar never goes back."""
        part = min(max(self._part, 0), self._parts - 1)
        done = (part + self._begun / max(self._expected, self._begun + 1)) / self._parts
        self._begun += 1
        doing = "".join(
            letter if letter.isprintable() else "?" for letter in doing
        )  # the name of a file may be anything
        before = self._progress.tasks[self._task].completed
        self._progress.update(self._task, description=doing, completed=max(done, before), refresh=True)

    def pause(self) -> None:
        """Take the line away; a terminal that is gone by now is no mistake of the work."""
        with suppress(OSError):
            self._progress.stop()

    def go_on(self) -> None:
        """Show the line."""
        self._progress.start()
