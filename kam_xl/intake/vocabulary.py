"""What the words of a heading vote for: the account, the date, the amount of a row. Contents decide beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from kam_xl.content.tables import Value
from kam_xl.intake.matching import ACCOUNT_HEADINGS, simplify

# Compounds and headings in capitals, as they part into words.
_COMPOUNDS = {
    **{"accountid": "account id", "accountname": "account name", "closedate": "close date", "stagename": "stage"},
    **{"iswon": "is won", "isclosed": "is closed", "ownerid": "owner id", "customername": "customer name"},
    **{"customerid": "customer id", "invoicedate": "invoice date", "orderdate": "order date"},
    **{"rechnungsdatum": "invoice date", "belegdatum": "document date", "buchungsdatum": "posting date"},
    **{"auftragsdatum": "order date", "bestelldatum": "order date", "lieferdatum": "ship date"},
    **{"faelligkeit": "due", "falligkeit": "due", "faelligkeitsdatum": "due date", "falligkeitsdatum": "due date"},
    **{"startdatum": "start date", "enddatum": "end date", "abschlussdatum": "close date"},
    **{"aenderungsdatum": "modified date", "anderungsdatum": "modified date", "erstelldatum": "created date"},
    **{
        "nettobetrag": "net amount",
        "bruttobetrag": "gross amount",
        "nettowert": "net value",
        "nettoumsatz": "net sales",
    },
    **{"gesamtbetrag": "total amount", "rechnungsbetrag": "invoice amount", "zeilenbetrag": "line amount"},
    **{"bruttoumsatz": "gross sales", "umsatzerlose": "sales", "jahresumsatz": "annual revenue"},
    **{
        "kundenname": "customer name",
        "kundennummer": "customer id",
        "kundennr": "customer id",
        "kundenid": "customer id",
    },
    **{"kontobeschriftung": "account name", "auftraggeber": "customer", "debitor": "customer", "kunde": "customer"},
    **{"vertragsbeginn": "start date", "vertragsende": "end date", "laufzeitbeginn": "start", "laufzeitende": "end"},
    **{"monatsumsatz": "monthly revenue", "monatsbetrag": "monthly amount", "wahrung": "currency", "wahrg": "currency"},
    **{
        "belegwahrung": "currency",
        "hauswahrung": "currency",
        "geschaftsjahr": "fiscal year",
        "rechnungsjahr": "invoice year",
    },
    **{"monthlyrevenue": "monthly revenue", "unitamount": "unit amount"},
}
_SAME = {
    **dict.fromkeys(("datum", "تاریخ", "day", "tag", "jour", "fecha", "data", "on"), "date"),
    **dict.fromkeys(("rechnung", "facture", "factura", "facturation", "invoiced", "billing"), "invoice"),
    **dict.fromkeys(("bill", "billed"), "invoice"),
    **dict.fromkeys(("buchung", "booking", "comptabilisation"), "posting"),
    **dict.fromkeys(("beleg", "doc", "piece"), "document"),
    **dict.fromkeys(("bestellung", "auftrag", "commande", "سفارش"), "order"),
    **dict.fromkeys(("betrag", "montant", "importe", "مبلغ", "amt", "summe"), "amount"),
    **dict.fromkeys(("umsatz", "umsatze", "erlos", "erlose", "ventes", "فروش", "درامد", "ca", "turnover"), "sales"),
    **dict.fromkeys(("netto", "ht", "nette"), "net"),
    **dict.fromkeys(("brutto", "ttc", "brut"), "gross"),
    **dict.fromkeys(("wert", "valeur"), "value"),
    **dict.fromkeys(("closing", "closed", "abschluss", "cloture"), "close"),
    **dict.fromkeys(("kunden", "kunde", "client", "clients", "customers", "cliente", "مشتری"), "customer"),
    **dict.fromkeys(("firma", "unternehmen", "societe", "entreprise", "organisation", "شرکت"), "company"),
    **dict.fromkeys(("organization", "organisations"), "company"),
    **dict.fromkeys(("konto", "compte", "حساب", "accounts"), "account"),
    **dict.fromkeys(("nr", "no", "number", "nummer", "code", "num", "numero", "key", "کد"), "id"),
    **dict.fromkeys(("nom", "نام"), "name"),
    **dict.fromkeys(("beginn", "anfang", "started", "starts", "activated", "debut", "from", "شروع"), "start"),
    **dict.fromkeys(("ende", "ended", "ends", "canceled", "cancelled", "expires", "churned", "fin", "until", "finish",
                     "bis", "پایان", "terminated", "expiry"), "end"),
    **dict.fromkeys(("monat", "mois", "ماه"), "month"),
    **dict.fromkeys(("jahr", "annee", "exercice", "fy", "سال"), "year"),
    **dict.fromkeys(("quartal", "trimestre", "qtr"), "quarter"),
    **dict.fromkeys(("monatlich", "monthly", "mensuel", "mensuelle"), "monthly"),
    **dict.fromkeys(("devise", "curr", "currency", "wkz", "ccy", "ارز"), "currency"),
    **dict.fromkeys(("stufe", "phase", "etape", "مرحله"), "stage"),
    **dict.fromkeys(("statut", "etat", "zustand", "وضعیت", "state"), "status"),
    **dict.fromkeys(("typ", "art", "belegart", "نوع"), "type"),
    **dict.fromkeys(("tarif", "paket", "abo", "forfait", "abonnement", "طرح"), "plan"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    text = text.replace("(Do Not Modify)", "donotmodify")
    text = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-Za-z])(?=\d)", " ", text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    text = text.replace("ß", "ss").replace("ي", "ی").replace("ك", "ک")
    found: list[str] = []
    for word in re.split(r"[\W_]+", text):
        for part in _COMPOUNDS.get(word, word).split():
            found.append(_SAME.get(part, part))
    return tuple(found)


def words_of(heading: Value) -> frozenset[str]:
    """The words of a heading, one for those that mean the same, whatever the language.

    >>> sorted(words_of("InvoiceDate")), sorted(words_of("Rechnungsdatum")), sorted(words_of("Date facture"))
    (['date', 'invoice'], ['date', 'invoice'], ['date', 'invoice'])
    """
    return frozenset(_words(str(heading))) if isinstance(heading, str) else frozenset()


_ACCOUNT = {simplify(word): place for place, word in enumerate(ACCOUNT_HEADINGS)}
_PERSONS = frozenset(("contact", "owner", "manager", "rep", "parent", "type", "executive", "mail", "email", "phone",
                      "currency", "donotmodify", "since", "rating", "size", "group", "segment", "source"))  # fmt: skip
_TASKS = frozenset(("task", "assignee", "duration", "predecessors", "completed"))


def account_vote(heading: Value, others: frozenset[str] = frozenset()) -> int:
    """How strongly a heading says that a column names the account; 0 where it does not.

    `others` are the words of all headings: a bare “Name” beside tasks or stages is the name of those.

    >>> account_vote("Account Name") > account_vote("ACCOUNTID") > account_vote("Contact owner")
    True
    """
    words = words_of(heading)
    key = simplify(heading)
    if {"potential", "associated", "bill", "payer"} & words and {"customer", "company"} & words and "ids" not in words:
        return 90
    if key in ("name1", "nameauftraggeber", "customerdescription", "customername", "accountname", "organizationname"):
        return 100 - (key == "customerdescription")
    if key == "contactname":
        return 80 if "invoice" in others else 0
    if words & _PERSONS:
        return 0
    if words <= {"name"} and words:
        return 0 if others & _TASKS else 30 if not others & {"stage", "deal", "is"} else 5
    if words in ({"row", "labels"}, {"zeilenbeschriftungen"}, {"etiquettes", "de", "lignes"}):
        return 60
    if key in _ACCOUNT:
        return 70 - (20 if "id" in words or "code" in words else 0) + 6 * (words == {"account", "name"})
    if words & {"customer", "account", "company", "sold", "client"}:
        if words <= {"customer", "account", "company", "name"}:
            return 75
        if words <= {"customer", "account", "company", "id", "external", "sold", "to", "pt", "party", "code"}:
            return 45
        if words <= {"sold", "bill", "ship", "to", "party", "customer", "account", "name"} and "name" in words:
            return 76
    return 0


_NO_DATE = frozenset(("birth", "hire", "modified", "updated", "synced", "required", "period", "next", "trial", "last",
                      "activity", "renewal", "since", "age", "year", "month", "quarter", "id"))  # fmt: skip
_OF_SALE = frozenset(
    ("invoice", "order", "document", "posting", "transaction", "sales", "close", "won", "deal", "purchase")
)


def date_vote(heading: Value) -> int:
    """How strongly a heading says that a column dates a row's amount: invoice or closing, never due or changed.

    >>> date_vote("Invoice Date") > date_vote("Datum") > date_vote("Created Date") > 0
    True
    >>> date_vote("Due Date"), date_vote("Last Modified Date")
    (0, 0)
    """
    words = words_of(heading)
    if (
        not words
        or words & _NO_DATE
        or words & {"due", "ship", "shipped", "delivery", "donotmodify", "paid", "payment"}
    ):
        return 0
    if not words & {"date", "time", "at", "utc", "start", "timestamp", "created"} or "end" in words:
        return 0
    if words & {"created", "creation", "create"}:
        return 1
    if "start" in words:
        return 3
    vote = 10 * bool(words & _OF_SALE) + 4 * bool(words & {"date", "time", "utc", "timestamp"})
    vote += 2 * ("invoice" in words) + bool(words & {"posting", "document"})
    return vote + 2 * ("actual" in words) - 2 * bool(words & {"est", "estimated", "expected", "current"})


_NO_AMOUNT = frozenset(
    re.findall(
        r"\w+",
        "tax vat mwst discount refunded refund remaining balance each probability expected id quantity qty units seats"
        " cost costs margin profit paid count score nps health age budget forecast plan target tickets usage employees"
        " lifetime saldo haben credit activities deals open currency date time type rate percent days kosten marge"
        " gewinn steuer menge ids of unit goal quota potential weighted",
    )
)
_PIVOT = re.compile(r"\s*(?:sum of|summe von|summe -|somme de|sum\()\s*")
_AMOUNT = frozenset(("amount", "sales", "revenue", "total", "value", "price", "mrr", "arr", "charges", "fee",
                     "subtotal",
                     "net", "gross", "revenues", "turnover", "soll"))  # fmt: skip


def amount_vote(heading: Value) -> int:
    """How strongly a heading says that a column holds the amount of a row; 0 where it does not.

    >>> amount_vote("Net amount") > amount_vote("Amount") > amount_vote("Gross amount") > 0
    True
    >>> amount_vote("Expected Revenue"), amount_vote("Quantity"), amount_vote("Annual Revenue")
    (0, 0, 0)
    """
    if isinstance(heading, str) and (found := _PIVOT.match(heading.casefold())):
        heading = heading[found.end() :]
    words = words_of(heading)
    bare = words - {"currency"} if "in" in words else words
    if not bare & _AMOUNT or is_own_turnover(heading):
        return 0
    if {"deal", "value"} <= bare and "currency" not in bare:
        return 14
    if bare & (_NO_AMOUNT - ({"unit"} if {"unit", "amount"} == bare else set())) or (bare == {"sales", "price"}):
        return 0
    vote = 10 + 5 * bool(bare & {"net", "line"}) - 5 * bool(bare & {"gross", "due", "unit"})
    vote += (
        2 * ("actual" in bare) - 4 * bool(bare & {"est", "estimated"}) + 6 * ("mrr" in bare) + 9 * ("change" in bare)
    )
    return max(vote - 2 * bool(bare & {"total", "subtotal", "price"}) - 8 * ("arr" in bare) + 2 * ("final" in bare), 1)


def is_own_turnover(heading: Value) -> bool:
    """Whether a heading means the customer's own turnover, as exports of accounts have it.

    >>> is_own_turnover("Annual Revenue"), is_own_turnover("AnnualRevenue (converted)"), is_own_turnover("Revenue")
    (True, True, False)
    """
    words = words_of(heading)
    return (
        "annual" in words
        and bool(words & {"revenue", "sales", "turnover"})
        and not any(c.isdigit() for c in str(heading))
    )


def is_recurring(heading: Value) -> bool:
    """Whether a heading means a monthly amount that recurs.

    >>> is_recurring("MRR"), is_recurring("monthly_revenue"), is_recurring("Umsatz")
    (True, True, False)
    """
    words = words_of(heading)
    monthly = "monthly" in words and bool(
        words & {"revenue", "amount", "charges", "price", "fee", "recurring", "sales"}
    )
    return ("mrr" in words or monthly) and not words & {"usage", "change", "tickets"}


@cache
def _states() -> dict[str, str]:
    """The words of a status by what they say: one line a code in `states.tsv`, in four languages."""
    text = (files("kam_xl.intake") / "states.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines()[1:])
    return {simplify(word): code for code, words in pairs for word in words.split(",")}


def state_of(value: Value) -> str:
    """What a word of a status says: ``won``, ``lost``, ``void``, ``credit``, ``good`` or nothing.

    >>> [state_of(v) for v in ("Closed Won", "verloren", "Draft", "Gutschrift", "paid", "Prospecting")]
    ['won', 'lost', 'void', 'credit', 'good', '']
    """
    return _states().get(simplify(value), "")


def all_words(headings: Sequence[Value]) -> frozenset[str]:
    """The words of all headings of a table."""
    return frozenset(word for heading in headings for word in words_of(heading))
