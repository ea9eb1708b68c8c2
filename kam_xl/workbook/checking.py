"""Every problem of the inputs of a workbook, with the cells of that very file, counted as on its own Checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kam_xl.canvas.model import by_row
from kam_xl.content.positions import find_positions
from kam_xl.formulas.formula import Scalar
from kam_xl.intake.grid import Finding
from kam_xl.intake.reader import Inputs, read_workbook
from kam_xl.locale import _
from kam_xl.workbook.incomplete import notes
from kam_xl.workbook.recompute import Recomputed
from kam_xl.workbook.recompute.package import address_of, number_of

_ALL, _ROOMS, _FUNCTIONS = "problems in all", "Room in the tables", "Functions that could not compute"
Cells = Mapping[str, Scalar]


@dataclass(frozen=True)
class Checked:
    """What is to mend in a workbook.

    Attributes
    ----------
    problems
        The findings of each problem: those of a row, of a table without room, of functions that no row explains.
    counted
        How many problems the workbook's own Checks counts when it is calculated; None if it does not say.
    notes
        What is no problem but may have been forgotten, a line each.
    """

    problems: list[list[Finding]]
    counted: int | None
    notes: list[str]


def problems_of(path: str | Path) -> list[Finding]:
    """What is wrong with the inputs of a workbook, in the order of its sheets.

    The inputs are read and the workbook is built anew; its checks then say what is wrong. Rows and columns that a
    person moved are where they are in the file.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    return [finding for row in _rows(read_workbook(path)) for finding in row]


def checked(path: str | Path, recomputed: Recomputed) -> Checked:
    """The problems of a workbook and of its recomputed values: the same as on its Checks, and what no formula sees.

    Raises
    ------
    DataError
        As `problems_of`.
    """
    inputs, own = read_workbook(path), _Own(recomputed)
    rows = _rows(inputs)
    stuck = [] if rows else list(own.functions())
    return Checked(
        [*rows, *([one] for one in own.full()), *([stuck] if stuck else [])],
        own.counted,
        notes(inputs.tables, inputs.template),
    )


def _rows(inputs: Inputs) -> list[list[Finding]]:
    """The findings, those of a row together, each once."""
    from kam_xl.workbook.build import build

    found = [[finding] for finding in inputs.problems]
    built = build(inputs.template, inputs.tables)
    if built.problems:
        standard = find_positions(built.to_bytes())
        for row in by_row(built.problems):
            places = [(standard.moved(one.sheet, one.cell, inputs.positions), one) for one in row]
            # a cell that is dated was named already: it is the text that stands for the date
            found.append([Finding(*at, one.problem, one.remedy) for at, one in places if at not in inputs.dated])
    return _once(found)


def _once(rows: list[list[Finding]]) -> list[list[Finding]]:
    """Every finding once, with the others of its row; an order of the first ones."""
    known: dict[tuple[str, str, str], Finding] = {}
    merged: dict[tuple[str, str], list[Finding]] = {}
    for row in rows:
        fresh = [finding for finding in row if known.setdefault(finding[:3], finding) is finding]
        if fresh:
            at = next((f[:2] for f in row if f[1] and f[:2] in merged), fresh[0][:2])
            merged.setdefault(at, []).extend(fresh)
            for finding in row:
                merged.setdefault(finding[:2], merged[at])
    return list({id(row): row for row in merged.values()}.values())


class _Own:
    """What the hidden sheets of a workbook say of it."""

    def __init__(self, recomputed: Recomputed) -> None:
        self.sheets: list[dict[int, Scalar]] = []
        for sheet in recomputed.package.sheets:
            values = recomputed.values.get(sheet.title, {})
            self.sheets.append(sheet.constants | {number_of(cell): value for cell, value in values.items()})
        counted = self._beside(_ALL)
        self.counted = int(counted) if isinstance(counted, int | float) else None

    def _find(self, label: str) -> tuple[Cells, int]:
        """The sheet on which a label stands in the first column, and the row below it, counted from 1."""
        for cells in self.sheets:
            for at, value in cells.items():
                if value == label and address_of(at).startswith("A"):
                    return {address_of(n): v for n, v in cells.items()}, int(address_of(at)[1:]) + 1
        return {}, 0

    def _beside(self, label: str) -> Scalar:
        cells, row = self._find(label)
        return cells.get(f"B{row - 1}")

    def _block(self, label: str) -> Iterator[list[Scalar]]:
        """The rows of a block, without its headings."""
        cells, row = self._find(label)
        while cells.get(f"A{row + 1}") not in (None, ""):
            row += 1
            yield [cells.get(f"{column}{row}") for column in "ABCD"]

    def full(self) -> Iterator[Finding]:
        """Tables in which no row is left."""
        for sheet, used, full, _most in self._block(_ROOMS):
            if full == 1:
                text = _("is full ({used} rows): the pages follow no more").format(used=used)
                yield Finding(str(sheet), "", text, _("make a larger one: kam-xl new next.xlsx --data FILE"))

    def functions(self) -> Iterator[Finding]:
        """What functions say that could not compute, each sentence once."""
        said: dict[str, str] = {}
        for function, failed, line, _none in self._block(_FUNCTIONS):
            if failed == 1:
                said.setdefault(str(line), str(function))
        for line, function in said.items():
            yield Finding(_("Checks"), "", _("{function} could not compute").format(function=function), line)
