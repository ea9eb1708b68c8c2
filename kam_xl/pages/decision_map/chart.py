"""The map itself: boxes, reporting lines and dotted influences as one scatter chart that redraws from the cells.

A box is a very thick line; all boxes of one colour are one series whose points are parted by #N/A, so are all
reporting lines and all influences. Only the texts need a series each, because a label that is live is the name of a
series. Sixty people make some seventy series; Excel draws up to 255.
"""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import charts, theme
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Range, Ref, X, cat, lit
from kam_xl.formulas.functions import (
    and_,
    if_,
    iferror,
    isnumber,
    last_word,
    length,
    max_,
    min_,
    na,
    newline,
    or_,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _

SHEET = "calc_map_chart"
WIDE = 776  # pixels of the plot
BOX = 7.2  # most half width of a box, in hundredths of the plot
TALL, LOW = 45, 26  # points: heights of a box, with all its lines or with few where levels are many
COLOURS = {"friendly": theme.GOOD_D, "neutral": theme.MUTED, "opposed": theme.RISK_D, "external": theme.SPECIAL_D}
ROW = 3  # first row of points


def draw(model: Model, people: Range, org: Range, routes: Range, message: Ref, area: tuple[int, int, int, int]) -> None:
    """Draw the map over the rows and columns of `area`."""
    sheet, book = model.sheet("Decision map"), model.book
    book.sheet(SHEET)
    high = sum(sheet.row_px.get(row, 20) for row in range(area[0] + 1, area[2] + 1)) - 4
    scale = _Scale(model, org, high)
    boxes = _boxes(model, people, org, scale)
    ch = charts.chart(book, "scatter", message, "straight")
    lines = _routes(model, routes, scale)
    for name, col, look in (
        (_("reporting line"), 0, {"color": theme.MUTED, "width": 1.25}),
        (_("influence"), 2, {"color": theme.SPECIAL_D, "width": 1.75, "dash_type": "square_dot"}),
    ):
        ch.add_series(_series(name, lines.column(col), lines.column(col + 1), line=look))
    for high, height in ((1, TALL), (0, LOW)):
        for j, colour in enumerate(COLOURS.values()):
            x, y = boxes["line"].column(0), boxes["line"].column(1 + 4 * (1 - high) + j)
            ch.add_series(_series(_("boxes"), x, y, line={"color": colour, "width": height}))
    for i in range(people.rows):
        point = boxes["point"].row(i)
        label = charts.named(9, theme.WHITE, position="center")
        name = charts.at(boxes["text"].cell(i))
        ch.add_series(_series(name, point.column(0), point.column(1), line={"none": True}, data_labels=label))
    key = {"type": "circle", "size": 13, "fill": {"color": theme.INK}, "border": {"color": theme.WHITE}}
    label = charts.named(8, theme.WHITE, True, position="center")
    corner = boxes["key"]
    ch.add_series(_series("O", corner.column(0), corner.column(1), line={"none": True}, marker=key, data_labels=label))
    axis = {"min": 0, "max": 100, **charts.no_axis()}
    ch.set_x_axis(axis)
    ch.set_y_axis(axis)
    ch.show_blanks_as("gap")
    charts.plot_area(ch, 0.0, 0.0, 1.0, 1.0)
    alt = _("Organisation chart: people as boxes by relationship, reporting lines, dotted lines of influence")
    charts.place(sheet, ch, *area, alt, "Decision map")


def _series(name: str, x: Range, y: Range, **look: Any) -> dict[str, Any]:
    marker = {"type": "none"}
    return {"name": name, "categories": charts.at(x), "values": charts.at(y), "marker": marker, **look}


class _Scale:
    """Places and levels of the organisation chart on a square of 100 by 100."""

    def __init__(self, model: Model, org: Range, high: int) -> None:
        put = model.calc.put
        self.places = put("map: places", iferror(max_(org.column(3), lit(1)), 1))
        self.levels = put("map: levels", iferror(max_(org.column(2), lit(0)), 0) + 1)
        self.half = put("map: half a box", min_(lit(BOX), 46 / self.places))
        self.letters = put("map: letters in a box", max_(lit(2), min_(lit(24), lit(WIDE) * self.half / 50 / 5.4)))
        self.tall = put("map: tall boxes", if_(self.levels > 8, 0, 1))
        self.step = put("map: from level to level", 100 / self.levels)
        tall, low = (points * 4 / 3 / high * 50 for points in (TALL, LOW))
        self.edge = put("map: half a box, upwards", if_(self.tall == 1, tall, low))

    def x(self, place: X) -> X:
        return (place - 0.5) / self.places * 100

    def y(self, level: X) -> X:
        return 100 - (level + 0.5) * self.step


def _boxes(model: Model, people: Range, org: Range, scale: _Scale) -> dict[str, Range]:
    """Per person: the middle and the text of the box, the place of the O of a key contact, the line that is the box."""
    calc, n = model.sheet(SHEET), people.rows
    for i in range(n):
        row, there = ROW + i, iferror(isnumber(org.cell(i, 2)), False)
        name, role = people.cell(i, 0), people.cell(i, 1)
        word, power, key, external = (people.cell(i, j) for j in (3, 4, 5, 6))
        x = calc.write(row, 0, if_(there, scale.x(org.cell(i, 3)), na()))
        y = calc.write(row, 1, if_(there, scale.y(org.cell(i, 2)), na()))
        sign = if_(word == "friendly", "+", if_(word == "opposed", "−", "±"))
        relation = if_(word == "friendly", _("friendly"), if_(word == "opposed", _("opposed"), _("neutral")))
        how = say(
            "{sign} {relation}{known, select, true { · power {power}} other {}}",
            sign=sign,
            relation=relation,
            known=and_(scale.letters > 17, length(power) > 0),
            power=power,
        )
        place = if_(length(role) == 0, "", cat(newline(), short(role, scale.letters)))
        full = cat(short(name, scale.letters), place, newline(), how)
        brief = cat(short(last_word(name), scale.letters), newline(), sign, if_(length(power) == 0, "", power))
        roomy = and_(scale.tall == 1, scale.letters > 11)
        calc.write(row, 2, if_(there, if_(roomy, full, brief), ""))
        colour = if_(external == "yes", "external", if_(or_(word == "friendly", word == "opposed"), word, "neutral"))
        calc.write(row, 3, if_(there, colour, ""))
        known = and_(there, key == "O")
        calc.write(row, 4, if_(known, x + scale.half * 0.9, na()))
        calc.write(row, 5, if_(known, y + scale.edge, na()))
    kinds = calc.area(ROW, 3, ROW + n - 1, 3)
    for i in range(n):
        x, y = calc.ref(ROW + i, 0), calc.ref(ROW + i, 1)
        for step, shift in ((0, -1), (1, 1), (2, 0)):
            row = ROW + 3 * i + step
            calc.write(row, 8, na() if step == 2 else x + scale.half * shift)
            for j, kind in enumerate(COLOURS):
                for high in (1, 0):
                    mine = and_(kinds.cell(i) == kind, scale.tall == high)
                    calc.write(row, 9 + 4 * (1 - high) + j, na() if step == 2 else if_(mine, y, na()))
    return {
        "point": calc.area(ROW, 0, ROW + n - 1, 1),
        "text": calc.area(ROW, 2, ROW + n - 1, 2),
        "key": calc.area(ROW, 4, ROW + n - 1, 5),
        "line": calc.area(ROW, 8, ROW + 3 * n - 1, 16),
    }


def _routes(model: Model, routes: Range, scale: _Scale) -> Range:
    """The points of every line: reporting lines in the first two columns, influences in the others."""
    calc, first = model.sheet(SHEET), 20
    for i in range(routes.rows):
        kind = routes.cell(i, 0) & ""
        there = iferror(isnumber(routes.cell(i, 4)), False)
        x1, x2 = scale.x(routes.cell(i, 3)), scale.x(routes.cell(i, 5))
        y1, y2 = scale.y(routes.cell(i, 4)), scale.y(routes.cell(i, 6))
        bus = y2 - scale.step / 2  # half way below the manager
        edge = scale.edge
        reports = ((x1, y1 + edge), (x1, bus), (x2, bus), (x2, y2 - edge))
        aside = scale.half * 0.5
        # in a channel of its own beside the level of the one who is influenced, where no reporting line runs
        upwards = y1 < y2
        channel = y2 + if_(upwards, scale.step * -0.38, scale.step * 0.38)
        start, end = y1 + if_(upwards, edge, if_(y1 == y2, edge, 0 - edge)), y2 + if_(upwards, 0 - edge, edge)
        left_of = if_(x1 < x2, aside, 0 - aside)
        influences = ((x1 + left_of, start), (x1 + left_of, channel), (x2 - left_of, channel), (x2 - left_of, end))
        for step in range(5):
            row = ROW + 5 * i + step
            for col, word, points in ((first, "reports to", reports), (first + 2, "influences", influences)):
                mine = and_(there, kind == word)
                for j in (0, 1):
                    calc.write(row, col + j, na() if step == 4 else iferror(if_(mine, points[step][j], na()), na()))
    return calc.area(ROW, first, ROW + 5 * routes.rows - 1, first + 3)
