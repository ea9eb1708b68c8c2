"""A sheet while it is computed: what is known of its cells, and what its references mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_xl.formulas.values import Scalar
from kam_xl.locale import _
from kam_xl.workbook.recompute.package import COLUMNS, FormulaCell, SheetCells, address_of, number_of
from kam_xl.workbook.recompute.syntax import constant, is_constant, reference
from kam_xl.workbook.recompute.values import MOST_CELLS, Place, Unknown

if TYPE_CHECKING:
    from kam_xl.workbook.recompute.engine import Engine


class Sheet:
    """A sheet while it is computed."""

    def __init__(self, cells: SheetCells) -> None:
        self.known: dict[int, Scalar] = {}  # constants, results, and cells that results spill into
        self.typed: set[int] = set()  # constants
        self.formulas = cells.formulas
        self.masters: dict[str, tuple[int, str]] = {}  # formulas that several cells share: the first cell, its text
        self.failed: dict[int, Unknown] = {}
        self.waiting: dict[int, FormulaCell] = {}  # array formulas whose result may reach any cell right and below
        self.lost: dict[int, tuple[int, int, int]] = {}  # array formulas without a value: first row and columns
        self.inside: dict[int, int] = {}  # cells that an array formula filled in the file -> that formula
        self.filled: dict[int, int] = {}  # cells that a result fills now -> its formula
        for at, cell in cells.formulas.items():
            if cell.area:
                self._fill(at, cell)
            elif cell.shared and cell.text:
                self.masters[cell.shared] = (at, cell.text)
        for at, value in cells.constants.items():
            if at not in self.inside:
                self.known[at] = value
                self.typed.add(at)
        places = [*cells.formulas, *self.typed]
        self.last_row = max((at // COLUMNS for at in places), default=0)
        self.last_column = max((at % COLUMNS for at in places), default=0)

    def _fill(self, at: int, cell: FormulaCell) -> None:
        top, left, bottom, right = corners(cell.area)
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            cell.other = f"array of {cell.area}"
            return
        self.waiting[at] = cell
        for row in range(top, bottom + 1):
            for inside in range(row * COLUMNS + left, row * COLUMNS + right + 1):
                if inside != at:
                    self.inside[inside] = at


class References(dict[str, Any]):
    """What the references in formulas of a sheet mean, and the constants: each is looked up once."""

    def __init__(self, engine: Engine, sheet: int) -> None:
        super().__init__()
        self.engine, self.sheet = engine, sheet

    def __missing__(self, piece: str) -> Any:
        if is_constant(piece):
            self[piece] = constant(piece)
            return self[piece]
        found = reference(piece)
        place = self.engine.place(self.sheet, found)
        if not found.open:
            self[piece] = place
        return place


def area_of(place: Place) -> str:
    """The range of a block of cells: ``B6:G19``, or ``B6``."""
    _sheet, top, left, bottom, right = place
    first, last = (address_of(row * COLUMNS + column) for row, column in ((top, left), (bottom, right)))
    return first if first == last else f"{first}:{last}"


def corners(area: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of ``B6:G19``, from 0."""
    first, _colon, last = area.replace("$", "").partition(":")
    return (*divmod(number_of(first), COLUMNS), *divmod(number_of(last or first), COLUMNS))


def room_of(area: str) -> tuple[int, int]:
    """Rows and columns of a range."""
    top, left, bottom, right = corners(area)
    return bottom - top + 1, right - left + 1


def fitted(rows: list[list[Scalar]], high: int, wide: int) -> list[list[Scalar]]:
    """A result in the room that its array formula has: what does not fit is cut off."""
    if len(rows) == len(rows[0]) == 1:
        return [rows[0] * wide] * high
    if len(rows) < high or len(rows[0]) < wide:
        raise Unknown(_("its result is smaller than its array formula"))
    return [row[:wide] for row in rows[:high]]
