"""The files that we write: nothing in them that Excel would repair or show otherwise, and the schema is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from books import large
from books.fixtures import real_data
from files import hostile
from files.findings import findings
from openxml_audit import OpenXmlValidator

from kam_xl.canvas.book import ADDIN, NATIVE, PYTHON
from kam_xl.content.pages import PAGES
from kam_xl.content.tables import Tables
from kam_xl.hosts.vba import build_addin
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

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


TEMPLATES: dict[str, Written] = {  # what is found in them is tested with their other limits
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


@of([*SHORT], [*LONG, *ALONE])
def test_nothing_is_found_that_excel_would_repair_or_show_otherwise(written: Path) -> None:
    assert [*map(str, findings(written))] == []


@of([*SHORT], [*TEMPLATES, *LONG])
def test_the_schema_is_kept(written: Path) -> None:
    """The audit does not know that the extension for empty cells has a value; Excel writes it so."""
    errors = OpenXmlValidator(max_errors=1000).validate(written).errors
    false = [each for each in errors if each.path.endswith("/dispNaAsBlank[1]") and each.node == "val"]
    assert [f"{each.part_uri} {each.path}: {each.description}" for each in errors if each not in false] == []
