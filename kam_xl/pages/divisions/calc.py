"""What stands behind Divisions: the ledger by numbers of account and division, so that all sums compare numbers.

Names could hold ``*`` or ``>``, which SUMIFS would read as more than a name; the place of an account's first row and
the number of a division in the list of Settings cannot.
"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.guards import failed, typed
from kam_xl.canvas.inputs import taken
from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    match_text,
    max_,
    n_,
    or_,
    sum_,
    sumif,
)
from kam_xl.formulas.rows import Number, each

SHEET = "calc_divisions"
NAME, DIVISION, ACCOUNT_NO, DIVISION_NO, SOLD, POTENTIAL, OF_KNOWN, GAP, WHITE, EMPTY, FIRST, OF_ACCOUNT = range(12)
SPACES, ORDER, STATE, FIELD, RUNS, LIST = 13, 21, 28, 29, 31, 32


@dataclass
class Wallet:
    """The ledger row by row, the functions' results, the divisions of Settings, and sums over all."""

    sheet: Sheet
    rows: int
    spaces: Range  # KAM_WHITESPACE
    order: Range  # the accounts, the largest gap first: KAM_PARETO over the places of their first rows
    accounts: Ref
    divisions: Ref  # in the list of Settings
    names: Range  # their names without blanks between
    known: Ref  # whether there is anything to show
    sold: Ref
    potential: Ref
    share: Ref
    gap: Ref
    white: Ref  # gap where nothing is sold
    fields: Ref  # how many these are

    def column(self, j: int) -> Range:
        """A column of the ledger on the calculation sheet."""
        return self.sheet.area(1, j, self.rows, j)

    def name(self, place: X) -> X:
        """The account whose first row this is."""
        return index(self.column(NAME), max_(place, lit(1)))


def calculate(model: Model) -> Wallet:
    """Fill the calculation sheet."""
    calc, put, inputs = model.book.sheet(SHEET), model.calc.put, model.inputs
    account, division = inputs["divisions.account"], inputs["divisions.division"]
    sold, potential = inputs["divisions.sold"], inputs["divisions.potential"]
    rows = account.rows
    heads = [
        "account",
        "division",
        "no",
        "no",
        "sold",
        "potential",
        "of_known",
        "gap",
        "white",
        "nothing",
        "first",
        "of_account",
    ]
    for j, text in enumerate(heads):
        calc.write(0, j, text, **theme.note())
    runs, names, number = _list(model, calc)
    no = Number(rows)
    name = each(calc.fill(1, NAME, taken(account, no) & "", rows))
    what = each(calc.fill(1, DIVISION, taken(division, no) & "", rows))

    def column(j: int) -> Range:
        return calc.area(1, j, rows, j)

    listed = model.lists["divisions"].column(0)
    named_above = each(calc.area(0, NAME, rows - 1, NAME))

    def number_of(above: X) -> X:
        # most ledgers list an account's divisions one below the other; above the first one is a heading
        found = iferror(match_text(name, column(NAME)), 0)
        return if_(length(name) == 0, 0, if_(and_(named_above == name, isnumber(above)), above, found))

    numbers = each(calc.running(1, ACCOUNT_NO, number_of, rows))
    place = iferror(match_text(what, listed), 0)
    run = if_(length(what) == 0, 0, if_(place == 0, 0, index(runs, max_(place, lit(1)))))
    calc.fill(1, DIVISION_NO, run, rows)
    amounts = []
    for j, area in ((SOLD, sold), (POTENTIAL, potential)):
        cell = typed(area, no)
        there = if_(length(name & what) == 0, 0, if_(isnumber(cell), max_(cell + 0, lit(0)), 0))
        amounts.append(each(calc.fill(1, j, iferror(there, 0), rows)))
    have, could = amounts
    calc.fill(1, OF_KNOWN, if_(could > 0, have, 0), rows)
    gap = each(calc.fill(1, GAP, max_(could - have, lit(0)), rows))
    nothing = each(calc.fill(1, EMPTY, if_(and_(could > 0, have == 0), 1, 0), rows))
    calc.fill(1, WHITE, if_(nothing == 1, gap, 0), rows)
    any_ = sumif(column(ACCOUNT_NO), numbers, column(SOLD)) + sumif(column(ACCOUNT_NO), numbers, column(POTENTIAL))
    first = each(calc.fill(1, FIRST, if_(numbers == no, if_(any_ > 0, numbers, ""), ""), rows))
    of_account = if_(length(first) == 0, "", sumif(column(ACCOUNT_NO), numbers, column(GAP)))
    calc.fill(1, OF_ACCOUNT, of_account, rows)
    spaces = model.kam(calc, 1, SPACES, "KAM_WHITESPACE", account, division, sold, potential, rows=rows)
    order = model.kam(calc, 1, ORDER, "KAM_PARETO", column(FIRST), column(OF_ACCOUNT), rows=rows)
    # as text of the sheet: Calc finds none of a function's texts
    state = each(calc.fill(1, STATE, iferror(each(spaces, 6) & "", ""), rows))
    calc.running(1, FIELD, lambda above: n_(above) + if_(state == "white space", 1, 0), rows)
    all_sold = put("divisions: sold", sum_(column(SOLD)))
    could_be = put("divisions: potential", sum_(column(POTENTIAL)))
    held = sum_(column(OF_KNOWN))
    return Wallet(
        calc,
        rows,
        spaces,
        order,
        put("divisions: accounts", count(column(FIRST))),
        number,
        names,
        put("divisions: known", if_(or_(failed(spaces), all_sold + could_be == 0), 0, 1)),
        all_sold,
        could_be,
        put("divisions: share of wallet", iferror(if_(could_be > 0, held / could_be, 0), 0)),
        put("divisions: gap", sum_(column(GAP))),
        put("divisions: white space", sum_(column(WHITE))),
        put("divisions: white fields", sum_(column(EMPTY))),
    )


def _list(model: Model, calc: Sheet) -> tuple[Range, Range, Ref]:
    """The divisions of Settings: their running numbers, their names without blanks between, how many."""
    area = model.lists["divisions"]
    slots = area.rows
    before: X = lit(0)
    for i in range(slots):
        before = calc.write(1 + i, RUNS, before + if_(length(taken(area.column(0), lit(i + 1))) > 0, 1, 0))
    runs = calc.area(1, RUNS, slots, RUNS)
    for i in range(slots):
        name = iferror(index(area.column(0), match(i + 1, runs)) & "", "")
        calc.write(1 + i, LIST, name)
    number = model.calc.put("divisions: in the list", before + 0)
    return runs, calc.area(1, LIST, slots, LIST), number
