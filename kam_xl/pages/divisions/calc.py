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
    or_,
    sum_,
    sumif,
)

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
    for i in range(rows):
        calc.write(1 + i, NAME, taken(account, lit(i + 1)) & "")
        calc.write(1 + i, DIVISION, taken(division, lit(i + 1)) & "")

    def column(j: int) -> Range:
        return calc.area(1, j, rows, j)

    listed = model.lists["divisions"].column(0)
    for i in range(rows):
        row = 1 + i
        name, what = calc.ref(row, NAME), calc.ref(row, DIVISION)
        found = iferror(match_text(name, column(NAME)), 0)
        if i:  # most ledgers list an account's divisions one below the other
            found = if_(calc.ref(row - 1, NAME) == name, calc.ref(row - 1, ACCOUNT_NO), found)
        calc.write(row, ACCOUNT_NO, if_(length(name) == 0, 0, found))
        place = iferror(match_text(what, listed), 0)
        calc.write(row, DIVISION_NO, if_(length(what) == 0, 0, if_(place == 0, 0, index(runs, max_(place, lit(1))))))
        amounts = []
        for j, area in ((SOLD, sold), (POTENTIAL, potential)):
            cell = typed(area, lit(i + 1))
            there = if_(length(name & what) == 0, 0, if_(isnumber(cell), max_(cell + 0, lit(0)), 0))
            amounts.append(calc.write(row, j, iferror(there, 0)))
        have, could = amounts
        calc.write(row, OF_KNOWN, if_(could > 0, have, 0))
        gap = calc.write(row, GAP, max_(could - have, lit(0)))
        nothing = calc.write(row, EMPTY, if_(and_(could > 0, have == 0), 1, 0))
        calc.write(row, WHITE, if_(nothing == 1, gap, 0))
    for i in range(rows):
        row, no = 1 + i, calc.ref(1 + i, ACCOUNT_NO)
        there = sumif(column(ACCOUNT_NO), no, column(SOLD)) + sumif(column(ACCOUNT_NO), no, column(POTENTIAL))
        first = calc.write(row, FIRST, if_(no == i + 1, if_(there > 0, no, ""), ""))
        calc.write(row, OF_ACCOUNT, if_(length(first) == 0, "", sumif(column(ACCOUNT_NO), no, column(GAP))))
    spaces = model.kam(calc, 1, SPACES, "KAM_WHITESPACE", account, division, sold, potential, rows=rows)
    order = model.kam(calc, 1, ORDER, "KAM_PARETO", column(FIRST), column(OF_ACCOUNT), rows=rows)
    before: X = lit(0)
    for i in range(rows):  # as text of the sheet: Calc finds none of a function's texts
        state = calc.write(1 + i, STATE, iferror(spaces.cell(i, 6) & "", ""))
        before = calc.write(1 + i, FIELD, before + if_(state == "white space", 1, 0))
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
