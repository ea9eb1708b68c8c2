"""Files of the user's as rows of cells: CSV in any usual dress, Excel, OpenDocument."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kam_xl.errors import DataError
from kam_xl.locale import _
from kam_xl.workbook.tables import CellError, Value, printable

ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # how .xlsx and .ods begin
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLS_PROTECTED = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
# Signs that a text in another encoding was read as Windows-1252: letters with marks in a row (Ðîìàøêà), or a sign or
# a capital letter where no word has it (Wroc³aw, CafŽ).
_MISREAD = re.compile(r"[À-ÖØ-öø-ÿ]{4}|(?<=[^\W\d_])[¡£¥§¯¹³¾¿„”‚ˆ](?=[^\W\d_])|(?<=[a-z])[ŠŒŽŸ](?![A-ZÀ-Þ])")
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")  # a control character in a workbook, as openpyxl leaves it
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["']""")
_NO_VALUE = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")

# What the readers of zip and XML raise on a damaged file.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, EOFError, RuntimeError, LookupError, ValueError,
)  # fmt: skip

Rows = list[list[Value]]


@dataclass
class Sheet:
    """A sheet of a file. ``delimiter`` is None for a workbook, where numbers are numbers already."""

    name: str
    rows: Rows
    delimiter: str | None = None


@dataclass
class Source:
    """The sheets of a file, and what the user should know about reading it."""

    sheets: list[Sheet]
    remarks: list[str] = field(default_factory=list)


def read_bytes(path: Path) -> bytes:
    """The content of a file, or a DataError of one line."""
    if path.is_dir():
        raise DataError(_("{file}: is a folder; name a CSV or Excel file in it").format(file=path))
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError(_("{file}: no such file; check the name and the folder").format(file=path)) from None
    except PermissionError:
        raise DataError(
            _("{file}: cannot be read; close it elsewhere or ask for permission").format(file=path)
        ) from None
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error


def check_container(path: Path, content: bytes) -> None:
    """Say in one line what is wrong with a file that should be a workbook."""
    if _is_protected(content):
        raise DataError(_("{file}: is protected by a password; save it without one").format(file=path))
    if not content:
        raise DataError(_("{file}: is empty; nothing was read").format(file=path))


def _is_protected(content: bytes) -> bool:
    if content.startswith(_OLE):
        return _ENCRYPTED in content or _XLS_PROTECTED.search(content) is not None
    if content.startswith(ZIP):
        with suppress(*DAMAGED), zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")  # of OpenDocument
    return False


def read_source(path: Path, is_header: Callable[[list[Value]], int]) -> Source:
    """Read any file that a person calls a table.

    Parameters
    ----------
    path
        The file; its content decides what it is, not its name.
    is_header
        Counts the headings that a row holds if it is a row of headings, else 0; finds the delimiter of a CSV file.

    Raises
    ------
    DataError
        In one line, when the file is missing, empty, protected, damaged or no table.
    """
    content = read_bytes(path)
    check_container(path, content)
    if content.startswith(ZIP):
        return _zipped(path, content)
    if content.startswith(_OLE):
        source = _workbook(path, content)
        source.remarks.append(_("An .xls file hides which cells hold errors: they are read as blank; .xlsx is safer."))
        return source
    text, remarks = _decode(path, content)
    return Source([_csv(path, text, is_header)], remarks)


def _decode(path: Path, content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what is doubtful about its encoding."""
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
        guessed = False
    except UnicodeDecodeError:
        text, guessed = content.decode("cp1252", "replace"), True
    if "\0" in text or len(_CONTROL.findall(text)) > 2 + len(text) // 100:
        message = _("{file}: is neither a text (CSV) nor an Excel file; save it as .xlsx or CSV")
        raise DataError(message.format(file=path))
    if guessed and "\ufffd" in text:
        raise DataError(_("{file}: is text in an unknown encoding; save it as CSV UTF-8 or .xlsx").format(file=path))
    doubt = _("Read as Windows-1252; save the file as UTF-8 if names look wrong.")
    text = printable(text)
    if re.match(r"\s*<(!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise DataError(_("{file}: is a web page or XML; open it in Excel and save it as .xlsx").format(file=path))
    if not text.strip():
        raise DataError(_("{file}: is empty; nothing was read").format(file=path))
    return text, [doubt] if guessed and _MISREAD.search(text) else []


def _csv(path: Path, text: str, is_header: Callable[[list[Value]], int]) -> Sheet:
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if told:
        return Sheet(path.name, _split(path, text[told.end() :], told[1]), told[1])
    head = "".join(text.splitlines(keepends=True)[:60])
    best, delimiter = (0, 0), ","
    for candidate in (",", ";", "\t", "|"):
        rows = _split(path, head, candidate, strict=False)
        score = (max(map(is_header, rows), default=0), sum(len(row) > 1 for row in rows))
        if score > best:
            best, delimiter = score, candidate
    return Sheet(path.name, _split(path, text, delimiter), delimiter)


def _split(path: Path, text: str, delimiter: str, strict: bool = True) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    rows: Rows = []
    line = 1
    try:
        for row in reader:
            line = reader.line_num + 1
            rows.append([cell if cell and not cell.isspace() else None for cell in row])
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            if not strict:
                return rows
            message = _("{file}, line {line}: a quotation mark is opened here and never closed; remove it")
            raise DataError(message.format(file=path, line=line)) from None
        return _split(path, text, delimiter, strict=False)
    return rows


def _zipped(path: Path, content: bytes) -> Source:
    """A workbook in a zip: values by calamine, and once more by openpyxl where there are error cells.

    Calamine is ten times as fast, but reads an error cell as a blank one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            parts = [archive.read(name) for name in names if name.startswith("xl/worksheets/sheet")]
            ods = archive.read("content.xml") if "content.xml" in names else b""
    except DAMAGED:
        raise DataError(_damaged(path)) from None
    if any(_ERROR_CELL.search(part) for part in parts):
        source = _with_errors(path, content)
    else:
        source = _workbook(path, content)
    if hollow := sum(len(_NO_VALUE.findall(part)) for part in parts):
        one = _("1 formula carries no value and is read as blank; open the file in Excel and save it once.")
        many = _("{n} formulas carry no value and are read as blank; open the file in Excel and save it once.")
        source.remarks.append(one if hollow == 1 else many.format(n=f"{hollow:,}"))
    if errors := ods.count(b'calcext:value-type="error"'):
        one = _("1 error cell is read as blank; mend it, or save the file as .xlsx.")
        many = _("{n} error cells are read as blank; mend them, or save the file as .xlsx.")
        source.remarks.append(one if errors == 1 else many.format(n=f"{errors:,}"))
    return source


def _workbook(path: Path, content: bytes) -> Source:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with _without_panic():
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            kinds = {sheet.name: sheet.typ for sheet in book.sheets_metadata}
            sheets = [
                Sheet(name, [[cell_value(c) for c in row] for row in book.get_sheet_by_name(name).to_python(False)])
                for name in book.sheet_names
                if kinds.get(name, SheetTypeEnum.WorkSheet) == SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise DataError(_("{file}: is protected by a password; save it without one").format(file=path)) from None
    except (CalamineError, OSError, ValueError):
        raise DataError(_damaged(path)) from None
    return Source(sheets)


@contextmanager
def _without_panic() -> Iterator[None]:
    """Turn a panic of the reader's Rust code into a ValueError, and keep its trace off the screen."""
    sys.stderr.flush()
    screen = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError(str(error)) from None
        raise
    finally:
        os.dup2(screen, 2)
        os.close(screen)
        os.close(nowhere)


def _with_errors(path: Path, content: bytes) -> Source:
    try:
        return Source([Sheet(name, rows) for name, rows in openpyxl_sheets(content)])
    except DAMAGED:
        raise DataError(_damaged(path)) from None


def openpyxl_sheets(content: bytes, wanted: Callable[[str], bool] = bool) -> Iterator[tuple[str, Rows]]:
    """The sheets of a workbook by name, with error cells told from text; formulas are their stored values.

    Raises
    ------
    ValueError
        When openpyxl cannot read the file.
    """
    import openpyxl  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of parts that it passes over
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                if wanted(sheet.title):
                    sheet.reset_dimensions()
                    yield sheet.title, [[_openpyxl_value(cell) for cell in row] for row in sheet.iter_rows()]
        except Exception as error:  # openpyxl raises anything on a damaged file
            raise ValueError(str(error)) from None


def _damaged(path: Path) -> str:
    return _("{file}: is damaged or no workbook; open it in Excel and save it as .xlsx").format(file=path)


def _openpyxl_value(cell: Any) -> Value:
    """The value of a cell of openpyxl, with error cells told from text."""
    if cell.data_type == "e":
        return CellError(cell.value)
    text = isinstance(cell.value, str)
    return cell_value(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value) if text else cell.value)


def cell_value(value: Any) -> Value:
    """A cell as the importer knows it: blank is None, a whole number is an int, a time of day is text."""
    if isinstance(value, str):
        value = printable(value.replace("\r\n", "\n").replace("\r", "\n"))
        return value if value and not value.isspace() else None
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, bool | int | date) else None if value is None else str(value)
