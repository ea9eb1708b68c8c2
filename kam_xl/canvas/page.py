"""A page: title, section labels, key figures, print set-up, all on one grid of pixels."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.book import Book, Sheet
from kam_xl.canvas.theme import BLUE_D, MUTED, PANEL, Style
from kam_xl.formulas.expressions import X
from kam_xl.formulas.functions import if_, length
from kam_xl.formulas.messages import say
from kam_xl.locale import _

TOP = 3  # first row under the title block
PRINTED_ROWS = 44  # a longer page prints its beginning only


def page(
    book: Book, sheet: Sheet, widths: list[int], title: X | str, subtitle: X | str, right: X | str = "", freeze: int = 2
) -> None:
    """Title block and print set-up. First and last of `widths` are gutters."""
    ws = sheet.ws
    sheet.columns(*widths)
    last = len(widths) - 2
    ws.hide_gridlines(2)
    for row, px in ((0, 40), (1, 24), (2, 8)):
        sheet.height(row, px)
    rule = {"bottom": 2, "bottom_color": BLUE_D}
    sheet.write(0, 1, title, font_size=18, bold=True, font_color=BLUE_D)
    sheet.band(1, 1, last, **rule)
    sheet.write(1, 1, subtitle, font_color=MUTED, **rule)
    if isinstance(right, X) or right:
        sheet.write(1, last, right, font_size=9, font_color=MUTED, align="right", **rule)
    if freeze:
        ws.freeze_panes(freeze, 0)
    ws.set_landscape()
    ws.set_paper(9)
    ws.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.55)
    ws.fit_to_pages(1, 1)
    ws.center_horizontally()
    ws.set_footer("&L&8&K56626Fkam_xl&R&8&K56626F&A  ·  &P / &N", {"margin": 0.25})


def printed(sheet: Sheet, last_row: int, tall: bool = False, most: int = PRINTED_ROWS) -> None:
    """What is printed: the page down to `last_row`; `tall` inputs run over as many pages as they need."""
    ws = sheet.ws
    ws.print_area(0, 0, last_row if tall else min(last_row, most), len(sheet.column_px) - 1)
    if tall:
        ws.fit_to_pages(1, 0)


def printed_note(rows: X, most: int) -> X:
    """What paper leaves out of a long table; the sheet holds it all."""
    return if_(rows > most, say("on paper: the first {most} of {rows}", most=most, rows=rows), "")


def head(sheet: Sheet, row: int, c1: int, c2: int, text: str | X, right: str | X = "", height: int = 24) -> None:
    """Label of a section (what, unit, period) over a rule; a note at its right end."""
    if row not in sheet.row_px:
        sheet.height(row, height)
    sheet.band(row, c1, c2, bottom=1, bottom_color=BLUE_D)
    sheet.write(row, c1, text, **theme.label())
    if isinstance(right, X) or right:
        sheet.write(row, c2, right, **theme.note(align="right", bottom=1, bottom_color=BLUE_D))


def legend(sheet: Sheet, row: int, col: int, parts: list[tuple[str, str]]) -> None:
    """Coloured squares and words, at the right end of a section label."""
    book, pieces = sheet.book, []
    for colour, text in parts:
        pieces += [
            book.format(font_size=10, font_color=colour, bold=True),
            "■ ",
            book.format(**theme.note()),
            text + "    ",
        ]
    pieces[-1] = str(pieces[-1]).rstrip()
    sheet.ws.write_rich_string(
        row, col, *pieces, book.format(**theme.note(align="right", bottom=1, bottom_color=BLUE_D))
    )


def figure(sheet: Sheet, row: int, c1: int, c2: int, label: str | X, value: X, note: str | X, **look: Any) -> None:
    """A key figure: label, large number, note, a coloured edge at its left. `look`: num_format, edge, colour."""
    edge = look.get("edge", theme.BLUE)
    panel = {"bg_color": PANEL, "indent": 1}
    first = {"left": 5, "left_color": edge}
    rows: list[tuple[str | X, dict[str, Any]]] = [
        (label, {"font_size": 9, "font_color": MUTED}),
        (
            value,
            {
                "font_size": 20,
                "bold": True,
                "align": "left",
                "font_color": look.get("colour", theme.INK),
                "num_format": look.get("num_format", "General"),
            },
        ),
        (note, {"font_size": 9, "font_color": MUTED, "valign": "top", "align": "left"}),
    ]
    for i, (content, style) in enumerate(rows):
        if c2 > c1:  # large numbers show ### in a narrow cell: these three are the only merged ones
            sheet.ws.merge_range(row + i, c1, row + i, c2, "", sheet.book.format(**style, **panel, **first))
        sheet.write(row + i, c1, content, **style, **panel, **first)


def so_what(sheet: Sheet, row: int, c1: int, c2: int, lines: list[X | str], height: int = 24, title: str = "") -> None:
    """Numbered conclusions, each a live sentence; the sentence itself stands on calc, as it is used twice."""
    head(sheet, row, c1, c2, title or _("So what"))
    for i, line in enumerate(lines, 1):
        if row + i not in sheet.row_px:
            sheet.height(row + i, height)
        if isinstance(line, str):
            sheet.write(row + i, c1, f"{i}  " + line)
            continue
        said = sheet.book.put(f"{sheet.name}, sentence {i}", line)
        sheet.write(row + i, c1, if_(length(said) == 0, "", f"{i}  " & said))


def explained(sheet: Sheet, area: tuple[int, int, int, int], kind: str = "danger") -> None:
    """Conditional formats shared by pages: danger levels, changes, checks."""
    ws, book = sheet.ws, sheet.book
    if kind == "danger":
        styles: dict[str, Style] = {
            "●": {"font_color": theme.RISK_D, "bg_color": theme.RISK_T, "bold": True},
            "◐": {"font_color": theme.RISK_D},
        }
        for sign, style in styles.items():
            ws.conditional_format(
                *area, {"type": "text", "criteria": "begins with", "value": sign, "format": book.bare(**style)}
            )
    elif kind == "change":
        for sign, colour in (("<", theme.RISK_D), (">", theme.GOOD_D)):
            ws.conditional_format(
                *area, {"type": "cell", "criteria": sign, "value": 0, "format": book.bare(font_color=colour)}
            )
    elif kind == "bar":
        bar_of(sheet, area, 100)


def bar_of(sheet: Sheet, area: tuple[int, int, int, int], most: float | None) -> None:
    """Bars behind numbers, as long as the cell at `most`; None: at the largest of them."""
    sheet.ws.conditional_format(
        *area,
        {
            "type": "data_bar",
            "data_bar_2010": True,
            "bar_solid": True,
            "bar_color": "#C5DCEF",
            "bar_border_color": "#C5DCEF",
            "min_type": "num",
            "min_value": 0,
            **({"max_type": "max"} if most is None else {"max_type": "num", "max_value": most}),
        },
    )


def heat(sheet: Sheet, area: tuple[int, int, int, int]) -> None:
    """Shades behind scores from 1 to 10: the higher, the darker."""
    looks: tuple[tuple[float, Style], ...] = (
        (8.5, {"bg_color": theme.HEAT[4], "font_color": theme.WHITE}),
        (6.5, {"bg_color": theme.HEAT[3]}),
        (4.5, {"bg_color": theme.HEAT[2]}),
        (2.5, {"bg_color": theme.HEAT[1]}),
    )
    for low, look in looks:
        rule = {"type": "cell", "criteria": "between", "minimum": low, "maximum": 11, "stop_if_true": True}
        sheet.ws.conditional_format(*area, {**rule, "format": sheet.book.bare(**look)})


def exact(sheet: Sheet, area: tuple[int, int, int, int], **look: Any) -> None:
    """Decimals where a number has some: a format such as ``#,##0.##`` would show 41 as "41."."""
    cell = xl_rowcol_to_cell(area[0], area[1])
    rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),ROUND(N({cell}),6)<>ROUND(N({cell}),0))"}
    sheet.ws.conditional_format(*area, {**rule, "format": sheet.book.bare(num_format=theme.EXACT, **look)})


def spare_first(used: int, slots: int) -> list[int]:
    """Places of a list with spare places: the spare ones come first, beside the names, where they leave no hole."""
    return [*range(used, slots), *range(used)]


def ruled(sheet: Sheet, area: tuple[int, int, int, int], key: int) -> None:
    """A hairline below every row that is in use: where the cell in column `key` shows something."""
    cell = xl_rowcol_to_cell(area[0], key, col_abs=True)
    line = sheet.book.bare(bottom=1, bottom_color=theme.HAIR)
    sheet.ws.conditional_format(*area, {"type": "formula", "criteria": f"=LEN({cell})", "format": line})
