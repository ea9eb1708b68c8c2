"""What the Dashboard says first: what is at risk and why, whom to call, who carries the revenue, where to sell more."""

from __future__ import annotations

from kam_xl.canvas.guards import failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import so_what
from kam_xl.canvas.results import Pareto, PerAccount, Queue, Report, Risk
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import (
    and_,
    day,
    fixed,
    if_,
    iferror,
    index,
    isnumber,
    length,
    max_,
    min_,
    or_,
    percent,
)
from kam_xl.input_sheets.accounts import account_row, field
from kam_xl.input_sheets.mrr import month_text
from kam_xl.locale import _

NAMED = 3  # accounts in a sentence


def write(model: Model, row: int, last_col: int, at: Range, ready: X) -> None:
    """Four sentences below the key figures; `at` holds the rows on Accounts of the accounts by importance."""
    lines: list[X | str] = [_risk(model), _call(model), _few(model), _upsell(model, at, ready)]
    so_what(model.sheet("Dashboard"), row, 1, last_col, lines, title=_("Today"))


def _risk(model: Model) -> X:
    risk = model.of(Risk)
    queue, unit = model.of(Queue).table, model.currency
    first, mrr = queue.cell(0, 0) & "", queue.cell(0, 1)
    reason = field(model, "Reason", account_row(model, first))
    n = risk.accounts
    most = cat(
        if_(n == 1, _(" at "), _(", the largest ")),
        first,
        " (",
        fixed(mrr),
        ")",
        if_(length(reason) == 0, ".", cat(": ", reason, ".")),
    )
    story = cat(
        fixed(risk.at_risk),
        " ",
        unit,
        _(" MRR, "),
        percent(risk.share),
        _(", is at risk"),
        if_(n == 1, "", cat(_(" at "), n, _(" accounts"))),
        most,
    )
    blind = cat(_("What is at risk is unknown: no account has a figure for "), model.settings["risk_kpi"], ".")
    blind = if_(failed(queue), _("The at-risk rule cannot be applied: see Checks."), blind)
    none = if_(risk.mrr == 0, _("No MRR yet: type it on MRR to see what is at risk."), _("No account is at risk."))
    return iferror(if_(or_(failed(queue), risk.unknown), blind, if_(n == 0, none, story)), "–")


def _call(model: Model) -> X:
    """The first of the queue: how long it waits, what is promised, until when."""
    risk = model.of(Risk)
    report = model.of(Report)
    queue = model.of(Queue).table
    first, days = queue.cell(0, 0) & "", queue.cell(0, 3)
    row = account_row(model, first)
    step, due, owner = (field(model, heading, row) for heading in ("Next step", "Due", "Owner"))
    late = and_(isnumber(due), isnumber(report.date), iferror(due < report.date, False))
    when = if_(
        isnumber(due),
        cat(if_(late, _(", overdue since "), _(", due ")), day(due), " ", month_text(model, due, with_year=False)),
        "",
    )
    story = cat(
        _("Call "),
        first,
        _(" today"),
        if_(length(owner) == 0, "", cat(" (", owner, ")")),
        if_(isnumber(days), cat(_(": "), days, _(" days in the queue")), ""),
        if_(length(step) == 0, "", cat(_("; next: "), step, iferror(when, ""))),
        ".",
    )
    blind = cat(_("Type "), model.settings["risk_kpi"], _(" on Accounts to see whom to call."))
    nobody = if_(risk.unknown, blind, _("Nobody has to be called today."))
    return iferror(if_(risk.accounts == 0, nobody, story), "–")


def _few(model: Model) -> X:
    pareto = model.of(Pareto)
    table = pareto.table
    names: X = table.cell(0, 1) & ""
    for i in range(1, NAMED):
        names = cat(names, if_(pareto.vital > i, cat(", ", table.cell(i, 1)), ""))
    more = if_(pareto.vital > NAMED, _(" and others"), "")
    carry = if_(pareto.vital == 1, _(" account carries "), _(" accounts carry "))
    story = cat(
        pareto.vital,
        _(" of "),
        pareto.accounts,
        carry,
        percent(model.settings["pareto_cut"]),
        _(" of revenue: "),
        names,
        more,
        ".",
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
        name = cat(index(accounts, pick), if_(there, cat(" ", offer), ""))
        text = calc.write(
            1 + i,
            95,
            iferror(if_(and_(there, before < NAMED), cat(text, if_(before == 0, "", ", "), name), text), text),
        )
        before = calc.write(1 + i, 94, before + iferror(if_(there, 1, 0), 0))
    more = if_(number > min_(before, lit(NAMED)), _(" and others"), "")
    head = if_(number == 1, _("Ready for a larger plan: "), cat(number, _(" accounts are ready for a larger plan: ")))
    none = if_(risk.mrr == 0, "", _("Nobody is ready for a larger plan: healthy accounts are on the largest."))
    return iferror(if_(number == 0, none, cat(head, text, more, ".")), "–")
