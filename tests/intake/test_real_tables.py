"""Import of real tables, where they are at hand: in the folder KAM_XL_DATA, or ``shared/data`` beside the project.

The data is not part of the project. The expected figures were counted with other tools.
"""

from __future__ import annotations

import os
from math import fsum
from pathlib import Path

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import Template

FOLDER = Path(os.environ.get("KAM_XL_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


def table(name: str) -> Tables:
    file = FOLDER / name
    if not file.is_file():
        pytest.skip(f"{name} is not at hand; put it into a folder and name that folder with KAM_XL_DATA")
    return read_data(file, Template())


def amounts(tables: Tables) -> list[float]:
    return [v for _account, values in tables.revenue for v in values if isinstance(v, int | float)]


def test_a_wholesaler_with_blank_years() -> None:
    tables = table("northwind_revenue.csv")
    assert (len(tables.accounts), tables.years) == (89, ["1996", "1997", "1998"])
    assert fsum(amounts(tables)) == pytest.approx(1_265_792.91, abs=0.005)
    assert tables.revenue[0] == ("Alfreds Futterkiste", [None, 2022.5, 2250.5])
    assert tables.accounts[0]["notes"] == "id: ALFKI"
    assert tables.remarks == [
        "Columns not known, kept in Notes: id.",
        "Written with other blanks, forms of letters or signs that cannot be seen, and read as: Wolski Zajazd.",
    ]


def test_a_retailer_with_accounts_under_two_countries() -> None:
    tables = table("online_retail_revenue.csv")
    assert (len(tables.accounts), tables.years) == (4372, ["2010", "2011"])
    totals = [fsum(v for v in values if isinstance(v, int | float)) for _account, values in tables.revenue]
    assert sum(total < 0 for total in totals) == 41
    assert tables.accounts[0] == {"account": "12346", "country": "United Kingdom"}
    assert tables.remarks == [
        "8 accounts stand on several rows, added up: 12370, 12394, 12417, 12422, 12429, …",
        "Rows of one account that differ, the first is kept, the other is in Notes: "
        "12370: country “Austria” / “Cyprus”; 12394: country “Belgium” / “Denmark”; "
        "12417: country “Belgium” / “Spain”; 12422: country “Australia” / “Switzerland”; "
        "12429: country “Austria” / “Denmark”; 12431: country “Australia” / “Belgium”; "
        "12455: country “Cyprus” / “Spain”; 12457: country “Cyprus” / “Switzerland”",
    ]


def test_a_table_without_years_loses_nothing() -> None:
    tables = table("northwind_by_category.csv")
    assert len(tables.accounts) == 89
    assert tables.accounts[0]["notes"] == (
        "Beverages: 553.5; Condiments: 1338.8; Dairy Products: 1255.0; Produce: 604.2; Seafood: 521.5"
    )
    assert tables.remarks[-1] == "No column of a year such as 2025: revenue is blank."
