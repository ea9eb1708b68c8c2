"""What the drop-downs offer: the entries of a list up to the last one, and headings that a person may change."""

from __future__ import annotations

import formulon
import ironcalc
import openpyxl
import pytest
from books.fixtures import core_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.canvas.book import Book
from kam_xl.canvas.cell_rules import LONGEST_TITLE
from kam_xl.content.tables import Tables
from kam_xl.formulas.areas import last_entry
from kam_xl.formulas.formula import NA
from kam_xl.workbook.build import build

CELLS = st.sampled_from([None, None, "a", "Straße", "12", "?", 0, 5.5, True, False, NA])


@settings(max_examples=4, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=30, max_size=30))
def test_the_last_entry_is_what_two_engines_compute(tmp_path_factory, columns):
    book = Book("native")
    sheet = book.sheet("Sheet")
    expected = []
    for j, cells in enumerate(columns):
        for i, cell in enumerate(cells):
            sheet.write(1 + i, j, cell)
        expected.append(sheet.array(9, j, last_entry(sheet.area(1, j, len(cells), j)), 1).cell(0).value)
    book.xlsx.close()
    path = tmp_path_factory.mktemp("last") / "last.xlsx"
    path.write_bytes(book.buffer.getvalue())
    other, engine = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en"), formulon.Workbook.load(path.read_bytes())
    other.evaluate()
    engine.set_excel_profile_id("win-365-de_DE")
    engine.recalc()
    assert [engine.get_value(0, 9, j).to_python() for j in range(len(columns))] == expected
    assert [other.get_cell_value(0, 10, j + 1) for j in range(len(columns))] == expected


@pytest.mark.parametrize(
    ("cells", "place"),
    [([None] * 4, 1), (["a", None, None, None], 1), (["a", None, "b", None], 3), ([None, "b", NA, None], 3)],
)
def test_a_blank_in_the_middle_is_offered_one_at_the_end_is_not(cells, place):
    sheet = Book("native").sheet("Sheet")
    for i, cell in enumerate(cells):
        sheet.write(i, 0, cell)
    assert last_entry(sheet.area(0, 0, len(cells) - 1, 0)).values() == [[place]]


def test_a_typed_entry_is_offered_at_once_and_nothing_else_is(office, core):
    with office.open(core) as book:
        book.write("Accounts", "B23", [["Zenith", "Shipbuilding"]])
        book.write("Scores", "B9", [["Zenith"]])
        book.recalculate()
        assert book.invalid("Accounts") == ["C23"]
        calc = {row[0]: row[1] for row in book.read("calc")}
        sectors, room = (int(calc[f"last entry of {key}"]) for key in ("sectors", "steps"))
        assert (sectors, room) == (6, 5)
        rows = {row[12]: i for i, row in enumerate(book.read("Settings", "A1:M40"), 1)}
        book.write("Settings", f"M{rows['Sector'] + sectors + 2}", [["Shipbuilding"]])  # after a blank one
        book.recalculate()
        assert book.invalid("Accounts") == []


OWN = 'Seats, "active", of all the people who could sit'


@pytest.fixture(scope="module")
def hardly_filled(tmp_path_factory):
    """No account, no sector, a heading of the user's own that words in quotes could not hold."""
    changes = {"own_figure": OWN, "sectors": []}
    built = build(core_settings().model_copy(update=changes), Tables(years=["2025"]))
    return built.write(tmp_path_factory.mktemp("own") / "own.xlsx")


def test_a_heading_with_a_comma_or_a_quotation_mark_is_offered_whole_and_followed(hardly_filled):
    book, values = openpyxl.load_workbook(hardly_filled), openpyxl.load_workbook(hardly_filled, data_only=True)
    rules = {str(rule.sqref): rule for rule in book["Settings"].data_validations.dataValidation}
    assert [rules[place].formula1 for place in ("C15", "G15:G19")] == ["offered_risk_kpi", "offered_health"]
    for name in ("offered_risk_kpi", "offered_health"):
        cells = values["calc"][book.defined_names[name].attr_text.rpartition("!")[2].replace("$", "")]
        assert [row[0].value for row in cells][:2] == ["Engagement", "Satisfaction"]
        last = cells[-1][0]
        assert (last.value, book["calc"][last.coordinate].value) == (OWN, '=Accounts!$Q$8&""')


def test_a_column_with_a_long_heading_keeps_its_rule(hardly_filled):
    sheet = openpyxl.load_workbook(hardly_filled)["Accounts"]
    assert sheet["Q8"].value == OWN
    (rule,) = (each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith("Q9"))
    assert rule.type == "decimal" and OWN.startswith(rule.errorTitle[:-1]) and len(rule.errorTitle) == LONGEST_TITLE


def test_an_empty_list_offers_its_first_place(hardly_filled):
    calc = openpyxl.load_workbook(hardly_filled, data_only=True)["calc"]
    places = {row[0].value: row[1].value for row in calc.iter_rows(max_col=2)}
    assert {key: places[f"last entry of {key}"] for key in ("sectors", "steps")} == {"sectors": 1, "steps": 5}
