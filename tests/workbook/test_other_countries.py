"""A workbook shows the same numbers in a LibreOffice of another country; texts have its separators."""

from __future__ import annotations

import pytest
from books.compare import differences, same
from engines.formulon_book import SEPARATORS

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

ALL = ["sample", "saas", "selection", "empty", "northwind", "online_retail", "large"]
LONG = [pytest.param(name, marks=pytest.mark.long) for name in ALL]


@pytest.fixture(scope="session")
def saas(tmp_path_factory):
    template = load_template("saas")
    return build(template.settings, template.sample(), "addin").write(tmp_path_factory.mktemp("books") / "saas.xlsx")


@pytest.fixture(scope="session")
def selection(tmp_path_factory):
    template = load_template("selection")
    return build(template.settings, template.sample(), "addin").write(tmp_path_factory.mktemp("books") / "select.xlsx")


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    tables = Tables.empty(["2024", "2025"])
    return build(load_template("standard").settings, tables, "addin").write(tmp_path_factory.mktemp("books") / "e.xlsx")


@pytest.mark.parametrize("country", ["German", "French"])
@pytest.mark.parametrize("name", ["core", *LONG])
def test_recalculates_to_the_numbers_in_the_file(office_of, request, name, country):
    path = request.getfixturevalue(name)
    assert differences(path, office_of(country).recalculated(path), SEPARATORS[country]) == []


@pytest.mark.parametrize("country", ["German", "French"])
def test_the_office_of_a_country_has_its_separators(office_of, country):
    with office_of(country).new() as book:
        assert book.formula("Sheet1", "A1", '=FIXED(1234.5;1)&""') != "1,234.5"
        assert same("1,234.5", book.read("Sheet1", "A1")[0][0], SEPARATORS[country])
        book.write("Sheet1", "A3", [[1]])
        assert book.formula("Sheet1", "A2", '=COUNTIF(A3;"<1,5")') == 1
