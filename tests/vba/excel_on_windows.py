"""xlwings' own desktop route on any system, for the tests: its Windows modules, over a pretended pywin32 and Excel.

    python excel_on_windows.py          (JSON on stdin: [[name, cells, …], …]; JSON on stdout: [result, …])
    python excel_on_windows.py BOOK     (the wrappers that xlwings itself writes for a workbook of this name)

The route is the one of a cell in Excel: VBA wrapper -> XLPy.CallUDF -> xlwings.com_server -> xlwings.udfs.call_udf ->
kam_xl.udfs. Ranges, omitted arguments, errors and results have the types that COM gives them.
"""

from __future__ import annotations

import ctypes
import datetime
import json
import sys
import types
from typing import Any
from unittest.mock import MagicMock

import numpy  # noqa: F401  (these must see the real platform)
import pandas  # noqa: F401

MISSING = -2147352572  # what pywin32 makes of an omitted argument
ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#GETTING_DATA": -2146826245,
    "#SPILL!": -2146826243,
    "#CONNECT!": -2146826242,
    "#BLOCKED!": -2146826241,
    "#UNKNOWN!": -2146826240,
    "#FIELD!": -2146826239,
    "#CALC!": -2146826238,
    "#BUSY!": -2146826237,
    "#ERROR": -2146826001,  # one that has no name yet
}
RANGE = "{00020846-0000-0000-C000-000000000046}"
IN_EXCEL = (str, float, bool, type(None))


class _Module(types.ModuleType):
    """A module of pywin32 in which every name is there."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value: Any = type(name, (Exception if name == "com_error" else object,), {})
        setattr(self, name, value)
        return value


def pretend_windows() -> None:
    """Make `import xlwings` take its Windows branch."""
    names = "pythoncom pywintypes win32api win32con win32event win32gui win32process win32timezone"
    for name in names.split():
        sys.modules[name] = _Module(name)
    sys.modules["pywintypes"].IID = str  # type: ignore[attr-defined]
    sys.modules["pythoncom"].TypeIIDs = MagicMock()  # type: ignore[attr-defined]
    for name in ("win32com", "win32com.client", "win32com.server", "win32com.server.util"):
        sys.modules[name] = MagicMock(name=name)
    for name in ("win32com.server.dispatcher", "win32com.server.policy"):
        sys.modules[name] = MagicMock(name=name)
    client, server = sys.modules["win32com.client"], sys.modules["win32com.server"]
    client.Dispatch = lambda thing, **_: thing  # type: ignore[attr-defined]
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(client, name, type(name, (), {}))
    sys.modules["win32com"].client = client  # type: ignore[attr-defined]
    sys.modules["win32com"].server = server  # type: ignore[attr-defined]
    sys.modules["win32com.server.util"].unwrap = MagicMock(side_effect=TypeError)  # type: ignore[attr-defined]
    server.util = sys.modules["win32com.server.util"]  # type: ignore[attr-defined]
    sys.modules["pythoncom"].__file__ = ""
    sys.modules["win32process"].GetWindowThreadProcessId = lambda _: (1, 1)  # type: ignore[attr-defined]
    ctypes.windll = ctypes.oledll = ctypes.PyDLL = MagicMock()  # type: ignore[attr-defined,assignment,misc]
    sys.platform = "win32"


class Range:
    """An Excel range, as far as xlwings asks a UDF's argument."""

    def __init__(self, rows: list[list[Any]]) -> None:
        one = len(rows) == 1 and len(rows[0]) == 1
        cells = tuple(tuple(map(as_com, row)) for row in rows)
        self.Value = cells[0][0] if one else cells
        self.Row = self.Column = 1
        self.Rows, self.Columns = MagicMock(Count=len(rows)), MagicMock(Count=len(rows[0]))
        self._oleobj_ = MagicMock()
        self._oleobj_.GetTypeInfo().GetTypeAttr().iid = RANGE

    def __getattr__(self, name: str) -> Any:
        return MagicMock()


def as_com(cell: Any) -> Any:
    """A cell's value as COM hands it over."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        day = cell.removeprefix("@")  # a cell that is formatted as a date
        return ERRORS.get(cell, cell) if day == cell else datetime.datetime.fromisoformat(day).astimezone()
    return cell if isinstance(cell, bool) else float(cell)


def as_argument(cells: Any) -> Any:
    """What the wrapper hands over for an argument of the shared cases."""
    if cells is None:
        return MISSING
    if not isinstance(cells, list):
        return as_com(cells) if isinstance(cells, bool | str) else Range([[cells]])
    rows = [row if isinstance(row, list) else [row] for row in cells]
    width = max(map(len, rows))
    return Range([[*row, *[None] * (width - len(row))] for row in rows])


def shown(result: Any) -> Any:
    """What Excel shows for what came back, after a look at its types."""
    if isinstance(result, list):
        rows = result if isinstance(result[0], list) else [result]  # a single row comes flat
        assert all(type(cell) in IN_EXCEL for row in rows for cell in row), rows
        assert all(len(cell) <= 255 for row in rows for cell in row if isinstance(cell, str))
        return rows
    assert type(result) in IN_EXCEL, repr(result)
    return result


def main() -> None:
    """Call what stdin says, or write wrappers."""
    pretend_windows()
    import xlwings
    from xlwings import com_server, udfs

    import kam_xl.udfs

    if book := "".join(sys.argv[1:]):
        udfs.generate_vba_wrapper("kam_xl.udfs", kam_xl.udfs, sys.stdout, types.SimpleNamespace(Name=book))
        return
    assert "excel" in [engine.name for engine in xlwings.engines]
    assert hasattr(kam_xl.udfs.KAM_ABC, "__xlfunc__"), "the decorators did nothing"  # type: ignore[attr-defined]
    python = com_server.XLPython()
    results = []
    for name, arguments in json.load(sys.stdin):
        caller = MagicMock()
        handed = [*map(as_argument, arguments)]
        handed += [MISSING] * (len(kam_xl.udfs.FUNCTIONS[name].args) - len(handed))
        results.append(shown(python.CallUDF("kam_xl.udfs", name, handed, None, caller)))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
