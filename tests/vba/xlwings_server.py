"""xlwings' own server route, for the tests: its real conversion, fed with what Office.js sends.

    python xlwings_server.py            (JSON on stdin: [[name, cells, …], …]; JSON on stdout: {"meta", "results"})

Its own process, since the environment decides what xlwings is before it is imported. A mistake is {"error": line}.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

AS_SERVER = {
    "XLWINGS_ON_SERVER": "true",
    "XLWINGS_LICENSE_KEY": "noncommercial",  # for tests only; the product doesn't use this part of xlwings
}
NEWER = {
    "#GETTING_DATA": "GettingData",
    "#SPILL!": "Spill",
    "#CONNECT!": "Connect",
    "#BLOCKED!": "Blocked",
    "#UNKNOWN!": "Unknown",
    "#FIELD!": "Field",
    "#CALC!": "Calc",
    "#BUSY!": "Busy",
    "#ERROR": "Unheard",
}
TYPES = {"#DIV/0!": "Div0", "#N/A": "NotAvailable", "#REF!": "Ref", "#NAME?": "Name"}


def as_sent(cell: Any) -> Any:
    """A cell as Office.js sends it."""
    if isinstance(cell, str) and cell in NEWER:
        return {"type": "Error", "errorType": NEWER[cell], "basicType": "Error"}
    if isinstance(cell, str) and cell in TYPES:
        return {"type": "Error", "errorType": TYPES[cell], "basicType": "Error", "basicValue": cell}
    return "" if cell is None else cell


def as_argument(cells: Any) -> Any:
    """An argument: None if omitted, else rows of cells."""
    if cells is None:
        return None
    if not isinstance(cells, list):
        return [[as_sent(cells)]]
    rows = [row if isinstance(row, list) else [row] for row in cells]
    width = max(map(len, rows))
    return [[*map(as_sent, row), *[""] * (width - len(row))] for row in rows]


async def call(module: Any, name: str, arguments: list[Any]) -> Any:
    """What goes back to Excel."""
    import xlwings
    from xlwings import server

    given = [*map(as_argument, arguments)]
    given += [None] * (len(module.FUNCTIONS[name].args) - len(given))
    body = {
        "client": "Office.js",
        "func_name": name,
        "args": given,
        "caller_address": "[Book1.xlsx]Sheet1!B21",
        "session_id": "s",
        "culture_info_name": "en-US",
        "date_format": "m/d/yyyy",
        "version": xlwings.__version__,
        "runtime": "1.4",
    }
    try:
        return await server.custom_functions_call(body, module)
    except xlwings.XlwingsError as error:
        return {"error": str(error)}


async def main() -> None:
    """Call what stdin says."""
    os.environ.update(AS_SERVER)
    from xlwings import server

    import kam_xl.udfs

    results = [await call(kam_xl.udfs, name, arguments) for name, arguments in json.load(sys.stdin)]
    json.dump({"meta": server.custom_functions_meta(kam_xl.udfs), "results": results}, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
