"""What is no mistake but may have been forgotten: accounts that a sheet has no row of, years left blank in between.

Pages leave such an account out of what they compute from that sheet, and count a blank year as nothing: right if it is
so, and to be known if it is not. A sheet that has fewer than half of the accounts is not meant to have them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam_xl.content.pages import chosen, records_of
from kam_xl.content.records import RECORDS
from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables, Value
from kam_xl.formulas.formula import key
from kam_xl.locale import _

_NAMED = 3
_ALSO = ("stakeholders",)  # several rows per account, but some for each one


def notes(tables: Tables, template: Template) -> list[str]:
    """A line per sheet that lacks accounts, and one about blank years.

    Examples
    --------
    >>> accounts = [{"account": name} for name in ("Aurelia", "Borealis", "Corvus")]
    >>> revenue = [("aurelia", [1, None, 3]), ("Borealis", [4, 5, 6])]
    >>> for line in notes(Tables(years=["2023", "2024", "2025"], accounts=accounts, revenue=revenue), Template()):
    ...     print(line)
    Revenue has no row of Corvus: it is left out of what the pages compute from Revenue.
    Revenue of aurelia is blank in 2024, between filled years: it counts as 0.
    """
    return [*_lacking(tables, template), *_gaps(tables)]


def _lacking(tables: Tables, template: Template) -> Iterator[str]:
    names = {key(_name(row.get("account"))): _name(row.get("account")) for row in tables.accounts}
    names.pop("", None)
    for sheet, accounts in _sheets(tables, template):
        known = {key(_name(account)) for account in accounts}
        lacking = [name for one, name in names.items() if one not in known]
        if not lacking or not known & names.keys() or 2 * len(lacking) > len(names):
            continue
        one = _("{sheet} has no row of {accounts}: it is left out of what the pages compute from {sheet}.")
        many = _("{sheet} has no row of {accounts}: they are left out of what the pages compute from {sheet}.")
        yield (one if len(lacking) == 1 else many).format(sheet=sheet, accounts=_listed(lacking))


def _sheets(tables: Tables, template: Template) -> Iterator[tuple[str, list[Value]]]:
    """Sheets that have a row per account, with the accounts that they have."""
    yield "Revenue", [account for account, _values in tables.revenue]
    yield "MRR", [account for _month, account, _amounts in tables.mrr]
    yield "Scores", [account for account, _growth, _harmony in tables.scores]
    for one in records_of(chosen(template.sheets)):
        single = any(field.account and field.unique for field in RECORDS[one].fields)
        if single or one in _ALSO:
            yield RECORDS[one].sheet, [row.get("account") for row in tables.records.get(one, [])]


def _gaps(tables: Tables) -> Iterator[str]:
    """Years without a figure between two with one."""
    found: list[tuple[str, str]] = []
    for account, values in tables.revenue:
        filled = [j for j, value in enumerate(values) if value is not None]
        if filled and _name(account):
            blank = [j for j in range(filled[0], filled[-1]) if values[j] is None]
            found += [(_name(account), tables.years[j]) for j in blank if j < len(tables.years)]
    if len(found) == 1:
        text = _("Revenue of {account} is blank in {year}, between filled years: it counts as 0.")
        yield text.format(account=found[0][0], year=found[0][1])
    elif found:
        text = _("Revenue is blank between filled years in {n} cells ({cells}): they count as 0.")
        places = _listed([f"{account} {year}" for account, year in found])
        yield text.format(n=f"{len(found):,}", cells=places)


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many others.

    >>> _listed(["a", "b", "c"]), _listed(["a", "b", "c", "d", "e"])
    ('a, b, c', 'a, b, c and 2 more')
    """
    shown = ", ".join(names[:_NAMED])
    return _("{names} and {n} more").format(names=shown, n=len(names) - _NAMED) if names[_NAMED:] else shown


def _name(value: Value) -> str:
    return "" if value is None else str(value)
