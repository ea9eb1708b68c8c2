"""Which sheets of a workbook kam_xl made, and which are the user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kam_xl.content.pages import AFTER, ALWAYS, BEFORE, CORE_INPUTS, PAGES, name_of
from kam_xl.content.positions import Positions
from kam_xl.content.records import RECORDS
from kam_xl.hosts.vba import CONF_SHEET, INTELLISENSE_SHEET
from kam_xl.workbook.recompute.package import SheetCells

OF_MACROS = (CONF_SHEET, INTELLISENSE_SHEET)
BEHIND = re.compile("calc(_[a-z_]+)?")
_ALIKE = 0.6  # of the texts of a sheet: it is one of ours under another title


def made_by_us(positions: Positions, titles: Iterable[str]) -> set[str]:
    """The sheets that the generator wrote, known by what they hold, else by their titles."""
    tables = {"tblAccounts", "tblRevenue", "tblMRR", "tblScores", *(record.table for record in RECORDS.values())}
    found = {area.sheet for name, area in positions.tables.items() if name in tables}
    pages = {name_of(page): page for page in PAGES}
    found |= {area.sheet for name, area in positions.names.items() if name in pages or name == "set_company"}
    known = {*BEFORE, *ALWAYS, *CORE_INPUTS, *AFTER, *OF_MACROS}
    older = not any(name in pages for name in positions.names)  # before pages had names
    known |= {name for key, name in pages.items() if key not in positions.names and (older or PAGES[name].core)}
    return found | {title for title in titles if title in known or BEHIND.fullmatch(title)}


def alike(sheet: SheetCells, standard: SheetCells) -> bool:
    """Whether a sheet holds for the most part what the generator writes on one of its own."""
    mine = {value for value in sheet.constants.values() if isinstance(value, str)}
    theirs = {value for value in standard.constants.values() if isinstance(value, str)}
    return len(mine) > 3 and len(mine & theirs) >= _ALIKE * len(mine)
