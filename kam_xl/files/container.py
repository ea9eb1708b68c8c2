"""What a file that should be a workbook is packed in: empty, locked, damaged or too large is said in one line."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from kam_xl.errors import DataError
from kam_xl.files.archive import Contents, inspect
from kam_xl.files.limits import OLE, ZIP, read_part
from kam_xl.locale import _

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLS_PROTECTED = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)

# What the readers of zip and XML raise on a damaged file.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, EOFError, RuntimeError, LookupError, ValueError,
)  # fmt: skip


def check_container(path: Path, content: bytes) -> Contents:
    """Say in one line what is wrong with a file that should be a workbook; what it holds, if it is packed."""
    if _is_protected(content):
        raise DataError(protected(path))
    if not content:
        raise DataError(_("{file}: is empty; nothing was read").format(file=path))
    return inspect(path, content) if content.startswith(ZIP) else Contents(len(content))


def protected(path: Path) -> str:
    """That a file is locked."""
    return _("{file}: is protected by a password; save it without one").format(file=path)


def _is_protected(content: bytes) -> bool:
    if content.startswith(OLE):
        return _ENCRYPTED in content or _XLS_PROTECTED.search(content) is not None
    if content.startswith(ZIP):
        with suppress(*DAMAGED), zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"encryption-data" in read_part(archive, "META-INF/manifest.xml")  # of OpenDocument
    return False
