"""What in the cells of a filled workbook is the user's own: neither written by the generator nor read as an input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kam_xl.content.positions import split_cell
from kam_xl.formulas.values import Err, Scalar
from kam_xl.intake.gathering import as_text
from kam_xl.workbook.carry.places import SheetPlaces
from kam_xl.workbook.recompute.package import COLUMNS, SheetCells, address_of

Kind = Literal["constant", "typed over", "formula", "input"]  # input: its value was read, the formula was not

_ADDED = re.compile(r"_xl(?:fn|ws|pm|op|udf)\.|(?<=TRUE|ALSE)\(\)|[\s$]|^=", re.IGNORECASE)
_ROWS = re.compile(r"(?<![A-Za-z0-9_.])([A-Z]{1,3})\d+(?![\w(.])")
_CELLS = re.compile(r"(?:(?:'(?:[^']|'')+'|[\w.]+)!)?(?<![\w.])[A-Z]{1,3}\d+(?![\w(.])")
_SINGLE = re.compile(r"\b([A-Z]{1,3}\d+):\1\b")
_COLUMN = re.compile(r"\b([A-Z]{1,3}):\1\b")
_NUMBER = re.compile(r"(?<![\w.$])\d+\.?\d*(?:[eE][+-]?\d+)?(?![\w.(])")
_OURS = re.compile(r"\bcalc(?:_[a-z_]+)?!")  # sheets behind the pages: a version of ours before this one
_QUOTED = re.compile(r"'((?:[^']|'')+)'!")
_PLAIN_TITLE = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class OwnCell:
    """A cell of the user's own: what was stored in it, its formula if it has one, and why it is their own."""

    sheet: str
    row: int
    column: int
    kind: Kind
    value: Scalar
    formula: str = ""
    ours: bool = False  # the generator has a formula there

    @property
    def cell(self) -> str:
        """Its address."""
        return address_of(self.row * COLUMNS + self.column)


def plain(value: Scalar) -> Scalar:
    """A value as it is compared: numbers with 15 digits, texts without what programs do to line ends.

    >>> plain(0.1 + 0.2) == plain(0.3), plain("a\\r\\nb ") == plain("a\\nb")
    (True, True)
    """
    if isinstance(value, bool):
        return f"\0{value}"
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return f"\0{text}" if isinstance(value, Err) else text or None
    return None if value is None else float(f"{value:.14e}")


def own_cells(
    old: SheetCells, standard: SheetCells, way: SheetPlaces, grown: bool = False, other_version: bool = False
) -> list[OwnCell]:
    """The cells of a sheet that the workbook made anew from its inputs has not, in their order.

    What stands where the generator writes it is told by its place, what moved by its value or its formula: a table
    that has `grown` moves what is below it, and what refers to it. Results of array formulas belong to their formula.
    A formula of ours that an `other_version` writes otherwise is not the user's.
    """
    sheet = _Sheet(old, standard, way, grown or way.moved, other_version)
    return sorted(sheet.found(), key=lambda own: (own.row, own.column))


class _Sheet:
    """A sheet being compared with what the generator writes."""

    def __init__(
        self, old: SheetCells, standard: SheetCells, way: SheetPlaces, moved: bool, other_version: bool
    ) -> None:
        self.old, self.standard, self.way = old, standard, way
        self.loose = moved or other_version  # what is alike counts as the same
        self.other_version = other_version
        self.left_constants = Counter(map(plain, standard.constants.values()))
        self.masters = {cell.shared: cell.text for cell in old.formulas.values() if cell.shared and cell.text}
        self.spoken = self._texts_by_row()

    def found(self) -> Iterator[OwnCell]:
        results = _results(self.old)
        pending = []
        for at, value in self.old.constants.items():
            place = self._place(at)
            if place is not None and plain(self.standard.constants.get(place)) == plain(value):
                self.left_constants[plain(value)] -= 1
            elif at not in results and plain(value) is not None:
                pending.append((at, value, place))
        for at, value, place in pending:
            if self.left_constants[plain(value)] > 0 and not self._in_table(at):
                self.left_constants[plain(value)] -= 1
            elif not self._in_a_note(at, value):
                over = place is not None and place in self.standard.formulas
                yield OwnCell(self.old.title, *divmod(at, COLUMNS), "typed over" if over else "constant", value)
        yield from self._formulas()

    def _formulas(self) -> Iterator[OwnCell]:
        left: Counter[str] = Counter()
        pending = []
        used = set()
        for at, cell in self.old.formulas.items():
            place = self._place(at)
            there = self.standard.formulas.get(place) if place is not None else None
            text = cell.text or self.masters.get(cell.shared, "")
            if there is not None and (there.text == text or self._same(there.text, text)):
                used.add(place)
            else:
                pending.append((at, cell, text, place))
        if pending:
            free = (cell for at, cell in self.standard.formulas.items() if self.way.hidden or at not in used)
            left.update(shape(cell.text) for cell in free)
        for at, cell, text, place in pending:
            may_have_moved = self.loose or place not in self.standard.formulas
            if may_have_moved and left[shape(text)] > 0 and not self._in_table(at):
                left[shape(text)] -= not self.way.hidden  # there tables of any length have the same formula per row
                continue
            if self.other_version and place in self.standard.formulas and _OURS.search(text):
                continue
            read = place is not None and cell.stored is not None and self._in_table(at)
            same = read and plain(self.standard.constants.get(place or 0)) == plain(cell.stored)
            own: Kind = "input" if same else "formula"
            over = place in self.standard.formulas
            yield OwnCell(self.old.title, *divmod(at, COLUMNS), own, cell.stored, text, over)

    def _same(self, one: str, other: str) -> bool:
        """Whether two formulas at the same place are the same; but for cells where tables have more or fewer rows."""
        if _quick(one) == _quick(other) or (self.way.hidden and self.other_version):
            return True
        if self.loose:
            return _fixed(one) == _fixed(other) or shape(one) == shape(other)
        return exact(one) == exact(other)

    def _place(self, at: int) -> int | None:
        place = self.way.cell(*divmod(at, COLUMNS))
        return None if place is None else place[0] * COLUMNS + place[1]

    def _in_table(self, at: int) -> bool:
        """Inside of the table below its headings: what stands there is told by its place alone."""
        table, (row, column) = self.way.table, divmod(at, COLUMNS)
        return table is not None and table.top <= row < table.bottom and table.left <= column + 1 <= table.right

    def _texts_by_row(self) -> dict[int, str]:
        if self.way.to is None:
            return {}
        texts: dict[int, str] = {}
        for at, value in self.standard.constants.items():
            if isinstance(value, str):
                texts[at // COLUMNS] = f"{texts.get(at // COLUMNS, '')}\n{value}"
        return texts

    def _in_a_note(self, at: int, value: Scalar) -> bool:
        """Whether a column of the table that is none of its own was read into the notes of its row."""
        row, column = divmod(at, COLUMNS)
        if self.way.table is None or self.way.cell(row, column) is not None:
            return False
        shown = as_text(int(value) if isinstance(value, float) and value.is_integer() else value)
        if row == self.way.table.top - 1:
            return any(f"{shown}: " in text for text in self.spoken.values())
        return f": {shown}" in self.spoken.get(row + self.way.rows, "")


def _results(sheet: SheetCells) -> set[int]:
    """The cells that the array formulas of a sheet fill, without the formulas' own."""
    found: set[int] = set()
    for at, cell in sheet.formulas.items():
        first, _colon, last = cell.area.partition(":")
        if last:
            (top, left), (bottom, right) = split_cell(first), split_cell(last)
            found.update(row * COLUMNS + column for row in range(top - 1, bottom) for column in range(left - 1, right))
            found.discard(at)
    return found


def _quick(formula: str) -> str:
    """A formula without what most programs add, at a tenth of the cost of `_fixed`."""
    text = formula.replace("FALSE()", "FALSE").replace("TRUE()", "TRUE").replace("_xlfn.", "").replace("_xlws.", "")
    return text.replace("$", "").replace(" ", "")


def exact(formula: str) -> str:
    """A formula without spaces and what programs add to its names.

    >>> exact("SUM($B$9:B38)+_xlfn.DAYS('Costs'!C1, TRUE())")
    'SUM(B9:B38)+DAYS(COSTS!C1,TRUE)'
    """
    text = _QUOTED.sub(lambda at: f"{at[1]}!" if _PLAIN_TITLE.fullmatch(at[1]) else at[0], _ADDED.sub("", formula))
    return _SINGLE.sub(r"\1", _NUMBER.sub(lambda at: f"{float(at[0]):.12g}", text).upper())


def _fixed(formula: str) -> str:
    """A formula as `exact` has it, without rows.

    >>> _fixed("SUM($B$9:B38)")
    'SUM(B)'
    """
    return _COLUMN.sub(r"\1", _ROWS.sub(r"\1", exact(formula)))


def shape(formula: str) -> str:
    """A formula without the cells to which it refers and without numbers, as the length of a table is one."""
    return _NUMBER.sub("0", _CELLS.sub("#", _ADDED.sub("", formula)).replace("#:#", "#")).upper()
