"""What stands in a workbook file before a reader takes it into memory: every part is unpacked once and let go.

After `inspect` the sizes that the archive declares are true, their sum is within the budget, and no XML of the workbook
declares entities; so other readers may take the parts as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kam_xl.errors import DataError
from kam_xl.files.bloat import Bloat, may_bloat
from kam_xl.files.limits import CHUNK, PARTS, ROWS, budget, declares_entities, too_large
from kam_xl.locale import _

AREA = 4_000_000  # cells of a rectangle in memory, whatever is blank in it
BLANKS = 30  # blank cells to a filled one from which on a larger rectangle is not read as such

_ENTRY = b"PK\x01\x02"  # how an archive lists a part
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d+)")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["']""")
_NO_VALUE = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_ODS_ERROR = b'calcext:value-type="error"'


@dataclass
class Contents:
    """What a workbook file holds.

    Attributes
    ----------
    size
        Bytes of all its parts.
    errors
        Whether a sheet of an .xlsx file has error cells.
    hollow
        Formulas of an .xlsx file that carry no value.
    is_ods
        Whether it is an OpenDocument file.
    ods_errors
        Error cells of an .ods file.
    far
        Whether a sheet of an .xlsx file reaches so far with so few cells that no rectangle of it should be made.
    """

    size: int = 0
    errors: bool = False
    hollow: int = 0
    is_ods: bool = False
    ods_errors: int = 0
    far: bool = False


def inspect(path: Path, content: bytes) -> Contents:
    """Unpack every part of a workbook once, chunk by chunk.

    Raises
    ------
    DataError
        In one line: the archive is damaged, unpacks to more than the budget, or a sheet has too many rows.
    """
    contents = Contents()
    if content.count(_ENTRY) > PARTS:
        raise too_large(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            contents.size = sum(part.file_size for part in parts)
            if contents.size > budget():
                raise too_large(path)
            twice = [name for name, count in Counter(part.filename for part in parts).items() if count > 1]
            if twice or sum(part.compress_size for part in parts) > len(content):  # parts that share their bytes
                raise ValueError(f"not one place a part: {twice}")
            for part in parts:
                _look(path, archive, part, contents)
    except DataError:
        raise
    except Exception:  # zipfile raises anything on a damaged file
        raise DataError(damaged(path)) from None
    return contents


def damaged(path: Path) -> str:
    """The line for a file that no reader understands."""
    return _("{file}: is damaged or no workbook; open it in Excel and save it as .xlsx").format(file=path)


def _look(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, contents: Contents) -> None:
    """Unpack a part and note what it holds."""
    name = part.filename.lower()
    picture = "media/" in name or "pictures/" in name  # an SVG may well have entities
    is_sheet = name.startswith("xl/worksheets/sheet")
    sheet, bloat = _Sheet(), Bloat() if may_bloat(name) else None
    with archive.open(part) as file:
        for block in _blocks(file):
            if not picture and declares_entities(block):
                raise ValueError("declares entities")
            if bloat and bloat.add(block):
                message = _(
                    "{file}: {part} holds more than a megabyte that is no cell, such as a comment in its XML; open it "
                    "in Excel and save it anew"
                )
                raise DataError(message.format(file=path, part=part.filename))
            if name == "content.xml":
                contents.is_ods = True
                contents.ods_errors += block.count(_ODS_ERROR)
            if picture or not name.endswith(".xml"):
                continue
            sheet.add(block)
            if is_sheet:
                contents.errors = contents.errors or (
                    (b"'e'" in block or b'"e"' in block) and bool(_ERROR_CELL.search(block))
                )
                contents.hollow += len(_NO_VALUE.findall(block)) if b"f><" in block else 0
            if sheet.rows > ROWS:
                message = _("{file}: a sheet has more than {most} rows; save a smaller part of it, or save it as CSV")
                raise DataError(message.format(file=path, most=f"{ROWS:,}"))
    contents.far = contents.far or sheet.is_far()


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """A part piece by piece, each up to the end of a row where there are rows, else up to the next tag."""
    rest = b""
    while chunk := file.read(CHUNK):
        cut = chunk.rfind(b"row>") + 4
        if cut < 4:
            cut = chunk.rfind(b"<") if b"<" in chunk else len(chunk)
        yield rest + chunk[:cut]
        rest = chunk[cut:]
    yield rest


class _Sheet:
    """How far the cells of a sheet reach."""

    def __init__(self) -> None:
        self.rows = self._cells = self._row = self._column = 0

    def add(self, block: bytes) -> None:
        """Count the rows and cells of a piece of its XML; of each row the last cell says how far it reaches."""
        rows = block.count(b"<row") + block.count(b":row ")
        self.rows += rows
        self._cells += block.count(b"<c ") + block.count(b":c ")
        for row in block.split(b"row>") if rows else ():
            at = row.rfind(b' r="') + 4
            if at > 3 and (found := _REFERENCE.match(row, at)):
                self._column = max(self._column, _number(found[1]))
                self._row = max(self._row, int(found[2][:8]))

    def is_far(self) -> bool:
        """Whether a rectangle around the cells would be large and nearly blank."""
        area = max(self._row, self.rows) * self._column
        return area > AREA and area > BLANKS * self._cells


def _number(letters: bytes) -> int:
    """The number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
