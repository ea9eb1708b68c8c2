"""Behind Retention: MRR of every account of the ledger in each of 13 months, and what moved from one to the next.

One row per account that stands in the ledger, not per row of Accounts: a workbook of 10,000 accounts without MRR pays
nothing for it. A month without any row in the ledger is a gap: its amounts are those of the month before, so that
nothing moves in it and the months still add up to the year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.inputs import next_or_search
from kam_xl.canvas.model import MOST_ROOM, PLAN_SLOTS, Model, room
from kam_xl.canvas.results import Followed, Ledger, Report
from kam_xl.formulas.areas import Area, Picked
from kam_xl.formulas.formula import Range, Ref, Scalar, X, lit
from kam_xl.formulas.functions import (
    and_,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    n_,
    round_,
    sum_,
)
from kam_xl.formulas.rows import Above, Number, across, each
from kam_xl.input_sheets.mrr import month_text

CALC = "calc_retention"
MONTHS = 13
NUMBER, PLACE, NO, ROW = 0, 1, 2, 3
AMOUNT = ROW + MONTHS
START, END, PLAN, GAIN, LOSS = range(AMOUNT + MONTHS, AMOUNT + MONTHS + 5)
BY_PLAN = LOSS + 1
RESULTS = BY_PLAN + PLAN_SLOTS + 1
NEW, REACTIVATED, EXPANSION, CONTRACTION, CHURNED = range(1, 6)  # rows of a result of KAM_MRR_MOVES
HEIGHT = 8  # rows between two results
MOVERS = RESULTS + 9
REPEATS = MOVERS + 20
MOVED = REPEATS + 2  # the accounts that moved most: number, name, row here


@dataclass(frozen=True)
class Rates:
    """Net and gross retention."""

    nrr: Ref
    grr: Ref


@dataclass(frozen=True)
class Part:
    """What moved in a month or a plan, and the rates."""

    moves: Range
    nrr: Ref
    grr: Ref


@dataclass(frozen=True)
class _Span:
    first: Ref
    ready: Ref
    since: Ref


@dataclass(frozen=True)
class Retention:
    """What the page shows."""

    first: Ref  # number of the first of the 13 months that has MRR
    ready: Ref  # whether there are two months to compare
    since: Ref  # the month at the start, in words
    moves: Range
    gained: Ref
    lost: Ref
    nrr: Ref
    grr: Ref
    quick: Ref
    arpa: Ref
    arpa_before: Ref
    by_month: dict[int, Part]  # 1 to 12
    since_start: dict[int, Rates]
    by_plan: list[Part]
    start: Range  # MRR of each account that is followed
    end: Range
    gain: Range  # who gained, most first
    loss: Range


class _Ready(Picked):
    """A column, or nothing while there are no two months to compare: ninety calls over blank rows would cost time."""

    def __init__(self, area: Range, ready: X) -> None:
        super().__init__(area, lit(0))
        self.ready = ready

    def render(self, sheet: str, row: int) -> str:
        """``IF(ready,area,"")``."""
        return f'IF({self.ready.render(sheet, row)},{self.area.render(sheet, row)},"")'

    def values(self) -> list[list[Scalar]]:
        """Rows of values."""
        return self.area.values() if self.ready.value else [[""]]


def _room(model: Model, numbers: Range) -> int:
    """Accounts that are followed: those of the ledger now and room to grow; Checks says when it is used up."""
    now = len({str(account).lower() for _month, account, _amounts in model.tables.mrr})
    return min(model.inputs["Accounts.Account"].rows, numbers.rows, max(room(now), MOST_ROOM))


def calculate(model: Model) -> Retention:
    """Write the calculation sheet."""
    report = model.of(Report)
    sheet = model.book.sheet(CALC)
    months, put = report.months, model.calc.put
    numbers = _accounts(model, sheet)
    held = [report.rows.cell(j) for j in range(MONTHS)]
    start: X = lit(0)
    for j in reversed(range(MONTHS)):
        start = if_(held[j] > 0, j + 1, start)
    first = put("Retention: first of the 13 months with MRR", start)
    ready = put("Retention: two months to compare", and_(start > 0, start < MONTHS, held[-1] > 0))
    since = put("Retention: start month", if_(start > 0, index(months, max_(first, lit(1))), ""))
    rows = _room(model, numbers)
    number = put("Retention: accounts of the ledger", max_(numbers))
    _each_account(model, sheet, numbers, first, rows)
    model.give(Followed(sheet.area(1, NO, rows, NO), number))
    return model.give(_results(model, sheet, rows, _Span(first, ready, since)))


def _accounts(model: Model, sheet: Sheet) -> Range:
    """A running number per row of the ledger: how many accounts it has named so far."""
    ledger = model.of(Ledger)
    numbers = ledger.account
    titles = {NUMBER: "accounts so far", PLACE: "first row", NO: "account no.", ROW: "rows on MRR", AMOUNT: "MRR"}
    titles |= {START: "start", END: "end", PLAN: "plan at the start", GAIN: "gained", LOSS: "lost"}
    for col, text in titles.items():
        sheet.write(0, col, text, **theme.note())
    # one call for the whole ledger: a search per row would take a second for 300 accounts
    repeats = model.kam(sheet, 1, REPEATS, "KAM_DUPLICATES", numbers, rows=numbers.rows)
    fresh = if_(length(each(numbers)) == 0, 0, if_(length(each(repeats)) > 0, 0, 1))
    return sheet.running(1, NUMBER, lambda above: n_(above) + fresh, numbers.rows)


def _each_account(model: Model, sheet: Sheet, numbers: Range, first: X, rows: int) -> None:
    """MRR of each account in every month; what it lost or gained from the start to the end."""
    ledger, report = model.of(Ledger), model.of(Report)
    there = numbers.cell(numbers.rows - 1) > Number(rows, 0)
    place = each(sheet.fill(1, PLACE, if_(there, match(Number(rows), numbers), 0), rows))
    no = each(sheet.fill(1, NO, if_(place == 0, "", index(ledger.account, max_(place, lit(1)))), rows))
    blank = length(no) == 0
    before: X = lit(0)
    for j in range(MONTHS):
        month, held = report.months.cell(j), report.rows.cell(j)
        at = each(sheet.running(1, ROW + j, _ledger_row(ledger.key, month, held, no), rows))
        paid = index(ledger.total, max_(at, lit(1)))
        if j:  # who had MRR before and has none now left; who never had any is still to come
            none, gap = if_(length(before) == 0, "", 0), if_(length(before) == 0, "", before)
        else:
            known = iferror(report.first_month < month, False)
            earlier = countifs((ledger.account, no), (ledger.month, "<" & month))
            none, gap = if_(known, if_(earlier > 0, 0, ""), ""), lit("")
        amount = if_(and_(at > 0, isnumber(paid)), paid, none)
        before = each(sheet.fill(1, AMOUNT + j, if_(blank, "", if_(held == 0, gap, amount)), rows))
    first = max_(first, lit(1))
    chosen = index(across(sheet.area(1, AMOUNT, rows, AMOUNT + MONTHS - 1)), first)
    start = each(sheet.fill(1, START, if_(blank, "", if_(length(chosen) == 0, "", chosen)), rows))
    end = each(sheet.fill(1, END, if_(length(before) == 0, "", before), rows))
    held_at = index(across(sheet.area(1, ROW, rows, ROW + MONTHS - 1)), first)
    held_plan = iferror(if_(start > 0, index(ledger.plan, max_(held_at, lit(1))), 0), 0)
    plan = each(sheet.fill(1, PLAN, if_(length(start) == 0, 0, if_(held_at == 0, 0, held_plan)), rows))
    for p in range(PLAN_SLOTS):
        sheet.fill(1, BY_PLAN + p, if_(plan == p + 1, start, ""), rows)
    a, b = (if_(isnumber(x), max_(x, lit(0)), 0) for x in (start, end))
    sheet.fill(1, GAIN, if_(blank, "", if_(b - a > 1e-9 * b, round_(b - a, 9), "")), rows)
    sheet.fill(1, LOSS, if_(blank, "", if_(a - b > 1e-9 * a, round_(a - b, 9), "")), rows)


def _ledger_row(keys: Range, month: X, held: X, no: X) -> Callable[[Above], X]:
    """The row on MRR of a month and an account; the one below the row of the account above is tried first."""

    def found(above: Above) -> X:
        place = iferror(next_or_search(month * 100000 + no, keys, n_(above)), 0)
        return if_(length(no) == 0, 0, if_(held == 0, 0, place))

    return found


def _results(model: Model, sheet: Sheet, rows: int, span: _Span) -> Retention:
    """The functions: over the year, month by month, since the start, and per plan."""

    def rate(name: str, row: int, col: int, *args: Area) -> Ref:
        return model.kam(sheet, row, col, name, *args).cell(0)

    def column(col: int) -> Range:
        return sheet.area(1, col, rows, col)

    ready, put = span.ready, model.calc.put
    start, end = _Ready(column(START), ready), _Ready(column(END), ready)
    months = [_Ready(column(AMOUNT + k), ready) for k in range(MONTHS)]
    moves = model.kam(sheet, 1, RESULTS, "KAM_MRR_MOVES", start, end, rows=7)
    nrr, grr = rate("KAM_NRR", 1, RESULTS + 3, start, end), rate("KAM_GRR", 1, RESULTS + 4, start, end)
    quick = rate("KAM_QUICK_RATIO", 1, RESULTS + 5, start, end)
    arpa, arpa_before = rate("KAM_ARPA", 1, RESULTS + 6, end), rate("KAM_ARPA", 1, RESULTS + 7, start)
    by_month: dict[int, Part] = {}
    since_start: dict[int, Rates] = {}
    for k in range(1, MONTHS):
        top, pair = 1 + HEIGHT * k, (months[k - 1], months[k])
        part = model.kam(sheet, top, RESULTS, "KAM_MRR_MOVES", *pair, rows=7)
        both = [rate(f"KAM_{name}", top, RESULTS + 3 + i, *pair) for i, name in enumerate(("NRR", "GRR"))]
        by_month[k] = Part(part, *both)
        since = [rate(f"KAM_{name}", top, RESULTS + 5 + i, start, months[k]) for i, name in enumerate(("NRR", "GRR"))]
        since_start[k] = Rates(*since)
    by_plan = []
    for p in range(PLAN_SLOTS):
        top, own = 1 + HEIGHT * (MONTHS + p), _Ready(column(BY_PLAN + p), ready)
        part = model.kam(sheet, top, RESULTS, "KAM_MRR_MOVES", own, end, rows=7)
        both = [rate(f"KAM_{name}", top, RESULTS + 3 + i, own, end) for i, name in enumerate(("NRR", "GRR"))]
        by_plan.append(Part(part, *both))
    gain, loss = (
        model.kam(
            sheet, 1, MOVERS + 10 * j, "KAM_PARETO", _Ready(column(NO), ready), _Ready(column(col), ready), rows=rows
        )
        for j, col in enumerate((GAIN, LOSS))
    )
    return Retention(
        first=span.first,
        ready=ready,
        since=put("Retention: start month in words", month_text(model, span.since)),
        moves=moves,
        gained=put("Retention: MRR gained", if_(ready, sum_(moves.part(NEW, EXPANSION, 1, 1)), 0)),
        lost=put("Retention: MRR lost", if_(ready, 0 - sum_(moves.part(CONTRACTION, CHURNED, 1, 1)), 0)),
        nrr=nrr,
        grr=grr,
        quick=quick,
        arpa=arpa,
        arpa_before=arpa_before,
        by_month=by_month,
        since_start=since_start,
        by_plan=by_plan,
        start=column(START),
        end=column(END),
        gain=gain,
        loss=loss,
    )
