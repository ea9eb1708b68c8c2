"""Which rows count by their status: won ones, else all but void ones; asked where a word is not known."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.errors import DoubtError
from kam_xl.intake import profile
from kam_xl.intake.looked import Looked
from kam_xl.intake.matching import simplify
from kam_xl.intake.plan import TablePlan
from kam_xl.intake.vocabulary import state_of, words_of
from kam_xl.locale import _


def status_of(looked: Looked) -> int | None:
    """The column that says whether a row counts."""
    best: tuple[int, int] | None = None
    for place, heading in enumerate(looked.table.headings):
        words = words_of(heading)
        values = looked.profiles[place].values
        if words == {"is", "won"}:
            return place
        if not words & {"stage", "status"} or not values:
            continue
        vote = sum(bool(state_of(value)) for value in values) * 2 + ("stage" in words)
        if best is None or vote > best[0]:
            best = vote, place
    return best[1] if best else None


def count(looked: Looked, plan: TablePlan) -> None:
    """Which words of the status count: won ones; else all but void ones; asked where a word is not known."""
    place = plan.status or 0
    values = looked.profiles[place].values
    if looked.answers.count:
        plan.counts = frozenset(map(simplify, looked.answers.count.split(",")))
        return
    if words_of(looked.table.headings[place]) == {"is", "won"}:
        plan.shape = "opportunities"
        plan.counts = frozenset(("true", "1", "yes", "ja", "oui", "10", "wahr", "vrai"))
        return
    states = {value: state_of(value) for value in values}
    if {"won", "lost"} & set(states.values()):
        plan.shape = "opportunities"
        plan.counts = frozenset(simplify(v) for v, s in states.items() if s == "won")
        plan.open = frozenset(simplify(v) for v, s in states.items() if s not in ("won", "lost", "void"))
        return
    unknown = [value for value, state in states.items() if not state]
    if unknown:
        _ask_count(looked, plan, values, unknown)
    plan.counts = frozenset(simplify(v) for v, s in states.items() if s in ("good", "credit"))


def _ask_count(looked: Looked, plan: TablePlan, values: Sequence[str], unknown: Sequence[str]) -> None:
    amounts = profile.numbers(looked.columns[plan.amount or 0], looked.table.delimiter)
    sums: dict[str, float] = dict.fromkeys(values, 0.0)
    for state, amount in zip(looked.columns[plan.status or 0], amounts, strict=True):
        if state is not None and isinstance(amount, int | float):
            sums[str(state).strip()] = sums.get(str(state).strip(), 0.0) + amount
    listed = ", ".join(f"“{value}” ({sums[value]:,.2f})" for value in values[:8])
    message = _("“{sheet}”: which rows count by “{column}”: {values}? Say it with --count “{example}”")
    rest = [value for value in values if state_of(value) != "void"]
    good = [value for value in rest if value not in unknown]
    text = message.format(
        sheet=looked.table.name, column=looked.heading(plan.status or 0), values=listed, example=",".join(good or rest)
    )
    choices = [
        (",".join(some), f"{', '.join(some)}: {sum(sums[v] for v in some):,.2f}") for some in (rest, good) if some
    ]
    raise DoubtError(text, "--count", choices)
