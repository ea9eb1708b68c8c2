"""The workbook with LAMBDA names, computed by IronCalc: cell by cell what the file says, and what follows a change."""

from __future__ import annotations

import ironcalc
import pytest
from books import large
from books.compare import same, stored
from books.fixtures import real_data
from workbook.test_recalculation import odd_books

from kam_xl.intake.importer import read_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


class Computed:
    """A workbook in IronCalc."""

    def __init__(self, path) -> None:
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.model.evaluate()
        self.sheets = [sheet["name"] for sheet in self.model.get_worksheets_properties()]

    def at(self, sheet: str, row: int, col: int):
        return self.model.get_cell_value(self.sheets.index(sheet), row, col)

    def type(self, sheet: str, row: int, col: int, text: str) -> None:
        self.model.set_user_input(self.sheets.index(sheet), row, col, text)

    def calc(self) -> dict:
        return {self.at("calc", row, 1): self.at("calc", row, 2) for row in range(1, 400)}


def books():
    template = load_template("standard")
    yield "sample", template.sample
    yield "northwind", lambda: read_data(real_data("northwind_revenue.csv"), template.settings)
    for name, tables in odd_books():
        if name != "hostile names":  # IronCalc takes ~* in a search for two characters; LibreOffice does this one
            yield name, lambda tables=tables: tables


@pytest.mark.parametrize(("name", "tables"), list(books()), ids=[name for name, _ in books()])
def test_every_cell_is_what_ironcalc_computes(tmp_path, name, tables):
    assert wrong_cells(build(load_template("standard").settings, tables()).write(tmp_path / "native.xlsx")) == {}


@pytest.mark.parametrize("name", ["saas", "selection"])
def test_every_cell_of_the_other_templates_too(tmp_path, name):
    template = load_template(name)
    assert wrong_cells(build(template.settings, template.sample()).write(tmp_path / "native.xlsx")) == {}


def test_every_cell_of_a_large_workbook_too(tmp_path):
    assert wrong_cells(build(large.settings(), large.tables()).write(tmp_path / "native.xlsx")) == {}


def wrong_cells(path) -> dict:
    """Cells that IronCalc computes otherwise than the file says."""
    computed, different = Computed(path), {}
    for sheet, cells in stored(path).items():
        for (row, col), value in cells.items():
            got = computed.at(sheet, row + 1, col + 1)
            if not same(value, got):
                different[sheet, row + 1, col + 1] = (value, got)
    return different


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    template = load_template("standard")
    return build(template.settings, template.sample()).write(tmp_path_factory.mktemp("native") / "sample.xlsx")


@pytest.fixture
def native(sample):
    return Computed(sample)


def test_a_new_account_and_a_new_year_are_followed(native):
    native.type("Revenue", 23, 2, "Zenith Labs")
    native.type("Revenue", 23, 8, "5000")
    native.type("Revenue", 8, 9, "2026")
    native.type("Revenue", 9, 9, "900")
    native.model.evaluate()
    assert native.at("Pareto", 6, 3) == "Zenith Labs"
    calc = native.calc()
    assert (calc["last year"], calc["accounts with revenue rows"]) == ("2026", 15)
    assert calc["Pareto chart: bars"] == 15


def test_a_report_date_of_long_ago_breaks_nothing(native):
    """Typed by mistake: the months before it are before the first day that a spreadsheet knows."""
    settings = native.sheets.index("Settings")
    row = next(r for r in range(1, 60) if native.model.get_cell_value(settings, r, 2) == "Report date")
    native.type("Settings", row, 3, "12")
    native.model.evaluate()
    assert native.calc()["report date"] == 12
    for sheet in ("Dashboard", "Retention", "At risk", "Charter"):
        shown = [native.at(sheet, row, col) for row in range(1, 60) for col in range(1, 20)]
        assert not [v for v in shown if isinstance(v, str) and v.startswith("#") and v != "#"], sheet


@pytest.mark.parametrize(("column", "left"), [(7, "2023–2025"), (8, "2023–2024")])
def test_a_deleted_year_leaves_no_broken_reference(native, column, left):
    """The first year is left to LibreOffice: IronCalc breaks every range whose first column goes, Excel shortens it."""
    native.model.delete_columns(native.sheets.index("Revenue"), column, 1)
    native.model.evaluate()
    assert left in native.at("Pareto", 2, 2)
    for sheet in ("Dashboard", "Pareto", "ABC", "Scoring", "At risk", "Checks", "calc"):
        shown = [native.at(sheet, row, col) for row in range(1, 60) for col in range(1, 20)]
        assert not [v for v in shown if isinstance(v, str) and v.startswith(("#REF", "#VALUE", "#NAME", "#KAM"))], sheet
