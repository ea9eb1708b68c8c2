"""The worksheets of XlsxWriter as our books use them: columns, results of array formulas, rules that Excel takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet as _Worksheet

from kam_xl.canvas import cell_rules
from kam_xl.canvas.columns import FORMULAS, RESULTS, TYPED, Column, Shared, escaped
from kam_xl.content.tables import STORED_ERRORS
from kam_xl.formulas.rows import pattern


class Worksheet(_Worksheet):  # type: ignore[misc]
    """Results of array formulas are stored in place, formulas are taken as they are, rules are put right or refused.

    XlsxWriter runs some thirty regular expressions over every formula to bring it into the form of the file; ours
    are written in that form, which halves the time of a workbook. A test pins the methods overridden here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[Column] = []

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
        elif kind == "Formula" and isinstance(cell.value, str) and cell.value not in STORED_ERRORS:
            # text stays text, also where it is empty or looks like a number
            attributes = [*self._place(row, col, cell.format), ("t", "str")]
            value = self._escape_control_characters(cell.value)  # else Excel reads _x0041_ as A
            self._xml_formula_element(cell.formula, value, attributes)
        else:
            super()._write_cell(row, col, cell)

    def _write_array_formula(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        formula: str,
        cell_format: Format | None = None,
        value: Any = 0,
        atype: str = "static",
    ) -> int:
        """Without the zeros that XlsxWriter puts into the other cells: results are written there."""
        first, last = xl_rowcol_to_cell(first_row, first_col), xl_rowcol_to_cell(last_row, last_col)
        failed: int = self._check_dimensions(last_row, last_col) or super()._write_array_formula(
            first_row, first_col, first_row, first_col, formula, cell_format, value, atype
        )
        if not failed and first != last:
            cell = self.table[first_row][first_col]
            self.table[first_row][first_col] = cell._replace(range=f"{first}:{last}")
        return failed

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

    # -- columns -----------------------------------------------------------------------------------------------------

    def write_down(self, row: int, col: int, values: Sequence[Any], style: Format | None) -> None:
        """What is typed into the cells from a row down; None is a blank cell."""
        kept = []
        for value in values:
            if isinstance(value, str):
                if len(value) > self.xls_strmax // 2:  # characters beyond the basic plane count twice
                    value = value.encode("utf-16-le")[: 2 * self.xls_strmax].decode("utf-16-le", "ignore")
                value = Shared(self.str_table._get_shared_string_index(value))
            elif isinstance(value, float) and not isfinite(value):
                raise TypeError(f"{self.name}: {value} cannot be written as a number")
            kept.append(value)
        self._keep(Column(TYPED, row, col, len(kept), kept, style))

    def write_results_down(self, row: int, col: int, values: Sequence[Any], style: Format | None) -> None:
        """Results of an array formula in the cells from a row down."""
        self._keep(Column(RESULTS, row, col, len(values), values, style))

    def write_formula_down(
        self, row: int, col: int, rows: int, formula: str, values: Sequence[Any], style: Format | None
    ) -> None:
        """One formula in `rows` cells, with marks for the rows' numbers (see `formulas.rows`), and its values."""
        self._keep(Column(FORMULAS, row, col, rows, values, style, pattern(escaped(formula), row)))

    def _keep(self, column: Column) -> None:
        """A column may be written over cell by cell, as a user's own formula is, but not over what is there."""
        for row in (column.top, column.top + column.rows - 1):
            if self._check_dimensions(row, column.col):
                raise ValueError(f"{self.name}: a column of {column.rows} rows from row {column.top + 1} has no room")
        for row in range(column.top, column.top + column.rows):
            if column.col in self.table.get(row, ()):
                raise ValueError(f"{self.name}: {xl_rowcol_to_cell(row, column.col)} is written twice")
        for other in self.columns:
            if other.col == column.col and other.top < column.top + column.rows and column.top < other.top + other.rows:
                raise ValueError(f"{self.name}: {xl_rowcol_to_cell(column.top, column.col)} is written twice")
        self.columns.append(column)

    def _calculate_spans(self) -> None:
        """Which columns each block of 16 rows uses; XlsxWriter looks at every place of the sheet for it."""
        used: dict[int, tuple[int, int]] = {}

        def use(block: int, first: int, last: int) -> None:
            low, high = used.get(block, (first, last))
            used[block] = (min(low, first), max(high, last))

        for cells in (self.table, self.comments):
            for row, columns in cells.items():
                if columns:
                    use(row // 16, min(columns), max(columns))
        for column in self.columns:
            for block in range(column.top // 16, (column.top + column.rows - 1) // 16 + 1):
                use(block, column.col, column.col)
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in used.items()}

    def _write_rows(self) -> None:
        self._calculate_spans()
        waiting = sorted(self.columns, key=lambda column: column.top, reverse=True)
        open_: list[tuple[int, int, Iterator[str]]] = []  # column, row after the last, its cells
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            if waiting and waiting[-1].top == row:
                while waiting and waiting[-1].top == row:
                    column = waiting.pop()
                    open_.append((column.col, row + column.rows, self._cells_of(column)))
                open_.sort(key=lambda each: each[0])
            texts = [(col, next(cells)) for col, _end, cells in open_]
            self._write_whole_row(row, texts)
            if any([end == row + 1 for _col, end, _cells in open_]):
                open_ = [each for each in open_ if each[1] > row + 1]

    def _cells_of(self, column: Column) -> Iterator[str]:
        """The cells of a column as they stand in the file."""
        look = column.look
        if look is None and column.col in self.col_info:
            look = self.col_info[column.col].column_format
        bare = "" if column.look is None else f' s="{column.look._get_xf_index()}"'
        style = "" if look is None else f' s="{look._get_xf_index()}"'
        return column.cells(style, bare, self._escape_control_characters)

    def _write_whole_row(self, row: int, texts: list[tuple[int, str]]) -> None:
        """A row: its cells one by one, and those of columns, which are text already."""
        loose, span, info = self.table.get(row), self.row_spans.get(row // 16), self.row_info.get(row)
        if not loose and not any([text for _col, text in texts]):
            if info is not None or row in self.comments:
                self._write_empty_row(row, span, info)
            return
        self._write_row(row, span, info)
        done = 0
        for col in sorted(loose or ()):
            while done < len(texts) and texts[done][0] < col:
                self.fh.write(texts[done][1])
                done += 1
            if done < len(texts) and texts[done][0] == col:
                done += 1  # written over: see `_keep`
            self._write_cell(row, col, loose[col])
        self.fh.write("".join([text for _col, text in texts[done:]]))
        self._xml_end_tag("row")
