"""The sheets of a workbook by calamine, in a process of its own that a damaged file may end (`calamine_process`)."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MEMORY = 400 << 20  # bytes beside five times the size of the workbook
SECONDS = 60  # beside one for every 2 MB


class ProtectedError(ValueError):
    """The workbook is protected by a password."""


def read_sheets(content: bytes, size: int = 0, only: str = "") -> list[tuple[str, list[list[Any]]]]:
    """The worksheets of an .xlsx, .xlsb, .xls or .ods file: names, and rows of cells from A1 on, all of one length.

    Parameters
    ----------
    content
        The file.
    size
        Bytes of its parts, for a file that is packed.
    only
        The name of the one sheet that is wanted.

    Raises
    ------
    ProtectedError
        The file is protected by a password.
    MemoryError
        The process has ended: the file is damaged, or a rectangle around its cells is larger than memory.
    ValueError
        The file is damaged.
    """
    size = max(size, len(content))
    seconds = SECONDS + size // 2_000_000
    command = [sys.executable, "-S", "-P", str(Path(__file__).with_name("calamine_process.py"))]
    with subprocess.Popen(
        [*command, str(MEMORY + 5 * size), str(seconds), only],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path(str(_home())).parents[1])},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        watch = threading.Timer(2 * seconds, process.kill)
        watch.daemon = True  # a signal may come before the next line
        try:
            watch.start()
            return _conversation(process, content)
        finally:
            watch.cancel()
            process.kill()


def _home() -> str | None:
    found = find_spec("python_calamine")
    return found.origin if found else None


def _conversation(process: subprocess.Popen[bytes], content: bytes) -> list[tuple[str, list[list[Any]]]]:
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(OSError):  # it has ended: what it said tells
        process.stdin.write(content)
        process.stdin.close()
    sheets: list[tuple[str, list[list[Any]]]] = []
    while True:
        try:
            kind, what = pickle.load(process.stdout)
        except (EOFError, pickle.UnpicklingError):
            raise MemoryError("the reader has ended") from None
        if kind == "sheet":
            sheets.append((what, []))
        elif kind == "rows":
            sheets[-1][1].extend(what)
        elif kind == "end":
            return sheets
        else:
            raise ProtectedError(what) if kind == "password" else ValueError(what)
