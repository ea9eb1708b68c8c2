"""What a cell shows in LibreOffice Calc when the service behind it fails."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import start_office
from office import Book, Office

SHEET = "Sheet1"


def read(path: str) -> str:
    """A file of /proc; nothing when its process or thread has just ended."""
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def service_of(office: Office) -> int:
    """Process id of the service that LibreOffice started."""
    tasks = Path(f"/proc/{office.pid}/task").iterdir()
    children = {int(pid) for task in tasks for pid in read(f"{task}/children").split()}
    (service,) = (pid for pid in children if "kam_xl" in read(f"/proc/{pid}/cmdline"))
    return service


def ends(pid: int, seconds: float = 60) -> bool:
    """Whether a process ends (or is a zombie) in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = read(f"/proc/{pid}/stat").rpartition(")")[2].split()
        if not state or state[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def answers(book: Book, cell: str, value: object, seconds: float = 60) -> bool:
    """Whether a cell shows a value before long: a busy computer starts a service late."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        book.recalculate()
        if book.read(SHEET, cell) == [[value]]:
            return True
        time.sleep(0.5)
    return False


def test_killed_service_answers_again_at_the_next_recalculation(office: Office, book: Book) -> None:
    assert book.formula(SHEET, "A1", "=KAM_HHI(5)") == 10_000
    first = service_of(office)
    os.kill(first, signal.SIGKILL)
    book.recalculate()
    assert book.read(SHEET, "A1") == [[10_000]]
    assert service_of(office) != first


def test_hung_service_shows_one_line_once_the_time_is_up_and_then_recovers(office: Office, book: Book) -> None:
    book.write(SHEET, "A1", [[f"=KAM_HHI({number})"] for number in range(1, 21)])
    os.kill(service_of(office), signal.SIGSTOP)
    started = time.monotonic()
    book.recalculate()
    lines = {row[0] for row in book.read(SHEET, "A1:A20")}
    assert 9 < time.monotonic() - started < 100  # once for all 20 cells, not 10 seconds for each
    assert lines == {
        "#KAM! KAM_HHI: Python did not answer (no answer within 10 seconds); calculate again with Ctrl+Shift+F9"
    }
    time.sleep(5)  # the pause after a failure
    assert answers(book, "A20", 10_000)


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Office]:
    """A LibreOffice whose Python is not there."""
    with start_office(tmp_path, {"KAM_XL_PYTHON": "/no/such/python"}) as office:
        yield office


def test_missing_python_shows_one_readable_line(broken: Office) -> None:
    with broken.new() as book:
        book.write(SHEET, "A1", [[60], [40]])
        line = (
            "#KAM! KAM_ABC: Python did not answer (/no/such/python: No such file or directory);"
            ' run "kam-xl addin install libreoffice" again'
        )
        assert book.array(SHEET, "B1:B3", "=KAM_ABC(A1:A2)") == [[line], [""], [""]]


def test_service_does_not_outlive_libreoffice(tmp_path: Path) -> None:
    with start_office(tmp_path) as office:
        book = office.new()
        assert book.formula(SHEET, "A1", "=KAM_HHI(5)") == 10_000
        service = service_of(office)
        os.kill(office.pid, signal.SIGKILL)
        assert ends(service)
