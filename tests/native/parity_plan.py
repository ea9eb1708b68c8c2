"""Plan: timeline and responsibilities: random arguments that mean something, and deliberate mistakes.

See `random_tables.py` and `mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

SIGNS = ["R", "A", "C", "I", "r", "a", "c", "i"]
BETWEEN = ["", "/", ",", "+", " ", "-", "–", "—", ", ", " / "]
NOT_RACI = ["x", "?", "TRUE", "Anna", "S", "👍", "é", "ı", "A;R", "A\nR", "#kam!", 1, 0, -2.5, 1e-5, True, False]


def timeline(rng: random.Random, args: list[Any]) -> None:
    """Tasks around the day of the review, also reversed, without dates, or about 0.1 behind."""
    today = rng.choice([45292, 45292.75, 45000 + rng.random() * 400, 40, 1])
    args[4] = today
    for row in range(len(args[0])):
        start = int(today) + rng.choice([0, 0, 1, -1, -4, -9, rng.randint(-30, 10)])
        days = rng.choice([1, 1, 2, 10, 10, 20, 7, 0, -3, rng.randint(1, 60)])
        end = start + days - 1
        passed = (int(today) - start + 1) / max(1, days)
        args[3][row] = rng.choice([
            None, 0, 1, 0.5, 1 - 1e-10, 1 - 1e-8, -0.2, 1.5, rng.random(), passed, passed - 0.1,
            passed - 0.1 * (1 + rng.choice([1e-10, -1e-10, 1e-8, -1e-8, 5e-10, 2e-9])), passed - 0.11,
        ])  # fmt: skip
        hours = rng.choice([0, 0, 0.5, 0.999])
        args[1][row] = None if rng.random() < 0.15 else start + hours
        args[2][row] = rng.choice([None, ""]) if rng.random() < 0.15 else end + rng.choice([0, 0, hours, 0.25])


def raci(rng: random.Random, args: list[Any]) -> None:
    """Letters in every way to write them, mostly one accountable role, now and then a sign that is no letter."""
    strange = rng.choice([0, 0, 0.05, 0.3])
    empty = rng.choice([0, 0.3, 0.6, 1])

    def cell() -> Any:
        if rng.random() < strange:
            return rng.choice(NOT_RACI)
        if rng.random() < empty:
            return rng.choice([None, "", "-", "—", " "])
        between = rng.choice(BETWEEN)
        return between.join(rng.choice(SIGNS) for _ in range(rng.choice([1, 1, 1, 2, 3])))

    args[1] = [[cell() for _ in row] for row in args[1]]


SHAPES: dict[str, Callable[[random.Random, list[Any]], None]] = {  # change the arguments in place
    "KAM_TIMELINE": timeline,
    "KAM_RACI_CHECK": raci,
}
# fmt: off
MUTATIONS: list[tuple[str, str, str]] = [
    ("KAM_TIMELINE", 'first, IF(starts = "", ends, starts)', "first, starts"),
    ("KAM_TIMELINE", 'last, IF(ends = "", starts, ends)', "last, ends"),
    ("KAM_TIMELINE", "IF(done > 1, 1, done)", "done"),
    ("KAM_TIMELINE", "IF(done < 0, 0, ", "IF(done < 0, done, "),
    ("KAM_TIMELINE", "INT(today)", "today"),
    ("KAM_TIMELINE", "INT(KAM_X_ZERO(last))", "KAM_X_ZERO(last)"),
    ("KAM_TIMELINE", 'KAM_X_ROWS("tasks", tasks, "end_date", end_date),', '"",'),
    ("KAM_TIMELINE", '"Expected", "State"', '"State", "Expected"'),
    ("KAM_X_TIMELINE", "span, to - from + 1", "span, to - from"),
    ("KAM_X_TIMELINE", "at_day - from + 1)", "at_day - from)"),
    ("KAM_X_TIMELINE", "IF(passed > 1, 1, passed)", "passed"),
    ("KAM_X_TIMELINE", "IF(passed < 0, 0, ", "IF(passed < 0, passed, "),
    ("KAM_X_TIMELINE", "share >= 1 - 1E-9", "share >= 1"),
    ("KAM_X_TIMELINE", "at_day > to,", "at_day >= to,"),
    ("KAM_X_TIMELINE", "at_day < from,", "at_day <= from,"),
    ("KAM_X_TIMELINE", "0.1 + 1E-10", "0.1"),
    ("KAM_X_TIMELINE", "to < from", "to <= from"),
    ("KAM_X_TIMELINE", "dated * (1 - reversed)", "dated"),
    ("KAM_X_TIMELINE", "(label <> \"\") + dated > 0", "(label <> \"\") + dated > 1"),
    ("KAM_X_TIMELINE", "at_day - to, \"\"", "at_day - from, \"\""),
    ("KAM_X_TIMELINE", "IF(ROWS(label) = 1, IF(listed, rows_in, KAM_X_EMPTY(8)),", "IF(ROWS(label) = 1, rows_in,"),
    ("KAM_RACI_CHECK", '"–", ', ""),
    ("KAM_RACI_CHECK", 'KAM_X_ROWS("tasks", tasks, "letters", letters)', '""'),
    ("KAM_RACI_CHECK", 'KAM_X_CODES("letters", letters),', '"",'),
    ("KAM_RACI_CHECK", 'IF(tasks = "", "", tasks)', "tasks"),
    ("KAM_X_RACI", 'known, IF(strange = "", letters, "")', "known, letters"),
    ("KAM_X_RACI", "UNICHAR(UNICODE(each))", "each"),
    ("KAM_X_RACI", "accountable = 1, \"\"", "accountable >= 1, \"\""),
    ("KAM_X_RACI", "responsible = 0, ", "responsible + accountable = 0, "),
    ("KAM_X_RACI", 'IF(accountable = 0, "nobody", accountable)', '"nobody"'),
    ("KAM_X_RACI", 'OR(across <> "")', 'AND(across <> "")'),
    ("KAM_X_RACI", '"c", "i"}', '"c"}'),
    ("KAM_X_HOLD", "SUM(across)", "MAX(across)"),
    ("KAM_X_HOLD", "SEARCH(letter, each)", "FIND(letter, each)"),
    ("KAM_X_WITHOUT", 'SUBSTITUTE(so_far, sign_out, "")', 'SUBSTITUTE(so_far, sign_out, "", 1)'),
    ("KAM_X_AS_TEXT", 'IF(item, "TRUE", "FALSE")', '"TRUE"'),
    ("KAM_X_AS_TEXT", "KAM_X_DIGITS(item)", '"0" & item'),
    ("KAM_X_CODES", 'IF(nested <> "", nested,', 'IF(nested = "x", nested,'),
    ("KAM_X_CODES", 'IF(wide > 1, " column " & across, "")', '" column " & across'),
    ("KAM_X_CODES", "high * wide + 1)), 1)", "high * wide)), 1)"),
]
