"""Every verb and macro that writes, killed at every phase of its writing: old or new whole, and nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from writing.killing import kills

import kam_xl.hosts.libreoffice.convert as convert
from kam_xl.cli import cli
from kam_xl.content.tables import Tables
from kam_xl.hosts.libreoffice import build_extension
from kam_xl.hosts.vba import build_addin
from kam_xl.intake.template import load_template
from kam_xl.macros import excel
from kam_xl.workbook import build as building
from kam_xl.workbook import recompute as recomputing
from kam_xl.writing import sweep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills are of POSIX")


def command(*words: str) -> None:
    cli.main([*words], prog_name="kam-xl", standalone_mode=False)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small native workbook whose values are gone, as openpyxl leaves it."""
    folder = tmp_path_factory.mktemp("workbook")
    settings = load_template("standard").settings.model_copy(update={"sheets": ["Dashboard"]})
    tables = Tables(years=["2025"], accounts=[{"account": "Solo"}], revenue=[("Solo", [5])])
    path = building.build(settings, tables).write(folder / "whole.xlsx")
    book = openpyxl.load_workbook(path)
    book.save(folder / "hollow.xlsx")
    return folder / "hollow.xlsx"


@pytest.fixture(autouse=True)
def quick(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What goes before the writing is done once and not at every kill."""
    made = building.build(load_template("standard").settings.model_copy(update={"sheets": ["Pareto"]}), Tables.empty())
    made.to_bytes()
    monkeypatch.setattr(building, "build", lambda *_a, **_k: made)
    right = recomputing.recompute(workbook)
    monkeypatch.setattr(recomputing, "recompute", lambda _path: right)
    yield


def new(folder: Path, workbook: Path) -> None:
    command("new", str(folder / "out"), "--empty", "--force")


def recalculated(folder: Path, workbook: Path) -> None:
    command("recalculate", str(workbook), "--out", str(folder / "out"), "--force")


def functions(folder: Path, workbook: Path) -> None:
    command("functions", "--lambda", "--all", str(folder / "out"), "--force")


def extension(folder: Path, workbook: Path) -> None:
    build_extension(folder / "out", force=True)


def addin(folder: Path, workbook: Path) -> None:
    build_addin(folder / "out", force=True)


def printed(folder: Path, workbook: Path) -> None:
    convert.to_pdf(workbook, folder / "out", force=True)


def copied(folder: Path, workbook: Path) -> None:
    book: Any = SimpleNamespace(api=None, fullname=str(workbook), name=workbook.name, save=lambda: None)
    excel._copy(book, folder / "out")


WORKS: dict[Callable[[Path, Path], None], str] = {
    new: ".xlsx",
    recalculated: ".xlsx",
    functions: ".txt",
    extension: ".oxt",
    addin: ".xlam",
    printed: ".pdf",
    copied: ".xlsx",
}


def whole(path: Path, old: bytes, made: bytes) -> bool:
    """Whether a file is as it was, or all of the new one."""
    return path.read_bytes() in (old, made) if path.exists() else not old


@pytest.mark.parametrize(
    ("work", "there"),
    [(work, there) for work in WORKS for there in (True, False) if not (there and work is copied)],  # to a free name
    ids=lambda value: getattr(value, "__name__", "there" if value else "not there"),
)
def test_killed_at_any_phase_a_verb_leaves_the_old_file_or_the_new(
    work: Callable[[Path, Path], None],
    there: bool,
    workbook: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setattr("sys.platform", "darwin") if work is copied else None
    monkeypatch.setattr(convert, "_print", lambda *_a: workbook)  # what LibreOffice printed
    name = f"out{WORKS[work]}"

    def at(folder: Path) -> Path:
        return folder / name

    def run() -> None:
        work(SimpleFolder(tmp_path, name), workbook)  # type: ignore[arg-type]

    run()
    made, old = at(tmp_path).read_bytes(), b"old" if there else b""
    for _round in range(10 if request.config.getoption("--long") else 1):
        before = sum(1 for _number in checked(run, at(tmp_path), old, made))
        assert before >= 5


class SimpleFolder:
    """A folder in which "out" has the ending that a verb wants."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name

    def __truediv__(self, _out: str) -> Path:
        return self.folder / self.name


def checked(run: Callable[[], None], place: Path, old: bytes, made: bytes) -> Iterator[int]:
    """The kills, each looked at."""
    reset(place, old)
    for number in kills(run):
        assert whole(place, old, made), number
        sweep(place.parent)
        assert [path.name for path in place.parent.iterdir()] == [place.name] * place.exists()
        reset(place, old)
        yield number
    assert place.read_bytes() == made


def reset(place: Path, old: bytes) -> None:
    place.unlink(missing_ok=True)
    if old:
        place.write_bytes(old)
