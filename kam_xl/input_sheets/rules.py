"""The rules on Settings: what each is called, what it does, what may be typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kam_xl.canvas import theme
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS, DATE_KPIS
from kam_xl.locale import _

OWN_FIGURE = object()  # among the words of a drop-down: the heading of the user's own column of Accounts


@dataclass(frozen=True)
class Rule:
    """One setting: its name in the workbook, label, value, unit, what it does, format, what may be typed."""

    name: str
    label: str
    value: Callable[[Template], Any]
    unit: str
    what: str
    num_format: str = "General"
    allow: tuple[Any, ...] = ()


def rules() -> list[Rule]:
    """All rules, in the order of the sheet."""
    return [*_core_rules(), *_page_rules()]


def _page_rules() -> list[Rule]:
    """The rules of the pages that choose, weigh and plan."""
    part, amount = ("decimal", 0, 1), ("decimal", -1e12, 1e12)
    return [
        Rule(
            "weight_change",
            _("Weights: what if"),
            lambda t: t.weight_change,
            _("of weight"),
            _("Scoring tests whether the first place survives if each weight changes by this much."),
            "0%",
            ("decimal", 0.0001, 1),
        ),
        Rule(
            "selection_method",
            _("Selection: score"),
            lambda t: t.selection_method,
            _("rule"),
            _("weighted: mean of the criteria by weight; sum: the criteria added up."),
            "General",
            ("list", "weighted", "sum"),
        ),
        Rule(
            "key_cap",
            _("Selection: key accounts"),
            lambda t: t.key_cap,
            _("at most"),
            _("Start small: promoting is easy, demoting is not."),
            "0",
            ("integer", 1, 1000),
        ),
        Rule(
            "key_at_least",
            _("Selection: least score"),
            lambda t: t.key_at_least,
            _("score"),
            _("A key account needs at least this score. Blank: only the number counts."),
            "General",
            ("decimal", 0, 100),
        ),
        Rule(
            "near",
            _("Watch list: near the line"),
            lambda t: t.near,
            _("of the line"),
            _("Accounts whose score is this much below the line, or less, are watched."),
            "0%",
            part,
        ),
        Rule(
            "fast",
            _("Watch list: fast growth"),
            lambda t: t.fast,
            _("per year"),
            _("Accounts that grow by this much or more are watched."),
            "0%",
            ("decimal", -1, 100),
        ),
        Rule(
            "discount",
            _("Lifetime value: discount"),
            lambda t: t.discount,
            _("per year"),
            _("Next year's profit is worth this much less."),
            "0.0%",
            ("decimal", 0, 10),
        ),
        Rule(
            "clv_years",
            _("Lifetime value: years"),
            lambda t: t.clv_years,
            _("years"),
            _("How many years count. Blank: as long as customers stay."),
            "General",
            ("decimal", 0.0001, 1000),
        ),
        Rule(
            "revenue_line",
            _("Profit matrix: revenue line"),
            lambda t: t.revenue_line,
            _("amount"),
            _("High revenue is this or more. Blank: the median of the accounts."),
            theme.N0,
            amount,
        ),
        Rule(
            "cost_line",
            _("Profit matrix: cost line"),
            lambda t: t.cost_line,
            _("amount"),
            _("High cost-to-serve is this or more. Blank: the median of the accounts."),
            theme.N0,
            amount,
        ),
        Rule(
            "horizon",
            _("Investment horizon"),
            lambda t: t.horizon,
            _("months"),
            _("How long a key account may take to pay back: 12, 24 or 36."),
            "0",
            ("list", "12", "24", "36"),
        ),
    ]


def _core_rules() -> list[Rule]:
    """The rules of the pages that rank and watch."""
    share, score = ("decimal", 0.0001, 1), ("decimal", 0, 100)
    return [
        Rule("company", _("Company"), lambda t: t.company, _("text"), _("Shown under the titles.")),
        Rule(
            "currency", _("Currency and unit"), lambda t: t.currency, _("text"), _("Shown wherever an amount stands.")
        ),
        Rule(
            "report_date",
            _("Report date"),
            lambda t: t.report_date,
            _("date"),
            _("All sheets look back from this day. Blank: the end of the last month on MRR."),
            theme.DATE,
            ("date",),
        ),
        Rule(
            "basis",
            _("Revenue basis"),
            lambda t: t.basis,
            _("year"),
            _("“All years”, or one year heading of Revenue, for Pareto, ABC and concentration."),
        ),
        Rule(
            "compare_months",
            _("Comparison period"),
            lambda t: t.compare_months,
            _("months"),
            _("Change columns compare with this many months earlier."),
            "0",
            ("integer", 1, 60),
        ),
        Rule(
            "pareto_cut",
            _("Pareto line"),
            lambda t: t.pareto_cut,
            _("of revenue"),
            _("The vital few are the fewest largest accounts that together reach it."),
            "0%",
            share,
        ),
        Rule(
            "a_cut",
            _("Class A up to"),
            lambda t: t.a_cut,
            _("of revenue"),
            _("Cumulative revenue share where class A ends."),
            "0%",
            share,
        ),
        Rule(
            "b_cut",
            _("Class B up to"),
            lambda t: t.b_cut,
            _("of revenue"),
            _("Cumulative revenue share where class B ends."),
            "0%",
            share,
        ),
        Rule(
            "rule",
            _("At the line"),
            lambda t: t.rule,
            _("rule"),
            _("crossing: the account that crosses the line is inside; within: it is not."),
            "General",
            ("list", "crossing", "within"),
        ),
        Rule(
            "risk_kpi",
            _("At risk: figure"),
            lambda t: t.own_figure if t.risk.kpi == ACCOUNT_FIELDS["figure"] else t.risk.kpi,
            _("column"),
            _("A heading of Accounts with numbers, Health, or days since contact or to renewal."),
            "General",
            ("list", "Engagement", "Satisfaction", "Health", *DATE_KPIS, OWN_FIGURE),
        ),
        Rule(
            "risk_threshold",
            _("At risk: threshold"),
            lambda t: t.risk.threshold,
            _("points"),
            _("An account is at risk beyond this value; exactly on it is not at risk."),
            "General",
            ("decimal", -1e9, 1e9),
        ),
        Rule(
            "risk_direction",
            _("At risk: direction"),
            lambda t: t.risk.direction,
            _("rule"),
            _("below: low values are bad; above: high values are bad."),
            "General",
            ("list", "below", "above"),
        ),
        Rule(
            "high_below",
            _("Endangerment: high below"),
            lambda t: t.high_below,
            _("points"),
            _("Health below this is High danger."),
            "General",
            score,
        ),
        Rule(
            "medium_below",
            _("Endangerment: medium below"),
            lambda t: t.medium_below,
            _("points"),
            _("Health below this is Medium danger."),
            "General",
            score,
        ),
        Rule(
            "alarm_days",
            _("Days in queue: alarm"),
            lambda t: t.alarm_days,
            _("days"),
            _("Marked ‼ in the at-risk queue from this day on."),
            "0",
            ("integer", 0, 10000),
        ),
        Rule(
            "growth_share",
            _("Growth in the total score"),
            lambda t: t.growth_share,
            _("of total"),
            _("Share of growth in the total score; the rest is harmony."),
            "0%",
            ("decimal", 0, 1),
        ),
        Rule(
            "quadrant",
            _("Quadrant border"),
            lambda t: t.quadrant,
            _("score"),
            _("Scoring matrix: high is this value or more."),
            "0.0",
            ("decimal", 1, 10),
        ),
    ]
