"""At risk: the accounts in danger, most important first, and how much MRR they carry."""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import exact, explained, head, page, printed, ruled, so_what
from kam_xl.canvas.results import PerAccount, Queue, Report, Risk
from kam_xl.formulas.formula import Range, X
from kam_xl.formulas.functions import (
    countifs,
    if_,
    iferror,
    isnumber,
    length,
    or_,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.accounts import account_row, field
from kam_xl.input_sheets.per_account import danger
from kam_xl.locale import _
from kam_xl.pages.at_risk import calc as figures
from kam_xl.pages.at_risk import chart

SHOWN_ROWS = 60
QUEUE = 23  # first row of the queue
ACCOUNT, MRR, KPI, DAYS, SHARE, DANGER, SATISFACTION, REASON, OWNER, STEP, DUE = range(2, 13)


def fill(model: Model, risk: Risk, report: Report, accounts: PerAccount) -> Queue:
    """Write the page."""
    sheet, s = model.sheet("At risk"), model.settings
    sheet.columns(16, 32, 192, 72, 80, 96, 64, 104, 88, 216, 96, 216, 72, 16)
    names = model.inputs["Accounts.Account"]
    looks = [
        theme.plain(bold=True, indent=1),
        theme.plain(num_format="#,##0", bold=True),
        theme.plain(num_format="0"),  # and decimals where there are some
        theme.plain(num_format="0", align="right"),
    ]
    queue = model.kam(
        sheet,
        QUEUE,
        ACCOUNT,
        "KAM_AT_RISK",
        accounts.name,
        accounts.mrr,
        accounts.risk_figure,
        s["risk_threshold"],
        accounts.days,
        s["risk_direction"],
        rows=names.rows,
        styles=looks,
    )
    found = model.give(Queue(queue))
    n, mrr = risk.accounts, risk.at_risk
    first = queue.cell(0, 0) & ""
    story = say(
        "{n, plural, one {# account} other {# accounts}} with {mrr:#,##0} {unit} MRR at risk; first: {account}",
        n=n,
        mrr=mrr,
        unit=s["currency"],
        account=first,
    )
    nobody = say("Who is at risk is unknown: no account has a figure for {figure}", figure=s["risk_kpi"])
    title = error_or(queue, if_(risk.unknown, nobody, if_(n == 0, _("No account is at risk"), story)))
    title = model.calc.put("At risk title", title)
    sub = say("At-risk queue  ·  {month}  ·  MRR in {unit} per month", month=report.month_text, unit=s["currency"])
    share = say("{share:0.0%} of all MRR  ·  {rule}", share=risk.share, rule=risk.rule)
    right = if_(or_(failed(queue), risk.unknown), risk.rule & "", share)
    page(model.book, sheet, sheet.column_px, title & "", sub, right)
    chart.draw(model)
    so_what(sheet, 15, 1, DUE, _lines(model))
    sheet.height(20, 8)
    _queue(model, queue)
    printed(sheet, max(QUEUE + 12, 36))
    return found


def _queue(model: Model, queue: Range) -> None:
    risk = model.of(Risk)
    sheet, s = model.sheet("At risk"), model.settings
    alarm = say("‼ = {days} days or more in the queue", days=s["alarm_days"])
    head(sheet, QUEUE - 2, 1, DUE, _("Queue, sorted by MRR, then by days in queue"), alarm)
    texts: list[str | X] = [
        "#",
        _("Account"),
        _("MRR"),
        s["risk_kpi"] & "",
        _("Days in queue"),
        _("Share"),
        _("Danger"),
        _("Satisfaction"),
        _("Reason"),
        _("Owner"),
        _("Next step"),
        _("Due"),
    ]
    aligned = {MRR, KPI, DAYS, SHARE, SATISFACTION, DUE, 1}
    for j, text in enumerate(texts, 1):
        style = theme.heading(align="right" if j in aligned else "left", indent=0 if j in aligned else 1)
        sheet.write(QUEUE - 1, j, text, **style)
    rows = min(queue.rows, SHOWN_ROWS)
    calc = model.sheet("calc_accounts")
    used = sum(bool(r[0]) for r in queue.values())
    px = max(22, min(36, 220 // max(used, 1)))
    for i in range(rows):
        row = QUEUE + i
        sheet.height(row, px)
        name = queue.cell(i, 0) & ""
        there = iferror(isnumber(queue.cell(i, 1)), False)
        at = calc.write(1 + i, 42, iferror(if_(there, account_row(model, name), 0), 0))
        days = queue.cell(i, 3)
        late = iferror(if_(isnumber(days), if_(days >= s["alarm_days"], "‼", i + 1), if_(there, i + 1, "")), "")
        sheet.write(row, 1, late, **theme.plain(font_color=theme.MUTED, align="right"))
        sheet.write(
            row, SHARE, iferror(if_(there, queue.cell(i, 1) / risk.mrr, ""), ""), **theme.plain(num_format="0.0%")
        )
        sheet.write(
            row,
            DANGER,
            danger(model, at),
            **theme.plain(indent=1),
        )
        sheet.write(row, SATISFACTION, field(model, "Satisfaction", at), **theme.plain(num_format="0.0", align="right"))
        for col, heading in ((REASON, "Reason"), (OWNER, "Owner"), (STEP, "Next step")):
            sheet.write(row, col, field(model, heading, at), **theme.plain(indent=1))
        sheet.write(row, DUE, field(model, "Due", at), **theme.plain(num_format="d mmm", align="right"))
    last = QUEUE + rows - 1
    explained(sheet, (QUEUE, DANGER, last, DANGER))
    rule = {
        "type": "cell",
        "criteria": "==",
        "value": '"‼"',
        "format": model.book.bare(font_color=theme.RISK_D, bold=True),
    }
    sheet.ws.conditional_format(QUEUE, 1, last, 1, rule)
    waiting = {
        "type": "formula",
        "criteria": f'=$B{QUEUE + 1}="‼"',
        "format": model.book.bare(font_color=theme.RISK_D, bold=True),
    }
    sheet.ws.conditional_format(QUEUE, DAYS, last, DAYS, waiting)
    exact(sheet, (QUEUE, KPI, last, KPI), bottom=1, bottom_color=theme.HAIR)  # before the line: Calc takes the first
    ruled(sheet, (QUEUE, 1, last, DUE), ACCOUNT)


def _lines(model: Model) -> list[X | str]:
    risk = model.of(Risk)
    s, queue = model.settings, model.of(Queue).table
    first, days = queue.cell(0, 0) & "", queue.cell(0, 3)
    reason = field(model, "Reason", account_row(model, first))
    call = say(
        "Call {account} first: {mrr:#,##0} {unit} per month"
        "{waits, select, true {, in the queue for {days} days} other {}}{why, select, true { ({reason})} other {}}.",
        account=first,
        mrr=queue.cell(0, 1),
        unit=s["currency"],
        waits=isnumber(days),
        days=days,
        why=length(reason) > 0,
        reason=reason,
    )
    waiting = say(
        "{late} of them have waited {days} days or more: give each an executive owner this week.",
        late=countifs((queue.column(3), ">=" & s["alarm_days"])),
        days=s["alarm_days"],
    )
    rule = say(
        "Rule in force: {rule} (Settings); an account with MRR but without the figure is listed on Checks.",
        rule=risk.rule,
    )
    none, unknown = risk.accounts == 0, or_(failed(queue), risk.unknown)
    lines = (if_(none, _("Nobody to call today."), call), if_(none, "–", waiting))
    return [*(iferror(if_(unknown, "–", line), "–") for line in lines), rule]


BUILT_BY = (figures.calculate, fill)
