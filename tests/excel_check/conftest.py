"""A small workbook with macros, and a process in which ``kam-xl doctor --excel`` meets a pretended Excel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LONGEST = 900  # seconds for one call; nothing here may hang


class Doctor:
    """A Windows computer with an Excel that has faults, on which `kam-xl` runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        tests = str(Path(__file__).parents[1])
        environment = {**os.environ, "PYTHONPATH": tests, "TMPDIR": str(folder), "HOME": str(folder / "Ada Lovelace")}
        environment.pop("KAM_XL_DEBUG", None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "excel_check.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __call__(self, *arguments: str | Path, faults: tuple[str, ...] = ()) -> dict[str, Any]:
        """Exit status and output of a call of `kam-xl`, and what the pretended Excel was asked."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"arguments": [*map(str, arguments)], "faults": faults}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        watch = threading.Timer(LONGEST, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        assert line, "the doctor's process has ended"
        answer: dict[str, Any] = json.loads(line)
        assert answer["left"] == 0, "an Excel that the doctor started still runs"
        assert answer["folders"] == 0, "a folder of the doctor's is left"
        assert "ended every Excel without a window" not in answer["log"]
        return answer

    def look(self, *arguments: str | Path, faults: tuple[str, ...] = ()) -> dict[str, Any]:
        """`kam-xl doctor --excel`."""
        return self("doctor", "--excel", *arguments, faults=faults)

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="session")
def doctor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doctor]:
    folder = tmp_path_factory.mktemp("doctor")
    (folder / "Ada Lovelace").mkdir()
    running = Doctor(folder)
    yield running
    running.close()


@pytest.fixture(scope="session")
def workbook(doctor: Doctor) -> Path:
    """The sample with the pages that the others rest on and macros, made on the pretended Windows."""
    pages = "Dashboard,Pareto,ABC,Scoring,At risk"
    file = doctor.folder / "accounts.xlsm"
    assert doctor("new", file, "--engine", "native", "--sheets", pages)["status"] == 0
    return file
