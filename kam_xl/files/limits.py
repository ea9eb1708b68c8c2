"""How much is read of a file that comes from outside, and the one line that is said when it is too much.

A workbook (.xlsx, .xlsm, .xlsb, .ods) is small on disk and may be of any size once it is unpacked: its budget is
2 GB, unless the environment variable KAM_XL_READ_LIMIT names another number of gigabytes. A text file has no limit of
rows, but a line of it ends within 1 MB.
"""

from __future__ import annotations

import math
import os
import stat
import zipfile
from pathlib import Path
from typing import BinaryIO

from kam_xl.errors import DataError
from kam_xl.locale import _

SETTING = "KAM_XL_READ_LIMIT"
LINE = 1 << 20  # bytes of a line of a text file
ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet
PARTS = 20_000  # of a workbook: no program writes as many
STRUCTURE = 64 << 20  # bytes of a part that tells of others: workbook.xml, relations, tables, the manifest
CHUNK = 1 << 20

ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # how .xlsx and .ods begin
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def budget() -> int:
    """How many bytes a workbook may have once it is unpacked.

    Raises
    ------
    DataError
        The environment variable holds no number of gigabytes above 0.

    Examples
    --------
    >>> budget()
    2000000000
    """
    text = os.environ.get(SETTING, "").strip() or "2"
    try:
        gigabytes = float(text)
    except ValueError:
        gigabytes = math.nan
    if not 0 < gigabytes < 1e6:
        message = _("{name}: must be a number of gigabytes such as 4 (it is “{text}”)")
        raise DataError(message.format(name=SETTING, text=text))
    return int(gigabytes * 1e9)


def too_large(path: Path) -> DataError:
    """The mistake that a workbook is over the budget."""
    message = _("{file}: unpacks to more than {most:g} GB; save a smaller part of it, or set {name} to more gigabytes")
    return DataError(message.format(file=path, most=budget() / 1e9, name=SETTING))


def read_file(path: Path) -> bytes:
    """The content of a file that a person names, if it is an ordinary one within the limits.

    Raises
    ------
    DataError
        In one line: there is no such file, it is a folder, a pipe or a device, it cannot be read, it is a workbook over
        the budget or a text with an endless line.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DataError(_("{file}: is a folder; name a CSV or Excel file in it").format(file=path))
        if not stat.S_ISREG(mode):
            raise DataError(_("{file}: is no ordinary file; save the data in a file first").format(file=path))
        with path.open("rb") as file:
            if file.read(8).startswith((*ZIP, OLE)):
                if os.fstat(file.fileno()).st_size > budget():
                    raise too_large(path)
            else:
                file.seek(0)
                _check_lines(path, file)
            file.seek(0)
            return file.read()
    except FileNotFoundError:
        raise DataError(_("{file}: no such file; check the name and the folder").format(file=path)) from None
    except PermissionError:
        message = _("{file}: cannot be read; close it elsewhere or ask for permission")
        raise DataError(message.format(file=path)) from None
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error


def _check_lines(path: Path, file: BinaryIO) -> None:
    """Find a line that does not end, before the file is in memory."""
    line, length = 1, 0
    while chunk := file.read(CHUNK):
        ends = [place for place in (chunk.find(b"\n"), chunk.find(b"\r")) if place >= 0]
        if length + min(ends, default=len(chunk)) > LINE:
            message = _("{file}, line {line}: is longer than 1 MB; a table has a row on each line")
            raise DataError(message.format(file=path, line=f"{line:,}"))
        line += chunk.count(b"\n") or chunk.count(b"\r")
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        length = length + len(chunk) if last < 0 else len(chunk) - 1 - last


def declares_entities(xml: bytes) -> bool:
    """Whether an XML text declares entities, as no workbook does: they can stand for endless text, or for a file.

    >>> declares_entities(b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'), declares_entities(b"<!DOCTYPE x><x/>")
    (True, False)
    """
    return any(sign in xml for sign in _ENTITY)


def read_part(archive: zipfile.ZipFile, name: str, most: int = STRUCTURE) -> bytes:
    """A part of a workbook that tells of others, if it is as small as such a part is and declares no entities.

    The size that the archive declares is not believed.

    Raises
    ------
    KeyError
        There is no such part.
    ValueError
        The part is too large, or declares entities.
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError
        The archive is damaged.
    """
    with archive.open(name) as part:
        content = part.read(most + 1)
        if len(content) > most or (content and part.read(1)):
            raise ValueError(f"{name} is too large")
    if declares_entities(content):
        raise ValueError(f"{name} declares entities")
    return content
