"""Cells and ranges as formulas name them: a cell, a cell by its place in an area, a rectangle of cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from xlsxwriter.utility import xl_col_to_name as _xl_col_to_name

from kam_xl.formulas.cells import Cells
from kam_xl.formulas.expressions import Operand as Operand
from kam_xl.formulas.expressions import X as X
from kam_xl.formulas.expressions import cat as cat
from kam_xl.formulas.expressions import function as function
from kam_xl.formulas.expressions import lit as lit
from kam_xl.formulas.values import NA as NA
from kam_xl.formulas.values import Err as Err
from kam_xl.formulas.values import Key as Key
from kam_xl.formulas.values import Scalar as Scalar
from kam_xl.formulas.values import first_error as first_error
from kam_xl.formulas.values import key as key
from kam_xl.formulas.values import number as number
from kam_xl.formulas.values import serial as serial
from kam_xl.formulas.values import words as words

Found = TypeVar("Found")
xl_col_to_name = cache(_xl_col_to_name)


@cache
def quoted(sheet: str) -> str:
    """Sheet name as it stands in a formula."""
    return (
        sheet if sheet.replace("_", "").isalnum() and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"
    )


class Ref(X):
    """One cell."""

    __slots__ = ("col", "row", "sheet")

    def __init__(self, sheet: str, row: int, col: int, value: Scalar) -> None:
        self.sheet, self.row, self.col, self.value, self.binding = sheet, row, col, value, 9

    def render(self, sheet: str, row: int) -> str:
        """Local where it can be; the row is relative where the cell stands in the formula's own row."""
        prefix = "" if sheet == self.sheet else quoted(self.sheet) + "!"
        return f"{prefix}${xl_col_to_name(self.col)}{'' if row == self.row else '$'}{self.row + 1}"


class Pinned(Ref):
    """One cell that a formula means in whatever row it stands, also where it is copied from the cell's own row."""

    __slots__ = ()

    def render(self, sheet: str, row: int) -> str:
        """Row and column never relative."""
        return super().render(sheet, -1)


class Nth(Ref):
    """A cell by its place in an area: unlike a plain reference it survives when a row or column is deleted."""

    __slots__ = ("area", "place")

    def __init__(self, area: Range, i: int, j: int) -> None:
        cell = area.cell(i, j)
        super().__init__(cell.sheet, cell.row, cell.col, cell.value)
        self.area, self.place = area, (i + 1, j + 1)

    def render(self, sheet: str, row: int) -> str:
        """``INDEX(area,row,column)``."""
        return f"INDEX({self.area.render(sheet, row)},{self.place[0]},{self.place[1]})"


class Range:
    """A rectangle of cells, first and last row and column included; its values are read when first asked for."""

    __slots__ = ("_cells", "c1", "c2", "name", "r1", "r2", "sheet")

    def __init__(self, cells: Cells, sheet: str, r1: int, c1: int, r2: int, c2: int) -> None:
        self._cells, self.sheet = cells, sheet
        self.r1, self.c1, self.r2, self.c2 = r1, c1, r2, c2
        self.name = ""

    def _kept(self, what: str, make: Callable[[], Found]) -> Found:
        """What was found out about the range, for the same range elsewhere, too."""
        return self._cells.kept((what, self.r1, self.c1, self.r2, self.c2), self.c1, self.c2, make)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.r2 - self.r1 + 1

    @property
    def cols(self) -> int:
        """Number of columns."""
        return self.c2 - self.c1 + 1

    def values(self) -> list[list[Scalar]]:
        """Rows of values; None is a blank cell. Kept for all who ask: not to be changed."""
        return self._kept("values", self._values)

    def _values(self) -> list[list[Scalar]]:
        columns = [self._column(c) for c in range(self.c1, self.c2 + 1)]
        return [list(row) for row in zip(*columns, strict=True)]

    def _column(self, col: int) -> list[Scalar]:
        try:
            return self._cells.column(col, self.r1, self.r2)
        except KeyError as error:
            raise LookupError(f"{self.address} is read before row {error.args[0][0] + 1} is written") from None

    def flat(self) -> list[Scalar]:
        """Values row by row. Kept for all who ask: not to be changed."""
        if self.c1 == self.c2:
            return self._kept("flat", lambda: self._column(self.c1))
        return self._kept("flat", lambda: [v for row in self.values() for v in row])

    def position(self, value: Scalar) -> int | None:
        """Place (from 1) of the first cell equal to `value`, text without regard to case."""
        return None if value is None else self._kept("index", self._index).get(key(value))

    def _index(self) -> dict[Key, int]:
        found: dict[Key, int] = {}
        for i, v in enumerate(self.flat(), 1):
            if v is not None and not isinstance(v, Err):
                found.setdefault(key(v), i)
        return found

    def equal(self, value: Scalar) -> set[int]:
        """Places (from 0) of all cells equal to `value`, text without regard to case."""
        return set() if value is None else self._kept("equal", self._equal).get(key(value), set())

    def _equal(self) -> dict[Key, set[int]]:
        found: dict[Key, set[int]] = {}
        for i, v in enumerate(self.flat()):
            if v is not None and not isinstance(v, Err):
                found.setdefault(key(v), set()).add(i)
        return found

    def meeting(self, criterion: str, test: Callable[[Scalar, Scalar], bool]) -> set[int]:
        """Places (from 0) of all cells that pass a test, which is made once for every criterion."""
        return self._kept(f"meeting {criterion}", lambda: {i for i, v in enumerate(self.flat()) if test(v, criterion)})

    def cell(self, i: int, j: int = 0) -> Ref:
        """Cell in row `i` and column `j`, both from 0."""
        r, c = self.r1 + i, self.c1 + j
        return Ref(self.sheet, r, c, self.at(i, j))

    def at(self, i: int, j: int = 0) -> Scalar:
        """Value in row `i` and column `j`, both from 0."""
        return self._cells[self.r1 + i, self.c1 + j]

    def part(self, i1: int, i2: int, j1: int, j2: int) -> Range:
        """Rows `i1` to `i2` and columns `j1` to `j2`, last ones included."""
        return Range(self._cells, self.sheet, self.r1 + i1, self.c1 + j1, self.r1 + i2, self.c1 + j2)

    def column(self, j: int) -> Range:
        """One column."""
        return self.part(0, self.rows - 1, j, j)

    def row(self, i: int) -> Range:
        """One row."""
        return self.part(i, i, 0, self.cols - 1)

    @property
    def a1(self) -> str:
        """``$A$1:$B$9``."""
        a, b = xl_col_to_name(self.c1), xl_col_to_name(self.c2)
        return f"${a}${self.r1 + 1}:${b}${self.r2 + 1}"

    @property
    def address(self) -> str:
        """``Sheet!$A$1:$B$9``."""
        return f"{quoted(self.sheet)}!{self.a1}"

    def render(self, sheet: str, row: int) -> str:
        """As `Ref.render`; a range in the formula's own row keeps its row relative."""
        prefix = "" if sheet == self.sheet else quoted(self.sheet) + "!"
        if self.r1 == self.r2 == row:
            return f"{prefix}${xl_col_to_name(self.c1)}{row + 1}:${xl_col_to_name(self.c2)}{row + 1}"
        return prefix + self.a1
