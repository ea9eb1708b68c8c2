"""The process of an Excel that we started, and the windows in which it asks something: what its interface hides."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_TERMINATE, _SYNCHRONIZE, _OWNER, _CLOSE = 0x0001, 0x0010_0000, 4, 0x0010  # names of the Windows interface
_DIALOGS = ("#32770", "NUIDialog")  # the classes of message boxes and of Office's own dialogs


@dataclass(frozen=True)
class Dialog:
    """A window that waits for an answer."""

    window: int
    title: str
    text: str


class Process:
    """The process of one Excel. Nothing here goes through Excel's interface, which is mute while a dialog is open."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle: Any = None
        if sys.platform == "win32":
            import win32api

            self._handle = win32api.OpenProcess(_TERMINATE | _SYNCHRONIZE, False, pid)

    def ended(self, seconds: float) -> bool:
        """Whether the process ends within a time."""
        if self._handle is not None:
            import win32event

            return bool(win32event.WaitForSingleObject(self._handle, int(1000 * seconds)) == 0)
        until = time.monotonic() + seconds
        while _is_there(self.pid):
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True

    def end(self) -> None:
        """End the process at once, whatever it does."""
        if self._handle is not None:
            import win32api

            with suppress(Exception):  # it has ended by itself
                win32api.TerminateProcess(self._handle, 1)
        else:
            with suppress(ProcessLookupError):
                os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def dialogs(self) -> list[Dialog]:
        """The message boxes that are open in this Excel or over it, with their texts; Windows only."""
        if self._handle is None:
            return []
        import win32gui
        import win32process

        found: list[Dialog] = []

        def take(window: int, _more: object) -> bool:
            if win32gui.IsWindowVisible(window) and win32gui.GetClassName(window) in _DIALOGS:
                both = [each for each in (window, win32gui.GetWindow(window, _OWNER)) if each]
                if self.pid in [win32process.GetWindowThreadProcessId(each)[1] for each in both]:
                    found.append(Dialog(window, win32gui.GetWindowText(window), _text_in(window)))
            return True

        with suppress(Exception):  # a window may close while it is looked at
            win32gui.EnumWindows(take, None)
        return found

    def answer(self, dialog: Dialog) -> None:
        """Close a message box as a person does who presses Escape."""
        import win32gui

        with suppress(Exception):
            win32gui.PostMessage(dialog.window, _CLOSE, 0, 0)


def _text_in(window: int) -> str:
    """The texts in a message box, without those on its buttons."""
    import win32gui

    texts: list[str] = []

    def take(child: int, _more: object) -> bool:
        if win32gui.GetClassName(child) == "Static" and (text := win32gui.GetWindowText(child)):
            texts.append(text)
        return True

    with suppress(Exception):
        win32gui.EnumChildWindows(window, take, None)
    return " ".join(" ".join(texts).split())


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
