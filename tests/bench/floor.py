"""The floor: a plain XlsxWriter script that writes the same cells and charts, and computes nothing.

`record` keeps every call that a build makes of XlsxWriter; run as a script, this file replays them:
``python floor.py calls.marshal out.xlsx``.
"""

from __future__ import annotations

import datetime as dt
import io
import marshal
import sys
from pathlib import Path
from typing import Any

KEEP = (str, int, float, bool, type(None))
DOWN = {"write_down", "write_results_down", "write_formula_down"}
OBJECTS = {"add_worksheet", "add_chart", "add_format"}


class Recorded:
    """An XlsxWriter object whose public calls are written down."""

    def __init__(self, real: Any, number: int, log: list[Any]) -> None:
        self.__dict__.update(_real=real, _number=number, _log=log)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if name.startswith("_") or not callable(value):
            return value

        def call(*args: Any, **kwargs: Any) -> Any:
            entries = cell_by_cell(name, args) if name in DOWN else [(name, args)]
            for each, given in entries:
                self._log.append([self._number, each, plain(given), plain(kwargs)])
            place = len(self._log)
            result = value(*real(args), **real(kwargs))
            return Recorded(result, place, self._log) if name in OBJECTS else result

        return call

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._real, name, value)


def cell_by_cell(name: str, args: Any) -> list[tuple[str, Any]]:
    """A column, as the calls that write its cells one by one."""
    from kam_xl.formulas.rows import pattern

    if name == "write_formula_down":
        row, col, rows, formula, values, style = args
        text = pattern(formula, row)
        results = values if len(values) > 1 else list(values) * rows
        return [("write_formula", (row + i, col, "=" + text(i), style, results[i])) for i in range(rows)]
    row, col, values, style = args
    calls: list[tuple[str, Any]] = []
    for i, value in enumerate(values):
        if value is None:
            calls.append(("write_blank", (row + i, col, None, style)))
        elif isinstance(value, bool):
            calls.append(("write_boolean", (row + i, col, value, style)))
        elif not isinstance(value, str):
            calls.append(("write_number", (row + i, col, value, style)))
        elif name == "write_results_down":
            calls.append(("write_formula", (row + i, col, "=A1", style, value)))
        else:
            calls.append(("write_string", (row + i, col, value, style)))
    return calls


def real(value: Any) -> Any:
    """Arguments with the recorded objects taken out of their wrapping."""
    if isinstance(value, Recorded):
        return value._real
    if isinstance(value, (list, tuple)):
        return [real(v) for v in value]
    return {k: real(v) for k, v in value.items()} if isinstance(value, dict) else value


def plain(value: Any) -> Any:
    """Arguments as they can be kept in a file."""
    if isinstance(value, Recorded):
        return ("object", value._number)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, KEEP):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (dt.date, dt.datetime)):
        return ("date", value.year, value.month, value.day)
    if isinstance(value, io.StringIO):
        return None  # the theme: a matter of milliseconds, left out of the floor
    raise TypeError(type(value))


def record(build: Any, module: Any) -> list[Any]:
    """Calls that `build()` makes through `module.xlsxwriter.Workbook`."""
    log: list[Any] = []
    original = module.xlsxwriter.Workbook
    module.xlsxwriter.Workbook = lambda buffer, options: Recorded(original(buffer, options), 0, log)
    try:
        build()
    finally:
        module.xlsxwriter.Workbook = original
    return log


def replay(log: list[Any], out: str) -> None:
    """Write the same workbook with plain XlsxWriter."""
    import xlsxwriter

    objects: dict[int, Any] = {0: xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})}

    def value(v: Any) -> Any:
        if isinstance(v, tuple):
            return objects[v[1]] if v[0] == "object" else dt.date(*v[1:])
        if isinstance(v, list):
            return [value(x) for x in v]
        return {k: value(x) for k, x in v.items()} if isinstance(v, dict) else v

    for place, (number, name, args, kwargs) in enumerate(log, 1):
        if name in ("close", "use_custom_theme"):
            continue
        objects[place] = getattr(objects[number], name)(*value(args), **value(kwargs))
    objects[0].close()


if __name__ == "__main__":
    replay(marshal.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2])
