"""What a table wears around its cells: headings in several rows, lines with too many cells, NULL, ="00123"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake import parsing
from kam_xl.intake.matching import headings_in, simplify, year_of
from kam_xl.intake.periods import bare_part, period_in
from kam_xl.intake.sources import Rows, Sheet
from kam_xl.intake.vocabulary import account_vote, amount_vote, date_vote, words_of
from kam_xl.locale import _

_WITHIN = 60  # rows in which the headings are looked for
_NULLS = frozenset(("NULL", "\\N", "<NA>", "NaT"))
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE = re.compile(r"'(?=[-+(]?[\d.,$€£])")
_SHOWN = 5
_STATES = frozenset(("stage", "status", "type", "plan", "currency", "month", "quarter", "year", "end"))


@dataclass
class Dressed:
    """A table without its dress: headings, and the rows below with the line in which each stands."""

    name: str
    headings: list[Value]
    rows: Rows
    lines: list[int]
    delimiter: str | None = None
    told: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def undressed(sheet: Sheet, file: str) -> Dressed | None:
    """The table of a sheet; None where no row looks like headings.

    Lines with more cells than there are headings are left out and named: a sign in them parts what belongs together.

    Raises
    ------
    DataError
        When most lines have more cells than there are headings.
    """
    rows = [[plain(cell) for cell in row] for row in sheet.rows]
    at = _header(rows)
    if at is None:
        return None
    first, last = _block(rows, at)
    width = max((len(row) for row in rows[first : last + 1]), default=0)
    headings = _combined(rows[first : last + 1], at - first, width)
    found = Dressed(sheet.name, headings, [], [], sheet.delimiter)
    body = [(n, row) for n, row in enumerate(rows[last + 1 :], start=last + 1) if any(c is not None for c in row)]
    body = _without_ragged(found, sheet, file, body, width)
    wide = max([width, *(len(row) for _n, row in body)])
    found.headings += [None] * (wide - width)
    for n, row in body:
        found.rows.append([*row, *[None] * (wide - len(row))])
        found.lines.append(sheet.lines[n] if n < len(sheet.lines) else n + 1)
    _without_second(found)
    return found


def plain(cell: Value) -> Value:
    """A cell without what a program wrapped around it.

    >>> plain('="00123"'), plain("'-75.63"), plain("NULL"), plain("O'Neil")
    ('00123', '-75.63', None, "O'Neil")
    """
    if type(cell) is not str:
        return cell
    text = cell.strip()
    if text in _NULLS:
        return None
    if found := _QUOTED.fullmatch(text):
        return found[1] or None
    return _APOSTROPHE.sub("", text, count=1) if text.startswith("'") else cell


def _known(cell: Value) -> bool:
    """Whether a cell is a heading that says something of money, accounts or time."""
    if cell is None or isinstance(cell, bool):
        return False
    if period_in(cell) or year_of(cell) or bare_part(cell):
        return True
    if not isinstance(cell, str) or len(cell) > 60:
        return False
    return bool(account_vote(cell) or date_vote(cell) or amount_vote(cell) or words_of(cell) & _STATES)


def known_headings(row: Sequence[Value]) -> int:
    """How many headings of money, accounts or time a row holds, one of accounts among them; finds the delimiter.

    >>> known_headings(["Sold-To Party Name", "Net value", "Colour"]), known_headings(["Report", "2024"])
    (3, 0)
    """
    filled = headings_in(row)
    if not filled and any(isinstance(cell, str) and account_vote(cell) for cell in row) and sum(map(_known, row)) > 1:
        filled = sum(cell is not None for cell in row)
    return filled


def _header(rows: Rows) -> int | None:
    """The row with the most headings that are known, of those with two at least."""
    best, at = 1, None
    for n, row in enumerate(rows[:_WITHIN]):
        texts = sum(isinstance(cell, str) for cell in row)
        known = sum(map(_known, row))
        if headings_in(row) > 1:
            known += 3
        if known > best and texts and not _is_data(row):
            best, at = known, n
    return at


def _is_data(row: Sequence[Value]) -> bool:
    """Whether a row holds amounts that are no years."""
    for cell in row:
        value = parsing.number(cell, None) if isinstance(cell, str) else cell
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and year_of(value) is None
            and not period_in(cell)
        ):
            return True
    return False


def _block(rows: Rows, at: int) -> tuple[int, int]:
    """The first and the last row of the headings: banners above, a second line below."""
    last = at
    for row in rows[at + 1 : at + 3]:
        filled = [cell for cell in row if cell is not None]
        only_name = len(filled) == 1 and row[0] is not None and account_vote(row[0]) > 0
        below = bool(filled) and not (row and row[0] is not None) and all(isinstance(c, str) for c in filled)
        if not (only_name or (below and len(filled) > 1 and not _is_data(row))):
            break
        last += 1
    first = at
    names = [simplify(cell) for cell in rows[at] if cell is not None]
    parts = [cell for cell in rows[at] if bare_part(cell)]
    while first > 0 and (max(Counter(names).values()) > 1 or parts):
        above = rows[first - 1]
        filled = [place for place, cell in enumerate(above) if cell is not None]
        if len(filled) < 2 - bool(parts) or (filled and filled[0] == 0 and len(filled) < 2) or _is_data(above):
            break
        first -= 1
        names = [f"{_cell(rows, first, place)} {_cell(rows, at, place)}" for place in range(len(rows[at]))]
        if max(Counter(names).values()) == 1:
            break
    return first, last


def _cell(rows: Rows, row: int, place: int) -> Value:
    """A cell of a banner: the last filled one to the left."""
    filled = [cell for cell in rows[row][: place + 1] if cell is not None]
    return filled[-1] if filled else None


def _combined(block: Rows, main: int, width: int) -> list[Value]:
    """One heading for each column; what spans several columns belongs to each of them."""
    if len(block) == 1:
        return [*block[0], *[None] * (width - len(block[0]))]
    result: list[Value] = []
    for place in range(width):
        parts: list[Value] = []
        for n, row in enumerate(block):
            here = row[place] if place < len(row) else None
            banner = n < len(block) - 1 and place > 0 and here is None
            spans = banner and (n < main or any(c is not None for c in block[-1][place : place + 1]))
            parts.append(_cell(block, n, place) if spans and _cell(block, n, place) is not block[n][0] else here)
        texts = [str(int(p)) if isinstance(p, float) and p.is_integer() else str(p) for p in parts if p is not None]
        if place == 0:
            texts = texts[-1:]
        only = [part for part in parts if part is not None]
        result.append(only[0] if len(only) == 1 and place else " ".join(texts) or None)
    return result


def _without_ragged(
    found: Dressed, sheet: Sheet, file: str, body: list[tuple[int, list[Value]]], width: int
) -> list[tuple[int, list[Value]]]:
    """The lines that have no more cells than there are headings; the others are named."""
    if sheet.delimiter is None:
        return body
    ragged = [(n, row) for n, row in body if any(cell is not None for cell in row[width:])]
    if not ragged:
        return body
    numbers = [sheet.lines[n] if n < len(sheet.lines) else n + 1 for n, _row in ragged]
    shown = ", ".join(f"{n:,}" for n in numbers[:_SHOWN]) + (", …" if len(numbers) > _SHOWN else "")
    if len(ragged) * 2 > len(body):
        cut = all(len(row) > width and re.fullmatch(r"\d{1,3}\D?", str(row[width] or "0")) for _n, row in ragged)
        if len(ragged) == len(body) and not cut:
            return body  # a column without a heading
        message = _(
            "{file}, line {lines}: has more cells than there are headings ({n}); put quotation marks around what"
            " holds a “{sign}”, or save the file as .xlsx"
        )
        raise DataError(message.format(file=file, lines=shown, n=width, sign=sheet.delimiter))
    one = _(
        "Line {lines} has more cells than there are headings, and was left out: put quotation marks around what"
        " holds a “{sign}”."
    )
    many = _("{n} lines have more cells than there are headings, and were left out: {lines}.")
    text = one if len(numbers) == 1 else many
    found.doubts.append(text.format(n=f"{len(numbers):,}", lines=shown, sign=sheet.delimiter))
    left = {n for n, _row in ragged}
    return [(n, row) for n, row in body if n not in left]


def _without_second(found: Dressed) -> None:
    """Leave out a second table below the first, and name it."""
    headed = [place for place, cell in enumerate(found.headings) if cell is not None]
    for n, row in enumerate(found.rows):
        gap = n > 0 and found.lines[n] - found.lines[n - 1] > 1
        if gap and headings_in(row) > 1 and len(headed) > 1 and not _is_data(row):
            text = _("A second table begins in row {line} of “{sheet}” and was not read; put it on a sheet of its own.")
            found.doubts.append(text.format(line=f"{found.lines[n]:,}", sheet=found.name))
            del found.rows[n:], found.lines[n:]
            return
