"""The worksheet functions: what a host hands over for cells goes in, cells come out.

Every function is a `Function` of the registry and can be called from plain Python as it is called in a cell::

    >>> from kam_xl.functions import KAM_ABC
    >>> KAM_ABC([60, 25, 12, 3])
    [['A'], ['A'], ['B'], ['C']]
"""

from kam_xl.functions.choose import KAM_SELECT, KAM_SENSITIVITY, KAM_WATCH
from kam_xl.functions.concentration import KAM_GINI, KAM_HHI, KAM_TOP_SHARE, KAM_VITAL_SHARE
from kam_xl.functions.decide import KAM_ORG_CHART, KAM_ORG_LINES, KAM_STAKEHOLDERS
from kam_xl.functions.lists import KAM_DUPLICATES
from kam_xl.functions.monitor import KAM_AT_RISK, KAM_AT_RISK_MRR, KAM_HEALTH, KAM_RISK_LEVEL
from kam_xl.functions.plan import KAM_RACI_CHECK, KAM_TIMELINE
from kam_xl.functions.prioritise import KAM_ABC, KAM_ABC_BY_YEAR, KAM_ABC_CHANGES, KAM_ABC_SUMMARY, KAM_PARETO
from kam_xl.functions.profit import KAM_CLV, KAM_PROFIT, KAM_PROFIT_MATRIX, KAM_WHALE, KAM_WHITESPACE
from kam_xl.functions.registry import FUNCTIONS, Argument, Cells, Function, Scalar, call
from kam_xl.functions.retention import KAM_ARPA, KAM_GRR, KAM_MRR_MOVES, KAM_NRR, KAM_QUICK_RATIO
from kam_xl.functions.satisfaction import KAM_CSAT, KAM_NPS
from kam_xl.functions.score import KAM_CAGR, KAM_RANK, KAM_SCALE, KAM_SCORE, KAM_SCORING

__all__ = [
    "FUNCTIONS",
    "KAM_ABC",
    "KAM_ABC_BY_YEAR",
    "KAM_ABC_CHANGES",
    "KAM_ABC_SUMMARY",
    "KAM_ARPA",
    "KAM_AT_RISK",
    "KAM_AT_RISK_MRR",
    "KAM_CAGR",
    "KAM_CLV",
    "KAM_CSAT",
    "KAM_DUPLICATES",
    "KAM_GINI",
    "KAM_GRR",
    "KAM_HEALTH",
    "KAM_HHI",
    "KAM_MRR_MOVES",
    "KAM_NPS",
    "KAM_NRR",
    "KAM_ORG_CHART",
    "KAM_ORG_LINES",
    "KAM_PARETO",
    "KAM_PROFIT",
    "KAM_PROFIT_MATRIX",
    "KAM_QUICK_RATIO",
    "KAM_RACI_CHECK",
    "KAM_RANK",
    "KAM_RISK_LEVEL",
    "KAM_SCALE",
    "KAM_SCORE",
    "KAM_SCORING",
    "KAM_SELECT",
    "KAM_SENSITIVITY",
    "KAM_STAKEHOLDERS",
    "KAM_TIMELINE",
    "KAM_TOP_SHARE",
    "KAM_VITAL_SHARE",
    "KAM_WATCH",
    "KAM_WHALE",
    "KAM_WHITESPACE",
    "Argument",
    "Cells",
    "Function",
    "Scalar",
    "call",
]
