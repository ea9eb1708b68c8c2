"""What Revenue and MRR compute of the five accounts, worked out on paper; see the portfolio for the tables."""

from __future__ import annotations

import datetime as dt

from pages.portfolio import five, tables, variant
from pytest import approx


def test_rows_of_revenue_have_their_total_and_class() -> None:
    found = {name: five().row("Revenue", name, "Total", "Class") for name in ("Ada", "Bell", "Cora", "Dune", "Echo")}
    assert found == {"Ada": [1020, "A"], "Bell": [440, "A"], "Cora": [310, "A"], "Dune": [70, "C"], "Echo": [160, "B"]}
    assert five().column("MRR", "Total")[:4] == [24, 12, 6, 8]  # December 2024
    assert five().column("MRR", "Total")[-4:] == [32, 8, 12, 3]


def test_period_and_partial_years_are_named() -> None:
    """A year of 9 months is partial, and so is one in which fewer than half of the accounts have revenue."""
    assert "Pareto analysis  ·  revenue 2023–2025  ·  k€" in five().texts("Pareto")
    assert "▲ up  ▼ down  = same  ● new  ○ lost" in five().texts("ABC")
    short = variant("Pareto", tables(months={"2025": 11}))
    assert "only partly filled: 2025" in short.texts("ABC")
    for gaps, said in ((2, False), (3, True)):  # 3 of 5 are half or more, 2 of 5 are not
        revenue = [(name, [None if i < gaps else a, b, c]) for i, (name, (a, b, c)) in enumerate(tables().revenue)]
        assert ("only partly filled: 2023" in variant("Pareto", tables(revenue=revenue)).texts("ABC")) is said


def test_without_a_typed_date_the_report_ends_with_the_ledger() -> None:
    pages = variant("At risk", report_date=None)
    assert pages.row("At risk", "Bell", "MRR", "Days in queue") == [8, 90]  # 31 December 2025
    assert pages.card("Dashboard", "Change since Sep 2025")[0] == approx(0.25)
    assert pages.said("Dashboard", "MRR in k€").endswith("data as of 31 Dec 2025")
    earlier = variant(
        "At risk", tables(mrr=[row for row in tables().mrr if row[0] < dt.date(2025, 11, 1)]), report_date=None
    )
    assert earlier.said("Dashboard", "MRR in k€").endswith("data as of 30 Sep 2025")
    assert earlier.value("At risk", "MRR", "Bell") == 9


def test_days_of_a_month_count_for_it_and_a_repeated_row_counts_once() -> None:
    """Bell on 15 December is Bell in December; of two rows, 5 and then 8, the later counts."""
    ledger = [(day.replace(day=15), name, plans) for day, name, plans in tables().mrr]
    bell = ledger.pop(-3)
    repeated = [(dt.date(2025, 12, 1), "Bell", [5]), *ledger, bell]
    pages = variant("At risk", tables(mrr=repeated))
    assert pages.value("At risk", "MRR", "Bell") == 8
    assert pages.card("Dashboard", "Total MRR") == (55, "50 a year ago")
    assert pages.value("Dashboard", "Basic", "Bell") == 8
    assert (
        sum("stands there twice for this month, with 5 (row 9) and 8; the last" in text for text in pages.texts("MRR"))
        == 1
    )


def test_checks_name_what_is_wrong_in_a_row() -> None:
    revenue = [*tables().revenue, ("Zed", [1, 2, -9]), ("Ada", [1, 1, 1])]
    pages = variant("Pareto", tables(revenue=revenue))
    checks = {name: pages.value("Revenue", "Check", name) for name in ("Bell", "Zed")}
    assert checks["Bell"] == ""
    assert "is not on Accounts" in checks["Zed"] and "is negative in total" in checks["Zed"]
    assert sum("stands there twice" in text for text in pages.texts("Revenue")) == 1


def test_a_year_without_figures_is_not_the_last_one() -> None:
    revenue = [(name, [a, b, None]) for name, (a, b, _c) in tables().revenue]
    pages = variant("Pareto", tables(revenue=revenue))
    assert "Pareto analysis  ·  revenue 2023–2024  ·  k€" in pages.texts("Pareto")
    assert pages.value("ABC", "Last year", "Bell") == approx(-0.25)
    assert pages.value("ABC", "Per year", "Bell") == approx(-0.25)  # 150 / 200 in one year
