"""Chart of Scoring: every account by harmony and growth, with the border between low and high."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.labels import label_sides, short
from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Range, Ref, X
from kam_xl.formulas.functions import if_, iferror, isnumber, na
from kam_xl.locale import _

POINTS = 24


def points(model: Model, table: Range) -> Range:
    """Name, harmony and growth of the first accounts; what is not scored is not drawn."""
    rows: list[list[X]] = []
    for i in range(min(table.rows, POINTS)):
        name, g, h, total = table.cell(i, 0) & "", table.cell(i, 1), table.cell(i, 2), table.cell(i, 3)
        there = isnumber(total)
        shown = short(name, 18)
        rows.append([iferror(if_(there, shown, ""), ""), if_(there, h, na()), if_(there, g, na())])
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
