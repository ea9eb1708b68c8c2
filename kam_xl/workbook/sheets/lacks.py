"""Accounts that Revenue, MRR or Scores has no row of: said on Checks, as what they lack is missing on pages unseen.

It is no problem: a new account has no revenue yet, and whoever has no scores is not ranked on purpose.
"""

from __future__ import annotations

from kam_xl.locale import _
from kam_xl.workbook import theme
from kam_xl.workbook.areas import where
from kam_xl.workbook.formula import Range, Ref, X, cat
from kam_xl.workbook.functions import count, counta, if_, iferror, index, length, match
from kam_xl.workbook.inputs import row_of
from kam_xl.workbook.model import Model

CALC = "calc_lacks"
NAMED = 2  # accounts that are named, of each sheet


def calculate(model: Model) -> None:
    """The accounts that each sheet lacks, and the sentence about them."""
    sheet, c = model.sheet(CALC), model.computed
    rows = c["name"].rows
    for i in range(rows):
        name, no, billed = c["name"].cell(i), c["no"].cell(i), c["ledger_row"].cell(i)
        ever = if_(length(name), iferror(match(no, c["mrr_no"]), 0), 0)
        sheet.write(1 + i, 0, if_(billed, billed, ever))
        sheet.write(1 + i, 1, row_of(name, model.inputs["Scores.Account"], no))
    tables = {"Revenue": c["revenue_row"], "MRR": sheet.area(1, 0, rows, 0), "Scores": sheet.area(1, 1, rows, 1)}
    sheet.write(0, 0, "row on MRR, any month", **theme.note())
    sheet.write(0, 1, "row on Scores", **theme.note())
    total = model.calc.put("accounts on Accounts", counta(model.inputs["Accounts.Account"]))
    model.lacks = [_line(model, table, area, total, 2 + k) for k, (table, area) in enumerate(tables.items())]


def _line(model: Model, table: str, found: Range, total: X, column: int) -> Ref:
    names = model.computed["name"]
    lacking = [bool(name) and not at for name, at in zip(names.flat(), found.flat(), strict=True)]
    sheet = model.sheet(CALC)
    sheet.write(0, column, f"accounts that {table} lacks", **theme.note())
    places = sheet.array(1, column, where(names, ("(LEN(", names, ")>0)*(", found, "=0)"), lacking), names.rows)
    n = model.calc.put(f"how many accounts {table} lacks", count(places))
    first, second = (iferror(index(names, places.cell(k)) & "", "") for k in range(NAMED))
    more = if_(n > NAMED, cat(_(" and "), n - NAMED, _(" more")), "")
    named = cat(table, ": ", first, if_(n > 1, cat(", ", second), ""), more)
    text = if_(n == 0, cat("✓ ", table), if_(n * 2 > total, cat(table, ": ", n, _(" of "), total), named))
    return model.calc.put(f"what {table} lacks, in words", text)
