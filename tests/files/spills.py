"""Rules on array formulas, and on merged cells."""

from __future__ import annotations

from files.areas import address, areas, meeting
from files.reading import MAIN, Book, Found

_DYNAMIC = "{http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray}dynamicArrayProperties"


def arrays_start_where_they_stand(book: Book) -> Found:
    """An array formula stands in the first cell of its area; else Excel drops it."""
    for sheet in book.sheets:
        for cell, box in sheet.arrays:
            if box is None or (box.row, box.column) != (cell.row, cell.column):
                yield sheet.place(cell.address), f"its array is {cell.array}"


def arrays_have_their_room(book: Book) -> Found:
    """Another formula inside an array's area, or another array, is damage; in Excel the result is #SPILL!."""
    for sheet in book.sheets:
        boxes = [(sheet.place(cell.address), box) for cell, box in sheet.arrays if box]
        for name, other, _ in meeting(boxes):
            yield name, f"its array meets that of {other}"
        anchors = {(cell.row, cell.column) for cell, _ in sheet.arrays}
        for cell, box in sheet.arrays:
            for place in box.cells() if box else ():
                inside = sheet.cells.get(place)
                if inside is not None and inside.formula is not None and place not in anchors:
                    yield sheet.place(cell.address), f"its array {cell.array} holds the formula of {inside.address}"


def arrays_meet_no_table_and_no_merge(book: Book) -> Found:
    """A result that would reach into a table or merged cells is #SPILL!; as an old array formula it is damage."""
    for sheet in book.sheets:
        taken = [(f"the table {root.get('displayName')}", box) for _, root, box in sheet.tables if box]
        taken += [(f"the merged cells {ref}", box) for ref, box in sheet.merged]
        for cell, box in sheet.arrays:
            for name, other in taken:
                if box and box.meets(other):
                    yield sheet.place(cell.address), f"its array {cell.array} meets {name}"


def dynamic_arrays_are_declared(book: Book) -> Found:
    """A cell's cm counts from 1 into xl/metadata.xml, which says that the array spills; else "Cell information"."""
    records = _records(book)
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.metadata is not None and not 0 < cell.metadata <= len(records):
                yield sheet.place(cell.address), f"its metadata is number {cell.metadata} of {len(records)}"
            elif cell.metadata is not None and not records[cell.metadata - 1]:
                yield sheet.place(cell.address), "its metadata does not say that it spills"


def metadata_stands_at_array_formulas(book: Book) -> Found:
    """Only the first cell of a spill has a cm; at any other cell Excel repairs it."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.metadata is not None and cell.array is None:
                yield sheet.place(cell.address), "has metadata, but no array formula"


def _records(book: Book) -> list[bool]:
    """Whether each record of cell metadata leads to the properties of a dynamic array."""
    root = next((book.xml(part) for part in book.related(book.main, "sheetMetadata")), None)
    if root is None:
        return []
    types = [each.get("name") for each in root.iter(MAIN + "metadataType")]
    future = {each.get("name"): each.findall(MAIN + "bk") for each in root.iter(MAIN + "futureMetadata")}
    found = []
    for each in root.iterfind(f"{MAIN}cellMetadata/{MAIN}bk/{MAIN}rc"):
        kind, number = int(each.get("t") or 0), int(each.get("v") or 0)
        name = types[kind - 1] if 0 < kind <= len(types) else None
        blocks = future.get(name, [])
        properties = next(iter(blocks[number].iter(_DYNAMIC)), None) if number < len(blocks) else None
        found.append(properties is not None and properties.get("fDynamic") == "1")
    return found


def merges_can_be_made(book: Book) -> Found:
    """Excel drops all merges of a sheet if two share a cell, or one is a single cell or no area."""
    for sheet in book.sheets:
        for each in sheet.every("mergeCell"):
            if areas(each.get("ref")) in ([], [None]) or ":" not in str(each.get("ref")):
                yield sheet.place(str(each.get("ref"))), "is nothing that can be merged"
        for name, other, _ in meeting(sheet.merged):
            yield sheet.place(name), f"is merged, as is {other}"


def merged_cells_hide_nothing(book: Book) -> Found:
    """Of merged cells only the first shows: a value in another one is counted by formulas and seen by nobody."""
    for sheet in book.sheets:
        for ref, box in sheet.merged:
            for row, column in box.cells():
                cell = sheet.cells.get((row, column))
                if cell and (row, column) != box[:2] and (cell.formula is not None or cell.value not in (None, "")):
                    yield sheet.place(address(row, column)), f"is hidden in the merged cells {ref}"


RULES = (
    arrays_start_where_they_stand,
    arrays_have_their_room,
    arrays_meet_no_table_and_no_merge,
    dynamic_arrays_are_declared,
    metadata_stands_at_array_formulas,
    merges_can_be_made,
    merged_cells_hide_nothing,
)
