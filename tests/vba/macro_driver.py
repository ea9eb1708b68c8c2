"""The driver of LibreOffice for the tests of macros: it opens workbooks with their macros on, and runs one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hosts"))

import uno_driver
from uno_driver import Driver, _setting, main

ALWAYS_RUN = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


class MacroDriver(Driver):
    """The verbs of the other tests, and `run`."""

    def _load(self, url: str) -> int:
        settings = (_setting("Hidden", True), _setting("MacroExecutionMode", ALWAYS_RUN))
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, settings)
        if document is None:
            raise RuntimeError(f"LibreOffice cannot open {url}")
        self._count += 1
        self._documents[self._count] = document
        return self._count

    def modules(self, number: int) -> dict[str, str]:
        """The text of every VBA module."""
        libraries = self._documents[number].BasicLibraries
        found = {}
        for name in libraries.ElementNames:
            library = libraries.getByName(name)
            found.update({module: library.getByName(module) for module in library.ElementNames})
        return found

    def run(self, number: int, macro: str, arguments: list[Any]) -> Any:
        """Run ``Module.Procedure`` of the workbook's project."""
        provider = self._documents[number].getScriptProvider()
        address = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        return provider.getScript(address).invoke(tuple(arguments), (), ())[0]


uno_driver.Driver = MacroDriver  # type: ignore[misc]

if __name__ == "__main__":
    main()
