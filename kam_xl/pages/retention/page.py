"""Retention: what moved recurring revenue in a year, how much of it stays, by month and by plan."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.model import PLAN_SLOTS, Model
from kam_xl.canvas.page import figure, page, printed, so_what
from kam_xl.canvas.results import Ledger, Report
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    count,
    if_,
    iferror,
    isnumber,
    length,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.retention import chart, tables
from kam_xl.pages.retention.calc import (
    CHURNED,
    EXPANSION,
    NEW,
    REACTIVATED,
    Retention,
    calculate,
)
from kam_xl.pages.retention.tables import BELOW, LABEL, TOTAL


def fill(model: Model, report: Report) -> None:
    """Write the page."""
    retention = calculate(model)
    sheet, put = model.sheet("Retention"), model.calc.put
    ready = retention.ready
    title = put("Retention title", iferror(if_(ready, _story(model), _missing(model)), _missing(model)))
    period = if_(
        ready, say("{from} to {month}", **{"from": retention.since, "month": report.month_text}), report.month_text
    )
    sub = say(
        "Revenue retention{known, select, true {  ·  {period}} other {}}  ·  MRR in {unit} per month",
        known=length(period) > 0,
        period=period,
        unit=model.currency,
    )
    rule = _(
        "NRR, GRR: accounts of the first month only, each compared with itself; GRR counts no account above its start"
    )
    page(model.book, sheet, [16, 192, *[92] * 12, 108, 16], title & "", sub, rule)
    for r, px in ((3, 24), (4, 40), (5, 24), (6, 12), (7, 24), (8, 24), (16, 12)):
        sheet.height(r, px)
    sheet.height(9, 30, 15)
    _figures(model)
    chart.bridge(model, (7, LABEL, 15, 7))
    chart.curve(model, (7, 9, 15, TOTAL))
    tables.by_month(model)
    tables.by_plan(model)
    gainers, losers = tables.movers(model)
    so_what(sheet, BELOW + 8, LABEL, 8, _lines(model, gainers, losers))
    last = BELOW + 11
    printed(sheet, last, most=last)


def _missing(model: Model) -> X:
    """What is to be typed before there is anything to compare."""
    report = model.of(Report)
    ledger = model.of(Ledger)
    rows = ledger.month
    late = say("No MRR for {month}: type it on MRR, or change the report date in Settings", month=report.month_text)
    one = _("Only one month of MRR so far: add a second one on MRR")
    return if_(count(rows) == 0, _("No MRR yet: type it on MRR"), if_(report.month_rows == 0, late, one))


def _story(model: Model) -> X:
    retention = model.of(Retention)
    moves = retention.moves
    won, lost = moves.cell(EXPANSION, 1), retention.lost
    figures = {"nrr": retention.nrr, "grr": retention.grr, "won": won, "lost": lost, "unit": model.currency}
    without = {key: x for key, x in figures.items() if key != "won"}
    outweighs = say(
        "NRR {nrr:0%}, GRR {grr:0%}: expansion of {won:#,##0} {unit} outweighs {lost:#,##0} lost", **figures
    )
    short = say("NRR {nrr:0%}, GRR {grr:0%}: {lost:#,##0} {unit} lost, only {won:#,##0} gained by expansion", **figures)
    level = say("NRR {nrr:0%}, GRR {grr:0%}: expansion makes up for the {lost:#,##0} {unit} lost", **without)
    moved = if_(won > lost, outweighs, if_(won < lost, short, level))
    nothing = say(
        "NRR {nrr:0%}, GRR {grr:0%}: {more, select, true {nothing was lost, expansion added {won:#,##0} {unit}}"
        " other {nothing moved}}",
        nrr=retention.nrr,
        grr=retention.grr,
        more=won > 0,
        won=won,
        unit=model.currency,
    )
    return if_(lost > 0, moved, nothing)


def _figures(model: Model) -> None:
    retention = model.of(Retention)
    sheet, moves, unit = model.sheet("Retention"), retention.moves, model.currency
    ready, start, end = retention.ready, moves.cell(0, 1), moves.cell(6, 1)
    nrr, grr = retention.nrr, retention.grr
    left_, came = moves.cell(CHURNED, 2), moves.cell(NEW, 2) + moves.cell(REACTIVATED, 2)
    net = say(
        "net churn {churn:+0.0%}; {left} of {accounts} left", churn=1 - nrr, left=left_, accounts=moves.cell(0, 2)
    )
    ratio = retention.quick
    gained = say("{gained:#,##0} gained : {lost:#,##0} lost", gained=retention.gained, lost=retention.lost)
    before = retention.arpa_before
    then = say("{arpa:#,##0.0} in {month}", arpa=before, month=retention.since)
    arpa = if_(isnumber(before), then, _("nobody paid then"))
    blue, good, risk = {"edge": theme.BLUE}, {"edge": theme.GOOD}, {"edge": theme.RISK}
    rate = {"num_format": theme.P1}
    cards: list[tuple[int, int, X | str, X, X, dict[str, Any]]] = [
        (
            1,
            1,
            _("Net retention (NRR)"),
            nrr,
            say("{start:#,##0} → {end:#,##0}, same accounts", start=start, end=start * nrr),
            {**good, **rate},
        ),
        (
            2,
            3,
            _("Gross retention (GRR)"),
            grr,
            say("{kept:#,##0} of {start:#,##0} {unit} kept", kept=start * grr, start=start, unit=unit),
            {**good, **rate},
        ),
        (4, 5, _("Gross MRR churn (1 − GRR)"), 1 - grr, net, {**risk, **rate}),
        (6, 7, say("ARPA, {unit} per month", unit=unit), retention.arpa, arpa, {**blue, "num_format": theme.N1}),
        (
            8,
            9,
            _("Quick ratio"),
            ratio,
            if_(retention.lost > 0, gained, _("nothing lost")),
            {**blue, "num_format": "0.0"},
        ),
        (
            10,
            11,
            say("Net new MRR, {unit}", unit=unit),
            end - start,
            say("{start:#,##0} → {end:#,##0}", start=start, end=end),
            {**blue, "num_format": "+#,##0;−#,##0;0"},
        ),
        (
            12,
            14,
            _("Paying accounts"),
            moves.cell(6, 2) + 0,
            say("{before} at the start, {came} joined, {left} left", before=moves.cell(0, 2), came=came, left=left_),
            {**blue, "num_format": "0"},
        ),
    ]
    for c1, c2, text, value, note, look in cards:
        shown = iferror(if_(ready, if_(length(value) == 0, "–", value), "–"), "–")
        figure(sheet, 3, c1, c2, text, shown, iferror(if_(ready, note, ""), ""), **look)


def _lines(model: Model, gainers: Range, losers: Range) -> list[X | str]:
    retention = model.of(Retention)
    lost, won, moves = retention.lost, retention.gained, retention.moves
    loss = model.of(Retention).loss
    two = length(losers.cell(1)) > 0 if loss.rows > 1 else lit(False)
    top = iferror(loss.cell(0, 2) + if_(two, loss.cell(min(1, loss.rows - 1), 2), 0), 0)
    share, each = top / lost, {"first": losers.cell(0), "lost": lost, "unit": model.currency}
    one = say(
        "Stop the losses: {first} carries {share:0%} of the {lost:#,##0} {unit} lost;"
        " agree a recovery plan this month.",
        share=share,
        **each,
    )
    both = say(
        "Stop the losses: {first} and {second} carry {share:0%} of the {lost:#,##0} {unit} lost; agree a recovery plan"
        " with each this month.",
        second=losers.cell(1) if loss.rows > 1 else "",
        share=share,
        **each,
    )
    call = if_(two, both, one)
    safe = _("No account pays less than it did: ask those that stay for references.")
    stay = moves.cell(EXPANSION, 1) / won
    by_stay = say(
        "{share:0%} of what was gained comes from accounts that were there already, first of all {account}:"
        " keep their managers' time free.",
        share=stay,
        account=gainers.cell(0),
    )
    by_new = say(
        "Only {share:0%} of what was gained comes from accounts that were there already:"
        " plan an upsell for each healthy one.",
        share=stay,
    )
    none = _("Nothing was gained: choose three healthy accounts and offer each the next plan.")
    growth = if_(won > 0, if_(stay >= 0.5, by_stay, by_new), none)
    plan = _weakest(model)
    ready = retention.ready
    return [iferror(if_(ready, x, "–"), "–") for x in (if_(lost > 0, call, safe), growth, plan)]


def _weakest(model: Model) -> X:
    """The plan whose accounts keep least, and the one whose accounts grow most."""
    plans = model.lists["plans"]
    low: X = lit(9)
    high: X = lit(-1)
    weak: X = lit("")
    strong: X = lit("")
    used: X = lit(0)
    for p in reversed(range(PLAN_SLOTS)):
        grr, nrr = model.of(Retention).by_plan[p].grr, model.of(Retention).by_plan[p].nrr
        known = isnumber(grr)
        used = used + if_(known, 1, 0)
        worse, better = if_(known, grr <= low, False), if_(known, nrr >= high, False)
        weak = model.calc.put(f"Retention: weakest plan from {p + 1}", if_(worse, plans.cell(p) & "", weak))
        strong = model.calc.put(f"Retention: strongest plan from {p + 1}", if_(better, plans.cell(p) & "", strong))
        low = model.calc.put(f"Retention: least GRR from {p + 1}", if_(worse, grr, low))
        high = model.calc.put(f"Retention: most NRR from {p + 1}", if_(better, nrr, high))
    figures = {"weak": weak, "low": low, "strong": strong, "high": high}
    apart = say(
        "{weak} keeps least (GRR {low:0.0%}), {strong} does best (NRR {high:0.0%}): find out what accounts on {weak}"
        " miss, and show them what {strong} gives.",
        **figures,
    )
    same = say(
        "{weak} swings most (GRR {low:0.0%}, NRR {high:0.0%}): look at each account.", weak=weak, low=low, high=high
    )
    kept = say(
        "No plan lost MRR; {strong} does best (NRR {high:0.0%}): show the others what it gives.",
        strong=strong,
        high=high,
    )
    found = if_(low >= 1, kept, if_(weak == strong, same, apart))
    return if_(used > 1, found, _("All accounts started on one plan: nothing to compare by plan."))


BUILT_BY = (fill,)
