"""The files that we write: nothing in them that Excel would repair or show otherwise; readable, and small."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from files import hostile
from files.findings import findings
from openxml_audit import OpenXmlValidator
from workbook import large
from workbook.conftest import real_data
from workbook.test_theme import luminance

from kam_xl.hosts.vba import build_addin
from kam_xl.workbook.book import ADDIN, NATIVE, PYTHON
from kam_xl.workbook.build import build
from kam_xl.workbook.importer import read_data
from kam_xl.workbook.pages import PAGES
from kam_xl.workbook.tables import Tables
from kam_xl.workbook.template import load_template

Written = Callable[[Path], Path]


def sample(folder: Path, name: str = "standard", engine: str = NATIVE, macros: bool = False) -> Path:
    template = load_template(name)
    built = build(template.settings, template.sample(), engine, macros=macros)
    return built.write(folder / ("book.xlsm" if macros else "book.xlsx"))


def of_tables(folder: Path, tables: Tables) -> Path:
    return build(load_template("standard").settings, tables).write(folder / "book.xlsx")


def of_hostile_names(folder: Path, engine: str) -> Path:
    return build(hostile.settings(), hostile.tables(), engine).write(folder / "book.xlsx")


def of_one_page(folder: Path, page: str, engine: str) -> Path:
    template = load_template("standard")
    settings = template.settings.model_copy(update={"sheets": [page]})
    return build(settings, template.sample(), engine).write(folder / "book.xlsx")


def of_real_data(folder: Path) -> Path:
    settings = load_template("standard").settings
    return build(settings, read_data(real_data("northwind_revenue.csv"), settings)).write(folder / "book.xlsx")


TEMPLATES: dict[str, Written] = {
    "standard": sample,
    "saas": partial(sample, name="saas"),
    "selection": partial(sample, name="selection"),
}
SHORT: dict[str, Written] = {
    "hostile names, addin": partial(of_hostile_names, engine=ADDIN),
    "add-in of Excel": build_addin,
}
LONG: dict[str, Written] = {
    "addin": partial(sample, engine=ADDIN),
    "hostile names": partial(of_hostile_names, engine=NATIVE),
    "empty": partial(of_tables, tables=Tables.empty(["2024", "2025"])),
    "nothing at all": partial(of_tables, tables=Tables()),
    "one account": partial(
        of_tables, tables=Tables(years=["2025"], accounts=[{"account": "Solo"}], revenue=[("Solo", [12.5])])
    ),
    "macros, Python": partial(sample, engine=PYTHON, macros=True),
    "macros, native": partial(sample, macros=True),
    "northwind": of_real_data,
    "large": lambda folder: build(large.settings(), large.tables()).write(folder / "book.xlsx"),
}
ALONE: dict[str, Written] = {
    f"{page}, {engine}": partial(of_one_page, page=page, engine=engine) for page in PAGES for engine in (NATIVE, ADDIN)
}
FILES = TEMPLATES | SHORT | LONG | ALONE


def of(quick: list[str], long: list[str]) -> pytest.MarkDecorator:
    """The files that a test looks at; the second ones with --long only."""
    names = [*quick, *(pytest.param(name, marks=pytest.mark.long) for name in long)]
    return pytest.mark.parametrize("written", names, indirect=True)


@pytest.fixture(scope="module")
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return FILES[request.param](tmp_path_factory.mktemp("written"))


@of([*TEMPLATES, *SHORT], [*LONG, *ALONE])
def test_nothing_is_found_that_excel_would_repair_or_show_otherwise(written: Path) -> None:
    assert [*map(str, findings(written))] == []


@of(["selection", "add-in of Excel"], ["standard", "saas", "hostile names, addin", *LONG])
def test_the_schema_is_kept(written: Path) -> None:
    """The audit does not know that the extension for empty cells has a value; Excel writes it so."""
    errors = OpenXmlValidator(max_errors=1000).validate(written).errors
    false = [each for each in errors if each.path.endswith("/dispNaAsBlank[1]") and each.node == "val"]
    assert [f"{each.part_uri} {each.path}: {each.description}" for each in errors if each not in false] == []


@of([*TEMPLATES], [])
def test_the_file_is_smaller_than_a_megabyte(written: Path) -> None:
    assert written.stat().st_size < 1_000_000


def contrast(text: str, paper: str) -> float:
    light, dark = sorted((luminance(text), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(found: Any, otherwise: str | None) -> str | None:
    """A colour of a style as #RRGGBB."""
    if found is None or found.type != "rgb" or not isinstance(found.rgb, str):
        return otherwise
    return f"#{found.rgb[-6:]}"


def looks(sheet: Any) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    """Text and background of every filled cell, by itself and under every conditional format that may hold."""
    own = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value not in (None, ""):
                paper = colour(cell.fill.fgColor, "#FFFFFF") if cell.fill.fill_type == "solid" else "#FFFFFF"
                own[cell.row, cell.column] = (colour(cell.font.color, "#000000"), paper)
    for place, look in own.items():
        yield place, look
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            text = paper = None
            if rule.type == "dataBar":
                paper = colour(rule.dataBar.color, None)
            elif rule.dxf is not None:
                text = colour(rule.dxf.font.color, None) if rule.dxf.font else None
                paper = colour(rule.dxf.fill.bgColor, None) if rule.dxf.fill else None
            for cells in area.sqref.ranges:
                for place, (ink, white) in own.items():
                    inside = cells.min_row <= place[0] <= cells.max_row and cells.min_col <= place[1] <= cells.max_col
                    if inside:
                        yield place, (text or ink, paper or white)


@of([*TEMPLATES], [])
def test_every_text_stands_out_from_its_background(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    poor = {
        (sheet.title, place, look)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for place, look in looks(sheet)
        if look[0] != look[1] and contrast(*look) < 4.5  # the same: a sign that shows as a filled cell
    }
    assert poor == set()


@of([*TEMPLATES], [])
def test_every_text_of_a_chart_stands_out(written: Path) -> None:
    """White text stands on marks that are dark enough; all other text must be readable on white."""
    with zipfile.ZipFile(written) as archive:
        charts = [archive.read(each).decode() for each in archive.namelist() if each.startswith("xl/charts/chart")]
    assert len(charts) > 10
    for text in charts:
        inks = {f"#{ink}" for ink in re.findall(r'<a:(?:defRPr|rPr)[^>]*><a:solidFill><a:srgbClr val="(\w{6})"', text)}
        assert {ink for ink in inks - {"#FFFFFF"} if contrast(ink, "#FFFFFF") < 4.5} == set()
