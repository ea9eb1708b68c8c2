"""Where other programs are, and what they are started with: never what lies in the current folder.

A program beside a document may be there to be started in the place of the real one. So programs are looked up in the
full folders of PATH only, which `shutil.which` does not do on Windows, and started by their full path.
"""

from __future__ import annotations

import os
import sys

from kam_xl.hosts.libreoffice.client import search_path

ENDINGS = (".com", ".exe")  # on Windows; a .bat or .cmd would pass its arguments through a shell


def find_program(name: str) -> str | None:
    """The full path of a program, or None if no folder of PATH has it.

    Blank and relative folders of PATH depend on the current folder and are passed over, and so is the current folder
    itself, which Windows searches first.

    Examples
    --------
    >>> find_program("no-such-program") is None
    True
    """
    for folder in search_path():
        for ending in ENDINGS if sys.platform == "win32" else ("",):
            path = os.path.join(folder, name + ending)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None
