"""What a workbook with Python behind it (``.xlsm``) holds besides its sheets, for the generator.

Give the workbook the code name ThisWorkbook and every sheet, in their order, one of `sheet_code_names`; write
`xlwings_conf` on a sheet `CONF_SHEET` and `intellisense_rows` on a hidden last sheet `INTELLISENSE_SHEET`, both from A1
on; put a button for each of `BUTTONS` on its sheet.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kam_xl.functions import FUNCTIONS
from kam_xl.home import home
from kam_xl.hosts.vba.buttons import BUTTONS, Button
from kam_xl.hosts.vba.modules import WORKBOOK, Module, document, module
from kam_xl.hosts.vba.project import build
from kam_xl.hosts.vba.sources import own, xlwings_module
from kam_xl.hosts.vba.wrappers import PYTHON_MODULE, functions_module

__all__ = [
    "BUTTONS",
    "CONF_SHEET",
    "INTELLISENSE_SHEET",
    "WORKBOOK_CODE_NAME",
    "Button",
    "intellisense_rows",
    "sheet_code_names",
    "vba_project",
    "xlwings_conf",
]
WORKBOOK_CODE_NAME = "ThisWorkbook"
CONF_SHEET = "xlwings.conf"
INTELLISENSE_SHEET = "_IntelliSense_"

# Folders that are somewhere else for each person; Excel puts the place in.
_PLACES_WINDOWS = ("LOCALAPPDATA", "APPDATA", "USERPROFILE")


def sheet_code_names(count: int) -> list[str]:
    """Code names for the sheets of a workbook: ``Sheet1``, ``Sheet2`` …"""
    return [f"Sheet{number}" for number in range(1, count + 1)]


def vba_project(sheet_code_names: Sequence[str], functions: bool = True) -> bytes:
    """``xl/vbaProject.bin`` of a workbook.

    Parameters
    ----------
    sheet_code_names
        The code name of every sheet, hidden ones too, in the order of the workbook.
    functions
        Without them the workbook has the macros only: for one that carries its functions as LAMBDA names.

    Raises
    ------
    HostError
        xlwings is not installed.
    """
    documents = [document(WORKBOOK_CODE_NAME, WORKBOOK), *map(document, sheet_code_names)]
    return build([*documents, *code_modules(functions)])


def code_modules(functions: bool = True) -> list[Module]:
    """The modules that every workbook has."""
    found = [own("KamButtons"), xlwings_module()]
    return [module(functions_module()), *found] if functions else found


def xlwings_conf(python: str = sys.executable) -> list[tuple[str, str]]:
    """The settings of the workbook: keys and values, as text.

    Python is named only on the system where the workbook is made; elsewhere it is the one that is on the PATH. The
    workbook itself reads where Python is (INTERPRETER…, CONDA…). The other keys are for xlwings' own add-in, which
    reads the sheet of every workbook: they keep it from putting folders on Python's path.
    """
    conda = _conda() if python == sys.executable else None
    rows: list[tuple[str, str]] = []
    if sys.platform == "win32" and not conda:
        rows.append(("INTERPRETER_WIN", portable(python)))
    elif sys.platform == "darwin":
        rows.append(("INTERPRETER_MAC", portable(python)))
    environment = [("CONDA PATH", conda[0] if conda else ""), ("CONDA ENV", conda[1] if conda else "")]
    return [
        *rows,
        ("UDF MODULES", PYTHON_MODULE),
        ("USE UDF SERVER", "True"),  # one Python for functions and macros, started once
        ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),  # it fails for OneDrive's and SharePoint's paths
        ("PYTHONPATH", ""),
        *environment,
    ]


def portable(path: str) -> str:
    r"""A path without the name of the person: ``%LOCALAPPDATA%\…`` on Windows, ``$HOME/…`` on the Mac."""
    if sys.platform == "win32":
        places = [(os.environ.get(name, ""), f"%{name}%") for name in _PLACES_WINDOWS]
    else:
        places = [(str(home() or ""), "$HOME")]
    for place, variable in places:
        if place and path.lower().startswith(place.lower() + os.sep):
            return variable + path[len(place) :]
    return path


def _conda() -> tuple[str, str] | None:
    """Folder and environment, if this is conda's Python on Windows: its libraries are found only when it is active."""
    if sys.platform != "win32" or not (Path(sys.prefix) / "conda-meta").is_dir():
        return None
    program = os.environ.get("CONDA_EXE")  # …\Scripts\conda.exe
    root = Path(program).parent.parent if program else Path(sys.prefix)
    return portable(str(root)), "base" if Path(sys.prefix) == root else portable(sys.prefix)


def intellisense_rows() -> list[list[str | float]]:
    """Help while typing a formula, for users who have Excel-DNA's IntelliSense: rows of equal length.

    The first row names the kind and its version; then each function has a row: name, help, help topic, and name and
    help of each argument.
    """
    functions = sorted(FUNCTIONS.values(), key=lambda function: function.name)
    width = 3 + 2 * max(len(function.args) for function in functions)
    rows: list[list[str | float]] = [["FunctionInfo", 1.0]]
    for function in functions:
        texts = [text for a in function.args for text in (f"[{a.name}]" if a.optional else a.name, a.help)]
        rows.append([function.name, function.help, "", *texts])
    return [[*row, *[""] * (width - len(row))] for row in rows]
