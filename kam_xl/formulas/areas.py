"""Areas that a formula makes: one column or row of a range, an array of places, a choice, places in order."""

from __future__ import annotations

from typing import Protocol, overload

import numpy as np

from kam_xl.analysis.ordering import largest_first, rounded
from kam_xl.formulas.expressions import Operand, Rows, X, lit
from kam_xl.formulas.formula import Range, Ref
from kam_xl.formulas.values import Err, Scalar, first_error, number, words


class Area(Protocol):
    """What is as long as a range: the text of its formula, and its rows of values."""

    def render(self, sheet: str, row: int) -> str:
        """Text of the formula in a cell of `sheet`, in row `row`."""

    def values(self) -> list[list[Scalar]]:
        """Rows of values."""


class Picked:
    """A column or a row of an area, chosen by a cell; see `columns_of` and `row_of_area`."""

    def __init__(self, area: Range, col: X, row: X | None = None) -> None:
        self.area, self.col, self.row = area, col, row

    def render(self, sheet: str, row: int) -> str:
        """Text of the formula."""
        own = "0" if self.row is None else self.row.render(sheet, row)
        return f"INDEX({self.area.render(sheet, row)},{own},{self.col.render(sheet, row)})"

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.area.rows

    def values(self) -> list[list[Scalar]]:
        """Rows of values."""
        if self.row is not None:
            i = number(self.row.value)
            return [] if isinstance(i, Err) or not 1 <= i <= self.area.rows else [self.area.values()[int(i) - 1]]
        j = number(self.col.value)
        if isinstance(j, Err) or not j:
            return self.area.values()
        return self.area.column(int(j) - 1).values()

    def flat(self) -> list[Scalar]:
        """Values row by row."""
        return [v for row in self.values() for v in row]


class Places(Picked):
    """The row number of every row that holds a name or an amount, nothing for the others: an array.

    The labels of a table whose rows are to be found again without looking them up. An array and not a column of a
    calculation sheet: it keeps as many rows as the table when one of them is deleted.
    """

    def __init__(self, names: Range, amounts: Range) -> None:
        super().__init__(names, lit(0))
        self.amounts = amounts

    def render(self, sheet: str, row: int) -> str:
        """``IF(LEN(names)+LEN(amounts),ROW(names)-ROW(heading),"")``."""
        names, amounts = self.area.render(sheet, row), self.amounts.render(sheet, row)
        first = Ref(self.area.sheet, self.area.r1 - 1, self.area.c1, None).render(sheet, -1)
        return f'IF(LEN({names})+LEN({amounts}),ROW({names})-ROW({first}),"")'

    def values(self) -> list[list[Scalar]]:
        """Rows of values."""
        out: list[list[Scalar]] = []
        for i, (name, amount) in enumerate(zip(self.area.flat(), self.amounts.flat(), strict=True), 1):
            bad = first_error((name, amount))
            out.append([bad if bad is not None else "" if not words(name) and not words(amount) else i])
        return out


class Choice:
    """One of two areas, or a single value: the other one is not computed."""

    def __init__(self, condition: X, yes: Area | X, no: Area) -> None:
        self.condition, self.yes, self.no = condition, yes, no

    def render(self, sheet: str, row: int) -> str:
        """``IF(condition,yes,no)``."""
        return f"IF({','.join(x.render(sheet, row) for x in (self.condition, self.yes, self.no))})"

    def values(self) -> list[list[Scalar]]:
        """Rows of values."""
        chosen = self.yes if self.condition.value else self.no
        return [[chosen.value]] if isinstance(chosen, X) else chosen.values()


class Array:
    """One column of results of an array formula: its text in parts, its values."""

    def __init__(self, parts: tuple[str | Range | Picked | X, ...], column: list[Scalar]) -> None:
        self.parts, self.column = parts, column

    def render(self, sheet: str, row: int) -> str:
        """Text of the formula."""
        return "".join(p if isinstance(p, str) else p.render(sheet, row) for p in self.parts)

    def values(self) -> list[list[Scalar]]:
        """Rows of one value."""
        return [[value] for value in self.column]


def largest(places: Range | Picked, amounts: Range | Picked, most: int) -> Array:
    """The places with the largest amounts, in that order; then those without an amount, then rows not in use.

    As many as are asked for, and those that equal the last of them: all of them sorted would take several times as
    long. Only numbers and blanks among the amounts are put in order.
    """
    names = ("place", "amount", "exact", "scale", "size", "kept")
    place, amount, exact, scale, size, kept = (f"_xlpm.{name}" for name in names)
    amounts_in = f"{exact},IF(LEN({amount}),{amount},IF(LEN({place}),-1E+300,-2E+300))"
    # to 15 digits by the arithmetic of `rounded`: not every program takes 0.1 + 0.2 and 0.3 for ties
    scaled = f"{scale},10^INT(LOG10(ABS({exact})+1E-300))"
    sized = f"{size},({exact}/{scale}*1E+14+3*2^51-3*2^51)/1E+14*{scale}"
    reached = f"{kept},{size}>=LARGE({size},MIN({most},ROWS({size})))"
    first, keys = (f"_xlfn._xlws.FILTER({x},{kept})" for x in (place, size))
    order = f"_xlfn.SORTBY({first},{keys},-1,{first},1)"
    parts = (
        f"_xlfn.LET({place},",
        places,
        f",{amount},",
        amounts,
        f",{amounts_in},{scaled},{sized},{reached},{order})",
    )
    given = ["" if p is None else p for p in places.flat()]
    sizes = np.array(
        [
            float(a) if isinstance(a, (int, float)) else -1e300 if words(p) else -2e300
            for p, a in zip(given, amounts.flat(), strict=True)
        ]
    )
    falling, keys_of = largest_first(sizes).tolist(), rounded(sizes).tolist()
    least = keys_of[falling[min(most, len(falling)) - 1]]
    return Array(parts, [given[i] for n, i in enumerate(falling) if n < most or keys_of[i] == least])


def where(area: Range, test: tuple[str | Range | Picked | X, ...], holds: list[bool]) -> Array:
    """The rows of an area, from 1, in which a test holds, and "" for each of the others after them.

    As long as the area: Calc would fill its room with a single result. Numbers are sorted before texts.
    """
    places: list[Scalar] = [i for i, there in enumerate(holds, 1) if there]
    parts = ("_xlfn._xlws.SORT(IF(", *test, ",_xlfn.SEQUENCE(ROWS(", area, ')),""))')
    return Array(parts, [*places, *[""] * (len(holds) - len(places))])


def last_entry(area: Range) -> Array:
    """The place of the last cell of a column that holds anything, 1 where none does: one result."""
    first = Ref(area.sheet, area.r1, area.c1, None).render("", -1)
    parts = ("MAX(IF(IFERROR(LEN(", area, ")>0,TRUE),ROW(", area, f")-ROW({first})+1,1))")
    return Array(parts, [max((i for i, v in enumerate(area.flat(), 1) if words(v)), default=1)])


def columns_of(area: Range, col: Operand) -> Picked:
    """INDEX(area, 0, col): one whole column of an area, or all of it for column 0; an argument of a KAM function."""
    return Picked(area, lit(col))


@overload
def row_of_area(area: Range, row: Rows) -> Rows: ...


@overload
def row_of_area(area: Range, row: Operand) -> Picked | Rows: ...


def row_of_area(area: Range, row: Operand) -> Picked | Rows:
    """INDEX(area, row, 0): one whole row of an area."""
    if not isinstance(row, Rows):
        return Picked(area, lit(0), lit(row))

    def values(given: Scalar) -> list[Scalar]:
        i = number(given)
        return area.values()[int(i) - 1] if not isinstance(i, Err) and 1 <= i <= area.rows else []

    return Rows(("INDEX(", area, ",", row, ",0)"), values, (row,))
