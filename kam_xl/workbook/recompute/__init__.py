"""The right values of a filled workbook: its own formulas computed in Python, cell by cell, and written back.

Why its formulas, and not a rebuild from its inputs: what a person did to the sheets (rows inserted, tables sorted,
sheets renamed, formulas of their own) stands in the formulas, and a value is right when Excel, asked to recalculate,
shows the same. Why computed here, and not by an engine from elsewhere: the KAM functions are Python, and an engine
that computes a formula otherwise does so without a word; here a function, or a use of one, that is not known to give
the same in every spreadsheet program has no value, nor has what needs it: `Recomputed.unmatched` lists those cells.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kam_xl.workbook.formula import Scalar
from kam_xl.workbook.reader import is_workbook, refuse
from kam_xl.workbook.recompute.compare import same
from kam_xl.workbook.recompute.engine import Engine, address_of, area_of
from kam_xl.workbook.recompute.package import Package, read_package

__all__ = ["Change", "Recomputed", "Unmatched", "recompute"]


@dataclass(frozen=True)
class Unmatched:
    """A formula cell whose value could not be computed, and why."""

    sheet: str
    cell: str
    why: str


@dataclass(frozen=True)
class Change:
    """A cell whose stored value is not the right one: None is a formula without a value, or a cell to be blank."""

    sheet: str
    cell: str
    stored: Scalar
    value: Scalar


@dataclass(frozen=True)
class Recomputed:
    """The values of a workbook as its formulas give them now.

    Attributes
    ----------
    values
        Sheet -> address (``B7``) -> value, of every formula cell and of every cell that a result fills or filled when
        the file was saved; those that are blank now are None.
    spills
        Sheet -> first cell of an array formula -> the range that its result takes now (``B6:G19``).
    unmatched
        Formula cells whose value could not be computed: listed, never guessed, and not among the values.
    changes
        Cells whose stored value is missing or another one.
    """

    values: dict[str, dict[str, Scalar]]
    spills: dict[str, dict[str, str]]
    unmatched: list[Unmatched]
    changes: list[Change]
    package: Package = field(repr=False, compare=False)

    @cached_property
    def missing(self) -> int:
        """How many formulas have no stored value."""
        formulas = {sheet.title: sheet.formulas for sheet in self.package.sheets}
        return sum(cell.stored is None for cells in formulas.values() for cell in cells.values())


def recompute(path: str | Path) -> Recomputed:
    """The value of every formula cell of a workbook of kam_xl.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    if not is_workbook(Path(path)):
        refuse(Path(path))
    package = read_package(path)
    engine = Engine(package)
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects that all live to the end
    try:
        engine.run()
    finally:
        if collecting:
            gc.enable()
    return _collected(package, engine)


def _collected(package: Package, engine: Engine) -> Recomputed:
    values: dict[str, dict[str, Scalar]] = {}
    spills: dict[str, dict[str, str]] = {}
    unmatched: list[Unmatched] = []
    changes: list[Change] = []
    for number, cells in enumerate(package.sheets):
        sheet, title = engine.sheets[number], cells.title
        found: dict[str, Scalar] = {}
        held = {at for at, first in sheet.inside.items() if first in sheet.failed and at not in sheet.filled}
        for at in sorted((cells.formulas.keys() | sheet.inside.keys() | sheet.filled.keys()) - held):
            address = address_of(at)
            if at in sheet.failed:
                unmatched.append(Unmatched(title, address, str(sheet.failed[at])))
                continue
            value = found[address] = sheet.known.get(at)
            formula = cells.formulas.get(at)
            stored = formula.stored if formula else cells.constants.get(at)
            if not same(stored, value, blank=formula is None):
                changes.append(Change(title, address, stored, value))
        if found:
            values[title] = found
        if areas := engine.spills[number]:
            spills[title] = {address_of(at): area_of(place) for at, place in areas.items()}
    return Recomputed(values, spills, unmatched, changes, package)
