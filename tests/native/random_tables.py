"""Random arguments for any registered function, made from its argument kinds: mostly sound, now and then not."""

from __future__ import annotations

import random
from typing import Any

from kam_xl.functions import FUNCTIONS, Argument
from native import parity_choose, parity_decide, parity_plan, parity_profit

SHAPES = parity_choose.SHAPES | parity_decide.SHAPES | parity_plan.SHAPES | parity_profit.SHAPES

BAD = [
    "n/a", "12", " ", "x" * 30, "y" * 31, "two\nlines and more than thirty characters", 'say "hi"', "#kam! small",
    "see #KAM!", "#KAM! KAM_SCORE: weights 2 is negative; give 0 or more", True, False, "#N/A", "#DIV/0!", "#VALUE!",
    "#NUM!", "#NAME?", "#REF!", "é…ü",
]  # fmt: skip
NEAR = [0, 0, 1e-10, -1e-10, 4e-10, -4e-10, 3e-9, -3e-9]
LIMITS = {"": (-50, 120), "share": (0.02, 1), "part": (0, 1), "positive": (0.3, 6), "not negative": (0, 3)}
OUT_OF_LIMITS = [0, -0.5, 1.2, 80, 1e-5, 12345.678901234, 1e15, 1.5e17, 0.1 + 0.2 + 0.9, 1 / 3 + 1, -2.5e-7, -1.5e-5]
WORDS = ["North", "South Ltd", "Ö & Co", "ähnlich", "1001", "zebra", "Zebra", "x" * 40, "#kam! no line"]


def size(rng: random.Random) -> int:
    """How many rows: mostly few, sometimes many."""
    return rng.choice([1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 20, rng.randint(21, 60), rng.choice([40, 40, 150, 500])])


def number_maker(rng: random.Random, columns: int) -> Any:
    """A source of numbers of one of several characters: spread, cents, tied, nearly tied, equal, mixed in sign.

    Numbers that will be added up have sums without rounding dust: spreadsheets compare 15 digits, so that two sums
    that differ in the 16th are equal there and keep their order.
    """
    if columns > 1:
        return rng.choice([
            lambda: rng.lognormvariate(8, 1.6),
            lambda: round(rng.uniform(-20, 999) * 4) / 4,
            lambda: rng.randint(-5, 10),
            lambda: rng.choice([100, 200, 200, 500, 1000]),
            lambda: rng.choice([0, 0, 0, 10, 10.5, -3]),
        ])  # fmt: skip
    anchor = rng.choice([1.0, 0.3, 250.0, -40.0, 1e6])
    return rng.choice([
        lambda: rng.lognormvariate(8, 1.6),
        lambda: round(rng.uniform(0.01, 999), 2),
        lambda: rng.choice([100, 200, 200, 500, 1000]),
        lambda: anchor * (1 + rng.choice([0, 0, 1e-10, -1e-10, 3e-10, 5e-9, 2e-8, 0.1, 0.5])),
        lambda: 50.0,
        lambda: rng.randint(-5, 10),
        lambda: rng.choice([0, 0, 0, 10, 10.5, -3]),
        lambda: rng.randint(0, 10),
        lambda: rng.choice([0.1, 0.2, 0.3, 0.7]),
    ])  # fmt: skip


def table(rng: random.Random, rows: int, columns: int, blanks: float) -> list[list[Any]]:
    make = number_maker(rng, columns)
    return [
        [rng.choice([None, None, ""]) if rng.random() < blanks else make() for _ in range(columns)] for _ in range(rows)
    ]


def spoilt(rng: random.Random, value: Any) -> Any:
    """The same argument with one or two cells that are wrong."""
    bad = rng.choice(BAD)
    if not isinstance(value, list):
        return bad
    for _ in range(rng.choice([1, 1, 2])):
        row = rng.randrange(len(value))
        if isinstance(value[row], list):
            value[row][rng.randrange(len(value[row]))] = bad
        else:
            value[row] = bad
        bad = rng.choice(BAD)
    return value


def make(rng: random.Random, arg: Argument, rows: int, weighed: Any) -> Any:
    """A value for an argument; `weighed` is the value of the argument whose columns it weighs."""
    blanks = rng.choice([0, 0, 0.1, 0.4, 1 if rng.random() < 0.1 else 0.2])
    if arg.kind == "labels":
        make_label = rng.choice([
            lambda: f"Account {rng.randint(1, 2 * rows)}",
            lambda: rng.choice([*WORDS, 7, 3.5, True]),
        ])  # fmt: skip
        return [None if rng.random() < blanks else make_label() for _ in range(rows)]
    if arg.kind in ("amounts", "numbers"):
        return table(rng, rows, rng.choice([1, 1, 2, 3, 5]), blanks)
    if arg.kind == "column":
        return [row[0] for row in table(rng, rows, 1, blanks)]
    if arg.kind == "words":
        word = lambda: rng.choice(arg.choices)  # noqa: E731
        return [None if rng.random() < blanks else rng.choice([str.lower, str.upper])(word()) for _ in range(rows)]
    if arg.kind == "marks":
        return [rng.choice([None, "", "x", "O", "no", "No", True, False, 1, 0, 2.5]) for _ in range(rows)]
    if arg.kind == "codes":
        wide = rng.choice([1, 2, 4, 7])
        cell = ["R", "A", "C", "I", "A/R", "r/a", "a", None, None, "", "x", 3, True, " A ", "A R", "R,A"]
        return [[rng.choice(cell) for _ in range(wide)] for _ in range(rows)]
    if arg.kind == "weights":
        columns = len(weighed[0]) if isinstance(weighed, list) and isinstance(weighed[0], list) else 1
        weights = [rng.choice([1, 2, 0.5, 30, 0.25, 0, 15, None]) for _ in range(columns)]
        if not any(weights) and rng.random() < 0.9:
            weights[0] = 3
        return rng.choice([weights, [weights], weights[0] if columns == 1 else weights])
    if arg.kind == "flag":
        return rng.choice([None, "", True, False, 1, 0, 2.5])
    if arg.kind == "text":
        choice = rng.choice(arg.choices)
        return rng.choice([None, "", choice, choice.upper(), choice.title()])
    low, high = LIMITS[arg.limit]
    if arg.optional and rng.random() < 0.3:
        return rng.choice([None, ""])
    return rng.choice([rng.uniform(low, high), round(rng.uniform(low, high), 1) or high, high, arg.default or high])


def misshaped(rng: random.Random, arg: Argument, value: Any) -> Any:
    """The same argument in a shape or of a size that is not allowed, or nearly so."""
    if isinstance(value, list) and isinstance(value[0], list) and arg.kind not in ("amounts", "numbers", "codes"):
        return value  # done before
    if arg.kind in ("labels", "column", "words", "marks") and isinstance(value, list):
        return rng.choice([[[cell, cell] for cell in value], [*value, None], value[:-1] or value])
    if arg.kind in ("amounts", "numbers", "codes") and isinstance(value, list):
        return rng.choice([[*value, value[0]], value[:-1] or value])
    if arg.kind == "weights":
        flat = value if isinstance(value, list) and not isinstance(value[0], list) else [1]
        return rng.choice(
            [[*flat, 1], [0] * len(flat), [[1, 2], [3, 4]], [*flat[:-1], -1], [0, *flat[1:-1], -1][-len(flat) :]]
        )
    if arg.kind == "number":
        return rng.choice([*OUT_OF_LIMITS, [0.5, 0.6], [[1, 2], [3, None]], [None, None]])
    if arg.kind == "text":
        return rng.choice(["foo", "x" * 40, 3, 1e15, 0.00001234, True, ["below", "above"]])
    return rng.choice([[True, False], "yes"])


def bring_near(rng: random.Random, arguments: tuple[Argument, ...], args: list[Any]) -> None:
    """Put some cells of ranges almost on the lines that they are compared with: thresholds, and other amounts."""
    if rng.random() < 0.5:
        return
    of_kind = {kind: [i for i, arg in enumerate(arguments) if arg.kind == kind] for kind in ("number", "amounts")}
    lines = [args[i] for i in of_kind["number"] if arguments[i].limit == "" and args[i] not in (None, "")]
    for arg, value in zip(arguments, args, strict=True):
        if lines and arg.kind in ("column", "numbers") and isinstance(value, list):
            for row in range(len(value)):
                if rng.random() < 0.4:
                    near = rng.choice(lines) * (1 + rng.choice(NEAR))
                    value[row] = [near] * len(value[row]) if isinstance(value[row], list) else near
    if [arg.name for arg in arguments if arg.kind == "amounts"] == ["start_mrr", "end_mrr"]:
        start, end = (args[i] for i in of_kind["amounts"])
        for before, after in zip(start, end, strict=True):
            del before[1:], after[1:]
            if rng.random() < 0.5 and before[0]:
                after[0] = before[0] * (1 + rng.choice(NEAR))


def call_of(rng: random.Random, name: str) -> list[Any]:
    """Arguments for a function."""
    function = FUNCTIONS[name]
    rows: dict[str, int] = {}
    args: list[Any] = []
    for arg in function.args:
        high = rows.get(arg.rows) or rows.setdefault(arg.rows, size(rng))
        weighed = next((args[at] for at in range(len(args)) if function.args[at].name == arg.over), None)
        args.append(make(rng, arg, high, weighed))
    if name == "KAM_NPS" and rng.random() < 0.8:
        args[0] = [[rng.choice([None, 0, 6, 6.5, *range(7, 11)]) for _ in range(rng.randint(1, 3))]] * rows[""]
        args[0] = [list(row) for row in args[0]]
    # always: differences of nearly tied numbers may lie on the tolerance itself, where the 16th digit decides
    if name in SHAPES and (name == "KAM_WHITESPACE" or rng.random() < 0.9):
        SHAPES[name](rng, args)
    bring_near(rng, function.args, args)
    mood = rng.random()
    while mood < 0.3:
        at = rng.randrange(len(args))
        args[at] = spoilt(rng, args[at]) if mood < 0.15 else misshaped(rng, function.args[at], args[at])
        mood += 0.15 * rng.random()
    required = sum(not arg.optional for arg in function.args)
    return args[: rng.choice([len(args), len(args), rng.randint(required, len(args))])]
