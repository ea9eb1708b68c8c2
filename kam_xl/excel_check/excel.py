"""An Excel of our own: started, watched and ended here, apart from the one in which a person works."""

from __future__ import annotations

import atexit
import gc
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from kam_xl.errors import HostError
from kam_xl.excel_check.process import Dialog, Process
from kam_xl.hosts.vba.sources import NO_XLWINGS
from kam_xl.locale import _

Book = Any  # xlwings.Book and xlwings.App: xlwings is imported only where Excel is
App = Any

_MACROS_RUN, _MACROS_OFF = 1, 3  # Office's msoAutomationSecurityLow and …ForceDisable
_CALCULATED = 0  # Excel's xlDone
_PLACE_ON_MAC = "~/Library/Group Containers/UBF8T346G9.Office"  # where Excel opens files without asking first


class Excel:
    """Excel, for as long as the ``with`` lasts; a new one takes its place when it had to be ended.

    Raises
    ------
    HostError
        There is no Excel here, or no xlwings, or it cannot be started.
    """

    def __init__(self, seconds: float, visible: bool = False) -> None:
        _check_place()
        self.seconds, self.visible = seconds, visible
        self.dialogs: list[Dialog] = []  # those that came up; cleared by who reads them
        self._app: App = None
        self._process: Process | None = None
        self.folder = Path()

    def __enter__(self) -> Excel:
        place = Path(_PLACE_ON_MAC).expanduser() if sys.platform == "darwin" else None
        self.folder = Path(tempfile.mkdtemp(prefix="kam_xl ", dir=place if place and place.is_dir() else None))
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.quit()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def app(self) -> App:
        """The running Excel, started anew if it had to be ended."""
        if not self.running:
            self._app = self._process = None
            self._start()
        return self._app

    @property
    def running(self) -> bool:
        """Whether the Excel that was started is still there."""
        return self._process is not None and not self._process.ended(0)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Excel in sight for a while: a hidden one gives empty pictures and activates nothing."""
        with suppress(Exception):
            self.app.visible = True
        try:
            yield
        finally:
            with suppress(Exception):
                self._app.visible = self.visible

    def _start(self) -> None:
        try:
            import xlwings
        except ImportError:
            raise HostError(NO_XLWINGS) from None
        try:
            others = set(xlwings.apps.keys()) if sys.platform == "darwin" else set()
            app = xlwings.App(visible=self.visible, add_book=False)
            process = Process(app.pid)
        except Exception as error:
            line = _("Excel cannot be started here ({reason}); was it opened once by hand? See also: kam-xl doctor")
            raise HostError(line.format(reason=plain(error))) from error
        if process.pid in others:
            raise HostError(_("Excel does not start a second time beside the open one; close it, then try again"))
        self._app, self._process = app, process
        if sys.platform == "win32":
            from xlwings import _xlwindows

            atexit.unregister(_xlwindows.cleanup)  # it ends every Excel without a window: also a person's own
        with suppress(Exception):
            app.display_alerts = False
        with suppress(Exception):
            app.api.AskToUpdateLinks = False

    def quit(self) -> None:
        """Quit the Excel that was started, without saving anything; end it if it does not go."""
        app, process = self._app, self._process
        self._app = self._process = None
        if process is None:
            return
        if not process.ended(0):
            asking = threading.Timer(min(self.seconds, 20), process.end)  # a dialog would hold it back
            asking.start()
            with suppress(Exception):
                app.api.Quit() if sys.platform == "win32" else app.quit()  # not app.quit() there: see `_start`
            asking.cancel()
        del app
        gc.collect()  # Excel stays as long as anything refers to it
        if not process.ended(5):
            process.end()

    def open(self, path: Path, macros: bool) -> Book:
        """Open a file; its macros may run or not. Links are not followed, and it does not come on the list of files."""
        app = self.app
        if sys.platform == "win32":
            app.api.AutomationSecurity = _MACROS_RUN if macros else _MACROS_OFF
        return app.books.open(str(path), update_links=False, add_to_mru=False)

    def close_all(self) -> None:
        """Close every book of this Excel without saving."""
        if not self.running:
            return
        with suppress(Exception):
            for book in list(self._app.books):
                with suppress(Exception):
                    book.close()

    def calculate(self, book: Book) -> None:
        """Calculate every formula anew and wait until that is done.

        Raises
        ------
        HostError
            It took too long.
        """
        from kam_xl.macros.excel import recalculate

        recalculate(book)
        until = time.monotonic() + self.seconds
        while sys.platform == "win32" and book.app.api.CalculationState != _CALCULATED:
            if time.monotonic() > until:
                line = _("the calculation was not done after {n} s; give it more with --wait")
                raise HostError(line.format(n=f"{self.seconds:g}"))
            time.sleep(min(0.2, self.seconds / 10))

    @contextmanager
    def limited(self, answer_after: float | None = None) -> Iterator[None]:
        """A time for what is done inside: when it is over, Excel is ended, and what waits for it fails.

        Message boxes are read as they come up, and closed after `answer_after` seconds (default: half of the time).

        Raises
        ------
        HostError
            The time was not enough.
        """
        late, over = threading.Event(), threading.Event()
        patience = self.seconds / 2 if answer_after is None else answer_after
        watcher = threading.Thread(target=self._watch, args=(patience, late, over), daemon=True)
        watcher.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                raise HostError(self._too_late()) from error
            raise
        finally:
            over.set()
            watcher.join()
        if late.is_set():
            raise HostError(self._too_late())

    def _watch(self, patience: float, late: threading.Event, over: threading.Event) -> None:
        """Read and close message boxes until it is over, or too late: then end Excel."""
        until = time.monotonic() + 2 * self.seconds  # twice: what is watched may look at its own time
        since: dict[int, float] = {}
        while not over.wait(min(0.25, self.seconds / 10)):
            now, process = time.monotonic(), self._process  # one that may have begun meanwhile
            if process is not None:
                for dialog in process.dialogs():
                    if dialog.window not in since:
                        since[dialog.window] = now
                        self.dialogs.append(dialog)
                    elif now - since[dialog.window] > patience:
                        process.answer(dialog)
            if now > until:
                late.set()
                if process is not None:
                    process.end()
                return

    def _too_late(self) -> str:
        seconds = f"{2 * self.seconds:g}"
        if not self.dialogs:
            return _("Excel did not answer for {n} s and was ended").format(n=seconds)
        last = self.dialogs[-1]
        text = f"{last.title}: {last.text}" if last.text else last.title
        line = _("Excel did not answer for {n} s and was ended; a window was open: {text}")
        return line.format(n=seconds, text=text)


def save_copy(book: Book, path: Path) -> Path:
    """Save the open book as another file, as it is now. The book is a copy of ours: on a Mac it is saved first."""
    if sys.platform == "win32":
        book.api.SaveCopyAs(str(path))
    else:
        book.save()
        shutil.copy2(book.fullname, path)
    return path


def plain(error: BaseException) -> str:
    """An error in one short line; Excel's own words where it has any."""
    said = getattr(error, "excepinfo", None)
    text = str(said[2]) if said and len(said) > 2 and said[2] else str(error) or type(error).__name__
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:199] + "…"


def _check_place() -> None:
    if sys.platform not in ("win32", "darwin"):
        line = _("there is no Excel for this system; run it on the Windows computer or Mac that has Excel")
        raise HostError(line)
