"""What stands behind the tests with formulon: it computes every value that it shows, and as each country's Excel."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from engines.formulon_book import ENGLISH, FRENCH, GERMAN, POISON, FormulonBook, prepared
from engines.written import differences, same, written
from kam_xl.content.tables import CellError

ADD = 'LAMBDA(_xlpm.a,_xlop.b,IF(_xlfn.ISOMITTED(_xlpm.b),_xlpm.a&"_xlop.b",_xlpm.a+_xlpm.b))'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workbook with every kind of result, each stored right."""
    path = tmp_path / "results.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Results")
        book.define_name("ADD", f"=_xlfn.{ADD}")
        sheet.write_column("A1", [1, 2.5, "three"])
        sheet.write_formula("B1", "=A1+1", None, 2)
        sheet.write_formula("B2", '=A3&"!"', None, "three!")
        sheet.write_formula("B3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B4", "=A1=1", None, True)
        sheet.write_formula("B5", '=""', None, "")
        sheet.write_formula("B6", "=A2", None, 2.5)
        sheet.write_formula("B7", '=COUNTIF(A1:A2,"<1.5")', None, 1)
        sheet.write_formula("B8", '=A2&""', None, "2.5")
        sheet.write_dynamic_array_formula("C1:C3", "=_xlfn.SEQUENCE(3)", None, 1)
        sheet.write_column("C2", [2, 3])
        sheet.write_dynamic_array_formula("D1", "=ADD(A1,A2)", None, 3.5)
        sheet.write_dynamic_array_formula("D2", "=ADD(A3)", None, "three_xlop.b")
    return path


def test_every_kind_of_result_is_read_as_it_is_stored(file: Path) -> None:
    stored = written(file)["Results"]
    assert len(stored.results) == 13 and stored.visible
    with FormulonBook(file) as book:
        assert differences(stored.cells, book.values("Results")) == []
        assert isinstance(book.value("Results", "B3"), CellError)
        assert book.value("Results", "D2") == "three_xlop.b"


def test_every_result_in_the_file_is_poisoned_and_nothing_else(file: Path, tmp_path: Path) -> None:
    (tmp_path / "poisoned.xlsx").write_bytes(prepared(file.read_bytes()))
    stored, poisoned = written(file)["Results"], written(tmp_path / "poisoned.xlsx")["Results"]
    assert poisoned.results == stored.results
    assert {where: poisoned.cells.get(where) for where in stored.results} == dict.fromkeys(stored.results, POISON)
    for where in stored.cells.keys() - stored.results:
        assert poisoned.cells[where] == stored.cells[where]


def test_a_result_that_is_not_computed_is_seen(file: Path) -> None:
    """The same file with a function that nobody knows, and a spill that is shorter than the file says."""
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            part = source.read(name).replace(b"SEQUENCE(3)", b"SEQUENCE(2)").replace(b"A1+1", b"NOBODYS(A1)")
            target.writestr(name, part)
    stored = written(file)["Results"]
    with FormulonBook(changed.getvalue()) as book:
        values = book.values("Results")
        assert POISON not in values.values()
        assert differences(stored.cells, values, "Results") == [
            "Results!B1: stored 2.0, computed '#NAME?'",
            "Results!C3: stored 3.0, computed None",
        ]


def test_another_profile_calculates_every_formula_anew(file: Path) -> None:
    with FormulonBook(file) as book:
        shown = {}
        for profile in (ENGLISH, GERMAN, FRENCH, ENGLISH):
            book.recalculate(profile)
            shown.setdefault(profile, []).append((book.value("Results", "B8"), book.value("Results", "B7")))
        assert shown[ENGLISH] == [("2.5", 1), ("2.5", 1)]
        assert [text for text, _count in shown[GERMAN] + shown[FRENCH]] == ["2,5", "2,5"]
        assert shown[GERMAN][0][1] != 1, "a decimal point in a criterion is none in German"


def test_a_file_saved_by_openpyxl_is_poisoned_all_the_same(file: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(file)
    book["Results"]["A1"] = 10
    book.save(tmp_path / "saved.xlsx")
    with FormulonBook(tmp_path / "saved.xlsx") as computed:
        assert [computed.value("Results", cell) for cell in ("B1", "B8", "D1")] == [11, "2.5", 12.5]


def test_what_a_person_types_is_calculated_with(file: Path) -> None:
    with FormulonBook(file) as book:
        for value, sum_ in ((4, 5), (True, 2), (date(2025, 12, 31), 46023), (None, 1), ("#N/A", CellError("#N/A"))):
            book.write("Results", "A1", value)
            book.recalculate()
            assert same(sum_, book.value("Results", "B1")), value
        book.write("Results", "A1", "=2*20")
        book.write("Results", "A3", "drei")
        book.recalculate()
        assert [book.value("Results", cell) for cell in ("B1", "B2")] == [41, "drei!"]
        book.write("Results", "A1", "n/a")
        book.recalculate()
        assert same(CellError("#VALUE!"), book.value("Results", "B1"))


@pytest.mark.parametrize(
    ("stored", "computed"),
    [
        (1.0, 1.0 + 1e-8), ("a", "A"), ("1", 1.0), (True, 1.0), ("TRUE", True), ("#N/A", CellError("#N/A")),
        (0.0, None), ("", 0.0), (" ", None), (0.0, 1e-11),
    ],
)  # fmt: skip
def test_values_that_differ_are_told(stored: object, computed: object) -> None:
    assert not same(stored, computed) and not same(computed, stored)


@pytest.mark.parametrize(("stored", "computed"), [(None, ""), (3, 3 * (1 + 1e-10)), ("é", "é"), (0.0, -0.0)])
def test_values_that_are_the_same_are_not(stored: object, computed: object) -> None:
    assert same(stored, computed) and same(computed, stored)
