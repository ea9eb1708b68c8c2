"""The engines differ in who computes, never in what is shown."""

from __future__ import annotations

import pytest
from books.fixtures import real_data
from workbook.test_recalculation import odd_books

from kam_xl.intake.importer import read_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


def books():
    template = load_template("standard")
    yield "sample", template.sample
    yield "northwind", lambda: read_data(real_data("northwind_revenue.csv"), template.settings)
    for name, tables in odd_books():
        yield name, lambda tables=tables: tables


@pytest.mark.parametrize(("name", "tables"), list(books()), ids=[name for name, _ in books()])
def test_native_and_addin_show_the_same_values(name, tables):
    settings = load_template("standard").settings
    data = tables()
    native, addin = (build(settings, data, engine).book.sheets for engine in ("native", "addin"))
    different = {}
    for sheet in native:
        if sheet == "Guide" or sheet == "calc_charts":  # says which engine; the chart of Pareto grows in Excel only
            continue
        for place in dict([*native[sheet].cells.items(), *addin[sheet].cells.items()]):
            a, b = native[sheet].cells.get(place), addin[sheet].cells.get(place)
            if (a or "") != (b or "") or (a == 0) != (b == 0):
                different[sheet, place] = (a, b)
    assert different == {}
