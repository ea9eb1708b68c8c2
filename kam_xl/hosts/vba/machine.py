"""What there is to know of a computer on which Excel is to reach Python. Tests describe other computers."""

from __future__ import annotations

import ntpath
import os
import re
import struct
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from platform import python_version
from typing import Literal

from kam_xl.home import home
from kam_xl.hosts.libreoffice.extension import CLIENT, parts
from kam_xl.hosts.vba.install import installed_addin
from kam_xl.hosts.vba.sources import xlwings_version

_MARK = ":Zone.Identifier"
_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"
_PROFILES = {"win32": "LibreOffice/4", "darwin": "Library/Application Support/LibreOffice/4"}


def _libraries() -> frozenset[str]:
    """The names of xlwings' libraries in the folders where its VBA looks for them."""
    folder = Path(sys.executable).parent
    return frozenset(file.name for place in (folder, folder.parent) for file in place.glob("xlwings*.dll"))


def _excel_bits() -> int | None:
    """Whether Excel is the 32-bit or the 64-bit one, if the registry knows."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration") as key:
            return {"x64": 64, "x86": 32}.get(str(winreg.QueryValueEx(key, "Platform")[0]))
    except OSError:
        return None


def _macros_reach_python() -> bool:
    """On a Mac: whether xlwings' script for Excel is there, in the installed version."""
    return os.path.isfile((home() or Path()) / _SCRIPTS / f"xlwings-{xlwings_version()}.applescript")


def _office_profile() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "."), _PROFILES["win32"])
    return (home() or Path()) / _PROFILES.get(sys.platform, ".config/libreoffice/4")


@dataclass(frozen=True)
class Machine:
    """The facts; by default those of this computer and this Python."""

    system: str = sys.platform
    python: str = sys.executable
    version: str = field(default_factory=python_version)
    bits: int = 8 * struct.calcsize("P")
    xlwings: str | None = field(default_factory=xlwings_version)
    pywin32: bool = field(default_factory=lambda: find_spec("pythoncom") is not None)
    libraries: frozenset[str] = field(default_factory=_libraries)
    excel_bits: int | None = field(default_factory=_excel_bits)
    runpython: bool = field(default_factory=_macros_reach_python)
    addin: Path | None = field(default_factory=installed_addin)
    office_profile: Path = field(default_factory=_office_profile)

    @property
    def interpreter_key(self) -> str | None:
        """xlwings' setting that names Python on this system; None where there is no Excel."""
        return {"win32": "INTERPRETER_WIN", "darwin": "INTERPRETER_MAC"}.get(self.system)

    def expanded(self, path: str) -> str:
        """A path with its variables filled in, written as Windows does or as a Mac does."""
        return re.sub(r"%(\w+)%|\$(\w+)", lambda found: os.environ.get(found[1] or found[2], found[0]), path)

    def has_file(self, path: str) -> bool:
        """Whether there is a file of this name."""
        return os.path.isfile(path)

    def is_this_python(self, path: str) -> bool:
        """Whether a path is that of this Python, windowed or not."""
        normal = ntpath.normcase if self.system == "win32" else str
        mine, other = (normal(each).replace("pythonw", "python") for each in (self.python, path))
        return mine == other

    def is_synchronised(self, path: Path) -> bool:
        """Whether a file is in a folder of OneDrive or SharePoint, whose addresses Excel gives as URLs."""
        text = str(path.resolve()).replace("\\", "/").casefold()
        return any(sign in text for sign in ("/onedrive", "/sharepoint", "/library/cloudstorage/"))

    def mark(self, path: Path) -> str:
        """The text with which Windows marks files from the internet; "" if there is none."""
        if self.system != "win32":
            return ""
        try:
            return Path(f"{path}{_MARK}").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def set_mark(self, path: Path, mark: str) -> None:
        """Mark a file as another was marked."""
        if mark and self.system == "win32":
            Path(f"{path}{_MARK}").write_text(mark, encoding="utf-8")

    def office_functions(self) -> Literal["none", "current", "old"]:
        """Whether the extension is in LibreOffice's profile, and whether its part there is the one of this kam_xl."""
        try:
            found = sorted(self.office_profile.glob("user/uno_packages/cache/uno_packages/*/kam_xl.oxt"))
        except OSError:  # the folder cannot be read
            found = []
        if not found:
            return "none"
        try:
            text = (found[-1] / CLIENT).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return "old"
        return "current" if text == parts()[CLIENT] else "old"
