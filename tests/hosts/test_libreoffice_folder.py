"""LibreOffice in the folder of a document from somebody else: nothing of that folder runs."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import start_office
from office import Office
from planted import Folder

import kam_xl
from kam_xl.errors import HostError
from kam_xl.hosts.libreoffice import client, extension
from kam_xl.hosts.libreoffice.client import Service, Unanswered

FOLDER = str(Path(kam_xl.__file__).parent.parent)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("received") / "document")


@pytest.fixture(scope="module")
def calc(planted: Folder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice that was started in that folder."""
    try:
        running = start_office(tmp_path_factory.mktemp("office"), start_in=planted.path)
    except HostError as error:
        if os.environ.get("KAM_XL_NEEDS_OFFICE"):
            raise
        pytest.skip(str(error))
    with running:
        yield running


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(sys.executable, FOLDER)
    yield running
    running.stop()


def pretended_python(folder: Path, script: str) -> str:
    """A program in the place of the user's Python."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_calc_answers_and_imports_nothing_of_the_folder_it_was_started_in(calc: Office, planted: Folder) -> None:
    with calc.new() as book:
        assert Path(f"/proc/{calc.pid}/cwd").resolve() == planted.path.resolve()
        assert book.formula("Sheet1", "A1", "=KAM_HHI(5)") == 10_000
        book.write("Sheet1", "A2", [["Ada", 3.0], ["Bob", 1.0]])
        assert book.array("Sheet1", "D1:E2", "=KAM_PARETO(A2:A3;B2:B3)")[0] == [1, "Ada"]
    assert planted.was_run() == []


@pytest.mark.parametrize("entry", ["", ".", os.pathsep, "document", "{folder}"])
def test_variables_of_python_bring_the_folder_not_back(
    service: Service, planted: Folder, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    monkeypatch.chdir(planted.path)
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONPLATLIBDIR", "PYTHONUSERBASE"):
        monkeypatch.setenv(name, entry.format(folder=planted.path))
    assert service.call("KAM_HHI", (5.0,)) == 10_000
    assert planted.was_run() == []


def test_the_worker_runs_in_the_folder_of_the_extension(service: Service) -> None:
    service.call("KAM_HHI", (5.0,))
    assert Path(f"/proc/{service._process.pid}/cwd").resolve() == Path(client.__file__).parent


def test_packages_of_the_user_are_still_found(tmp_path: Path) -> None:
    service = Service(sys.executable, str(tmp_path))
    assert not {"-I", "-s", "-S", "-E"} & set(service.command)
    (tmp_path / "kam_xl_extra.py").write_text("")
    code = "import sys; sys.path += sys.argv[1:]; import kam_xl_extra"
    command = [code if part == client.BOOTSTRAP else part for part in service.command]
    assert subprocess.run(command, check=False, cwd="/").returncode == 0


@pytest.mark.parametrize("name", ["python", "./python", "bin/python", ""])
def test_a_python_without_a_full_path_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    pretended_python(tmp_path, f"touch {tmp_path}/run")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f":.:{os.environ['PATH']}")
    with pytest.raises(Unanswered, match="is no full path of a Python"):
        Service(name, FOLDER).call("KAM_HHI", (5.0,))
    if name:
        monkeypatch.setenv("KAM_XL_PYTHON", name)
        with pytest.raises(Unanswered, match="is no full path of a Python"):
            Service(sys.executable, FOLDER).call("KAM_HHI", (5.0,))
    assert not (tmp_path / "run").exists()


def test_an_older_python_is_refused_in_one_line(tmp_path: Path) -> None:
    """Before 3.11 a Python does not know -P: it prints its usage and ends with 2."""
    old = pretended_python(tmp_path, "case $1 in -P) echo 'Unknown option: -P' >&2; exit 2;; esac")
    with pytest.raises(Unanswered, match=r"python is not Python 3\.11 or later$"):
        Service(old, FOLDER).call("KAM_HHI", (5.0,))


@pytest.mark.parametrize("path", ["", ":", ".", "bin", ":/usr/bin:", "/usr/bin:.:bin::"])
def test_the_path_of_a_child_has_full_folders_only(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("PATH", path)
    assert client.clean_environment()["PATH"] == ("/usr/bin" if "/usr/bin" in path else "")


def test_the_extension_takes_the_current_folder_off_the_path_of_libreoffice(planted: Folder) -> None:
    text = extension.parts()["kam_xl_addin.py"]
    before = text[: text.index("import kam_xl_client")]
    code = f"import sys; sys.path[:0] = ['', '.', 'document']\n{before}\nprint(sys.path)"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=planted.path)
    assert done.returncode == 0, done.stderr
    assert all(Path(folder).is_absolute() for folder in eval(done.stdout))
    assert planted.was_run() == []
