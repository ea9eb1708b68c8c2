"""What a workbook may do when Excel opens it for us: only our own macros run, with this computer's settings."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from vba.pretended import make, windows

from kam_xl.errors import DataError
from kam_xl.excel_check.opening import prepared
from kam_xl.hosts.vba import modules, project, sheet_code_names, vba_project, xlwings_conf
from kam_xl.hosts.vba.file import WorkbookFile
from kam_xl.hosts.vba.workbook import code_modules

OWN = {key.upper(): value for key, value in xlwings_conf()}


def changed(name: str, old: str, new: str) -> bytes:
    """Our project with a module that says something else."""
    found = [modules.document("ThisWorkbook", modules.WORKBOOK), *map(modules.document, sheet_code_names(2))]
    for module in code_modules():
        text = module.source
        if module.name == name:
            assert old in text
            text = text.replace(old, new)
        found.append(modules.Module(module.name, module.kind, text))
    return project.build(found)


def with_code(name: str, code: str) -> bytes:
    """Our project with code behind the workbook or a sheet."""
    base = {"ThisWorkbook": modules.WORKBOOK}
    documents = [
        modules.document(each, base.get(each, modules.WORKSHEET), code if each == name else "")
        for each in ("ThisWorkbook", *sheet_code_names(2))
    ]
    return project.build([*documents, *code_modules()])


def test_our_own_macros_run(tmp_path: Path) -> None:
    assert prepared(make(tmp_path / "ours.xlsm", OWN), tmp_path / "copy.xlsm") == ""
    assert (
        prepared(make(tmp_path / "none.xlsm", OWN, vba=vba_project(sheet_code_names(2), False)), tmp_path / "b") == ""
    )


@pytest.mark.parametrize(
    ("vba", "named"),
    [
        (with_code("ThisWorkbook", "Private Sub Workbook_Open()\nShell \"calc\"\nEnd Sub\n"), "ThisWorkbook"),
        (with_code("Sheet1", "Private Sub Worksheet_Calculate()\nKill \"x\"\nEnd Sub\n"), "Sheet1"),
        (changed("KamButtons", "KamDescribeOnce\r\n", "Shell \"calc\"\r\n"), "KamButtons"),
        (changed("xlwings", "Private ", "Public ", ), "xlwings"),
        (project.build([modules.document("ThisWorkbook", modules.WORKBOOK), *map(modules.document, sheet_code_names(2)),
                        modules.module('Attribute VB_Name = "Auto"\nSub Auto_Open()\nEnd Sub\n')]), "Auto"),
    ],
)  # fmt: skip
def test_macros_of_somebody_else_do_not_run(tmp_path: Path, vba: bytes, named: str) -> None:
    reason = prepared(make(tmp_path / "other.xlsm", OWN, vba=vba), tmp_path / "copy.xlsm")
    assert reason == f"its macros do not run: not all of them are those of this kam_xl ({named})"


@pytest.mark.parametrize(
    "change",
    [
        {"PYTHONPATH": r"\\server\share"},
        {"INTERPRETER_WIN": r"\\server\share\python.exe"},
        {"UDF MODULES": "evil"},
        {"CONDA PATH": r"C:\evil"},
        {"LICENSE_KEY": '"); import os; ("'},
    ],
)
def test_settings_that_name_another_python_keep_the_macros_from_running(tmp_path: Path, change: dict[str, str]) -> None:
    """The settings sheet decides which program xlwings' macros start."""
    reason = prepared(make(tmp_path / "other.xlsm", {**OWN, **change}), tmp_path / "copy.xlsm")
    assert reason.startswith("its macros do not run: its sheet xlwings.conf is not as this computer needs it")


def test_a_setting_that_excel_would_compute_keeps_the_macros_from_running(tmp_path: Path) -> None:
    """What is stored for a formula is what its writer wanted to be read."""
    file = make(tmp_path / "ours.xlsm", OWN)
    parts = WorkbookFile.read(file).parts
    computed = tmp_path / "computed.xlsm"
    with zipfile.ZipFile(computed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"<v>", b'<f>"x"</f><v>', 1) if "sheet2" in name else data)
    assert prepared(computed, tmp_path / "copy.xlsm").startswith("its macros do not run: its sheet xlwings.conf")


def test_macros_are_written_anew_from_their_text(tmp_path: Path) -> None:
    """A project may hold a compiled form that says something else than its text: Excel would run that."""
    file = make(tmp_path / "ours.xlsm", OWN)
    parts = WorkbookFile.read(file).parts
    stomped = tmp_path / "stomped.xlsm"
    with zipfile.ZipFile(stomped, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data + b"\0" * 512 if name == "xl/vbaProject.bin" else data)
    assert prepared(stomped, tmp_path / "copy.xlsm") == ""
    assert WorkbookFile.read(tmp_path / "copy.xlsm").parts["xl/vbaProject.bin"] == parts["xl/vbaProject.bin"]


def test_macros_of_excel_4_do_not_run(tmp_path: Path) -> None:
    file = make(tmp_path / "old.xlsm", OWN)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/macrosheets/sheet1.xml", "<xm:macrosheet/>")
    assert prepared(file, tmp_path / "copy.xlsm") == "its macros do not run: it has macros of Excel 4"


def test_a_file_from_the_internet_is_not_opened(tmp_path: Path) -> None:
    """Over its interface Excel opens it without the Protected View."""
    file = make(tmp_path / "received.xlsm", OWN)
    Path(f"{file}.mark").write_text("[ZoneTransfer]\nZoneId=3\n")
    with pytest.raises(DataError, match=r"received\.xlsm: came from the internet; if you trust it: Properties"):
        prepared(file, tmp_path / "copy.xlsm", windows(tmp_path))
    assert not (tmp_path / "copy.xlsm").exists()


@pytest.mark.parametrize("text", [b"", b"PK", b"no workbook at all"])
def test_a_file_that_is_no_workbook_is_one_line(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(text)
    with pytest.raises(DataError, match=r"x\.xlsx: (cannot be read|is empty)"):
        prepared(file, tmp_path / "copy.xlsx")
