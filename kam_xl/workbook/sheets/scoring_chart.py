"""Chart of Scoring: every account by harmony and growth, with the border between low and high."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.locale import _
from kam_xl.workbook import charts, theme
from kam_xl.workbook.formula import Range, Ref, X, cat
from kam_xl.workbook.functions import if_, iferror, isnumber, left, length, na
from kam_xl.workbook.model import Model

POINTS = 24


def points(model: Model, table: Range) -> Range:
    """Name, harmony and growth of the first accounts; what is not scored is not drawn."""
    rows: list[list[X]] = []
    for i in range(min(table.rows, POINTS)):
        name, g, h, total = table.cell(i, 0) & "", table.cell(i, 1), table.cell(i, 2), table.cell(i, 3)
        there = isnumber(total)
        short = if_(length(name) > 18, cat(left(name, 17), "…"), name)
        rows.append([iferror(if_(there, short, ""), ""), if_(there, h, na()), if_(there, g, na())])
    return model.calc.block("Scoring chart", ["account", "harmony", "growth"], rows)


def draw(model: Model, data: Range, title: Ref, area: tuple[int, int, int, int], border: X) -> None:
    """The scatter over the rows and columns of `area`."""
    sheet, book = model.sheet("Scoring"), model.book
    corners = model.calc.block(
        "Scoring chart: quadrants",
        ["name", "harmony", "growth"],
        [
            [_("INVEST"), 9.9, 9.9],
            [_("BUILD TRUST"), 1.1, 9.9],
            [_("MAINTAIN"), 9.9, 1.1],
            [_("HARVEST OR LEAVE"), 1.1, 1.1],
        ],
    )
    lines = model.calc.block(
        "Scoring chart: borders", ["x", "y"], [[border + 0, 1], [border + 0, 10], [1, border + 0], [10, border + 0]]
    )
    ch = charts.chart(book, "scatter", title)
    for i in (0, 2):
        ch.add_series(
            {
                "name": _("border"),
                "categories": charts.at(lines.part(i, i + 1, 0, 0)),
                "values": charts.at(lines.part(i, i + 1, 1, 1)),
                "line": {"color": theme.RULE, "width": 1},
                "marker": {"type": "none"},
            }
        )
    for i in range(4):
        side = "left" if i in (0, 2) else "right"
        ch.add_series(
            {
                "name": charts.at(corners.cell(i)),
                "categories": charts.at(corners.part(i, i, 1, 1)),
                "values": charts.at(corners.part(i, i, 2, 2)),
                "marker": {"type": "none"},
                "line": {"none": True},
                "data_labels": charts.named(8, theme.MUTED, True, position=side),
            }
        )
    sides = label_sides([(str(name or ""), _share(x), _share(y)) for name, x, y in data.values()])
    for i in range(data.rows):
        dot = {
            "type": "circle",
            "size": 9 if i else 12,
            "fill": {"color": theme.BLUE_D if i == 0 else theme.BLUE},
            "border": {"color": theme.WHITE},
        }
        ch.add_series(
            {
                "name": charts.at(data.cell(i)),
                "categories": charts.at(data.part(i, i, 1, 1)),
                "values": charts.at(data.part(i, i, 2, 2)),
                "marker": dot,
                "line": {"none": True},
                "data_labels": charts.named(9, theme.INK, i == 0, position=sides[i]),
            }
        )
    axis = {
        "min": 1,
        "max": 10,
        "major_unit": 1,
        "num_format": "0",
        "major_gridlines": {"visible": False},
        "num_font": charts.font(colour=theme.MUTED),
        "line": {"color": theme.GREY, "width": 0.75},
        "major_tick_mark": "none",
    }
    ch.set_x_axis({**axis, "name": _("Harmony score →"), "name_font": charts.font(colour=theme.MUTED)})
    ch.set_y_axis({**axis, "name": _("Growth score →"), "name_font": charts.font(colour=theme.MUTED)})
    charts.plot_area(ch, 0.06, 0.03, 0.92, 0.82)
    alt = _("Scatter: every account by harmony (across) and growth (up), with the border between low and high")
    charts.place(sheet, ch, *area, alt, "Scoring")


def _share(score: object) -> float | None:
    """Where a score from 1 to 10 stands on its axis."""
    return (score - 1) / 9 if isinstance(score, (int, float)) else None


def label_sides(
    points: Sequence[tuple[str, float | None, float | None]],
    uprights: Sequence[float] = (),
    size: tuple[float, float] = (820.0, 250.0),
) -> list[str]:
    """Where the name of each point goes so that names collide least now (positions cannot follow the data).

    A point is its name and its place as shares of the plot, which has `size` pixels. Names keep clear of vertical
    lines, too.
    """
    width, height = size
    placed: list[tuple[float, ...]] = []
    out: list[str] = []
    boxes = [
        (x * width - 6, y * height - 6, x * width + 6, y * height + 6)
        for _name, x, y in points
        if x is not None and y is not None
    ]
    boxes += [(x * width - 2, 0, x * width + 2, height) for x in uprights]
    for name, x, y in points:
        if x is None or y is None or not name:
            out.append("right")
            continue
        px, py, w = x * width, y * height, len(name) * 6
        sides = {
            "right": (px + 8, py - 7, px + 8 + w, py + 7),
            "left": (px - 8 - w, py - 7, px - 8, py + 7),
            "above": (px - w / 2, py + 7, px + w / 2, py + 21),
            "below": (px - w / 2, py - 21, px + w / 2, py - 7),
        }
        cost = {
            side: sum((_overlap(box, other) for other in [*placed, *boxes]), 0.0)
            + 5 * (max(0, -box[0]) + max(0, box[2] - width))
            for side, box in sides.items()
        }
        best = min(cost, key=lambda side: cost[side])
        placed.append(sides[best])
        out.append(best)
    return out


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
