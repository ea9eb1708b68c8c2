"""What the headings of a user's table mean: account, year, plan, criterion or a field of the Accounts sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from kam_xl.locale import _
from kam_xl.workbook.settings import Template
from kam_xl.workbook.tables import ACCOUNT_FIELDS, Value

Kind = Literal["account", "field", "year", "revenue", "month", "mrr", "plan", "growth", "harmony", "unknown"]


class Column(NamedTuple):
    """What a column holds: a kind, which one of its kind (field, year, place in a list), and its heading."""

    kind: Kind
    which: str | int
    heading: str


def simplify(heading: Value) -> str:
    """A heading without case, accents, spaces, underscores and other signs.

    >>> simplify("  Société_Nom "), simplify(2024.0), simplify("مشتري")
    ('societenom', '2024', 'مشتری')
    """
    if isinstance(heading, float) and heading.is_integer():
        heading = int(heading)
    text = unicodedata.normalize("NFKD", str(heading if heading is not None else "").casefold())
    return "".join(_LETTERS.get(c, c) for c in text if c.isalnum())


_LETTERS = {"ي": "ی", "ك": "ک", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l"}


def _words(text: str) -> tuple[str, ...]:
    return tuple(simplify(word) for word in text.split(","))


# In the order of trust: where a table has several of them, the first one wins.
ACCOUNT_HEADINGS: tuple[str, ...] = _words(
    "account,account name,customer name,client name,name of account,kundenname,nom du client,"
    "customer,client,kunde,konto,compte,cliente,cuenta,klant,مشتری,نام مشتری,حساب,accounts,customers,clients,kunden,"
    "company,company name,firma,firmenname,unternehmen,organisation,organization,société,entreprise,شرکت,name,nom,نام,"
    "account id,account number,account no,customer id,customer number,customer no,client id,kundennummer,kunden nr"
)

_FIELDS: dict[str, str] = {
    "sector": "sector,industry,branche,segment,vertical,secteur,صنعت,بخش",
    "country": "country,land,pays,nation,کشور",
    "owner": "owner,account owner,account manager,key account manager,kam,responsible,betreuer,verantwortlich,"
    "kundenbetreuer,responsable,sales rep,مسئول",
    "since": "customer since,since,client since,kunde seit,client depuis,start date,contract start",
    "step": "onboarding,onboarding step,onboarding status,step,einführung,مرحله",
    "engagement": "engagement,engagement score,nutzung,مشارکت",
    "satisfaction": "satisfaction,satisfaction score,csat,zufriedenheit,رضایت",
    "queue_since": "in queue since,queue since,at risk since,in der liste seit",
    "reason": "reason,risk reason,grund,raison,motif,دلیل",
    "next_step": "next step,next action,nächster schritt,prochaine étape",
    "due": "due,due date,deadline,fällig,fällig am,échéance,مهلت",
    "notes": "notes,note,comment,comments,remark,remarks,bemerkung,bemerkungen,notiz,notizen,remarque,remarques,"
    "commentaire,یادداشت",
}
_KNOWN: dict[str, tuple[Kind, str]] = {
    **{word: ("field", name) for name, words in _FIELDS.items() for word in _words(words)},
    **{word: ("month", "") for word in _words("month,monat,mois,period,ماه")},
    **{word: ("mrr", "") for word in _words("mrr,total mrr,monthly recurring revenue")},
}
_REVENUE: frozenset[str] = frozenset(
    _words(
        "revenue,revenues,total revenue,net revenue,annual revenue,sales,net sales,turnover,amount,umsatz,erlös,erlöse,"
        "nettoumsatz,jahresumsatz,chiffre d'affaires,ca,ventes,fy,year,fiscal year,jahr,année,exercice,"
        "درآمد,فروش,سال,درآمد سال,فروش سال"
    )
)
_CURRENCIES = re.compile(r"(?:k|m|t)?(?:eur|usd|chf|gbp|irr|€|\$|£|¥)$|(?:^|(?<=\W))(?:in|en|k€|m€|t€)(?=\W|$)", re.I)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d|2100)(?!\d)")


def year_of(heading: Value) -> str | None:
    """The year that a heading names, None where it names none, or something else of a year.

    >>> [year_of(h) for h in (2024, "FY2024", "Umsatz 2024", "2024 revenue (k€)", "Budget 2024", "Q1 2024", "24")]
    ['2024', '2024', '2024', '2024', None, None, None]
    """
    if isinstance(heading, bool) or not isinstance(heading, str | int | float):
        return None
    text = "".join(str(unicodedata.digit(c, c)) for c in str(heading).strip())
    text = text.removesuffix(".0") if isinstance(heading, float) else text
    found = _YEAR.findall(text)
    if len(found) != 1:
        return None
    rest = _YEAR.sub(" ", text)
    rest = re.sub(r"\b(in|en|net)\b|[()\[\]]", " ", rest, flags=re.IGNORECASE)
    rest = simplify(" ".join(part for part in rest.split() if not _CURRENCIES.fullmatch(part)))
    return found[0] if not rest or rest in _REVENUE else None


def headings_in(row: Sequence[Value]) -> int:
    """How many headings a row holds if one of them names the accounts, else 0.

    >>> headings_in(["Kunde", "2024", None]), headings_in(["Report", "2024"])
    (2, 0)
    """
    if not any(isinstance(cell, str) and simplify(cell) in _ACCOUNT_SET for cell in row):
        return 0
    return sum(cell is not None for cell in row)


_ACCOUNT_SET = frozenset(ACCOUNT_HEADINGS)


def header_row(rows: Sequence[Sequence[Value]], within: int = 60) -> int | None:
    """The index of the row of headings: the first that names the accounts and something beside, else only accounts.

    >>> header_row([["Accounts"], [None], ["Account", 2024], ["Aurelia", 5]])
    2
    """
    alone = None
    for i, row in enumerate(rows[:within]):
        found = headings_in(row)
        if found > 1:
            return i
        if found and alone is None:
            alone = i
    return alone


def columns_of(headings: Sequence[Value], template: Template) -> list[Column]:
    """What each column holds. The second column of a kind, and what nobody knows, is ``unknown``.

    Examples
    --------
    >>> [c.kind for c in columns_of(["id", "Customer", "2024", "Premium", "Vision", "Owner"], Template())]
    ['unknown', 'account', 'year', 'plan', 'harmony', 'field']
    """
    plain = [simplify(heading) for heading in headings]
    places = {word: plain.index(word) for word in ACCOUNT_HEADINGS if word in plain}
    account = next(iter(places.values()), None)
    named: dict[str, tuple[Kind, str | int]] = {
        **_listed("growth", (criterion.name for criterion in template.growth)),
        **_listed("harmony", (criterion.name for criterion in template.harmony)),
        **_listed("plan", template.plans),
        **_KNOWN,
    }
    used: set[tuple[Kind, str | int]] = set()
    result = []
    for i, heading in enumerate(headings):
        kind: tuple[Kind, str | int] = ("unknown", i)
        if i == account:
            kind = ("account", "")
        elif year := year_of(heading):
            kind = ("year", year)
        elif plain[i] in named:
            kind = named[plain[i]]
        elif plain[i] in _REVENUE:
            kind = ("revenue", "")
        if kind in used:
            kind = ("unknown", i)
        used.add(kind)
        text = str(heading).strip() if heading is not None else _("column {name}").format(name=column_name(i))
        result.append(Column(*kind, text))
    return result


def _listed(kind: Kind, names: Iterable[str]) -> dict[str, tuple[Kind, str | int]]:
    return {simplify(name): (kind, i) for i, name in enumerate(names)}


def column_name(index: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def expected() -> str:
    """The headings that a table should have, for a message."""
    fields = ", ".join(heading for field, heading in ACCOUNT_FIELDS.items() if field != "account")
    return _("“Account” (or Customer, Client, Company, Name), years such as 2024, and if you like {fields}").format(
        fields=fields
    )
