"""What the doctor finds, on pretended computers, and what it mends: a copy, never the file."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pyopenvba import check_file
from vba.cfb_check import faults
from vba.pretended import CONF, LAMBDA, PYTHON, VERSION, by_name, make, old_project, windows

from kam_xl import doctor
from kam_xl.doctor import Finding, examine, mend
from kam_xl.errors import DataError
from kam_xl.hosts.libreoffice import extension
from kam_xl.hosts.vba import CONF_SHEET, build_addin, modules, project, reading
from kam_xl.hosts.vba.file import WorkbookFile
from kam_xl.hosts.vba.machine import Machine
from kam_xl.hosts.vba.package import VBA_PART
from kam_xl.hosts.vba.workbook import code_modules


def test_a_computer_and_a_workbook_on_which_all_is_well(tmp_path: Path) -> None:
    file = make(tmp_path / "accounts.xlsm")
    found = examine(file, windows(tmp_path))
    assert {finding.state for finding in found} == {"ok"}
    assert set(by_name(found)) >= {"Python", "xlwings", "Excel", "add-in", "LibreOffice", "macros", "interpreter"}
    assert mend(file, windows(tmp_path)) == found
    assert [each.name for each in tmp_path.iterdir()] == ["accounts.xlsm"]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"xlwings": None}, "pip install xlwings"),
        ({"pywin32": False}, "pywin32 is missing; install it with: pip install pywin32"),
        ({"libraries": frozenset()}, f"xlwings64-{VERSION}.dll is not beside Python; mend it with: pip install"),
        ({"libraries": frozenset(), "excel_bits": 32}, f"xlwings32-{VERSION}.dll is not"),
        ({"libraries": frozenset(), "excel_bits": None}, f"xlwings32-{VERSION}.dll, xlwings64-{VERSION}.dll is not"),
        ({"libraries": frozenset({"xlwings64-0.1.dll"})}, f"xlwings64-{VERSION}.dll is not"),
        ({"system": "darwin", "runpython": False}, "run once: xlwings runpython install"),
    ],
)
def test_what_is_wrong_with_xlwings_is_named(tmp_path: Path, facts: dict[str, Any], line: str) -> None:
    finding = by_name(examine(None, windows(tmp_path, **facts)))["xlwings"]
    assert finding.state == "wrong"
    assert line in finding.line


def test_no_excel_no_need_of_xlwings(tmp_path: Path) -> None:
    found = by_name(examine(None, Machine(system="linux", xlwings=None, addin=None, office_profile=tmp_path)))
    assert found["xlwings"].state == "ok"
    assert "add-in" not in found


def test_this_computer_is_examined() -> None:
    assert by_name(examine())["Python"].line.endswith(sys.executable)


def test_excel_and_python_of_different_bitness_work_together(tmp_path: Path) -> None:
    finding = by_name(examine(None, windows(tmp_path, excel_bits=32, bits=64)))["Excel"]
    assert finding == Finding("Excel", "ok", "Excel is 32-bit, Python 64-bit: they work together")


def test_the_extension_of_libreoffice_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "kam-xl addin install libreoffice" in by_name(examine(None, windows(tmp_path)))["LibreOffice"].line
    place = tmp_path / "user/uno_packages/cache/uno_packages/lu1.tmp_/kam_xl.oxt"
    client = place / "pythonpath" / "kam_xl_client.py"
    client.parent.mkdir(parents=True)
    client.write_text(extension.parts()["pythonpath/kam_xl_client.py"], encoding="utf-8")
    assert by_name(examine(None, windows(tmp_path)))["LibreOffice"] == Finding(
        "LibreOffice", "ok", "has the KAM functions"
    )
    client.write_text(client.read_text(encoding="utf-8").replace('"-P", ', ""), encoding="utf-8")
    found = by_name(examine(None, windows(tmp_path)))["LibreOffice"]
    assert found.state == "wrong"
    assert found.line.endswith("of another kam_xl; install them again: kam-xl addin install libreoffice")
    monkeypatch.setattr(doctor, "install_extension", lambda: "installed")
    assert by_name(mend(None, windows(tmp_path)))["LibreOffice"] == Finding("LibreOffice", "mended", "installed")


def test_an_add_in_for_another_python_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path))
    folder = tmp_path / "Microsoft" / "Excel" / "XLSTART"
    folder.mkdir(parents=True)
    there = windows(tmp_path, addin=build_addin(folder, r"C:\old\python.exe"))
    finding = by_name(examine(None, there))["add-in"]
    assert finding.state == "wrong"
    assert r"C:\old\python.exe; install it again: kam-xl addin install excel" in finding.line
    mended = by_name(mend(None, there))["add-in"]
    assert mended.state == "mended"
    assert "restart Excel" in mended.line
    settings = WorkbookFile.read(folder / "kam_xl.xlam").conf("kam_xl.conf")
    assert settings["INTERPRETER_WIN"] == sys.executable
    there.addin.write_bytes(b"PK")  # type: ignore[union-attr]
    assert "is damaged" in by_name(examine(None, there))["add-in"].line


def test_an_add_in_can_be_named_as_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    file = build_addin(tmp_path, PYTHON)
    found = {finding.line: finding.state for finding in examine(file, windows(tmp_path))}
    assert found[f"is for this Python: {file}"] == "ok"


@pytest.mark.parametrize(
    ("conf", "line"),
    [
        ({**CONF, "INTERPRETER_WIN": r"C:\gone\python.exe"}, r"is not there: C:\gone\python.exe; mend a copy"),
        ({**CONF, "INTERPRETER_WIN": r"C:\other\python.exe"}, r"is another Python: C:\other\python.exe; mend a copy"),
        ({"UDF MODULES": "kam_xl.udfs"}, "the workbook names none; mend a copy"),
    ],
)
def test_another_interpreter_is_mended_in_a_copy(tmp_path: Path, conf: dict[str, str], line: str) -> None:
    file = make(tmp_path / "accounts.xlsm", conf)
    before = file.read_bytes()
    assert line in by_name(examine(file, windows(tmp_path)))["interpreter"].line
    found = by_name(mend(file, windows(tmp_path)))
    assert found["interpreter"].state == "mended"
    assert found["copy"].line == f"the mended copy is {tmp_path / 'accounts.mended.xlsm'}"
    assert file.read_bytes() == before
    copy = WorkbookFile.read(tmp_path / "accounts.mended.xlsm")
    assert copy.conf(CONF_SHEET) == {**conf, "INTERPRETER_WIN": PYTHON}
    assert check_file(tmp_path / "accounts.mended.xlsm").ok
    assert {finding.state for finding in examine(tmp_path / "accounts.mended.xlsm", windows(tmp_path))} == {"ok"}
    mend(file, windows(tmp_path))
    assert (tmp_path / "accounts.mended-2.xlsm").exists()


def test_the_windowed_python_and_variables_are_this_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", r"C:\Kam")
    file = make(tmp_path / "a.xlsm", {**CONF, "INTERPRETER_WIN": r"%LOCALAPPDATA%\pythonw.exe"})
    assert by_name(examine(file, windows(tmp_path)))["interpreter"].line == "is this Python"


def test_condas_environment_is_accepted(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", {"CONDA PATH": r"C:\conda", "CONDA ENV": "kam"})
    assert by_name(examine(file, windows(tmp_path)))["interpreter"] == Finding("interpreter", "ok", "is conda's: kam")


def test_missing_settings_are_named(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", None)
    assert "the sheet xlwings.conf is missing" in by_name(examine(file, windows(tmp_path)))["interpreter"].line
    assert by_name(mend(file, windows(tmp_path)))["interpreter"].state == "wrong"


def test_macros_for_another_xlwings_are_replaced_and_the_users_own_stay(tmp_path: Path) -> None:
    mine = modules.module('Attribute VB_Name = "Mine"\nPublic Sub Go()\nEnd Sub')
    file = make(tmp_path / "a.xlsm", vba=old_project((mine,)))
    finding = by_name(examine(file, windows(tmp_path)))["macros"]
    assert finding.state == "wrong"
    assert f"are for xlwings 0.30.1, but {VERSION} is installed; mend a copy" in finding.line
    assert by_name(mend(file, windows(tmp_path)))["macros"].state == "mended"
    data = WorkbookFile.read(tmp_path / "a.mended.xlsm").parts[VBA_PART]
    assert faults(data) == []
    found = reading.read(data)
    assert [module.name for module in found.modules] == [
        *("ThisWorkbook", "Sheet1", "Sheet2", "KamFunctions", "KamButtons", "xlwings", "Mine")
    ]
    assert "'mine" in found.source("Sheet1")
    assert "Sub Go()" in found.source("Mine")
    assert {module.name: module for module in code_modules()}["KamFunctions"].source == found.source("KamFunctions")


def test_functions_that_are_missing_are_added(tmp_path: Path) -> None:
    old = reading.read(old_project()).modules
    texts = [modules.Module(each.name, each.kind, each.source.replace("0.30.1", VERSION)) for each in old]
    file = make(tmp_path / "a.xlsm", vba=project.build(texts))
    assert "lack functions: KAM_NPS; mend a copy" in by_name(examine(file, windows(tmp_path)))["macros"].line
    assert by_name(mend(file, windows(tmp_path)))["macros"].state == "mended"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (("stdole",), ("MSForm",), "it uses MSForm"),
        (("Class=Helper",), ("BaseClass=Helper",), "it has forms (Helper)"),
    ],
)
def test_a_project_that_cannot_be_written_without_loss_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: tuple[str], new: tuple[str], reason: str
) -> None:
    helper = modules.Module("Helper", "Class", modules.document("Helper").source)
    original, head = project._dir, project._project
    monkeypatch.setattr(project, "_dir", lambda *a: original(*a).replace(old[0].encode(), new[0].encode()))
    monkeypatch.setattr(project, "_project", lambda *a: head(*a).replace(old[0].encode(), new[0].encode()))
    file = make(tmp_path / "a.xlsm", vba=old_project((helper,)))
    monkeypatch.undo()
    finding = by_name(mend(file, windows(tmp_path)))["macros"]
    assert finding.state == "wrong"
    assert reason in finding.line
    assert "make the workbook anew: kam-xl new" in finding.line
    assert not (tmp_path / "a.mended.xlsm").exists()


def test_a_synchronised_folder_needs_a_setting(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Contoso"
    folder.mkdir()
    assert by_name(examine(make(folder / "a.xlsm"), windows(tmp_path)))["folder"].state == "ok"
    file = make(folder / "b.xlsm", {key: value for key, value in CONF.items() if not key.startswith("ADD")})
    assert by_name(examine(file, windows(tmp_path)))["folder"].state == "wrong"
    assert by_name(mend(file, windows(tmp_path)))["folder"].state == "mended"
    assert WorkbookFile.read(folder / "b.mended.xlsm").conf(CONF_SHEET)["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"


def test_lambda_names_beside_macros_are_taken_out(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", names=dict.fromkeys(("KAM_ABC", "KAM_X_SUMS", "KAM_HHI", "MyOwn"), LAMBDA))
    finding = by_name(examine(file, windows(tmp_path)))["names"]
    assert "twice, as macros and as names: KAM_ABC, KAM_HHI" in finding.line
    assert by_name(mend(file, windows(tmp_path)))["macros"].state == "ok"
    assert list(WorkbookFile.read(tmp_path / "a.mended.xlsm").defined_names()) == ["MyOwn"]
    only = make(tmp_path / "b.xlsm", names={"KAM_ABC": LAMBDA})
    mend(only, windows(tmp_path))
    with zipfile.ZipFile(tmp_path / "b.mended.xlsm") as archive:
        assert b"definedName" not in archive.read("xl/workbook.xml")


def test_a_users_name_that_is_called_like_a_function_is_left_alone(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", names={"Kam_Abc": "=Data!$A$1"})
    found = by_name(mend(file, windows(tmp_path)))
    assert found["names"] == Finding("names", "wrong", "are called like functions: Kam_Abc; rename them")
    assert not (tmp_path / "a.mended.xlsm").exists()


def test_a_file_from_the_internet_is_named_and_its_copy_stays_marked(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", {"UDF MODULES": "kam_xl.udfs"})
    (tmp_path / "a.xlsm.mark").write_text("[ZoneTransfer]\r\nZoneId=3\r\n")
    found = by_name(mend(file, windows(tmp_path)))
    assert found["origin"].state == "wrong"
    assert "if you trust it: Properties, then Unblock" in found["origin"].line
    assert "ZoneId=3" in (tmp_path / "a.mended.xlsm.mark").read_text()


def test_a_workbook_without_macros_needs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(file))
    book.add_worksheet()
    book.close()
    assert by_name(examine(file, windows(tmp_path)))["macros"] == Finding("macros", "ok", "none that reach Python")


@pytest.mark.parametrize(
    ("content", "line"),
    [(None, "no such file"), (b"text", "cannot be read"), (b"PK\x05\x06" + bytes(18), "not an Excel workbook")],
)
def test_files_that_cannot_be_read_are_one_line(tmp_path: Path, content: bytes | None, line: str) -> None:
    file = tmp_path / "a.xlsm"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DataError, match=line):
        examine(file, windows(tmp_path))


def test_a_damaged_project_is_one_line(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", vba=b"nonsense")
    with pytest.raises(DataError, match=r"cannot be read \(not a compound file\)"):
        examine(file, windows(tmp_path))
