"""How a sheet shows and prints itself: what there is once per sheet, each with the value that it has unless set."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kam_xl.workbook.carry.opened import OpenedSheet

_CODES = re.compile(r'&("[^"]*"|K[0-9A-Fa-f+-]{6,8}|[0-9]+|.)')
_USUAL_PAPER = ("0", "1", "9")  # none, Letter, A4
_TRUE = ("1", "true")
_VIEW = {  # the attribute of a view, what it is unless given, and how it is called when it is told
    "showGridLines": ("1", "gridlines"),
    "showRowColHeaders": ("1", "headings"),
    "showZeros": ("1", "zeros"),
    "showFormulas": ("0", "formulas shown"),
    "rightToLeft": ("0", "direction"),
    "showOutlineSymbols": ("1", "outline symbols"),
}
MARGINS = {"left": "0.7", "right": "0.7", "top": "0.75", "bottom": "0.75"}
_CLOSE = 0.06  # inches of a margin


class Setting(NamedTuple):
    """A setting of a sheet: its kind, what tells it from another value, and how a person would call that."""

    kind: str
    value: Any
    name: str = ""


def settings_of(sheet: OpenedSheet) -> dict[str, Setting]:
    """Every setting of a sheet by its name; also those that have their usual value."""
    found = _view(sheet) | _printing(sheet)
    colour = sheet.xml.find("{*}sheetPr/{*}tabColor")
    tab = (colour.get("rgb") or f"theme {colour.get('theme', '')}")[-6:].upper() if colour is not None else ""
    found["tab"] = Setting("tab colour", tab, f"#{tab}" if tab else "")
    hidden = "" if sheet.state == "visible" else sheet.state
    found["state"] = Setting("hidden" if hidden else "shown", hidden)
    protection = sheet.xml.find("{*}sheetProtection")
    locked = protection is not None and protection.get("sheet") in _TRUE
    found["protection"] = Setting("protection", locked)
    return found


def _view(sheet: OpenedSheet) -> dict[str, Setting]:
    found = {}
    view = sheet.xml.find("{*}sheetViews/{*}sheetView")
    given = view.attrib if view is not None else {}
    for key, (usual, name) in _VIEW.items():
        found[key] = Setting("view", given.get(key, usual) in _TRUE, name)
    shown = given.get("view", "normal")
    found["view"] = Setting("view", shown, shown)
    zoom = given.get("zoomScale", "100")
    found["zoom"] = Setting("zoom", zoom, f"{zoom}%")
    pane = view.find("{*}pane") if view is not None else None
    frozen, cell = ("0", "0"), ""
    if pane is not None and pane.get("state", "split").startswith("frozen"):
        frozen, cell = (pane.get("xSplit", "0"), pane.get("ySplit", "0")), pane.get("topLeftCell", "")
    found["panes"] = Setting("frozen panes", frozen, cell)
    split = pane is not None and pane.get("state", "split") == "split"
    found["split"] = Setting("view", split, "split")
    return found


def _printing(sheet: OpenedSheet) -> dict[str, Setting]:
    found = {}
    setup, options = sheet.xml.find("{*}pageSetup"), sheet.xml.find("{*}printOptions")
    given = setup.attrib if setup is not None else {}
    across = given.get("orientation", "") == "landscape"
    found["orientation"] = Setting("page set-up", across, "landscape" if across else "portrait")
    paper = given.get("paperSize", "0")
    found["paper"] = Setting("page set-up", "" if paper in _USUAL_PAPER else paper, f"paper {paper}")
    fit = sheet.xml.find("{*}sheetPr/{*}pageSetUpPr")
    fits = fit is not None and fit.get("fitToPage") in _TRUE
    scale = (given.get("fitToWidth", "1"), given.get("fitToHeight", "1")) if fits else given.get("scale", "100")
    found["scale"] = Setting("page set-up", scale, "scale")
    margins = sheet.xml.find("{*}pageMargins")
    for side, usual in MARGINS.items():
        value = float(margins.get(side, usual)) if margins is not None else float(usual)
        found[side] = Setting("page set-up", round(value / _CLOSE), f"{side} margin")
    chosen = options.attrib if options is not None else {}
    for key in ("headings", "gridLines", "horizontalCentered", "verticalCentered"):
        found[key] = Setting("page set-up", chosen.get(key, "0") in _TRUE, key)
    for part in ("Header", "Footer"):
        for page in ("odd", "even", "first"):
            text = sheet.xml.findtext(f"{{*}}headerFooter/{{*}}{page}{part}") or ""
            words = " ".join(_CODES.sub("", text).split())
            found[f"{page}{part}"] = Setting("header or footer", words, f"“{words}”" if words else "")
    return found
