"""The command in the folder of a workbook from somebody else: nothing of that folder runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from planted import Folder

COMMAND = Path(sys.executable).with_name("kam-xl")
VERBS = [
    ["new", "a.xlsx", "--empty", "--sheets", "Team"],
    ["check", "b.xlsx"],
    ["doctor", "b.xlsx"],
    ["functions", "KAM_ABC"],
    ["addin", "build", "libreoffice"],
    ["templates"],
    ["preview", "b.xlsx", "--out", "pages"],
]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """With a workbook, and a program for every name that we look up."""
    folder = Folder(tmp_path_factory.mktemp("received") / "document")
    made = run(folder, str(COMMAND), "new", "b.xlsx", "--sample", "--sheets", "Team")
    assert made.returncode == 0, made.stderr
    for name in ("soffice", "soffice.bin", "libreoffice", "unopkg", "pdftoppm", "unshare", "python", "python3"):
        program = folder.path / name
        program.write_text(f"#!/bin/sh\ntouch {folder.path.parent}/document-marks/{name}\n")
        program.chmod(0o755)
    return folder


def run(folder: Folder, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    path = f":.:{environment['PATH']}:"
    return subprocess.run(
        command, cwd=folder.path, env={**environment, "PATH": path, **variables}, capture_output=True, text=True
    )


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_the_command_runs_nothing_of_the_folder(planted: Folder, verb: list[str]) -> None:
    if verb[0] == "preview" and not shutil.which("pdftoppm"):
        pytest.skip("needs LibreOffice and poppler-utils")
    done = run(planted, str(COMMAND), *verb)
    assert done.returncode == 0, done.stderr
    assert planted.was_run() == []


def test_python_with_m_imports_nothing_of_the_folder_once_it_is_ours(planted: Folder, tmp_path: Path) -> None:
    """What Python itself imports before it reaches us, and our own name, it takes from the folder; -P stops that."""
    folder = Folder(tmp_path / "other")
    code = "import sys, runpy, kam_xl; print(*{name.split('.')[0] for name in sys.modules})"
    before = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout
    for name in before.split():
        (folder.path / f"{name}.py").unlink(missing_ok=True)
        shutil.rmtree(folder.path / name, ignore_errors=True)
    done = run(folder, sys.executable, "-m", "kam_xl", "new", "a.xlsx", "--empty", "--sheets", "Team")
    assert done.returncode == 0, done.stderr
    assert folder.was_run() == []
    assert run(planted, sys.executable, "-P", "-m", "kam_xl", "--version").returncode == 0
    assert planted.was_run() == []


@pytest.mark.parametrize("name", ["soffice", "./soffice", "bin/../soffice"])
def test_an_office_named_by_no_full_path_is_refused(planted: Folder, name: str) -> None:
    done = run(planted, str(COMMAND), "preview", "b.xlsx", KAM_XL_OFFICE=name)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kam-xl: KAM_XL_OFFICE is no full path: {name}; give the full path")
    assert planted.was_run() == []
