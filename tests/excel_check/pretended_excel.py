"""An Excel for xlwings' own Windows modules, on any system: as much of its interface as the check in Excel uses.

It opens real files, holds their values, saves copies as Excel does, and can be told what to do wrong: `FAULTS`. Every
instance has a process, which ends when it is quit or ended; from then on its interface fails as Excel's does.
"""

from __future__ import annotations

import builtins
import datetime as dt
import functools
import hashlib
import re
import subprocess
import sys
import time
import types
import warnings
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from vba.excel_on_windows import ERRORS, pretend_windows

from . import as_excel_saves as files

FAULTS: set[str] = set()
LOG: list[str] = []  # what was asked of any Excel
RUNNING: dict[int, Application] = {}
_GONE, _MISSING, _REFUSED = -2147023174, -2147352567, -2146827284

Cells = dict[tuple[int, int], Any]


class ComError(Exception):
    """pywintypes.com_error."""

    def __init__(self, hresult: int, text: str = "") -> None:
        super().__init__(hresult, "Exception occurred.", (0, "Microsoft Excel", text, "", 0, hresult), None)
        self.hresult, self.excepinfo = hresult, (0, "Microsoft Excel", text, "", 0, hresult)


class Com:
    """An object of Excel's interface: fails once its process has ended."""

    app: Application

    def __getattribute__(self, name: str) -> Any:
        if name[0].isupper() and object.__getattribute__(self, "app").ended:
            raise ComError(_GONE, "The RPC server is unavailable.")
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        raise ComError(_MISSING, f"{type(self).__name__} has no {name}")


class Application(Com):
    Version, Build, CalculationVersion, OperatingSystem = "16.0", 17328, 191029, "Windows (64-bit) NT 10.00"
    UseSystemSeparators, ScreenUpdating, Calculation, StatusBar = True, True, -4105, False

    def __init__(self) -> None:
        self.process = subprocess.Popen(["sleep", "600"])
        self.app, self.Application = self, self
        self.Hwnd = 1000 + self.process.pid
        RUNNING[self.process.pid] = self
        LOG.append("started")
        self.Visible = self.DisplayAlerts = True
        self.AutomationSecurity = 1
        self.books: list[Workbook] = []
        self.dialogs: dict[int, tuple[str, str]] = {}
        self.LanguageSettings = types.SimpleNamespace(LanguageID=lambda _which: 1031)

    @property
    def ended(self) -> bool:
        return object.__getattribute__(self, "process").poll() is not None

    def International(self, which: int) -> Any:
        return {1: 1, 2: 49, 3: ",", 4: ".", 5: ";", 17: ".", 25: "€", 32: 1}[which]

    @property
    def Workbooks(self) -> Workbooks:
        return Workbooks(self)

    @property
    def CalculationState(self) -> int:
        return 1 if "calculates for ever" in FAULTS else 0

    def Calculate(self) -> None:
        LOG.append("calculated")

    CalculateFullRebuild = Calculate

    def Run(self, macro: str, *_arguments: Any) -> None:
        LOG.append(f"ran {macro}")
        if "refuses macros" in FAULTS:
            raise ComError(_REFUSED, f"Cannot run the macro '{macro}'. It may not be available in this workbook.")
        if macro.endswith("!KamCheck"):
            self.ask("KAM", "1 problem to mend.")
        if macro.endswith("!KamRefresh") and "python does not answer" in FAULTS:
            self.ask("KAM", "Python does not answer (no such file). Run in a terminal: kam-xl doctor")

    def ask(self, title: str, text: str) -> None:
        """A message box: nothing goes on before it is closed."""
        self.dialogs[id(text)] = (title, text)
        while id(text) in self.dialogs:
            if self.ended:
                raise ComError(_GONE, "The RPC server is unavailable.")
            time.sleep(0.01)

    def Quit(self) -> None:
        LOG.append("quit")
        if "does not quit" not in FAULTS:
            self.process.terminate()
            self.process.wait()


class Workbooks(Com):
    def __init__(self, app: Application) -> None:
        self.app = self.Application = app

    @property
    def Count(self) -> int:
        return len(self.app.books)

    def __iter__(self) -> Iterator[Workbook]:
        return iter(list(self.app.books))

    def __call__(self, key: str | int) -> Workbook:
        for number, book in enumerate(self.app.books, 1):
            if key in (number, book.Name):
                return book
        raise ComError(_MISSING)

    def Add(self) -> Workbook:
        self.app.books.append(Workbook(self.app, None))
        return self.app.books[-1]

    def Open(self, path: str, *_options: Any) -> Workbook:
        security = "with" if self.app.AutomationSecurity == 1 else "without"
        LOG.append(f"opened {Path(path).name} {security} macros")
        if "asks while it opens" in FAULTS and sum(line.startswith("opened") for line in LOG) == 1:
            self.app.ask("Microsoft Excel", "We found a problem with some content. Do you want us to recover it?")
        if "cannot open" in FAULTS:
            raise ComError(_REFUSED, "Excel cannot open the file because the file format is not valid.")
        self.app.books.append(Workbook(self.app, Path(path)))
        return self.app.books[-1]


@functools.lru_cache(4)
def _loaded(_digest: str, path: str) -> list[tuple[str, Cells, str, dict[str, str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    return [
        (
            sheet.title,
            {
                (cell.row, cell.column): cell.value
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            },
            sheet.sheet_state,
            {table.displayName: table.ref for table in sheet.tables.values()},
        )
        for sheet in book.worksheets
    ]


class Workbook(Com):
    FileFormat = 51

    def __init__(self, app: Application, path: Path | None) -> None:
        self.app = self.Application = app
        self.path = path
        self.Name = path.name if path else "Book1"
        self.Path, self.FullName = (str(path.parent), str(path)) if path else ("", "Book1")
        loaded: list[Any] = [("Sheet1", {}, "visible", {})]
        self.names: dict[str, str] = {}
        if path:
            loaded = _loaded(hashlib.sha256(path.read_bytes()).hexdigest(), str(path))
            self.names = _names(files.read(str(path)))
        self.sheets = [Worksheet(self, *each) for each in loaded]
        self.ActiveSheet = self.sheets[0]
        if "computes one cell wrong" in FAULTS and path:
            self._spoil()
        caption = f"{self.Name}  -  Repariert" if "repairs" in FAULTS else self.Name
        self.Windows = lambda _number: types.SimpleNamespace(Caption=caption)

    def _spoil(self) -> None:
        """A formula cell with a number gets another, one with a text an error."""
        calc = next(sheet for sheet in self.sheets if sheet.Name == "calc")
        numbers = (place for place, value in calc.cells.items() if isinstance(value, float) and value > 1)
        calc.cells[next(numbers)] *= 1.0001
        place = next(place for place, value in calc.cells.items() if place[1] == 2 and isinstance(value, str))
        calc.cells[place] = "#NAME?"

    @property
    def Worksheets(self) -> Sheets:
        return Sheets(self)

    @property
    def Names(self) -> Names:
        return Names(self)

    def Activate(self) -> None:
        """There is no window."""

    def Close(self, SaveChanges: bool = False) -> None:
        LOG.append(f"closed {self.Name}")
        self.app.books.remove(self)

    def SaveCopyAs(self, path: str) -> None:
        LOG.append(f"saved a copy as {Path(path).name}")
        assert self.path is not None
        parts = files.read(str(self.path))
        if not Path(path).name.startswith("saved by Excel"):  # what a macro keeps is not looked at
            files.write(parts, path)
            return
        for fault, (pattern, edit) in DROPS.items():
            if fault in FAULTS:
                parts = files.edited(parts, pattern, edit)
        files.write(files.saved(parts), path)

    def ExportAsFixedFormat(self, Filename: str, **_more: Any) -> None:
        shown = [sheet.Name for sheet in self.sheets if sheet.Visible]
        LOG.append(f"printed {len(shown)} sheets")
        if "is interrupted" in FAULTS:
            raise KeyboardInterrupt
        if "cannot print" in FAULTS:
            raise ComError(_REFUSED, "Document not saved. No printer is installed.")
        Path(Filename).write_bytes(b"%PDF-1.7")


def _names(parts: files.Parts) -> dict[str, str]:
    root = files.ET.fromstring(parts["xl/workbook.xml"])
    return {str(each.get("name")): each.text or "" for each in root.iter(files.q("definedName"))}


class Sheets(Com):
    def __init__(self, book: Workbook) -> None:
        self.app, self.Parent = book.app, book

    @property
    def Count(self) -> int:
        return len(self.Parent.sheets)

    def __iter__(self) -> Iterator[Worksheet]:
        return iter(list(self.Parent.sheets))

    def __call__(self, key: str | int) -> Worksheet:
        for number, sheet in enumerate(self.Parent.sheets, 1):
            if key in (number, sheet.Name):
                return sheet
        raise ComError(_MISSING)

    def Add(self, **_where: Any) -> Worksheet:
        self.Parent.sheets.append(Worksheet(self.Parent, f"Sheet{self.Count + 1}", {}, "visible", {}))
        return self.Parent.sheets[-1]


class Worksheet(Com):
    def __init__(self, book: Workbook, name: str, cells: Cells, state: str, tables: dict[str, str]) -> None:
        self.app, self.Parent, self.Application = book.app, book, book.app
        self.Name, self.cells, self.Visible = name, dict(cells), -1 if state == "visible" else 0
        self.tables = dict(tables)
        self.PageSetup = types.SimpleNamespace(PrintArea="$A$1:$H$20")

    @property
    def Index(self) -> int:
        return self.Parent.sheets.index(self) + 1

    def Activate(self) -> None:
        self.Parent.ActiveSheet = self

    def Cells(self, row: int, column: int) -> Range:
        return Range(self, row, column, row, column)

    def Range(self, first: Any, last: Any = None) -> Range:
        if last is not None:
            return Range(self, first.Row, first.Column, last.Row, last.Column)
        left, top, right, bottom = range_boundaries(first.replace("$", ""))
        return Range(self, top or 1, left or 1, bottom or 1_048_576, right or 16_384)

    @property
    def UsedRange(self) -> Range:
        rows, columns = zip(*self.cells or [(1, 1)], strict=True)
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    @property
    def ListObjects(self) -> Collection:
        return Collection(self, [Table(self, name) for name in self.tables])

    def ChartObjects(self) -> Collection:
        return Collection(self, [Chart(self, f"Chart {number}") for number in (1, 2)])


class Collection(Com):
    def __init__(self, parent: Worksheet, items: list[Any]) -> None:
        self.app, self.Parent, self.items = parent.app, parent, items

    @property
    def Count(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def Item(self, key: str | int) -> Any:
        for number, item in enumerate(self.items, 1):
            if key in (number, item.Name):
                return item
        raise ComError(_MISSING)


class Table(Com):
    def __init__(self, sheet: Worksheet, name: str) -> None:
        self.app, self.sheet, self.Name = sheet.app, sheet, name

    @property
    def Range(self) -> Range:
        return self.sheet.Range(self.sheet.tables[self.Name])

    def Resize(self, cells: Range) -> None:
        self.sheet.tables[self.Name] = cells.address


class Chart(Com):
    def __init__(self, sheet: Worksheet, name: str) -> None:
        self.app, self.Parent, self.Name, self.Chart = sheet.app, sheet, name, self

    def Export(self, path: str) -> None:
        Path(path).write_bytes(b"" if "empty pictures" in FAULTS else b"\x89PNG")


class Names(Com):
    def __init__(self, book: Workbook) -> None:
        self.app, self.book = book.app, book

    @property
    def Count(self) -> int:
        return len(self.book.names)

    def __call__(self, key: str) -> Name:
        if key not in self.book.names:
            raise ComError(_MISSING)
        return Name(self.book, key)


class Name(Com):
    def __init__(self, book: Workbook, name: str) -> None:
        self.app, self.book, self.Name = book.app, book, name

    @property
    def RefersToRange(self) -> Range:
        sheet, _mark, area = self.book.names[self.Name].rpartition("!")
        try:
            return Sheets(self.book)(sheet.strip("'")).Range(area)
        except (ValueError, AttributeError):
            raise ComError(_REFUSED) from None


class Range(Com):
    def __init__(self, sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
        self.app, self.Worksheet, self.Application = sheet.app, sheet, sheet.app
        self.Row, self.Column, self.bottom, self.right = top, left, bottom, right
        self.Rows = types.SimpleNamespace(Count=bottom - top + 1)
        self.Columns = types.SimpleNamespace(Count=right - left + 1)
        self.Count = self.Rows.Count * self.Columns.Count

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.Column)}{self.Row}:{get_column_letter(self.right)}{self.bottom}"

    def __call__(self, row: int, column: int) -> Range:
        return self.Worksheet.Cells(self.Row + row - 1, self.Column + column - 1)

    def _rows(self, convert: Any) -> Any:
        cells = self.Worksheet.cells
        columns = range(self.Column, self.right + 1)
        rows = tuple(
            tuple(convert(cells.get((row, col))) for col in columns) for row in range(self.Row, self.bottom + 1)
        )
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    @property
    def Value2(self) -> Any:
        return self._rows(_value2)

    @property
    def Value(self) -> Any:
        return self._rows(lambda value: value if isinstance(value, dt.datetime) else _value2(value))

    @Value.setter
    def Value(self, rows: Any) -> None:
        if not isinstance(rows, tuple | list):
            rows = [[rows]]
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, str) and value[:1] == "'":
                    value = value[1:]
                elif isinstance(value, dt.datetime):
                    value = value.replace(tzinfo=None)
                self.Worksheet.cells[self.Row + i, self.Column + j] = value

    @property
    def Formula(self) -> Any:
        return self.Value

    @Formula.setter
    def Formula(self, rows: Any) -> None:
        self.Value = [[answer(formula) for formula in row] for row in rows] if isinstance(rows, list) else answer(rows)

    Formula2 = Formula

    def CopyPicture(self, **_how: Any) -> None:
        LOG.append(f"took a picture of {self.Worksheet.Name}")

    def Insert(self, Shift: Any = None, CopyOrigin: Any = None) -> None:
        self._shift(1)

    def Delete(self, Shift: Any = None) -> None:
        self._shift(-1)

    def _shift(self, by: int) -> None:
        first = self.Column + (by < 0)
        kept = {place: v for place, v in self.Worksheet.cells.items() if place[1] < self.Column}
        moved = {(row, col + by): v for (row, col), v in self.Worksheet.cells.items() if col >= first}
        self.Worksheet.cells = {**kept, **moved}


def _value2(value: Any) -> Any:
    """A value as COM hands it over: floats, error numbers, days as numbers."""
    if isinstance(value, dt.datetime):
        return (value - dt.datetime(1899, 12, 30)).total_seconds() / 86_400
    if isinstance(value, str):
        return ERRORS.get(value, value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def answer(formula: Any) -> Any:
    """What a cell shows for a formula that the check asks: a German Excel."""
    known = {
        '="Straße"="Strasse"': "takes ß for ss" in FAULTS,
        '=1/2&""': "0,5",
        '=TRUE&""': "WAHR",
        '=MONTH(DATEVALUE("1/2/2026"))': 2.0,
        '=COUNTIF(Z2:Z4,"<3.5")': 3.0,
    }
    if isinstance(formula, str) and (name := re.fullmatch(r"=ERROR\.TYPE\((\w+)\)", formula)):
        return 5.0 if name[1] == "KAM_ABC" and "does not know a function" in FAULTS else 14.0
    return known.get(formula, formula)


def _first(tag: str, count: int = 1) -> Any:
    """An edit that takes the first elements of a name out."""

    def edit(_name: str, root: Any) -> None:
        left = count
        for parent in root.iter():
            for child in list(parent):
                if left and child.tag.rpartition("}")[2] == tag:
                    parent.remove(child)
                    left -= 1

    return edit


DROPS = {
    "drops validations": (r"xl/worksheets/sheet\d+\.xml", _first("dataValidations", 9)),
    "drops a name": (r"xl/workbook\.xml", _first("definedName")),
    "drops conditional formats": (r"xl/worksheets/sheet2\.xml", _first("conditionalFormatting")),
    "drops a chart": (r"xl/drawings/drawing2\.xml", _first("graphicFrame")),
    "drops a table": (r"xl/worksheets/sheet\d+\.xml", _first("tableParts", 1)),
}


class _Registry(types.ModuleType):
    HKEY_LOCAL_MACHINE = 0

    def OpenKey(self, *_key: Any) -> Any:
        raise OSError("no such key")


def install() -> None:
    """Put this Excel where pywin32 would give a real one."""
    import ctypes

    pretend_windows()
    sys.modules["pywintypes"].com_error = sys.modules["pywintypes"].error = ComError  # type: ignore[attr-defined]
    sys.modules["pythoncom"].__spec__ = ModuleSpec("pythoncom", None)
    sys.modules["win32com.client"].CDispatch = Com  # type: ignore[attr-defined]
    client, process = sys.modules["win32com.client"], sys.modules["win32process"]
    api, event, gui = (sys.modules[f"win32{name}"] for name in ("api", "event", "gui"))
    client.DispatchEx = lambda _name: _started()  # type: ignore[attr-defined]
    from xlwings import _xlwindows  # here: what it imports would look into the registry

    picture = types.SimpleNamespace(save=lambda path: Path(path).write_bytes(b"\x89PNG"))
    _xlwindows.ImageGrab = types.SimpleNamespace(grabclipboard=lambda: picture)

    ctypes.windll.user32.GetTopWindow = lambda _: _in_front()  # type: ignore[attr-defined]
    ctypes.windll.user32.GetWindow = lambda *_: 0  # type: ignore[attr-defined]
    builtins.WindowsError = OSError  # type: ignore[attr-defined]
    sys.modules["win32timezone"].TimeZoneInfo.utc = lambda: dt.UTC  # type: ignore[attr-defined]
    process.GetWindowThreadProcessId = lambda window: (1, _owner(window))  # type: ignore[attr-defined]
    api.OpenProcess = lambda _access, _inherit, pid: RUNNING[pid].process  # type: ignore[attr-defined]
    api.TerminateProcess = _terminate  # type: ignore[attr-defined]
    event.WaitForSingleObject = _wait  # type: ignore[attr-defined]
    gui.EnumWindows = lambda take, more: [take(w, more) for app in _alive() for w in list(app.dialogs)]  # type: ignore[attr-defined]
    gui.EnumChildWindows = lambda window, take, more: take(-window, more)  # type: ignore[attr-defined]
    gui.IsWindowVisible = lambda _window: True  # type: ignore[attr-defined]
    gui.GetClassName = lambda window: "#32770" if window > 0 else "Static"  # type: ignore[attr-defined]
    gui.GetWindow = lambda window, _which: next(app.Hwnd for app in _alive() if window in app.dialogs)  # type: ignore[attr-defined]
    gui.GetWindowText = _text_of  # type: ignore[attr-defined]
    gui.FindWindowEx = lambda *_: 1  # type: ignore[attr-defined]
    gui.PostMessage = _post  # type: ignore[attr-defined]
    sys.modules["winreg"] = _Registry("winreg")


def _started() -> Application:
    if "is not installed" in FAULTS:
        raise ComError(-2147221005, "Invalid class string")
    return Application()


def _alive() -> list[Application]:
    return [app for app in list(RUNNING.values()) if not app.ended]


def _in_front() -> int:
    """The window of the last Excel in sight: xlwings finds no other one."""
    return next((app.Hwnd for app in reversed(_alive()) if app.Visible), 0)


def _owner(window: int) -> int:
    return next((pid for pid, app in list(RUNNING.items()) if window == 1000 + pid), 1)


def _text_of(window: int) -> str:
    return next(app.dialogs[abs(window)][window < 0] for app in _alive() if abs(window) in app.dialogs)


def _post(window: int, _message: int, _w: int, _l: int) -> None:
    for app in _alive():
        if "answers nothing" not in FAULTS:
            app.dialogs.pop(window, None)


def _terminate(process: Any, _status: int) -> None:
    LOG.append("ended")
    process.kill()
    process.wait()


def _wait(process: Any, milliseconds: int) -> int:
    try:
        process.wait(milliseconds / 1000)
    except subprocess.TimeoutExpired:
        return 258
    return 0
