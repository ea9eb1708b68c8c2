"""Macros that look, print or start anew: nothing here changes what a user typed."""

from __future__ import annotations

from datetime import date

from kam_xl.content.tables import Tables
from kam_xl.errors import DataError, HostError
from kam_xl.intake import starting
from kam_xl.locale import _
from kam_xl.macros import excel
from kam_xl.macros.inputs import Inputs
from kam_xl.macros.years import read_years

PAGES = ("Dashboard", "Pareto", "ABC", "Scoring", "At risk")
_PROBLEMS = "problems in all"  # the label beside the number, on calc


def refresh(book: excel.Book) -> str:
    """Calculate everything anew and show the Dashboard."""
    with excel.progress(book, _("calculating")):
        page = _page(book, "Dashboard")
        excel.recalculate(book)
        page.activate()
    return ""


def check(book: excel.Book) -> str:
    """Calculate, show Checks and say how many problems there are."""
    inputs = Inputs(book)
    with excel.progress(book, _("checking")):
        page = _page(book, "Checks")
        excel.recalculate(book)
        page.activate()
        rows = inputs.sheet(_page(book, "calc").name)
    found = next((row[1] for row in rows if row[0] == _PROBLEMS), None)
    if not isinstance(found, int):
        return _("Checks could not count the problems; its first line says why.")
    if not found:
        return _("All checks passed.")
    return _("1 problem to mend.") if found == 1 else _("{n} problems to mend.").format(n=found)


def help(book: excel.Book) -> str:
    """Show the Guide."""
    _page(book, "Guide").activate()
    return ""


def export_pdf(book: excel.Book) -> str:
    """Print the pages that are not hidden to one PDF beside the workbook; a PDF that is there stays."""
    present = [sheet.name for sheet in book.sheets if sheet.name in PAGES and sheet.visible]
    if not present:
        raise DataError(_("{file} has no page to print: it is no workbook of kam-xl").format(file=book.name))
    with excel.progress(book, _("printing to PDF")):
        name = f"{excel.name_parts(book)[0]} {date.today():%Y-%m-%d}"
        path = excel.free_path(excel.folders_for(book)[0], name, ".pdf")
        shown = book.sheets.active
        try:
            book.to_pdf(str(path), include=present)
        except NotImplementedError:
            raise HostError(_("this Excel cannot print to PDF from a macro; use File > Export")) from None
        finally:
            shown.activate()
    return _("Printed to {file}").format(file=path)


def new_workbook(book: excel.Book) -> str:
    """Make a fresh workbook beside this one, without accounts, and open it.

    From a workbook of kam_xl it takes the settings and years; else those of the standard template.
    """
    from kam_xl.workbook.build import build

    with excel.progress(book, _("making a workbook")):
        if "set_a_cut" in book.names and "rev_years" in book.names:
            inputs = Inputs(book)
            settings, tables = inputs.settings[0], Tables.empty([str(year) for year in read_years(inputs).found])
            if not tables.years:
                tables = starting.from_nothing()[1]
            settings = settings.model_copy(update={"report_date": None})
        else:
            settings, tables = starting.from_nothing()
        path = excel.free_path(excel.folders_for(book)[0], _("accounts {day}").format(day=date.today()), ".xlsx")
        build(settings, tables).write(path)
        try:
            book.app.books.open(str(path))
        except Exception:  # the file is there; only opening it is not possible here
            return _("A new workbook is in {file}; open it there.").format(file=path)
    return _("A new workbook: {file}").format(file=path)


def _page(book: excel.Book, name: str) -> excel.Range:
    if name not in [sheet.name for sheet in book.sheets]:
        text = _("{file} has no sheet {name}: it is no workbook of kam-xl, or the sheet was renamed")
        raise DataError(text.format(file=book.name, name=name))
    return book.sheets[name]
