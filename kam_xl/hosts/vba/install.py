"""Puts the add-in where Excel loads it at its start, or takes it away."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kam_xl import __version__
from kam_xl.errors import DataError, HostError
from kam_xl.home import home
from kam_xl.hosts.vba.addin import FILE_NAME, addin_bytes, build_addin
from kam_xl.writing import write_file

ON_WINDOWS = r"%APPDATA%\Microsoft\Excel\XLSTART"
ON_MAC = "~/Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"


def startup_folder() -> Path | None:
    """The folder from which Excel opens every file at its start, without asking; None where there is no Excel."""
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA")
        return Path(roaming, "Microsoft", "Excel", "XLSTART") if roaming else None
    own = home()
    return own / ON_MAC.removeprefix("~/") if own and sys.platform == "darwin" else None


def installed_addin() -> Path | None:
    """The add-in in that folder, if it is there."""
    folder = startup_folder()
    return folder / FILE_NAME if folder and os.path.isfile(folder / FILE_NAME) else None


def install(python: str = sys.executable) -> str:
    """Put the add-in into Excel's startup folder; returns one line for the user.

    Where there is no Excel, the file is written to the current folder, and the line says where it belongs.
    """
    folder = startup_folder()
    if folder is None:
        if Path.cwd().joinpath(FILE_NAME).exists():
            text = "there is no Excel here, and {file} is here already; write it anew: kam-xl addin build excel --force"
            raise DataError(text.format(file=FILE_NAME))
        written = build_addin(Path.cwd(), python)
        return f"Wrote {written}; there is no Excel here: copy it to {ON_WINDOWS} on Windows, or to {ON_MAC} on a Mac"
    data = addin_bytes(python)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / FILE_NAME, data, force=True)
    except (PermissionError, DataError) as error:
        if not isinstance(error, PermissionError) and not isinstance(error.__cause__, PermissionError):
            raise
        raise HostError("Excel is open, or its startup folder is locked; close Excel and try again") from None
    line = f"KAM {__version__} is in Excel, answered by {python}; restart Excel"
    return line + "; run once: xlwings runpython install" if sys.platform == "darwin" else line


def uninstall() -> str:
    """Take the add-in out of Excel's startup folder; returns one line for the user."""
    found = installed_addin()
    if found is None:
        return "KAM was not in Excel"
    try:
        found.unlink()
    except PermissionError:
        raise HostError("Excel is open; close it and try again") from None
    return "KAM is no longer in Excel; restart Excel"
