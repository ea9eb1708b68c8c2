"""The functions by way of xlwings: its real server route, and its real Windows route over a pretended Excel."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from typing import Any

import pytest
from functions.cases import CASES
from functions.same import same
from vba import excel_on_windows, xlwings_server

import kam_xl.udfs
from kam_xl.errors import HostError
from kam_xl.functions import FUNCTIONS

LONG = "a" * 300


def ask(program: Any, calls: list[list[Any]]) -> Any:
    """What a program of this folder answers; it has a process of its own."""
    command = [sys.executable, program.__file__]
    done = subprocess.run(command, input=json.dumps(calls), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def on_server() -> Any:
    return ask(xlwings_server, [[name, cells] for name, cells, _ in CASES])


@pytest.fixture(scope="module")
def on_windows() -> Any:
    return ask(excel_on_windows, [[name, cells] for name, cells, _ in CASES])


def as_rows(result: Any) -> Any:
    return result if isinstance(result, list) else [[result]]


def test_server_gives_the_cells_of_every_case(on_server: Any) -> None:
    for (name, cells, expected), found in zip(CASES, on_server["results"], strict=True):
        if str(expected).startswith("#KAM!"):
            assert found == {"error": expected}, (name, cells)
        else:
            assert same(found, as_rows(expected)), (name, cells, found)


def test_windows_gives_the_cells_of_every_case(on_windows: Any) -> None:
    for (name, cells, expected), found in zip(CASES, on_windows, strict=True):
        assert same(as_rows(found), as_rows(expected)), (name, cells, found)


def test_server_knows_every_function_its_help_and_its_optional_arguments(on_server: Any) -> None:
    described = {entry["id"]: entry for entry in on_server["meta"]["functions"]}
    assert set(described) == set(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        assert described[name]["description"] == function.help
        parameters = [(p["name"], p["description"], p.get("optional", False)) for p in described[name]["parameters"]]
        assert parameters == [(a.name, a.help, a.optional) for a in function.args]


def test_a_row_is_a_row_on_every_route() -> None:
    row = [["KAM_ABC_BY_YEAR", [[[85, 15]]]], ["KAM_ABC", [[[85, 15]]]]]
    assert ask(xlwings_server, row)["results"] == [[["A", "A"]], [["A"]]]
    assert ask(excel_on_windows, row) == [[["A", "A"]], "A"]


def test_dates_and_long_texts_pass() -> None:
    assert ask(excel_on_windows, [["KAM_PARETO", [[LONG], [1]]]])[0][0][1] == LONG[:255]
    assert ask(xlwings_server, [["KAM_PARETO", [[LONG], [1]]]])["results"][0][0][1] == LONG


@pytest.mark.parametrize("error", excel_on_windows.ERRORS)
def test_every_error_of_excel_is_named_on_every_route(error: str) -> None:
    line = f"#KAM! KAM_ABC: revenue row 2 is an error ({error}); mend that cell"
    assert ask(excel_on_windows, [["KAM_ABC", [[5, error]]]]) == [line]
    assert ask(xlwings_server, [["KAM_ABC", [[5, error]]]])["results"] == [{"error": line}]


def test_a_cell_that_is_formatted_as_a_date_is_no_amount_in_excel() -> None:
    amount, task = ["KAM_ABC", [[5, "@2025-05-03"]]], ["KAM_TIMELINE", ["Offer", "@2025-05-01", None, 1, "@2025-05-03"]]
    assert ask(excel_on_windows, [amount, task]) == [
        "#KAM! KAM_ABC: revenue row 2 is a date (2025-05-03); type the number, or format the cell as one",
        [["Offer", 45778.0, 45778.0, 1.0, 1.0, 1.0, "done", ""]],
    ]


def test_the_module_has_the_functions_and_nothing_else() -> None:
    functions = [name for name, value in vars(kam_xl.udfs).items() if name.startswith("KAM_") and callable(value)]
    assert functions == list(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        wrapped = getattr(kam_xl.udfs, name)
        assert (wrapped.__name__, wrapped.__doc__) == (name, function.help)
        assert len(function.help) <= 255


def test_plain_python_calls_them_too() -> None:
    assert kam_xl.udfs.KAM_ABC([[85], [15]]) == [["A"], ["B"]]  # type: ignore[attr-defined]
    assert kam_xl.udfs.KAM_ABC(((85,), (15,)), None, None, None) == [["A"], ["B"]]  # type: ignore[attr-defined]
    assert kam_xl.udfs.KAM_ABC(85) == [["A"]]  # type: ignore[attr-defined]


def test_blank_cells_of_the_browser_are_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    null = type("JsNull", (), {})()
    monkeypatch.setattr(kam_xl.udfs, "_IN_BROWSER", True)
    assert kam_xl.udfs.KAM_ABC([[85], [null], [15]], null) == [["A"], [""], ["B"]]  # type: ignore[attr-defined]


def test_without_xlwings_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlwings", None)
    with pytest.raises(HostError, match=r"Excel needs xlwings to reach Python; .* pip install xlwings"):
        importlib.reload(kam_xl.udfs)
    monkeypatch.undo()
    importlib.reload(kam_xl.udfs)
