"""This month's rows of the sheet MRR."""

from __future__ import annotations

from datetime import date

from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake.parsing import as_date
from kam_xl.locale import _
from kam_xl.macros import excel
from kam_xl.macros.changes import changing
from kam_xl.macros.inputs import Inputs, Table


def snapshot_mrr(book: excel.Book, month: date | None = None) -> str:
    """Write a row per account for a month (the present one), with the amounts of the last month before it.

    Amounts that were typed for the month stay; a row of the month without amounts gets them. Accounts that paid
    nothing in the month before get no row. In an empty ledger every account gets a row without amounts.

    Raises
    ------
    DataError
        In one line, before anything is written: when MRR has not rows enough, or the workbook is not of kam_xl.
    """
    inputs = Inputs(book)
    first = (month or date.today()).replace(day=1)
    with excel.progress(book, _("writing the MRR of {month} down").format(month=f"{first:%Y-%m}")):
        ledger = inputs.edit("tblMRR", ["Month", "Account"])
        plans = [column for heading, column in ledger.columns.items() if heading.startswith("Plan ")]
        source = _before(ledger, first)
        if source:
            wanted = [(name, amounts) for name, amounts in _rows(ledger, source, plans) if any(map(_paid, amounts))]
        else:
            accounts = inputs.edit("tblAccounts", ["Account"])
            names = [accounts.value(row, accounts.columns["Account"]) for row in accounts.rows.values()]
            wanted = [(name, []) for name in names if name is not None]
        added, kept = _enter(ledger, first, wanted, plans)
        ledger.check_room()
        if not wanted:
            raise DataError(_("there are no accounts with MRR to carry over; type them on MRR"))
        with changing(book) as changes:
            ledger.write(changes)
        if ledger.changed:
            book.sheets[ledger.area.sheet].activate()
    parts = [_("MRR of {month}: {n} rows written").format(month=f"{first:%Y-%m}", n=added)]
    if source:
        parts.append(_("with the amounts of {month}").format(month=f"{source:%Y-%m}"))
    if kept:
        parts.append(_("{n} typed before stay").format(n=kept))
    text = _("{done}; change what has changed.").format(done=", ".join(parts))
    asked = inputs.settings[0].report_date
    if asked is not None and asked < first:
        text += " " + _("The pages still look back from {day}, the report date on Settings.").format(day=asked)
    return text


def _before(ledger: Table, first: date) -> date | None:
    """The last month of the ledger before a month."""
    at = ledger.columns["Month"]
    months = (as_date(ledger.value(row, at)) for row in ledger.rows.values())
    return max((m.replace(day=1) for m in months if isinstance(m, date) and m.replace(day=1) < first), default=None)


def _rows(ledger: Table, month: date, plans: list[int]) -> list[tuple[Value, list[Value]]]:
    """Accounts and amounts of a month, in the order of the ledger."""
    found: list[tuple[Value, list[Value]]] = []
    for row in ledger.rows.values():
        own, name = (ledger.value(row, ledger.columns[heading]) for heading in ("Month", "Account"))
        day = as_date(own)
        if name is not None and isinstance(day, date) and (day.year, day.month) == (month.year, month.month):
            found.append((name, [ledger.value(row, plan) for plan in plans]))
    return found


def _enter(ledger: Table, first: date, wanted: list[tuple[Value, list[Value]]], plans: list[int]) -> tuple[int, int]:
    """Enter the rows; how many were written, and how many had been there."""
    added = kept = 0
    for name, amounts in wanted:
        row, new = ledger.row(first, name)
        if not row:
            continue
        if not new and any(ledger.value(row, plan) is not None for plan in plans):
            kept += 1
            continue
        added += 1
        if new:
            ledger.set(row, ledger.columns["Month"], first)
            ledger.set(row, ledger.columns["Account"], name)
        for plan, amount in zip(plans, amounts, strict=False):
            ledger.set(row, plan, amount)
    return added, kept


def _paid(amount: Value) -> bool:
    return isinstance(amount, int | float) and not isinstance(amount, bool) and amount != 0
