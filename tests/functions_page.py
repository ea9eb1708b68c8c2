"""The text of docs/functions.md, made from the registry; examples and mistakes are computed when it is made."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kam_xl.functions import FUNCTIONS, Argument, Function
from kam_xl.functions.registry import RANGES
from kam_xl.listing import CATEGORIES

PAGE = Path(__file__).parents[1] / "docs" / "functions.md"
README = Path(__file__).parents[1] / "README.md"
MARKS = ("<!-- functions -->\n", "<!-- /functions -->")
HEAD = """# The worksheet functions

Made from the registry by `python tests/developer.py docs`; don't edit it here. The same functions answer in Excel 365
(LAMBDA names), in Excel with Python, in LibreOffice and in Python: `from kam_xl.functions import KAM_ABC`, or over
pandas frames: `from kam_xl import frames`.

Arguments in square brackets may be left out; blank is the same. Ranges of one table have the same rows. A mistake comes
back as one line in place of the whole result; the lines below each function are what the cells named there give.
"""
_WRONG: dict[str, Any] = {
    "labels": "#N/A",
    "amounts": "n/a",
    "numbers": "n/a",
    "column": "n/a",
    "words": "other",
    "marks": "#N/A",
    "codes": "#N/A",
    "weights": -1,
    "number": "n/a",
    "text": "other",
    "flag": "maybe",
}
_BEYOND = {"share": 80, "part": 50, "positive": 0, "not negative": -1}


def text() -> str:
    """The page."""
    ordered = sorted(FUNCTIONS.values(), key=lambda function: CATEGORIES.index(function.category))
    lines = [HEAD]
    for category, functions in groupby(ordered, key=lambda function: function.category):
        links = [f"[{function.name}](#{function.name.lower()})" for function in functions]
        lines.append(f"- **{category}**: {', '.join(links)}")
    lines.append("")
    for category, functions in groupby(ordered, key=lambda function: function.category):
        lines += [f"## {category}", ""]
        for function in functions:
            lines += [*_section(function), ""]
    return "\n".join(lines)


def readme() -> str:
    """README with the table of functions as the registry has it."""
    before, rest = README.read_text(encoding="utf-8").split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    rows = [f"| `{function.signature}` | {function.help} |" for function in FUNCTIONS.values()]
    table = "\n".join(["| function | what it gives |", "|---|---|", *rows])
    return f"{before}{MARKS[0]}{table}\n{MARKS[1]}{after}"


def renew() -> list[Path]:
    """Write what is not current; the files that changed."""
    made = {PAGE: text(), README: readme()}
    changed = [path for path, new in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != new]
    for path in changed:
        path.write_text(made[path], encoding="utf-8", newline="\n")
    return changed


def _section(function: Function) -> Iterator[str]:
    yield f"### {function.name}"
    yield f"\n`={function.signature}`\n\n{function.help}\n"
    yield "\n".join(_about(function))
    yield "\n| argument | takes |\n|---|---|"
    for argument in function.args:
        optional = " (optional)" if argument.optional else ""
        yield f"| `{argument.name}`{optional} | {argument.help.replace('|', '/')} |"
    cells = example(function)
    yield f"\nExample: `={_formula(function, cells)}`\n"
    yield from _table(function, function(*cells))
    yield "\nMistakes:\n"
    for what, line in mistakes(function, cells):
        yield f"- {what}: `{line}`"


def _about(function: Function) -> Iterator[str]:
    """What the docstring says between its first line and its examples."""
    for line in (inspect.getdoc(function) or "").split("Examples\n--------")[0].strip().splitlines():
        yield line.replace("*", "\\*")


def example(function: Function) -> list[Any]:
    """The cells of the first call in the docstring that is sound; a table has its headings."""
    source = [
        line.strip()[4:] for line in (function.__doc__ or "").splitlines() if line.strip()[:4] in (">>> ", "... ")
    ]
    for node in ast.walk(ast.parse("\n".join(source))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function.name:
            cells = [ast.literal_eval(argument) for argument in node.args]
            cells += [None] * (len(function.args) - len(cells))
            for place, argument in enumerate(function.args):
                if argument.name == "headers":
                    cells[place] = True
            if not str(function(*cells)).startswith("#KAM!"):
                return cells
    raise ValueError(f"{function.name}: no example in its docstring")


def mistakes(function: Function, cells: list[Any]) -> Iterator[tuple[str, str]]:
    """For each argument a wrong cell, and the line that comes back."""
    for place, argument in enumerate(function.args):
        if argument.name != "headers" and cells[place] is not None:
            yield _mistake(function, cells, place, argument, _WRONG[argument.kind])
        if argument.limit and argument.kind == "number":
            yield _mistake(function, cells, place, argument, _BEYOND[argument.limit])
        elif argument.choices and cells[place] is None:
            yield _mistake(function, cells, place, argument, _WRONG[argument.kind])
    ranges = [place for place, argument in enumerate(function.args) if argument.kind in RANGES and not argument.rows]
    ranges = [place for place in ranges if isinstance(cells[place], list)]
    if len(ranges) > 1:
        short = [*cells]
        short[ranges[1]] = [*cells[ranges[1]], cells[ranges[1]][0]]
        yield f"a row more in `{function.args[ranges[1]].name}`", str(function(*short))


def _mistake(function: Function, cells: list[Any], place: int, argument: Argument, wrong: Any) -> tuple[str, str]:
    spoilt = [*cells]
    value = cells[place]
    if isinstance(value, list):
        first = [wrong, *value[0][1:]] if isinstance(value[0], list) else wrong
        spoilt[place] = [first, *value[1:]]
    else:
        spoilt[place] = wrong
    return f"{_cell(wrong)} in `{argument.name}`", str(function(*spoilt))


def _formula(function: Function, cells: list[Any]) -> str:
    """The call as it is typed in a cell."""
    texts = [_cells(value) for value in cells]
    while texts and not texts[-1]:
        texts.pop()
    return f"{function.name}({', '.join(texts)})"


def _cells(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, list):
        return _cell(value)
    across = ["; ".join([", ".join(map(_cell, row)) if isinstance(row, list) else _cell(row)]) for row in value]
    return f"{{{'; '.join(across)}}}"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return '""'
    if isinstance(value, bool):
        return str(value).upper()
    return f'"{value}"' if isinstance(value, str) else f"{value:.15g}"


def _table(function: Function, result: Any) -> Iterator[str]:
    """The result as a table: headings from the function, else the letters of the columns."""
    rows = result if isinstance(result, list) else [[result]]
    if function.result == "table":
        headings, rows = rows[0], rows[1:]
    else:
        headings = [f"{chr(65 + place)}" for place in range(len(rows[0]))]
    yield f"| {' | '.join(map(str, headings))} |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield f"| {' | '.join(_shown(cell) for cell in row)} |"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.10g}" if isinstance(value, float) else str(value)
