"""LibreOffice as a host: ``=KAM_ABC(...)`` typed in Calc is answered by this Python.

A small extension (IDL text, help texts, a thin client of the standard library) runs inside LibreOffice; it starts
the user's own Python as a service and hands the cells over::

    Calc cell ──► extension: client.py ──JSON lines──► service.py ──► kam_xl.functions

Everything here is imported when it is first called, so that importing the package costs nothing.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["build_extension", "install_extension", "office_version", "to_pdf", "to_png", "uninstall_extension"]


def build_extension(path: str | Path, *, force: bool = False) -> Path:
    """Write the extension ``kam_xl.oxt`` for this Python to `path` (a file, or a folder to put it in).

    DataError if the file is there and `force` is not given, or cannot be written.
    """
    from .extension import build

    return build(path, force=force)


def install_extension(profile: str | Path | None = None) -> str:
    """Install the functions into LibreOffice; returns one line that says what was done.

    `profile` is the folder of a LibreOffice user profile; without it, the user's own.
    Raises HostError if LibreOffice is missing, too old or open.
    """
    from .install import install

    return install(profile)


def uninstall_extension(profile: str | Path | None = None) -> str:
    """Take the functions out of LibreOffice again; returns one line that says what was done."""
    from .install import uninstall

    return uninstall(profile)


def office_version() -> str:
    """Version of the LibreOffice that would be used, for example ``25.2.3``; HostError if there is none."""
    from .install import find_office

    return find_office().version_text


def to_pdf(src: str | Path, dst: str | Path, timeout: float = 120, *, force: bool = False) -> Path:
    """Print the workbook `src` to the PDF file `dst` with the values stored in it; HostError if that fails."""
    from .convert import to_pdf as convert

    return convert(src, dst, timeout, force=force)


def to_png(
    src: str | Path, out_dir: str | Path, dpi: int = 110, timeout: float = 120, *, force: bool = False
) -> list[Path]:
    """Print the workbook `src` to one PNG a page in `out_dir`; HostError if that fails."""
    from .convert import to_png as convert

    return convert(src, out_dir, dpi, timeout, force=force)
