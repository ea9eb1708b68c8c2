"""The way of a table: dress, profile, shape, reduce; for every sheet of a source, before all are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from kam_xl.content.fields import one_line
from kam_xl.content.settings import Template
from kam_xl.content.tables import Value
from kam_xl.errors import DataError
from kam_xl.intake import money, profile
from kam_xl.intake.answers import Answers
from kam_xl.intake.dress import Dressed, undressed
from kam_xl.intake.joining import join
from kam_xl.intake.matching import Column, columns_of, simplify, year_of
from kam_xl.intake.plan_import import MAX_PLANS
from kam_xl.intake.reduce import reduced
from kam_xl.intake.shape import plan_of
from kam_xl.intake.sheet_import import is_mrr
from kam_xl.intake.sources import Sheet, Source
from kam_xl.intake.vocabulary import account_vote, all_words, date_vote
from kam_xl.locale import _


def understand(source: Source, file: str, template: Template, answers: Answers) -> None:
    """Give each sheet that holds amounts in time what its rows became; take the dress off tables of years.

    Sheets with the same headings, a month or a year each, are one table.

    Raises
    ------
    DoubtError
        Where two readings give different amounts.
    DataError
        Where a table cannot be read as it is.
    """
    tables: list[tuple[Sheet, Dressed]] = []
    for sheet in source.sheets:
        table = undressed(sheet, file)
        if table is None:
            continue
        if not sheet.delimiter and len(source.sheets) == 1 and sheet.name.casefold().startswith(("sheet", "tabelle")):
            table.name = file
        same = next((other for _s, other in tables if _same(other, table)), None)
        if (
            same is not None
            and plan_of(table, answers, template, is_mrr(sheet)) is not None
            and not year_of(sheet.name)
        ):
            same.rows += table.rows
            same.lines += table.lines
            same.doubts += table.doubts
            source.remarks.append(
                _("“{sheet}” has the headings of “{other}” and was added to it.").format(
                    sheet=sheet.name, other=same.name
                )
            )
            sheet.rows = []
            continue
        tables.append((sheet, table))
    if len(tables) > 1:
        source.remarks += join([table for _sheet, table in tables])
    _check_headings([table for _sheet, table in tables], file, answers)
    for sheet, table in tables:
        planned = plan_of(table, answers, template, is_mrr(sheet))
        if planned is not None:
            sheet.made = reduced(*planned)
        else:
            _prepare(source, sheet, table, template, answers)


def _check_headings(tables: Sequence[Dressed], file: str, answers: Answers) -> None:
    """Refuse an answer that names a column which no table has."""
    headings = [one_line(str(h)) for table in tables for h in table.headings if h is not None]
    there = {simplify(heading) for heading in headings}
    for option in ("account", "date", "amount", "plan"):
        answer = str(getattr(answers, option))
        if answer and simplify(answer) not in there:
            near = get_close_matches(answer, headings, n=1, cutoff=0.6) or headings[:8]
            message = _("--{option}: {file} has no column “{answer}”; there is {found}")
            raise DataError(
                message.format(option=option, file=file, answer=answer, found=", ".join(f"“{h}”" for h in near))
            )


def _same(one: Dressed, other: Dressed) -> bool:
    return [*map(simplify, one.headings)] == [*map(simplify, other.headings)] and len(one.headings) > 2


def _prepare(source: Source, sheet: Sheet, table: Dressed, template: Template, answers: Answers) -> None:
    """A table of years as the plain importer reads it: one row of headings, no blank labels, one currency."""
    _name_columns(table, template, answers)
    columns = columns_of(table.headings, template)
    kinds = {column.kind for column in columns}
    _check_dates(table, columns)
    _check_units(table, columns)
    money_there = [i for i, c in enumerate(columns) if c.kind in ("year", "revenue", "mrr", "plan")]
    if "account" not in kinds or not money_there:
        return
    currency = next(
        (p for p, h in enumerate(table.headings) if simplify(h) in ("currency", "curr", "wahrung", "devise")), None
    )
    rates = money.rates_of(table, currency, money_there, answers)
    if rates:
        for n, row in enumerate(table.rows):
            for place in money_there:
                (value,) = profile.numbers([row[place]], table.delimiter)
                if isinstance(value, int | float):
                    row[place] = value * rates[n]
    account = next(i for i, column in enumerate(columns) if column.kind == "account")
    if "year" in kinds:
        _fill_labels(source, table, account, [i for i, c in enumerate(columns) if c.kind == "unknown"])
    sheet.rows = [table.headings, *table.rows]
    sheet.lines = [table.lines[0] - 1 if table.lines else 1, *table.lines]
    source.remarks += table.told
    source.doubts += table.doubts


def _name_columns(table: Dressed, template: Template, answers: Answers) -> None:
    """Give the columns of accounts and amounts that were answered, or voted for, headings that everybody knows."""
    words = all_words(table.headings)
    known = {column.kind for column in columns_of(table.headings, template)}
    votes = [(account_vote(heading, words), -place) for place, heading in enumerate(table.headings)]
    wanted = [p for p, h in enumerate(table.headings) if answers.account and simplify(h) == simplify(answers.account)]
    if not wanted and "account" not in known and known & {"year", "revenue", "mrr"} and max(votes)[0] > 0:
        wanted = [-max(votes)[1]]
    for place in wanted[:1]:
        others = {simplify(h) for p, h in enumerate(table.headings) if p != place}
        table.headings[place] = "Account"
        if "account" in others:
            same = next(p for p, h in enumerate(table.headings) if p != place and simplify(h) == "account")
            table.headings[same] = "Account, other"
    for place, heading in enumerate(table.headings):
        if answers.amount and simplify(heading) == simplify(answers.amount) and not known & {"year", "revenue"}:
            table.headings[place] = "Revenue"


def _check_dates(table: Dressed, columns: Sequence[Column]) -> None:
    """Refuse amounts of no year beside dates: they would all land in one year."""
    kinds = [column.kind for column in columns]
    if "revenue" not in kinds or {"year", "years"} & set(kinds):
        return
    amount = kinds.index("revenue")
    for place, heading in enumerate(table.headings):
        cells = [row[place] for row in table.rows]
        if date_vote(heading) > 3 and profile.profile(cells).kind == "date":
            bad = next((r[amount] for r in table.rows if isinstance(r[amount], str) and is_text(r[amount])), "")
            message = _("“{sheet}”: “{amount}” is dated by “{date}” but holds texts such as “{text}”; mend them")
            raise DataError(message.format(sheet=table.name, amount=columns[amount].heading, date=heading, text=bad))


_THOUSANDS = re.compile(r"(?<![^\W\d])(k€|k\$|keur|kusd|kchf|kgbp|teur|tsd|thousands?|000)(?![^\W\d])", re.IGNORECASE)
_MILLIONS = re.compile(r"(?<![^\W\d])(m€|m\$|meur|mio|millions?)(?![^\W\d])", re.IGNORECASE)


def _check_units(table: Dressed, columns: Sequence[Column]) -> None:
    """Refuse years of which some are in thousands or millions and others are not."""
    headings = [column.heading for column in columns if column.kind == "year"]
    units = {(bool(_THOUSANDS.search(heading)), bool(_MILLIONS.search(heading))) for heading in headings}
    if len(units) > 1:
        message = _("“{sheet}”: its years have different units: {headings}; give them all one")
        raise DataError(message.format(sheet=table.name, headings=", ".join(headings)))


def is_text(cell: Value) -> bool:
    """Whether a cell is neither a number nor blank."""
    return profile.profile([cell]).kind == "text"


def _fill_labels(source: Source, table: Dressed, account: int, beside: Sequence[int]) -> None:
    """Give rows below a label that stands once the same label, where the table is written in groups."""

    blank = [
        n for n, row in enumerate(table.rows) if n and row[account] is None and any(is_text(row[p]) for p in beside)
    ]
    if not blank or len(blank) * 4 < len(table.rows):
        return
    for n in blank:
        table.rows[n][account] = table.rows[n - 1][account]
    remark = _("“{sheet}”: {n} blank cells under “{column}” were filled from above.")
    source.remarks.append(remark.format(sheet=table.name, n=f"{len(blank):,}", column=table.headings[account]))


def with_plans(template: Template, sheets: Sequence[Sheet]) -> Template:
    """The template with the plans that the sheets bring along.

    Raises
    ------
    DataError
        Where they are more than there is place for.
    """
    made = [sheet.made for sheet in sheets if sheet.made is not None and sheet.made.holds == "mrr"]
    names = list(dict.fromkeys(name for one in made for name in one.names if name))
    if not names or {simplify(n) for n in names} <= {simplify(n) for n in template.plans}:
        return template
    if len(names) > MAX_PLANS:
        message = _("There is place for {n} plans; the sheets have more: {names}")
        raise DataError(message.format(n=MAX_PLANS, names=", ".join(names)))
    return template.model_copy(update={"plans": names})
