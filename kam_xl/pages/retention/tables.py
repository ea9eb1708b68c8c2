"""Tables of Retention: the roll-forward by month, the plans, the accounts that moved most."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.model import PLAN_SLOTS, Model
from kam_xl.canvas.page import head, ruled
from kam_xl.canvas.results import Followed, Report
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    and_,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    sum_,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import month_text
from kam_xl.locale import _
from kam_xl.pages.retention.calc import (
    CHURNED,
    CONTRACTION,
    EXPANSION,
    MONTHS,
    MOVED,
    Retention,
)

LABEL, FIRST, TOTAL = 1, 2, 14  # columns: names, the first of twelve months, the year
TABLE, BELOW = 18, 31  # first rows of the roll-forward and of the blocks under it
SHOWN = 4  # accounts that gained most, and as many that lost most
MOVE = '+#,##0;−#,##0;"–"'


def by_month(model: Model) -> None:
    """The roll-forward: every month against the one before it."""
    retention = model.of(Retention)
    report = model.of(Report)
    sheet = model.sheet("Retention")
    note = _(
        "each month against the month before; last column: the months added up; NRR, GRR and bridge compare both ends"
    )
    head(sheet, TABLE - 1, LABEL, TOTAL, say("MRR month by month, {unit}", unit=model.currency), note)
    sheet.write(TABLE, LABEL, _("Movement"), **theme.heading())
    span = MONTHS - retention.first
    whole = say("{n, plural, one {# month} other {# months}}", n=span)
    heading = if_(retention.ready, whole, _("All months"))
    sheet.write(TABLE, TOTAL, heading, **theme.heading(align="right"))
    for k in range(1, MONTHS):
        named = month_text(model, report.months.cell(k), with_year=k in (1, MONTHS - 1))
        sheet.write(TABLE, FIRST + k - 1, named, **theme.heading(align="right"))
    words = [
        _("MRR at the start"),
        _("+ New"),
        _("+ Reactivated"),
        _("+ Expansion"),
        _("− Contraction"),
        _("− Churned"),
        _("= MRR at the end"),
    ]
    form = [theme.DASH, *[MOVE] * 5, theme.DASH]
    for i, word in enumerate(words):
        row = TABLE + 1 + i
        sheet.height(row, 22)
        look = theme.total() if i == 6 else theme.body(bold=i == 0)
        sheet.write(row, LABEL, word, **look)
        for k in range(1, MONTHS):
            value = iferror(if_(_shown(model, k), model.of(Retention).by_month[k].moves.cell(i, 1) + 0, "–"), "–")
            sheet.write(row, FIRST + k - 1, value, **{**look, "num_format": form[i], "align": "right", "shrink": True})
        months = sheet.area(row, FIRST, row, TOTAL - 1)
        whole = sum_(months) if 0 < i < 6 else retention.moves.cell(i, 1) + 0
        shown = iferror(if_(retention.ready, whole, "–"), "–")
        sheet.write(
            row, TOTAL, shown, **{**look, "num_format": form[i], "align": "right", "bold": True, "shrink": True}
        )
    row = TABLE + 8
    rows = [(_("Net new MRR"), MOVE), (_("NRR, month"), theme.P1), (_("GRR, month"), theme.P1)]
    for i, (word, number) in enumerate(rows):
        sheet.height(row + i, 22)
        look = theme.body(bold=i == 0, num_format=number, align="right", shrink=True)
        sheet.write(row + i, LABEL, word, **theme.body(bold=i == 0))
        for k in range(1, MONTHS):
            month = model.of(Retention).by_month[k]
            moves = month.moves
            rate = month.nrr if i == 1 else month.grr
            value = rate if i else moves.cell(6, 1) - moves.cell(0, 1)
            sheet.write(row + i, FIRST + k - 1, iferror(if_(_shown(model, k), value, "–"), "–"), **look)
        year = (retention.moves.cell(6, 1) - retention.moves.cell(0, 1), retention.nrr, retention.grr)[i]
        sheet.write(row + i, TOTAL, iferror(if_(retention.ready, year, "–"), "–"), **{**look, "bold": True})
    _coloured(sheet, (TABLE + 2, FIRST, TABLE + 6, TOTAL))
    _coloured(sheet, (row, FIRST, row, TOTAL))
    sheet.height(TABLE + 11, 12)


def _coloured(sheet: Sheet, area: tuple[int, int, int, int]) -> None:
    """Gains green, losses red; complete with the hairline, since LibreOffice applies one rule only. Text is neither."""
    cell = xl_rowcol_to_cell(area[0], area[1])
    for sign, colour in (("<", theme.RISK_D), (">", theme.GOOD_D)):
        look = sheet.book.bare(font_color=colour, bottom=1, bottom_color=theme.HAIR)
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),N({cell}){sign}0)", "format": look}
        sheet.ws.conditional_format(*area, rule)


def _shown(model: Model, k: int) -> X:
    """Whether month `k` has MRR and an earlier month to compare with."""
    retention = model.of(Retention)
    report = model.of(Report)
    return and_(retention.ready, retention.first <= k, report.rows.cell(k) > 0)


def by_plan(model: Model) -> None:
    """Cohorts: the accounts by the largest plan that they paid for in the first month."""
    retention = model.of(Retention)
    sheet = model.sheet("Retention")
    head(
        sheet,
        BELOW - 1,
        LABEL,
        8,
        if_(retention.ready, say("By the plan of {month}", month=retention.since), _("By plan")),
        _("an account counts in its largest plan then, also after it changed plans"),
    )
    texts = [_("Plan at the start"), _("Accounts"), _("Start"), _("Expansion"), _("Lost"), _("End"), _("NRR"), _("GRR")]
    for j, text in enumerate(texts):
        sheet.write(BELOW, LABEL + j, text, **theme.heading(align="right" if j else "left"))
    for i in range(PLAN_SLOTS + 1):
        row, whole = BELOW + 1 + i, i == 0
        sheet.height(row, 24)
        plan = model.lists["plans"].cell(max(i - 1, 0))
        moves = retention.moves if whole else model.of(Retention).by_plan[i - 1].moves
        rates = (
            (retention.nrr, retention.grr)
            if whole
            else (model.of(Retention).by_plan[i - 1].nrr, model.of(Retention).by_plan[i - 1].grr)
        )
        start, won = moves.cell(0, 1), moves.cell(EXPANSION, 1)
        lost = moves.cell(CONTRACTION, 1) + moves.cell(CHURNED, 1)
        values = [moves.cell(0, 2) + 0, start + 0, won + 0, lost, start + won + lost, *rates]
        look = theme.body(bold=True, bg_color=theme.PANEL) if whole else theme.plain()
        named = lit(1) == 1 if whole else length(plan) > 0
        if whole:
            sheet.band(row, LABEL, 8, **look)
        sheet.write(row, LABEL, lit(_("All accounts")) & "" if whole else plan & "", **{**look, "bold": True})
        for j, (value, form) in enumerate(
            zip(values, ("0", theme.DASH, MOVE, MOVE, theme.DASH, theme.P1, theme.P1), strict=True)
        ):
            shown = iferror(if_(named, if_(retention.ready, if_(length(value) == 0, "–", value), "–"), ""), "–")
            sheet.write(row, FIRST + j, shown, **{**look, "num_format": form, "align": "right", "shrink": True})
    last = BELOW + 1 + PLAN_SLOTS
    _coloured(sheet, (BELOW + 1, 4, last, 5))
    ruled(sheet, (BELOW + 2, LABEL, last, 8), LABEL)


def movers(model: Model) -> tuple[Range, Range]:
    """The accounts that gained most and those that lost most, start against end."""
    retention = model.of(Retention)
    followed = model.of(Followed)
    report = model.of(Report)
    sheet = model.sheet("Retention")
    head(
        sheet,
        BELOW - 1,
        10,
        TOTAL,
        _("Accounts that moved most"),
        if_(retention.ready, say("{start} → {end}", start=retention.since, end=report.month_text), ""),
    )
    for col, text, align in (
        (10, _("Account"), "left"),
        (12, _("Movement"), "left"),
        (13, _("Change"), "right"),
        (14, _("MRR now"), "right"),
    ):
        sheet.write(BELOW, col, text, **theme.heading(align=align))
    sheet.band(BELOW, 11, 11, **theme.heading())
    calc = model.sheet("calc_retention")
    names: dict[str, list[X]] = {"gain": [], "loss": []}
    for s, key in enumerate(("gain", "loss")):
        table = (model.of(Retention).gain, model.of(Retention).loss)[s]
        for i in range(SHOWN):
            row = BELOW + 1 + s * SHOWN + i
            sheet.height(row, 24)
            amount = table.cell(i, 2) if i < table.rows else lit("")
            there = iferror(and_(retention.ready, isnumber(amount), amount > 0), False)
            no = if_(there, table.cell(i, 1) if i < table.rows else lit(1), 0)
            at = calc.write(1 + s * SHOWN + i, MOVED, iferror(no, 0))
            account = index(model.inputs["Accounts.Account"], max_(at, lit(1)))
            name = iferror(if_(at == 0, "", account & ""), "")
            names[key].append(calc.write(1 + s * SHOWN + i, MOVED + 1, name))
            place = calc.write(1 + s * SHOWN + i, MOVED + 2, iferror(if_(at == 0, 0, match(at, followed.room)), 0))
            start, end = (
                index(area, max_(place, lit(1))) for area in (model.of(Retention).start, model.of(Retention).end)
            )
            sheet.write(row, 10, if_(at == 0, "", names[key][-1] & ""), **theme.plain(bold=True))
            sheet.write(row, 12, iferror(if_(place == 0, "", _kind(start, end)), ""), **theme.plain())
            change = if_(there, amount if s == 0 else 0 - amount, "")
            sheet.write(row, 13, iferror(change, ""), **theme.plain(num_format=MOVE, align="right", bold=True))
            now = if_(place == 0, "", if_(isnumber(end), end, 0))
            sheet.write(row, 14, iferror(now, ""), **theme.plain(num_format=theme.DASH, align="right"))
    last = BELOW + 2 * SHOWN
    _coloured(sheet, (BELOW + 1, 13, last, 13))
    ruled(sheet, (BELOW + 1, 10, last, TOTAL), 10)
    return calc.area(1, MOVED + 1, SHOWN, MOVED + 1), calc.area(1 + SHOWN, MOVED + 1, 2 * SHOWN, MOVED + 1)


def _kind(start: X, end: X) -> X:
    """What happened to an account, with a sign and a word."""
    gone = if_(isnumber(end), end <= 0, True)
    came = if_(length(start) == 0, _("● new"), _("● reactivated"))
    paid = if_(isnumber(start), start > 0, False)
    moved = if_(end > start, _("▲ expansion"), _("▼ contraction"))
    return if_(gone, _("○ churned"), if_(paid, moved, came))
