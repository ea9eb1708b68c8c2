"""Formula text as a tree. Formulas that differ only in their references share one: these are counted, not named."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from kam_xl.content.positions import split_cell
from kam_xl.locale import _
from kam_xl.workbook.recompute.values import Unknown

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_CELL = r"\$?[A-Za-z]{1,3}+\$?[0-9]{1,7}+"
_TEXT = r'"(?:[^"]++|"")*+"'
_SHEET = r"(?:[^\W\d][\w.]*+!|'(?:[^']++|'')++'!|\[[^\]]*\][\w.]*!)"
_NUMBER = r"(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+(?![\w.(!:])"
_START = r"(?<![\w.$\\?\])])"
_PIECE = re.compile(
    rf"({_TEXT}|{_START}(?:{_SHEET}?+{_CELL}(?::{_CELL})?+(?![\w.(!\[:])|{_NUMBER}))"
)  # of nearly all formulas; what is rare takes twice as long
_RARE = re.compile(
    rf"""({_TEXT}|{_START}{_SHEET}?+
        (?:{_CELL}(?::(?:{_CELL}|\#REF!))?+|\$?[A-Za-z]{{1,3}}+:\$?[A-Za-z]{{1,3}}+|\$?[0-9]{{1,7}}+:\$?[0-9]{{1,7}}+)
        (?![\w.(!\[])
    |{_SHEET}?+\#(?:N/A|DIV/0!|[A-Z_]+[!?])(?::(?:{_CELL}|\#REF!))?)""",
    re.VERBOSE,
)
CELL, AREA, CONSTANT = "§", "¶", "¤"
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<slot>[§¶¤])
    |(?P<error>\#(?:N/A|DIV/0!|[A-Z_]+[!?]))
    |(?P<name>(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?[^\W\d][\w.\\?]*)
    |(?P<table>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?P<sign><=|>=|<>|[-+*/^&=<>%(),;{}:@])
    |(?P<other>.))""",
    re.VERBOSE | re.DOTALL,
)
_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5, ":": 8}
_SIGNED, _PERCENT = 7, 6

Node = tuple[Any, ...]


class Reference(NamedTuple):
    """A reference as written: its sheet ("" for the formula's own), cells from 0, and which of them are fixed."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    fixed: tuple[bool, bool, bool, bool]

    @property
    def open(self) -> bool:
        """Whether it is whole columns or rows."""
        return self.bottom == LAST_ROW or self.right == LAST_COLUMN

    def moved(self, rows: int, columns: int) -> Reference:
        """The reference of a formula filled so many rows down and columns to the right."""
        top, left, bottom, right = (
            at if fixed else at + by
            for at, fixed, by in zip(self[1:5], self.fixed, (rows, columns, rows, columns), strict=True)
        )
        return Reference(self.sheet, top, left, bottom, right, self.fixed)


class _Marks(dict[str, str]):
    """What stands in place of a piece: the mark of its kind, or an error as it is."""

    def __missing__(self, piece: str) -> str:
        if piece[0] == '"' or (piece[0] in ".0123456789" and ":" not in piece):
            mark = CONSTANT
        elif "#" in piece.rpartition("'")[2]:
            mark = "#REF!" if "#REF!" in piece else "#" + piece.rpartition("#")[2]
        else:
            mark = AREA if ":" in piece.rpartition("!")[2] else CELL
        self[piece] = mark
        return mark


_MARKS = _Marks()


def split(formula: str) -> tuple[str, list[str]]:
    """A formula without its references and constants, and these: § stands for a cell, ¶ for an area, ¤ for a constant.

    >>> split("SUM(Revenue!$F$9:$K9)/B2")
    ('SUM(¶)/§', ['Revenue!$F$9:$K9', 'B2'])
    """
    pieces = _PIECE.split(formula)
    between = "".join(pieces[::2])
    if "#" in between or ":" in between or "[" in between:
        pieces = _RARE.split(formula)
        between = "".join(pieces[::2])
    if CELL in between or AREA in between or CONSTANT in between:
        raise Unknown(_("the formula holds a sign that cannot be read here"))
    found = pieces[1::2]
    pieces[1::2] = marks = [_MARKS[piece] for piece in found]
    if "#" in "".join(marks):
        found = [piece for piece, mark in zip(found, marks, strict=True) if mark[0] != "#"]
    return "".join(pieces), found


def constant(piece: str) -> str | float:
    """The value of a constant that `split` found.

    >>> constant('"a"'), constant("1E3")
    ('a', 1000.0)
    """
    return piece[1:-1].replace('""', '"') if piece[0] == '"' else float(piece)


def is_constant(piece: str) -> bool:
    """Whether a piece that `split` found is a constant, and no reference."""
    return _MARKS[piece] == CONSTANT


@cache
def reference(text: str) -> Reference:
    """A reference that `split` found."""
    sheet, _mark, cells = text.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    first, _colon, last = cells.partition(":")
    last = last or first
    if first.replace("$", "").isalpha():
        first, last = f"{first}$1", f"{last}${LAST_ROW + 1}"
    elif first.replace("$", "").isdigit():
        first, last = f"$A{first}", f"$XFD{last}"
    (top, left), (bottom, right) = split_cell(first.upper()), split_cell(last.upper())
    fixed = ("$" in first[1:], first[0] == "$", "$" in last[1:], last[0] == "$")
    top, bottom = min(top, bottom) - 1, max(top, bottom) - 1
    return Reference(sheet, top, min(left, right) - 1, bottom, max(left, right) - 1, fixed)


class _Parser:
    """Recursive descent with binding powers; a node is its kind followed by its parts."""

    def __init__(self, text: str) -> None:
        self.tokens = [(str(m.lastgroup), m[m.lastgroup or 0]) for m in _TOKEN.finditer(text.strip())]
        self.at = self.slots = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, sign: str) -> None:
        if self.peek() != sign:
            raise Unknown(_("the formula cannot be read near “{text}”").format(text=self.peek()))
        self.at += 1

    def expression(self, least: int = 0) -> Node:
        left = self.operand()
        while True:
            sign = self.peek()
            if sign == "%":
                self.at += 1
                left = ("call", "%", [left])
                continue
            binding = _BINDING.get(sign, 0)
            if binding <= least or self.tokens[self.at][0] != "sign":
                return left
            self.at += 1
            right = self.expression(binding)
            left = ("range", left, right) if sign == ":" else ("call", sign, [left, right])

    def operand(self) -> Node:
        if self.at >= len(self.tokens):
            raise Unknown(_("the formula ends too early"))
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return ("value", float(text))
        if kind == "text":
            return ("value", text[1:-1].replace('""', '"'))
        if kind == "error":
            return ("error", text.upper())
        if kind == "slot":
            self.slots += 1
            return ({CELL: "cell", AREA: "area", CONSTANT: "constant"}[text], self.slots - 1)
        if text in ("-", "+"):
            inner = self.expression(_SIGNED)
            return ("call", "negate", [inner]) if text == "-" else inner
        if text == "@":
            return ("call", "SINGLE", [self.expression(_SIGNED)])
        if text == "(":
            inner = self.expression()
            self.take(")")
            return inner
        if text == "{":
            return self.constants()
        if kind == "name":
            return self.named(text)
        raise Unknown(_("the formula cannot be read near “{text}”").format(text=text))

    def named(self, name: str) -> Node:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "table":
            self.at += 1
            return ("structured", name, self.tokens[self.at - 1][1])
        if self.peek() != "(":
            upper = name.upper()
            return ("value", upper == "TRUE") if upper in ("TRUE", "FALSE") else ("name", name)
        self.at += 1
        args: list[Node | None] = []
        while self.peek() != ")":
            args.append(None if self.peek() == "," else self.expression())
            if self.peek() == ",":
                self.at += 1
                if self.peek() == ")":
                    args.append(None)
            elif self.peek() != ")":
                self.take(")")
        self.at += 1
        return ("call", function_name(name), args)

    def constants(self) -> Node:
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.expression())
            sign = self.peek()
            self.at += 1
            if sign == ";":
                rows.append([])
            elif sign == "}":
                return ("constants", rows)
            elif sign != ",":
                raise Unknown(_("the formula cannot be read near “{text}”").format(text=sign))


def function_name(name: str) -> str:
    """A function's name in capitals and without the prefixes of a file.

    >>> function_name("_xlfn._xlws.SORT")
    'SORT'
    """
    upper = name.upper()
    for prefix in ("_XLFN.", "_XLWS.", "_XLUDF."):
        upper = upper.removeprefix(prefix)
    return upper


def local_name(name: str) -> str:
    """A parameter's or variable's name as it is compared.

    >>> local_name("_xlpm.Size")
    'size'
    """
    return name.casefold().removeprefix("_xlpm.").removeprefix("_xlop.")


def parse(skeleton: str) -> Node:
    """The tree of a formula whose references were taken out by `split`.

    Raises
    ------
    Unknown
        When the text is none that can be read here.
    """
    parser = _Parser(skeleton)
    tree = parser.expression()
    if parser.at < len(parser.tokens):
        raise Unknown(_("the formula cannot be read near “{text}”").format(text=parser.peek()))
    return tree
