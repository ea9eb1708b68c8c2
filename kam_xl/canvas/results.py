"""What the steps of building have found out, one frozen object per subject, and who may read which.

A step is a function of the model and of the results that it needs: ``calculate(model, ledger: Ledger, report: Report)
-> PerAccount``. Its arguments say what has to be there before, what it returns is given to those that come after.
"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.formulas.formula import Range, Ref


@dataclass(frozen=True)
class Ledger:
    """Columns behind MRR, one row per row of the ledger. A row that a later one replaces is blank in them."""

    month: Range  # first day of the month
    account: Range  # row on Accounts
    key: Range  # month and account in one number
    total: Range
    plan: Range  # number of the largest plan that is paid for
    plans: tuple[Range, ...]  # amounts, plan by plan
    repeats: Range  # row on which month and account stand first


@dataclass(frozen=True)
class Report:
    """The date of the report, the months that it compares, and the 13 months that lead to it."""

    date: Ref
    date_text: Ref
    first_month: Ref  # of the ledger
    month: Ref
    month_text: Ref
    month_rows: Ref  # of the ledger
    compared: Ref
    compared_text: Ref
    compared_rows: Ref
    year_ago: Ref
    year_ago_rows: Ref
    months: Range  # the 13 months
    rows: Range  # of the ledger in each
    mrr: Range  # in each


@dataclass(frozen=True)
class Revenue:
    """Years and classes behind Revenue."""

    names: Range  # of the years
    years: Ref  # how many, to the last one with figures
    first_year: Ref
    last_year: Ref
    basis: Ref  # number of the year that counts, 0 for all of them
    period: Ref  # the basis in words
    partial: Ref  # names of the years that are filled in part
    first_last: Range  # revenue of the first and the last year, row by row
    cagr: Range
    classes: Range  # of the basis
    classes_by_year: Range


@dataclass(frozen=True)
class Totals:
    """Revenue of all years, row by row."""

    revenue: Range


@dataclass(frozen=True)
class PerAccount:
    """One row per row of Accounts."""

    no: Range
    name: Range
    days: Range  # in the queue
    revenue_row: Range
    ledger_row: Range
    mrr: Range
    mrr_compared: Range
    mrr_before: Range  # a year ago
    health: Range
    level: Range
    risk_figure: Range  # what the at-risk rule looks at
    upsell: Range
    in_step: Range  # accounts in each onboarding step
    nrr: Ref
    grr: Ref


@dataclass(frozen=True)
class Flags:
    """Who is at risk: 1 or 0, for each row of Accounts and of the ledger."""

    account: Range
    ledger: Range


@dataclass(frozen=True)
class Importance:
    """What pages sort accounts by, and the rows of the first ones."""

    amount: Range
    before: Range
    ranking: Range


@dataclass(frozen=True)
class Lacks:
    """Which accounts Revenue, MRR and Scores have no row of, in words."""

    lines: tuple[Ref, ...]


@dataclass(frozen=True)
class Scored:
    """Scores in force, one row per row of Scores."""

    name: Range
    growth: Range
    harmony: Range


@dataclass(frozen=True)
class Risk:
    """MRR in all and at risk."""

    mrr: Ref
    at_risk: Ref
    share: Ref
    accounts: Ref  # at risk
    rule: Ref  # in words
    customers: Ref  # accounts named on Accounts
    unknown: Ref  # whether nobody has the figure of the rule


@dataclass(frozen=True)
class Queue:
    """The accounts at risk in the order of the call."""

    table: Range


@dataclass(frozen=True)
class Pareto:
    """The vital few."""

    table: Range
    largest_first: Range  # amounts in falling order
    accounts: Ref
    total: Ref
    vital: Ref
    vital_share: Ref  # of the accounts
    title: Ref


@dataclass(frozen=True)
class Scoring:
    """The result of KAM_SCORE on its page."""

    table: Range


@dataclass(frozen=True)
class Followed:
    """How many accounts of the ledger Retention follows, and how many there are."""

    room: Range
    accounts: Ref


@dataclass(frozen=True)
class Problems:
    """What is to be mended: rows, functions, full tables."""

    counts: Range  # by sheet
    so_far: Range
    failures: Range  # function, whether it failed, its line
    rooms: Range  # sheet, rows used, full, rows followed
    rows: Ref
    failed: Ref
    full: Ref
    all: Ref
