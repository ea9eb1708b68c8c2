"""Rules over cells: what may be typed (data validation) and what is coloured (conditional formats).

Excel keeps such rules in two places of a sheet, splits and joins their areas and numbers them anew when it saves. So a
rule is known by what it says, and what counts is on which cells it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kam_xl.excel_check.cells import Styles
from kam_xl.excel_check.formulas import as_pattern, as_written
from kam_xl.excel_check.parts import local
from kam_xl.excel_check.places import Box, boxes

Rule = tuple[str, ...]
Rules = dict[Rule, list[Box]]
_SAYS = {  # what tells rules of a kind apart, and what it is when the file does not say
    "cellIs": {"operator": ""},
    "top10": {"rank": "", "percent": "0", "bottom": "0"},
    "aboveAverage": {"aboveAverage": "1", "equalAverage": "0", "stdDev": "0"},
    "timePeriod": {"timePeriod": ""},
}
_BOOLEANS = {"true": "1", "false": "0"}
_WITH_TEXT = ("containsText", "notContainsText", "beginsWith", "endsWith")


def validations(sheet: Element) -> Rules:
    """The rules for what may be typed, and their cells."""
    found: Rules = {}
    for rule in _named(sheet, "dataValidation"):
        kind = rule.get("type", "none")
        if kind == "none":
            continue
        operator = "" if kind in ("list", "custom") else rule.get("operator", "between")
        first, second = (_text(rule, f"formula{number}") for number in (1, 2))
        key = (kind, operator, as_pattern(first), as_pattern(second) if operator in ("between", "notBetween") else "")
        found.setdefault(key, []).extend(boxes(_area(rule)))
    return found


def formats(sheet: Element, styles: Styles) -> Rules:
    """The rules for what is coloured, and their cells; one that colours nothing ends in "without a format"."""
    found: Rules = {}
    for group in _named(sheet, "conditionalFormatting"):
        area = boxes(_area(group))
        for rule in group:
            if local(rule) == "cfRule":
                found.setdefault(_key(rule, styles), []).extend(area)
    return found


def _key(rule: Element, styles: Styles) -> Rule:
    kind = rule.get("type", "")
    if kind in ("dataBar", "colorScale", "iconSet"):
        return (kind, "") if rule.get("priority") else (kind, "as Excel 2010 draws it")
    formulas = [as_pattern(each.text or "") for each in rule.iter() if local(each) in ("formula", "f")]
    if kind in _WITH_TEXT:
        says = (rule.get("text") or "".join(formulas)).casefold()
    else:
        values = [rule.get(name, usual) for name, usual in _SAYS.get(kind, {}).items()]
        says = " ".join(_BOOLEANS.get(value, value) for value in values)
    if kind not in ("cellIs", "expression"):
        formulas = []  # what they hold follows from the rest
    number = rule.get("dxfId")
    own = any(local(each) == "dxf" and len(each) for each in rule)
    shown = own or (number is not None and int(number) < len(styles.rules) and styles.rules[int(number)])
    return (kind, says, *formulas, *([] if shown else ["without a format"]))


def sparklines(sheet: Element) -> Rules:
    """The small charts inside cells: the cells that each one shows, and its own cell."""
    return {("sparkline", as_written(_text(each, "f"))): boxes(_area(each)) for each in _named(sheet, "sparkline")}


def _named(sheet: Element, name: str) -> Iterator[Element]:
    """The elements of a name, in the sheet itself and in its extensions."""
    return (each for each in sheet.iter() if local(each) == name)


def _area(element: Element) -> str:
    """The cells of a rule: an attribute, or an element of an extension."""
    return element.get("sqref") or _text(element, "sqref")


def _text(element: Element, name: str) -> str:
    """The text in a child, however deep it is there."""
    child = next((each for each in element if local(each) == name), None)
    return "" if child is None else "".join(child.itertext()).strip()


def in_words(rule: Rule) -> str:
    """A rule for a message, no longer than a line bears.

    >>> in_words(("list", "", '"yes,no"', ""))
    'list "yes,no"'
    """
    text = " ".join(part for part in rule if part)
    return text if len(text) <= 80 else text[:79] + "…"
