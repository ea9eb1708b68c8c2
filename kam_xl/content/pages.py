"""Which sheets a workbook has: the pages to look at, in their order, and the input sheets that each reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kam_xl.content.records import RECORDS
from kam_xl.errors import DataError
from kam_xl.locale import _


def _later(text: str) -> str:
    """A text that is looked up in the catalogue when it is shown."""
    return text


@dataclass(frozen=True)
class Page:
    """A page: its name, what it answers, the colour of its tab, and the input sheets that it reads."""

    name: str
    about: str
    inputs: tuple[str, ...]  # names of sheets, or keys of records
    colour: str = "data"  # its role: the theme knows the value
    core: bool = False  # others compute from it: left out, it stays in the file, hidden


PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        Page(
            "Dashboard",
            _later("How much recurring revenue, how it moves, what is at risk, where the upsell is."),
            ("MRR",),
            "title",
            core=True,
        ),
        Page("Pareto", _later("Which few accounts carry the revenue, and how concentrated it is."), (), core=True),
        Page("ABC", _later("Class of every account, year by year, and who moved."), (), core=True),
        Page("Scoring", _later("Which accounts deserve the time: growth against harmony."), ("Scores",), core=True),
        Page("Selection", _later("Which accounts are key accounts, and which to watch."), ("candidates",)),
        Page(
            "At risk",
            _later("Whom to call first, and how much revenue hangs on it."),
            ("MRR",),
            "risk",
            core=True,
        ),
        Page("Retention", _later("What moved recurring revenue, how much of it stays: NRR and GRR."), ("MRR",)),
        Page(
            "Onboarding", _later("Where new customers stand, how satisfied they are, where to improve."), ("surveys",)
        ),
        Page(
            "Decision map", _later("Who decides, who is friendly, whom to win first."), ("stakeholders", "influences")
        ),
        Page("Profit", _later("Which accounts earn the profit, which cost it, what to do with each."), ("costs",)),
        Page("Divisions", _later("Where we sell in each account, and what is still open."), ("divisions",)),
        Page(
            "Account plan",
            _later("One account on one page: people, business, goals and actions."),
            ("stakeholders", "business", "goals", "actions"),
        ),
        Page("Charter", _later("Why we manage key accounts, by which rules, and when we review."), ("charter",)),
        Page("Rollout", _later("What is done, what runs, what is late."), ("tasks",)),
        Page("Team", _later("Who is responsible for what, who covers which account."), ("raci", "coverage")),
    )
}
"""Every page, in the order of its tab."""

BEFORE, ALWAYS, AFTER = ("Guide",), ("Settings", "Accounts", "Revenue"), ("Checks",)
CORE_INPUTS = ("MRR", "Scores")


def chosen(names: Sequence[str]) -> list[str]:
    """The names of the pages wanted, as they are spelt here; all of them if none is given, or “all”.

    >>> chosen(["abc", "PARETO"]), len(chosen([])) == len(PAGES)
    (['ABC', 'Pareto'], True)
    """
    known = {name.casefold(): name for name in PAGES}
    others = {name.casefold() for name in (*BEFORE, *ALWAYS, *CORE_INPUTS, *AFTER)}
    others |= {record.sheet.casefold() for record in RECORDS.values()}  # input sheets come with their pages
    found: list[str] = []
    for name in names:
        key = " ".join(name.split()).casefold()
        if key in known:
            found.append(known[key])
        elif key == "all":
            return list(PAGES)
        elif key not in others:
            raise DataError(_("“{name}” is no page; choose from: {names}").format(name=name, names=", ".join(PAGES)))
    if names and not found:
        text = _("“{name}” is no page; choose from: {names}")
        raise DataError(text.format(name=names[0].strip(), names=", ".join(PAGES)))
    return list(dict.fromkeys(found)) or list(PAGES)


def name_of(page: str) -> str:
    """The name in the workbook by which a reader knows a page, however a person called its sheet.

    >>> name_of("At risk")
    'page_at_risk'
    """
    return "page_" + folder_of(page)


def folder_of(page: str) -> str:
    """The folder of a page in ``kam_xl/pages``.

    >>> folder_of("At risk")
    'at_risk'
    """
    return page.replace(" ", "_").lower()


def shown(visible: Sequence[str], named: Mapping[str, str]) -> list[str]:
    """The pages among the visible sheets of a workbook, in their order; none if they are all, as they come.

    `named` holds the sheet of every name in the workbook; a page without its name is known by its title, if every
    workbook has that page or no page has a name: else it is a sheet of the user's own.

    >>> shown(["Guide", "80-20", "ABC", "Revenue"], {"page_pareto": "80-20"}), shown([*PAGES], {})
    (['Pareto', 'ABC'], [])
    """
    older = not any(name_of(page) in named for page in PAGES)
    known = (page for page in PAGES if older or PAGES[page].core or name_of(page) in named)
    titles = {named.get(name_of(page), page): page for page in known}
    found = [titles[sheet] for sheet in visible if sheet in titles]
    return [] if found == list(PAGES) else found


def records_of(pages: Iterable[str]) -> list[str]:
    """The keys of the records that these pages read, in the order of their sheets.

    >>> records_of(["Team", "Account plan"])
    ['stakeholders', 'business', 'goals', 'actions', 'raci', 'coverage']
    """
    wanted = {name for page in pages for name in PAGES[page].inputs}
    return [key for key in RECORDS if key in wanted]


def sheets_of(pages: Sequence[str]) -> dict[str, bool]:
    """Every sheet of a workbook with these pages, in order, and whether it is shown."""
    shown = {name for page in pages for name in PAGES[page].inputs}
    order = [*pages, *(name for name, page in PAGES.items() if page.core and name not in pages)]
    inputs = [*ALWAYS, *CORE_INPUTS, *(RECORDS[key].sheet for key in records_of(pages))]
    visible = {*BEFORE, *pages, *ALWAYS, *shown, *(RECORDS[key].sheet for key in records_of(pages)), *AFTER}
    return {name: name in visible for name in (*BEFORE, *order, *inputs, *AFTER)}


def colour_of(sheet: str) -> str:
    """The role of a tab's colour."""
    if sheet in PAGES:
        return PAGES[sheet].colour
    return {"Guide": "context", "Checks": "good"}.get(sheet, "input")
