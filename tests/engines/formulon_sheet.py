"""Calls of worksheet functions in formulon, as `native.sheet` has them in IronCalc."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter
from native.sheet import ERRORS, Sheet

from engines.formulon_book import FormulonBook
from kam_xl.content.tables import CellError


class FormulonSheet(Sheet):
    """Calls of worksheet functions, all in one workbook, in the Excel of a country.

    They stand in the file, as the engine takes a cell from a file much faster than one that is typed: after the first
    results no call can be added.
    """

    book: FormulonBook | None = None

    def load(self, workbook: xlsxwriter.Workbook, path: Path) -> None:
        self._file, self._path = workbook, path

    def type(self, row: int, column: int, cell: Any) -> None:
        """Type a cell as a person would: "" is a formula that shows nothing, the name of an error one that fails."""
        sheet, at = self._file.get_worksheet_by_name("Args"), (row - 1, column - 1)
        if isinstance(cell, str) and (cell == "" or cell in ERRORS):
            sheet.write_formula(*at, ERRORS.get(cell, '=""'))
        elif isinstance(cell, str):
            sheet.write_string(*at, cell)
        elif cell is not None:
            sheet.write(*at, cell)

    def enter(self, column: int, formula: str) -> None:
        """Write a formula into the first row of the results."""
        sheet = self._file.get_worksheet_by_name("Calls")
        sheet.write_dynamic_array_formula(0, column - 1, 0, column - 1, formula)

    def evaluate(self, *profile: str) -> None:
        """Calculate every formula, in the Excel of another country if `profile` is given."""
        if self.book is None:
            self._file.close()
            self.book = FormulonBook(self._path)
        self.book.recalculate(*profile)
        self._values = self.book.values("Calls")

    def cell(self, row: int, column: int) -> Any:
        """A cell of the results; None is blank."""
        value = self._values.get((row - 1, column - 1))
        return ("error", str(value)) if isinstance(value, CellError) else value

    def close(self) -> None:
        """Give the engine's memory back."""
        if self.book is not None:
            self.book.close()
