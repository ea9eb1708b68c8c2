"""Monitor: account health, levels of danger and the queue of accounts at risk."""

from __future__ import annotations

from typing import Any

import numpy as np

from kam_xl.analysis import risk
from kam_xl.analysis.compare import Floats
from kam_xl.analysis.scoring import weighted_mean_present
from kam_xl.functions.arguments import ACCOUNTS, DIRECTION, HEADERS, KPI, MRR, THRESHOLD, weights_of
from kam_xl.functions.registry import Argument, worksheet_function

CATEGORY = "Monitor"
LEVELS = np.array(["", "Low", "Medium", "High"], dtype=object)


@worksheet_function(
    CATEGORY,
    "column",
    "Health of each account: the weighted mean of its factors. The weight of a missing factor is spread over the "
    "others.",
    Argument("factors", "numbers", "The factors, one row per account and one column per factor, all on one scale."),
    weights_of("weights", "factor", "factors"),
)
def KAM_HEALTH(factors: Floats, weights: Floats) -> Floats:
    """Weighted mean per account over the factors that are there, on their scale (by custom 0 to 100).

    A blank weight is 0. An account without a factor that has a weight stays blank.

    Examples
    --------
    >>> KAM_HEALTH([[80, "", 40], ["", "", ""]], [1, 1, 1])
    [[60.0], ['']]
    """
    return weighted_mean_present(factors, weights)


@worksheet_function(
    CATEGORY,
    "column",
    'Level of danger of each account from its health: "High", "Medium" or "Low".',
    Argument("health", "column", "The health of the accounts: one column. Blank cells stay blank."),
    Argument("high_below", "number", "The danger is high below this health. 45 if omitted.", True, 45.0),
    Argument(
        "medium_below",
        "number",
        "The danger is medium below this health. 60 if omitted.",
        optional=True,
        default=60.0,
        at_least="high_below",
    ),
    text=True,
)
def KAM_RISK_LEVEL(health: Floats, high_below: float, medium_below: float) -> Any:
    """Level of danger per account; strictly below the thresholds, with the relative tolerance of 1e-9.

    The tolerance matters because health is computed: a mean of 44.99999999999999 is 45.

    Examples
    --------
    >>> KAM_RISK_LEVEL([30, 45, 60, ""])
    [['High'], ['Medium'], ['Low'], ['']]
    """
    return LEVELS[risk.danger_levels(health, high_below, medium_below)]


@worksheet_function(
    CATEGORY,
    "table",
    "The queue of accounts at risk: the largest monthly recurring revenue first, then the longest in the queue.",
    ACCOUNTS,
    MRR,
    KPI,
    THRESHOLD,
    Argument("days_in_queue", "column", "Days since each account entered the queue.", optional=True, days="span"),
    DIRECTION,
    HEADERS,
    columns=("Account", "MRR", "KPI", "Days in queue"),
)
def KAM_AT_RISK(
    accounts: list[Any], mrr: Floats, kpi: Floats, threshold: float, days_in_queue: Floats | None, direction: str
) -> list[Any]:
    """Account, MRR, KPI, days in the queue, of the accounts at risk.

    At risk is a KPI strictly below (or "above") the threshold, with the relative tolerance of 1e-9; a blank KPI is not
    at risk. Sorted by MRR, largest first; then by days, longest first, unknown last; then in the order of the input.
    A blank MRR is shown and sorted as 0. A row with neither account nor MRR is left out even if it has a KPI.

    Examples
    --------
    >>> KAM_AT_RISK(["Ash", "Birch", "Cedar"], [500, 900, 700], [40, 80, 30], 50, [3, 1, ""])
    [['Cedar', 700.0, 30.0, ''], ['Ash', 500.0, 40.0, 3.0]]
    """
    rows = np.flatnonzero(risk.at_risk(kpi, threshold, direction))
    listed = [row for row in rows.tolist() if accounts[row] != "" or not np.isnan(mrr[row])]
    days = np.full(mrr.size, np.nan) if days_in_queue is None else days_in_queue
    amount = np.nan_to_num(mrr[listed], nan=0.0)
    queue = risk.queue(amount, days[listed])
    order = np.array(listed, dtype=np.intp)[queue]
    return [[accounts[row] for row in order.tolist()], amount[queue], kpi[order], days[order]]


@worksheet_function(
    CATEGORY,
    "scalar",
    "The monthly recurring revenue of the accounts at risk.",
    MRR,
    KPI,
    THRESHOLD,
    DIRECTION,
)
def KAM_AT_RISK_MRR(mrr: Floats, kpi: Floats, threshold: float, direction: str) -> float | str:
    """Sum of the MRR of the accounts whose KPI is on the wrong side of the threshold, as in `KAM_AT_RISK`.

    A blank MRR is 0. Nobody at risk: 0. No data: blank.

    Examples
    --------
    >>> KAM_AT_RISK_MRR([500, 900, 700], [40, 80, 30], 50)
    1200.0
    """
    if np.isnan(mrr).all() and np.isnan(kpi).all():
        return ""
    return float(np.nansum(mrr[risk.at_risk(kpi, threshold, direction)]))
