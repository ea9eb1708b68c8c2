"""A whole workbook of the engine native, recalculated: no cell differs from its value."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel

from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = load_template("standard")
    path = tmp_path_factory.mktemp("book") / "sample.xlsx"
    return Path(build(template.settings, template.sample(), "native").write(path))


def same_cell(stored: Any, shown: Any) -> bool:
    if stored in (None, "") or shown in (None, ""):
        return stored in (None, "") and shown in (None, "")
    if isinstance(stored, bool | str) or isinstance(shown, bool | str):
        return type(stored) is type(shown) and stored == shown
    return math.isclose(stored, shown, rel_tol=1e-9, abs_tol=1e-12)


def test_recalculated_every_cell_shows_the_value_that_is_stored_for_it(sample: Path) -> None:
    model = ironcalc.load_from_xlsx(str(sample), "en", "UTC", "en")
    model.evaluate()
    formulas, values = openpyxl.load_workbook(sample), openpyxl.load_workbook(sample, data_only=True)
    different, called = {}, 0
    for number, name in enumerate(formulas.sheetnames):
        for row in formulas[name].iter_rows():
            for cell in row:
                called += "KAM_" in str(getattr(cell.value, "text", cell.value))
                stored = values[name].cell(cell.row, cell.column).value
                if isinstance(stored, datetime):
                    stored = to_excel(stored)
                shown = model.get_cell_value(number, cell.row, cell.column)
                if not same_cell(stored, shown):
                    different[name, cell.coordinate] = (stored, shown)
    assert called > 20
    assert different == {}


def test_a_larger_revenue_moves_its_account_to_the_top_of_the_pareto_table(sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    model = ironcalc.load_from_xlsx(str(sample), "en", "UTC", "en")
    pareto, revenue = book.sheetnames.index("Pareto"), book.sheetnames.index("Revenue")
    top = next(
        cell
        for row in book["Pareto"].iter_rows()
        for cell in row
        if "KAM_PARETO" in str(getattr(cell.value, "text", ""))
    )
    model.evaluate()
    first, last = (model.get_cell_value(pareto, top.row + step, top.column + 1) for step in (0, 5))
    typed = next(cell for cell in book["Revenue"]["B"] if cell.value == last)
    for cell in book["Revenue"][typed.row]:
        if isinstance(cell.value, int | float):
            model.update_cell_with_number(revenue, cell.row, cell.column, 1e9)
    model.evaluate()
    assert [model.get_cell_value(pareto, top.row + step, top.column + 1) for step in (0, 1)] == [last, first]
