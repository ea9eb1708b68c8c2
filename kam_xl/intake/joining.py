"""Tables that name their accounts by number are joined to the table that says which name a number has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kam_xl.content.tables import Value
from kam_xl.intake.counted import text_of
from kam_xl.intake.dress import Dressed
from kam_xl.intake.names import key_of
from kam_xl.intake.vocabulary import account_vote, all_words, words_of
from kam_xl.locale import _

_SHOWN = 5


def join(tables: Sequence[Dressed]) -> list[str]:
    """Put names in place of the numbers of accounts, where another table has them all or nearly; what to tell of it.

    Names that several numbers share get the number behind them. A number without a name stays, and is named.

    Examples
    --------
    >>> names = Dressed("Customers", ["Customer ID", "Customer Name"], [["7", "Aurelia"]], [2])
    >>> sales = Dressed("Sales", ["Customer ID", "Date", "Amount"], [["7", "2025-01-01", 5]], [2])
    >>> join([names, sales]), sales.rows[0][0]
    (['“Sales”: names of accounts were taken from “Customers”, by “Customer ID”.'], 'Aurelia')
    """
    told = []
    directories = [(table, found) for table in tables if (found := _directory(table))]
    for table in tables:
        place = _number_column(table)
        if place is None:
            continue
        numbers = {text_of(row[place]) for row in table.rows if row[place] is not None}
        for other, names in directories:
            missing = numbers - names.keys()
            if other is table or not numbers or len(missing) * 10 > len(numbers):
                continue
            for row in table.rows:
                if row[place] is not None:
                    row[place] = names.get(text_of(row[place]), row[place])
            text = _("“{sheet}”: names of accounts were taken from “{other}”, by “{column}”.")
            told.append(text.format(sheet=table.name, other=other.name, column=table.headings[place]))
            if missing:
                text = _("“{sheet}”: numbers without a name in “{other}”: {numbers}.")
                shown = ", ".join(sorted(missing)[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
                table.doubts.append(text.format(sheet=table.name, other=other.name, numbers=shown))
            table.headings[place] = "Account"
            break
    return told


def _number_column(table: Dressed) -> int | None:
    """The column of numbers of accounts of a table that has no names."""
    words = all_words(table.headings)
    votes = [(account_vote(heading, words), -place) for place, heading in enumerate(table.headings)]
    best, place = max(votes, default=(0, 0))
    return -place if best > 0 and "id" in words_of(table.headings[-place]) else None


def _directory(table: Dressed) -> dict[str, Value]:
    """The name of each number, where a table has one row a number; {} for any other table."""
    words = all_words(table.headings)
    votes = [(account_vote(heading, words), -place) for place, heading in enumerate(table.headings)]
    best, place = max(votes, default=(0, 0))
    name = -place
    if best <= 0 or "id" in words_of(table.headings[name]):
        return {}
    for at, heading in enumerate(table.headings):
        there = words_of(heading)
        if (
            at == name
            or "id" not in there
            or not there <= {"id", "record", "customer", "account", "company", "external"}
        ):
            continue
        pairs = [(text_of(row[at]), row[name]) for row in table.rows if row[at] is not None and row[name] is not None]
        if not pairs or len({number for number, _name in pairs}) < len(pairs):
            continue
        several = Counter(key_of(text_of(value)) for _number, value in pairs)
        return {
            number: f"{text_of(value)} ({number})" if several[key_of(text_of(value))] > 1 else value
            for number, value in pairs
        }
    return {}
