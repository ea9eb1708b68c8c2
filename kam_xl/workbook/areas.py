"""Areas that are chosen by a cell, as arguments of functions: one column or row of a range, or an array of places."""

from __future__ import annotations

from kam_xl.workbook.formula import Err, Operand, Range, Ref, Scalar, X, first_error, lit, number, words


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


def columns_of(area: Range, col: Operand) -> Picked:
    """INDEX(area, 0, col): one whole column of an area, or all of it for column 0; an argument of a KAM function."""
    return Picked(area, lit(col))


def row_of_area(area: Range, row: Operand) -> Picked:
    """INDEX(area, row, 0): one whole row of an area."""
    return Picked(area, lit(0), lit(row))
