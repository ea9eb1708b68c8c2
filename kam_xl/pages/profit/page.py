"""Profit: what to do with each class of customer, what serving them costs, who earns the profit, who gives it back."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import figure, head, legend, page, printed, ruled, so_what
from kam_xl.formulas.formula import Ref, X, cat, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    if_,
    iferror,
    index,
    length,
    max_,
    sum_,
    sumifs,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.profit import chart, words
from kam_xl.pages.profit.calc import (
    CLASS,
    DISCOUNTED,
    MARGIN,
    NAME,
    PRODUCT,
    PROFIT,
    QUADRANT,
    REVENUE,
    SERVED,
    SIMPLE,
    Profit,
    calculate,
    in_cell,
    in_quadrant,
    place_of,
    spread,
)

FIGURES, GRID, LIST = 3, 7, 23  # rows: key figures, section label of the upper half, of the lower half
BOX = 3  # rows of a box of the grid
SHOWN, WORST = 14, 5  # rows of the table; those kept for the worst accounts if there are more
CLASS_COL, RANK, LAST = 1, 7, 15  # columns: the grid from the first on, the table right of it
AMOUNT = "#,##0;−#,##0;0"
SIGNED = "+#,##0;−#,##0;0"

BLUE_D, BLUE, PLAIN, AMBER, PINK, RED = range(6)
LOOKS: tuple[dict[str, str], ...] = (
    {"bg_color": theme.BLUE_D, "font_color": theme.WHITE},
    {"bg_color": theme.BLUE, "font_color": theme.WHITE},
    {"bg_color": theme.BLUE_T, "font_color": theme.INK},
    {"bg_color": theme.RISK_T, "font_color": theme.RISK_D},
    {"bg_color": theme.SPECIAL_T, "font_color": theme.SPECIAL_D},
    {"bg_color": theme.RISK_F, "font_color": theme.WHITE},
)
EMPTY = {"bg_color": theme.PANEL, "font_color": theme.MUTED}  # a box without accounts


def _boxes() -> dict[str, tuple[tuple[str, str, int], ...]]:
    """What to do, how, and the look: customer class by product class."""
    automate = (_("Reprice"), _("or automate"), AMBER)
    leave = (_("Exit"), _("or reprice"), RED)
    return {
        "A": (
            (_("Protect"), _("executive sponsor"), BLUE_D),
            (_("Protect"), _("bundle"), BLUE_D),
            (_("Grow"), _("migrate up"), BLUE),
            automate,
        ),
        "B": (
            (_("Grow"), _("joint roadmap"), BLUE),
            (_("Grow"), _("cross-sell"), BLUE),
            (_("Keep"), _("standard terms"), PLAIN),
            automate,
        ),
        "C": (
            (_("Grow"), _("promote to a larger plan"), BLUE),
            (_("Keep"), _("standard terms"), PLAIN),
            (_("Fix"), _("lower service cost"), PINK),
            (_("Fix"), _("self-service only"), PINK),
        ),
        "D": ((_("Fix"), _("minimum order"), PINK), (_("Fix"), _("lower service cost"), PINK), leave, leave),
    }


def fill(model: Model) -> None:
    """Write the page."""
    sheet = model.sheet("Profit")
    p = calculate(model)
    sheet.columns(16, 56, *[146] * 4, 24, 28, 170, 100, 52, 60, 78, 78, 44, 94, 16)
    _heights(model)
    known = model.calc.put("profit: known", if_(p.accounts == 0, 0, if_(failed(p.table), 0, 1)))
    shares = iferror(index(p.whale.column(4), max_(p.earning, lit(1))) + 0, 0)
    peak = model.calc.put("profit: peak", if_(p.curve == 1, shares, 0))
    title = model.calc.put("Profit title", error_or(p.table, words.title(p, peak)))
    period = say("Profit  ·  revenue and costs {year}  ·  {unit}", year=p.year, unit=model.currency)
    rule = _("profit = revenue − direct cost − cost to sell, to serve and other cost")
    page(model.book, sheet, sheet.column_px, title & "", period, rule)
    _figures(model, p, known, peak)
    _grid(model, p, known)
    message = model.calc.put("Profit: message of the matrix", words.costly(p, known))
    verbs = {
        "protect": _("PROTECT"), "reprice": _("REPRICE"), "maintain": _("MAINTAIN"), "exit": _("EXIT"),
    }  # fmt: skip
    parts = {quadrant: in_quadrant(p, quadrant) for quadrant in verbs}
    counted = say(
        "protect {protect} + reprice {reprice} + maintain {maintain} + exit {exit} ="
        " {both, plural, one {# account} other {# accounts}}",
        both=p.both,
        **parts,
    )
    head(sheet, GRID, RANK, LAST, _("Revenue (up) and cost to serve (across)"))
    legend(sheet, GRID, LAST, [(theme.BLUE, _("● profit")), (theme.RISK, _("◆ loss"))])
    chart.matrix(model, p, verbs, message, (GRID + 1, RANK, GRID + 1 + 4 * BOX, LAST))
    gross = iferror(sum_(p.table.column(2)) / sum_(p.table.column(1)), 0)
    even = say("{counted}  ·  break-even at {gross:0%} gross margin", counted=counted, gross=gross)
    sheet.write(GRID + 2 + 4 * BOX, RANK, iferror(if_(p.both == 0, "", even), "–"), **theme.note())
    sheet.write(GRID + 2 + 4 * BOX, LAST, words.line_rule(model, p), **theme.note(align="right"))
    head(sheet, LIST, CLASS_COL, 5, _("Whale curve: cumulative profit, % of total"), _("most profitable first"))
    whale = model.calc.put("Profit: message of the whale", words.whale(p, known, model.currency))
    chart.whale(model, p, peak, whale, (LIST + 1, CLASS_COL, LIST + 1 + SHOWN, 5))
    _table(model, p, known)
    last = LIST + SHOWN + 2
    so_what(sheet, last + 1, CLASS_COL, LAST, words.lines(model, p, known), height=22)
    printed(sheet, last + 6, most=last + 6)


def _heights(model: Model) -> None:
    sheet = model.sheet("Profit")
    for row, px in ((3, 20), (4, 32), (5, 20), (6, 8), (GRID, 24), (GRID + 1, 24), (LIST - 1, 8), (LIST + 1, 36)):
        sheet.height(row, px)
    sheet.height(GRID + 2, 24, GRID + 1 + 4 * BOX)
    sheet.height(GRID + 2 + 4 * BOX, 20)
    sheet.height(LIST + 2, 22, LIST + 1 + SHOWN)
    sheet.height(LIST + 2 + SHOWN, 18)


def _figures(model: Model, p: Profit, known: Ref, peak: Ref) -> None:
    """The key figures over both halves."""
    sheet, s = model.sheet("Profit"), model.settings
    gross = iferror(sum_(p.table.column(2)), 0)
    worth, simple = (iferror(sum_(p.column(j)), 0) for j in (DISCOUNTED, SIMPLE))
    years = say(
        "at {discount:0%}, {open, select, true {while they stay} other {{years} years}}",
        discount=s["discount"],
        open=length(s["clv_years"]) == 0,
        years=s["clv_years"],
    )
    number = count(p.column(DISCOUNTED))
    form = AMOUNT
    all_of = say("of {accounts, plural, one {# account} other {# accounts}}", accounts=p.accounts)
    share = if_(p.revenue > 0, p.revenue, lit(1))

    def of_revenue(amount: X) -> X:
        return say("{share:0%} of revenue", share=amount / share)

    part: dict[str, Any] = {"num_format": form}
    first = {**part, "edge": theme.BLUE_D}
    figures: list[tuple[int, int, X, X, X, dict[str, Any]]] = [
        (1, 2, say("Revenue {year}", year=p.year), p.revenue + 0, all_of, part),
        (3, 3, lit(_("Gross margin")), gross, of_revenue(gross), part),
        (4, 4, lit(_("Cost to serve")), p.served + 0, of_revenue(p.served), part),
        (5, 5, lit(_("Profit")), p.total + 0, of_revenue(p.total), first),
        (7, 8, lit(_("Peak of the whale curve")), if_(p.curve == 1, peak + 0, "–"),
         say("earned by {earning} of {accounts}", earning=p.earning, accounts=p.accounts),
         {"num_format": "0%", "edge": theme.BLUE_D}),
        (9, 11, lit(_("◆ Given back by losses")), p.loss + 0,
         say("by {losing, plural, one {# account} other {# accounts}}", losing=p.losing),
         {"num_format": form, "edge": theme.RISK, "colour": theme.RISK_D}),
        (12, 13, lit(_("Lifetime value, discounted")), if_(number == 0, "–", worth + 0),
         years, part),
        (14, 15, lit(_("Lifetime value, simple")), if_(count(p.column(SIMPLE)) == 0, "–", simple + 0),
         lit(_("no discount")), part),
    ]  # fmt: skip
    for c1, c2, label, value, note, look in figures:
        shown = iferror(if_(known == 1, value, "–"), "–")
        figure(sheet, FIGURES, c1, c2, label, shown, iferror(if_(known == 1, note, ""), ""), **look)


def _grid(model: Model, p: Profit, known: Ref) -> None:
    """What to do: the action of each box, and the accounts that stand in it now."""
    sheet, s = model.sheet("Profit"), model.settings
    head(sheet, GRID, CLASS_COL, 5, _("What to do: customer class by product class"), _("accounts and their profit"))
    heads = (_("1  best margin"), _("2  good margin"), _("3  low margin"), _("4  worst margin"))
    for j, text in enumerate(("", *heads)):
        sheet.write(GRID + 1, CLASS_COL + j, text, **theme.heading(align="center", font_color=theme.INK, bottom=0))
    profits, classes, products = (p.column(j) for j in (PROFIT, CLASS, PRODUCT))
    centred = {"align": "center", **EMPTY}
    line = {"right": 5, "right_color": theme.WHITE}
    placed: X = lit(0)
    for i, (letter, boxes) in enumerate(_boxes().items()):
        top = GRID + 2 + BOX * i
        sheet.write(top + 1, CLASS_COL, letter, font_size=14, bold=True, align="center")
        whole = countif(classes, letter)
        sheet.write(
            top + 2, CLASS_COL, if_(known == 1, say("n = {n}", n=whole), ""), **theme.note(align="center", valign="top")
        )
        for j, (verb, how, look) in enumerate(boxes, 1):
            col = CLASS_COL + j
            held = model.calc.put(f"profit: accounts in {letter}{j}", in_cell(p, letter, j))
            placed = held + placed
            amount = sumifs(profits, (classes, letter), (products, j))
            said = say(
                "{held, plural, one {# account} other {# accounts}}  ·  {profit:+#,##0}", held=held, profit=amount
            )
            sheet.write(top, col, verb, bold=True, valign="bottom", **centred, **line, top=5, top_color=theme.WHITE)
            sheet.write(top + 1, col, how, font_size=9, **centred, **line)
            sheet.write(
                top + 2,
                col,
                iferror(if_(held == 0, "–", said), "–"),
                font_size=9,
                bold=True,
                valign="top",
                **centred,
                **line,
            )
            cell = f"LEFT({chr(65 + col)}${top + 3},1)"
            rule = {"type": "formula", "criteria": f'={cell}<>"–"', "format": model.book.bare(**LOOKS[look])}
            sheet.ws.conditional_format(top, col, top + 2, col, rule)
    others = p.accounts - placed
    note = say(
        "A–C: by share of profit, up to {a:0%} and {b:0%}  ·  D: no profit  ·  1–4: as typed on Costs"
        "{more, select, true {  ·  without class: {others}} other {}}",
        a=s["a_cut"],
        b=s["b_cut"],
        more=others > 0,
        others=others,
    )
    sheet.write(GRID + 2 + 4 * BOX, CLASS_COL, iferror(note, ""), **theme.note())


def _table(model: Model, p: Profit, known: Ref) -> None:
    """The accounts by profit, and what they are worth while they stay."""
    sheet, calc = model.sheet("Profit"), p.sheet
    shown_are = say(
        "the best {best} and the worst {worst} of {accounts}",
        best=SHOWN - WORST - 1,
        worst=WORST,
        accounts=p.accounts,
    )
    more = if_(p.accounts > SHOWN, shown_are, "")
    head(sheet, LIST, RANK, LAST, _("Accounts by profit"), more)
    titles = (
        "#", _("Account"), _("Profit"), _("Margin"), _("Cost to serve, %"), _("Lifetime value, simple"),
        _("Lifetime value, discounted"), _("Class"), _("Quadrant"),
    )  # fmt: skip
    for j, text in enumerate(titles):
        left_side = j in (1, 8)
        align = "center" if j == 7 else "left" if left_side else "right"
        sheet.write(LIST + 1, RANK + j, text, **theme.heading(align=align, indent=1 if left_side else 0))
    for i in range(SHOWN):
        row = LIST + 2 + i
        rank = calc.write(1 + i, 50, if_(known == 1, spread(p.accounts, i, SHOWN, WORST, 1), 0))
        place = calc.write(1 + i, 51, iferror(if_(rank == 0, 0, place_of(p, rank)), 0))
        revenue, served, product = (p.of(j, place) for j in (REVENUE, SERVED, PRODUCT))
        share = if_(revenue > 0, served / revenue, _("n/a"))
        word = p.of(QUADRANT, place) & ""
        sign = if_(word == "protect", "▲ ", if_(word == "reprice", "◆ ", if_(word == "exit", "▼ ", "= ")))
        cells: list[tuple[X, dict[str, Any]]] = [
            (rank + 0, {"font_color": theme.MUTED, "align": "right"}),
            (p.of(NAME, place) & "", {"indent": 1, "bold": True}),
            (p.of(PROFIT, place) + 0, {"num_format": SIGNED, "bold": True}),
            (p.of(MARGIN, place), {"num_format": "0%;−0%;0%", "align": "right"}),
            (share, {"num_format": "0%", "align": "right"}),
            (p.of(SIMPLE, place), {"num_format": AMOUNT, "align": "right"}),
            (p.of(DISCOUNTED, place), {"num_format": AMOUNT, "align": "right"}),
            (cat(p.of(CLASS, place), if_(length(product) == 0, "", product)), {"align": "center"}),
            (if_(length(word) == 0, "–", cat(sign, word)), {"indent": 1}),
        ]
        for j, (value, look) in enumerate(cells):
            if j in (5, 6):  # blank without a retention
                value = if_(length(value) == 0, "–", value)
            shown: X = if_(place == 0, "", value)
            if i == SHOWN - WORST - 1 and j == 1:
                hidden = p.accounts - SHOWN + 1
                shown = if_(p.accounts > SHOWN, say("… {hidden} more", hidden=hidden), shown)
            sheet.write(row, RANK + j, iferror(shown, ""), **theme.plain(**look))
    last = LIST + 1 + SHOWN
    _marks(model, last)
    ruled(sheet, (LIST + 2, RANK, last, LAST), RANK + 1)
    note = _("lifetime value: yearly profit × retention, year after year; discounted: later years count less")
    sheet.write(last + 1, RANK, note, **theme.note())


def _marks(model: Model, last: int) -> None:
    """Losses in the colour of risk, with their sign; rules hold the hairline too, since Calc takes the first one."""
    sheet, book, top = model.sheet("Profit"), model.book, LIST + 2
    line = {"bottom": 1, "bottom_color": theme.HAIR}
    red = book.bare(font_color=theme.RISK_D, **line)
    profit = f"{chr(65 + RANK + 2)}{top + 1}"
    rule = {"type": "formula", "criteria": f"=AND(ISNUMBER(${profit}),${profit}<0)", "format": red}
    sheet.ws.conditional_format(top, RANK + 2, last, RANK + 3, rule)
    bar = {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#C5DCEF",
        "bar_border_color": "#C5DCEF", "bar_negative_color": theme.RISK_T, "bar_negative_border_color": theme.RISK_T,
    }  # fmt: skip
    sheet.ws.conditional_format(top, RANK + 2, last, RANK + 2, bar)
    sheet.ws.conditional_format(top, RANK + 5, last, RANK + 6, rule)
    looks = {"▲": theme.BLUE_D, "◆": theme.SPECIAL_D, "▼": theme.RISK_D}
    for sign, colour in looks.items():
        rule = {"type": "text", "criteria": "begins with", "value": sign}
        sheet.ws.conditional_format(
            top, LAST, last, LAST, {**rule, "format": book.bare(font_color=colour, bold=True, **line)}
        )


BUILT_BY = (fill,)
