"""What buttons, the ribbon and Alt+F8 call: plain functions over an open workbook, and `run` for VBA's RunPython.

Every macro takes an `xlwings.Book` and returns what it did in one line, or nothing where the user sees it anyway.
xlwings itself is imported only when `run` is called.
"""

from kam_xl.macros.accounts import import_accounts
from kam_xl.macros.entry import run
from kam_xl.macros.mrr import snapshot_mrr
from kam_xl.macros.pages import check, export_pdf, help, new_workbook, refresh
from kam_xl.macros.years import add_year, remove_year

__all__ = [
    "add_year",
    "check",
    "export_pdf",
    "help",
    "import_accounts",
    "new_workbook",
    "refresh",
    "remove_year",
    "run",
    "snapshot_mrr",
]
