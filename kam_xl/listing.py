"""The worksheet functions as text or JSON, for the command."""

from __future__ import annotations

import json
from itertools import groupby
from shutil import get_terminal_size
from textwrap import fill

from kam_xl.errors import DataError
from kam_xl.functions import FUNCTIONS, Function
from kam_xl.locale import _

CATEGORIES = ("Prioritise", "Score", "Choose", "Profit", "Grow", "Decide", "Plan", "Monitor", "Check")
"""In the order of their use; others follow."""


def chosen(name: str | None) -> list[Function]:
    """All functions, or the one of that name; ``abc`` finds KAM_ABC.

    >>> [function.name for function in chosen("abc")]
    ['KAM_ABC']
    """
    if name is None:
        return list(FUNCTIONS.values())
    wanted = name.upper().lstrip("=").split("(")[0]
    for spelling in (wanted, f"KAM_{wanted}"):
        if spelling in FUNCTIONS:
            return [FUNCTIONS[spelling]]
    part = wanted.removeprefix("KAM_")
    close = [known for known in FUNCTIONS if part and part in known]
    hint = _("did you mean {names}?").format(names=", ".join(close)) if close else _("see them all: kam-xl functions")
    raise DataError(_("{name}: no such function; {hint}").format(name=name.strip() or '""', hint=hint))


def as_text(name: str | None = None) -> str:
    """A table of all functions by category, or the explanation of one."""
    if name is not None:
        return _explained(chosen(name)[0])
    functions = sorted(chosen(None), key=_place)
    width = max((len(function.name) for function in functions), default=0)
    lines = []
    for category, group in groupby(functions, key=lambda function: function.category):
        lines += ["", category, *(_wrapped(f"{function.name:<{width}}", _first(function.help)) for function in group)]
    return "\n".join(lines[1:])


def _place(function: Function) -> tuple[int, str]:
    """The place of a function's category."""
    known = CATEGORIES.index(function.category) if function.category in CATEGORIES else len(CATEGORIES)
    return known, function.category


def _first(text: str) -> str:
    """The first sentence."""
    return text.split("\n")[0].split(". ")[0].rstrip(".") + "."


def _wrapped(name: str, text: str) -> str:
    """A name and its text, in lines that fit the window."""
    width = min(max(get_terminal_size((100, 24)).columns, 60), 120)
    start = f"  {name}  "
    return fill(text, width, initial_indent=start, subsequent_indent=" " * len(start))


def _explained(function: Function) -> str:
    lines = [function.signature, _wrapped("", function.help), "", _("Arguments")]
    width = max((len(argument.name) for argument in function.args), default=0)
    for argument in function.args:
        optional = " " + _("(optional)") if argument.optional else ""
        lines.append(_wrapped(f"{argument.name:<{width}}", argument.help + optional))
    lines += ["", _("Result: {result}").format(result=function.result)]
    if function.columns:
        lines.append(_("Columns: {columns}").format(columns=", ".join(function.columns)))
    return "\n".join(lines)


def as_json(name: str | None = None) -> str:
    """The same for programs."""
    return json.dumps([_described(function) for function in chosen(name)], ensure_ascii=False, indent=2)


def as_lambda(name: str | None = None) -> str:
    """The readable LAMBDA of a function with its helpers, or all of them as a module for Excel.

    >>> as_lambda("hhi").splitlines()[0]
    'KAM_HHI(revenue)'
    """
    from kam_xl.hosts.native import library

    if name is None:
        return library.module_text()
    known = {definition.name for definition in library.definitions()}
    wanted = name.strip().upper()
    found = wanted if wanted in known else chosen(name)[0].name
    if found not in known:
        reason = library.IMPOSSIBLE.get(found, _("it is not written yet"))
        raise DataError(_("{name}: has no LAMBDA: {reason}").format(name=found, reason=reason))
    return library.explain(found)


def _described(function: Function) -> dict[str, object]:
    return {
        "name": function.name,
        "category": function.category,
        "signature": function.signature,
        "help": function.help,
        "arguments": [
            {
                "name": argument.name,
                "kind": argument.kind,
                "help": argument.help,
                "optional": argument.optional,
                "default": argument.default,
                "choices": list(argument.choices),
            }
            for argument in function.args
        ],
        "result": function.result,
        "columns": list(function.columns),
    }
