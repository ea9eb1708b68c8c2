"""A folder as an attacker sends it: beside the document, a file for every module that a Python of ours could import."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

SERVICE = "import sys, kam_xl.hosts.libreoffice.service; from kam_xl.functions import FUNCTIONS; "
OTHERS = (
    *("sitecustomize", "usercustomize", "kam_xl", "kam_xl_client", "numpy", "uno", "unohelper", "pythonloader"),
    *("pyuno", "encodings", "readline", "click", "openpyxl", "xlsxwriter", "pydantic", "pandas", "xlwings"),
)


@cache
def names() -> tuple[str, ...]:
    """Every module of the standard library, and every one that the worker has imported after a question."""
    code = SERVICE + "FUNCTIONS['KAM_ABC']([[1]]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()} - {"__main__"}
    assert {"json", "numpy", "kam_xl"} <= loaded
    return tuple(sorted({*loaded, *sys.stdlib_module_names, *OTHERS}))


class Folder:
    """The folder: a module for each name, every other one a package, that leaves its name behind when it is run."""

    def __init__(self, path: Path) -> None:
        self.path, self._marks = path, path.with_name(f"{path.name}-marks")
        path.mkdir()
        self._marks.mkdir()
        for name in names():
            text = f"open({str(self._marks / name)!r}, 'w').close()\nraise ImportError('planted')\n"
            (path / f"{name}.py").write_text(text)
            (path / name).mkdir()
            (path / name / "__init__.py").write_text(text)

    def was_run(self) -> list[str]:
        """The modules that were run."""
        return sorted(mark.name for mark in self._marks.iterdir())
