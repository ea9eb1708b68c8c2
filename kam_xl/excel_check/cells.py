"""The cells of a sheet in a file: formulas by their meaning, spills, what is filled, what is formatted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kam_xl.excel_check.formulas import as_seen_from
from kam_xl.excel_check.parts import local

Kind = Literal["plain", "array", "spill"]


@dataclass(frozen=True)
class Formula:
    """A formula: its meaning seen from its cell, the cells that it fills, and how."""

    text: str
    kind: Kind = "plain"  # array: in braces, with cells of its own; spill: as many cells as its result has
    area: str = ""


@dataclass
class Cells:
    """The cells of one sheet, by their addresses."""

    formulas: dict[str, Formula] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # cells with a value that no formula of their own gives
    number_formats: set[str] = field(default_factory=set)  # filled cells whose numbers have a format
    fills: set[str] = field(default_factory=set)  # filled cells with a colour behind

    def spilled(self) -> dict[str, str]:
        """The area of each formula that fills cells, by its cell."""
        return {cell: formula.area for cell, formula in self.formulas.items() if formula.kind != "plain"}


@dataclass(frozen=True)
class Styles:
    """What the numbers of a file's styles and of its cell metadata mean."""

    number_formats: tuple[bool, ...] = ()  # per cell style: whether numbers have a format
    fills: tuple[bool, ...] = ()  # per cell style: whether there is a colour behind
    rules: tuple[bool, ...] = ()  # per format of a conditional format: whether it says anything
    spills: tuple[bool, ...] = ()  # per cell metadata: whether the formula spills


def styles_of(styles: Element | None, metadata: Element | None) -> Styles:
    """The meaning of the parts styles.xml and metadata.xml."""
    number_formats: list[bool] = []
    fills: list[bool] = []
    rules: list[bool] = []
    if styles is not None:
        shown = [any(each.get("patternType", "none") != "none" for each in fill) for fill in _list(styles, "fills")]
        for style in _list(styles, "cellXfs"):
            number_formats.append(style.get("numFmtId", "0") != "0")
            fill = int(style.get("fillId", "0"))
            fills.append(fill < len(shown) and shown[fill])
        rules = [len(rule) > 0 for rule in _list(styles, "dxfs")]
    return Styles(tuple(number_formats), tuple(fills), tuple(rules), tuple(_spills(metadata)))


def _spills(metadata: Element | None) -> Iterator[bool]:
    if metadata is None:
        return
    names = [kind.get("name") for kind in _list(metadata, "metadataTypes")]
    dynamic = [
        any(each.get("fDynamic") in ("1", "true") for each in block.iter())
        for future in metadata
        if local(future) == "futureMetadata" and future.get("name") == "XLDAPR"
        for block in future
        if local(block) == "bk"
    ]
    for block in _list(metadata, "cellMetadata"):
        records = [(int(record.get("t", "0")), int(record.get("v", "0"))) for record in block]
        yield any(
            0 < kind <= len(names) and names[kind - 1] == "XLDAPR" and place < len(dynamic) and dynamic[place]
            for kind, place in records
        )


def _list(root: Element, name: str) -> list[Element]:
    return next((list(each) for each in root if local(each) == name), [])


def read_sheet(data: bytes, styles: Styles) -> tuple[Cells, Element]:
    """The cells of a sheet's part, and the part without them."""
    cells, shared = Cells(), dict[str, str]()
    root = None
    for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end")):
        if event == "start":
            root = element if root is None else root
        elif local(element) == "row":
            for cell in element:
                _take(cells, cell, shared, styles)
            element.clear()
    if root is None:
        raise ValueError("an empty sheet")
    return cells, root


def _take(cells: Cells, cell: Element, shared: dict[str, str], styles: Styles) -> None:
    at, formula, filled = cell.get("r", ""), None, False
    for child in cell:
        name = local(child)
        if name == "f":
            formula = child
        elif name in ("v", "is"):
            filled = filled or name == "is" or bool(child.text)
    if formula is not None:
        meta = int(cell.get("cm", "0"))
        spills = 0 < meta <= len(styles.spills) and styles.spills[meta - 1]
        found = _formula(formula, at, shared, spills)
        if found is not None:
            cells.formulas[at] = found
    elif filled:
        cells.filled.add(at)
    if formula is not None or filled:
        style = int(cell.get("s", "0"))
        if style < len(styles.number_formats):
            if styles.number_formats[style]:
                cells.number_formats.add(at)
            if styles.fills[style]:
                cells.fills.add(at)


def _formula(formula: Element, at: str, shared: dict[str, str], spills: bool) -> Formula | None:
    kind, text = formula.get("t", "normal"), formula.text or ""
    if kind == "shared":
        number = formula.get("si", "")
        if text:
            shared[number] = as_seen_from(text, at)
        return Formula(shared[number]) if number in shared else None
    if kind == "array":
        return Formula(as_seen_from(text, at), "spill" if spills else "array", formula.get("ref", at))
    return Formula(as_seen_from(text, at)) if kind == "normal" and text else None
