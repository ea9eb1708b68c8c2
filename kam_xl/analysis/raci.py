"""RACI: who is responsible, accountable, consulted and informed, task by task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTERS = frozenset("RACIraci")
BETWEEN = frozenset("/,+ -–—")  # separates letters, or stands for none


@dataclass(frozen=True, slots=True)
class Shared:
    """How one task is shared out."""

    accountable: int  # roles
    responsible: int
    unknown: tuple[str, int] | None  # the first sign that is no letter of RACI, and its role from 0
    blank: bool  # no role has anything


def shared(codes: Sequence[str]) -> Shared:
    """Count who is accountable and who is responsible for a task.

    Parameters
    ----------
    codes
        One text per role with any of the letters R, A, C, I, in any case, with or without signs between them. A text
        with another sign counts for nothing.

    Examples
    --------
    >>> shared(["A/R", "r", "—", "ci"])
    Shared(accountable=1, responsible=2, unknown=None, blank=False)
    >>> shared(["Ax", "-"])
    Shared(accountable=0, responsible=0, unknown=('x', 0), blank=False)
    """
    signs = ["".join(sign for sign in code if sign not in BETWEEN) for code in codes]
    strange = [next((sign for sign in code if sign not in LETTERS), "") for code in signs]
    known = [code.upper() for code, other in zip(signs, strange, strict=True) if not other]
    unknown = next(((other, role) for role, other in enumerate(strange) if other), None)
    return Shared(sum("A" in code for code in known), sum("R" in code for code in known), unknown, not any(signs))


def problems(task: Shared) -> list[str]:
    """What is wrong with it: exactly one role is accountable for a task, and at least one responsible.

    That only one is accountable for any one task is the point of a responsibility assignment matrix (PMBOK Guide).

    Examples
    --------
    >>> problems(shared(["A", "A", "x"]))
    ['unknown letter x in column 3', '2 accountable', 'nobody responsible']
    """
    found = []
    if task.unknown:
        found.append(f"unknown letter {task.unknown[0]} in column {task.unknown[1] + 1}")
    if task.accountable != 1:
        found.append(f"{task.accountable or 'nobody'} accountable")
    if not task.responsible:
        found.append("nobody responsible")
    return found
