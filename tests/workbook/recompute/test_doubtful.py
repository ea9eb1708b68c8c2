"""A formula that could not be computed keeps no old value: Excel computes it when it opens the file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.formula import ArrayFormula

from kam_xl.cli import cli
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute import recompute, write_values
from kam_xl.workbook.recompute.mend import computed_on_opening

FORMULAS = {
    "A1": "=TODAY()",
    "A2": "=A1+1",
    "A3": "=0.1+0.2-0.3",
    "A4": "=INT(4.35*100)",
    "A5": "=1+1",
    "A6": "=INT(6/2)",
}
COMPUTED = {"A5": 2, "A6": 3}


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with formulas of the user's that hold old values, and no order to compute them on opening."""
    template = load_template("selection")
    settings = template.settings.model_copy(update={"sheets": ["Pareto"]})
    path = build(settings, template.sample()).write(tmp_path_factory.mktemp("stale") / "stale.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Mine")
    for cell, formula in FORMULAS.items():
        sheet[cell] = formula
    sheet["C1"] = ArrayFormula("C1:C2", "=TODAY()+A5:A6")
    sheet["C2"] = 77
    book.save(path)
    parts = contents(path)
    for name, xml in parts.items():
        if b"TODAY()" in xml:
            parts[name] = re.sub(rb"</f><v\s*/>|</f><v></v>|</f>(?=</c>)", b"</f><v>99</v>", xml)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def on_opening(xml: bytes) -> str | None:
    calculation = ElementTree.fromstring(xml).find("{*}calcPr")
    return None if calculation is None else calculation.get("fullCalcOnLoad")


def test_old_values_do_not_survive_and_excel_computes_them_on_opening(stale: Path, tmp_path: Path) -> None:
    shown = openpyxl.load_workbook(stale, data_only=True)["Mine"]
    assert {cell: shown[cell].value for cell in FORMULAS} == dict.fromkeys(FORMULAS, 99)
    assert on_opening(contents(stale)["xl/workbook.xml"]) is None
    found = recompute(stale)
    assert found.doubtful == {"Mine": {"A1", "A2", "A3", "A4", "C1", "C2"}}
    out = write_values(found, tmp_path / "out.xlsx")
    shown, kept = openpyxl.load_workbook(out, data_only=True)["Mine"], openpyxl.load_workbook(out)["Mine"]
    assert {cell: shown[cell].value for cell in FORMULAS} == dict.fromkeys(FORMULAS) | COMPUTED
    assert {cell: kept[cell].value for cell in FORMULAS} == FORMULAS
    assert (shown["C1"].value, shown["C2"].value, kept["C1"].value.text) == (None, None, "=TODAY()+A5:A6")
    parts = contents(out)
    assert on_opening(parts["xl/workbook.xml"]) == "1"
    sheet = next(xml for xml in parts.values() if b"TODAY()" in xml)
    assert not re.search(rb"<v\s*/>|<v></v>", sheet)
    again = recompute(out)
    assert (again.right, again.doubtful, len(again.unmatched)) == (True, {}, 5)


def test_a_file_without_the_order_is_not_right_while_a_formula_has_no_value(stale: Path, tmp_path: Path) -> None:
    out = write_values(recompute(stale), tmp_path / "out.xlsx")
    parts = contents(out)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    found = recompute(out)
    assert (found.changes, found.right) == ([], False)
    assert on_opening(contents(write_values(found))["xl/workbook.xml"]) == "1"


def test_the_command_says_that_they_were_taken_out(stale: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    told = CliRunner().invoke(cli, ["recalculate", str(stale), "--dry-run"]).output
    assert "may be old and would be taken out; Excel computes them when it opens the file." in told
    told = CliRunner().invoke(cli, ["recalculate", str(stale), "--out", str(out)]).output
    assert "5 formulas could not be computed:" in told
    assert "may be old and were taken out; Excel computes them when it opens the file." in told
    assert "taken out" not in CliRunner().invoke(cli, ["recalculate", str(out)]).output


@pytest.mark.parametrize(
    "xml",
    [
        b'<workbook><sheets/><calcPr calcId="1" fullCalcOnLoad="0"/></workbook>',
        b"<workbook><sheets/><calcPr fullCalcOnLoad = 'false' calcMode='manual' ></calcPr></workbook>",
        b"<x:workbook xmlns:x='m'><x:sheets><x:sheet/></x:sheets><x:definedNames/><x:calcPr/></x:workbook>",
        b"<x:workbook xmlns:x='m'><x:sheets><x:sheet/></x:sheets><x:definedNames>a</x:definedNames></x:workbook>",
        b"<workbook><sheets><sheet/></sheets><extLst/></workbook>",
    ],
)
def test_every_form_of_a_workbook_takes_the_order_once_and_keeps_all_else(xml: bytes) -> None:
    found = computed_on_opening(xml)
    assert on_opening(found) == "1"
    assert computed_on_opening(found) == found
    before, after = ElementTree.fromstring(xml), ElementTree.fromstring(found)
    order = [element.tag.rpartition("}")[2] for element in after]
    assert [tag for tag in order if tag != "calcPr"] == [
        e.tag.rpartition("}")[2] for e in before if "calcPr" not in e.tag
    ]
    assert order.index("calcPr") > order.index("sheets")
    old, new = before.find("{*}calcPr"), after.find("{*}calcPr")
    assert {**(old.attrib if old is not None else {}), "fullCalcOnLoad": "1"} == new.attrib
