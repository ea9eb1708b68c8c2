"""Pareto: the few accounts that carry the revenue, with the curve, and how concentrated it is."""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, page, printed, printed_note, ruled, so_what
from kam_xl.canvas.results import Pareto, Revenue
from kam_xl.formulas.areas import Array, columns_of
from kam_xl.formulas.formula import Range, Ref, Scalar, X, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    if_,
    iferror,
    index,
    max_,
    sum_,
    sumif,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.revenue import basis_amounts
from kam_xl.locale import _
from kam_xl.pages.pareto import chart

RANK, ACCOUNT, REVENUE, SHARE, CUMULATIVE, VITAL, GROUP = range(1, 8)
TOP = 5  # first row of the table
CHART_PX = 400
PRINTED = 32  # rows of the table on paper
FALLING = 0  # column of calc_falling


def fill(model: Model, revenue: Revenue) -> Pareto:
    """Write the table, the key figures, the chart."""
    sheet, s = model.sheet("Pareto"), model.settings
    sheet.columns(16, 32, 208, 88, 56, 88, 0, 96, 24, *[112] * 5, 16)
    names = model.inputs["Revenue.Account"]
    rows = names.rows
    amounts = columns_of(model.inputs["Revenue"], revenue.basis)
    used = len(model.tables.revenue)
    body = [
        theme.plain(font_color=theme.MUTED, num_format="0", align="right"),
        theme.plain(indent=1),
        theme.plain(num_format="#,##0;−#,##0;0"),
        theme.plain(num_format="0%"),
        theme.plain(num_format="0%"),
        theme.plain(font_color=theme.WHITE),
    ]
    table = model.kam(sheet, TOP, RANK, "KAM_PARETO", names, amounts, None, s["pareto_cut"], rows=rows, styles=body)
    ranks, sold, vital = table.column(0), table.column(2), table.column(5)
    put = model.calc.put
    accounts = put("accounts with revenue rows", count(ranks))
    total = put("total revenue", sum_(sold))
    few = put("vital few", countif(vital, True))
    share = put("vital few as a share of accounts", iferror(few / accounts, 0))
    cut = s["pareto_cut"]
    none = _("No revenue yet: type it on Revenue")
    story = say(
        "{vital} of {accounts} accounts ({share:0%}) make {cut:0%} of revenue",
        vital=few,
        accounts=accounts,
        share=share,
        cut=cut,
    )
    story = if_(accounts == 1, _("One account makes all of the revenue"), story)
    title = put("Pareto title", error_or(table, if_(total > 0, story, none)))
    largest_first, measures = _figures(model, table)
    pareto = model.give(Pareto(table, largest_first, accounts, total, few, share, title))
    period = say("Pareto analysis  ·  revenue {period}  ·  {unit}", period=revenue.period, unit=model.currency)
    page(
        model.book,
        sheet,
        sheet.column_px,
        title & "",
        period,
        say("vital few: the fewest accounts that reach {cut:0%}", cut=cut),
    )
    head(sheet, 3, RANK, GROUP, _("Accounts by revenue"), printed_note(accounts, PRINTED))
    sheet.height(4, 24)
    heads = ["#", _("Account"), _("Revenue"), _("Share"), _("Cumulative"), "", _("Group")]
    for j, text in enumerate(heads):
        sheet.write(
            4, 1 + j, text, **theme.heading(align="left" if j in (1, 6) else "right", indent=1 if j == 1 else 0)
        )
    px = max(20, min(30, 600 // max(used, 1)))
    sheet.height(TOP, px, TOP + min(rows, 40) - 1)
    vital_word, many = _("■ Vital few"), _("□ Useful many")
    groups: list[Scalar] = [vital_word if flag is True else many if flag is False else "" for flag in vital.flat()]
    group = Array(("IF(LEN(", vital, "),IF(", vital, ",", lit(vital_word), ",", lit(many), '),"")'), groups)
    sheet.array(TOP, GROUP, group, rows, [theme.plain(font_color=theme.MUTED)])
    last = TOP + rows - 1
    blue = {"type": "text", "criteria": "begins with", "value": "■"}
    sheet.ws.conditional_format(
        TOP, GROUP, last, GROUP, {**blue, "format": model.book.bare(font_color=theme.BLUE, bold=True)}
    )
    bold = {"type": "formula", "criteria": f"=$G{TOP + 1}=TRUE", "format": model.book.bare(bold=True)}
    sheet.ws.conditional_format(TOP, ACCOUNT, last, REVENUE, bold)
    ruled(sheet, (TOP, RANK, last, GROUP), RANK)
    bottom = _beside(model, table, measures, px, used)
    printed(sheet, max(TOP + used, bottom), most=max(bottom, TOP + PRINTED - 1))
    return pareto


def _largest_first(model: Model, table: Range) -> Range:
    """The amounts of the basis in falling order, from the table: what is sorted need not be sorted again.

    Only the accounts that have an amount; the table's error line if it could not compute.
    """
    calc, put = model.sheet("calc_falling"), model.calc.put
    known = put("accounts with an amount", if_(failed(table), 0, count(basis_amounts(model))))
    why = put("why there are none", iferror(if_(failed(table), table.cell(0) & "", ""), ""))
    calc.write(0, FALLING, "amount, largest first", **theme.note())
    amounts = table.column(2)
    n = int(known.value) if isinstance(known.value, int) else 0
    parts = ("IF(_xlfn.SEQUENCE(ROWS(", amounts, "))>", known, ",", why & "", ",", amounts, ")")
    falling = Array(parts, [amount if i < n else why.value for i, amount in enumerate(amounts.flat())])
    return calc.array(1, FALLING, falling, table.rows)


def _figures(model: Model, table: Range) -> tuple[Range, dict[str, Ref]]:
    """The amounts in falling order, and how concentrated they are."""
    found: dict[str, Ref] = {}
    cut, calc = model.settings["pareto_cut"], model.sheet("calc_revenue")
    amounts = _largest_first(model, table)
    measures: dict[str, tuple[str, tuple[Ref, ...]]] = {
        "top_share": ("KAM_TOP_SHARE", ()),
        "hhi": ("KAM_HHI", ()),
        "gini": ("KAM_GINI", ()),
        "vital_kam": ("KAM_VITAL_SHARE", (cut,)),
    }
    for j, (name, (function, more)) in enumerate(measures.items()):
        calc.write(0, 30 + j, name, **theme.note())
        found[name] = model.kam(calc, 1, 30 + j, function, amounts, *more).cell(0)
    largest = table.cell(0, 2)
    left_over = iferror(1 - max_(largest, lit(0)) / sum_of_positive(table), "")
    found["without_largest"] = model.calc.put("share left without the largest account", left_over)
    return amounts, found


def sum_of_positive(table: Range) -> X:
    """Revenue that shares refer to: what is above 0."""
    return sumif(table.column(2), ">0", table.column(2))


def _beside(model: Model, table: Range, measures: dict[str, Ref], px: int, used: int) -> int:
    """The chart beside the table, and concentration under it; returns the last row."""
    sheet, first, last = model.sheet("Pareto"), 9, 13
    sheet.height(TOP, px, 26)
    bottom, height = TOP, 0
    while height < CHART_PX:
        height += sheet.row_px[bottom]
        bottom += 1
    chart.draw(model, table, (TOP - 1, first, bottom - 1, last), used)
    for row in range(bottom, bottom + 12):
        sheet.height(row, sheet.row_px.get(row, 24))
    return _strip(model, measures, bottom, first)


def _strip(model: Model, measures: dict[str, Ref], top: int, first: int) -> int:
    """Concentration in words and figures, under the chart."""
    pareto = model.of(Pareto)
    revenue = model.of(Revenue)
    sheet, s = model.sheet("Pareto"), model.settings
    head(sheet, top, first, first + 4, _("Concentration"), say("revenue {period}", period=revenue.period))
    rows: list[tuple[str | X, Ref, str]] = [
        (_("Share of the largest 20 % of accounts"), measures["top_share"], "0.0%"),
        (say("Share of accounts that make {cut:0%}", cut=s["pareto_cut"]), measures["vital_kam"], "0.0%"),
        (_("HHI (0–10,000; above 2,500 is highly concentrated)"), measures["hhi"], "#,##0.0"),
        (_("Gini (0 = all equal, near 1 = one account has all)"), measures["gini"], "0.000"),
        (_("Revenue left if the largest account goes"), measures["without_largest"], "0.0%"),
    ]
    for i, (text, value, form) in enumerate(rows, 1):
        sheet.band(top + i, first, first + 3, **theme.body())
        sheet.write(top + i, first, text, **theme.body())
        sheet.write(
            top + i,
            first + 4,
            X((value,), value.value),
            **theme.body(num_format=form, align="right", bold=True),
        )
    others = say(
        "The other {n} bring {share:0%} of revenue: serve them with shared and digital models.",
        n=pareto.accounts - pareto.vital,
        share=iferror(1 - index(pareto.table.column(4), max_(pareto.vital, lit(1))), 0),
    )
    without = say(
        "Without {account}, {share:0%} of revenue would remain.",
        account=pareto.table.cell(0, 1),
        share=measures["without_largest"],
    )
    lines = [
        say(
            "Give {vital, plural, one {the one vital account} other {each of the # vital accounts}} a named sponsor.",
            vital=pareto.vital,
        ),
        if_(pareto.accounts > pareto.vital, others, _("There are no others.")),
        if_(pareto.accounts > 1, without, _("It is the only account: look for a second one.")),
    ]
    so_what(sheet, top + 7, first, first + 4, [iferror(if_(pareto.total > 0, x, "–"), "–") for x in lines])
    return top + 7 + len(lines)


BUILT_BY = (fill,)
