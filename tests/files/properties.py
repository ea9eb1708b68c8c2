"""Rules on the properties of the document, and on its theme."""

from __future__ import annotations

import re
from collections import Counter

from files.reading import Book, Found

VECTOR = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COLOURS = ["dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink"]
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def properties_are_given_once(book: Book) -> Found:
    """A property that stands there twice, or a time that is none, makes Excel drop them all."""
    for part in book.related("", "core-properties"):
        root = book.xml(part)
        names = [str(each.tag).rpartition("}")[2] for each in ([] if root is None else root)]
        for name, times in Counter(names).items():
            if times > 1:
                yield part, f"{name} stands there {times} times"
        for each in [] if root is None else root:
            if str(each.tag).endswith(("}created", "}modified")) and not _WHEN.fullmatch(each.text or ""):
                yield part, f"{str(each.tag).rpartition('}')[2]} is {each.text!r}"


def properties_count_what_they_list(book: Book) -> Found:
    """The list of sheets and names says how long it is; with another length Excel repairs the properties."""
    for part in book.related("", "extended-properties"):
        root = book.xml(part)
        vectors = [] if root is None else list(root.iter(VECTOR + "vector"))
        for each in vectors:
            if int(each.get("size") or 0) != len(each):
                yield part, f"{each.get('size')} are said, {len(each)} are listed"
        listed = [len(v) for v in vectors if v.getparent().tag == EXTENDED + "TitlesOfParts"]
        said = sum(int(each.text or 0) for v in vectors for each in v.iter(VECTOR + "i4"))
        if listed and listed[0] != said:
            yield part, f"{said} sheets and names are said, {listed[0]} are listed"


def themes_are_whole(book: Book) -> Found:
    """A theme has twelve colours, two fonts and three of each kind of effect; else Excel drops it, and all colours."""
    for part in book.related(book.main, "theme"):
        root = book.xml(part)
        if root is None:
            continue
        colours = [str(each.tag).rpartition("}")[2] for scheme in root.iter(DRAWING + "clrScheme") for each in scheme]
        if colours != _COLOURS:
            yield part, f"its colours are {', '.join(colours)}"
        for name in ("majorFont", "minorFont"):
            fonts = [
                latin.get("typeface") for each in root.iter(DRAWING + name) for latin in each.iter(DRAWING + "latin")
            ]
            if len(fonts) != 1 or not fonts[0]:
                yield part, f"its {name} is {fonts}"
        for name in ("fillStyleLst", "lnStyleLst", "effectStyleLst", "bgFillStyleLst"):
            for each in root.iter(DRAWING + name):
                if len(each) < 3:
                    yield part, f"its {name} has {len(each)} members"


def what_is_not_of_a_sheet_is_known(book: Book) -> Found:
    """A document of ours holds no other kinds of parts: no links to other books, connections, queries, embeddings."""
    for part in book.parts:
        if re.search(
            r"externalLink|connections\.xml|queryTable|embeddings|activeX|ctrlProps|customXml|webextension", part
        ):
            yield part, "is a kind of part that we do not write"


RULES = (
    properties_are_given_once,
    properties_count_what_they_list,
    themes_are_whole,
    what_is_not_of_a_sheet_is_known,
)
