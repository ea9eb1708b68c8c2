"""A figure as large as a date among far smaller ones is asked about on Checks; amounts of that size are not."""

from __future__ import annotations

import datetime as dt

import pytest
from books.fixtures import core_settings

from kam_xl.content.tables import Tables
from kam_xl.workbook.build import build

DAY = (dt.date(2026, 5, 3) - dt.date(1899, 12, 30)).days  # what Excel makes of "3.5"


def said(figures: list[float | None]) -> str:
    """What Checks says of these figures of a year."""
    names = [f"Account {k}" for k in range(len(figures))]
    tables = Tables(
        years=["2025"],
        accounts=[{"account": name} for name in names],
        revenue=[(name, [figure]) for name, figure in zip(names, figures, strict=True)],
    )
    cells = build(core_settings(), tables).book.sheets["Checks"].cells
    texts = [str(getattr(cell, "value", cell)) for _at, cell in sorted(cells.items())]
    return next(text for text in texts[texts.index("Figures that may be dates") :] if "Revenue" in text)


@pytest.mark.parametrize(
    ("figures", "dates"),
    [
        ([5, 7.5, 1_300, DAY], 1),
        ([5, 7.5, DAY + 30, 1_300, DAY, None], 2),
        ([0, -400, 3, DAY], 1),
        ([5, 7.5, 1_300, 46_000, 9_000], 0),  # between the two sizes there is one: such amounts are usual here
        ([5, 7, 9, DAY, 800_000], 0),
        ([30_000, 45_000, 60_000], 0),
        ([5, 7, 9, 12], 0),
        ([5, 7, DAY], 0),  # too few to tell
        ([None, None], 0),
    ],
)
def test_only_a_figure_that_stands_far_apart_is_asked_about(figures: list[float | None], dates: int) -> None:
    question = {
        0: "✓ Revenue, MRR",
        1: "Revenue: is 1 figure a date? It lies in 36,526 to 73,050, all others are below 1,826.",
        2: "Revenue: are 2 figures dates? They lie in 36,526 to 73,050, all others are below 1,826.",
    }
    assert said(figures) == question[dates]
