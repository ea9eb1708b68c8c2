"""Files on disk: the old one or the new one, whole, and nothing beside it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from writing.killing import kills, phases_of

from kam_xl import writing
from kam_xl.errors import DataError
from kam_xl.writing import check_target, new_file, new_folder, sweep, write_file

OLD, NEW = b"old" * 10_000, b"new" * 2_000_000
posix = pytest.mark.skipif(os.name != "posix", reason="kills and modes are of POSIX")


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "no hard links on this disk")


@pytest.mark.parametrize("name", ["a.xlsx", "Ł " + "x" * 240, "ü" * 127, "a b.pdf", "-rf", "😀" * 63])
def test_a_file_of_any_name_that_the_system_takes_is_written(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, NEW)
    write_file(tmp_path / name, OLD, force=True)
    assert (tmp_path / name).read_bytes() == OLD
    assert names(tmp_path) == [name]


def test_a_name_that_is_too_long_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="too long a name"):
        write_file(tmp_path / ("x" * 300), NEW)


@pytest.mark.parametrize("links", [True, False])
def test_without_force_a_file_that_appears_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(DataError, match="is there already"), new_file(tmp_path / "a") as out:
        out.write(NEW)
        (tmp_path / "a").write_bytes(OLD)
    assert (tmp_path / "a").read_bytes() == OLD
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("step", ["fsync", "replace", "link"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_full_or_failing_disk_leaves_what_was_there_and_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    force = step != "link"
    if force:
        (tmp_path / "a").write_bytes(OLD)
    before = names(tmp_path)
    monkeypatch.setattr(os, step, fail)
    if step == "link":
        monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(DataError, match=f"a: {os.strerror(code)}"):
        write_file(tmp_path / "a", NEW, force=force)
    assert names(tmp_path) == before
    assert not force or (tmp_path / "a").read_bytes() == OLD


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_file(tmp_path / "a") as out:
        out.write(NEW)
        raise KeyboardInterrupt
    assert names(tmp_path) == []


@posix
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("there", [True, False])
def test_killed_at_any_phase_the_file_is_old_or_new_and_the_next_run_sweeps_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    place = tmp_path / "a"

    def work() -> None:
        write_file(place, NEW, force=there)

    done = 0
    if there:
        place.write_bytes(OLD)
    for _number in kills(work):
        done += 1
        content = place.read_bytes() if place.exists() else None
        whole = (OLD, NEW) if there else (None, NEW) if links else (None, NEW, b"")  # b"": the name is held
        assert content in whole
        write_file(tmp_path / "another", b"next run", force=True)
        assert names(tmp_path) in (["a", "another"], ["another"])
        place.unlink(missing_ok=True)
        if there:
            place.write_bytes(OLD)
    assert done >= 6


@posix
def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    place = tmp_path / "copy"

    def work() -> None:
        with new_folder(place) as part:
            (part / "one").write_bytes(NEW)

    found = set()
    for _number in kills(work):
        found.add(tuple(names(place)) if place.exists() else None)
        sweep(tmp_path)
        assert names(tmp_path) in ([], ["copy"])
        if place.exists():
            (place / "one").unlink()
            place.rmdir()
    assert found == {None, ("one",)}
    with pytest.raises(DataError, match="is there already"):  # the last child got through
        work()


def test_what_another_program_is_writing_is_not_swept(tmp_path: Path) -> None:
    with new_file(tmp_path / "a") as out:
        out.write(NEW)
        write_file(tmp_path / "b", OLD)
        with new_folder(tmp_path / "c"):
            write_file(tmp_path / "b", NEW, force=True)
    assert names(tmp_path) == ["a", "b", "c"]


def test_what_earlier_versions_left_is_swept_and_nothing_of_anybody_else(tmp_path: Path) -> None:
    ours = [
        ".accounts.xlsx.x1_y2z3a.part",
        ".a b.xlsm.abcdefgh.part",
        "kam_xl.oxt.part",
        ".kam-xl-0123456789abcdef.part",
    ]
    others = ["film.part", ".film.mp4.abcdefgh.part", ".kam-xl-notes.part", "accounts.xlsx.part", ".xlsx.part"]
    for name in [*ours, *others]:
        (tmp_path / name).write_bytes(b"")
    write_file(tmp_path / "a", NEW)
    assert names(tmp_path) == sorted([*others, "a"])


@posix
def test_a_write_protected_file_is_not_replaced_without_a_word(tmp_path: Path) -> None:
    place = tmp_path / "a"
    place.write_bytes(OLD)
    place.chmod(0o444)
    with pytest.raises(DataError, match="a: is write-protected; "):
        write_file(place, NEW, force=True)
    assert place.read_bytes() == OLD


@posix
def test_who_may_read_the_file_stays_as_it_was(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "fresh", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o640
    (tmp_path / "fresh").chmod(0o600)
    write_file(tmp_path / "fresh", OLD, force=True)
    assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o600


@posix
def test_links_are_followed_and_circles_of_them_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == NEW
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(DataError, match=r"one: .+"):
        write_file(tmp_path / "one", NEW, force=True)


@posix
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, line in (("pipe", "is no ordinary file"), (".", "is a folder"), ("no/a", "no such folder")):
        with pytest.raises(DataError, match=line):
            check_target(tmp_path / name, force=True)


def test_every_phase_of_writing_is_passed_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[str] = []
    monkeypatch.setattr(writing, "reached", passed.append)
    write_file(tmp_path / "a", b"x", force=True)
    assert passed == ["begun", "writing", "written", "flushed", "moved"]
    work: Callable[[], object] = lambda: write_file(tmp_path / "b", b"x")  # noqa: E731
    assert phases_of(work) == 6
