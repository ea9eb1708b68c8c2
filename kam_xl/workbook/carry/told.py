"""What a new workbook has not, in lines for the person whose it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kam_xl.formulas.values import Err, Scalar
from kam_xl.locale import _

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


def _later(text: str) -> str:
    """A text that is looked up in the catalogue when it is shown."""
    return text


# One of a kind, many of it, and whether its names are places only.
_KINDS: dict[str, tuple[str, str, bool]] = {
    "picture": (_later("1 picture"), _later("{n} pictures"), False),
    "chart": (_later("1 chart"), _later("{n} charts"), False),
    "shape": (_later("1 shape"), _later("{n} shapes"), False),
    "control": (_later("1 control or other object"), _later("{n} controls or other objects"), False),
    "note": (_later("1 comment"), _later("{n} comments"), False),
    "link": (_later("1 link"), _later("{n} links"), False),
    "table": (_later("1 table (its cells are kept)"), _later("{n} tables (their cells are kept)"), False),
    "conditional format": (_later("1 conditional format"), _later("{n} conditional formats"), False),
    "validation": (_later("1 rule of what may be typed"), _later("{n} rules of what may be typed"), False),
    "merged cells": (_later("1 block of merged cells"), _later("{n} blocks of merged cells"), True),
    "hidden row": (_later("1 hidden row"), _later("{n} hidden rows"), True),
    "hidden column": (_later("1 hidden column"), _later("{n} hidden columns"), True),
    "group": (_later("1 row or column in an outline"), _later("{n} rows and columns in outlines"), True),
    "width": (_later("the width of 1 column"), _later("the widths of {n} columns"), True),
    "height": (_later("the height of 1 row"), _later("the heights of {n} rows"), True),
    "look": (_later("the look of 1 cell"), _later("the looks of {n} cells"), True),
    "filter": (_later("the filter"), _later("{n} filters"), True),
    "frozen panes": (_later("frozen panes"), _later("{n} frozen panes"), True),
    "protection": (_later("its protection"), _later("its protection"), True),
    "page set-up": (_later("page set-up"), _later("page set-up"), True),
    "print area": (_later("1 print area or title"), _later("{n} print areas and titles"), False),
    "header or footer": (_later("1 header or footer"), _later("{n} headers and footers"), False),
    "page break": (_later("1 page break"), _later("{n} page breaks"), True),
    "name": (_later("1 defined name"), _later("{n} defined names"), False),
    "title": (_later("its title"), _later("its title"), False),
    "hidden": (_later("that it was hidden"), _later("that it was hidden"), True),
    "macro": (_later("1 module of macros"), _later("{n} modules of macros"), False),
    "property": (_later("1 property of the file"), _later("{n} properties of the file"), False),
    "part": (
        _later("1 part of a kind that is not carried over"),
        _later("{n} parts of kinds that are not carried over"),
        False,
    ),
    "sheet": (_later("the sheet, as it is none of cells"), _later("the sheet, as it is none of cells"), False),
    "other": (_later("1 thing of a kind that is not carried over"), _later("{n} things of kinds that are not carried "
              "over"), False),
}  # fmt: skip


def lines(found: Iterable[Loss]) -> list[str]:
    """A line for each cell with its words, and one for all things of a kind on a sheet.

    >>> lines([Loss("Prices", "picture", own=True), Loss("Prices", "picture", own=True), Loss("", "name", "vat")])
    ['sheet Prices: 2 pictures', '1 defined name (vat)']
    """
    groups: dict[tuple[str, bool, str], list[str]] = {}
    for loss in found:
        groups.setdefault((loss.sheet, loss.own, loss.kind), []).append(loss.name)
    told: list[str] = []
    for (sheet, own, kind), names in groups.items():
        if kind == "cell" or (kind.startswith(FORMULA) and len(names) <= _SAME):
            told += names
            continue
        if kind.startswith(FORMULA):
            what = _("{n} formulas alike that this version does not write").format(n=f"{len(names):,}")
            named, only_places = [name.partition(" ")[0].rpartition("!")[2].rstrip(":") for name in names], True
        else:
            one, many, only_places = _KINDS[kind]
            what, named = _(one) if len(names) == 1 else _(many).format(n=f"{len(names):,}"), names
        named = [*dict.fromkeys(shown(name) for name in named if name)]
        if only_places and len(named) > _FEW:
            named = [*named[:_FEW], "…"]
        text = f"{what} ({'; '.join(named)})" if named else what
        where = _("sheet {sheet}").format(sheet=sheet) if own else sheet
        told.append(f"{where}: {text}" if sheet else text)
    return [*dict.fromkeys(told)]


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
