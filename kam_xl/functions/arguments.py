"""Arguments that several functions share, with the help that every host shows."""

from __future__ import annotations

from kam_xl.functions.registry import Argument

ACCOUNTS = Argument("accounts", "labels", "The account names: one column.")
REVENUE = Argument(
    "revenue", "amounts", "Revenue, one row per account. Several columns (years) are added up. Blank rows do not count."
)
REVENUE_BY_YEAR = Argument(
    "revenue_by_year", "numbers", "Revenue, one row per account and one column per year, the first year first."
)
A_CUT = Argument(
    "a_cut",
    "number",
    "An account is A while the accounts before it make less than this share of revenue. 0.8 if omitted.",
    optional=True,
    default=0.8,
    limit="share",
)
B_CUT = Argument(
    "b_cut",
    "number",
    "An account is B while the accounts before it make less than this share of revenue. 0.95 if omitted.",
    optional=True,
    default=0.95,
    limit="share",
    at_least="a_cut",
)
RULE = Argument(
    "rule",
    "text",
    '"crossing" (if omitted): the account that crosses a cut is inside it. "within": it is outside.',
    optional=True,
    default="crossing",
    choices=("crossing", "within"),
)
CUT = Argument(
    "cut",
    "number",
    "The share of revenue that the vital few reach together. 0.8 if omitted.",
    optional=True,
    default=0.8,
    limit="share",
)
HEADERS = Argument("headers", "flag", "TRUE puts headings above the table. FALSE if omitted.", True, False)
MRR = Argument(
    "mrr",
    "amounts",
    "Monthly recurring revenue, one row per account. Several columns (plans) are added up.",
)
KPI = Argument("kpi", "column", "The number that shows the risk, one per account. A blank one is not at risk.")
THRESHOLD = Argument("threshold", "number", "The line that the KPI must not cross.")
DIRECTION = Argument(
    "direction",
    "text",
    '"below" (if omitted): at risk is a KPI below the threshold. "above": one above it.',
    optional=True,
    default="below",
    choices=("below", "above"),
)
START_MRR = Argument(
    "start_mrr",
    "amounts",
    "Monthly recurring revenue at the start, one row per account. Blank: no account yet; 0: an account that paused.",
)
END_MRR = Argument(
    "end_mrr", "amounts", "Monthly recurring revenue at the end, one row per account, in the same order as the start."
)


def weights_of(name: str, things: str, over: str) -> Argument:
    """The weights over the columns of another argument."""
    help = f"One weight per {things}, in a row or a column. Only their proportions count."
    return Argument(name, "weights", help, over=over)


GROWTH = Argument("growth", "numbers", "Growth scores, one row per account and one column per criterion.")
GROWTH_WEIGHTS = weights_of("growth_weights", "growth criterion", "growth")
HARMONY = Argument("harmony", "numbers", "Harmony scores, one row per account and one column per criterion.")
HARMONY_WEIGHTS = weights_of("harmony_weights", "harmony criterion", "harmony")
GROWTH_SHARE = Argument(
    "growth_share",
    "number",
    "The part of growth in the total, 0 to 1; harmony has the rest. 0.5 if omitted.",
    optional=True,
    default=0.5,
    limit="part",
)
