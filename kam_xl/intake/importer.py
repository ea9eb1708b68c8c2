"""A user's table, in whatever file, as the input tables of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kam_xl.content import stray_dates
from kam_xl.content.fields import one_line
from kam_xl.content.records import RECORDS
from kam_xl.content.settings import Template
from kam_xl.content.tables import FIELD_KINDS, Tables, Value
from kam_xl.errors import DataError
from kam_xl.intake import alike, parsing, percents, pipeline, plan_import, record_import, sheet_import
from kam_xl.intake.answers import Answers
from kam_xl.intake.dress import known_headings, plain
from kam_xl.intake.findings import findings
from kam_xl.intake.gathering import Gathering, as_error
from kam_xl.intake.matching import Column, columns_of, expected, header_row, simplify
from kam_xl.intake.names import key_of
from kam_xl.intake.plan_import import columns_made
from kam_xl.intake.reader import refuse_unreadable
from kam_xl.intake.sources import Rows, Sheet, Source, read_source
from kam_xl.locale import _

_DATES = frozenset(field for field, kind in FIELD_KINDS.items() if kind == "date")
_NUMBERS = frozenset(field for field, kind in FIELD_KINDS.items() if kind == "number")
_PERCENTAGES = ("engagement",)  # fields from 0 to 100


def read_data(
    path: str | Path,
    template: Template,
    years: Sequence[str] | None = None,
    encoding: str | None = None,
    answers: Answers | None = None,
) -> Tables:
    """Read a user's file: CSV (any usual encoding, delimiter and decimal sign), Excel or OpenDocument.

    One row per account; the headings say what a column holds (see `matching`). Accounts on several rows are added
    up: the same name after trimming, without regard to upper and lower case. With a column of years beside the
    revenue, a row is an account's revenue of its year. Text in a number column stays text, so that the sheet Checks
    can name it. Columns that nobody knows go into Notes.

    A workbook of several sheets may bring the other input tables too (see `sheet_import`): stakeholders, tasks ….
    Accounts that stand on such sheets only are not made up; the sheet Checks names them.

    Parameters
    ----------
    path
        The file.
    template
        Its plans and criteria are known as headings too.
    years
        The years wanted, in any order: missing ones become blank columns, others are left out. None: those of the
        file, or the template's where the file has none.
    encoding
        Of a text file; None finds it out.
    answers
        What was answered where the file can be read in several ways.

    Raises
    ------
    DataError
        In one line, when the file cannot be read, has no column of accounts, or is a workbook of kam_xl (`reader`).
    DoubtError
        When the encoding of a text file is not clear, or two readings give different amounts.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "accounts.csv"
    >>> _ = file.write_text("Customer;2024;2025\\nAurelia;1.234,50;2000\\nAURELIA ;1;", encoding="utf-8")
    >>> tables = read_data(file, Template())
    >>> tables.years, tables.revenue
    (['2024', '2025'], [('Aurelia', [1235.5, 2000])])
    >>> tables.remarks
    ['1 account stands on several rows, added up: Aurelia']
    """
    path = Path(path)
    source = _read(path, encoding or (answers.encoding if answers else "") or None)
    refuse_unreadable(path, source)
    return tables_of(path, source, template, years, answers)


def tables_of(
    path: Path,
    source: Source,
    template: Template,
    years: Sequence[str] | None = None,
    answers: Answers | None = None,
) -> Tables:
    """The input tables that the sheets of a source hold, as `read_data`; `path` is its name in messages."""
    if not source.sheets:
        raise DataError(_("{file}: holds no sheet with a table; nothing was read").format(file=path))
    answers = answers or Answers()
    gathering = Gathering(template, years, answers)
    gathering.from_1904 = source.from_1904
    gathering.file = path if path.is_file() else None
    pipeline.understand(source, path.name, template, answers)
    gathering.template = pipeline.with_plans(template, source.sheets)
    if len(source.sheets) > 1 or sheet_import.is_record(source.sheets[0], template):
        others = [sheet for sheet in source.sheets if sheet.made is None]
        _adopt(gathering, list(filter(sheet_import.is_mrr, others)), monthly=False)
        found = sheet_import.find(source.sheets, gathering.template)
        if found.records or len(found.core) > 1 or any(sheet.made for sheet in source.sheets):
            return _finished(_several(gathering, path, source, found), gathering, template, source)
    sheet, _header = _choose(path, source)
    if sheet.made is None:
        _adopt(gathering, [sheet], monthly=not sheet_import.is_mrr(sheet))
    _feed(gathering, path, source)
    return _finished(gathering.tables(), gathering, template, source)


def _read(path: Path, encoding: str | None = None) -> Source:
    """The sheets of a file, with text such as “#N/A” as the error that a spreadsheet takes it for."""
    source = read_source(path, known_headings, encoding)
    for sheet in source.sheets:
        sheet.rows = [[as_error(plain(cell)) for cell in row] for row in sheet.rows]
    return source


def _adopt(gathering: Gathering, sheets: Sequence[Sheet], monthly: bool) -> None:
    """Take the user's own plans, where tables of MRR have columns of them."""
    if gathering.left:
        return
    plans = plan_import.plans_in(sheets, gathering.template, monthly)
    if plans.taken:
        gathering.template = gathering.template.model_copy(update={"plans": plans.taken})
        gathering.left = frozenset(map(simplify, plans.left))
        gathering.remark(_("Plans taken from the file: {names}.").format(names=", ".join(plans.taken)))
    if plans.left:
        text = _("There is place for {n} plans, the largest; not read: {names}.")
        gathering.remark(text.format(n=len(plans.taken), names=", ".join(plans.left)))


def _finished(tables: Tables, gathering: Gathering, template: Template, source: Source) -> Tables:
    """The tables with what was found out about all of them: stray dates, names alike, plans of the user's own."""
    made = [sheet.made for sheet in source.sheets if sheet.made is not None]
    tables.remarks[:0] = [line for one in made for line in one.told]
    tables.doubt([*source.doubts, *(line for one in made for line in one.doubts)])
    for one in made:
        tables.months.update({year: n for year, n in one.months.items() if year in tables.years})
    tables, dates = stray_dates.taken_out(tables)
    tables.doubt(stray_dates.remarks(dates, gathering.template))
    tables.doubt(findings(tables))
    pairs = alike.pairs_in(tables, template)
    tables.doubt(alike.remark((pair.first, pair.name) for pair in pairs))
    if gathering.template.plans != template.plans:
        tables.lists["plans"] = list(gathering.template.plans)
    return tables


def _several(gathering: Gathering, path: Path, source: Source, found: sheet_import.Found) -> Tables:
    """The tables of a workbook of several sheets, and what was read from which."""
    for core in found.core:
        rows = core.rows
        if core.sheet.made is None:
            rows = _typed(gathering, core.columns, rows, core.sheet.delimiter)
        at = next(place for place, column in enumerate(core.columns) if column.kind == "account")
        told = len(rows) if core.kind == "mrr" else len({str(row[at]).strip().lower() for row in rows})
        gathering.remark(sheet_import.told(core.kind, told, core.sheet.name))
        gathering.add(core.columns, rows)
    if not found.core and len(source.sheets) > 1:
        gathering.remark(_("{file}: no sheet of accounts was found; type them on Accounts.").format(file=path.name))
    brought = sheet_import.lines_of(found.records, gathering.template, gathering.remark)
    records: dict[str, list[dict[str, Value]]] = {}
    for one in found.records:
        columns = record_import.columns_of(one.record, one.headings, lists_of(gathering.template) | brought)
        one.rows = _without_blanks(gathering, one.rows, [p for p, f in columns.items() if f.kind == "number"])
        rows_there = sheet_import.rows_of(one, lists_of(gathering.template) | brought, gathering.remark)
        gathering.remark(sheet_import.told(one.record.key, len(rows_there), one.sheet.name))
        records.setdefault(one.record.key, []).extend(rows_there)
    if found.unused:
        gathering.remark(_("Sheets not read: {names}.").format(names=", ".join(found.unused)))
    for remark in source.remarks:
        gathering.remark(remark)
    tables = gathering.tables()
    if len(source.sheets) == 1 and not found.core:
        tables.accounts = _accounts_of(records)
    tables.lists = brought
    tables.records = {key: records[key] for key in RECORDS if records.get(key)}
    return tables


def _accounts_of(records: dict[str, list[dict[str, Value]]]) -> list[dict[str, Value]]:
    """The accounts that the rows of a table on its own name."""
    names = {key_of(str(name)): name for rows in records.values() for row in rows if (name := row.get("account"))}
    return [{"account": name} for name in names.values()]


def read_folder(folder: Path, template: Template) -> Tables:
    """The sample of a template: the CSV files of a folder, put together by account."""
    gathering = Gathering(template)
    names = ["accounts.csv", "revenue.csv", "mrr.csv", "scores.csv"]
    files = [folder / name for name in names if (folder / name).is_file()]
    if not files:
        raise DataError(_("{folder}: holds none of {names}").format(folder=folder, names=", ".join(names)))
    for file in files:
        _feed(gathering, file, _read(file))
    tables = gathering.tables()
    for key, record in RECORDS.items():
        file = folder / f"{key}.csv"
        if file.is_file():
            (sheet, *_others) = _read(file).sheets
            columns = record_import.columns_of(record, sheet.rows[0], lists_of(template))
            width = len(sheet.rows[0])
            rows = [[*row, *[None] * (width - len(row))] for row in sheet.rows[1:] if any(c is not None for c in row)]
            tables.records[key] = record_import.rows_of(columns, rows, ".")
    return tables


def lists_of(template: Template) -> dict[str, list[str]]:
    """The names on Settings that columns of other input sheets go by."""
    return {"roles": list(template.roles), "selection": [criterion.name for criterion in template.selection]}


def _feed(gathering: Gathering, path: Path, source: Source) -> None:
    sheet, header = _choose(path, source)
    if len(source.sheets) > 1:
        others = ", ".join(s.name for s in source.sheets if s is not sheet and any(map(any, s.rows)))
        if others:
            gathering.remark(_("Read the sheet “{name}”; not read: {others}.").format(name=sheet.name, others=others))
    if sheet.made is not None:
        gathering.add(columns_made(sheet.made, gathering.template), sheet.made.rows)
        for remark in source.remarks:
            gathering.remark(remark)
        return
    width = max((len(row) for row in sheet.rows[header:]), default=0)
    headings = [*sheet.rows[header], *[None] * (width - len(sheet.rows[header]))]
    columns = columns_of(headings, gathering.template)
    rows = [[*row, *[None] * (width - len(row))] for row in sheet.rows[header + 1 :] if any(c is not None for c in row)]
    cells = _typed(gathering, columns, rows, sheet.delimiter)
    if not rows:
        gathering.remark(_("{file}: holds headings only; the workbook has no accounts yet.").format(file=path.name))
    gathering.add(columns, cells)
    for remark in source.remarks:
        gathering.remark(remark)


def _choose(path: Path, source: Source) -> tuple[Sheet, int]:
    """The first sheet with a heading for the accounts, and the row of its headings."""
    for sheet in source.sheets:
        header = 0 if sheet.made is not None else header_row(sheet.rows)
        if header is not None:
            return sheet, header
    for sheet in source.sheets:
        for row in sheet.rows:
            found = [one_line(str(cell))[:60] for cell in row if cell is not None]
            if found:
                listed = ", ".join(found[:8]) + (", …" if len(found) > 8 else "")
                message = _("{file}: no column of accounts among: {found}. Expected {expected}.")
                told = [message.format(file=path, found=listed, expected=expected())]
                raise DataError(" ".join(told + source.remarks if sheet.delimiter else told))
    raise DataError(_("{file}: is empty; nothing was read").format(file=path))


def _typed(gathering: Gathering, columns: Sequence[Column], rows: Rows, delimiter: str | None) -> Rows:
    """The rows with numbers and dates where a column holds them; by column, as a file has one way of writing."""
    numbers = [i for i, column in enumerate(columns) if _is_number(column)]
    rows = _without_blanks(gathering, rows, numbers)
    by_column: list[list[Value]] = [list(column) for column in zip(*rows, strict=True)] or [[] for _c in columns]
    dates = [i for i, column in enumerate(columns) if column.which in _DATES or column.kind == "month"]
    for i in numbers:
        if columns[i].which in _PERCENTAGES:
            by_column[i] = _without_percent(gathering, by_column[i])
            by_column[i] = percents.in_hundred(gathering, columns[i].heading, by_column[i])
    texts = [cell for i in numbers for cell in by_column[i] if isinstance(cell, str)]
    decimal = parsing.decimal_sign(texts)
    if decimal is None and delimiter in (",", "|"):
        decimal = "."
    if decimal is None and (doubtful := next(filter(parsing.is_ambiguous, texts), None)):
        value = parsing.number(doubtful, None)
        gathering.remark(
            _("Numbers such as {text} were read as thousands: {value:,}.").format(text=doubtful, value=value)
        )
    for i in numbers:
        by_column[i] = [parsing.number(cell, decimal) if isinstance(cell, str) else cell for cell in by_column[i]]
    texts = [cell for i in dates for cell in by_column[i] if isinstance(cell, str)]
    shown = parsing.day_comes_first(texts)
    if shown is None and (doubtful := next(filter(parsing.is_doubtful_day, texts), None)):
        gathering.remark(_("Dates such as {text} were read as day, month, year.").format(text=doubtful))
    for i in dates if gathering.from_1904 else ():
        by_column[i] = [c + 1462 if isinstance(c, int) and 10_000 < c < 80_000 else c for c in by_column[i]]
    for i in dates:
        if columns[i].kind == "month":
            by_column[i] = [parsing.month(parsing.as_date(cell), shown is not False) for cell in by_column[i]]
            continue
        by_column[i] = [
            parsing.day(cell, shown is not False) if isinstance(cell, str) else parsing.as_date(cell)
            for cell in by_column[i]
        ]
    return [list(row) for row in zip(*by_column, strict=True)]


def _without_blanks(gathering: Gathering, rows: Rows, places: Sequence[int]) -> Rows:
    """The rows with blank cells in columns of numbers where someone wrote “n/a” or a dash; they are counted."""
    there = set(places)
    gathering.blanks += sum(parsing.is_blank(row[place]) for row in rows for place in there)
    return [[None if i in there and parsing.is_blank(cell) else cell for i, cell in enumerate(row)] for row in rows]


def _without_percent(gathering: Gathering, cells: list[Value]) -> list[Value]:
    """The cells of a column from 0 to 100, with “45 %” as “45”."""
    bare = [_bare(cell) if isinstance(cell, str) else cell for cell in cells]
    if changed := next((pair for pair in zip(cells, bare, strict=True) if pair[0] != pair[1]), None):
        gathering.remark(
            _("Percentages such as {text} were read as {number}.").format(text=changed[0], number=changed[1])
        )
    return bare


def _bare(text: str) -> str:
    """A percentage without its sign; any other text as it is."""
    bare = parsing.without_percent(text)
    return text if isinstance(parsing.number(bare, None), str) else bare


def _is_number(column: Column) -> bool:
    return column.kind in ("year", "revenue", "mrr", "plan", "growth", "harmony") or column.which in _NUMBERS
