"""A workbook with macros around our project, as the generator makes one."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from pyopenvba import check_file

from kam_xl.content.pages import PAGES, sheets_of
from kam_xl.errors import HostError
from kam_xl.hosts.vba import (
    BUTTONS,
    CONF_SHEET,
    INTELLISENSE_SHEET,
    WORKBOOK_CODE_NAME,
    intellisense_rows,
    sheet_code_names,
    sources,
    vba_project,
    workbook,
    xlwings_conf,
)

MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def make(path: Path) -> Path:
    """A workbook with every button on its sheet, the settings and the help."""
    names = [*dict.fromkeys(button.sheet for button in BUTTONS), CONF_SHEET, INTELLISENSE_SHEET]
    book = xlsxwriter.Workbook(str(path))
    book.set_vba_name(WORKBOOK_CODE_NAME)
    sheets = {name: book.add_worksheet(name) for name in names}
    code_names = sheet_code_names(len(names))
    for code_name, sheet in zip(code_names, sheets.values(), strict=True):
        sheet.set_vba_name(code_name)
    for row, button in enumerate(BUTTONS):
        sheets[button.sheet].insert_button(2 * row, 3, {"macro": button.macro, "caption": button.caption})
    for name, rows in ((CONF_SHEET, xlwings_conf()), (INTELLISENSE_SHEET, intellisense_rows())):
        for place, cells in enumerate(rows):
            sheets[name].write_row(place, 0, cells)
        sheets[name].hide()
    book.add_vba_project(io.BytesIO(vba_project(code_names)), is_stream=True)
    book.close()
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("workbook") / "accounts.xlsm")


def test_package_is_whole_for_another_reader(path: Path) -> None:
    report = check_file(path)
    assert report.ok
    assert report.complete
    assert report.issues == ()


def test_every_button_calls_a_macro_of_the_workbook(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        drawings = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".vml")]
    called = [macro for text in drawings for macro in re.findall(r"<x:FmlaMacro>\[0\]!(\w+)<", text)]
    assert sorted(called) == sorted(button.macro for button in BUTTONS)


def test_buttons_stand_on_sheets_that_there_are() -> None:
    assert {button.sheet for button in BUTTONS} <= set(sheets_of(list(PAGES)))


def test_settings_have_no_gaps_and_no_python_of_a_system_without_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    settings = xlwings_conf()
    assert all(key and isinstance(value, str) for key, value in settings)
    assert len(dict(settings)) == len(settings)
    assert dict(settings) == {
        "UDF MODULES": "kam_xl.udfs",
        "USE UDF SERVER": "True",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "PYTHONPATH": "",
        "CONDA PATH": "",
        "CONDA ENV": "",
    }


def test_settings_name_python_without_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    local = r"C:\Users\somebody\AppData\Local"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(workbook.os, "sep", "\\")
    monkeypatch.setenv("LOCALAPPDATA", local)
    monkeypatch.setenv("USERPROFILE", r"C:\Users\somebody")
    python = rf"{local}\Programs\Python\Python312\python.exe"
    assert dict(xlwings_conf(python))["INTERPRETER_WIN"] == r"%LOCALAPPDATA%\Programs\Python\Python312\python.exe"
    assert dict(xlwings_conf(r"D:\env\python.exe"))["INTERPRETER_WIN"] == r"D:\env\python.exe"
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(workbook.os, "sep", "/")
    home = str(Path.home())
    assert dict(xlwings_conf(f"{home}/env/bin/python"))["INTERPRETER_MAC"] == "$HOME/env/bin/python"
    assert dict(xlwings_conf("/usr/bin/python3"))["INTERPRETER_MAC"] == "/usr/bin/python3"


def test_conda_is_named_by_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = tmp_path / "envs" / "kam"
    (environment / "conda-meta").mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "prefix", str(environment))
    monkeypatch.setenv("CONDA_EXE", str(tmp_path / "Scripts" / "conda.exe"))
    settings = dict(xlwings_conf())
    assert settings["CONDA PATH"] == str(tmp_path)
    assert settings["CONDA ENV"] == str(environment)
    assert "INTERPRETER_WIN" not in settings
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (tmp_path / "conda-meta").mkdir()
    assert dict(xlwings_conf())["CONDA ENV"] == "base"


def test_keys_are_those_that_xlwings_reads() -> None:
    folder = sources.xlwings_folder()
    assert folder
    read = set(re.findall(r'GetConfig\("([^"]+)"', (folder / "xlwings.bas").read_text()))
    assert {key for key, _ in xlwings_conf()} <= read
    assert {"INTERPRETER_WIN", "INTERPRETER_MAC"} <= read


def test_without_xlwings_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "find_spec", lambda _: None)
    with pytest.raises(HostError, match=r"Excel needs xlwings .* pip install xlwings"):
        vba_project(["Sheet1"])
    assert sources.xlwings_version() is None
