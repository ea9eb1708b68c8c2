"""The order of building: each step says what it needs by its arguments and what it gives by its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints

from kam_xl import progress
from kam_xl.canvas.model import Model
from kam_xl.content.pages import AFTER, BEFORE, PAGES, folder_of
from kam_xl.locale import _


@dataclass(frozen=True)
class Step:
    """A function of the model and of results of other steps."""

    run: Callable[..., object]
    needs: tuple[type, ...]
    gives: tuple[type, ...]

    @property
    def name(self) -> str:
        """Where it stands."""
        return f"{self.run.__module__}.{self.run.__qualname__}"

    @property
    def doing(self) -> str:
        """What a person who waits is told."""
        for page in (*BEFORE, *PAGES, *AFTER):
            if self.run.__module__.startswith(f"kam_xl.pages.{folder_of(page)}."):
                return _("building the page {name}").format(name=page)
        return _("writing the input sheets")


def step(run: Callable[..., object]) -> Step:
    """A function as a step, by its annotations."""
    hints = get_type_hints(run)
    result = hints.pop("return", type(None))
    gives = get_args(result) if get_origin(result) is tuple else () if result is type(None) else (result,)
    return Step(run, tuple(kind for kind in hints.values() if kind is not Model), gives)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps in the order given, but none before what it needs.

    Raises
    ------
    LookupError
        When nothing gives what a step needs, two give the same, or steps wait for one another.

    Examples
    --------
    >>> def late(model: Model, number: int) -> None: ...
    >>> def early(model: Model) -> int: return 1
    >>> [one.run.__name__ for one in in_order([step(late), step(early)])]
    ['early', 'late']
    """
    waiting, ordered = list(steps), []
    givers: dict[type, str] = {}
    for one in waiting:
        for kind in one.gives:
            if kind in givers:
                raise LookupError(f"{givers[kind]} and {one.name} both give {kind.__name__}")
            givers[kind] = one.name
    there: set[type] = set()
    while waiting:
        ready = next((one for one in waiting if there.issuperset(one.needs)), None)
        if ready is None:
            first = waiting[0]
            missing = next(kind for kind in first.needs if kind not in there)
            giver = givers.get(missing, "nothing")
            raise LookupError(f"{first.name} needs {missing.__name__}, which {giver} gives: no order of steps is left")
        waiting.remove(ready)
        ordered.append(ready)
        there.update(ready.gives)
    return ordered


def take(model: Model, steps: Sequence[Step]) -> None:
    """Run steps, each with the results that it needs, and keep what it gives."""
    for one in in_order(steps):
        progress.step(one.doing)
        result: Any = one.run(model, *(model.of(kind) for kind in one.needs))
        for given in result if isinstance(result, tuple) else () if result is None else (result,):
            model.give(given)
