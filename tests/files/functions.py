"""Rules on the functions of formulas: spelled as files spell them, known to Excel 2024, with their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from files.grammar import Call, Parsed, Token, parse
from files.names import is_a_name
from files.reading import Book, Found
from openpyxl.utils import FORMULAE
from xlsxwriter.worksheet import Worksheet

from kam_xl.functions import FUNCTIONS

# Least and most arguments of the functions in use; a dash: any number. Others are not counted.
_ARGUMENTS = """
    ABS 1 1, ADDRESS 2 5, AND 1 -, AVERAGE 1 -, BYROW 1 2, CHAR 1 1, CHOOSE 2 -, CHOOSECOLS 2 -, COLUMN 0 1,
    COLUMNS 1 1, COUNT 1 -, COUNTA 1 -, COUNTBLANK 1 1, COUNTIF 2 2, COUNTIFS 2 -, DATE 3 3, DAY 1 1, DROP 2 3,
    EOMONTH 2 2, ERROR.TYPE 1 1, EXACT 2 2, EXP 1 1, FILTER 2 3, FIND 2 3, FIXED 1 3, HSTACK 1 -, IF 2 3,
    IFERROR 2 2, IFNA 2 2, INDEX 2 4, INT 1 1, ISBLANK 1 1, ISERROR 1 1, ISLOGICAL 1 1, ISNA 1 1, ISNUMBER 1 1,
    ISOMITTED 1 1, ISTEXT 1 1, LARGE 2 2, LEFT 1 2, LEN 1 1, LN 1 1, LOG 1 2, LOG10 1 1, LOOKUP 2 3, LOWER 1 1,
    MAP 2 -, MATCH 2 3, MAX 1 -, MEDIAN 1 -, MID 3 3, MIN 1 -, MMULT 2 2, MOD 2 2, MONTH 1 1, N 1 1, NA 0 0,
    NOT 1 1, NUMBERVALUE 1 3, OR 1 -, POWER 2 2, REDUCE 2 3, REPLACE 4 4, REPT 2 2, RIGHT 1 2, ROUND 2 2,
    ROUNDDOWN 2 2, ROUNDUP 2 2, ROW 0 1, ROWS 1 1, SCAN 2 3, SEARCH 2 3, SEQUENCE 1 4, SIGN 1 1, SINH 1 1,
    SMALL 2 2, SORT 1 4, SORTBY 2 -, SUBSTITUTE 3 4, SUM 1 -, SUMIF 2 3, SUMIFS 3 -, SUMPRODUCT 1 -, T 1 1,
    TAKE 2 3, TEXT 2 2, TOCOL 1 3, TODAY 0 0, TRANSPOSE 1 1, TRIM 1 1, TRUNC 1 2, UNICHAR 1 1, UNICODE 1 1,
    UNIQUE 1 3, UPPER 1 1, VALUE 1 1, VSTACK 1 -, WEEKDAY 1 2, XLOOKUP 3 6, XMATCH 2 4, YEAR 1 1
"""
_LIMITS = {
    name: (int(least), 255 if most == "-" else int(most))
    for name, least, most in (each.split() for each in _ARGUMENTS.split(","))
}
_BINDERS = {"_XLFN.LAMBDA": "LAMBDA", "_XLFN.LET": "LET"}


def bare(name: str) -> str:
    """A function's name without the prefixes of files, in capitals."""
    return name.upper().removeprefix("_XLFN.").removeprefix("_XLWS.")


@cache
def spelled(name: str) -> str:
    """How a file spells a function, by XlsxWriter."""
    return str(Worksheet()._prepare_formula(f"={bare(name)}(1)", True)).removesuffix("(1)")


def functions_are_spelled_as_in_files(book: Book) -> Found:
    """A function that came after 2007 needs its prefix, and no other may have it: #NAME?, or the formula is dropped."""
    for each in book.shapes:
        for call in parse(each.text).calls:
            theirs = call.name.upper().startswith("_XLFN.") or bare(call.name) in _LIMITS
            if (theirs or spelled(call.name) != call.name) and call.name.upper() != spelled(call.name).upper():
                yield each.place, f"{call.name} is spelled {spelled(call.name)} in a file"


def functions_are_known(book: Book) -> Found:
    """A function that neither Excel 2024 nor the file defines shows #NAME?; where a host answers, ours are known."""
    defined = {name.name.casefold() for name in book.names}
    hosted = set() if any(name.startswith("kam_") for name in defined) else {name.casefold() for name in FUNCTIONS}
    for each in book.shapes:
        for call in parse(each.text).calls:
            name = call.name.casefold()
            theirs = bare(name) in FORMULAE or spelled(name).startswith("_xlfn.")
            if not (theirs or name in defined | hosted or name == "" or name.startswith("_xlpm.")):
                yield each.place, f"{call.name} is no function that is known"


def functions_get_what_they_take(book: Book) -> Found:
    """A function of Excel with an argument too many or too few makes Excel drop the formula."""
    for each in book.shapes:
        read = parse(each.text)
        for call in () if read.fault else read.calls:
            least, most = _LIMITS.get(bare(call.name), (0, 255))
            if not least <= min(len(call.arguments), 255) <= most:  # more are named by a rule of their own
                yield each.place, f"{call.name} gets {len(call.arguments)} arguments"


def parameters_are_marked_and_bound(book: Book) -> Found:
    """A parameter is _xlpm.x where it is bound and used, _xlop.x where it is optional; all else is dropped."""
    for each in book.shapes:
        read = parse(each.text)
        if "_xl" in each.text and not read.fault:
            bound = dict(_bindings(read))
            for at, token in enumerate(read.tokens):
                if token.text.startswith(("_xlpm.", "_xlop.")) and not _is_bound(read, at, token, bound):
                    yield each.place, f"{token.text} is bound nowhere around it"


def parameters_have_names(book: Book) -> Found:
    """Each odd argument of LET and all but the last of LAMBDA is a marked name, once each, optional ones last."""
    for each in book.shapes:
        read = parse(each.text)
        for call in () if read.fault else read.calls:
            if call.name.upper() in _BINDERS:
                fault = _parameters(read, call, _BINDERS[call.name.upper()])
                if fault:
                    yield each.place, f"{fault}: {each.text[:60]}"


def bound_at(read: Parsed) -> set[int]:
    """The places of the tokens that LET and LAMBDA bind, whatever they are."""
    return {place for place, _ in _bindings(read)}


def _binding_places(call: Call, binder: str) -> list[tuple[int, int]]:
    """First token of each parameter, and the token from which on it is known."""
    arguments = call.arguments
    if binder == "LAMBDA":
        return [(first, arguments[-1][0]) for first, _ in arguments[:-1]]
    return [(arguments[i][0], arguments[i + 1][1]) for i in range(0, len(arguments) - 1, 2)]


def _bindings(read: Parsed) -> Iterator[tuple[int, tuple[int, int, str]]]:
    """Place of each parameter; from where to where it is known, and its name."""
    for call in read.calls:
        binder = _BINDERS.get(call.name.upper())
        if binder and call.arguments:
            for place, known in _binding_places(call, binder):
                yield place, (known, call.arguments[-1][1], read.tokens[place].text[6:].casefold())


def _is_bound(read: Parsed, at: int, token: Token, bound: dict[int, tuple[int, int, str]]) -> bool:
    if at in bound:
        return True
    name = token.text[6:].casefold()
    return token.text.startswith("_xlpm.") and any(a <= at < b and name == other for a, b, other in bound.values())


def _parameters(read: Parsed, call: Call, binder: str) -> str:
    if not call.arguments or (binder == "LET" and (len(call.arguments) < 3 or len(call.arguments) % 2 == 0)):
        return f"{binder} has {len(call.arguments)} arguments"
    firsts = {place for place, _ in _binding_places(call, binder)}
    seen: list[str] = []
    optional = False
    for first, after in call.arguments:
        if first not in firsts:
            continue
        text = read.tokens[first].text
        if after - first != 1 or not text.startswith(("_xlpm.", "_xlop.")):
            return f"{text} is no parameter"
        if text.startswith("_xlop.") and binder == "LET":
            return f"{text} is optional, in LET"
        if optional and not text.startswith("_xlop."):
            return f"{text} is required after an optional one"
        optional = optional or text.startswith("_xlop.")
        name = text[6:]
        if not is_a_name(name) or "." in name or name.casefold() in seen:
            return f"{text} is no name for a parameter"
        seen.append(name.casefold())
    return ""


RULES = (
    functions_are_spelled_as_in_files,
    functions_are_known,
    functions_get_what_they_take,
    parameters_are_marked_and_bound,
    parameters_have_names,
)
