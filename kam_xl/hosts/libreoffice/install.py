"""Finds LibreOffice, and puts the extension in or takes it out."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam_xl import __version__
from kam_xl.errors import HostError
from kam_xl.home import home
from kam_xl.hosts.programs import find_program
from kam_xl.locale import _
from kam_xl.progress import expect, step
from kam_xl.writing import temporary_folder

from .client import is_full
from .extension import IDENTIFIER, build
from .process import run

OLDEST = (24, 8)  # earlier ones do not resolve add-in functions in .xlsx files
PATIENCE = 120.0  # seconds that LibreOffice's own tools get


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice: its program, its extension manager and its version."""

    soffice: Path
    unopkg: Path
    version: tuple[int, ...]

    @property
    def version_text(self) -> str:
        """``25.2.3``."""
        return ".".join(map(str, self.version))


def find_office() -> Office:
    """The LibreOffice of this machine; the environment variable KAM_XL_OFFICE (path of soffice) names another one.

    Raises HostError if there is none or it is too old.
    """
    chosen = os.environ.get("KAM_XL_OFFICE")
    if chosen and not is_full(chosen):
        raise HostError(f"KAM_XL_OFFICE is no full path: {chosen}; give the full path of LibreOffice's soffice")
    if chosen and not Path(chosen).is_file():
        raise HostError(f"KAM_XL_OFFICE names no file: {chosen}; give the path of LibreOffice's soffice")
    places = [Path(chosen)] if chosen else _places()
    soffice = next((place for place in places if is_full(str(place)) and os.path.isfile(place)), None)
    if soffice is None:
        raise HostError(
            "LibreOffice was not found; install LibreOffice 24.8 or later (libreoffice.org),"
            " or set KAM_XL_OFFICE to the path of its soffice"
        )
    soffice = soffice.resolve()
    version = _version(soffice)
    if version < OLDEST:
        found = ".".join(map(str, version))
        raise HostError(f"LibreOffice {found} at {soffice} is too old; install LibreOffice 24.8 or later")
    return Office(soffice, _unopkg(soffice), version)


def _places() -> Iterator[Path]:
    """Where soffice may be, likeliest first."""
    if sys.platform == "win32":
        for variable in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"):
            if os.environ.get(variable):
                yield Path(os.environ[variable], "LibreOffice", "program", "soffice.com")
    elif sys.platform == "darwin":
        for folder in (Path("/"), home() or Path("/")):
            yield folder / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    for name in ("soffice", "libreoffice"):
        found = find_program(name)
        if found:
            yield Path(found)
    for folder in (Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice"), *_newest_first(Path("/opt"))):
        yield folder / "program" / "soffice"


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("libreoffice*"), reverse=True)


def _version(soffice: Path) -> tuple[int, ...]:
    _, text = run([str(soffice), "--version"], 60)
    found = re.search(r"LibreOffice\w* (\d+)\.(\d+)(?:\.(\d+))?", text)
    if not found:
        raise HostError(f"{soffice} is not a LibreOffice that works: it does not tell its version")
    return tuple(int(part) for part in found.groups(default="0"))


def _unopkg(soffice: Path) -> Path:
    for name in ("unopkg.com", "unopkg.exe", "unopkg"):
        if (soffice.parent / name).is_file():
            return soffice.parent / name
    raise HostError(f"LibreOffice's extension manager unopkg is not beside {soffice}; install LibreOffice completely")


def install(profile: str | Path | None = None, python: str = sys.executable) -> str:
    """Build the extension for `python` and put it into a LibreOffice profile; returns one line for the user."""
    expect(3)
    step(_("looking for LibreOffice"))
    office = find_office()
    with temporary_folder() as folder:
        step(_("building the extension"))
        package = build(folder, python)
        step(_("installing the extension in LibreOffice {version}").format(version=office.version_text))
        _unopkg_run(office, profile, "add", "--force", "--suppress-license", str(package))
    return f"KAM functions {__version__} are in LibreOffice {office.version_text}, answered by {python}; restart Calc"


def uninstall(profile: str | Path | None = None) -> str:
    """Take the extension out of a LibreOffice profile; returns one line for the user."""
    office = find_office()
    try:
        _unopkg_run(office, profile, "remove", IDENTIFIER)
    except HostError as error:
        if "no such extension" not in str(error):
            raise
        return f"KAM functions were not in LibreOffice {office.version_text}"
    return f"KAM functions are no longer in LibreOffice {office.version_text}; restart Calc"


def _unopkg_run(office: Office, profile: str | Path | None, verb: str, *arguments: str) -> None:
    command = [str(office.unopkg), verb]
    if profile is not None:
        command.append(f"-env:UserInstallation={Path(profile).resolve().as_uri()}")
    if _is_root():  # unopkg refuses to work for user 0
        command = [find_program("unshare") or "/usr/bin/unshare", "--user", *command]
    code, output = run([*command, *arguments], PATIENCE)
    if code:
        raise HostError(_reason(output))


def _is_root() -> bool:
    return sys.platform.startswith("linux") and os.geteuid() == 0


def _reason(output: str) -> str:
    """One line out of what unopkg printed."""
    if "lock file" in output:
        return "LibreOffice is open; close all its windows (and the quick starter) and try again"
    if "unshare" in output:
        return "LibreOffice installs no extension for root here; run the command as an ordinary user"
    lines = [line.removeprefix("ERROR:").strip() for line in output.splitlines() if line.strip()]
    told = next((line for line in lines if line and line != "unopkg failed."), "it gave no reason")
    return f"LibreOffice did not take the change: {told}"
