"""``kam-xl doctor``: why Excel does not reach Python, on this computer and in a workbook, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from kam_xl.errors import DataError, KamError
from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.libreoffice import install_extension
from kam_xl.hosts.vba import addin, install, received
from kam_xl.hosts.vba.file import DAMAGED, WorkbookFile
from kam_xl.hosts.vba.machine import Machine
from kam_xl.hosts.vba.reading import Project
from kam_xl.hosts.vba.sources import NO_XLWINGS, version_in, xlwings_module
from kam_xl.hosts.vba.workbook import CONF_SHEET, code_modules, portable
from kam_xl.hosts.vba.wrappers import MODULE
from kam_xl.intake.reader import is_workbook
from kam_xl.locale import _
from kam_xl.progress import expect, step
from kam_xl.workbook.recompute import recompute, staleness
from kam_xl.writing import fitting_name, write_file

State = Literal["ok", "mended", "wrong"]
LONGEST = 240  # letters of a line of several findings


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: State
    line: str  # what there is, and if it is wrong, what to do


@dataclass(frozen=True)
class _Check:
    """A finding, and how it can be mended: in the file, or on the computer."""

    finding: Finding
    repair: Callable[[WorkbookFile], None] | None = None
    reinstall: Callable[[], str] | None = None


def examine(path: Path | None = None, machine: Machine | None = None) -> list[Finding]:
    """Look at this computer, and at a workbook if one is named; changes nothing.

    Raises
    ------
    DataError
        The file is not there or is no workbook.
    """
    return [check.finding for check in _checks(path, machine or Machine())]


def mend(path: Path | None = None, machine: Machine | None = None) -> list[Finding]:
    """Look at the same things and mend what can be mended; a workbook in a copy beside it, never in place."""
    machine = machine or Machine()
    checks = list(_checks(path, machine))
    found = [_reinstalled(check) for check in checks]
    repairs = [check.repair for check in checks if check.repair]
    if path is None or not repairs:
        return found
    file = WorkbookFile.read(path)
    for repair in repairs:
        repair(file)
    copy = write_file(_copy_of(path), file.to_bytes())
    machine.set_mark(copy, machine.mark(path))
    now_ok = {finding.what for finding in examine(copy, machine) if finding.state == "ok"}
    found = [
        replace(finding, state="mended") if check.repair and finding.what in now_ok else finding
        for check, finding in zip(checks, found, strict=True)
    ]
    return [*found, Finding(_("copy"), "mended", _("the mended copy is {file}").format(file=copy))]


def _reinstalled(check: _Check) -> Finding:
    if check.reinstall is None:
        return check.finding
    try:
        return replace(check.finding, state="mended", line=check.reinstall())
    except KamError as error:
        return replace(check.finding, line=str(error))


def _copy_of(path: Path) -> Path:
    """A name beside the file that is not taken: ``accounts.mended.xlsm``."""
    number, copy = 1, path.with_name(fitting_name(path.stem, f".mended{path.suffix}"))
    while copy.exists():
        number += 1
        copy = path.with_name(fitting_name(path.stem, f".mended-{number}{path.suffix}"))
    return copy


def _ok(what: str, line: str) -> _Check:
    return _Check(Finding(what, "ok", line))


def _wrong(what: str, line: str, repair: Callable[[WorkbookFile], None] | None = None) -> _Check:
    return _Check(Finding(what, "wrong", line), repair)


def _checks(path: Path | None, machine: Machine) -> Iterator[_Check]:
    expect(1)
    step(_("looking at this computer"))
    yield from _computer(machine)
    if path is not None:
        expect(1)
        step(_("looking at {file}").format(file=path.name))
        yield from _workbook(path, machine)


# -- this computer ---------------------------------------------------------------------------------------------------


def _computer(machine: Machine) -> Iterator[_Check]:
    line = _("Python {version}, {bits}-bit: {python}")
    yield _ok("Python", line.format(version=machine.version, bits=machine.bits, python=machine.python))
    yield _xlwings(machine)
    if machine.system == "win32" and machine.excel_bits:
        both = _("Excel is {excel}-bit, Python {python}-bit: they work together")
        yield _ok("Excel", both.format(excel=machine.excel_bits, python=machine.bits))
    if machine.interpreter_key:
        yield _addin(machine.addin, machine)
    yield _office(machine)


def _office(machine: Machine) -> _Check:
    functions = machine.office_functions()
    if functions == "current":
        return _ok("LibreOffice", _("has the KAM functions"))
    if functions == "none":
        return _ok("LibreOffice", _("has no KAM functions; to install them: kam-xl addin install libreoffice"))
    line = _("has the KAM functions of another kam_xl; install them again: kam-xl addin install libreoffice")
    return _Check(Finding("LibreOffice", "wrong", line), reinstall=install_extension)


def _xlwings(machine: Machine) -> _Check:
    version = machine.xlwings
    if version is None and machine.interpreter_key:
        return _wrong("xlwings", NO_XLWINGS)
    if version is None:
        return _ok("xlwings", _("is not installed; only workbooks with macros (.xlsm) need it"))
    if machine.system == "darwin" and not machine.runpython:
        return _wrong("xlwings", _("macros cannot reach Python yet; run once: xlwings runpython install"))
    if machine.system == "win32":
        if not machine.pywin32:
            return _wrong("xlwings", _("pywin32 is missing; install it with: pip install pywin32"))
        wanted = {f"xlwings{bits}-{version}.dll" for bits in ([machine.excel_bits] if machine.excel_bits else [32, 64])}
        if missing := ", ".join(sorted(wanted - machine.libraries)):
            line = _("{library} is not beside Python; mend it with: pip install --force-reinstall xlwings=={version}")
            return _wrong("xlwings", line.format(library=missing, version=version))
    return _ok("xlwings", version)


def _addin(path: Path | None, machine: Machine) -> _Check:
    what = _("add-in")
    if path is None:
        return _ok(
            what, _("is not installed; only for the functions in your own workbooks: kam-xl addin install excel")
        )
    try:
        file = WorkbookFile.read(path)
        project = file.project
        source = project.source("xlwings") if project else ""
        version, current = version_in(source), _is_current(source, machine, is_addin=True)
        python = machine.expanded(file.conf(addin.CONF_SHEET).get(str(machine.interpreter_key), ""))
    except (KamError, *DAMAGED) as error:
        line = _("is damaged ({reason}); install it again: kam-xl addin install excel").format(reason=error)
        return _Check(Finding(what, "wrong", line), reinstall=install.install)
    if version == machine.xlwings and current and (machine.is_this_python(python) or not python):
        return _ok(what, _("is for this Python: {file}").format(file=path))
    if version == machine.xlwings and not current:
        line = _("takes its settings from other files; install it again: kam-xl addin install excel")
        return _Check(Finding(what, "wrong", line), reinstall=install.install)
    line = _("was made for xlwings {version} and {python}; install it again: kam-xl addin install excel")
    line = line.format(version=version, python=python or "Python")
    return _Check(Finding(what, "wrong", line), reinstall=install.install)


def _is_current(source: str, machine: Machine, is_addin: bool = False) -> bool:
    """Whether xlwings' module in a file is the one that we write today, where that can be said."""
    return machine.xlwings is None or not source or source == xlwings_module(is_addin).source


# -- a workbook ------------------------------------------------------------------------------------------------------


def _workbook(path: Path, machine: Machine) -> Iterator[_Check]:
    try:
        file = WorkbookFile.read(path)
        project = file.project
        conf = file.conf(CONF_SHEET)
        settings = _settings(file, path)
    except DAMAGED as error:
        raise DataError(_("{file}: cannot be read ({reason})").format(file=path, reason=error)) from None
    if file.is_addin:
        yield _addin(path, machine)
    elif project is None or not project.source("xlwings"):
        yield _ok(_("macros"), _("none that reach Python"))
    else:
        yield _modules(file, project, machine)
        if machine.interpreter_key:
            yield _interpreter(conf, machine)
        if machine.is_synchronised(path):
            yield _folder(conf)
        yield from _names(file, project)
    yield settings
    if is_workbook(path):
        yield _values(path)
    mark = machine.mark(path)
    if "ZoneId=3" in mark or "ZoneId=4" in mark:
        line = _("Excel blocks its macros, as it came from the internet; if you trust it: Properties, then Unblock")
        yield _wrong(_("origin"), line)


def _values(path: Path) -> _Check:
    """Another program than Excel leaves out the values of formulas, or leaves them as they were."""
    try:
        recomputed = recompute(path)
    except DataError as error:
        return _wrong(_("values"), str(error))
    line = staleness(recomputed)
    return _wrong(_("values"), line) if line else _ok(_("values"), _("are those of the formulas"))


def _modules(file: WorkbookFile, project: Project, machine: Machine) -> _Check:
    """The file's xlwings must be the installed one, and its functions those of the registry."""
    what, version = _("macros"), version_in(project.source("xlwings"))
    functions = project.source(MODULE)
    missing = [name for name in FUNCTIONS if functions and f"Function {name}(" not in functions]
    if machine.xlwings is None:
        return _wrong(what, _("are for xlwings {version}, which is not installed").format(version=version))
    if version != machine.xlwings:
        line = _("are for xlwings {version}, but {installed} is installed")
        line = line.format(version=version, installed=machine.xlwings)
    elif not _is_current(project.source("xlwings"), machine):
        line = _("take their settings from other files, too")
    elif missing:
        line = _("lack functions: {names}").format(names=", ".join(sorted(missing)))
    else:
        return _ok(what, _("are for xlwings {version}").format(version=version))
    if reason := file.obstacle():
        remedy = _("{reason}; make the workbook anew: kam-xl new NEW.xlsm --data FILE")
        return _wrong(what, f"{line}; {remedy.format(reason=reason)}")
    remedy = _("mend a copy: kam-xl doctor --mend FILE")
    return _wrong(what, f"{line}; {remedy}", lambda found: found.replace_modules(code_modules(bool(functions))))


def _interpreter(conf: dict[str, str], machine: Machine) -> _Check:
    key = str(machine.interpreter_key)
    given = machine.expanded(conf.get(key, ""))
    remedy = _("mend a copy: kam-xl doctor --mend FILE")

    def repair(file: WorkbookFile) -> None:
        file.set_conf(CONF_SHEET, key, portable(machine.python))

    if not conf:
        return _wrong(
            _("interpreter"), _("the sheet {sheet} is missing; make the workbook anew").format(sheet=CONF_SHEET)
        )
    if not given and conf.get("CONDA PATH") and conf.get("CONDA ENV"):
        return _ok(_("interpreter"), _("is conda's: {name}").format(name=conf["CONDA ENV"]))
    if not given:
        return _wrong(_("interpreter"), _("the workbook names none; {remedy}").format(remedy=remedy), repair)
    if machine.is_this_python(given):
        return _ok(_("interpreter"), _("is this Python"))
    line = _("is another Python: {python}") if machine.has_file(given) else _("is not there: {python}")
    return _wrong(_("interpreter"), f"{line.format(python=given)}; {remedy}", repair)


def _settings(file: WorkbookFile, path: Path) -> _Check:
    """What in the file could choose what xlwings starts; of its own settings a copy can be mended."""
    what, found = _("settings"), list(received.dangers(file, path))
    if not found:
        return _ok(what, _("nothing that would start a program of somebody else"))
    line = "; ".join(found)
    if len(line) > LONGEST:
        line = _("{first} – and {n} more like it").format(first=found[0], n=len(found) - 1)
    own, wanted = received.own_sheet(file), received.corrections(file)
    if not own or not wanted:
        return _wrong(what, line)

    def repair(copy: WorkbookFile) -> None:
        for key, value in wanted.items():
            copy.set_conf(own, key, value)

    return _wrong(what, line, repair)


def _folder(conf: dict[str, str]) -> _Check:
    what, key = _("folder"), "ADD_WORKBOOK_TO_PYTHONPATH"
    if conf.get(key, "true").lower() == "false":
        return _ok(what, _("is synchronised (OneDrive, SharePoint); the workbook is ready for that"))
    line = _("is synchronised (OneDrive, SharePoint), and {key} is not False; mend a copy: kam-xl doctor --mend FILE")
    repair = (lambda file: file.set_conf(CONF_SHEET, key, "False")) if conf else None
    return _wrong(what, line.format(key=key), repair)


def _names(file: WorkbookFile, project: Project) -> Iterator[_Check]:
    """A name that is called like a macro function hides it, or is hidden by it."""
    if not project.source(MODULE):
        return
    names = file.defined_names()
    taken = sorted(name for name in names if name.upper() in FUNCTIONS)
    if not taken:
        return
    listed = ", ".join(taken)
    if all("LAMBDA(" in names[name].upper() for name in taken):
        helpers = [name for name in names if name.upper().startswith("KAM_X_")]
        line = _(
            "the functions are there twice, as macros and as names: {names}; mend a copy: kam-xl doctor --mend FILE"
        )
        yield _wrong(_("names"), line.format(names=listed), lambda found: found.drop_names([*taken, *helpers]))
    else:
        yield _wrong(_("names"), _("are called like functions: {names}; rename them").format(names=listed))
