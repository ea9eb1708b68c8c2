"""Checks: every problem of every input sheet, with its cell and what to do.

A problem is a row to mend (on Settings a cell), however much is wrong in it, or a table that is full. Functions that
could not compute are one where no row says why: the rows that do are the ones to mend.
"""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, page, printed, ruled
from kam_xl.canvas.results import Followed, Lacks, Ledger, PerAccount, Problems, Revenue, Scored, Totals
from kam_xl.content.pages import chosen, sheets_of
from kam_xl.content.records import RECORDS
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    counta,
    countif,
    if_,
    iferror,
    index,
    left,
    length,
    match,
    or_,
    sum_,
    sumif,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets import date_doubts
from kam_xl.locale import _

LISTED = 60
TOP = 5
DOUBTS = 12
NO, SHEET, TEXT = 1, 2, 3


def calculate(model: Model) -> Problems:
    """How many problems there are, before the pages that show the number."""
    put = model.calc.put
    counts = model.calc.block(
        "Rows with problems, by sheet", ["sheet", "rows"], [[c.sheet, count(c.places)] for c in model.checks]
    )
    so_far = [[sum_(counts.part(0, i, 1, 1))] for i in range(counts.rows)]
    ends = model.calc.block("Rows with problems, so far", ["rows"], so_far)
    in_rows = put("rows with problems", ends.cell(ends.rows - 1) + 0)
    rows: list[list[X | str]] = []
    for name, area in model.results:
        first = area.cell(0)
        failed = iferror(left(first & "", 5) == "#KAM!", True)
        rows.append([name, if_(failed, 1, 0), if_(failed, iferror(first & "", _("an error in its input cells")), "")])
    failures = model.calc.block("Functions that could not compute", ["function", "failed", "line"], rows)
    number = put("functions that could not compute", countif(failures.column(1), 1))
    rooms, total = _full(model)
    full = put("tables without room", total)
    unexplained = and_(number > 0, in_rows == 0)  # else a row says what stops the functions
    every = put("problems in all", in_rows + full + if_(unexplained, 1, 0))
    return Problems(counts, ends, failures, rooms, in_rows, number, full, every)


def _tables(model: Model) -> list[tuple[str, Range, Range]]:
    """Sheet, the column that every row fills, and as many rows as the pages follow."""
    inputs = model.inputs
    followed = {check.sheet: check.places for check in model.checks}
    core = (
        ("Accounts", model.of(PerAccount).mrr),
        ("Revenue", model.of(Revenue).classes),
        ("MRR", model.of(Ledger).key),
        ("Scores", model.of(Scored).growth),
    )
    tables = [(name, inputs[f"{name}.Account"], covered) for name, covered in core]
    for key, record in RECORDS.items():
        if record.sheet in followed:
            needed = next(field.key for field in record.fields if field.needed)
            tables.append((record.sheet, inputs[f"{key}.{needed}"], followed[record.sheet]))
    return tables


def _full(model: Model) -> tuple[Range, X]:
    """Tables whose rows are all used: the pages follow no more than there were when the workbook was made."""
    rows: list[list[X | str]] = []
    for name, area, covered in _tables(model):
        follows = X(("ROWS(", covered, ")"), covered.rows)
        used = counta(area)
        spent = used >= follows
        if name == "MRR" and Followed in model.found:  # Retention has a row per account of the ledger
            followed = model.of(Followed).room
            spent = or_(spent, model.of(Followed).accounts > X(("ROWS(", followed, ")"), followed.rows))
        full = if_(spent, 1, 0)
        rows.append([name, used & "", full, follows])
    rooms = model.calc.block("Room in the tables", ["sheet", "rows used", "full", "rows followed"], rows)
    total: X = lit(0)
    for i in range(len(rows)):
        total = total + rooms.cell(i, 2)
    return rooms, total


def fill(model: Model, problems: Problems) -> None:
    """Write the page."""
    sheet = model.sheet("Checks")
    sheet.columns(16, 40, 120, 692, 24, 168, 88, 104, 16)
    n = problems.all
    some = say("✗ {n, plural, one {# problem} other {# problems}} to mend", n=n)
    title = if_(n == 0, _("✓ All checks passed"), some)
    page(
        model.book,
        sheet,
        sheet.column_px,
        title,
        _("Every problem of every input sheet, with its cell and what to do. The list follows as you type."),
        say(
            "{rows} rows, {functions} functions, {tables} full tables",
            rows=problems.rows,
            functions=problems.failed,
            tables=problems.full,
        ),
    )
    green = {
        "type": "text",
        "criteria": "begins with",
        "value": "✓",
        "format": model.book.bare(font_color=theme.GOOD_D),
    }
    red = {"type": "text", "criteria": "begins with", "value": "✗", "format": model.book.bare(font_color=theme.RISK_D)}
    for rule in (green, red):
        sheet.ws.conditional_format(0, 1, 0, 1, rule)
    first = say("the first {listed} of {rows}", listed=LISTED, rows=problems.rows)
    more = if_(problems.rows > LISTED, first, "")
    head(sheet, 3, NO, TEXT, _("Rows with problems"), more)
    for col, text in ((NO, "#"), (SHEET, _("Sheet")), (TEXT, _("Cell, problem and remedy"))):
        sheet.write(4, col, text, **theme.heading(align="right" if col == NO else "left", indent=0 if col == NO else 1))
    for k in range(1, LISTED + 1):
        row = TOP + k - 1
        where, what = _problem(model, k)
        there = problems.rows >= k
        sheet.write(row, NO, if_(there, k, ""), **theme.plain(font_color=theme.MUTED))
        sheet.write(row, SHEET, if_(there, where, ""), **theme.plain(bold=True, indent=1))
        sheet.write(row, TEXT, if_(there, what, ""), **theme.plain(indent=1))
    ruled(sheet, (TOP, NO, TOP + LISTED - 1, TEXT), NO)
    printed(sheet, max(44, _side(model) + 1))


def _problem(model: Model, k: int) -> tuple[X, X]:
    """Sheet and text of problem number `k`: of the first sheet up to which there are so many."""
    problems = model.of(Problems)
    ends = problems.so_far
    where: X = lit("")
    what: X = lit("")
    for i, check in reversed(list(enumerate(model.checks))):
        there, place = ends.cell(i) >= k, index(check.places, k - ends.cell(i - 1) if i else lit(k))
        where, what = if_(there, check.sheet, where), if_(there, index(check.texts, place), what)
    return where, what


def _side(model: Model) -> int:
    """The tables beside the list; returns their last row."""
    problems = model.of(Problems)
    sheet = model.sheet("Checks")
    col = TEXT + 2
    head(sheet, 3, col, col + 2, _("Sheets"))
    for j, text in enumerate((_("Sheet"), _("To mend"), _("Rows used"))):
        sheet.write(4, col + j, text, **theme.heading(align="right" if j else "left"))
    counts, rooms = problems.counts, problems.rooms
    room_of = {str(rooms.cell(i, 0).value): i for i in range(rooms.rows)}
    row = TOP
    for i, check in enumerate(model.checks):
        _sheet_line(model, row, check.sheet, counts.cell(i, 1), room_of.get(check.sheet))
        row += 1
    sheet.write(row, col, _("When full: make a new workbook from this one with kam-xl new --data."), **theme.note())
    row = _negative(model, row + 2, col)
    for title, lines in (
        (_("Accounts that a sheet lacks"), model.of(Lacks).lines),
        (_("Figures that may be dates"), [date_doubts.calculate(model)]),
    ):
        row += 2
        head(sheet, row, col, col + 2, title)
        for line in lines:
            row += 1
            _wrapped(model, row, col, line & "", 28)
    row = _computed(model, row + 2, col)
    return max(row, _doubts(model, row + 2, col))


def _negative(model: Model, row: int, col: int) -> int:
    """Revenue that adds nothing; returns the last row."""
    sheet, totals = model.sheet("Checks"), model.of(Totals).revenue
    head(sheet, row, col, col + 2, _("Revenue that adds nothing to shares"))
    for text, number, form in (
        (_("Accounts with revenue 0"), countif(totals, 0), "#,##0"),
        (_("Accounts with negative revenue"), countif(totals, "<0"), "#,##0"),
        (_("Sum of negative revenue"), sumif(totals, "<0", totals), "#,##0;−#,##0;0"),
    ):
        row += 1
        sheet.write(row, col, text, **theme.body())
        sheet.band(row, col + 1, col + 1, **theme.body())
        sheet.write(row, col + 2, number, **theme.body(num_format=form, align="right"))
    return row


def _computed(model: Model, row: int, col: int) -> int:
    """Years that are partly filled and functions that failed; returns the last row."""
    sheet, problems, years = model.sheet("Checks"), model.of(Problems), model.of(Revenue).partial
    failures = problems.failures
    partial = if_(length(years) == 0, _("✓ all years are full"), say("only partly filled: {years}", years=years))
    failed = if_(
        problems.failed == 0,
        _("✓ all functions computed"),
        say("✗ {n} could not compute; the first says:", n=problems.failed),
    )
    for title, text in ((_("Years"), partial), (_("Functions"), failed)):
        head(sheet, row, col, col + 2, title)
        sheet.write(row + 1, col, text, **theme.body())
        sheet.band(row + 1, col + 1, col + 2, **theme.body())
        row += 3
    first = iferror(index(failures.column(2), match(1, failures.column(1))), "")
    _wrapped(model, row - 1, col, first, 60)
    return row - 1


def _wrapped(model: Model, row: int, col: int, text: X | str, height: int) -> None:
    """A text of several lines over the three columns."""
    sheet, look = model.sheet("Checks"), theme.note(text_wrap=True, valign="top")
    sheet.ws.merge_range(row, col, row, col + 2, "", sheet.book.format(**look))
    sheet.write(row, col, text, **look)
    sheet.height(row, height)


def _doubts(model: Model, row: int, col: int) -> int:
    """What reading the data has decided and no cell shows: text that stays, as it is about the data of that day."""
    sheet, doubts = model.sheet("Checks"), model.tables.doubts
    if not doubts:
        return 0
    if len(doubts) > DOUBTS:
        doubts = [*doubts[:DOUBTS], _("… and {n} more").format(n=len(doubts) - DOUBTS)]
    head(sheet, row, col, col + 2, _("Told when the data were read"))
    for text in doubts:
        row += 1
        _wrapped(model, row, col, text, min(300, 16 + 14 * (len(text) // 52 + 1)))
    return row


def _sheet_line(model: Model, row: int, name: str, wrong: X, room: int | None) -> None:
    """A line of the table of sheets: a link to the sheet if it is shown, its rows with problems, its table's room."""
    problems = model.of(Problems)
    sheet, col, rooms = model.sheet("Checks"), TEXT + 2, problems.rooms
    target = name if name in model.book.sheets else "Revenue"  # of its headings
    sheet.write(row, col, name, **theme.body())
    if sheets_of(chosen(model.template.sheets)).get(target):
        sheet.link(row, col, target, name, **theme.body(font_color=theme.BLUE_D, underline=1))
    sheet.write(row, col + 1, if_(wrong == 0, "✓", say("✗ {rows}", rows=wrong)), **theme.body(align="right"))
    used: X | str = ""
    if room is not None:
        full, n, most = rooms.cell(room, 2), rooms.cell(room, 1), rooms.cell(room, 3)
        used = if_(full == 1, say("✗ full: {rows}", rows=n), say("{rows} of {most}", rows=n, most=most))
    sheet.write(row, col + 2, used, **theme.body(align="right"))


BUILT_BY = (calculate, fill)
