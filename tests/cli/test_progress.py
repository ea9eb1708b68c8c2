"""The bar of long work: on a terminal it names every step, elsewhere not a letter of it is written."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from office import Office

import kam_xl
from kam_xl import progress
from kam_xl.cli import cli
from kam_xl.content.pages import PAGES
from kam_xl.hosts.libreoffice import install
from kam_xl.hosts.vba.machine import Machine

pty = pytest.importorskip("pty", reason="needs a terminal of Unix")
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
COLOUR = re.compile(rb"\x1b\[[0-9;]+m")
SMALL = ("--empty", "--sheets", "Pareto,Team")
HIDE, SHOW = b"\x1b[?25l", b"\x1b[?25h"  # the cursor


class Terminal:
    """What a command does at a terminal: its status, what the terminal got, and what went into the pipe of stdout."""

    def __init__(self, *args: str, folder: Path, answer: bytes = b"", **env: str) -> None:
        ours, theirs = pty.openpty()
        variables = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
        variables |= {"TERM": "xterm", "PYTHONPATH": str(Path(kam_xl.__file__).parents[1]), "PYTHONUTF8": "1"} | env
        process = subprocess.Popen(
            [sys.executable, "-m", "kam_xl", *args],
            cwd=folder,
            env=variables,
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        self.raw = b""
        while select.select([ours], [], [], 120)[0]:
            try:
                read = os.read(ours, 65_536)
            except OSError:  # Linux, when nobody has the other end any more
                break
            if not read:
                break
            self.raw += read
            if answer and b"Which is right?" in self.raw and self.raw.rstrip().endswith(b":"):
                os.write(ours, answer)
                answer = b""
        assert process.stdout
        self.stdout = process.stdout.read().decode()
        self.status = process.wait(20)
        os.close(ours)

    @property
    def text(self) -> str:
        return ESCAPE.sub(b"", self.raw).decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Terminal]:
    """A workbook that was made at a terminal."""
    folder = tmp_path_factory.mktemp("terminal")
    return folder / "a.xlsx", Terminal("new", "a.xlsx", *SMALL, folder=folder)


def test_a_new_workbook_at_a_terminal_names_its_steps_and_leaves_no_trace(made: tuple[Path, Terminal]) -> None:
    _file, new = made
    assert new.status == 0, new.text
    for step in (
        "writing the input sheets",
        "building the page Pareto",
        "building the page Team",
        "writing the workbook",
    ):
        assert step in new.text
    assert "━" in new.text
    assert new.raw.startswith(HIDE)
    assert new.raw.count(SHOW) == new.raw.count(HIDE)
    assert new.raw.endswith(b"\r\x1b[1A\x1b[2K"), "the line is taken away at the end"


def test_what_a_command_says_is_the_same_at_a_terminal_and_in_a_pipe(made: tuple[Path, Terminal]) -> None:
    file, new = made
    piped = subprocess.run(
        [sys.executable, "-m", "kam_xl", "new", "b.xlsx", *SMALL],
        cwd=file.parent,
        env={**os.environ, "PYTHONUTF8": "1", "FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "TERM": "xterm"},
        capture_output=True,
        timeout=120,
    )
    assert piped.stderr == b""
    assert piped.stdout.decode() == new.stdout.replace("a.xlsx", "b.xlsx")
    assert "\x1b" not in new.stdout


@pytest.mark.parametrize(("verb", "step"), [("check", "reading a.xlsx"), ("recalculate", "computing the sheet")])
def test_verbs_that_read_a_workbook_say_what_they_do(made: tuple[Path, Terminal], verb: str, step: str) -> None:
    file, _new = made
    looked = Terminal(verb, file.name, folder=file.parent)
    assert looked.status == 0, looked.text
    assert step in looked.text
    assert looked.stdout.count("\n") == 1


def test_a_preview_names_its_files_above_the_bar(made: tuple[Path, Terminal], office: Office) -> None:
    file, _new = made
    printed = Terminal("preview", file.name, "--out", "printed", folder=file.parent)
    assert printed.status == 0, printed.text
    assert "printing a.xlsx with LibreOffice" in printed.text
    assert "drawing the pages" in printed.text
    assert printed.stdout.splitlines()[0].endswith("a.pdf")
    assert printed.raw.count(SHOW) == printed.raw.count(HIDE) == 1 + printed.stdout.count("\n")


def test_a_terminal_that_cannot_draw_gets_nothing(made: tuple[Path, Terminal]) -> None:
    file, _new = made
    assert Terminal("recalculate", file.name, folder=file.parent, TERM="dumb").raw == b""


def test_without_colours_the_steps_are_named_all_the_same(made: tuple[Path, Terminal]) -> None:
    file, new = made
    plain = Terminal("recalculate", file.name, folder=file.parent, NO_COLOR="1")
    assert COLOUR.search(new.raw)
    assert not COLOUR.search(plain.raw)
    assert "computing the sheet" in plain.text


def test_after_a_mistake_the_cursor_is_back_and_the_line_stands_alone(made: tuple[Path, Terminal]) -> None:
    file, _new = made
    (file.parent / "torn.xlsx").write_bytes(file.read_bytes()[:3000])
    torn = Terminal("check", "torn.xlsx", folder=file.parent)
    assert torn.status == 2
    assert torn.raw.rindex(SHOW) > torn.raw.rindex(HIDE)
    after = torn.raw[torn.raw.rindex(b"\x1b[2K") :]
    assert ESCAPE.sub(b"", after).decode().splitlines()[0].startswith("kam-xl: torn.xlsx: ")


def test_a_question_is_asked_without_the_bar_and_work_goes_on_after_it(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes("Account;2025\nKőszeg;1\n".encode("cp1250"))
    asked = Terminal("new", "a.xlsx", *SMALL[1:], "--data", "in.csv", folder=tmp_path, answer=b"1\n")
    assert asked.status == 0, asked.text
    question = asked.raw.index(b"Which is right?")
    assert asked.raw.rindex(SHOW, 0, question) > asked.raw.rindex(HIDE, 0, question)
    assert HIDE in asked.raw[question:]
    assert "Wrote a.xlsx: 1 account" in asked.stdout


def test_a_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31mred.csv").write_text("Account,2025\nA,1\n", encoding="utf-8")
    shown = Terminal("new", "a.xlsx", *SMALL[1:], "--data", "a\x1b[31mred.csv", folder=tmp_path, NO_COLOR="1")
    assert shown.status == 0
    assert "reading a?[31mred.csv" in shown.text
    assert b"\x1b[31m" not in shown.raw


class Heard:
    """Who counts the steps."""

    def __init__(self) -> None:
        self.expected, self.steps = 0, []

    def expect(self, steps: int) -> None:
        self.expected += steps

    def step(self, doing: str) -> None:
        self.steps.append(doing)

    def pause(self) -> None: ...

    def go_on(self) -> None: ...


def heard(monkeypatch: pytest.MonkeyPatch, *args: str, status: int = 0) -> Heard:
    """The steps of a command."""
    listener = Heard()
    monkeypatch.setattr("kam_xl.cli.shown", lambda parts: progress.listened(listener))
    result = CliRunner().invoke(cli, list(args), prog_name="kam-xl")
    assert result.exit_code == status, result.output
    return listener


def test_every_page_is_a_step_and_no_step_comes_unexpected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    new = heard(monkeypatch, "new", str(tmp_path / "a.xlsx"))
    assert {f"building the page {name}" for name in PAGES} <= set(new.steps)
    assert len(new.steps) == new.expected
    few = heard(monkeypatch, "new", str(tmp_path / "b.xlsx"), "--sheets", "Pareto,Team")
    assert len(few.steps) == few.expected < new.expected
    again = heard(monkeypatch, "new", str(tmp_path / "c.xlsx"), "--data", str(tmp_path / "b.xlsx"))
    assert len(again.steps) <= again.expected
    assert "looking for what did not go along" in again.steps


def test_the_doctor_says_what_it_looks_at(
    monkeypatch: pytest.MonkeyPatch, made: tuple[Path, Terminal], tmp_path: Path
) -> None:
    monkeypatch.setattr("kam_xl.doctor.Machine", lambda: Machine(system="linux", addin=None, office_profile=tmp_path))
    found = heard(monkeypatch, "doctor", str(made[0]))
    assert found.steps[:2] == ["looking at this computer", "looking at a.xlsx"]
    assert "computing the sheet Pareto" in found.steps


def test_installing_the_extension_is_three_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office = install.Office(tmp_path / "soffice", tmp_path / "unopkg", (25, 2))
    monkeypatch.setattr(install, "find_office", lambda: office)
    monkeypatch.setattr(install, "_unopkg_run", lambda *_args: None)
    found = heard(monkeypatch, "addin", "install", "libreoffice", "--profile", str(tmp_path))
    wanted = ["looking for LibreOffice", "building the extension", "installing the extension in LibreOffice 25.2"]
    assert found.steps == wanted
    assert found.expected == 3


def test_the_bar_never_goes_back_and_is_not_full_before_the_end() -> None:
    bar = progress._Bar(parts=3)
    done = []
    for part in (2, 30, 1, 5):  # one part more than was said
        bar.expect(part)
        for number in range(part + 1):  # and one step more
            bar.step(f"{number}")
            done.append(bar._progress.tasks[0].completed)
    assert done == sorted(done)
    assert len(set(done)) > 20
    assert 0.9 < done[-1] < 1
    assert done[0] == 0


def test_work_that_nobody_looks_at_costs_nothing_and_the_listener_of_a_block_ends_with_it() -> None:
    listener = Heard()
    with progress.listened(listener):
        progress.step("one")
        with progress.listened(None), progress.aside():
            progress.step("two")
    progress.step("three")
    assert listener.steps == ["one"]
