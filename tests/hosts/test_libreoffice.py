"""The functions live in LibreOffice Calc."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from office import Book, Office

from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.libreoffice.client import LEAST

SHEET = "Sheet1"
ACCOUNTS = [["Acme", 50], ["Birch", 30], ["Cedar", 15], ["Dune", 5]]
LINE = '#KAM! {}: revenue row 2 is text ("soon"); type a number or leave it blank'


@pytest.fixture
def accounts(book: Book) -> Book:
    """Four accounts in A1:B4."""
    book.write(SHEET, "A1", ACCOUNTS)
    return book


def test_every_function_of_the_registry_is_known(book: Book) -> None:
    calls = [[f"={name}()"] for name in FUNCTIONS]
    book.write(SHEET, "A1", [*calls, ["=KAM_NO_SUCH()"]])
    *known, unknown = [row[0] for row in book.read(SHEET)]
    assert unknown == "#NAME?"
    assert "#NAME?" not in known


def test_array_formula_gives_one_tier_per_account(accounts: Book) -> None:
    assert accounts.array(SHEET, "D1:D4", "=KAM_ABC(B1:B4)") == [["A"], ["A"], ["B"], ["C"]]


def test_tiers_compare_equal_to_typed_text(accounts: Book) -> None:
    assert accounts.formula(SHEET, "D1", '=SUMPRODUCT(--(KAM_ABC(B1:B4)="A"))') == 2


def test_cells_beyond_the_result_of_a_column_show_not_available(accounts: Book) -> None:
    assert accounts.array(SHEET, "D1:D5", "=KAM_ABC(B1:B4)")[4] == ["#N/A"]


def test_table_is_filled_up_beyond_the_accounts(accounts: Book) -> None:
    found = accounts.array(SHEET, f"D1:I{LEAST + 1}", "=KAM_PARETO(A1:A4;B1:B4)")
    assert [row[1] for row in found] == ["Acme", "Birch", "Cedar", "Dune", *[""] * (LEAST - 4), "#N/A"]
    assert found[4] == [""] * 6


def test_table_with_headings_fits_one_row_more_than_the_accounts(accounts: Book) -> None:
    found = accounts.array(SHEET, "D1:I5", "=KAM_PARETO(A1:A4;B1:B4;TRUE())")
    assert found[0] == list(FUNCTIONS["KAM_PARETO"].columns)
    assert found[4][1:3] == ["Dune", 5]


@pytest.mark.parametrize(
    ("formula", "address"),
    [("=KAM_ABC(B1:B4)", "D1:D4"), ("=KAM_PARETO(A1:A4;B1:B4)", "D1:I5")],
)
def test_mistake_shows_one_line_in_the_first_cell_and_blanks_elsewhere(
    accounts: Book, formula: str, address: str
) -> None:
    accounts.write(SHEET, "B2", [["soon"]])
    first, *others = [cell for row in accounts.array(SHEET, address, formula) for cell in row]
    assert first == LINE.format(formula[1:].split("(")[0])
    assert set(others) == {""}


def test_mistake_in_a_matrix_is_as_wide_as_the_range(book: Book) -> None:
    book.write(SHEET, "A1", [[1, 2, 3], [4, "soon", 6]])
    found = book.array(SHEET, "E1:G3", "=KAM_SCALE(A1:C2)")
    assert found[0][0].startswith("#KAM! KAM_SCALE: values row 2 column 2 is text")
    assert [found[0][1:], *found[1:]] == [["", ""], ["", "", ""], ["", "", ""]]


def test_single_cell_formula_shows_the_first_cell(accounts: Book) -> None:
    assert accounts.formula(SHEET, "D1", "=KAM_ABC(B1:B4)") == "A"
    accounts.write(SHEET, "B2", [["soon"]])
    assert accounts.formula(SHEET, "D1", "=KAM_ABC(B1:B4)") == LINE.format("KAM_ABC")


def test_optional_arguments_may_be_left_out_anywhere(accounts: Book) -> None:
    short = accounts.array(SHEET, "D1:D4", "=KAM_ABC(B1:B4)")
    assert accounts.array(SHEET, "D1:D4", "=KAM_ABC(B1:B4;;)") == short
    assert accounts.array(SHEET, "D1:D4", '=KAM_ABC(B1:B4;;;"crossing")') == short
    assert accounts.array(SHEET, "D1:D4", '=KAM_ABC(B1:B4;;;"within")') == [["A"], ["A"], ["B"], ["C"]]
    assert accounts.array(SHEET, "D1:D4", "=KAM_ABC(B1:B4;0.5)") == [["A"], ["B"], ["B"], ["C"]]


def test_optional_range_may_be_left_out(book: Book) -> None:
    book.write(SHEET, "A1", [["Acme", 50, 30, 7], ["Birch", 60, 90, 3], ["Cedar", 70, 20, 1]])
    risk = "KAM_AT_RISK(A1:A3;B1:B3;C1:C3"
    given = [["Cedar", 70, 20, 1], ["Acme", 50, 30, 7]]
    omitted = [[*row[:3], ""] for row in given]
    assert book.array(SHEET, "F1:I2", f"={risk};45;D1:D3)") == given
    assert book.array(SHEET, "F1:I2", f"={risk};45)") == omitted
    assert book.array(SHEET, "F1:I2", f'={risk};45;;"below")') == omitted
    assert book.array(SHEET, "F1:I2", f'={risk};45;D1:D3;"above")')[0] == ["Birch", 60, 90, 3]


def test_single_cells_literals_and_inline_arrays_are_taken_for_ranges(book: Book) -> None:
    book.write(SHEET, "A1", [[10, 20], [30, 40], [None, None]])
    assert book.formula(SHEET, "F1", "=KAM_HHI(5)") == 10_000
    assert book.formula(SHEET, "F1", "=KAM_HHI(B2)") == 10_000
    assert book.formula(SHEET, "F1", "=KAM_HHI({20|30|50})") == 3_800
    assert book.array(SHEET, "F1:F2", "=KAM_SCORE(A1:B2;{1;3})") == [[17.5], [37.5]]
    assert book.array(SHEET, "F1:F2", "=KAM_SCORE(A1:B2;A1:A2)") == [[17.5], [37.5]]
    assert book.array(SHEET, "F1:F2", "=KAM_RANK(A1:A2*-1)") == [[1], [2]]


def test_nested_functions_pass_arrays_and_mistakes_on(book: Book) -> None:
    book.write(SHEET, "A1", [[1, 2], [9, 8], [5, 5]])
    nested = "=KAM_RANK(KAM_SCORE(A1:B3;{1;1}))"
    assert book.array(SHEET, "D1:D3", nested) == [[3], [1], [2]]
    book.write(SHEET, "B2", [["soon"]])
    found = book.array(SHEET, "D1:D3", nested)
    assert found[0][0].startswith("#KAM! KAM_SCORE: scores row 2 column 2 is text")
    assert found[1:] == [[""], [""]]


def test_empty_cell_alone_arrives_as_zero(book: Book) -> None:
    """Calc hands a reference to one empty cell over as 0; inside a range it is blank."""
    assert book.formula(SHEET, "B1", "=KAM_HHI(A1:A3)") == ""
    assert book.formula(SHEET, "B1", "=KAM_HHI(A1)") == "n/a"


def test_error_in_a_range_stays_with_calc(accounts: Book) -> None:
    """Calc calls no add-in function with a range that holds an error; a single error it passes through."""
    accounts.write(SHEET, "B2", [["=1/0"]])
    assert accounts.formula(SHEET, "D1", "=KAM_ABC(B1:B4)") == "Err:504"
    assert accounts.formula(SHEET, "D1", "=KAM_HHI(B2)") == "#DIV/0!"


def test_ten_thousand_accounts(book: Book) -> None:
    count = 10_000
    book.write(SHEET, "A1", [[f"Account {number}", number] for number in range(1, count + 1)])
    found = book.array(SHEET, f"D1:I{count + 1}", f"=KAM_PARETO(A1:A{count};B1:B{count})")
    assert found[0][:3] == [1, "Account 10000", 10_000]
    assert found[count - 1][:3] == [count, "Account 1", 1]
    assert found[count - 1][4] == 1


def test_formulas_survive_saving_as_xlsx(accounts: Book, office: Office, tmp_path: Path) -> None:
    accounts.array(SHEET, "D1:D4", "=KAM_ABC(B1:B4)")
    accounts.formula(SHEET, "F1", "=KAM_TOP_SHARE(B1:B4;0.5)")
    accounts.save(tmp_path / "saved.xlsx")
    assert openpyxl.load_workbook(tmp_path / "saved.xlsx")[SHEET]["F1"].value == "=KAM_TOP_SHARE(B1:B4,0.5)"
    assert office.formulas(tmp_path / "saved.xlsx")[SHEET][0][5] == "=KAM_TOP_SHARE(B1:B4;0.5)"
    values = office.recalculated(tmp_path / "saved.xlsx")[SHEET]
    assert [row[3] for row in values] == ["A", "A", "B", "C"]
    assert values[0][5] == pytest.approx(0.8)
