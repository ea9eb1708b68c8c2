"""What a copy lacks is found, whatever the kind; and what a program only writes otherwise is no alarm."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from office import Office

from kam_xl.excel_check.contents import read_contents
from kam_xl.excel_check.repairs import Repair, repairs

from .as_excel_saves import COMPATIBLE, Parts, edited, q, read, saved, write
from .everything import everything


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return everything(tmp_path_factory.mktemp("repairs") / "everything.xlsx")


def found(original: Path, parts: Parts) -> list[Repair]:
    copy = original.with_name("copy.xlsx")
    write(parts, str(copy))
    return repairs(read_contents(original), read_contents(copy))


def without(tag: str, chosen: Callable[[ET.Element], bool] = lambda _: True) -> Callable[[str, ET.Element], None]:
    """An edit that takes elements out, wherever they are."""

    def edit(_name: str, root: ET.Element) -> None:
        for parent in root.iter():
            for child in list(parent):
                if child.tag.rpartition("}")[2] == tag and chosen(child):
                    parent.remove(child)

    return edit


def with_attribute(tag: str, name: str, value: str) -> Callable[[str, ET.Element], None]:
    def edit(_name: str, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag.rpartition("}")[2] == tag and element.get(name) is not None:
                element.set(name, value)

    return edit


def area(text: str) -> Callable[[ET.Element], bool]:
    return lambda element: element.get("sqref") == text


def test_a_file_has_all_that_it_has(original: Path) -> None:
    assert found(original, read(str(original))) == []


def test_a_copy_as_excel_saves_it_is_no_alarm(original: Path) -> None:
    """Other numbers, other places, other areas, shared formulas: it means the same."""
    assert found(original, saved(read(str(original)))) == []
    copy = original.with_name("copy.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(copy)
        assert book["At risk"]["E7"].value == "=B7*$C$2+SUM(Lists!A:A)"  # openpyxl writes shared formulas out
    assert b'="shared"' in read(str(copy))["xl/worksheets/sheet499.xml"]


def test_what_openpyxl_loses_is_named_and_nothing_else(original: Path) -> None:
    copy = original.with_name("openpyxl.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(original).save(copy)
    assert [repair.line for repair in repairs(read_contents(original), read_contents(copy))] == [
        "the conditional format of G2:G12 is gone: dataBar as Excel 2010 draws it",
        "sparklines are gone: J4",
        "the shape “TextBox 3” is gone",
        "the button “KamRefresh” is gone",
        "formulas do not spill any more: G2",
    ]


def test_what_libreoffice_loses_is_named_and_nothing_else(original: Path, office: Office) -> None:
    copy = original.with_name("libreoffice.xlsx")
    with office.open(original) as book:
        book.save(copy)
    assert [repair.line for repair in repairs(read_contents(original), read_contents(copy))] == [
        "the button “KamRefresh” is gone",  # its macro is: it starts nothing
        "formulas do not spill any more: G2",
    ]


@pytest.mark.parametrize("area_of", ["A2:A12", "B2:B12", "C2:C12", "D2:D12", "E2:E12"])
def test_every_validation_that_is_gone_is_named(original: Path, area_of: str) -> None:
    parts = edited(read(str(original)), r"xl/worksheets/sheet1\.xml", without("dataValidation", area(area_of)))
    (repair,) = found(original, saved(parts))
    assert (repair.kind, repair.sheet) == ("validation", "At risk")
    assert f"what may be typed into {area_of} is gone" in repair.line


@pytest.mark.parametrize("area_of", [f"{column}2:{column}12" for column in "ABCDEFGHIJ"])
def test_every_conditional_format_that_is_gone_is_named(original: Path, area_of: str) -> None:
    parts = edited(read(str(original)), r"xl/worksheets/sheet1\.xml", without("conditionalFormatting", area(area_of)))
    (repair,) = found(original, saved(parts))
    assert (repair.kind, repair.sheet) == ("format", "At risk")
    assert f"the conditional format of {area_of} is gone" in repair.line


def test_a_rule_that_lost_some_of_its_cells_is_named_with_them(original: Path) -> None:
    parts = edited(
        read(str(original)), r"xl/worksheets/sheet1\.xml", with_attribute("dataValidation", "sqref", "A2:E9")
    )
    lines = [repair.line for repair in found(original, parts) if repair.kind == "validation"]
    assert any("into A10:A12 is gone" in line for line in lines)
    assert len(lines) == 5


def test_a_conditional_format_whose_look_is_gone_is_named(original: Path) -> None:
    parts = edited(read(str(original)), r"xl/styles\.xml", without("dxf"))
    kinds = [repair.kind for repair in found(original, parts)]
    assert kinds.count("format") == 7  # bars, colours and icons need none


@pytest.mark.parametrize(
    ("part", "edit", "kind", "line"),
    [
        (
            "workbook",
            without("definedName", lambda e: e.get("name") == "KAM_TEST"),
            "name",
            "the name KAM_TEST is gone",
        ),
        ("workbook", without("definedName", lambda e: e.get("name") == "local"), "name", "the name local is gone"),
        ("workbook", with_attribute("sheet", "state", "veryHidden"), "sheet", "was hidden and is veryHidden"),
        (r"worksheets/sheet1", without("mergeCell"), "merged cells", "J1:K1"),
        (r"worksheets/sheet1", without("hyperlink"), "link", "J2"),
        (r"worksheets/sheet1", without("sparkline"), "sparkline", "J4"),
        (r"worksheets/sheet1", without("tablePart"), "table", "the table tblRisk is gone"),
        (r"worksheets/sheet1", without("drawing"), "chart", "is gone"),
        (r"worksheets/sheet1", without("f", lambda e: not e.get("t") and "B7" in (e.text or "")), "formula", "E7"),
        (r"worksheets/sheet1", with_attribute("c", "cm", "0"), "spill", "formulas do not spill any more: G2"),
        (r"worksheets/sheet2", without("v", lambda e: e.text == "11"), "value", "values are gone: A12"),
        (r"tables/table1", with_attribute("table", "ref", "A1:C9"), "table", "stands at At risk!A1:C9, not at"),
        (r"tables/table1", with_attribute("tableColumn", "name", "Column1"), "table", "“Account” → “Column1”"),
        (r"tables/table1", without("autoFilter"), "table", "has lost its filter buttons"),
        (
            r"charts/chart1",
            without("ser", lambda e: e.find("{*}tx") is None),
            "chart",
            "“Chart 2” does not show lists!$A$2:$A$12",
        ),
        (r"drawings/drawing1", without("pic"), "picture", "is gone"),
        (r"drawings/drawing1", without("sp"), "shape", "is gone"),
        (r"comments1", without("comment"), "note", "J3"),
        ("metadata", with_attribute("dynamicArrayProperties", "fDynamic", "0"), "spill", "do not spill any more"),
        ("styles", with_attribute("xf", "numFmtId", "0"), "number format", "A2"),
        ("styles", with_attribute("xf", "fillId", "0"), "colour", "J1, J5"),
    ],
)
def test_whatever_is_gone_or_changed_is_named(
    original: Path, part: str, edit: Callable[[str, ET.Element], None], kind: str, line: str
) -> None:
    before = read(str(original))
    changed = edited(before, rf"xl/{part}\.xml", edit)
    assert changed != before
    named = [repair for repair in found(original, saved(changed)) if repair.kind == kind]
    assert any(line in repair.line for repair in named), named


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("<f>B7*", "<f>B8*", "formulas are other ones: E7"),
        ("Lists!A:A)</f>", "Lists!A1)</f>", "formulas are other ones: E2, E3"),
        ('<f t="array" ref="G2:G12">', '<f t="array" ref="G2:G9">', "the result of G2 fills G2:G9, not G2:G12"),
    ],
)
def test_a_formula_that_says_something_else_is_named(original: Path, old: str, new: str, line: str) -> None:
    parts = read(str(original))
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode()
    assert old in text
    parts[name] = text.replace(old, new).encode()
    assert any(line in repair.line for repair in found(original, saved(parts)))


def test_a_name_that_means_something_else_is_named(original: Path) -> None:
    parts = read(str(original))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"_xlpm.x*2", b"#REF!*2")
    (repair,) = found(original, saved(parts))
    assert repair.line == "the name KAM_TEST means something else: lambda(x,#ref!*2) (was lambda(x,x*2))"


def test_a_function_that_the_program_does_not_know_is_named(original: Path) -> None:
    """Older Excels save a hidden name for each."""
    parts = read(str(original))
    hidden = b'<definedName name="_xlfn.LAMBDA" hidden="1">#NAME?</definedName>'
    parts["xl/workbook.xml"] = re.sub(b"<definedNames>", b"<definedNames>" + hidden, parts["xl/workbook.xml"])
    (repair,) = found(original, parts)
    assert repair.line == "the program does not know the function LAMBDA"


def test_buttons_and_sheets_that_are_gone_are_named(original: Path) -> None:
    parts = read(str(original))
    drawing = next(name for name in parts if name.endswith(".vml"))
    parts[drawing] = parts[drawing].replace(b'ObjectType="Button"', b'ObjectType="Note"')
    (repair,) = found(original, parts)
    assert repair.line == "the button “KamRefresh” is gone"
    parts = edited(read(str(original)), r"xl/workbook\.xml", without("sheet", lambda e: e.get("name") == "calc"))
    assert [repair.line for repair in found(original, parts)] == ["the sheet is gone"]


def test_a_button_in_the_new_form_only_is_there(original: Path) -> None:
    parts = read(str(original))
    drawing = next(name for name in parts if name.endswith(".vml"))
    parts[drawing] = parts[drawing].replace(b'ObjectType="Button"', b'ObjectType="Note"')
    sheet = "xl/worksheets/sheet1.xml"
    control = b'<controls><control><controlPr macro="[0]!KamRefresh"/></control></controls></worksheet>'
    parts[sheet] = parts[sheet].replace(b"</worksheet>", control)
    assert found(original, parts) == []


def test_what_stands_there_twice_for_other_programs_counts_once(original: Path) -> None:
    """A shape in AlternateContent is no shape of the file: else a lost one would hide behind it."""

    def alternate(_name: str, root: ET.Element) -> None:
        content = ET.SubElement(root, q("AlternateContent", COMPATIBLE))
        content.extend([each for each in root if each is not content])
        for child in list(root):
            if child is not content:
                root.remove(child)

    parts = edited(read(str(original)), r"xl/drawings/drawing1\.xml", alternate)
    assert {repair.kind for repair in found(original, parts)} == {"chart", "shape", "picture"}
