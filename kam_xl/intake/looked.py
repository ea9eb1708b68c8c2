"""A table with the contents of its columns, as it is looked at to find its shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kam_xl.content.fields import one_line
from kam_xl.content.tables import Value
from kam_xl.intake import profile
from kam_xl.intake.answers import Answers
from kam_xl.intake.dress import Dressed
from kam_xl.intake.matching import simplify


@dataclass
class Looked:
    """A table, the contents of its columns, and what was answered."""

    table: Dressed
    answers: Answers
    columns: list[tuple[Value, ...]]
    profiles: list[profile.Profile]
    words: frozenset[str]
    told: list[str] = field(default_factory=list)

    def best(
        self, vote: Callable[[Value], int], kinds: Sequence[str], option: str = "", answer: str = ""
    ) -> int | None:
        """The column with the highest vote among those of a kind; the one that was answered, if any."""
        if answer:
            return self.named(option, answer)
        votes = [
            (vote(heading), -place)
            for place, heading in enumerate(self.table.headings)
            if self.profiles[place].kind in kinds
        ]
        return -max(votes)[1] if votes and max(votes)[0] > 0 else None

    def named(self, option: str, answer: str) -> int | None:
        """The column that a person named; None where this table has none called so."""
        wanted = simplify(answer)
        return next((p for p, h in enumerate(self.table.headings) if h is not None and simplify(h) == wanted), None)

    def holds_numbers(self, place: int) -> bool:
        """Whether a column holds any number, or nothing: a text among amounts is a mistake, no other column."""
        if self.profiles[place].kind in ("number", "blank", "year"):
            return True
        return any(isinstance(cell, int | float) for cell in profile.numbers(self.columns[place], self.table.delimiter))

    def heading(self, place: int) -> str:
        """The heading of a column, for a message."""
        return one_line(str(self.table.headings[place]))


def sum_of(looked: Looked, place: int) -> float:
    """The sum of a column of amounts."""
    cells = profile.numbers(looked.columns[place], looked.table.delimiter)
    return float(sum(cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)))
