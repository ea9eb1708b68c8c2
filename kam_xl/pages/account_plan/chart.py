"""The chart of the account plan: a bar beside every goal."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import X
from kam_xl.formulas.functions import and_, if_, iferror, isnumber, na
from kam_xl.locale import _
from kam_xl.pages.account_plan.cards import BAR, FIRST, LINE_PX, LINES, OFFSET
from kam_xl.pages.account_plan.terms import FORECAST, POTENTIAL, TEXT, WON, Lines


def draw(model: Model, wins: Lines) -> None:
    """A bar per goal beside its row: won, forecast, still open."""
    sheet, book = model.sheet("Account plan"), model.book
    rows: list[list[X]] = []
    for place in wins.places:
        own = wins.is_goal(place)
        won, potential, forecast = (wins.at(place, j) for j in (WON, POTENTIAL, FORECAST))
        known = and_(own, isnumber(potential), isnumber(forecast))
        sure = if_(isnumber(won), won, 0)
        parts = (sure, forecast - sure, potential - (forecast - sure))
        rows.append([wins.at(place, TEXT), *[iferror(if_(known, part, na()), na()) for part in parts]])
    data = model.calc.block("Goals of the account", ["goal", "won", "forecast", "open"], rows)
    ch = charts.chart(book, "bar", None, "stacked")
    for j, colour, name in (
        (1, theme.BLUE_D, _("won")),
        (2, theme.BLUE, _("forecast")),
        (3, theme.GREY_L, _("still open")),
    ):
        ch.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 90,
            }
        )
    ch.set_x_axis(charts.no_axis(min=0))
    ch.set_y_axis(charts.no_axis(reverse=True))
    # the chart begins in the row of the total, so that its bars stand in the middle of the lines
    above, height = LINE_PX - OFFSET, (LINES + 1) * LINE_PX - OFFSET
    charts.plot_area(ch, 0.04, above / height, 0.94, LINES * LINE_PX / height)
    alt = _("Bars beside the goals: what is won, what is forecast, what of the potential is still open")
    charts.place(sheet, ch, FIRST - 1, BAR, FIRST + LINES - 1, BAR, alt, "Goals")
    ch.set_chartarea({"border": {"none": True}, "fill": {"none": True}})  # the lines of the table show through
