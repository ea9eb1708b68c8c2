"""Formulas as other engines compute them; and what has no value here, because programs differ in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import formulon
import openpyxl
import pytest
from books.compare import same
from office import Office
from workbook.recompute.engine_book import computed

from kam_xl.content.positions import split_cell

CELLS = {
    "A1": 10, "A2": 2.5, "A3": "Nord", "A4": True, "A6": "=1/0", "A7": "nord", "A8": -3, "A9": "a*b", "A10": "",
    "B1": "x", "B2": "Y", "B3": "x", "B4": "z y", "B5": "~", "C1": 1, "C2": 2, "C3": 3, "C4": 4, "C5": 5,
}  # fmt: skip
FORMULAS = """
A1+A2*2-1 | A1/A2^2 | -A1^2 | 2^-1 | A1% | A1&A3 | A1&"" | A5&"x" | A4&"" | 0.1+0.2&"" | 1/3&"" | 1E5&"" | -0.5&""
1E-9&"" | LEN(1E-15)
A3=A7 | A3="NORD" | A1>A2 | A1<>10 | A3>A1 | A5=0 | A5="" | A4=TRUE | A4>A3 | A6=1 | (0.1+0.2)=0.3 | A8<0
IF(A1>5,"yes","no") | IF(A5,1,2) | IF(A1,A5,3) | IF(FALSE,1) | IF(A6,1,2) | IFERROR(A6,"bad") | IFERROR(A1,"bad")
IFERROR(1/0,A5) | IF(A1>5,A3&"!",A6) | IFNA(NA(),7) | ISERROR(A6) | ISERROR(A1) | ISNUMBER(A1) | ISNUMBER(A3)
ISNUMBER(A5) | ISTEXT(A3) | ISTEXT(A5) | ISLOGICAL(A4) | ISBLANK(A5) | ISBLANK(A3) | ISNA(NA()) | NOT(A1>5)
AND(A1>5,A2>5) | OR(A1>5,A2>5) | AND(A1:A2) | OR(A6,TRUE) | AND(A1>1,TRUE,A4)
SUM(A1:A5) | SUM(A1,A2,3) | SUM(A1:A6) | SUM(C1:C5)/COUNT(C1:C5) | AVERAGE(C1:C5) | MIN(A1:A5) | MAX(A1:A3,99)
MAX(A3) | MEDIAN(C1:C4) | COUNT(A1:A9) | COUNTA(A1:A9) | COUNTBLANK(A1:A5) | SMALL(C1:C5,2) | LARGE(C1:C5,1)
LARGE(C1:C5,9) | PRODUCT(C1:C5) | SUM(A3) | COUNT(A3,"5") | AVERAGE(A3) | MIN(A3:A3)
COUNTIF(B1:B5,"x") | COUNTIF(B1:B5,"X") | COUNTIF(C1:C5,">2") | COUNTIF(C1:C5,"<="&C3) | COUNTIF(C1:C5,3)
COUNTIF(B1:B5,"*y*") | COUNTIF(B1:B5,"?") | COUNTIF(A1:A9,"nord") | COUNTIF(B1:B5,"<>x") | COUNTIF(A1:A9,"<0")
COUNTIF(A9:A9,"a~*b") | COUNTIF(C1:C5,"<>3") | COUNTIF(C1:C5,"=3") | COUNTIF(C1:C5,"<3.5")
COUNTIFS(B1:B5,"x",C1:C5,">1") | SUMIF(B1:B5,"x",C1:C5) | SUMIF(C1:C5,">2") | SUMIFS(C1:C5,B1:B5,"x",C1:C5,"<3")
SUMIFS(C1:C5,B1:B5,"none") | COUNTIFS(B1:B5,"x",C1:C4,1) | SUMIF(B1:B5,"x",C1)
MATCH("y",B1:B5,0) | MATCH("q",B1:B5,0) | MATCH(3,C1:C5,0) | MATCH("z*",B1:B5,0) | MATCH("~~",B1:B5,0)
MATCH(TRUE,A1:A9,0) | MATCH(SUBSTITUTE(A9,"*","~*"),A1:A9,0) | INDEX(C1:C5,3) | INDEX(B1:C5,2,2) | INDEX(C1:C5,9)
INDEX(A1:C1,2) | INDEX(C1:C5,A5+2) | SUM(INDEX(B1:C5,0,2)) | SUM(INDEX(C1:C5,2):C4) | INDEX(C1:C5,-1)
VLOOKUP("Y",B1:C5,2,FALSE) | VLOOKUP("q",B1:C5,2,FALSE) | VLOOKUP("x",B1:C5,3,FALSE) | CHOOSE(2,"a","b")
LEN(A3) | LEN(A5) | LEN(A1) | LEFT(A3,2) | LEFT(A3) | RIGHT(A3,2) | MID(A3,2,2) | UPPER(A3) | LOWER(A3)
TRIM("  a  b ")
SUBSTITUTE("banana","an","-") | SUBSTITUTE("abc","","x") | REPT("ab",3) | FIND("r",A3) | FIND("q",A3) | EXACT(A3,A7)
FIND("","abc") | LEFT(A3,0) | LEFT(A3,-1) | MID(A3,0,1) | RIGHT(A3,99) | LEN(A6)
ROUND(2.5,0) | ROUND(-2.5,0) | ROUND(1.005,2) | ROUND(1234.5,-2) | ROUNDUP(2.1,0) | ROUNDDOWN(-2.9,0) | ROUNDUP(-2.1,0)
INT(-2.5) | ABS(A8) | SIGN(A8) | MOD(7,3) | MOD(-7,3) | MOD(7,-3) | SQRT(16) | SQRT(-1) | POWER(2,10) | POWER(0,0)
EXP(0) | LN(1) | N(A1) | N(A3) | N(A4) | 1/0 | 1E300*1E300 | "5"+1 | "abc"+1 | A3*2 | TRUE+1 | VALUE("2.5")
FIXED(1234.567,1) | FIXED(0.5,0) | FIXED(-1234.5,0) | FIXED(2.345,2) | FIXED(1234,0,TRUE) | FIXED(A3,1)
DATE(2025,3,31) | DATE(2025,14,1) | DATE(2025,1,0) | DATE(25,1,1) | YEAR(45900) | MONTH(45900) | DAY(45900) | YEAR(A3)
ROW() | COLUMN() | ROW(A7) | COLUMN(C1) | ROWS(A1:C5) | COLUMNS(A1:C5) | ADDRESS(3,28,4) | ADDRESS(3,2) | ADDRESS(1,1,2)
SUMPRODUCT(C1:C5,C1:C5) | SUMPRODUCT((B1:B5="x")*C1:C5) | SUMPRODUCT(--(LEN(B1:B5)>1)) | SUM({1,2;3,4}) | CHAR(65)
Other!A1+1 | 'My sheet'!A1&"!" | Other!A1:A3 | SUM(Other!A1:A3) | SUM(Missing!A1) | A1:A3 | C1:C3*2 | #N/A | TRUE | +A1
"say ""hi"" now" | (1+2)*3 | 1+2&3 | 2=2&"" | 5>3=TRUE | -2% | A1 + A2 | A1=10
"""
ARRAYS = {
    "H1:H5": [
        'IF(LEN(B1:B5)>1,"long",B1:B5)', "C1:C5*2", "C1:C5*{1;2;3;4;5}", '(B1:B5="x")*C1:C5',
        'IFERROR(1/(C1:C5-3),"-")',
        "_xlfn.SEQUENCE(5)", "_xlfn.SEQUENCE(ROWS(C1:C5),1,10,-2)", "_xlfn.SORTBY(C1:C5,-C1:C5,1)",
        "_xlfn._xlws.SORT(C1:C5,1,-1)", '_xlfn._xlws.SORT(IF(C1:C5>3,C1:C5,""))',
        "_xlfn.SORTBY(B1:B5,{2;1;2;1;3},-1,C1:C5,1)",
        "_xlfn.LET(_xlpm.x,C1:C5,_xlpm.y,_xlpm.x+1,_xlpm.x*_xlpm.y)", "INDEX(B1:C5,0,2)", "ROW(C1:C5)-1",
        "LARGE(C1:C5,_xlfn.SEQUENCE(5))",
        "IF({TRUE;FALSE;TRUE;FALSE;TRUE},C1:C5,A1)", "IF(A1>5,C1:C5,0)", "C1:C5>=LARGE(C1:C5,2)", "A1:A5&\"\"",
    ],
    "H1:J2": ["C1:C2*{1,2,3}", "_xlfn.SEQUENCE(2,3)", "{1,2,3;4,5,6}", "IF({1,0,1},C1:C2,B1:B2)"],
    "H1:H4": ["COUNTIF(B1:B5,B1:B4)", "SUMIF(B1:B5,B1:B4,C1:C5)", "MATCH(B1:B4,B1:B5,0)"],
    "H1:I2": ["B1:C2"],
    "H1:H2": ["_xlfn._xlws.FILTER(C1:C5,C1:C5>3)", '_xlfn._xlws.FILTER(C1:C5,B1:B5="x")'],
}  # fmt: skip
UNKNOWN = """
XLOOKUP("x",B1:B5,C1:C5) | TODAY() | NOW()-1 | INDIRECT("A1") | OFFSET(A1,1,0) | TEXT(A1,"0.0") | RAND() | MYOWN(A1)
"1/2/2025"+1 | "5%"*2 | "1,000"+1 | "3 May"+0 | 1E-17&"" | 1E20&"" | CHAR(200) | UPPER("straße") | DATE(1900,1,5)
MATCH(2.5,C1:C5) | VLOOKUP("x",B1:C5,2) | VLOOKUP("x",B1:C5,2,TRUE) | COUNTIF(D1:D2,7) | COUNTIF(D1:D2,"7.0")
COUNTIF(B1:B5,">b") | COUNTIF(A1:A9,A6) | MATCH(D9,D1:D3,0) | [1]Sheet1!A1 | '[other.xlsx]Sheet1'!A1 | someName+1
Sheet1:Other!A1 | SUM('Sheet1:Other'!A1) | tblX[[#This Row],[y]] | LEFT("😀",1) | COUNTIF(B1:B5,"~")
SUM(A1:XFD1048576) | @#!x | IF( | MATCH("a~b",B1:B5,0) | MOD(2.5,1) | SUBSTITUTE("aa","a","b",2) | INDEX(C1:C5,{1;2})
"1e400"+1 | VALUE("1e400") | "٣"+1 | "５"*2 | "५"+1 | "\u00a05"+1 | "é"<"f" | "z">"é" | "a-b"<"ab" | MOD(1E18,3)
ROUND(1,99) | SUM(_xlfn.SEQUENCE(1000000,1000)) | COUNTIF(B1:B5,"*a*a*a*a*a*a") | _xlfn.LAMBDA(_xlpm.x,_xlpm.x)(1)
"""
CALC_OTHERWISE = {  # each as Excel has it, which formulon follows
    'A4&""', "A4>A3", "IFNA(NA(),7)", "SUM(A1:A5)", "MIN(A1:A5)", "COUNT(A1:A9)", "LARGE(C1:C5,9)", 'FIND("","abc")',
    'COUNTIFS(B1:B5,"x",C1:C4,1)', "INDEX(C1:C5,-1)", 'VLOOKUP("x",B1:C5,3,FALSE)', "LEFT(A3,-1)", "MID(A3,0,1)",
    "LEN(1E-15)", "SQRT(-1)", "POWER(0,0)", "DATE(25,1,1)", "SUM(Missing!A1)",
}  # fmt: skip
ERRORS = {0: "#NULL!", 1: "#DIV/0!", 2: "#VALUE!", 3: "#REF!", 4: "#NAME?", 5: "#NUM!", 6: "#N/A"}
OTHERS = {"Other": {"A1": 7, "A2": 8, "A3": 9}, "My sheet": {"A1": "mine"}}


def split(text: str) -> list[str]:
    return [formula.strip() for line in text.strip().splitlines() for formula in line.split(" | ")]


def column(texts: list[str]) -> dict[str, Any]:
    """The cells, and formulas below each other in column F."""
    return {**CELLS, **{f"F{row}": f"={text}" for row, text in enumerate(texts, 1)}}


def by_formulon(path: Path, row: int, col: int, book: list[Any] = []) -> Any:  # noqa: B006
    if not book or book[0] != path:
        loaded = formulon.Workbook.load(path.read_bytes())
        loaded.recalc()
        book[:] = [path, loaded]
    value = book[1].get_value(0, row, col)
    return ERRORS.get(value.error_code, value.error_code) if value.kind.name == "ERROR" else value.to_python()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The file with the formulas, and what is computed for each."""
    folder = tmp_path_factory.mktemp("formulas")
    book = computed(folder, column(split(FORMULAS)), **OTHERS)
    assert book.failed == {}
    return folder / "book.xlsx", {text: book[f"F{row}"] for row, text in enumerate(split(FORMULAS), 1)}


def different(here: dict[str, Any], there: list[Any]) -> dict[str, Any]:
    pairs = zip(here.items(), there, strict=True)
    return {text: (a, b) for (text, a), b in pairs if not same("" if a is None else a, "" if b is None else b)}


def test_every_formula_has_the_value_that_another_engine_computes(here: tuple[Path, dict[str, Any]]) -> None:
    path, found = here
    assert len(found) > 200
    assert different(found, [by_formulon(path, row, 5) for row in range(len(found))]) == {}


def test_every_formula_has_the_value_that_libreoffice_computes(
    here: tuple[Path, dict[str, Any]], office: Office
) -> None:
    path, found = here
    shown = [row[5] for row in office.recalculated(path)["Sheet1"][: len(found)]]
    assert different(found, shown).keys() == CALC_OTHERWISE


@pytest.mark.parametrize(("area", "text"), [(area, text) for area, texts in ARRAYS.items() for text in texts])
def test_an_array_formula_has_the_values_that_another_engine_computes(tmp_path: Path, area: str, text: str) -> None:
    book = computed(tmp_path, {**CELLS, area.partition(":")[0]: (area, f"={text}")})
    assert book.failed == {}
    for cell in (cell for row in openpyxl.utils.cell.rows_from_range(area) for cell in row):
        row, col = split_cell(cell)
        wanted, value = by_formulon(tmp_path / "book.xlsx", row - 1, col - 1), book[cell]
        assert same("" if value is None else value, "" if wanted is None else wanted), cell


@pytest.mark.parametrize("text", split(UNKNOWN))
def test_what_programs_compute_in_different_ways_has_no_value(tmp_path: Path, text: str) -> None:
    cells = {**CELLS, "D1": "7", "D2": "8", "D3": 0, "F1": f"={text}", "F2": "=F1+1", "F3": '=IFERROR(F1,"never")'}
    failed = computed(tmp_path, cells, Other={"A1": 1}).failed
    assert set(failed) == {"F1", "F2", "F3"}
    assert failed["F1"] and "internal error" not in failed["F1"]
    assert failed["F2"] == failed["F3"] == "needs Sheet1!F1, which could not be computed"


def test_what_is_not_looked_at_needs_no_value(tmp_path: Path) -> None:
    book = computed(tmp_path, {"A1": "=TODAY()", "A2": "=IF(TRUE,5,A1)", "A3": '=IF(LEN("")=0,"",A1*2)'})
    assert list(book.failed) == ["A1"]
    assert (book["A2"], book["A3"]) == (5, "")
