"""What the Dashboard says first: what is at risk and why, whom to call, who carries the revenue, where to sell more."""

from __future__ import annotations

from kam_xl.canvas.guards import failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import so_what
from kam_xl.canvas.results import Pareto, PerAccount, Queue, Report, Risk
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    abs_,
    and_,
    if_,
    iferror,
    index,
    isnumber,
    length,
    max_,
    min_,
    or_,
)
from kam_xl.formulas.messages import added, joined, say
from kam_xl.input_sheets.accounts import account_row, field
from kam_xl.input_sheets.mrr import day_text
from kam_xl.locale import _

NAMED = 3  # accounts in a sentence


def title(model: Model, year: X) -> X:
    """How MRR changed over a `year` (a share, or nothing), and what of it is at risk."""
    risk = model.of(Risk)
    moved = say(
        "{up, select, true {MRR grew} other {MRR fell}} {change:0%} to {mrr:#,##0} {unit}",
        up=year >= 0,
        change=abs_(year),
        mrr=risk.mrr,
        unit=model.currency,
    )
    now = if_(isnumber(year), moved, say("MRR is {mrr:#,##0} {unit}", mrr=risk.mrr, unit=model.currency))
    part = say("{share:0%} of it is at risk", share=risk.share)
    danger = if_(risk.accounts == 0, _("nobody is at risk"), part)
    danger = if_(risk.unknown, _("what is at risk is unknown"), danger)
    return say("{mrr}; {danger}", mrr=now, danger=danger)


def write(model: Model, row: int, last_col: int, at: Range, ready: X) -> None:
    """Four sentences below the key figures; `at` holds the rows on Accounts of the accounts by importance."""
    first = account_row(model, model.of(Queue).table.cell(0, 0))
    first = model.calc.put("Dashboard: row of the first account at risk", first)
    lines: list[X | str] = [_risk(model, first), _call(model, first), _few(model), _upsell(model, at, ready)]
    so_what(model.sheet("Dashboard"), row, 1, last_col, lines, title=_("Today"))


def _risk(model: Model, row: X) -> X:
    risk = model.of(Risk)
    queue, unit = model.of(Queue).table, model.currency
    first, mrr = queue.cell(0, 0) & "", queue.cell(0, 1)
    reason = field(model, "Reason", row)
    n = risk.accounts
    story = say(
        "{mrr:#,##0} {unit} MRR, {share:0%}, is at risk{n, plural, one { at {first} ({largest:#,##0})}"
        " other { at # accounts, the largest {first} ({largest:#,##0})}}"
        "{why, select, true {: {reason}} other {}}.",
        mrr=risk.at_risk,
        unit=unit,
        share=risk.share,
        n=n,
        first=first,
        largest=mrr,
        why=length(reason) > 0,
        reason=reason,
    )
    blind = say("What is at risk is unknown: no account has a figure for {figure}.", figure=model.settings["risk_kpi"])
    blind = if_(failed(queue), _("The at-risk rule cannot be applied: see Checks."), blind)
    none = if_(risk.mrr == 0, _("No MRR yet: type it on MRR to see what is at risk."), _("No account is at risk."))
    return iferror(if_(or_(failed(queue), risk.unknown), blind, if_(n == 0, none, story)), "–")


def _call(model: Model, row: X) -> X:
    """The first of the queue: how long it waits, what is promised, until when."""
    risk = model.of(Risk)
    report = model.of(Report)
    queue = model.of(Queue).table
    first, days = queue.cell(0, 0) & "", queue.cell(0, 3)
    step, due, owner = (field(model, heading, row) for heading in ("Next step", "Due", "Owner"))
    due = model.calc.put("Dashboard: when its next step is due", due)
    late = and_(isnumber(due), isnumber(report.date), iferror(due < report.date, False))
    story = say(
        "Call {account} today{owned, select, true { ({owner})} other {}}"
        "{waits, select, true {: {days} days in the queue} other {}}"
        "{planned, select, true {; next: {step}"
        "{when, select, late {, overdue since {date}} due {, due {date}} other {}}} other {}}.",
        account=first,
        owned=length(owner) > 0,
        owner=owner,
        waits=isnumber(days),
        days=days,
        planned=length(step) > 0,
        step=step,
        when=if_(isnumber(due), if_(late, "late", "due"), ""),
        date=day_text(model, due, with_year=False),
    )
    blind = say("Type {figure} on Accounts to see whom to call.", figure=model.settings["risk_kpi"])
    nobody = if_(risk.unknown, blind, _("Nobody has to be called today."))
    return iferror(if_(risk.accounts == 0, nobody, story), "–")


def _few(model: Model) -> X:
    pareto = model.of(Pareto)
    table = pareto.table
    names: X = table.cell(0, 1) & ""
    for i in range(1, NAMED):
        names = if_(pareto.vital > i, joined(names, table.cell(i, 1)), names)
    story = say(
        "{vital, plural, one {# of {accounts} account carries} other {# of {accounts} accounts carry}}"
        " {cut:0%} of revenue: {names}{more, select, true { and others} other {}}.",
        vital=pareto.vital,
        accounts=pareto.accounts,
        cut=model.settings["pareto_cut"],
        names=names,
        more=pareto.vital > NAMED,
    )
    return iferror(if_(pareto.total > 0, story, _("No revenue yet: type it on Revenue.")), "–")


def _upsell(model: Model, at: Range, number: X) -> X:
    """The accounts that are ready for a larger plan, the most important first."""
    risk = model.of(Risk)
    calc, offers = model.sheet("calc_accounts"), model.of(PerAccount).upsell
    before: X = lit(0)
    text: X = lit("")
    accounts = model.inputs["Accounts.Account"]
    for i in range(at.rows):
        pick = max_(at.cell(i), lit(1))
        offer = if_(at.cell(i) == 0, "", index(offers, pick))
        there = length(offer) > 0
        name = say("{account} {offer}", account=index(accounts, pick), offer=offer)
        text = calc.write(1 + i, 95, iferror(if_(and_(there, before < NAMED), added(text, name), text), text))
        before = calc.write(1 + i, 94, before + iferror(if_(there, 1, 0), 0))
    story = say(
        "{n, plural, one {Ready} other {# accounts are ready}} for a larger plan: {names}"
        "{more, select, true { and others} other {}}.",
        n=number,
        names=text,
        more=number > min_(before, lit(NAMED)),
    )
    none = if_(risk.mrr == 0, "", _("Nobody is ready for a larger plan: healthy accounts are on the largest."))
    return iferror(if_(number == 0, none, story), "–")
