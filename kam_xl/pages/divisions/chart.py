"""Chart of Divisions: what is left to win in each division, right under its column of the map."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head
from kam_xl.content.records import DIVISION_SLOTS
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    if_,
    iferror,
    index,
    match,
    max_,
    na,
    or_,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.divisions import words
from kam_xl.pages.divisions.calc import (
    Wallet,
)


def draw(model: Model, w: Wallet, columns: Range, area: tuple[int, int, int, int], narrow: bool) -> None:
    """The section from the row of its label on: columns right under those of the map."""
    top, left, bottom, right = area
    sheet, book, calc = model.sheet("Divisions"), model.book, w.sheet
    gaps, whites = calc.area(1, 37, DIVISION_SLOTS, 37), calc.area(1, 38, DIVISION_SLOTS, 38)
    rows: list[list[X]] = []
    for j in range(columns.cols):
        no = columns.cell(0, j)
        there = if_(or_(w.known == 0, no == 0), 0, 1)
        gap, blank = (index(area, max_(no, lit(1))) for area in (gaps, whites))
        name = if_(no == 0, "", words.division(w, no))
        rows.append([name, *(if_(there == 1, v, na()) for v in (blank + 0, gap - blank, gap + 0))])
    data = model.calc.block("Division gaps", ["division", "white space", "open", "gap"], rows)
    white = w.white > 0
    most = if_(white, max_(whites), max_(gaps))
    first = index(w.names, iferror(if_(white, match(most, whites), match(most, gaps)), 1))
    held = say(
        "{division} holds {share:0%} of {white, select, true {the white space} other {all that is left to win}}",
        division=first,
        share=iferror(most / if_(white, w.white, w.gap), 0),
        white=white,
    )
    message = model.calc.put("Divisions: message", iferror(if_(w.known == 1, if_(most > 0, held, ""), ""), ""))
    head(sheet, top, left - 1, right, say("Gap by division, {unit}", unit=model.currency))
    key = ((theme.RISK_D, _("■ white space: nothing sold")), (theme.BLUE, _("■ open: a part is sold")))
    for i, (colour, text) in enumerate(key):
        sheet.write(top + 2 + i, left - 1, text, font_size=9, bold=True, font_color=colour)
    ch = charts.chart(book, "column", message, "stacked")
    for j, (series, colour) in enumerate(((_("white space"), theme.RISK), (_("open"), "#8CC0E0")), 1):
        ch.add_series({"name": series, **charts.fixed(data)(j), "fill": {"color": colour}, "gap": 60})
    line = charts.layer(book, "line")
    line.add_series(
        {
            "name": _("gap"),
            **charts.fixed(data)(3),
            "line": {"none": True},
            "marker": {"type": "none"},
            "data_labels": charts.labels(8 if narrow else 9, theme.INK, True, position="above", num_format="#,##0"),
        }
    )
    ch.combine(line)
    ch.set_x_axis(charts.category_axis(label_position="none"))
    ch.set_y_axis({**charts.no_axis(), "min": 0})
    charts.plot_area(ch, 0.0, 0.12, 1.0, 0.86)
    alt = _("Columns under the divisions: what is left to win in each, white space and open")
    charts.place(sheet, ch, top + 1, left, bottom, right, alt, "Division gaps")
