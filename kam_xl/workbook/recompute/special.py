"""Functions that take their arguments in ways of their own: lazily, as cells, or as whole columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kam_xl.formulas.values import NA, REF, VALUE, Err, Scalar
from kam_xl.locale import _
from kam_xl.workbook.recompute import arrays, searches
from kam_xl.workbook.recompute.digits import total
from kam_xl.workbook.recompute.searches import rows_of
from kam_xl.workbook.recompute.syntax import Node, local_name
from kam_xl.workbook.recompute.values import Place, Table, Unknown, finite, lifted, number, truth

if TYPE_CHECKING:
    from kam_xl.workbook.recompute.compiler import Compiler, Found, Frame


def _if(compiler: Compiler, part: Callable[[Node | None], Found], args: list[Node | None]) -> Found:
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


def _if_error(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
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


def _index(compiler: Compiler, args: list[Node | None]) -> Found:
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
        row, column = compiler.number(at), compiler.number(across)
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


def _let(compiler: Compiler, args: list[Node | None]) -> Found:
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


def _choose(compiler: Compiler, args: list[Node | None]) -> Found:
    place, parts = compiler.value(args[0]), [compiler.cells(arg) for arg in args[1:]]

    def choose(frame: Frame) -> Any:
        at = compiler.number(place(frame))
        if isinstance(at, Err):
            return at
        return parts[int(at) - 1](frame) if 1 <= at < len(parts) + 1 else VALUE

    return choose


def _measure(measure: Callable[[Place], int], table: Callable[[list[list[Scalar]]], int]) -> Callable[..., Found]:
    def compile_it(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
        found = compiler.cells(args[0])

        def called(frame: Frame) -> Any:
            given = found(frame)
            if given.__class__ is Err:
                return given
            return measure(given) if given.__class__ is Place else table(rows_of(frame, given))

        return called

    return compile_it


def _position(rows: bool) -> Callable[..., Found]:
    def compile_it(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
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


def _sumproduct(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
    inner = compiler.inner(array=True)
    if not compiler.array and any(_holds_if(arg) for arg in args):
        raise Unknown(_("IF inside SUMPRODUCT, which needs an array formula"))
    parts = [inner.cells(arg) for arg in args]

    def called(frame: Frame) -> Any:
        products = []
        tables = [rows_of(frame, part(frame)) for part in parts]
        if len({(len(table), len(table[0])) for table in tables}) > 1:
            return VALUE
        for rows in zip(*tables, strict=True):
            for cells in zip(*rows, strict=True):
                product = 1.0
                for value in cells:
                    if value.__class__ is Err:
                        return value
                    product *= value if value.__class__ is float or value.__class__ is int else 0
                products.append(product)
        return finite(total(products, compiler.way))

    return called


def _holds_if(node: Any) -> bool:
    if isinstance(node, tuple) and node[:2] == ("call", "IF"):
        return True
    return isinstance(node, (tuple, list)) and any(_holds_if(part) for part in node)


def _array_function(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
    parts = [compiler.cells(arg) for arg in args]

    def called(frame: Frame) -> Any:
        given = [part(frame) for part in parts]
        for one in given:
            if one.__class__ is Err:
                return one
        if name == "SEQUENCE":
            return arrays.sequence(*[_counted(compiler, frame, one) for one in given])
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


def _counted(compiler: Compiler, frame: Frame, given: Any) -> Any:
    found = compiler.taken(frame, given)
    return found if found is None or found.__class__ is Table else compiler.number(found)


def _single(compiler: Compiler, name: str, args: list[Node | None]) -> Found:
    inner = compiler.inner(array=False)
    found = inner.cells(args[0])

    def called(frame: Frame) -> Any:
        given = found(frame)
        return given.rows[0][0] if given.__class__ is Table else inner.taken(frame, given)

    return called


def _anchor(compiler: Compiler, args: list[Node | None]) -> Found:
    found = compiler.cells(args[0])

    def called(frame: Frame) -> Any:
        given = found(frame)
        return frame.cells.spilled(given) if given.__class__ is Place else given

    return called


VALUES: dict[str, Callable[[Compiler, str, list[Node | None]], Found]] = {
    "IF": lambda compiler, _name, args: _if(compiler, compiler.value, args),
    "IFERROR": _if_error,
    "IFNA": _if_error,
    "ROWS": _measure(lambda p: p[3] - p[1] + 1, len),
    "COLUMNS": _measure(lambda p: p[4] - p[2] + 1, lambda table: len(table[0])),
    "ROW": _position(rows=True),
    "COLUMN": _position(rows=False),
    "MATCH": searches.match,
    "COUNTIF": searches.count_if,
    "COUNTIFS": searches.count_if,
    "SUMIF": searches.count_if,
    "SUMIFS": searches.count_if,
    "SMALL": searches.nth,
    "LARGE": searches.nth,
    "SUMPRODUCT": _sumproduct,
    "SORT": _array_function,
    "SORTBY": _array_function,
    "FILTER": _array_function,
    "SEQUENCE": _array_function,
    "VLOOKUP": searches.vlookup,
    "SINGLE": _single,
}
CELLS: dict[str, Callable[[Compiler, list[Node | None]], Found]] = {
    "IF": lambda compiler, args: _if(compiler, compiler.cells, args),
    "INDEX": _index,
    "LET": _let,
    "CHOOSE": _choose,
    "ANCHORARRAY": _anchor,
}
