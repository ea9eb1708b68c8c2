"""Computers and workbooks for the tests of the doctor."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import xlsxwriter

from kam_xl.doctor import Finding
from kam_xl.hosts.vba import CONF_SHEET, modules, project, sheet_code_names, vba_project
from kam_xl.hosts.vba.machine import Machine
from kam_xl.hosts.vba.sources import xlwings_version
from kam_xl.hosts.vba.workbook import code_modules

VERSION = str(xlwings_version())
PYTHON = r"C:\kam\python.exe"
CONF = {
    "INTERPRETER_WIN": PYTHON,
    "UDF MODULES": "kam_xl.udfs",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "PYTHONPATH": "",
}
LAMBDA = "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x)"


class Windows(Machine):
    """A computer with Windows on which all is well."""

    def has_file(self, path: str) -> bool:
        return path == r"C:\other\python.exe"

    def mark(self, path: Path) -> str:
        mark = Path(f"{path}.mark")
        return mark.read_text() if mark.exists() else ""

    def set_mark(self, path: Path, mark: str) -> None:
        if mark:
            Path(f"{path}.mark").write_text(mark)


def windows(tmp_path: Path, **facts: Any) -> Windows:
    libraries = frozenset(f"xlwings{bits}-{VERSION}.dll" for bits in (32, 64))
    given = {"system": "win32", "python": PYTHON, "pywin32": True, "libraries": libraries, "excel_bits": 64}
    return Windows(**{**given, "addin": None, "office_profile": tmp_path, **facts})


def make(
    path: Path, conf: dict[str, str] | None = CONF, names: dict[str, str] | None = None, vba: bytes | None = None
) -> Path:
    """A workbook with macros."""
    book = xlsxwriter.Workbook(str(path))
    book.set_vba_name("ThisWorkbook")
    data, settings = book.add_worksheet("Data"), book.add_worksheet(CONF_SHEET if conf is not None else "Other")
    for code_name, sheet in zip(sheet_code_names(2), (data, settings), strict=True):
        sheet.set_vba_name(code_name)
    data.write("A1", "Überblick")
    for row, cells in enumerate((conf or {}).items()):
        settings.write_row(row, 0, cells)
    for name, formula in (names or {}).items():
        book.define_name(name, formula)
    book.add_vba_project(io.BytesIO(vba or vba_project(sheet_code_names(2))), is_stream=True)
    book.close()
    return path


def old_project(extra: tuple[modules.Module, ...] = ()) -> bytes:
    """A project as an earlier xlwings and kam_xl made it, with a user's own code behind a sheet."""
    documents = [modules.document("ThisWorkbook", modules.WORKBOOK), modules.document("Sheet1", code="'mine\n")]
    found = []
    for module in code_modules():
        text = module.source.replace(VERSION, "0.30.1").replace("Function KAM_NPS(", "Function KAM_NET(")
        found.append(modules.Module(module.name, module.kind, text))
    return project.build([*documents, modules.document("Sheet2"), *found, *extra])


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    assert all("\n" not in finding.line and len(finding.line) < 300 for finding in findings)
    assert len({finding.what for finding in findings}) == len(findings)
    return {finding.what: finding for finding in findings}
