"""Rules on cells, rows and columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from files import areas
from files.reading import MAIN, Book, Cell, Found, Sheet, length

LONGEST_TEXT = 32_767
HIGHEST_ROW, WIDEST_COLUMN = 409.5, 255
LARGEST = 9.99999999999999e307
ERRORS = {
    *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"),
    *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"),
}


def _all(book: Book) -> Iterator[tuple[Sheet, Cell]]:
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            yield sheet, cell


def rows_and_cells_stand_in_order(book: Book) -> Found:
    """Rows and cells go up, each once, a cell in its own row; else Excel repairs "Cell information"."""
    for sheet in book.sheets:
        above = 0
        for row in sheet.every("row"):
            number = int(row.get("r") or above + 1)
            if not above < number <= areas.LAST_ROW:
                yield sheet.place(f"row {number}"), f"stands after row {above}"
            above, left = number, 0
            for each in row.iterchildren(MAIN + "c"):
                place = areas.cell(each.get("r") or "")
                if place is None or place[0] != number or place[1] <= left:
                    yield sheet.place(each.get("r") or "?"), f"stands in a wrong place of row {number}"
                left = place[1] if place else left


def heights_and_widths_can_be_shown(book: Book) -> Found:
    """Rows are up to 409.5 points high; columns up to 255 characters wide, listed in order and only once."""
    for sheet in book.sheets:
        for row in sheet.every("row"):
            if not 0 <= float(row.get("ht") or 0) <= HIGHEST_ROW:
                yield sheet.place(f"row {row.get('r')}"), f"is {row.get('ht')} points high"
        left = 0
        for each in sheet.every("col"):
            first, last = int(each.get("min") or 0), int(each.get("max") or 0)
            if not left < first <= last <= areas.LAST_COLUMN:
                yield sheet.place(f"columns {first} to {last}"), f"stand after column {left}"
            elif not 0 <= float(each.get("width") or 0) <= WIDEST_COLUMN:
                yield sheet.place(f"columns {first} to {last}"), f"are {each.get('width')} wide"
            left = last


def cells_have_styles_that_are_there(book: Book) -> Found:
    """A style beyond the list makes Excel repair the sheet."""
    most = len(book.style("cellXfs"))
    for sheet in book.sheets:
        for element in [*sheet.every("c"), *sheet.every("row"), *sheet.every("col")]:
            number = int(element.get("s") or element.get("style") or 0)
            if number >= most and number:
                yield sheet.place(element.get("r") or element.get("min") or "?"), f"style {number} of {most}"


def values_are_of_their_type(book: Book) -> Found:
    """A number that is none (nan, inf, 1,5), a truth other than 0 and 1, an unknown error or type: repaired."""
    for sheet, cell in _all(book):
        fault = _wrong(cell)
        if fault:
            yield sheet.place(cell.address), fault


def _wrong(cell: Cell) -> str:
    value = cell.value
    if cell.type not in ("n", "s", "str", "b", "e", "inlineStr"):
        return f"type {cell.type!r} is not known"
    if value is None or cell.type in ("str", "s", "inlineStr"):
        return ""
    if cell.type == "b":
        return "" if value in ("0", "1") else f"{value!r} is neither 0 nor 1"
    if cell.type == "e":
        return "" if value in ERRORS else f"{value!r} is no error of Excel"
    try:
        number = float(value)
    except ValueError:
        return f"{value!r} is no number"
    if not math.isfinite(number) or abs(number) > LARGEST or not re.fullmatch(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?", value):
        return f"{value!r} is no number that Excel holds"
    return ""


def shared_strings_are_there(book: Book) -> Found:
    """A cell that points beyond the shared strings loses its text; Excel repairs the file."""
    for sheet, cell in _all(book):
        if cell.type == "s" and cell.value is None:
            yield sheet.place(cell.address), f"points beyond the {len(book.strings)} shared strings"


def texts_are_not_too_long(book: Book) -> Found:
    """A cell holds up to 32,767 characters, as Windows counts them; one of more makes Excel repair the file."""
    for sheet, cell in _all(book):
        if cell.is_text and cell.value and length(cell.value) > LONGEST_TEXT:
            yield sheet.place(cell.address), f"a text of {length(cell.value)} characters"


def blanks_at_the_ends_are_kept(book: Book) -> Found:
    """Blanks at the ends of a shared string are lost without xml:space: names then differ from their references."""
    for part in book.related(book.main, "sharedStrings"):
        root = book.xml(part)
        for each in [] if root is None else root.iter(MAIN + "t"):
            space = each.get("{http://www.w3.org/XML/1998/namespace}space")
            if each.text and each.text != each.text.strip(" \t\n\r") and space != "preserve":
                yield part, f"{each.text[:40]!r} loses the blanks at its ends"


def texts_are_not_read_as_codes(book: Book) -> Found:
    """Excel reads _x0041_ in a text as the letter A; where these signs are meant, the file says _x005F_x0041_."""
    texts = [(part, text) for part in book.related(book.main, "sharedStrings") for text in book.strings]
    for sheet, cell in _all(book):
        if cell.type == "str" and cell.value:
            texts.append((sheet.place(cell.address), cell.value))
        if cell.formula:
            texts.append((sheet.place(cell.address), cell.formula))
    for place, text in texts:
        for code in re.findall(r"_x([0-9A-Fa-f]{4})_", text):
            if code.upper() not in ("005F", "FFFE", "FFFF") and int(code, 16) >= 0x20:
                yield place, f"{text[:60]!r} shows {chr(int(code, 16))!r} for _x{code}_"


RULES = (
    rows_and_cells_stand_in_order,
    heights_and_widths_can_be_shown,
    cells_have_styles_that_are_there,
    values_are_of_their_type,
    shared_strings_are_there,
    texts_are_not_too_long,
    blanks_at_the_ends_are_kept,
    texts_are_not_read_as_codes,
)
