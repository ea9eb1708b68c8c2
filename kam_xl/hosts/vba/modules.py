"""VBA modules: texts as the editor exports them, in the form that a project stores ([MS-OVBA] 2.3.4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CODE_PAGE, ENCODING = 1252, "cp1252"
MOST_CHARACTERS = 1023  # of a line
MOST_LINES = 65534

# What the documents of a project are derived from (VB_Base).
WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
WORKSHEET = "0{00020820-0000-0000-C000-000000000046}"

Kind = Literal["Document", "Module", "Class"]
_NAME = re.compile(r'Attribute VB_Name = "([A-Za-z][A-Za-z0-9_]{0,30})"\n')
_CODE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


@dataclass(frozen=True)
class Module:
    """A module of a project."""

    name: str
    kind: Kind  # as the PROJECT stream calls it
    source: str  # as stored: attributes first, lines end in CRLF

    @property
    def description(self) -> str:
        """The text of its VB_Description."""
        found = re.search(r'^Attribute VB_Description = "(.*)"\r$', self.source, re.MULTILINE)
        return found[1].replace('""', '"').replace("\\r\\n", "\r\n") if found else ""


def document(code_name: str, base: str = WORKSHEET, code: str = "") -> Module:
    """The module behind the workbook or a sheet; `code` is its text without attributes."""
    if not _CODE_NAME.fullmatch(code_name):
        raise ValueError(f"{code_name}: a code name has up to 31 letters, digits and _, a letter first")
    source = _attributes(code_name, base)
    return Module(code_name, "Document", source + code.replace("\r\n", "\n").replace("\n", "\r\n"))


def module(text: str) -> Module:
    """A module from the text of a ``.bas`` file.

    Raises
    ------
    ValueError
        It has no name, a line is too long, or a character is not in the code page.

    Examples
    --------
    >>> module('Attribute VB_Name = "Demo"\\nPublic Sub Go()\\nEnd Sub').name
    'Demo'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _NAME.match(text)
    if not found:
        raise ValueError('a module starts with Attribute VB_Name = "Name", 31 characters at most')
    lines = text.rstrip("\n").split("\n")
    _check(found[1], lines)
    return Module(found[1], "Module", "\r\n".join(lines) + "\r\n")


def _check(name: str, lines: list[str]) -> None:
    if len(lines) > MOST_LINES:
        raise ValueError(f"{name}: more than {MOST_LINES} lines")
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_CHARACTERS:
            raise ValueError(f"{name} line {number}: longer than {MOST_CHARACTERS} characters")
        try:
            line.encode(ENCODING)
        except UnicodeEncodeError as error:
            raise ValueError(f"{name} line {number}: {line[error.start]!r} is not in code page {CODE_PAGE}") from None


def _attributes(name: str, base: str) -> str:
    values = {
        "Name": f'"{name}"',
        "Base": f'"{base}"',
        "GlobalNameSpace": False,
        "Creatable": False,
        "PredeclaredId": True,
        "Exposed": True,
        "TemplateDerived": False,
        "Customizable": True,
    }
    return "".join(f"Attribute VB_{key} = {value}\r\n" for key, value in values.items())
