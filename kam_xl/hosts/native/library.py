"""The worksheet functions as LAMBDA names: what the workbook generator, the command and the tests ask for.

Every definition is a readable text in ``lambdas/``, in the syntax of Excel's Advanced Formula Environment::

    /** The help that Excel shows beside the name. */
    KAM_ABC = LAMBDA(revenue, [a_cut], …);

Names that start with ``KAM_X_`` are helpers: hidden in Excel, and in the file only where a function needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kam_xl.hosts.native.convert import translate
from kam_xl.hosts.native.tokens import LintError, cut, resolve

HELPER = "KAM_X_"
MOST_COMMENT = 255  # characters; Excel refuses to open a file with a longer one

# Functions that cannot be written as a LAMBDA, each with the reason.
IMPOSSIBLE: dict[str, str] = {}

_SOURCE = re.compile(
    r"\A(?:\s|//[^\n]*\n)*/\*\*(?P<comment>.*?)\*/\s*(?P<name>\w+)\s*=\s*(?P<text>.*?);\s*\Z", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A name of the workbook that holds a LAMBDA."""

    name: str
    text: str  # as a person writes it, with its layout and comments
    stored: str  # as the file holds it, without equals sign
    comment: str  # the help that Excel shows, up to 255 characters
    hidden: bool  # a helper
    needs: tuple[str, ...]  # the helpers that it calls itself

    @property
    def parameters(self) -> tuple[tuple[str, bool], ...]:
        """Name of each argument, and whether it is optional."""
        found: list[tuple[str, bool]] = []
        for token in resolve(cut(self.text))[2:]:
            if token.role in ("parameter", "optional"):
                found.append((token.text.strip("[] "), token.role == "optional"))
            elif token.text != ",":
                break
        return tuple(found)

    @property
    def signature(self) -> str:
        """``KAM_ABC(revenue, [a_cut], [b_cut], [rule])``."""
        return f"{self.name}({', '.join(f'[{name}]' if optional else name for name, optional in self.parameters)})"


def definitions() -> list[Definition]:
    """Every definition, helpers first, each after those that it needs.

    Raises
    ------
    LintError
        A text in ``lambdas/`` that Excel would refuse.
    """
    return list(_library().values())


def definition(name: str) -> Definition:
    """The definition of a name; KeyError if there is none."""
    return _library()[name]


def needed_by(names: Iterable[str]) -> list[Definition]:
    """The definitions of these functions and of all that they call, in the order of `definitions`.

    Examples
    --------
    >>> [found.name for found in needed_by(["KAM_X_SUMS"])]
    ['KAM_X_SUMS']
    """
    library = _library()
    wanted: set[str] = set()
    open_names = list(names)
    while open_names:
        name = open_names.pop()
        if name not in wanted:
            wanted.add(name)
            open_names += library[name].needs
    return [found for found in library.values() if found.name in wanted]


def module_text() -> str:
    """All definitions as one module for Excel's Advanced Formula Environment."""
    parts = ["// kam_xl: paste into the module Workbook of Excel's Advanced Formula Environment, and save.\n"]
    parts += [f"/** {found.comment} */\n{found.name} = {found.text};\n" for found in definitions()]
    return "\n".join(parts)


def explain(name: str) -> str:
    """The readable definition of a function, and the helpers that it calls, each with what it does."""
    found = definition(name)
    helpers = [each for each in needed_by([name]) if each.name != name]
    lines = [found.signature, found.comment, "", f"{name} = {found.text}"]
    if helpers:
        lines += ["", "Helpers:", *(f"  {each.signature}\n      {each.comment}" for each in helpers)]
    return "\n".join(lines)


@cache
def _library() -> dict[str, Definition]:
    folder = files("kam_xl.hosts.native") / "lambdas"
    texts = {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".txt")}
    return build(texts)


def build(texts: dict[str, str]) -> dict[str, Definition]:
    """Definitions from the texts of files, by file name; helpers first, each after those that it needs."""
    sources = {file: _source(file, text) for file, text in sorted(texts.items())}
    names = {source["name"] for source in sources.values()}
    found: dict[str, Definition] = {}
    for file, source in sources.items():
        name = source["name"]
        if file != f"{name}.txt":
            raise LintError(f"{file}: it defines {name}; call the file {name}.txt")
        comment = " ".join(source["comment"].split())
        if len(comment) > MOST_COMMENT:
            raise LintError(f"{file}: the comment has {len(comment)} characters; {MOST_COMMENT} is the most")
        line = texts[file].count("\n", 0, texts[file].index(source["text"])) + 1
        stored, called = translate(source["text"], names, file, line)
        hidden = name.startswith(HELPER)
        found[name] = Definition(name, source["text"], stored, comment, hidden, tuple(sorted(called)))
    return _in_order(found)


def _source(file: str, text: str) -> dict[str, str]:
    match = _SOURCE.match(text)
    if not match:
        raise LintError(f"{file}: it must read /** comment */ NAME = LAMBDA(...);")
    return match.groupdict()


def _in_order(found: dict[str, Definition]) -> dict[str, Definition]:
    ordered: dict[str, Definition] = {}

    def place(name: str, callers: tuple[str, ...]) -> None:
        if name in callers:
            raise LintError(f"{name}: it calls itself by way of {', '.join(callers)}")
        if name not in ordered:
            for helper in found[name].needs:
                place(helper, (*callers, name))
            ordered[name] = found[name]

    for name in sorted(found, key=lambda name: (not found[name].hidden, name)):
        place(name, ())
    return ordered
