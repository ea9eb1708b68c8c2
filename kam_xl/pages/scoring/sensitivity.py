"""Scoring: does the first place survive if one weight is a little less or more?"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.model import CRITERION_SLOTS, Model
from kam_xl.canvas.results import Scored
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    fixed,
    if_,
    iferror,
    index,
    isnumber,
    left,
    length,
    match,
    max_,
    min_,
    percent,
)
from kam_xl.locale import _

ROWS = 2 * (2 * CRITERION_SLOTS + 1)  # every weight, and the share of growth; less and more
TABLE, KEY, SURVIVES, LEAD, LOST, WHAT = 64, 72, 73, 74, 75, 76  # columns of calc_scores
CRITERION, CHANGE, FIRST, TOTAL, AHEAD, STAYS = range(1, 7)  # columns of KAM_SENSITIVITY
SIGNS = {"−": "less", "+": "more"}


@dataclass
class Tests:
    """The results, row by row, and what they come to."""

    table: Range
    keys: Range
    survives: Range
    headline: X
    ending: X  # of the title

    def show(self, model: Model, row: int, col: int, group: str, criterion: int) -> None:
        """Two cells of Scoring: a weight less, and more; the lead of the first, or who leads instead."""
        sheet = model.sheet("Scoring")
        for k, sign in enumerate(SIGNS):
            place = match(f"{group} {criterion} {sign}", self.keys)
            stays, lead = index(self.survives, place), index(self.table.column(AHEAD), place)
            kept = cat("✓ ", if_(isnumber(lead), fixed(lead, 1), ""))
            other = index(self.table.column(FIRST), place) & ""
            short = if_(length(other) > 11, cat(left(other, 10), "…"), other)
            text = if_(isnumber(stays), if_(stays == 1, kept, cat("✗ ", short)), "")
            sheet.write(row, col + k, iferror(text, ""), **theme.body(indent=1, font_size=9))


def calculate(model: Model) -> Tests:
    """The trials on calc_scores: a key for each, whether the first survives, by how much."""
    scored = model.of(Scored)
    calc, s, lists = model.sheet("calc_scores"), model.settings, model.lists
    weights = [lists[name].column(2) for name in ("growth", "harmony")]
    matrix = (scored.growth, weights[0], scored.harmony, weights[1], s["growth_share"])
    table = model.kam(
        calc, 1, TABLE, "KAM_SENSITIVITY", scored.name, *matrix, s["weight_change"], rows=ROWS
    )  # fmt: skip
    titles = {KEY: "weight", SURVIVES: "first survives", LEAD: "lead", LOST: "lost no.", WHAT: "what changes"}
    for col, text in titles.items():
        calc.write(0, col, text, **theme.note())
    lost: X = lit(0)
    for i in range(ROWS):
        lost = _trial(model, table, i, lost)
    areas = {col: calc.area(1, col, ROWS, col) for col in titles}
    tests, fails = count(areas[SURVIVES]), countif(areas[SURVIVES], 0)
    change = percent(s["weight_change"])
    least = min_(areas[LEAD])
    at = match(least, areas[LEAD])
    near = if_(least < 0.05, _("almost none"), fixed(least, 1))
    narrow = cat(_("; smallest lead "), near, _(" ("), index(areas[WHAT], at), ")")
    firm = cat(
        _("First place survives ±"), change, _(" on every weight"), if_(count(areas[LEAD]) == 0, "", narrow), "."
    )
    broken = match(1, areas[LOST])
    leader = index(table.column(FIRST), broken) & ""
    loses = cat(_("First place changes if "), index(areas[WHAT], broken), _(": then "), leader, _(" leads"))
    loses = cat(loses, if_(fails > 1, cat(_("; it is lost in "), fails, _(" of "), tests, _(" tests")), ""), ".")
    headline = iferror(if_(tests == 0, "", if_(fails == 0, firm, loses)), "")
    headline = calc.write(1, WHAT + 1, headline)
    stays = cat(_("; no weight ±"), change, _(" changes that"))
    goes = cat(_("; a weight ±"), change, _(" can change that"))
    ending = iferror(if_(tests == 0, "", if_(fails == 0, stays, goes)), "")
    return Tests(table, areas[KEY], areas[SURVIVES], headline, calc.write(2, WHAT + 1, ending))


def _trial(model: Model, table: Range, i: int, before: X) -> X:
    """One row of the function's table, as text and numbers of the sheet."""
    calc, row = model.sheet("calc_scores"), 1 + i
    group, criterion, change = table.cell(i) & "", table.cell(i, CRITERION), table.cell(i, CHANGE)
    there = isnumber(criterion)
    sign = if_(change < 0, "−", "+")
    calc.write(row, KEY, iferror(if_(there, cat(group, " ", criterion, " ", sign), ""), ""))
    total, lead = table.cell(i, TOTAL), table.cell(i, AHEAD)
    stays = if_(there, if_(isnumber(total), if_(table.cell(i, STAYS), 1, 0), ""), "")
    kept = calc.write(row, SURVIVES, iferror(stays, ""))
    calc.write(row, LEAD, iferror(if_(kept == 1, if_(isnumber(lead), lead, ""), ""), ""))
    number = max_(criterion, lit(1))
    of_group = if_(
        group == "growth",
        index(model.lists["growth"].column(0), number),
        index(model.lists["harmony"].column(0), number),
    )
    name = if_(group == "share", _("growth in the total"), of_group & "")
    amount = percent(model.settings["weight_change"])
    words = cat(name, _(" counts "), amount, if_(change < 0, _(" less"), _(" more")))
    calc.write(row, WHAT, iferror(if_(there, words, ""), ""))
    return calc.write(row, LOST, before + if_(kept == 0, 1, 0))


def looks(model: Model, area: tuple[int, int, int, int]) -> None:
    """Colours beside the signs."""
    sheet = model.sheet("Scoring")
    styles: dict[str, theme.Style] = {
        "✓": {"font_color": theme.GOOD_D},
        "✗": {"font_color": theme.RISK_D, "bold": True},
    }
    for sign, style in styles.items():
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": model.book.bare(**style)}
        sheet.ws.conditional_format(*area, rule)
