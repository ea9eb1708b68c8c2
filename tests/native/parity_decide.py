"""Decide: stakeholders and the organisation chart: random arguments that mean something, and deliberate mistakes.

See `random_tables.py` and `mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

POWER = [None, 0, 1, 2, 3, 3, 4, 4, 5, 4 - 1e-9, 4 - 1e-7, 4 + 1e-9, -1]


def _people(rng: random.Random, rows: int) -> list[Any]:
    """Names, most of them different, some blank or there twice."""
    odd = rng.choice([0, 0, 0.2])
    found: list[Any] = [rng.choice(["Ash {}", "birch {}", "Élan-{}"]).format(number) for number in range(rows)]
    for row in range(rows):
        if rng.random() < odd:
            found[row] = rng.choice([None, "", 7, "7", True, str(found[rng.randrange(rows)]).upper(), found[0]])
    return found


def _called(rng: random.Random, name: Any) -> Any:
    """A name as somebody else would type it."""
    return rng.choice([name, name.lower(), name.upper()]) if isinstance(name, str) else name


def _reports(rng: random.Random, names: list[Any]) -> list[Any]:
    """Trees, forests, chains, circles, and any links at all; some to people who are not in the list."""
    rows = len(names)
    manager: Callable[[int], int] = rng.choice([
        lambda row: rng.randrange(-1, row),
        lambda row: rng.randrange(max(-1, row - 3), row),
        lambda row: row - 1,
        lambda row: row + 1 if row + 1 < rows else -1,
        lambda row: (row + 1) % rows,
        lambda row: rng.randrange(rows),
        lambda row: rng.randrange(-rows, rows),
        lambda row: -1,
    ])  # fmt: skip
    odd = rng.choice([0, 0, 0.1])
    order = rng.sample(range(rows), rows) if rng.random() < 0.5 else list(range(rows))
    found: list[Any] = [None] * rows
    for row in range(rows):
        above = manager(row)
        if above >= 0:
            found[order[row]] = _called(rng, names[order[above]])
        if rng.random() < odd:
            found[order[row]] = rng.choice(["nobody", 8, "", None, names[order[row]]])
    return found


def _influences(rng: random.Random, names: list[Any]) -> list[list[Any]]:
    """Who influences whom, or nothing at all; now and then one column of it only."""
    rows = rng.choice([1, 1, 2, 3, 8, len(names)])
    pick = lambda: rng.choice([None, "stranger"]) if rng.random() < 0.15 else _called(rng, rng.choice(names))  # noqa: E731
    columns = [[pick() for _ in range(rows)] for _ in range(2)]
    if rng.random() < 0.25:
        columns[rng.randrange(2)] = rng.choice([None, ""])
    return rng.choice([columns, columns, columns, [None, None]])


def _organisation(rng: random.Random, args: list[Any]) -> None:
    rows = rng.choice([1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 12, rng.randint(9, 30), rng.choice([20, 20, 90])])
    args[0] = _people(rng, rows)
    args[1] = _reports(rng, args[0])


def _lines(rng: random.Random, args: list[Any]) -> None:
    _organisation(rng, args)
    args[2:4] = _influences(rng, args[0])


def _stakeholders(rng: random.Random, args: list[Any]) -> None:
    _organisation(rng, args)
    words = rng.choice([["friendly", "neutral", "opposed", None, ""], ["friendly", "opposed"], ["neutral", "Friendly"]])
    args[2] = [rng.choice(words) for _ in args[0]]
    args[3] = [rng.choice(POWER) for _ in args[0]]
    args[4:6] = _influences(rng, args[0])


SHAPES: dict[str, Callable[[random.Random, list[Any]], None]] = {  # change the arguments in place
    "KAM_ORG_CHART": _organisation,
    "KAM_ORG_LINES": _lines,
    "KAM_STAKEHOLDERS": _stakeholders,
}
MUTATIONS: list[tuple[str, str, str]] = [
    ("KAM_ORG_CHART", "CHOOSECOLS(people, 3, 4, 5)", "CHOOSECOLS(people, 4, 3, 5)"),
    ("KAM_ORG_CHART", 'IF(AND(names = ""), KAM_X_EMPTY(5),', 'IF(OR(names = ""), KAM_X_EMPTY(5),'),
    ("KAM_ORG_CHART", 'KAM_X_LABELS("reports_to", reports_to)', '""'),
    ("KAM_ORG_CHART", 'KAM_X_ROWS("names", names, "reports_to", reports_to)', '""'),
    ("KAM_ORG_CHART", "CHOOSECOLS(people, 2))", "CHOOSECOLS(people, 3))"),
    ("KAM_ORG_LINES", "manager > 0", "manager >= 0"),
    ("KAM_ORG_LINES", 'CHOOSECOLS(pairs, 1) & CHOOSECOLS(pairs, 2) <> ""', 'CHOOSECOLS(pairs, 1) <> ""'),
    ("KAM_ORG_LINES", "SEQUENCE(ROWS(manager)), manager, people", "manager, SEQUENCE(ROWS(manager)), people"),
    ("KAM_ORG_LINES", "KAM_X_INFLUENCE_ROWS(one, other)", '""'),
    ("KAM_ORG_LINES", 'KAM_X_LABELS("influenced", other)', '""'),
    ("KAM_STAKEHOLDERS", '"neutral", LOWER(', '"opposed", LOWER('),
    ("KAM_STAKEHOLDERS", "LOWER(relationship)", "relationship"),
    ("KAM_STAKEHOLDERS", 'IF(power = "", 0, power)', "power"),
    ("KAM_STAKEHOLDERS", "KAM_X_PAIRS(one, other)", "KAM_X_PAIRS(other, one)"),
    ("KAM_STAKEHOLDERS", 'KAM_X_ROWS("names", names, "power", power),', ""),
    ("KAM_STAKEHOLDERS", 'KAM_X_COLUMN("power", power)', 'KAM_X_LABELS("power", power)'),
    ("KAM_X_FRIENDS", "= TRUE) *", "= TRUE) +"),
    ("KAM_X_FRIENDS", "(KAM_X_PICK(friendly, whom) = FALSE)", "1"),
    ("KAM_X_FRIENDS", "0 * nth + 2, 0 * nth + 3", "0 * nth + 3, 0 * nth + 2"),
    ("KAM_X_FRIENDS", "CHOOSECOLS(rows_in, 3), -1", "CHOOSECOLS(rows_in, 3), 1"),
    ("KAM_X_FRIENDS", "CHOOSECOLS(rows_in, 4), 1", "CHOOSECOLS(rows_in, 4), -1"),
    ("KAM_X_FRIENDS", "IF(helps, way, 9)", "IF(helps, way, way)"),
    ("KAM_X_FRIENDS", "VSTACK(0, person)", "VSTACK(-1, person)"),
    ("KAM_X_INFLUENCE_ROWS", "KAM_X_ABSENT(influencer), ", ""),
    ("KAM_X_INFLUENCE_ROWS", ", KAM_X_ABSENT(influenced)", ""),
    ("KAM_X_MANAGERS", "1 + LOG(ROWS(names), 2)", "LOG(ROWS(names), 2)"),
    ("KAM_X_MANAGERS", "CHOOSECOLS(walks, 2) = nth", "CHOOSECOLS(walks, 2) > 0"),
    ("KAM_X_MANAGERS", "onwards < passed, onwards", "onwards > passed, onwards"),
    ("KAM_X_MANAGERS", 'reports_to <> ""', "TRUE"),
    ("KAM_X_MANAGERS", 'IF(looped, "loop"', 'IF(looped * (CHOOSECOLS(walks, 2) = nth), "loop"'),
    ("KAM_X_NAMED", 'names <> "")', "names = names)"),
    ("KAM_X_ORG", "HSTACK(\n            CHOOSECOLS(people, 1)", "HSTACK(\n            CHOOSECOLS(people, 2)"),
    ("KAM_X_ORG_LINES", "(start > 0) * (end > 0)", "(start > 0)"),
    ("KAM_X_ORG_LINES", "IF(start > 0, from, CHOOSECOLS(typed, 1))", "IF(start > 0, CHOOSECOLS(typed, 1), from)"),
    ("KAM_X_ORG_LINES", "CHOOSECOLS(people, 3), end", "CHOOSECOLS(people, 4), end"),
    ("KAM_X_ORG_PLACES", "level <= own", "level < own"),
    ("KAM_X_ORG_PLACES", "<= level)", "< level)"),
    ("KAM_X_ORG_PLACES", "before + 1 + after", "before + after"),
    ("KAM_X_ORG_PLACES", "VSTACK(front, reports, DROP(so_far, step))", "VSTACK(front, DROP(so_far, step), reports)"),
    ("KAM_X_ORG_PLACES", "IF(high = 1, {0, 1}", "IF(high = 1, {0, 2}"),
    ("KAM_X_PAIRS", "MAX(ROWS(left_one), ROWS(right_one))", "ROWS(left_one)"),
    ("KAM_X_PAIRS", 'IF(SEQUENCE(high), "")', 'IF(SEQUENCE(high), "stranger")'),
    ("KAM_X_PICK", "SEQUENCE(high, 1, 0)", "SEQUENCE(high)"),
    ("KAM_X_PICK", "NA())), wanted, 1, place, 1", "NA())), wanted, 1, place, -1"),
    ("KAM_X_PICK", "ISNA(new), held, new", "ISNA(new), held, held"),
    ("KAM_X_PICK", "SORTBY(found, origin, 1)", "SORTBY(found, origin, -1)"),
    ("KAM_X_ROW_OF", "(origin <= high) * origin", "origin"),
    ("KAM_X_ROW_OF", "SORTBY(place, item, 1, place, 1)", "SORTBY(place, item, 1, place, -1)"),
    ("KAM_X_ROW_OF", "new < 0, held", "new <= 0, held"),
    ("KAM_X_STAKEHOLDERS", "strength < 4 - 4E-9", "strength < 4"),
    ("KAM_X_STAKEHOLDERS", "strength < 4 - 4E-9", "strength <= 4"),
    ("KAM_X_STAKEHOLDERS", "2 * little + ", "little + 2 * "),
    ("KAM_X_STAKEHOLDERS", "5 + little", "5"),
    ("KAM_X_STAKEHOLDERS", "strength, -1, nth, 1", "strength, 1, nth, 1"),
    ("KAM_X_STAKEHOLDERS", "strength, -1, nth, 1", "strength, -1, nth, -1"),
    ("KAM_X_WORDS", 'item <> "", ', ""),
    ("KAM_X_WORDS", "KAM_X_QUOTE(item)", "item"),
    ("KAM_X_WORDS", "IF(ISTEXT(item), ", "IF(FALSE, "),
    ("KAM_X_WORDS", 'IF(so_far = "", "", " or ")', '" or "'),
    ("KAM_X_WORDS", "IF(down > high", "IF(down >= high"),
    ("KAM_X_WORDS", 'IF(nested <> "", nested,', 'IF(nested = "x", nested,'),
]
