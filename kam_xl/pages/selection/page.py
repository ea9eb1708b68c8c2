"""Selection: which accounts are key by the same criteria for all, who moves, and whom to watch."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import bar_of, explained, figure, head, heat, page, printed, ruled, spare_first
from kam_xl.content.records import SELECTION_SLOTS
from kam_xl.formulas.formula import X, cat, lit
from kam_xl.formulas.functions import (
    and_,
    fixed,
    if_,
    iferror,
    index,
    isnumber,
    left,
    length,
    max_,
    or_,
    percent,
    sum_,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.selection import chart, words
from kam_xl.pages.selection.calc import (
    AT_THE_LINE,
    CHOSEN,
    SHEET,
    Selection,
    calculate,
)

SHOWN_ROWS = 20  # candidates on the page; all of them count
CHART = 3  # first row of the chart and of the figures beside it
TOP = 18  # section labels of the tables: they grow, so nothing stands below them
RANK, ACCOUNT, CRITERIA = 1, 2, 3
SCORE = CRITERIA + SELECTION_SLOTS
DECISION, TODAY, GROWTH, CHANGE = range(SCORE + 1, SCORE + 5)
WHO, ITS, RATE, WHY = range(CHANGE + 2, CHANGE + 6)
ORDER, ROW = 40, 41  # columns of calc_selection: what stands in each row of the page
LINE = "▬"


def fill(model: Model) -> None:
    """Write the page."""
    sheet, s = model.sheet("Selection"), model.settings
    criteria = [64] * SELECTION_SLOTS
    sheet.columns(16, 32, 184, *criteria, 72, 104, 48, 72, 80, 24, 168, 52, 64, 160, 16)
    found = calculate(model)
    v = found.values
    title = error_or(found.choice, error_or(found.watch, words.title(found)))
    sub = say("Selection of key accounts  ·  scores 1 (low) to 10 (high)  ·  {method}", method=_method(v["summed"]))
    least = s["key_at_least"]
    rule = say(
        "key: the {cap} best{limited, select, true {, with {least} or more} other {}};"
        " equal scores together or not at all",
        cap=s["key_cap"],
        limited=isnumber(least),
        least=least,
    )
    page(model.book, sheet, sheet.column_px, title, sub, rule)
    _heights(model)
    chart.draw(model, found, (CHART, RANK, TOP - 2, CHANGE))
    _figures(model, found)
    _so_what(model, found)
    rows = min(found.names.rows, SHOWN_ROWS) + 1  # the line has a row of its own
    _order(model, found, rows)
    _table(model, found, rows)
    _watch(model, found, rows)
    used = min(len(model.tables.records.get("candidates", [])), SHOWN_ROWS)
    printed(sheet, TOP + 3 + max(used, 12), most=TOP + 3 + SHOWN_ROWS)


def _heights(model: Model) -> None:
    """Rows of figures, of so-what and of the tables."""
    sheet = model.sheet("Selection")
    for row, px in zip(range(CHART, TOP), (24, 22, 34, 22, 8, 22, 34, 22, 8, 24, 40, 40, 40, 40, 8), strict=True):
        sheet.height(row, px)
    used = len(model.tables.records.get("candidates", []))
    sheet.height(TOP, 24)
    sheet.height(TOP + 1, 40)
    sheet.height(TOP + 2, 22)
    sheet.height(TOP + 3, max(22, min(30, 420 // max(used + 1, 1))), TOP + 3 + SHOWN_ROWS)


def _method(summed: X) -> X:
    return if_(summed == 1, _("sum of the criteria"), _("weighted mean of the criteria"))


def _figures(model: Model, found: Selection) -> None:
    """Four key figures right of the chart."""
    sheet, s, v = model.sheet("Selection"), model.settings, found.values
    head(sheet, CHART, WHO, WHY, _("Key figures"))
    none = or_(v["scored"] == 0, failed(found.choice), failed(found.watch))
    which = if_(
        v["least decides"] == 1,
        _("the least score decides"),
        if_(v["chosen"] == 0, _("nobody is chosen"), _("score of the last key account")),
    )
    moves = say("▲ {up} to promote   ▼ {down} to review", up=v["promoted"], down=v["reviewed"])
    limits = say("near: {near:0%} below; fast: {fast:0%} a year", near=s["near"], fast=s["fast"])
    cells = (
        (_("Key accounts"), v["chosen"], say("of at most {cap}", cap=s["key_cap"]), theme.BLUE_D),
        (_("The line"), fixed(v["line"], 1), which, theme.BLUE),
        (_("Key accounts today"), v["today"], moves, theme.BLUE_M),
        (_("On the watch list"), v["watched"], limits, theme.RISK),
    )
    for k, (label, value, note, edge) in enumerate(cells):
        row, (c1, c2) = CHART + 1 + 4 * (k // 2), ((WHO, ITS), (RATE, WHY))[k % 2]
        shown = iferror(if_(none, "–", value), "–")
        figure(sheet, row, c1, c2, label, shown, iferror(if_(none, "", note), ""), edge=edge)


def _so_what(model: Model, found: Selection) -> None:
    """Whom to promote, whom to review, whom to watch; what blurs the choice."""
    sheet, v = model.sheet("Selection"), found.values
    row = CHART + 9
    head(sheet, row, WHO, WHY, _("So what"))
    unknown = or_(v["scored"] == 0, failed(found.choice), failed(found.watch))
    look = {"text_wrap": True, "align": "left", "valign": "vcenter"}
    for k, sentence in enumerate(words.lines(model, found), 1):
        line = model.calc.put(f"Selection, sentence {k}", sentence)  # used twice below
        shown = iferror(if_(unknown, "–" if k < 4 else "", line), "–")
        sheet.ws.merge_range(row + k, WHO, row + k, WHY, "", model.book.format(**look))
        numbered = say("{number}  {sentence}", number=k, sentence=shown)
        sheet.write(row + k, WHO, if_(length(shown) == 0, "", numbered), **look)


def _order(model: Model, found: Selection, rows: int) -> None:
    """What stands in each row of the page: its place in the order (0: the line), its row on Candidates."""
    calc, v = model.sheet(SHEET), found.values
    cut = model.calc.put("Selection: accounts above the line", if_(v["scored"] == 0, found.names.rows, v["chosen"]))
    calc.write(0, ORDER, "order", **theme.note())
    calc.write(0, ROW, "row", **theme.note())
    for i in range(rows):
        after = lit(0) if i == 0 else if_(cut == i, 0, if_(v["scored"] == 0, 0, i))
        place = min(i + 1, found.names.rows)
        no = calc.write(1 + i, ORDER, if_(cut > i, place, after))
        calc.write(1 + i, ROW, iferror(if_(no == 0, 0, index(found.at, max_(no, lit(1)))), 0))


def _table(model: Model, found: Selection, rows: int) -> None:
    """The matrix: scores by criterion, the best first, and a row for the line."""
    sheet, calc, v = model.sheet("Selection"), model.sheet(SHEET), found.values
    named = sum_(calc.area(1, found.weights.c1 + 1, SELECTION_SLOTS, found.weights.c1 + 1))
    few = say("‼ {n, plural, one {# criterion} other {# criteria}}: better 3 to 5 of them", n=named)
    growth = _("growth: since the first year; newer accounts: of the last year")
    first = say(
        "the first {shown} of {candidates}  ·  {growth}",
        shown=SHOWN_ROWS,
        candidates=v["candidates"],
        growth=growth,
    )
    more = if_(v["candidates"] > SHOWN_ROWS, first, growth)
    head(sheet, TOP, RANK, CHANGE, _("Candidates by score"), if_(or_(named < 3, named > 5), few, more))
    order = spare_first(len(model.template.selection), SELECTION_SLOTS)
    texts: list[tuple[int, str | X, str]] = [
        (RANK, "#", "right"),
        (ACCOUNT, _("Account"), "left"),
        *[(CRITERIA + j, iferror(model.lists["selection"].cell(k) & "", ""), "center") for j, k in enumerate(order)],
        (SCORE, if_(v["summed"] == 1, _("Sum"), _("Score")), "right"),
        (DECISION, _("Decision"), "left"),
        (TODAY, _("Key today"), "center"),
        (GROWTH, _("Growth per year"), "right"),
        (CHANGE, _("Change"), "left"),
    ]
    for col, text, align in texts:
        indent = 1 if align == "left" else 0
        sheet.write(TOP + 1, col, text, **theme.heading(align=align, indent=indent))
    small = theme.note(bottom=1, bottom_color=theme.HAIR)
    sheet.band(TOP + 2, RANK, CHANGE, **small)
    sheet.write(TOP + 2, ACCOUNT, _("Weight"), **{**small, "indent": 1})
    for j, k in enumerate(order):
        weight = found.weights.cell(k)
        share = percent(weight / sum_(found.weights))
        shown = if_(calc.ref(1 + k, found.weights.c1 + 1) == 0, "", if_(v["summed"] == 1, "× 1", share))
        sheet.write(TOP + 2, CRITERIA + j, iferror(shown, "–"), **{**small, "align": "center"})
    for i in range(rows):
        _row(model, found, i, order)
    _looks(model, (TOP + 3, RANK, TOP + 2 + rows, CHANGE))


def _row(model: Model, found: Selection, i: int, order: list[int]) -> None:
    sheet, calc, v = model.sheet("Selection"), model.sheet(SHEET), found.values
    no, at = calc.ref(1 + i, ORDER), calc.ref(1 + i, ROW)
    cut = and_(no == 0, v["scored"] > 0, v["chosen"] == i)
    place, there = max_(no, lit(1)), max_(at, lit(1))
    rank, score = index(found.choice.column(0), place), index(found.choice.column(2), place)
    word = index(found.decision, place)
    known, today = isnumber(score), index(found.key, there) == 1
    chosen, tied = word == CHOSEN, word == AT_THE_LINE
    decision = if_(chosen, _("★ key account"), if_(tied, _("↔ tied"), if_(known, "", _("? no score"))))
    stays = if_(today, if_(known, _("▼ review"), _("? score it")), "")
    change = if_(tied, _("↔ decide"), if_(chosen, if_(today, _("= keep"), _("▲ promote")), stays))
    room = say("{chosen} of {cap} places", chosen=v["chosen"], cap=model.settings["key_cap"])
    cells: list[tuple[int, X, X | str, dict[str, Any]]] = [
        (RANK, rank, "", {"align": "right", "font_color": theme.MUTED}),
        (ACCOUNT, index(found.names, there), _("{sign} the line").format(sign=LINE), {"indent": 1}),
        *[(CRITERIA + j, index(found.scores, there, lit(k + 1)), "", {"align": "center"}) for j, k in enumerate(order)],
        (SCORE, score, v["line"] + 0, {"num_format": "0.0", "align": "right", "bold": True}),
        (DECISION, decision, room, {"indent": 1}),
        (TODAY, if_(today, "✓", ""), "", {"align": "center"}),
        (GROWTH, index(found.growth, there), "", {"num_format": theme.CHANGE, "align": "right"}),
        (CHANGE, change, "", {"indent": 1}),
    ]
    for col, value, line, look in cells:
        shown = if_(at > 0, value, if_(cut, line, "") if isinstance(line, X) or line else "")
        sheet.write(TOP + 3 + i, col, iferror(shown, ""), **theme.plain(**look))


def _looks(model: Model, area: tuple[int, int, int, int]) -> None:
    """The line as a band across the table; heat, bars, signs."""
    sheet, bare = model.sheet("Selection"), model.book.bare
    first, _c1, last, _c2 = area
    band = bare(
        bg_color=theme.BLUE_T, font_color=theme.BLUE_D, bold=True, top=1, bottom=1, top_color=theme.BLUE_D,
        bottom_color=theme.BLUE_D,
    )  # fmt: skip
    is_line = {"type": "formula", "criteria": f'=LEFT($C{first + 1},1)="{LINE}"', "format": band}
    # one row more than the hairlines: Calc takes equal ranges as one format, of which the first match counts
    sheet.ws.conditional_format(first, RANK, last + 1, CHANGE, {**is_line, "stop_if_true": True})
    heat(sheet, (first, CRITERIA, last, SCORE - 1))
    bar_of(sheet, (first, SCORE, last, SCORE), None)
    hair = {"bottom": 1, "bottom_color": theme.HAIR}
    star = {"type": "formula", "criteria": f'=LEFT($J{first + 1},1)="★"'}
    sheet.ws.conditional_format(first, ACCOUNT, last, ACCOUNT, {**star, "format": bare(bold=True, **hair)})
    looks = {"★": theme.BLUE_D, "↔": theme.SPECIAL_D, "▲": theme.GOOD_D, "▼": theme.RISK_D, "?": theme.RISK_D}
    for sign, colour in looks.items():
        for col in (DECISION, CHANGE):
            rule = {"type": "text", "criteria": "begins with", "value": sign}
            sheet.ws.conditional_format(first, col, last, col, {**rule, "format": bare(font_color=colour, **hair)})
    explained(sheet, (first, GROWTH, last, GROWTH), "change")
    ruled(sheet, area, ACCOUNT)


def _watch(model: Model, found: Selection, rows: int) -> None:
    """The watch list beside the table."""
    sheet, v = model.sheet("Selection"), found.values
    more = if_(v["watched"] > rows, say("the first {shown} of {accounts}", shown=rows, accounts=v["watched"]), "")
    head(sheet, TOP, WHO, WHY, _("Watch list"), more)
    texts = ((WHO, _("Account"), "left"), (ITS, _("Score"), "right"), (RATE, _("Growth"), "right"), (WHY, _("Why"), ""))
    for col, text, align in texts:
        sheet.write(TOP + 2, col, text, **theme.heading(align=align or "left", indent=0 if align == "right" else 1))
    sheet.write(TOP + 1, WHO, iferror(words.watch_message(model, found), ""), font_size=11, bold=True)
    first = TOP + 3
    none = and_(v["scored"] > 0, v["watched"] == 0, if_(failed(found.watch), False, True))
    for i in range(rows):
        row, place = first + i, found.watched.cell(i)
        there = place > 0
        reason = found.reason.cell(i)
        sign = lit("● ")
        for start, mark in (("tied", "↔ "), ("earns", "▲ "), ("no", "▼ "), ("no score", "? ")):
            sign = if_(left(reason, len(start)) == start, mark, sign)
        name = index(found.names, max_(place, lit(1)))
        empty = if_(none, _("Nobody to watch"), "") if i == 0 else lit("")
        cells: tuple[tuple[int, X, X, dict[str, Any]], ...] = (
            (WHO, name, empty, {"indent": 1, "bold": True}),
            (ITS, found.watch.cell(i, 1), lit(""), {"num_format": "0.0", "align": "right"}),
            (RATE, found.watch.cell(i, 2), lit(""), {"num_format": theme.CHANGE, "align": "right", "shrink": True}),
            (WHY, cat(sign, reason), lit(""), {"indent": 1, "shrink": True}),
        )
        for col, value, other, look in cells:
            sheet.write(row, col, iferror(if_(there, value, other), ""), **theme.plain(**look))
    last = first + rows - 1
    hair = {"bottom": 1, "bottom_color": theme.HAIR}
    for mark, colour in (
        ("▼", theme.RISK_D),
        ("?", theme.RISK_D),
        ("▲", theme.GOOD_D),
        ("↔", theme.SPECIAL_D),
        ("●", theme.INK),
    ):
        rule = {"type": "text", "criteria": "begins with", "value": mark}
        look = model.book.bare(font_color=colour, **hair)
        sheet.ws.conditional_format(first, WHY, last, WHY, {**rule, "format": look})
    explained(sheet, (first, RATE, last, RATE), "change")
    ruled(sheet, (first, WHO, last, WHY), WHO)


BUILT_BY = (fill,)
