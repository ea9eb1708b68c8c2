"""Names that grow with what they hold (``A2:INDEX(A2:A99,B1)``): the cells that they stand for now, and their rule."""

from __future__ import annotations

from files.areas import Area, area
from files.grammar import parse
from files.names import sheet_of
from files.reading import Book, Found, Sheet

_AREA = (["cell", ":", "cell"], ["sheet", "cell", ":", "cell"], ["cell"], ["sheet", "cell"])
Place = tuple[Sheet, Area]


def is_area(text: str) -> bool:
    """Whether it is one area, as ``Sheet!$A$1:$A$9``."""
    return [token.kind if token.kind != "infix" else token.text for token in parse(text).tokens] in _AREA


def counted(text: str) -> tuple[str, str, str] | None:
    """First cell, whole area and counting cell of ``first:INDEX(area,count)``; None if it is nothing of the kind."""
    first, colon, rest = text.partition(":INDEX(")
    whole, comma, count = rest.removesuffix(")").partition(",")
    if colon and comma and rest.endswith(")") and all(map(is_area, (first, whole, count))):
        return first, whole, count
    return None


def place_of(book: Book, own: Sheet | None, text: str) -> Place | None:
    """Sheet and area of a plain reference; None if it leads nowhere."""
    name, _, cells = text.rpartition("!")
    sheet, box = (book.sheet(sheet_of(name + "!")) if name else own), area(cells)
    return (sheet, box) if sheet is not None and box is not None else None


def meant(book: Book, own: Sheet | None, text: str) -> Place | None:
    """The cells that a reference, or one that ends at a counted cell, stands for by the values in the file."""
    parts = counted(text)
    if parts is None:
        return place_of(book, own, text) if is_area(text) else None
    first, whole, count = (place_of(book, own, part) for part in parts)
    rows = count_in(count) if count else None
    if first is None or whole is None or rows is None or not 0 <= rows <= whole[1].last_row - whole[1].row + 1:
        return None
    box = whole[1]._replace(last_row=whole[1].row + rows - 1) if rows else whole[1]
    return whole[0], box._replace(row=min(box.row, first[1].row))


def count_in(place: Place) -> int | None:
    """The whole number that stands in a cell by the values in the file; None if there is none."""
    cell = place[0].cells.get(place[1][:2])
    value = None if cell is None or cell.is_text else cell.value
    return int(float(value)) if value and value.replace(".", "", 1).isdigit() else None


def names_that_grow_end_inside_their_area(book: Book) -> Found:
    """A count that is no number, or beyond the area, makes the name #REF!: its list is empty, its chart invalid."""
    for each in book.names:
        if counted(each.text) and meant(book, None, each.text) is None:
            yield f"name {each.name}", f"{each.text} counts beyond its area"


RULES = (names_that_grow_end_inside_their_area,)
