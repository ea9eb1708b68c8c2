"""Which rows count by their status: won ones, else all but void ones; asked where a word is not known."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.errors import DataError, DoubtError
from kam_xl.intake import profile
from kam_xl.intake.looked import Looked
from kam_xl.intake.matching import simplify
from kam_xl.intake.plan import TablePlan
from kam_xl.intake.vocabulary import date_vote, state_of, words_of
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


def mixed_documents(looked: Looked, place: int) -> bool:
    """Whether a column of types holds invoices or credit notes beside other documents."""
    states = [state_of(value) for value in looked.profiles[place].values]
    return bool({"good", "credit"} & set(states)) and "" in states


_CHURN, _STAYED = frozenset(("churn", "churned")), frozenset(("no", "false", "0", "nein", "non", "n", "stayed", "00"))


def leavers(looked: Looked, plan: TablePlan) -> list[str]:
    """Find the customers of a table of today's MRR who have left, by a status or a column of churn; what to tell."""
    headings, profiles = looked.table.headings, looked.profiles
    place = next((p for p, h in enumerate(headings) if words_of(h) & _CHURN and profiles[p].filled), None)
    if place is not None and "date" not in words_of(headings[place]):
        plan.status, plan.counts = place, _STAYED
        text = _("“{sheet}”: “{column}” says who has left; only those who stayed count.")
        return [text.format(sheet=looked.table.name, column=looked.heading(place))]
    place = status_of(looked)
    if place is not None and any(state_of(value) == "void" for value in profiles[place].values):
        plan.status = place
        count(looked, plan)
    return []


_INTERVAL = frozenset(("interval", "frequency", "cycle", "periodicity", "intervall", "turnus", "frequence"))


def subscribed(looked: Looked, plan: TablePlan, end: int | None) -> bool:
    """Whether amounts that begin on a date recur: asked where only the start says so.

    Raises
    ------
    DoubtError
        Where an amount may be of a month or of once, or no date is one of a sale.
    DataError
        Where amounts are to be multiplied by quantities.
    """
    headings = looked.table.headings
    place = plan.date if plan.date is not None else 0
    vote = date_vote(headings[place])
    plan.interval = next(
        (p for p, h in enumerate(headings) if words_of(h) & _INTERVAL and looked.profiles[p].filled), None
    )
    if vote == 1:
        dates = [looked.heading(p) for p, one in enumerate(looked.profiles) if one.kind == "date"]
        message = _("“{sheet}”: which date decides the year: {names}? Say it with --date “{first}”")
        listed = ", ".join(f"“{name}”" for name in dates)
        text = message.format(sheet=looked.table.name, names=listed, first=dates[0])
        raise DoubtError(text, "--date", [(name, name) for name in dates])
    if vote > 3 or looked.answers.months == "revenue":
        plan.interval = None
        return False
    quantity = next((p for p, h in enumerate(headings) if words_of(h) & {"quantity", "qty", "menge"}), None)
    if quantity is not None and not looked.answers.amount:
        cells = profile.numbers(looked.columns[quantity], looked.table.delimiter)
        if any(isinstance(cell, int | float) and cell > 1 for cell in cells):
            message = _(
                "“{sheet}”: is “{amount}” that of one piece or of all? Name a column of the whole with --amount"
            )
            raise DataError(message.format(sheet=looked.table.name, amount=looked.heading(plan.amount or 0)))
    if plan.interval is not None or looked.answers.months == "mrr":
        return True
    if end is None and plan.plan is None:
        plan.interval = None
        return False
    message = _("“{sheet}”: is “{amount}” an amount of each month, or of once? Say --months mrr or --months revenue")
    text = message.format(sheet=looked.table.name, amount=looked.heading(plan.amount or 0))
    choices = [("mrr", _("each month, from its start to its end")), ("revenue", _("once, in the year of its start"))]
    raise DoubtError(text, "--months", choices)


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
