"""Divisions of the sample, read and changed by a person in LibreOffice; the numbers are worked out by hand."""

from __future__ import annotations

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

PAGE = {"sheets": ["Divisions"]}
DIVISIONS = ["Admin", "Finance", "IT", "HR", "Clinical", "Diagnostics", "Pharmacy", "Research"]


def made(tables, folder, **settings):
    template = load_template("standard").settings.model_copy(update={**PAGE, **settings})
    return build(template, tables, "addin").write(folder / "book.xlsx")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return made(load_template("standard").sample(), tmp_path_factory.mktemp("divisions"))


@pytest.fixture
def book(office, path):
    with office.open(path) as book:
        book.recalculate()
        yield book


def title(book):
    return book.read("Divisions", "B1")[0][0]


def field(book, account, division):
    """The cell of the map."""
    heads = book.read("Divisions", "C9:L9")[0]
    rows = {row[0]: row[1:] for row in book.read("Divisions", "B10:L24")}
    return rows[account][heads.index(division)]


def totals(book, account):
    """White fields, sold, potential, share of wallet, gap."""
    names = [row[0] for row in book.read("Divisions", "B10:B24")]
    return book.read("Divisions", "N10:R24")[names.index(account)]


def broken(book):
    signs = ("#", "Err:")
    return [v for row in book.read("Divisions", "B4:R45") for v in row if isinstance(v, str) and v.startswith(signs)]


def test_the_map_of_the_sample(book):
    assert title(book) == "White space is worth 1,711 k€; Pharmacy, Research and HR are nearly empty"
    assert book.read("Divisions", "C9:L9")[0] == ["", "", *DIVISIONS]  # spare ones first
    assert field(book, "Aurelia University Hospital", "Admin") == 100
    assert field(book, "Aurelia University Hospital", "HR") == pytest.approx(65 / 108 * 100)
    assert field(book, "Aurelia University Hospital", "Pharmacy") == 0
    assert field(book, "Meridale Bank", "Clinical") == "n/a"
    sold, could = 170 + 220 + 252 + 30, 200 + 220 + 280 + 100
    assert totals(book, "Meridale Bank") == [0, sold, could, pytest.approx(sold / could), could - sold]
    assert [row[0] for row in book.read("Divisions", "B10:B11")] == ["St. Corwen Hospital", "Northmere Hospital Group"]
    assert book.read("Divisions", "N29:R29")[0] == ["St. Corwen Hospital", "", "Diagnostics", "", 181]


def test_a_sale_fills_the_white_field(book):
    row = next(
        i for i, r in enumerate(book.read("Division sales"), 1) if r[1:3] == ["St. Corwen Hospital", "Diagnostics"]
    )
    book.write("Division sales", f"D{row}", [[181]])
    assert field(book, "St. Corwen Hospital", "Diagnostics") == 100
    assert title(book).startswith("White space is worth 1,530 k€")
    assert book.read("Divisions", "N29:R29")[0][4] == 148
    book.write("Division sales", f"E{row}", [[None]])  # sold, but nobody knows what they could buy
    assert field(book, "St. Corwen Hospital", "Diagnostics") == "?"
    assert "1 field has sales but no potential" in str(book.read("Divisions", "B36:B46"))


def test_new_divisions_and_accounts_are_followed(book):
    settings = {str(row[15]): i for i, row in enumerate(book.read("Settings"), 1)}
    book.write("Settings", f"P{settings['Research'] + 1}", [["Catering"]])
    book.write("Division sales", "B100", [["Zenith*", "Catering", 2500, 10000]])
    assert book.read("Divisions", "C9:L9")[0] == ["", *DIVISIONS, "Catering"]
    assert field(book, "Zenith*", "Catering") == 25
    assert totals(book, "Zenith*") == [0, 2500, 10000, 0.25, 7500]
    assert broken(book) == []


def test_text_and_deleted_rows(book):
    book.restructure("Division sales", "A12:A12", "delete rows")
    assert broken(book) == []
    book.write("Division sales", "E9", [["much"]])
    assert title(book).startswith("#KAM! KAM_WHITESPACE: potential row 1 is text")
    assert broken(book) == [] and book.read("Divisions", "B10")[0][0] == ""


@pytest.mark.parametrize("rows", [0, 1])
def test_small_tables(office, tmp_path, rows):
    tables = Tables.empty(["2025"])
    tables.records = {"divisions": [{"account": "Ash", "division": "IT", "sold": 2500, "potential": 10000}][:rows]}
    with office.open(made(tables, tmp_path)) as book:
        book.recalculate()
        said = [
            "No division sales yet: type them on Division sales",
            "No white space; 7,500 k€ are open where we sell",
        ]
        assert title(book) == said[rows] and broken(book) == []
