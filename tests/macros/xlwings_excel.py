"""Macros over real xlwings objects, without Excel: xlwings' own remote engine, which records what a macro does.

Lines of JSON on stdin, one per macro: {"payload", "macro", "arguments", "fail_at", "run", "copies", "says"}; the
answers on stdout: {"value", "error" or "raised", "actions", "status", "drawing", "calculation"}. Its own process,
since the environment decides what xlwings is before it is imported.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

AS_SERVER = {
    "XLWINGS_ON_SERVER": "true",
    "XLWINGS_LICENSE_KEY": "noncommercial",  # for tests only; the product doesn't use this part of xlwings
}


class Copying(dict[str, Any]):
    """A workbook of a desktop, which saves copies of itself."""

    def SaveCopyAs(self, path: str) -> None:
        Path(path).write_text("copy")


class Watched:
    """What the engine lacks and a desktop has: a status bar, screen updating, and writes that can fail."""

    def __init__(self) -> None:
        self.status: list[Any] = []
        self.drawing: list[bool] = []
        self.calculation: list[str] = []
        self.writes = self.fail_at = 0
        self.says: str | None = None

    def install(self, engine: Any) -> None:
        app, cells = engine.App, engine.Range
        app.status_bar = property(lambda _app: False, lambda _app, value: self.status.append(value))
        app.screen_updating = property(lambda _app: True, lambda _app, value: self.drawing.append(value))
        app.calculation = property(lambda _app: "automatic", lambda _app, value: self.calculation.append(value))
        app.alert = self.alert(app.alert)
        put = cells.raw_value.fset

        def failing(range_: Any, value: Any) -> None:
            self.writes += 1
            if self.writes == self.fail_at:
                raise RuntimeError("Excel said\nno")
            put(range_, value)

        cells.raw_value = property(cells.raw_value.fget, failing)

    def alert(self, shown: Any) -> Any:
        """A box that a person answers, as on a desktop."""

        def answered(app: Any, *arguments: Any) -> str | None:
            shown(app, *arguments)
            return self.says

        return answered


def argument(value: Any) -> Any:
    """A date where one is meant."""
    return dt.date.fromisoformat(value[1:]) if isinstance(value, str) and value.startswith("@") else value


def perform(xw: Any, watched: Watched, asked: dict[str, Any]) -> dict[str, Any]:
    """Run one macro."""
    import kam_xl.macros
    from kam_xl.errors import KamError

    watched.__init__()
    watched.fail_at, watched.says = asked.get("fail_at", 0), asked.get("says")
    book = xw.Book(json=Copying(asked["payload"]) if asked.get("copies") else asked["payload"])
    answer: dict[str, Any] = {}
    try:
        if asked.get("run"):
            book.set_mock_caller()
            answer["value"] = kam_xl.macros.run(asked["macro"])
        else:
            macro = getattr(kam_xl.macros, asked["macro"])
            answer["value"] = macro(book, *map(argument, asked.get("arguments", [])))
    except KamError as error:
        answer["error"] = str(error)
    except Exception as error:
        answer["raised"] = f"{type(error).__name__}: {error}"
    return answer | {
        "actions": book.json()["actions"],
        "status": watched.status,
        "drawing": watched.drawing,
        "calculation": watched.calculation,
    }


def main() -> None:
    """Answer until there are no more lines."""
    os.environ.update(AS_SERVER)
    import xlwings as xw
    from xlwings.pro import _xlremote

    watched = Watched()
    watched.install(_xlremote)
    for line in sys.stdin:
        print(json.dumps(perform(xw, watched, json.loads(line)), default=str), flush=True)


if __name__ == "__main__":
    main()
