"""From the tree of a formula to a function that computes it in a cell: `Frame` is that cell.

A part of a formula is wanted as a value (one value, or in an array formula a table of them), or as cells, where a
function asks for an area. A formula that is no array formula takes the cell of its own row or column out of an area.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from kam_xl.formulas.values import VALUE, Err, Scalar
from kam_xl.functions import FUNCTIONS
from kam_xl.locale import _
from kam_xl.workbook.recompute import arrays
from kam_xl.workbook.recompute.digits import Way, aggregates, functions, whole_number
from kam_xl.workbook.recompute.lookup import Column
from kam_xl.workbook.recompute.special import CELLS, VALUES
from kam_xl.workbook.recompute.syntax import Node, local_name
from kam_xl.workbook.recompute.values import Place, Table, Unknown, Value, lifted


class Cells(Protocol):
    """Where formulas find what they refer to."""

    def value(self, sheet: int, row: int, column: int) -> Scalar:
        """The value of a cell."""

    def rows(self, place: Place) -> list[list[Scalar]]:
        """The values of an area."""

    def column(self, place: Place) -> Column:
        """The cells of an area, indexed."""

    def named(self, name: str, sheet: int, way: Way) -> Value | Place:
        """What a defined name means, computed in that way."""

    def table(self, text: str, row: int) -> Place | Err:
        """What a reference to a table means in a row."""

    def spilled(self, place: Place) -> Place:
        """The cells that the array formula in a cell fills."""


class Frame:
    """The cell whose formula is computed: where it is, what it refers to, and the variables of its LET."""

    __slots__ = ("cells", "column", "names", "refs", "room", "row", "sheet")

    def __init__(self, cells: Cells, sheet: int, row: int, column: int, refs: list[Any]) -> None:
        self.cells, self.sheet, self.row, self.column, self.refs = cells, sheet, row, column, refs
        self.names: dict[str, Any] = {}
        self.room: tuple[int, int] | None = None  # of an array formula that fills just so many rows and columns


Found = Callable[[Frame], Any]


def compiled(tree: Node, array: bool, way: Way = Way.OURS) -> Found:
    """A function that computes a formula in a cell; the result of an array formula may be a table or a place."""
    compiler = Compiler(array, way)
    return compiler.cells(tree) if array else compiler.value(tree)


def _elsewhere() -> Unknown:
    return Unknown(_("refers to another file"))


class Compiler:
    """Compiles one formula."""

    def __init__(self, array: bool, way: Way, names: list[str] | None = None) -> None:
        self.array, self.way = array, way
        self.functions, self.aggregates = functions(way), aggregates(way)
        self.names = [] if names is None else names  # of LET, while its parts are compiled

    def inner(self, array: bool) -> Compiler:
        """A compiler of a part that is, or is not, computed as an array formula."""
        return Compiler(array, self.way, self.names)

    def number(self, value: Scalar) -> float | Err:
        """A value as a place or a count, whose decimals are then cut off."""
        return whole_number(value, self.way)

    # -- values ----------------------------------------------------------------------------------------------------

    def value(self, node: Node | None) -> Found:
        """A part whose value is wanted."""
        if node is None:
            return lambda frame: None
        kind = node[0]
        if kind == "value":
            constant = node[1]
            return lambda frame: constant
        if kind == "error":
            error = Err(node[1])
            return lambda frame: error
        if kind == "cell":
            return self._cell(node[1])
        if kind == "constant":
            slot = node[1]
            return lambda frame: frame.refs[slot]
        if kind == "constants":
            return self._constants(node[1])
        if kind == "call" and node[1] in VALUES:
            return VALUES[node[1]](self, node[1], node[2])
        if kind == "call" and node[1] not in CELLS:
            return self._call(node[1], node[2])
        found = self.cells(node)
        return lambda frame: self.taken(frame, found(frame))

    def taken(self, frame: Frame, found: Any) -> Any:
        """The value of cells: all of them in an array formula, else the one in the formula's own row or column."""
        if found.__class__ is not Place:
            return found
        sheet, top, left, bottom, right = found
        if top == bottom and left == right:
            return frame.cells.value(sheet, top, left)
        if self.array:
            return Table(frame.cells.rows(found))
        if left == right and top <= frame.row <= bottom:
            return frame.cells.value(sheet, frame.row, left)
        if top == bottom and left <= frame.column <= right:
            return frame.cells.value(sheet, top, frame.column)
        return VALUE

    def _cell(self, slot: int) -> Found:
        def cell(frame: Frame) -> Any:
            place = frame.refs[slot]
            if place is None:
                raise _elsewhere()
            if place.__class__ is Err:
                return place
            return frame.cells.value(place[0], place[1], place[2])

        return cell

    def _constants(self, rows: list[list[Node]]) -> Found:
        parts = [[self.value(node) for node in row] for row in rows]
        return lambda frame: Table([[part(frame) for part in row] for row in parts])

    def _call(self, name: str, args: list[Node | None]) -> Found:
        if name in self.functions:
            return self._scalar(name, args)
        if name in self.aggregates:
            return self._aggregate(name, args)
        if name in FUNCTIONS:
            return self._kam(name, args)
        raise Unknown(_("uses {function}, which is not computed here").format(function=name))

    def _scalar(self, name: str, args: list[Node | None]) -> Found:
        compute, least, most = self.functions[name]
        if not least <= len(args) <= most:
            raise Unknown(_("{function} has too many or too few arguments").format(function=name))
        parts = [self.value(arg) for arg in args]
        if len(parts) == 1:
            (one,) = parts

            def single(frame: Frame) -> Any:
                a = one(frame)
                return lifted(compute, a) if a.__class__ is Table else compute(a)

            return single
        if len(parts) == 2:
            first, second = parts

            def pair(frame: Frame) -> Any:
                a, b = first(frame), second(frame)
                return lifted(compute, a, b) if a.__class__ is Table or b.__class__ is Table else compute(a, b)

            return pair
        return lambda frame: lifted(compute, *[part(frame) for part in parts])

    def _aggregate(self, name: str, args: list[Node | None]) -> Found:
        compute, parts = self.aggregates[name], [self.argument(arg) for arg in args]
        return lambda frame: compute([part(frame) for part in parts])

    def argument(self, node: Node | None) -> Callable[[Frame], arrays.Argument]:
        """A part that an aggregate looks at: its cells, or its one value."""
        found = self.cells(node)

        def argument(frame: Frame) -> arrays.Argument:
            given = found(frame)
            if given.__class__ is Place:
                if given[1] == given[3] and given[2] == given[4]:
                    return True, [frame.cells.value(given[0], given[1], given[2])]
                return True, frame.cells.column(given).cells
            if given.__class__ is Table:
                return True, [value for row in given.rows for value in row]
            return False, [given]

        return argument

    def _kam(self, name: str, args: list[Node | None]) -> Found:
        function, parts = FUNCTIONS[name], [self.cells(arg) for arg in args]

        def kam(frame: Frame) -> Any:
            found: Any = function(*[_handed(frame, part(frame)) for part in parts])
            if frame.room and function.result != "scalar":  # Calc gets a table filled up with empty texts
                rows = found if isinstance(found, list) else [[found]]
                high, wide = max(frame.room[0], len(rows)), max(frame.room[1], len(rows[0]))
                found = [[*row, *[""] * (wide - len(row))] for row in [*rows, *[[]] * (high - len(rows))]]
            return Table(found) if isinstance(found, list) else found

        return kam

    # -- cells -----------------------------------------------------------------------------------------------------

    def cells(self, node: Node | None) -> Found:
        """A part that may be cells: a place, a table or a value."""
        if node is None:
            return lambda frame: None
        kind = node[0]
        if kind in ("cell", "area"):
            return self._place(node[1])
        if kind == "call" and node[1] in CELLS:
            return CELLS[node[1]](self, node[2])
        if kind == "name":
            return self._name(node[1])
        if kind == "range":
            return self._range(self.cells(node[1]), self.cells(node[2]))
        if kind == "structured":
            name = node[1] + node[2]
            return lambda frame: frame.cells.table(name, frame.row)
        return self.value(node)

    def _place(self, slot: int) -> Found:
        def place(frame: Frame) -> Any:
            found = frame.refs[slot]
            if found is None:
                raise _elsewhere()
            return found

        return place

    def _name(self, name: str) -> Found:
        bare = local_name(name)
        if bare in self.names:
            return lambda frame: frame.names[bare]
        return lambda frame: frame.cells.named(name, frame.sheet, self.way)

    def _range(self, first: Found, last: Found) -> Found:
        def both(frame: Frame) -> Any:
            a, b = first(frame), last(frame)
            for one in (a, b):
                if one.__class__ is Err:
                    return one
            if a.__class__ is not Place or b.__class__ is not Place or a[0] != b[0]:
                return VALUE
            return Place(a[0], min(a[1], b[1]), min(a[2], b[2]), max(a[3], b[3]), max(a[4], b[4]))

        return both


def _handed(frame: Frame, given: Any) -> Any:
    """What a KAM function is handed for an argument."""
    if given.__class__ is Place:
        if given[1] == given[3] and given[2] == given[4]:
            return frame.cells.value(given[0], given[1], given[2])
        given = Table(frame.cells.rows(given))
    if given.__class__ is Table:
        return [["" if value is None else value for value in row] for row in given.rows]
    return given
