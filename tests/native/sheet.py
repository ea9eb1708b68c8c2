"""A workbook in IronCalc, a spreadsheet engine that knows LAMBDA: arguments into cells, formulas, and their spills."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ironcalc
import xlsxwriter

from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.native.library import Definition, definitions
from kam_xl.hosts.native.names import define

# what a person would type to get an error
ERRORS = {
    "#N/A": "=NA()",
    "#DIV/0!": "=1/0",
    "#VALUE!": '="a"+1',
    "#NUM!": "=SQRT(-1)",
    "#NAME?": "=NO_SUCH_NAME",
    "#REF!": "=#REF!",
    "#NULL!": "=#NULL!",
}
ARGUMENTS, CALLS = 0, 1  # the two sheets
WIDEST = 16_384


def column_name(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def as_rows(value: Any) -> list[list[Any]]:
    """An argument or a result as rows of cells."""
    if not isinstance(value, list):
        return [[value]]
    rows = [row if isinstance(row, list) else [row] for row in value]
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


class Sheet:
    """Calls of worksheet functions, all in one model: arguments side by side on one sheet, results on another."""

    def __init__(self, folder: Path, library: list[Definition] | None = None) -> None:
        path = folder / "names.xlsx"
        workbook = xlsxwriter.Workbook(path)
        workbook.add_worksheet("Args")
        workbook.add_worksheet("Calls")
        define(workbook, definitions() if library is None else library)
        self.load(workbook, path)
        self._free = 1  # the first free column of the arguments
        self._calls: list[int] = []  # the first column of each result
        self._next = 1  # and of the next one

    def load(self, workbook: xlsxwriter.Workbook, path: Path) -> None:
        """Write the file and open it in the engine. This and the four methods at the end another engine has anew."""
        workbook.close()
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")

    @property
    def full(self) -> bool:
        """Whether another call might find no room."""
        return max(self._free, self._next) > WIDEST - 500

    def add(self, name: str, args: list[Any]) -> None:
        """Put the arguments into cells and a call of the function beside the other calls.

        An argument that is None stands in a blank cell; required ones that are missing at the end do, too.
        """
        required = [arg for arg in FUNCTIONS[name].args if not arg.optional]
        given = [*args, *[None] * (len(required) - len(args))]
        width = max(6, len(FUNCTIONS[name].columns), *(len(as_rows(arg)[0]) for arg in given))
        self.add_formula(f"={name}({','.join(map(self.place, given))})", width)

    def add_formula(self, formula: str, width: int = 6) -> None:
        self.enter(self._next, formula)
        self._calls.append(self._next)
        self._next += width + 1

    def place(self, value: Any) -> str:
        """Type an argument into cells of its own, and give their address."""
        rows = as_rows(value)
        left = self._free
        self._free += len(rows[0])
        for down, row in enumerate(rows, 1):
            for across, cell in enumerate(row, left):
                self.type(down, across, cell)
        first, last = column_name(left), column_name(left + len(rows[0]) - 1)
        return f"Args!{first}1:{last}{len(rows)}" if isinstance(value, list) else f"Args!{first}1"

    def results(self, *profile: str) -> list[list[list[Any]]]:
        """The rows of cells that every call shows; an error is ``("error", "#N/A")``."""
        self.evaluate(*profile)
        return [self._spill(column) for column in self._calls]

    def _spill(self, left: int) -> list[list[Any]]:
        width = 1
        while self.cell(1, left + width) is not None:
            width += 1
        rows: list[list[Any]] = []
        while self.cell(len(rows) + 1, left) is not None:
            rows.append([self.cell(len(rows) + 1, left + across) for across in range(width)])
        return rows

    def type(self, row: int, column: int, cell: Any) -> None:
        """Type a cell as a person would: "" is a formula that shows nothing, the name of an error one that fails."""
        model = self.model
        if cell is None:
            return
        if isinstance(cell, bool):
            model.update_cell_with_bool(ARGUMENTS, row, column, cell)
        elif isinstance(cell, int | float):
            model.update_cell_with_number(ARGUMENTS, row, column, float(cell))
        elif cell == "" or cell in ERRORS:
            model.set_user_input(ARGUMENTS, row, column, ERRORS.get(cell, '=""'))
        else:
            model.update_cell_with_text(ARGUMENTS, row, column, cell)

    def enter(self, column: int, formula: str) -> None:
        """Type a formula into the first row of the results."""
        self.model.set_user_input(CALLS, 1, column, formula)

    def evaluate(self) -> None:
        """Calculate every formula."""
        self.model.evaluate()

    def cell(self, row: int, column: int) -> Any:
        """A cell of the results; None is blank."""
        if self.model.is_empty_cell(CALLS, row, column):
            return None
        value = self.model.get_cell_value(CALLS, row, column)
        if self.model.get_cell_type(CALLS, row, column) == ironcalc.CellType.ErrorValue:
            return ("error", value)
        return value
