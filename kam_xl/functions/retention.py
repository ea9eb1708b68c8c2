"""Retention: what happened to the monthly recurring revenue (MRR) between two dates."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis import mrr as analysis
from kam_xl.analysis.compare import Floats
from kam_xl.functions.arguments import END_MRR, HEADERS, MRR, START_MRR
from kam_xl.functions.registry import worksheet_function

CATEGORY = "Monitor"


def _no_data(*amounts: Floats) -> bool:
    return all(bool(np.isnan(each).all()) for each in amounts)


@worksheet_function(
    CATEGORY,
    "scalar",
    "Net revenue retention: the recurring revenue that the accounts of the start have at the end, over what they had. "
    "New accounts do not count.",
    START_MRR,
    END_MRR,
)
def KAM_NRR(start_mrr: Floats, end_mrr: Floats) -> float | str:
    """Net revenue retention of the accounts with MRR at the start; expansion counts, new accounts never do.

    Negative MRR counts as 0. No MRR at the start: n/a. No data: blank.

    Examples
    --------
    >>> KAM_NRR([100, 60, 40, ""], [120, 54, 36, 99])
    1.05
    """
    return "" if _no_data(start_mrr, end_mrr) else analysis.net_retention(start_mrr, end_mrr)


@worksheet_function(
    CATEGORY,
    "scalar",
    "Gross revenue retention: as net retention with every account's end capped at its start. Never above 100 %.",
    START_MRR,
    END_MRR,
)
def KAM_GRR(start_mrr: Floats, end_mrr: Floats) -> float | str:
    """Gross revenue retention: losses only, since each account's end is capped at its start.

    Negative MRR counts as 0. No MRR at the start: n/a. No data: blank.

    Examples
    --------
    >>> KAM_GRR([86, 6, 8], [90, 0, ""])
    0.86
    """
    return "" if _no_data(start_mrr, end_mrr) else analysis.gross_retention(start_mrr, end_mrr)


@worksheet_function(
    CATEGORY,
    "table",
    "The movements of recurring revenue from the start to the end: new, reactivated, expansion, contraction, churned.",
    START_MRR,
    END_MRR,
    HEADERS,
    columns=("Movement", "MRR", "Accounts"),
)
def KAM_MRR_MOVES(start_mrr: Floats, end_mrr: Floats) -> list[Any]:
    """Movement, MRR, accounts: always seven rows, from Start to End; losses are negative.

    New: blank at the start. Reactivated: a typed 0 at the start. Churned: 0 or blank at the end. Negative MRR counts
    as 0. A difference within the relative tolerance of 1e-9 is no movement. Start plus the movements is End.

    Examples
    --------
    >>> for row in KAM_MRR_MOVES([100, 50, 80, "", 0], [120, 40, 0, 30, 10]):
    ...     print(row)
    ['Start', 230.0, 3]
    ['New', 30.0, 1]
    ['Reactivated', 10.0, 1]
    ['Expansion', 20.0, 1]
    ['Contraction', -10.0, 1]
    ['Churned', -80.0, 1]
    ['End', 200.0, 4]
    """
    found = analysis.movements(start_mrr, end_mrr)
    rows = {
        "Start": found.start,
        "New": found.new,
        "Reactivated": found.reactivated,
        "Expansion": found.expansion,
        "Contraction": found.contraction,
        "Churned": found.churned,
        "End": found.end,
    }
    return [list(rows), [row.mrr for row in rows.values()], [row.accounts for row in rows.values()]]


@worksheet_function(
    CATEGORY,
    "scalar",
    "Quick ratio: recurring revenue gained (new, reactivated, expansion) over recurring revenue lost (contraction, "
    "churned).",
    START_MRR,
    END_MRR,
)
def KAM_QUICK_RATIO(start_mrr: Floats, end_mrr: Floats) -> float | str:
    """Revenue gained over revenue lost, by the movements of `KAM_MRR_MOVES`.

    No losses: n/a, not 0. No data: blank.

    Examples
    --------
    >>> KAM_QUICK_RATIO([10, 8, ""], [5, 5, 28])
    3.5
    """
    return "" if _no_data(start_mrr, end_mrr) else analysis.quick_ratio(start_mrr, end_mrr)


@worksheet_function(
    CATEGORY,
    "scalar",
    "Average recurring revenue per account, over the accounts that pay.",
    MRR,
)
def KAM_ARPA(mrr: Floats) -> float | str:
    """Mean MRR of the accounts with MRR above 0.

    Nobody pays: n/a. No data: blank.

    Examples
    --------
    >>> KAM_ARPA([1, 1, 3, 5, 5, 0, ""])
    3.0
    """
    return "" if _no_data(mrr) else analysis.arpa(mrr)
