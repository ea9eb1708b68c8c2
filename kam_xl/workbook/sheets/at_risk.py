"""At risk: the accounts in danger, most important first, and how much MRR they carry."""

from __future__ import annotations

from kam_xl.locale import _
from kam_xl.workbook import charts, theme
from kam_xl.workbook.formula import Range, X, cat, lit
from kam_xl.workbook.functions import (
    and_,
    count,
    countif,
    countifs,
    fixed,
    if_,
    iferror,
    isnumber,
    length,
    max_,
    min_,
    na,
    or_,
    percent,
    sum_,
    sumif,
    sumifs,
)
from kam_xl.workbook.model import PLAN_SLOTS, Model
from kam_xl.workbook.page import exact, explained, head, legend, page, printed, ruled, so_what
from kam_xl.workbook.sheets.accounts import account_row, field
from kam_xl.workbook.sheets.mrr import month_text
from kam_xl.workbook.sheets.pareto import error_or, failed
from kam_xl.workbook.sheets.per_account import danger

SHOWN_ROWS = 60
QUEUE = 23  # first row of the queue
ACCOUNT, MRR, KPI, DAYS, SHARE, DANGER, SATISFACTION, REASON, OWNER, STEP, DUE = range(2, 13)


def sums(ledger: Range, months: Range, month: X, flags: Range | None = None) -> X:
    """MRR of one month, of all accounts or of those flagged."""
    pairs = [(months, month)] + ([(flags, lit(1))] if flags is not None else [])
    return sumifs(ledger, *pairs)


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


def fill(model: Model) -> None:
    """Write the page."""
    sheet, v, c, s = model.sheet("At risk"), model.values, model.computed, model.settings
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
        c["name"],
        c["mrr"],
        c["kpi"],
        s["risk_threshold"],
        c["days"],
        s["risk_direction"],
        rows=names.rows,
        styles=looks,
    )
    c["queue"] = queue
    n, mrr = v["risk_accounts"], v["risk_mrr"]
    first = queue.cell(0, 0) & ""
    story = cat(
        n,
        if_(n == 1, _(" account with "), _(" accounts with ")),
        fixed(mrr),
        " ",
        s["currency"],
        _(" MRR at risk; first: "),
        first,
    )
    nobody = cat(_("Who is at risk is unknown: no account has a figure for "), s["risk_kpi"])
    title = error_or(queue, if_(v["risk_unknown"], nobody, if_(n == 0, _("No account is at risk"), story)))
    v["risk_title"] = model.calc.put("At risk title", title)
    sub = cat(_("At-risk queue  ·  "), v["month_text"], _("  ·  MRR in "), s["currency"], _(" per month"))
    share = if_(or_(failed(queue), v["risk_unknown"]), "", cat(percent(v["risk_share"], 1), _(" of all MRR  ·  ")))
    right = cat(share, v["risk_rule"])
    page(model.book, sheet, sheet.column_px, v["risk_title"] & "", sub, right)
    _charts(model)
    _queue(model, queue)
    printed(sheet, max(QUEUE + 12, 36))


def _queue(model: Model, queue: Range) -> None:
    sheet, v, s = model.sheet("At risk"), model.values, model.settings
    alarm = cat(_("‼ = "), s["alarm_days"], _(" days or more in the queue"))
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
            row, SHARE, iferror(if_(there, queue.cell(i, 1) / v["mrr"], ""), ""), **theme.plain(num_format="0.0%")
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


def _charts(model: Model) -> None:
    sheet, _v, c, book = model.sheet("At risk"), model.values, model.computed, model.book
    for r in range(4, 14):
        sheet.height(r, 24)
    sheet.height(14, 8)
    months = c["months"]
    rows: list[list[X]] = []
    for k in range(1, 13):
        m = months.cell(k)
        there = c["month_rows"].cell(k) > 0
        amount = iferror(if_(there, sums(c["mrr_total"], c["mrr_month"], m, c["mrr_flag"]), na()), na())
        rows.append([month_text(model, m, with_year=False), amount if k < 12 else na(), amount if k == 12 else na()])
    data = model.calc.block("MRR of the accounts at risk", ["month", "before", "now"], rows)
    then, now = data.cell(0, 1), data.cell(11, 2)
    verb = if_(now > then, _("rose"), _("fell"))
    moved = cat(_("Their MRR "), verb, _(" from "), fixed(then), _(" to "), fixed(now), " ", model.currency)
    same = cat(_("Their MRR is "), fixed(now), " ", model.currency, _(", as a year ago"))
    nobody = if_(model.values["risk_unknown"], _("No account is judged yet"), _("No account is at risk"))
    alone = cat(_("Their MRR is "), fixed(now), " ", model.currency)  # nothing is known of the first month
    story = iferror(if_(now == then, same, moved), alone)
    text = iferror(if_(now == 0, nobody, story), _("No MRR yet"))
    title = model.calc.put("At risk chart 1 title", text)
    head(sheet, 3, 1, 5, _("MRR of today's at-risk accounts"), model.currency & "")
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
                "data_labels": charts.labels(9, num_format="#,##0"),
            }
        )
    bars.set_x_axis(charts.category_axis())
    bars.set_y_axis(charts.no_axis(min=0))
    charts.plot_area(bars, 0.02, 0.12, 0.96, 0.72)
    charts.place(
        sheet,
        bars,
        4,
        1,
        13,
        5,
        _("Columns: MRR of the accounts that are at risk today, for each of the last 12 months"),
        "At risk trend",
    )
    _by_plan(model)
    _by_step(model)


def _by_plan(model: Model) -> None:
    sheet, v, c, book = model.sheet("At risk"), model.values, model.computed, model.book
    rows: list[list[X]] = []
    for k in range(min(PLAN_SLOTS, len(model.template.plans) + 1)):
        plan, ledger = model.lists["plans"].cell(k), model.computed[f"plan {k + 1}"]
        risk = iferror(sums(ledger, c["mrr_month"], v["month"], c["mrr_flag"]), 0)
        whole = iferror(sums(ledger, c["mrr_month"], v["month"]), 0)
        rows.append([plan & "", if_(length(plan) == 0, na(), risk), if_(length(plan) == 0, na(), whole - risk)])
    data = model.calc.block("MRR at risk by plan", ["plan", "at risk", "safe"], rows)
    worst = max_(*[iferror(data.cell(k, 1), 0) for k in range(data.rows)])
    name: X = lit("")
    for k in reversed(range(data.rows)):
        name = if_(iferror(data.cell(k, 1), -1) == worst, data.cell(k, 0), name)
    text = if_(
        v["risk_mrr"] == 0,
        _("No MRR is at risk"),
        cat(name, _(" carries "), percent(worst / v["risk_mrr"]), _(" of the risk")),
    )
    title = model.calc.put("At risk chart 2 title", iferror(text, ""))
    head(sheet, 3, 7, 9, cat(_("MRR at risk by plan, "), model.currency))
    legend(sheet, 3, 9, [(theme.RISK_F, _("at risk")), (theme.GREY_L, _("safe"))])
    bars = charts.chart(book, "bar", title, "stacked")
    for j, colour, look, name_ in (
        (1, theme.RISK_F, theme.WHITE, _("at risk")),
        (2, theme.GREY_L, theme.INK, _("safe")),
    ):
        bars.add_series(
            {
                "name": name_,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": charts.labels(9, look, num_format='#,##0;−#,##0;""'),
            }
        )
    bars.set_x_axis(charts.no_axis(min=0))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.18, 0.04, 0.78, 0.92)
    charts.place(sheet, bars, 4, 7, 13, 9, _("Bars: MRR per plan, the part at risk first"), "At risk by plan")


def _by_step(model: Model) -> None:
    sheet, _s, book = model.sheet("At risk"), model.settings, model.book
    steps, scores = model.inputs["Accounts.Onboarding"], model.inputs["Accounts.Satisfaction"]
    rows: list[list[X]] = []
    for k in range(len(model.template.steps)):
        step = model.lists["steps"].cell(k)
        answers = countifs((steps, step & ""), (scores, ">0"))
        mean = iferror(sumif(steps, step & "", scores) / answers, na())
        rows.append([step & "", mean])
    data = model.calc.block("Satisfaction by onboarding step", ["step", "mean"], rows)
    lowest: X = lit("")
    least = iferror(min_of(data), 99)
    for k in reversed(range(data.rows)):
        lowest = if_(iferror(data.cell(k, 1), 99) == least, data.cell(k, 0), lowest)
    text = if_(least > 90, _("No satisfaction scores yet"), cat(lowest, _(" is lowest: "), fixed(least, 1), _(" of 5")))
    title = model.calc.put("At risk chart 3 title", iferror(text, ""))
    head(sheet, 3, 11, DUE, _("Satisfaction on Accounts by step, 1–5"))
    bars = charts.chart(book, "bar", title)
    bars.add_series(
        {
            "name": _("satisfaction"),
            "categories": charts.at(data.column(0)),
            "values": charts.at(data.column(1)),
            "fill": {"color": theme.GREY},
            "gap": 50,
            "data_labels": charts.labels(9, num_format="0.0"),
        }
    )
    bars.set_x_axis(charts.no_axis(min=0, max=5.5))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.3, 0.04, 0.64, 0.92)
    charts.place(
        sheet,
        bars,
        4,
        11,
        13,
        DUE,
        _("Bars: mean satisfaction of the accounts in each onboarding step"),
        "Satisfaction by step",
    )
    lines = _lines(model)
    so_what(sheet, 15, 1, DUE, lines)
    sheet.height(20, 8)


def min_of(data: Range) -> X:
    """Smallest mean that is a number."""
    return min_(*[iferror(data.cell(k, 1), 99) for k in range(data.rows)])


def _lines(model: Model) -> list[X | str]:
    v, s, queue = model.values, model.settings, model.computed["queue"]
    first, days = queue.cell(0, 0) & "", queue.cell(0, 3)
    reason = field(model, "Reason", account_row(model, first))
    wait = if_(isnumber(days), cat(_(", in the queue for "), days, _(" days")), "")
    call = cat(
        _("Call "),
        first,
        _(" first: "),
        fixed(queue.cell(0, 1)),
        " ",
        s["currency"],
        _(" per month"),
        wait,
        if_(length(reason) == 0, "", cat(" (", reason, ")")),
        ".",
    )
    late = countifs((queue.column(3), ">=" & s["alarm_days"]))
    waiting = cat(
        late, _(" of them have waited "), s["alarm_days"], _(" days or more: give each an executive owner this week.")
    )
    rule = cat(
        _("Rule in force: "),
        v["risk_rule"],
        _(" (Settings); an account with MRR but without the figure is listed on Checks."),
    )
    none, unknown = v["risk_accounts"] == 0, or_(failed(queue), v["risk_unknown"])
    lines = (if_(none, _("Nobody to call today."), call), if_(none, "–", waiting))
    return [*(iferror(if_(unknown, "–", line), "–") for line in lines), rule]
