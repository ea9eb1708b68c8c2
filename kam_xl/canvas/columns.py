"""Columns of a sheet as they are kept and written: one look, one formula for all rows, or values.

XlsxWriter keeps an object for every cell and writes each by itself; a column is one object, and its cells become text
only while the file is written. The text of a cell is what XlsxWriter writes for it, to the letter: a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from kam_xl.content.tables import STORED_ERRORS

TYPED, RESULTS, FORMULAS = "typed", "results", "formulas"
_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def escaped(text: str) -> str:
    """Text as it stands between two tags."""
    return text.translate(_ESCAPED) if "&" in text or "<" in text or ">" in text else text


def unescaped(text: str) -> str:
    """Text between two tags as it is meant."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@dataclass(frozen=True)
class Column:
    """Cells from `top` down: what is typed, results of an array formula, or a formula with its results.

    A single value stands for the same one in all `rows`. A typed text is its number in the workbook's list of texts,
    and wrapped in `Shared`.
    """

    kind: str
    top: int
    col: int
    rows: int
    values: Sequence[Any]
    look: Format | None
    formula: Callable[[int], str] | None = None  # by the row of the column, from 0; as it stands in the file

    def value(self, i: int) -> Any:
        """The value of a row of the column, from 0."""
        return self.values[0] if len(self.values) == 1 else self.values[i]

    def cells(self, style: str, bare: str, plain: Callable[[str], str]) -> Iterator[str]:
        """The cells as they stand in the file, one after the other.

        `style` is the attribute of the cells' look, `bare` that of results of the kind text, which take none from
        the column of the sheet; `plain` brings a text's control characters into their form in a file.
        """
        name, place = xl_col_to_name(self.col), self.top + 1
        formula, last = self.formula, None
        told = False
        for i in range(self.rows):
            value = self.value(i)
            if not told or value is not last or type(value) is not type(last):  # the same value again needs no work
                kind, text = _stored(value, self.kind, plain)
                last, told = value, True
                look = bare if kind == ' t="str"' else style
            if formula is not None:
                yield f'<c r="{name}{place + i}"{look}{kind}><f>{formula(i)}</f><v>{text}</v></c>'
            elif text is None:
                yield f'<c r="{name}{place + i}"{look}/>' if self.look else ""
            else:
                yield f'<c r="{name}{place + i}"{look}{kind}>{text}</c>'


class Shared(int):
    """Number of a text in the workbook's list of texts."""


def _stored(value: Any, column: str, plain: Callable[[str], str]) -> tuple[str, str | None]:
    """The kind of a value as an attribute, and its text in the file; None is a cell that has only a look."""
    if isinstance(value, Shared):
        return ' t="s"', f"<v>{int(value)}</v>"
    if column == FORMULAS:
        if isinstance(value, bool):
            return ' t="b"', str(int(value))
        if isinstance(value, str):
            return (' t="e"', value) if value in STORED_ERRORS else (' t="str"', escaped(plain(value)))
        return "", str(0 if value is None else value)
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, str):
        return ' t="str"', f"<v>{escaped(plain(value))}</v>"
    return ("", None) if value is None else ("", f"<v>{value:.16G}</v>")
