"""Rules on the list of sheets, and on what a sheet shows when it is opened."""

from __future__ import annotations

import re
from collections import Counter

from files import areas
from files.reading import MAIN, RELATION, Book, Found, Sheet

LONGEST_SHEET_NAME = 31
# the children of a worksheet, in the one order that Excel reads
_CHILDREN = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing drawingHF legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems
    tableParts extLst
"""
_ORDER = _CHILDREN.split()
_MANY = {"cols", "conditionalFormatting"}


def sheets_have_names_that_excel_takes(book: Book) -> Found:
    """Excel renames a sheet to Recovered_Sheet1 if its name is empty, long, "History", or has one of []:*?/\\ ."""
    for sheet in book.sheets:
        name = sheet.name
        if not name or len(name) > LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\\x00-\x1f]", name):
            yield name, f"is no name for a sheet ({len(name)} characters)"
        elif name.startswith("'") or name.endswith("'") or name.casefold() == "history":
            yield name, "is no name for a sheet"


def sheets_have_names_of_their_own(book: Book) -> Found:
    """Two sheets with one name, in whatever case, are damage; two with one number as well."""
    for name, times in Counter(sheet.name.casefold() for sheet in book.sheets).items():
        if times > 1:
            yield name, f"{times} sheets have this name"
    for attribute in ("sheetId", RELATION + "id"):
        for value, times in Counter(each.get(attribute) for each in book.root.iter(MAIN + "sheet")).items():
            if times > 1:
                yield "workbook", f"{times} sheets have the {attribute.rpartition('}')[2]} {value}"


def book_opens_on_a_sheet_that_is_shown(book: Book) -> Found:
    """Excel repairs a workbook without a visible sheet, or whose active tab is hidden or is not there."""
    if all(sheet.state != "visible" for sheet in book.sheets):
        yield "workbook", "no sheet is visible"
        return
    for view in book.root.iter(MAIN + "workbookView"):
        active = int(view.get("activeTab") or 0)
        if active >= len(book.sheets):
            yield "workbook", f"opens on sheet {active + 1} of {len(book.sheets)}"
        elif book.sheets[active].state != "visible":
            yield book.sheets[active].name, "is the active tab, but is hidden"


def one_sheet_is_selected(book: Book) -> Found:
    """With several sheets selected, what is typed into one goes into all of them, without a word."""
    selected = [s.name for s in book.sheets for view in s.every("sheetView") if view.get("tabSelected") == "1"]
    if len(selected) > 1:
        yield ", ".join(selected), "are selected together"


def states_are_known(book: Book) -> Found:
    """A sheet is visible, hidden or veryHidden; anything else stops the workbook from loading."""
    for sheet in book.sheets:
        if sheet.state not in ("visible", "hidden", "veryHidden"):
            yield sheet.name, f"has the state {sheet.state!r}"


def children_stand_in_order(book: Book) -> Found:
    """The parts of a sheet are a fixed sequence: one in a wrong place is dropped with all that follow."""
    for sheet in book.sheets:
        if sheet.root is None:
            continue
        names = [str(each.tag).rpartition("}")[2] for each in sheet.root if isinstance(each.tag, str)]
        if unknown := [name for name in names if name not in _ORDER]:
            yield sheet.name, f"{unknown[0]} is no part of a sheet"
            continue
        places = [_ORDER.index(name) for name in names]
        if places != sorted(places):
            wrong = next(name for name, a, b in zip(names, places, places[1:], strict=False) if a > b)
            yield sheet.name, f"{wrong} stands too early"
        for name, times in Counter(names).items():
            if times > 1 and name not in _MANY:
                yield sheet.name, f"{name} stands there {times} times"


def views_can_be_shown(book: Book) -> Found:
    """Excel repairs "View" if zoom, pane, or selected cells make no sense."""
    for sheet in book.sheets:
        for view in sheet.every("sheetView"):
            for zoom in ("zoomScale", "zoomScaleNormal"):
                if not 10 <= int(view.get(zoom) or 100) <= 400:
                    yield sheet.name, f"{zoom} is {view.get(zoom)}"
            panes = {"topLeft"}
            for pane in view.iter(MAIN + "pane"):
                across, down = float(pane.get("xSplit") or 0), float(pane.get("ySplit") or 0)
                panes |= ({"topRight"} if across else set()) | ({"bottomLeft"} if down else set())
                panes |= {"bottomRight"} if across and down else set()
                if len(panes) == 1 or not areas.cell(pane.get("topLeftCell") or ""):
                    yield sheet.name, "its pane is split nowhere"
                elif (pane.get("activePane") or "topLeft") not in panes:
                    yield sheet.name, f"its active pane {pane.get('activePane')} is not there"
            yield from _selections(sheet, view.iter(MAIN + "selection"), panes)


def _selections(sheet: Sheet, selections: object, panes: set[str]) -> Found:
    for each in selections:  # type: ignore[attr-defined]
        inside = areas.areas(each.get("sqref") or "A1")
        active = areas.cell(each.get("activeCell") or "A1")
        if (each.get("pane") or "topLeft") not in panes:
            yield sheet.name, f"cells of a pane {each.get('pane')} are selected, which is not there"
        elif active is None or None in inside:
            yield sheet.name, f"{each.get('sqref')} are no cells that can be selected"
        elif each.get("activeCell") and each.get("sqref") and not any(a.holds(*active) for a in inside if a):
            yield sheet.name, f"the active cell {each.get('activeCell')} is not selected"


RULES = (
    sheets_have_names_that_excel_takes,
    sheets_have_names_of_their_own,
    book_opens_on_a_sheet_that_is_shown,
    one_sheet_is_selected,
    states_are_known,
    children_stand_in_order,
    views_can_be_shown,
)
