"""Charter: engagement and loyalty, the share of recurring revenue with accounts that are at risk today."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.guards import failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head
from kam_xl.canvas.results import Flags, Ledger, PerAccount, Queue, Report, Risk
from kam_xl.formulas.formula import Ref, X
from kam_xl.formulas.functions import count, if_, iferror, na, percent
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import month_text, sums
from kam_xl.locale import _


def engaged(model: Model) -> Ref:
    """Share of the accounts with a figure that are not at risk."""
    accounts = model.of(PerAccount)
    risk = model.of(Risk)
    known = count(accounts.risk_figure)
    share = if_(known == 0, "–", 1 - risk.accounts / known)
    return model.calc.put("accounts not at risk, share", iferror(share, "–"))


def draw(model: Model, area: tuple[int, int, int, int]) -> None:
    """A column per month: the share of MRR that today's at-risk accounts carried."""
    flags = model.of(Flags)
    ledger = model.of(Ledger)
    report = model.of(Report)
    sheet, book = model.sheet("Charter"), model.book
    rows: list[list[X]] = []
    for k in range(1, 13):
        m = report.months.cell(k)
        there, whole = report.rows.cell(k) > 0, report.mrr.cell(k)
        share = iferror(if_(there, sums(ledger.total, ledger.month, m, flags.ledger) / whole, na()), na())
        rows.append([month_text(model, m, with_year=False), share if k < 12 else na(), share if k == 12 else na()])
    data = model.calc.block("Share of MRR at risk", ["month", "before", "now"], rows)
    then, now = data.cell(0, 1), data.cell(11, 2)
    moved = say(
        "At-risk share {up, select, true {rose} other {fell}} from {then:0%} to {now:0%}",
        up=now > then,
        then=then,
        now=now,
    )
    stayed = say("At-risk share stayed at {now:0%}", now=now)
    text = iferror(
        if_(percent(then) == percent(now), stayed, moved),
        iferror(say("{now:0%} of MRR is at risk", now=now), _("No MRR yet: type it on MRR")),
    )
    title = model.calc.put("Charter chart title", text)
    r1, c1, r2, c2 = area
    head(sheet, r1, c1, c2, _("Engagement: MRR of today's at-risk accounts"), _("share of all MRR"))
    bars = charts.chart(book, "column", title)
    for j, colour, name in ((1, theme.GREY, _("before")), (2, theme.RISK, _("now"))):
        bars.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 30,
                "overlap": 100,
                "data_labels": charts.labels(8, num_format="0%"),
            }
        )
    bars.set_x_axis(charts.category_axis())
    bars.set_y_axis(charts.no_axis(min=0))
    charts.plot_area(bars, 0.01, 0.12, 0.98, 0.68)
    alt = _("Columns: share of MRR with the accounts that are at risk today, for each of the last 12 months")
    charts.place(sheet, bars, r1 + 1, c1, r2, c2, alt, "Charter trend")


def advice(model: Model) -> X:
    """What the engagement asks of the weekly review."""
    accounts = model.of(PerAccount)
    queue = model.of(Queue)
    risk = model.of(Risk)
    n = risk.accounts
    some = say(
        "Weekly review: {n, plural, one {# account is} other {# accounts are}} at risk with {share:0%} of MRR ({rule});"
        " begin with the queue on At risk.",
        n=n,
        share=risk.share,
        rule=risk.rule,
    )
    none = _("Nobody is at risk: use the weekly review for growth.")
    unknown = if_(failed(queue.table), True, count(accounts.risk_figure) == 0)
    return iferror(if_(unknown, _("Engagement is not known yet: type it on Accounts."), if_(n == 0, none, some)), "–")
