"""Revenue: one row per account, one column per year; the next year goes to the right of the last one."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.canvas import theme
from kam_xl.canvas.book import Call
from kam_xl.canvas.guards import failed
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
    stored,
)
from kam_xl.canvas.model import FIRST, Model, Problem, room
from kam_xl.canvas.page import printed
from kam_xl.canvas.results import Revenue, Totals
from kam_xl.formulas.areas import Choice, Picked, columns_of
from kam_xl.formulas.expressions import X, cat, lit
from kam_xl.formulas.formula import Nth, Range
from kam_xl.formulas.functions import (
    and_,
    columns,
    count,
    counta,
    if_,
    iferror,
    index,
    iserror,
    isnumber,
    istext,
    length,
    match,
    match_text,
    max_,
    or_,
    place_in,
    rows_of,
    sum_,
)
from kam_xl.formulas.messages import say
from kam_xl.formulas.rows import EachNth, across, each
from kam_xl.locale import _

ACCOUNT, CHECK, TOTAL, TIER, YEAR = 1, 2, 3, 4, 5  # columns; the years come last, so that they can grow
SPARE_YEARS = 3
REPEATS, NO = 3, 6  # columns of calc_revenue: where a name stands already, the row numbers
FIGURES, MANY = 12, 100  # figures checked in one formula; where the others stand on calc_revenue
BY_YEAR = 1  # first column of the tiers by year on calc_tiers, under the names of the years


def fill(model: Model) -> None:
    """Write the typed part, the months covered and the names of the years."""
    t = model.tables
    slots, rows = len(t.years) + SPARE_YEARS, room(len(t.revenue))
    widths = [16, 208, 248, 88, 48, *[88] * slots, 16]
    sheet = input_page(
        model,
        "Revenue",
        _("Revenue per account and year. Next year: type its heading beside the last one; everything follows."),
        say("revenue in {unit}", unit=model.currency),
        widths,
        [_("Type or paste values"), _("Blank means no revenue known"), _("Read the check beside the name")],
    )
    bands(sheet, (YEAR, YEAR + slots - 1), [(CHECK, TIER)])
    sheet.write(5, ACCOUNT, _("INPUT ✎ type here"), **theme.typed(font_size=9, bold=True, indent=1))
    cols = [
        Column("Account", _("name, unique"), 208, style={"bold": True}),
        Column("Check", "", 248, computed=True),
        Column("Total", "", 88, "number", computed=True),
        Column("Class", "", 48, computed=True),
        *[Column(year, "", 88, "number") for year in t.years],
    ]
    hints: list[X | str | None] = [
        _("name, unique"),
        _("what to mend"),
        _("all years"),
        _("ABC"),
        *[None] * len(t.years),
    ]
    model.inputs |= {f"Revenue.{h}": a for h, a in input_table(sheet, "tblRevenue", ACCOUNT, cols, rows, hints).items()}
    last = FIRST + rows - 1
    sheet.height(4, 20)
    sheet.write(4, YEAR, _("yellow row under it: months covered, if fewer than 12"), **theme.note())
    for j in range(slots):
        months = t.months.get(t.years[j]) if j < len(t.years) else None
        sheet.write(6, YEAR + j, months, **theme.typed(align="right", num_format='0" months"'))
        if j >= len(t.years):
            sheet.write(FIRST - 1, YEAR + j, None, **theme.typed(align="right", bold=True, font_size=9))
    sheet.ws.data_validation(6, YEAR, 6, YEAR + slots - 1, _months_rule())
    name_look, value_look = cols[0].look, theme.typed(num_format="#,##0;−#,##0;0")
    sheet.fill(FIRST, ACCOUNT, filled_up([stored(account) for account, _v in t.revenue], rows), **name_look)
    for j in range(slots):
        given = [stored(values[j]) if j < len(values) else None for _account, values in t.revenue]
        sheet.fill(FIRST, YEAR + j, filled_up(given, rows), **value_look)
    sheet.ws.write_comment(6, YEAR, _("Months covered, if fewer than 12: the year is then named as partial."))
    sheet.ws.freeze_panes(FIRST, ACCOUNT + 1)
    sheet.ws.repeat_rows(FIRST - 1)
    printed(sheet, FIRST + max(len(t.revenue), 14) + 2, tall=True)
    model.inputs["Revenue"] = sheet.area(FIRST, YEAR, last, YEAR + slots - 1)
    model.inputs["Revenue.headings"] = sheet.area(FIRST - 1, YEAR, FIRST - 1, YEAR + slots - 1)
    model.inputs["Revenue.months"] = sheet.area(6, YEAR, 6, YEAR + slots - 1)
    model.book.define("rev_months", model.inputs["Revenue.months"])
    model.book.define("rev_years", model.inputs["Revenue.headings"])
    model.book.define("rev_values", model.inputs["Revenue"])
    model.book.define("rev_accounts", model.inputs["Revenue.Account"])


def _months_rule() -> dict[str, object]:
    text = _("Type the months that this year covers, 1 to 12, or leave it blank.")
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 1,
        "maximum": 12,
        "ignore_blank": True,
        "error_message": text,
    }


def calculate(model: Model) -> Revenue:
    """Years, basis, first and last year of every row, tiers."""
    headings, values = model.inputs["Revenue.headings"], model.inputs["Revenue"]
    put = model.calc.put
    slots = headings.cols
    sheet, tiers = model.sheet("calc_revenue"), model.sheet("calc_tiers")
    sheet.write(0, 0, "problems", **theme.note())
    names = [tiers.write(0, BY_YEAR + j, _heading(headings, j)) for j in range(slots)]
    years = tiers.area(0, BY_YEAR, 0, BY_YEAR + slots - 1)
    filled = [put(f"figures in year {j + 1}", iferror(count(columns_of(values, j + 1)), 0)) for j in range(slots)]
    last = [if_(and_(length(names[j]) > 0, filled[j] > 0), j + 1, 0) for j in range(slots)]
    last_one = put("number of years, to the last one with figures", max_(*last))
    first_year = put("first year", if_(last_one == 0, "", index(years, 1)))
    last_year = put("last year", if_(last_one == 0, "", index(years, max_(last_one, lit(1)))))
    basis = model.settings["basis"]
    chosen = put("revenue basis, 0 = all years", if_(length(basis) == 0, 0, iferror(match(basis & "", years), 0)))
    span = if_(last_one <= 1, last_year, say("{first}–{last}", first=first_year, last=last_year))
    period = put("period of the revenue basis", if_(chosen > 0, basis & "", span))
    counts = model.calc.block(
        "Years: accounts with revenue, months covered",
        ["accounts", "months"],
        [[f + 0, _months(model, j)] for j, f in enumerate(filled)],
    )
    most = put("accounts with revenue in the fullest year", max_(counts.column(0)))
    partial = put("partial years", _partial(model, names, counts, most))
    for j, text in enumerate(("first year", "last year"), 1):
        sheet.write(0, j, text, **theme.note())
    first = put("column of the first year, if there are two", if_(last_one < 2, 0, 1))
    no = each(sheet.fill(1, NO, range(1, values.rows + 1)))
    sheet.fill(1, 1, _year_value(values, no, first), values.rows)
    sheet.fill(1, 2, _year_value(values, no, last_one), values.rows)
    first_last = sheet.area(1, 1, values.rows, 2)
    rows, s = values.rows, model.settings
    amounts = columns_of(values, chosen)
    cuts = (s["a_cut"], s["b_cut"], s["rule"])
    periods = put("periods of growth", if_(last_one > 1, last_one - 1, 1))
    cagr = model.kam(sheet, 1, 5, "KAM_CAGR", first_last, periods, rows=rows)
    by_year = model.kam(tiers, 1, BY_YEAR, "KAM_ABC_BY_YEAR", values, *cuts, rows=rows)
    # the classes of the basis are among them if it is a year, and are not computed again
    there = and_(chosen > 0, failed(by_year) == False)  # noqa: E712
    classes = Choice(there, columns_of(by_year, chosen), Call("KAM_ABC", (amounts, *cuts)))
    tier = model.array(sheet, 1, 4, "KAM_ABC", classes, rows=rows)
    sheet.write(0, 4, "tier", **theme.note())
    sheet.write(0, 5, "CAGR", **theme.note())
    return Revenue(
        names=years,
        years=last_one,
        first_year=first_year,
        last_year=last_year,
        basis=chosen,
        period=period,
        partial=partial,
        first_last=first_last,
        cagr=cagr,
        classes=tier,
        classes_by_year=by_year,
    )


def _heading(headings: Range, j: int) -> X:
    cell = Nth(headings, 0, j)
    return iferror(if_(length(cell) == 0, "", cell & ""), "")


def _months(model: Model, j: int) -> X:
    cell = Nth(model.inputs["Revenue.months"], 0, j)
    return iferror(if_(isnumber(cell), cell, 12), 12)


def _year_value(values: Range, no: X, j: X) -> X:
    """The revenue of year `j` (0: none) in row `no`; blank stays blank, and so does a row that was deleted."""
    cell = index(values, no, j)
    gone = rows_of(values) < no
    return if_(j, if_(iserror(cell), if_(gone, "", cell), if_(length(cell), cell, "")), "")


def _partial(model: Model, names: Sequence[X], counts: Range, most: X) -> X:
    """Names of the years that are only partly filled: fewer than 12 months, or fewer than half of the accounts."""
    out: X = lit("")
    for j, name in enumerate(names):
        months, accounts = counts.cell(j, 1), counts.cell(j, 0)
        part = and_(length(name) > 0, or_(months < 12, accounts * 2 < most))
        longer = if_(length(out) == 0, name & "", cat(out, " ", name))
        out = model.calc.put(f"partial years, to year {j + 1}", if_(part, longer, out))
    return out & ""


def finish(model: Model, revenue: Revenue) -> Totals:
    """Totals, tiers and checks beside the names."""
    sheet, names, values = model.sheet("Revenue"), model.inputs["Revenue.Account"], model.inputs["Revenue"]
    found: list[Problem] = []
    repeats = model.kam(model.sheet("calc_revenue"), 1, REPEATS, "KAM_DUPLICATES", names, rows=names.rows)
    grey = theme.computed(num_format="#,##0;−#,##0;0", bold=True)
    row, rows = across(values), names.rows
    totals = sheet.fill(FIRST, TOTAL, iferror(if_(count(row), sum_(row), ""), ""), rows, **grey)
    place = place_in(each(names), heading_of(names))
    tier = iferror(index(revenue.classes, place) & "", "")
    sheet.fill(FIRST, TIER, tier, rows, **theme.computed(align="center"))
    text = _checks(model, index(repeats, place), found).text()
    sheet.fill(FIRST, CHECK, text, rows, **theme.computed(font_color=theme.RISK_D, indent=1))
    texts = sheet.area(FIRST, CHECK, FIRST + names.rows - 1, CHECK)
    listed(model, model.sheet("calc_revenue"), "Revenue", texts, 0, by_rows(found))
    return Totals(totals)


def _checks(model: Model, repeats: X, found: list[Problem]) -> RowChecks:
    """What can be wrong in a row of Revenue."""
    sheet, names, values = model.sheet("Revenue"), model.inputs["Revenue.Account"], model.inputs["Revenue"]
    checks, name, inner = (RowChecks(sheet, found) for _k in range(3))
    account, row, twice = each(names), across(values), isnumber(repeats)
    name.no_error(account)
    name.add(
        account,
        and_(length(account) == 0, counta(row) > 0),
        _("is blank"),
        _("type the account's name or clear the row"),
    )
    again = _("stands there twice, and each row counts as an account of its own")
    name.add(account, twice, again, _("add the rows up and use each name once"))
    checks.unless(and_(istext(account), length(account) > 0, twice == False), name)  # noqa: E712
    place, others = place_in(account, heading_of(names)), model.inputs["Accounts.Account"]
    here = iferror(index(others, place) & "" == account & "", False)
    stranger = if_(length(account), if_(here, False, iserror(match_text(account & "", others))), False)
    checks.add(account, stranger, _("is not on Accounts"), _("add the account there or mend the name"))
    for j in range(values.cols):
        inner.number(EachNth(values, j))
        inner.parts[-1] = if_(columns(row) < j + 1, "", inner.parts[-1])
    clean = counta(row) == count(row)
    while len(inner.parts) > FIGURES:  # of many years, all in one formula would be more than Excel takes
        rest = RowChecks(sheet, found)
        rest.parts, inner.parts = inner.parts[-FIGURES:], inner.parts[:-FIGURES]
        text = if_(clean, "", rest.text())
        wrong = model.sheet("calc_revenue").fill(1, MANY + len(inner.parts), text, names.rows)
        checks.parts.append(iferror(each(wrong) & "", ""))
    checks.unless(clean, inner)
    total = each(sheet.area(FIRST, TOTAL, FIRST + names.rows - 1, TOTAL))
    negative = if_(isnumber(total), total < 0, False)
    checks.add(
        account,
        negative,
        _("is negative in total"),
        _("it counts as class C and adds nothing to shares; check for credit notes"),
    )
    return checks


def basis_amounts(model: Model) -> Picked:
    """The amounts of the revenue basis: a year's column, or the totals."""
    revenue = model.of(Revenue)
    basis, values, totals = revenue.basis, model.inputs["Revenue"], model.of(Totals).revenue
    sheet = model.sheet("Revenue")
    both = sheet.area(values.r1, totals.c1, values.r2, values.c2)
    return columns_of(both, if_(basis, basis + (values.c1 - totals.c1), 1))
