"""Rules on drawings, buttons and comments: what Excel calls "Removed Part: Drawing shape"."""

from __future__ import annotations

import re
from collections import Counter

from files import areas
from files.reading import CHART, MAIN, RELATION, Book, Found

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_URN = "{urn:schemas-microsoft-com:"
VML, OFFICE, EXCEL = f"{_URN}vml}}", f"{_URN}office:office}}", f"{_URN}office:excel}}"


def shapes_have_ids_and_names(book: Book) -> Found:
    """Two shapes of a drawing with one id are damage; with one name, macros and screen readers take the first."""
    for sheet, part, root in book.drawings:
        shapes = list(root.iter(DRAWING + "cNvPr"))
        for attribute in ("id", "name"):
            for value, times in Counter(each.get(attribute) for each in shapes).items():
                if times > 1 or not value or value == "0":
                    yield f"{sheet.name} ({part})", f"{times} shapes have the {attribute} {value!r}"


def shapes_stand_on_the_sheet(book: Book) -> Found:
    """An anchor that runs backwards, or beyond the last row or column, makes Excel drop the drawing."""
    for sheet, part, root in book.drawings:
        for anchor in root.iter(DRAWING + "twoCellAnchor"):
            corners = [
                [
                    int(anchor.findtext(f"{DRAWING}{end}/{DRAWING}{each}") or -1)
                    for each in ("row", "rowOff", "col", "colOff")
                ]
                for end in ("from", "to")
            ]
            (row, down, column, right), (last, last_down, last_column, last_right) = corners
            backwards = (last, last_down) < (row, down) or (last_column, last_right) < (column, right)
            if backwards or min(corners[0]) < 0 or last >= areas.LAST_ROW or last_column >= areas.LAST_COLUMN:
                yield f"{sheet.name} ({part})", f"a shape reaches from {corners[0]} to {corners[1]}"


def charts_stand_in_one_frame(book: Book) -> Found:
    """A frame names its chart by a relation to a chart; any other leads to nothing and is dropped."""
    for sheet, part, root in book.drawings:
        kinds = {each.id: each.kind for each in book.relations(part)}
        for frame in root.iter(DRAWING + "graphicFrame"):
            shown = [each.get(RELATION + "id") for each in frame.iter(CHART + "chart")]
            if len(shown) != 1 or kinds.get(str(shown[0]), "chart") != "chart":
                yield f"{sheet.name} ({part})", f"a frame shows {shown}"


def _legacy(book: Book) -> list[tuple[str, str]]:
    """Sheet and part of every drawing of buttons and comments."""
    return [(sheet.name, part) for sheet in book.sheets for part in book.related(sheet.part, "vmlDrawing")]


def buttons_have_ids_of_their_own(book: Book) -> Found:
    """Ids of buttons and comments go by blocks of 1,024, a block belongs to one sheet: else all of them are lost."""
    blocks: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    for _, part in _legacy(book):
        root = book.xml(part)
        for each in [] if root is None else root.iter(OFFICE + "idmap"):
            blocks.update((each.get("data") or "").split(","))
        own = {
            block
            for each in ([] if root is None else root.iter(OFFICE + "idmap"))
            for block in (each.get("data") or "").split(",")
        }
        for each in [] if root is None else root.iter(VML + "shape"):
            number = re.fullmatch(r"_x0000_s(\d+)", each.get("id") or "")
            ids[each.get("id") or ""] += 1
            if not number or str(int(number[1]) // 1024) not in own:
                yield part, f"the id {each.get('id')} is not of the blocks {sorted(own)}"
    for name, times in (*blocks.items(), *ids.items()):
        if times > 1:
            yield "buttons and comments", f"{name} is taken {times} times"


def comments_have_their_boxes(book: Book) -> Found:
    """Each comment has a box at its cell, and each box a comment; else Excel removes them."""
    for sheet in book.sheets:
        boxes: Counter[tuple[int, int]] = Counter()
        for part in book.related(sheet.part, "vmlDrawing"):
            root = book.xml(part)
            for each in [] if root is None else root.iter(EXCEL + "ClientData"):
                if each.get("ObjectType") == "Note":
                    boxes[
                        int(each.findtext(EXCEL + "Row") or 0) + 1, int(each.findtext(EXCEL + "Column") or 0) + 1
                    ] += 1
        comments: Counter[tuple[int, int]] = Counter()
        for part in book.related(sheet.part, "comments"):
            root = book.xml(part)
            for each in [] if root is None else root.iter(MAIN + "comment"):
                comments[areas.cell(each.get("ref") or "") or (0, 0)] += 1
        for place in sorted({*boxes, *comments}):
            if boxes[place] != 1 or comments[place] != 1:
                where = sheet.place(areas.address(*place) if place[0] else "?")
                yield where, f"{comments[place]} comments and {boxes[place]} boxes"


def comments_have_authors(book: Book) -> Found:
    """A comment counts its author in the list of its part, and has up to 32,767 characters."""
    for sheet in book.sheets:
        for part in book.related(sheet.part, "comments"):
            root = book.xml(part)
            authors = 0 if root is None else len(list(root.iter(MAIN + "author")))
            for each in [] if root is None else root.iter(MAIN + "comment"):
                length = sum(len(text.text or "") for text in each.iter(MAIN + "t"))
                if int(each.get("authorId") or 0) >= authors or length > 32_767:
                    yield (
                        sheet.place(each.get("ref") or "?"),
                        f"author {each.get('authorId')} of {authors}, {length} characters",
                    )


RULES = (
    shapes_have_ids_and_names,
    shapes_stand_on_the_sheet,
    charts_stand_in_one_frame,
    buttons_have_ids_of_their_own,
    comments_have_their_boxes,
    comments_have_authors,
)
