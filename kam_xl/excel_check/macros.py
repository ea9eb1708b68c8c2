"""Every macro on a copy: what it said, and which cells, files and books it changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from kam_xl.errors import KamError
from kam_xl.excel_check.excel import Book, Excel, plain
from kam_xl.excel_check.report import Step
from kam_xl.excel_check.values import changed_cells, used_block
from kam_xl.locale import _

_FROM_VBA = ("KamRefresh", "KamCheck", "KamHelp")  # one that is silent, one with a message box, one that shows a page
_PATIENCE = 2.0  # seconds that a message box stays open
_FAILED = ("python does not answer", "internal error")  # how a macro says that it broke


def run_all(excel: Excel, path: Path, vba: bool, strict: bool) -> Iterator[Step]:
    """Run every macro, each on a fresh copy of the file.

    Parameters
    ----------
    vba
        Also through Excel's own macros, as a button does: for a workbook that has ours.
    strict
        A macro that refuses is wrong: for a sample, on which every macro has something to do.
    """
    for name, run in _macros().items():
        yield _guarded(excel, path, name, run, strict)
    if not vba:
        return
    if sys.platform != "win32":
        line = _("not run: on a Mac the button does not wait for Python; press the buttons by hand")
        yield Step(_("buttons"), "not done", line)
        return
    for macro in _FROM_VBA:
        yield _guarded(excel, path, macro, lambda book, name=macro: _pressed(excel, book, name), strict)


def _macros() -> dict[str, Callable[[Book], str]]:
    """The macros with what they would ask for."""
    from kam_xl.macros.entry import MACROS

    given: dict[str, Callable[[Book], str]] = {"import_accounts": _import, "remove_year": _remove_year}
    return {name: given.get(name, macro) for name, macro in MACROS.items()}


def _import(book: Book) -> str:
    from kam_xl.macros import import_accounts

    file = Path(book.fullname).parent.with_name("new accounts.csv")
    file.write_text("Account,Owner\nExcel check & Sons,Doctor\n", encoding="utf-8")
    return import_accounts(book, file)


def _remove_year(book: Book) -> str:
    from kam_xl.macros import remove_year
    from kam_xl.macros.inputs import Inputs
    from kam_xl.macros.years import read_years

    return remove_year(book, min(read_years(Inputs(book)).found))


def _pressed(excel: Excel, book: Book, macro: str) -> str:
    """Run a macro as its button does; what its message boxes said."""
    book.macro(macro)()
    said = " ".join(dialog.text or dialog.title for dialog in excel.dialogs)
    if any(words in said.casefold() for words in _FAILED):
        raise RuntimeError(said)
    return said


def _guarded(excel: Excel, path: Path, name: str, run: Callable[[Book], str], strict: bool) -> Step:
    folder = excel.folder / f"macro {name}"
    what = _("macro {name}").format(name=name)
    excel.dialogs.clear()
    try:
        folder.mkdir(exist_ok=True)
        copy = Path(shutil.copy2(path, folder / path.name))
        with excel.limited(_PATIENCE), excel.shown():  # xlwings activates pages of an Excel in sight only
            book = excel.open(copy, macros=True)
            before = _state(book)
            line = run(book)
            after = _state(book)
        return Step(what, "ok", line or _("said nothing"), list(_changes(before, after, folder, copy)))
    except KamError as error:
        return Step(what, "wrong" if strict else "not done", _("refused: {line}").format(line=plain(error)))
    except Exception as error:
        seen = [dialog.text or dialog.title for dialog in excel.dialogs]
        more = [_("a window said: {text}").format(text=text) for text in seen if text and text not in str(error)]
        return Step(what, "wrong", _("failed: {line}").format(line=plain(error)), more)
    finally:
        excel.close_all()
        shutil.rmtree(folder, ignore_errors=True)


State = dict[str, Any]


def _state(book: Book) -> State:
    """The values of every sheet, and the names of the open books."""
    return {
        "sheets": {sheet.name: used_block(sheet) for sheet in book.sheets},
        "books": [other.name for other in book.app.books],
        "shown": book.sheets.active.name,
    }


def _changes(before: State, after: State, folder: Path, copy: Path) -> Iterator[str]:
    """What is another than before, a line each."""
    for sheet, values in after["sheets"].items():
        if sheet not in before["sheets"]:
            yield _("new sheet: {name}").format(name=sheet)
        elif cells := changed_cells(before["sheets"][sheet], values):
            line = _("cells changed on {sheet}: {n} ({first} …)")
            yield line.format(sheet=sheet, n=len(cells), first=", ".join(cells[:3]))
    if gone := sorted(set(before["sheets"]) - set(after["sheets"])):
        yield _("sheets gone: {names}").format(names=", ".join(gone))
    if opened := sorted(set(after["books"]) - set(before["books"])):
        yield _("books opened: {names}").format(names=", ".join(opened))
    if before["shown"] != after["shown"]:
        yield _("now shown: {name}").format(name=after["shown"])
    with suppress(OSError):
        if files := sorted(
            file.name for file in folder.iterdir() if file.name != copy.name and file.name[0] not in "~."
        ):
            yield _("files written: {names}").format(names=", ".join(files))
