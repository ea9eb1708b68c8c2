"""Rules on what a German or French Excel would read otherwise: numbers and patterns that stand in texts."""

from __future__ import annotations

import re

from files.grammar import Token, parse
from files.reading import Book, Found

_CRITERIA = {"COUNTIF": (1, 1), "SUMIF": (1, 1), "AVERAGEIF": (1, 1), "COUNTIFS": (1, 2), "SUMIFS": (2, 2)}
_CRITERIA |= {name: (2, 2) for name in ("AVERAGEIFS", "_XLFN.MAXIFS", "_XLFN.MINIFS")}
_WITH_POINT = re.compile(r"\s*(?:<>|<=|>=|[<>=])?\s*[-+]?(?:\d*\.\d+|\d{1,3}(?:,\d{3})+)(?:[eE][-+]?\d+)?%?\s*")


def _inner(token: Token) -> str:
    return token.text[1:-1].replace('""', '"')


def criteria_hold_no_decimal_point(book: Book) -> Found:
    """COUNTIF(…,"<3.5") is read with the machine's decimal sign: in German it compares text; write "<"&3.5."""
    for each in book.shapes:
        read = parse(each.text)
        for call in read.calls:
            first, step = _CRITERIA.get(call.name.upper(), (0, 0))
            if first:
                for number in range(first, len(call.arguments), step):
                    for token in read.argument(call, number):
                        if token.kind == "text" and _WITH_POINT.fullmatch(_inner(token)):
                            yield each.place, f"{call.name} looks for {token.text}"


def texts_are_not_taken_for_numbers(book: Book) -> Found:
    """VALUE("3.5") and "3.5"+0 are errors, or another number, where the decimal sign is a comma."""
    for each in book.shapes:
        tokens = parse(each.text).tokens
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
            if token.kind != "text" or not _WITH_POINT.fullmatch(_inner(token)):
                continue
            near = [t.text for t in (before, after) if t is not None and t.kind == "infix"]
            if any(sign in "+-*/^" for sign in near):
                yield each.place, f"{token.text} is reckoned with"
        read = parse(each.text)
        for call in read.calls:
            if call.name.upper() in ("VALUE", "DATEVALUE", "TIMEVALUE") and call.arguments:
                for token in read.argument(call, 0):
                    if token.kind == "text" and re.search(r"\d", _inner(token)):
                        yield each.place, f"{call.name} reads {token.text}"


def patterns_of_text_mean_the_same_everywhere(book: Book) -> Found:
    """TEXT(x,"0.0") and TEXT(d,"yyyy") are read in the machine's language: a German one knows "0,0" and "JJJJ"."""
    for each in book.shapes:
        read = parse(each.text)
        for call in read.calls:
            if call.name.upper() == "TEXT" and len(call.arguments) == 2:
                for token in read.argument(call, 1):
                    pattern = re.sub(r'"[^"]*"|\\.', "", _inner(token)) if token.kind == "text" else ""
                    if re.search(r"[.,]|[dmyhs]|General", pattern, re.IGNORECASE):
                        yield each.place, f"TEXT with {token.text}"


def searches_hold_no_wildcards(book: Book) -> Found:
    """SEARCH("?",…) finds any character; what is meant as a sign is written ~? or looked for with FIND."""
    for each in book.shapes:
        read = parse(each.text)
        for call in read.calls:
            if call.name.upper() in ("SEARCH", "SEARCHB") and call.arguments:
                for token in read.argument(call, 0):
                    if token.kind == "text" and has_wildcard(_inner(token)):
                        yield each.place, f"{call.name} looks for {token.text}"


def has_wildcard(text: str) -> bool:
    """Whether a search takes part of the text for a wildcard: ? or * by themselves, or a ~ before anything else."""
    return re.search(r"[?*~]", re.sub(r"~[?*~]", "", text)) is not None


RULES = (
    criteria_hold_no_decimal_point,
    texts_are_not_taken_for_numbers,
    patterns_of_text_mean_the_same_everywhere,
    searches_hold_no_wildcards,
)
