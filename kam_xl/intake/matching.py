"""What the headings of a user's table mean: account, year, plan, criterion or a field of the Accounts sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from kam_xl.content.fields import one_line
from kam_xl.content.positions import column_name
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS, Value
from kam_xl.intake import parsing
from kam_xl.locale import _

Kind = Literal[
    "account", "field", "year", "years", "revenue", "month", "mrr", "plan", "growth", "harmony", "left", "unknown"
]


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


SUMS = frozenset(
    _words(
        "total,totals,grand total,sum,summe,gesamt,gesamtsumme,gesamtergebnis,somme,total général,totaal,totale,"
        "جمع,جمع کل"
    )
)
PART_SUMS = _words(
    "subtotal,subtotals,zwischensumme,teilsumme,teilergebnis,sous-total,subtotaal,tussentotaal,subtotale,"
    "جمع جزء,جمع جزئی"
)


# In the order of trust: where a table has several of them, the first one wins.
ACCOUNT_HEADINGS: tuple[str, ...] = _words(
    "account,account name,customer name,client name,name of account,name of customer,kundenname,nom du client,"
    "nom client,nom du compte,customer,client,kunde,konto,compte,cliente,cuenta,klant,مشتری,نام مشتری,حساب,نام حساب,"
    "accounts,customers,clients,kunden,key account,kontoname,debitor,company,company name,firma,firmenname,unternehmen,"
    "organisation,organization,société,raison sociale,entreprise,شرکت,نام شرکت,name,nom,نام,account id,account number,"
    "account no,customer id,customer number,customer no,client id,kundennummer,kunden nr,numéro client,کد مشتری,"
    "row labels,zeilenbeschriftungen,étiquettes de lignes,organization name,name 1,kontobeschriftung,"
    "name auftraggeber,auftraggeber,potential customer,associated company,customer description,account code,"
    "sold-to party,sold-to pt,code client"
)

_FIELDS: dict[str, str] = {
    "sector": "sector,industry,branche,industrie,segment,market segment,vertical,line of business,secteur,"
    "secteur d'activité,صنعت,بخش,حوزه",
    "country": "country,country/region,land,staat,pays,nation,کشور",
    "owner": "owner,owner/manager,manager,account owner,account manager,account lead,account executive,kam,"
    "key account manager,customer success manager,csm,relationship manager,sales manager,sales owner,sales rep,"
    "salesperson,responsible,betreuer,kundenbetreuer,kundenberater,verantwortlich,verantwortlicher,zuständig,"
    "vertriebsmitarbeiter,responsable,responsable de compte,responsable grands comptes,chargé de compte,"
    "chargé de clientèle,gestionnaire,مسئول,مسئول حساب,مسئول مشتری,مدیر حساب,مدیر مشتری",
    "since": "customer since,since,client since,account since,start date,contract start,contract start date,kunde seit,"
    "kunde ab,vertragsbeginn,client depuis,client depuis le,début du contrat,مشتری از,تاریخ شروع,شروع قرارداد",
    "step": "onboarding,onboarding step,onboarding status,onboarding stage,onboarding phase,step,einführung,"
    "einführungsschritt,étape,étape d'intégration,مرحله,مرحله راه اندازی",
    "engagement": "engagement,engagement score,engagement rate,engagement index,usage rate,adoption rate,"
    "nutzung,nutzungsgrad,nutzungsrate,taux d'utilisation,taux d'engagement,مشارکت,"
    "میزان مشارکت,نرخ مشارکت",
    "satisfaction": "satisfaction,satisfaction score,satisfaction rating,customer satisfaction,client satisfaction,"
    "csat,csat score,zufriedenheit,kundenzufriedenheit,satisfaction client,note de satisfaction,رضایت,رضایت مشتری",
    "queue_since": "in queue since,queue since,at risk since,risk since,in der liste seit,gefährdet seit,"
    "à risque depuis,در صف از,در خطر از",
    "reason": "reason,risk reason,reason for risk,churn reason,grund,risikogrund,raison,motif,دلیل,علت",
    "next_step": "next step,next steps,next action,nächster schritt,nächste aktion,nächste massnahme,massnahme,"
    "prochaine étape,prochaine action,گام بعدی,اقدام بعدی",
    "due": "due,due date,due by,due on,deadline,fällig,fällig am,frist,échéance,date limite,مهلت,سررسید,موعد",
    "contact": "last contact,last contact date,last contacted,last meeting,last activity,last touch,letzter kontakt,"
    "dernier contact,آخرین تماس",
    "renewal": "renewal,renewal date,contract end,contract end date,contract renewal,renews on,vertragsende,"
    "verlängerung,renouvellement,fin du contrat,تمدید,پایان قرارداد",
    "figure": "own figure",
    "notes": "notes,note,comment,comments,remark,remarks,bemerkung,bemerkungen,anmerkung,anmerkungen,notiz,notizen,"
    "remarque,remarques,commentaire,commentaires,یادداشت,توضیحات",
}
_KNOWN: dict[str, tuple[Kind, str]] = {
    **{word: ("field", name) for name, words in _FIELDS.items() for word in _words(words)},
    **{word: ("month", "") for word in _words("month,monat,mois,period,ماه")},
    **{word: ("years", "") for word in _words("year,fy,fiscal year,jahr,geschäftsjahr,année,exercice,سال,سال مالی")},
    **{word: ("mrr", "") for word in _words("mrr,total mrr,monthly recurring revenue")},
}

# A heading names a year of revenue if it holds a year and, beside it, only words of these lists.
_REVENUE = frozenset(
    _words(
        "revenue,revenues,sales,turnover,amount,amounts,betrag,nettobetrag,nettowert,montant,مبلغ,"
        "umsatz,umsätze,umsatzerlöse,erlös,erlöse,nettoumsatz,"
        "nettoerlöse,jahresumsatz,gesamtumsatz,ca,chiffre,affaires,d'affaires,ventes,درآمد,فروش,گردش"
    )
)
_BESIDE_YEAR = _REVENUE | frozenset(
    _words(
        "fy,gj,cy,fiscal,financial,calendar,year,years,year's,yearly,jahr,jahres,kalenderjahr,geschäftsjahr,année,"
        "annuel,annuels,annuelles,exercice,سال,مالی,سالانه,annual,full,total,totals,net,netto,gross,brutto,brut,ht,"
        "actual,actuals,ist,réel,réalisé,of,for,in,en,per,as,at,the,de,du,im,ended,ending,ytd,"
        "sum,summe,von,somme,k,m,t,mio,tsd,thousand,thousands,million,millions,000,eur,keur,teur,meur,usd,kusd,chf,kchf,gbp,kgbp,irr"
    )
)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d|2100)(?!\d)")
_FISCAL = re.compile(
    r"(?<![^\W\d_])(?:fy|gj|fiscal year|geschäftsjahr|exercice|سال مالی)[\s_.'’-]*"
    r"(\d\d(?:\d\d)?)(?:\s*[/–-]\s*(\d\d(?:\d\d)?))?(?!\d)"
)
_DATE = re.compile(r"(?<!\d)\d{1,4}([-./])\d{1,2}\1\d{1,4}(?!\d)")
_TO_DATE = re.compile(r"(?<![^\W_])(?:ytd|(?:year )?to date)(?![^\W_])", re.IGNORECASE)


def year_of(heading: Value) -> str | None:
    """The year of revenue that a heading names; None where it names none, or something else of a year.

    A fiscal year is the year in which it ends: ``FY 24/25`` is 2025. The last day of a year is that year. Budgets,
    forecasts, costs, quarters and a bare ``2024/2025`` are no revenue of a year.

    >>> [year_of(h) for h in (2024, "FY2024", "Annual turnover 2024", "2024 revenue (k€)", "2024 YTD", "31.12.2024")]
    ['2024', '2024', '2024', '2024', '2024', '2024']
    >>> [year_of(h) for h in ("FY 24/25", "FY25", "Budget 2024", "Q1 2024", "30.06.2024", "24")]
    ['2025', '2025', None, None, None, None]
    """
    if isinstance(heading, bool) or not isinstance(heading, str | int | float | date):
        return None
    text = "".join(str(unicodedata.digit(c, c)) for c in unicodedata.normalize("NFC", str(heading)).casefold().strip())
    text = text.removesuffix(".0") if isinstance(heading, float) or re.fullmatch(r"\d{4}\.0", text) else text
    text = _FISCAL.sub(_fiscal_end, _DATE.sub(_year_end, _TO_DATE.sub(" ytd ", text)))
    found = _YEAR.findall(text)
    if len(found) != 1 or "%" in text:
        return None
    return str(found[0]) if _words_in(_YEAR.sub(" ", text)) <= _BESIDE_YEAR else None


def _words_in(text: str) -> set[str]:
    return {simplify(word) for word in re.split(r"[\s_/()\[\],;:.|–—-]+", text)} - {""}


def _names_revenue(heading: Value) -> bool:
    """Whether a heading means revenue without a year: “Umsatz”, “Annual revenue (k€)”."""
    words = _words_in(str(heading))
    return words <= _BESIDE_YEAR and not words.isdisjoint(_REVENUE)


def _fiscal_end(found: re.Match[str]) -> str:
    """The year in which a fiscal year ends; what is written where it is none."""
    first, last = (int(part) % 100 if part else None for part in found.groups())
    if last is None:
        return f" {found[1] if len(found[1]) == 4 else _century(int(found[1]))} "
    return f" {_century(last)} " if first is not None and (first + 1) % 100 == last else found[0]


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _year_end(found: re.Match[str]) -> str:
    """The year whose last day is written, else the date as it is."""
    day = parsing.day(found[0])
    return f" {day.year} " if isinstance(day, date) and (day.month, day.day) == (12, 31) else found[0]


def _is_date(heading: Value) -> bool:
    return isinstance(heading, date) or (isinstance(heading, str) and _DATE.search(heading) is not None)


def doubt_of(heading: str, year: str) -> str | None:
    """What the user should know of a heading that was taken as a year.

    >>> doubt_of("FY 24/25", "2025"), doubt_of("2025", "2025")
    ('“FY 24/25” was taken as 2025, the year in which it ends.', None)
    """
    if _TO_DATE.search(heading):
        text = _("“{heading}” was taken as {year}; type its number of months above it on Revenue.")
    elif (fiscal := _FISCAL.search(heading.casefold())) and fiscal[2]:
        text = _("“{heading}” was taken as {year}, the year in which it ends.")
    else:
        return None
    return text.format(heading=heading, year=year)


_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\bin\s*%|\bin (?:percent|prozent|pour cent)\b|درصد", re.IGNORECASE)


def readings(heading: Value) -> tuple[str, str]:
    """A heading as it is, and without what stands in brackets: “Engagement (0–100)”, both simplified."""
    return simplify(heading), simplify(_ASIDE.sub(" ", heading)) if isinstance(heading, str) else ""


def headings_in(row: Sequence[Value]) -> int:
    """How many headings a row holds if one of them names the accounts, else 0.

    >>> headings_in(["Kunde", "2024", None]), headings_in(["Report", "2024"])
    (2, 0)
    """
    if not any(isinstance(cell, str) and not _ACCOUNT_SET.isdisjoint(readings(cell)) for cell in row):
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
    read = [("", "") if "(do not modify)" in str(heading).casefold() else readings(heading) for heading in headings]
    account = next((i for word in ACCOUNT_HEADINGS for i, words in enumerate(read) if word in words), None)
    no_year = any(_is_date(heading) and year_of(heading) is None for heading in headings)  # dates, but not of years
    named: dict[str, tuple[Kind, str | int]] = {
        **_listed("growth", (criterion.name for criterion in template.growth)),
        **_listed("harmony", (criterion.name for criterion in template.harmony)),
        **_listed("plan", template.plans),
        simplify(template.own_figure): ("field", "figure"),
        **_KNOWN,
    }
    used: set[tuple[Kind, str | int]] = set()
    result = []
    for i, heading in enumerate(headings):
        kind: tuple[Kind, str | int] = ("unknown", i)
        if i == account:
            kind = ("account", "")
        elif (year := year_of(heading)) and not (no_year and _is_date(heading)):
            kind = ("year", year)
        else:
            kind = ("revenue", "") if _names_revenue(heading) else kind
            kind = next((named[word] for word in read[i] if word in named), kind)
        if kind == ("field", "satisfaction") and "%" in str(heading):
            kind = ("unknown", i)  # a share of answers is no rating from 1 to 5
        if kind in used:
            kind = ("unknown", i)
        used.add(kind)
        text = one_line(str(heading)) if heading is not None else _("column {name}").format(name=column_name(i))
        result.append(Column(*kind, text))
    return result


def _listed(kind: Kind, names: Iterable[str]) -> dict[str, tuple[Kind, str | int]]:
    return {simplify(name): (kind, i) for i, name in enumerate(names)}


# Headings by which the input sheets of a workbook of kam_xl are known, whatever the file.
_OURS = tuple(
    frozenset(_words(words))
    for words in (
        "account,onboarding,engagement,satisfaction,in queue since,next step",
        "account,check,total,class",
        "month,account,plan 1,plan 2",
        "account,growth 1,growth 2,harmony 1,harmony 2",
    )
)


def are_ours(sheets: Iterable[Sequence[Sequence[Value]]]) -> bool:
    """Whether the sheets are those of a workbook of kam_xl: at least two have the headings of its input sheets.

    >>> are_ours([[["Month", "Account", "Plan 1", "Plan 2"]], [[None], [None, "Account", "Check", "Total", "Class"]]])
    True
    """
    found = set()
    for rows in sheets:
        for row in rows[:60]:
            words = {simplify(cell) for cell in row if isinstance(cell, str)}
            found |= {headings for headings in _OURS if headings <= words}
    return len(found) > 1


def expected() -> str:
    """The headings that a table should have, for a message."""
    fields = ", ".join(heading for field, heading in ACCOUNT_FIELDS.items() if field != "account")
    return _("“Account” (or Customer, Client, Company, Name), years such as 2024, and if you like {fields}").format(
        fields=fields
    )
