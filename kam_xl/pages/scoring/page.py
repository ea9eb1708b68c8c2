"""Scoring: growth potential against harmony, weighted; who comes first and what to do per quadrant."""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or
from kam_xl.canvas.model import CRITERION_SLOTS, Model
from kam_xl.canvas.page import bar_of, head, heat, page, printed, ruled, spare_first
from kam_xl.canvas.results import Revenue, Scored, Scoring
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    match_text,
    max_,
    percent,
)
from kam_xl.formulas.messages import added, and_more, say
from kam_xl.input_sheets.settings import normalised_weight
from kam_xl.locale import _
from kam_xl.pages.scoring import chart, sensitivity

SHOWN_ROWS = 40
CHART = 4  # first row of the chart
TOP = 21  # first row of the tables: they grow, so nothing stands below them
NAME, GROWTH = 1, 2
GROWTH_SCORE = GROWTH + CRITERION_SLOTS
WEIGHT_NAME, WEIGHT = GROWTH_SCORE + 2, GROWTH_SCORE + 3
LOWER, HIGHER = WEIGHT + 1, WEIGHT + 2  # what if a weight changes
HARMONY = HIGHER + 2
HARMONY_SCORE = HARMONY + CRITERION_SLOTS
TOTAL, RANK = HARMONY_SCORE + 1, HARMONY_SCORE + 2


def fill(model: Model, revenue: Revenue, scored: Scored) -> Scoring:
    """Write the page."""
    sheet, s = model.sheet("Scoring"), model.settings
    slots = [58] * CRITERION_SLOTS
    sheet.columns(16, 200, *slots, 64, 16, 144, 52, 80, 80, 16, *slots, 64, 64, 48, 16)
    names, calc = scored.name, model.sheet("calc_scores")
    lists = model.lists
    table = model.kam(
        calc,
        1,
        20,
        "KAM_SCORING",
        names,
        scored.growth,
        lists["growth"].column(2),
        scored.harmony,
        lists["harmony"].column(2),
        s["growth_share"],
        rows=names.rows,
    )
    put = model.calc.put
    first, second = table.cell(0, 0) & "", table.cell(1, 0) & ""
    number = put("accounts with a total score", count(table.column(3)))
    top, lead = table.cell(0, 3), iferror(table.cell(0, 3) - table.cell(1, 3), 0)
    tests = sensitivity.calculate(model)
    alone = say("{account} scores highest: {score:#,##0.0}", account=first, score=top)
    best = countif(table.column(4), 1)
    two = say("{first} and {second} score highest: {score:#,##0.0}", first=first, second=second, score=top)
    many = say("{n} accounts score highest: {score:#,##0.0}", n=best, score=top)
    ahead = say(
        "{account} scores highest: {score:#,##0.0}, {lead:#,##0.0} ahead of {second}"
        "{tested, select, true {; {ending}} other {}}",
        account=first,
        score=top,
        lead=lead,
        second=second,
        tested=length(tests.ending) > 0,
        ending=tests.ending,
    )
    story = if_(number == 1, alone, if_(best > 1, if_(best == 2, two, many), ahead))
    title = error_or(revenue.cagr, error_or(table, if_(number == 0, _("No scores yet: type them on Scores"), story)))
    sub = _("Scoring matrix  ·  scores 1 (low) to 10 (high)  ·  weighted average")
    note = _("size and growth: smallest account = 1, largest = 10, the others in proportion")
    page(model.book, sheet, sheet.column_px, title, sub, note)
    _top(model, table, number)
    _tables(model, table, tests)
    printed(sheet, TOP + max(min(len(model.tables.scores), SHOWN_ROWS), 2 * CRITERION_SLOTS + 5), most=TOP + 24)
    return Scoring(table)


def _tables(model: Model, table: Range, tests: sensitivity.Tests) -> None:
    sheet, lists, s = model.sheet("Scoring"), model.lists, model.settings
    scores = {"growth": model.of(Scored).growth, "harmony": model.of(Scored).harmony}
    growth, harmony = s["growth_share"] + 0, 1 - s["growth_share"]
    head(sheet, TOP - 2, NAME, GROWTH_SCORE, _("Growth"), say("{share:0%} of the total", share=growth))
    head(sheet, TOP - 2, WEIGHT_NAME, HIGHER, _("Weights"), _("lead of the first if one changes"))
    head(sheet, TOP - 2, HARMONY, RANK, _("Harmony and total"), say("{share:0%} of the total", share=harmony))
    sheet.height(TOP - 1, 40)
    orders = {g: spare_first(len(getattr(model.template, g)), CRITERION_SLOTS) for g in ("growth", "harmony")}
    sheet.write(TOP - 1, NAME, _("Account"), **theme.heading())
    for start, name, last, text in (
        (GROWTH, "growth", GROWTH_SCORE, _("Growth score")),
        (HARMONY, "harmony", HARMONY_SCORE, _("Harmony score")),
    ):
        for place, k in enumerate(orders[name]):
            sheet.write(TOP - 1, start + place, lists[name].cell(k) & "", **theme.heading(align="center"))
        sheet.write(TOP - 1, last, text, **theme.heading(align="right", font_color=theme.INK))
    sheet.write(TOP - 1, TOTAL, _("Total"), **theme.heading(align="right", font_color=theme.INK))
    sheet.write(TOP - 1, RANK, _("Rank"), **theme.heading(align="right", font_color=theme.INK))
    rows = min(table.rows, SHOWN_ROWS)
    calc = model.sheet("calc_scores")
    for i in range(rows):
        row = TOP + i
        sheet.height(row, 24)
        account = table.cell(i, 0) & ""
        sheet.write(row, NAME, iferror(account, ""), **theme.plain(bold=i < 5))
        found = iferror(if_(length(account) == 0, 0, match_text(account, model.inputs["Scores.Account"])), 0)
        at = calc.write(1 + i, 26, found)
        for start, group in ((GROWTH, "growth"), (HARMONY, "harmony")):
            for place, k in enumerate(orders[group]):
                value = iferror(if_(at == 0, "", index(scores[group], max_(at, lit(1)), lit(k + 1))), "")
                sheet.write(row, start + place, value, **theme.plain(num_format="0.0", align="center"))
        for col, j, bold in ((GROWTH_SCORE, 1, False), (HARMONY_SCORE, 2, False), (TOTAL, 3, True), (RANK, 4, False)):
            form = "0" if j == 4 else "0.0"
            sheet.write(
                row,
                col,
                iferror(if_(length(table.cell(i, j)) == 0, "", table.cell(i, j)), ""),
                **theme.plain(num_format=form, align="right", bold=bold),
            )
    last = TOP + rows - 1
    for start in (GROWTH, HARMONY):
        heat(sheet, (TOP, start, last, start + CRITERION_SLOTS - 1))
    for col in (GROWTH_SCORE, HARMONY_SCORE, TOTAL):
        bar_of(sheet, (TOP, col, last, col), 10)
    ruled(sheet, (TOP, NAME, last, GROWTH_SCORE), NAME)
    ruled(sheet, (TOP, HARMONY, last, RANK), NAME)
    _weights(model, tests)


def _weights(model: Model, tests: sensitivity.Tests) -> None:
    """The weights in force, and who is first if one of them is less or more."""
    sheet, change = model.sheet("Scoring"), percent(model.settings["weight_change"])
    row = TOP - 1
    for title, name in ((_("Growth"), "growth"), (_("Harmony"), "harmony")):
        area = model.lists[name]
        sheet.write(row, WEIGHT_NAME, title, **theme.heading(font_color=theme.BLUE_D))
        sheet.write(row, WEIGHT, _("Weight"), **theme.heading(align="right"))
        for col, sign in ((LOWER, "−"), (HIGHER, "+")):
            sheet.write(
                row,
                col,
                iferror(say("{sign}{change}", sign=sign, change=change), ""),
                **theme.heading(align="left", indent=1),
            )
        for k in range(CRITERION_SLOTS):
            sheet.write(row + 1 + k, WEIGHT_NAME, area.cell(k) & "", **theme.body(indent=1))
            sheet.write(
                row + 1 + k,
                WEIGHT,
                iferror(normalised_weight(area, k), ""),
                **theme.body(num_format="0%", align="right"),
            )
            tests.show(model, row + 1 + k, LOWER, name, k + 1)
        row += CRITERION_SLOTS + 1
    share = iferror(model.settings["growth_share"] + 0, "")
    sheet.write(row, WEIGHT_NAME, _("Growth in the total"), **theme.body(font_color=theme.BLUE_D, bold=True))
    sheet.write(row, WEIGHT, share, **theme.body(num_format="0%", align="right"))
    tests.show(model, row, LOWER, "share", 0)
    sensitivity.looks(model, (TOP, LOWER, row, HIGHER))
    look = {"text_wrap": True, "valign": "top", "align": "left", "bold": True}
    sheet.ws.merge_range(row + 1, WEIGHT_NAME, row + 3, HIGHER, "", model.book.format(**look))
    sheet.write(row + 1, WEIGHT_NAME, tests.headline & "", **look)


def _top(model: Model, table: Range, scored: Ref) -> None:
    """The chart and what to do per quadrant."""
    sheet, s = model.sheet("Scoring"), model.settings
    for r in range(CHART, CHART + 13):
        sheet.height(r, 24)
    sheet.height(CHART + 13, 8)
    head(
        sheet,
        CHART - 1,
        NAME,
        HIGHER,
        _("Growth and harmony"),
        iferror(say("border between low and high: {border:#,##0.0}", border=s["quadrant"]), ""),
    )
    data = chart.points(model, table)
    border = s["quadrant"]
    quadrants = [
        (
            _("INVEST"),
            _("high growth, high harmony"),
            _("Executive sponsor, joint roadmap, first access to new modules."),
            True,
            True,
        ),
        (
            _("BUILD TRUST"),
            _("high growth, low harmony"),
            _("Joint vision workshop; find a sponsor who shares the strategy."),
            True,
            False,
        ),
        (
            _("MAINTAIN"),
            _("low growth, high harmony"),
            _("Keep the service level; ask for references and case studies."),
            False,
            True,
        ),
        (
            _("HARVEST OR LEAVE"),
            _("low growth, low harmony"),
            _("Standard service, price to cost; exit when cost-to-serve is not covered."),
            False,
            False,
        ),
    ]
    head(sheet, CHART - 1, HARMONY, RANK, _("What to do per quadrant"))
    colours = (theme.BLUE_D, theme.BLUE, theme.MUTED, theme.RISK_D)
    row = CHART
    for (name, meaning, action, high_g, high_h), colour in zip(quadrants, colours, strict=True):
        who = _members(model, table, border, high_g, high_h)
        edge = {"left": 5, "left_color": colour, "indent": 1}
        sheet.write(
            row,
            HARMONY,
            say("{name}: {meaning}", name=name, meaning=meaning),
            bold=True,
            font_color=colour,
            **edge,
        )
        sheet.write(row + 1, HARMONY, action, **edge)
        look = theme.note(text_wrap=True, valign="top", align="left", **edge)
        sheet.ws.merge_range(row + 2, HARMONY, row + 2, RANK, "", model.book.format(**look))
        sheet.write(row + 2, HARMONY, who, **look)
        sheet.height(row + 2, 36)
        row += 3
    number = model.calc.put("accounts to invest in", _count(table, border))
    title = model.calc.put(
        "Scoring chart title",
        iferror(
            if_(
                number == 0,
                _("No account is high on both axes"),
                say("{n} of {accounts} accounts are high on both axes", n=number, accounts=scored),
            ),
            "",
        ),
    )
    chart.draw(model, data, title, (CHART, NAME, CHART + 12, HIGHER), border)


def _members(model: Model, table: Range, border: X, growth: bool, harmony: bool) -> X:
    """Names of the first accounts in a quadrant, and how many more there are."""
    calc, col = model.sheet("calc_scores"), 28 + 2 * (2 * (not growth) + (not harmony))
    calc.write(0, col, "member no.", **theme.note())
    calc.write(0, col + 1, "members", **theme.note())
    before: X = lit(0)
    text: X = lit("")
    for i in range(min(table.rows, SHOWN_ROWS)):
        g, h = table.cell(i, 1), table.cell(i, 2)
        inside = and_(
            isnumber(g),
            isnumber(h),
            (g >= border) if growth else (g < border),
            (h >= border) if harmony else (h < border),
        )
        before = calc.write(1 + i, col, before + if_(iferror(inside, False), 1, 0))
    numbers = calc.area(1, col, min(table.rows, SHOWN_ROWS), col)
    for k in range(1, 6):
        name = index(table.column(0), match(k, numbers)) & ""
        text = calc.write(k, col + 1, iferror(if_(before < k, text, added(text, name)), ""))
    return if_(before == 0, "–", if_(before > 5, and_more(text, before - 5), text & ""))


def _count(table: Range, border: X) -> X:
    return countifs((table.column(1), ">=" & border), (table.column(2), ">=" & border))


BUILT_BY = (fill,)
