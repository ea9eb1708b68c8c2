"""Rules on number formats and styles: what Excel calls "Repaired Records: Format from /xl/styles.xml"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from files.reading import CHART, MAIN, Book, Found, length
from lxml.etree import _Element

LONGEST_FORMAT, LONGEST_FONT = 255, 31
MOST_FORMATS = 200  # custom ones; Excel's limit is 200 to 250, by language
MOST_STYLES, MOST_FONTS = 64_000, 1_024
_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
# what may stand in a section without quotes: placeholders, parts of dates, signs, [colours and conditions]
_BRACKET = re.compile(
    r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\s?(?:[1-9]|[1-4]\d|5[0-6])"
    r"|(?:<=|>=|<>|[<>=])-?\d+(?:\.\d+)?|\$[^\]]*|h+|m+|s+|DBNum\d)\]",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r"General|AM/PM|A/P|E[+-][0#?]+|[ymdhsbg]+|[0#?.,%/@]|[-+$() :'!^&~{}=<>]|\\.|_.|\*.|[^\x00-\x7f]", re.IGNORECASE
)


def _formats(book: Book) -> Iterator[tuple[str, str]]:
    """Place and code of every number format: of cells, of conditional formats, of charts."""
    for each in book.styles.iter(MAIN + "numFmt"):
        yield f"styles, format {each.get('numFmtId')}", each.get("formatCode") or ""
    for part, root in book.charts:
        for each in root.iter(CHART + "numFmt"):
            yield part, each.get("formatCode") or ""


def _without_texts(section: str) -> str:
    return re.sub(r'"[^"]*"|\\.|_.|\*.', "", section)


def ends_in_a_dot(code: str) -> bool:
    """Whether a number without decimals would show as "5.": digits after the point that may all be left out."""
    sections = [_without_texts(re.sub(r"\[[^\]]*\]", "", each)) for each in _SECTION.split(code)]
    return any(
        re.search(r"[0#?]\.(?![#?,]*0)|\.[#?]+(?![#?0])", each) and not re.search(r"[ymdhs]", each, re.I)
        for each in sections
    )


def numbers_do_not_end_in_a_dot(book: Book) -> Found:
    """With 0.# or #,##0.## Excel shows 5 as "5."; other programs leave the dot out."""
    wrong = {
        int(each.get("numFmtId") or 0): code
        for each in book.styles.iter(MAIN + "numFmt")
        if ends_in_a_dot(code := each.get("formatCode") or "")
    }
    used: dict[int, list[str]] = defaultdict(list)
    formats = [int(each.get("numFmtId") or 0) for each in book.style("cellXfs")]
    if wrong:
        for sheet in book.sheets:
            for cell in sheet.cells.values():
                number = formats[cell.style] if cell.style < len(formats) else 0
                if number in wrong and cell.type == "n" and cell.value:
                    used[number].append(sheet.place(cell.address))
    for number, code in wrong.items():
        places = used[number]
        first = f", {places[0]} first" if places else ""
        yield f"styles, format {number}", f"{code!r} in {len(places)} cells with numbers{first}"
    for part, root in book.charts:
        for each in root.iter(CHART + "numFmt"):
            if ends_in_a_dot(each.get("formatCode") or ""):
                yield part, f"{each.get('formatCode')!r}"


def number_formats_can_be_read(book: Book) -> Found:
    """Up to four sections, each of quoted texts, placeholders and signs; a letter without quotes is damage."""
    for place, code in _formats(book):
        sections = _SECTION.split(code)
        conditions = sum(bool(re.match(r"\[[<>=]", each)) for each in sections)
        if not code or len(sections) > 4 or conditions > 2:
            yield place, f"{code!r} has {len(sections)} sections, {conditions} with conditions"
            continue
        for section in sections:
            rest = re.sub(r'"[^"]*"', "", section)
            rest = _PIECES.sub("", _BRACKET.sub("", rest))
            if rest:
                yield place, f"{code!r}: {rest!r} stands there without quotes"


def number_formats_are_short_and_few(book: Book) -> Found:
    """A code has up to 255 characters; a workbook up to 200 codes of its own, numbered from 164, each once."""
    own = list(book.style("numFmts"))
    for each in own:
        if length(each.get("formatCode") or "") > LONGEST_FORMAT:
            yield f"styles, format {each.get('numFmtId')}", f"{len(each.get('formatCode') or '')} characters"
    if len(own) > MOST_FORMATS:
        yield "styles", f"{len(own)} number formats"
    for number, times in Counter(each.get("numFmtId") for each in own).items():
        if times > 1 or int(number or 0) < 164:
            yield "styles", f"{times} number formats have the number {number}"


def styles_are_made_of_parts_that_are_there(book: Book) -> Found:
    """A style with a font, fill, border or number format beyond the list makes Excel drop all styles."""
    sizes = {name: len(book.style(f"{name}s")) for name in ("font", "fill", "border")}
    parents = len(book.style("cellStyleXfs"))
    codes = {each.get("numFmtId") for each in book.style("numFmts")}
    for collection in ("cellXfs", "cellStyleXfs"):
        for place, each in enumerate(book.style(collection)):
            for name, size in sizes.items():
                if int(each.get(f"{name}Id") or 0) >= size:
                    yield f"styles, {collection} {place}", f"{name} {each.get(f'{name}Id')} of {size}"
            number = each.get("numFmtId") or "0"
            if int(number) >= 164 and number not in codes:
                yield f"styles, {collection} {place}", f"number format {number} is not there"
            if collection == "cellXfs" and int(each.get("xfId") or 0) >= parents:
                yield f"styles, {collection} {place}", f"parent {each.get('xfId')} of {parents}"


def styles_are_not_too_many(book: Book) -> Found:
    """64,000 styles and 1,024 fonts; beyond that Excel opens the file without them."""
    for name, most in (("cellXfs", MOST_STYLES), ("fonts", MOST_FONTS)):
        if len(book.style(name)) > most:
            yield "styles", f"{len(book.style(name))} {name}"


def styles_can_be_shown(book: Book) -> Found:
    """Fonts of size 1 to 409 with names to 31 letters, indents to 250, turns to 180 degrees, colours of 8 digits."""
    for each in book.styles.iter("*"):
        fault = _unshown(each)
        if fault:
            yield "styles", fault
    fills = [each.find(MAIN + "patternFill") for each in book.style("fills")[:2]]
    if [None if each is None else each.get("patternType") for each in fills] != ["none", "gray125"]:
        yield "styles", "the first two fills are Excel's own, none and gray125; cells with them look otherwise"


def _unshown(element: _Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    if name == "sz" and not 1 <= float(element.get("val") or 0) <= 409:
        return f"a font of size {element.get('val')}"
    if name == "name" and not 0 < length(element.get("val") or "") <= LONGEST_FONT:
        return f"a font with the name {element.get('val')!r}"
    if name == "alignment":
        turn, indent = int(element.get("textRotation") or 0), int(element.get("indent") or 0)
        if not (0 <= turn <= 180 or turn == 255) or not 0 <= indent <= 250:
            return f"text turned by {turn} or indented by {indent}"
    colour = element.get("rgb")
    if colour is not None and not re.fullmatch(r"[0-9A-Fa-f]{8}", colour):
        return f"the colour {colour!r}"
    return ""


RULES = (
    numbers_do_not_end_in_a_dot,
    number_formats_can_be_read,
    number_formats_are_short_and_few,
    styles_are_made_of_parts_that_are_there,
    styles_are_not_too_many,
    styles_can_be_shown,
)
