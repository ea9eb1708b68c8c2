"""Functions that look for values: MATCH, VLOOKUP, COUNTIF and its like, SMALL and LARGE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_xl.formulas.values import NA, NUM, REF, VALUE, Err, Scalar
from kam_xl.locale import _
from kam_xl.workbook.recompute import arrays
from kam_xl.workbook.recompute.digits import total
from kam_xl.workbook.recompute.lookup import Column
from kam_xl.workbook.recompute.syntax import Node
from kam_xl.workbook.recompute.values import Place, Table, Unknown, finite, lifted, number, truth

if TYPE_CHECKING:
    from kam_xl.workbook.recompute.compiler import Compiler, Found, Frame


def rows_of(frame: Frame, given: Any) -> list[list[Scalar]]:
    """The rows of cells, of a table, or of one value."""
    if given.__class__ is Place:
        return frame.cells.rows(given)
    return given.rows if given.__class__ is Table else [[given]]


# -- functions that take their arguments in ways of their own --------------------------------------------------------


def match(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
    """MATCH, exact."""
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
        return lifted(lambda value: column.match(value, compiler.way), wanted(frame))

    return match


def count_if(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
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
            found = [column.meeting(one, compiler.way) for column, one in zip(columns, criteria, strict=True)]
            found.sort(key=len)
            places = found[0].intersection(*found[1:]) if len(found) > 1 else found[0]
            if not sums or values is None:
                return len(places)
            numbers = arrays.numbers_of([(True, [values[i] for i in sorted(places)])])
            return numbers if isinstance(numbers, Err) else finite(total(numbers, compiler.way))

        return lifted(computed, *[criterion(frame) for _a, criterion in pairs])

    return called


def nth(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
    """SMALL and LARGE."""
    area, place = compiler.cells(args[0]), compiler.value(args[1])

    def called(frame: Frame) -> Any:
        given = area(frame)
        if given.__class__ is Place:
            column = frame.cells.column(given)
        else:
            column = Column([value for row in rows_of(frame, given) for value in row])
        return lifted(lambda k: _nth(column, compiler.number(k), name == "LARGE"), place(frame))

    return called


def _nth(column: Column, place: float | Err, largest: bool) -> Scalar:
    if column.error is not None:
        return column.error
    if isinstance(place, Err):
        return place
    if place % 1:
        raise Unknown(_("{function} at a place with decimals").format(function="LARGE" if largest else "SMALL"))
    k = int(place)
    if not 1 <= k <= len(column.numbers):
        return NUM
    return column.numbers[-k] if largest else column.numbers[k - 1]


def vlookup(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
    """VLOOKUP, exact."""
    wanted, area, place, near = (compiler.value(args[0]), compiler.cells(args[1]), *map(compiler.value, args[2:4]))

    def called(frame: Frame) -> Any:
        if truth(near(frame)) is not False:
            raise Unknown(_("VLOOKUP that looks for what is near"))
        given, at = area(frame), compiler.number(place(frame))
        if given.__class__ is not Place or isinstance(at, Err):
            return at if isinstance(at, Err) else VALUE
        sheet, top, left, bottom, right = given
        if not 1 <= at < right - left + 2:
            return VALUE if at < 1 else REF
        column = frame.cells.column(Place(sheet, top, left, bottom, left))
        found = lifted(lambda value: column.match(value, compiler.way), wanted(frame))
        if isinstance(found, Table):
            raise Unknown(_("VLOOKUP of several values"))
        row = number(found)
        return row if isinstance(row, Err) else frame.cells.value(sheet, top + int(row) - 1, left + int(at) - 1)

    return called if len(args) == 4 else _unknown(name)


def _unknown(name: str) -> Found:
    raise Unknown(_("uses {function}, which is not computed here").format(function=name))
