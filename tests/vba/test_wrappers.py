"""The VBA that we write: that of the functions against xlwings' own generator, and all of it against its limits."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import parse_module
from vba import excel_on_windows

from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.vba import BUTTONS, intellisense_rows, sources
from kam_xl.hosts.vba.modules import module
from kam_xl.hosts.vba.ribbon import callback
from kam_xl.hosts.vba.wrappers import functions_module

OWN = ("KamButtons", "KamRibbon")
PROCEDURE = re.compile(r"^(?:(Public|Private) )?(Sub|Function) (\w+)\(([^)]*)\)", re.MULTILINE)
BRIDGE = """
Public Function CallUDF(m, n, cells)
    Dim i, handed
    For i = LBound(cells) To UBound(cells)
        If IsMissing(cells(i)) Then handed = handed & ",-" Else handed = handed & "," & cells(i)
    Next
    CallUDF = m & "." & n & handed
End Function
"""


def texts() -> dict[str, str]:
    found = {name: sources.own(name).source.replace("\r\n", "\n") for name in OWN}
    return {**found, "KamFunctions": functions_module()}


@pytest.mark.parametrize(("book", "workbook"), [("book.xlsm", "ThisWorkbook"), ("book.xlam", "ActiveWorkbook")])
def test_functions_are_those_that_xlwings_would_write_but_hand_no_workbook_over(book: str, workbook: str) -> None:
    """xlwings writes the code that stands on a workbook's sheets called ….py to a file, and imports it."""
    command = [sys.executable, excel_on_windows.__file__, book]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert theirs.count(f", {workbook}, Application.Caller)") == len(FUNCTIONS)
    theirs = theirs.replace(f", {workbook}, Application.Caller)", ", Nothing, Application.Caller)")
    ours = functions_module()
    ours = ours[ours.index("Public Function") : ours.index("Private Function KamFailure")]
    ours = re.sub(r"^Attribute .*\n", "", ours, flags=re.MULTILINE).replace("Public Function", "Function")
    ours = re.sub(r'KamFailure\("\w+", Err\.Description\)', "Err.Description", ours)
    assert ours.strip() == theirs.strip()


@pytest.mark.parametrize("name", texts())
def test_text_has_nothing_that_reaches_out_and_nobodys_path(name: str) -> None:
    text = texts()[name]
    for word in ("shell", "createobject", "getobject", "wscript", "powershell", "cmd", "environ", "kill", "declare"):
        assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), word
    assert not re.search(r"https?:|ftp:|www\.|\\\\|[A-Za-z]:\\|/(?:home|Users|root|tmp)/", text)
    assert not re.search(r"^\s*Open\b", text, re.MULTILINE)
    assert str(Path.home()) not in text


@pytest.mark.parametrize("name", texts())
def test_text_is_valid_vba_for_another_parser(name: str) -> None:
    parse_module(texts()[name], name="Module1")


@pytest.mark.parametrize("name", texts())
def test_text_keeps_the_limits(name: str) -> None:
    stored = module(texts()[name])
    assert max(map(len, stored.source.split("\r\n"))) <= 1023
    lines = stored.source.split("\r\n")
    assert not re.search(r"(?: _\r\n[^\r]*){25}", stored.source)
    assert not [line for line in lines if len(line) > 255 and '"' not in line]
    for _, _, procedure, _ in PROCEDURE.findall(stored.source):
        assert not re.fullmatch(r"[A-Z]{1,3}\d+|R\d*(C\d*)?|C\d*", procedure.upper())


def test_generated_functions_leave_variables_undeclared_as_xlwings_does() -> None:
    assert "Option Explicit" not in functions_module()


def test_public_names_do_not_meet_each_other_or_xlwings() -> None:
    own: list[str] = []
    for name in (*OWN, "KamFunctions"):
        own += [found[2].upper() for found in PROCEDURE.findall(texts()[name]) if found[0] != "Private"]
    theirs = {found[2].upper() for found in PROCEDURE.findall(sources.xlwings_module().source)}
    assert len(set(own)) == len(own)
    assert not theirs & set(own)
    assert not {"KAMBUTTONS", "KAMRIBBON", "KAMFUNCTIONS", "XLWINGS"} & ({*own} | theirs)


def test_every_function_of_the_registry_is_there_with_its_help() -> None:
    text = functions_module()
    public = [found[2] for found in PROCEDURE.findall(text) if found[0] == "Public" and found[1] == "Function"]
    assert public == sorted(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        described = function.help.replace('"', '""')
        assert f'Attribute {name}.VB_Description = "{described}"\n' in text
        assert f'    KamDescribe "{name}", _\n        "{described}", Array( _\n' in text
        for argument in function.args:
            assert '"' + argument.help.replace('"', '""') + '"' in text


def test_a_help_in_another_script_does_not_stop_the_writer() -> None:
    foreign = replace(FUNCTIONS["KAM_HHI"], help="تمرکز درآمد")
    assert module(functions_module(functions=[foreign])).name == "KamFunctions"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_wrapper_hands_every_cell_over_in_its_order(name: str) -> None:
    function = FUNCTIONS[name]
    given = sum(not argument.optional for argument in function.args)
    excel = application_with_functions("    Set XLPy = New Bridge\n")
    handed = [str(number + 1) if number < given else "-" for number in range(len(function.args))]
    assert excel.run(name, *range(1, given + 1)) == ",".join([f"kam_xl.udfs.{name}", *handed])
    handed = [str(number + 1) for number in range(len(function.args))]
    assert excel.run(name, *range(1, len(function.args) + 1)) == ",".join([f"kam_xl.udfs.{name}", *handed])


def test_a_python_that_cannot_be_reached_is_one_line_in_the_cell() -> None:
    excel = application_with_functions('    Err.Raise 1, Description:="Could not load" & vbCrLf & "xlwings.dll"\n')
    line = "#KAM! KAM_HHI: Python does not answer (Could not load  xlwings.dll); run in a terminal: kam-xl doctor"
    assert excel.run("KAM_HHI", 1) == line


@cache
def application_with_functions(xlpy: str) -> ExcelApplication:
    """Excel as pyOpenVBA has it; it knows no Application.Caller and no attributes of procedures."""
    text = re.sub(r"^Attribute KAM_.*\n", "", functions_module(), flags=re.MULTILINE)
    text = text.replace("If TypeOf Application.Caller Is Range Then ", "").replace(", Nothing, Application.Caller", "")
    excel = ExcelApplication()
    excel.add_workbook()
    excel.add_module(text, name="KamFunctions")
    excel.add_module(f"Public Function XLPy()\n{xlpy}End Function\n", name="xlwings")
    excel.add_module(BRIDGE, name="Bridge", kind="class")
    return excel


def test_every_button_has_its_macro_and_its_callback() -> None:
    macros = {found[2]: found for found in PROCEDURE.findall(texts()["KamButtons"]) if found[0] == "Public"}
    assert list(macros) == [button.macro for button in BUTTONS]
    assert all(found[1] == "Sub" and found[3] == "" for found in macros.values())
    callbacks = {found[2]: found for found in PROCEDURE.findall(texts()["KamRibbon"]) if found[0] == "Public"}
    assert list(callbacks) == [callback(button.macro) for button in BUTTONS]
    assert {found[3] for found in callbacks.values()} == {"control As IRibbonControl"}
    for button in BUTTONS:
        body = texts()["KamRibbon"].split(f"Sub {callback(button.macro)}(")[1].split("End Sub")[0]
        assert re.search(rf"\b{button.macro}\b", body)
        assert 3 < len(button.caption) <= 20
        assert button.tip.endswith(".")


def test_intellisense_has_the_form_that_excel_dna_reads() -> None:
    rows = intellisense_rows()
    assert rows[0][:2] == ["FunctionInfo", 1.0]
    assert len({len(row) for row in rows}) == 1
    assert [row[0] for row in rows[1:]] == sorted(FUNCTIONS)
    for row in rows[1:]:
        function = FUNCTIONS[str(row[0])]
        assert row[1:3] == [function.help, ""]
        names, helps = row[3::2], row[4::2]
        assert [name for name in names if name] == [f"[{a.name}]" if a.optional else a.name for a in function.args]
        assert [text for text in helps if text] == [argument.help for argument in function.args]
