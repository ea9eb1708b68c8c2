"""Formulas in the form of a file: cut into tokens, read by Excel's grammar, calls with their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>(?:'(?:[^']|'')+'|(?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[\d+\])!)
    |(?P<error>\#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA))
    |(?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w.(]))
    |(?P<rows>\$?\d+:\$?\d+(?![\w.]))
    |(?P<cell>\$?[A-Za-z]{1,3}\$?[1-9]\d*(?![\w.(]))
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<function>[^\W\d][\w.\\?]*(?=\())
    |(?P<name>[^\W\d][\w.\\?]*)
    |(?P<columns_of>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?P<array>\{[^{}]*\})
    |(?P<infix><=|>=|<>|[-+*/^&=<>:])
    |(?P<comma>,)|(?P<open>\()|(?P<close>\))|(?P<space>\s+)|(?P<mark>[@\#%])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CONSTANT = re.compile(r'\s*(?:-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|"(?:[^"]|"")*"|TRUE|FALSE|#[A-Z/0!?]+)\s*')
OPERANDS = {"text", "error", "columns", "rows", "cell", "number", "name", "array"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula."""

    kind: str
    text: str


@dataclass(slots=True)
class Call:
    """A call of a function; `arguments` are the places of its tokens, first to one after the last."""

    name: str
    at: int
    parent: Call | None
    arguments: list[tuple[int, int]] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many calls it stands in, itself included."""
        return 1 + (self.parent.depth if self.parent else 0)


@dataclass
class Parsed:
    """A formula that was read: its tokens without blanks, its calls, whether it unites areas, what is wrong with it."""

    tokens: list[Token]
    calls: list[Call]
    union: bool
    fault: str

    def argument(self, call: Call, number: int) -> list[Token]:
        """The tokens of an argument, from 0."""
        first, after = call.arguments[number]
        return self.tokens[first:after]

    def of_kind(self, kind: str) -> Iterator[str]:
        """The texts of all tokens of a kind."""
        return (token.text for token in self.tokens if token.kind == kind)


@lru_cache(maxsize=20_000)
def parse(text: str) -> Parsed:
    """Read a formula without its equals sign.

    Examples
    --------
    >>> read = parse('SUM(A1:A3,IF(B1>2,"x",))')
    >>> [(call.name, len(call.arguments)) for call in read.calls], read.fault
    ([('SUM', 2), ('IF', 3)], '')
    >>> parse("1,A1:B2").union, parse("SUM(A1 B2)").fault
    (True, 'B2 follows an operand')
    """
    return _Reader(text).read()


class _Reader:
    """The reading of one formula: an operand is awaited, or an operator."""

    def __init__(self, text: str) -> None:
        cut = (Token(str(match.lastgroup), match.group()) for match in _TOKEN.finditer(text))
        self.tokens = [token for token in cut if token.kind != "space"]
        self.calls: list[Call] = []
        self.open: list[Call | None] = []  # None: plain brackets
        self.starts: list[int] = []  # where the open argument began
        self.wanted, self.union, self.fault = True, False, ""

    def read(self) -> Parsed:
        for index, token in enumerate(self.tokens):
            self._take(index, token)
            if self.fault:
                break
        else:
            if self.open:
                self.fault = "a bracket is never closed"
            elif self.wanted:
                self.fault = "it ends where an operand should stand" if self.tokens else "it is empty"
        return Parsed(self.tokens, self.calls, self.union, self.fault)

    def _take(self, index: int, token: Token) -> None:
        before = self.tokens[index - 1].kind if index else ""
        if token.kind in OPERANDS:
            self._operand(token)
        elif token.kind == "sheet":
            after = self.tokens[index + 1].kind if index + 1 < len(self.tokens) else ""
            if not self.wanted or after not in ("cell", "columns", "rows", "name", "error", "function"):
                self.fault = f"{token.text} leads nowhere"
        elif token.kind == "columns_of":
            if before != "name":
                self.fault = f"{token.text} belongs to no table"
        elif token.kind == "function" and not self.wanted:
            self.fault = f"{token.text} follows an operand"
        elif token.kind == "open":
            self._opened(index, before)
        elif token.kind == "close":
            self._closed(index, before)
        elif token.kind == "comma":
            self._comma(index, before)
        elif token.kind == "infix":
            if self.wanted and token.text not in "+-":
                self.fault = f"{token.text} has no operand before it"
            self.wanted = True
        elif token.kind == "mark":
            if self.wanted != (token.text == "@"):
                self.fault = f"{token.text} stands in a wrong place"
        elif token.kind == "other":
            self.fault = f"{token.text} cannot stand here" if token.text != '"' else "a text is never closed"

    def _operand(self, token: Token) -> None:
        if not self.wanted:
            self.fault = f"{token.text} follows an operand"
        elif token.kind == "array":
            parts = re.split(r'[,;](?=(?:[^"]*"[^"]*")*[^"]*$)', token.text[1:-1])
            if not all(_CONSTANT.fullmatch(part) for part in parts):
                self.fault = f"{token.text} holds more than constants"
        self.wanted = False

    def _opened(self, index: int, before: str) -> None:
        if before == "function":
            call = Call(self.tokens[index - 1].text, index - 1, self._inside())
            self.calls.append(call)
            self.open.append(call)
        elif self.wanted:
            self.open.append(None)
        elif before == "close":  # the result of a call is called
            call = Call("", index, self._inside())
            self.open.append(call)
        else:
            self.fault = "a bracket follows an operand"
        self.starts.append(index + 1)
        self.wanted = True

    def _inside(self) -> Call | None:
        for each in reversed(self.open):
            if each is not None:
                return each
        return None

    def _closed(self, index: int, before: str) -> None:
        if not self.open:
            self.fault = "a bracket closes nothing"
            return
        call, start = self.open.pop(), self.starts.pop()
        if call is None:
            if self.wanted:
                self.fault = "brackets end where an operand should stand"
        elif self.wanted and before not in ("open", "comma"):
            self.fault = "an argument ends where an operand should stand"
        elif before != "open" or call.arguments:
            call.arguments.append((start, index))
        self.wanted = False

    def _comma(self, index: int, before: str) -> None:
        if self.open and self.open[-1] is not None:
            if self.wanted and before not in ("open", "comma"):
                self.fault = "an argument ends where an operand should stand"
            self.open[-1].arguments.append((self.starts[-1], index))
            self.starts[-1] = index + 1
        else:
            self.union = True
            if self.wanted:
                self.fault = ", has no operand before it"
        self.wanted = True
