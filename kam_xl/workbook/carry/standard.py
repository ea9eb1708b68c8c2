"""What the generator wrote, in the form in which the cells of a file are read."""

from __future__ import annotations

from kam_xl.canvas.book import Book
from kam_xl.canvas.columns import RESULTS, unescaped
from kam_xl.content.positions import Area, Positions, area_of, split_cell
from kam_xl.content.tables import ACCOUNT_FIELDS
from kam_xl.workbook.recompute.package import COLUMNS, FormulaCell, SheetCells


def cells_of(book: Book) -> dict[str, SheetCells]:
    """The cells of every sheet of a workbook that was built, without those that only have a look."""
    found = {}
    for title, sheet in book.sheets.items():
        cells = found[title] = SheetCells(title, "")
        for row, columns in sheet.ws.table.items():
            for column, cell in columns.items():
                kind, at = type(cell).__name__, row * COLUMNS + column
                if kind in ("Formula", "ArrayFormula"):
                    area = cell.range if kind == "ArrayFormula" else ""
                    cells.formulas[at] = FormulaCell(cell.formula, cell.value, area)
                elif kind == "RichString":
                    cells.constants[at] = cell.raw_string
                elif kind != "Blank" and (value := sheet.cells.get((row, column))) is not None:
                    cells.constants[at] = value
        for column in sheet.ws.columns:
            for i in range(column.rows):
                if column.col in sheet.ws.table.get(column.top + i, ()):
                    continue  # written over
                at, value = (column.top + i) * COLUMNS + column.col, column.value(i)
                if column.formula:
                    cells.formulas[at] = FormulaCell(unescaped(column.formula(i)), value, "")
                elif column.kind == RESULTS and isinstance(value, str):
                    cells.constants[at] = str(value)
                elif (value := sheet.cells.get((column.top + i, column.col))) is not None:
                    cells.constants[at] = value
    return found


def positions_of(book: Book) -> Positions:
    """Where tables and names stand in a workbook that was built."""
    result = Positions()
    for title, sheet in book.sheets.items():
        for table in sheet.ws.tables:
            first, _colon, last = table["range"].partition(":")
            (top, left), (bottom, right) = split_cell(first), split_cell(last)
            result.tables[table["name"]] = Area(title, top, left, bottom, right)
            result.columns[table["name"]] = {column["name"]: left + i for i, column in enumerate(table["columns"])}
    own = result.columns.get("tblAccounts", {})
    own |= {heading: result.tables["tblAccounts"].left + i for i, heading in enumerate(ACCOUNT_FIELDS.values()) if own}
    for name, _sheet, text, *_rest in book.xlsx.defined_names:
        if (area := area_of(text)) is not None:
            result.names[name] = area
    return result
