"""Printing workbooks: the pages show the values that are stored in the file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from office import Office

from kam_xl.errors import DataError, HostError
from kam_xl.hosts.libreoffice import convert, to_pdf, to_png

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Two sheets of formulas that LibreOffice alone cannot calculate."""
    path = tmp_path / "values.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.define_name("KAM_TWICE", "=_xlfn.LAMBDA(_xlpm.v,_xlpm.v*2)")
        first, second = book.add_worksheet("First"), book.add_worksheet("Second")
        first.set_column("A:C", 20)
        second.set_column("A:A", 20)
        first.write_formula("A1", "=KAM_TWICE(21)", None, "lambda value")
        first.write_dynamic_array_formula("B1:B2", "=KAM_TWICE(F1:F2)", None, "spill value")
        first.write_string("B2", "spilled on")
        first.write_array_formula("C1:C2", "{=KAM_ABC(F1:F2)}", None, "tier value")
        first.write_formula("D1", "=KAM_HHI(F1:F2)", None, 1234.5)
        first.write_formula("E1", "=1/0", None, "#DIV/0!")
        first.write_formula("E2", '=IF(A1="lambda value","follows","lost")', None, "follows")
        second.write_formula("A1", "=First!A1", None, "second page")
    return path


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout


def test_pdf_shows_the_stored_values(workbook: Path, tmp_path: Path) -> None:
    text = text_of(to_pdf(workbook, tmp_path / "out.pdf"))
    for value in ("lambda value", "spill value", "spilled on", "tier value", "1234.5", "#DIV/0!", "follows"):
        assert value in text
    assert "second page" in text.split("\f")[1]
    assert "Err:" not in text
    assert "#NAME?" not in text


def test_charts_are_drawn(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "drawn.xlsx") as book:
        shown, hidden = book.add_worksheet("Shown"), book.add_worksheet("Data")
        shown.write("A1", "page")
        hidden.write_column("A1", ["Aurelia", "Northmere"])
        hidden.write_column("B1", [17, 31])
        hidden.hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"categories": "=Data!$A$1:$A$2", "values": "=Data!$B$1:$B$2"})
        chart.show_hidden_data()
        shown.insert_chart("A3", chart)
    text = text_of(to_pdf(tmp_path / "drawn.xlsx", tmp_path / "drawn.pdf"))
    assert "Aurelia" in text
    assert "Northmere" in text


def test_source_is_left_as_it_is(workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    to_pdf(workbook, tmp_path / "out.pdf")
    assert workbook.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["out.pdf", "values.xlsx"]


def test_workbook_that_was_never_calculated_is_calculated(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=6*7"
    book.save(tmp_path / "new.xlsx")
    assert "42" in text_of(to_pdf(tmp_path / "new.xlsx", tmp_path / "new.pdf"))


def test_png_is_one_file_a_page(workbook: Path, tmp_path: Path) -> None:
    pages = to_png(workbook, tmp_path / "pages", dpi=40)
    assert [page.name for page in pages] == ["values-01.png", "values-02.png"]
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


def test_pages_that_are_there_are_kept_unless_they_are_to_be_replaced(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "values-pages"
    folder.mkdir()
    others = ["values-x.png", "values-1.png", "other-03.png", "values-003.pdf"]
    for name in ("values-02.png", "values-03.png", "values-104.png", *others):
        (folder / name).write_bytes(b"earlier")

    def no_office() -> None:
        raise AssertionError("nothing has to be printed to see that")

    with monkeypatch.context() as patch:
        patch.setattr(convert, "find_office", no_office)
        with pytest.raises(DataError, match=r"values-02\.png: is there already"):
            to_png(workbook, folder, dpi=40)
    pages = to_png(workbook, folder, dpi=40, force=True)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*(page.name for page in pages), *others])
    assert all((folder / name).read_bytes() == b"earlier" for name in others)


def test_png_without_a_program_that_draws_is_one_line(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(convert, "find_program", lambda name: None)
    monkeypatch.setattr(convert, "import_module", missing)
    with pytest.raises(HostError, match="install poppler-utils"):
        to_png(workbook, tmp_path)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="does not exist"):
        to_pdf(tmp_path / "none.xlsx", tmp_path / "out.pdf")
    (tmp_path / "text.txt").write_text("text")
    with pytest.raises(HostError, match="is no workbook"):
        to_pdf(tmp_path / "text.txt", tmp_path / "out.pdf")
    (tmp_path / "broken.xlsx").write_text("text")
    with pytest.raises(HostError, match="cannot be read"):
        to_pdf(tmp_path / "broken.xlsx", tmp_path / "out.pdf")


def test_slow_print_is_ended(workbook: Path, tmp_path: Path) -> None:
    with pytest.raises(HostError, match=r"took longer than 0\.1 seconds"):
        to_pdf(workbook, tmp_path / "out.pdf", timeout=0.1)
    assert not (tmp_path / "out.pdf").exists()


def test_two_can_print_at_once_beside_an_open_office(workbook: Path, tmp_path: Path, office: Office) -> None:
    with office.open(workbook):
        assert to_pdf(workbook, tmp_path / "out.pdf").exists()
