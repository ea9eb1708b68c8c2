"""Results that take several cells: they grow, shrink, reach filled cells; and formulas that wait for each other."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from workbook.recompute.engine_book import Computed, computed

from kam_xl.workbook.recompute import recompute, write_values

NAMES = {f"A{row}": name for row, name in enumerate(("Nord", "Ost", "West"), 1)} | {"B1": 5, "B2": 30, "B3": 1}
PARETO = "=KAM_PARETO(A1:A3,B1:B3)"


def test_a_result_takes_more_rows_than_in_the_file(tmp_path: Path) -> None:
    book = computed(tmp_path, {**NAMES, "D1": ("D1:I1", PARETO), "K1": ("K1", "=KAM_HHI(B1:B3)"), "L1": "=E3&F3"})
    assert book.spill("D1") == (0, 3, 2, 8)
    assert [book[f"E{row}"] for row in (1, 2, 3)] == ["Ost", "Nord", "West"]
    assert book["L1"] == "West1"


def test_cells_that_a_result_no_longer_fills_are_blank(tmp_path: Path) -> None:
    cells = {**NAMES, "D1": ("D1:I5", PARETO), "K1": ("K1", "=KAM_HHI(B1:B3)"), "E4": "old", "F5": 99}
    book = computed(tmp_path, {**cells, "L1": "=COUNTA(E1:E5)", "L2": "=F5+1"})
    assert (book["E4"], book["F5"], book["L1"], book["L2"]) == (None, None, 3, 1)


def test_empty_texts_that_a_result_leaves_behind_are_cleared(small: Path, tmp_path: Path) -> None:
    """A line in place of a column: what was an empty text below it is blank, as a formula that looks there sees."""
    book = openpyxl.load_workbook(small)
    names = book.defined_names["list_health"].attr_text.replace("$", "")
    sheet, _mark, area = names.partition("!")
    for row in book[sheet][area]:
        row[1].value = 0
    book.save(tmp_path / "edited.xlsx")
    found = recompute(write_values(recompute(tmp_path / "edited.xlsx"), tmp_path / "out.xlsx"))
    assert str(found.values["calc_health"]["F2"]).startswith("#KAM! KAM_HEALTH")
    assert found.right


def test_without_room_a_result_has_no_value_and_says_which_cell_is_in_its_way(tmp_path: Path) -> None:
    cells = {**NAMES, "D1": ("D1:I2", PARETO), "K1": ("K1", "=KAM_HHI(B1:B3)"), "E3": "my note", "L1": "=D1"}
    book = computed(tmp_path, cells)
    assert book.failed == {
        "D1": "its result has no room: E3 is filled; clear that cell",
        "L1": "needs Sheet1!D1, which could not be computed",
    }
    assert book["E3"] == "my note"


def test_what_a_result_without_a_value_may_fill_has_no_value_either(tmp_path: Path) -> None:
    cells = {**NAMES, "D1": ("D1:I3", "=KAM_PARETO(A1:A3,B1:B3*TODAY())"), "K1": ("K1", "=KAM_HHI(B1:B3)")}
    book = computed(tmp_path, {**cells, "E2": "old", "L1": "=E2", "L2": "=E9", "L3": "=LEN(C2)", "L4": "=K9"})
    assert set(book.failed) == {"D1", "L1", "L2"}
    assert (book["L3"], book["L4"]) == (0, 0)


def test_in_a_workbook_of_the_extension_a_result_fills_the_room_it_has(tmp_path: Path) -> None:
    book = computed(tmp_path, {**NAMES, "D1": ("D1:I5", PARETO), "K1": "=KAM_HHI(B1:B3)", "K2": "=E5&LEN(E5)"})
    assert (book["E3"], book["E4"], book["E5"], book["K2"]) == ("West", "", "", "0")
    line = {**NAMES, "A2": "", "D1": ("D1:I5", '=IF(TRUE,KAM_PARETO(A1:A3,A1:A3),"")'), "K1": "=KAM_HHI(B1:B3)"}
    book = computed(tmp_path, line)
    assert str(book["D1"]).startswith("#KAM! KAM_PARETO: ")
    assert (book["E1"], book["D2"]) == ("", "")


def test_a_formula_that_needs_itself_has_no_value_and_others_do(tmp_path: Path) -> None:
    cells = {"A1": "=B1+1", "B1": "=C1", "C1": "=A1", "D1": "=A1", "E1": "=IF(TRUE,5,A1)", "F1": "=F1"}
    book = computed(tmp_path, cells)
    assert set(book.failed) == {"A1", "B1", "C1", "D1", "F1"}
    assert "needs its own result" in book.failed["A1"]
    assert book["E1"] == 5


def test_a_result_is_not_thought_to_reach_the_cells_that_it_is_computed_from(tmp_path: Path) -> None:
    cells = {**NAMES, "K1": ("K1", "=KAM_HHI(B1:B3)"), "D1": ("D1:D3", "=KAM_ABC(F1:F3)")}
    book = computed(tmp_path, {**cells, "F1": "=B1+G1", "F2": "=B2+G2", "F3": "=B3+G3"})
    assert book.failed == {}
    assert [book[f"D{row}"] for row in (1, 2, 3)] == ["B", "A", "C"]


@pytest.mark.parametrize("down", [True, False])
def test_a_chain_of_thousands_of_formulas_is_no_obstacle(tmp_path: Path, down: bool) -> None:
    cells = {"B1": 1} if down else {"B6000": 1}
    for row in range(2, 6001):
        cells[f"B{row if down else 6001 - row}"] = f"=B{row - 1 if down else 6002 - row}+1"  # type: ignore[assignment]
    cells["A1"] = f"=B{6000 if down else 1}"  # type: ignore[assignment]
    book = computed(tmp_path, cells)
    assert book["A1"] == 6000


def test_whole_columns_are_as_long_as_the_sheet_is_filled(tmp_path: Path) -> None:
    book = computed(
        tmp_path, {"A1": 1, "A2": 2, "A9": 4, "C1": "=SUM(A:A)", "C2": "=COUNTA(1:2)", "C3": "=ROWS(A1:A9)"}
    )
    assert (book["C1"], book["C3"]) == (7, 9)


def test_shared_formulas_are_those_of_their_first_cell_moved(tmp_path: Path) -> None:
    import zipfile

    from workbook.recompute.engine_book import written

    path = written(tmp_path / "shared.xlsx", {"A1": 1, "A2": 2, "A3": 3, "B1": 1, "B2": 1, "B3": 1})
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    first = b'<f t="shared" ref="B1:B3" si="0">A1*$A$3+"A1"*0+LEN("A1")</f>'.replace(b'+"A1"*0', b"")
    xml = parts[sheet].replace(b'<c r="B1" t="n"><v>1</v>', b'<c r="B1">' + first + b"<v>0</v>")
    for row in (2, 3):
        place = f'<c r="B{row}" t="n"><v>1</v>'.encode()
        xml = xml.replace(place, f'<c r="B{row}"><f t="shared" si="0"/><v>0</v>'.encode())
    assert xml.count(b"shared") == 3
    parts[sheet] = xml
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    book = Computed(path)
    assert [book[f"B{row}"] for row in (1, 2, 3)] == [5, 8, 11]
