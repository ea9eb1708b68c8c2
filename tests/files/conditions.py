"""Rules on conditional formats: what Excel calls "Removed Feature: Conditional formatting"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from files import areas
from files.areas import Area
from files.grammar import Token, parse
from files.locales import has_wildcard
from files.names import sheet_of
from files.reading import MAIN, X14, XM, Book, Found, Sheet, conditions
from lxml.etree import _Element

_OF_TEXT = {"containsText", "notContainsText", "beginsWith", "endsWith"}
_OF_CELLS = _OF_TEXT | {"containsBlanks", "notContainsBlanks", "containsErrors", "notContainsErrors"}
_TYPES = _OF_CELLS | {"cellIs", "expression", "dataBar", "colorScale", "iconSet", "top10", "aboveAverage"}
_TYPES |= {"duplicateValues", "uniqueValues", "timePeriod"}
_FORMULAS = {"cellIs": 1, "expression": 1, **dict.fromkeys(_OF_CELLS, 1)}


def _all(book: Book) -> Iterator[tuple[Sheet, str, _Element, list[str], list[Area | None]]]:
    """Sheet, place, element, formulas and cells of every rule."""
    for sheet in book.sheets:
        for rule, cells in conditions(sheet):
            texts = [each.text or "" for each in rule.iterchildren(MAIN + "formula")]
            yield sheet, sheet.place(cells), rule, texts, areas.areas(cells)


def rules_are_complete(book: Book) -> Found:
    """A rule has cells, a known type, the formulas or scales that the type needs; an empty group is damage too."""
    for sheet in book.sheets:
        for group in sheet.every("conditionalFormatting"):
            if None in areas.areas(group.get("sqref")) or not group.get("sqref") or len(group) == 0:
                yield sheet.place(group.get("sqref") or "?"), "a conditional format without cells or rules"
    for _, place, rule, texts, _ in _all(book):
        kind, two = rule.get("type") or "?", rule.get("operator") in ("between", "notBetween")
        wanted = 2 if kind == "cellIs" and two else _FORMULAS.get(kind, 0)
        if kind not in _TYPES or len(texts) != wanted:
            yield place, f"a rule {kind} with {len(texts)} formulas"
        points, colours = len(list(rule.iter(MAIN + "cfvo"))), len(list(rule.iter(MAIN + "color")))
        if (kind == "dataBar" and (points, colours) != (2, 1)) or (kind == "colorScale" and points != colours):
            yield place, f"a {kind} with {points} points and {colours} colours"


def rules_have_formats_that_are_there(book: Book) -> Found:
    """A dxfId beyond the list makes Excel repair the sheet, or colours with another rule's format."""
    most = len(book.style("dxfs"))
    for _, place, rule, _, _ in _all(book):
        number = rule.get("dxfId")
        if number is not None and int(number) >= most:
            yield place, f"format {number} of {most}"


def rules_have_priorities_of_their_own(book: Book) -> Found:
    """Which of two rules with one priority wins is up to the program; Excel may repair the sheet."""
    for sheet in book.sheets:
        for priority, times in Counter(rule.get("priority") for rule, _ in conditions(sheet)).items():
            if times > 1 or not (priority or "").isdigit() or priority == "0":
                yield sheet.name, f"{times} rules have the priority {priority}"


def rules_use_no_unions_and_arrays(book: Book) -> Found:
    """Unions, intersections, arrays and columns of tables are not allowed in conditions."""
    for _, place, _, texts, _ in _all(book):
        for text in texts:
            read = parse(text)
            if read.union or any(token.kind in ("array", "columns_of") for token in read.tokens):
                yield place, f"{text[:60]} holds a union, an array or a column of a table"


def rules_stay_on_their_sheet(book: Book) -> Found:
    """A condition that refers to another sheet goes through a cell or a name: Excel 2007 drops it."""
    for sheet, place, _, texts, _ in _all(book):
        for text in texts:
            for other in parse(text).of_kind("sheet"):
                if sheet_of(other).casefold() != sheet.name.casefold():
                    yield place, f"{text[:60]} leads to another sheet"


def texts_of_rules_hold_no_wildcards(book: Book) -> Found:
    """Excel asks "contains ?" with SEARCH, where ? * ~ are wildcards: every cell that is not blank matches."""
    for _, place, rule, _, _ in _all(book):
        if rule.get("type") in ("containsText", "notContainsText") and has_wildcard(rule.get("text") or ""):
            yield place, f"{rule.get('type')} {rule.get('text')!r}"


def rules_look_at_their_first_cell(book: Book) -> Found:
    """The formula of a rule on texts, blanks or errors looks at the first of its cells; else all look beside."""
    for _, place, rule, texts, boxes in _all(book):
        known = [box for box in boxes if box]
        if rule.get("type") in _OF_CELLS and known and texts:
            wanted = areas.address(min(box.row for box in known), min(box.column for box in known))
            looked = [text.replace("$", "") for text in parse(texts[0]).of_kind("cell")]
            if set(looked) != {wanted}:
                yield place, f"{texts[0][:60]} does not look at {wanted}"


def bars_have_their_extension(book: Book) -> Found:
    """A data bar names its second half by id; without it Excel repairs the sheet."""
    for sheet in book.sheets:
        asked = [each.text for each in sheet.root.iter(X14 + "id")] if sheet.root is not None else []
        there = [each.get("id") for each in sheet.root.iter(X14 + "cfRule")] if sheet.root is not None else []
        for each in sorted({*asked, *there} - ({*asked} & {*there}), key=str):
            yield sheet.name, f"the data bar {each} has one half only"
        for each, times in Counter(there).items():
            if times > 1:
                yield sheet.name, f"{times} data bars have the id {each}"


def text_is_not_coloured_as_a_number(book: Book) -> Found:
    """To Excel every text is greater than every number: "n/a" is coloured by "greater than 0", unless ISNUMBER asks."""
    for sheet, place, rule, texts, boxes in _all(book):
        for box in [box for box in boxes if box]:
            for watched in _compared(rule, texts, box):
                text = next((c for c in sheet.cells.values() if c.is_text and watched.holds(c.row, c.column)), None)
                if text is not None:
                    yield place, f"{rule.get('operator') or texts[0][:60]} also colours the text of {text.address}"


def _compared(rule: _Element, texts: list[str], box: Area) -> Iterator[Area]:
    """The cells that a rule compares with numbers, so that a text would be the greater one."""
    if rule.get("type") == "cellIs" and rule.get("operator") in ("greaterThan", "greaterThanOrEqual", "notBetween"):
        if texts and not texts[0].startswith('"'):
            yield box
    elif rule.get("type") == "expression" and texts:
        read = parse(texts[0])
        asked = {
            tuple(read.argument(call, 0)) for call in read.calls if call.name.upper() == "ISNUMBER" and call.arguments
        }
        for before, token, after in zip([None, *read.tokens], read.tokens, [*read.tokens[1:], None], strict=False):
            if token.kind == "cell" and (token,) not in asked and _greater(before, after):
                yield _moved(token.text, box)


def _greater(before: Token | None, after: Token | None) -> bool:
    """Whether the reference between the two is asked to be the greater side."""
    return (after is not None and after.text in (">", ">=")) or (before is not None and before.text in ("<", "<="))


def _moved(reference: str, box: Area) -> Area:
    """The cells that a reference covers while its rule goes over `box`."""
    row, column = areas.cell(reference) or (box.row, box.column)
    last_row = row if "$" in reference[1:] else row + box.last_row - box.row
    last_column = column if reference.startswith("$") else column + box.last_column - box.column
    return Area(row, column, last_row, last_column)


def sparklines_have_data(book: Book) -> Found:
    """A sparkline whose data lie on no sheet, or whose cell is none, is removed with all others of its sheet."""
    for sheet in book.sheets:
        for each in sheet.root.iter(X14 + "sparkline") if sheet.root is not None else ():
            source, cell = each.findtext(XM + "f") or "", each.findtext(XM + "sqref") or ""
            name, _, data = source.rpartition("!")
            if not areas.cell(cell) or not areas.area(data) or (name and book.sheet(sheet_of(name + "!")) is None):
                yield sheet.place(cell or "?"), f"a sparkline of {source!r}"


RULES = (
    rules_are_complete,
    rules_have_formats_that_are_there,
    rules_have_priorities_of_their_own,
    rules_use_no_unions_and_arrays,
    rules_stay_on_their_sheet,
    texts_of_rules_hold_no_wildcards,
    rules_look_at_their_first_cell,
    bars_have_their_extension,
    text_is_not_coloured_as_a_number,
    sparklines_have_data,
)
