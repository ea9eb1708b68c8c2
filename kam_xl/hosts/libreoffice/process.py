"""Runs a program of LibreOffice: clean environment, its own folder as the current one, a time limit for it and all its
children, one-line errors.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kam_xl.errors import HostError
from kam_xl.hosts.programs import find_program

from .client import clean_environment


def run(command: Sequence[str], timeout: float) -> tuple[int, str]:
    """Exit code and printed text of `command`; HostError if it cannot start or takes longer than `timeout` seconds.

    The program and the files are named by full paths: it runs in its own folder, not in that of a document.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=Path(command[0]).parent,
            env=clean_environment(),
            start_new_session=True,
        )
    except OSError as error:
        raise HostError(f"{command[0]} cannot be started: {error.strerror}") from None
    with process:
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            raise HostError(f"{command[0]} took longer than {timeout:g} seconds and was ended") from None
        finally:
            if process.poll() is None:
                _end(process)
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and its children (soffice is a script that starts the real program)."""
    if sys.platform == "win32":
        taskkill = find_program("taskkill")
        if taskkill:
            subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
