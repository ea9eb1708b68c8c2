"""From the tree of a formula to a function that computes it in a cell: `Frame` is that cell.

A part of a formula is wanted as a value (one value, or in an array formula a table of them), or as cells, where a
function asks for an area. A formula that is no array formula takes the cell of its own row or column out of an area.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from kam_xl.functions import FUNCTIONS
from kam_xl.locale import _
from kam_xl.workbook.formula import NA, REF, VALUE, Err, Scalar
from kam_xl.workbook.recompute import arrays
from kam_xl.workbook.recompute.library import SCALAR
from kam_xl.workbook.recompute.lookup import Column
from kam_xl.workbook.recompute.syntax import Node, local_name
from kam_xl.workbook.recompute.values import Place, Table, Unknown, Value, lifted, number, truth


class Cells(Protocol):
    """Where formulas find what they refer to."""

    def value(self, sheet: int, row: int, column: int) -> Scalar:
        """The value of a cell."""

    def rows(self, place: Place) -> list[list[Scalar]]:
        """The values of an area."""

    def column(self, place: Place) -> Column:
        """The cells of an area, indexed."""

    def named(self, name: str, sheet: int) -> Value | Place:
        """What a defined name means."""

    def spilled(self, place: Place) -> Place:
        """The cells that the array formula in a cell fills."""


class Frame:
    """The cell whose formula is computed: where it is, what it refers to, and the variables of its LET."""

    __slots__ = ("cells", "column", "names", "refs", "row", "sheet")

    def __init__(self, cells: Cells, sheet: int, row: int, column: int, refs: list[Any]) -> None:
        self.cells, self.sheet, self.row, self.column, self.refs = cells, sheet, row, column, refs
        self.names: dict[str, Any] = {}


Found = Callable[[Frame], Any]


def compiled(tree: Node, array: bool) -> Found:
    """A function that computes a formula in a cell; the result of an array formula may be a table or a place."""
    compiler = _Compiler(array)
    return compiler.cells(tree) if array else compiler.value(tree)


def _elsewhere() -> Unknown:
    return Unknown(_("refers to another file"))


class _Compiler:
    """Compiles one formula."""

    def __init__(self, array: bool) -> None:
        self.array = array
        self.names: list[str] = []

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
        if kind == "constants":
            return self._constants(node[1])
        if kind == "call" and node[1] in _VALUES:
            return _VALUES[node[1]](self, node[1], node[2])
        if kind == "call" and node[1] not in _CELLS:
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
        if name in SCALAR:
            return self._scalar(name, args)
        if name in arrays.AGGREGATES:
            return self._aggregate(name, args)
        if name in FUNCTIONS:
            return self._kam(name, args)
        raise Unknown(_("uses {function}, which is not computed here").format(function=name))

    def _scalar(self, name: str, args: list[Node | None]) -> Found:
        compute, least, most = SCALAR[name]
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
        compute, parts = arrays.AGGREGATES[name], [self.argument(arg) for arg in args]
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
            found = function(*[_handed(frame, part(frame)) for part in parts])
            return Table(found) if isinstance(found, list) else found  # type: ignore[arg-type]

        return kam

    # -- cells -----------------------------------------------------------------------------------------------------

    def cells(self, node: Node | None) -> Found:
        """A part that may be cells: a place, a table or a value."""
        if node is None:
            return lambda frame: None
        kind = node[0]
        if kind in ("cell", "area"):
            return self._place(node[1])
        if kind == "call" and node[1] in _CELLS:
            return _CELLS[node[1]](self, node[2])
        if kind == "name":
            return self._name(node[1])
        if kind == "range":
            return self._range(self.cells(node[1]), self.cells(node[2]))
        if kind == "structured":
            name = node[1] + node[2]
            return lambda frame: frame.cells.named(name, frame.sheet)
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
        return lambda frame: frame.cells.named(name, frame.sheet)

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


def rows_of(frame: Frame, given: Any) -> list[list[Scalar]]:
    """The rows of cells, of a table, or of one value."""
    if given.__class__ is Place:
        return frame.cells.rows(given)
    return given.rows if given.__class__ is Table else [[given]]


# -- functions that take their arguments in ways of their own --------------------------------------------------------


def _if(compiler: _Compiler, part: Callable[[Node | None], Found], args: list[Node | None]) -> Found:
    if not 2 <= len(args) <= 3:
        raise Unknown(_("{function} has too many or too few arguments").format(function="IF"))
    condition, yes = compiler.value(args[0]), part(args[1])
    no = part(args[2]) if len(args) == 3 else lambda frame: False

    def chosen(frame: Frame) -> Any:
        given = condition(frame)
        if given.__class__ is Table:
            branches: list[Any] = [given]
            for branch in (yes, no):
                found = branch(frame)
                branches.append(Table(frame.cells.rows(found)) if found.__class__ is Place else found)
            return lifted(_either, *branches)
        if given is True:
            return yes(frame)
        if given is False:
            return no(frame)
        holds = truth(given)
        return holds if holds.__class__ is Err else yes(frame) if holds else no(frame)

    return chosen


def _either(given: Scalar, yes: Scalar, no: Scalar) -> Scalar:
    holds = truth(given)
    return holds if isinstance(holds, Err) else yes if holds else no


def _if_error(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    if len(args) != 2:
        raise Unknown(_("{function} has too many or too few arguments").format(function=name))
    first, other = (compiler.value(arg) for arg in args)
    only_na = name == "IFNA"

    def mended(value: Scalar, instead: Scalar) -> Scalar:
        return instead if value.__class__ is Err and (not only_na or value == NA) else value

    def called(frame: Frame) -> Any:
        value = first(frame)
        if value.__class__ is Table:
            return lifted(mended, value, other(frame))
        return other(frame) if value.__class__ is Err and (not only_na or value == NA) else value

    return called


def _index(compiler: _Compiler, args: list[Node | None]) -> Found:
    if not 2 <= len(args) <= 3:
        raise Unknown(_("{function} has too many or too few arguments").format(function="INDEX"))
    area, first = compiler.cells(args[0]), compiler.value(args[1])
    second = compiler.value(args[2]) if len(args) == 3 else None

    def index(frame: Frame) -> Any:
        given, at, across = area(frame), first(frame), second and second(frame)
        if given.__class__ is Err:
            return given
        if at.__class__ is Table or across.__class__ is Table:
            raise Unknown(_("INDEX of several places"))
        row, column = number(at), number(across)
        for one in (row, column):
            if one.__class__ is Err:
                return one
        i, j = int(row), int(column)
        if given.__class__ is Place:
            high, wide = given[3] - given[1] + 1, given[4] - given[2] + 1
        else:
            table = rows_of(frame, given)
            high, wide = len(table), len(table[0])
        if second is None:
            i, j = (1, i) if high == 1 else (i, 1 if wide == 1 else 0)
        if i < 0 or j < 0:
            return VALUE
        if i > high or j > wide:
            return REF
        top, bottom = (0, high - 1) if i == 0 else (i - 1, i - 1)
        left, right = (0, wide - 1) if j == 0 else (j - 1, j - 1)
        if given.__class__ is Place:
            sheet, at_row, at_column = given[0], given[1], given[2]
            return Place(sheet, at_row + top, at_column + left, at_row + bottom, at_column + right)
        cut = [line[left : right + 1] for line in table[top : bottom + 1]]
        return cut[0][0] if len(cut) == len(cut[0]) == 1 else Table(cut)

    return index


def _let(compiler: _Compiler, args: list[Node | None]) -> Found:
    if len(args) < 3 or len(args) % 2 == 0:
        raise Unknown(_("{function} has too many or too few arguments").format(function="LET"))
    before, steps = list(compiler.names), []
    for name, node in zip(args[:-1:2], args[1:-1:2], strict=True):
        if name is None or name[0] != "name":
            raise Unknown(_("LET without a name"))
        bare = local_name(name[1])
        if bare in compiler.names:
            raise Unknown(_("LET with a name twice"))
        steps.append((bare, compiler.cells(node)))
        compiler.names.append(bare)
    result = compiler.cells(args[-1])
    compiler.names = before

    def let(frame: Frame) -> Any:
        for bare, found in steps:
            frame.names[bare] = found(frame)
        return result(frame)

    return let


def _choose(compiler: _Compiler, args: list[Node | None]) -> Found:
    place, parts = compiler.value(args[0]), [compiler.cells(arg) for arg in args[1:]]

    def choose(frame: Frame) -> Any:
        at = number(place(frame))
        if isinstance(at, Err):
            return at
        return parts[int(at) - 1](frame) if 1 <= at < len(parts) + 1 else VALUE

    return choose


def _measure(measure: Callable[[Place], int], table: Callable[[list[list[Scalar]]], int]) -> Callable[..., Found]:
    def compile_it(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
        found = compiler.cells(args[0])

        def called(frame: Frame) -> Any:
            given = found(frame)
            if given.__class__ is Err:
                return given
            return measure(given) if given.__class__ is Place else table(rows_of(frame, given))

        return called

    return compile_it


def _position(rows: bool) -> Callable[..., Found]:
    def compile_it(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
        if not args:
            return lambda frame: (frame.row if rows else frame.column) + 1
        found = compiler.cells(args[0])

        def called(frame: Frame) -> Any:
            given = found(frame)
            if given.__class__ is not Place:
                return given if given.__class__ is Err else VALUE
            first, last = (given[1], given[3]) if rows else (given[2], given[4])
            if first == last or not compiler.array:
                return first + 1
            places: list[Scalar] = list(range(first + 1, last + 2))
            return Table([[place] for place in places] if rows else [places])

        return called

    return compile_it


def _match(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    wanted, area = compiler.value(args[0]), compiler.cells(args[1])
    way = compiler.value(args[2]) if len(args) == 3 else lambda frame: 1

    def match(frame: Frame) -> Any:
        kind = number(way(frame))
        if kind != 0:
            raise Unknown(_("MATCH that looks for what is near"))
        given = area(frame)
        if given.__class__ is Place:
            if given[1] != given[3] and given[2] != given[4]:
                return NA
            column = frame.cells.column(given)
        elif given.__class__ is Err:
            return given
        else:
            rows = rows_of(frame, given)
            column = Column([value for row in rows for value in row])
        return lifted(column.match, wanted(frame))

    return match


def _count_if(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    """COUNTIF, COUNTIFS, SUMIF, SUMIFS."""
    sums = name.startswith("SUM")
    nodes = list(args)
    amounts = None
    if name == "SUMIFS":
        amounts = compiler.cells(nodes.pop(0))
    elif name == "SUMIF":
        amounts = compiler.cells(nodes.pop(2) if len(nodes) == 3 else nodes[0])
    if not nodes or len(nodes) % 2 or (name.endswith("IF") and len(nodes) != 2):
        raise Unknown(_("{function} has too many or too few arguments").format(function=name))
    pairs = [(compiler.cells(a), compiler.value(c)) for a, c in zip(nodes[::2], nodes[1::2], strict=True)]

    def area_of(frame: Frame, part: Found) -> Place:
        given = part(frame)
        if given.__class__ is not Place:
            raise Unknown(_("{function} of something else than cells").format(function=name))
        return given

    def called(frame: Frame) -> Any:
        areas = [area_of(frame, area) for area, _c in pairs]
        first = areas[0]
        high, wide = first[3] - first[1], first[4] - first[2]
        if any((area[3] - area[1], area[4] - area[2]) != (high, wide) for area in areas):
            return VALUE
        columns = [frame.cells.column(area) for area in areas]
        values = None
        if amounts is not None:
            place = area_of(frame, amounts)
            if name == "SUMIF":
                place = Place(place[0], place[1], place[2], place[1] + high, place[2] + wide)
            elif (place[3] - place[1], place[4] - place[2]) != (high, wide):
                return VALUE
            values = frame.cells.column(place).cells

        def computed(*criteria: Scalar) -> Scalar:
            found = [column.meeting(one) for column, one in zip(columns, criteria, strict=True)]
            found.sort(key=len)
            places = found[0].intersection(*found[1:]) if len(found) > 1 else found[0]
            if not sums or values is None:
                return len(places)
            total = arrays.numbers_of([(True, [values[i] for i in sorted(places)])])
            return total if isinstance(total, Err) else sum(total)

        return lifted(computed, *[criterion(frame) for _a, criterion in pairs])

    return called


def _nth(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    area, place, cells = compiler.argument(args[0]), compiler.value(args[1]), compiler.cells(args[0])

    def called(frame: Frame) -> Any:
        given = cells(frame)

        def ordered() -> list[float]:
            if given.__class__ is Place:
                return frame.cells.column(given).numbers
            found = arrays.numbers_of([area(frame)])
            return [] if isinstance(found, Err) else sorted(found)

        argument = area(frame)
        return lifted(lambda k: arrays.nth((argument, k), name == "LARGE", ordered), place(frame))

    return called


def _sumproduct(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    inner = _Compiler(True)
    inner.names = compiler.names
    if not compiler.array and any(_holds_if(arg) for arg in args):
        raise Unknown(_("IF inside SUMPRODUCT, which needs an array formula"))
    parts = [inner.cells(arg) for arg in args]

    def called(frame: Frame) -> Any:
        tables = [rows_of(frame, part(frame)) for part in parts]
        if len({(len(table), len(table[0])) for table in tables}) > 1:
            return VALUE
        total = 0.0
        for rows in zip(*tables, strict=True):
            for cells in zip(*rows, strict=True):
                product = 1.0
                for value in cells:
                    if value.__class__ is Err:
                        return value
                    product *= value if value.__class__ is float or value.__class__ is int else 0
                total += product
        return total

    return called


def _holds_if(node: Any) -> bool:
    if isinstance(node, tuple) and node[:2] == ("call", "IF"):
        return True
    return isinstance(node, (tuple, list)) and any(_holds_if(part) for part in node)


def _array_function(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    parts = [compiler.cells(arg) for arg in args]

    def called(frame: Frame) -> Any:
        given = [part(frame) for part in parts]
        for one in given:
            if one.__class__ is Err:
                return one
        if name == "SEQUENCE":
            return arrays.sequence(*[compiler.taken(frame, one) for one in given])
        table = rows_of(frame, given[0])
        rest = [compiler.taken(frame, one) for one in given[1:]]
        if name == "SORT":
            return arrays.sort(table, *[1 if one is None else one for one in rest])
        if name == "FILTER":
            return arrays.filtered(table, *rest)
        ways = [number(way) for way in [*rest[1::2], *[1] * (len(rest) % 2)]]
        if any(way not in (1, -1) for way in ways):
            return VALUE
        keys = [rows_of(frame, one) for one in given[1::2]]
        return arrays.sortby(table, *zip(keys, ways, strict=True))  # type: ignore[arg-type]

    return called


def _vlookup(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    wanted, area, place, near = (compiler.value(args[0]), compiler.cells(args[1]), *map(compiler.value, args[2:4]))

    def called(frame: Frame) -> Any:
        if truth(near(frame)) is not False:
            raise Unknown(_("VLOOKUP that looks for what is near"))
        given, at = area(frame), number(place(frame))
        if given.__class__ is not Place or isinstance(at, Err):
            return at if isinstance(at, Err) else VALUE
        sheet, top, left, bottom, right = given
        if not 1 <= at < right - left + 2:
            return VALUE if at < 1 else REF
        found = lifted(frame.cells.column(Place(sheet, top, left, bottom, left)).match, wanted(frame))
        if isinstance(found, Table):
            raise Unknown(_("VLOOKUP of several values"))
        row = number(found)
        return row if isinstance(row, Err) else frame.cells.value(sheet, top + int(row) - 1, left + int(at) - 1)

    return called if len(args) == 4 else _unknown(name)


def _unknown(name: str) -> Found:
    raise Unknown(_("uses {function}, which is not computed here").format(function=name))


def _single(compiler: _Compiler, name: str, args: list[Node | None]) -> Found:
    inner = _Compiler(False)
    inner.names = compiler.names
    found = inner.cells(args[0])

    def called(frame: Frame) -> Any:
        given = found(frame)
        return given.rows[0][0] if given.__class__ is Table else inner.taken(frame, given)

    return called


def _anchor(compiler: _Compiler, args: list[Node | None]) -> Found:
    found = compiler.cells(args[0])

    def called(frame: Frame) -> Any:
        given = found(frame)
        return frame.cells.spilled(given) if given.__class__ is Place else given

    return called


_VALUES: dict[str, Callable[[_Compiler, str, list[Node | None]], Found]] = {
    "IF": lambda compiler, _name, args: _if(compiler, compiler.value, args),
    "IFERROR": _if_error,
    "IFNA": _if_error,
    "ROWS": _measure(lambda p: p[3] - p[1] + 1, len),
    "COLUMNS": _measure(lambda p: p[4] - p[2] + 1, lambda table: len(table[0])),
    "ROW": _position(rows=True),
    "COLUMN": _position(rows=False),
    "MATCH": _match,
    "COUNTIF": _count_if,
    "COUNTIFS": _count_if,
    "SUMIF": _count_if,
    "SUMIFS": _count_if,
    "SMALL": _nth,
    "LARGE": _nth,
    "SUMPRODUCT": _sumproduct,
    "SORT": _array_function,
    "SORTBY": _array_function,
    "FILTER": _array_function,
    "SEQUENCE": _array_function,
    "VLOOKUP": _vlookup,
    "SINGLE": _single,
}
_CELLS: dict[str, Callable[[_Compiler, list[Node | None]], Found]] = {
    "IF": lambda compiler, args: _if(compiler, compiler.cells, args),
    "INDEX": _index,
    "LET": _let,
    "CHOOSE": _choose,
    "ANCHORARRAY": _anchor,
}
