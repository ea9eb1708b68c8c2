"""The cells of a row, for expressions that stand in every row of a table: a cell, several, the row's number.

    name = each(names)  # the cell of `names` in the row where the formula stands
    sheet.fill(8, 3, if_(length(name), name & "!", ""), rows=names.rows)

Their texts hold marks where a row's number belongs; `pattern` takes a text apart at them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kam_xl.formulas.expressions import Rows
from kam_xl.formulas.formula import Range, quoted, xl_col_to_name
from kam_xl.formulas.values import Scalar

ROW, COUNT = "\0R", "\0C"  # no cell and no formula can hold a character 0


class Each(Rows):
    """The cell of a column in the formula's own row of the table; the tables may begin in different rows."""

    __slots__ = ("area",)

    def __init__(self, area: Range) -> None:
        super().__init__((), _nothing, ())
        self.area = area

    def _computed(self) -> list[Scalar]:
        return self.area.flat()

    @property
    def sheet(self) -> str:
        """Its sheet."""
        return self.area.sheet

    @property
    def col(self) -> int:
        """Column."""
        return self.area.c1

    def render(self, sheet: str, row: int) -> str:
        """As `Ref.render`, for any row."""
        prefix = "" if sheet == self.sheet else quoted(self.sheet) + "!"
        return f"{prefix}${xl_col_to_name(self.col)}{ROW}{self.area.r1}\0"


class EachNth(Each):
    """A cell of each row by its place in the row: unlike `Each` it survives when a column is deleted."""

    __slots__ = ("left", "place", "whole")

    def __init__(self, area: Range, j: int) -> None:
        super().__init__(area.column(j))
        self.whole, self.place = across(area), j + 1
        self.left = Each(Range(area._cells, area.sheet, area.r1, area.c1 - 1, area.r2, area.c1 - 1))

    def render(self, sheet: str, row: int) -> str:
        """``INDEX(row,1,column)``."""
        return f"INDEX({self.whole.render(sheet, row)},1,{self.place})"


class Across(Rows):
    """All cells of the row: an area, as the functions that add up or count take one."""

    __slots__ = ("area",)

    def __init__(self, area: Range) -> None:
        super().__init__((), _nothing, ())
        self.area = area

    def _computed(self) -> list[list[Scalar]]:
        return self.area.values()

    def render(self, sheet: str, row: int) -> str:
        """As `Range.render`, for any row."""
        prefix = "" if sheet == self.area.sheet else quoted(self.area.sheet) + "!"
        first, last = (xl_col_to_name(c) for c in (self.area.c1, self.area.c2))
        return f"{prefix}${first}{ROW}{self.area.r1}\0:${last}{ROW}{self.area.r1}\0"


class Above(Each):
    """The cell above: what the same formula gave in the row before. Its values come one after the other."""

    __slots__ = ("last",)

    def __init__(self, area: Range) -> None:
        super().__init__(area)
        self.running, self.last = True, area._cells.get((area.r1, area.c1))

    def at(self, i: int) -> Any:
        """What the row before has."""
        return self.last


class Number(Rows):
    """The number of the row, counted from `first`."""

    __slots__ = ("first", "rows")

    def __init__(self, rows: int, first: int = 1) -> None:
        super().__init__((), _nothing, ())
        self.first, self.rows = first, rows

    def _computed(self) -> list[int]:
        return list(range(self.first, self.first + self.rows))

    def render(self, sheet: str, row: int) -> str:
        """A number as text."""
        return f"{COUNT}{self.first}\0"


class Below:
    """The rest of a column, from the row below to the last one: a part of a formula's text."""

    def __init__(self, area: Range) -> None:
        self.area = area

    def render(self, sheet: str, row: int) -> str:
        """``$A3:$A$9`` in row 2; in the last row one row further, which is blank."""
        prefix = "" if sheet == self.area.sheet else quoted(self.area.sheet) + "!"
        col = xl_col_to_name(self.area.c1)
        return f"{prefix}${col}{ROW}{self.area.r1 + 1}\0:${col}${self.area.r2 + 2}"


def _nothing() -> None:
    return None


def each(area: Range, j: int = 0) -> Each:
    """The cell of a column of `area` in the row where the formula stands."""
    return Each(area.column(j))


def across(area: Range) -> Across:
    """All cells of `area` in the row where the formula stands."""
    return Across(area)


def one_by_one(x: Rows, above: Above, rows: int) -> list[Scalar]:
    """The values of an expression that looks at its own value in the row above."""
    out: list[Scalar] = []
    for i in range(rows):
        above.last = x.at(i)
        out.append(above.last)
    return out


def pattern(text: str, top: int) -> Callable[[int], str]:
    """The text of a formula by the row of its table, from 0; `top` is the sheet's row of the table's first one.

    A cell in the formula's own row is relative, as it is where a formula is written by itself.

    >>> pattern("$A\\0R1\\0+Other!$B\\0R8\\0*\\0C3\\0", 1)(2)
    '$A4+Other!$B$11*5'
    """
    literals = text.split("\0")
    offsets = []
    for i in range(1, len(literals), 2):
        kind, number = literals[i][0], int(literals[i][1:])
        if kind == "R" and number != top:
            literals[i - 1] += "$"
        offsets.append(number + 1 if kind == "R" else number)
    fixed = literals[::2]
    if not offsets:
        return lambda i: text
    if len(set(offsets)) == 1:
        only = offsets[0]
        return lambda i: str(only + i).join(fixed)
    form = "%d".join([part.replace("%", "%%") for part in fixed])
    return lambda i: form % tuple([k + i for k in offsets])
