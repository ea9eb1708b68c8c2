"""Rules on the package: the zip, the types of its parts, the relations between them."""

from __future__ import annotations

import re
from collections import Counter

from files.reading import RELATION, TYPES, Book, Found, relations_of

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN_TYPES = {
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
# what the target of a relation must be
_TYPES = {
    "worksheet": f"{_OFFICE}spreadsheetml.worksheet+xml",
    "styles": f"{_OFFICE}spreadsheetml.styles+xml",
    "sharedStrings": f"{_OFFICE}spreadsheetml.sharedStrings+xml",
    "sheetMetadata": f"{_OFFICE}spreadsheetml.sheetMetadata+xml",
    "theme": f"{_OFFICE}theme+xml",
    "table": f"{_OFFICE}spreadsheetml.table+xml",
    "comments": f"{_OFFICE}spreadsheetml.comments+xml",
    "drawing": f"{_OFFICE}drawing+xml",
    "chart": f"{_OFFICE}drawingml.chart+xml",
    "vmlDrawing": f"{_OFFICE}vmlDrawing",
    "vbaProject": "application/vnd.ms-office.vbaProject",
    "extended-properties": f"{_OFFICE}extended-properties+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
}
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_BY_ONE_SHEET = ("drawing", "vmlDrawing", "comments", "table", "chart")


def entries_have_names_of_their_own(book: Book) -> Found:
    """Excel takes two entries that differ only in case for one part and calls the file damaged."""
    counted = Counter(entry.filename.casefold() for entry in book.entries)
    for name, times in counted.items():
        if times > 1:
            yield name, f"{times} entries of the zip have this name"


def entries_can_be_read(book: Book) -> Found:
    """Excel opens no file with an entry that is broken, encrypted, or compressed in a way of its own."""
    yield from book.unreadable.items()
    for entry in book.entries:
        if entry.compress_type not in (0, 8):
            yield entry.filename, f"compressed by method {entry.compress_type}; Excel knows stored and deflated"


def entries_have_plain_names(book: Book) -> Found:
    """A part's name is a path of plain segments: no backslash, no leading slash, no dots; folders are no parts."""
    for entry in book.entries:
        segments = entry.filename.split("/")
        if "\\" in entry.orig_filename or any(each == "" or each.endswith(".") for each in segments):
            yield entry.filename, "is no name of a part"


def xml_is_well_formed(book: Book) -> Found:
    """A part with broken XML, a control character or a document type is dropped: "Removed Part"."""
    for part in book.parts:
        if part.endswith((".xml", ".rels", ".vml")):
            root = book.xml(part)
            if root is not None and root.getroottree().docinfo.doctype:
                yield part, "has a document type"
    yield from book.not_xml.items()


def types_are_given(book: Book) -> Found:
    """Excel opens no file in which a part has no type, or in which the list names a part twice."""
    root = book.xml(TYPES)
    listed = [] if root is None else list(root)
    own = [(each.get("PartName") or "").lstrip("/").casefold() for each in listed if each.get("PartName")]
    endings = {(each.get("Extension") or "").casefold() for each in listed if each.get("Extension")}
    for part in book.parts:
        ending = part.rpartition(".")[2].casefold()
        if part != TYPES and part.casefold() not in own and ending not in endings:
            yield part, "has no content type"
    for name, times in Counter(own).items():
        if times > 1:
            yield name, "has two content types"


def types_name_parts_that_are_there(book: Book) -> Found:
    """A content type for a part that is missing makes Excel repair the file."""
    root = book.xml(TYPES)
    there = {part.casefold() for part in book.there}
    for each in [] if root is None else root:
        name = (each.get("PartName") or "").lstrip("/")
        if name and name.casefold() not in there:
            yield name, "has a content type, but is not in the file"


def _type_of(book: Book, part: str) -> str:
    root = book.xml(TYPES)
    ending = part.rpartition(".")[2].casefold()
    by_ending = ""
    for each in [] if root is None else root:
        if (each.get("PartName") or "").lstrip("/").casefold() == part.casefold():
            return each.get("ContentType") or ""
        if (each.get("Extension") or "").casefold() == ending:
            by_ending = each.get("ContentType") or ""
    return by_ending


def types_are_those_of_the_relations(book: Book) -> Found:
    """A part of another type than its relation says is dropped: charts, tables, styles."""
    for part in book.parts:
        for each in book.relations(part):
            wanted = _TYPES.get(each.kind)
            given = _type_of(book, each.target)
            if wanted and each.target in book.there and given not in ("", wanted):
                yield each.target, f"is related to as {each.kind}, but its type is {given!r}"


def type_fits_the_ending_of_the_file(book: Book) -> Found:
    """Excel refuses a file whose ending says otherwise than the type of its workbook."""
    wanted = _MAIN_TYPES.get(book.path.suffix.lower())
    if _type_of(book, book.main) != wanted:
        yield book.main or "workbook", f"its type is {_type_of(book, book.main)!r} in a {book.path.suffix} file"


def relations_have_ids_of_their_own(book: Book) -> Found:
    """An id twice in one list of relations makes Excel drop what it leads to."""
    for part in ["", *book.parts]:
        for name, times in Counter(each.id for each in book.relations(part)).items():
            if times > 1 or not name:
                yield relations_of(part), f"id {name!r} is given {times} times"


def relations_lead_to_parts(book: Book) -> Found:
    """A relation to a part that is missing makes Excel repair the file."""
    for part in ["", *book.parts]:
        for each in book.relations(part):
            if not each.external and each.target not in book.there:
                yield relations_of(part), f"{each.id} leads to {each.target}, which is not in the file"


def ids_in_use_are_related(book: Book) -> Found:
    """An r:id that no relation explains makes Excel drop the drawing, table or sheet that has it."""
    for part in book.parts:
        if not part.endswith((".xml", ".vml")):
            continue
        known = {each.id for each in book.relations(part)}
        root = book.xml(part)
        for element in [] if root is None else root.iter("*"):
            for name, value in element.attrib.items():
                if str(name).startswith(RELATION) and value not in known:
                    yield part, f"{str(element.tag).rpartition('}')[2]} refers to {value!r}, which is no relation"


def relations_of_sheets_are_used(book: Book) -> Found:
    """A drawing, table or comment that its sheet does not name is not shown, and Excel may repair the sheet."""
    for sheet in book.sheets:
        used = {
            value for each in ([] if sheet.root is None else sheet.root.iter("*")) for value in each.attrib.values()
        }
        for each in book.relations(sheet.part):
            if each.kind in ("drawing", "vmlDrawing", "table", "hyperlink") and each.id not in used:
                yield sheet.name, f"does not name the {each.kind} {each.target}"


def prefixes_that_may_be_ignored_are_declared(book: Book) -> Found:
    """A prefix in mc:Ignorable that the part does not declare makes Excel refuse the part."""
    for part in book.parts:
        root = book.xml(part) if part.endswith(".xml") else None
        for element in [] if root is None else root.iter("*"):
            for prefix in (element.get(_IGNORABLE) or "").split():
                if prefix not in element.nsmap:
                    yield part, f"the prefix {prefix} may be ignored, but is not declared"


def parts_are_reached_once(book: Book) -> Found:
    """A part that nothing refers to is lost at the next save; a drawing or table of two sheets is damage."""
    reached = {
        each.target.casefold() for part in ["", *book.parts] for each in book.relations(part) if not each.external
    }
    for part in book.parts:
        if part != TYPES and not part.endswith(".rels") and part.casefold() not in reached:
            yield part, "nothing refers to it"
    shared = Counter(each.target for part in book.parts for each in book.relations(part) if each.kind in _BY_ONE_SHEET)
    for part, times in shared.items():
        if times > 1:
            yield part, f"{times} relations lead to it"


def nothing_outside_is_linked(book: Book) -> Found:
    """A workbook of ours loads nothing from elsewhere: Excel would ask to update links, or fetch a picture."""
    for part in ["", *book.parts]:
        for each in book.relations(part):
            if each.external and (each.kind != "hyperlink" or not re.match(r"https?://|mailto:", each.target)):
                yield relations_of(part), f"{each.id} ({each.kind}) leads outside, to {each.target}"


RULES = (
    entries_have_names_of_their_own,
    entries_can_be_read,
    entries_have_plain_names,
    xml_is_well_formed,
    types_are_given,
    types_name_parts_that_are_there,
    types_are_those_of_the_relations,
    type_fits_the_ending_of_the_file,
    relations_have_ids_of_their_own,
    relations_lead_to_parts,
    ids_in_use_are_related,
    relations_of_sheets_are_used,
    prefixes_that_may_be_ignored_are_declared,
    parts_are_reached_once,
    nothing_outside_is_linked,
)
