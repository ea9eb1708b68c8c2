"""ABC: tiers over the chosen years and for each year, and who moved between the first and the last."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import explained, head, legend, page, printed, printed_note, ruled, so_what
from kam_xl.canvas.results import Pareto, Revenue, Totals
from kam_xl.formulas.areas import Choice, Picked, Places, columns_of, largest, where
from kam_xl.formulas.formula import Range, Scalar, X, lit, words
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
    max_,
    sum_,
)
from kam_xl.formulas.messages import say
from kam_xl.formulas.rows import each
from kam_xl.input_sheets.revenue import basis_amounts
from kam_xl.locale import _

PRINTED = 26  # rows of the list on paper
SHOWN_ROWS = 300  # accounts listed with their years; every account's class stands on Revenue
ORDER = "ABC"
LIST = 12  # first row of the table by year
NAME, CLASS = 1, 2
MOVED = 0  # column of calc_tiers
SORTED, PLACE = 1, 2  # columns of calc_falling, beside the amounts of the Pareto page


def fill(model: Model, revenue: Revenue, pareto: Pareto) -> None:
    """Write the page."""
    sheet, s = model.sheet("ABC"), model.settings
    slots = min(max(len(model.tables.years), 3), 5)
    pairs = [w for _k in range(slots) for w in (72, 48)]
    sheet.columns(16, 200, 56, *pairs, 80, 80, 104, 24, *[88] * 5, 16)
    growth = CLASS + 1 + 2 * slots
    first, last = growth + 4, growth + 8
    amounts, cuts = pareto.largest_first, (s["a_cut"], s["b_cut"], s["rule"])
    summary = model.kam(model.sheet("calc_revenue"), 4, 36, "KAM_ABC_SUMMARY", amounts, *cuts, rows=3)
    put = model.calc.put
    tiers = revenue.classes_by_year
    ends = [columns_of(tiers, lit(1)), columns_of(tiers, max_(revenue.years, lit(1)))]
    moves = _moves(model, ends)
    up = put("accounts moved up", moves.cell(1, 0) + moves.cell(2, 0) + moves.cell(2, 1))
    down = put("accounts moved down", moves.cell(0, 1) + moves.cell(0, 2) + moves.cell(1, 2))
    a_share = summary.cell(0, 4)
    story = say(
        "A accounts make {share:0%} of revenue; {up} moved up, {down} moved down", share=a_share, up=up, down=down
    )
    one = say("A accounts make {share:0%} of revenue", share=a_share)
    title = error_or(
        summary, if_(pareto.total > 0, if_(revenue.years > 1, story, one), _("No revenue yet: type it on Revenue"))
    )
    rule = say("A: to {a:0%}  ·  B: to {b:0%}  ·  rule: {rule}", a=s["a_cut"], b=s["b_cut"], rule=s["rule"])
    sub = say("ABC analysis  ·  revenue {period}  ·  {unit}", period=revenue.period, unit=model.currency)
    page(model.book, sheet, sheet.column_px, title, sub, iferror(rule, ""))
    _summary(model, summary, growth)
    _by_year(model, slots, growth, first)
    _chart(model, summary, first, last)
    _movement(model, moves, up + down, first, last)
    used = min(len(model.tables.revenue), SHOWN_ROWS)
    printed(sheet, max(LIST + used, 28), most=LIST + PRINTED - 1)


def _summary(model: Model, summary: Range, growth: int) -> None:
    sheet = model.sheet("ABC")
    head(sheet, 3, NAME, growth + 2, say("Classes, revenue {period}", period=model.of(Revenue).period))
    texts = [_("Class"), _("Accounts"), _("Share"), "", _("Revenue"), "", _("Share"), "", _("Average")]
    places = [NAME, CLASS, CLASS + 1, 0, CLASS + 3, 0, CLASS + 5, 0, growth]
    sheet.band(4, NAME, growth + 2, **theme.heading())
    for text, col in zip(texts, places, strict=True):
        if col:
            sheet.write(4, col, text, **theme.heading(align="left" if col == NAME else "right"))
    sheet.write(4, growth + 1, _("Service model"), **theme.heading(align="left", indent=1))
    words = [_("A  vital"), _("B  important"), _("C  standard")]
    for i in range(3):
        row = 5 + i
        sheet.height(row, 40)
        sheet.band(row, NAME, growth + 2, **theme.body())
        count, share, revenue, part = (iferror(summary.cell(i, j) + 0, 0) for j in (1, 2, 3, 4))
        sheet.write(row, NAME, words[i], **theme.body(bold=True, font_color=(theme.BLUE_D, theme.BLUE, theme.MUTED)[i]))
        sheet.write(row, CLASS, count, **theme.body(num_format="#,##0"))
        sheet.write(row, CLASS + 1, share, **theme.body(num_format="0%"))
        sheet.write(row, CLASS + 3, revenue, **theme.body(num_format="#,##0", shrink=True))
        sheet.write(row, CLASS + 5, part, **theme.body(num_format="0%", bold=True))
        sheet.write(row, growth, if_(count == 0, "", revenue / count), **theme.body(num_format="#,##0"))
        sheet.write(row, growth + 1, model.lists["service"].cell(i) & "", **theme.body(indent=1))
    sheet.band(8, NAME, growth + 2, **theme.total())
    sheet.write(8, NAME, _("Total"), **theme.total())
    for col, form in ((CLASS, "#,##0"), (CLASS + 1, "0%"), (CLASS + 3, "#,##0"), (CLASS + 5, "0%")):
        sheet.write(8, col, sum_(sheet.area(5, col, 7, col)), **theme.total(num_format=form, shrink=True))
    sheet.height(9, 8)


def _by_year(model: Model, slots: int, growth: int, first: int) -> None:
    totals = model.of(Totals)
    pareto = model.of(Pareto)
    revenue = model.of(Revenue)
    sheet = model.sheet("ABC")
    signs = _("▲ up  ▼ down  = same  ● new  ○ lost")
    note = if_(length(revenue.partial) == 0, signs, say("only partly filled: {years}", years=revenue.partial))
    some = say("the last {shown} of {years} years  ·  {note}", shown=slots, years=revenue.years, note=note)
    note = if_(revenue.years > slots, some, note)
    paper = printed_note(pareto.accounts, PRINTED)
    title = if_(length(paper) == 0, _("Class by year"), say("Class by year  ·  {paper}", paper=paper))
    head(sheet, 10, NAME, growth + 2, title, note)
    sheet.band(11, NAME, growth + 2, **theme.heading())
    sheet.write(11, NAME, _("Account"), **theme.heading())
    sheet.write(11, CLASS, _("Class"), **theme.heading(align="center"))
    years = revenue.names
    offset = model.calc.put("years left out on ABC", max_(lit(0), revenue.years - slots))
    numbers = []
    for k in range(slots):
        number = model.calc.put(f"year in place {k + 1} on ABC", if_(revenue.years > k, offset + (k + 1), 0))
        numbers.append(number)
        title = if_(number == 0, "", index(years, max_(number, lit(1))))
        sheet.write(11, CLASS + 1 + 2 * k, title, **theme.heading(align="right"))
        sheet.write(11, CLASS + 2 + 2 * k, if_(number == 0, "", _("Class")), **theme.heading(align="center"))
    sheet.write(11, growth, _("Last year"), **theme.heading(align="right"))
    sheet.write(11, growth + 1, _("Per year"), **theme.heading(align="right"))
    sheet.write(11, growth + 2, _("Movement"), **theme.heading(align="left", indent=1))
    names = model.inputs["Revenue.Account"]
    places = Places(names, totals.revenue)
    # places on Revenue instead of names: nothing has to be looked up
    wrong = model.calc.put("revenue cannot be sorted", failed(pareto.table))
    order = Choice(wrong, lit(""), largest(places, basis_amounts(model), SHOWN_ROWS))
    falling = model.sheet("calc_falling").array(1, SORTED, order, min(names.rows, SHOWN_ROWS))
    rows = falling.rows
    px = max(20, min(32, 480 // max(len(model.tables.revenue), 1)))
    values, tiers = model.inputs["Revenue"], revenue.classes_by_year
    sheet.height(LIST, px, LIST + rows - 1)
    place = if_(isnumber(each(falling)), each(falling), 0)
    at = each(model.sheet("calc_falling").fill(1, PLACE, place, rows))
    found = max_(at, lit(1))
    name = index(model.inputs["Revenue.Account"], found)
    named = iferror(if_(at == 0, "", if_(length(name) == 0, "", name)), "")
    sheet.fill(LIST, NAME, named, rows, **theme.plain())
    tier = iferror(if_(at == 0, "", index(revenue.classes, found) & ""), "")
    sheet.fill(LIST, CLASS, tier, rows, **theme.plain(align="center"))
    number_look = theme.plain(num_format="#,##0;−#,##0;0", align="right", shrink=True)
    for k, number in enumerate(numbers):
        year = max_(number, lit(1))
        cell, tier = index(values, found, year), index(tiers, found, year) & ""
        shown = and_(at > 0, number > 0)
        sold = iferror(if_(shown, if_(length(cell) == 0, "–", cell), ""), "")
        sheet.fill(LIST, CLASS + 1 + 2 * k, sold, rows, **number_look)
        tier = iferror(if_(shown, if_(length(tier) == 0, "–", tier), ""), "")
        sheet.fill(LIST, CLASS + 2 + 2 * k, tier, rows, **theme.plain(align="center"))
    before, now = (index(values, found, max_(revenue.years - k, lit(1))) for k in (1, 0))
    grew = and_(at > 0, revenue.years > 1, isnumber(before), isnumber(now))
    change = iferror(if_(grew, if_(before > 0, now / before - 1, ""), ""), "")
    change_look = theme.plain(num_format=theme.CHANGE, align="right")
    sheet.fill(LIST, growth, change, rows, **change_look)
    sheet.fill(LIST, growth + 1, iferror(if_(at == 0, "", index(revenue.cagr, found)), ""), rows, **change_look)
    start, end = (index(tiers, found, lit(1)) & ""), (index(tiers, found, max_(revenue.years, lit(1))) & "")
    moved = iferror(if_(and_(at > 0, revenue.years > 1), _moved(start, end), ""), "")
    sheet.fill(LIST, growth + 2, moved, rows, **theme.plain(indent=1))
    last = LIST + rows - 1
    _tier_colours(model, (LIST, CLASS, last, growth - 1))
    explained(sheet, (LIST, growth, last, growth + 1), "change")
    for sign, colour in (("▲", theme.GOOD_D), ("▼", theme.RISK_D), ("●", theme.SPECIAL_D), ("○", theme.SPECIAL_D)):
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": model.book.bare(font_color=colour)}
        sheet.ws.conditional_format(LIST, growth + 2, last, growth + 2, rule)
    ruled(sheet, (LIST, NAME, last, growth + 2), NAME)


def _moved(start: X, end: X) -> X:
    """What happened to an account between the first and the last year, in signs and words."""
    moved = say("{way, select, up {▲} other {▼}} {start} → {end}", way=if_(end < start, "up", ""), start=start, end=end)
    both = if_(start == end, say("= {tier}", tier=end), moved)
    gone = if_(length(start) == 0, "", say("○ lost, was {tier}", tier=start))
    return if_(length(end) == 0, gone, if_(length(start) == 0, say("● new as {tier}", tier=end), both))


def _tier_colours(model: Model, area: tuple[int, int, int, int]) -> None:
    sheet, bare = model.sheet("ABC"), model.book.bare
    looks = {
        "A": {"bg_color": theme.BLUE_D, "font_color": theme.WHITE, "bold": True},
        "B": {"bg_color": theme.BLUE, "font_color": theme.WHITE, "bold": True},
        "C": {"bg_color": theme.BLUE_T, "font_color": theme.INK, "bold": True},
    }
    for tier, look in looks.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{tier}"', "format": bare(**look)}
        sheet.ws.conditional_format(*area, rule)


def _chart(model: Model, summary: Range, first: int, last: int) -> None:
    pareto = model.of(Pareto)
    sheet, book = model.sheet("ABC"), model.book
    head(sheet, 3, first, last, _("Share of accounts and share of revenue"))
    legend(sheet, 3, last, [(theme.GREY, _("accounts")), (theme.BLUE, _("revenue"))])
    rows: list[list[X | str]] = [
        [ORDER[i], iferror(summary.cell(i, 2) + 0, 0), iferror(summary.cell(i, 4) + 0, 0)] for i in range(3)
    ]
    data = model.calc.block("ABC chart", ["class", "accounts", "revenue"], rows)
    a, k = data.cell(0, 1), data.cell(2, 1)
    text = say(
        "{few:0%} of accounts bring {most:0%} of revenue; {many:0%} bring {rest:0%}",
        few=a,
        most=data.cell(0, 2),
        many=k,
        rest=data.cell(2, 2),
    )
    title = model.calc.put("ABC chart title", if_(pareto.total > 0, text, ""))
    bars = charts.chart(book, "bar", title)
    for j, colour, name in ((1, theme.GREY, _("share of accounts")), (2, theme.BLUE, _("share of revenue"))):
        bars.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 40,
                "overlap": 0,
                "data_labels": charts.labels(9, theme.INK if j == 2 else theme.MUTED, j == 2, num_format="0%"),
            }
        )
    bars.set_x_axis(charts.no_axis(min=0, max=1))
    bars.set_y_axis(charts.category_axis(reverse=True, num_font=charts.font(10, bold=True)))
    charts.plot_area(bars, 0.05, 0.02, 0.88, 0.96)
    alt = _("Bars: share of accounts beside share of revenue for the classes A, B and C")
    charts.place(sheet, bars, 4, first, 9, last, alt, "ABC")


def _movers(model: Model) -> list[X]:
    """The first accounts whose class changed, each with its classes then and now; their rows on calc_tiers."""
    revenue = model.of(Revenue)
    calc, tiers = model.sheet("calc_tiers"), revenue.classes_by_year
    then = model.calc.put("column of the first class", if_(failed(tiers), 0, if_(revenue.years > 1, 1, 0)))
    now = model.calc.put("column of the last class", if_(failed(tiers), 0, revenue.years))

    def classes(row: X) -> tuple[X, X]:
        start, end = (if_(column, index(tiers, row, column) & "", "") for column in (then, now))
        return start, end

    calc.write(0, MOVED, "accounts that changed class", **theme.note())
    ends = columns_of(tiers, then), columns_of(tiers, now)
    known = then.value != 0  # else the column is not one: there is nothing to compare
    apart = [words(a) != words(b) for a, b in zip(*(end.flat() for end in ends), strict=True)] if known else []
    places = where(tiers, (ends[0], '&""<>', ends[1], '&""'), apart)
    moved = calc.array(1, MOVED, Choice(then == 0, lit(""), places), tiers.rows)
    lines: list[X] = []
    for k in range(3):
        there = count(moved) > k
        place = model.calc.put(f"row of change {k + 1} on Revenue", if_(there, moved.cell(k), 0))
        start, end = classes(max_(place, lit(1)))
        name = if_(place, index(model.inputs["Revenue.Account"], max_(place, lit(1))) & "", "")
        step = say("{account}: {start} → {end}", account=name, start=start, end=end)
        gone = say("{account}: lost, was {tier}", account=name, tier=start)
        came = say("{account}: new as {tier}", account=name, tier=end)
        word = if_(length(start), if_(length(end), step, gone), came)
        lines.append(iferror(if_(length(name), word, ""), ""))
    return lines


def _moves(model: Model, ends: list[Picked]) -> Range:
    """How many accounts went from each class (rows, the last one: new) to each class (columns, the last one: lost)."""
    both = [[countifs((ends[0], a), (ends[1], b)) for b in ORDER] for a in ORDER]
    block = model.calc.block("Accounts by class in the first and the last year", list(ORDER), both)
    lost = [countif(ends[0], a) - sum_(block.row(i)) for i, a in enumerate(ORDER)]
    new = [countif(ends[1], b) - sum_(block.column(j)) for j, b in enumerate(ORDER)]
    rows: list[list[X | Scalar]] = [[*[block.cell(i, j) for j in range(3)], lost[i]] for i in range(3)]
    return model.calc.block("Accounts by class, with lost and new", [*ORDER, "lost"], [*rows, new])


def _movement(model: Model, moves: Range, more: X, first: int, last: int) -> None:
    pareto = model.of(Pareto)
    revenue = model.of(Revenue)
    sheet = model.sheet("ABC")
    years = say("Movement {first} to {last}: number of accounts", first=revenue.first_year, last=revenue.last_year)
    head(sheet, 10, first, last, if_(revenue.years > 1, years, _("Movement: needs two years")))
    sheet.write(11, first, _("from ↓  to →"), **theme.note(align="center"))
    for j, tier in enumerate([*ORDER, _("lost")]):
        sheet.write(11, first + 1 + j, tier, bold=True, align="center")
    for i, origin in enumerate([*ORDER, _("new")]):
        row = LIST + i
        sheet.write(row, first, origin, bold=True, align="center")
        for j in range(4):
            if i == 3 and j == 3:
                continue
            sign, look = _sign(i, j)
            number = moves.cell(i, j)
            said = say("{sign} {accounts}", sign=sign, accounts=number)
            shown = if_(revenue.years < 2, "", if_(number == 0, "–", said))
            sheet.write(
                row, first + 1 + j, shown, align="center", bold=True, border=1, border_color=theme.WHITE, **look
            )
    row = LIST + 5
    many = say(
        "{n, plural, one {# account} other {# accounts}} changed class; each is marked in the list at the left.", n=more
    )
    moved = if_(revenue.years > 1, many, _("Add a second year on Revenue to see movements."))
    so_what(
        sheet,
        row,
        first,
        last,
        [if_(pareto.total > 0, moved, "–"), *_movers(model)],
    )


def _sign(i: int, j: int) -> tuple[str, dict[str, str]]:
    if i == 3 or j == 3:
        return ("●" if i == 3 else "○"), {"font_color": theme.SPECIAL_D, "bg_color": theme.SPECIAL_T}
    if i == j:
        return "=", {"font_color": theme.INK, "bg_color": theme.PANEL}
    if i > j:
        return "▲", {"font_color": theme.GOOD_D, "bg_color": theme.GOOD_T}
    return "▼", {"font_color": theme.RISK_D, "bg_color": theme.RISK_T}


BUILT_BY = (fill,)
