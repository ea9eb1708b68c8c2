"""What a new workbook has not, in lines for the person whose it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kam_xl.content.positions import column_name, split_cell
from kam_xl.formulas.values import Err, Scalar
from kam_xl.locale import _
from kam_xl.workbook.carry.kinds import KINDS, Kind
from kam_xl.workbook.recompute.package import shortest

LONGEST = 400
_FEW = 6  # places named in a line; words are all named
_SAME = 3  # formulas of one shape told one by one; more of them are one line
FORMULA = "formula "  # a kind of its own for each shape of formulas


class Loss(NamedTuple):
    """A thing that did not go along: whose sheet it was on, its kind, and how a person would know it.

    ``own`` says that the sheet is the user's; a kind "cell" or `FORMULA` brings its whole sentence as its name.
    """

    sheet: str
    kind: str
    name: str = ""
    own: bool = False


def lines(found: Iterable[Loss], file: str) -> list[str]:
    """A line for each cell with its words, and one for all things of a kind on a sheet.

    >>> for line in lines([Loss("Prices", "picture", own=True)] * 2 + [Loss("", "name", "vat")], "mine.xlsx"):
    ...     print(line)
    sheet Prices: 2 pictures stay behind in mine.xlsx; copy them by hand
    1 defined name (vat) stays behind in mine.xlsx; make it again by hand
    """
    groups: dict[tuple[str, bool, str], list[str]] = {}
    for loss in found:
        groups.setdefault((loss.sheet, loss.own, loss.kind), []).append(loss.name)
    told: list[str] = []
    for (sheet, own, kind), names in groups.items():
        where = _("sheet {sheet}").format(sheet=sheet) if own else sheet
        if kind == "cell" or (kind.startswith(FORMULA) and len(names) <= _SAME):
            told += names
        elif kind.startswith(FORMULA):
            text = _(
                "{where}: {n} formulas alike that this version does not write{names} stay behind in {file}; look "
                "whether you need them"
            )
            named = [name.partition(" ")[0].rpartition("!")[2].rstrip(":") for name in names]
            told.append(text.format(where=where, n=f"{len(names):,}", names=_in_brackets(named, _FEW), file=file))
        else:
            told.append(_line(KINDS[kind], where, names, file))
    return [*dict.fromkeys(told)]


def _line(kind: Kind, where: str, names: list[str], file: str) -> str:
    number, most = len(names), None if kind.names == "words" else _FEW
    if kind.names in ("cells", "areas"):
        joined = joined_areas(names)
        number, names = len(joined) if kind.names == "areas" else len({*names}), joined
    text = _(kind.one) if number == 1 else _(kind.many)
    brackets = _in_brackets(names, most) if kind.names != "none" else ""
    return text.format(where=where, n=f"{number:,}", names=brackets, file=file)


def _in_brackets(names: list[str], most: int | None) -> str:
    named = [*dict.fromkeys(shown(name) for name in names if name)]
    if most is not None and len(named) > most:
        named = [*named[:most], "…"]
    return f" ({'; '.join(named)})" if named else ""


def joined_areas(places: Iterable[str]) -> list[str]:
    """Cells and areas joined to as few areas as are seen at a glance, in the order of rows.

    >>> joined_areas(["B2", "A1", "A2", "B1", "D5", "D6:D9"])
    ['A1:B2', 'D5:D9']
    """
    columns: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in places:
        first, _colon, last = place.partition(":")
        (top, left), (bottom, right) = split_cell(first), split_cell(last or first)
        columns.setdefault((left, right), []).append((top, bottom))
    runs: dict[tuple[int, int], list[list[int]]] = {}  # by first and last row: first and last columns
    for left, right in sorted(columns):
        joined: list[list[int]] = []
        for top, bottom in sorted(columns[left, right]):
            if joined and top <= joined[-1][1] + 1:
                joined[-1][1] = max(joined[-1][1], bottom)
            else:
                joined.append([top, bottom])
        for top, bottom in joined:
            across = runs.setdefault((top, bottom), [])
            if across and across[-1][1] == left - 1:
                across[-1][1] = right
            else:
                across.append([left, right])
    return [
        shortest(f"{column_name(left - 1)}{top}:{column_name(right - 1)}{bottom}")
        for (top, bottom), across in sorted(runs.items())
        for left, right in across
    ]


def shown(value: Scalar) -> str:
    """A value in a line."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def described(value: Scalar) -> str:
    """A value with its kind: a text in quotes, a number as it is.

    >>> described("call first"), described(12.5)
    ('“call first”', '12.5')
    """
    if isinstance(value, str) and not isinstance(value, Err):
        return f"“{shown(value)}”"
    return "TRUE" if value is True else "FALSE" if value is False else shown(value)
