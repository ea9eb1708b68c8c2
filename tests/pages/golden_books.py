"""The workbooks whose pages are kept as texts: the samples, and odd books in which pages have little to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import Built, build

REPORT = dt.date(2025, 12, 31)


def _settings(**changes: object) -> Template:
    own = {"company": "", "report_date": REPORT, "map_account": "", "plan_account": "", "rollout_account": ""}
    return load_template("standard").settings.model_copy(update=own | changes)


def _sample(name: str) -> Built:
    loaded = load_template(name)
    settings = loaded.settings
    if settings.report_date is None:  # else it follows the ledger, or today
        settings = settings.model_copy(update={"report_date": REPORT})
    return build(settings, loaded.sample())


def _empty() -> Built:
    return build(_settings(), Tables.empty(["2023", "2024", "2025"]))


def _one_account() -> Built:
    tables = Tables(
        accounts=[{"account": "Alone", "owner": "Kay", "step": "Live", "engagement": 80, "satisfaction": 4}],
        years=["2024", "2025"],
        revenue=[("Alone", [100, 110])],
        mrr=[(dt.date(2024, 12, 1), "Alone", [8]), (dt.date(2025, 12, 1), "Alone", [9])],
        scores=[("Alone", [None, None, 6, 7], [5, 6, 7, 8])],
    )
    return build(_settings(), tables)


def _revenue_only() -> Built:
    """A trader's customers: revenue of three years with gaps, a credit note, and nothing else."""
    rows = [
        ("Quick Stop", [24112.5, 61109.91, 25055.1]),
        ("Save-a-lot", [18950.0, 57713.57, 27698.64]),
        ("Ernst Handel", [None, 48096.26, 41210.65]),
        ("Hungry Owl", [9123.0, 20402.12, 12796.35]),
        ("Blauer See", [None, 1079.8, 2160.0]),
        ("Centro", [100.8, None, None]),
        ("Gourmet", [None, -12.5, 8414.13]),
    ]
    tables = Tables(accounts=[{"account": name} for name, _years in rows], years=["1996", "1997", "1998"])
    tables.revenue = [(name, list(years)) for name, years in rows]
    tables.months = {"1996": 6, "1998": 5}
    return build(_settings(currency="$", report_date=dt.date(1998, 5, 31)), tables)


def _one_year() -> Built:
    tables = Tables(
        accounts=[
            {"account": name, "engagement": level} for name, level in (("Ash", 90), ("Birch", 55), ("Cedar", 30))
        ],
        years=["2025"],
        revenue=[("Ash", [60]), ("Birch", [30]), ("Cedar", [10])],
        mrr=[(REPORT, "Ash", [5]), (REPORT, "Birch", [None, 3]), (REPORT, "Cedar", [1])],
    )
    return build(_settings(), tables)


def _ties() -> Built:
    """Equal revenue, equal MRR, equal scores, equal health: the order of the rows decides."""
    names = ("North", "East", "South", "West")
    start = dt.date(2024, 12, 1)
    tables = Tables(
        accounts=[
            {"account": name, "engagement": 50, "satisfaction": 3, "queue_since": dt.date(2025, 12, 1)}
            for name in names
        ],
        years=["2024", "2025"],
        revenue=[(name, [25, 25]) for name in names],
        mrr=[(day, name, [2]) for day in (start, REPORT) for name in names],
        scores=[(name, [5, 5, 5, 5], [5, 5, 5, 5]) for name in names],
        records={
            "candidates": [{"account": name, **{f"score_{k}": 5 for k in range(1, 6)}} for name in names],
            "costs": [{"account": name, "product": 2, "direct": 10, "sell": 5, "retention": 0.8} for name in names],
        },
    )
    return build(_settings(), tables)


BOOKS: dict[str, Callable[[], Built]] = {
    "standard": lambda: _sample("standard"),
    "saas": lambda: _sample("saas"),
    "selection": lambda: _sample("selection"),
    "empty": _empty,
    "one_account": _one_account,
    "revenue_only": _revenue_only,
    "one_year": _one_year,
    "ties": _ties,
}
"""How each book is made, by the name of its folder."""
