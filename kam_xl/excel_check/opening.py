"""What a workbook may do in Excel when we open it there: over its interface Excel asks nobody before macros run."""

from __future__ import annotations

from pathlib import Path

from kam_xl.errors import DataError
from kam_xl.hosts.vba.file import WorkbookFile
from kam_xl.hosts.vba.machine import Machine
from kam_xl.hosts.vba.workbook import CONF_SHEET, code_modules, xlwings_conf
from kam_xl.locale import _


def prepared(path: Path, copy: Path, machine: Machine | None = None) -> str:
    """Copy a workbook to where Excel is to open it; returns why its macros may not run, in a line, or "".

    Only macros that we wrote may run, to the letter, with the settings that we write on this computer; they are written
    anew from their text, since a file may hold a compiled form that does something else.

    Raises
    ------
    DataError
        The file is no workbook, or it came from the internet: Excel would open it without its Protected View.
    """
    mark = (machine or Machine()).mark(path)
    if "ZoneId=3" in mark or "ZoneId=4" in mark:
        line = _("{file}: came from the internet; if you trust it: Properties, then Unblock, then try again")
        raise DataError(line.format(file=path))
    try:
        file = WorkbookFile.read(path)
        reason = _reason(file)
        if file.project is not None and not reason:
            file.replace_modules(())
    except FileNotFoundError:
        raise DataError(_("{file}: no such file; check the name and the folder").format(file=path)) from None
    except (ValueError, KeyError) as error:
        raise DataError(_("{file}: cannot be read ({reason})").format(file=path, reason=error)) from None
    copy.write_bytes(file.to_bytes())
    return reason


def _reason(file: WorkbookFile) -> str:
    if any(name.startswith(("xl/macrosheets/", "xl/dialogsheets/")) for name in file.parts):
        return _("its macros do not run: it has macros of Excel 4")
    project = file.project
    if project is None:
        return ""
    if obstacle := file.obstacle():
        return _("its macros do not run: {reason}").format(reason=obstacle)
    ours = {module.name.upper(): _lines(module.source) for module in code_modules()}
    strange = [each.name for each in project.modules if _lines(each.source) != ours.get(each.name.upper(), [])]
    if strange:
        line = _("its macros do not run: not all of them are those of this kam_xl ({names})")
        return line.format(names=", ".join(strange))
    own = {key.upper(): value for key, value in xlwings_conf()}
    if file.conf(CONF_SHEET) != own or file.has_formulas(CONF_SHEET):
        line = _("its macros do not run: its sheet {sheet} is not as this computer needs it; kam-xl doctor --mend FILE")
        return line.format(sheet=CONF_SHEET)
    return ""


def _lines(source: str) -> list[str]:
    """The lines of a module that do something: without its attributes, blank lines and remarks."""
    lines = (line.strip() for line in source.splitlines())
    return [line for line in lines if line and not line.startswith(("Attribute ", "'"))]
