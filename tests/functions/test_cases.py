"""The shared table of cases, in plain Python; and that it is wide enough."""

import ast
import pathlib

import pytest

from functions.cases import CASES
from functions.same import same
from kam_xl.functions import FUNCTIONS, call


@pytest.mark.parametrize(("name", "cells", "expected"), CASES, ids=[f"{i}-{c[0]}" for i, c in enumerate(CASES)])
def test_every_case_gives_the_expected_cells(name, cells, expected):
    found = call(name, cells)
    assert same(found, expected), f"{name}{cells!r} is {found!r}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_good_and_bad_cases_and_one_without_data(name):
    mine = [(cells, expected) for function, cells, expected in CASES if function == name]
    assert any(str(expected).startswith("#KAM!") for _, expected in mine)
    assert sum(not str(expected).startswith("#KAM!") for _, expected in mine) >= 4
    assert any(cells[0] in (None, "") or set(_flat(cells[:1])) <= {None, ""} for cells, _ in mine)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_is_given_in_some_case_that_succeeds(name):
    good = [cells for function, cells, result in CASES if function == name and not str(result).startswith("#KAM!")]
    for position, argument in enumerate(FUNCTIONS[name].args):
        assert any(len(cells) > position and cells[position] not in (None, "") for cells in good), argument.name


def test_the_expected_values_are_not_computed_by_the_functions():
    files = sorted(pathlib.Path(__file__).parent.glob("cases*.py"))
    assert len(files) == 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not isinstance(node, ast.Import)
            assert not isinstance(node, ast.ImportFrom) or node.module == "functions"  # the other parts of the table


def _flat(cells):
    for cell in cells:
        yield from _flat(cell) if isinstance(cell, list) else [cell]
