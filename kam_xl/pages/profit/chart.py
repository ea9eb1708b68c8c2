"""Charts of Profit: revenue against cost to serve with its quadrants, and the whale curve."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart

from kam_xl.canvas import charts, theme
from kam_xl.canvas.labels import label_sides, short
from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Operand, Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    countif,
    first_word,
    fixed,
    if_,
    iferror,
    index,
    int_,
    isnumber,
    length,
    max_,
    min_,
    na,
    power,
    sum_,
)
from kam_xl.formulas.messages import say
from kam_xl.functions.profit import ACTIONS
from kam_xl.locale import _
from kam_xl.pages.profit.calc import BOTH_COST, BOTH_REVENUE, NAME, PROFIT, Profit, in_quadrant, place_of, spread

POINTS, LEAST = 24, 10  # accounts in the scatter; those kept for the least profitable if there are more
STRIP = 9  # hundredths under the zero line, for the names of the lower quadrants
STEPS = 40  # points of the whale curve
NONE: dict[str, Any] = {"type": "none"}


class _Scale:
    """An axis from 0 to 100 with five round numbers: the axes of the chart itself can hold no live ends."""

    def __init__(self, model: Model, name: str, area: Range, line: Ref) -> None:
        put = model.calc.put
        self.low = put(f"profit chart: least {name}", min_(area, lit(0)))
        most = max_(area, line, lit(0)) * 1.04
        unit = power(10, length(int_(most)) - 2) * 4
        self.top = put(f"profit chart: most {name}", (int_(most / unit) + 1) * unit)

    def at(self, value: Operand) -> X:
        return (lit(value) - self.low) / (self.top - self.low) * 100

    def tick(self, i: int) -> tuple[X, X]:
        """Text and place of a round number."""
        value = self.top * i / 4
        return if_(self.top < 20, fixed(value, 1), fixed(value)), self.at(value)


def matrix(model: Model, p: Profit, verbs: dict[str, str], message: Ref, area: tuple[int, int, int, int]) -> None:
    """Every account by cost to serve and revenue, over the rows and columns of `area`."""
    sheet, book, put = model.sheet("Profit"), model.book, model.calc.put
    revenue_line, cost_line = p.lines
    across = _Scale(model, "cost to serve", p.column(BOTH_COST), cost_line)
    up = _Scale(model, "revenue", p.column(BOTH_REVENUE), revenue_line)
    data = _points(model, p, across, up)
    drawn = p.both > 0
    ch = charts.chart(book, "scatter", message)

    def line(name: str, ends: list[tuple[Operand, Operand]], look: dict[str, Any]) -> None:
        shown = [[iferror(if_(drawn, v, na()), na()) for v in row] for row in ends]
        block = model.calc.block(f"Profit chart: {name}", ["cost to serve", "revenue"], shown)
        ch.add_series(_line(name, block.column(0), block.column(1), look))

    def text(name: Operand, x: Operand, y: Operand, colour: str, side: str, bold: bool = False) -> None:
        shown = [iferror(if_(drawn, v, na()), na()) for v in (x, y)]
        row = model.calc.block("Profit chart: text", ["name", "x", "y"], [[iferror(lit(name), ""), *shown]])
        _text(ch, row, charts.named(8, colour, bold, position=side))

    grey, rule = {"color": theme.GREY, "width": 0.75}, {"color": theme.RULE, "width": 1}
    line(_("no revenue"), [(0, up.at(0)), (100, up.at(0))], grey)
    line(_("left edge"), [(0, -STRIP), (0, 100)], grey)
    line(_("high cost to serve"), [(across.at(cost_line), -STRIP), (across.at(cost_line), 100)], rule)
    line(_("high revenue"), [(0, up.at(revenue_line)), (100, up.at(revenue_line))], rule)
    for i in range(5):
        number, place = up.tick(i)
        text(number, 0, place, theme.MUTED, "left")
        number, place = across.tick(i)
        text(number, place, -STRIP, theme.MUTED, "below")
    share = put("profit chart: gross margin", iferror(sum_(p.table.column(2)) / sum_(p.table.column(1)), 0))
    end = put("profit chart: end of break-even", if_(share > 0, min_(across.top, up.top * share), na()))
    ends: list[tuple[Operand, Operand]] = [
        (across.at(0), if_(share > 0, up.at(0), na())),
        (across.at(end), up.at(end / share)),
    ]
    line(_("break-even"), ends, {"color": theme.RISK, "width": 1.5, "dash_type": "dash"})
    text(_("break-even"), across.at(end * 0.94), up.at(end / share * 0.94), theme.RISK_D, "below", True)
    corners = {
        "protect": (0, 97, "right"),
        "reprice": (100, 97, "left"),
        "maintain": (0, 3 - STRIP, "right"),
        "exit": (100, 3 - STRIP, "left"),
    }
    for i, (quadrant, word) in enumerate(verbs.items(), 1):
        x, y, side = corners[quadrant]
        what = say(
            "{word} {accounts}: {action}", word=word, accounts=in_quadrant(p, quadrant), action=_(str(ACTIONS[i]))
        )
        text(what, x, y, theme.MUTED, side, True)
    sides = label_sides(_placed(data), (644.0, 270.0))
    kinds = (("circle", theme.BLUE, theme.INK, 9), ("diamond", theme.RISK, theme.RISK_D, 10))
    for i in range(data.rows):
        for j, (sign, colour, ink, size) in enumerate(kinds):
            marker = {"type": sign, "size": size, "fill": {"color": colour}, "border": {"color": theme.WHITE}}
            point = {
                "name": charts.at(data.cell(i)),
                "categories": charts.at(data.part(i, i, 1, 1)),
                "values": charts.at(data.part(i, i, 2 + j, 2 + j)),
                "marker": marker,
                "line": {"none": True},
                "data_labels": charts.named(8, ink, position=sides[i]),
            }
            ch.add_series(point)
    ch.set_x_axis({"min": 0, "max": 100, **charts.no_axis()})
    ch.set_y_axis({"min": -STRIP, "max": 100, **charts.no_axis()})
    charts.plot_area(ch, 0.065, 0.02, 0.915, 0.89)
    alt = _("Scatter: every account by cost to serve (across) and revenue (up), with the lines of the four quadrants")
    charts.place(sheet, ch, *area, alt, "Profit matrix")


def _points(model: Model, p: Profit, across: _Scale, up: _Scale) -> Range:
    """Name, cost to serve, and revenue of those who earn and of those who do not, beside each other."""
    rows: list[list[X]] = []
    for i in range(min(p.rows, POINTS)):
        rank = p.sheet.write(1 + i, 53, spread(p.accounts, i, min(p.rows, POINTS), min(LEAST, p.rows // 2)))
        place = p.sheet.write(1 + i, 54, iferror(if_(rank == 0, 0, place_of(p, rank)), 0))
        revenue, cost, profit = (p.of(j, place) for j in (BOTH_REVENUE, BOTH_COST, PROFIT))
        there = p.sheet.write(1 + i, 55, iferror(if_(place == 0, 0, if_(isnumber(revenue), 1, 0)), 0))
        rows.append(
            [
                iferror(if_(there == 1, _brief(p, p.of(NAME, place)), ""), ""),
                iferror(if_(there == 1, across.at(cost), na()), na()),
                iferror(if_(and_(there == 1, profit > 0), up.at(revenue), na()), na()),
                iferror(if_(and_(there == 1, profit <= 0), up.at(revenue), na()), na()),
            ]
        )
    return model.calc.block("Profit chart", ["account", "cost to serve", "earns", "loses"], rows)


def _brief(p: Profit, name: X) -> X:
    """The first word of a name where that is enough to know the account."""
    word = first_word(name)
    enough = and_(length(word) > 3, countif(p.column(NAME), word & "*") == 1)
    return if_(enough, short(word, 17), short(name, 17))


def _line(name: str, x: Range, y: Range, look: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "categories": charts.at(x), "values": charts.at(y), "line": look, "marker": NONE}


def _text(ch: Chart, row: Range, label: dict[str, Any], marker: dict[str, Any] = NONE) -> None:
    """A text at a point: name, x, y."""
    ch.add_series(
        {
            "name": charts.at(row.cell(0)),
            "categories": charts.at(row.part(0, 0, 1, 1)),
            "values": charts.at(row.part(0, 0, 2, 2)),
            "marker": marker,
            "line": {"none": True},
            "data_labels": label,
        }
    )


def _placed(data: Range) -> list[tuple[str, float | None, float | None]]:
    """Name of each point and its place as shares of the plot, for the side of its label."""
    out: list[tuple[str, float | None, float | None]] = []
    for name, x, earns, loses in data.values():
        y = earns if isinstance(earns, (int, float)) else loses
        known = isinstance(x, (int, float)) and isinstance(y, (int, float))
        out.append((str(name or ""), x / 100, (y + STRIP) / (100 + STRIP)) if known else ("", None, None))  # type: ignore[operator]
    return out


def whale(model: Model, p: Profit, peak: Ref, message: Ref, area: tuple[int, int, int, int]) -> None:
    """Cumulative profit against the share of accounts: however many they are, the curve fills the chart.

    The rising part stays at the peak after it, the falling part before it, so that both are whole lines.
    """
    sheet, book = model.sheet("Profit"), model.book
    shares = p.whale.column(4)
    shown = p.curve == 1
    rows: list[list[X]] = []
    for k in range(STEPS + 1):
        sampled = if_(p.accounts > STEPS, int_(p.accounts * k / STEPS), min_(lit(k), p.accounts))
        rank = p.sheet.write(1 + k, 57, sampled)
        points: list[X] = []
        for held in (min_(rank, p.earning), max_(rank, p.earning)):
            x, y = held / p.accounts, if_(held == 0, 0, index(shares, max_(held, lit(1))))
            points += [iferror(if_(shown, v, na()), na()) for v in (x, y)]
        rows.append(points)
    data = model.calc.block("Whale curve", ["accounts", "rising", "accounts", "falling"], rows)
    # always drawn: without it the axis of an empty chart would run wild
    hundred = model.calc.block("Whale curve: all profit", ["accounts", "profit"], [[0, 1], [1, 1]])
    first = p.of(NAME, place_of(p, lit(1)))
    highest = say("peak {peak:0%}: {n, plural, one {# account} other {# accounts}}", peak=peak, n=p.earning)
    one = iferror(p.whale.cell(0, 4) + 0, 0)
    end = if_(p.losing > 0, say("◆ {losing} give back {share:0%}", losing=p.losing, share=peak - 1), "")
    apart, falls = and_(shown, p.earning > 1), and_(shown, p.losing > 0)

    def point(there: X, *place: X) -> list[X]:
        return [iferror(if_(there, v, na()), na()) for v in place]

    labels = model.calc.block(
        "Whale curve: labels",
        ["text", "accounts", "profit"],
        [
            [iferror(highest, ""), *point(shown, p.earning / p.accounts, peak + 0)],
            [
                iferror(say("{account} {share:0%}", account=short(first, 24), share=one), ""),
                *point(apart, 1 / p.accounts, one),
            ],
            [iferror(end, ""), *point(falls, lit(0.93), lit(1))],
        ],
    )
    ch = charts.chart(book, "scatter", message, "straight_with_markers")
    dashed = {"color": theme.INK, "width": 1, "dash_type": "dash"}
    ch.add_series(_line(_("all profit"), hundred.column(0), hundred.column(1), dashed))
    for j, (colour, sign) in enumerate(((theme.BLUE, "circle"), (theme.RISK, "diamond"))):
        dot = {"type": sign, "size": 5 + j, "fill": {"color": colour}, "border": {"color": colour}}
        line = _line(
            _("cumulative profit"), data.column(2 * j), data.column(2 * j + 1), {"color": colour, "width": 2.25}
        )
        ch.add_series({**line, "marker": dot})
    looks = (("above", theme.BLUE_D, 10), ("right", theme.BLUE, 7), ("below", theme.RISK_D, 0))
    for i, (side, colour, size) in enumerate(looks):
        dot = {"type": "circle", "size": size, "fill": {"color": colour}, "border": {"color": colour}} if size else NONE
        ink = theme.INK if i == 1 else colour
        _text(ch, labels.row(i), charts.named(9, ink, i != 1, position=side), dot)
    axis = {
        "num_format": "0%",
        "num_font": charts.font(8, colour=theme.MUTED),
        "name_font": charts.font(8, colour=theme.MUTED),
    }
    quiet = {"major_tick_mark": "none", "minor_tick_mark": "none"}
    ch.set_x_axis(
        {
            **axis, **quiet, "min": 0, "max": 1, "major_unit": 0.2, "major_gridlines": {"visible": False},
            "line": {"color": theme.GREY, "width": 0.75}, "name": _("Share of accounts →"), "label_position": "low",
        }
    )  # fmt: skip
    ch.set_y_axis(charts.value_axis(**axis, min=0))
    charts.plot_area(ch, 0.07, 0.03, 0.88, 0.82)
    alt = _(
        "Whale curve: profit of the accounts added up, the most profitable first; it falls where accounts lose money"
    )
    charts.place(sheet, ch, *area, alt, "Whale curve")
