"""Formulas by their meaning: the spelling that two files share when their formulas say the same.

Excel writes a formula anew when it saves: other capitals, no needless quotes, ``$A:$A`` for ``$A$1:$A$1048576``, one
formula for a column of cells, with the others told by their distance. None of that is a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kam_xl.content.positions import split_cell

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<sheet>'(?:[^']|'')+'!)
    | (?P<bracket>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
    | (?P<area>{_CELL}:{_CELL}(?![\w.(!\\]))
    | (?P<columns>\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}(?![\w.(!\\]))
    | (?P<rows>\$?[0-9]+:\$?[0-9]+(?![\w.(!\\]))
    | (?P<cell>{_CELL}(?![\w.(!\\]))
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?(?![\w]))
    | (?P<truth>(?:TRUE|FALSE)\(\))
    | (?P<name>[^\W\d][\w.\\?]*)
    | (?P<space>\s+)
    | (?P<sign>[(),;{{}}<>=&+\-*/^%@\#!:]+|.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PREFIX = re.compile(r"^(?:_xl(?:fn|ws|pm|op|udf)\.)+", re.IGNORECASE)
_PART = re.compile(r"(\$?)([A-Z]*)(\$?)([0-9]*)", re.IGNORECASE)

Spell = Callable[[str], str]


def as_written(formula: str) -> str:
    """The spelling of a formula whose place does not matter: that of a name, a chart, a text beside the cells.

    >>> as_written("=_xlfn.LET(_xlpm.x, 'calc'!$A$1:$A$1, sum(_xlpm.x)*1.50)")
    'let(x,calc!$A$1,sum(x)*1.5)'
    """
    return _spelled(formula, str.upper)


def as_seen_from(formula: str, cell: str) -> str:
    """The spelling of a formula in a cell: what is relative counts from there, as in one formula for many cells.

    >>> as_seen_from("B2*$C$1", "A2") == as_seen_from("B7*$C$1", "A7")
    True
    """
    row, column = split_cell(cell)
    return _spelled(formula, lambda reference: _distance(reference, row, column))


def as_pattern(formula: str) -> str:
    """The spelling of a rule over many cells, whose first cell may be another one in another file.

    >>> as_pattern("$B9>B$3") == as_pattern("$B12>B$3"), as_pattern("$B9>0") == as_pattern("$C9>0")
    (True, False)
    """
    return _spelled(formula, _pattern)


def _spelled(formula: str, spell: Spell) -> str:
    found: list[str] = []
    for match in _TOKEN.finditer(formula.removeprefix("=")):
        token, kind = match[0], match.lastgroup
        if kind == "name":
            token = _name(token)
        elif kind == "space":
            continue
        elif kind in ("cell", "area", "columns", "rows"):
            token = _references(token.upper(), spell)
        elif kind == "sheet":
            token = token[1:-2].replace("''", "'").casefold() + "!"
        elif kind == "bracket":
            token = token.casefold()
        elif kind == "number":
            token = f"{float(token):.15g}"
        elif kind == "truth":
            token = token[:-2].casefold()
        found.append(token)
    return "".join(found)


@cache
def _name(name: str) -> str:
    return _PREFIX.sub("", name).casefold()


def _references(token: str, spell: Spell) -> str:
    """One reference, or the two ends of an area; an area of one cell is that cell, of all rows its columns."""
    first, colon, last = token.partition(":")
    if not colon or first == last:
        if first == last and not split_cell(first)[0]:
            return f"{spell(first)}:{spell(last)}"
        return spell(first)
    top, bottom = split_cell(first), split_cell(last)
    if (top[0], bottom[0]) == (1, _LAST_ROW):
        first, last = (re.sub(r"\$?[0-9]+$", "", end) for end in (first, last))
    elif (top[1], bottom[1]) == (1, _LAST_COLUMN):
        first, last = (re.sub(r"^\$?[A-Z]+", "", end) for end in (first, last))
    return f"{spell(first)}:{spell(last)}"


def _distance(reference: str, row: int, column: int) -> str:
    fixed_column, letters, fixed_row, digits = _parts(reference)
    across = "" if not letters else f"C{letters}" if fixed_column else f"C[{split_cell(f'{letters}1')[1] - column}]"
    down = "" if not digits else f"R{digits}" if fixed_row else f"R[{int(digits) - row}]"
    return down + across


def _pattern(reference: str) -> str:
    fixed_column, letters, fixed_row, digits = _parts(reference)
    across = "" if not letters else f"C{letters}" if fixed_column else "C[]"
    down = "" if not digits else f"R{digits}" if fixed_row else "R[]"
    return down + across


@cache
def _parts(reference: str) -> tuple[str, str, str, str]:
    match = _PART.fullmatch(reference)
    assert match is not None, reference
    fixed_column, letters, fixed_row, digits = match.groups()
    return (fixed_column, letters, fixed_row, digits) if letters else ("", "", fixed_column or fixed_row, digits)
