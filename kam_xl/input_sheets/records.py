"""Input sheets made from a description in `records.py`: the table, its checks, and the rows of one account."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.inputs import (
    Column,
    RowChecks,
    bands,
    by_rows,
    filled_up,
    heading_of,
    input_page,
    input_table,
    listed,
    offered,
    stored,
    taken,
)
from kam_xl.canvas.model import FIRST, Model, Problem, room
from kam_xl.canvas.page import printed
from kam_xl.content.records import MONEY, RECORDS, Field, Record
from kam_xl.formulas.expressions import X, lit
from kam_xl.formulas.formula import Range
from kam_xl.formulas.functions import (
    and_,
    counta,
    first_text,
    if_,
    iferror,
    index,
    iserror,
    isnumber,
    length,
    match,
    match_text,
    max_,
    n_,
    or_,
    place_in,
)
from kam_xl.formulas.rows import Each, Number, across, each
from kam_xl.locale import _

COL = 1
CALC = "calc_records"
Extra = Callable[[Model, RowChecks, dict[str, Each]], None]  # what else can be wrong in a row, by the keys of its cells


def _column(model: Model, field: Field) -> Column:
    style: dict[str, object] = {"num_format": field.form} if field.form else {}
    if field.kind == "text" and (field.account or field.needed):
        style["bold"] = True
    choices: str | tuple[str, ...] = field.choices
    if field.account or (field.listed and not field.slots):
        choices = offered(model, "accounts" if field.account else field.listed)
    hint = _(field.hint) if field.hint else ""
    bounds = field.bounds if not choices else None
    exact = field.form == MONEY
    return Column(field.heading, hint, field.px, field.kind, choices=choices, bounds=bounds, exact=exact, style=style)


def _columns(model: Model, record: Record) -> list[tuple[Field, Column]]:
    """The fields and their columns; a slot offers nothing, its hint is the name of the slot."""
    found = []
    for field in record.fields:
        for one in field.columns():
            column = _column(model, one)
            if field.slots:
                column = Column(one.heading, "", one.px, one.kind, bounds=one.bounds, style=column.style)
            found.append((one, column))
    return found


def fill(model: Model) -> None:
    """Write the tables that the pages read, and what is typed into them."""
    for key in model.records:
        _fill(model, key)


def _fill(model: Model, key: str) -> None:
    record, rows_in = RECORDS[key], model.tables.records.get(key, [])
    fields = _columns(model, record)
    rows = room(len(rows_in), max(16, record.least - len(rows_in)))
    check = COL + len(fields) + 1
    sheet = input_page(
        model,
        record.sheet,
        _(record.about),
        model.currency if any(f.form == MONEY for f, _c in fields) else "",
        [16, *[c.px for _f, c in fields], 16, 320, 16],
        [_("Type or paste values"), _("Choose lists with Alt+↓"), _("Read the check at the right")],
    )
    bands(sheet, (COL, check - 2), [(check, check)])
    hints = [_hint(model, record, field, column) for field, column in fields]
    areas = input_table(sheet, record.table, COL, [c for _f, c in fields], rows, hints)
    for j, (field, column) in enumerate(fields):
        given = [stored(row.get(field.key)) for row in rows_in]
        sheet.fill(FIRST, COL + j, filled_up(given, rows), **column.look)
    for field, column in fields:
        model.inputs[f"{key}.{field.key}"] = areas[column.heading]
    model.inputs[key] = sheet.area(FIRST, COL, FIRST + rows - 1, check - 2)
    sheet.ws.freeze_panes(FIRST, COL + 1)
    sheet.ws.repeat_rows(FIRST - 1)
    printed(sheet, FIRST + max(len(rows_in), 14) + 2, tall=True)


def _hint(model: Model, record: Record, field: Field, column: Column) -> X | str:
    slots = next((f for f in record.fields if f.slots and field.key.startswith(f"{f.key}_")), None)
    if slots is None:
        return column.hint
    name = model.lists[slots.listed].cell(int(field.key.rpartition("_")[2]) - 1)
    return if_(length(name) == 0, "–", name & "")


def finish(model: Model, key: str, extra: Extra | None = None) -> None:
    """The checks of every row, and their running number for the sheet Checks."""
    record = RECORDS[key]
    fields, sheet, table = record.columns(), model.sheet(record.sheet), model.inputs[key]
    calc, col = model.sheet(CALC), 3 * list(RECORDS).index(key)
    check = COL + len(fields) + 1
    sheet.write(FIRST - 1, check, _("Check"), **theme.heading(align="left", indent=1))
    found: list[Problem] = []
    calc.write(0, col, f"problems of {record.sheet}", **theme.note())
    repeats: dict[str, Range] = {}
    for j, field in enumerate(fields):
        if field.unique:
            repeats[field.key] = model.kam(calc, 1, col + 1, "KAM_DUPLICATES", table.column(j), rows=table.rows)
    used, checks = counta(across(table)) > 0, RowChecks(sheet, found)
    cells = {field.key: each(table, j) for j, field in enumerate(fields)}
    for field in fields:
        _check(model, checks, key, field, cells[field.key], used, repeats.get(field.key))
    if extra:
        extra(model, checks, cells)
    text = if_(used, checks.text(), "")
    sheet.fill(FIRST, check, text, table.rows, **theme.computed(font_color=theme.RISK_D, indent=1))
    texts = sheet.area(FIRST, check, FIRST + table.rows - 1, check)
    listed(model, calc, record.sheet, texts, col, by_rows(found))


def _check(model: Model, checks: RowChecks, key: str, field: Field, cell: Each, used: X, repeats: Range | None) -> None:
    """What can be wrong in any cell of a column."""
    if field.needed:
        checks.add(cell, and_(used, length(cell) == 0), _("is blank"), _("fill it in or clear the row"))
    if field.kind != "text":
        checks.number(cell, field.bounds, day=field.kind == "date")
        return
    checks.no_error(cell)
    there = length(cell) > 0
    if field.account:
        stranger = and_(there, iserror(match_text(cell & "", model.inputs["Accounts.Account"])))
        checks.add(cell, stranger, _("is not on Accounts"), _("add the account there or mend the name"))
    if repeats is not None:
        twice = isnumber(index(repeats, place_in(cell, heading_of(model.inputs[f"{key}.{field.key}"]))))
        checks.add(cell, twice, _("stands there twice"), _("use each name once"))
    if field.choices:
        known = or_(*[cell & "" == word for word in field.choices])
        remedy = _("choose from the list: {words}").format(words=", ".join(field.choices))
        checks.add(cell, and_(there, if_(known, False, True)), _("is unknown"), remedy)
    if field.listed:
        names = model.lists[field.listed].column(0)  # an empty list takes any text
        unknown = and_(there, counta(names) > 0, iserror(match_text(cell & "", names)))
        checks.add(cell, unknown, _("is not in the list"), _("choose from the list, or add it in Settings"))


# -- rows of one account ---------------------------------------------------------------------------------------------


def shown_account(model: Model, sheet: Sheet, row: int, col: int, name: str, names: Range) -> X:
    """A drop-down cell on a page that chooses an account; blank means the first one of `names`.

    The cell is called ``set_<name>``, so that a reader brings the choice along.
    """
    typed = getattr(model.template, name) or None
    cell = sheet.write(row, col, typed, **theme.typed(bold=True, indent=1))
    rule = {"validate": "list", "source": offered(model, "accounts"), "ignore_blank": True, "error_type": "warning"}
    sheet.ws.data_validation(row, col, row, col, rule)
    model.typed[name] = cell
    model.book.define(f"set_{name}", cell)
    first = iferror(index(names, first_text(names)) & "", "")
    return model.calc.put(f"account of {sheet.name}", iferror(if_(length(cell) == 0, first, cell & ""), ""))


def rows_of_account(
    model: Model,
    calc: Sheet,
    col: int,
    names: Range,
    account: X,
    most: int,
    also: Iterable[Range] = (),
    everyone: bool = False,
) -> Range:
    """The places (from 1) of the rows of one account in a table, 0 after the last; `most` of them are looked for.

    Written to two columns of a calculation sheet: a running number per row of the table, and the places. A row counts
    where its account is the one and every column of `also` is filled; with `everyone` also where its account is blank.
    """
    no = Number(names.rows)
    whose = taken(names, no) & ""
    mine = and_(length(account) > 0, whose == account & "")
    if everyone:
        mine = or_(length(whose) == 0, mine)
    for area in also:
        mine = and_(mine, length(taken(area, no)) > 0)
    counted = iferror(if_(mine, 1, 0), 0)
    numbers = calc.running(1, col, lambda above: n_(above) + counted, names.rows)
    return calc.fill(1, col + 1, iferror(match(Number(most), numbers), 0), most)


def at(area: Range, place: X) -> X:
    """The cell of a column at a place; nothing at place 0 or where it is blank."""
    return if_(place == 0, "", taken(area, max_(place, lit(1))))
