"""The stored form of formulas, and the lint of definitions."""

from __future__ import annotations

import inspect
import re

import pytest
import xlsxwriter.worksheet

from kam_xl.errors import KamError
from kam_xl.hosts.native.convert import LintError, stored_definition, stored_formula
from kam_xl.hosts.native.functions import ALL, LATER, stored_name

# read and readable form against what Excel stores; the pairs are from files that Excel saved
STORED = {
    "LAMBDA(x, x + 1)": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)",
    "LAMBDA(value, [periods], IF(ISOMITTED(periods), 1, periods) + value)": (
        "_xlfn.LAMBDA(_xlpm.value,_xlop.periods,IF(_xlfn.ISOMITTED(_xlpm.periods),1,_xlpm.periods)+_xlpm.value)"
    ),
    "LAMBDA(x, LET(y, x * 2, z, y + 1, y * z))": (
        "_xlfn.LAMBDA(_xlpm.x,_xlfn.LET(_xlpm.y,_xlpm.x*2,_xlpm.z,_xlpm.y+1,_xlpm.y*_xlpm.z))"
    ),
    "LAMBDA(x, SORT(FILTER(x, x > 0)))": (
        "_xlfn.LAMBDA(_xlpm.x,_xlfn._xlws.SORT(_xlfn._xlws.FILTER(_xlpm.x,_xlpm.x>0)))"
    ),
    'LAMBDA(x, "say ""x"", LET" & x)': '_xlfn.LAMBDA(_xlpm.x,"say ""x"", LET"&_xlpm.x)',
    "LAMBDA(x, /* y, */ SUM(x, {1, 2; 3, 4})) // sum": "_xlfn.LAMBDA(_xlpm.x,SUM(_xlpm.x,{1,2;3,4}))",
    "LAMBDA(x, MAP(x, lambda(X_1, x_1 <= 1E-9)))": (
        "_xlfn.LAMBDA(_xlpm.x,_xlfn.MAP(_xlpm.x,_xlfn.LAMBDA(_xlpm.X_1,_xlpm.x_1<=1E-9)))"
    ),
    "LAMBDA(x, KAM_T(TRUE) & ERROR.TYPE(x))": "_xlfn.LAMBDA(_xlpm.x,KAM_T(TRUE)&ERROR.TYPE(_xlpm.x))",
}  # fmt: skip
FAULTS = {
    "LAMBDA(x, (x + 1)": 'line 1: "(" is never closed',
    "LAMBDA(x, x + 1))": 'line 1: ")" closes nothing',
    "LAMBDA(x, SUM({x, 1)})": 'line 1: ")" closes nothing',
    'LAMBDA(x,\n x & "y)': "line 2: a text is never closed",
    "SUM(1, 2)": "line 1: it must start with LAMBDA(",
    "LAMBDA(x,\n  y + x)": 'line 2: "y" is no name that is known here',
    "LAMBDA(x, A1 + x)": '"A1" is no name that is known here',
    "LAMBDA(x, SUMM(x))": "SUMM is no function that is known here",
    "LAMBDA(x, GROUPBY(x, x, SUM))": "GROUPBY is not in Excel 2024",
    "LAMBDA(x, y, x)": '"y" is never used',
    "LAMBDA(x, LET(y, 1, x))": '"y" is never used',
    "LAMBDA(x, LET(y, y + 1, x + y))": '"y" is no name that is known here',
    "LAMBDA(x, LET(x, 1, x))": '"x" is bound twice; choose another name',
    "LAMBDA(x, LET(q1, 1, x + q1))": '"q1" reads as the address of a cell; choose another name',
    "LAMBDA(x, LET(r, 1, x + r))": '"r" reads as the address of a cell; choose another name',
    "LAMBDA(x, LET(R1C1, 1, x + R1C1))": '"R1C1" reads as the address of a cell',
    "LAMBDA(x, LET(a.b, 1, x + a.b))": '"a.b" has characters that a local name cannot have',
    "LAMBDA(x, LET(rank, 1, x + rank))": '"rank" is a function of Excel; choose another name',
    "LAMBDA(x, LET(kam_t, 1, x + kam_t))": '"kam_t" is the name of another definition',
    "LAMBDA(x, LET(f, LAMBDA(y, y), f(x)))": '"f" is called, but it is a local name',
    "LAMBDA(x, SUM(x#) + x)": '"x#" points at cells',
    "LAMBDA(x, @x)": '"@" points at cells',
    "LAMBDA(x, SUM(Table1[Revenue]) + x)": '"Table1" is no name that is known here',
    "LAMBDA([x], y, x + y)": '"y" is required; it cannot follow an optional parameter',
    "LAMBDA([x], x + 1)": "test [x] with ISOMITTED once and take it once",
    "LAMBDA([x], IF(ISOMITTED(x), 1, x * x))": "test [x] with ISOMITTED once and take it once",
    "LAMBDA(x, IF(ISOMITTED(x), 1, x))": "ISOMITTED takes an optional parameter",
    f'LAMBDA(x, x & "{"y" * 256}")': "a text of more than 255 characters; join two",
    'LAMBDA(x, COUNTIF(x, "<3.5"))': '"<3.5" is read with the decimal sign of the machine; write the number itself',
    'LAMBDA(x, VALUE("0,25") * x)': '"0,25" is read with the decimal sign of the machine',
    'LAMBDA(x, TEXT(x, "#,##0.0"))': '"#,##0.0" is read with the decimal sign of the machine',
    f"LAMBDA(x, x{' + 1234567890' * 400})": "characters in the file; split it to stay under 4000",
}


@pytest.mark.parametrize("text", STORED)
def test_definition_is_stored_as_excel_does(text: str) -> None:
    assert stored_definition(text, {"KAM_T"}) == STORED[text]


@pytest.mark.parametrize("text", FAULTS)
def test_fault_in_a_definition_is_named_with_file_and_line(text: str) -> None:
    with pytest.raises(LintError) as caught:
        stored_definition(text, {"KAM_T"}, "KAM_T.txt")
    assert isinstance(caught.value, KamError)
    assert FAULTS[text] in str(caught.value)
    assert str(caught.value).startswith("KAM_T.txt")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("=KAM_ABC(A1:A9)", "=KAM_ABC(A1:A9)"),
        ("=SUM(A1#)", "=SUM(_xlfn.ANCHORARRAY(A1))"),
        ("='My sheet'!$B$2#*2", "=_xlfn.ANCHORARRAY('My sheet'!$B$2)*2"),
        ('="A1# LET("&Pareto#', '="A1# LET("&_xlfn.ANCHORARRAY(Pareto)'),
        ("=IFERROR(#N/A, #REF!)", "=IFERROR(#N/A, #REF!)"),
        ("=SORT(Accounts[Revenue])", "=_xlfn._xlws.SORT(Accounts[Revenue])"),
        ("=SUM(Accounts[[#This Row],[a]:[b]])", "=SUM(Accounts[[#This Row],[a]:[b]])"),
        ("=LET(sum, A1, sum + SUM(sum))", "=_xlfn.LET(_xlpm.sum, A1, _xlpm.sum + SUM(_xlpm.sum))"),
        ("=XLOOKUP(A1,B:B,C:C)", "=_xlfn.XLOOKUP(A1,B:B,C:C)"),
        ("=A1:A3 A2:C2", "=A1:A3 A2:C2"),
    ],
)
def test_formula_of_a_cell_is_stored_as_excel_does(text: str, stored: str) -> None:
    assert stored_formula(text) == stored
    assert stored_formula(stored) == stored


def test_a_formula_with_the_sign_for_one_of_many_is_refused() -> None:
    with pytest.raises(LintError, match=r"write SINGLE\(x\) instead of @x"):
        stored_formula("=@A1:A3")


def test_prefixes_are_those_of_xlsxwriter() -> None:
    source = inspect.getsource(xlsxwriter.worksheet.Worksheet._prepare_formula)
    known = re.findall(r'"(_xlfn\.[A-Za-z_.0-9]*?)\("', source)
    assert len(known) > 150
    assert [name for name in known if stored_name(name.removeprefix("_xlfn.").removeprefix("_xlws.")) != name] == []


def test_no_function_later_than_excel_2024_passes_for_one_that_may_be_used() -> None:
    assert {"GROUPBY", "PIVOTBY", "TRIMRANGE", "REGEXTEST"} <= LATER <= ALL
