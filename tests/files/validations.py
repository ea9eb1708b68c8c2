"""Rules on data validation: what Excel calls "Removed Feature: Data validation"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from files.areas import Area, area, areas, meeting
from files.grammar import parse
from files.names import sheet_of
from files.ranges import is_area, meant
from files.reading import MAIN, Book, Found, Sheet, length
from lxml.etree import _Element

LONGEST_LIST = LONGEST_FORMULA = LONGEST_MESSAGE = 255
LONGEST_TITLE = 32
_TYPES = {"whole", "decimal", "list", "date", "time", "textLength", "custom"}
_TWO = {"between", "notBetween"}


def _all(book: Book) -> Iterator[tuple[Sheet, str, _Element]]:
    for sheet in book.sheets:
        for each in sheet.every("dataValidation"):
            yield sheet, sheet.place(each.get("sqref") or "?"), each


def _texts(rule: _Element) -> list[str]:
    return [text for tag in ("formula1", "formula2") if (text := rule.findtext(MAIN + tag)) is not None]


def validations_use_no_reference_operators(book: Book) -> Found:
    """No union, range or intersection, no array: Excel reads a,b,c without quotes as a union of names and drops all."""
    for _, place, rule in _all(book):
        for text in _texts(rule):
            read = parse(text)
            joins = read.union or any(token.kind == "array" or token.text == ":" for token in read.tokens)
            if joins and not is_area(text):
                yield place, f"{text[:60]} joins references, or is an array"


def lists_are_a_text_or_a_reference(book: Book) -> Found:
    """The source of a list is a quoted text, an area of one row or column, or a name; numbers and errors are none."""
    for _, place, rule in _all(book):
        if rule.get("type") == "list":
            text = (_texts(rule) or [""])[0]
            read = parse(text)
            kinds = {token.kind for token in read.tokens}
            if (len(read.tokens) == 1 and kinds & {"number", "error"}) or not read.tokens:
                yield place, f"{text!r} is no list"
            for box in [area(text.rpartition("!")[2])] if is_area(text) else []:
                if box and box.last_row > box.row and box.last_column > box.column:
                    yield place, f"{text} has several rows and columns"


def lists_of_words_are_short(book: Book) -> Found:
    """The text of a list has up to 255 characters, commas counted; a formula as well."""
    for _, place, rule in _all(book):
        for text in _texts(rule):
            if rule.get("type") == "list" and text.startswith('"'):
                size = length(text[1:-1].replace('""', '"'))
                if size > LONGEST_LIST:
                    yield place, f"a list of {size} characters"
            elif len(text.replace("_xlfn.", "").replace("_xlws.", "")) > LONGEST_FORMULA:
                yield place, f"a formula of {len(text)} characters"


def words_of_lists_are_typed_as_they_stand(book: Book) -> Found:
    """A word is typed into the cell: a German Excel makes a date of 1.5, and blanks around a word are lost."""
    for _, place, rule in _all(book):
        text = (_texts(rule) or [""])[0]
        if rule.get("type") == "list" and text.startswith('"'):
            for word in text[1:-1].replace('""', '"').split(","):
                if word != word.strip() or not word or re.fullmatch(r"[-+]?\d*\.\d+%?", word):
                    yield place, f"the word {word!r}"


def messages_of_validations_are_short(book: Book) -> Found:
    """Titles have up to 32 characters, messages up to 255."""
    for _, place, rule in _all(book):
        for attribute in ("errorTitle", "promptTitle", "error", "prompt"):
            size = length(rule.get(attribute) or "")
            if size > (LONGEST_TITLE if attribute.endswith("Title") else LONGEST_MESSAGE):
                yield place, f"{attribute} has {size} characters"


def validations_say_what_they_compare_with(book: Book) -> Found:
    """A rule has a known type and the formulas that its operator needs: two for between, else one."""
    for _, place, rule in _all(book):
        kind, operator = rule.get("type") or "none", rule.get("operator") or "between"
        wanted = 1 if kind in ("list", "custom") or operator not in _TWO else 2
        if kind != "none" and (kind not in _TYPES or len(_texts(rule)) != wanted):
            yield place, f"{kind} {operator} has {len(_texts(rule))} formulas"


def validations_lie_apart(book: Book) -> Found:
    """A cell has one validation; of two, Excel drops one or repairs the file."""
    for sheet in book.sheets:
        boxes: list[tuple[str, Area]] = []
        for each in sheet.every("dataValidation"):
            own = areas(each.get("sqref"))
            if None in own or not own:
                yield sheet.place(each.get("sqref") or "?"), "are no cells"
            boxes += [(str(box), box) for box in own if box]
        for name, other, _ in meeting(boxes):
            yield sheet.place(name), f"is validated, as is {other}"


def validations_stay_on_their_sheet(book: Book) -> Found:
    """A reference to another sheet goes through a name: Excel 2007 refuses it, and copies of the sheet lose it."""
    for sheet, place, rule in _all(book):
        for text in _texts(rule):
            for other in parse(text).of_kind("sheet"):
                if sheet_of(other).casefold() != sheet.name.casefold():
                    yield place, f"{text[:60]} leads to another sheet"


def lists_hold_no_blank_cells(book: Book) -> Found:
    """With "ignore blank", a list whose cells include a blank one lets everything pass that is typed."""
    names = {name.name.casefold(): name.text for name in book.names if name.sheet is None}
    for sheet, place, rule in _all(book):
        text = (_texts(rule) or [""])[0]
        if rule.get("type") == "list" and rule.get("allowBlank") == "1":
            source = meant(book, sheet, names.get(text.casefold(), text))
            cells = [source[0].cells.get(each) for each in source[1].cells()] if source else []
            blank = sum(cell is None or (cell.value is None and cell.formula is None) for cell in cells)
            if blank and len(cells) > 1:  # a list that is empty offers its first cell and has nothing to refuse
                yield place, f"{text} holds {blank} blank cells, so any entry passes"


RULES = (
    validations_use_no_reference_operators,
    lists_are_a_text_or_a_reference,
    lists_of_words_are_short,
    words_of_lists_are_typed_as_they_stand,
    messages_of_validations_are_short,
    validations_say_what_they_compare_with,
    validations_lie_apart,
    validations_stay_on_their_sheet,
    lists_hold_no_blank_cells,
)
