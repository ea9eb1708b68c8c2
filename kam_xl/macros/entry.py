"""The one entry for VBA: finds the calling workbook, runs a macro by its name, says what came of it in one line."""

from __future__ import annotations

import os
from collections.abc import Callable

from kam_xl.errors import HostError, KamError
from kam_xl.locale import _
from kam_xl.macros import accounts, excel, mrr, pages, years

MACROS: dict[str, Callable[[excel.Book], str]] = {
    "new_workbook": pages.new_workbook,
    "refresh": pages.refresh,
    "add_year": years.add_year,
    "remove_year": years.remove_year,
    "import_accounts": accounts.import_accounts,
    "snapshot_mrr": mrr.snapshot_mrr,
    "check": pages.check,
    "export_pdf": pages.export_pdf,
    "help": pages.help,
}
_LONGEST = 800  # letters of a line that a message box shows well


def run(name: str) -> None:
    """Run a macro over the workbook that called, and show in one line what it did or why it could not.

    With KAM_XL_DEBUG set, an error is raised instead of shown.

    Raises
    ------
    HostError
        Without xlwings, or when no workbook called.
    """
    book = _caller()
    try:
        if name not in MACROS:
            raise HostError(_("no macro is called {name}; there are: {list}").format(name=name, list=", ".join(MACROS)))
        line = MACROS[name](book)
    except Exception as error:
        if os.environ.get("KAM_XL_DEBUG"):
            raise
        excel.tell(book, _line(error), failed=True)
    else:
        if line:
            excel.tell(book, " ".join(line.split()))  # whole: it may list what was deleted or left out
    finally:
        excel.clear_status(book)


def _caller() -> excel.Book:
    try:
        import xlwings
    except ImportError:
        raise HostError(_("Excel needs xlwings to reach Python; install it with: pip install xlwings")) from None
    try:
        return xlwings.Book.caller()
    except Exception:
        raise HostError(_("no workbook called; start a macro in Excel, with a button or Alt+F8")) from None


def _line(error: Exception) -> str:
    if isinstance(error, KamError):
        return _short(str(error))
    if isinstance(error, OSError) and error.strerror:
        return _short(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    text = _("internal error ({kind}: {error}); set KAM_XL_DEBUG=1 for details")
    return _short(text.format(kind=type(error).__name__, error=_short(str(error), 300)))


def _short(text: str, longest: int = _LONGEST) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
