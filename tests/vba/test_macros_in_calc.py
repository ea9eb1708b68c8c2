"""LibreOffice runs the plain VBA that we write, with xlwings' module replaced by one that writes down what it gets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import office as office_module
import pytest
from office import Book, Office
from vba.readers import in_workbook

from kam_xl.errors import HostError
from kam_xl.hosts.libreoffice.install import find_office
from kam_xl.hosts.vba import BUTTONS, modules, project, sources
from kam_xl.hosts.vba.buttons import Button
from kam_xl.hosts.vba.wrappers import functions_module

DRIVER = Path(__file__).with_name("macro_driver.py")
XLWINGS = """Attribute VB_Name = "xlwings"
Public Function RunPython(PythonCommand As String)
    ThisWorkbook.Worksheets("Sheet1").Range("A1").Value = PythonCommand
    {more}
End Function
Public Function XLPy()
End Function
"""


def workbook(path: Path, more: str = "") -> Path:
    """A workbook with our modules and a pretended xlwings."""
    parts = [modules.document("ThisWorkbook", modules.WORKBOOK), modules.document("Sheet1")]
    parts += [modules.module(functions_module()), sources.own("KamButtons"), modules.module(XLWINGS.format(more=more))]
    return in_workbook(project.build(parts), ["Sheet1"], path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice whose driver runs macros."""
    try:
        soffice = find_office().soffice
    except HostError as error:
        if os.environ.get("KAM_XL_NEEDS_OFFICE"):
            raise
        pytest.skip(str(error))
    binary = soffice.with_name("soffice.bin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office_module, "DRIVER", DRIVER)
        running = Office(binary if binary.exists() else soffice, tmp_path_factory.mktemp("calc") / "profile")
    with running:
        yield running


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[Book]:
    with office.open(workbook(tmp_path / "book.xlsm")) as opened:
        yield opened


def run(book: Book, macro: str, *arguments: object) -> object:
    return book._office.ask("run", book._number, macro, list(arguments))


def test_every_module_arrives(book: Book) -> None:
    arrived = book._office.ask("modules", book._number)
    assert {"ThisWorkbook", "Sheet1", "KamFunctions", "KamButtons", "xlwings"} <= set(arrived)
    own = sources.own("KamButtons").source.replace("\r\n", "\n").split("\n", 1)[1]
    assert own.strip() in arrived["KamButtons"].replace("\r\n", "\n")


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_button_reaches_python_with_its_task(book: Book, button: Button) -> None:
    run(book, f"KamButtons.{button.macro}")
    command = f"import kam_xl.macros; kam_xl.macros.run('{button.run}')"
    assert book.read("Sheet1", "A1") == [[command]]


def test_a_python_that_cannot_be_reached_does_not_break_the_macro(office: Office, tmp_path: Path) -> None:
    with office.open(workbook(tmp_path / "fails.xlsm", 'Err.Raise 1, Description:="no library"')) as book:
        run(book, "KamButtons.KamRefresh")
        assert book.read("Sheet1", "A1") == [["import kam_xl.macros; kam_xl.macros.run('refresh')"]]


def test_describing_the_functions_raises_nothing(book: Book) -> None:
    run(book, "KamFunctions.KamDescribeFunctions")


def test_failure_in_a_cell_is_one_line(book: Book) -> None:
    line = run(book, "KamFunctions.KamFailure", "KAM_ABC", "first\r\nsecond" + "x" * 200)
    assert str(line).startswith("#KAM! KAM_ABC: Python does not answer (first  second")
    assert str(line).endswith("); run in a terminal: kam-xl doctor")
    assert len(str(line)) < 255
