"""At risk: the single figures that other pages show, too."""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import cat
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    if_,
    iferror,
    sum_,
)
from kam_xl.locale import _


def calculate(model: Model) -> None:
    """The queue's single figures."""
    c, s, v, calc = model.computed, model.settings, model.values, model.sheet("calc_accounts")
    rule = (c["kpi"], s["risk_threshold"])
    v["risk_mrr"] = model.kam(calc, 1, 40, "KAM_AT_RISK_MRR", c["mrr"], *rule, s["risk_direction"]).cell(0)
    v["mrr"] = model.calc.put("MRR", sum_(c["mrr"]))
    put = model.calc.put
    v["risk_share"] = put("MRR at risk, share", iferror(if_(v["mrr"] == 0, 0, v["risk_mrr"] / v["mrr"]), 0))
    v["risk_accounts"] = put("accounts at risk", sum_(c["flag"]))
    below = cat(s["risk_kpi"], " ", s["risk_direction"] & "", " ", s["risk_threshold"])
    v["risk_rule"] = put("rule in force", cat(_("at risk: "), below))
    # an unknown column, or a column without any figure: nobody is judged, which is not “nobody is at risk”
    v["customers"] = put("accounts named on Accounts", countif(c["name"], "?*"))
    unjudged = and_(v["customers"] > 0, count(c["kpi"]) == 0)
    v["risk_unknown"] = put("nobody has the figure of the at-risk rule", unjudged)
