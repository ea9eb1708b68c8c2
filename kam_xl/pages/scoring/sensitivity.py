"""Scoring: does the first place survive if one weight is a little less or more?"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import CRITERION_SLOTS, Model
from kam_xl.canvas.results import Scored
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    if_,
    iferror,
    index,
    isnumber,
    match,
    max_,
    min_,
)
from kam_xl.formulas.messages import say
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
            kept = say("✓ {known, select, true {{lead:#,##0.0}} other {}}", known=isnumber(lead), lead=lead)
            lost = say("✗ {account}", account=short(index(self.table.column(FIRST), place) & "", 11))
            text = if_(isnumber(stays), if_(stays == 1, kept, lost), "")
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
    change = model.settings["weight_change"]
    least = min_(areas[LEAD])
    at = match(least, areas[LEAD])
    firm = say(
        "First place survives ±{change:0%} on every weight{known, select, true {; smallest lead"
        " {close, select, true {almost none} other {{lead:#,##0.0}}} ({trial})} other {}}.",
        change=change,
        known=count(areas[LEAD]) > 0,
        close=least < 0.05,
        lead=least,
        trial=index(areas[WHAT], at),
    )
    broken = match(1, areas[LOST])
    loses = say(
        "First place changes if {trial}: then {account} leads{fails, plural, one {} other {; it is lost in # of {tests}"
        " tests}}.",
        trial=index(areas[WHAT], broken),
        account=index(table.column(FIRST), broken),
        fails=fails,
        tests=tests,
    )
    headline = iferror(if_(tests == 0, "", if_(fails == 0, firm, loses)), "")
    headline = calc.write(1, WHAT + 1, headline)
    stays = say("no weight ±{change:0%} changes that", change=change)
    goes = say("a weight ±{change:0%} can change that", change=change)
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
    words = say(
        "{name} counts {change:0%} {less, select, true {less} other {more}}",
        name=name,
        change=model.settings["weight_change"],
        less=change < 0,
    )
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
