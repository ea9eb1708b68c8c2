"""An Excel of our own is started and ended; nobody else's is touched. Here as on a Mac, with a stand-in for xlwings."""

from __future__ import annotations

import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kam_xl.cli import cli
from kam_xl.errors import HostError
from kam_xl.excel_check.excel import Excel, save_copy


class Mac:
    """Excels on a Mac: processes, and what was asked of them."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self.asked: list[str] = []
        self.same_again = self.deaf = False

    def start(self, visible: bool, add_book: bool) -> Any:
        if not self.same_again:
            self.processes.append(subprocess.Popen(["sleep", "60"]))
        process = self.processes[-1]
        reap = threading.Thread(target=process.wait, daemon=True)
        reap.start()
        return types.SimpleNamespace(
            pid=process.pid, quit=lambda: self.quit(process), api=types.SimpleNamespace(), books=[], visible=visible
        )

    def quit(self, process: subprocess.Popen[bytes]) -> None:
        self.asked.append(f"quit {self.processes.index(process)}")
        if not self.deaf:
            process.terminate()


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mac]:
    found = Mac()
    apps = types.SimpleNamespace(keys=lambda: [process.pid for process in found.processes])
    monkeypatch.setitem(sys.modules, "xlwings", types.SimpleNamespace(App=found.start, apps=apps))
    monkeypatch.setattr(sys, "platform", "darwin")
    yield found
    for process in found.processes:
        process.kill()


def test_what_was_started_is_quit_and_what_was_open_stays(mac: Mac) -> None:
    mac.start(True, False)  # the person's own
    with Excel(1) as excel:
        folder = excel.folder
        assert folder.is_dir()
        assert excel.running
    assert mac.asked == ["quit 1"]
    assert mac.processes[0].poll() is None
    assert mac.processes[1].wait(5) is not None
    assert not folder.exists()


def test_an_excel_that_was_open_already_is_left_alone(mac: Mac) -> None:
    mac.start(True, False)
    mac.same_again = True
    with pytest.raises(HostError, match="Excel does not start a second time beside the open one"), Excel(1):
        pass
    assert mac.asked == []
    assert mac.processes[0].poll() is None


def test_an_excel_that_does_not_quit_is_ended(mac: Mac) -> None:
    mac.deaf = True
    with Excel(1):
        pass
    assert mac.processes[0].wait(20) is not None


def test_what_takes_too_long_is_ended_and_a_new_excel_goes_on(mac: Mac) -> None:
    with Excel(0.2) as excel:
        with pytest.raises(HostError, match=r"Excel did not answer for 0\.4 s and was ended"), excel.limited():
            mac.processes[0].wait(20)
            raise RuntimeError("the connection is lost")
        assert not excel.running
        assert excel.app.pid == mac.processes[1].pid
    assert mac.processes[1].wait(5) is not None


def test_an_excel_that_began_later_is_watched_too(mac: Mac) -> None:
    with Excel(0.2) as excel:
        mac.processes[0].kill()
        mac.processes[0].wait(5)
        with pytest.raises(HostError, match="was ended"), excel.limited():
            assert excel.app.pid == mac.processes[1].pid
            mac.processes[1].wait(20)
            raise RuntimeError("the connection is lost")


def test_an_interruption_ends_it_too(mac: Mac) -> None:
    with pytest.raises(KeyboardInterrupt), Excel(1):
        raise KeyboardInterrupt
    assert mac.processes[0].wait(5) is not None


def test_a_copy_on_a_mac_is_saved_first(mac: Mac, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    book = types.SimpleNamespace(save=lambda: file.write_bytes(b"saved"), fullname=str(file))
    assert save_copy(book, tmp_path / "b.xlsx").read_bytes() == b"saved"


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("linux", "kam-xl: there is no Excel for this system; run it on the Windows computer or Mac that has Excel"),
        ("darwin", "kam-xl: Excel needs xlwings to reach Python; install it with: pip install xlwings"),
    ],
)
def test_without_excel_or_xlwings_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, platform: str, line: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setitem(sys.modules, "xlwings", None)
    monkeypatch.delenv("KAM_XL_DEBUG", raising=False)
    result = CliRunner().invoke(cli, ["doctor", "--excel"])
    assert result.exit_code == 2
    assert result.output.splitlines()[-1] == line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--excel", "--mend"], "Choose one of --mend and --excel."),
        (["--out", "x.zip"], "--out, --wait, --show and --no-workbook go with --excel."),
        (["--no-workbook"], "--out, --wait, --show and --no-workbook go with --excel."),
        (["--excel", "missing.xlsx"], "missing.xlsx: no such file; check the name and the folder"),
        (["--excel", "--out", "."], ".: is there already; choose another name"),
        (["--excel", "--out", "none/x.zip"], "none: no such folder; make it first"),
    ],
)
def test_what_cannot_be_is_refused_before_excel_starts(arguments: list[str], line: str) -> None:
    result = CliRunner().invoke(cli, ["doctor", *arguments])
    assert result.exit_code == 2
    assert line in result.output
    assert "starting Excel" not in result.output
