"""What Excel would repair, refuse or show otherwise in a workbook, found by reading the file.

Excel opens a file that breaks its rules with "We found a problem with some content" and drops what it does not take.
Schemas say little of these rules; they are collected here from Excel's limits and from what writers of such files were
told by their users. Each rule is a function whose docstring says what Excel does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from files import (
    cells,
    charts,
    conditions,
    drawings,
    formulas,
    functions,
    locales,
    macros,
    names,
    packages,
    pages,
    properties,
    ranges,
    spills,
    styles,
    tables,
    validations,
    workbooks,
)
from files.reading import Book

_SUBJECTS = (
    *(packages, workbooks, names, ranges, formulas, functions, locales, cells, spills, tables),
    *(validations, conditions, styles, drawings, charts, pages, macros, properties),
)
RULES = {rule.__name__: rule for subject in _SUBJECTS for rule in subject.RULES}


@dataclass(frozen=True)
class Finding:
    """A rule that the file breaks, where, and how."""

    rule: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.place}: {self.text}"


def findings(path: Path) -> list[Finding]:
    """Everything in a workbook (.xlsx, .xlsm, .xlam) that breaks a rule."""
    book = Book(path)
    return [Finding(name, place, text) for name, rule in RULES.items() for place, text in rule(book)]
