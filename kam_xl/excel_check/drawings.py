"""What lies over the cells of a sheet: charts, shapes, pictures, buttons and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from kam_xl.excel_check.formulas import as_written
from kam_xl.excel_check.parts import Parts, local

Kind = Literal["chart", "shape", "picture", "button", "note"]
_SHAPES: dict[str, Kind] = {"sp": "shape", "cxnSp": "shape", "pic": "picture", "graphicFrame": "chart"}
_BUTTON = re.compile(r'ObjectType="Button".*?</x:ClientData>', re.DOTALL)
_MACRO = re.compile(r"<x:FmlaMacro>([^<]*)</x:FmlaMacro>")
_OF_A_NAME = re.compile(r"[^!]*!([^\W\d][\w.]*)")


@dataclass(frozen=True)
class Thing:
    """Something over the cells: what it is, how a person knows it, and what it shows."""

    kind: Kind
    name: str
    shows: tuple[str, ...]


def things(parts: Parts, sheet: str, root: Element) -> list[Thing]:
    """Everything over the cells of the sheet in a part; `root` is what the part holds."""
    found: list[Thing] = []
    for drawing in parts.named_in(root, "drawing", sheet):
        charts = {ident: target for ident, kind, target in parts.related(drawing) if kind == "chart"}
        drawn = parts.xml(drawing)
        if drawn is not None:
            found += [thing for element in _drawn(drawn) if (thing := _thing(parts, element, charts)) is not None]
    found += [Thing("button", name, (name.casefold(),)) for name in _buttons(parts, sheet, root)]
    for comments in parts.of_kind(sheet, "comments"):
        notes = parts.xml(comments)
        found += [] if notes is None else list(_notes(notes))
    return found


def _buttons(parts: Parts, sheet: str, root: Element) -> list[str]:
    """The macros that the buttons of a sheet start: from the old form of the controls, or from the new one."""
    old = [
        macro[1]
        for drawing in parts.named_in(root, "legacyDrawing", sheet)
        for button in _BUTTON.findall(parts.data[drawing].decode("utf-8", "replace"))
        if (macro := _MACRO.search(button))
    ]
    new = [each.get("macro", "") for each in root.iter() if local(each) == "controlPr" and each.get("macro")]
    return [macro.rpartition("!")[2] for macro in old or new]


def _drawn(root: Element) -> Iterator[Element]:
    """The shapes of a drawing; not those that a program writes a second time for others (AlternateContent)."""
    for element in root:
        name = local(element)
        if name in _SHAPES:
            yield element
        elif name != "AlternateContent":
            yield from _drawn(element)


def _thing(parts: Parts, element: Element, charts: dict[str, str]) -> Thing | None:
    kind = _SHAPES[local(element)]
    name = next((each.get("name", "") for each in element.iter() if local(each) == "cNvPr"), "")
    if kind != "chart":
        link = as_written(element.get("textlink", ""))
        text = "".join(each.text or "" for each in element.iter() if local(each) == "t")
        return Thing(kind, name, (link or " ".join(text.split()),))
    for each in element.iter():
        if local(each) == "chart":
            root = parts.xml(charts.get(parts.relation(each), ""))
            return Thing("chart", name, () if root is None else _shown(root))
    return None


def _shown(chart: Element) -> tuple[str, ...]:
    """The kinds of a chart's layers and all cells and names that it looks at, in the order of the alphabet."""
    found: list[str] = []
    for element in chart.iter():
        name = local(element)
        if name == "plotArea":
            found += {local(layer) for layer in element if local(layer).endswith("Chart")}
        elif name == "f" and element.text:
            found.append(_reference(element.text))
    return tuple(sorted(found))


def _reference(text: str) -> str:
    """A reference of a chart; a name of the workbook without the workbook in front.

    >>> _reference("[0]!chart_pareto_0"), _reference("'calc'!$A$1:$A$1")
    ('chart_pareto_0', 'calc!$A$1')
    """
    written = as_written(text)
    name = _OF_A_NAME.fullmatch(written)
    return name[1] if name else written


def _notes(root: Element) -> Iterator[Thing]:
    for comment in root.iter():
        if local(comment) == "comment":
            text = "".join(each.text or "" for each in comment.iter() if local(each) == "t")
            cell = comment.get("ref", "")
            yield Thing("note", cell, (cell, " ".join(text.split())))
