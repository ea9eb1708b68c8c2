"""Accounts that Revenue, MRR or Scores has no row of: said on Checks, as what they lack is missing on pages unseen.

It is no problem: a new account has no revenue yet, and whoever has no scores is not ranked on purpose.
"""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.inputs import row_of
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Lacks, Ledger, PerAccount
from kam_xl.formulas.areas import where
from kam_xl.formulas.formula import Range, Ref, X
from kam_xl.formulas.functions import count, counta, if_, iferror, index, length, match
from kam_xl.formulas.messages import say
from kam_xl.formulas.rows import each

CALC = "calc_lacks"
NAMED = 2  # accounts that are named, of each sheet


def calculate(model: Model, accounts: PerAccount, ledger: Ledger) -> Lacks:
    """The accounts that each sheet lacks, and the sentence about them."""
    sheet, rows = model.sheet(CALC), accounts.name.rows
    name, no, billed = each(accounts.name), each(accounts.no), each(accounts.ledger_row)
    ever = if_(length(name), iferror(match(no, ledger.account), 0), 0)
    paid = sheet.fill(1, 0, if_(billed, billed, ever), rows)
    scored = sheet.fill(1, 1, row_of(name, model.inputs["Scores.Account"], no), rows)
    tables = {"Revenue": accounts.revenue_row, "MRR": paid, "Scores": scored}
    sheet.write(0, 0, "row on MRR, any month", **theme.note())
    sheet.write(0, 1, "row on Scores", **theme.note())
    total = model.calc.put("accounts on Accounts", counta(model.inputs["Accounts.Account"]))
    lines = [_line(model, table, area, total, 2 + k) for k, (table, area) in enumerate(tables.items())]
    return Lacks(tuple(lines))


def _line(model: Model, table: str, found: Range, total: X, column: int) -> Ref:
    names = model.of(PerAccount).name
    lacking = [bool(name) and not at for name, at in zip(names.flat(), found.flat(), strict=True)]
    sheet = model.sheet(CALC)
    sheet.write(0, column, f"accounts that {table} lacks", **theme.note())
    places = sheet.array(1, column, where(names, ("(LEN(", names, ")>0)*(", found, "=0)"), lacking), names.rows)
    n = model.calc.put(f"how many accounts {table} lacks", count(places))
    first, second = (iferror(index(names, places.cell(k)) & "", "") for k in range(NAMED))
    few = if_(
        n > 1,
        say("{table}: {first}, {second}", table=table, first=first, second=second),
        say("{table}: {first}", table=table, first=first),
    )
    some = say("{table}: {first}, {second} and {more} more", table=table, first=first, second=second, more=n - NAMED)
    many = say("{table}: {n} of {total}", table=table, n=n, total=total)
    text = if_(n == 0, say("✓ {table}", table=table), if_(n * 2 > total, many, if_(n > NAMED, some, few)))
    return model.calc.put(f"what {table} lacks, in words", text)
