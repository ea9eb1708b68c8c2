"""Other programs are found in the full folders of PATH only, and started by their full path, without a shell."""

from __future__ import annotations

import ast
import ntpath
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import kam_xl
from kam_xl.hosts import programs
from kam_xl.hosts.libreoffice import client
from kam_xl.hosts.programs import find_program

MODULES = sorted(Path(kam_xl.__file__).parent.rglob("*.py"))
DRAWN = r"C:\tools\pdftoppm.exe"


def program(folder: Path, name: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize("path", ["", ".", ":", ":.:here", "here:{real}", ":{real}", "{real}:", ".:./here:{real}"])
def test_a_program_is_found_in_full_folders_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    real = program(tmp_path / "real", "drawer")
    for folder in (tmp_path, tmp_path / "here"):
        program(folder, "drawer")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path.format(real=tmp_path / "real"))
    assert find_program("drawer") == (real if "{real}" in path else None)


def test_what_cannot_be_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one" / "drawer").mkdir(parents=True)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "drawer").write_text("text")
    real = program(tmp_path / "three", "drawer")
    monkeypatch.setenv("PATH", os.pathsep.join(str(tmp_path / name) for name in ("one", "two", "three", "none")))
    assert find_program("drawer") == real


def pretend_windows(monkeypatch: pytest.MonkeyPatch, path: str, files: set[str]) -> None:
    """A computer with Windows whose current folder holds every program."""

    def is_there(name: str) -> bool:
        return name in files or not ntpath.splitdrive(name)[0]

    places = SimpleNamespace(
        **{name: getattr(ntpath, name) for name in ("join", "isabs", "splitdrive")}, isfile=is_there
    )
    system = SimpleNamespace(
        path=places, pathsep=";", name="nt", environ={"Path": path, "PATH": path}, access=lambda *_: True, X_OK=1
    )
    monkeypatch.setattr(client, "os", system)
    monkeypatch.setattr(programs, "os", system)
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (r"C:\tools", DRAWN),
        (r"C:\other;C:\tools", DRAWN),
        (r'"C:\tools"', DRAWN),
        (r";.;bin;..\bin;\tools;C:tools;C:\tools", DRAWN),
        (r"\\server\share;C:\tools", DRAWN),
        ("", None),
        (";", None),
        (".", None),
        (r"bin;\tools;C:tools", None),
    ],
)
def test_on_windows_the_current_folder_is_never_searched(
    monkeypatch: pytest.MonkeyPatch, path: str, found: str | None
) -> None:
    pretend_windows(monkeypatch, path, {DRAWN})
    assert find_program("pdftoppm") == found


def test_on_windows_a_batch_file_is_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_windows(monkeypatch, r"C:\a;C:\b", {r"C:\a\soffice.bat", r"C:\a\soffice.cmd", r"C:\b\soffice.com"})
    assert find_program("soffice") == r"C:\b\soffice.com"


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """The calls of a module: ``subprocess.run``, ``run`` …"""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [(ast.unparse(call.func), call) for call in found]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(MODULES[0].parents[0])))
def test_no_module_starts_a_program_by_its_bare_name_or_through_a_shell(file: Path) -> None:
    for name, call in calls(ast.parse(file.read_text(encoding="utf-8"))):
        assert name.split(".")[-1] not in {"which", "system", "popen", "startfile", "getoutput", "execvp"}, name
        assert not name.startswith(("webbrowser.", "os.exec", "os.spawn")), name
        assert not [word for word in call.keywords if word.arg in {"shell", "executable"}], name
        if name.startswith("subprocess.") and isinstance(call.args[0], ast.List):
            first = call.args[0].elts[0]
            assert not isinstance(first, ast.Constant) or str(first.value).startswith("/"), ast.unparse(call)
