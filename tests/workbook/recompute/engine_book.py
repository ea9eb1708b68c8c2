"""Small workbooks whose formulas are computed in the tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

from kam_xl.content.positions import split_cell
from kam_xl.workbook.recompute.engine import Engine
from kam_xl.workbook.recompute.package import address_of, number_of, read_package


class Computed:
    """Cells of a small workbook after its formulas were computed."""

    def __init__(self, path: Path) -> None:
        self.engine = Engine(read_package(path))
        self.engine.run()

    def __getitem__(self, place: str) -> Any:
        """A value by ``Sheet!B7``."""
        sheet, _mark, address = place.rpartition("!")
        number = self.engine.titles[sheet.casefold()] if sheet else 0
        row, column = split_cell(address)
        return self.engine.value(number, row - 1, column - 1)

    @property
    def failed(self) -> dict[str, str]:
        """The cells without a value, and why."""
        return {address_of(at): str(why) for sheet in self.engine.sheets for at, why in sorted(sheet.failed.items())}

    def spill(self, address: str, sheet: int = 0) -> tuple[int, ...]:
        return tuple(self.engine.spills[sheet][number_of(address)])[1:]


def written(path: Path, cells: Mapping[str, Any], **sheets: Mapping[str, Any]) -> Path:
    """A file of openpyxl's with these cells; a pair (range, text) is an array formula."""
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for title, content in {"Sheet1": cells, **sheets}.items():
        sheet = book["Sheet1"] if title == "Sheet1" else book.create_sheet(title)
        for address, value in content.items():
            sheet[address] = ArrayFormula(*value) if isinstance(value, tuple) else value
    book.save(path)
    return path


def computed(folder: Path, cells: Mapping[str, Any], **sheets: Mapping[str, Any]) -> Computed:
    return Computed(written(folder / "book.xlsx", cells, **sheets))
