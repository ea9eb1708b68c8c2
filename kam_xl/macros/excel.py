"""Excel behind xlwings, where Windows, Mac and the server differ: the one place that knows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kam_xl.errors import HostError
from kam_xl.home import home
from kam_xl.locale import _
from kam_xl.writing import write_file

Book = Any  # xlwings.Book and xlwings.Range: xlwings is imported only where it runs
Range = Any

KINDS = ("csv", "xlsx", "xlsm", "xls", "ods", "txt", "tsv")


@contextmanager
def progress(book: Book, doing: str) -> Iterator[None]:
    """Show in the status bar what goes on, and clear it whatever happens. A server has no status bar."""
    with suppress(Exception):
        book.app.status_bar = f"KAM: {doing} …"
    try:
        yield
    finally:
        clear_status(book)


def clear_status(book: Book) -> None:
    """Give the status bar back to Excel."""
    with suppress(Exception):
        book.app.status_bar = False


@contextmanager
def still(book: Book) -> Iterator[None]:
    """No drawing and no calculating in between; what was set before is set again whatever happens."""
    app, before = book.app, {}
    for name, value in (("screen_updating", False), ("calculation", "manual")):
        with suppress(Exception):  # a server cannot read these
            before[name] = getattr(app, name)
            setattr(app, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            with suppress(Exception):
                setattr(app, name, value)


def tell(book: Book, line: str, failed: bool = False) -> None:
    """Show one line in a message box."""
    book.app.alert(line, title="KAM", mode="critical" if failed else "info")


def asked(book: Book, question: str) -> bool:
    """Whether the person says yes to a question."""
    return bool(book.app.alert(question, title="KAM", buttons="yes_no", mode="info") == "yes")


def recalculate(book: Book) -> None:
    """Calculate every formula anew, also those that Excel takes for done."""
    full = getattr(book.app.api, "CalculateFullRebuild", None) if sys.platform == "win32" else None
    if full is None:
        book.app.calculate()
    else:
        full()


def ask_file(book: Book, title: str) -> Path | None:
    """Have the user choose a file with accounts; None when he thinks better of it."""
    if sys.platform == "win32":
        kinds = ";".join(f"*.{kind}" for kind in KINDS)
        accounts = _("Accounts")
        chosen = book.app.api.GetOpenFilename(f"{accounts} ({kinds}),{kinds}", 1, title)
        return Path(chosen) if isinstance(chosen, str) else None
    if sys.platform == "darwin":
        kinds = ", ".join(f'"{kind}"' for kind in KINDS)
        script = f'POSIX path of (choose file with prompt "{title}" of type {{{kinds}}})'
        answer = subprocess.run(["/usr/bin/osascript", "-e", script], capture_output=True, text=True, check=False)
        return Path(answer.stdout.rstrip("\n")) if answer.returncode == 0 else None
    raise HostError(_("no file can be chosen here; give its path: import_accounts(book, path)"))


def folder_of(book: Book) -> Path | None:
    """The folder of the workbook; None for one that was never saved or that is in the cloud only."""
    try:
        path = Path(book.fullname)
    except Exception:  # xlwings knows no folder for some addresses of OneDrive
        return None
    return path.parent if path.is_absolute() and path.is_file() else None


def folders_for(book: Book) -> list[Path]:
    """Where a file that belongs to the workbook may go, the best place first."""
    own = home()
    places = [folder_of(book), own / "Documents" if own else None, Path(tempfile.gettempdir())]
    return [place for place in places if place is not None and os.path.isdir(place)]


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """A file name that nothing has yet."""
    path, number = folder / f"{name}{suffix}", 2
    while path.exists():
        path, number = folder / f"{name} {number}{suffix}", number + 1
    return path


def name_parts(book: Book) -> tuple[str, str]:
    """Name and ending of the workbook's file: ``accounts``, ``.xlsx``."""
    path = Path(book.name)
    return (path.stem, path.suffix) if path.suffix.lower().startswith(".xls") else (book.name, ".xlsx")


def save_copy(book: Book, before: str, now: datetime | None = None) -> Path | None:
    """Save a dated copy of the workbook as it is now, beside it or, failing that, in Documents.

    None on a server, which cannot save copies.

    Raises
    ------
    HostError
        When no copy could be saved anywhere.
    """
    stem, suffix = name_parts(book)
    name = _("{file} (before {what} {time})").format(
        file=stem, what=before, time=f"{now or datetime.now():%Y-%m-%d %H-%M}"
    )
    reason = ""
    for folder in folders_for(book):
        path = free_path(folder, name, suffix)
        try:
            if not _copy(book, path):
                return None
        except HostError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split())
            continue
        return path
    raise HostError(_("no copy could be saved first, so nothing was changed: {reason}").format(reason=reason))


def saves_copies(book: Book) -> bool:
    """Whether this Excel can save a copy of a workbook; a server cannot."""
    return sys.platform == "darwin" or hasattr(book.api, "SaveCopyAs")


def _copy(book: Book, path: Path) -> bool:
    if hasattr(book.api, "SaveCopyAs"):
        book.api.SaveCopyAs(str(path))
        return True
    if sys.platform != "darwin":
        return False
    # Excel for Mac can only save under another name, which would leave the user in the copy
    if folder_of(book) is None:
        raise HostError(_("this workbook was never saved; save it once, then try again"))
    book.save()
    write_file(path, Path(book.fullname).read_bytes())
    return True


def copied(book: Book, copy: Path | None) -> str:
    """The sentence about the copy."""
    if copy is None:
        return _("No copy was saved: this Excel cannot.")
    where = copy.name if copy.parent == folder_of(book) else str(copy)
    return _("The workbook as it was: {file}").format(file=where)
