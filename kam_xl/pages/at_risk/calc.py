"""At risk: the single figures that other pages show, too."""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Flags, PerAccount, Risk
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    if_,
    iferror,
    sum_,
)
from kam_xl.formulas.messages import say


def calculate(model: Model, accounts: PerAccount, flags: Flags) -> Risk:
    """The queue's single figures."""
    s, calc = model.settings, model.sheet("calc_accounts")
    rule = (accounts.risk_figure, s["risk_threshold"])
    at_risk = model.kam(calc, 1, 40, "KAM_AT_RISK_MRR", accounts.mrr, *rule, s["risk_direction"]).cell(0)
    mrr = model.calc.put("MRR", sum_(accounts.mrr))
    put = model.calc.put
    share = put("MRR at risk, share", iferror(if_(mrr == 0, 0, at_risk / mrr), 0))
    number = put("accounts at risk", sum_(flags.account))
    in_force = say(
        "at risk: {figure} {direction} {limit}",
        figure=s["risk_kpi"],
        direction=s["risk_direction"],
        limit=s["risk_threshold"],
    )
    rule_text = put("rule in force", in_force)
    # an unknown column, or a column without any figure: nobody is judged, which is not “nobody is at risk”
    customers = put("accounts named on Accounts", countif(accounts.name, "?*"))
    unjudged = and_(customers > 0, count(accounts.risk_figure) == 0)
    unknown = put("nobody has the figure of the at-risk rule", unjudged)
    return Risk(mrr, at_risk, share, number, rule_text, customers, unknown)
