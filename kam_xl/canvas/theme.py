"""The look: palette (role -> colour), number formats, cell styles, the document's theme."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from xlsxwriter.theme import THEME_XML_2023

INK, MUTED, RULE, HAIR, PANEL, WHITE = "#1F2933", "#56626F", "#B8C2CC", "#DDE3E9", "#F4F6F8", "#FFFFFF"
BLUE, BLUE_D, BLUE_M, BLUE_T = "#0072B2", "#00456B", "#5B96BF", "#E3F0F8"  # data, titles, third step, tint
RISK, RISK_D, RISK_T, RISK_F = "#D55E00", "#A84400", "#FCEBE0", "#C25400"  # marks, text, tint, fill under white text
GOOD, GOOD_D, GOOD_T = "#009E73", "#006B4F", "#E0F2EC"
SPECIAL, SPECIAL_D, SPECIAL_T = "#CC79A7", "#8F3F6C", "#F8EAF2"
GREY, GREY_L = "#8A96A3", "#CBD3DB"  # context marks, background marks
INPUT = "#FFF8E1"
HEAT = ("#FFFFFF", "#E9F2F9", "#C9DFF0", "#8CC0E0", "#0072B2")  # low to high; white text only on the last
STEPS = (BLUE_M, BLUE, BLUE_D, "#8CC0E0", "#3D6E91")  # plans and other ordered things
TABS = {"data": BLUE, "title": BLUE_D, "risk": RISK, "context": GREY, "good": GOOD, "input": "#E0B400"}  # by role
STEP_TEXTS = (MUTED, BLUE, BLUE_D, INK, MUTED)  # the same things in words, dark enough to be read

N0, N1, P0, P1 = "#,##0", "#,##0.0", "0%", "0.0%"
EXACT = "#,##0.0#####"  # of numbers with decimals, by `page.exact`: on whole numbers it shows one that says nothing
CHANGE = '"▲ +"0.0%;"▼ −"0.0%;"= "0.0%'
DASH = '#,##0;−#,##0;"–"'
DATE = "d mmm yy"
MONTH = "mmm yy"

TEXT_ON = (  # every pair of text and background that the pages use
    *((ink, paper) for ink in (INK, MUTED, BLUE_D) for paper in (WHITE, PANEL, INPUT)),
    *((ink, WHITE) for ink in (BLUE, RISK_D, GOOD_D, SPECIAL_D)),
    *((RISK_D, p) for p in (RISK_T, PANEL)),
    *((GOOD_D, p) for p in (GOOD_T, PANEL)),
    (SPECIAL_D, SPECIAL_T),
    (WHITE, BLUE),
    (WHITE, BLUE_D),
    (WHITE, RISK_F),
    (INK, BLUE_T),
    *((INK, p) for p in (GOOD_T, RISK_T)),
    (BLUE_D, BLUE_T),
    *((INK, h) for h in HEAT[:4]),
    (WHITE, HEAT[4]),
)


def theme_xml(font: str = "Calibri") -> StringIO:
    """Office theme with our palette as accents and our font, so that charts a user adds match too."""
    xml = THEME_XML_2023
    colours = {
        "dk2": BLUE_D,
        "lt2": PANEL,
        "accent1": BLUE,
        "accent2": RISK,
        "accent3": GOOD,
        "accent4": SPECIAL,
        "accent5": BLUE_D,
        "accent6": GREY,
        "hlink": BLUE,
        "folHlink": SPECIAL_D,
    }
    for name, colour in colours.items():
        xml = re.sub(rf'(<a:{name}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour[1:]}", xml)
    xml = re.sub(r'(<a:latin typeface=")Aptos[^"]*(" panose=")[0-9A-F]*', rf"\g<1>{font}\g<2>020F0502020204030204", xml)
    return StringIO(xml.replace('name="Office Theme"', 'name="kam_xl"', 1))


Style = dict[str, Any]


def body(**k: Any) -> Style:
    """Cell of a table: hairline below."""
    return {"bottom": 1, "bottom_color": HAIR, **k}


def plain(**k: Any) -> Style:
    """Cell of a list that grows: its hairline comes with its content (`page.ruled`)."""
    return {"font_color": INK, **k}


def heading(**k: Any) -> Style:
    """Heading of a column: small, bold, dark rule below."""
    return {
        "font_size": 9,
        "bold": True,
        "font_color": MUTED,
        "bottom": 1,
        "bottom_color": INK,
        "text_wrap": True,
        "valign": "bottom",
        **k,
    }


def total(**k: Any) -> Style:
    """Total: bold, dark rule above."""
    return {"bold": True, "top": 1, "top_color": INK, **k}


def note(**k: Any) -> Style:
    """Small and muted."""
    return {"font_size": 9, "font_color": MUTED, **k}


def typed(**k: Any) -> Style:
    """Input cell: cream, thin frame, unlocked."""
    return {"bg_color": INPUT, "font_color": BLUE_D, "border": 1, "border_color": RULE, "locked": False, **k}


def computed(**k: Any) -> Style:
    """Computed cell on an input sheet: grey, locked."""
    return {"bg_color": PANEL, "border": 1, "border_color": HAIR, **k}


def label(**k: Any) -> Style:
    """Label of a section: bold blue over a rule."""
    return {"bold": True, "font_color": BLUE_D, "bottom": 1, "bottom_color": BLUE_D, **k}
