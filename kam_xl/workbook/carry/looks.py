"""The looks of cells, in the words of the writer: number format, letters, fill, borders, alignment."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from openpyxl.styles.colors import COLOR_INDEX  # type: ignore[import-untyped]
from openpyxl.styles.numbers import BUILTIN_FORMATS  # type: ignore[import-untyped]

from kam_xl.content.positions import split_cell
from kam_xl.workbook.carry.opened import Opened, OpenedSheet, local
from kam_xl.workbook.recompute.package import COLUMNS

Look = dict[str, Any]

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(r|s)\s*=\s*["']([^"']*)["']""")
_BORDERS = {
    "thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7, "mediumDashed": 8,
    "dashDot": 9, "mediumDashDot": 10, "dashDotDot": 11, "mediumDashDotDot": 12, "slantDashDot": 13,
}  # fmt: skip
_ALIGN = {"left", "center", "right", "fill", "justify", "distributed"}
_CENTRE_ACROSS = "centerContinuous"
_VERTICAL = {"top": "top", "center": "vcenter", "bottom": "bottom", "justify": "vjustify"}
_PATTERNS = (
    "none", "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp",
    "darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp", "lightGrid", "lightTrellis",
    "gray125", "gray0625",
)  # fmt: skip
_LETTERS = (
    ("b", "bold"), ("i", "italic"), ("strike", "font_strikeout"), ("outline", "font_outline"),
    ("shadow", "font_shadow"),
)  # fmt: skip
_SCRIPTS = ("superscript", "subscript")
OTHER = "other"  # what the writer has no word for: compared and told, never written


class Looks:
    """The looks of a file by their numbers."""

    def __init__(self, file: Opened) -> None:
        part = next((part for part in file.parts if part.lower().endswith("xl/styles.xml")), "")
        xml = file.xml(part)
        self.theme = _theme(file)
        codes = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in xml.iterfind("{*}numFmts/{*}numFmt")}
        fonts = [self.font(font) for font in xml.iterfind("{*}fonts/{*}font")]
        fills = [self._fill(fill) for fill in xml.iterfind("{*}fills/{*}fill")]
        borders = [self._border(border) for border in xml.iterfind("{*}borders/{*}border")]
        self.looks: list[Look] = []
        for xf in xml.iterfind("{*}cellXfs/{*}xf"):
            number = int(xf.get("numFmtId", "0"))
            look: Look = {"valign": "bottom", "num_format": codes.get(number) or BUILTIN_FORMATS.get(number, "General")}
            for kind, found in (("fontId", fonts), ("fillId", fills), ("borderId", borders)):
                index = int(xf.get(kind, "0"))
                look |= found[index] if index < len(found) else {}
            alignment, protected = xf.find("{*}alignment"), xf.find("{*}protection")
            look |= _aligned(alignment) if alignment is not None else {}
            self.looks.append(look | (_protected(protected) if protected is not None else {}))

        self._of_rules = [self._rule(dxf) for dxf in xml.iterfind("{*}dxfs/{*}dxf")]

    def of_rule(self, number: str) -> tuple[object, ...]:
        """What the look of a rule changes, by its number."""
        known = number.isdigit() and int(number) < len(self._of_rules)
        return self._of_rules[int(number)] if known else ()

    def _rule(self, dxf: ElementTree.Element) -> tuple[object, ...]:
        font, fill = dxf.find("{*}font"), dxf.find("{*}fill/{*}patternFill")
        letters = self.font(font) if font is not None else {}
        ground = None
        if fill is not None and fill.get("patternType", "solid") != "none":
            ground = self._colour(fill.find("{*}bgColor")) or self._colour(fill.find("{*}fgColor"))
        return (*(letters.get(key) for key in ("bold", "italic", "font_strikeout")), letters.get("font_color"), ground)

    def of(self, number: int) -> Look:
        """The look of a number; that of a plain cell if there is none."""
        return self.looks[number] if number < len(self.looks) else {"valign": "bottom"}

    def _colour(self, element: ElementTree.Element | None) -> str | None:
        if element is None:
            return None
        if rgb := element.get("rgb"):
            return f"#{rgb[-6:]}" if re.fullmatch("[0-9A-Fa-f]{6,8}", rgb) else None
        if (old := element.get("indexed", "")).isdigit() and int(old) < len(COLOR_INDEX):
            return f"#{COLOR_INDEX[int(old)][-6:]}"
        if (index := element.get("theme")) is not None and index.isdigit() and int(index) < len(self.theme):
            return _tinted(self.theme[int(index)], float(element.get("tint", "0")))
        return None

    def font(self, font: ElementTree.Element) -> Look:
        """The look of letters: those of a cell, or of a part of its text."""
        look: Look = {"font_color": self._colour(font.find("{*}color")) or "#000000"}
        for tag, key in _LETTERS:
            found = font.find(f"{{*}}{tag}")
            if found is not None and found.get("val", "1") not in ("0", "false"):
                look[key] = True
        if (line := font.find("{*}u")) is not None and line.get("val", "single") != "none":
            look["underline"] = {"double": 2, "singleAccounting": 33, "doubleAccounting": 34}.get(
                line.get("val", "single"), 1
            )
        size, name = font.find("{*}sz"), next((e for e in font if local(e.tag) in ("name", "rFont")), None)
        raised = font.find("{*}vertAlign")
        if raised is not None and raised.get("val") in _SCRIPTS:
            look["font_script"] = _SCRIPTS.index(raised.get("val", "")) + 1
        if size is not None:
            look["font_size"] = float(size.get("val", "11"))
        if name is not None:
            look["font_name"] = name.get("val", "Calibri")
        return look

    def _fill(self, fill: ElementTree.Element) -> Look:
        pattern = fill.find("{*}patternFill")
        if pattern is None:
            return {OTHER: "gradient"} if len(fill) else {}
        if pattern.get("patternType", "none") not in _PATTERNS[1:]:
            return {}
        number = _PATTERNS.index(pattern.get("patternType", "none"))
        front, back = self._colour(pattern.find("{*}fgColor")), self._colour(pattern.find("{*}bgColor"))
        if number == 1:
            return {"bg_color": front} if front else {}
        return {"pattern": number} | ({"fg_color": front} if front else {}) | ({"bg_color": back} if back else {})

    def _border(self, border: ElementTree.Element) -> Look:
        look: Look = {}
        for side in ("left", "right", "top", "bottom"):
            line = border.find(f"{{*}}{side}")
            if line is not None and line.get("style") in _BORDERS:
                look[side] = _BORDERS[line.get("style", "")]
                if colour := self._colour(line.find("{*}color")):
                    look[f"{side}_color"] = colour
        line = border.find("{*}diagonal")
        if line is not None and line.get("style") in _BORDERS:
            ways = [border.get(key, "0") in ("1", "true") for key in ("diagonalUp", "diagonalDown")]
            if any(ways):
                look |= {"diag_type": ways[0] + 2 * ways[1], "diag_border": _BORDERS[line.get("style", "")]}
                if colour := self._colour(line.find("{*}color")):
                    look["diag_color"] = colour
        return look


def looks_of_cells(file: Opened, sheet: OpenedSheet) -> dict[int, int]:
    """The number of the look of every cell that a sheet's part names, empty ones included."""
    found = {}
    if sheet.part in file.archive.namelist():
        for cell in _CELL.finditer(file.archive.read(sheet.part)):
            values = dict(_ATTRIBUTE.findall(cell[1]))
            row, column = split_cell(values.get(b"r", b"").decode())
            if row:
                found[(row - 1) * COLUMNS + column - 1] = int(values.get(b"s", b"0"))
    return found


def _aligned(alignment: ElementTree.Element) -> Look:
    look: Look = {}
    across = alignment.get("horizontal", "general")
    if across in _ALIGN or across == _CENTRE_ACROSS:
        look["align"] = "center_across" if across == _CENTRE_ACROSS else across
    if (down := alignment.get("vertical", "bottom")) in _VERTICAL:
        look["valign"] = _VERTICAL[down]
    if alignment.get("wrapText") in ("1", "true"):
        look["text_wrap"] = True
    if (indent := alignment.get("indent", "0")) not in ("0", ""):
        look["indent"] = int(float(indent))
    if (turned := int(float(alignment.get("textRotation", "0")))) and turned <= 180:
        look["rotation"] = turned if turned <= 90 else 90 - turned
    elif turned == 255:
        look["rotation"] = 270  # letters below each other
    if alignment.get("shrinkToFit") in ("1", "true"):
        look["shrink"] = True
    if (order := alignment.get("readingOrder", "0")) in ("1", "2"):
        look["reading_order"] = int(order)
    return look


def _protected(protection: ElementTree.Element) -> Look:
    look: Look = {}
    if protection.get("locked") in ("0", "false"):
        look["locked"] = False
    if protection.get("hidden") in ("1", "true"):
        look["hidden"] = True
    return look


def _theme(file: Opened) -> list[str]:
    """The colours of the theme in the order in which cells number them."""
    part = next((part for part in file.parts if "/theme/theme" in part.lower()), "")
    scheme = next((e for e in file.xml(part).iter() if e.tag.endswith("}clrScheme")), None)
    if scheme is None:
        return []
    found = [next((e.get("lastClr") or e.get("val") or "" for e in colour), "") for colour in scheme]
    first = [found[i] for i in (1, 0, 3, 2) if i < len(found)]  # light and dark change places
    return [*first, *found[4:]]


def _tinted(colour: str, tint: float) -> str | None:
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return None
    parts = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    mixed = [p * (1 + tint) if tint < 0 else p + (255 - p) * tint for p in parts]
    return "#" + "".join(f"{round(p):02X}" for p in mixed)
