"""The worksheet functions over pandas frames, and the tables of a workbook from and to frames.

Every function of `kam_xl.functions` is here under its name without KAM_: `pareto`, `abc`, `at_risk` …. It takes a frame
and finds its columns by their headings; a heading names another one. The same mistakes are refused in the same one
line, as an `InputError`. Missing values are blank cells::

    >>> import pandas as pd
    >>> from kam_xl import frames
    >>> table = frames.pareto(pd.DataFrame({"account": ["Ash", "Birch"], "revenue": [20, 80]}))
    >>> table["Account"].tolist(), table["Share"].tolist()
    (['Birch', 'Ash'], [0.8, 0.2])

`read` gives every input table of a workbook or a data file, `write` makes a workbook from frames.
"""

from kam_xl.frames.choose import select, watch
from kam_xl.frames.decide import org_chart, org_lines, stakeholders
from kam_xl.frames.monitor import (
    arpa,
    at_risk,
    at_risk_mrr,
    csat,
    duplicates,
    grr,
    health,
    mrr_moves,
    nps,
    nrr,
    quick_ratio,
    risk_level,
)
from kam_xl.frames.plan import raci_check, timeline
from kam_xl.frames.prioritise import (
    abc,
    abc_by_year,
    abc_changes,
    abc_summary,
    gini,
    hhi,
    pareto,
    top_share,
    vital_share,
)
from kam_xl.frames.profit import clv, profit, profit_matrix, whale, whitespace
from kam_xl.frames.reading import Frames, read
from kam_xl.frames.score import cagr, rank, scale, score, scoring, sensitivity
from kam_xl.frames.writing import Written, write

__all__ = [
    "Frames",
    "Written",
    "abc",
    "abc_by_year",
    "abc_changes",
    "abc_summary",
    "arpa",
    "at_risk",
    "at_risk_mrr",
    "cagr",
    "clv",
    "csat",
    "duplicates",
    "gini",
    "grr",
    "health",
    "hhi",
    "mrr_moves",
    "nps",
    "nrr",
    "org_chart",
    "org_lines",
    "pareto",
    "profit",
    "profit_matrix",
    "quick_ratio",
    "raci_check",
    "rank",
    "read",
    "risk_level",
    "scale",
    "score",
    "scoring",
    "select",
    "sensitivity",
    "stakeholders",
    "timeline",
    "top_share",
    "vital_share",
    "watch",
    "whale",
    "whitespace",
    "write",
]
