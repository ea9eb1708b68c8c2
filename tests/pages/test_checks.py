"""Checks of the five accounts with mistakes put into their tables, counted on paper: one row each unless said."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest
from pages.portfolio import five, tables, variant
from pages.reading import Pages

PAGE = "Checks"
READERS = ["Team", "Account plan", "Decision map", "Divisions", "Rollout", "Selection", "Charter"]
FAULTS: dict[
    str, tuple[str, list[dict[str, Any]]]
] = {  # sheet: a fault as it is named, rows of which the last is wrong
    "goals": (
        "is less than won and lost",
        [
            {"account": "Cora", "goal": g, "term": "mid", "worth": 50, "won": w, "lost": 9}
            for g, w in (("a", 41), ("b", 42))
        ],
    ),
    "actions": (
        "is blank: type a date, or it is never late",
        [{"account": "Cora", "action": a, "term": "mid", "state": s} for a, s in (("a", "done"), ("b", "open"))],
    ),
    "tasks": (
        "is before its start",
        [
            {"task": t, "start": dt.date(2026, 2, 2), "end": dt.date(2026, 2, end), "done": 0}
            for t, end in (("a", 2), ("b", 1))
        ],
    ),
    "raci": ("has more than one A", [{"task": "Twice", "role_1": "A", "role_2": "A/R"}]),
    "charter": (
        "is blank: answer yes, partly or no",
        [{"section": s, "text": "more"} for s in ("Purpose", "Readiness")],
    ),
    "stakeholders": (
        "is no name of this account",
        [{"account": "Cora", "name": n, "reports_to": b} for n, b in (("Fay", None), ("Gil", "Fay"), ("Hal", "Ann"))],
    ),
    "influences": (
        "is not on Stakeholders",
        [{"account": a, "from": "Bob", "to": "Dee"} for a in ("Ada", "Bell")],
    ),
    "divisions": (
        "is above the potential",
        [{"account": "Cora", "division": d, "sold": 20, "potential": p} for d, p in (("Pumps", 20), ("Valves", 19))],
    ),
    "candidates": (
        "is blank: type a score, or the account cannot be chosen",
        [{"account": a, **{f"score_{k}": 3 for k in range(1, n)}} for a, n in (("Ada", 6), ("Dune", 5))],
    ),
}


@cache
def faulty() -> Pages:
    """The five accounts with all the faults; the revenue of Dune is −20 in all, that of Echo 0."""
    records = tables().records
    more = {key: [*records[key], *rows_] for key, (_text, rows_) in FAULTS.items() if key != "candidates"}
    more["candidates"] = FAULTS["candidates"][1]
    revenue = [row for row in tables().revenue if row[0] not in ("Dune", "Echo")]
    revenue += [("Dune", [5, 5, -30]), ("Echo", [0, 0, 0])]
    return variant("", tables(records=records | more, revenue=revenue), sheets=READERS)


def test_every_fault_is_counted_once() -> None:
    """One row of each of the nine tables; besides RACI (Invoice has no A), Coverage (Bell's sales is its manager),

    Revenue (Dune is negative) and Scores (Dune has no growth that could be computed): thirteen.
    """
    pages = faulty()
    assert pages.title(PAGE) == "✗ 13 problems to mend"
    assert "13 rows, 0 functions, 0 full tables" in pages.texts(PAGE)
    for name, number in (("Goals", 1), ("Actions", 1), ("Tasks", 1), ("RACI", 2), ("Coverage", 1), ("Influences", 1)):
        assert pages.value(PAGE, "To mend", name, "Sheets") == f"✗ {number}", name
    for name in ("Charter texts", "Stakeholders", "Division sales", "Candidates", "Revenue", "Scores"):
        assert pages.value(PAGE, "To mend", name, "Sheets") == "✗ 1", name
    assert pages.value(PAGE, "To mend", "Accounts", "Sheets") == pages.value(PAGE, "To mend", "MRR", "Sheets") == "✓"
    assert pages.card("Dashboard", "Problems in the inputs") == (13, "see Checks")


def test_every_fault_is_named_beside_its_sheet() -> None:
    listed = [text for text in faulty().column(PAGE, "Cell, problem and remedy") if isinstance(text, str)]
    assert len(listed) == 13
    for text, _rows in FAULTS.values():
        assert sum(text in line for line in listed) == 1, text
    assert faulty().column(PAGE, "#") == list(range(1, 14))


def test_the_row_at_the_limit_is_right_and_the_one_beyond_is_wrong() -> None:
    for sheet, right, wrong in (("Goals", "a", "b"), ("Actions", "a", "b"), ("Tasks", "a", "b")):
        assert faulty().value(sheet, "Check", right) == "", sheet
        assert faulty().value(sheet, "Check", wrong) != "", sheet


def test_revenue_that_adds_nothing_is_told() -> None:
    section = "Revenue that adds nothing to shares"
    rows = ("Accounts with revenue 0", "Accounts with negative revenue", "Sum of negative revenue")
    assert [faulty().beside(PAGE, row, section, 3)[-1] for row in rows] == [1, 1, -20]
    assert faulty().value(PAGE, "Rows used", "Goals", "Sheets") == "6 of 24"


def test_settings_out_of_range_are_counted() -> None:
    """A border of 11, a wrong basis and an alarm before the first day are three; a cut of A above that of B is one."""
    pages = variant("Pareto", quadrant=11, basis="1999", alarm_days=-1)
    assert pages.value(PAGE, "To mend", "Settings", "Sheets") == "✗ 3"
    assert pages.title(PAGE) == "✗ 3 problems to mend"
    assert variant("Pareto", a_cut=0.96).value(PAGE, "To mend", "Settings", "Sheets") == "✗ 1"
    limits = variant("Pareto", quadrant=10, a_cut=0.95, alarm_days=0)
    assert limits.title(PAGE) == "✓ All checks passed"


@pytest.mark.filterwarnings("ignore:Duplicate header")
def test_headings_of_revenue_are_years_each_once_and_in_order() -> None:
    """2025 before 2024, 2024 twice, 12 is no year: of four headings two stand twice, one too late, one is no year."""
    revenue = [(name, [*values, 1]) for name, values in tables().revenue]
    pages = variant("Pareto", tables(years=["2025", "2024", "2024", "12"], revenue=revenue))
    texts = pages.column(PAGE, "Cell, problem and remedy")
    assert sum("stands there twice" in text for text in texts) == 2
    assert sum("stands after a later year" in text for text in texts) == 2  # 2024 after 2025, 12 after 2024
    assert sum("is no year" in text for text in texts) == 1


def test_a_person_that_stands_there_twice_is_named_in_both_rows() -> None:
    people = [{"account": account, "name": "Fay"} for account in ("Cora", "Cora", "Dune")]
    pages = variant("Decision map", tables(records=tables().records | {"stakeholders": people, "influences": []}))
    assert pages.value(PAGE, "To mend", "Stakeholders", "Sheets") == "✗ 2"


def test_who_has_no_row_on_a_sheet_is_named() -> None:
    """Of six accounts, Fay only on Accounts: Revenue lacks her alone, Scores Echo and her, MRR (Ada's and Dune's rows,

    Dune's of an old month only) four, which is more than half; with three in all two are named.
    """
    accounts = [*tables().accounts, {"account": "Fay"}]
    mrr = [row for row in tables().mrr if row[1] == "Ada"] + [(dt.date(2025, 1, 1), "Dune", [1])]
    pages = variant("Pareto", tables(accounts=accounts, mrr=mrr))
    said = [pages.said(PAGE, f"{sheet}: ") for sheet in ("Revenue", "MRR", "Scores")]
    assert said == ["Revenue: Fay", "MRR: 4 of 6", "Scores: Echo, Fay"]
    three = variant("Pareto", tables(accounts=accounts, scores=tables().scores[:3], revenue=tables().revenue[:3]))
    assert three.said(PAGE, "Revenue: ") == "Revenue: Dune, Echo and 1 more"
    assert three.said(PAGE, "Scores: ") == "Scores: Dune, Echo and 1 more"
    assert five().texts(PAGE).count("✓ Revenue") == five().texts(PAGE).count("✓ MRR") == 1
    assert five().said(PAGE, "Scores: ") == "Scores: Echo"


def test_figures_as_large_as_days_among_far_smaller_ones_are_asked_about() -> None:
    """Excel counts 1 January 2000 as 36,526 and 31 December 2099 as 73,050; a twentieth of the first is 1,826."""

    def asked(*amounts: float, revenue: object = None) -> list[str]:
        mrr = [
            (dt.date(2025, 12, 1), name, [x]) for name, x in zip(("Ada", "Bell", "Cora", "Dune"), amounts, strict=True)
        ]
        pages = variant("Pareto", tables(mrr=mrr, **({"revenue": revenue} if revenue else {})))
        return [text for text in pages.texts(PAGE) if "date? It" in text or "dates? They" in text]

    line = "is 1 figure a date? It lies in 36,526 to 73,050, all others are below 1,826."
    assert asked(36_526, 5, 6, 1_825) == asked(73_050, 5, 6, 7) == [f"MRR: {line}"]
    assert asked(36_525, 5, 6, 7) == asked(73_051, 5, 6, 7) == asked(46_022, 5, 6, 1_826) == []
    assert asked(46_022, 46_023, 6, 7) == []  # two others are too few to tell
    sold = [("Ada", [46_022, 46_023, 3]), ("Bell", [1, 2, 4])]
    lines = "are 2 figures dates? They lie in 36,526 to 73,050, all others are below 1,826."
    assert asked(5, 6, 7, 8, revenue=sold) == [f"Revenue: {lines}"]
    assert asked(5, 6, 7, 46_022, revenue=sold) == [f"Revenue: {lines} MRR: {line}"]
