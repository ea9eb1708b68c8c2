"""Computes the formulas of a workbook where they stand, each when it is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from kam_xl.formulas.values import REF, Err, Scalar
from kam_xl.locale import _
from kam_xl.progress import expect, step
from kam_xl.workbook.recompute.compiler import Frame
from kam_xl.workbook.recompute.digits import Way, agree, refuse_long
from kam_xl.workbook.recompute.formulas import Formulas
from kam_xl.workbook.recompute.lookup import Column
from kam_xl.workbook.recompute.mend import is_ours
from kam_xl.workbook.recompute.package import COLUMNS, FormulaCell, Package, address_of
from kam_xl.workbook.recompute.sheets import References, Sheet, corners, fitted, room_of
from kam_xl.workbook.recompute.structured import place_of
from kam_xl.workbook.recompute.syntax import LAST_COLUMN, LAST_ROW, Reference, constant, is_constant, reference, split
from kam_xl.workbook.recompute.theirs import formulas_of_the_user
from kam_xl.workbook.recompute.values import Place, Table, Unknown, Value, refuse_larger

_DEEPEST = 40  # formulas inside each other, before what is below is computed first
_FRAMES = 100  # of Python, in one formula: brackets in brackets
_TRIES = 1_000_000


class _Circular(Exception):
    """A formula needs its own result."""


class _First(Exception):
    """Another cell has to be computed before this one."""

    def __init__(self, sheet: int, at: int) -> None:
        self.cell = (sheet, at)


class Engine:
    """The formulas of a workbook and their results.

    `users` are cells, per sheet, whose formulas are known to be the user's beside those of which the file tells it.
    """

    def __init__(self, package: Package, users: Mapping[str, set[str]] | None = None) -> None:
        self.package = package
        self.titles = {sheet.title.casefold(): number for number, sheet in enumerate(package.sheets)}
        self.names = {name.casefold(): text for name, text in package.names.items()}
        self.sheets = [Sheet(cells) for cells in package.sheets]
        self.spills: list[dict[int, Place]] = [{} for _ in package.sheets]
        self.room = package.spills()
        self.own = package.own_sheets()
        self._refs = [References(self, number) for number in range(len(package.sheets))]
        self._typed = formulas_of_the_user(package)
        self._users = formulas_of_the_user(package, users)
        self._formulas = Formulas(package)
        self._columns: dict[Place, Column] = {}
        self._named: dict[tuple[str, Way], Any] = {}
        self._running: dict[tuple[int, int], None] = {}
        self._blocked: dict[tuple[int, int], tuple[int, int]] = {}
        self._assumed: list[tuple[int, int, int]] = []

    def is_ours(self, number: int, at: int) -> bool:
        """Whether the formula in a cell is one that the workbook was made with."""
        return self.own[number] and at not in self._typed[number]

    # -- computing -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Compute every formula."""
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, _DEEPEST * _FRAMES * 4))
        try:
            expect(len(self.sheets))
            for number, sheet in enumerate(self.sheets):
                step(_("computing the sheet {name}").format(name=self.package.sheets[number].title))
                for at in sheet.formulas:
                    self._finish(number, at)
        finally:
            sys.setrecursionlimit(before)
        for number, at, reached in self._assumed:
            if self.sheets[number].filled.get(reached) == at:
                raise Unknown(_("a result reaches cells that it is computed from"))

    def _finish(self, number: int, at: int) -> None:
        """Compute a cell; what it needs and what lies too deep is computed before it."""
        todo = [(number, at)]
        for _try in range(_TRIES):
            sheet, cell = todo[-1]
            if cell not in self.sheets[sheet].known and cell not in self.sheets[sheet].failed:
                self._running.clear()
                try:
                    self._compute(sheet, cell)
                except _First as first:
                    if first.cell in todo:
                        self._fail(sheet, cell, Unknown(_("needs its own result")))
                    else:
                        todo.append(first.cell)
                        continue
                except _Circular:
                    self._fail(sheet, cell, Unknown(_("needs its own result")))
                except Unknown:
                    pass
            todo.pop()
            if not todo:
                return

    def _fail(self, number: int, at: int, why: Unknown) -> None:
        """Remember that a formula has no value; nor has what an array formula may fill, below it."""
        sheet = self.sheets[number]
        sheet.failed[at] = why
        sheet.waiting.pop(at, None)
        if cell := sheet.formulas[at].area:
            top, left, _bottom, right = corners(cell)
            sheet.lost[at] = (top, left, right)

    def _compute(self, number: int, at: int) -> Scalar:
        """The result of the formula in a cell; Unknown, and remembered as such, if it has none."""
        sheet = self.sheets[number]
        if at in sheet.failed:
            raise self._after(number, at)
        if (number, at) in self._running:
            raise _Circular
        if len(self._running) >= _DEEPEST:
            raise _First(number, at)
        self._running[number, at] = None
        try:
            result = self._result(number, at, sheet.formulas[at])
        except Unknown as why:
            self._fail(number, at, why)
            raise self._after(number, at) from None
        except (_Circular, _First):
            raise
        except RecursionError:
            self._fail(number, at, Unknown(_("its brackets are too deep")))
            raise self._after(number, at) from None
        except Exception as error:
            line = _("internal error ({kind}: {error}); please report it")
            self._fail(number, at, Unknown(line.format(kind=type(error).__name__, error=error)))
            raise self._after(number, at) from None
        finally:
            self._running.pop((number, at), None)
        sheet.known[at] = result
        return result

    def _after(self, number: int, at: int) -> Unknown:
        """What is told of the cells that need one that could not be computed."""
        why = self.sheets[number].failed[at]
        if why.needs:
            return why
        cell = f"{self.package.sheets[number].title}!{address_of(at)}"
        return Unknown(_("needs {cell}, which could not be computed").format(cell=cell), needs=True)

    def _result(self, number: int, at: int, cell: FormulaCell) -> Scalar:
        row, column = divmod(at, COLUMNS)
        if cell.other:
            raise Unknown(_("is a formula of the kind {kind}").format(kind=cell.other))
        text, moved = cell.text, (0, 0)
        if cell.shared and not text:
            master, text = self.sheets[number].masters.get(cell.shared, (at, ""))
            moved = (row - master // COLUMNS, column - master % COLUMNS)
        skeleton, pieces = split(text)
        if moved == (0, 0):
            refs = list(map(self._refs[number].__getitem__, pieces))
        else:
            refs = [constant(p) if is_constant(p) else self.place(number, reference(p).moved(*moved)) for p in pieces]
        room = room_of(cell.area) if cell.area and not self._grows(number, cell) else None
        ways = (Way.EVERY, Way.FIFTEEN) if at in self._users[number] else (Way.OURS,)
        if len(ways) > 1:
            refuse_long(refs)
        results = []
        for way in ways:
            frame = Frame(self, number, row, column, refs)
            frame.room = room
            results.append(self._formulas.compiled(skeleton, bool(cell.area), way)(frame))
        result = results[0]
        if len(results) > 1 and not agree(*results):
            raise Unknown(_("hangs on digits after the 15th, which every program takes in its own way"))
        if cell.area:
            return self._spill(number, at, cell, result)
        if result.__class__ is Table:
            if len(result.rows) > 1 or len(result.rows[0]) > 1:
                raise Unknown(_("has several results and is no array formula"))
            result = result.rows[0][0]
        return 0 if result is None else result

    def place(self, number: int, written: Reference) -> Any:
        """The cells of a reference: None in another file, an error where the sheet is gone."""
        sheet = number
        if written.sheet:
            if "[" in written.sheet:
                return None
            if ":" in written.sheet:
                raise Unknown(_("refers to several sheets at once"))
            found = self.titles.get(written.sheet.casefold())
            if found is None:
                return REF
            sheet = found
        _s, top, left, bottom, right, _fixed = written
        if top < 0 or left < 0 or bottom > LAST_ROW or right > LAST_COLUMN:
            return REF
        if written.open:
            if self.sheets[sheet].waiting or self.spills[sheet]:
                raise Unknown(_("refers to whole columns or rows of a sheet with results that grow"))
            bottom = min(bottom, max(top, self.sheets[sheet].last_row))
            right = min(right, max(left, self.sheets[sheet].last_column))
        refuse_larger(bottom - top + 1, right - left + 1)
        return Place(sheet, top, left, bottom, right)

    # -- results of several cells ----------------------------------------------------------------------------------

    def _spill(self, number: int, at: int, cell: FormulaCell, result: Any) -> Scalar:
        sheet = self.sheets[number]
        if result.__class__ is Place:
            result = Table(self.rows(result))
        rows = result.rows if result.__class__ is Table else [[result]]
        if not self._grows(number, cell):
            rows = fitted(rows, *room_of(cell.area))
        row, column = divmod(at, COLUMNS)
        high, wide = len(rows), max(map(len, rows))
        if row + high > LAST_ROW + 1 or column + wide > LAST_COLUMN + 1:
            raise Unknown(_("its result is larger than the sheet"))
        for i in range(high):
            for j in range(wide):
                there = (row + i) * COLUMNS + column + j
                taken = there in sheet.typed or there in sheet.formulas or there in sheet.filled
                if there != at and taken:
                    raise Unknown(
                        _("its result has no room: {cell} is filled; clear that cell").format(cell=address_of(there))
                    )
        for i, values in enumerate(rows):
            for j, value in enumerate(values):
                there = (row + i) * COLUMNS + column + j
                sheet.filled[there] = at
                sheet.known[there] = 0 if value is None else value
        self.spills[number][at] = Place(number, row, column, row + high - 1, column + wide - 1)
        sheet.waiting.pop(at, None)
        return sheet.known[at]

    def _grows(self, number: int, cell: FormulaCell) -> bool:
        """Whether an array formula takes the room that it needs: in Excel also without its mark, in Calc never."""
        if self.own[number] and not self.room:
            return False
        return cell.dynamic or (self.room and is_ours(cell, self.own[number]))

    def _blank(self, number: int, at: int) -> Scalar:
        """A cell without content of its own: blank, or filled by the result of an array formula."""
        sheet = self.sheets[number]
        first = sheet.inside.get(at)
        if first is not None and first in sheet.waiting:
            self._reach(number, first, at)
        if at in sheet.known:
            return sheet.known[at]
        row, column = divmod(at, COLUMNS)
        for lost, place in sheet.lost.items():
            if row >= place[0] and place[1] <= column <= place[2]:
                raise self._after(number, lost)
        for other in list(sheet.waiting):
            if other in sheet.waiting and other // COLUMNS <= row and other % COLUMNS <= column and other != at:
                self._reach(number, other, at)
                if at in sheet.known:
                    return sheet.known[at]
        if not sheet.waiting and not sheet.lost:
            sheet.known[at] = None
        return sheet.known.get(at)

    def _reach(self, number: int, first: int, at: int) -> None:
        """Compute an array formula that may reach a blank cell; one that is being computed is taken not to reach it."""
        blocking = self._blocked.get((number, first))
        if blocking is not None and blocking in self._running:
            self._assumed.append((number, first, at))
            return
        if (number, first) in self._running:
            self._assumed.append((number, first, at))
            return
        running = dict(self._running)
        try:
            self._compute(number, first)
        except _Circular:
            self._running.clear()
            self._running.update(running)
            self._blocked[number, first] = next(reversed(running), (number, first))
            self._assumed.append((number, first, at))
        except Unknown:
            if self.sheets[number].inside.get(at) == first:
                raise

    # -- what formulas ask for -------------------------------------------------------------------------------------

    def value(self, sheet: int, row: int, column: int) -> Scalar:
        """The value of a cell."""
        at = row * COLUMNS + column
        cells = self.sheets[sheet]
        try:
            return cells.known[at]
        except KeyError:
            if at in cells.formulas:
                return self._compute(sheet, at)
            return self._blank(sheet, at) if cells.waiting or cells.lost else None

    def rows(self, place: Place) -> list[list[Scalar]]:
        """The values of an area."""
        sheet, top, left, bottom, right = place
        value = self.value
        return [[value(sheet, row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)]

    def column(self, place: Place) -> Column:
        """The cells of an area, indexed once."""
        if place not in self._columns:
            cells = [value for row in self.rows(place) for value in row]
            self._columns[place] = Column(cells)
        return self._columns[place]

    def named(self, name: str, sheet: int, way: Way) -> Value | Place:
        """What a defined name means: cells, or the result of its formula."""
        bare = name.casefold()
        if bare in self.package.hidden_names or "!" in bare or "[" in bare:
            raise Unknown(_("uses the name {name}, which is not computed here").format(name=name))
        text = self.names.get(bare)
        if text is None:
            raise Unknown(_("uses the name {name}, which is not computed here").format(name=name))
        if (bare, way) not in self._named:
            skeleton, pieces = split(text.lstrip("="))
            references = [reference(piece) for piece in pieces if not is_constant(piece)]
            if any(not all(one.fixed) or not one.sheet for one in references):
                raise Unknown(_("uses the name {name}, which is not computed here").format(name=name))
            found = self._formulas.compiled(skeleton, True, way)
            self._named[bare, way] = found(Frame(self, sheet, 0, 0, [self._refs[sheet][piece] for piece in pieces]))
        return self._named[bare, way]  # type: ignore[no-any-return]

    def table(self, text: str, row: int) -> Place | Err:
        """What a reference to a table means in a row."""
        return place_of(text, self.package.positions, self.titles, row)

    def spilled(self, place: Place) -> Place:
        """The cells that the array formula in a cell fills."""
        at = place[1] * COLUMNS + place[2]
        self.value(place[0], place[1], place[2])
        if at not in self.spills[place[0]]:
            raise Unknown(_("refers to the result of a cell that has but one value"))
        return self.spills[place[0]][at]
