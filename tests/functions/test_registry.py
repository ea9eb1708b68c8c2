"""What hosts rely on: names, help texts, arguments and shapes of the registered functions."""

import doctest
import importlib
import re

import pytest

import kam_xl.functions
from kam_xl.functions import FUNCTIONS, KAM_ABC, KAM_AT_RISK_MRR, call

NAMES = """
PARETO ABC ABC_BY_YEAR ABC_SUMMARY ABC_CHANGES TOP_SHARE VITAL_SHARE HHI GINI CAGR SCALE SCORE RANK SCORING HEALTH
RISK_LEVEL AT_RISK AT_RISK_MRR NRR GRR MRR_MOVES QUICK_RATIO ARPA CSAT NPS
"""
VBA_KEYWORDS = """
alias and any as attribute base boolean byref byte byval call case close compare const currency date decimal declare
default dim do double each else elseif empty end enum erase error event exit explicit false for friend function get
global gosub goto if implements in input integer is let lib like line lock long longlong longptr loop lset me mid mod
name new next not nothing null object on open option optional or output paramarray preserve print private property
public put raiseevent read redim rem reset resume return rset seek select set single spc static step stop string sub
tab then time to true type typeof unlock until variant wend while width with withevents write xor
"""


@pytest.fixture(params=list(FUNCTIONS))
def function(request):
    return FUNCTIONS[request.param]


def test_every_decided_function_exists():
    assert set(FUNCTIONS) >= {f"KAM_{name}" for name in NAMES.split()}


def test_functions_can_be_imported_by_name():
    for name, function in FUNCTIONS.items():
        assert getattr(kam_xl.functions, name) is function
        assert name in kam_xl.functions.__all__


def test_names_are_upper_case_and_no_cell_addresses(function):
    assert re.fullmatch(r"KAM_[A-Z]+(_[A-Z]+)*", function.name)


def test_help_fits_the_function_wizard(function):
    for text in [function.help, *(argument.help for argument in function.args)]:
        assert 10 < len(text) <= 255
        assert text.endswith(".")
    assert len(",".join(argument.name for argument in function.args)) < 254
    assert function.category


def test_arguments_can_be_written_in_vba_and_lambda(function):
    for argument in function.args:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", argument.name)
        assert argument.name not in VBA_KEYWORDS.split()
        assert argument.name not in ("r", "c")


def test_optional_arguments_come_last_and_say_what_happens_without_them(function):
    optional = [argument.optional for argument in function.args]
    assert optional == sorted(optional)
    for argument in function.args:
        assert argument.optional or argument.default is None
        assert argument.default is None or "if omitted" in argument.help
        if isinstance(argument.default, float):
            assert f"{argument.default:g} if omitted" in argument.help


def test_choices_and_limits_hold_for_the_defaults(function):
    for argument in function.args:
        assert bool(argument.choices) == (argument.kind in ("text", "words"))
        assert argument.kind != "text" or argument.default in argument.choices
        assert all(choice == choice.casefold() for choice in argument.choices)


def test_weights_name_the_argument_whose_columns_they_weigh(function):
    for place, argument in enumerate(function.args):
        assert bool(argument.over) == (argument.kind == "weights")
        assert not argument.over or argument.over in [before.name for before in function.args[:place]]


def test_tables_have_headings_and_nothing_else_has(function):
    assert bool(function.columns) == (function.result == "table")
    assert (function.result == "table") == ("headers" in [argument.name for argument in function.args])


def test_the_shape_of_the_result_is_the_registered_one(function):
    one = {"number": 1.0, "weights": 1.0, "text": "", "words": [None, None]}
    cells = [one.get(a.kind, [1.0, 2.0]) for a in function.args]
    cells = [None if a.optional else cell for a, cell in zip(function.args, cells, strict=True)]
    result = function(*cells)
    if function.result == "scalar":
        assert not isinstance(result, list)
    elif function.result == "table":
        assert {len(row) for row in result} == {len(function.columns)}
    else:
        assert [len(row) for row in result] == [1, 1]
        assert not function.text or all(isinstance(cell, str) for row in result for cell in row)


def test_headers_put_the_headings_on_top(function):
    if function.result == "table":
        position = [argument.name for argument in function.args].index("headers")
        cells = [1.0 if a.kind in ("weights", "number") and not a.optional else None for a in function.args]
        plain = function(*cells)
        cells[position] = True
        assert function(*cells) == [list(function.columns), *plain]


def test_the_example_in_the_docstring_is_found_and_run(function):
    module = importlib.import_module(function.__module__)
    found = {test.name: test for test in doctest.DocTestFinder().find(module)}
    test = found[f"{module.__name__}.{function.name}"]
    assert any(function.name in example.source for example in test.examples)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_signature_shows_what_can_be_left_out():
    assert KAM_ABC.signature == "KAM_ABC(revenue, [a_cut], [b_cut], [rule])"
    assert KAM_AT_RISK_MRR.signature == "KAM_AT_RISK_MRR(mrr, kpi, threshold, [direction])"


def test_call_by_name():
    assert call("KAM_ABC", [[85, 15], 0.9]) == [["A"], ["A"]]


def test_pandas_frames_and_series_go_in_as_they_are():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"account": ["a", "b", "c"], "2024": [85, 15, None], "2025": [1, 2, 3]})
    assert FUNCTIONS["KAM_ABC"](frame["2024"]) == [["A"], ["B"], [""]]
    assert FUNCTIONS["KAM_ABC"](frame[["2024", "2025"]]) == [["A"], ["B"], ["C"]]
