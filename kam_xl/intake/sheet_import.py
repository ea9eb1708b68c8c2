"""A workbook of several sheets that is not ours: which sheet holds what, by its name and its headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kam_xl.content.fields import MAX_NAME, one_line
from kam_xl.content.records import NOTES, RECORDS, Field, Record
from kam_xl.content.settings import Template
from kam_xl.content.tables import CellError, Value
from kam_xl.intake import record_import
from kam_xl.intake.gathering import as_text
from kam_xl.intake.matching import Column, columns_of, header_row, simplify, year_of
from kam_xl.intake.parsing import is_blank
from kam_xl.intake.plan_import import columns_made
from kam_xl.intake.sources import Rows, Sheet
from kam_xl.locale import _

Core = Literal["accounts", "revenue", "mrr", "scores"]

# Names of sheets, beside those of the records and of the pages that show them.
_CORE: dict[Core, str] = {
    "accounts": "accounts,account,customers,customer,clients,client,companies,key accounts,customer list,crm,kunden,"
    "kundenliste,kundenstamm,konten,firmen,comptes,clients clés,grands comptes,مشتریان,حساب ها",
    "revenue": "revenue,revenues,sales,turnover,annual revenue,yearly revenue,umsatz,umsätze,erlöse,jahresumsatz,"
    "chiffre d'affaires,ca,ventes,درآمد,فروش",
    "mrr": "mrr,monthly recurring revenue,recurring revenue,subscriptions,arr,abos,abonnements,monatsumsatz,"
    "wiederkehrender umsatz,revenu récurrent",
    "scores": "scores,score,scoring,ratings,bewertung,bewertungen,punkte,notes de score",
}
_RECORDS: dict[str, str] = {
    "stakeholders": "ansprechpartner,kontakte,personen,entscheider,interlocuteurs,parties prenantes",
    "influences": "einfluss,einflüsse",
    "costs": "kosten,coûts",
    "candidates": "auswahl,kandidaten,sélection,candidats",
    "surveys": "umfragen,umfrage,befragung,feedback,enquêtes,enquête",
    "divisions": "sparten,bereiche,geschäftsbereiche,abteilungen,potenzial,divisions ventes",
    "business": "geschäft,profil,kundenprofil",
    "goals": "ziele,objectifs,chancen",
    "actions": "massnahmen,maßnahmen,actions à mener",
    "tasks": "aufgaben,projektplan,zeitplan,tâches,milestones,schedule",
    "raci": "raci matrix,verantwortung,zuständigkeiten,responsabilités",
    "coverage": "betreuung,abdeckung,équipe",
    "charter": "charta,leitlinien,charte",
}
_BESIDE = frozenset(
    ("list", "liste", "table", "tabelle", "data", "daten", "sheet", "overview", "our", "per", "by", "of")
)
_NEEDS: dict[Core, frozenset[str]] = {
    "accounts": frozenset(
        ("field", "year", "years", "revenue", "mrr", "plan", "growth", "harmony", "unknown", "account")
    ),
    "revenue": frozenset(("year", "revenue")),
    "mrr": frozenset(("plan", "mrr")),
    "scores": frozenset(("growth", "harmony")),
}
_WITHIN = 60  # rows in which the headings are looked for
_RACI = re.compile(r"\s*[RACI](?:\s*[/,;&+ ]?\s*[RACI])*\s*", re.IGNORECASE)
_SHOWN = 12  # columns in a remark


@dataclass
class CoreSheet:
    """A sheet of accounts, revenue, MRR or scores."""

    sheet: Sheet
    kind: Core
    columns: list[Column]
    rows: Rows


@dataclass
class RecordSheet:
    """A sheet of the rows of a record."""

    sheet: Sheet
    record: Record
    headings: list[Value]
    rows: Rows
    columns: dict[int, Field] = field(default_factory=dict)


@dataclass
class Found:
    """What the sheets of a file hold."""

    core: list[CoreSheet] = field(default_factory=list)
    records: list[RecordSheet] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def find(sheets: Iterable[Sheet], template: Template) -> Found:
    """Sort the sheets of a file: those of the core tables, those of records, and the others.

    A sheet counts where its name and its headings agree; one with an unknown name where its headings clearly fit one
    record. Where no sheet has the name of a core table, the first one with accounts is it.
    """
    sheets = [sheet for sheet in sheets if sheet.made or any(cell is not None for row in sheet.rows for cell in row)]
    found = Found()
    core: dict[int, CoreSheet] = {}
    records: dict[int, RecordSheet] = {}
    for place, sheet in enumerate(sheets):
        if sheet.made is not None:
            kind: Core = "mrr" if sheet.made.holds == "mrr" else "revenue"
            core[place] = CoreSheet(sheet, kind, columns_made(sheet.made, template), sheet.made.rows)
            continue
        names = _names(sheet.name)
        kinds = [kind for kind, words in _CORE_WORDS.items() if names & words]
        named = [RECORDS[key] for key, words in _RECORD_WORDS.items() if names & words]
        one = next(filter(None, (_core(sheet, kind, template) for kind in kinds)), None)
        other = next(filter(None, (_record(sheet, record, template) for record in named)), None)
        if one is not None and not (other and _better(sheet, template, other)):
            core[place] = one
        elif other is not None:
            records[place] = other
    for place, sheet in enumerate(sheets):
        if place not in core and place not in records and sheet.rows and (fitting := _fitting(sheet, template)):
            records[place] = fitting
    if not core:
        for place, sheet in enumerate(sheets):
            if place not in records and (main := _core(sheet, "accounts", template)):
                core[place] = main
                break
    for kind in _CORE:
        for place in [place for place, one in core.items() if one.kind == kind]:
            if _adds(core[place], found.core):
                found.core.append(core[place])
            else:
                del core[place]
    found.records = [records[place] for place in sorted(records)]
    found.unused = [sheet.name for place, sheet in enumerate(sheets) if place not in core and place not in records]
    return found


def is_record(sheet: Sheet, template: Template) -> bool:
    """Whether a table on its own is one of a record, and none of accounts: stakeholders, tasks, answers …"""
    if sheet.made is not None:
        return False
    header = header_row(sheet.rows)
    plain = columns_of(_below(sheet, header)[0], template) if header is not None else []
    money = {"year", "years", "revenue", "mrr", "plan", "growth", "harmony"}
    one = None if any(column.kind in money for column in plain) else _fitting(sheet, template)
    return one is not None and len(one.columns) > 2


def is_mrr(sheet: Sheet) -> bool:
    """Whether a sheet has a name of MRR.

    >>> is_mrr(Sheet("MRR 2025", []))
    True
    """
    return not _CORE_WORDS["mrr"].isdisjoint(_names(sheet.name))


def _words(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(simplify, text.split(","))))


_CORE_WORDS = {kind: _words(words) for kind, words in _CORE.items()}
_RECORD_WORDS = {
    key: _words(",".join((record.sheet, record.key, record.also, _RECORDS.get(key, ""))))
    for key, record in RECORDS.items()
}


def _names(name: str) -> set[str]:
    """A sheet's name, and the same without years and words such as “list”.

    >>> sorted(_names("Customer list 2025"))
    ['customer', 'customerlist2025']
    """
    parts = [part for part in re.split(r"[\W_]+", name.casefold()) if part]
    bare = [part for part in parts if part not in _BESIDE and not part.isdigit()]
    return {simplify(name), simplify("".join(bare))} - {""}


def _below(sheet: Sheet, header: int) -> tuple[list[Value], Rows]:
    """The headings of a sheet and the rows below that hold anything, all of one width."""
    width = max((len(row) for row in sheet.rows[header:]), default=0)
    headings = [*sheet.rows[header], *[None] * (width - len(sheet.rows[header]))]
    below = [row for row in sheet.rows[header + 1 :] if any(cell is not None for cell in row)]
    return headings, [[*row, *[None] * (width - len(row))] for row in below]


def _core(sheet: Sheet, kind: Core, template: Template) -> CoreSheet | None:
    """A sheet as one of a core table, if its headings allow."""
    header = header_row(sheet.rows)
    if header is None:
        return None
    headings, rows = _below(sheet, header)
    columns = columns_of(headings, template)
    if kind == "revenue" and not any(column.kind in ("year", "years") for column in columns):
        year = year_of(sheet.name) or next(iter(re.findall(r"(?<!\d)20\d\d(?!\d)", sheet.name)), None)
        columns = [c._replace(kind="year", which=year) if c.kind == "revenue" and year else c for c in columns]
    return CoreSheet(sheet, kind, columns, rows) if any(column.kind in _NEEDS[kind] for column in columns) else None


def _adds(one: CoreSheet, taken: Sequence[CoreSheet]) -> bool:
    """Whether a sheet brings anything that no other one of its kind has brought: other years, other months."""
    alike = [other for other in taken if other.kind == one.kind]
    if not alike:
        return True
    if one.kind == "revenue":
        years = {column.which for column in one.columns if column.kind == "year"}
        return bool(years) and years.isdisjoint(c.which for other in alike for c in other.columns if c.kind == "year")
    return one.kind == "mrr" and bool(_months(one)) and _months(one).isdisjoint(*map(_months, alike))


def _months(one: CoreSheet) -> set[Value]:
    place = next((i for i, column in enumerate(one.columns) if column.kind == "month"), None)
    return {row[place] for row in one.rows} if place is not None else set()


def _lists(template: Template) -> dict[str, list[str]]:
    return {"roles": list(template.roles), "selection": [criterion.name for criterion in template.selection]}


def _record(sheet: Sheet, record: Record, template: Template) -> RecordSheet | None:
    """A sheet as one of a record, if a row of headings has all that it needs and something beside."""
    best: tuple[int, int] | None = None
    needed = {field.key for field in record.fields if field.needed}
    for place, row in enumerate(sheet.rows[:_WITHIN]):
        known = record_import.columns_of(record, row, _lists(template))
        beside = sum(cell is not None for cell in row) > len(needed)
        fits = needed <= {field.key for field in known.values()}
        if fits and (len(known) > 1 or beside) and (best is None or len(known) > best[0]):
            best = len(known), place
    if best is None:
        return None
    headings, rows = _below(sheet, best[1])
    columns = record_import.columns_of(record, headings, _lists(template))
    if len(columns) <= len(needed) and not _slots_beside(record, headings, rows, columns):
        return None
    return RecordSheet(sheet, record, headings, rows, columns)


def _slots_beside(record: Record, headings: Sequence[Value], rows: Rows, known: dict[int, Field]) -> list[int]:
    """The columns that are lines of a list which the template does not know: roles with R, A, C, I; scores."""
    slots = next((field for field in record.fields if field.slots), None)
    if slots is None:
        return []
    right: Callable[[Value], bool] = _is_number if slots.kind == "number" else _is_raci
    found = []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows if row[place] is not None and not is_blank(row[place])]
        named = heading is not None and not isinstance(heading, CellError)
        if place not in known and named and cells and sum(map(right, cells)) * 2 >= len(cells):
            found.append(place)
    return found


def _is_raci(value: Value) -> bool:
    return isinstance(value, str) and _RACI.fullmatch(value) is not None


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\s*\d+(?:[.,]\d+)?\s*", value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _distinctive(one: RecordSheet, template: Template) -> int:
    """How many columns of a sheet only the record knows, or an exact list of its own, and not the sheet Accounts."""
    plain = columns_of(one.headings, template)
    own = [
        place
        for place, field in one.columns.items()
        if not field.account and field.key not in NOTES and plain[place].kind in ("unknown", "account")
    ]
    return len(own) + len(_letters(one))


def _letters(one: RecordSheet) -> list[int]:
    """The columns of R, A, C, I; columns of numbers tell nothing, as any table has them."""
    text = any(field.slots and field.kind == "text" for field in one.record.fields)
    return _slots_beside(one.record, one.headings, one.rows, one.columns) if text else []


def _better(sheet: Sheet, template: Template, other: RecordSheet) -> bool:
    """Whether a sheet, whose name may mean both, has more headings of a record than of the core tables."""
    header = header_row(sheet.rows)
    plain = columns_of(_below(sheet, header)[0], template) if header is not None else []
    return len(other.columns) > sum(column.kind != "unknown" for column in plain)


def _fitting(sheet: Sheet, template: Template) -> RecordSheet | None:
    """The record that the headings of a sheet with an unknown name clearly fit: needed fields and another one.

    A sheet that fits several alike, or the core tables as well, is none.
    """
    scored: list[tuple[int, RecordSheet]] = []
    for record in RECORDS.values():
        one = _record(sheet, record, template)
        if one is None:
            continue
        needed = {field.key for field in record.fields if field.needed and not field.account}
        own, more = _distinctive(one, template), len(_letters(one))
        if own > len(needed) or (own == len(needed) and needed and len(one.columns) > len(needed) + 1):
            scored.append((len(one.columns) + more, one))
    if not scored:
        return None
    best = max(score for score, _one in scored)
    (first, *others) = [one for score, one in scored if score == best]
    header = header_row(sheet.rows)
    plain = columns_of(_below(sheet, header)[0], template) if header is not None else []
    core = sum(column.kind != "unknown" for column in plain)
    return first if not others and best > core and best * 2 >= sum(h is not None for h in first.headings) else None


def lines_of(sheets: Sequence[RecordSheet], template: Template, remark: Callable[[str], None]) -> dict[str, list[str]]:
    """The names that headings bring for lists on Settings: roles, selection criteria, where the template lacks them."""
    brought: dict[str, list[str]] = {}
    lists = _lists(template)
    for listed in lists:
        own = {simplify(name): name for name in lists[listed]}
        headings: dict[str, str] = {}
        for one in sheets:
            slots = next((f for f in one.record.fields if f.slots and f.listed == listed), None)
            if slots is None:
                continue
            numbered = {simplify(f.heading) for f in slots.columns()} | {simplify(f.key) for f in slots.columns()}
            known = [p for p, f in one.columns.items() if f.key.rpartition("_")[0] == slots.key]
            for place in sorted([*known, *_slots_beside(one.record, one.headings, one.rows, one.columns)]):
                name = one_line(as_text(one.headings[place]))[:MAX_NAME]
                if simplify(name) not in numbered:
                    headings.setdefault(simplify(name), name)
        if headings.keys() <= own.keys():
            continue
        most = next(f.slots for record in RECORDS.values() for f in record.fields if f.slots and f.listed == listed)
        names = list(headings.values())
        if len(names) > most:
            text = _("Only the first {n} columns of the list were taken; not read: {names}.")
            remark(text.format(n=most, names=", ".join(names[most:])))
        brought[listed] = names[:most]
    return brought


def rows_of(one: RecordSheet, lists: dict[str, list[str]], remark: Callable[[str], None]) -> list[dict[str, Value]]:
    """The rows of a record on a sheet."""
    columns = record_import.columns_of(one.record, one.headings, lists)
    decimal: Literal["."] | None = "." if one.sheet.delimiter in (",", "|") else None
    notes = next((field for field in one.record.fields if field.key in NOTES), None)
    rows = record_import.rows_of(columns, one.rows, decimal, one.headings, notes, remark)
    unknown = [
        one_line(as_text(heading)) if heading is not None else _("a column without a heading")
        for place, heading in enumerate(one.headings)
        if place not in columns and any(row[place] is not None for row in one.rows)
    ]
    if unknown:
        names = ", ".join(unknown[:_SHOWN]) + (", …" if len(unknown) > _SHOWN else "")
        kept = notes.heading if notes else ""
        text = _("Columns of “{sheet}” not known, not read: {names}.")
        if kept:
            text = _("Columns of “{sheet}” not known, kept in {kept}: {names}.")
        remark(text.format(sheet=one.sheet.name, names=names, kept=kept))
    return [row for row in rows if row]


def told(key: str, n: int, sheet: str) -> str:
    """What was read from which sheet.

    >>> told("stakeholders", 40, "People"), told("tasks", 1, "Plan")
    ('Read 40 stakeholders from the sheet “People”.', 'Read 1 task from the sheet “Plan”.')
    """
    one, many = {
        "accounts": (_("1 account"), _("{n} accounts")),
        "revenue": (_("revenue of 1 account"), _("revenue of {n} accounts")),
        "mrr": (_("1 row of MRR"), _("{n} rows of MRR")),
        "scores": (_("scores of 1 account"), _("scores of {n} accounts")),
        "stakeholders": (_("1 stakeholder"), _("{n} stakeholders")),
        "influences": (_("1 influence"), _("{n} influences")),
        "costs": (_("costs of 1 account"), _("costs of {n} accounts")),
        "candidates": (_("1 candidate"), _("{n} candidates")),
        "surveys": (_("1 survey answer"), _("{n} survey answers")),
        "divisions": (_("1 row of division sales"), _("{n} rows of division sales")),
        "business": (_("the business of 1 account"), _("the business of {n} accounts")),
        "goals": (_("1 goal"), _("{n} goals")),
        "actions": (_("1 action"), _("{n} actions")),
        "tasks": (_("1 task"), _("{n} tasks")),
        "raci": (_("1 row of RACI"), _("{n} rows of RACI")),
        "coverage": (_("the coverage of 1 account"), _("the coverage of {n} accounts")),
        "charter": (_("1 charter text"), _("{n} charter texts")),
    }[key]
    what = one if n == 1 else many.format(n=f"{n:,}")
    return _("Read {what} from the sheet “{sheet}”.").format(what=what, sheet=sheet)
