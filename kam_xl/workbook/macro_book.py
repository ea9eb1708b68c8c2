"""What a macro workbook (``.xlsm``) has besides its sheets: buttons, the VBA project, xlwings' settings, help."""

from __future__ import annotations

import io
from collections import defaultdict

from kam_xl.canvas.book import Book, Sheet
from kam_xl.hosts.vba import (
    BUTTONS,
    CONF_SHEET,
    INTELLISENSE_SHEET,
    WORKBOOK_CODE_NAME,
    intellisense_rows,
    sheet_code_names,
    vba_project,
    xlwings_conf,
)

WIDTH, HEIGHT, GAP = 112, 26, 8


def add_macros(book: Book, functions: bool) -> None:
    """Make `book` a macro workbook; `functions`: with the VBA wrappers of the worksheet functions.

    Raises
    ------
    HostError
        xlwings is not installed.
    """
    buttons: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for button in BUTTONS:
        if button.sheet in book.sheets:
            buttons[button.sheet].append((button.macro, button.caption, button.tip))
    for name, own in buttons.items():
        _buttons(book.sheets[name], own)
    for name, rows in ((CONF_SHEET, xlwings_conf()), (INTELLISENSE_SHEET, intellisense_rows() if functions else [])):
        if rows:
            sheet = book.xlsx.add_worksheet(name)
            for place, cells in enumerate(rows):
                sheet.write_row(place, 0, cells)
            sheet.hide() if name == CONF_SHEET else sheet.very_hidden()
    worksheets = book.xlsx.worksheets()
    code_names = sheet_code_names(len(worksheets))
    book.xlsx.set_vba_name(WORKBOOK_CODE_NAME)
    for code_name, sheet in zip(code_names, worksheets, strict=True):
        sheet.set_vba_name(code_name)
    book.xlsx.add_vba_project(io.BytesIO(vba_project(code_names, functions)), is_stream=True)


def _buttons(sheet: Sheet, buttons: list[tuple[str, str, str]]) -> None:
    """Buttons at the right end of the title row."""
    edge = sum(sheet.column_px[:-1])
    for place, (macro, caption, tip) in enumerate(reversed(buttons)):
        left, col = edge - (place + 1) * (WIDTH + GAP) + GAP, 0
        while left >= sheet.column_px[col]:
            left -= sheet.column_px[col]
            col += 1
        look = {"macro": macro, "caption": caption, "width": WIDTH, "height": HEIGHT, "description": tip}
        sheet.ws.insert_button(0, col, {**look, "x_offset": left, "y_offset": 7})
