"""Sheets of the user's own, written anew: values, formulas, looks, sizes, comments."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from xlsxwriter.format import Format

from kam_xl.canvas.book import Book, Sheet
from kam_xl.content.positions import split_cell
from kam_xl.content.tables import STORED_ERRORS
from kam_xl.formulas.values import Err, Scalar
from kam_xl.workbook.carry.looks import looks_of_cells
from kam_xl.workbook.carry.notes import Note, notes_of
from kam_xl.workbook.carry.opened import OpenedSheet
from kam_xl.workbook.carry.references import Follow
from kam_xl.workbook.carry.seen import MARGINS
from kam_xl.workbook.recompute.package import COLUMNS, FormulaCell

if TYPE_CHECKING:
    from kam_xl.workbook.carry.carried import Carried


def write(carried: Carried, book: Book, follow: Follow) -> None:
    """Write every own sheet of a file into a workbook; the sheets are there already, empty."""
    for title, name in carried.own.items():
        _Writing(carried, book, follow, carried.file.sheets[title], book.sheets[name]).all()


class _Writing:
    """One sheet on its way."""

    def __init__(self, carried: Carried, book: Book, follow: Follow, old: OpenedSheet, sheet: Sheet) -> None:
        self.carried, self.book, self.follow, self.old, self.sheet = carried, book, follow, old, sheet
        self.cells, self.looks = carried.cells[old.title], looks_of_cells(carried.file, old)
        self.rich = carried.rich.of(old)

    def all(self) -> None:
        self._sizes()
        self._merged()
        for at, number in self.looks.items():
            if at not in self.cells.constants and at not in self.cells.formulas:
                self.sheet.ws.write_blank(*divmod(at, COLUMNS), None, self.format(number))
        for at, value in self.cells.constants.items():
            runs = self.carried.runs(self.book, self.rich.get(at, []))
            constant(self.sheet, *divmod(at, COLUMNS), value, self.format(self.looks.get(at, 0)), runs)
        for at, cell in self.cells.formulas.items():
            self._formula(at, cell)
        for note in notes_of(self.carried.file, self.old):
            row, column = split_cell(note.cell)
            comment(self.sheet, row - 1, column - 1, note)
        self._seen()

    def format(self, number: int) -> Format:
        """The look of a number, one object for all cells that share it."""
        return self.carried.format(self.book, number)

    def _formula(self, at: int, cell: FormulaCell) -> None:
        row, column = divmod(at, COLUMNS)
        text = self.carried.followed(self.follow, self.old.title, at)
        look = self.format(self.looks.get(at, 0))
        if text is None:
            constant(self.sheet, row, column, cell.stored, look)
            return
        self.sheet.cells[row, column] = cell.stored
        stored = "" if cell.stored is None else cell.stored
        if cell.area:
            first, _colon, last = cell.area.partition(":")
            (top, left), (bottom, right) = split_cell(first), split_cell(last or first)
            area = (top - 1, left - 1, bottom - 1, right - 1)
            results = {
                (r, c): self.sheet.ws.table.get(r, {}).get(c)
                for r in range(top - 1, bottom)
                for c in range(left - 1, right)
            }
            if cell.dynamic and self.book.spills:
                self.sheet.ws.write_dynamic_array_formula(*area, f"={text}", look, stored)
            else:
                self.sheet.ws.write_array_formula(*area, f"{{={text}}}", look, stored)
            for (r, c), result in results.items():
                if result is not None and (r, c) != (row, column):
                    self.sheet.ws.table[r][c] = result
        else:
            self.sheet.ws.write_formula(row, column, f"={text}", look, stored)

    def _sizes(self) -> None:
        ws, sizes = self.sheet.ws, self.old.xml.find("{*}sheetFormatPr")
        if sizes is not None and (height := sizes.get("defaultRowHeight")):
            with suppress(ValueError):
                ws.set_default_row(float(height))
        for column in self.old.xml.iterfind("{*}cols/{*}col"):
            first, last = int(column.get("min", "1")) - 1, int(column.get("max", "1")) - 1
            hidden = {"hidden": True} if column.get("hidden") in ("1", "true") else {}
            style = int(column.get("style", "0"))
            look = self.format(style) if style else None
            level = {"level": int(column.get("outlineLevel", "0"))} if column.get("outlineLevel") else {}
            width = float(column.get("width", "8.43"))
            ws.set_column(first, min(last, COLUMNS - 1), stated_width(width), look, hidden | level)
        for number, row in self.old.rows.items():
            hidden = {"hidden": True} if row.get("hidden") in ("1", "true") else {}
            level = {"level": int(row["outlineLevel"])} if "outlineLevel" in row else {}
            own = float(row["ht"]) if "ht" in row and row.get("customHeight") in ("1", "true") else None
            if hidden or level or own is not None:
                ws.set_row(number - 1, own, None, hidden | level)

    def _merged(self) -> None:
        for merged in self.old.xml.iterfind("{*}mergeCells/{*}mergeCell"):
            first, _colon, last = merged.get("ref", "").partition(":")
            (top, left), (bottom, right) = split_cell(first), split_cell(last)
            if top and bottom and (top, left) != (bottom, right):
                look = self.format(self.looks.get((top - 1) * COLUMNS + left - 1, 0))
                with suppress(Exception):  # areas that overlap: nothing that a sound file has
                    self.sheet.ws.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", look)

    def _seen(self) -> None:
        """What decides how the sheet shows itself: panes, gridlines, zoom, tab, whether it is hidden, its printing."""
        ws, view = self.sheet.ws, self.old.xml.find("{*}sheetViews/{*}sheetView")
        if view is not None:
            if view.get("showGridLines", "1") in ("0", "false"):
                ws.hide_gridlines(2)
            if view.get("showZeros", "1") in ("0", "false"):
                ws.hide_zero()
            if view.get("showRowColHeaders", "1") in ("0", "false"):
                ws.hide_row_col_headers()
            if view.get("rightToLeft", "0") in ("1", "true"):
                ws.right_to_left()
            if 10 <= int(view.get("zoomScale", "100")) <= 400:
                ws.set_zoom(int(view.get("zoomScale", "100")))
            pane = view.find("{*}pane")
            if pane is not None and pane.get("state", "split").startswith("frozen"):
                ws.freeze_panes(int(float(pane.get("ySplit", "0"))), int(float(pane.get("xSplit", "0"))))
        colour = self.old.xml.find("{*}sheetPr/{*}tabColor")
        if colour is not None and len(colour.get("rgb", "")) >= 6:
            ws.set_tab_color(f"#{colour.get('rgb', '')[-6:]}")
        if self.old.state == "veryHidden":
            ws.very_hidden()
        elif self.old.state == "hidden":
            ws.hide()
        self._printed()

    def _printed(self) -> None:
        ws, margins, options = self.sheet.ws, self.old.xml.find("{*}pageMargins"), self.old.xml.find("{*}printOptions")
        if margins is not None:
            ws.set_margins(*(float(margins.get(side, usual)) for side, usual in MARGINS.items()))
        chosen = (
            {key for key, value in options.attrib.items() if value in ("1", "true")} if options is not None else set()
        )
        for key, put in (
            ("headings", ws.print_row_col_headers),
            ("horizontalCentered", ws.center_horizontally),
            ("verticalCentered", ws.center_vertically),
        ):
            if key in chosen:
                put()
        setup = self.old.xml.find("{*}pageSetup")
        if setup is not None:
            if setup.get("orientation") == "landscape":
                ws.set_landscape()
            if setup.get("paperSize", "").isdigit():
                ws.set_paper(int(setup.get("paperSize", "0")))
            fit = self.old.xml.find("{*}sheetPr/{*}pageSetUpPr")
            if fit is not None and fit.get("fitToPage") in ("1", "true"):
                ws.fit_to_pages(int(setup.get("fitToWidth", "1")), int(setup.get("fitToHeight", "1")))
            elif setup.get("scale", "100").isdigit() and 10 <= int(setup.get("scale", "100")) <= 400:
                ws.set_print_scale(int(setup.get("scale", "100")))
        for part, put in (("oddHeader", ws.set_header), ("oddFooter", ws.set_footer)):
            text = self.old.xml.findtext(f"{{*}}headerFooter/{{*}}{part}") or ""
            if text and len(text) < 255 and "&G" not in text:
                put(text)


def stated_width(width: float) -> float:
    """The width of a column as a person states it: a file adds the room around the letters.

    >>> round(stated_width(10.7109375), 2)
    10.0
    """
    pixels = int(width * 7 + 0.5)
    return (pixels - 5) / 7 if pixels >= 12 else pixels / 12


def constant(
    sheet: Sheet,
    row: int,
    column: int,
    value: Scalar,
    look: Format | None,
    runs: Sequence[tuple[str, Format | None]] = (),
) -> None:
    """Write a value as it stood in a file; a text with the letters of its `runs`."""
    ws = sheet.ws
    sheet.cells[row, column] = value
    if isinstance(value, str) and not isinstance(value, Err) and "".join(text for text, _look in runs) == value:
        pieces = [piece for text, letters in runs for piece in ([letters, text] if letters else [text])]
        if ws.write_rich_string(row, column, *pieces, look) == 0:
            return
    if value is None:
        ws.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        ws.write_boolean(row, column, value, look)
    elif isinstance(value, Err):
        ws.write_formula(row, column, f"={value}" if value in STORED_ERRORS else "=#VALUE!", look, str(value))
    elif isinstance(value, str):
        ws.write_string(row, column, value, look)
    else:
        ws.write_number(row, column, value, look)


def comment(sheet: Sheet, row: int, column: int, note: Note) -> None:
    """Write a comment."""
    sheet.ws.write_comment(row, column, note.text, {"author": note.author} if note.author else {})
