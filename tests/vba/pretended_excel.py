"""xlwings' module as a workbook or the add-in holds it, run by an interpreter of VBA on a pretended Windows."""

from __future__ import annotations

import re
from typing import Any

from pyopenvba.apps.excel import ExcelApplication

from kam_xl.hosts.vba.sources import xlwings_module

PATH = r"C:\Windows;.;;tools;\\server\share;C:\Store;C:\Python311\;C:\Late"
FILES = (
    *(r"C:\Python311\python.exe", r"C:\Store\python.exe", r"C:\Late\python.exe", r"C:\Late\xlwings64-{version}.dll"),
    *(r"C:\Python311\xlwings64-{version}.dll", r"\\server\share\python.exe", r".\python.exe", r"\python.exe"),
    *(r"\\server\share\xlwings64-{version}.dll", r"tools\python.exe", r"tools\xlwings64-{version}.dll", "python.exe"),
)
STUBS = {
    "KamPath": f'Private Function KamPath() As String\n    KamPath = "{PATH}"\nEnd Function',
    "KamWindowsFolder": (
        'Private Function KamWindowsFolder() As String\n    KamWindowsFolder = "C:\\Windows"\nEnd Function'
    ),
    "KamIsInCell": "Private Function KamIsInCell() As Boolean\n    KamIsInCell = {in_cell}\nEnd Function",
    "ExpandEnvironmentStrings": (
        "Private Function ExpandEnvironmentStrings(ByVal s As String)\n"
        '    ExpandEnvironmentStrings = Replace(s, "%LOCALAPPDATA%", "C:\\Users\\R&D\\AppData")\nEnd Function'
    ),
    "FileExistsOnWindows": (
        "Private Function FileExistsOnWindows(ByVal FileSpec As String) As Boolean\n"
        '    FileExistsOnWindows = InStr("{files}", "|" & FileSpec & "|") > 0\nEnd Function'
    ),
    "XLPy": (
        'Public Function XLPy()\n    Debug.Print "started: " & XLPyCommand\n    Set XLPy = New Bridge\nEnd Function'
    ),
}
BRIDGE = """
Public Sub SetAttr(a, b, c)
    Debug.Print "caller: " & c.Name
End Sub
Public Function Module(name)
    Module = name
End Function
Public Sub Exec(command)
    Debug.Print "run: " & command
End Sub
"""


def excel(
    addin: bool, sheets: dict[str, dict[str, str]], active: dict[str, dict[str, str]], in_cell: bool = False
) -> ExcelApplication:
    """An Excel with our file, its sheets of settings, and another workbook in front of it, with its own."""
    application = ExcelApplication()
    ours, front = application.add_workbook(), application.add_workbook()
    for book, content in ((ours, sheets), (front, active)):
        for name, rows in content.items():
            _write(book.vba_get("Sheets").vba_get("Add"), name, rows)
    application.activate_workbook(front)
    application.application._this_workbook = ours
    text = xlwings_module(addin).source.replace("\r\n", "\n")
    version = re.findall(r'XLWINGS_VERSION As String = "(.*)"', text)[0]
    files = "|" + "|".join(FILES).format(version=version) + "|"
    stubs = {name: stub.replace("{files}", files).replace("{in_cell}", str(in_cell)) for name, stub in STUBS.items()}
    application.add_module(_stubbed(text, stubs), name="xlwings")
    application.add_module(BRIDGE, name="Bridge", kind="class")
    return application


def on_a_mac(settings: dict[str, str], name: str) -> ExcelApplication:
    """An Excel on a Mac, with a workbook of that name; what is handed to the shell is written down instead."""
    application = ExcelApplication()
    book = application.add_workbook()
    _write(book.vba_get("Sheets").vba_get("Add"), "xlwings.conf", settings)
    book.name = name
    text = xlwings_module().source.replace("\r\n", "\n").replace("#If Mac Then", "#If VBA7 Then")
    handed = (
        "Private Sub ExecuteMac(PythonCommand As String, PYTHON_MAC As String, Optional PYTHONPATH As String)\n"
        '    Debug.Print PYTHON_MAC & "|" & PYTHONPATH & "|" & PythonCommand\nEnd Sub'
    )
    same = (
        "Private Function ExpandEnvironmentStrings(ByVal s As String)\n    ExpandEnvironmentStrings = s\nEnd Function"
    )
    here = STUBS["KamIsInCell"].replace("{in_cell}", "False")
    application.add_module(
        _stubbed(text, {"ExecuteMac": handed, "ExpandEnvironmentStrings": same, "KamIsInCell": here}), name="xlwings"
    )
    return application


def _stubbed(text: str, stubs: dict[str, str]) -> str:
    """The text with other procedures in the place of some."""
    for name, stub in stubs.items():
        pattern = rf"^(?:Private |Public )?(?:Function|Sub) {name}\(.*?^End (?:Function|Sub)"
        text, count = re.subn(pattern, lambda _, stub=stub: stub, text, flags=re.MULTILINE | re.DOTALL)
        assert count == 1, name
    return text


def _write(sheet: Any, name: str, rows: dict[str, str]) -> None:
    sheet.vba_set("Name", name)
    for row, (key, value) in enumerate(rows.items(), 1):
        sheet.vba_get("Range", [f"A{row}"]).vba_set("Value", key)
        sheet.vba_get("Range", [f"B{row}"]).vba_set("Value", value)
