"""Several rows of one account: which value counts, which one does not, and what is told of it.

Revenue is added. MRR of one account, plan and month counts once where it is equal; where it differs, the later row
counts. Of other words and figures that differ the first is kept. Nothing goes without a word: the other value stands
in the account's notes, and both are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kam_xl.content.tables import Value
from kam_xl.locale import _

_SHOWN, _NAMED = 5, 20  # names, and pairs of values, in a remark


@dataclass
class Duplicates:
    """What was found in several rows of one account, to be told when all rows are read.

    Examples
    --------
    >>> found = Duplicates()
    >>> found.later("Aurelia", "Basic 2025-02", 100, 150), found.first("Aurelia", "Sector", "Bank", "Retail")
    (150, 'Bank')
    >>> [line.split(": ", 1)[1] for line in found.remarks()]
    ['Aurelia: Basic 2025-02 100 → 150', 'Aurelia: Sector “Bank” / “Retail”']
    """

    _several: dict[str, bool] = field(default_factory=dict)  # accounts on several rows, and whether amounts were added
    _stuck: list[str] = field(default_factory=list)
    _equal: list[str] = field(default_factory=list)
    _replaced: list[str] = field(default_factory=list)
    _differing: list[str] = field(default_factory=list)

    def again(self, account: Value, amounts: bool) -> None:
        """An account stands on another row of the same table; whether the table has amounts that are added."""
        self._several[str(account)] = self._several.get(str(account), False) or amounts

    def added(self, account: Value, what: str, old: Value, new: Value) -> Value:
        """The revenue of two rows of one account; what is no number stays visible and cannot be added to."""
        if is_number(old) and is_number(new):
            return added(old, new)
        self._stuck.append(f"{account}: {what} {shown(old)} + {shown(new)}")
        return new if is_number(old) else old

    def later(self, account: Value, what: str, old: Value, new: Value) -> Value:
        """The one that counts of two MRR amounts of one account, plan and month: the later."""
        if alike(old, new):
            self._equal.append(f"{account}: {what} {shown(new)}")
        else:
            self._replaced.append(f"{account}: {what} {shown(old)} → {shown(new)}")
        return new

    def first(self, account: Value, what: str, old: Value, new: Value) -> Value:
        """The one that is kept of two words or figures of one account: the first."""
        if not alike(old, new):
            self._differing.append(f"{account}: {what} {shown(old)} / {shown(new)}")
        return old

    def remarks(self) -> list[str]:
        """One line for each kind, with the values."""
        summed = [name for name, amounts in self._several.items() if amounts]
        others = [name for name, amounts in self._several.items() if not amounts]
        one, many = _("1 account stands on several rows, added up"), _("{n} accounts stand on several rows, added up")
        lines = [_counted(summed, one, many)]
        one, many = _("1 account stands on several rows"), _("{n} accounts stand on several rows")
        lines += [
            _counted(others, one, many),
            _listed(_("Revenue that cannot be added up, the number is in Notes"), self._stuck),
            _listed(_("MRR that stands there twice with the same amount, counted once"), self._equal),
            _listed(
                _("MRR that differs between rows of one month, the later counts, the other is in Notes"), self._replaced
            ),
            _listed(_("Rows of one account that differ, the first is kept, the other is in Notes"), self._differing),
        ]
        return [line for line in lines if line]


def _counted(names: Sequence[str], one: str, many: str) -> str:
    if not names:
        return ""
    listed = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return f"{one if len(names) == 1 else many.format(n=f'{len(names):,}')}: {listed}"


def _listed(what: str, pairs: Sequence[str]) -> str:
    if not pairs:
        return ""
    named = "; ".join(pairs[:_NAMED])
    if len(pairs) > _NAMED:
        named = _("{pairs}; and {n} more").format(pairs=named, n=f"{len(pairs) - _NAMED:,}")
    return f"{what}: {named}"


def shown(value: Value) -> str:
    """A value of either kind for a remark: text in quotes, on one line and not too long.

    >>> shown(5), shown("Bank"), shown("x" * 50)
    ('5', '“Bank”', '“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”')
    """
    if not isinstance(value, str):
        return str(value).upper() if isinstance(value, bool) else str(value)
    text = " ".join(value.split())
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def alike(one: Value, other: Value) -> bool:
    """Whether two cells say the same: text without regard to case and to blanks around; TRUE is not 1.

    >>> alike("Bank ", "BANK"), alike(1, 1.0), alike(True, 1), alike("1", 1)
    (True, True, False, False)
    """
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().lower() == other.strip().lower()
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def is_number(value: Value) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def added(a: Value, b: Value) -> Value:
    """The sum of two numbers, exact in decimals.

    >>> added(0.1, 0.2), added(2.5, 2.5)
    (0.3, 5)
    """
    total = Decimal(repr(a)) + Decimal(repr(b))
    return int(total) if total == total.to_integral_value() and abs(total) < 10**15 else float(total)
