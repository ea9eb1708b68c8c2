"""Runs `kam-xl` on a pretended Windows with the pretended Excel, in a process of its own.

Lines of JSON on stdin: {"arguments", "faults"}; the answers on stdout: {"status", "output", "log", "left"}, where
`left` is the number of Excels that still run.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import click.testing
import pandas  # noqa: F401  (must see the real platform)

import kam_xl.cli
import kam_xl.workbook.build
import kam_xl.workbook.recompute as recompute_module

_recompute = recompute_module.recompute


@functools.lru_cache(8)
def _once(_digest: str, path: str) -> Any:
    return _recompute(path)


def main() -> None:
    """Answer until there are no more lines."""
    recompute_module.recompute = lambda path: _once(hashlib.sha256(Path(path).read_bytes()).hexdigest(), str(path))
    from excel_check import pretended_excel as pretended

    pretended.install()
    import xlwings._xlwindows

    xlwings._xlwindows.Apps.cleanup = staticmethod(lambda: pretended.LOG.append("ended every Excel without a window"))
    for line in sys.stdin:
        asked = json.loads(line)
        pretended.FAULTS.clear()
        pretended.FAULTS.update(asked["faults"])
        pretended.LOG.clear()
        result = click.testing.CliRunner().invoke(kam_xl.cli.cli, asked["arguments"])
        if result.exception and not isinstance(result.exception, SystemExit):
            traceback.print_exception(result.exception)
        answer = {
            "status": result.exit_code,
            "output": result.output,
            "log": pretended.LOG,
            "left": len(pretended._alive()),
            "folders": len(list(Path(tempfile.gettempdir()).glob("kam_xl *"))),
        }
        for app in pretended._alive():
            app.process.kill()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
