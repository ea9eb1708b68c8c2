"""Which Python Excel starts: the settings in the file itself decide, and nothing of any other file."""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba.exceptions import PyOpenVBAError
from vba.pretended_excel import excel, on_a_mac

from kam_xl.hosts.vba import BUTTONS, xlwings_conf
from kam_xl.hosts.vba.addin import CONF_SHEET as ADDIN_SHEET
from kam_xl.hosts.vba.sources import own_text, xlwings_folder, xlwings_module
from kam_xl.hosts.vba.workbook import CONF_SHEET

PYTHON = r"C:\mine\python.exe"
MACRO = "import kam_xl.macros; kam_xl.macros.run('{}')"
SERVE = ' -B -E -P -c "import xlwings; xlwings.serve(\'$(CLSID)\')""'
STARTS = r'C:\Windows\System32\cmd.exe /K ""{}"' + SERVE
EVIL = {
    "INTERPRETER_WIN": r"\\evil\share\python.exe",
    "INTERPRETER_MAC": "/tmp/evil",
    "INTERPRETER": r"C:\evil\python.exe",
    "CONDA PATH": r"\\evil\conda",
    "CONDA ENV": "base & calc",
    "LICENSE_KEY": "';import os;os.system('calc');'",
    "PYTHONPATH": r"\\evil\share",
    "UDF MODULES": "evil",
    "USE UDF SERVER": "False",
    "ADD_WORKBOOK_TO_PYTHONPATH": "True",
    "SHOW_ERROR_POPUPS": "False",
    "TEMP DIR": r"\\evil\share",
}
FRONT = {CONF_SHEET: EVIL, ADDIN_SHEET: EVIL, "myaddin.conf": EVIL, "numpy.py": {"import os": ""}}
SHEETS = [pytest.param(False, CONF_SHEET, id="workbook"), pytest.param(True, ADDIN_SHEET, id="add-in")]
PROCEDURE = re.compile(
    r"^(?:(Public|Private) )?(?:Function|Sub) (\w+)\(.*?^End (?:Function|Sub)", re.MULTILINE | re.DOTALL
)


def text_of(addin: bool) -> str:
    return xlwings_module(addin).source.replace("\r\n", "\n")


def installed(addin: bool) -> str:
    folder = xlwings_folder()
    assert folder
    return (folder / ("xlwings_custom_addin.bas" if addin else "xlwings.bas")).read_text(encoding="ascii")


def keys_asked(text: str) -> set[str]:
    return set(re.findall(r'GetConfig\("([^"]+)"', text))


@pytest.mark.parametrize(("addin", "sheet"), SHEETS)
@pytest.mark.parametrize("own", [{"INTERPRETER_WIN": PYTHON}, {}, None], ids=["named", "not named", "no sheet"])
def test_a_workbook_in_front_chooses_nothing(addin: bool, sheet: str, own: dict[str, str] | None) -> None:
    """Neither by its sheets of settings, whatever they are called, nor by code on its sheets."""
    ours = {} if own is None else {sheet: own}
    alone, beside = excel(addin, ours, {}), excel(addin, ours, FRONT)
    for key in sorted(keys_asked(installed(addin)) | EVIL.keys()):
        if not key.endswith("_MAC"):
            assert beside.run("GetConfig", key, "default") == alone.run("GetConfig", key, "default"), key
    for application in (alone, beside):
        application.run("RunPython", MACRO.format("check"))
    assert beside.console == alone.console
    python = PYTHON if own else r"C:\Python311\python.exe"
    assert beside.run("GetConfig", "INTERPRETER_WIN") == python
    assert set(alone.console) == {
        f"started: {STARTS.format(python)}",
        f"caller: {'Book2' if addin else 'Book1'}",
        f"run: {MACRO.format('check')}",
    }


@pytest.mark.parametrize("addin", [False, True])
def test_no_text_file_is_asked(addin: bool) -> None:
    """xlwings asks one beside the workbook and one of the user; here one file is opened: the log of what went wrong."""
    text = text_of(addin)
    opening = [body[0] for body in PROCEDURE.finditer(text) if re.search(r"^\s*Open ", body[0], re.MULTILINE)]
    assert [re.search(r"Function (\w+)", body)[1] for body in opening] == ["ReadFile"]  # type: ignore[index]
    assert "USERPROFILE" not in text
    assert '".conf"' not in re.sub(r"^Private Function KamSetting\(.*?^End Function", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("addin", [False, True])
def test_every_setting_that_xlwings_knows_is_ours_or_left_at_its_default(addin: bool) -> None:
    """A new xlwings with another setting, or another question, has to be looked at first."""
    assert keys_asked(installed(addin)) == {
        *("INTERPRETER", "INTERPRETER_WIN", "INTERPRETER_MAC", "CONDA PATH", "CONDA ENV", "PYTHONPATH", "LICENSE_KEY"),
        *("ADD_WORKBOOK_TO_PYTHONPATH", "USE UDF SERVER", "UDF MODULES", "DEBUG UDFS", "SHOW CONSOLE", "TEMP DIR"),
        *("SHOW_ERROR_POPUPS", "ONEDRIVE_CONSUMER_WIN", "ONEDRIVE_COMMERCIAL_WIN", "SHAREPOINT_WIN"),
        *("ONEDRIVE_CONSUMER_MAC", "ONEDRIVE_COMMERCIAL_MAC", "SHAREPOINT_MAC"),
    }
    asked = keys_asked(text_of(addin))
    assert asked == {
        "INTERPRETER",
        "INTERPRETER_WIN",
        "INTERPRETER_MAC",
        "CONDA PATH",
        "CONDA ENV",
        "SHOW_ERROR_POPUPS",
    }
    answered = set(re.findall(r'^        Case "(.*)"$', own_text("KamXlwings"), re.MULTILINE))
    assert answered == {"INTERPRETER_WIN", "INTERPRETER_MAC"}


def test_the_settings_that_are_read_are_those_that_are_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    read = set(re.findall(r'KamSetting\("([^"]+)"', own_text("KamXlwings")))
    written: set[str] = set()
    for platform in ("win32", "darwin", "linux"):
        monkeypatch.setattr(sys, "platform", platform)
        written |= dict(xlwings_conf("/usr/bin/python3")).keys()
    for_others = {"UDF MODULES", "USE UDF SERVER", "ADD_WORKBOOK_TO_PYTHONPATH", "PYTHONPATH"}  # xlwings' own add-in
    assert written - for_others == read
    assert written <= keys_asked(installed(False))


@pytest.mark.parametrize(
    ("own", "python"),
    [
        ({"INTERPRETER_WIN": r"%LOCALAPPDATA%\python.exe"}, r"C:\Users\R&D\AppData\python.exe"),
        ({"interpreter_win": PYTHON}, PYTHON),
        ({"INTERPRETER_WIN": "", "CONDA PATH": "", "CONDA ENV": ""}, r"C:\Python311\python.exe"),
        ({"CONDA PATH": r"C:\my conda"}, r"C:\Python311\python.exe"),
    ],
)
def test_python_is_started_by_its_full_path(own: dict[str, str], python: str) -> None:
    """One that nobody named is the first in a full folder of PATH that has xlwings' library: not in the current one."""
    assert excel(False, {CONF_SHEET: own}, {}).run("XLPyCommand") == STARTS.format(python)


@pytest.mark.parametrize(
    ("environment", "python"),
    [
        ("base", r"C:\my conda\python.exe"),
        ("kam-3.12", r"C:\my conda\envs\kam-3.12\python.exe"),
        (r"D:\envs\kam", r"D:\envs\kam\python.exe"),
    ],
)
def test_condas_python_is_started_by_its_full_path_too(environment: str, python: str) -> None:
    own = {"CONDA PATH": r"C:\my conda", "CONDA ENV": environment}
    activate = rf'"C:\my conda\condabin\conda" activate {environment} && '
    command = excel(True, {ADDIN_SHEET: own}, {}).run("XLPyCommand")
    assert command == rf'C:\Windows\System32\cmd.exe /K "{activate}"{python}"{SERVE}'


HOSTILE = (
    *(r"\\evil\share\python.exe", "//evil/share/python.exe", r"\\?\UNC\evil\python.exe", "python", "pythonw"),
    *(r".\python.exe", r"..\python.exe", r"\python.exe", "C:python.exe", r"CC:\python.exe", "https://evil/python.exe"),
    *(
        r'C:\a" & calc & "',
        r"C:\%CMDCMDLINE%\python.exe",
        "C:\\a\r\ncalc",
        r"C:\$(Environment:PATH)\python.exe",
        "calc & ",
    ),
)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("key", ["INTERPRETER_WIN", "CONDA PATH"])
def test_a_python_that_is_no_file_of_this_computer_is_refused(key: str, value: str) -> None:
    own = {key: value, **({"CONDA ENV": "kam"} if key == "CONDA PATH" else {})}
    with pytest.raises(PyOpenVBAError, match=f"{key} has a sign that no path may have, or is no full path"):
        excel(False, {CONF_SHEET: own}, {}).run("XLPyCommand")


@pytest.mark.parametrize(
    "value", ["kam & calc", "kam&calc", "kam|calc", "a^b", "%X%", "a b", '"a"', "a>b", "(a)", "a,b", "a\nb"]
)
def test_an_environment_of_conda_with_a_sign_of_the_shell_is_refused(value: str) -> None:
    own = {"CONDA PATH": r"C:\conda", "CONDA ENV": value}
    with pytest.raises(PyOpenVBAError, match="CONDA ENV has a sign"):
        excel(False, {CONF_SHEET: own}, {}).run("XLPyCommand")


@cache
def one_excel() -> Any:
    return excel(False, {CONF_SHEET: {"INTERPRETER_WIN": PYTHON, "CONDA PATH": "", "CONDA ENV": ""}}, {})


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("abC:\\/. %&|<>^\"'$()`;,!-\r\n\tü")), max_size=24), st.booleans())
def test_whatever_the_settings_say_the_shell_sees_one_program(text: str, absolute: bool) -> None:
    """Between quotation marks only a quotation mark or a per cent sign is special to it."""
    application = one_excel()
    sheet = application.application.vba_get("ThisWorkbook").vba_get("Sheets", [CONF_SHEET])
    value = "C:\\" + text if absolute else text
    sheet.vba_get("Range", ["B1"]).vba_set("Value", value)
    try:
        command = application.run("XLPyCommand")
    except PyOpenVBAError:
        return
    seen = re.fullmatch(re.escape(STARTS).replace(r"\{\}", r"([A-Za-z]:\\[^\"%\x00-\x1f]*)"), command)
    assert seen, command
    assert seen[1] in (value, r"C:\Python311\python.exe")


@pytest.mark.parametrize("addin", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        "",
        "import os; os.system('calc')",
        MACRO.format("check") + ";import os",
        MACRO.format("check'); import os; print('"),
        MACRO.format("Check"),
        MACRO.format("check\nx"),
        MACRO.format(""),
        " " + MACRO.format("check"),
        MACRO.format("x")[:-3] + ")",
    ],
)
def test_only_our_macros_are_run(addin: bool, command: str) -> None:
    """Any workbook can put RunPython of an add-in behind a picture, with an argument."""
    application = excel(addin, {}, {})
    with pytest.raises(PyOpenVBAError, match="only macros of kam_xl are run"):
        application.run("RunPython", command)
    assert application.console == []


@pytest.mark.parametrize("addin", [False, True])
def test_a_cell_runs_no_macro(addin: bool) -> None:
    application = excel(addin, {}, {}, in_cell=True)
    with pytest.raises(PyOpenVBAError, match="only macros of kam_xl are run"):
        application.run("RunPython", MACRO.format("check"))


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_every_button_passes(button: Any) -> None:
    application = excel(True, {}, {})
    application.run("RunPython", MACRO.format(button.run))
    assert f"run: {MACRO.format(button.run)}" in application.console


@pytest.mark.parametrize("addin", [False, True])
def test_cells_and_other_projects_can_call_two_procedures(addin: bool) -> None:
    text = text_of(addin)
    assert {found[2] for found in PROCEDURE.finditer(text) if found[1] != "Private"} == {"RunPython", "XLPy"}
    declared = re.findall(r"^\s*(.*)Declare", text, re.MULTILINE)
    assert declared
    assert set(declared) == {"Private "}


@pytest.mark.parametrize("addin", [False, True])
def test_what_stays_of_xlwings_is_as_it_was_and_calls_nothing_that_is_gone(addin: bool) -> None:
    before = {found[2]: found[0] for found in PROCEDURE.finditer(installed(addin))}
    ours = {found[2] for found in PROCEDURE.finditer(own_text("KamXlwings"))}
    after = {found[2]: found[0] for found in PROCEDURE.finditer(text_of(addin))}
    assert ours <= after.keys()
    for name in after.keys() - ours:
        body = re.sub(r"\A(?:Public|Private) ", "", before[name])
        assert re.sub(r"\A(?:Public|Private) ", "", after[name]) == body, name
    code = "\n".join(re.sub(r'"[^"]*"', "", line).split("'")[0] for line in "\n".join(after.values()).split("\n"))
    called = set(re.findall(r"\w+", code))
    assert not (before.keys() - after.keys()) & called
    for word in ("GetConfigFromSheet", "GetConfigFromFile", "ExecuteWindows", "RunFrozenPython", "LICENSE_KEY"):
        assert word not in text_of(addin)
    assert "'Changed by kam_xl: " in text_of(addin)


def test_nothing_of_a_workbook_is_in_the_command() -> None:
    """Names of files may hold & and ^ and %, and xlwings pastes them in."""
    body = next(found[0] for found in PROCEDURE.finditer(own_text("KamXlwings")) if found[2] == "XLPyCommand")
    assert not re.search(r"Workbook|FullName|\.Name|prepare_sys_path", body)
    assert "prepare_sys_path" not in text_of(True)


@pytest.mark.parametrize("name", ["a$(touch x).xlsm", "a`x`.xlsm", 'a"b.xlsm', "a\\b.xlsm", "a|b.xlsm"])
def test_on_a_mac_a_workbook_with_a_sign_of_the_shell_in_its_name_is_refused(name: str) -> None:
    application = on_a_mac({"INTERPRETER_MAC": "/usr/bin/python3"}, name)
    with pytest.raises(PyOpenVBAError, match="the name of the workbook has a sign"):
        application.run("RunPython", MACRO.format("check"))
    assert application.console == []


@pytest.mark.parametrize(
    "value", ["python3", "./python", "/a b", "/a;b", "/a$(b)", "/a'b", '/a"b', "/a|b", "/a\nb", "/a&b"]
)
def test_on_a_mac_a_python_that_a_shell_would_split_is_refused(value: str) -> None:
    application = on_a_mac({"INTERPRETER_MAC": value}, "accounts.xlsm")
    with pytest.raises(PyOpenVBAError, match="INTERPRETER_MAC has a sign"):
        application.run("RunPython", MACRO.format("check"))


def test_on_a_mac_python_gets_the_macro_and_no_folder() -> None:
    application = on_a_mac({"INTERPRETER_MAC": "/Users/me/env/bin/python"}, "Müller & Söhne (2).xlsm")
    application.run("RunPython", MACRO.format("check"))
    assert application.console == [f"/Users/me/env/bin/python|false;;;;|{MACRO.format('check')}"]
    unnamed = on_a_mac({}, "a.xlsm")
    unnamed.run("RunPython", MACRO.format("check"))
    assert unnamed.console[0].startswith("python|")
