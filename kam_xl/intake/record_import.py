"""Rows of a user's table as the rows of an input sheet that `records.py` describes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kam_xl.content.records import RELATIONS, SHARE, STATES, TERMS, YES, Field, Record
from kam_xl.content.tables import CellError, Value
from kam_xl.intake import parsing
from kam_xl.intake.gathering import as_text, fitting
from kam_xl.intake.matching import ACCOUNT_HEADINGS, readings, simplify
from kam_xl.intake.sources import Rows
from kam_xl.locale import _

# Other words for a field in German and French, and words for what stands in one that knows only its own.
_HEADINGS: dict[str, str] = {
    "stakeholders.name": "ansprechpartner,nom,kontaktperson,full name,contact name,contact person,vollständiger name,"
    "nom complet,نام مخاطب",
    "stakeholders.role": "rolle,funktion,fonction,job title,jobtitle,berufsbezeichnung,poste,سمت",
    "stakeholders.reports_to": "berichtet an,vorgesetzter,rattaché à,reporting to,supervisor,line manager,hierarchie",
    "stakeholders.relationship": "beziehung,relation,sentiment,stance,disposition,haltung",
    "stakeholders.power": "macht,einfluss,pouvoir,influence,decision power,influence level,entscheidungsmacht",
    "surveys.date": "datum,jour,created at,survey date,response date,responded at,submitted at,end date",
    "surveys.csat": "zufriedenheit,satisfaction score,rating,how satisfied are you,wie zufrieden sind sie",
    "surveys.nps": "nps score,weiterempfehlung,score,how likely are you to recommend us,"
    "how likely is it that you would recommend us to a friend or colleague,likelihood to recommend,note nps,امتیاز",
    "surveys.comment": "kommentar,commentaire,feedback,answer",
    "divisions.division": "sparte,bereich,geschäftsbereich,abteilung,produkt,business unit,produit",
    "divisions.sold": "umsatz,verkauft,chiffre d'affaires,current revenue",
    "divisions.potential": "potenzial,potentiel",
    "tasks.task": "aufgabe,vorgang,tâche",
    "tasks.owner": "verantwortlich,responsable,assignee,assigned to",
    "tasks.start": "beginn,anfang,début",
    "tasks.end": "ende,fin",
    "tasks.done": "fortschritt,erledigt,avancement,% done,% complete,percent complete",
    "raci.task": "aufgabe,tâche",
    "goals.goal": "ziel,objectif",
    "actions.action": "massnahme,maßnahme",
    "costs.direct": "direkte kosten,herstellkosten,wareneinsatz",
}
_WORDS: dict[tuple[str, ...], dict[str, str]] = {
    YES: {"yes": "y,true,ja,oui,1,x", "no": "n,false,nein,non,0"},
    STATES: {
        "open": "not started,planned,to do,todo,offen,geplant,ouvert",
        "running": "in progress,started,ongoing,läuft,en cours",
        "done": "completed,complete,closed,finished,erledigt,fertig,terminé",
    },
    TERMS: {
        "short": "short term,short-term,kurz,kurzfristig,court",
        "mid": "medium,medium term,mid term,mid-term,mittel,mittelfristig,moyen",
        "long": "long term,long-term,lang,langfristig",
    },
    RELATIONS: {
        "friendly": "friend,supporter,positive,champion,promoter,sponsor,advocate,green,positiv,freundlich,promoteur",
        "neutral": "unknown,amber,yellow,passive,neutre",
        "opposed": "opponent,negative,hostile,blocker,detractor,red,negativ,gegner,détracteur",
    },
}
_SCALE = re.compile(r"(\d{1,2})\s*[-–—:=]\s*[^\W\d]")
_POWER = {"low": 1, "medium": 3, "high": 5, "niedrig": 1, "mittel": 3, "hoch": 5, "faible": 1, "moyen": 3, "fort": 5}

Remark = Callable[[str], None]


def columns_of(record: Record, headings: Sequence[Value], lists: Mapping[str, Sequence[str]]) -> dict[int, Field]:
    """What each column of a table holds, by its place; columns that the record does not know are left out.

    `lists` are the names on Settings: a column of slots is known by the name of its line too.

    >>> from kam_xl.content.records import RECORDS
    >>> found = columns_of(RECORDS["raci"], ["Activity", "KAM", "Colour"], {"roles": ["KAM"]})
    >>> {place: field.key for place, field in found.items()}
    {0: 'task', 1: 'role_1'}
    """
    words: dict[str, Field] = {}
    for field in record.fields:
        names = lists.get(field.listed, ()) if field.slots else ()
        for place, one in enumerate(field.columns()):
            own = [one.heading, one.key, *(one.also.split(",") if one.also else [])]
            for word in (*own, *names[place : place + 1]):
                words.setdefault(simplify(word), one)
    for field in record.fields:
        for word in filter(None, _HEADINGS.get(f"{record.key}.{field.key}", "").split(",")):
            words.setdefault(simplify(word), field)
    found: dict[int, Field] = {}
    read = [readings(heading) for heading in headings]
    for exact in (0, 1):  # as it is written, then without what stands in brackets
        for place, both in enumerate(read):
            known = words.get(both[exact]) if both[exact] else None
            if known is not None and place not in found and known not in found.values():
                found[place] = known
    account = next((field for field in record.fields if field.account), None)
    if account is not None and account not in found.values():
        free = [(place, both) for place, both in enumerate(read) if place not in found]
        there = next((place for word in ACCOUNT_HEADINGS for place, both in free if word in both), None)
        if there is not None:
            found[there] = account
    return dict(sorted(found.items()))


def rows_of(
    columns: Mapping[int, Field],
    rows: Rows,
    decimal: parsing.Decimal | None = None,
    headings: Sequence[Value] = (),
    notes: Field | None = None,
    remark: Remark = lambda _text: None,
) -> list[dict[str, Value]]:
    """The rows, with numbers and dates where a column holds them; text that is none stays text for the sheet Checks.

    A column that nobody knows goes into `notes`, by its heading. `remark` is told what is doubtful.
    """
    numbers = [c for p, f in columns.items() if f.kind == "number" for row in rows if isinstance(c := row[p], str)]
    days = [c for p, f in columns.items() if f.kind == "date" for row in rows if isinstance(c := row[p], str)]
    day_first = parsing.day_comes_first(days)
    if day_first is None and (doubtful := next(filter(parsing.is_doubtful_day, days), None)):
        remark(_("Dates such as {text} were read as day, month, year.").format(text=doubtful))
    sign = parsing.decimal_sign(numbers) or decimal
    if sign is None and (doubtful := next(filter(parsing.is_ambiguous, numbers), None)):
        value = parsing.number(doubtful, None)
        remark(_("Numbers such as {text} were read as thousands: {value:,}.").format(text=doubtful, value=value))
    percents = {place for place, field in columns.items() if _in_percent(field, place, headings, rows)}
    found = []
    for row in rows:
        given: dict[str, Value] = {}
        for place, field in columns.items():
            value = _value(row[place], field, sign, day_first is not False)
            if place in percents and isinstance(value, int | float) and not isinstance(value, bool):
                value = round(value / 100, 12)
            if value is not None and value != "":
                given[field.key] = value
        if notes is not None:
            _note(
                given, notes, [(h, v) for p, (h, v) in enumerate(zip(headings, row, strict=False)) if p not in columns]
            )
        found.append(given)
    return found


def _note(given: dict[str, Value], notes: Field, others: Sequence[tuple[Value, Value]]) -> None:
    """Add what stands beside to the notes of a row."""
    told = [f"{as_text(h) if h is not None else '?'}: {as_text(v)}" for h, v in others if v is not None]
    if told:
        given[notes.key] = fitting("; ".join([as_text(given[notes.key]), *told] if notes.key in given else told))


def _in_percent(field: Field, place: int, headings: Sequence[Value], rows: Rows) -> bool:
    """Whether a column of shares holds 45 for 45 %, as its heading says."""
    if field.bounds != SHARE or place >= len(headings) or "%" not in str(headings[place]):
        return False
    cells = [
        parsing.number(c, None) if isinstance(c, str) and "%" not in c else c for row in rows for c in [row[place]]
    ]
    return any(isinstance(cell, int | float) and cell > 1 for cell in cells)


def _value(value: Value, field: Field, sign: parsing.Decimal | None, day_first: bool) -> Value:
    if field.account and value is not None:
        return value if isinstance(value, CellError) else fitting(" ".join(as_text(value).split()))
    if field.choices:
        return _chosen(value, field.choices)
    if type(value) is str:
        return _typed(value.strip(), field, sign, day_first)
    return parsing.as_date(value) if field.kind == "date" else value


def _chosen(value: Value, choices: tuple[str, ...]) -> Value:
    """A word as the column spells it, if it is one of its words or means one; else the cell as it is."""
    if value is None or isinstance(value, float | date | CellError):
        return value
    text = as_text(value)
    for choice in choices:
        meant = _WORDS.get(choices, {}).get(choice, "").split(",")
        if text.casefold() in (choice.casefold(), *meant):
            return choice
    return text if isinstance(value, str) else value


def _typed(text: str, field: Field, sign: parsing.Decimal | None, day_first: bool) -> Value:
    if field.kind == "date":
        return parsing.day(text, day_first)
    if field.kind == "number":
        if field.bounds and field.bounds != SHARE and (found := _SCALE.match(text)):
            text = found[1]  # “5 - Very satisfied”
        if field.key == "power" and text.casefold() in _POWER:
            return _POWER[text.casefold()]
        bare = parsing.without_percent(text) if field.bounds == SHARE else text
        value = parsing.number(bare, sign)
        if bare != text:
            return round(value / 100, 12) if isinstance(value, int | float) else text
        return value
    return fitting(text)
