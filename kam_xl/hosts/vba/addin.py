"""Builds ``kam_xl.xlam``: the functions in every workbook, and a tab of the ribbon for the macros."""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import xlsxwriter

from kam_xl import __version__
from kam_xl.hosts.vba import package
from kam_xl.hosts.vba.modules import WORKBOOK, document, module
from kam_xl.hosts.vba.project import build
from kam_xl.hosts.vba.ribbon import PART, RELATION, ribbon_xml
from kam_xl.hosts.vba.sources import ADDIN_PROJECT, own, xlwings_module
from kam_xl.hosts.vba.workbook import (
    INTELLISENSE_SHEET,
    WORKBOOK_CODE_NAME,
    intellisense_rows,
    sheet_code_names,
    xlwings_conf,
)
from kam_xl.hosts.vba.wrappers import functions_module
from kam_xl.writing import write_file

FILE_NAME = "kam_xl.xlam"
CONF_SHEET = f"{ADDIN_PROJECT}.conf"
_ALWAYS = dt.datetime(2025, 1, 1)


def addin_project(sheets: int, functions: bool) -> bytes:
    """``xl/vbaProject.bin`` of the add-in."""
    documents = [document(WORKBOOK_CODE_NAME, WORKBOOK), *map(document, sheet_code_names(sheets))]
    modules = [own("KamButtons"), own("KamRibbon"), xlwings_module(addin=True)]
    if functions:
        modules.insert(0, module(functions_module()))
    return build([*documents, *modules], "KamXl")


def addin_bytes(python: str = sys.executable, functions: bool | None = None) -> bytes:
    """The add-in.

    Parameters
    ----------
    python
        The interpreter that answers.
    functions
        Whether it has the worksheet functions. If omitted: not on a Mac, where xlwings runs macros only.
    """
    if functions is None:
        functions = sys.platform != "darwin"
    sheets: dict[str, list[list[str | float]]] = {
        "KAM": [[f"kam_xl {__version__}"]],
        CONF_SHEET: [list(row) for row in xlwings_conf(python)],
        INTELLISENSE_SHEET: intellisense_rows() if functions else [["FunctionInfo", 1.0]],
    }
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(  # Excel's dialogue of add-ins shows title and comments
        {
            "title": "KAM",
            "comments": "Key account management: functions and a tab of the ribbon, by kam_xl.",
            "created": _ALWAYS,
        }
    )
    book.set_vba_name(WORKBOOK_CODE_NAME)
    for code_name, (name, rows) in zip(sheet_code_names(len(sheets)), sheets.items(), strict=True):
        sheet = book.add_worksheet(name)
        sheet.set_vba_name(code_name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(place, column, value)
        if name == INTELLISENSE_SHEET:
            sheet.hide()
    book.add_vba_project(io.BytesIO(addin_project(len(sheets), functions)), is_stream=True)
    book.close()
    return package.to_bytes(_as_addin(package.read_parts(buffer.getvalue())))


def _as_addin(parts: dict[str, bytes]) -> dict[str, bytes]:
    """A workbook with macros turned into an add-in with a ribbon."""
    _replace(parts, package.CONTENT_TYPES, package.WITH_MACROS, package.ADDIN)
    _replace(parts, "xl/workbook.xml", "<workbookView ", '<workbookView visibility="hidden" ')
    relation = f'<Relationship Id="rIdRibbon" Type="{RELATION}" Target="{PART}"/></Relationships>'
    _replace(parts, "_rels/.rels", "</Relationships>", relation)
    return {**parts, PART: ribbon_xml().encode()}


def _replace(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    if text.count(old) != 1:
        raise AssertionError(f"{name} is not as XlsxWriter used to write it: {old}")
    parts[name] = text.replace(old, new).encode()


def build_addin(
    path: str | Path, python: str = sys.executable, functions: bool | None = None, *, force: bool = False
) -> Path:
    """Write the add-in to `path` (a file, or a folder to put ``kam_xl.xlam`` in) and return the file.

    Raises
    ------
    HostError
        xlwings is not installed.
    DataError
        The file is there and `force` is not given, or it cannot be written.
    """
    target = Path(path)
    if target.is_dir():
        target = target / FILE_NAME
    return write_file(target, addin_bytes(python, functions), force=force)
