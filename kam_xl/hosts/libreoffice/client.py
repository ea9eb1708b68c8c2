"""The part that runs inside LibreOffice: hands the cells of a formula to the user's Python, and its answer back.

LibreOffice brings its own Python (3.8 or later, without packages), so this file uses the standard library only and is
copied into the extension. The service is a child process that speaks one line of JSON per question over its
own standard input and output: nothing listens on a port, nobody else can talk to it, and it ends when LibreOffice does.

LibreOffice often runs in the folder of a document that came from somebody else. Nothing there may run: the child is
started by its full path, in the folder of this file, with -P (Python puts no current folder on its path) and without
the variables that could bring the folder back.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

BOOTSTRAP = """
import json, sys
sys.path += sys.argv[1:]
try:
    from kam_xl.hosts.libreoffice.service import main
except Exception as error:
    print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
else:
    main()
"""
FOREIGN = ("PYTHON", "VIRTUAL_ENV", "CONDA", "__PYVENV", "LD_LIBRARY_PATH", "DYLD_", "URE_", "UNO_")
REINSTALL = 'run "kam-xl addin install libreoffice" again'
RECALCULATE = "calculate again with Ctrl+Shift+F9"
LONGEST_LINE = 254
HOME = os.path.dirname(os.path.abspath(__file__))
UNKNOWN_SWITCH = 2  # exit code of a Python that does not know -P


class Unanswered(Exception):
    """The service did not answer: the reason, and what the person can do."""

    def __init__(self, reason: str, remedy: str = REINSTALL):
        super().__init__(reason)
        self.remedy = remedy


class Died(Unanswered):
    """The service ended instead of answering."""


def is_full(path: str) -> bool:
    """Whether a path is the same file whatever the current folder is; on Windows that takes a drive or a server."""
    return os.path.isabs(path) and bool(os.path.splitdrive(path)[0] or os.name != "nt")


def search_path() -> list[str]:
    """The folders of PATH without those that depend on the current folder: relative ones, and blanks, which are it."""
    folders = (folder.strip('"') for folder in os.environ.get("PATH", "").split(os.pathsep))
    return [folder for folder in folders if is_full(folder)]


def clean_environment() -> dict[str, str]:
    """The environment for a child: without what LibreOffice or a virtual environment put into it.

    Every PYTHON* variable is left out, so none can put a folder on the path of the user's Python; PATH keeps its full
    paths only.
    """
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(FOREIGN)}
    return {name: os.pathsep.join(search_path()) if name.upper() == "PATH" else kept[name] for name in kept}


class Service:
    """The user's Python as a child process: started on the first question, once more if it died, never in a loop.

    A question waits at most `patience` seconds, a start at most `start` seconds. After a failure all
    questions of the next `pause` seconds get the same reason at once, so that a sheet full of formulas is not held up
    once per cell.
    """

    def __init__(self, python: str, folder: str, patience: float = 10.0, start: float = 15.0, pause: float = 5.0):
        chosen = os.environ.get("KAM_XL_PYTHON")
        switches = ["-P", "-c", BOOTSTRAP]
        self.command = [chosen, *switches] if chosen else [python, *switches, folder]
        self.patience, self.start, self.pause = patience, start, pause
        self._process: Any = None
        self._lock = threading.Lock()
        self._silent_until = 0.0
        self._failure = Unanswered("")

    def call(self, name: str, cells: Sequence[Any]) -> Any:
        """What the function `name` makes of `cells`; raises Unanswered."""
        question = json.dumps([name, cells], separators=(",", ":")).encode("ascii") + b"\n"
        with self._lock:
            if time.monotonic() < self._silent_until:
                raise self._failure.with_traceback(None)
            try:
                answer = self._answer(question)
            except Unanswered as error:
                self.stop()
                self._silent_until, self._failure = time.monotonic() + self.pause, error
                raise
        if "error" in answer:
            raise Unanswered(str(answer["error"]))
        return answer["cells"]

    def stop(self) -> None:
        """End the child process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.stdout.close()
            with suppress(OSError):  # an unsent rest of a question
                process.stdin.close()

    def _answer(self, question: bytes) -> dict[str, Any]:
        if self._process is not None:
            try:
                return self._exchange(question, self.patience)
            except Died:
                self.stop()
        self._launch()
        return self._exchange(question, self.patience)

    def _launch(self) -> None:
        if not is_full(self.command[0]):
            raise Unanswered(f"{self.command[0]} is no full path of a Python")
        try:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=HOME,
                env=clean_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise Unanswered(f"{self.command[0]}: {error.strerror}") from None
        try:
            greeting = self._exchange(b"", self.start)
        except Died:
            with suppress(subprocess.TimeoutExpired):
                if self._process.wait(1) == UNKNOWN_SWITCH:
                    raise Unanswered(f"{self.command[0]} is not Python 3.11 or later") from None
            raise
        if "error" in greeting:
            raise Unanswered(str(greeting["error"]))

    def _exchange(self, question: bytes, seconds: float) -> dict[str, Any]:
        """Write a question (none: the greeting) and read one line; the child is killed when the time is up."""
        process, started = self._process, time.monotonic()
        watch = threading.Timer(seconds, process.kill)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(question)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            if time.monotonic() - started >= seconds:
                raise Unanswered(f"no answer within {seconds:g} seconds", RECALCULATE)
            raise Died(f"{self.command[0]} ended")
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise Unanswered(f"{self.command[0]} gave no answer of kam_xl")
        return answer


def silent_line(name: str, failure: Unanswered) -> str:
    """The line a cell shows when the service did not answer."""
    start, end = f"#KAM! {name}: Python did not answer (", f"); {failure.remedy}"
    reason = " ".join(str(failure).split())
    return start + reason[: LONGEST_LINE - len(start) - len(end)] + end


def plain(cell: Any) -> Any:
    """A cell as Calc takes it: text or a double (a wider whole number would arrive as 0)."""
    return cell if isinstance(cell, str) else float(cell)


LEAST = 32  # rows of a table


def rows_of(cells: Sequence[Any], place: int) -> Sequence[tuple[Any, ...]]:
    """The rows of the argument at `place`; a single value is one row of one cell."""
    value = cells[place] if place < len(cells) else None
    return value if isinstance(value, tuple) else ((value,),)


def fitted(answer: Any, shape: dict[str, Any], cells: Sequence[Any]) -> tuple[tuple[Any, ...], ...]:
    """The answer as the rows Calc gets.

    Calc does not spill: an array formula fills exactly its stored reference, and cells beyond the result show #N/A. So
    a table is filled up with "" to one row more than the input (room for headings; the rows of all its tables where
    there are several) and to `LEAST` rows, as some list cases and not accounts. So is a line of text in place of a
    result, as wide as the result would have been.
    """
    rows: list[tuple[Any, ...]] = []
    if isinstance(answer, list):
        rows = [tuple([plain(cell) for cell in row]) for row in answer]
        if shape["result"] != "table":
            return tuple(rows)
        width = len(rows[0]) if rows else 1
    else:
        width = shape["width"] or len(rows_of(cells, shape["range"])[0])
        rows = [(plain(answer), *[""] * (width - 1))]
    room = sum(len(rows_of(cells, place)) for place in (shape["range"], *shape.get("others", ()))) + 1
    if shape["result"] == "table":
        room = max(room, LEAST)
    rows.extend([("",) * width] * (room - len(rows)))
    if shape["text"]:
        rows = [tuple([str(cell) for cell in row]) for row in rows]
    return tuple(rows)


def method(service: Service, shape: dict[str, Any]) -> Callable[..., Any]:
    """The method that Calc calls for one function; it never raises, because Calc would show a bare #VALUE!."""
    name = shape["name"]

    def laid_out(result: Any, cells: Sequence[Any]) -> Any:
        return plain(result) if shape["result"] == "scalar" else fitted(result, shape, cells)

    def answer(_self: Any, *cells: Any) -> Any:
        try:
            return laid_out(service.call(name, cells), cells)
        except Unanswered as error:
            failure = error
        except Exception as error:
            failure = Unanswered(f"{type(error).__name__}: {error}")
        return laid_out(silent_line(name, failure), cells)

    return answer
