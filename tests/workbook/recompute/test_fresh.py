"""What is computed from the formulas of a workbook is what was written with them: two ways that share no step."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import large
from books.fixtures import core_settings
from workbook.test_recalculation import odd_books

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute import Recomputed, recompute

ENGINES = ["native", "python", "addin"]
ODD = dict(odd_books())


def written(settings: Template, tables: Tables, engine: str, folder: Path) -> Recomputed:
    file = folder / ("book.xlsm" if engine == "python" else "book.xlsx")
    return recompute(build(settings, tables, engine).write(file))


@pytest.mark.parametrize(("name", "engine"), [("text and doubles", "addin"), ("ties, zeros and negatives", "native")])
def test_odd_data_has_the_values_that_were_written(tmp_path: Path, name: str, engine: str) -> None:
    found = written(core_settings(), ODD[name], engine, tmp_path)
    assert (found.changes, found.unmatched, found.right) == ([], [], True)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ODD)
def test_all_odd_data_has_the_values_that_were_written(tmp_path: Path, name: str, engine: str) -> None:
    found = written(core_settings(), ODD[name], engine, tmp_path)
    assert found.changes == []
    assert {one.why for one in found.unmatched if not one.why.startswith("needs ")} <= (
        {"the number 1.58603289232165E-17 has its own spelling in every program"} if name == "hostile names" else set()
    )


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["standard", "saas", "selection"])
def test_every_sample_has_the_values_that_were_written(tmp_path: Path, name: str, engine: str) -> None:
    template = load_template(name)
    found = written(template.settings, template.sample(), engine, tmp_path)
    assert (found.changes, found.unmatched, found.right) == ([], [], True)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_many_accounts_have_the_values_that_were_written(tmp_path: Path, engine: str) -> None:
    found = written(large.settings(), large.tables(), engine, tmp_path)
    assert (found.changes, found.unmatched, found.right) == ([], [], True)
