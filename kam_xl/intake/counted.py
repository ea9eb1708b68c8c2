"""The rows of a table that count, and why others do not."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from kam_xl.content.tables import CellError, Value
from kam_xl.intake import parsing, profile
from kam_xl.intake.looked import Looked
from kam_xl.intake.matching import simplify
from kam_xl.intake.money import rates_of
from kam_xl.intake.names import key_of, tidy
from kam_xl.intake.plan import TablePlan
from kam_xl.intake.vocabulary import account_vote, state_of, words_of
from kam_xl.locale import _

_LINES = 5


class Rows:
    """The rows that count, and why others do not."""

    def __init__(self, plan: TablePlan, looked: Looked) -> None:
        self.plan, self.table, self.looked = plan, looked.table, looked
        self.left: dict[str, list[tuple[int, float]]] = {}
        self.thousands_told = False
        self.doubtful: set[str] = set()
        self.names: dict[str, str] = {}
        self.spelt: dict[str, set[str]] = {}
        self.rates = rates_of(self.table, plan.currency, self._amount_places(), looked.answers, self.counts)
        self.labels = self._labels()

    def _amount_places(self) -> list[int]:
        return [self.plan.amount] if self.plan.amount is not None else [*self.plan.periods, *self.plan.years]

    def leave(self, reason: str, row: int, amount: Value, doubt: bool = False) -> None:
        """Keep in mind that a row does not count; `doubt`: a person should look at it."""
        if doubt:
            self.doubtful.add(reason)
        value = float(amount) if isinstance(amount, int | float) and not isinstance(amount, bool) else 0.0
        self.left.setdefault(reason, []).append((self.table.lines[row], value))

    def numbers(self, place: int) -> list[Value]:
        """A column of amounts, in the currency of the rates."""
        more = [cell for other in self._amount_places() for cell in self.looked.columns[other]]
        cells = profile.numbers(self.looked.columns[place], self.table.delimiter, more)
        self._tell_thousands(place, more)
        if not self.rates:
            return cells
        return [
            cell * self.rates[n] if isinstance(cell, int | float) and not isinstance(cell, bool) else cell
            for n, cell in enumerate(cells)
        ]

    def _tell_thousands(self, place: int, more: Sequence[Value]) -> None:
        """Name a number that may have decimals or thousands, where no other of the file shows which."""
        texts = [cell for cell in (*self.looked.columns[place], *more) if isinstance(cell, str)]
        if self.table.delimiter in (",", "|") or parsing.decimal_sign(texts) is not None:
            return
        doubtful = next((text for text in texts if parsing.is_ambiguous(text)), None)
        if doubtful is not None:
            text = _("Numbers such as {text} were read as thousands: {value:,}.")
            line = text.format(text=doubtful.strip(), value=parsing.number(doubtful, None))
            if not self.thousands_told:
                self.thousands_told = True
                self.table.doubts.append(line)

    def counts(self, row: int) -> bool:
        """Whether the status of a row is one that counts."""
        if self.plan.kind is not None and state_of(self.looked.columns[self.plan.kind][row]) == "void":
            return False
        if self.plan.counts is None or self.plan.status is None:
            return True
        return simplify(self.looked.columns[self.plan.status][row]) in self.plan.counts

    def _labels(self) -> list[str | None]:
        """The account of each row: its name, with its number where several accounts have one name."""
        cells = self.looked.columns[self.plan.account]
        ids = next(
            (p for p, h in enumerate(self.table.headings)
             if p != self.plan.account and account_vote(h) > 0 and "id" in words_of(h)
             and words_of(h) & {"customer", "account", "company"}), None)  # fmt: skip
        found: list[str | None] = [
            None if cell is None or isinstance(cell, CellError) else tidy(text_of(cell)) or None for cell in cells
        ]
        if ids is None or "id" in words_of(self.table.headings[self.plan.account]):
            return found
        numbers: dict[str, set[str]] = {}
        for name, number in zip(found, self.looked.columns[ids], strict=True):
            if name is not None and number is not None:
                numbers.setdefault(key_of(name), set()).add(text_of(number))
        several = {key for key, some in numbers.items() if len(some) > 1}
        return [
            f"{name} ({text_of(number)})"
            if name is not None and number is not None and key_of(name) in several
            else name
            for name, number in zip(found, self.looked.columns[ids], strict=True)
        ]

    def key(self, row: int) -> str | None:
        """The key of the account of a row."""
        name = self.labels[row]
        if name is None:
            return None
        key = key_of(name)
        self.names.setdefault(key, name)
        self.spelt.setdefault(key, set()).add(text_of(self.looked.columns[self.plan.account][row]))
        return key

    def remarks(self) -> tuple[list[str], list[str]]:
        """What is told of the rows that do not count, and what is doubtful."""
        told: list[str] = []
        doubts: list[str] = []
        for reason, rows in self.left.items():
            lines = ", ".join(f"{line:,}" for line, _amount in rows[:_LINES]) + (", …" if len(rows) > _LINES else "")
            one = _("“{sheet}”: 1 row was left out, {reason}: line {lines}, {sum}.")
            many = _("“{sheet}”: {n} rows were left out, {reason}: lines {lines}, together {sum}.")
            text = (one if len(rows) == 1 else many).format(
                sheet=self.table.name,
                n=f"{len(rows):,}",
                reason=reason,
                lines=lines,
                sum=f"{fsum(a for _l, a in rows):,.2f}",
            )
            (doubts if reason in self.doubtful else told).append(text)
        twice = [self.names[key] for key, spelt in self.spelt.items() if len(spelt) > 1]
        if twice:
            text = _("“{sheet}”: spelt in several ways, taken as one account: {names}.")
            told.append(
                text.format(
                    sheet=self.table.name, names=", ".join(twice[:_LINES]) + (", …" if len(twice) > _LINES else "")
                )
            )
        return told, doubts


def text_of(value: Value) -> str:
    """A name or number as text, without the decimals of a whole number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def rounded(value: float) -> Value:
    """A sum without the dust of adding; a whole one as int."""
    value = round(value, 6)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def as_float(value: Value) -> float:
    """A number; 0 for what is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
