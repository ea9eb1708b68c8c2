"""How the parts of a file are packed: a large sheet becomes text only when its turn comes.

XlsxWriter makes the text of all parts before it packs the first; of a large workbook that is several times what its
cells need.
"""

from __future__ import annotations

import io
from typing import Any

from xlsxwriter.packager import Packager as _Packager
from xlsxwriter.worksheet import Worksheet as _Worksheet


class Packager(_Packager):  # type: ignore[misc]
    """Keeps sheets with columns (see `columns.py`) as they are until they are packed."""

    def _write_worksheet_files(self) -> None:
        for number, sheet in enumerate(self.workbook.worksheets(), 1):
            name = f"xl/worksheets/sheet{number}.xml"
            if sheet.columns and not sheet.hyperlinks:  # links are numbered while a sheet is written
                self.filenames.append((_Later(sheet), name, False))
            else:
                sheet._set_xml_writer(self._filename(name))
                sheet._assemble_xml_file()


class _Later:
    """A sheet in place of the buffer that holds its text.

    Its looks have their numbers beforehand: the list of looks is written before it.
    """

    def __init__(self, sheet: _Worksheet) -> None:
        self.sheet = sheet
        self.numbers: list[dict[Any, int]] = []  # of all looks of the workbook
        looks = [cell.format for cells in sheet.table.values() for cell in cells.values()]
        looks += [column.look for column in sheet.columns]
        looks += [info.row_format for info in sheet.row_info.values()]
        looks += [info.column_format for info in sheet.col_info.values()]
        for look in {id(look): look for look in looks if look is not None}.values():
            look._get_xf_index()
            self.numbers = [look.xf_format_indices, look.dxf_format_indices]

    def getvalue(self) -> _Later:
        """The text, in the one form that is asked of it."""
        return self

    def encode(self, encoding: str) -> bytes:
        """The text as bytes."""
        held, looks = io.BytesIO(), [len(numbers) for numbers in self.numbers]
        self.sheet.fh = _Encoded(held, encoding)
        self.sheet.internal_fh = False
        self.sheet._assemble_xml_file()
        self.sheet.fh = None  # a sheet keeps its text for as long as it is there
        if looks != [len(numbers) for numbers in self.numbers]:
            raise ValueError(f"{self.sheet.name}: a look that is not in the list of looks")
        return held.getvalue()


class _Encoded:
    """A text file over bytes: what is written is encoded at once."""

    def __init__(self, held: io.BytesIO, encoding: str) -> None:
        self.held, self.encoding = held, encoding

    def write(self, text: str) -> Any:
        """Write a text."""
        return self.held.write(text.encode(self.encoding))
