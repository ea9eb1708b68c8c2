"""Two programs that edit a workbook and save it: openpyxl, which drops every value, and LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from office import Office
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kam_xl.content.positions import Positions, column_name, find_positions, split_cell


class Editor:
    """What an edit can do with a workbook; cells are named by a sheet and an address, or by a table and a heading."""

    def __init__(self, source: Path) -> None:
        self.positions: Positions = find_positions(source.read_bytes())

    def put(self, sheet: str, address: str, value: Any) -> None:
        raise NotImplementedError

    def get(self, sheet: str, address: str) -> Any:
        raise NotImplementedError

    def setting(self, name: str, value: Any, row: int = 0, column: int = 0) -> None:
        """Type into a cell that has a name."""
        area = self.positions.names[name]
        self.put(area.sheet, area.cell(row, column), value)

    def at(self, table: str, row: int, heading: str) -> tuple[str, str]:
        """Sheet and address of a cell of a table, rows from 0."""
        return self.positions.tables[table].sheet, self.positions.cell(table, row, heading)

    def type(self, table: str, row: int, heading: str, value: Any) -> None:
        self.put(*self.at(table, row, heading), value)

    def read(self, table: str, row: int, heading: str) -> Any:
        return self.get(*self.at(table, row, heading))

    def rows(self, table: str) -> int:
        """How many rows of a table are filled in its first column."""
        first = min(self.positions.columns[table].items(), key=lambda item: item[1])[0]
        row = 0
        while self.read(table, row, first) not in (None, ""):
            row += 1
        return row


class ByOpenpyxl(Editor):
    def __init__(self, source: Path) -> None:
        super().__init__(source)
        self.book = openpyxl.load_workbook(source)

    def put(self, sheet: str, address: str, value: Any) -> None:
        self.book[sheet][address] = value

    def get(self, sheet: str, address: str) -> Any:
        return self.book[sheet][address].value

    def add_sheet(self, title: str, rows: Sequence[Sequence[Any]]) -> None:
        sheet = self.book.create_sheet(title)
        for row in rows:
            sheet.append(row)

    def decorate(self) -> None:
        """Comments, formats and widths."""
        sheet = self.book["Accounts"]
        sheet["B9"].comment = Comment("call <them> & ask", "me")
        sheet["B9"].font = Font(bold=True, color="FF0000")
        sheet.column_dimensions[get_column_letter(3)].width = 44

    def save(self, target: Path) -> None:
        self.book.save(target)


class ByOffice(Editor):
    def __init__(self, source: Path, office: Office) -> None:
        super().__init__(source)
        self.book = office.open(source)

    def put(self, sheet: str, address: str, value: Any) -> None:
        self.book.write(sheet, address, [[value]])

    def get(self, sheet: str, address: str) -> Any:
        return self.book.read(sheet, address)[0][0]

    def add_sheet(self, title: str, rows: Sequence[Sequence[Any]]) -> None:
        self.book.add_sheet(title)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    text = (
                        value.replace(",", ";").replace("!", ".")
                        if isinstance(value, str) and value.startswith("=")
                        else value
                    )
                    self.put(title, f"{column_name(j)}{i + 1}", text)

    def decorate(self) -> None:
        """Comments and hidden rows."""
        self.book.annotate("Accounts", "B9", "call <them> & ask")

    def save(self, target: Path) -> None:
        with self.book:
            self.book.save(target)


def delete_row(editor: ByOffice, table: str, row: int) -> None:
    sheet, address = editor.at(table, row, "Account")
    editor.book.restructure(sheet, address, "delete rows")


def insert_row(editor: ByOffice, table: str, row: int) -> None:
    sheet, address = editor.at(table, row, "Account")
    editor.book.restructure(sheet, address, "insert rows")


def row_of(address: str) -> int:
    return split_cell(address)[0]
