"""The macros: one table for the buttons of the workbook, the ribbon of the add-in and what Python runs."""

from __future__ import annotations

from typing import NamedTuple


class Button(NamedTuple):
    """A macro and how a user meets it."""

    macro: str  # the public Sub
    caption: str
    sheet: str  # of the workbook, where its button stands
    run: str  # what `kam_xl.macros.run` is given
    tip: str
    image: str  # Office's name of its picture (imageMso)


BUTTONS: tuple[Button, ...] = (
    Button("KamNewWorkbook", "New workbook", "Guide", "new_workbook", "Make a fresh workbook.", "FileNew"),
    Button(
        "KamRefresh", "Refresh", "Dashboard", "refresh", "Calculate everything anew and read the inputs.", "RefreshAll"
    ),
    Button("KamAddYear", "Add year", "Revenue", "add_year", "Add the next year to the revenue.", "SheetColumnsInsert"),
    Button(
        "KamRemoveYear",
        "Remove year",
        "Revenue",
        "remove_year",
        "Take a year out of the revenue.",
        "SheetColumnsDelete",
    ),
    Button(
        "KamImportAccounts",
        "Import accounts",
        "Accounts",
        "import_accounts",
        "Take accounts over from a CSV or Excel file.",
        "ImportExcel",
    ),
    Button(
        "KamSnapshotMrr", "Snapshot MRR", "MRR", "snapshot_mrr", "Write this month's recurring revenue down.", "Camera"
    ),
    Button("KamCheck", "Check", "Checks", "check", "List what should be mended.", "ErrorChecking"),
    Button("KamExportPdf", "Export PDF", "Dashboard", "export_pdf", "Print the pages to a PDF.", "FileSaveAsPdfOrXps"),
    Button("KamHelp", "Help", "Guide", "help", "How to use the workbook.", "Help"),
)
