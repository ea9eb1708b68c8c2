"""What stands behind Profit: revenue and costs of every row of Costs, and what the functions make of them.

A row of Costs keeps its place: rows that are in use are numbered, since the tables of the functions leave out those
that are not. The whale curve is computed over these places instead of names, so nothing has to be looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.guards import failed, typed
from kam_xl.canvas.inputs import row_of, taken
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Revenue
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    median,
    n_,
    or_,
    sum_,
    sumif,
)
from kam_xl.formulas.messages import listed
from kam_xl.formulas.rows import Number, across, each
from kam_xl.locale import _

SHEET = "calc_profit"
RUN, NO, NAME, REVENUE, DIRECT, SELL, OTHER, PRODUCT, RETENTION = 0, 1, 2, 3, 4, 5, 7, 8, 9
MARGINS, MATRIX = 11, 18  # results of KAM_PROFIT and KAM_PROFIT_MATRIX
PROFIT, TIER, CLASS, PLACE, SERVED, QUADRANT, BOTH_REVENUE, BOTH_COST, DISCOUNTED, SIMPLE, MARGIN = range(24, 35)
WHALE, LISTS = 36, 42  # the curve; running numbers of the accounts of each quadrant, the largest profit first
QUADRANTS = ("protect", "reprice", "maintain", "exit")


@dataclass
class Profit:
    """Columns with one row per row of Costs, and the whale curve with one row per account, the largest profit first."""

    sheet: Sheet
    rows: int
    table: Range  # KAM_PROFIT
    whale: Range
    year: Ref
    accounts: Ref  # accounts with a profit
    earning: Ref
    losing: Ref
    total: Ref
    revenue: Ref
    served: Ref  # cost to serve of all
    loss: Ref
    curve: Ref  # whether all profit is positive, so that the curve has shares
    lines: tuple[Ref, Ref]  # of revenue, of cost to serve
    both: Ref  # accounts with both numbers
    tiers_known: Ref

    def column(self, j: int) -> Range:
        """A column of the calculation sheet."""
        return self.sheet.area(1, j, self.rows, j)

    def of(self, j: int, place: X) -> X:
        """The cell of a column at a place, which is not 0."""
        return index(self.column(j), max_(place, lit(1)))


def calculate(model: Model) -> Profit:
    """Fill the calculation sheet."""
    calc, put, s = model.book.sheet(SHEET), model.calc.put, model.settings
    rows = model.inputs["costs.account"].rows
    year = _rows(model, calc, rows)

    def column(j: int) -> Range:
        return calc.area(1, j, rows, j)

    names, revenue, served = column(NAME), column(REVENUE), calc.area(1, SELL, rows, OTHER)
    table = model.kam(calc, 1, MARGINS, "KAM_PROFIT", names, revenue, column(DIRECT), served, rows=rows)
    matrix = model.kam(
        calc, 1, MATRIX, "KAM_PROFIT_MATRIX", names, revenue, served, s["revenue_line"], s["cost_line"], rows=rows
    )
    no = each(column(NO))
    profit = each(calc.fill(1, PROFIT, _number(table.column(4), no), rows))
    calc.fill(1, PLACE, if_(length(profit) == 0, "", Number(rows)), rows)
    calc.fill(1, SERVED, _number(table.column(3), no), rows)
    word = iferror(if_(no == 0, "", index(matrix.column(3), max_(no, lit(1))) & ""), "")
    quadrant = each(calc.fill(1, QUADRANT, word, rows))
    for j, source in ((BOTH_REVENUE, 1), (BOTH_COST, 2)):
        calc.fill(1, j, if_(length(quadrant) == 0, "", _number(matrix.column(source), no)), rows)
    margin = index(table.column(5), max_(no, lit(1)))
    told = if_(length(profit) == 0, "", if_(isnumber(margin), margin, _("n/a")))
    calc.fill(1, MARGIN, iferror(told, ""), rows)
    profits = column(PROFIT)
    tiers = model.kam(calc, 1, TIER, "KAM_ABC", profits, s["a_cut"], s["b_cut"], s["rule"], rows=rows)
    known = put("profit: classes known", if_(failed(tiers), 0, 1))
    tier = if_(profit <= 0, "D", if_(known == 1, each(tiers) & "", ""))
    calc.fill(1, CLASS, iferror(if_(length(profit) == 0, "", tier), ""), rows)
    kept, years = column(RETENTION), s["clv_years"]
    model.kam(calc, 1, DISCOUNTED, "KAM_CLV", profits, kept, s["discount"], years, rows=rows)
    model.kam(calc, 1, SIMPLE, "KAM_CLV", profits, kept, 0, years, rows=rows)
    whale = model.kam(calc, 1, WHALE, "KAM_WHALE", column(PLACE), profits, rows=rows)
    total = put("profit: total", sum_(profits))
    lines = tuple(
        put(f"profit: line of {name}", iferror(if_(length(s[name]) == 0, median(column(j)), s[name] + 0), 0))
        for name, j in (("revenue_line", BOTH_REVENUE), ("cost_line", BOTH_COST))
    )
    found = Profit(
        calc,
        rows,
        table,
        whale,
        year,
        put("profit: accounts", count(profits)),
        put("profit: accounts that earn", countif(profits, ">0")),
        put("profit: accounts that lose", countif(profits, "<0")),
        total,
        put("profit: revenue", iferror(sum_(table.column(1)), 0)),
        put("profit: cost to serve", iferror(sum_(table.column(3)), 0)),
        put("profit: losses", sumif(profits, "<0", profits)),
        put("profit: the curve has shares", if_(iferror(isnumber(whale.cell(0, 4)), False), 1, 0)),
        (lines[0], lines[1]),
        put("profit: accounts with both numbers", count(column(BOTH_REVENUE))),
        known,
    )
    _lists(found)
    return found


def _rows(model: Model, calc: Sheet, rows: int) -> Ref:
    """Every row of Costs by its place, with its revenue of the year; returns the year's name.

    Without any cost the revenue is left out too: revenue without costs would look like profit.
    """
    revenue = model.of(Revenue)
    values = model.inputs["Revenue"]
    column = model.calc.put("profit: place of the year", if_(revenue.basis > 0, revenue.basis, revenue.years))
    year = model.calc.put(
        "profit: year", iferror(if_(column == 0, "", index(revenue.names, max_(column, lit(1))) & ""), "")
    )
    heads = ["run", "no", "account", "revenue", "direct", "sell", "serve", "other", "product", "retention"]
    for j, text in enumerate(heads):
        calc.write(0, j, text, **theme.note())
    others = model.inputs["Revenue.Account"]
    no = Number(rows)
    name = each(calc.fill(1, NAME, taken(model.inputs["costs.account"], no) & "", rows))
    for j, key in enumerate(("direct", "sell", "serve", "other", "product", "retention")):
        calc.fill(1, DIRECT + j, typed(model.inputs[f"costs.{key}"], no), rows)
    place = each(calc.fill(1, LISTS + 5, row_of(name, others, no), rows))
    direct, sell, serve, other = (each(calc.area(1, j, rows, j)) for j in (DIRECT, SELL, SELL + 1, OTHER))
    unknown = or_(place == 0, column == 0)
    amount = index(values, max_(place, lit(1)), max_(column, lit(1)))
    amount = if_(unknown, "", if_(length(amount) == 0, "", amount))
    calc.fill(1, REVENUE, if_(iferror(length(direct & sell & serve & other) == 0, False), "", amount), rows)
    used = or_(length(name) > 0, count(across(calc.area(1, REVENUE, rows, OTHER))) > 0)
    run = each(calc.running(1, RUN, lambda above: n_(above) + if_(used, 1, 0), rows))
    calc.fill(1, NO, if_(used, run, 0), rows)
    return year


def _number(column: Range, no: X) -> X:
    """A number of a function's table, nothing where there is none."""
    cell = index(column, max_(no, lit(1)))
    return iferror(if_(no == 0, "", if_(isnumber(cell), cell, "")), "")


def _lists(p: Profit) -> None:
    """Running numbers of each quadrant's accounts in the order of the whale curve."""
    label = each(p.whale, 1)
    place = each(p.sheet.fill(1, LISTS + 4, iferror(if_(isnumber(label), label, 0), 0), p.rows))
    word = if_(place == 0, "", p.of(QUADRANT, place))
    for j, quadrant in enumerate(QUADRANTS):
        counted = if_(word == quadrant, 1, 0)
        p.sheet.running(1, LISTS + j, lambda above, one=counted: n_(above) + one, p.rows)  # type: ignore[misc]


def place_of(p: Profit, rank: X) -> X:
    """The place on Costs of the account with this rank, which is not 0."""
    return index(p.column(LISTS + 4), max_(rank, lit(1)))


def spread(accounts: X, slot: int, slots: int, last: int, gap: int = 0) -> X:
    """Which rank a slot shows: all of them, or, if there are more than slots, the first ones and the `last` ones.

    0 is no account; with `gap` the slot between both shows none.
    """
    first = slots - last - gap
    if slot < first:
        return if_(accounts > slot, lit(slot + 1), 0)
    few = if_(accounts > slot, lit(slot + 1), 0)
    many = lit(0) if slot < first + gap else accounts - (slots - slot - 1)
    return if_(accounts > slots, many, few)


def named(p: Profit, quadrant: str, most: int = 3, worst_first: bool = False) -> X:
    """The accounts of a quadrant in words: “A, B and C”, “A, B, C and 2 more”."""
    runs = p.column(LISTS + QUADRANTS.index(quadrant))
    number = runs.cell(p.rows - 1)
    names = []
    for k in range(1, most + 1):
        wanted = number - (k - 1) if worst_first else lit(k)
        place = place_of(p, iferror(match(wanted, runs), 1))
        names.append(iferror(p.of(NAME, max_(place, lit(1))), ""))
    return listed(names, number)


def in_quadrant(p: Profit, quadrant: str) -> X:
    """Accounts of a quadrant."""
    return countif(p.column(QUADRANT), quadrant)


def in_cell(p: Profit, letter: str, product: int) -> X:
    """Accounts of a customer class and a product class."""
    return countifs((p.column(CLASS), letter), (p.column(PRODUCT), product))
