"""Choose: selection, watch list, sensitivity: random arguments that mean something, and deliberate mistakes.

See `random_tables.py` and `mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

NEAR = [0, 0, 1e-10, -4e-10, 3e-9, -3e-9, 0.05, -0.05]
WEIGHTS = [1, 2, 3, 0.5, 30, 10, 0, None]


def ratings(rng: random.Random, rows: int, columns: int) -> list[list[Any]]:
    """Scores of 1 to 10 with many ties; a few are missing, and some rows altogether."""
    top = rng.choice([2, 3, 10])
    blanks = rng.choice([0, 0, 0.05, 0.2])
    empty = rng.choice([0, 0.1, 0.3])
    return [
        [None] * columns
        if rng.random() < empty
        else [None if rng.random() < blanks else rng.randint(1, top) for _ in range(columns)]
        for _ in range(rows)
    ]


def weights(rng: random.Random, columns: int) -> list[Any]:
    return [rng.choice(WEIGHTS) for _ in range(columns - 1)] + [rng.choice(WEIGHTS[:-2])]


def select(rng: random.Random, args: list[Any]) -> None:
    rows, columns = len(args[0]), rng.choice([1, 2, 3, 5])
    args[1] = ratings(rng, rows, columns)
    args[2] = rng.choice([1, 2, 3, 0.4, 2.9, 3.9999999999999996, rows, rng.randint(1, rows), rows / 3])
    args[3] = rng.choice([None, "", weights(rng, columns), weights(rng, columns)])
    some = sum(cell or 0 for cell in rng.choice(args[1]))  # the score of somebody, if it is a sum
    line = rng.choice([some, some / columns, rng.randint(1, 10)]) * (1 + rng.choice(NEAR))
    args[4] = rng.choice([None, "", line, line])


def watch(rng: random.Random, args: list[Any]) -> None:
    rows, line = len(args[0]), rng.choice([5, 6.5, 0.1 + 0.2, -4, 0])
    near, fast = rng.choice([None, "", 0, 0.1, 0.25, 1]), rng.choice([None, "", 0.2, 0.5, 0, -0.1])
    edges = [line, line - (0.1 if near in (None, "") else near) * abs(line), rng.uniform(0, 10), rng.randint(-5, 10)]
    paces = [0.2 if fast in (None, "") else fast, 0.1, 0.3, -0.5]

    def close_to(lines: list[float]) -> list[Any]:
        return [
            rng.choice([None, ""]) if rng.random() < 0.2 else rng.choice(lines) * (1 + rng.choice(NEAR))
            for _ in range(rows)
        ]

    args[1], args[3], args[5], args[6] = close_to(edges), line, near, fast
    args[4] = rng.choice([None, "", close_to(paces), close_to(paces)])
    if rng.random() < 0.3:
        args[0] = [None] * rows


def sensitivity(rng: random.Random, args: list[Any]) -> None:
    del args[0][12:]
    rows = len(args[0])
    for scores in (1, 3):
        columns = rng.choice([1, 2, 3])
        args[scores] = ratings(rng, rows, columns)
        # a rival has the same scores in another order, so that weights decide
        args[scores][rng.randrange(rows)] = rng.sample(rng.choice(args[scores]), columns)
        args[scores + 1] = weights(rng, columns)
    args[5] = rng.choice([None, "", 0, 0.5, 0.6, 1, rng.random()])
    args[6] = rng.choice([None, "", 0.1, 0.5, 1, rng.uniform(0.01, 1)])


# change the arguments in place
SHAPES: dict[str, Callable[[random.Random, list[Any]], None]] = {
    "KAM_SELECT": select,
    "KAM_WATCH": watch,
    "KAM_SENSITIVITY": sensitivity,
}

# fmt: off
MUTATIONS: list[tuple[str, str, str]] = [
    ("KAM_SELECT", 'KAM_X_ROWS("accounts", accounts, "scores", scores),', '"",'),
    ("KAM_SELECT", 'at_least), -9.99E+307)', 'at_least), 0)'),
    ("KAM_SELECT", 'IF(gaps > 0, "", KAM_X_SUMS(scores))', "KAM_X_SUMS(scores)"),
    ("KAM_SELECT", "gaps = COLUMNS(scores)", "gaps > 0"),
    ("KAM_SELECT", 'KAM_X_FITS("KAM_SELECT", ', 'IF(TRUE, '),
    ("KAM_SELECT", '{"Rank", "Account",', '{"rank", "Account",'),
    ("KAM_WATCH", "near), 0.1)", "near), 0.2)"),
    ("KAM_WATCH", "fast), 0.2)", "fast), 0.1)"),
    ("KAM_WATCH", 'KAM_X_ROWS("accounts", accounts, "is_key", is_key),', '"",'),
    ("KAM_WATCH", 'KAM_X_LABELS("is_key", is_key),', '"",'),
    ("KAM_WATCH", 'IF(unknown, "", KAM_X_ROWS', 'IF(TRUE, "", KAM_X_ROWS'),
    ("KAM_SENSITIVITY", "growth_share), 0.5)", "growth_share), 0.4)"),
    ("KAM_SENSITIVITY", "change), 0.1)", "change), 0.2)"),
    ("KAM_SENSITIVITY", "harmonious / SUM(harmonious), part", "harmonious / SUM(harmonious), 1 - part"),
    ("KAM_SENSITIVITY", 'KAM_X_SHARE("change", step)', 'KAM_X_PART("change", step)'),
    ("KAM_SENSITIVITY", 'KAM_X_FITS("KAM_SENSITIVITY", ', 'IF(TRUE, '),
    ("KAM_SCORING", 'KAM_X_FLAG("headers", heads)', '""'),
    ("KAM_X_ABOVE_ZERO", "number > 0", "number >= 0"),
    ("KAM_X_GAPS", "COLUMNS(cells), 1, 1, 0", "COLUMNS(cells), 1, 1, 1"),
    ("KAM_X_LISTED", "SEQUENCE(high), 1)", "SEQUENCE(high), -1)"),
    ("KAM_X_LISTED", "spare, 1, key, 1", "key, 1, spare, 1"),
    ("KAM_X_LISTED", "high - SUM(spare)", "high"),
    ("KAM_X_MARKED", "IF(cells = FALSE, 0, ", "IF(FALSE, 0, "),
    ("KAM_X_MARKED", "IF(cells = 0, 0, ", "IF(FALSE, 0, "),
    ("KAM_X_MARKED", '--(cells <> "no")', '1 - EXACT(cells, "no")'),
    ("KAM_X_PART", "number >= 0", "number > 0"),
    ("KAM_X_PART", "number <= 1", "number < 1"),
    ("KAM_X_SCORING_FAULTS", 'KAM_X_NUMBERS("harmony", harmony)', 'KAM_X_NUMBERS("growth", harmony)'),
    ("KAM_X_SCORING_RULES", 'KAM_X_WEIGH("harmony_weights", harmony_weights),', '"",'),
    ("KAM_X_SELECTION", "INT(MIN(cap, high) * (1 + 1E-9))", "INT(MIN(cap, high))"),
    ("KAM_X_SELECTION", "MAX(1, INT(", "MAX(0, INT("),
    ("KAM_X_SELECTION", "> room, MAX(", "> 0, MAX("),
    ("KAM_X_SELECTION", "place <= room + 1", "place <= room"),
    ("KAM_X_SELECTION", "at_least - 1E-9 * ABS(at_least)", "at_least"),
    ("KAM_X_SELECTION", "ABS(at_least)", "at_least"),
    ("KAM_X_SELECTION", 'unscored * (label = "")', "unscored"),
    ("KAM_X_TOTAL", "part * growing + (1 - part) * harmony", "(1 - part) * growing + part * harmony"),
    ("KAM_X_TRIAL", "best > 1, 0,", "best > 2, 0,"),
    ("KAM_X_TRIAL", '> 1, top - next, "")', "> 0, top - next, 0)"),
    ("KAM_X_TRIAL", "IF(place > 1, total,", "IF(place > 2, total,"),
    ("KAM_X_TRIAL", "KAM_X_AT(place, winner, 1) = 1", "first = winner"),
    ("KAM_X_TRIAL", "best = 0, ", "best < 0, "),
    ("KAM_X_TRIALS", "SIGN(step) * change", "change"),
    ("KAM_X_TRIALS", "harmony_weights, 1) > 0", "harmony_weights, 1) >= 0"),
    ("KAM_X_TRIALS", "HSTACK(weighty, -weighty)", "VSTACK(weighty, -weighty)"),
    ("KAM_X_TRIALS", "nth - size, nth)", "nth, nth)"),
    ("KAM_X_TRIALS", "IF(SUM(--(place = 1)) = 0, KAM_X_EMPTY(7), DROP(tried, 1))", "DROP(tried, 1)"),
    ("KAM_X_TRIED", "MIN(1, factor * part)", "factor * part"),
    ("KAM_X_TRIED", "= nth - size", "= nth"),
    ("KAM_X_TRIED", "nth > size + ROWS(harmony_weights)", "nth > size"),
    ("KAM_X_TRIED", "MIN(MAX(growing), MAX(harmonious)) > 0", "MAX(growing) > 0"),
    ("KAM_X_WATCHED", "near * ABS(at_least)", "near * at_least"),
    ("KAM_X_WATCHED", "score < at_least - 1E-9 * ABS(at_least)", "score < at_least"),
    ("KAM_X_WATCHED", "score < near_line - 1E-9 * ABS(near_line)", "score < near_line"),
    ("KAM_X_WATCHED", "growing >= fast - 1E-9 * ABS(fast)", "growing >= fast"),
    ("KAM_X_WATCHED", "(1 - key) * ", ""),
    ("KAM_X_WATCHED", "IF(key, 0, ROWS(score) + 1)", "ROWS(score) + 1"),
    ("KAM_X_WATCHED", "IF(key, -place, place)", "IF(key, -1, place)"),
    ("KAM_X_WATCHED", '+ nothing > 0', '+ 0 * nothing > 0'),
    ("KAM_X_WATCHED", '* (growing = "")', ""),
]
# fmt: on
