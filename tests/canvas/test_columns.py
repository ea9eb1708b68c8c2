"""Columns are written past XlsxWriter's way for single cells: held here against that way, to the letter."""

from __future__ import annotations

import inspect
import re
import zipfile

import pytest
import xlsxwriter.packager
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from kam_xl.canvas.book import Book
from kam_xl.formulas.expressions import X, cat
from kam_xl.formulas.functions import if_, length, max_, n_
from kam_xl.formulas.rows import Number, across, each
from kam_xl.formulas.values import DIV0, NA

TEXTS = st.one_of(
    st.sampled_from(["", "&", "<b>", '"', "_x0041_", " a ", "12346", "TRUE", "▲ ß\n", "tab\t", "😀", "#N/A"]),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8),
)
NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.one_of(st.none(), st.booleans(), TEXTS, NUMBERS, st.sampled_from([NA, DIV0]))
COLUMNS = st.one_of(st.lists(VALUES, min_size=1, max_size=40), VALUES.map(lambda v: [v] * 20))
LOOKS = ({"bold": True}, {"num_format": "0.0", "indent": 1})
STYLES = st.sampled_from(LOOKS)


def framed(engine: str = "native"):
    """A book with cells around the place of the column, and every look in use, so that they have the same numbers."""
    book = Book(engine)
    sheet = book.sheet("S")
    sheet.columns(16, 80, 80)
    for j, style in enumerate(({"font_size": 10}, *LOOKS)):
        sheet.write(0, j, "above it", **style)
    sheet.write(3, 5, "right of it", bold=True)
    sheet.height(12, 30)
    sheet.height(70, 30)
    sheet.ws.write_comment(33, 1, "beside it")
    return book, sheet


def parts(book: Book) -> dict[str, bytes]:
    book.xlsx.close()
    with zipfile.ZipFile(book.buffer) as file:
        return {name: file.read(name) for name in file.namelist() if name != "docProps/core.xml"}


def same(ours: dict[str, bytes], theirs: dict[str, bytes]) -> None:
    assert list(ours) == list(theirs)
    for name, text in ours.items():
        assert text.split(b"<c ") == theirs[name].split(b"<c "), name


@settings(max_examples=80, deadline=None)
@given(COLUMNS, st.integers(1, 20), STYLES)
def test_what_is_typed_is_written_as_xlsxwriter_writes_it_cell_by_cell(values, top, style):
    book, sheet = framed()
    sheet.fill(top, 2, values, **style)
    alone, cells = framed()
    for i, value in enumerate(values):
        cells.write(top + i, 2, value, **style)
    same(parts(book), parts(alone))
    assert all(sheet.cells.get((top + i, 2)) == cells.cells.get((top + i, 2)) for i in range(len(values)))


@settings(max_examples=80, deadline=None)
@given(COLUMNS, st.integers(1, 20), st.one_of(st.just({}), STYLES))
def test_formulas_are_written_as_xlsxwriter_writes_them_cell_by_cell(values, top, style):
    book, sheet = framed()
    alone, cells = framed()
    source = sheet.fill(top, 3, values, bold=True)
    also = cells.fill(top, 3, values, bold=True)

    def made(cell: X, number: X) -> X:
        return if_(number > 0, cell, "<&>")

    sheet.fill(top + 1, 2, made(each(source), Number(len(values))), len(values), **style)
    for i in range(len(values)):
        cells.write(top + 1 + i, 2, made(also.cell(i), X((str(i + 1),), i + 1)), **style)
    same(parts(book), parts(alone))


@pytest.mark.parametrize("engine", ["native", "addin"])
def test_results_of_an_array_formula_are_written_as_xlsxwriter_writes_them(engine):
    book, sheet = framed(engine)
    sheet.fill(0, 8, ["a", "b<", None, "a"])
    sheet.fill(0, 9, [3, 1, None, 2])
    area = (sheet.area(0, 8, 3, 8), sheet.area(0, 9, 3, 9))
    found = sheet.kam(5, 2, "KAM_PARETO", *area, rows=6, styles=[{"bold": True}, {"indent": 1}])
    xml = parts(book)["xl/worksheets/sheet1.xml"].decode()
    for i, row in enumerate(found.values()):
        for j, value in enumerate(row):
            if (i or j) and isinstance(value, str) and value:
                assert f'r="{"CDEFGH"[j]}{6 + i}"' in xml
    assert xml.count("<f ") == 1
    assert "<v>b&lt;</v>" in xml


def test_a_running_column_goes_on_from_the_cell_above():
    book, sheet = framed()
    sheet.fill(4, 5, [2, None, 3])
    amounts = each(sheet.area(4, 5, 6, 5))
    sheet.write(3, 6, "running")
    found = sheet.running(4, 6, lambda above: n_(above) + max_(amounts, X(("1",), 1)), 3)
    assert found.flat() == [2, 3, 6]
    xml = parts(book)["xl/worksheets/sheet1.xml"].decode()
    assert "<f>N($G$6)+MAX($F7,1)</f><v>6</v>" in xml


def test_a_column_is_not_written_over_what_is_there():
    _book, sheet = framed()
    sheet.fill(20, 2, [1, 2, 3])
    with pytest.raises(LookupError, match="S: row 23, column 3 is written already"):
        sheet.fill(22, 2, [1])
    with pytest.raises(LookupError, match="S: row 22, column 3 is written already"):
        sheet.write(21, 2, 1)
    sheet.write(30, 2, "there")
    with pytest.raises(LookupError, match="S: row 31, column 3 is written already"):
        sheet.fill(29, 2, [1, 2, 3])
    with pytest.raises(ValueError, match="S: C31 is written twice"):
        sheet.ws.write_down(29, 2, [1, 2, 3], None)


def test_cells_beside_a_column_that_nobody_has_written_are_not_read():
    _book, sheet = framed()
    sheet.fill(20, 2, [1, None, 3])
    assert sheet.area(20, 2, 22, 2).flat() == [1, None, 3]
    for first, last, missing in ((19, 22, 20), (20, 23, 24)):
        with pytest.raises(LookupError, match=f"is read before row {missing} is written"):
            sheet.area(first, 2, last, 2).flat()
        with pytest.raises(LookupError, match=f"is read before row {missing} is written"):
            sheet.area(first, 2, last, 2).values()
    assert "unwritten" not in sheet.cells.values() and (19, 2) not in sheet.cells


def test_a_cell_written_over_a_column_is_the_one_in_the_file():
    book, sheet = framed()
    sheet.fill(20, 2, [1, 2, 3])
    sheet.ws.write_string(21, 2, "mine")
    xml = parts(book)["xl/worksheets/sheet1.xml"].decode()
    assert xml.count('r="C22"') == 1 and re.search(r'<c r="C22"[^>]* t="s">', xml)


def test_a_column_has_as_many_values_as_rows_and_formulas_that_excel_takes():
    _book, sheet = framed()
    area = sheet.fill(20, 2, ["a" * 10, "b"])
    with pytest.raises(ValueError, match="2 values for 3 rows"):
        sheet.fill(20, 6, each(area) & "", 3)
    with pytest.raises(ValueError, match="8192 characters"):
        sheet.fill(20, 6, cat(each(area), "x" * 8192), 2)
    with pytest.raises(TypeError, match="no single value"):
        sheet.write(20, 6, length(each(area)))
    with pytest.raises(TypeError, match="cannot be written"):
        sheet.fill(20, 6, [1.0, float("nan")])
    assert across(area).column() == [["a" * 10], ["b"]]


def test_every_look_of_a_sheet_that_is_packed_later_is_in_the_list_of_looks():
    book, sheet = framed()
    sheet.fill(4, 2, [1, 2], num_format="0.00")
    sheet.write(9, 9, "last", italic=True)
    found = parts(book)
    styles = found["xl/styles.xml"].decode()
    used = {int(n) for n in re.findall(rb' s="(\d+)"', found["xl/worksheets/sheet1.xml"])}
    assert max(used) < int(styles.split('<cellXfs count="')[1].split('"')[0])
    assert ("<i/>" in styles and "0.00" in styles) or 'numFmtId="2"' in styles


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (Worksheet, "_write_rows", ["self"]),
        (Worksheet, "_calculate_spans", ["self"]),
        (Worksheet, "_write_row", ["self", "row", "spans", "row_info", "empty_row"]),
        (Worksheet, "_write_empty_row", ["self", "row", "spans", "row_info"]),
        (Worksheet, "_check_dimensions", ["self", "row", "col", "ignore_row", "ignore_col"]),
        (xlsxwriter.packager.Packager, "_write_worksheet_files", ["self"]),
        (xlsxwriter.packager.Packager, "_filename", ["self", "xml_filename"]),
    ],
)
def test_xlsxwriter_still_has_what_columns_override_or_call(owner, name, parameters):
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters
