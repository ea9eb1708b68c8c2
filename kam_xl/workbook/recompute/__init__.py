"""The right values of a filled workbook: its own formulas computed in Python, cell by cell, and written back.

Why its formulas, and not a rebuild from its inputs: what a person did to the sheets (rows inserted, tables sorted,
sheets renamed, formulas of their own) stands in the formulas, and so does the version that made them; a value is right
when Excel, asked to recalculate, shows the same. Why computed here, and not by an engine from elsewhere: the KAM
functions are Python, and an engine that computes a formula otherwise does so without a word. Here a function, or a use
of one, that is not known to give the same in every spreadsheet program has no value, nor has what needs it:
`Recomputed.unmatched` lists those cells.
"""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from kam_xl.errors import DataError
from kam_xl.files.container import DAMAGED, check_container
from kam_xl.files.limits import read_file
from kam_xl.formulas.values import Scalar
from kam_xl.intake.reader import is_workbook, refuse
from kam_xl.locale import _
from kam_xl.progress import expect, step
from kam_xl.workbook.recompute import mend
from kam_xl.workbook.recompute.compare import same
from kam_xl.workbook.recompute.engine import Engine
from kam_xl.workbook.recompute.package import Package, address_of, number_of, package_of, shortest
from kam_xl.workbook.recompute.patch import Edit, patched
from kam_xl.workbook.recompute.sheets import area_of
from kam_xl.workbook.recompute.writing import replace_file, rewritten
from kam_xl.writing import write_file

__all__ = ["Change", "Recomputed", "Unmatched", "recompute", "stale", "staleness", "write_values"]


@dataclass(frozen=True)
class Unmatched:
    """A formula cell whose value could not be computed, and why; `ours` if the workbook was made with it."""

    sheet: str
    cell: str
    why: str
    ours: bool = True


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
    arrays
        Sheet -> array formulas that lost the mark by which Excel lets their result take the room that it needs.
    names
        Names of KAM functions that a program spoilt and that can be put right, with their definitions.
    lost
        Names of KAM functions that a program spoilt and that are not those of this version.
    doubtful
        Sheet -> cells whose formula could not be computed and that hold a value: nobody knows whether it is the right
        one. It is taken out when the values are written, and Excel computes it when it opens the file.
    """

    values: dict[str, dict[str, Scalar]]
    spills: dict[str, dict[str, str]]
    unmatched: list[Unmatched]
    changes: list[Change]
    arrays: dict[str, set[str]]
    names: dict[str, str]
    lost: list[str]
    doubtful: dict[str, set[str]]
    package: Package = field(repr=False, compare=False)

    @property
    def missing(self) -> int:
        """How many formulas have no stored value."""
        return sum(cell.stored is None for sheet in self.package.sheets for cell in sheet.formulas.values())

    @property
    def right(self) -> bool:
        """Whether nothing of the file has to change."""
        hollow = self.unmatched and not self.package.computed_on_opening
        return not (self.changes or self.arrays or self.names or self.doubtful or hollow)


def recompute(path: str | Path, users: Mapping[str, set[str]] | None = None) -> Recomputed:
    """The value of every formula cell of a workbook of kam_xl.

    `users` are cells, by sheet, that hold formulas of the user's on our pages, where a comparison found them; those on
    sheets of their own and among the inputs are known.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    path = Path(path)
    expect(1)
    step(_("reading {file}").format(file=path.name))
    content = read_file(path)
    check_container(path, content)
    if not is_workbook(path):
        refuse(path)
    package = package_of(path, content)
    engine = Engine(package, users)
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects that all live to the end
    try:
        engine.run()
    finally:
        if collecting:
            gc.enable()
    return _collected(package, engine)


def _collected(package: Package, engine: Engine) -> Recomputed:
    names, lost = mend.spoiled_names(package)
    found = Recomputed({}, {}, [], [], {}, names, lost, {}, package)
    for number, cells in enumerate(package.sheets):
        _collect(found, engine, number)
        if areas := engine.spills[number]:
            found.spills[cells.title] = {address_of(at): area_of(place) for at, place in areas.items()}
        if unmarked := mend.unmarked(package, cells, engine.own[number]):
            found.arrays[cells.title] = {address_of(at) for at in unmarked}
    return found


def _collect(found: Recomputed, engine: Engine, number: int) -> None:
    """The values of one sheet, and where they differ from those that are stored."""
    cells, sheet = engine.package.sheets[number], engine.sheets[number]
    values: dict[str, Scalar] = {}
    held = {at for at, first in sheet.inside.items() if first in sheet.failed and at not in sheet.filled}
    doubtful = {at for at in held if cells.constants.get(at) is not None}
    for at in sorted((cells.formulas.keys() | sheet.inside.keys() | sheet.filled.keys()) - held):
        address = address_of(at)
        if at in sheet.failed:
            found.unmatched.append(Unmatched(cells.title, address, str(sheet.failed[at]), engine.is_ours(number, at)))
            if cells.formulas[at].stored is not None:
                doubtful.add(at)
            continue
        value = values[address] = sheet.known.get(at)
        formula = cells.formulas.get(at)
        stored = formula.stored if formula else cells.constants.get(at)
        if not same(stored, value):
            found.changes.append(Change(cells.title, address, stored, value))
    if values:
        found.values[cells.title] = values
    if doubtful:
        found.doubtful[cells.title] = {address_of(at) for at in doubtful}


def stale(path: str | Path) -> str | None:
    """One line that says that a workbook shows values that are missing or not the right ones; None if all are."""
    return staleness(recompute(path))


def staleness(recomputed: Recomputed) -> str | None:
    """`stale` of a workbook that was recomputed already."""
    n, path = len(recomputed.changes), recomputed.package.path
    if not n:
        return None
    one = _("{file}: 1 cell shows no value or a wrong one; to mend it: kam-xl recalculate {file}")
    many = _("{file}: {n} cells show no value or a wrong one; to mend them: kam-xl recalculate {file}")
    return (one if n == 1 else many).format(n=f"{n:,}", file=path)


def write_values(recomputed: Recomputed, out: str | Path | None = None, *, force: bool = False) -> Path:
    """Write the right values into the file that was recomputed, or into the file `out`; all else stays.

    A file `out` that is there already is replaced only with `force`.

    Formulas without a value in `recomputed` hold none in the file either: a spreadsheet program computes them when it
    opens it. With the values, the ranges of array formulas, their marks
    and the definitions of KAM functions that another program spoilt are put right.

    Raises
    ------
    DataError
        In one line, when the file cannot be written; it is then as it was.
    """
    package = recomputed.package
    data = rewritten(package.content, _changed_parts(recomputed))
    if out is None:
        replace_file(package.path, package.content, data)
        return package.path
    return write_file(out, data, force=force)


def _changed_parts(recomputed: Recomputed) -> dict[str, bytes]:
    package, changed = recomputed.package, {}
    try:
        with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
            for part, edit in _edits(recomputed).items():
                changed[part] = patched(archive.read(part), edit)
            book = archive.read(mend.WORKBOOK)
            if recomputed.names:
                book = changed[mend.WORKBOOK] = mend.with_names(book, recomputed.names)
            if recomputed.unmatched:
                changed[mend.WORKBOOK] = mend.computed_on_opening(book)
            if recomputed.arrays:
                changed |= mend.with_metadata({name: archive.read(name) for name in (mend.TYPES, mend.RELATIONS)})
    except (*DAMAGED, expat.ExpatError) as error:
        raise DataError(_("{file}: cannot be changed ({reason})").format(file=package.path, reason=error)) from None
    return changed


def _edits(recomputed: Recomputed) -> dict[str, Edit]:
    """What changes, by the part of the sheet."""
    edits = {sheet.title: Edit() for sheet in recomputed.package.sheets}
    for change in recomputed.changes:
        edits[change.sheet].values[number_of(change.cell)] = change.value
    for sheet in recomputed.package.sheets:
        edit = edits[sheet.title]
        edit.values |= {number_of(address): None for address in recomputed.doubtful.get(sheet.title, ())}
        for address, area in recomputed.spills.get(sheet.title, {}).items():
            at = number_of(address)
            if shortest(sheet.formulas[at].area) != area:
                edit.areas[at] = area
        edit.dynamic = {number_of(address) for address in recomputed.arrays.get(sheet.title, ())}
    return {sheet.part: edits[sheet.title] for sheet in recomputed.package.sheets if edits[sheet.title].cells}
