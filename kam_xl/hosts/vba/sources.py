"""The VBA texts that are not generated: our own, and that of the installed xlwings with its licence notice."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from kam_xl.errors import HostError
from kam_xl.hosts.vba.adapted import adapted
from kam_xl.hosts.vba.modules import ENCODING, Module, module

NO_XLWINGS = "Excel needs xlwings to reach Python; install it with: pip install xlwings"
ADDIN_PROJECT = "kam_xl"  # the add-in's settings are on its sheet kam_xl.conf
_VERSION = re.compile(r"^'Version: (\S+)", re.MULTILINE)


def macros_folder() -> Path:
    """The folder of our own modules: installed, or in a checkout."""
    installed = Path(str(files("kam_xl.hosts.vba") / "bas"))
    return installed if installed.is_dir() else Path(str(files("kam_xl"))).parent / "macros"


def own(name: str) -> Module:
    """One of our own modules."""
    return module(own_text(name))


def own_text(name: str) -> str:
    """The text of one of our own files in ``macros``."""
    return (macros_folder() / f"{name}.bas").read_text(encoding=ENCODING)


def xlwings_folder() -> Path | None:
    """Where xlwings is installed; it is not imported, which takes long and wants Excel."""
    spec = find_spec("xlwings")
    return Path(spec.origin).parent if spec and spec.origin else None


def xlwings_version() -> str | None:
    """The version of xlwings whose modules a workbook gets."""
    folder = xlwings_folder()
    return version_in((folder / "xlwings.bas").read_text(encoding="latin-1")) if folder else None


def version_in(source: str) -> str | None:
    """The version that the text of xlwings' module names.

    Examples
    --------
    >>> version_in("'Version: 0.37.8")
    '0.37.8'
    """
    found = _VERSION.search(source)
    return found[1] if found else None


def xlwings_module(addin: bool = False) -> Module:
    """xlwings' module from the installed package, as `adapted` makes it.

    xlwings' own instruction for add-ins is to give the constant PROJECT_NAME a name of one's own: the add-in's settings
    are on a sheet of that name.
    """
    folder = xlwings_folder()
    if folder is None:
        raise HostError(NO_XLWINGS)
    try:
        text = _read(folder / ("xlwings_custom_addin.bas" if addin else "xlwings.bas"))
    except OSError as error:
        raise HostError(
            f"xlwings is not installed completely ({error.filename} is missing);"
            " mend it with: pip install --force-reinstall xlwings"
        ) from None
    count = 1
    if addin:
        text, count = re.subn(
            r'^(Public Const PROJECT_NAME As String = )"\w+"', rf'\1"{ADDIN_PROJECT}"', text, flags=re.MULTILINE
        )
    try:
        if count != 1:
            raise ValueError("no name of the project")
        return module(adapted(text, own_text("KamXlwings"), addin))
    except ValueError:
        raise HostError("this version of xlwings is not known to kam_xl; install xlwings 0.37") from None


def _read(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "replace").encode(ENCODING, "replace").decode(ENCODING)
    return text.replace("\r\n", "\n")
