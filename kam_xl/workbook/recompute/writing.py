"""Writes right values into a copy of a workbook file: all else in it stays, byte for byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from kam_xl.errors import DataError
from kam_xl.locale import _
from kam_xl.writing import check_target, write_file


def rewritten(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A zip with other parts in the place of some, and with new ones at its end; order and attributes are kept."""
    buffer = io.BytesIO()
    fresh = dict(changed)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        new.comment = old.comment
        for entry in old.infolist():
            data = fresh.pop(entry.filename) if entry.filename in fresh else old.read(entry)
            new.writestr(entry, data, entry.compress_type)
        for name, data in fresh.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def replace_file(path: Path, read: bytes, data: bytes) -> None:
    """Put other content into a file that was read before.

    Raises
    ------
    DataError
        In one line, when the file is open elsewhere, must not be changed, or was changed since.
    """
    target = path.resolve()
    for lock in (target.with_name(f".~lock.{target.name}#"), target.with_name(f"~${target.name}")):
        if lock.exists():
            message = _("{file}: is open in another program ({lock}); close it there, or write a copy with --out")
            raise DataError(message.format(file=path, lock=lock.name))
    check_target(path, force=True)
    if target.read_bytes() != read:
        raise DataError(_("{file}: was changed meanwhile; start again").format(file=path))
    write_file(path, data, force=True)
