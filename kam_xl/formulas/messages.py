"""Whole sentences with named places, as expressions with their value.

A message is one text of the catalogue, so that a translator sees the whole sentence and may put its places in any
order; `say` looks it up and joins what stands in the places. Its grammar is ICU's, with number formats of cells:

======================================================  ==============================================================
``{name}``                                              text as it is, or a number as ``&`` writes it
``{n:0}`` ``{n:0.0}`` ``{n:#,##0}`` ``{n:#,##0.0}``     a number, rounded; with ``#,##`` the signs of the machine
                                                        part the thousands (as `fixed`)
``{n:0%}`` ``{n:0.0%}``                                 a share (as `percent`)
``{n:+#,##0}`` ``{n:−#,##0}``                           with + or −, none at 0; with − where it is negative
``{n, plural, =0 {none} one {# task} other {# tasks}}`` by number; ``#`` is the number as ``&`` writes it
``{code, select, late {…} other {…}}``                  by a word of a cell
``{late, select, true {…} other {…}}``                  by a condition
======================================================  ==============================================================

Cases hold texts and places of their own. A place that is used twice puts its formula into the text twice: one whose
formula is long belongs into a cell first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kam_xl.formulas.formula import Operand, Range, X, cat, lit
from kam_xl.formulas.functions import abs_, day, fixed, if_, index, isnumber, length, month, or_, percent, round_, year
from kam_xl.locale import _

Node = str | tuple[str, str] | tuple[str, str, tuple[tuple[str, tuple["Node", ...]], ...]]

_PLACE = re.compile(r"\{\s*([a-zA-Z]\w*)\s*(?::\s*([^{}]*?)\s*\}|(\})|,\s*(plural|select)\s*,)")
_CASE = re.compile(r"\s*(=\d+|[\w-]+)\s*\{")
_FORM = re.compile(r"([+−]?)(#,##)?0(\.0+)?(%?)")


def say(message: str, /, **places: Operand) -> X:
    """A sentence of the catalogue, with what stands in its places.

    Raises `ValueError` when the message cannot be read or its places are not those given, in any language: a workbook
    with such a sentence cannot be built.

    >>> say("{late, plural, one {# task is} other {# tasks are}} late: {share:0%}", late=2, share=0.305).value
    '2 tasks are late: 31%'
    """
    text = _(message)
    nodes = parse(text)
    if (wanted := set(_named(nodes))) != set(places):
        raise ValueError(f"places {', '.join(sorted(wanted ^ set(places)))} of “{text}” are not those given")
    return _said(nodes, places)


@cache
def parse(message: str) -> tuple[Node, ...]:
    """Texts, (name, form) and (name, "plural" or "select", cases) in their order; ValueError says what is wrong."""
    nodes, end = _sequence(message, 0, None, False)
    if end < len(message):
        raise ValueError(f"a bracket too many at {end} of “{message}”")
    return nodes


def _sequence(message: str, at: int, counted: str | None, inner: bool) -> tuple[tuple[Node, ...], int]:
    """What stands up to the closing bracket, or to the end."""
    out: list[Node] = []
    while at < len(message) and message[at] != "}":
        if message[at] == "#" and counted:
            out.append((counted, ""))
            at += 1
        elif message[at] == "{":
            node, at = _place(message, at, counted)
            out.append(node)
        else:
            end = at
            while end < len(message) and message[end] not in ("{}#" if counted else "{}"):
                end += 1
            out.append(message[at:end])
            at = end
    if inner and at == len(message):
        raise ValueError(f"a bracket is not closed in “{message}”")
    return tuple(out), at


def _place(message: str, at: int, counted: str | None) -> tuple[Node, int]:
    found = _PLACE.match(message, at)
    if not found:
        raise ValueError(f"no place at {at} of “{message}”")
    name, form, plain, kind = found.groups()
    if plain or form is not None:
        if not plain and not _FORM.fullmatch(form):
            raise ValueError(f"{name} has a number format that is not known, “{form}”, in “{message}”")
        return (name, form or ""), found.end()
    at = found.end()
    cases: dict[str, tuple[Node, ...]] = {}
    while case := _CASE.match(message, at):
        if case[1] in cases or ((kind == "plural") != (case[1][0] == "=" or case[1] == "one") and case[1] != "other"):
            raise ValueError(f"{name} cannot have the case “{case[1]}” here in “{message}”")
        cases[case[1]], at = _sequence(message, case.end(), name if kind == "plural" else counted, True)
        at += 1
    end = re.compile(r"\s*\}").match(message, at)
    if "other" not in cases or not end:
        raise ValueError(f"{name} has no case “other”, or does not end, in “{message}”")
    return (name, kind, tuple(cases.items())), end.end()


def _named(nodes: Sequence[Node]) -> Iterator[str]:
    """Names of all places, in cases too."""
    for node in nodes:
        if not isinstance(node, str):
            yield node[0]
            if len(node) == 3:
                for _case, inner in node[2]:
                    yield from _named(inner)


def _said(nodes: Sequence[Node], places: dict[str, Operand]) -> X:
    pieces: list[Operand] = []
    for node in nodes:
        piece = node if isinstance(node, str) else _filled(node, places)
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    if len(pieces) == 1 and isinstance(pieces[0], X) and not nodes[0][1]:
        pieces.append("")  # alone, a blank cell would be 0 and a number no text
    return cat(*pieces) if pieces else lit("")


def _filled(node: Node, places: dict[str, Operand]) -> Operand:
    """A place with its cell, its number, or the case that holds; a text or whole number that never changes as text."""
    assert not isinstance(node, str)
    given = places[node[0]]
    x = lit(given)
    if len(node) == 2:
        fixed_text = isinstance(given, (str, int)) and not isinstance(given, bool) and not node[1]
        return str(given) if fixed_text else _number(x, node[1]) if node[1] else x
    cases = dict(node[2])
    out = _said(cases.pop("other"), places)
    for case, nodes in reversed(cases.items()):
        holds = _plural(x, case) if node[1] == "plural" else _selected(x, case)
        out = if_(holds, _said(nodes, places), out)
    return out


def _plural(n: X, case: str) -> X:
    """Whether a number has the case: ``=0`` the number itself, ``one`` by the rule of the language."""
    return n == int(case[1:]) if case[0] == "=" else n == 1


def _selected(x: X, case: str) -> X:
    if case in ("true", "false"):
        return x if case == "true" else if_(x, False, True)
    return x == case


def _number(x: X, form: str) -> X:
    """A number with the format of a place."""
    found = _FORM.fullmatch(form)
    assert found is not None  # `parse` has seen it
    sign, grouped, decimals, share = found.groups()
    digits = len(decimals or ".") - 1
    size = abs_(x) if sign else x
    text = percent(size, digits) if share else fixed(size, digits, grouped=bool(grouped))
    if not sign:
        return text
    shown = round_(x, digits + (2 if share else 0))  # what rounds to 0 has no sign
    minus = if_(shown < 0, "−", "")
    return (if_(shown > 0, "+", minus) if sign == "+" else minus) & text


def listed(names: Sequence[Operand], number: Operand) -> X:
    """The first names of a list of `number`: "a", "a and b", "a, b and c", and with more of them "a, b, c and 2 more".

    `names` are as many as can be named; those beyond `number` are not shown.

    >>> [listed(["a", "b", "c"], n).value for n in (1, 2, 3, 5)]
    ['a', 'a and b', 'a, b and c', 'a, b, c and 2 more']
    """
    count, before = lit(number), lit(names[0])
    out = before & ""
    for i, name in enumerate(names[1:], 2):
        out = if_(count < i, out, say("{names} and {name}", names=before, name=name))
        before = joined(before, name)
    return if_(count > len(names), and_more(before, count - len(names)), out)


def joined(names: Operand, name: Operand) -> X:
    """A list that is not yet at its end with one name more: "a, b"."""
    return say("{names}, {name}", names=names, name=name)


def added(names: X, name: Operand) -> X:
    """As `joined`, where the list may be empty still."""
    return if_(length(names) == 0, name, joined(names, name))


def and_more(names: X, number: X) -> X:
    """A list, and how many are not in it: "a, b and 2 more"."""
    return say("{names} and {number} more", names=names, number=number)


def sentences(*given: tuple[X, Operand]) -> X:
    """The sentences whose condition holds, one after the other.

    >>> sentences((lit(2) > 1, "One is late."), (lit(2) > 3, "None is early."), (lit(1) == 1, "See Checks.")).value
    'One is late. See Checks.'
    """
    pieces: list[Operand] = []
    for i, (holds, text) in enumerate(given):
        before = [condition for condition, _text in given[:i]]
        pieces.append(if_(holds, if_(or_(*before), " ", "") & lit(text) if before else text, ""))
    return cat(*pieces)


def month_words(months: Range, date: X, with_year: bool = True) -> X:
    """A month in words, "Jan 2026" or "Jan", nothing where there is no date; `months` are the names of the twelve."""
    return if_(isnumber(date), _month(months, date, with_year), "")


def day_words(months: Range, date: X, with_year: bool = True) -> X:
    """A day in words, "19 Jan 2026" or "19 Jan", nothing where there is no date."""
    text = say("{day} {month}", day=day(date), month=_month(months, date, with_year))
    return if_(isnumber(date), text, "")


def _month(months: Range, date: X, with_year: bool) -> X:
    name = index(months, month(date))
    return say("{month} {year}", month=name, year=year(date)) if with_year else name & ""
