"""Divisions: where we sell in each account, how deep, and what is still open: the white space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import figure, head, legend, page, printed, so_what
from kam_xl.content.records import DIVISION_SLOTS
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    if_,
    iferror,
    index,
    isnumber,
    match,
    max_,
    or_,
    sumif,
    sumifs,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.divisions import chart, words
from kam_xl.pages.divisions.calc import (
    ACCOUNT_NO,
    DIVISION_NO,
    EMPTY,
    FIELD,
    GAP,
    OF_KNOWN,
    POTENTIAL,
    SOLD,
    WHITE,
    Wallet,
    calculate,
)

FIGURES, TOP = 3, 7  # rows: key figures, section label of the map
MOST, LEAST, SPARE = 18, 8, 2  # rows of the map; columns beyond the divisions that are in use
FIELDS = 8  # rows of the list of white fields
NAME, FIRST = 1, 2  # columns of the page
WIDE = 794  # pixels of all divisions
NARROW = 13  # from so many columns on, headings stand upright
AMOUNT = "#,##0;−#,##0;0"
BARS = "#F3CDB3"


@dataclass
class Frame:
    """Where things stand on the page."""

    rows: int
    cols: int

    @property
    def last(self) -> int:
        """Last row of the map."""
        return TOP + 1 + self.rows

    @property
    def right(self) -> int:
        """First column of the totals: white fields, sold, potential, share, gap."""
        return FIRST + self.cols + 1

    @property
    def end(self) -> int:
        """Last column."""
        return self.right + 4

    @property
    def below(self) -> int:
        """Section label of the lower part."""
        return self.last + 3


def fill(model: Model) -> None:
    """Write the page."""
    sheet = model.sheet("Divisions")
    w = calculate(model)
    given = model.tables.records.get("divisions", [])
    accounts = len({str(row.get("account")).lower() for row in given if row.get("account")})
    used = len(model.template.divisions)
    f = Frame(min(MOST, max(LEAST, accounts + 1)), min(DIVISION_SLOTS, max(LEAST, used + SPARE)))
    sheet.columns(16, 190, *[WIDE // f.cols] * f.cols, 16, 60, 72, 76, 60, 100, 16)
    for row, px in ((3, 20), (4, 32), (5, 20), (6, 8), (TOP + 1, 84 if f.cols >= NARROW else 36), (f.below - 1, 8)):
        sheet.height(row, px)
    sheet.height(TOP + 2, max(22, min(30, 430 // f.rows)), f.last)
    sheet.height(f.last + 1, 26)
    sheet.height(f.below + 1, 24)
    sheet.height(f.below + 2, 24, f.below + 1 + FIELDS)
    columns = _columns(model, w, f)
    title = model.calc.put("Divisions title", error_or(w.spaces, words.title(model, w)))
    sub = say("Divisions  ·  sold of what each division could buy, per year  ·  {unit}", unit=model.currency)
    rule = _("○ 0 nothing sold: white space  ·  ● all sold  ·  ? potential unknown  ·  n/a no such division")
    page(model.book, sheet, sheet.column_px, title & "", sub, rule)
    _figures(model, w, f)
    _map(model, w, f, columns)
    _totals(model, w, f, columns)
    narrow = f.cols >= NARROW
    chart.draw(model, w, columns, (f.below, FIRST, f.below + 1 + FIELDS, f.right - 2), narrow)
    _fields(model, w, f)
    last = f.below + 1 + FIELDS
    so_what(sheet, last + 1, NAME, f.end, words.lines(model, w, f.cols))
    printed(sheet, last + 5, most=last + 5)


def _columns(model: Model, w: Wallet, f: Frame) -> Range:
    """Number of the division in every column of the map: spare columns stand beside the names, where no hole is."""
    calc = w.sheet
    for j in range(f.cols):
        no = if_(w.divisions > f.cols, lit(j + 1), w.divisions - (f.cols - 1 - j))
        calc.write(30, 40 + j, max_(no, lit(0)))
    columns = calc.area(30, 40, 30, 39 + f.cols)
    # how deep we are in each division of the list, and how much is open there
    for k in range(DIVISION_SLOTS):
        numbers = w.column(DIVISION_NO)
        could = sumif(numbers, k + 1, w.column(POTENTIAL))
        calc.write(1 + k, 34, could)
        depth = if_(could > 0, sumif(numbers, k + 1, w.column(OF_KNOWN)) / could, "")
        calc.write(1 + k, 35, depth)
        # apart even where two are equal, so that each is found by its depth
        calc.write(1 + k, 36, if_(could > 0, calc.ref(1 + k, 35) + (k + 1) / 1e9, ""))
        calc.write(1 + k, 37, sumif(numbers, k + 1, w.column(GAP)))
        calc.write(1 + k, 38, sumif(numbers, k + 1, w.column(WHITE)))
    return columns


def _figures(model: Model, w: Wallet, f: Frame) -> None:
    sheet = model.sheet("Divisions")
    place = words.emptiest(w, 1)
    each = f.cols // 4
    starts = [FIRST + each * i for i in range(4)]
    fields = say(
        "{n, plural, one {# field} other {# fields}}, {share:0%} of the gap",
        n=w.fields,
        share=iferror(w.white / w.gap, 0),
    )
    depth = say("{share:0%} sold", share=index(words.depths(w), max_(place, lit(1))))
    accounts = say("{n, plural, one {# account} other {# accounts}}", n=w.accounts)
    known = [if_(w.known == 1, x, "–") for x in (w.share + 0, w.sold + 0, w.potential + 0, w.gap + 0, w.white + 0)]
    number = {"num_format": AMOUNT}
    figures: list[tuple[int, int, str, X, X, dict[str, Any]]] = [
        (NAME, NAME, _("Share of wallet"), known[0], accounts, {"num_format": "0%", "edge": theme.BLUE_D}),
        (starts[0], starts[1] - 1, _("Sold"), known[1], model.currency & "", number),
        (starts[1], starts[2] - 1, _("Potential"), known[2], model.currency & "", number),
        (starts[2], starts[3] - 1, _("Gap: left to win"), known[3], model.currency & "", number),
        (starts[3], f.right - 2, _("○ White space: nothing sold"), known[4], fields,
         {**number, "edge": theme.RISK, "colour": theme.RISK_D}),
        (f.right, f.end, _("Emptiest division"), if_(place == 0, "–", words.division(w, place)), depth,
         {"edge": theme.RISK}),
    ]  # fmt: skip
    for c1, c2, label, value, note, look in figures:
        shown = iferror(if_(w.known == 1, note, ""), "")
        figure(sheet, FIGURES, c1, c2, label, iferror(if_(w.known == 1, value, "–"), "–"), shown, **look)


def _map(model: Model, w: Wallet, f: Frame, columns: Range) -> None:
    """Accounts by divisions: how much of its potential each field buys."""
    sheet, calc = model.sheet("Divisions"), w.sheet
    head(sheet, TOP, NAME, f.right - 2, _("Sold of the potential, %: largest gap first"))
    legend(
        sheet,
        TOP,
        f.right - 2,
        [
            (theme.BLUE_D, "75–100"),
            (theme.BLUE, "50–74"),
            ("#8CC0E0", "25–49"),
            ("#C9DFF0", "1–24"),
            (theme.RISK, "○ 0"),
        ],
    )
    sheet.write(TOP + 1, NAME, _("Account"), **theme.heading())
    upright = f.cols >= NARROW
    for j in range(f.cols):
        no = columns.cell(0, j)
        look = theme.heading(align="center", font_color=theme.INK, **({"rotation": 90} if upright else {}))
        sheet.write(TOP + 1, FIRST + j, if_(no == 0, "", words.division(w, no)), **look)
    cell = {
        "align": "center",
        "num_format": '[>=100]"●"0;[=0]"○ "0;0' if upright else '[>=100]"● "0;[=0]"○ "0;0',
        "font_size": 8 if upright else 10,
    }
    edge = {"bottom": 1, "bottom_color": theme.WHITE, "right": 1, "right_color": theme.WHITE}
    numbers = w.column(ACCOUNT_NO), w.column(DIVISION_NO)
    for i in range(f.rows):
        row, label = TOP + 2 + i, w.order.cell(i, 1)
        place = calc.write(1 + i, 62, iferror(if_(isnumber(label), label, 0), 0))
        name = if_(or_(w.known == 0, place == 0), "", w.name(place) & "")
        sheet.write(row, NAME, iferror(name, ""), **theme.plain(bold=True))
        for j in range(f.cols):
            no = columns.cell(0, j)
            have = calc.write(1 + i, 64 + 2 * j, _sum(w, SOLD, numbers, place, no))
            could = calc.write(1 + i, 65 + 2 * j, _sum(w, POTENTIAL, numbers, place, no))
            depth = have / could * 100
            sold = if_(have >= could * (1 - 1e-9), max_(depth, lit(100)), depth)
            shown = if_(could > 0, sold, if_(have > 0, "?", _("n/a")))
            nothing = or_(w.known == 0, place == 0, no == 0)
            sheet.write(row, FIRST + j, iferror(if_(nothing, "", shown), ""), **theme.plain(**cell, **edge))
    _heat(model, (TOP + 2, FIRST, f.last, FIRST + f.cols - 1))


def _sum(w: Wallet, amounts: int, numbers: tuple[Range, Range], place: X, no: X) -> X:
    found = sumifs(w.column(amounts), (numbers[0], place), (numbers[1], no))
    return if_(or_(place == 0, no == 0), 0, found)


def _heat(model: Model, area: tuple[int, int, int, int]) -> None:
    """Steps of blue; white space on the tint of risk, in bold with its sign; what is no number is quiet."""
    sheet, book = model.sheet("Divisions"), model.book
    cell = xl_rowcol_to_cell(area[0], area[1])
    line = {"bottom": 1, "bottom_color": theme.WHITE, "right": 1, "right_color": theme.WHITE}
    looks = (
        (f"AND(ISTEXT({cell}),LEN({cell})>0)", {"font_color": theme.MUTED}),
        (
            f"AND(ISNUMBER({cell}),{cell}=0)",
            {"bg_color": theme.RISK_T, "font_color": theme.RISK_D, "bold": True, **line},
        ),
        (f"AND(ISNUMBER({cell}),{cell}>=75)", {"bg_color": theme.BLUE_D, "font_color": theme.WHITE, **line}),
        (f"AND(ISNUMBER({cell}),{cell}>=50)", {"bg_color": theme.BLUE, "font_color": theme.WHITE, **line}),
        (f"AND(ISNUMBER({cell}),{cell}>=25)", {"bg_color": "#8CC0E0", "font_color": theme.INK, **line}),
        (f"AND(ISNUMBER({cell}),{cell}>0)", {"bg_color": "#C9DFF0", "font_color": theme.INK, **line}),
    )
    for rule, look in looks:
        sheet.ws.conditional_format(
            *area, {"type": "formula", "criteria": f"={rule}", "format": book.bare(**look), "stop_if_true": True}
        )


def _totals(model: Model, w: Wallet, f: Frame, columns: Range) -> None:
    """What each account buys and could buy; what all buy of each division."""
    sheet, calc = model.sheet("Divisions"), w.sheet
    over = if_(w.accounts > f.rows, say("the first {rows} of {accounts}", rows=f.rows, accounts=w.accounts), "")
    head(sheet, TOP, f.right, f.end, _("Share of wallet"), over)
    titles = (_("White fields"), _("Sold"), _("Potential"), _("Share of wallet"), _("Gap"))
    for j, text in enumerate(titles):
        sheet.write(TOP + 1, f.right + j, text, **theme.heading(align="right"))
    numbers = w.column(ACCOUNT_NO)
    forms = ("0", AMOUNT, AMOUNT, "0%", AMOUNT)
    for i in range(f.rows):
        place = calc.ref(1 + i, 62)
        sold, could, held, gap = (sumif(numbers, place, w.column(j)) for j in (SOLD, POTENTIAL, OF_KNOWN, GAP))
        fields = sumif(numbers, place, w.column(EMPTY))
        share = if_(could > 0, held / could, _("n/a"))
        for j, value in enumerate((fields, sold, could, share, gap)):
            shown = iferror(if_(or_(w.known == 0, place == 0), "", value), "")
            look = theme.plain(num_format=forms[j], align="right", bold=j == 4)
            sheet.write(TOP + 2 + i, f.right + j, shown, **look)
    area = (TOP + 2, f.right + 4, f.last, f.right + 4)
    bar = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BARS, "bar_border_color": BARS}
    sheet.ws.conditional_format(*area, {**bar, "min_type": "num", "min_value": 0})
    line = model.book.bare(bottom=1, bottom_color=theme.HAIR)
    rule = {"type": "formula", "criteria": f"=LEN({xl_rowcol_to_cell(TOP + 2, NAME, col_abs=True)})>0", "format": line}
    sheet.ws.conditional_format(TOP + 2, f.right, f.last, f.right + 3, rule)
    sheet.ws.conditional_format(TOP + 2, NAME, f.last, NAME, rule)
    first = xl_rowcol_to_cell(TOP + 2, FIRST)
    bridge = f"=AND(LEN({xl_rowcol_to_cell(TOP + 2, NAME, col_abs=True)})>0,LEN({first})=0)"  # over spare columns
    rule = {"type": "formula", "criteria": bridge, "format": line}
    sheet.ws.conditional_format(TOP + 2, FIRST, f.last, FIRST + f.cols - 1, rule)
    row = f.last + 1
    sheet.band(row, NAME, f.right - 2, **theme.total())
    sheet.write(row, NAME, _("All accounts, %"), **theme.total())
    for j in range(f.cols):
        no = columns.cell(0, j)
        depth = index(words.depths(w), max_(no, lit(1)))
        shown = if_(or_(w.known == 0, no == 0), "", if_(isnumber(depth), depth * 100, "–"))
        small_ = {"font_size": 8} if f.cols >= NARROW else {}
        sheet.write(row, FIRST + j, iferror(shown, ""), **theme.total(align="center", num_format="0", **small_))
    for j, value in enumerate((w.fields, w.sold, w.potential, w.share, w.gap)):
        shown = if_(w.known == 1, value + 0, "–")
        sheet.write(row, f.right + j, shown, **theme.total(num_format=forms[j], align="right"))


def _fields(model: Model, w: Wallet, f: Frame) -> None:
    """The largest white fields."""
    sheet, top = model.sheet("Divisions"), f.below
    more = if_(w.fields > FIELDS, say("the first {rows} of {fields}", rows=FIELDS, fields=w.fields), "")
    head(sheet, top, f.right, f.end, _("Largest white fields"), if_(w.known == 1, more, ""))
    for c, text, align in ((0, _("Account"), "left"), (2, _("Division"), "left"), (4, _("Worth"), "right")):
        sheet.write(top + 1, f.right + c, text, **theme.heading(align=align, text_wrap=False))
    for c in (1, 3):
        sheet.write(top + 1, f.right + c, "", **theme.heading())
    for i in range(FIELDS):
        row = top + 2 + i
        place = w.sheet.write(1 + i, 60, if_(w.known == 1, iferror(match(i + 1, w.column(FIELD)), 0), 0))
        found = max_(place, lit(1))
        name, what, worth = (index(w.spaces.column(j), found) for j in (0, 1, 5))
        cells: list[tuple[int, X, dict[str, Any]]] = [
            (0, short(name & "", 25), {"bold": True, "font_size": 9}),
            (2, what & "", {"font_size": 9}),
            (4, worth + 0, {"num_format": '"○ "#,##0', "bold": True, "font_color": theme.RISK_D}),
        ]
        sheet.band(row, f.right, f.end, **theme.body())
        for c, value, look in cells:
            sheet.write(row, f.right + c, iferror(if_(place == 0, "", value), ""), **theme.body(**look))


BUILT_BY = (fill,)
