"""A workbook as xlwings gets to see it, and what a macro did to it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
from office import Book
from openpyxl.utils import get_column_letter, range_boundaries

Answer = dict[str, Any]
SERVER = Path(__file__).with_name("xlwings_excel.py")


def payload(path: Path, name: str = "accounts.xlsx", selection: tuple[str, str] = ("", "A1")) -> Answer:
    """What a workbook on disk looks like to xlwings' remote engine."""
    from xlwings import __version__

    book = openpyxl.load_workbook(path, data_only=True)
    sheets = [
        {
            "name": sheet.title,
            "values": [[_sent(cell) for cell in row] for row in sheet.iter_rows(values_only=True)],
            "visibility": "Visible" if sheet.sheet_state == "visible" else "Hidden",
            "pictures": [],
            "tables": [_table(table) for table in sheet.tables.values()],
        }
        for sheet in book.worksheets
    ]
    titles = [sheet["name"] for sheet in sheets]
    names = []
    for defined in book.defined_names.values():
        sheet, _mark, address = defined.attr_text.rpartition("!")
        if sheet.strip("'") in titles:
            names.append(
                {
                    "name": defined.name,
                    "sheet_index": titles.index(sheet.strip("'")),
                    "address": address.replace("$", ""),
                    "scope_sheet_name": None,
                    "scope_sheet_index": None,
                    "book_scope": True,
                }
            )
    at = {"name": name, "active_sheet_index": titles.index(selection[0] or titles[0]), "selection": selection[1]}
    return {"client": "Office.js", "version": __version__, "book": at, "names": names, "sheets": sheets}


def _sent(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%Y-%m-%d}T00:00:00.000Z"
    return "" if value is None else value


def _table(table: Any) -> Answer:
    left, top, right, bottom = range_boundaries(table.ref)
    first, last = get_column_letter(left), get_column_letter(right)
    return {
        "name": table.displayName,
        "range_address": table.ref,
        "header_row_range_address": f"{first}{top}:{last}{top}",
        "data_body_range_address": f"{first}{top + 1}:{last}{bottom}",
        "total_row_range_address": None,
        "show_headers": True,
        "show_totals": False,
    }


class Macros:
    """Runs macros in a process of their own; a context manager."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(SERVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def __call__(self, payload: Answer, macro: str, *arguments: Any, **more: Any) -> Answer:
        """What a macro returned (``value``), or why it did not (``error``, ``raised``), and its ``actions``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"payload": payload, "macro": macro, "arguments": arguments, **more}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the macros' process has ended"
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def typed(value: Any) -> Any:
    """What a cell holds after a value was typed: text after an apostrophe, dates as numbers."""
    if isinstance(value, str) and value.startswith("'"):
        return value[1:]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (dt.date.fromisoformat(value[:10]) - dt.date(1899, 12, 30)).days
    return None if value == "" else value


def address(action: Answer) -> str:
    """The cells that an action is about."""
    top, left = action["start_row"] + 1, action["start_column"] + 1
    last = f"{get_column_letter(left + action['column_count'] - 1)}{top + action['row_count'] - 1}"
    return f"{get_column_letter(left)}{top}:{last}"


def writes(answer: Answer, sheets: list[str]) -> list[tuple[str, str, list[list[Any]]]]:
    """Sheet, cells and values of everything written."""
    return [
        (sheets[a["sheet_position"]], address(a), [[typed(value) for value in row] for row in a["values"]])
        for a in answer["actions"]
        if a["func"] == "setValues"
    ]


def alerts(answer: Answer) -> list[str]:
    """The lines that message boxes showed."""
    return [action["args"][0] for action in answer["actions"] if action["func"] == "alert"]


def apply(answer: Answer, book: Book, sheets: list[str]) -> None:
    """Do to a workbook in LibreOffice what a macro did to the one in Excel."""
    for action in answer["actions"]:
        func = action["func"]
        if func == "setValues":
            rows = [[typed(value) for value in row] for row in action["values"]]
            book.write(sheets[action["sheet_position"]], address(action).split(":")[0], rows)
        elif func in ("rangeInsert", "rangeDelete"):
            letter = get_column_letter(action["start_column"] + 1)
            what = "insert columns" if func == "rangeInsert" else "delete columns"
            book.restructure(sheets[action["sheet_position"]], f"{letter}1", what)
        else:
            assert func in ("resizeTable", "alert", "calculate", "activateSheet", "setNumberFormat"), func
    book.recalculate()
