"""Rules on defined names."""

from __future__ import annotations

import re
from collections import Counter

from files.grammar import parse
from files.reading import Book, Found, Name, length

LONGEST_NAME = LONGEST_COMMENT = 255
BUILT_IN = {"_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase"}
_NAME = re.compile(r"(?:[^\W\d]|[_\\])[\w.\\?]*")
_LIKE_A_CELL = re.compile(r"\$?[A-Z]{1,3}\$?\d+|R\d*(C\d*)?|C\d*|TRUE|FALSE", re.IGNORECASE)


def is_a_name(text: str) -> bool:
    """Whether Excel takes it for the name of cells, a formula or a table."""
    return len(text) <= LONGEST_NAME and bool(_NAME.fullmatch(text)) and not _LIKE_A_CELL.fullmatch(text)


def names_can_be_names(book: Book) -> Found:
    """A name that starts with a digit, holds a blank or reads as a cell (KAM1, R1C1, C) is removed."""
    for each in book.names:
        if not each.name.startswith("_xlnm.") and not is_a_name(each.name):
            yield f"name {each.name}", "is no name that Excel takes"


def names_are_defined_once(book: Book) -> Found:
    """Two names that differ only in case are damage; a name that is also a table's is one too."""
    for (name, sheet), times in Counter((each.name.casefold(), each.sheet) for each in book.names).items():
        if times > 1:
            yield f"name {name}", f"is defined {times} times" + (f" on sheet {sheet}" if sheet else "")
    tables = {(root.get("displayName") or "").casefold() for sheet in book.sheets for _, root, _ in sheet.tables}
    for each in book.names:
        if each.name.casefold() in tables:
            yield f"name {each.name}", "is the name of a table as well"


def comments_of_names_are_short(book: Book) -> Found:
    """Excel refuses to open a file in which the comment of a name has more than 255 characters."""
    for each in book.names:
        if length(each.comment) > LONGEST_COMMENT:
            yield f"name {each.name}", f"its comment has {length(each.comment)} characters"


def names_belong_to_sheets_that_are_there(book: Book) -> Found:
    """A name of a sheet that does not exist is removed."""
    for each in book.names:
        if each.sheet is not None and not (each.sheet.isdigit() and int(each.sheet) < len(book.sheets)):
            yield f"name {each.name}", f"belongs to sheet number {each.sheet} of {len(book.sheets)}"


def built_in_names_mean_what_excel_means(book: Book) -> Found:
    """Print areas are areas of their sheet, print titles whole rows or columns of it; other built-in names unknown."""
    for each in book.names:
        if each.name.startswith("_xlnm."):
            fault = _built_in(book, each)
            if fault:
                yield f"name {each.name} ({each.text})", fault


def _built_in(book: Book, name: Name) -> str:
    if name.name not in BUILT_IN:
        return "is no name that we write"
    if name.sheet is None:
        return "belongs to no sheet"
    kinds = {"columns", "rows"} if name.name == "_xlnm.Print_Titles" else {"cell"}
    own = book.sheets[int(name.sheet)].name if int(name.sheet) < len(book.sheets) else None
    for token in parse(name.text).tokens:
        if token.kind == "sheet" and own is not None and sheet_of(token.text).casefold() != own.casefold():
            return f"leads to another sheet than {own}"
        if token.kind not in {"sheet", "comma", "infix"} | kinds or (token.kind == "infix" and token.text != ":"):
            return f"{token.text} does not belong there"
    return ""


def sheet_of(text: str) -> str:
    """The sheet that a token ``'My sheet'!`` names."""
    name = text[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def names_point_at_the_same_cells_from_everywhere(book: Book) -> Found:
    """A reference without dollars in a name moves with the cell that uses it; one without a sheet is the active one."""
    for each in book.names:
        before = ""
        for token in parse(each.text).tokens:
            if token.kind == "cell":
                if token.text.count("$") != 2:
                    yield f"name {each.name}", f"{token.text} moves with the cell that uses the name"
                elif before not in ("sheet", ":"):
                    yield f"name {each.name}", f"{token.text} says no sheet"
            before = token.text if token.text == ":" else token.kind


def names_are_not_chained_into_circles(book: Book) -> Found:
    """A name that leads back to itself gives 0 in every cell that uses it, after a warning."""
    by_name = {each.name.casefold(): each for each in book.names if each.sheet is None}
    calls = {
        name: {t.text.casefold() for t in parse(each.text).tokens if t.kind in ("name", "function")} & by_name.keys()
        for name, each in by_name.items()
    }
    safe: set[str] = set()
    while more := {name for name in calls if name not in safe and calls[name] <= safe}:
        safe |= more
    for name in sorted(calls.keys() - safe):
        yield f"name {by_name[name].name}", "leads back to itself"


RULES = (
    names_can_be_names,
    names_are_defined_once,
    comments_of_names_are_short,
    names_belong_to_sheets_that_are_there,
    built_in_names_mean_what_excel_means,
    names_point_at_the_same_cells_from_everywhere,
    names_are_not_chained_into_circles,
)
