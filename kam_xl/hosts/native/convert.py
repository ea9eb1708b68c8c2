"""Formulas as people write them into the form in which a file stores them, with the checks that Excel would make.

Excel repairs (that is: deletes) a name whose definition is not in the stored form, without saying why, so everything
that can be wrong is looked for here and named with file and line::

    LAMBDA(x, [y], IF(ISOMITTED(y), x, SORTBY(x, y)))
    _xlfn.LAMBDA(_xlpm.x,_xlop.y,IF(_xlfn.ISOMITTED(_xlpm.y),_xlpm.x,_xlfn.SORTBY(_xlpm.x,_xlpm.y)))
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kam_xl.hosts.native.functions import ALL, LATER, MODERN, bare_name, stored_name
from kam_xl.hosts.native.tokens import LintError, Token, cut, resolve

__all__ = ["LintError", "stored_definition", "stored_formula", "translate"]

MOST_STORED = 4000  # characters; Excel's own limit is 8,192 for the form that people see
MOST_TEXT = 255  # characters of a text in a formula
_NUMBER_AS_TEXT = re.compile(r'"[<>=]*[-+]?[\d#]*[.,][\d#.,]*([Ee][-+]?\d+)?%?(?<=[\d#%])"')
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*(C\d*)?|C\d*|TRUE|FALSE", re.IGNORECASE)


def stored_formula(text: str) -> str:
    """A cell's formula in stored form; the equals sign is kept, and what is in stored form already stays as it is.

    Raises
    ------
    LintError
        Brackets do not match, or the sign ``@`` is used (write SINGLE).

    Examples
    --------
    >>> stored_formula("=SUM(A1#) + LET(x, B2, x * 2)")
    '=SUM(_xlfn.ANCHORARRAY(A1)) + _xlfn.LET(_xlpm.x, B2, _xlpm.x * 2)'
    """
    tokens = cut(text)
    for token in resolve(tokens):
        if token.text == "@":
            raise LintError("formula: write SINGLE(x) instead of @x")
    return "".join(_stored(token) for token in tokens)


def stored_definition(text: str, names: Collection[str] = (), where: str = "definition", line: int = 1) -> str:
    """The definition of a name in stored form, without equals sign, comments and white space.

    Parameters
    ----------
    text
        The formula as a person would write it: ``LAMBDA(x, x + 1)``.
    names
        Names that it may use.
    where, line
        File and line of the text, for messages.

    Raises
    ------
    LintError
        Something that Excel would refuse, or that would go wrong in it.

    Examples
    --------
    >>> stored_definition("LAMBDA(x, [y], SORT(IF(ISOMITTED(y), x, y)))")
    '_xlfn.LAMBDA(_xlpm.x,_xlop.y,_xlfn._xlws.SORT(IF(_xlfn.ISOMITTED(_xlpm.y),_xlpm.x,_xlpm.y)))'
    """
    return translate(text, names, where, line)[0]


def translate(text: str, names: Collection[str], where: str, line: int = 1) -> tuple[str, set[str]]:
    """What `stored_definition` returns, and the names out of `names`, in capitals, that the definition calls."""
    tokens = resolve(cut(text, line), where)
    _Lint(tokens, {name.upper() for name in names}, where).check()
    stored = "".join(map(_stored, tokens))
    if len(stored) >= MOST_STORED:
        raise LintError(f"{where}: {len(stored)} characters in the file; split it to stay under {MOST_STORED}")
    return stored, {token.bare for token in tokens if token.role == "function" and token.bare not in ALL}


def _stored(token: Token) -> str:
    if token.role in ("parameter", "optional", "local"):
        name = token.text.strip("[] ").removeprefix("_xlpm.").removeprefix("_xlop.")
        return ("_xlop." if token.role == "optional" else "_xlpm.") + name
    if token.role == "function" and bare_name(token.text) in MODERN:
        return stored_name(bare_name(token.text))
    if token.role == "spill":
        return f"_xlfn.ANCHORARRAY({token.text[:-1]})"
    return token.text


class _Lint:
    """The checks on one definition."""

    def __init__(self, tokens: list[Token], names: set[str], where: str) -> None:
        self.tokens, self.names, self.where = tokens, names, where

    def check(self) -> None:
        first = self.tokens[0]
        if first.text != "LAMBDA":
            self._fail(first, "it must start with LAMBDA(")
        for token in self.tokens:
            if token.shadows:
                self._fail(token, f'"{token.text}" is bound twice; choose another name')
        interface = True  # still in the parameters of the function itself
        for index, token in enumerate(self.tokens[1:], 1):
            if token.role in ("parameter", "optional"):
                self._binding(token, interface)
            elif token.kind in ("name", "text", "spill", "bracket", "number") or token.text in ("@", "#"):
                interface = False
                self._use(token, self.tokens[index + 1].text if index + 1 < len(self.tokens) else "")
        self._optionals()

    def _fail(self, token: Token, what: str) -> None:
        raise LintError(f"{self.where} line {token.line}: {what}")

    def _binding(self, token: Token, interface: bool) -> None:
        name = token.text.strip("[] ")
        if _LIKE_A_CELL.fullmatch(name):
            self._fail(token, f'"{name}" reads as the address of a cell; choose another name')
        if "." in name or not re.fullmatch(r"[A-Za-z_]\w*", name):
            self._fail(token, f'"{name}" has characters that a local name cannot have')
        if token.bare in ALL and not interface:
            self._fail(token, f'"{name}" is a function of Excel; choose another name')
        if token.bare in self.names:
            self._fail(token, f'"{name}" is the name of another definition; choose another name')
        if not token.used:
            self._fail(token, f'"{name}" is never used')

    def _use(self, token: Token, after: str) -> None:
        if token.kind == "text" and len(token.text) - 2 > MOST_TEXT:
            self._fail(token, f"a text of more than {MOST_TEXT} characters; join two")
        elif token.kind == "text" and _NUMBER_AS_TEXT.fullmatch(token.text):
            self._fail(token, f"{token.text} is read with the decimal sign of the machine; write the number itself")
        elif token.kind == "spill" or token.text in ("@", "#"):
            self._fail(token, f'"{token.text}" points at cells; a definition takes what it needs as arguments')
        elif token.kind == "bracket":
            self._fail(token, f'"{token.text}" is neither an optional parameter nor anything else')
        elif token.role == "local" and after == "(":
            self._fail(token, f'"{token.text}" is called, but it is a local name')
        elif token.role == "function":
            name = token.text.upper()
            if name in LATER:
                self._fail(token, f"{name} is not in Excel 2024")
            if name not in ALL and name not in self.names:
                self._fail(token, f"{token.text} is no function that is known here")
        elif token.role == "name" and token.bare not in ("TRUE", "FALSE"):
            self._fail(token, f'"{token.text}" is no name that is known here')

    def _optionals(self) -> None:
        """Optional parameters stand last; each is tested once and taken once, so that it is resolved before use."""
        seen: dict[str, Token] = {}
        for index, token in enumerate(self.tokens):
            if token.role == "optional":
                seen[token.bare] = token
            elif token.role == "parameter" and seen and self.tokens[index - 1].text == ",":
                before = self.tokens[index - 2]
                if before.role == "optional":
                    self._fail(token, f'"{token.text}" is required; it cannot follow an optional parameter')
        for name, optional in seen.items():
            places = [index for index, token in enumerate(self.tokens) if token.role == "local" and token.bare == name]
            tested = [place for place in places if self.tokens[place - 2].text.upper() == "ISOMITTED"]
            if len(tested) != 1 or len(places) != 2:
                self._fail(optional, f"test {optional.text} with ISOMITTED once and take it once, in the same IF")
        for index, token in enumerate(self.tokens):
            if token.text.upper() == "ISOMITTED" and self.tokens[index + 2].bare not in seen:
                self._fail(token, "ISOMITTED takes an optional parameter")
