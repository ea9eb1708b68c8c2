"""Names that a spreadsheet may take for one, though they differ by more than capital letters.

Windows compares texts by weights: ß weighs what ss does, æ what ae, a composed é what e and its accent, a soft hyphen
or a joiner nothing at all (Microsoft, CompareStringEx and .NET's CompareInfo, “Ignorable characters”); Excel's XMATCH
takes full-width letters for plain ones where MATCH does not. Excel need not agree with itself, and other programs
take other pairs for equal (Calc ﬁ and fi, ı and i). So no formula tries: whoever has such a pair is told of it, as
every number that goes by the name may be another one elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kam_xl.content.records import RECORDS
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS, Tables, Value
from kam_xl.locale import _

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("Straße", "Strasse"),
    ("Auf\u00adtrag", "Auftrag"),  # soft hyphen
    ("Auf\u200btrag", "Auftrag"),  # zero-width space
    ("Auf\u200ctrag", "Auftrag"),  # zero-width non-joiner
    ("Auf\u200dtrag", "Auftrag"),  # zero-width joiner
    ("Auf\u2060trag", "Auftrag"),  # word joiner
    ("\ufeffAuftrag", "Auftrag"),  # byte order mark
    ("Auftrag\u200e", "Auftrag"),  # left-to-right mark
    ("Café", "Cafe\u0301"),  # composed, and with a combining accent
    ("Ｋｉｔａ", "Kita"),
    ("ｶﾒﾗ", "カメラ"),
    ("ﬁxum", "fixum"),
    ("Æsop", "Aesop"),
    ("Œuvre", "Oeuvre"),
    ("Þór", "Thór"),
    ("ΟΔΟΣ", "οδοσ"),  # the small sigma that ends a word
    ("İzmir", "izmir"),
    ("ılıca", "ilica"),
    ("Auf trag", "Auf\u00a0trag"),  # no-break space
    ("m²", "m2"),
)
"""A pair of each kind that programs are known to differ about."""

_SPELT = str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ς": "σ"})
# Characters without a weight of their own beside those of the category “format”: combining grapheme joiner, Hangul
# and Mongolian fillers, variation selectors (Unicode: Default_Ignorable_Code_Point).
_WEIGHTLESS = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164, *range(0xFE00, 0xFE10), 0xFFA0))
)
_SHOWN = 5  # pairs in a remark


def folded(name: str) -> str:
    """What names that a spreadsheet may take for one have in common.

    Capitals, ß, ligatures, full-width forms, combining accents, characters that cannot be seen and kinds of blanks
    make no difference; accents and signs do.

    Examples
    --------
    >>> folded("Straße") == folded("STRASSE"), folded("Café") == folded("Cafe\\u0301"), folded("Café") == folded("Cafe")
    (True, True, False)
    """
    if name.isascii():
        return " ".join(name.lower().split())
    plain = "".join(c for c in name if unicodedata.category(c) != "Cf" and c not in _WEIGHTLESS)
    small = unicodedata.normalize("NFKC", plain).casefold().translate(_SPELT).replace("i\u0307", "i")  # i̇ is İ
    return " ".join(unicodedata.normalize("NFKC", small).split())


def same(one: str, other: str) -> bool:
    """Whether our own formulas take two names for one: capital and small letters are the same.

    >>> same("Aurelia", "AURELIA"), same("Straße", "Strasse")
    (True, False)
    """
    return one.lower() == other.lower()


def doubtful(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a name and an earlier one that may be the same; each spelling is told once.

    >>> list(doubtful(["Straße", "Bonn", "STRASSE", "Strasse", "bonn"]))
    [('Straße', 'STRASSE')]
    """
    return ((pair.first, pair.name) for pair in _pairs(_Name("", name) for name in names))


class Pair(NamedTuple):
    """A name, the earlier one that it may be, and where it stands: table, heading, row from 0."""

    first: str
    name: str
    table: str
    heading: str
    row: int

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it stands, for `Positions.cell`."""
        return self.table, self.row, self.heading


class _Name(NamedTuple):
    group: str  # names are compared inside a group
    name: str
    table: str = ""
    heading: str = ""
    row: int = 0


# Columns of names that formulas look up, beside those of accounts: what they name. Names of people count per account.
_ACCOUNTS = {"sector": "sector", "owner": "owner", "step": "steps"}
_RECORDS = {
    "stakeholders": {"name": "person", "reports_to": "person"},
    "influences": {"from": "person", "to": "person"},
    "surveys": {"step": "steps"},
    "divisions": {"division": "divisions"},
    "raci": {"task": "responsibility"},
    "coverage": {"sponsor": "owner", "sales": "owner", "success": "owner"},
}


def pairs_in(tables: Tables, template: Template) -> list[Pair]:
    """The names on the input sheets that a spreadsheet may take for another one, in the order of the sheets.

    Names of accounts are compared across all sheets, others with their like; those of lists on Settings come first.
    """
    return list(_pairs(_names(tables, template)))


def _pairs(names: Iterable[_Name]) -> Iterator[Pair]:
    first: dict[tuple[str, str], str] = {}
    told: set[tuple[str, str]] = set()
    for group, name, table, heading, row in names:
        known = first.setdefault((group, folded(name)), name)
        if not same(known, name) and (group, name.lower()) not in told:
            told.add((group, name.lower()))
            yield Pair(known, name, table, heading, row)


def _names(tables: Tables, template: Template) -> Iterator[_Name]:
    """Every name that formulas compare."""
    for listed in ("steps", "sectors", "divisions"):
        group = "sector" if listed == "sectors" else listed
        yield from (_Name(group, name) for name in getattr(template, listed))
    for row, fields in enumerate(tables.accounts):
        for key, group in {"account": "account", **_ACCOUNTS}.items():
            yield from _text(group, fields.get(key), "tblAccounts", ACCOUNT_FIELDS[key], row)
    for row, (account, _values) in enumerate(tables.revenue):
        yield from _text("account", account, "tblRevenue", "Account", row)
    for row, (_month, account, _amounts) in enumerate(tables.mrr):
        yield from _text("account", account, "tblMRR", "Account", row)
    for row, (account, _growth, _harmony) in enumerate(tables.scores):
        yield from _text("account", account, "tblScores", "Account", row)
    for key, rows in tables.records.items():
        record = RECORDS[key]
        groups = {field.key: "account" for field in record.fields if field.account} | _RECORDS.get(key, {})
        columns = [(field.key, field.heading, groups[field.key]) for field in record.fields if field.key in groups]
        for row, given in enumerate(rows):
            for field, heading, group in columns:
                own = f"person of {folded(str(given.get('account', '')))}" if group == "person" else group
                yield from _text(own, given.get(field), record.table, heading, row)


def _text(group: str, value: Value, table: str, heading: str, row: int) -> Iterator[_Name]:
    if type(value) is str:
        yield _Name(group, value, table, heading, row)


def problem(first: str, name: str) -> str:
    """The pair as a problem of the cell that holds the second name."""
    return _("“{name}” may be the same as “{first}” to Excel").format(name=shown(name), first=shown(first))


def remedy() -> str:
    """What to do about a pair."""
    return _("write both alike, or tell them apart by more than that")


def remark(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The pairs as a remark of an import; nothing where there are none."""
    found = [f"“{shown(first)}” / “{shown(name)}”" for first, name in pairs]
    if not found:
        return []
    listed = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
    text = _("Names kept apart that may be one to Excel; write them alike or tell them apart by more: {names}.")
    return [text.format(names=listed)]


def shown(name: str) -> str:
    """A name for a message: characters that nobody sees by their numbers.

    >>> shown("Auf\\u00adtrag")
    'Auf⟨00AD⟩trag'
    """
    plain = name if name.isprintable() else "".join(c if c.isprintable() else f"⟨{ord(c):04X}⟩" for c in name)
    return plain if unicodedata.normalize("NFC", plain) == plain else _decomposed(plain)


def _decomposed(name: str) -> str:
    """A name with its combining marks by their numbers: it looks like another one."""
    return "".join(f"⟨{ord(c):04X}⟩" if unicodedata.combining(c) else c for c in name)
