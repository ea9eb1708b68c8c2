"""Rows that are the sum of others: found by their amounts, not by their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import fsum

from kam_xl.content.fields import one_line
from kam_xl.content.tables import Value
from kam_xl.errors import DoubtError
from kam_xl.intake.matching import PART_SUMS, SUMS, simplify
from kam_xl.intake.names import key_of
from kam_xl.locale import _

Amounts = Sequence[float | None]

_WORDS = frozenset(
    [
        "total",
        "totals",
        "sum",
        "sums",
        "summe",
        "summen",
        "gesamt",
        "gesamtsumme",
        "gesamtergebnis",
        "ergebnis",
        "all",
        "alle",
        "alles",
        "overall",
        "grand",
        "tout",
        "totaux",
        "somme",
        "ensemble",
        "general",
        "insgesamt",
        "endsumme",
        "zwischensumme",
        "subtotal",
        "sous",
        "جمع",
        "کل",
        "مجموع",
    ]
)


_BESIDE = frozenset(
    (
        "records",
        "record",
        "rows",
        "lines",
        "accounts",
        "customers",
        "kunden",
        "clients",
        "of",
        "de",
        "der",
        "the",
        "par",
    )
)


def named_total(name: Value) -> bool:
    """Whether a label says that a row is a sum and nothing else, or is blank.

    >>> [named_total(n) for n in ("Grand Totals (3 records)", "Summe gesamt", "All", "Total Energies", None)]
    [True, True, True, False, True]
    """
    if name is None or simplify(name) in SUMS or simplify(name).startswith(PART_SUMS):
        return True
    there, others = _parted(name)
    return there and not set(others) - _BESIDE


def _parted(name: Value) -> tuple[bool, list[str]]:
    """Whether a label has a word of a sum, and its other words."""
    words = [simplify(word) for word in re.split(r"[\W\d_]+", str(name)) if word]
    return any(word in _WORDS for word in words), [word for word in words if word not in _WORDS]


def _ends_group(names: Sequence[Value], amounts: Sequence[Amounts], place: int, since: Sequence[int]) -> bool | None:
    """Whether a row is the sum of those since the last sum; None where it may be."""
    if not since or not sums_all(amounts[place], [amounts[k] for k in since], tolerant=True):
        return False
    name = names[place]
    if named_total(name):
        return len(since) > 1 or (name is not None and simplify(name).startswith(PART_SUMS))
    there, others = _parted(name)
    if not there:
        return False
    if any(names[k] is not None and simplify(names[k]) == "".join(others) for k in since):
        return True  # “Aurelia Total” below the rows of Aurelia
    if len(since) < 2:  # “Summe Süd” below “Süd A”, the only one of its group
        name = simplify(names[since[0]])
        return True if others and name.startswith("".join(others)) else None
    return True if sum(bool(amount) for amount in amounts[place]) > 1 else None


def _close(a: float, b: float, n: int, tolerant: bool) -> bool:
    slack = 0.005 * n + 0.005 if tolerant else 0.005
    return abs(a - b) <= max(slack, 1e-9 * max(abs(a), abs(b)))


def sums_all(row: Amounts, others: Sequence[Amounts], tolerant: bool = False) -> bool:
    """Whether each amount of a row is the sum of those of all others; at least one is not zero."""
    any_amount = False
    for place, amount in enumerate(row):
        total = fsum(other[place] or 0.0 for other in others)
        if not _close(amount or 0.0, total, len(others), tolerant):
            return False
        any_amount = any_amount or bool(amount)
    return any_amount


class _Running:
    """Sums of the rows since the last sum, column by column, near enough to tell which row is worth a closer look."""

    def __init__(self, columns: int) -> None:
        self.sums, self.sizes, self.n = [0.0] * columns, [0.0] * columns, 0

    def add(self, row: Amounts) -> None:
        """One more row."""
        self.n += 1
        for c, amount in enumerate(row):
            self.sums[c] += amount or 0.0
            self.sizes[c] += abs(amount or 0.0)

    def near(self, row: Amounts) -> bool:
        """Whether a row may be their sum."""
        slack = 0.005 * self.n + 0.005
        return all(
            abs((amount or 0.0) - total) <= max(slack, 1e-8 * max(size, abs(amount or 0.0)))
            for amount, total, size in zip(row, self.sums, self.sizes, strict=True)
        )


_MEANS = frozenset(("average", "averages", "mean", "durchschnitt", "mittelwert", "moyenne", "میانگین"))


def _is_mean(names: Sequence[Value], amounts: Sequence[Amounts], place: int, kept: Sequence[int]) -> bool:
    """Whether a row is called the mean of the others, and is it."""
    if names[place] is None or simplify(names[place]) not in _MEANS:
        return False
    others = [k for k in kept if k != place]
    if not others:
        return False
    n = len(others)
    return sums_all([(a or 0.0) * n for a in amounts[place]], [amounts[k] for k in others], tolerant=True)


def total_rows(names: Sequence[Value], amounts: Sequence[Amounts]) -> tuple[list[int], list[int]]:
    """The rows that are sums of others, and those that may be: sure ones and doubtful ones.

    A row that is the sum of all others in every column of amounts is sure where its label says so or where two columns
    agree over three rows at least; with one column, three accounts may add up by chance.

    Examples
    --------
    >>> total_rows(["Aurelia", "Boreal", "Σ x"], [[100, 200], [50, 60], [150, 260]])
    ([], [2])
    >>> total_rows(["Total", "Aurelia", "Boreal"], [[150.0], [100.0], [50.0]])
    ([0], [])
    """
    places = list(range(len(names)))
    sure: list[int] = []
    # Groups end in a subtotal that is named so: it sums the rows since the last one.
    since: list[int] = []
    doubtful: list[int] = []
    running = _Running(len(amounts[0]) if amounts else 0)
    for place in places:
        ends = _ends_group(names, amounts, place, since) if running.near(amounts[place]) else False
        if ends:
            sure.append(place)
            since, running = [], _Running(len(amounts[0]))
            continue
        if ends is None:
            doubtful.append(place)
        since.append(place)
        running.add(amounts[place])
    left = set(sure)
    kept = [place for place in places if place not in left]
    keys = Counter(key_of(str(name)) for name in names)
    if len(kept) > 2 or (sure and len(kept) > 1):
        columns = [fsum(amounts[k][c] or 0.0 for k in kept) for c in range(len(amounts[0]))] if amounts else []
        for place in kept:
            row = amounts[place]
            worded = named_total(names[place])
            if not worded and keys[key_of(str(names[place]))] > 1:
                continue  # a sum stands once
            rest = [[total - (own or 0.0) for total, own in zip(columns, row, strict=True)]]
            if not sums_all(row, rest, tolerant=worded):
                continue
            full = sum(any(amounts[k]) for k in kept if k != place)
            if full < 2:
                continue
            agreeing = sum(bool(amount) for amount in row)
            if worded or (agreeing > 1 and full > 2):
                sure.append(place)
            else:
                doubtful.append(place)
            break
    sure += [place for place in kept if place not in sure and _is_mean(names, amounts, place, kept)]
    return sorted(sure), [place for place in dict.fromkeys(doubtful) if place not in sure]


def ask_total(name: Value) -> DoubtError:
    """The question whether a row is a sum."""
    message = _("is “{name}” an account, or the sum of the others? Say --totals “{name}” or --totals none")
    choices = [(str(name), _("“{name}” is a sum").format(name=name)), ("none", _("it is an account"))]
    return DoubtError(message.format(name=name), "--totals", choices)


def left_out(names: Sequence[Value], amounts: Sequence[Amounts], answer: str) -> list[int]:
    """The rows that are sums, by what was answered with --totals.

    Raises
    ------
    DoubtError
        Where a row may be one, and nothing was answered.

    Examples
    --------
    >>> left_out(["Aurelia", "Boreal", "Total"], [[1], [2], [3]], "none")
    []
    """
    said = {simplify(name) for name in answer.split(",")} - {""}
    if said == {"none"}:
        return []
    sure, doubtful = total_rows(names, amounts)
    asked = [place for place in doubtful if simplify(names[place]) not in said]
    if asked and not said:
        raise ask_total(names[asked[0]])
    return sorted({*sure, *(place for place in doubtful if place not in asked)})


def told(names: Sequence[Value], sums: Sequence[int]) -> list[str]:
    """Which rows were left out as sums, and which ones are only called so.

    >>> told(["Aurelia", "Boreal", "Total"], [2])
    ['The last row, “Total”, is the sum of the others and was left out.']
    """
    n, lines = len(names), []
    last = next((i for i in sums if i == n - 1 and not simplify(names[i]).startswith(PART_SUMS)), None)
    parts = [one_line(str(names[i])) if names[i] is not None else _("no name") for i in sums if i != last]
    if parts:
        one = _("A row, “{name}”, is the sum of those above and was left out.")
        many = _("{n} rows such as “{name}” are the sums of those above and were left out.")
        lines.append((one if len(parts) == 1 else many).format(n=f"{len(parts):,}", name=parts[0]))
    if last is not None:
        text = _("The last row, “{name}”, is the sum of the others and was left out.")
        lines.append(text.format(name=names[last] if names[last] is not None else _("no name")))
    for i, name in enumerate(names):
        if i in sums or name is None:
            continue
        if simplify(name).startswith(PART_SUMS):
            lines.append(_("A row is called “{name}” but is no sum: kept as an account.").format(name=name))
        elif simplify(name) in SUMS and i == n - 1 and n > 2:
            text = _("The last row is called “{name}” but is not their sum: kept as an account.")
            lines.append(text.format(name=name))
    return lines
