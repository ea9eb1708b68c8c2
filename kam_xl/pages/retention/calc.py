"""Behind Retention: MRR of every account of the ledger in each of 13 months, and what moved from one to the next.

One row per account that stands in the ledger, not per row of Accounts: a workbook of 10,000 accounts without MRR pays
nothing for it. A month without any row in the ledger is a gap: its amounts are those of the month before, so that
nothing moves in it and the months still add up to the year.
"""

from __future__ import annotations

from collections.abc import Callable

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.inputs import next_or_search
from kam_xl.canvas.model import MOST_ROOM, PLAN_SLOTS, Model, room
from kam_xl.formulas.areas import Picked
from kam_xl.formulas.formula import Range, Scalar, X, lit
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
)
from kam_xl.formulas.rows import Above, Number, across, each

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


def calculate(model: Model) -> None:
    """Write the calculation sheet."""
    sheet, c, v = model.book.sheet(CALC), model.computed, model.values
    months, put = c["months"], model.calc.put
    numbers = _accounts(model, sheet)
    held = [c["month_rows"].cell(j) for j in range(MONTHS)]
    start: X = lit(0)
    for j in reversed(range(MONTHS)):
        start = if_(held[j] > 0, j + 1, start)
    v["ret_start"] = put("Retention: first of the 13 months with MRR", start)
    v["ret_ready"] = put("Retention: two months to compare", and_(start > 0, start < MONTHS, held[-1] > 0))
    v["ret_from"] = put("Retention: start month", if_(start > 0, index(months, max_(v["ret_start"], lit(1))), ""))
    rows = _room(model, numbers)
    v["ret_accounts"] = put("Retention: accounts of the ledger", max_(numbers))
    _each_account(model, sheet, numbers, rows)
    c["ret_amounts"] = sheet.area(1, AMOUNT, rows, AMOUNT + MONTHS - 1)
    for key, col in (("no", NO), ("start", START), ("end", END), ("gain", GAIN), ("loss", LOSS)):
        c[f"ret_{key}"] = sheet.area(1, col, rows, col)
    _results(model, sheet, rows)


def _accounts(model: Model, sheet: Sheet) -> Range:
    """A running number per row of the ledger: how many accounts it has named so far."""
    numbers = model.computed["mrr_no"]
    titles = {NUMBER: "accounts so far", PLACE: "first row", NO: "account no.", ROW: "rows on MRR", AMOUNT: "MRR"}
    titles |= {START: "start", END: "end", PLAN: "plan at the start", GAIN: "gained", LOSS: "lost"}
    for col, text in titles.items():
        sheet.write(0, col, text, **theme.note())
    # one call for the whole ledger: a search per row would take a second for 300 accounts
    repeats = model.kam(sheet, 1, REPEATS, "KAM_DUPLICATES", numbers, rows=numbers.rows)
    fresh = if_(length(each(numbers)) == 0, 0, if_(length(each(repeats)) > 0, 0, 1))
    return sheet.running(1, NUMBER, lambda above: n_(above) + fresh, numbers.rows)


def _each_account(model: Model, sheet: Sheet, numbers: Range, rows: int) -> None:
    """MRR of each account in every month; what it lost or gained from the start to the end."""
    c, v = model.computed, model.values
    there = numbers.cell(numbers.rows - 1) > Number(rows, 0)
    place = each(sheet.fill(1, PLACE, if_(there, match(Number(rows), numbers), 0), rows))
    no = each(sheet.fill(1, NO, if_(place == 0, "", index(c["mrr_no"], max_(place, lit(1)))), rows))
    blank = length(no) == 0
    before: X = lit(0)
    for j in range(MONTHS):
        month, held = c["months"].cell(j), c["month_rows"].cell(j)
        at = each(sheet.running(1, ROW + j, _ledger_row(c["mrr_key"], month, held, no), rows))
        paid = index(c["mrr_total"], max_(at, lit(1)))
        if j:  # who had MRR before and has none now left; who never had any is still to come
            none, gap = if_(length(before) == 0, "", 0), if_(length(before) == 0, "", before)
        else:
            known = iferror(v["first_month"] < month, False)
            earlier = countifs((c["mrr_no"], no), (c["mrr_month"], "<" & month))
            none, gap = if_(known, if_(earlier > 0, 0, ""), ""), lit("")
        amount = if_(and_(at > 0, isnumber(paid)), paid, none)
        before = each(sheet.fill(1, AMOUNT + j, if_(blank, "", if_(held == 0, gap, amount)), rows))
    first = max_(v["ret_start"], lit(1))
    chosen = index(across(sheet.area(1, AMOUNT, rows, AMOUNT + MONTHS - 1)), first)
    start = each(sheet.fill(1, START, if_(blank, "", if_(length(chosen) == 0, "", chosen)), rows))
    end = each(sheet.fill(1, END, if_(length(before) == 0, "", before), rows))
    held_at = index(across(sheet.area(1, ROW, rows, ROW + MONTHS - 1)), first)
    held_plan = iferror(if_(start > 0, index(c["mrr_plan"], max_(held_at, lit(1))), 0), 0)
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


def _results(model: Model, sheet: Sheet, rows: int) -> None:
    """The functions: over the year, month by month, since the start, and per plan."""
    c, v = model.computed, model.values
    start, end = _Ready(c["ret_start"], v["ret_ready"]), _Ready(c["ret_end"], v["ret_ready"])
    months = [_Ready(c["ret_amounts"].column(k), v["ret_ready"]) for k in range(MONTHS)]
    c["ret_moves"] = model.kam(sheet, 1, RESULTS, "KAM_MRR_MOVES", start, end, rows=7)
    single = (
        ("nrr", "KAM_NRR", (start, end)),
        ("grr", "KAM_GRR", (start, end)),
        ("quick", "KAM_QUICK_RATIO", (start, end)),
        ("arpa", "KAM_ARPA", (end,)),
        ("arpa_before", "KAM_ARPA", (start,)),
    )
    for j, (name, function, args) in enumerate(single):
        v[f"ret_{name}"] = model.kam(sheet, 1, RESULTS + 3 + j, function, *args).cell(0)
    for k in range(1, MONTHS):
        top, pair = 1 + HEIGHT * k, (months[k - 1], months[k])
        c[f"ret_moves {k}"] = model.kam(sheet, top, RESULTS, "KAM_MRR_MOVES", *pair, rows=7)
        for j, (name, args) in enumerate((("month", pair), ("since", (start, months[k])))):
            for i, rate in enumerate(("NRR", "GRR")):
                col = RESULTS + 3 + 2 * j + i
                v[f"ret_{name}_{rate} {k}"] = model.kam(sheet, top, col, f"KAM_{rate}", *args).cell(0)
    for p in range(PLAN_SLOTS):
        top = 1 + HEIGHT * (MONTHS + p)
        own = _Ready(sheet.area(1, BY_PLAN + p, rows, BY_PLAN + p), v["ret_ready"])
        c[f"ret_moves plan {p}"] = model.kam(sheet, top, RESULTS, "KAM_MRR_MOVES", own, end, rows=7)
        for i, rate in enumerate(("NRR", "GRR")):
            v[f"ret_plan_{rate} {p}"] = model.kam(sheet, top, RESULTS + 3 + i, f"KAM_{rate}", own, end).cell(0)
    for j, key in enumerate(("gain", "loss")):
        most = [_Ready(c[x], v["ret_ready"]) for x in ("ret_no", f"ret_{key}")]
        area = model.kam(sheet, 1, MOVERS + 10 * j, "KAM_PARETO", *most, rows=rows)
        c[f"ret_most_{key}"] = area
