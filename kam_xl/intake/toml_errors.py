"""What is wrong with a template, in one line: file, line, key, reason and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kam_xl.locale import _

_TABLE = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*(?:\.[^=]+)?=")


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """The line of a key in a TOML text, or of the nearest thing around it.

    Parameters
    ----------
    text
        The TOML text.
    place
        The way to the key, such as ``("growth", 1, "weight")``: the second ``[[growth]]``, its key ``weight``.

    Examples
    --------
    >>> line_of("a = 1\\n[[growth]]\\nname = 'x'\\n[[growth]]\\nweight = -1", ("growth", 1, "weight"))
    5
    >>> line_of("plans = [\\n'x', 'x']", ("plans", 1))
    1
    """
    here: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    best: tuple[int, int | None] = (0, None)
    for number, line in enumerate(text.splitlines(), start=1):
        found: tuple[str | int, ...]
        if table := _TABLE.match(line):
            name = table[1].strip("\"'")
            here = (name,)
            if line.lstrip().startswith("[["):
                counts[name] = counts.get(name, -1) + 1
                here = (name, counts[name])
            found = here
        elif key := _KEY.match(line):
            found = (*here, key[1].strip("\"'"))
        else:
            continue
        shared = min(len(found), len(place))
        if shared > best[0] and tuple(place[:shared]) == found[:shared]:
            best = (shared, number)
    return best[1]


def syntax_line(file: Path, text: str, error: tomllib.TOMLDecodeError) -> str:
    """One line for a file that is no TOML at all.

    >>> try: tomllib.loads("a = ")
    ... except tomllib.TOMLDecodeError as error: syntax_line(Path("t.toml"), "a = ", error)
    't.toml, line 1: Invalid value; text needs quotes, a list needs [ ], a number a point'
    """
    found = re.match(r"(.*?) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
    reason, line = (found[1], found[2]) if found else (str(error), None)
    remedy = _("text needs quotes, a list needs [ ], a number a point")
    place = _("line {line}").format(line=line or len(text.splitlines()))
    return f"{file}, {place}: {reason}; {remedy}"


def settings_line(file: Path, text: str, error: ValidationError) -> str:
    """One line for the first wrong setting, with the number of further ones."""
    first, *others = error.errors(include_url=False)
    place = first["loc"]
    line = line_of(text, place)
    where = f"{file}, " + _("line {line}").format(line=line) if line else str(file)
    more = " " + _("({n} more)").format(n=len(others)) if others else ""
    return f"{where}: {_key(place)}: {reason(first)}{more}"


def _key(place: Sequence[str | int]) -> str:
    """The key as a person would say it: ``growth[2].weight``, counted from 1."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).lstrip(".")


def reason(error: ErrorDetails) -> str:
    """What is wrong with a setting, in plain words."""
    place = error["loc"]
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(str(place[-1]), place[:-1])
    if kind == "missing":
        return _("is missing; add a line such as {key} = …").format(key=place[-1])
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error", error["msg"]))
    given = error["input"]
    got = "" if isinstance(given, dict | list) else " " + _("(it is {value!r})").format(value=_short(given))
    limits = {
        "greater_than": _("must be more than {gt:g}"),
        "greater_than_equal": _("must be {ge:g} or more"),
        "less_than": _("must be less than {lt:g}"),
        "less_than_equal": _("must be {le:g} or less"),
        "too_short": _("needs at least {min_length}; it has {actual_length}"),
        "too_long": _("takes at most {max_length}; it has {actual_length}"),
        "string_too_long": _("takes at most {max_length} letters"),
        "literal_error": _("must be {expected}"),
    }
    if kind in limits:
        return limits[kind].format(**context) + got
    types = {
        "string": _('must be text in quotes, such as "Basic"'),
        "float": _("must be a number, such as 0.35"),
        "finite": _("must be a number, such as 0.35"),
        "int": _("must be a whole number, such as 3"),
        "list": _('must be a list, such as ["Basic", "Premium"]'),
        "date": _("must be a date, such as 2025-12-31"),
        "dict": _("must be a table of keys under a heading in [ ]"),
        "model": _("must be a table of keys under a heading in [ ]"),
    }
    return types.get(kind.split("_")[0], str(error["msg"])) + got


def _short(value: object) -> object:
    """A value as a message shows it: a long text is cut."""
    if isinstance(value, int) and abs(value) >= 10**40:
        return float("inf") if value >= 10**300 else float(value)
    return f"{value[:20]}…" if isinstance(value, str) and len(value) > 40 else value


def _unknown(key: str, around: Sequence[str | int]) -> str:
    from kam_xl.content.settings import Criterion, Factor, Risk, Template

    models: dict[str, type[BaseModel]] = {"growth": Criterion, "harmony": Criterion, "health": Factor, "risk": Risk}
    known = list((models.get(str(around[0]), Template) if around else Template).model_fields)
    if close := get_close_matches(key, known, n=1):
        return _("unknown key; did you mean {key}?").format(key=close[0])
    if not around:
        return _("unknown key; delete it, or see the keys with: kam-xl templates copy standard FOLDER")
    return _("unknown key; known here: {keys}").format(keys=", ".join(known))
