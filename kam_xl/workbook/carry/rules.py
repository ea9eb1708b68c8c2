"""Rules of a sheet: how cells look under a condition, and what may be typed into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kam_xl.content.positions import column_name, split_cell
from kam_xl.workbook.carry.looks import Looks
from kam_xl.workbook.carry.opened import OpenedSheet, local
from kam_xl.workbook.recompute.package import shortest

WIDE = 200  # columns
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|\s|\$")
_NUMBER = re.compile(r"(?<![\w.])\d+\.?\d*(?:[eE][+-]?\d+)?(?![\w.])")
_PREFIX = re.compile(r"_xl(?:fn|ws|pm|udf)\.|(?<=TRUE|ALSE)\(\)|^=")


class Thing(NamedTuple):
    """Something beside the values: its kind, what tells it from others of the kind, and how a person would call it."""

    kind: str
    key: Any
    name: str = ""


def bare(formula: str) -> str:
    """A formula of a rule without the cells it refers to, which move, and without what programs add to it.

    >>> bare('LEN($B13)>_xlfn.DAYS(C2,TRUE())'), bare('"a, b"')
    ('LEN()>DAYS(,TRUE)', '"a,b"')
    """
    text = _PREFIX.sub("", _REFERENCE.sub("", formula))
    text = _NUMBER.sub(lambda at: f"{float(at[0]):.12g}", text)
    return "TRUE" if text == "1" else text


def rules_of(looks: Looks, sheet: OpenedSheet) -> Iterator[Thing]:
    """The rules of a sheet, by what they say, how they look, and the cells: one for each run of rows of a column.

    Programs part and join the areas of rules that say the same.
    """
    found: dict[tuple[str, Any], list[str]] = {}
    for kind, says, place in (*_formats(looks, sheet), *_allowed(sheet)):
        found.setdefault((kind, says), []).extend(place.replace("$", "").split())
    for (kind, says), places in found.items():
        for run in _runs(places):
            yield Thing(kind, (says, *run), _named(*run))


def _formats(looks: Looks, sheet: OpenedSheet) -> Iterator[tuple[str, Any, str]]:
    for area in sheet.xml.iter():
        if local(area.tag) != "conditionalFormatting":
            continue
        place = area.get("sqref") or next((e.text or "" for e in area.iter() if local(e.tag) == "sqref"), "")
        for rule in area:
            kind = rule.get("type", "")
            if local(rule.tag) != "cfRule" or (kind == "dataBar" and area.tag.startswith("{http://schemas.microsoft")):
                continue  # the second half of a bar
            texts = [bare(e.text or "") for e in rule.iter() if local(e.tag) in ("formula", "f")]
            says = (rule.get("text", ""),) if rule.get("text") else (rule.get("operator", ""), *texts)
            colours = [e.get("rgb", "")[-6:].upper() for e in rule.iter() if local(e.tag) == "color"]
            ends = [(e.get("type"), bare(e.get("val", "")) if e.get("type") not in ("min", "max") else "")
                    for e in rule.iter() if local(e.tag) == "cfvo"]  # fmt: skip
            shows = (*colours, *ends) if ends else looks.of_rule(rule.get("dxfId", ""))
            yield "conditional format", (kind, says, shows), place


def _allowed(sheet: OpenedSheet) -> Iterator[tuple[str, Any, str]]:
    for rule in sheet.xml.iter():
        if local(rule.tag) != "dataValidation":
            continue
        kind, between = rule.get("type", ""), rule.get("operator", "between") in ("between", "notBetween")
        texts = [bare("".join(e.itertext())).casefold() for e in rule if local(e.tag).startswith("formula")]
        texts = texts[:1] if kind in ("list", "custom") or not between else texts
        place = rule.get("sqref") or next((e.text or "" for e in rule if local(e.tag) == "sqref"), "")
        operator = "" if kind in ("list", "custom") else rule.get("operator", "between")
        words = (operator, rule.get("errorStyle", "stop"), rule.get("prompt", ""), rule.get("error", ""))
        yield "validation", (kind, (*(t.strip('"') for t in texts), *(" ".join(w.split()) for w in words))), place


def _runs(places: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Areas as runs of rows: first and last column, first and last row; wide areas stay whole."""
    columns: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in places:
        first, _colon, last = place.partition(":")
        (top, left), (bottom, right) = split_cell(first), split_cell(last or first)
        wide = right - left > WIDE
        for column in [left] if wide else range(left, right + 1):
            columns.setdefault((column, right if wide else column), []).append((top, bottom))
    for (left, right), rows in columns.items():
        start, end = 0, -1
        for top, bottom in sorted(rows):
            if end >= top - 1:
                end = max(end, bottom)
                continue
            if end > 0:
                yield left, right, start, end
            start, end = top, bottom
        yield left, right, start, end


def _named(left: int, right: int, top: int, bottom: int) -> str:
    return shortest(f"{column_name(left - 1)}{top}:{column_name(right - 1)}{bottom}")
