"""MRR: a ledger, one row per month and account, one column per plan."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.canvas import theme
from kam_xl.canvas.inputs import (
    Column,
    RowChecks,
    bands,
    by_rows,
    filled_up,
    heading_of,
    input_page,
    input_table,
    listed,
    stored,
    taken,
)
from kam_xl.canvas.model import FIRST, MOST_ROOM, PLAN_SLOTS, Model, Problem, room
from kam_xl.canvas.page import printed
from kam_xl.canvas.results import Ledger, Report
from kam_xl.formulas.areas import row_of_area
from kam_xl.formulas.expressions import X, apply, lit
from kam_xl.formulas.formula import Range
from kam_xl.formulas.functions import (
    and_,
    count,
    counta,
    countif,
    date_,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match_text,
    max_,
    min_,
    month,
    na,
    place_in,
    sum_,
    sumifs,
    year,
)
from kam_xl.formulas.messages import day_words, month_words, say
from kam_xl.formulas.rows import Below, Each, Number, across, each
from kam_xl.locale import _

MONTH, ACCOUNT, PLAN = 1, 2, 3
TOTAL, CHECK = PLAN + PLAN_SLOTS + 1, PLAN + PLAN_SLOTS + 2
REPEATS, NEXT, PLANS, TYPED = 8, 9, 10, 15  # columns of calc_mrr; PLANS is the first of the amounts by plan


def fill(model: Model) -> None:
    """Write the ledger."""
    t = model.tables
    accounts = len(t.accounts)
    rows = room(len(t.mrr), max(24, accounts if t.mrr else 0, min(3 * MOST_ROOM, 6 * accounts)))
    sheet = input_page(
        model,
        "MRR",
        _("Monthly recurring revenue: one row per month and account. New month: add its rows below the last ones."),
        say("MRR in {unit} per month", unit=model.currency),
        [16, 80, 208, *[88] * PLAN_SLOTS, 16, 88, 320, 16],
        [_("Type or paste values"), _("Plans are named in Settings"), _("Read the check at the right")],
    )
    bands(sheet, (MONTH, PLAN + PLAN_SLOTS - 1), [(TOTAL, CHECK)])
    plans = model.lists["plans"]
    cols = [
        Column("Month", _("any day of it"), 80, "month"),
        Column("Account", _("as on Accounts"), 208, style={"bold": True}),
        *[Column(f"Plan {k + 1}", "", 88, "number") for k in range(PLAN_SLOTS)],
    ]
    hints: list[X | str] = [cols[0].hint, cols[1].hint]
    hints += [if_(length(plans.cell(k)) == 0, "–", plans.cell(k) & "") for k in range(PLAN_SLOTS)]
    model.inputs |= {f"MRR.{h}": a for h, a in input_table(sheet, "tblMRR", MONTH, cols, rows, hints).items()}
    looks = [theme.typed(num_format=theme.MONTH, align="right"), cols[1].look]
    number = cols[-1].look
    given = [[stored(day), stored(account), *map(stored, values)] for day, account, values in t.mrr]
    for j, look in enumerate([looks[0], looks[1], *[number] * PLAN_SLOTS]):
        column = [row[j] if j < len(row) else None for row in given]
        sheet.fill(FIRST, MONTH + j, filled_up(column, rows), **look)
    sheet.ws.freeze_panes(FIRST, ACCOUNT + 1)
    sheet.ws.repeat_rows(FIRST - 1)
    printed(sheet, FIRST + max(len(t.mrr), 14) + 2, tall=True)
    model.inputs["MRR"] = sheet.area(FIRST, PLAN, FIRST + rows - 1, PLAN + PLAN_SLOTS - 1)


def calculate(model: Model) -> tuple[Ledger, Report]:
    """Month, account number and total of every row; the report's months."""
    months, names = model.inputs["MRR.Month"], model.inputs["MRR.Account"]
    values = model.inputs["MRR"]
    sheet, page = model.sheet("calc_mrr"), model.sheet("MRR")
    titles = ("problems", "month", "account no.", "month and account", "at risk", "total", "largest plan", "no.")
    sheet.write(0, NEXT, "counts instead, rows below", **theme.note())
    sheet.write(0, TYPED, "month and account, as typed", **theme.note())
    accounts = model.inputs["Accounts.Account"]
    for j, text in enumerate(titles):
        sheet.write(0, j, text, **theme.note())
    n = months.rows
    no = each(sheet.fill(1, 7, range(1, n + 1)))
    date, name = index(months, no), taken(names, no)
    own = each(sheet.fill(1, 1, iferror(if_(isnumber(date), date_(year(date), month(date), 1), ""), ""), n))

    def placed(above: X) -> X:
        # most ledgers list the accounts in the order of Accounts: the one after the last is tried before a search
        after = min_(max_(above, lit(0)) + 1, lit(accounts.rows))
        found = if_(index(accounts, after) & "" == name & "", after, match_text(name & "", accounts))
        return iferror(if_(length(name) == 0, "", found), "")

    number = each(sheet.running(1, 2, placed, n))
    both = if_(length(own) == 0, "", if_(length(number) == 0, "", own * 100000 + number))
    sheet.fill(1, TYPED, both, n)
    local = across(values)
    shown = iferror(if_(count(local) == 0, "", sum_(local)), "")
    page.fill(FIRST, TOTAL, shown, n, **theme.computed(num_format=theme.DASH, bold=True))
    repeats = _counted(model)
    month_, account, key, total, plan = (sheet.area(1, j, n, j) for j in (1, 2, 3, 5, 6))
    plans = tuple(sheet.area(1, PLANS + k, n, PLANS + k) for k in range(PLAN_SLOTS))
    ledger = Ledger(month_, account, key, total, plan, plans, repeats)
    return ledger, _report(model, ledger)


def _report(model: Model, ledger: Ledger) -> Report:
    """The date of the report, and the months around it."""
    put, settings = model.calc.put, model.settings
    first = put("first month of the ledger", if_(count(ledger.month) == 0, 0, min_(ledger.month)))
    asked, latest = settings["report_date"], max_(ledger.month)
    reported = if_(isnumber(asked), asked, if_(latest > 0, date_(year(latest), month(latest) + 1, 0), ""))
    date = put("report date", reported)
    report = put("report month", if_(isnumber(date), date_(year(date), month(date), 1), ""))
    names_ = [
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    ]
    model.lists["months"] = model.calc.block("Names of the months", ["name"], [[m] for m in names_])
    months = {"month": report}
    for key, back in (("compare_month", settings["compare_months"]), ("year_ago", lit(12))):
        earlier = if_(isnumber(back), date_(year(report), month(report) - back, 1), "")
        months[key] = put(key.replace("_", " "), iferror(if_(isnumber(report), earlier, ""), ""))
    rows, texts = {}, {}
    for key, one in months.items():
        rows[key] = put(key + " rows", if_(length(one) == 0, 0, countif(ledger.month, one)))
        texts[key] = put(key + " in words", month_text(model, one))
    date_text = put("report date in words", day_text(model, date))
    before = [if_(isnumber(report), date_(year(report), month(report) - (12 - k), 1), "") for k in range(13)]
    span = model.calc.block("The 13 months to the report month", ["month"], [[m] for m in before])
    counts = [[if_(isnumber(m), countif(ledger.month, m), 0)] for m in (span.cell(k) for k in range(13))]
    held = model.calc.block("Rows of the ledger in each of them", ["rows"], counts)
    totals = [
        [if_(held.cell(k) > 0, sumifs(ledger.total, (ledger.month, span.cell(k))), na())] for k in range(span.rows)
    ]
    return Report(
        date=date,
        date_text=date_text,
        first_month=first,
        month=report,
        month_text=texts["month"],
        month_rows=rows["month"],
        compared=months["compare_month"],
        compared_text=texts["compare_month"],
        compared_rows=rows["compare_month"],
        year_ago=months["year_ago"],
        year_ago_rows=rows["year_ago"],
        months=span,
        rows=held,
        mrr=model.calc.block("MRR in each of them", ["MRR"], totals),
    )


def _counted(model: Model) -> Range:
    """What each row counts for: nothing where the same month and account stand on a later row, which counts instead.

    Key, total and amounts of such a row are blank, so that neither a search nor a sum finds it. Where no row stands
    there twice, which one function finds, nothing is looked for.
    """
    sheet, values = model.sheet("calc_mrr"), model.inputs["MRR"]
    n = values.rows
    typed = sheet.area(1, TYPED, n, TYPED)
    repeats = model.kam(sheet, 1, REPEATS, "KAM_DUPLICATES", typed, rows=n)
    twice = model.calc.put("MRR rows that stand there twice", count(repeats))
    following: dict[object, int] = {}
    below = [0] * n
    for i, value in reversed(list(enumerate(typed.flat()))):
        if value not in (None, ""):
            below[i] = following.get(value, i) - i
            following[value] = i
    key, no = each(typed), each(sheet.area(1, 7, n, 7))
    row = row_of_area(values, no)
    counts = each(sheet.fill(1, NEXT, _later(twice, key, typed, below), n)) == 0  # not there again
    sheet.fill(1, 3, if_(counts, key, ""), n)
    sheet.fill(1, 5, if_(counts, iferror(if_(count(row) == 0, "", sum_(row)), ""), ""), n)
    paid = [
        each(sheet.fill(1, PLANS + k, if_(counts, _paid(index(values, no, lit(k + 1))), ""), n))
        for k in range(PLAN_SLOTS)
    ]
    sheet.fill(1, 6, _largest(paid), n)
    return repeats


def _later(twice: X, key: Each, typed: Range, found: list[int]) -> X:
    """How many rows below the key stands again, 0 if nowhere: MATCH among the rows below, if any key stands twice."""
    parts = ("IF(", twice, "=0,0,IF(LEN(", key, ")=0,0,IFERROR(MATCH(", key, ",", Below(typed), ",0),0)))")
    return apply(parts, lambda i: found[i], (Number(typed.rows, 0),))


def _twice(totals: Range, place: X, first: X) -> X:
    """What is wrong with a second row of a month and account: both amounts, and which counts."""
    heading = heading_of(totals)
    parts = ("ROW(", heading, ")+", first)
    row_there = apply(parts, lambda no: heading.row + 1 + no if isinstance(no, int) else 0, (first,))
    here, there = index(totals, place) & "", index(totals, first) & ""
    return say(
        "stands there twice for this month, with {there} (row {row}) and {here}; the last row counts",
        there=there,
        row=row_there,
        here=here,
    )


def _paid(cell: X) -> X:
    return iferror(if_(isnumber(cell), cell, ""), "")


def _largest(plans: Sequence[X]) -> X:
    """Number of the largest plan that is paid for, 0 if none."""
    out: X = lit(0)
    for k, cell in enumerate(plans):
        out = if_(and_(isnumber(cell), cell > 0), k + 1, out)
    return out


def month_text(model: Model, date: X, with_year: bool = True) -> X:
    """A month in words, in the language of the workbook."""
    return month_words(model.lists["months"], date, with_year)


def day_text(model: Model, date: X, with_year: bool = True) -> X:
    """A day in words, in the language of the workbook."""
    return day_words(model.lists["months"], date, with_year)


def finish(model: Model, ledger: Ledger) -> None:
    """Checks of the ledger."""
    sheet, months, names, values = (
        model.sheet("MRR"),
        model.inputs["MRR.Month"],
        model.inputs["MRR.Account"],
        model.inputs["MRR"],
    )
    numbers, repeats = ledger.account, ledger.repeats
    totals = sheet.area(FIRST, TOTAL, FIRST + months.rows - 1, TOTAL)
    sheet.write(FIRST - 1, TOTAL, _("Total"), **theme.heading(align="right"))
    sheet.write(FIRST - 1, CHECK, _("Check"), **theme.heading(align="left", indent=1))
    found: list[Problem] = []
    whole = sheet.area(FIRST, MONTH, FIRST + months.rows - 1, PLAN + PLAN_SLOTS - 1)
    plans = model.lists["plans"]
    columns = [sheet.area(FIRST, PLAN + k, FIRST + months.rows - 1, PLAN + k) for k in range(PLAN_SLOTS)]
    astray: X = lit(0)
    for k, area in enumerate(columns):
        astray = astray + if_(length(plans.cell(k)) == 0, counta(area), 0)
    astray = model.calc.put("MRR in columns without a plan", astray)
    date, name, row = each(months), each(names), across(values)
    checks, inner = RowChecks(sheet, found), RowChecks(sheet, found)
    checks.number(date, day=True)
    checks.no_error(name)
    checks.add(date, and_(length(date) == 0, length(name) > 0), _("is blank"), _("type the month"))
    nameless = and_(length(name) == 0, counta(row) > 0)
    checks.add(name, nameless, _("is blank"), _("type the account's name or clear the row"))
    place = place_in(name, heading_of(names))
    stranger = and_(length(name) > 0, length(index(numbers, place)) == 0)
    checks.add(name, stranger, _("is not on Accounts"), _("add the account there or mend the name"))
    first = index(repeats, place)
    checks.add(name, isnumber(first), _twice(totals, place, first), _("keep one row per month and account"))
    for k in range(PLAN_SLOTS):
        cell = each(values, k)
        inner.number(cell, (0, 1e12))
        unnamed = and_(length(cell) > 0, length(plans.cell(k)) == 0)
        inner.add(cell, unnamed, _("is MRR without a plan"), _("name the plan in Settings or move it"))
    checks.unless(and_(count(row) == counta(row), countif(row, "<0") == 0, astray == 0), inner)
    text = if_(counta(across(whole)) == 0, "", checks.text())
    sheet.fill(FIRST, CHECK, text, months.rows, **theme.computed(font_color=theme.RISK_D, indent=1))
    texts = sheet.area(FIRST, CHECK, FIRST + months.rows - 1, CHECK)
    listed(model, model.sheet("calc_mrr"), "MRR", texts, 0, by_rows(found))


def sums(ledger: Range, months: Range, month: X, flags: Range | None = None) -> X:
    """MRR of one month, of all accounts or of those flagged."""
    pairs = [(months, month)] + ([(flags, lit(1))] if flags is not None else [])
    return sumifs(ledger, *pairs)
