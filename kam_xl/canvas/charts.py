"""Native charts in one style: the title is a sentence from a cell, no legend, labels where they help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlsxwriter.chart import Chart

from kam_xl.canvas import cell_rules, theme
from kam_xl.canvas.book import Book, Sheet
from kam_xl.formulas.cells import Cells
from kam_xl.formulas.expressions import X
from kam_xl.formulas.formula import Range, Ref
from kam_xl.formulas.values import number

Options = dict[str, Any]


def at(area: Range | Ref) -> str:
    """Where a chart finds its data."""
    if isinstance(area, Ref):
        area = Range(Cells(), area.sheet, area.row, area.col, area.row, area.col)
        return "=" + area.address.split(":")[0]
    return "=" + area.address


def fixed(data: Range) -> Callable[[int], Options]:
    """Where the series in column `j` of a block finds its names and values: all rows of the block."""
    return lambda j: {"categories": at(data.column(0)), "values": at(data.column(j))}


def growing(book: Book, data: Range, rows: X, name: str) -> Callable[[int], Options]:
    """As `fixed`, but only the first `rows` rows: through names of the workbook, so that the chart grows with them."""
    shown = int(number(rows.value))

    def series(j: int) -> Options:
        out: Options = {}
        for kind, col in (("categories", 0), ("values", j)):
            area = data.column(col)
            own = f"chart_{name}_{col}"
            book.define_first(own, area, rows)
            out[kind] = f"=[0]!{own}"
            out[f"{kind}_data"] = area.flat()[:shown]
        return out

    return series


def font(size: float = 9, colour: str = theme.INK, bold: bool = False, **more: Any) -> Options:
    """Font of a chart's text."""
    return {"size": size, "color": colour, "bold": bold, **more}


def labels(size: float = 9, colour: str = theme.INK, bold: bool = False, **more: Any) -> Options:
    """Labels that show the value of a point."""
    return {"value": True, "font": font(size, colour, bold), **more}


def named(size: float = 9, colour: str = theme.INK, bold: bool = False, **more: Any) -> Options:
    """Labels that show the name of the series: live text, since the name is a cell."""
    return {"series_name": True, "value": False, "font": font(size, colour, bold), **more}


def chart(book: Book, kind: str, message: Ref | None, subtype: str | None = None) -> Chart:
    """A chart without frame, legend or gridlines.

    What it says stands in the cell above it (`place`), not in the chart: LibreOffice keeps a chart's own title as it
    was in the file.
    """
    ch = layer(book, kind, subtype)
    ch.set_chartarea({"border": {"none": True}, "fill": {"color": theme.WHITE}})
    ch.set_legend({"none": True})
    ch.set_title({"none": True})
    ch.message = message
    return ch


def layer(book: Book, kind: str, subtype: str | None = None) -> Chart:
    """A chart to be combined with another one; a point that is #N/A is none, and no bar is labelled "#N/A"."""
    ch = _tuned(book.xlsx.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})}))
    ch.show_na_as_empty_cell()
    return ch


def _tuned(ch: Chart) -> Chart:
    """What XlsxWriter has no option for: flat line ends, labels that do not wrap, #N/A left out of the cache, gaps.

    Gaps are its standard, which it leaves out; programs that do not know whose file it is would take blanks for 0.
    """
    start = ch._xml_start_tag
    empty, write_labels, cache, inside = ch._xml_empty_tag, ch._write_d_lbls, ch._write_num_cache, [False]

    def start_tag(tag: str, attributes: Any = None) -> None:
        flat = [("cap", "flat")] if tag == "a:ln" else []
        start(tag, [*(attributes or []), *flat])

    def empty_tag(tag: str, attributes: Any = None) -> None:
        if tag == "c:numFmt":
            cell_rules.number_format(dict(attributes)["formatCode"])
        wrap = [("wrap", "none")] if tag == "a:bodyPr" and inside[0] else []
        empty(tag, wrap + list(attributes or []))

    def d_lbls(options: Any) -> None:
        inside[0] = True
        write_labels(options)
        inside[0] = False

    ch._xml_start_tag, ch._xml_empty_tag, ch._write_d_lbls = start_tag, empty_tag, d_lbls
    ch._write_disp_blanks_as = lambda: empty_tag("c:dispBlanksAs", [("val", ch.show_blanks)])
    ch._write_num_cache = lambda data: cache([None if str(v).startswith("#") else v for v in data or []])
    return ch


def category_axis(**more: Any) -> Options:
    """Axis of names."""
    return {
        "num_font": font(),
        "line": {"color": theme.GREY, "width": 0.75},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": False},
        **more,
    }


def value_axis(**more: Any) -> Options:
    """Axis of numbers."""
    return {
        "num_font": font(colour=theme.MUTED),
        "line": {"none": True},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": True, "line": {"color": theme.HAIR, "width": 0.75}},
        **more,
    }


def no_axis(**more: Any) -> Options:
    """No axis: the labels say it."""
    return {"visible": False, "major_gridlines": {"visible": False}, **more}


def plot_area(ch: Chart, x: float, y: float, width: float, height: float) -> None:
    """Where the plot stands in the chart, as shares of it."""
    ch.set_plotarea({"layout": {"x": x, "y": y, "width": width, "height": height}})


def place(sheet: Sheet, ch: Chart, r1: int, c1: int, r2: int, c2: int, alt: str, name: str) -> None:
    """Write what a chart says in its first row and insert it below, down to r2 and over c1..c2.

    It gets a name, and a text for those who cannot see it.
    """
    if ch.message is not None:
        if r1 not in sheet.row_px:
            sheet.height(r1, 24)
        sheet.write(r1, c1, ch.message & "", font_size=11, bold=True)
        r1 += 1
    width = sum(sheet.column_px[c1 : c2 + 1])
    height = sum(sheet.row_px.get(r, 20) for r in range(r1, r2 + 1)) - 4
    ch.set_size({"width": width, "height": height})
    ch.set_chartarea({"border": {"none": True}, "fill": {"color": theme.WHITE}})
    ch.chart_name = name
    sheet.ws.insert_chart(r1, c1, ch, {"object_position": 2, "description": alt, "y_offset": 4})
