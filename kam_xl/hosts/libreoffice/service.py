"""The user's Python as the add-in's other half: ``python -m kam_xl.hosts.libreoffice.service``.

One line of JSON in, ``["KAM_ABC", [[[100], [20]], null, null, null]]``, one line out, ``{"cells": [["A"], ["C"]]}`` or
``{"error": "…"}``. The first line out is a greeting. It ends as soon as its standard input is closed, also in the
middle of a calculation, so that none is left behind when LibreOffice goes away.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from queue import SimpleQueue

from kam_xl import __version__
from kam_xl.functions.registry import FUNCTIONS


def answer(line: bytes) -> str:
    """The answer to one question, as a line of JSON without its end."""
    try:
        name, cells = json.loads(line)
        if name not in FUNCTIONS:
            return json.dumps({"error": f"kam_xl {__version__} has no {name}"})
        return json.dumps({"cells": FUNCTIONS[name](*cells)}, separators=(",", ":"), allow_nan=False)
    except Exception as error:  # the cell shows one line, whatever went wrong
        return json.dumps({"error": f"{type(error).__name__}: {error}"})


def _listen(questions: SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        questions.put(line)
    os._exit(0)


def main() -> None:
    """Answer questions until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal that LibreOffice was started from
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints must not mix with the answers
    questions: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(questions,), daemon=True).start()
    reply = json.dumps({"cells": __version__})
    while True:
        out.write(reply.encode("ascii") + b"\n")
        out.flush()
        reply = answer(questions.get())


if __name__ == "__main__":
    main()
