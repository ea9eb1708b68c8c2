"""Formula text cut into tokens, and each name in it resolved: a parameter, a local, a function, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kam_xl.errors import KamError
from kam_xl.hosts.native.functions import ALL, bare_name

Role = Literal["", "parameter", "optional", "local", "function", "name", "spill"]

_KINDS = r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:[^"]|"")*")
    %s
    |(?P<name>[^\W\d][\w.\\?]*)
    |(?P<sign><=|>=|<>|[^#'\[.\d])
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<error>\#(?:N/A|DIV/0!|[A-Z_]+[!?]))
    |(?P<bracket>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?P<sheet>'(?:[^']|'')+'!)
    |(?P<other>.)"""
_SPILL = r"|(?P<spill>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?(?:\$?[A-Za-z]{1,3}\$?\d+|[^\W\d][\w.]*)\#(?![A-Z]))"
_TOKEN = re.compile(_KINDS % "", re.VERBOSE | re.DOTALL)
_TOKEN_OR_SPILL = re.compile(_KINDS % _SPILL, re.VERBOSE | re.DOTALL)
_CLOSES = {"(": ")", "{": "}"}


class LintError(KamError):
    """A definition that Excel would refuse or misread; the text names file and line."""


@dataclass(slots=True)
class Token:
    """A piece of a formula: its kind by spelling, its line, and its role once it is resolved."""

    kind: str
    text: str
    line: int
    bare: str = ""  # a name without prefix and brackets, in capitals: how Excel compares names
    role: Role = ""
    shadows: bool = False  # a parameter or local whose name is bound already
    used: bool = False  # a parameter or local that is taken somewhere


@dataclass(slots=True)
class _Frame:
    """An open bracket: what it belongs to, the argument it is at, and the names bound in it."""

    opening: Token
    binder: str
    argument: int = 0
    fresh: bool = True  # at the first token of an argument
    pending: Token | None = None  # bound from the next comma on; in LET from the one after its value
    bound: dict[str, Token] = field(default_factory=dict)

    def binds_here(self) -> bool:
        return self.fresh and (self.binder == "LAMBDA" or (self.binder == "LET" and self.argument % 2 == 0))


def cut(text: str, line: int = 1) -> list[Token]:
    """All tokens of a formula; white space and comments are tokens of kind ``space``.

    Examples
    --------
    >>> [token.text for token in cut("=SUM(A1:A3) // all") if token.kind != "space"]
    ['=', 'SUM', '(', 'A1', ':', 'A3', ')']
    """
    found = []
    for match in (_TOKEN_OR_SPILL if "#" in text else _TOKEN).finditer(text):
        kind, piece = str(match.lastgroup), match.group()
        bare = _bare(piece) if kind in ("name", "bracket") else ""
        found.append(Token(kind, piece, line, bare))
        if kind == "space" or kind == "text":
            line += piece.count("\n")
    return found


def _bare(name: str) -> str:
    bare = name.strip("[] ").upper()
    return bare.removeprefix("_XLPM.").removeprefix("_XLOP.") if bare.startswith("_XL") else bare


def resolve(tokens: Iterable[Token], where: str = "formula") -> list[Token]:
    """The tokens without white space, each name with its role; LintError if brackets do not match.

    Works on formulas as people write them and on the form of a file (``_xlfn.``, ``_xlpm.``).

    Examples
    --------
    >>> [(token.text, token.role) for token in resolve(cut("LET(x, 1, x + ROWS(A1))")) if token.role]
    [('LET', 'function'), ('x', 'parameter'), ('x', 'local'), ('ROWS', 'function'), ('A1', 'name')]
    """
    solid = [token for token in tokens if token.kind != "space"]
    frames: list[_Frame] = []
    for index, token in enumerate(solid):
        after = solid[index + 1].text if index + 1 < len(solid) else ""
        frame = frames[-1] if frames else None
        if token.text == '"':
            raise LintError(f"{where} line {token.line}: a text is never closed")
        if token.kind in ("name", "bracket"):
            _give_role(token, after, frames)
        elif token.kind == "spill":
            token.role = "spill"
        if frame and token.text == "," and token.kind == "sign":
            if frame.pending and (frame.binder == "LAMBDA" or frame.argument % 2):
                frame.bound[frame.pending.bare] = frame.pending
            frame.argument, frame.fresh = frame.argument + 1, True
        elif frame:
            frame.fresh = False
        if token.kind == "sign" and token.text in "({":
            before = solid[index - 1] if index else None
            binder = bare_name(before.text) if before and before.role == "function" and token.text == "(" else ""
            frames.append(_Frame(token, binder))
        elif token.kind == "sign" and token.text in ")}":
            if not frame or _CLOSES[frame.opening.text] != token.text:
                raise LintError(f'{where} line {token.line}: "{token.text}" closes nothing')
            frames.pop()
    if frames:
        opening = frames[-1].opening
        raise LintError(f'{where} line {opening.line}: "{opening.text}" is never closed')
    return solid


def _give_role(token: Token, after: str, frames: list[_Frame]) -> None:
    binding = _bound(token.bare, frames)
    if frames and frames[-1].binds_here() and after == ",":
        optional = token.kind == "bracket" or token.text.upper().startswith("_XLOP.")
        token.role = "optional" if optional else "parameter"
        token.shadows = binding is not None
        frames[-1].pending = token
    elif token.kind == "bracket":
        return
    elif binding and not (after == "(" and token.bare in ALL):  # a function of Excel wins over a local name
        token.role = "local"
        binding.used = True
    else:
        token.role = "function" if after == "(" else "name"


def _bound(name: str, frames: list[_Frame]) -> Token | None:
    for frame in reversed(frames):
        if name in frame.bound:
            return frame.bound[name]
    return None
