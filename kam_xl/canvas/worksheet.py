"""The worksheets of XlsxWriter as our books use them: results of array formulas in place, rules that Excel takes."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet as _Worksheet

from kam_xl.canvas import cell_rules
from kam_xl.content.tables import STORED_ERRORS


class _Result(str):
    """Text of a spilled cell: stored as a formula's result, not as typed text."""

    __slots__ = ("style",)
    style: Format | None


class Worksheet(_Worksheet):  # type: ignore[misc]
    """Results of array formulas are stored in place, formulas are taken as they are, rules are put right or refused.

    XlsxWriter runs some thirty regular expressions over every formula to bring it into the form of the file; ours
    are written in that form, which halves the time of a workbook. A test pins the methods overridden here.
    """

    def data_validation(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: dict[str, Any]
    ) -> int:
        """What may be typed into cells: see `cell_rules.allowed`."""
        return self._taken(
            super().data_validation(first_row, first_col, last_row, last_col, cell_rules.allowed(options)), options
        )

    def conditional_format(
        self, first_row: int, first_col: int, last_row: int, last_col: int, options: dict[str, Any]
    ) -> int:
        """How cells look under a condition: see `cell_rules.shown`."""
        rule = cell_rules.shown(options, first_row, first_col)
        return self._taken(super().conditional_format(first_row, first_col, last_row, last_col, rule), options)

    def _taken(self, result: int, options: dict[str, Any]) -> int:
        """XlsxWriter leaves out what it cannot write, with a warning that nobody reads."""
        if result != 0:
            raise ValueError(f"{self.name}: a rule that cannot be written: {options}")
        return result

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.lstrip("{").lstrip("=").rstrip("}")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__
        if kind == "ArrayFormula":
            self._write_array(row, col, cell)
        elif kind == "_Result" or (
            kind == "Formula" and isinstance(cell.value, str) and cell.value not in STORED_ERRORS
        ):
            # text stays text, also where it is empty or looks like a number
            style = cell.style if kind == "_Result" else cell.format
            attributes = [*self._place(row, col, style), ("t", "str")]
            if kind == "Formula":
                value = self._escape_control_characters(cell.value)  # else Excel reads _x0041_ as A
                self._xml_formula_element(cell.formula, value, attributes)
            else:
                self._xml_start_tag("c", attributes)
                self._xml_data_element("v", str(cell))
                self._xml_end_tag("c")
        else:
            super()._write_cell(row, col, cell)

    def _place(self, row: int, col: int, style: Format | None) -> list[tuple[str, Any]]:
        place: list[tuple[str, Any]] = [("r", xl_rowcol_to_cell(row, col))]
        return [*place, ("s", style._get_xf_index())] if style else place

    def _write_array(self, row: int, col: int, cell: Any) -> None:
        attributes, value = self._place(row, col, cell.format), cell.value
        if cell.atype == "dynamic":
            attributes.append(("cm", 1))
        if isinstance(value, bool):
            attributes.append(("t", "b"))
            value = int(value)
        elif isinstance(value, str):
            attributes.append(("t", "e" if value in STORED_ERRORS else "str"))
        self._xml_start_tag("c", attributes)
        self._write_cell_array_formula(cell.formula, cell.range)
        self._write_cell_value(value)
        self._xml_end_tag("c")

    def write_result(self, row: int, col: int, value: str, style: Format | None) -> None:
        """Text result in a cell of an array formula's area."""
        cell = _Result(value)
        cell.style = style
        self.table[row][col] = cell
