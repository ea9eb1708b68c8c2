"""Chart of Selection: every candidate by score and growth, with the line; key accounts and those to watch named."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import charts, theme
from kam_xl.canvas.guards import failed
from kam_xl.canvas.labels import label_sides, short
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, legend
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    if_,
    iferror,
    index,
    isnumber,
    match,
    max_,
    min_,
    na,
    or_,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.selection.calc import CHOSEN, OUTSIDE, SHEET, Selection

POINTS, NAMED = 30, 14  # the best candidates: drawn, and with a name where they are key or watched


def draw(model: Model, found: Selection, area: tuple[int, int, int, int]) -> None:
    """The scatter over the rows and columns of `area`, which begins with the section label."""
    sheet, book, v = model.sheet("Selection"), model.book, found.values
    top, c1, bottom, c2 = area
    more = say("Score and growth a year, the first {shown}", shown=POINTS)
    head(sheet, top, c1, c2, if_(v["candidates"] > POINTS, more, _("Score and growth a year")))
    legend(
        sheet,
        top,
        c2,
        [(theme.BLUE, _("● key account")), (theme.RISK, _("◆ on the watch list")), (theme.GREY, _("● others"))],
    )
    data = _points(model, found)
    lines = _lines(model, found, data)
    title = model.calc.put("Selection chart title", _message(model, found))
    ch = charts.chart(book, "scatter", title)
    for i, look in ((0, {"color": theme.BLUE_D, "width": 1.25}), (2, {"color": theme.GREY, "width": 1})):
        ch.add_series(
            {
                "name": charts.at(lines.cell(i)),
                "categories": charts.at(lines.part(i, i + 1, 1, 1)),
                "values": charts.at(lines.part(i, i + 1, 2, 2)),
                "line": {**look, "dash_type": "dash"},
                "marker": {"type": "none"},
            }
        )
        label = charts.named(
            9, theme.BLUE_D if i == 0 else theme.MUTED, i == 0, position="right" if i == 0 else "above"
        )
        ch.add_series({**_series(lines, 4 if i else 1, 2), "marker": {"type": "none"}, "data_labels": label})
    grey = {"type": "circle", "size": 7, "fill": {"color": theme.GREY}, "border": {"color": theme.WHITE}}
    ch.add_series(
        {
            "name": _("others"),
            "categories": charts.at(data.column(5)),
            "values": charts.at(data.column(4)),
            "marker": grey,
            "line": {"none": True},
        }
    )
    sides = label_sides(*_placed(data, lines), (880.0, 240.0))
    named = min(NAMED, data.rows)
    for j, shape, size, colour in ((2, "circle", 9, theme.BLUE), (3, "diamond", 10, theme.RISK)):
        marker = {"type": shape, "size": size, "fill": {"color": colour}, "border": {"color": theme.WHITE}}
        for i in range(named):
            label = charts.named(9, theme.INK, j == 2, position=sides[i])
            ch.add_series({**_series(data, i, j), "marker": marker, "data_labels": label})
        # Calc labels a point whose series has no name with its value, and counts 1, 2, 3 where every x is missing
        if data.rows > named:
            others = (charts.at(data.part(named, data.rows - 1, col, col)) for col in (5, j))
            rest = dict(zip(("categories", "values"), others, strict=True))
            ch.add_series({"name": _("more accounts"), **rest, "marker": marker, "line": {"none": True}})
    axis: dict[str, Any] = {
        "major_gridlines": {"visible": False},
        "num_font": charts.font(colour=theme.MUTED),
        "line": {"color": theme.GREY, "width": 0.75},
        "major_tick_mark": "none",
        "label_position": "low",
        "name_font": charts.font(colour=theme.MUTED),
    }
    ch.set_x_axis({**axis, "num_format": "0", "min": 0, "name": _("Score →")})
    ch.set_y_axis({**axis, "num_format": "0%", "name": _("Growth a year →")})
    charts.plot_area(ch, 0.065, 0.03, 0.915, 0.81)
    alt = _("Scatter: every candidate by score (across) and growth a year (up), with the line between key and not key")
    charts.place(sheet, ch, top + 1, c1, bottom, c2, alt, "Selection")


def _series(data: Range, i: int, j: int) -> dict[str, Any]:
    """A point with its name."""
    return {
        "name": charts.at(data.cell(i)),
        "categories": charts.at(data.part(i, i, 1, 1)),
        "values": charts.at(data.part(i, i, j, j)),
        "line": {"none": True},
    }


def _points(model: Model, found: Selection) -> Range:
    """Name, score and growth of the best candidates; growth in the column of their kind."""
    rows: list[list[X | str]] = []
    for i in range(min(found.names.rows, POINTS)):
        at, place = found.at.cell(i), max_(found.at.cell(i), lit(1))
        name, score, growth = index(found.names, place), found.choice.cell(i, 2), index(found.growth, place)
        there = iferror(and_(at > 0, isnumber(score), isnumber(growth)), False)
        key = and_(there, found.decision.cell(i) == CHOSEN)
        listed = iferror(match(at, found.watched) > 0, False)
        watched = and_(there, listed, if_(key, False, True))
        other = and_(there, if_(or_(key, watched), False, True))
        rows.append(
            [
                if_(or_(key, watched), short(name, 30), "") if i < NAMED else "",
                if_(there, score, na()),
                *[if_(kind, growth, na()) for kind in (key, watched, other)],
                *[if_(there, figure, 0) for figure in (score, growth)],
            ]
        )
    return model.calc.block("Selection chart", ["account", "score", "key", "watched", "other", "x", "y"], rows)


def _lines(model: Model, found: Selection, data: Range) -> Range:
    """The line across the scores and the one of fast growth, each with a name at its end."""
    v, fast = found.values, model.settings["fast"]
    xs, ys = data.column(5), data.column(6)
    wide = max_(xs)
    wide = if_(wide == 0, 10, wide)
    name = say("the line: {line:#,##0.0}", line=v["line"])
    quick = say("fast: {fast:0%}", fast=fast)
    known = max_(xs) > 0
    rows: list[tuple[X | str, X, X, X]] = [
        (_("the line"), known, v["line"] + 0, min_(ys)),
        (name, known, v["line"] + 0, max_(max_(ys), fast) * 1.1),  # above every name
        (_("fast growth"), isnumber(fast), lit(0), fast + 0),
        (_("fast growth"), isnumber(fast), wide, fast + 0),
        (quick, isnumber(fast), wide * 0.04, fast + 0),
    ]
    shown = [
        [name if isinstance(name, str) else iferror(name, ""), *[iferror(if_(there, at, na()), na()) for at in (x, y)]]
        for name, there, x, y in rows
    ]
    return model.calc.block("Selection chart: lines", ["name", "score", "growth"], shown)


def _message(model: Model, found: Selection) -> X:
    """How many who are not key grow fast."""
    v, fast = found.values, model.settings["fast"]
    calc = model.sheet(SHEET)
    number = countif(calc.area(1, OUTSIDE, found.names.rows, OUTSIDE), ">=" & fast)
    known = count(found.growth)
    told = say(
        "{n, plural, =0 {No accounts outside the key accounts grow} one {# account outside the key accounts grows}"
        " other {# accounts outside the key accounts grow}} {fast:0%} a year or more"
        "{missing, plural, =0 {} other {; # without growth are not drawn}}",
        n=number,
        fast=fast,
        missing=v["candidates"] - known,
    )
    none = if_(known == 0, _("No growth yet: it takes two years of revenue on Revenue"), told)
    return iferror(if_(or_(v["scored"] == 0, failed(found.choice)), "", none), "")


def _placed(data: Range, lines: Range) -> tuple[list[tuple[str, float | None, float | None]], list[float]]:
    """Name and place of every point that has a label now, as shares of the plot; and where the line stands."""
    rows = data.values()
    wide = max([*(_number(row[5]) for row in rows), 1.0])
    ys = [_number(row[6]) for row in rows]
    low, high = min([*ys, 0.0]), max([*ys, 0.01])
    out: list[tuple[str, float | None, float | None]] = []
    for name, x, *growth in rows:
        there = any(isinstance(y, (int, float)) for y in growth[:3])
        place = (_number(x) / wide, (_number(growth[4]) - low) / (high - low)) if there else (None, None)
        out.append((str(name or ""), *place))
    return out, [_number(lines.values()[1][1]) / wide]


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
