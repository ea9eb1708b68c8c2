"""What Excel reads otherwise than other programs, looked for in the files: drop-downs, rules, formats, charts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from workbook.test_file_limits import MAIN, parts

SHEETS, CHARTS = r"xl/worksheets/sheet\d+\.xml", r"xl/charts/chart\d+\.xml"
TEXT = re.compile(r'"((?:[^"]|"")*)"')
NUMBER_AS_TEXT = re.compile(r"(<=|>=|<>|<|>|=)?[-+]?(\d*[.,]\d+|\d+[.,]\d*)([Ee][-+]?\d+)?%?")
BRIDGED = {"Retention"}  # lines that go on over months without a figure; all others stop


def elements(path: Path, tag: str) -> list[ElementTree.Element]:
    return [each for part in parts(path, SHEETS) for each in ElementTree.fromstring(part).iter(f"{MAIN}{tag}")]


def names(path: Path) -> dict[str, str]:
    book = ElementTree.fromstring(parts(path, r"xl/workbook\.xml")[0])
    return {each.attrib["name"]: each.text or "" for each in book.iter(f"{MAIN}definedName")}


def texts(path: Path, *tags: str) -> list[str]:
    return [each.text or "" for tag in tags for each in elements(path, tag)]


def charts_of_sheets(path: Path) -> dict[str, list[str]]:
    """The charts on every sheet, by its name."""
    out: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        known = set(archive.namelist())

        def related(part: str, kind: str) -> list[str]:
            folder, name = part.rsplit("/", 1)
            links = f"{folder}/_rels/{name}.rels"
            found = re.findall(r'Target="([^"]+)"', archive.read(links).decode()) if links in known else []
            return [f"xl/{kind}/{each.rsplit('/', 1)[1]}" for each in found if f"/{kind}/" in each]

        book = archive.read("xl/workbook.xml").decode()
        targets = dict(
            re.findall(r'Id="(\w+)" Type="[^"]*" Target="([^"]+)"', archive.read("xl/_rels/workbook.xml.rels").decode())
        )
        for sheet, link in re.findall(r'<sheet name="([^"]+)"[^>]*?r:id="(\w+)"', book):
            for drawing in related(f"xl/{targets[link]}", "drawings"):
                out[sheet] = [archive.read(chart).decode() for chart in related(drawing, "charts")]
    return out


def test_every_drop_down_is_words_in_quotes_or_a_name(made):
    known = names(made)
    lists = [each[0].text or "" for each in elements(made, "dataValidation") if each.get("type") == "list"]
    assert len(lists) > 8
    wrong = [text for text in lists if not re.fullmatch(r'"[^",]+(,[^",]+)*"', text) and text not in known]
    assert wrong == []


def test_no_drop_down_offers_a_place_that_may_be_blank(made):
    """Excel takes any text for right if one of the cells is: what is offered ends with the last entry."""
    known = names(made)
    used = {each[0].text for each in elements(made, "dataValidation") if each.get("type") == "list"}
    typed = {name for name in used & set(known) if not known[name].startswith("calc!")}
    assert {"offered_accounts", "offered_sectors", "offered_steps"} <= typed
    ends = r"(\w+)!\$([A-Z]+)\$(\d+):INDEX\(\1!\$\2\$\3:\$\2\$\d+,calc!\$B\$\d+\)"
    assert {name: known[name] for name in typed if not re.fullmatch(ends, known[name])} == {}


def test_no_rule_takes_a_text_for_a_number_or_a_sign_for_a_wildcard(made):
    rules = elements(made, "cfRule")
    assert {each.get("operator") for each in rules if each.get("type") == "cellIs"} <= {"equal"}
    assert all((each[0].text or "").startswith('"') for each in rules if each.get("type") == "cellIs")
    assert [each.get("text") for each in rules if set("?*~") & set(each.get("text", ""))] == []


def test_no_number_stands_as_text_in_a_formula(made):
    """It would be read with the decimal sign of the machine."""
    formulas = [*texts(made, "f", "formula", "formula1", "formula2"), *names(made).values()]
    assert len(formulas) > 5000
    found = {text for formula in formulas for text in TEXT.findall(formula) if NUMBER_AS_TEXT.fullmatch(text)}
    assert found - {"12,24,36"} == set()  # the words of a drop-down, which commas part in every file


def test_no_point_that_is_no_number_is_drawn_or_labelled(made):
    """Of a bar Excel would write #N/A; a line stops there, unless it is one that goes on."""
    found = charts_of_sheets(made)
    assert sum(map(len, found.values())) == len(parts(made, CHARTS)) > 10
    for sheet, charts in found.items():
        for chart in charts:
            assert "dispNaAsBlank" in chart, sheet
            (blanks,) = re.findall(r'<c:dispBlanksAs val="(\w+)"/>', chart)
            line = "<c:lineChart>" in chart and "<c:barChart>" not in chart
            assert blanks == ("span" if sheet in BRIDGED and line else "gap"), sheet


@pytest.mark.parametrize("text", ["<3.5", ">=0,25", "1.5", "-.5", "1E-3", "<>1.5E+3", "50.5%"])
def test_the_look_for_numbers_in_texts_finds_them(text):
    assert NUMBER_AS_TEXT.fullmatch(text) or "." not in text
