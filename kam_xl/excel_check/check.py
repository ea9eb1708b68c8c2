"""``kam-xl doctor --excel``: workbooks in the Excel of the person who runs it, and one report of what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kam_xl.errors import DataError, KamError
from kam_xl.excel_check import facts
from kam_xl.excel_check.excel import Excel, plain
from kam_xl.excel_check.looking import Looking, Say
from kam_xl.excel_check.report import Looked, Report, Step, write
from kam_xl.locale import _
from kam_xl.writing import check_target

_SAMPLES = (("native.xlsx", "native", False), ("native.xlsm", "native", True), ("python.xlsm", "python", True))


def check_excel(
    file: Path | None,
    out: Path | None = None,
    *,
    seconds: float = 120,
    visible: bool = False,
    share: bool = True,
    tell: Say = print,
) -> tuple[Report, Path]:
    """Look at a workbook in Excel, or at fresh samples of every engine, and write the report.

    Parameters
    ----------
    file
        The workbook; it is copied, never opened itself.
    out
        Where the report goes: a new folder, or a file ending in .zip; by default a .zip in the current folder.
    seconds
        How long Excel may calculate.
    share
        With the workbook, its pages and its values in the report; else only what is wrong with which cells.
    tell
        Gets a line whenever something begins.

    Raises
    ------
    DataError
        The file is no workbook, or the report cannot be written where it should.
    HostError
        There is no Excel here.
    """
    out = out or Path(f"kam_xl in Excel {datetime.now():%Y-%m-%d %H-%M-%S}.zip")
    if out.exists():
        raise DataError(_("{file}: is there already; choose another name").format(file=out))
    check_target(out)
    if file is not None and not file.is_file():
        raise DataError(_("{file}: no such file; check the name and the folder").format(file=file))
    report = Report()
    if file is not None and share:
        report.remarks.append(_("The report holds a copy of the workbook and its pages; without them: --no-workbook"))
    excel = Excel(seconds, visible)
    tell(_("starting Excel …"))
    with excel:
        evidence = excel.folder / "report"
        evidence.mkdir()
        try:
            _facts(excel, report, tell)
            for path in [file] if file else _samples(excel.folder, report, tell):
                _look(excel, path, evidence, report, tell, sample=file is None, share=share)
        except KeyboardInterrupt:
            report.remarks.append(_("It was stopped before it was done."))
            tell(_("The report of what was done: {file}").format(file=write(report, evidence, out)))
            raise
        return report, write(report, evidence, out)


def _facts(excel: Excel, report: Report, tell: Say) -> None:
    report.facts[_("This computer")] = list(facts.computer())
    tell(_("asking Excel how it reads …"))
    asked = {"Excel": facts.of_excel, _("How Excel reads numbers and texts"): facts.answers}
    for title, ask in asked.items():
        try:
            with excel.limited():
                report.facts[title] = list(ask(excel))
        except Exception as error:
            report.facts[title] = [(_("not known"), plain(error))]


def _samples(folder: Path, report: Report, tell: Say) -> Iterator[Path]:
    """Fresh samples, written one after the other; one that cannot be written is a line of the report."""
    from kam_xl.intake import starting
    from kam_xl.workbook.build import build

    place = folder / "samples"
    place.mkdir()
    for name, engine, macros in _SAMPLES:
        tell(_("writing {name} …").format(name=name))
        try:
            path = build(*starting.from_sample(), engine, macros).write(place / name)
        except KamError as error:
            report.workbooks.append(Looked(name, [Step(_("writing"), "not done", plain(error))]))
            continue
        yield path


def _look(
    excel: Excel, path: Path, evidence: Path, report: Report, tell: Callable[[str], None], *, sample: bool, share: bool
) -> None:
    looking = Looking(excel, path, evidence / path.name, tell, sample=sample, share=share)
    report.workbooks.append(looking.looked)
    try:
        looking.look()
    except DataError:
        raise
    except Exception as error:
        looking.looked.steps.append(Step(_("looking"), "wrong", plain(error)))
    finally:
        with suppress(Exception):
            excel.close_all()
