"""Takes a user's inputs back out of a workbook that kam_xl wrote and a person filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import UnionType
from typing import NoReturn

from kam_xl.content import stray_dates
from kam_xl.content.fields import MAX_NAME, one_line
from kam_xl.content.positions import Area, Positions, column_name, find_positions
from kam_xl.content.records import NOTES, RECORDS, Field, Record
from kam_xl.content.settings import ALL_YEARS, Template
from kam_xl.content.tables import ACCOUNT_FIELDS, FIELD_KINDS, Tables, Value
from kam_xl.errors import DataError
from kam_xl.files.container import DAMAGED, check_container
from kam_xl.files.limits import read_file
from kam_xl.intake import alike
from kam_xl.intake.gathering import as_text, fitting
from kam_xl.intake.grid import Finding, Grid
from kam_xl.intake.matching import are_ours, headings_in, simplify, year_of
from kam_xl.intake.parsing import as_date, as_month
from kam_xl.intake.read_settings import NAMES, is_older, read_settings
from kam_xl.intake.sources import Source, openpyxl_sheets, read_source
from kam_xl.locale import _

_TABLES = ("tblAccounts", "tblRevenue", "tblMRR", "tblScores")
_BEFORE_YEARS = ("Account", "Check", "Total", "Class")  # headings of the revenue table that are no years
_SLOTS = 5  # columns of plans, of growth and of harmony
_LATER = ("contact", "renewal", "figure")  # fields of Accounts that workbooks of an older version are without


@dataclass
class Inputs:
    """What a person typed into a workbook.

    ``template`` holds the settings, ``tables`` the input tables with blank rows in their places, ``positions`` where
    all that stands in the file, ``problems`` what could not be used; the remarks of the tables say what became of it.
    ``dated`` are the cells (sheet and address) that hold a date where a number belongs.
    """

    template: Template
    tables: Tables
    positions: Positions
    problems: list[Finding] = field(default_factory=list)
    dated: set[tuple[str, str]] = field(default_factory=set)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook of kam_xl whose tables and names can be found."""
    try:
        return _is_ours(find_positions(read_file(path)))
    except (DataError, *DAMAGED):
        return False


def _is_ours(positions: Positions) -> bool:
    return any(table in positions.tables for table in _TABLES) and any(name in positions.names for name in NAMES)


def refuse_unreadable(path: Path, source: Source) -> None:
    """Raise a DataError if the sheets are those of a workbook of kam_xl without its tables, as in an .ods file."""
    if not are_ours(sheet.rows for sheet in source.sheets):
        return
    message = _("{file}: is a workbook of kam-xl that lost its tables; go back to the .xlsx file that it came from")
    try:
        find_positions(read_file(path))
    except DAMAGED:
        message = _("{file}: is a workbook of kam-xl in another format; open it and save it as .xlsx")
    raise DataError(message.format(file=path))


def refuse(path: Path) -> NoReturn:
    """Raise the DataError that says what a file is that holds no tables of ours."""
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
    content = read_file(path)
    check_container(path, content)
    try:
        positions = find_positions(content)
        wanted = {*_TABLES, *NAMES, *(record.table for record in RECORDS.values())}
        ours = [area for name, area in (positions.tables | positions.names).items() if name in wanted]
        sheets = {area.sheet for area in ours} if _is_ours(positions) else set()
        found = dict(openpyxl_sheets(path, content, sheets.__contains__)) if sheets else {}
    except DAMAGED:
        sheets, found = set(), {}
    if not sheets:
        refuse(path)
    if lost := sheets - found.keys() if "tblAccounts" in positions.tables else {"Accounts"}:
        message = _("{file}: the sheet {sheet} is missing or damaged; go back to a copy that has it")
        raise DataError(message.format(file=path, sheet=min(lost)))
    return _Reading(path, Grid(found), positions).inputs()


class _Reading:
    """The inputs as they are read, sheet by sheet."""

    def __init__(self, path: Path, grid: Grid, positions: Positions) -> None:
        self.path, self.grid, self.positions = path, grid, positions
        self.tables = Tables()
        for name, area in positions.tables.items():
            positions.columns[name] = grid.headings(area)
        self.template, self.slots, settings = read_settings(grid, positions, self._own_figure())
        self.problems: list[Finding] = []
        for finding in settings:
            self._tell(finding, _("the standard value was taken"))

    def _own_figure(self) -> str | None:
        """The heading that the user gave to the column of Accounts that is theirs."""
        headings = list(ACCOUNT_FIELDS.values())
        if is_older(self.positions):
            return None
        area, standard = self.positions.tables.get("tblAccounts"), ACCOUNT_FIELDS["figure"]
        if area is None or standard in self.positions.columns["tblAccounts"]:
            return None
        column = area.left + headings.index(standard)
        value = self.grid.value(area.sheet, area.top, column) if column <= area.right else None
        there = one_line(str(value))[:MAX_NAME] if value is not None else ""
        return there if there.casefold() not in {"", *map(str.casefold, headings)} else None

    def _tell(self, finding: Finding, effect: str) -> None:
        """Keep a problem, and what became of it."""
        self.problems.append(finding)
        place = f"{finding.sheet}!{finding.cell}" if finding.cell else f"{finding.sheet}:"
        self.tables.remarks.append(f"{place} {finding.problem}: {effect}.")

    def _lost(self, sheet: str, cell: str, problem: str, remedy: str) -> None:
        self._tell(Finding(sheet, cell, problem, remedy), _("not read"))

    def inputs(self) -> Inputs:
        """Everything, in the order of the sheets."""
        self._accounts()
        if self._found("Revenue", _BEFORE_YEARS):
            self._revenue()
        names = {f"Plan {k + 1}": n for k, n in zip(self.slots["plans"], self.template.plans, strict=False)}
        if self._found("MRR", ("Month", "Account", *_numbered("Plan")), names):
            for month, account, *amounts in self._rows("MRR", ["Month", "Account"], {"Plan": self.slots["plans"]}):
                self.tables.mrr.append((_month(month), account, amounts))
        if self._found("Scores", ("Account", *_numbered("Growth"), *_numbered("Harmony"))):
            slots = {"Growth": self.slots["growth"], "Harmony": self.slots["harmony"]}
            split = len(slots["Growth"])
            for account, *scores in self._rows("Scores", ["Account"], slots):
                self.tables.scores.append((account, scores[:split], scores[split:]))
        for key, record in RECORDS.items():
            if record.table in self.positions.tables and (rows := self._record(record)):
                self.tables.records[key] = rows
        for sheet, numbers in self.grid.below.items():
            text = _("{sheet}: what stands after blank rows below the table was read as rows of it: {rows}.")
            self.tables.remarks.append(text.format(sheet=sheet, rows=", ".join(map(str, sorted(numbers)))))
        return self._examined()

    def _examined(self) -> Inputs:
        """All inputs, when what can be wrong in whole tables was told: stray dates, names that are alike."""
        self.tables, dates = stray_dates.taken_out(self.tables)
        dated = set()
        for stray in dates:
            place = self._place(stray.table, stray.row, stray.heading)
            dated.add(place)
            self._tell(Finding(*place, stray_dates.problem(stray), stray_dates.remedy()), _("kept as text"))
        for pair in alike.pairs_in(self.tables, self.template):
            finding = Finding(*self._place(*pair.place), alike.problem(pair.first, pair.name), alike.remedy())
            self._tell(finding, _("kept apart"))
            self.tables.doubts.append(self.tables.remarks[-1])
        return Inputs(self.template, self.tables, self.positions, self.problems, dated)

    def _place(self, table: str, row: int, heading: str) -> tuple[str, str]:
        return self.positions.tables[table].sheet, self.positions.cell(table, row, heading)

    def _record(self, record: Record) -> list[dict[str, Value]]:
        """The rows of another input sheet; columns of a list, such as Role 1, are numbered anew as its named lines.

        A column that a person added goes where the record has notes.
        """
        name = record.table.removeprefix("tbl")
        names = {
            f"{one.heading} {slot + 1}": line
            for one in record.fields
            if one.slots
            for slot, line in zip(self.slots.get(one.listed, []), self._lines(one.listed), strict=False)
        }
        self._found(name, tuple(column.heading for column in record.columns()), names)
        area, columns = self.positions.tables[record.table], self.positions.columns[record.table]
        taken = self._taken(record, columns)
        notes = next((field.key for field, _there in taken if field.key in NOTES), None)
        others = self._beside(record, {columns[there] for _field, there in taken}, notes is not None)
        headings = [_heading(self.grid.value(area.sheet, area.top, column), column) for column in others]
        rows = []
        for values in self.grid.rows(area, [*(columns[there] for _field, there in taken), *others]):
            row = {
                field.key: as_date(value) if field.kind == "date" else value
                for (field, _there), value in zip(taken, values, strict=False)
                if value is not None
            }
            more = zip(headings, values[len(taken) :], strict=True)
            if notes and (told := [f"{heading}: {as_text(value)}" for heading, value in more if value is not None]):
                row[notes] = fitting("; ".join([as_text(row[notes]), *told] if notes in row else told))
            rows.append(row)
        if headings:
            text = _("Columns of {sheet} not known, kept in {notes}: {names}.")
            kept = next(field.heading for field in record.fields if field.key == notes)
            self.tables.remarks.append(text.format(sheet=area.sheet, notes=kept, names=", ".join(headings)))
        self.positions.columns[record.table] = {field.heading: columns[there] for field, there in taken}
        return rows

    def _lines(self, listed: str) -> list[str]:
        """The names of a list on Settings whose lines are columns of a table."""
        lines = getattr(self.template, listed)
        return [line if isinstance(line, str) else line.name for line in lines]

    def _taken(self, record: Record, columns: Mapping[str, int]) -> list[tuple[Field, str]]:
        """The fields of a record that a table has, and the heading of each there."""
        taken = []
        for one in record.fields:
            slots = self.slots.get(one.listed, []) if one.slots else [0]
            for column, slot in zip(one.columns(), slots, strict=False):
                there = f"{one.heading} {slot + 1}" if one.slots else one.heading
                if there in columns:
                    taken.append((column, there))
        return taken

    def _beside(self, record: Record, used: set[int], kept: bool) -> list[int]:
        """The filled columns of a table that are none of its fields; those that nothing can hold are problems."""
        area, columns = self.positions.tables[record.table], self.positions.columns[record.table]
        slots = {f"{one.heading} {k + 1}" for one in record.fields for k in range(one.slots)}
        at = {column: heading for heading, column in columns.items()}
        others = []
        for column in range(area.left, area.right + 1):
            heading = at.get(column, "")
            if column in used or not self._filled(area, column):
                continue
            if heading in slots:
                self._unused(area, column, _("{name} has no name").format(name=heading))
            elif kept:
                others.append(column)
            else:
                shown = heading or _("column {name}").format(name=column_name(column - 1))
                self._unused(area, column, _("“{name}” is not known").format(name=shown), _("clear the column"))
        return others

    def _found(self, name: str, standard: Sequence[str], own: Mapping[str, str] | None = None) -> bool:
        """Whether a table is there; its columns with changed headings are then known by their places.

        ``own`` are names that a person may well write over a standard heading: those of the plans.
        """
        table = f"tbl{name}"
        if table not in self.positions.tables:
            self._lost(name, "", _("the table {name} is missing").format(name=table), _("start from a new workbook"))
            return False
        area, columns = self.positions.tables[table], self.positions.columns[table]
        if columns.keys().isdisjoint(standard):
            message = _("{file}: the headings on the sheet {sheet} are missing; bring them back")
            raise DataError(message.format(file=self.path, sheet=area.sheet))
        at = {column: heading for heading, column in columns.items()}
        for place, heading in enumerate(standard):
            column, there = area.left + place, at.get(area.left + place, "")
            if heading in columns:
                continue
            if column > area.right or there in standard or (name == "Revenue" and year_of(there)):
                problem, remedy = _("the heading “{name}” is missing"), _("bring it back")
                self._lost(area.sheet, area.cell(0, 0), problem.format(name=heading), remedy)
                continue
            columns[heading] = column
            columns.pop(there, None)
            if simplify(there) != simplify((own or {}).get(heading, heading)):
                problem = _("“{there}” stands in place of “{name}”") if there else _("the heading “{name}” is missing")
                problem, remedy = problem.format(name=heading, there=there), _("bring it back")
                finding = Finding(area.sheet, area.cell(0, place), problem, remedy)
                self._tell(finding, _("the column was read all the same"))
        return True

    def _accounts(self) -> None:
        own = {ACCOUNT_FIELDS["figure"]: self.template.own_figure}
        fields = [name for name in ACCOUNT_FIELDS if name not in _LATER or not is_older(self.positions)]
        self._found("Accounts", tuple(ACCOUNT_FIELDS[name] for name in fields), own)
        area, columns = self.positions.tables["tblAccounts"], self.positions.columns["tblAccounts"]
        known = {name: columns[heading] for name, heading in ACCOUNT_FIELDS.items() if heading in columns}
        others = [c for c in range(area.left, area.right + 1) if c not in known.values() and self._filled(area, c)]
        headings = [_heading(self.grid.value(area.sheet, area.top, column), column) for column in others]
        dates = [FIELD_KINDS[name] == "date" for name in known]
        for values in self.grid.rows(area, [*known.values(), *others]):
            row = {
                name: as_date(value) if is_date else value
                for name, value, is_date in zip(known, values, dates, strict=False)
                if value is not None
            }
            more = zip(headings, values[len(known) :], strict=True)
            if notes := [f"{heading}: {as_text(value)}" for heading, value in more if value is not None]:
                row["notes"] = fitting("; ".join([as_text(row["notes"]), *notes] if "notes" in row else notes))
            self.tables.accounts.append(row)
        if headings:
            text = _("Columns of {sheet} not known, kept in Notes: {names}.")
            self.tables.remarks.append(text.format(sheet=area.sheet, names=", ".join(headings)))

    def _filled(self, area: Area, column: int, kinds: UnionType | type = object) -> bool:
        values = [value for (value,) in self.grid.rows(area, [column]) if value is not None]
        return any(isinstance(value, kinds) for value in values)

    def _revenue(self) -> None:
        area, columns = self.positions.tables["tblRevenue"], self.positions.columns["tblRevenue"]
        years = self._years(area, columns)
        self.tables.years = [year for year, _column in years]
        columns.update(years)
        for account, *values in self.grid.rows(area, [columns.get("Account", 0), *(column for _y, column in years)]):
            self.tables.revenue.append((account, values))
        if "rev_months" in self.positions.names:
            self._months(self.positions.names["rev_months"], years)
        if self.template.basis not in (ALL_YEARS, *self.tables.years) and "set_basis" in self.positions.names:
            cell = self.positions.names["set_basis"]
            problem = _("{year} is no year of Revenue").format(year=self.template.basis)
            remedy = _("choose “{all}”, or a year of Revenue").format(all=ALL_YEARS)
            self._tell(Finding(cell.sheet, cell.cell(0, 0), problem, remedy), _("the standard value was taken"))
            self.template = self.template.model_copy(update={"basis": ALL_YEARS})

    def _years(self, area: Area, columns: dict[str, int]) -> list[tuple[str, int]]:
        """The years of the revenue table and their columns, oldest first: in the table, or beside it."""
        last = max(area.right, *columns.values())
        if "rev_months" in self.positions.names:
            last = max(last, self.positions.names["rev_months"].right)
        while self._filled(area, last + 1, float | int):
            last += 1
        found: dict[str, int] = {}
        others = [columns[heading] for heading in _BEFORE_YEARS if heading in columns]
        for column in range(area.left, last + 1):
            value = self.grid.value(area.sheet, area.top, column)
            year = year_of(value)
            if column in others or (value is None and not self._filled(area, column)):
                continue
            if value is None:
                problem, remedy = _("is blank above figures"), _("type their year, such as 2026")
            elif year is None:
                problem, remedy = (
                    _("“{heading}” is no year").format(heading=one_line(str(value))),
                    _("type a year such as 2026"),
                )
            elif year in found:
                problem, remedy = _("{year} stands there twice").format(year=year), _("keep one column per year")
            else:
                found[year] = column
                continue
            finding = Finding(area.sheet, area.cell(0, column - area.left), problem, remedy)
            self._tell(finding, _("the column was not read"))
        return sorted(found.items())

    def _months(self, named: Area, years: Sequence[tuple[str, int]]) -> None:
        for year, column in years:
            value = self.grid.value(named.sheet, named.top, column)
            if isinstance(value, int | float) and not isinstance(value, bool) and value in range(1, 13):
                if value < 12:
                    self.tables.months[year] = int(value)
            elif value is not None:
                problem = _("is no number of months: {value}").format(value=value)
                cell = Area(named.sheet, named.top, column, named.top, column).cell(0, 0)
                self._lost(named.sheet, cell, problem, _("type 1 to 12, or leave it blank"))

    def _rows(self, name: str, first: Sequence[str], slots: dict[str, list[int]]) -> list[list[Value]]:
        """Rows of a table whose columns belong to the lines of a list on Settings, such as Plan 1 to Plan 5.

        Lines without a name are left out, and the columns are numbered anew; what stands in them is a problem.
        """
        area, columns = self.positions.tables[f"tbl{name}"], self.positions.columns[f"tbl{name}"]
        taken = [columns.get(heading, 0) for heading in first]
        renumbered = {heading: columns[heading] for heading in first if heading in columns}
        for word, used in slots.items():
            for place, slot in enumerate(used, start=1):
                taken.append(columns.get(f"{word} {slot + 1}", 0))
                renumbered[f"{word} {place}"] = taken[-1]
        for heading, column in columns.items():
            if column not in taken:
                word, _space, number = heading.rpartition(" ")
                problem = _("{name} has no name") if word in slots and number.isdigit() else _("“{name}” is not known")
                self._unused(area, column, problem.format(name=heading))
        self.positions.columns[f"tbl{name}"] = {heading: column for heading, column in renumbered.items() if column}
        return self.grid.rows(area, taken) if taken[0] and taken[len(first) - 1] else []

    def _unused(self, area: Area, column: int, problem: str, remedy: str = "") -> None:
        """Tell of the first value of a column that no line of Settings names."""
        for index, (value,) in enumerate(self.grid.rows(area, [column])):
            if value is not None:
                cell = area.cell(1 + index, column - area.left)
                told = remedy or _("give the line a name on Settings, or clear the column")
                self._lost(area.sheet, cell, problem, told)
                return


def _month(value: Value) -> Value:
    """The month of a row of MRR; the day of a date stays as it was typed."""
    day = as_date(value)
    return day if not isinstance(day, date) or isinstance(as_month(day), date) else as_month(day)


def _numbered(word: str) -> list[str]:
    return [f"{word} {k + 1}" for k in range(_SLOTS)]


def _heading(value: Value, column: int) -> str:
    return one_line(as_text(value)) if value is not None else _("column {name}").format(name=column_name(column - 1))
