"""Headless LibreOffice for the tests: open or make workbooks, type, recalculate, read.

LibreOffice's `uno` module belongs to one Python version only; so a driver runs in a Python that has it
(`hosts/uno_driver.py`), and the tests talk to it in lines of JSON, from whatever Python they run in.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.libreoffice.extension import SERVICE, method_name

DRIVER = Path(__file__).parent / "hosts" / "uno_driver.py"
XLSX, ODS, CSV = "Calc MS Excel 2007 XML", "calc8", "Text - txt - csv (StarCalc)"
AS_SHOWN = "44,34,76,1,,0,false,true,true,false,false,-1"  # in UTF-8, each cell as it is displayed, every sheet
Rows = list[list[Any]]

_METHODS = {method_name(function).upper(): function.name for function in FUNCTIONS.values()}
_ADDIN_CALL = re.compile(rf"{re.escape(SERVICE.upper())}\.(\w+)")  # LibreOffice's own name of an add-in's function


def _worksheet_name(call: re.Match[str]) -> str:
    return _METHODS.get(call[1], call[0])


class OfficeError(Exception):
    """LibreOffice or its driver could not do what a test asked for."""


@cache
def python_with_uno() -> str:
    """A Python that can import LibreOffice's `uno`."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            if subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=30).returncode == 0:
                return python
        except OSError:
            continue
    raise OfficeError("no Python has LibreOffice's uno module; install python3-uno")


class Office:
    """One LibreOffice process with its own profile, started in `folder`; a context manager."""

    def __init__(
        self,
        soffice: str | Path,
        profile: Path,
        options: Sequence[str] = (),
        environment: dict[str, str] | None = None,
        patience: float = 120,
        folder: Path | None = None,
    ):
        self.profile, self.patience = profile, patience
        self._driver = subprocess.Popen(
            [python_with_uno(), str(DRIVER), str(soffice), str(profile), f"{profile}.log", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | (environment or {}),
            cwd=folder,
        )
        self.pid = int(self._reply())

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Have the driver do one thing; OfficeError says why it could not."""
        assert self._driver.stdin is not None
        try:
            self._driver.stdin.write(json.dumps([verb, *arguments]) + "\n")
            self._driver.stdin.flush()
        except OSError:
            raise OfficeError("LibreOffice's driver has ended") from None
        return self._reply()

    def _reply(self) -> Any:
        assert self._driver.stdout is not None
        watch = threading.Timer(self.patience, self._driver.kill)
        watch.start()
        try:
            line = self._driver.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            raise OfficeError(f"LibreOffice's driver has ended, or gave no answer within {self.patience:g} s")
        answer = json.loads(line)
        if "error" in answer:
            raise OfficeError(answer["error"])
        return answer["value"]

    def new(self) -> Book:
        """An empty workbook with one sheet, ``Sheet1``."""
        return Book(self, self.ask("new"))

    def open(self, path: str | Path) -> Book:
        """A workbook from a file, with the values that are stored in it."""
        return Book(self, self.ask("open", str(path)))

    def recalculated(self, path: str | Path) -> dict[str, Rows]:
        """Every sheet's values after calculating everything anew; errors as text (``#N/A``, ``Err:504``)."""
        with self.open(path) as book:
            book.recalculate()
            return {sheet: book.read(sheet) for sheet in book.sheets()}

    def formulas(self, path: str | Path) -> dict[str, Rows]:
        """Every sheet's formulas, in LibreOffice's notation."""
        with self.open(path) as book:
            return {sheet: book.formulas(sheet) for sheet in book.sheets()}

    def close(self) -> None:
        """End LibreOffice and the driver."""
        try:
            self.ask("quit")
            self._driver.wait(15)
        except (OfficeError, subprocess.TimeoutExpired):
            self._driver.kill()
            self._driver.wait()

    def __enter__(self) -> Office:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        self.close()


class Book:
    """An open workbook; a context manager that closes it without saving."""

    def __init__(self, office: Office, number: int):
        self._office, self._number = office, number

    def sheets(self) -> list[str]:
        """Names of the sheets."""
        return self._office.ask("sheets", self._number)

    def read(self, sheet: str, address: str | None = None) -> Rows:
        """Values of a range (without `address`: of the used area); "" is a blank cell, errors are their text."""
        return self._office.ask("read", self._number, sheet, address)

    def shown(self, folder: Path) -> dict[str, list[list[str]]]:
        """The texts that the cells of every sheet display; files are left in `folder`, which is empty before."""
        self._office.ask("save", self._number, str(folder / "book.csv"), CSV, AS_SHOWN)
        return {
            sheet: list(csv.reader(io.StringIO((folder / f"book-{sheet}.csv").read_text(encoding="utf-8"), newline="")))
            for sheet in self.sheets()
        }

    def formulas(self, sheet: str, address: str | None = None) -> Rows:
        """Formulas of a range (without `address`: of the used area)."""
        rows = self._office.ask("formulas", self._number, sheet, address)
        return [[_ADDIN_CALL.sub(_worksheet_name, formula) for formula in row] for row in rows]

    def write(self, sheet: str, address: str, rows: Sequence[Sequence[Any]]) -> None:
        """Type rows from the cell `address` on; "=…" is a formula (arguments separated by ";"), None a blank."""
        self._office.ask("write", self._number, sheet, address, rows)

    def formula(self, sheet: str, address: str, text: str) -> Any:
        """Type one formula into one cell and return its value."""
        self.write(sheet, address, [[text]])
        return self.read(sheet, address)[0][0]

    def array(self, sheet: str, address: str, text: str) -> Rows:
        """Enter an array formula over `address` and return its values."""
        self._office.ask("array", self._number, sheet, address, text)
        return self.read(sheet, address)

    def invalid(self, sheet: str) -> list[str]:
        """Cells whose value no validation allows, as "Circle invalid data" finds them."""
        return self._office.ask("invalid", self._number, sheet)

    def restructure(self, sheet: str, address: str, what: str) -> None:
        """Insert or delete whole rows or columns: ``delete columns``, ``insert rows`` …"""
        self._office.ask("restructure", self._number, sheet, address, what)

    def add_sheet(self, title: str) -> None:
        """A new sheet after the others."""
        self._office.ask("add_sheet", self._number, title)

    def rename(self, sheet: str, title: str) -> None:
        """Give a sheet another name."""
        self._office.ask("rename", self._number, sheet, title)

    def move(self, sheet: str, place: int) -> None:
        """Put a sheet to another place, from 0."""
        self._office.ask("move", self._number, sheet, place)

    def annotate(self, sheet: str, address: str, text: str) -> None:
        """Write a comment at a cell."""
        self._office.ask("annotate", self._number, sheet, address, text)

    def recalculate(self) -> None:
        """Calculate every formula anew."""
        self._office.ask("recalculate", self._number)

    def save(self, path: str | Path, file_format: str = XLSX) -> None:
        """Save a copy."""
        self._office.ask("save", self._number, str(path), file_format)

    def close(self) -> None:
        """Close without saving."""
        self._office.ask("close", self._number)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        self.close()
