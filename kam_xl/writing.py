"""The one way in which a file of ours reaches the disk: beside its target, flushed, then moved to its name.

Whoever looks at the name sees the old file or the new one, never a part. What a killed program left behind
(``.kam-xl-….part``) is swept away when the next file is written into that folder, or refused there; a file that another
program is still writing is locked, and stays.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kam_xl.errors import DataError
from kam_xl.locale import _

_PART = re.compile(r"\.kam-xl-[0-9a-f]{16}\.part")
_EARLIER = re.compile(r"\..+\.(xls[xm]|xlam)\.[a-z0-9_]{8}\.part|kam_xl\.oxt\.part")  # as earlier versions named them
_PIECE = 1 << 20
_LONGEST = 255  # bytes of a name


def reached(phase: str) -> None:
    """Called at each phase of writing; tests put in its place what kills the program there."""


def write_file(target: str | Path, content: bytes, *, force: bool = False) -> Path:
    """Write a whole file, and return where it stands: a link's target is written, not the link.

    Parameters
    ----------
    target
        The file. Its folder has to exist.
    content
        All of it.
    force
        Whether a file of that name may be replaced. Without it, a file that appears while ours is written stays, too.

    Raises
    ------
    DataError
        In one line that names the file: it is there already, is a folder, is read-only, the disk is full …

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Path(folder, "a.txt"), b"all of it").read_bytes()
    b'all of it'
    """
    with new_file(target, force=force) as out:
        for start in range(0, len(content), _PIECE):
            out.write(content[start : start + _PIECE])
            reached("writing")
    return _stands_for(Path(target))


@contextmanager
def new_file(target: str | Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file to write into, which gets its name when all of it is there; on any failure nothing has changed."""
    named = Path(target)
    place = _stands_for(named)
    check_target(place, force=force, named=named)
    sweep(place.parent)
    part = _part_in(place.parent)
    try:
        with _created(part, place) as out:
            reached("begun")
            yield out
            reached("written")
            _finished(out)
            reached("flushed")
            if sys.platform != "win32":  # an open file cannot be moved there; elsewhere it stays locked until it is
                _move(part, place, named, force)
        if sys.platform == "win32":
            _move(part, place, named, force)
        reached("moved")
        _flush_folder(place.parent)
    except OSError as error:
        raise _told(error, named) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def new_folder(target: str | Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when everything is in it; the name must be free."""
    place = Path(target)
    if place.exists() or place.is_symlink():
        raise DataError(_("{folder}: is there already; choose a new name").format(folder=place))
    sweep(place.parent)
    part = _part_in(place.parent)
    try:
        part.mkdir()
        lock = _locked_folder(part)
        try:
            reached("begun")
            yield part
            reached("written")
            os.rename(part, place)
            reached("moved")
        finally:
            if lock is not None:
                os.close(lock)
        _flush_folder(place.parent)
    except OSError as error:
        raise _told(error, place) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for files that are needed for a while only, which others cannot look into.

    What a killed program left of its own is swept away when the next one is made.
    """
    place = Path(tempfile.gettempdir())
    sweep(place)
    folder = _part_in(place)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise _told(error, place) from error
    lock = _locked_folder(folder)
    try:
        yield folder
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def check_target(target: str | Path, *, force: bool = False, named: Path | None = None) -> None:
    """Raise a DataError if a file of this name cannot or must not be written, before any work is done."""
    place = _stands_for(Path(target))
    shown = named or Path(target)
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        if not place.parent.is_dir():
            raise DataError(_("{folder}: no such folder; make it first").format(folder=shown.parent)) from None
        return
    except OSError as error:
        raise _told(error, shown) from error
    if stat.S_ISDIR(mode):
        raise DataError(_("{path}: is a folder; add a file name").format(path=shown))
    if not stat.S_ISREG(mode):
        raise DataError(_("{path}: is no ordinary file; choose another name").format(path=shown))
    if not force:
        sweep(place.parent)  # a run that was killed may have left its part beside the file that it had finished
        raise _is_there(shown)
    if not mode & stat.S_IWUSR:
        text = _("{path}: is write-protected; choose another name, or take the protection away first")
        raise DataError(text.format(path=shown))


def workbook_target(out: Path, engine: str | None, *, force: bool) -> str:
    """The engine of a new workbook of that name; a DataError, before any work is done, if it cannot be written.

    Examples
    --------
    >>> workbook_target(Path("accounts.xlsx"), None, force=False)
    'native'
    >>> workbook_target(Path("accounts.xlsx"), "python", force=False)
    Traceback (most recent call last):
    kam_xl.errors.DataError: accounts.xlsx: the engine python needs macros; write a .xlsm file
    """
    if out.is_dir():
        raise DataError(_("{file}: is a folder; add a file name such as accounts.xlsx").format(file=out))
    if out.suffix.lower() not in (".xlsx", ".xlsm"):
        raise DataError(_("{file}: must end in .xlsx, or in .xlsm for macros").format(file=out))
    check_target(out, force=force)
    macros = out.suffix.lower() == ".xlsm"
    engine = engine or ("python" if macros else "native")
    if engine == "python" and not macros:
        raise DataError(_("{file}: the engine python needs macros; write a .xlsm file").format(file=out))
    return engine


def sweep(folder: Path) -> None:
    """Remove what killed programs of ours left in a folder; files that are still being written stay."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if _PART.fullmatch(entry.name) or _EARLIER.fullmatch(entry.name):
                _remove_unless_locked(Path(entry.path))


def fitting_name(stem: str, end: str) -> str:
    """A name of a file with this end, its stem shortened where a file system would refuse it.

    >>> fitting_name("accounts", "-01.png"), len(fitting_name("ö" * 200, ".mended.xlsm").encode())
    ('accounts-01.png', 254)
    """
    while len(os.fsencode(stem + end)) > _LONGEST:
        stem = stem[:-1]
    return stem + end


def _is_there(named: Path) -> DataError:
    text = _("{path}: is there already; choose another name, or replace it with --force")
    return DataError(text.format(path=named))


def _stands_for(target: Path) -> Path:
    """The file behind a link."""
    try:
        return target.resolve(strict=False) if target.is_symlink() else target
    except OSError as error:
        raise _told(error, target) from error
    except RuntimeError as error:  # a circle of links
        raise DataError(_("{path}: is a link that leads nowhere; choose another name").format(path=target)) from error


def _part_in(folder: Path) -> Path:
    """A name that nothing has: short, so that every name which the system takes can be written."""
    return folder / f".kam-xl-{secrets.token_hex(8)}.part"


@contextmanager
def _created(part: Path, place: Path) -> Iterator[BinaryIO]:
    """The new file, locked; it may be read by those who may read the file that it replaces, or any new file."""
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as out:
        _lock(descriptor)
        with suppress(FileNotFoundError, NotImplementedError):
            os.chmod(part, stat.S_IMODE(place.stat().st_mode))
        yield out


def _finished(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _move(part: Path, place: Path, named: Path, force: bool) -> None:
    """Give the finished file its name; without `force` only if nothing has that name by now."""
    if force:
        os.replace(part, place)
        return
    try:
        if sys.platform == "win32":
            os.rename(part, place)  # never replaces
        else:
            _link(part, place)
    except FileExistsError:
        raise _is_there(named) from None


def _link(part: Path, place: Path) -> None:
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links: hold the name, then move over it
        os.close(os.open(place, os.O_CREAT | os.O_EXCL))
        reached("held")
        try:
            os.replace(part, place)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    else:
        reached("linked")
        part.unlink()


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a loss of power, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Whether the file could be locked; Windows keeps open files from being removed without that."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)  # a disk that knows no locks locks nobody out
    return True


def _locked_folder(folder: Path) -> int | None:
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    _lock(descriptor)
    return descriptor


def _remove_unless_locked(part: Path) -> None:
    with suppress(OSError):
        if sys.platform != "win32":
            descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if not _lock(descriptor):
                    return
            finally:
                os.close(descriptor)
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def _told(error: OSError, named: Path) -> DataError:
    if error.errno == errno.ENAMETOOLONG:
        return DataError(_("{path}: is too long a name here; choose a shorter one").format(path=named))
    return DataError(_("{path}: {reason}").format(path=named, reason=error.strerror or error))
