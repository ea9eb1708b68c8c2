"""What LibreOffice and openpyxl take out of a native workbook comes back exactly, and nothing is put back by guess."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from office import Office

from kam_xl.hosts.native.library import definitions
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute import recompute, write_values
from kam_xl.workbook.recompute.mend import spoiled_names, with_names
from kam_xl.workbook.recompute.package import Package


@pytest.fixture(scope="module")
def selection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smaller native workbook."""
    template = load_template("selection")
    settings = template.settings.model_copy(update={"sheets": ["Pareto"]})
    return build(settings, template.sample()).write(tmp_path_factory.mktemp("selection") / "selection.xlsx")


@pytest.fixture(scope="module")
def from_office(selection: Path, plain_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "saved.xlsx"
    with plain_office.open(selection) as book:
        book.save(path)
    return path


def names(path: Path) -> dict[str, str]:
    return {name: one.attr_text for name, one in openpyxl.load_workbook(path).defined_names.items()}


def test_libreoffice_spoils_definitions_and_they_are_put_back_as_they_were(from_office: Path, selection: Path) -> None:
    found = recompute(from_office)
    assert len(found.names) == len(definitions())
    out = write_values(found, from_office.with_name("out.xlsx"))
    kam = {name: text for name, text in names(selection).items() if name.startswith("KAM_")}
    saved, mended = names(from_office), names(out)
    assert all(saved[name] != text for name, text in kam.items())
    assert {name: text for name, text in mended.items() if name in kam} == kam


def test_array_formulas_take_the_room_that_they_need_again(from_office: Path, selection: Path) -> None:
    found = recompute(from_office)
    out = write_values(found, from_office.with_name("arrays.xlsx"))
    with zipfile.ZipFile(selection) as fresh, zipfile.ZipFile(from_office) as saved, zipfile.ZipFile(out) as mended:
        sheets = [name for name in fresh.namelist() if name.startswith("xl/worksheets/sheet")]
        marks = [sum(archive.read(name).count(b' cm="1"') for name in sheets) for archive in (fresh, saved, mended)]
        assert marks[0] == marks[2] == sum(map(len, found.arrays.values())) > 20
        assert marks[1] == 0
        assert b"dynamicArrayProperties" in mended.read("xl/metadata.xml")
        assert b'PartName="/xl/metadata.xml"' in mended.read("[Content_Types].xml")
        assert b'Target="metadata.xml"' in mended.read("xl/_rels/workbook.xml.rels")
    again = recompute(out)
    assert (again.arrays, again.names, again.changes) == ({}, {}, [])


def test_an_array_formula_of_the_users_own_sheet_is_not_marked(selection: Path, tmp_path: Path) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    book = openpyxl.load_workbook(selection)
    book.create_sheet("Mine")["A1"] = ArrayFormula("A1:A3", "=Revenue!F9:F11*2")
    book.save(tmp_path / "own.xlsx")
    found = recompute(tmp_path / "own.xlsx")
    assert "Mine" not in found.arrays
    assert found.spills["Mine"] == {"A1": "A1:A3"}


def package(**texts: str) -> Package:
    return Package(Path("x.xlsx"), b"", [], texts, set(), [], False, "")


@pytest.mark.parametrize("name", ["KAM_HHI", "KAM_X_CELLS"])
def test_a_definition_that_somebody_changed_is_not_computed_as_ours(selection: Path, tmp_path: Path, name: str) -> None:
    book = openpyxl.load_workbook(selection)
    book.defined_names[name].attr_text = "_xlfn.LAMBDA(_xlpm.x,42)"
    book.create_sheet("Mine")["A1"] = "=KAM_HHI(Revenue!F9:F12)"
    book["Mine"]["A2"] = "=1+1"
    book.save(tmp_path / "mine.xlsx")
    found = recompute(tmp_path / "mine.xlsx")
    assert found.values["Mine"] == {"A2": 2}
    (why,) = [one.why for one in found.unmatched if one.sheet == "Mine"]
    assert why == f"{name} is defined otherwise in this file"


def test_a_definition_of_another_version_is_named_and_not_replaced() -> None:
    ours = next(one for one in definitions() if one.name == "KAM_CAGR").stored
    spoilt = ours.replace("_xlfn.LAMBDA", "_xlfn.lambda")
    assert spoiled_names(package(KAM_CAGR=spoilt)) == ({"KAM_CAGR": ours}, [])
    assert spoiled_names(package(KAM_CAGR=spoilt.replace("-1", "-2"))) == ({}, ["KAM_CAGR"])
    assert spoiled_names(package(KAM_CAGR=spoilt.replace('"periods"', '"PERIODS"'))) == ({}, ["KAM_CAGR"])
    assert spoiled_names(package(KAM_CAGR=ours, KAM_OLD="_xlfn.lambda(1)")) == ({}, ["KAM_OLD"])


def test_only_the_text_of_the_names_wanted_changes() -> None:
    book = b"""<w><definedNames><definedName comment="a>b" name='KAM_A'>old</definedName><definedName name="KAM_B"/>
    <definedName name="KAM_A" localSheetId="1">mine</definedName></definedNames></w>"""
    wanted = book.replace(b">old<", b">1&lt;2<")
    assert with_names(book, {"KAM_A": "1<2"}) == wanted


def test_an_untouched_file_of_every_template_needs_nothing(tmp_path: Path) -> None:
    for name, engine in (("selection", "native"), ("selection", "addin"), ("selection", "python")):
        template = load_template(name)
        path = tmp_path / f"{name}-{engine}.{'xlsm' if engine == 'python' else 'xlsx'}"
        build(template.settings, template.sample(), engine).write(path)
        found = recompute(path)
        assert found.right
        assert (found.unmatched, found.lost) == ([], [])
        before = path.read_bytes()
        copy = write_values(found, tmp_path / f"copy-{path.name}")
        with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(copy) as new:
            assert [(e.filename, e.date_time, e.external_attr, e.CRC) for e in old.infolist()] == [
                (e.filename, e.date_time, e.external_attr, e.CRC) for e in new.infolist()
            ]
