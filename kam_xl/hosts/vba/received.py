"""What in a received workbook could choose what an Excel with xlwings starts: settings, and code on sheets.

Our own macros and the add-in read their own sheet only. xlwings' own add-in, and those that other versions made, read
the sheet of settings of whatever workbook is active, with or without macros in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kam_xl.hosts.vba.addin import CONF_SHEET as ADDIN_SHEET
from kam_xl.hosts.vba.file import WorkbookFile
from kam_xl.hosts.vba.workbook import CONF_SHEET, xlwings_conf
from kam_xl.locale import _

BESIDE = (CONF_SHEET, ADDIN_SHEET)  # text files in the workbook's folder
PLACES = ("INTERPRETER_WIN", "INTERPRETER_MAC", "INTERPRETER", "CONDA PATH")
_OURS = dict(xlwings_conf("python"))
_FULL = re.compile(r"[A-Za-z]:\\|/(?!/)|%\w+%\\|\$\w+/")
_ON_SERVER = re.compile(r"[\\/]{2}|\w+://")
_LONGEST = 40


def own_sheet(file: WorkbookFile) -> str | None:
    """The sheet from which the file's own macros take their settings."""
    project = file.project
    if project is None or not project.source("xlwings"):
        return None
    wanted = ADDIN_SHEET if file.is_addin else CONF_SHEET
    return next((name for name in file.sheets if name.casefold() == wanted), None)


def corrections(file: WorkbookFile) -> dict[str, str]:
    """Settings of the file's own sheet that are not as we write them, with the value that they should have.

    Where Python is differs from computer to computer and is left out.
    """
    own = own_sheet(file)
    conf = file.conf(own) if own else {}
    wanted = {key: _OURS.get(key, "") for key in conf if key not in PLACES and key != "CONDA ENV"}
    return {key: value for key, value in wanted.items() if conf[key].lower() != value.lower()}


def dangers(file: WorkbookFile, path: Path) -> Iterator[str]:
    """What a person should know before Excel opens the file with xlwings around, a line for each."""
    own = own_sheet(file)
    for name in file.sheets:
        if name.casefold().endswith(".conf") and name != own:
            told = _("the sheet {sheet} tells xlwings' add-ins which Python to start ({settings}); delete it")
            yield told.format(sheet=_shown(name), settings=_listed(file.conf(name)))
        elif name.casefold().endswith(".py"):
            yield _("the sheet {sheet} holds code that xlwings can run; delete it").format(sheet=_shown(name))
    for name in BESIDE:
        if (path.parent / name).exists():
            yield _("the file {name} beside it tells xlwings which Python to start; delete it").format(name=name)
    if own:
        yield from _own_dangers(file, own)


def _own_dangers(file: WorkbookFile, own: str) -> Iterator[str]:
    conf = file.conf(own)
    for key, value in conf.items():
        if key in PLACES and _ON_SERVER.match(value):
            yield _("{key} is on a server: {value}").format(key=key, value=_shown(value))
        elif key in PLACES and value and not _FULL.match(value):
            yield _("{key} is no full path: {value}").format(key=key, value=_shown(value))
    for key in corrections(file):
        yield _("{key} is not ours: {value}").format(key=_shown(key), value=_shown(conf[key]))
    if file.has_formulas(own):
        yield _("a setting on {sheet} is a formula").format(sheet=_shown(own))


def _listed(conf: dict[str, str]) -> str:
    """The most telling setting of a sheet."""
    key = next((key for key in (*PLACES, "PYTHONPATH", "UDF MODULES", "LICENSE_KEY") if conf.get(key)), None)
    return f"{key} {_shown(conf[key])}" if key else _("nothing now")


def _shown(text: str) -> str:
    """A text from a stranger, fit for a line on a terminal."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
