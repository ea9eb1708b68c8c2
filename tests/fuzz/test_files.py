"""Broken files through everything that reads files: one line for the person, never a crash, a hang or all memory."""

from __future__ import annotations

import os
import resource
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest
from fuzz.mutants import broken_text, broken_zip, damaged

from kam_xl.content.positions import find_positions
from kam_xl.content.tables import Tables
from kam_xl.doctor import examine
from kam_xl.errors import KamError
from kam_xl.intake.importer import read_data
from kam_xl.intake.reader import is_workbook, read_workbook
from kam_xl.intake.template import load_template, templates_folder
from kam_xl.workbook.build import build

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of memory are of POSIX")
MEMORY, PATIENCE = 3 << 30, 20  # bytes of addresses and seconds that one file may take


def small_workbook(folder: Path) -> Path:
    """A filled workbook of few pages."""
    settings = load_template("standard").settings.model_copy(update={"sheets": ["Dashboard", "Decision map"]})
    people = [{"account": "Solo", "name": "A", "power": 5}, {"account": "Solo", "name": "B", "reports_to": "A"}]
    tables = Tables(
        years=["2024", "2025"],
        accounts=[{"account": "Solo"}, {"account": "Duo"}],
        revenue=[("Solo", [5, 6]), ("Duo", [7, None])],
        records={"stakeholders": people},  # type: ignore[dict-item]
    )
    return build(settings, tables, "addin").write(folder / "ours.xlsx")


def foreign_workbook(folder: Path) -> Path:
    """A workbook of several sheets as people have them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Account", "Owner", "2024", "2025"], ["Aurelia", "Zed", 5, 6.5], ["Duo", None, "7", None]):
        sheet.append(row)
    people = book.create_sheet("Stakeholders")
    for row in (["Account", "Name", "Reports to", "Power"], ["Aurelia", "A", None, 5], ["Aurelia", "B", "A", 3]):
        people.append(row)
    book.save(folder / "theirs.xlsx")
    return folder / "theirs.xlsx"


def use_workbook(path: Path) -> None:
    is_workbook(path)
    read_workbook(path)


def use_data(path: Path) -> None:
    read_data(path, load_template("standard").settings)


def use_doctor(path: Path) -> None:
    examine(path)


def use_template(path: Path) -> None:
    loaded = load_template(str(path))
    build(loaded.settings, Tables.empty(["2025"]), "addin").to_bytes()


def files_of(
    kind: str, folder: Path
) -> tuple[bytes, Callable[[bytes, Random], bytes], str, list[Callable[[Path], None]]]:
    """What to start from, how to break it, the ending of the file, and what reads it."""
    if kind == "ours":
        return small_workbook(folder).read_bytes(), broken_zip, ".xlsx", [use_workbook, use_doctor, use_data]
    if kind == "theirs":
        return foreign_workbook(folder).read_bytes(), broken_zip, ".xlsx", [use_data, use_doctor]
    if kind == "csv":
        text = 'Account;Owner;2024;2025\n"Aurelia";Zoë;1.234,50;7\nDuo;;"5";\n' * 3
        return text.encode(), lambda d, c: (damaged if c.random() < 0.5 else broken_text)(d, c), ".csv", [use_data]
    toml = (templates_folder() / "selection" / "template.toml").read_bytes()
    return toml, broken_text, ".toml", [use_template]


def addresses() -> int:
    """Bytes of addresses that this process has taken: an engine that another test loaded reserves gigabytes."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 16 << 30


def read_in_child(files: list[Path], uses: list[Callable[[Path], None]], told: Path) -> int:
    """Read the files in a process of limited memory and time; what went wrong stands in `told`."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        limit = addresses() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        for number in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(number, signal.SIG_DFL)
        warnings.simplefilter("ignore")
        for path in files:
            told.write_text(f"{path.name}: crashed, or took longer than {PATIENCE} s")
            for use in uses:
                signal.setitimer(signal.ITIMER_PROF, PATIENCE)  # of the processor, however busy it is with others
                signal.alarm(10 * PATIENCE)
                try:
                    use(path)
                except KamError as error:
                    if "\n" in str(error):
                        told.write_text(f"{path.name}: {use.__name__}: not one line: {error}")
                        os._exit(1)
        os._exit(0)
    except BaseException as error:
        import traceback

        told.write_text(f"{told.read_text()}\n{type(error).__name__}: {error}\n{traceback.format_exc()[-3000:]}")
    finally:
        os._exit(1)


@pytest.mark.parametrize("kind", ["ours", "theirs", "csv", "toml"])
def test_no_broken_file_does_more_than_say_so_in_one_line(
    kind: str, chance: Random, seconds: float, tmp_path: Path
) -> None:
    start, break_it, ending, uses = files_of(kind, tmp_path)
    find_positions(start if kind == "ours" else small_workbook(tmp_path).read_bytes())  # all is imported by now
    until, count, told = time.monotonic() + seconds / 4, 0, tmp_path / "told.txt"
    while time.monotonic() < until:
        files = []
        for number in range(20 if kind != "toml" else 5):
            files.append(tmp_path / f"{number}{ending}")
            files[-1].write_bytes(break_it(start, chance))
        status = read_in_child(files, uses, told)
        culprit = tmp_path / told.read_text().split(":")[0]
        assert status == 0, f"{told.read_text()}\n{culprit.read_bytes()[:300]!r}"
        count += len(files)
    print(f"{count} files")
    assert count
