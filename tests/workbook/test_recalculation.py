"""Every value in the file is what a real spreadsheet program computes from the formulas."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from books.compare import differences, stored
from books.fixtures import core_settings

from kam_xl.content.tables import CellError, Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


@pytest.fixture(scope="module")
def recalculated(office):
    """What LibreOffice computes of a workbook, once for all tests that look at it."""
    return cache(office.recalculated)


@pytest.mark.parametrize("name", ["sample", "northwind", "online_retail", "large"])
def test_recalculates_to_the_values_in_the_file(recalculated, request, name):
    path = request.getfixturevalue(name)
    assert differences(path, recalculated(path)) == []


def test_northwind_shows_the_checked_figures(recalculated, northwind):
    sheets = recalculated(northwind)
    calc = {row[0]: row[1] for row in sheets["calc"]}
    assert calc["vital few"] == 34
    assert calc["accounts with revenue rows"] == 89
    assert calc["total revenue"] == pytest.approx(1_265_792.91, abs=0.005)
    assert sheets["Pareto"][0][1] == "34 of 89 accounts (38%) make 80% of revenue"
    hhi = next(row for row in sheets["Pareto"] if str(row[9]).startswith("HHI"))
    assert hhi[13] == pytest.approx(336.9, abs=0.05)
    tiers = [row[4] for row in sheets["Revenue"][8:]]
    assert (tiers.count("A"), tiers.count("A") + tiers.count("B")) == (34, 61)
    assert "1996" in calc["partial years"] or calc["partial years"] == ""


def test_online_retail_shows_the_checked_figures_and_names_the_negatives(recalculated, online_retail):
    sheets = recalculated(online_retail)
    tiers = [row[4] for row in sheets["Revenue"][8:]]
    assert (tiers.count("A"), tiers.count("A") + tiers.count("B")) == (1178, 2634)
    checks = sheets["Checks"]
    listed = [row[3] for row in checks if row[2] == "Revenue"]
    assert len(listed) == 41
    assert all("is negative in total" in text for text in listed)
    assert any(row[5] == "Accounts with negative revenue" and row[7] == 41 for row in checks)
    assert any("2010" in str(row[5]) for row in checks), "December 2010 only: named as partial"


def odd_books():
    """Workbooks that a user could have: nothing in them, one account, and cells that are wrong in every way."""
    yield "empty", Tables.empty(["2024", "2025"])
    yield "no years", Tables()
    yield "one account", Tables(years=["2025"], accounts=[{"account": "Solo"}], revenue=[("Solo", [12.5])])
    yield (
        "hostile names",
        Tables(
            accounts=[{"account": name} for name in ("=1+1", "@SUM(A1)", "+49 30", "-x", "a*b?~c", "'", '"')],
            years=["2024", "2025"],
            revenue=[
                (name, [i + 1, 10 - i])
                for i, name in enumerate(("=1+1", "@SUM(A1)", "+49 30", "-x", "a*b?~c", "'", '"'))
            ],
            mrr=[(dt.date(2025, 1, 1), "a*b?~c", [1, 2]), (dt.date(2025, 1, 1), "=1+1", [3])],
            scores=[("a*b?~c", [5, 5, 5, 5], [5, 5, 5, 5])],
        ),
    )
    yield (
        "ties, zeros and negatives",
        Tables(years=["2024"], revenue=[(f"K{i}", [v]) for i, v in enumerate([5, 5, 5, 0, -3, None, 5, 1e-9, 1e12])]),
    )
    yield (
        "many years",
        Tables(years=[str(y) for y in range(2001, 2026)], revenue=[("A", list(range(25))), ("B", [None] * 24 + [3])]),
    )
    yield (
        "text and doubles",
        Tables(
            accounts=[
                {"account": "A", "engagement": "high", "step": "Nowhere"},
                {"account": "A", "satisfaction": 9},
                {"owner": "me"},
            ],
            years=["2024", "2025"],
            revenue=[("A", [1, "n/a"]), ("A", [2, 3]), (None, [4, 4])],
            mrr=[
                (dt.date(2025, 1, 1), "A", [5]),
                (dt.date(2025, 1, 9), "A", [6]),
                (None, "A", [1]),
                (dt.date(2025, 1, 1), "B", [-2, "x"]),
            ],
            scores=[("A", [None, None, 11, 3], [1, 2, 3, 4])],
        ),
    )


@pytest.mark.parametrize(("name", "tables"), list(odd_books()), ids=[name for name, _ in odd_books()])
def test_odd_data_recalculates_to_the_values_in_the_file(office, tmp_path, name, tables):
    path = build(core_settings(), tables, "addin").write(tmp_path / "odd.xlsx")
    assert differences(path, office.recalculated(path)) == []


def test_all_pages_of_an_empty_workbook_recalculate_to_the_values_in_the_file(office, tmp_path):
    path = build(load_template("standard").settings, Tables.empty(["2024", "2025"]), "addin").write(tmp_path / "e.xlsx")
    assert differences(path, office.recalculated(path)) == []


def test_no_formula_shows_an_error_but_the_points_that_no_chart_draws(sample):
    errors = {
        f"{sheet}{place}": value
        for sheet, cells in stored(sample).items()
        for place, value in cells.items()
        if isinstance(value, str)
        and value.startswith("#")
        and sheet not in ("calc_charts", "calc_map_chart")
        and value != "#"
    }
    assert errors == {}


def test_an_error_in_the_data_is_named_in_the_file(tmp_path):
    accounts = [{"account": "A"}, {"account": "B"}]
    tables = Tables(accounts, ["2024"], revenue=[("A", [CellError("#DIV/0!")]), ("B", [3])])
    built = build(load_template("standard").settings, tables, "addin")
    assert [(p.sheet, p.cell, p.problem) for p in built.problems] == [("Revenue", "F9", "is an error")]
    cells = stored(built.write(tmp_path / "error.xlsx"))
    assert cells["Pareto"][0, 1] == "#KAM! KAM_PARETO: revenue row 1 column 1 is an error (#DIV/0!); mend that cell"
