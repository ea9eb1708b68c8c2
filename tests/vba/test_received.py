"""What the doctor says of settings and code in a received workbook, with or without macros."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from vba.pretended import CONF, PYTHON, VERSION, by_name, make, windows

from kam_xl.doctor import examine, mend
from kam_xl.hosts.vba import CONF_SHEET, build_addin, modules, project, reading
from kam_xl.hosts.vba.file import WorkbookFile
from kam_xl.hosts.vba.package import VBA_PART
from kam_xl.hosts.vba.workbook import code_modules

EVIL = {"INTERPRETER_WIN": r"\\evil\share\python.exe", "PYTHONPATH": r"C:\evil"}


def plain(path: Path, sheets: dict[str, dict[str, str]], hidden: bool = True) -> Path:
    """A workbook without macros, with sheets of settings."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data")
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows.items()):
                sheet.write_row(row, 0, cells)
            if hidden:
                sheet.very_hidden()
    return path


def settings_line(path: Path, tmp_path: Path) -> tuple[str, str]:
    finding = by_name(examine(path, windows(tmp_path)))["settings"]
    return finding.state, finding.line


@pytest.mark.parametrize("name", ["xlwings.conf", "kam_xl.conf", "XLWINGS.CONF", "Kam_Xl.conf", "other.conf"])
@pytest.mark.parametrize("hidden", [True, False])
def test_a_sheet_of_settings_in_a_plain_workbook_is_named(tmp_path: Path, name: str, hidden: bool) -> None:
    state, line = settings_line(plain(tmp_path / "a.xlsx", {name: EVIL}, hidden), tmp_path)
    assert state == "wrong"
    assert line == (
        f"the sheet {name} tells xlwings' add-ins which Python to start"
        r" (INTERPRETER_WIN \\evil\share\python.exe); delete it"
    )


def test_a_plain_workbook_with_settings_is_taken_for_no_add_in(tmp_path: Path) -> None:
    found = by_name(examine(plain(tmp_path / "a.xlsx", {"kam_xl.conf": EVIL}), windows(tmp_path)))
    assert found["add-in"].line.startswith("is not installed")
    assert found["macros"].line == "none that reach Python"


@pytest.mark.parametrize("make_file", [plain, lambda path, sheets: make(path)])
def test_a_workbook_as_it_should_be_has_nothing_to_tell(tmp_path: Path, make_file) -> None:
    state, line = settings_line(make_file(tmp_path / "a.xlsm", {"Prices": {}, "config": {}}), tmp_path)
    assert (state, line) == ("ok", "nothing that would start a program of somebody else")


def test_the_settings_that_the_generator_writes_are_ours(tmp_path: Path) -> None:
    from kam_xl.hosts.vba import xlwings_conf

    assert settings_line(make(tmp_path / "a.xlsm", dict(xlwings_conf())), tmp_path)[0] == "ok"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"INTERPRETER_WIN": r"\\evil\share\python.exe"}, r"INTERPRETER_WIN is on a server: \\evil\share\python.exe"),
        ({"INTERPRETER_WIN": "//evil/share/python.exe"}, "INTERPRETER_WIN is on a server: //evil/share/python.exe"),
        ({"INTERPRETER_WIN": "https://evil/python.exe"}, "INTERPRETER_WIN is on a server: https://evil/python.exe"),
        ({"INTERPRETER_WIN": "python"}, "INTERPRETER_WIN is no full path: python"),
        ({"INTERPRETER_WIN": r"bin\python.exe"}, r"INTERPRETER_WIN is no full path: bin\python.exe"),
        ({"CONDA PATH": r"\\evil\conda"}, r"CONDA PATH is on a server: \\evil\conda"),
        ({"INTERPRETER_MAC": "python3"}, "INTERPRETER_MAC is no full path: python3"),
        ({"PYTHONPATH": r"C:\evil"}, r"PYTHONPATH is not ours: C:\evil"),
        ({"UDF MODULES": "kam_xl.udfs;evil"}, "UDF MODULES is not ours: kam_xl.udfs;evil"),
        ({"ADD_WORKBOOK_TO_PYTHONPATH": "True"}, "ADD_WORKBOOK_TO_PYTHONPATH is not ours: True"),
        ({"USE UDF SERVER": "False"}, "USE UDF SERVER is not ours: False"),
        ({"LICENSE_KEY": "';import os"}, "LICENSE_KEY is not ours: ';import os"),
        ({"SHAREPOINT_WIN": r"\\evil\x"}, r"SHAREPOINT_WIN is not ours: \\evil\x"),
    ],
)
def test_a_setting_of_its_own_sheet_that_is_not_ours_is_named(
    tmp_path: Path, change: dict[str, str], line: str
) -> None:
    state, told = settings_line(make(tmp_path / "a.xlsm", {**CONF, **change}), tmp_path)
    assert state == "wrong"
    assert told == line


def test_settings_that_are_not_ours_are_mended_in_a_copy(tmp_path: Path) -> None:
    changed = {"PYTHONPATH": "evil", "UDF MODULES": "evil", "ADD_WORKBOOK_TO_PYTHONPATH": "TRUE", "LICENSE_KEY": "x"}
    file = make(tmp_path / "a.xlsm", {**CONF, **changed})
    assert by_name(mend(file, windows(tmp_path)))["settings"].state == "mended"
    conf = WorkbookFile.read(tmp_path / "a.mended.xlsm").conf(CONF_SHEET)
    assert conf == {**CONF, "LICENSE_KEY": ""}


def test_the_first_of_a_key_counts_in_vba_and_here(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", {"INTERPRETER_WIN": r"\\evil\python.exe", "interpreter_win": PYTHON})
    assert settings_line(file, tmp_path)[1].startswith("INTERPRETER_WIN is on a server")


def test_a_setting_that_is_a_formula_is_named(tmp_path: Path) -> None:
    file = make(tmp_path / "a.xlsm", {"INTERPRETER_WIN": '="C:\\evil\\python.exe"'})
    assert "a setting on xlwings.conf is a formula" in settings_line(file, tmp_path)[1]


def test_code_on_a_sheet_is_named(tmp_path: Path) -> None:
    line = settings_line(plain(tmp_path / "a.xlsx", {"numpy.py": {"import os": ""}}), tmp_path)[1]
    assert line == "the sheet numpy.py holds code that xlwings can run; delete it"


@pytest.mark.parametrize("name", ["xlwings.conf", "kam_xl.conf"])
def test_a_text_file_of_settings_beside_the_workbook_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('"INTERPRETER_WIN","C:\\evil\\python.exe"')
    line = settings_line(plain(tmp_path / "a.xlsx", {}), tmp_path)[1]
    assert line == f"the file {name} beside it tells xlwings which Python to start; delete it"


def test_many_are_one_short_line_that_a_terminal_can_show(tmp_path: Path) -> None:
    sheets = {f"{number}{'x' * 20}.conf": {"PYTHONPATH": "\x1b[2J" + "y" * 200} for number in range(9)}
    line = settings_line(plain(tmp_path / "a.xlsx", sheets), tmp_path)[1]
    assert line.endswith("– and 8 more like it")
    assert line.isprintable()


def test_a_workbook_whose_macros_listen_to_other_files_is_mended(tmp_path: Path) -> None:
    """One that was made before: xlwings' module, of the same version, as xlwings has it."""
    parts = [modules.document("ThisWorkbook", modules.WORKBOOK), *map(modules.document, ("Sheet1", "Sheet2"))]
    for each in code_modules():
        text = each.source.replace("'Changed by kam_xl", "'Once") if each.name == "xlwings" else each.source
        parts.append(modules.Module(each.name, each.kind, text))
    file = make(tmp_path / "a.xlsm", vba=project.build(parts))
    finding = by_name(examine(file, windows(tmp_path)))["macros"]
    assert finding.state == "wrong"
    assert finding.line == "take their settings from other files, too; mend a copy: kam-xl doctor --mend FILE"
    assert by_name(mend(file, windows(tmp_path)))["macros"].state == "mended"
    mended = reading.read(WorkbookFile.read(tmp_path / "a.mended.xlsm").parts[VBA_PART]).source("xlwings")
    assert "'Changed by kam_xl" in mended
    assert f"'Version: {VERSION}" in mended


def test_an_add_in_that_listens_to_other_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    file = build_addin(tmp_path, PYTHON)
    monkeypatch.undo()
    assert by_name(examine(None, windows(tmp_path, addin=file)))["add-in"].state == "ok"
    read = WorkbookFile.read(file)
    found = read.project
    assert found
    changed = [modules.Module(m.name, m.kind, m.source.replace("Private Function", "Function")) for m in found.modules]
    read.parts[VBA_PART] = project.build(changed, found.name)
    file.write_bytes(read.to_bytes())
    finding = by_name(examine(None, windows(tmp_path, addin=file)))["add-in"]
    assert finding.state == "wrong"
    assert finding.line == "takes its settings from other files; install it again: kam-xl addin install excel"
