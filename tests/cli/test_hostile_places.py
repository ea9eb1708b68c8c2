"""The command in places that are against it: terminals, folders, names, signals. It ends in one line, and tidily."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kam_xl.cli import cli
from kam_xl.errors import DataError
from kam_xl.hosts.libreoffice.install import find_office
from kam_xl.writing import fitting_name, write_file

PROTECTED = "is write-protected; choose another name, or take the protection away first"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAM_XL_DEBUG", raising=False)
    return lambda *args: CliRunner().invoke(cli, list(args), prog_name="kam-xl")


def separate(folder: Path, *args: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "kam_xl", *args]
    return subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, timeout=120)


def line(result: Result) -> str:
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
    return result.stderr.removeprefix("kam-xl: ").strip()


# ---- terminals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_letters_that_the_terminal_does_not_know_are_shown_by_their_numbers(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "in.csv").write_text("Account;2025;Ł\nŁódź;1;x\nłódź;2;\n", encoding="utf-8")
    told = separate(tmp_path, "new", "Ł.xlsx", "--data", "in.csv", "--sheets", "Dashboard", PYTHONIOENCODING=encoding)
    assert (told.returncode, told.stderr) == (0, b"")
    text = told.stdout.decode(encoding)
    assert ("Ł.xlsx" if encoding == "utf-8" else "\\u0141.xlsx") in text
    assert (tmp_path / "Ł.xlsx").exists()
    wrong = separate(tmp_path, "check", "ŁŁ.xlsx", PYTHONIOENCODING=encoding)
    assert (wrong.returncode, wrong.stderr.count(b"\n")) == (2, 1)


@pytest.mark.parametrize("name", [b"caf\xe9.csv", b"\xff\xfe.csv", b"a\nb.csv", "😀.csv".encode()])
def test_names_of_any_bytes_are_read_and_shown(tmp_path: Path, name: bytes) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("Account,2025\nA,1\n")
    told = separate(tmp_path, "new", name + b".xlsx", "--data", name, "--sheets", "Dashboard")
    assert (told.returncode, told.stderr) == (0, b"")
    told = separate(tmp_path, "check", name)
    assert (told.returncode, told.stderr.count(b"\n")) == (2, 1)


def test_a_closed_output_is_no_mistake_of_ours(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "kam_xl", "functions"]
    for shell in ("exec {} >&-", "exec {} >&- 2>&-", "{} | true"):
        script = shell.format(" ".join(f"'{part}'" for part in program))
        told = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, timeout=60)
        assert b"Traceback" not in told.stderr
        assert b"internal error" not in told.stderr


def test_a_full_disk_behind_the_output_is_named(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "kam_xl", "functions"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert told.returncode in (2, 120)
    assert b"No space left on device" in told.stderr
    assert b"internal error" not in told.stderr


# ---- the person's folder ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("home", ["~", "", "relative", "/nowhere", "/dev/null", "/" + "x" * 300, "/d" * 2500])
@pytest.mark.parametrize("verb", [["doctor"], ["functions", "hhi"], ["addin", "uninstall", "excel"]])
def test_a_folder_of_the_person_that_is_none_is_no_mistake(tmp_path: Path, home: str, verb: list[str]) -> None:
    told = separate(tmp_path, *verb, HOME=home)
    assert told.returncode in (0, 1)
    assert told.stderr == b""


@pytest.mark.skipif(not Path("/usr/bin/setpriv").exists() or os.geteuid() != 0, reason="needs to give up rights")
def test_a_folder_of_the_person_that_cannot_be_read_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "home" / ".config").mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    os.chown(tmp_path / "home", 65_533, 65_533)
    told = subprocess.run(
        ["/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search", sys.executable, "-m", "kam_xl", "doctor"],
        cwd=tmp_path, env=os.environ | {"HOME": str(tmp_path / "home")}, capture_output=True, timeout=60,
    )  # fmt: skip
    assert told.returncode in (0, 1), told
    assert told.stderr == b""


def test_a_mac_that_does_not_let_us_look_is_examined(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kam_xl.doctor import examine
    from kam_xl.hosts.libreoffice import install
    from kam_xl.hosts.vba.machine import Machine

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", "/" + "x" * 300)  # looking there is an error, as in a folder that cannot be read
    assert examine(None, Machine())
    assert list(install._places())


# ---- files to write --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("small") / "a.xlsx"
    assert CliRunner().invoke(cli, ["new", str(file), "--empty", "--sheets", "Dashboard"]).exit_code == 0
    return file.read_bytes()


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_a_protected_file_is_not_replaced_without_a_word(run: Callable[..., Result], mode: int) -> None:
    for name, verb in {
        "a.xlsx": ["new", "a.xlsx", "--empty", "--force"],
        "lambdas.txt": ["functions", "--lambda", "--all", "lambdas.txt", "--force"],
        "kam_xl.oxt": ["addin", "build", "libreoffice", "--force"],
    }.items():
        Path(name).write_bytes(b"mine")
        Path(name).chmod(mode)
        assert line(run(*verb)) == f"{name}: {PROTECTED}"
        assert Path(name).read_bytes() == b"mine"


def test_a_workbook_is_not_written_over_a_protected_file_either(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    (tmp_path / "a.xlsx").chmod(0o444)
    with pytest.raises(DataError, match=PROTECTED):
        write_file(tmp_path / "a.xlsx", b"new", force=True)


@pytest.mark.parametrize("links", [["a.xlsx"], ["b.xlsx", "a.xlsx"]])
def test_a_link_that_leads_to_itself_is_named(run: Callable[..., Result], links: list[str]) -> None:
    for name, target in zip(["a.xlsx", *links[:-1]], links, strict=True):
        Path(name).symlink_to(target)
    told = "a.xlsx: is a link that leads nowhere; choose another name"
    assert line(run("new", "a.xlsx", "--empty")) == told
    assert line(run("new", "a.xlsx", "--empty", "--force")) == told
    assert "a.xlsx: " in line(run("check", "a.xlsx"))
    assert "a.xlsx: " in line(run("doctor", "a.xlsx"))
    assert "a.xlsx" in line(run("new", "c.xlsx", "--data", "a.xlsx"))
    assert "a.xlsx" in line(run("new", "c.xlsx", "-t", "a.xlsx"))
    assert "a.xlsx" in line(run("preview", "a.xlsx"))
    assert "a.xlsx" in line(run("functions", "--lambda", "--all", "a.xlsx"))


def test_a_link_to_a_file_is_followed(run: Callable[..., Result]) -> None:
    Path("link.xlsx").symlink_to("real.xlsx")
    assert run("new", "link.xlsx", "--empty", "--sheets", "Dashboard").exit_code == 0
    assert Path("link.xlsx").is_symlink()
    assert Path("real.xlsx").stat().st_size > 1000


def test_a_pipe_is_not_replaced(run: Callable[..., Result]) -> None:
    os.mkfifo("a.xlsx")
    assert line(run("new", "a.xlsx", "--empty", "--force")) == "a.xlsx: is no ordinary file; choose another name"


@pytest.mark.parametrize("letter", ["x", "ö", "数", "😀"])
def test_names_up_to_what_the_system_takes_work(run: Callable[..., Result], small: bytes, letter: str) -> None:
    name = letter * ((255 - 5) // len(letter.encode()))
    name = name + "x" * (255 - 5 - len(name.encode())) + ".xlsx"
    Path(name).write_bytes(small)
    assert len(os.fsencode(name)) == 255
    assert run("new", name, "--empty", "--sheets", "Dashboard", "--force").exit_code == 0
    assert [path.name for path in Path().iterdir()] == [name]
    assert run("check", name).exit_code == 0
    assert run("doctor", name).exit_code == 0
    assert line(run("new", f"x{name}", "--empty")) == f"x{name}: File name too long"
    assert line(run("check", f"x{name}")) == f"x{name}: File name too long"


def test_a_mended_copy_and_pictures_have_names_that_fit() -> None:
    from kam_xl.doctor import _copy_of

    name = "ö" * 125 + ".xlsm"
    assert len(os.fsencode(_copy_of(Path(name)).name)) <= 255
    assert fitting_name("ö" * 125, "-01.png").endswith("ö-01.png")


# ---- signals ---------------------------------------------------------------------------------------------------

SLOW = """
import sys, time
from pathlib import Path
from kam_xl import cli
from kam_xl.intake import starting
def wait(*args):
    Path("started").touch()
    time.sleep(60)
starting.from_nothing = wait
sys.argv[1:] = ["new", "a.xlsx", "--empty"]
cli.main()
"""


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        (signal.SIGINT, 130, b"kam-xl: stopped\n"),
        (signal.SIGTERM, 128 + signal.SIGTERM, b""),
        (signal.SIGHUP, 128 + signal.SIGHUP, b""),
    ],
)
def test_a_command_that_is_stopped_says_so_by_its_status(
    tmp_path: Path, number: signal.Signals, status: int, said: bytes
) -> None:
    process = subprocess.Popen([sys.executable, "-c", SLOW], cwd=tmp_path, stderr=subprocess.PIPE)
    wait_for((tmp_path / "started").exists)
    process.send_signal(number)
    _out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (status, said)
    assert [path.name for path in tmp_path.iterdir()] == ["started"]


def wait_for(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def processes_with(text: str) -> Iterator[int]:
    """Running processes with a text in their command line."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (folder / "cmdline").read_bytes():
                yield int(folder.name)
        except OSError:
            continue


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_preview_that_is_stopped_leaves_no_program_and_no_copy(
    tmp_path: Path, small: bytes, number: signal.Signals
) -> None:
    try:
        find_office()
    except Exception as error:
        if os.environ.get("KAM_XL_NEEDS_OFFICE"):
            raise
        pytest.skip(str(error))
    aside = tmp_path / "aside"
    aside.mkdir()
    (tmp_path / "a.xlsx").write_bytes(small)
    process = subprocess.Popen(
        [sys.executable, "-m", "kam_xl", "preview", "a.xlsx", "--no-png"],
        cwd=tmp_path, env=os.environ | {"TMPDIR": str(aside)}, stderr=subprocess.PIPE,
    )  # fmt: skip
    wait_for(lambda: any(processes_with(f"{aside}/")))
    time.sleep(0.5)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == 128 + number
    wait_for(lambda: not any(processes_with(f"{aside}/")))
    assert list(aside.glob(".kam-xl-*")) == []
    assert {path.name for path in tmp_path.iterdir()} == {"a.xlsx", "aside"}


def test_a_reader_does_not_outlive_the_command(tmp_path: Path) -> None:
    from intake import bombs

    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>A{n}</t></is></c></row>' for n in range(1, 200_000)
    ).replace("<t>A1<", "<t>Account<", 1)
    bombs.xlsx(tmp_path / "in.xlsx", rows)
    process = subprocess.Popen(
        [sys.executable, "-m", "kam_xl", "new", "out.xlsx", "--data", "in.xlsx"], cwd=tmp_path, stderr=subprocess.PIPE
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_for(lambda: children.read_text() != "")
    child = int(children.read_text().split()[0])
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    wait_for(lambda: not Path(f"/proc/{child}").exists())
    assert not (tmp_path / "out.xlsx").exists()
