"""Rules on formulas: their limits, their grammar, and that everything in them exists."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from files import areas
from files.functions import bound_at
from files.grammar import Token, parse
from files.names import sheet_of
from files.reading import MAIN, Book, Found, length

LONGEST = 8192
DEEPEST = 64
MOST_ARGUMENTS = 255
LONGEST_TEXT = 255
_TEXTS = re.compile(r"""'(?:[^']|'')*'|"((?:[^"]|"")*)\"""")


def formulas_are_not_too_long(book: Book) -> Found:
    """Excel drops a formula of more than 8,192 characters: "Removed Records: Formula"."""
    for each in book.formulas:
        if len(each.text) > LONGEST:
            yield each.place, f"{len(each.text)} characters"


def calls_are_not_nested_too_deep(book: Book) -> Found:
    """Functions nest up to 64 levels."""
    for each in book.shapes:
        calls = parse(each.text).calls
        if len(calls) > DEEPEST and (deepest := max(call.depth for call in calls)) > DEEPEST:
            yield each.place, f"{deepest} levels of functions"


def calls_have_not_too_many_arguments(book: Book) -> Found:
    """A function takes up to 255 arguments."""
    for each in book.shapes:
        for call in parse(each.text).calls:
            if len(call.arguments) > MOST_ARGUMENTS:
                yield each.place, f"{call.name} has {len(call.arguments)} arguments"


def texts_in_formulas_are_short(book: Book) -> Found:
    """A text inside a formula has up to 255 characters; a longer one makes Excel drop the formula."""
    for each in book.formulas:
        if each.kind == "validation" or len(each.text) <= LONGEST_TEXT:  # lists have a rule of their own
            continue
        for text in _TEXTS.findall(each.text):
            if (size := length(text.replace('""', '"'))) > LONGEST_TEXT:
                yield each.place, f"a text of {size} characters"


def formulas_can_be_read(book: Book) -> Found:
    """Excel drops what it cannot read: open brackets, semicolons, missing operands, an equals sign in front."""
    for each in book.shapes:
        fault = parse(each.text).fault
        if fault and not (each.kind == "validation" and parse(each.text).union):  # the rules on validations name it
            yield each.place, f"{fault}: {each.text[:80]}"


def signs_are_stored_as_functions(book: Book) -> Found:
    """In a file A1# is ANCHORARRAY(A1) and @A1 is SINGLE(A1); the signs themselves make Excel repair it."""
    for each in book.shapes:
        for sign in parse(each.text).of_kind("mark"):
            if sign in "@#":
                yield each.place, f"the sign {sign}"


def references_lead_to_cells(book: Book) -> Found:
    """A broken reference (#REF!) or one beyond the last row or column; its formula shows #REF!, or is dropped."""
    for each in book.shapes:
        for token in parse(each.text).tokens:
            beyond = token.kind == "cell" and areas.cell(token.text.upper()) is None
            if beyond or token.text == "#REF!":
                yield each.place, f"{token.text} is no cell"


def sheets_in_formulas_exist(book: Book) -> Found:
    """A formula that names a sheet which is not there, or another file, asks for that file when it is opened."""
    for each in book.shapes:
        for text in parse(each.text).of_kind("sheet"):
            if book.sheet(sheet_of(text)) is None:
                yield each.place, f"{text} is no sheet of this file"


def names_in_formulas_exist(book: Book) -> Found:
    """A name that nothing defines shows #NAME?."""
    known = {name.name.casefold() for name in book.names} | {"true", "false"} | set(_tables(book))
    for each in book.shapes:
        read = parse(each.text)
        if read.fault or (each.kind == "validation" and read.union):  # named by other rules
            continue
        bound = bound_at(read) if "_xlfn.L" in each.text else set()
        for at, token in enumerate(read.tokens):
            is_ours = token.kind == "name" and at not in bound and not token.text.startswith(("_xlpm.", "_xlop."))
            if is_ours and token.text.casefold() not in known:
                yield each.place, f"{token.text} is defined nowhere"


def columns_in_formulas_exist(book: Book) -> Found:
    """A column of a table that the table does not have makes Excel drop the formula."""
    tables = _tables(book)
    for each in book.shapes:
        tokens = parse(each.text).tokens
        for table, token in pairwise(tokens):
            if token.kind == "columns_of" and table.text.casefold() in tables:
                for column in _columns(token):
                    if column.casefold() not in tables[table.text.casefold()]:
                        yield each.place, f"{table.text} has no column {column!r}"


def _tables(book: Book) -> dict[str, set[str]]:
    """The columns of every table, in small letters."""
    return {
        (root.get("displayName") or "").casefold(): {
            (each.get("name") or "").casefold() for each in root.iter(MAIN + "tableColumn")
        }
        for sheet in book.sheets
        for _, root, _ in sheet.tables
    }


def _columns(token: Token) -> list[str]:
    inner = token.text[1:-1]
    parts = re.findall(r"\[([^\[\]]*)\]", inner) if "[" in inner else [inner]
    return [re.sub(r"'(.)", r"\1", part) for part in parts if part and not part.startswith("#")]


def lambdas_get_what_they_take(book: Book) -> Found:
    """A named LAMBDA called with an argument too many or too few shows #VALUE!."""
    taken = {name.name.casefold(): t for name in book.names if (t := _parameters(name.text))}
    for each in book.shapes:
        read = parse(each.text)
        for call in () if read.fault else read.calls:
            least, most = taken.get(call.name.casefold(), (0, len(call.arguments)))
            if not least <= len(call.arguments) <= most:
                yield each.place, f"{call.name} gets {len(call.arguments)} arguments and takes {least} to {most}"


@cache
def _parameters(text: str) -> tuple[int, int] | None:
    """How many arguments a LAMBDA takes, least and most; None if the text is none."""
    read = parse(text)
    if not read.calls or read.calls[0].at != 0 or not read.calls[0].name.upper().endswith("LAMBDA"):
        return None
    call = read.calls[0]
    names = [read.tokens[first].text for first, _ in call.arguments[:-1]]
    return sum(not name.startswith("_xlop.") for name in names), len(names)


RULES = (
    formulas_are_not_too_long,
    calls_are_not_nested_too_deep,
    calls_have_not_too_many_arguments,
    texts_in_formulas_are_short,
    formulas_can_be_read,
    signs_are_stored_as_functions,
    references_lead_to_cells,
    sheets_in_formulas_exist,
    names_in_formulas_exist,
    columns_in_formulas_exist,
    lambdas_get_what_they_take,
)
