"""Drives one headless LibreOffice for the tests; runs in a Python that has `uno` and speaks JSON lines.

    python3 uno_driver.py SOFFICE PROFILE LOG [soffice options…]

Line in: ``[verb, arguments…]``; line out: ``{"value": …}`` or ``{"error": "…"}``. The verbs are the public methods of
`Driver`. The first line out is ``{"value": pid}`` once LibreOffice is up.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

RESTART_ME = 81  # exit code of a LibreOffice that has just set up its profile
OPTIONS = ["--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck"]


def die_with_parent() -> None:
    """Have the kernel end this process when the one that started it is gone."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def clean_environment() -> dict[str, str]:
    """LibreOffice takes its Python's prefix from the first python on PATH: keep virtual environments out."""
    unwanted = ("PYTHON", "VIRTUAL_ENV", "DISPLAY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "PATH": "/usr/bin:/bin"}


def start(soffice: str, profile: str, log: str, options: list[str], patience: float = 90) -> tuple[Any, Any]:
    """Start LibreOffice and connect to it: its process and its component context."""
    import uno
    from com.sun.star.connection import NoConnectException

    pipe = "kam" + uuid.uuid4().hex[:12]
    command = [soffice, *OPTIONS, f"-env:UserInstallation={Path(profile).as_uri()}", *options]
    command.append(f"--accept=pipe,name={pipe};urp;")

    def spawn() -> Any:
        with open(log, "ab") as out:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=clean_environment(),
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    process = spawn()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + patience
    while True:
        try:
            return process, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            code = process.poll()
            if code == RESTART_ME:
                process = spawn()
            elif code is not None:
                raise RuntimeError(f"LibreOffice ended with {code}") from None
            elif time.monotonic() > deadline:
                process.kill()
                raise RuntimeError(f"LibreOffice did not start within {patience:g} s") from None
            time.sleep(0.02)


class Driver:
    """The verbs. Documents are known by number; addresses are A1 style; cells travel as rows of rows."""

    def __init__(self, process: Any, context: Any):
        self._process = process
        create = context.ServiceManager.createInstanceWithContext
        self._desktop = create("com.sun.star.frame.Desktop", context)
        self._documents: dict[int, Any] = {}
        self._count = 0

    def _load(self, url: str) -> int:
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, (_setting("Hidden", True),))
        if document is None:
            raise RuntimeError(f"LibreOffice cannot open {url}")
        self._count += 1
        self._documents[self._count] = document
        return self._count

    def _range(self, number: int, sheet: str, address: str | None) -> Any:
        cells = self._documents[number].Sheets[sheet]
        if address:
            return cells.getCellRangeByName(address)
        cursor = cells.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        return cells.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)

    def new(self) -> int:
        """An empty workbook."""
        return self._load("private:factory/scalc")

    def open(self, path: str) -> int:
        """A workbook from a file."""
        return self._load(Path(path).resolve().as_uri())

    def close(self, number: int) -> None:
        """Close without saving."""
        self._documents.pop(number).close(True)

    def save(self, number: int, path: str, file_format: str, options: str = "") -> None:
        """Save a copy in a format (an export filter of LibreOffice, with its options)."""
        url = Path(path).resolve().as_uri()
        settings = (_setting("FilterName", file_format), _setting("FilterOptions", options))
        self._documents[number].storeToURL(url, settings[: 2 if options else 1])

    def sheets(self, number: int) -> list[str]:
        """Names of the sheets."""
        return list(self._documents[number].Sheets.ElementNames)

    def read(self, number: int, sheet: str, address: str | None = None) -> list[list[Any]]:
        """Values: numbers, texts, "" for blank cells, and the text of errors."""
        cells = self._range(number, sheet, address)
        return [
            [
                cells.getCellByPosition(column, row).String if value is None else value
                for column, value in enumerate(values)
            ]
            for row, values in enumerate(cells.getDataArray())
        ]

    def formulas(self, number: int, sheet: str, address: str | None = None) -> list[list[str]]:
        """Formulas in LibreOffice's own notation; of other cells their text."""
        return [list(row) for row in self._range(number, sheet, address).getFormulaArray()]

    def write(self, number: int, sheet: str, address: str, rows: list[list[Any]]) -> None:
        """Type values from the cell `address` on: texts starting with "=" are formulas, None makes a cell blank."""
        corner = self._range(number, sheet, address).RangeAddress
        left, top = corner.StartColumn, corner.StartRow
        target = self._documents[number].Sheets[sheet]
        cells = target.getCellRangeByPosition(left, top, left + len(rows[0]) - 1, top + len(rows) - 1)
        cells.setDataArray(tuple(tuple("" if _is_formula(value) else _plain(value) for value in row) for row in rows))
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if _is_formula(value):
                    cells.getCellByPosition(column, place).Formula = value

    def array(self, number: int, sheet: str, address: str, formula: str) -> None:
        """An array formula over exactly `address`."""
        self._range(number, sheet, address).setArrayFormula(formula)

    def invalid(self, number: int, sheet: str) -> list[str]:
        """Cells whose value no validation allows."""
        cells = self._documents[number].Sheets[sheet]
        drawn = cells.DrawPage
        cells.clearArrows()
        before = drawn.Count
        cells.showInvalid()
        anchors = [drawn.getByIndex(i).Anchor.AbsoluteName for i in range(before, drawn.Count)]
        cells.clearArrows()
        return sorted(name.rpartition(".")[2].replace("$", "") for name in anchors)

    def restructure(self, number: int, sheet: str, address: str, what: str) -> None:
        """Insert or delete the whole rows or columns of a range: ``delete columns``, ``insert rows`` …"""
        place = self._range(number, sheet, address).RangeAddress
        deed, kind = what.split()
        lines = getattr(self._documents[number].Sheets[sheet], "Columns" if kind == "columns" else "Rows")
        first, last = (place.StartColumn, place.EndColumn) if kind == "columns" else (place.StartRow, place.EndRow)
        (lines.insertByIndex if deed == "insert" else lines.removeByIndex)(first, last - first + 1)

    def add_sheet(self, number: int, title: str) -> None:
        """A new sheet after the others."""
        sheets = self._documents[number].Sheets
        sheets.insertNewByName(title, sheets.Count)

    def rename(self, number: int, sheet: str, title: str) -> None:
        """Give a sheet another name."""
        self._documents[number].Sheets[sheet].Name = title

    def move(self, number: int, sheet: str, place: int) -> None:
        """Put a sheet to another place, from 0."""
        self._documents[number].Sheets.moveByName(sheet, place)

    def annotate(self, number: int, sheet: str, address: str, text: str) -> None:
        """Write a comment at a cell."""
        cell = self._range(number, sheet, address).getCellByPosition(0, 0)
        self._documents[number].Sheets[sheet].Annotations.insertNew(cell.CellAddress, text)

    def recalculate(self, number: int) -> None:
        """Calculate every formula anew."""
        self._documents[number].calculateAll()

    def quit(self) -> None:
        """End LibreOffice."""
        for number in list(self._documents):
            self.close(number)
        with suppress(Exception):  # the connection goes away while LibreOffice ends
            self._desktop.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _setting(name: str, value: Any) -> Any:
    from com.sun.star.beans import PropertyValue

    setting = PropertyValue()
    setting.Name, setting.Value = name, value
    return setting


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)


def main() -> None:
    """Start LibreOffice, then do what the lines say until there are none."""
    die_with_parent()

    def reply(**answer: Any) -> None:
        print(json.dumps(answer), flush=True)

    soffice, profile, log, *options = sys.argv[1:]
    try:
        process, context = start(soffice, profile, log, options)
    except Exception as error:
        return reply(error=f"{type(error).__name__}: {error}")
    driver = Driver(process, context)
    reply(value=process.pid)
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        try:
            reply(value=getattr(driver, verb)(*arguments))
        except Exception as error:
            reply(error=f"{verb}: {type(error).__name__}: {error}")
        if verb == "quit":
            return
    driver.quit()


if __name__ == "__main__":
    main()
