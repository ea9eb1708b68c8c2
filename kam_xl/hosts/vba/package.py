"""The parts of a workbook file: a zip in which every part has a type, as Excel reads it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

CONTENT_TYPES = "[Content_Types].xml"
VBA_PART = "xl/vbaProject.bin"
WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def read_parts(file: str | Path | bytes) -> dict[str, bytes]:
    """The parts of a file by their names, in their order; ValueError if it is no such file."""
    try:
        with zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError(f"not a workbook ({error})") from error


def to_bytes(parts: dict[str, bytes]) -> bytes:
    """A file of these parts; the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _ALWAYS)
            entry.create_system, entry.external_attr = 0, 0
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
