"""Takes a user's inputs back out of a workbook that kam_xl wrote and a person filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from kam_xl.errors import DataError
from kam_xl.locale import _
from kam_xl.workbook.gathering import as_text, fitting
from kam_xl.workbook.grid import Finding, Grid
from kam_xl.workbook.matching import are_ours, headings_in, simplify, year_of
from kam_xl.workbook.parsing import as_date
from kam_xl.workbook.positions import Area, Positions, find_positions
from kam_xl.workbook.read_settings import NAMES, read_settings
from kam_xl.workbook.settings import ALL_YEARS, Template
from kam_xl.workbook.sources import DAMAGED, Source, check_container, openpyxl_sheets, read_bytes, read_source
from kam_xl.workbook.tables import ACCOUNT_FIELDS, FIELD_KINDS, Tables, Value

_TABLES = ("tblAccounts", "tblRevenue", "tblMRR", "tblScores")
_BEFORE_YEARS = ("Account", "Check", "Total", "Class")  # headings of the revenue table that are no years
_SLOTS = 5  # columns of plans, of growth and of harmony


@dataclass
class Inputs:
    """What a person typed into a workbook.

    ``template`` holds the settings, ``tables`` the input tables with blank rows in their places, ``positions`` where
    all that stands in the file, ``problems`` what could not be used; the remarks of the tables say what became of it.
    """

    template: Template
    tables: Tables
    positions: Positions
    problems: list[Finding] = field(default_factory=list)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook of kam_xl whose tables and names can be found."""
    try:
        return _is_ours(find_positions(read_bytes(path)))
    except (DataError, *DAMAGED):
        return False


def _is_ours(positions: Positions) -> bool:
    return any(table in positions.tables for table in _TABLES) and any(name in positions.names for name in NAMES)


def refuse_unreadable(path: Path, source: Source) -> None:
    """Refuse a workbook of kam_xl of which only the cells are left, as in an .ods or .xls file.

    Raises
    ------
    DataError
        In one line, when the sheets are those of a workbook of kam_xl.
    """
    if are_ours(sheet.rows for sheet in source.sheets):
        message = _("{file}: is a workbook of kam-xl saved in another form; open the original and save it as .xlsx")
        raise DataError(message.format(file=path))


def _refuse(path: Path) -> NoReturn:
    """Say what a file is that holds no tables of ours."""
    try:
        source = read_source(path, headings_in)
    except DataError:
        source = Source([])
    refuse_unreadable(path, source)
    if source.sheets and source.sheets[0].delimiter is None:
        raise DataError(_("{file}: is no workbook of kam-xl; make one with: kam-xl new").format(file=path))
    raise DataError(_("{file}: is damaged or no .xlsx file; open it and save it as .xlsx").format(file=path))


def read_workbook(path: str | Path) -> Inputs:
    """Read the inputs of a workbook: settings, accounts, revenue, MRR and scores, as they stand in the cells.

    Error cells arrive as `CellError`, formulas as their stored values. Nothing computed is read. Rows typed directly
    below a table, and years to the right of the revenue table, count as part of it. A column whose heading was
    changed is known by its place; a column that a person added to Accounts goes into Notes.

    Raises
    ------
    DataError
        In one line, when the file cannot be read, is no workbook of kam_xl, or has lost a sheet or its headings.
    """
    path = Path(path)
    content = read_bytes(path)
    check_container(path, content)
    try:
        positions = find_positions(content)
        ours = [area for name, area in (positions.tables | positions.names).items() if name in (*_TABLES, *NAMES)]
        sheets = {area.sheet for area in ours} if _is_ours(positions) else set()
        found = dict(openpyxl_sheets(content, sheets.__contains__)) if sheets else {}
    except DAMAGED:
        sheets, found = set(), {}
    if not sheets:
        _refuse(path)
    if lost := sorted(sheets - found.keys()) or [
        name for name in ("Accounts",) if "tblAccounts" not in positions.tables
    ]:
        message = _("{file}: the sheet {sheet} is missing or damaged; go back to a copy that has it")
        raise DataError(message.format(file=path, sheet=lost[0]))
    return _Reading(path, Grid(found), positions).inputs()


class _Reading:
    """The inputs as they are read, table by table."""

    def __init__(self, path: Path, grid: Grid, positions: Positions) -> None:
        self.path, self.grid, self.positions = path, grid, positions
        self.tables = Tables()
        self.template, self.slots, self.problems = read_settings(grid, positions)
        for finding in self.problems:
            self._remark(finding, _("the standard value was taken"))

    def inputs(self) -> Inputs:
        """Everything, in the order of the sheets."""
        for name, area in self.positions.tables.items():
            self.positions.columns[name] = self.grid.headings(area)
        self._accounts()
        if self._there("tblRevenue", _BEFORE_YEARS):
            self._revenue()
        plans = dict(zip(self.slots["plans"], self.template.plans, strict=True))
        if self._there(
            "tblMRR", ("Month", "Account", *_numbered("Plan")), {f"Plan {k + 1}": n for k, n in plans.items()}
        ):
            for month, account, *amounts in self._slotted("tblMRR", ["Month", "Account"], ["Plan"]):
                self.tables.mrr.append((as_date(month), account, amounts))
        if self._there("tblScores", ("Account", *_numbered("Growth"), *_numbered("Harmony"))):
            split = 1 + len(self.slots["growth"])
            for account, *scores in self._slotted("tblScores", ["Account"], ["Growth", "Harmony"]):
                self.tables.scores.append((account, scores[: split - 1], scores[split - 1 :]))
        return Inputs(self.template, self.tables, self.positions, self.problems)
