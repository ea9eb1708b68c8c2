"""The names in a written file: comments, hidden helpers, and that other programs keep them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from files.findings import findings

from kam_xl.hosts.native.library import Definition, definitions, needed_by
from kam_xl.hosts.native.names import define

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "names.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Data")
    sheet.write_column("A1", [60, 25, 12, 3])
    sheet.write_dynamic_array_formula("B1:B4", "=KAM_ABC(A1:A4)", None, "A")
    sheet.print_area("A1:B4")
    workbook.define_name("Revenue", "=Data!$A$1:$A$4")
    workbook.define_name("Data!Local", "=Data!$A$1")
    define(workbook, needed_by(["KAM_ABC"]))
    define(workbook, definitions())  # again, and more
    workbook.close()
    return path


def names_in(path: Path) -> dict[str, tuple[str, str | None, bool]]:
    """Name, its definition, comment and whether it is hidden."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    return {
        str(each.get("name")): (str(each.text), each.get("comment"), each.get("hidden") == "1")
        for each in root.iter(f"{MAIN}definedName")
    }


def as_written(found: Definition) -> tuple[str, str, bool]:
    return found.stored, found.comment, found.hidden


def test_every_name_is_in_the_file_once_with_comment_and_helpers_hidden(written: Path) -> None:
    found = names_in(written)
    assert {name: found[name] for name in found if name.startswith("KAM_")} == {
        each.name: as_written(each) for each in definitions()
    }


def test_other_names_are_as_they_were(written: Path) -> None:
    found = names_in(written)
    assert found["Revenue"] == ("Data!$A$1:$A$4", None, False)
    assert found["Local"] == ("Data!$A$1", None, False)
    assert found["_xlnm.Print_Area"] == ("Data!$A$1:$B$4", None, False)


def test_nothing_is_found_in_the_file_that_excel_would_repair(written: Path) -> None:
    assert [*map(str, findings(written))] == []


def test_the_list_of_ranges_in_the_properties_names_no_function(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        assert b"KAM_" not in archive.read("docProps/app.xml")


def test_names_survive_being_saved_by_openpyxl(written: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    book = openpyxl.load_workbook(written)
    book["Data"]["D1"] = "typed"
    book.save(saved)
    before, after = names_in(written), names_in(saved)
    assert {name: after[name] for name in before if name.startswith("KAM_")} == {
        name: before[name] for name in before if name.startswith("KAM_")
    }


def test_xlsxwriter_still_has_the_methods_that_are_wrapped() -> None:
    """Without names of ours nothing changes; these are private methods."""
    workbook = xlsxwriter.Workbook("never-written.xlsx")
    workbook.add_worksheet()
    assert callable(workbook._write_defined_name)
    assert callable(workbook._extract_named_ranges)
    workbook.define_name("Plain", "=Sheet1!$A$1")
    assert workbook.defined_names[-1] == ["Plain", -1, "Sheet1!$A$1", False]
