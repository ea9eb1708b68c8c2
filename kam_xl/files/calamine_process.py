"""Reads a workbook in a process of its own, run as a program: the file comes in, its sheets go out.

Calamine takes the sizes that a file names as they are: a damaged one makes it ask for more memory than there is, which
ends the process at once, or walk in a circle. So this process may end, and is held to the memory and the seconds that
its arguments name. It imports nothing of kam_xl.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
from typing import IO

ROWS = 1_000  # at once


def main(memory: int, seconds: int, only: str, file: IO[bytes], out: IO[bytes]) -> None:
    """Write the name of each worksheet and its rows, then how it went: ``("end", "")``, ``("password", "")`` …"""
    _hold(memory, seconds)
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        for told in book.sheets_metadata:
            if told.typ == SheetTypeEnum.WorkSheet and only in ("", told.name):
                pickle.dump(("sheet", told.name), out)
                sheet = book.get_sheet_by_name(told.name)
                left, rows = [""] * (sheet.start or (0, 0))[1], []
                for row in sheet.iter_rows():
                    rows.append(left + row)
                    if len(rows) == ROWS:
                        pickle.dump(("rows", rows), out)
                        rows = []
                pickle.dump(("rows", rows), out)
        pickle.dump(("end", ""), out)
    except PasswordError:
        pickle.dump(("password", ""), out)
    except BaseException as error:  # a panic of Rust is no Exception
        pickle.dump(("damaged", str(error)), out)
        out.flush()
        raise


def _hold(memory: int, seconds: int) -> None:
    """Limit this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        ceiling = resource.getrlimit(what)[1]
        with contextlib.suppress(ValueError, OSError):  # macOS
            resource.setrlimit(what, (most if ceiling == resource.RLIM_INFINITY else min(most, ceiling), ceiling))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.stdin.buffer, sys.stdout.buffer)
