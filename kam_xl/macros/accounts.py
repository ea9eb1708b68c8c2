"""Accounts from a file, merged into the tables of the open workbook."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from kam_xl.content.settings import Template, report_date
from kam_xl.content.tables import ACCOUNT_FIELDS, Tables, Value
from kam_xl.errors import DataError
from kam_xl.intake import alike
from kam_xl.intake.importer import read_data
from kam_xl.intake.parsing import as_date
from kam_xl.intake.reader import is_workbook, read_workbook
from kam_xl.locale import _
from kam_xl.macros import excel
from kam_xl.macros.changes import changing
from kam_xl.macros.inputs import Inputs, Table, key_of
from kam_xl.macros.records import Records
from kam_xl.macros.years import Years, check_new, read_years, write_year


def import_accounts(book: excel.Book, path: str | Path | None = None) -> str:
    """Merge a file (CSV, Excel, OpenDocument or a workbook of kam_xl) into the tables; asks for it when not told.

    Accounts that are there already, by name and whatever its case, get what the file has a value for; new ones go to
    the first blank rows. Notes are added to. Years after the last one get a column; older ones that Revenue lacks are
    left out and named.

    Raises
    ------
    DataError
        In one line, before anything is written: a file that cannot be read, tables or years without room.
    """
    inputs = Inputs(book)
    inputs.table("tblAccounts")
    if path is None and (path := excel.ask_file(book, _("Accounts to import"))) is None:
        return ""
    path = Path(path)
    with excel.progress(book, _("importing {file}").format(file=path.name)):
        merge = _Merge(inputs)
        data = _read(path, inputs, merge)
        merge.merge(data)
        if not merge.changed:
            text = _("{file} changes nothing: all that was read from it is in the workbook already.")
            return " ".join([text.format(file=path.name), *data.remarks])
        copy = excel.save_copy(book, _("import"))
        with changing(book) as changes:
            for year in merge.new_years:
                write_year(changes, merge.years, year)
            for table in merge.tables:
                table.write(changes)
    text = _("{file}: accounts {new} new, {old} updated.").format(file=path.name, new=merge.new, old=merge.updated)
    if merge.new_years:
        text += " " + _("New years: {years}.").format(years=", ".join(map(str, merge.new_years)))
    return " ".join([text, *merge.records.told, excel.copied(book, copy), *data.remarks])


def _read(path: Path, inputs: Inputs, merge: _Merge) -> Tables:
    """The file, read with the settings of the open workbook.

    Columns of plans, criteria and roles go by the lists on Settings: a file with other lists would put figures under
    wrong headings, so it is refused.
    """
    own, _slots = inputs.settings
    if path.is_file() and is_workbook(path):
        other = read_workbook(path)
        tables, lists = other.tables, _lists(other.template)
    else:
        ledger = Tables(mrr=[(as_date(month), None, []) for month in merge.months()])
        settings: dict[str, object] = {"report_date": report_date(own, ledger)}
        if merge.years.found:
            settings["years"] = ",".join(map(str, merge.years.found))
        tables = read_data(path, own.model_copy(update=settings))
        lists = tables.lists
    used = {"plans": tables.mrr, "growth": tables.scores, "harmony": tables.scores}
    used |= {"selection": tables.records.get("candidates"), "roles": tables.records.get("raci")}
    for name, ours in _lists(own).items():
        if used[name] and lists.get(name, ours) != ours:
            text = _(
                "{file}: its {list} ({names}) are not those of this workbook ({ours}); make them the same on Settings"
            )
            shown = {"list": _LISTS[name], "names": ", ".join(lists[name]), "ours": ", ".join(ours)}
            raise DataError(text.format(file=path, **shown))
    return tables


_LISTS = {
    "plans": _("plans"),
    "growth": _("growth criteria"),
    "harmony": _("harmony criteria"),
    "selection": _("selection criteria"),
    "roles": _("roles"),
}


def _lists(template: Template) -> dict[str, list[str]]:
    return {name: [line if isinstance(line, str) else line.name for line in getattr(template, name)] for name in _LISTS}


class _Merge:
    """What a file changes in the tables; nothing is written before all of it is known to fit."""

    def __init__(self, inputs: Inputs) -> None:
        self.years: Years = read_years(inputs)
        span = self.years.headings
        self.accounts = inputs.edit("tblAccounts", ["Account"])
        revenue = inputs.named("rev_accounts").left
        self.revenue = inputs.edit("tblRevenue", ["Account"], lambda _a: [revenue, *range(span.left, span.right + 1)])
        self.ledger = inputs.edit("tblMRR", ["Month", "Account"])
        self.scores = inputs.edit("tblScores", ["Account"])
        self.records = Records(inputs)
        self.slots = inputs.settings[1]
        self.new_years: list[int] = []
        self.new = self.updated = 0

    @property
    def tables(self) -> list[Table]:
        """Every table that the file may change."""
        return [self.accounts, self.revenue, self.ledger, self.scores, *self.records.tables]

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return any(table.changed for table in self.tables)

    def months(self) -> list[Value]:
        """The months of the ledger."""
        column = self.ledger.columns["Month"]
        return [self.ledger.value(row, column) for row in self.ledger.rows.values()]

    def merge(self, data: Tables) -> None:
        """Enter all tables of a file.

        Raises
        ------
        DataError
            When there is not room for all.
        """
        nameless = sum(key_of(row.get("account")) == "" for row in data.accounts)
        if nameless:
            data.remarks.append(_("Rows without an account, left out: {n}.").format(n=nameless))
        known, touched = set(self.accounts.rows), set[str]()
        for fields in data.accounts:
            if self._fields(fields):
                touched.add(key_of(fields["account"]))
        touched |= self._revenue(data)
        for month, name, amounts in data.mrr:
            plans = [f"Plan {slot + 1}" for slot in self.slots["plans"]]
            if self._row(self.ledger, (month, name), zip(plans, amounts, strict=False), {"Month": month}):
                touched.add(key_of(name))
        headings = [f"{word} {slot + 1}" for word in ("Growth", "Harmony") for slot in self.slots[word.lower()]]
        for name, growth, harmony in data.scores:
            if self._row(self.scores, (name,), zip(headings, [*growth, *harmony], strict=False)):
                touched.add(key_of(name))
        self.records.merge(data)
        self.new = len(set(self.accounts.rows) - known)
        self.updated = len({(name,) for name in touched} & known)
        for table in self.tables:
            table.check_room()
        data.remarks += alike.remark(self._alike(known))

    def _alike(self, known: Collection[tuple[Value, ...]]) -> list[tuple[str, str]]:
        """New names that Excel may take for one that was there."""
        column = self.accounts.columns["Account"]
        names = {key: str(self.accounts.value(row, column)) for key, row in self.accounts.rows.items()}
        old = {names[key] for key in known}
        return [pair for pair in alike.doubtful(names.values()) if pair[0] in old and pair[1] not in old]

    def _fields(self, fields: dict[str, Value]) -> bool:
        values = dict(fields)
        return self._row(
            self.accounts,
            (values.pop("account", None),),
            [(ACCOUNT_FIELDS[field], value) for field, value in values.items()],
        )

    def _revenue(self, data: Tables) -> set[str]:
        filled = [y for i, y in enumerate(data.years) if any(i < len(v) and v[i] is not None for _n, v in data.revenue)]
        columns = {str(year): column for year, column in self.years.found.items()}
        newer = [int(year) for year in filled if year not in columns and int(year) > (self.years.last or 0)]
        if older := [year for year in filled if year not in columns and int(year) not in newer]:
            text = _("Years that Revenue lacks, left out: {years}.")
            data.remarks.append(text.format(years=", ".join(older)))
        check_new(self.years, sorted(newer))
        self.new_years = sorted(newer)
        spare = [*self.years.spare]
        if len(newer) > len(spare):
            text = _("Revenue has no blank column for {years}; press Add year until it has, then import again")
            raise DataError(text.format(years=", ".join(map(str, self.new_years[len(spare) :]))))
        columns |= {str(year): column for year, column in zip(self.new_years, spare, strict=False)}
        self.revenue.columns = {**self.revenue.columns, **columns}
        touched = set()
        for name, values in data.revenue:
            figures = [(year, value) for year, value in zip(data.years, values, strict=False) if year in columns]
            if self._row(self.revenue, (name,), figures):
                touched.add(key_of(name))
        return touched

    def _row(
        self,
        table: Table,
        key: Sequence[Value],
        values: object,
        first: dict[str, Value] | None = None,
    ) -> bool:
        """Enter a row; whether that changes anything."""
        name = key[-1]
        given = [(heading, value) for heading, value in values if value is not None]  # type: ignore[attr-defined]
        if not key_of(name) or (not given and table is not self.accounts):
            return False
        row, new = table.row(*key)
        if not row:
            return False
        if new:
            given += [("Account", name), *(first or {}).items()]
        results = [
            (table.add if heading == ACCOUNT_FIELDS["notes"] else table.set)(row, table.columns[heading], _dated(value))
            for heading, value in given
            if heading in table.columns
        ]
        return any(results)


def _dated(value: Value) -> Value:
    return as_date(value) if isinstance(value, date) else value
