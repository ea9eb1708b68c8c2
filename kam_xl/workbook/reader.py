"""Takes a user's inputs back out of a workbook that kam_xl wrote and a person filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kam_xl.errors import DataError
from kam_xl.locale import _
from kam_xl.workbook.grid import Finding, Grid
from kam_xl.workbook.matching import year_of
from kam_xl.workbook.parsing import as_date
from kam_xl.workbook.positions import Area, Positions, find_positions
from kam_xl.workbook.read_settings import read_settings
from kam_xl.workbook.settings import Template
from kam_xl.workbook.sources import DAMAGED, check_container, openpyxl_sheets, read_bytes
from kam_xl.workbook.tables import ACCOUNT_FIELDS, FIELD_KINDS, Tables, Value

_COMPUTED = ("Account", "Check", "Total", "Class")  # headings of the revenue table that are no years
_FIELDS = {heading: name for name, heading in ACCOUNT_FIELDS.items()}


@dataclass
class Inputs:
    """What a person typed into a workbook.

    ``template`` holds the settings, ``tables`` the input tables with blank rows in their places, ``positions`` where
    all that stands in the file, ``problems`` the settings that could not be used (a standard value took their place).
    """

    template: Template
    tables: Tables
    positions: Positions
    problems: list[Finding] = field(default_factory=list)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook of kam_xl."""
    try:
        return _is_ours(find_positions(read_bytes(path)))
    except (DataError, *DAMAGED):
        return False


def _is_ours(positions: Positions) -> bool:
    return "tblAccounts" in positions.tables and "list_plans" in positions.names


def read_workbook(path: str | Path) -> Inputs:
    """Read the inputs of a workbook: settings, accounts, revenue, MRR and scores, as they stand in the cells.

    Error cells arrive as `CellError`, formulas as their stored values. Nothing computed is read. Rows typed directly
    below a table, and years to the right of the revenue table, count as part of it.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    path = Path(path)
    content = read_bytes(path)
    check_container(path, content)
    try:
        positions = find_positions(content)
        if not _is_ours(positions):
            raise DataError(_("{file}: is no workbook of kam-xl; make one with: kam-xl new").format(file=path))
        grid = Grid(dict(openpyxl_sheets(content, lambda sheet: _holds_inputs(sheet, positions))))
    except DAMAGED:
        message = _("{file}: is damaged or no .xlsx file; open it and save it as .xlsx")
        raise DataError(message.format(file=path)) from None

    template, slots, problems = read_settings(grid, positions)
    tables = Tables()
    for name, area in positions.tables.items():
        positions.columns[name] = grid.headings(area)
    _accounts(grid, positions, tables)
    _revenue(grid, positions, tables, problems)
    _mrr(grid, positions, tables, slots["plans"], problems)
    _scores(grid, positions, tables, slots, problems)
    return Inputs(template, tables, positions, problems)


def _holds_inputs(sheet: str, positions: Positions) -> bool:
    named = (area for name, area in positions.names.items() if name.startswith(("set_", "list_", "rev_")))
    tables = (area for name, area in positions.tables.items() if name.startswith("tbl"))
    return any(area.sheet == sheet for area in (*named, *tables))


def _accounts(grid: Grid, positions: Positions, tables: Tables) -> None:
    area, columns = positions.tables["tblAccounts"], positions.columns["tblAccounts"]
    known = {_FIELDS[heading]: column for heading, column in columns.items() if heading in _FIELDS}
    dates = [FIELD_KINDS[name] == "date" for name in known]
    for values in grid.rows(area, list(known.values())):
        row = {
            name: as_date(value) if is_date else value
            for name, value, is_date in zip(known, values, dates, strict=True)
            if value is not None
        }
        tables.accounts.append(row)


def _revenue(grid: Grid, positions: Positions, tables: Tables, problems: list[Finding]) -> None:
    if "tblRevenue" not in positions.tables:
        problems.append(_missing("Revenue", "tblRevenue"))
        return
    area, columns = positions.tables["tblRevenue"], positions.columns["tblRevenue"]
    years = _years(grid, positions, problems)
    tables.years = [year for year, _column in years]
    columns.update(years)
    for account, *values in grid.rows(area, [columns.get("Account", area.left), *(column for _y, column in years)]):
        tables.revenue.append((account, values))
    named = positions.names.get("rev_months")
    for year, column in years if named is not None else ():
        assert named is not None
        value = grid.value(named.sheet, named.top, column)
        if isinstance(value, int | float) and not isinstance(value, bool) and value in range(1, 13):
            if value < 12:
                tables.months[year] = int(value)
        elif value is not None:
            cell = Area(named.sheet, named.top, column, named.top, column).cell(0, 0)
            problem = _("is no number of months: {value}").format(value=value)
            problems.append(Finding(named.sheet, cell, problem, _("type 1 to 12, or leave it blank")))


def _years(grid: Grid, positions: Positions, problems: list[Finding]) -> list[tuple[str, int]]:
    """The years of the revenue table and their columns, oldest first: in the table, beside it, or under its months."""
    area = positions.tables["tblRevenue"]
    last = max(area.right, *positions.columns["tblRevenue"].values())
    if "rev_months" in positions.names:
        last = max(last, positions.names["rev_months"].right)
    found: dict[str, int] = {}
    for column in range(area.left, last + 1):
        value = grid.value(area.sheet, area.top, column)
        year = year_of(value)
        if value is None or str(value).strip() in _COMPUTED:
            continue
        if year is None:
            problem, remedy = _("“{heading}” is no year").format(heading=value), _("type a year such as 2026")
        elif year in found:
            problem, remedy = _("{year} stands there twice").format(year=year), _("keep one column per year")
        else:
            found[year] = column
            continue
        problems.append(Finding(area.sheet, area.cell(0, column - area.left), problem, remedy))
    return sorted(found.items())


def _mrr(grid: Grid, positions: Positions, tables: Tables, slots: list[int], problems: list[Finding]) -> None:
    if "tblMRR" not in positions.tables:
        problems.append(_missing("MRR", "tblMRR"))
        return
    for values in _slotted(grid, positions, "tblMRR", ["Month", "Account"], {"Plan": slots}, problems):
        month, account, *amounts = values
        tables.mrr.append((as_date(month), account, amounts))


def _scores(
    grid: Grid, positions: Positions, tables: Tables, slots: dict[str, list[int]], problems: list[Finding]
) -> None:
    if "tblScores" not in positions.tables:
        problems.append(_missing("Scores", "tblScores"))
        return
    named = {"Growth": slots["growth"], "Harmony": slots["harmony"]}
    split = 1 + len(slots["growth"])
    for values in _slotted(grid, positions, "tblScores", ["Account"], named, problems):
        tables.scores.append((values[0], values[1:split], values[split:]))


def _slotted(
    grid: Grid,
    positions: Positions,
    table: str,
    first: Sequence[str],
    slots: dict[str, list[int]],
    problems: list[Finding],
) -> list[list[Value]]:
    """Rows of a table whose columns belong to the lines of a list on Settings, such as Plan 1 to Plan 5.

    Lines without a name are left out, and the columns are numbered anew; values in them are a problem.
    """
    area, columns = positions.tables[table], positions.columns[table]
    taken = [columns[heading] for heading in first if heading in columns]
    if len(taken) < len(first):
        problems.append(Finding(area.sheet, area.cell(0, 0), _("a heading is missing"), _("bring back its headings")))
        return []
    renumbered: dict[str, int] = {}
    for word, used in slots.items():
        for place, slot in enumerate(used, start=1):
            column = columns.get(f"{word} {slot + 1}", 0)
            taken.append(column)
            if column:
                renumbered[f"{word} {place}"] = column
        for heading, column in columns.items():
            number = heading.removeprefix(f"{word} ")
            if number.isdigit() and int(number) - 1 not in used and heading != number:
                _unnamed(grid, positions, table, heading, column, problems)
                renumbered.setdefault(heading, 0)
    columns.update(renumbered)
    positions.columns[table] = {heading: column for heading, column in columns.items() if column}
    return grid.rows(area, taken)


def _unnamed(grid: Grid, positions: Positions, table: str, heading: str, column: int, problems: list[Finding]) -> None:
    area = positions.tables[table]
    for index, (value,) in enumerate(grid.rows(area, [column])):
        if value is not None:
            cell = positions.cell(table, index, heading)
            remedy = _("give the line a name on Settings, or clear the column")
            problems.append(Finding(area.sheet, cell, _("{name} has no name").format(name=heading), remedy))
            return


def _missing(sheet: str, table: str) -> Finding:
    return Finding(sheet, "", _("the table {name} is missing").format(name=table), _("start from a new workbook"))
