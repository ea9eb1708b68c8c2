"""Rules on links, and on what is printed."""

from __future__ import annotations

import re
from collections import Counter

from files.areas import area, cell
from files.names import sheet_of
from files.reading import RELATION, Book, Found, length

LONGEST_TIP = LONGEST_HEADER = 255
LONGEST_URL = 2079
MOST_LINKS, MOST_BREAKS = 65_530, 1026
_CODES = re.compile(r'&(?:[LCRPNDTGZFAUESXYBIOH&]|\d{1,3}|K[0-9A-Fa-f]{6}|K\d{2}[+-]\d{3}|"[^"]*")|[^&]', re.DOTALL)


def links_lead_somewhere(book: Book) -> Found:
    """A link leads to a cell of a sheet or a name that is there, or outside: else "Reference isn't valid"."""
    names = {name.name.casefold() for name in book.names}
    for sheet in book.sheets:
        for each in sheet.every("hyperlink"):
            place, location = sheet.place(each.get("ref") or "?"), each.get("location")
            if location is not None:
                name, _, cells = location.rpartition("!")
                target = sheet if not name else book.sheet(sheet_of(name + "!"))
                if target is None or not (area(cells) or cells.casefold() in names):
                    yield place, f"leads to {location}, which is not there"
            elif each.get(RELATION + "id") is None:
                yield place, "leads nowhere"


def links_are_short_and_few(book: Book) -> Found:
    """A link belongs to cells, has a tip of up to 255 characters and an address of up to 2,079; 65,530 a sheet."""
    for sheet in book.sheets:
        links = sheet.every("hyperlink")
        if len(links) > MOST_LINKS:
            yield sheet.name, f"{len(links)} links"
        for ref, times in Counter(each.get("ref") for each in links).items():
            if times > 1 or area(ref) is None:
                yield sheet.place(str(ref)), f"{times} links stand there"
        targets = {each.id: each.target for each in book.relations(sheet.part)}
        for each in links:
            url = targets.get(each.get(RELATION + "id") or "", "")
            if length(each.get("tooltip") or "") > LONGEST_TIP or len(url) > LONGEST_URL:
                yield sheet.place(each.get("ref") or "?"), "a link or its tip is too long"


def headers_are_short(book: Book) -> Found:
    """A header or footer has up to 255 characters, codes counted; a longer one makes Excel repair the file."""
    for sheet in book.sheets:
        for group in sheet.every("headerFooter"):
            for each in group:
                if length(each.text or "") > LONGEST_HEADER:
                    yield sheet.name, f"{str(each.tag).rpartition('}')[2]} has {len(each.text or '')} characters"


def headers_have_known_codes(book: Book) -> Found:
    """An ampersand begins a code; one that is meant as a sign is written twice, or text after it is lost."""
    for sheet in book.sheets:
        for group in sheet.every("headerFooter"):
            for each in group:
                if rest := _CODES.sub("", each.text or ""):
                    yield sheet.name, f"{rest!r} in {each.text!r} is no code"


def pages_can_be_printed(book: Book) -> Found:
    """Margins are not negative, the scale is 10 to 400 per cent, breaks are up to 1,026 and on the sheet."""
    for sheet in book.sheets:
        for each in sheet.every("pageMargins"):
            for name, value in each.attrib.items():
                if not 0 <= float(value) < 49:
                    yield sheet.name, f"the margin {name} is {value}"
        for each in sheet.every("pageSetup"):
            if not 10 <= int(each.get("scale") or 100) <= 400:
                yield sheet.name, f"the scale is {each.get('scale')}"
        for group in [*sheet.every("rowBreaks"), *sheet.every("colBreaks")]:
            places = [int(each.get("id") or 0) for each in group]
            if len(places) > MOST_BREAKS or places != sorted(set(places)) or 0 in places:
                yield sheet.name, f"{len(places)} page breaks, at {places[:5]}"


def dimensions_are_areas(book: Book) -> Found:
    """The area that a sheet says it uses is an area; readers go by it."""
    for sheet in book.sheets:
        for each in sheet.every("dimension"):
            box = area(each.get("ref"))
            beyond = [
                c.address
                for c in sheet.cells.values()
                if c.value is not None and box and not box.holds(c.row, c.column)
            ]
            if box is None or cell(str(each.get("ref")).split(":")[0]) is None or beyond:
                yield sheet.name, f"uses {each.get('ref')}" + (f", but {beyond[0]} lies outside" if beyond else "")


RULES = (
    links_lead_somewhere,
    links_are_short_and_few,
    headers_are_short,
    headers_have_known_codes,
    pages_can_be_printed,
    dimensions_are_areas,
)
