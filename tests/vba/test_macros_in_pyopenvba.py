"""Another interpreter of VBA runs the macros, and sees the status bar and the messages that a user would see."""

from __future__ import annotations

import pytest
from pyopenvba.apps.excel import ExcelApplication

from kam_xl.hosts.vba import BUTTONS, sources
from kam_xl.hosts.vba.buttons import Button

# the interpreter knows one project only, so its names are bare
QUALIFIED = """"'" & Replace(ThisWorkbook.Name, "'", "''") & "'!KamDescribeFunctions\""""
XLWINGS = """
Public Function RunPython(PythonCommand As String)
    Debug.Print Application.StatusBar & "|" & PythonCommand
    {more}
End Function
"""


def application(more: str = "") -> ExcelApplication:
    excel = ExcelApplication()
    excel.add_workbook()
    text = sources.own("KamButtons").source
    assert QUALIFIED in text
    excel.add_module(text.replace(QUALIFIED, '"KamDescribeFunctions"'), name="KamButtons")
    excel.add_module(XLWINGS.format(more=more), name="xlwings")
    return excel


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_macro_says_what_it_does_and_runs_its_task(button: Button) -> None:
    excel = application()
    excel.run(button.macro)
    [line] = excel.console
    doing, command = line.split("|")
    assert doing.startswith("KAM: ")
    assert doing.endswith(" ...")
    assert command == f"import kam_xl.macros; kam_xl.macros.run('{button.run}')"
    assert excel.application.vba_get("StatusBar") is False
    assert excel.dialogs == []


def test_failure_is_one_message_and_the_status_bar_is_given_back() -> None:
    excel = application('Err.Raise 1, Description:="Could not load" & vbCrLf & "xlwings64.dll"')
    excel.run("KamRefresh")
    [(kind, text, title, _)] = excel.dialogs
    assert (kind, title) == ("MsgBox", "KAM")
    assert text == "Python does not answer (Could not load  xlwings64.dll). Run in a terminal: kam-xl doctor"
    assert excel.application.vba_get("StatusBar") is False


def test_functions_are_described_at_the_first_macro_only() -> None:
    excel = application()
    excel.add_module('Public Sub KamDescribeFunctions()\n    Debug.Print "described"\nEnd Sub\n', name="KamFunctions")
    excel.run("KamRefresh")
    excel.run("KamCheck")
    assert [line for line in excel.console if line == "described"] == ["described"]
    assert len(excel.console) == 3
