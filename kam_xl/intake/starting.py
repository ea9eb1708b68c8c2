"""What a new workbook starts from: a user's table, an older workbook, the sample, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kam_xl.content.fields import one_line, parse_years
from kam_xl.content.pages import PAGES, chosen, records_of
from kam_xl.content.records import RECORDS
from kam_xl.content.settings import ALL_YEARS, MAX_COMPANY, MAX_CURRENCY, Template
from kam_xl.content.tables import Tables
from kam_xl.errors import DataError
from kam_xl.intake.answers import Answers
from kam_xl.intake.importer import read_data
from kam_xl.intake.reader import Inputs, is_workbook, read_workbook
from kam_xl.intake.template import load_template
from kam_xl.locale import _

Start = tuple[Template, Tables]


def from_data(
    path: Path,
    template: str | None = None,
    years: Sequence[str] | None = None,
    company: str | None = None,
    sheets: Sequence[str] | None = None,
    currency: str | None = None,
    inputs: Inputs | None = None,
    answers: Answers | None = None,
) -> Start:
    """A user's table with the settings of a template; a workbook of kam_xl brings its own settings along.

    `inputs` are those of the workbook, if they are read already; `answers` what was answered of the table.
    """
    if inputs is not None or (path.is_file() and is_workbook(path)):
        if template is not None:
            raise DataError(_("{file}: brings its own settings along; leave out --template").format(file=path))
        inputs = inputs or read_workbook(path)
        return from_tables(inputs.template, inputs.tables, years, company, sheets, currency)
    loaded = load_template(template or "standard")
    tables = read_data(path, loaded.settings, years, answers=answers)
    settings, tables = from_tables(loaded.for_data(tables), tables, None, company, sheets, currency)
    if currency is None and settings.currency:
        remark = _("Amounts are shown in {currency}; give your unit with --currency.")
        tables.remarks.append(remark.format(currency=settings.currency))
    return settings, tables


def from_tables(
    settings: Template,
    tables: Tables,
    years: Sequence[str] | None = None,
    company: str | None = None,
    sheets: Sequence[str] | None = None,
    currency: str | None = None,
) -> Start:
    """Settings and tables that are there already, with what is wanted otherwise."""
    settings, tables = _start(_named(settings, company, currency), tables, years, sheets)
    _tell_left_out(settings, tables)
    return settings, tables


def _tell_left_out(settings: Template, tables: Tables) -> None:
    """Say which rows have no sheet, as no page of the workbook reads them."""
    pages = chosen(settings.sheets)
    for key in [key for key in tables.records if key not in records_of(pages)]:
        record, n = RECORDS[key], len(tables.records[key])
        page = next(page.name for page in PAGES.values() if key in page.inputs)
        one = _("1 row of {sheet} has no sheet: no page here reads it; add {page} with --sheets.")
        many = _("{n} rows of {sheet} have no sheet: no page here reads them; add {page} with --sheets.")
        text = (one if n == 1 else many).format(n=f"{n:,}", sheet=record.sheet, page=page)
        tables.remarks.append(text)


def from_sample(
    template: str | None = None,
    years: Sequence[str] | None = None,
    company: str | None = None,
    sheets: Sequence[str] | None = None,
    currency: str | None = None,
) -> Start:
    """The sample data of a template.

    >>> from_sample(company="Mine")[0].company
    'Mine'
    """
    loaded = load_template(template or "standard")
    return _start(_named(loaded.settings, company, currency), loaded.sample(), years, sheets)


def from_nothing(
    template: str | None = None,
    years: Sequence[str] | None = None,
    company: str | None = None,
    sheets: Sequence[str] | None = None,
    currency: str | None = None,
) -> Start:
    """No accounts at all, only the years.

    >>> from_nothing(years=["2025"])[1].years
    ['2025']
    """
    loaded = load_template(template or "standard")
    tables = Tables.empty(years or parse_years(loaded.settings.years))
    return _start(_named(loaded.for_data(tables), company, currency), tables, None, sheets)


def _start(
    settings: Template, tables: Tables, years: Sequence[str] | None = None, sheets: Sequence[str] | None = None
) -> Start:
    """The settings and the tables, with the years and pages wanted and a revenue basis that is among the years."""
    if sheets is not None:
        settings = settings.model_copy(update={"sheets": list(sheets)})
    tables = tables.with_years(years) if years else tables
    if settings.basis not in (ALL_YEARS, *tables.years):
        remark = _("The revenue basis {year} is not among the years: all years count.")
        tables.remarks.append(remark.format(year=settings.basis))
        settings = settings.model_copy(update={"basis": ALL_YEARS})
    return settings, tables


def _named(settings: Template, company: str | None, currency: str | None) -> Template:
    """The settings with the company and the currency wanted."""
    given = {"company": ("--company", company, MAX_COMPANY), "currency": ("--currency", currency, MAX_CURRENCY)}
    return settings.model_copy(
        update={key: _checked(option, text, most) for key, (option, text, most) in given.items() if text is not None}
    )


def _checked(option: str, text: str, most: int) -> str:
    text = one_line(text)
    if len(text) > most:
        raise DataError(_("{option}: takes at most {n} letters").format(option=option, n=most))
    return text
