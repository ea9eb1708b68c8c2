"""The blocks of the charter that are read from texts and rules: purpose, criteria, horizon, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import bar_of, head, ruled
from kam_xl.formulas.formula import Range, Ref, X
from kam_xl.formulas.functions import countif, if_, iferror, isnumber, length, match, n_, sum_
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.records import at
from kam_xl.locale import _

CALC = "calc_charter"
CARDS, TEXTS, HORIZON = 3, 7, 18  # first rows
STAIRS = 5  # rows of the three steps
RHYTHM = HORIZON + STAIRS + 2
END = RHYTHM + 6
# columns: three blocks side by side, each parted for its tables
A1, A2, B1, B2, B3, B4, C1, C2, C3 = 1, 2, 4, 5, 6, 7, 9, 10, 11
WIDTHS = [16, 288, 136, 24, 128, 88, 64, 152, 24, 264, 80, 104, 16]
POINTS, EACH, REVIEWS = 7, 3, 4  # texts shown: of the readiness, of purpose and scope, of a review
HORIZONS = (12, 24, 36)
REVIEW_WORDS = ("Weekly", "Monthly", "Quarterly")


@dataclass
class Part:
    """The texts of one section: their places on the input sheet, how many there are."""

    places: Range
    number: Ref


def merged(model: Model, row: int, c1: int, c2: int, text: X, **look: Any) -> None:
    """A text that wraps over the columns of its block."""
    sheet = model.sheet("Charter")
    style = {"text_wrap": True, "align": "left", **look}
    if c2 > c1:
        sheet.ws.merge_range(row, c1, row, c2, "", model.book.format(**style))
    sheet.write(row, c1, text, **style)


def more_than(part: Part, shown: int) -> X:
    """What the page leaves out."""
    left_out = say("the first {shown} of {texts}", shown=shown, texts=part.number)
    return if_(part.number > shown, left_out, "")


def purpose(model: Model, parts: dict[str, Part]) -> None:
    """Why, and for whom."""
    sheet, texts = model.sheet("Charter"), model.inputs["charter.text"]
    for row in range(TEXTS + 1, TEXTS + 10):
        sheet.height(row, 32)
    blank = parts["Purpose"].number + parts["Scope"].number == 0
    head(sheet, TEXTS, A1, A2, _("Purpose and scope"), if_(blank, _("Type them on Charter texts"), ""))
    row = TEXTS + 1
    for name, label in (("Purpose", _("Purpose: why we do it")), ("Scope", _("Scope: for whom"))):
        sheet.band(row, A1, A2, bottom=1, bottom_color=theme.RULE)
        sheet.write(
            row, A1, label, bold=True, font_color=theme.MUTED, valign="bottom", bottom=1, bottom_color=theme.RULE
        )
        sheet.write(
            row,
            A2,
            more_than(parts[name], EACH),
            **theme.note(align="right", valign="bottom", bottom=1, bottom_color=theme.RULE),
        )
        for i in range(EACH):
            merged(model, row + 1 + i, A1, A2, at(texts, parts[name].places.cell(i)) & "", indent=1)
        row += EACH + 1


def criteria(model: Model) -> None:
    """The selection criteria in force with their weights, and the rules beside them."""
    sheet, s, area = model.sheet("Charter"), model.settings, model.lists["selection"]
    head(sheet, TEXTS, B1, B4, _("Selection criteria in force"), _("the same for all accounts"))
    row = TEXTS + 1
    for col in range(B1, B4 + 1):
        text = {B1: _("Criterion, scored 1–10"), B3: _("Weight"), B4: _("Share of the score")}.get(col, "")
        sheet.write(
            row, col, text, **theme.heading(align="right" if col == B3 else "left", indent=1 if col == B4 else 0)
        )
    weights = area.column(1)
    summed = s["selection_method"] == "sum"
    names = model.calc.put("selection criteria", countif(area.column(0), "?*"))
    for k in range(area.rows):
        name, weight = area.cell(k, 0), area.cell(k, 1)
        there = length(name) > 0
        share = if_(summed, 1 / names, n_(weight) / sum_(weights))
        sheet.write(row + 1 + k, B1, if_(there, name & "", ""), **theme.plain(bold=True))
        sheet.write(
            row + 1 + k,
            B3,
            iferror(if_(there, if_(summed, "–", weight), ""), ""),
            **theme.plain(num_format="0.00", align="right"),
        )
        sheet.write(
            row + 1 + k, B4, iferror(if_(there, share, ""), ""), **theme.plain(num_format="0%", align="left", indent=1)
        )
    last = row + area.rows
    bar_of(sheet, (row + 1, B4, last, B4), 1)
    ruled(sheet, (row + 1, B1, last, B4), B1)
    first = say(
        "{summed, select, true {Scores are added up} other {Scores are weighed}}; the highest are key accounts:"
        " at most {cap}, {limited, select, true {a score of {least:#,##0.0} or more} other {no least score}}.",
        summed=summed,
        cap=s["key_cap"],
        limited=isnumber(s["key_at_least"]),
        least=s["key_at_least"],
    )
    cuts = say("Classes: A to {a:0%} of revenue, B to {b:0%}, C the rest.", a=s["a_cut"], b=s["b_cut"])
    watch = say(
        "Watched: {near:0%} or less below the line, or growth of {fast:0%} a year.", near=s["near"], fast=s["fast"]
    )
    for i, line in enumerate((first, cuts, watch)):
        merged(model, last + 1 + i, B1, B4, iferror(line, "–"), font_size=9, font_color=theme.MUTED)


def horizon(model: Model) -> None:
    """How long a key account may take to pay back: three steps, the one in force filled."""
    sheet, months = model.sheet("Charter"), model.settings["horizon"]
    sheet.height(HORIZON + 1, 24)
    for row in range(HORIZON + 1, HORIZON + 1 + STAIRS):
        sheet.height(row, 32)
    known = iferror(match(months, model.calc.block("Horizons", ["months"], [[h] for h in HORIZONS])), 0)
    force = model.calc.put("horizon in force, step", known)
    note = if_(force == 0, _("choose 12, 24 or 36 months on Settings"), _("► = in force"))
    head(sheet, HORIZON, A1, B4, _("Investment horizon: how long a key account may take to pay back"), note)
    texts = (
        (
            _("12 months: keep and extend"),
            _("Quick wins with what they have: one sponsor, one plan, first extension. Judge by NRR and engagement."),
        ),
        (
            _("24 months: grow together"),
            _("Joint roadmap, a second division, a seat at their planning. Judge by white space won and forecast."),
        ),
        (
            _("36 months: partner"),
            _("Shared innovation in several divisions, services made for them. Judge by lifetime value, referrals."),
        ),
    )
    blocks = ((A1, A1), (A2, B1), (B2, B4))
    bottom = HORIZON + STAIRS
    for k, ((c1, c2), (name, text)) in enumerate(zip(blocks, texts, strict=True)):
        top = bottom - 2 - k  # each step is one row higher
        edge = {"left": 5, "left_color": theme.WHITE, "indent": 1}
        merged(
            model,
            top,
            c1,
            c2,
            if_(force == k + 1, say("► {name}", name=name), name),
            bold=True,
            bg_color=theme.HEAT[2],
            **edge,
        )
        style = {"text_wrap": True, "align": "left", "valign": "top", "bg_color": theme.HEAT[1], **edge}
        sheet.ws.merge_range(top + 1, c1, bottom, c2, "", model.book.format(**style))
        sheet.write(top + 1, c1, text, **style)
        cell = f'=LEFT({xl_rowcol_to_cell(top, c1, row_abs=True, col_abs=True)},1)="►"'
        for r1, r2, look in (
            (top, top, {"bg_color": theme.BLUE_D, "font_color": theme.WHITE, "bold": True}),
            (top + 1, bottom, {"bg_color": theme.HEAT[2], "font_color": theme.INK}),
        ):
            rule = {"type": "formula", "criteria": cell, "format": model.book.bare(**look)}
            sheet.ws.conditional_format(r1, c1, r2, c2, rule)


def rhythm(model: Model, parts: dict[str, Part]) -> None:
    """Reviews: weekly, monthly, quarterly, each with who takes part."""
    sheet, inputs = model.sheet("Charter"), model.inputs
    titles = (_("Weekly review"), _("Monthly review"), _("Quarterly review"))
    blocks = ((A1, A1, A2, A2), (B1, B3, B4, B4), (C1, C1, C2, C3))
    for row in range(RHYTHM + 1, RHYTHM + 1 + REVIEWS):
        sheet.height(row, 32)
    for name, title, (t1, t2, w1, w2) in zip(REVIEW_WORDS, titles, blocks, strict=True):
        part = parts[name]
        note = if_(part.number == 0, _("Type it on Charter texts"), more_than(part, REVIEWS))
        head(sheet, RHYTHM, t1, w2, title, note)
        for i in range(REVIEWS):
            place, row = part.places.cell(i), RHYTHM + 1 + i
            merged(model, row, t1, t2, at(inputs["charter.text"], place) & "")
            who = at(inputs["charter.owner"], place) & ""
            merged(model, row, w1, w2, who, font_size=9, font_color=theme.MUTED, indent=1)
        ruled(sheet, (RHYTHM + 1, t1, RHYTHM + REVIEWS, w2), t1)
    sheet.height(RHYTHM + REVIEWS + 1, 8)
