"""Profit and white space: random arguments that mean something, and deliberate mistakes.

See `random_tables.py` and `mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

NEAR = [0, 0, 4e-10, -4e-10, 3e-9, -3e-9]


def money(rng: random.Random) -> Any:
    """An amount, now and then blank; sums of such amounts have no rounding dust."""
    return rng.choice([None, "", 0, -40, 100, 100, 250.5, rng.randint(-100, 900), rng.randint(0, 4000) / 4])


def near(rng: random.Random, line: float) -> float:
    """A number on a line, or hardly beside it."""
    return line * (1 + rng.choice(NEAR))


def profit(rng: random.Random, args: list[Any]) -> None:
    """Rows of which some lack numbers, all numbers, or everything."""
    for row in range(len(args[0])):
        for amounts in args[1:4]:
            if rng.random() < 0.7:
                amounts[row] = [money(rng)] * len(amounts[row])
        if rng.random() < 0.3:
            for amounts in args[1:4]:
                amounts[row] = [None] * len(amounts[row])
    if rng.random() < 0.3:
        args[3] = None


def profit_matrix(rng: random.Random, args: list[Any]) -> None:
    """Amounts on the lines, which are given or are the medians."""
    for place, line in ((1, rng.choice([None, "", 0, 120, -40.0, 0.3])), (2, rng.choice([None, 250, 0.7, -1]))):
        args[place + 2] = line
        base = line or rng.choice([100, 0.3, 1e6])
        for row in range(len(args[0])):
            if rng.random() < 0.6:
                args[place][row] = [rng.choice([None, money(rng), near(rng, base), near(rng, base), 2 * base])]
            else:
                del args[place][row][1:]


def whale(rng: random.Random, args: list[Any]) -> None:
    """Winners and losers; sometimes as much lost as won, but for rounding."""
    amounts = args[1] = [[money(rng)] for _ in args[0]]
    if rng.random() < 0.4:
        for row in range(0, len(amounts) - 1, 2):
            won = rng.choice([0.1, 0.2, 0.3, 0.7, 10, 1000 / 3])
            amounts[row], amounts[row + 1] = [won], [-won]
        if rng.random() < 0.5:
            amounts[-1] = [rng.choice([1e-12, 1e-5, -1e-12])]


def lifetime(rng: random.Random, args: list[Any]) -> None:
    """Shares of accounts that are kept; all of them, or all but, now and then."""
    kept = [None, "", 0, 0.5, 0.75, 0.9, 1, 1 - 4e-10, 1 - 1e-7, 0.99999, round(rng.random(), 2), rng.random()]
    args[1] = rng.choice([None, "", *[[rng.choice(kept) for _ in args[0]] for _ in range(6)]])
    if isinstance(args[1], list) and rng.random() < 0.1:
        args[1][-1] = rng.choice([1.2, -0.25, 80])
    args[2] = rng.choice([None, 0, 0, 0.1, 0.08, 0.25, 1, 3])
    args[3] = rng.choice([None, "", 1, 3, 20, 0.5, 2.75, 1000])


def whitespace(rng: random.Random, args: list[Any]) -> None:
    """Sales on, above, below or without their potential; gaps that are equal but for rounding."""
    for row in range(len(args[0])):
        potential = rng.choice([None, "", 0, -5, 100, 0.3, 0.2, 1000, round(rng.uniform(1, 9999), 2)])
        part = rng.choice([None, 0, -3, 0.1, 100, near(rng, potential or 5), near(rng, potential or 5), 5000])
        args[2][row], args[3][row] = part, potential
        if rng.random() < 0.2:
            args[0][row] = args[1][row] = None


SHAPES: dict[str, Callable[[random.Random, list[Any]], None]] = {  # change the arguments in place
    "KAM_PROFIT": profit,
    "KAM_PROFIT_MATRIX": profit_matrix,
    "KAM_WHALE": whale,
    "KAM_CLV": lifetime,
    "KAM_WHITESPACE": whitespace,
}
# fmt: off
MUTATIONS: list[tuple[str, str, str]] = [
    ("KAM_X_ABSENT", "> 1, FALSE", "> 1, TRUE"),
    ("KAM_X_ABSENT", 'given = "", FALSE', 'given = 0, FALSE'),
    ("KAM_X_OPTIONAL", "IF(KAM_X_ABSENT(given), \"\", ", "IF(KAM_X_ABSENT(given), name, "),
    ("KAM_X_KEPT", "IF(wanted, rows_in, nothing)", "nothing"),
    ("KAM_X_KEPT", "KAM_X_EMPTY(COLUMNS(rows_in))", "KAM_X_EMPTY(1)"),
    ("KAM_X_ON_SCALE", "cells > top", "cells >= top"),
    ("KAM_PROFIT", 'KAM_X_ROWS("accounts", accounts, "direct_cost", direct_cost),', '"",'),
    ("KAM_PROFIT", '"Gross margin", "Cost to serve"', '"Cost to serve", "Gross margin"'),
    ("KAM_PROFIT", "KAM_X_SUMS(revenue)", "KAM_X_POSITIVE(KAM_X_SUMS(revenue))"),
    ("KAM_PROFIT", 'KAM_X_FITS("KAM_PROFIT", KAM_X_TABLE(', 'KAM_X_FITS("KAM_PROFIT_", KAM_X_TABLE('),
    ("KAM_X_PROFIT", "income - KAM_X_ZERO(direct)", "income"),
    ("KAM_X_PROFIT", "gross - KAM_X_ZERO(serving)", "gross"),
    ("KAM_X_PROFIT", "margin, IF(income > 0", "margin, IF(income <> 0"),
    ("KAM_X_PROFIT", '(label <> "") + known > 0', "known"),
    ("KAM_X_PROFIT", ' + (serving <> "") > 0', " > 0"),
    ("KAM_X_HIGH", "from - 1E-9 * ABS(from)", "from"),
    ("KAM_X_HIGH", "ABS(from)", "from"),
    ("KAM_X_HIGH", ">= from", "> from"),
    ("KAM_X_HIGH", "MEDIAN(", "AVERAGE("),
    ("KAM_X_HIGH", 'IF(known, amount, "")', "IF(known, amount, 0)"),
    ("KAM_X_QUADRANTS", 'IF(dear, "exit", "maintain")', 'IF(dear, "maintain", "exit")'),
    ("KAM_X_QUADRANTS", 'IF(dear, "reprice", "protect")', 'IF(dear, "protect", "reprice")'),
    ("KAM_X_QUADRANTS", '(revenue <> "") * (cost <> "")', 'revenue <> ""'),
    ("KAM_X_QUADRANTS", "KAM_X_HIGH(cost, known, cost_line)", "KAM_X_HIGH(revenue, known, cost_line)"),
    ("KAM_X_QUADRANTS", "serve digitally, keep", "serve digitally; keep"),
    ("KAM_PROFIT_MATRIX", 'KAM_X_OPTIONAL("cost_line", cost_at),', '"",'),
    ("KAM_PROFIT_MATRIX", '"Cost to serve", "Quadrant"', '"Cost", "Quadrant"'),
    ("KAM_PROFIT_MATRIX", "revenue_at,\n", "cost_at,\n"),
    ("KAM_WHALE", 'KAM_X_ROWS("accounts", accounts, "profit", profit)', '""'),
    ("KAM_WHALE", "KAM_X_SUMS(profit)", "KAM_X_POSITIVE(KAM_X_SUMS(profit))"),
    ("KAM_WHALE", "headers), FALSE)", "headers), TRUE)"),
    ("KAM_X_WHALE", "1E-9 * MAX(0, running)", "0"),
    ("KAM_X_WHALE", "MAX(0, running)", "MAX(1000, running)"),
    ("KAM_X_WHALE", "KAM_X_RUNNING(profit)", "KAM_X_RUNNING(KAM_X_POSITIVE(profit))"),
    ("KAM_X_WHALE", "KAM_X_AT(running, ROWS(running), 1)", "MAX(running)"),
    ("KAM_CLV", "discount), 0)", "discount), 0.1)"),
    ("KAM_CLV", "at_rate >= 0", "at_rate > 0"),
    ("KAM_CLV", 'KAM_X_ABOVE_ZERO("years", span)', '""'),
    ("KAM_CLV", "IF(KAM_X_ABSENT(kept), 1,", "IF(KAM_X_ABSENT(kept), 0,"),
    ("KAM_CLV", 'KAM_X_ON_SCALE("retention", kept, 1,', 'KAM_X_ON_SCALE("retention", kept, 2,'),
    ("KAM_X_LIFETIME", "growing - 1E-9 * growing", "growing"),
    ("KAM_X_LIFETIME", "IF(decay < -1, 1 - EXP(decay), ", "IF(decay < -1, 1, "),
    ("KAM_X_LIFETIME", "SINH(decay / 2)", "SINH(decay)"),
    ("KAM_X_LIFETIME", "part / growing, 1", "part, 1"),
    ("KAM_X_LIFETIME", '+ (kept = "") > 0', "> 0"),
    ("KAM_X_LIFETIME", '"n/a", amount * years', '"n/a", amount'),
    ("KAM_WHITESPACE", 'KAM_X_ROWS("accounts", accounts, "divisions", divisions),', '"",'),
    ("KAM_WHITESPACE", '"Share of wallet", "Gap"', '"Share", "Gap"'),
    ("KAM_X_WALLET", "possible - 1E-9 * possible", "possible"),
    ("KAM_X_WALLET", "IF(part, possible - got, 0)", "possible - got"),
    ("KAM_X_WALLET", '(label <> "") + (division <> "") > 0', 'label <> ""'),
    ("KAM_X_WALLET", "ROWS(gap) + 1, place", "0, place"),
    ("KAM_X_WALLET", "ROWS(gap) + 1, place", "ROWS(gap) + 1, -place"),
    ("KAM_X_WALLET", "KAM_X_POSITIVE(sold)", "KAM_X_ZERO(sold)"),
    ("KAM_X_WALLET", "KAM_X_RANKS(gap, FALSE)", "KAM_X_RANKS(potential, FALSE)"),
]
