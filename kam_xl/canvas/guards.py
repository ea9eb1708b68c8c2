"""What a page shows instead of a figure that cannot be had: an error line, nothing, a blank."""

from __future__ import annotations

from kam_xl.formulas.expressions import Operand, X
from kam_xl.formulas.formula import Range
from kam_xl.formulas.functions import if_, iferror, index, left, length
from kam_xl.locale import _


def failed(area: Range) -> X:
    """Whether a function could not compute: its error line, or an error that it was handed."""
    return iferror(left(area.cell(0) & "", 5) == "#KAM!", True)


def error_or(area: Range, text: X) -> X:
    """A sentence, or the error line of the function that it speaks of."""
    first = area.cell(0)
    line = left(first & "", 5) == "#KAM!"
    return iferror(if_(line, first & "", text), _("An input holds an error: see Checks"))


def typed(area: Range, no: Operand) -> X:
    """A number of an input table by its place; blank where it is blank or its row was deleted. An error stays one."""
    cell = index(area, no)
    gone = X(("ROWS(", area, ")"), area.rows) < no
    return if_(gone, "", if_(length(cell) == 0, "", cell))
