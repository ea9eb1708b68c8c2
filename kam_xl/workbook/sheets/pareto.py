"""Pareto: the few accounts that carry the revenue, with the curve, and how concentrated it is."""

from __future__ import annotations

from kam_xl.locale import _
from kam_xl.workbook import charts, theme
from kam_xl.workbook.formula import Range, Ref, X, cat, lit
from kam_xl.workbook.functions import (
    Picked,
    and_,
    columns_of,
    count,
    countif,
    if_,
    iferror,
    index,
    left,
    length,
    max_,
    na,
    percent,
    sum_,
    sumif,
)
from kam_xl.workbook.model import Model
from kam_xl.workbook.page import head, legend, page, printed, ruled, so_what

BARS = 40  # bars of the chart at most; the rest is one bar
RANK, ACCOUNT, REVENUE, SHARE, CUMULATIVE, VITAL, GROUP = range(1, 8)
TOP = 5  # first row of the table


def error_or(area: Range, text: X) -> X:
    """A sentence, or the error line of the function that it speaks of."""
    first = area.cell(0)
    failed = left(first & "", 5) == "#KAM!"
    return iferror(if_(failed, first & "", text), _("An input holds an error: see Checks"))


def fill(model: Model) -> None:
    """Write the table, the key figures, the chart."""
    sheet, v, s = model.sheet("Pareto"), model.values, model.settings
    sheet.columns(16, 32, 208, 88, 56, 88, 0, 96, 24, *[112] * 5, 16)
    names = model.inputs["Revenue.Account"]
    rows = names.rows
    amounts = columns_of(model.inputs["Revenue"], v["basis"])
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
    ranks, revenue, vital = table.column(0), table.column(2), table.column(5)
    model.computed["pareto"] = table
    put = model.calc.put
    v["accounts"] = put("accounts with revenue rows", count(ranks))
    v["total"] = put("total revenue", sum_(revenue))
    v["vital"] = put("vital few", countif(vital, True))
    v["vital_share"] = put("vital few as a share of accounts", iferror(v["vital"] / v["accounts"], 0))
    cut = percent(s["pareto_cut"])
    failed = table
    none = _("No revenue yet: type it on Revenue")
    story = cat(
        v["vital"],
        _(" of "),
        v["accounts"],
        _(" accounts ("),
        percent(v["vital_share"]),
        _(") make "),
        cut,
        _(" of revenue"),
    )
    title = put("Pareto title", error_or(failed, if_(v["total"] > 0, story, none)))
    v["pareto_title"] = title
    period = cat(_("Pareto analysis  ·  revenue "), v["period"], "  ·  ", model.currency)
    page(
        model.book,
        sheet,
        sheet.column_px,
        title & "",
        period,
        cat(_("vital few: the fewest accounts that reach "), cut),
    )
    head(sheet, 3, RANK, GROUP, _("Accounts by revenue"))
    sheet.height(4, 24)
    heads = ["#", _("Account"), _("Revenue"), _("Share"), _("Cumulative"), "", _("Group")]
    for j, text in enumerate(heads):
        sheet.write(
            4, 1 + j, text, **theme.heading(align="left" if j in (1, 6) else "right", indent=1 if j == 1 else 0)
        )
    px = max(20, min(30, 600 // max(used, 1)))
    sheet.height(TOP, px, TOP + min(rows, 40) - 1)
    for i in range(rows):
        flag = vital.cell(i)
        group = if_(length(ranks.cell(i)) == 0, "", if_(flag == True, _("■ Vital few"), _("□ Useful many")))  # noqa: E712
        sheet.write(TOP + i, GROUP, iferror(group, ""), **theme.plain(font_color=theme.MUTED))
    last = TOP + rows - 1
    blue = {"type": "text", "criteria": "begins with", "value": "■"}
    sheet.ws.conditional_format(
        TOP, GROUP, last, GROUP, {**blue, "format": model.book.bare(font_color=theme.BLUE, bold=True)}
    )
    bold = {"type": "formula", "criteria": f"=$G{TOP + 1}=TRUE", "format": model.book.bare(bold=True)}
    sheet.ws.conditional_format(TOP, ACCOUNT, last, REVENUE, bold)
    ruled(sheet, (TOP, RANK, last, GROUP), RANK)
    _figures(model, table, amounts)
    bottom = _chart(model, table, px, used)
    printed(sheet, max(TOP + used, bottom), most=max(bottom, 36))


def _figures(model: Model, table: Range, amounts: Picked) -> None:
    v, cut, calc = model.values, model.settings["pareto_cut"], model.sheet("calc_revenue")
    measures: dict[str, tuple[str, tuple[Ref, ...]]] = {
        "top_share": ("KAM_TOP_SHARE", ()),
        "hhi": ("KAM_HHI", ()),
        "gini": ("KAM_GINI", ()),
        "vital_kam": ("KAM_VITAL_SHARE", (cut,)),
    }
    for j, (name, (function, more)) in enumerate(measures.items()):
        calc.write(0, 30 + j, name, **theme.note())
        v[name] = model.kam(calc, 1, 30 + j, function, amounts, *more).cell(0)
    largest = table.cell(0, 2)
    left_over = iferror(1 - max_(largest, lit(0)) / sum_of_positive(table), "")
    v["without_largest"] = model.calc.put("share left without the largest account", left_over)


def sum_of_positive(table: Range) -> X:
    """Revenue that shares refer to: what is above 0."""
    return sumif(table.column(2), ">0", table.column(2))


def _chart(model: Model, table: Range, px: int, used: int) -> int:
    sheet, v, s, book = model.sheet("Pareto"), model.values, model.settings, model.book
    bars = max(3, min(BARS, used))
    rows: list[list[X]] = []
    count_ = v["accounts"]
    for k in range(bars):
        name, flag = table.cell(k, 1) & "", table.cell(k, 5) == True  # noqa: E712
        there = count_ > k
        short = if_(length(name) > 20, cat(left(name, 19), "…"), name)
        share, total = table.cell(k, 3), table.cell(k, 4)
        last_vital = and_(there, v["vital"] == k + 1)
        rows.append(
            [
                if_(there, short, ""),
                if_(and_(there, flag), share, na()),
                if_(and_(there, flag == False), share, na()),  # noqa: E712
                if_(there, total, na()),
                if_(there, s["pareto_cut"], na()),
                if_(last_vital, total, na()),
            ]
        )
    rest = count_ > bars
    others = cat(_("Other ("), count_ - bars, ")")
    remaining = 1 - table.cell(bars - 1, 4)
    rows.append(
        [
            if_(rest, others, ""),
            na(),
            if_(rest, remaining, na()),
            if_(rest, lit(1), na()),
            if_(rest, s["pareto_cut"], na()),
            na(),
        ]
    )
    rows = [[x if j == 0 else iferror_na(x) for j, x in enumerate(row)] for row in rows]
    data = model.calc.block(
        "Pareto chart", ["account", "vital few", "useful many", "cumulative", "line", "crossing"], rows
    )
    reached = iferror(index(table.column(4), max_(v["vital"], lit(1))), 0)
    after = cat(
        _("After "),
        v["vital"],
        _(" accounts the curve stands at "),
        percent(reached),
        _("; the other "),
        count_ - v["vital"],
        _(" add "),
        percent(1 - reached),
    )
    title = model.calc.put("Pareto chart title", iferror(if_(v["total"] > 0, after, ""), ""))
    crossing = model.calc.put("Pareto chart label", iferror(cat(v["vital"], _(" accounts: "), percent(reached)), ""))
    first, last = 9, 13
    head(sheet, 3, first, last, _("Share of revenue and cumulative share"))
    legend(
        sheet,
        3,
        last,
        [
            (theme.BLUE, _("vital few")),
            (theme.GREY, _("useful many")),
            (theme.INK, _("cumulative")),
            (theme.RISK, _("line")),
        ],
    )
    names = charts.at(data.column(0))
    columns = charts.chart(book, "column", title)
    for j, colour in ((1, theme.BLUE), (2, theme.GREY_L)):
        columns.add_series(
            {
                "name": heading(j),
                "categories": names,
                "values": charts.at(data.column(j)),
                "fill": {"color": colour},
                "gap": 18,
                "overlap": 100,
            }
        )
    line = charts.layer(book, "line")
    dot = {"type": "circle", "size": 5, "fill": {"color": theme.INK}, "border": {"color": theme.INK}}
    line.add_series(
        {
            "name": heading(3),
            "categories": names,
            "values": charts.at(data.column(3)),
            "line": {"color": theme.INK, "width": 1.75},
            "marker": dot,
        }
    )
    line.add_series(
        {
            "name": heading(4),
            "categories": names,
            "values": charts.at(data.column(4)),
            "line": {"color": theme.RISK, "width": 1.5, "dash_type": "dash"},
            "marker": {"type": "none"},
        }
    )
    big = {"type": "circle", "size": 10, "fill": {"color": theme.RISK}, "border": {"color": theme.RISK}}
    line.add_series(
        {
            "name": charts.at(crossing),
            "categories": names,
            "values": charts.at(data.column(5)),
            "line": {"none": True},
            "marker": big,
            "data_labels": charts.named(9, theme.RISK_D, True, position="left"),
        }
    )
    columns.combine(line)
    columns.set_x_axis(
        charts.category_axis(num_font={**charts.font(9 if bars <= 20 else 7), "rotation": -45 if bars <= 20 else -90})
    )
    columns.set_y_axis(charts.value_axis(min=0, max=1, num_format="0%", major_unit=0.2, label_position="high"))
    columns.show_na_as_empty_cell()
    charts.plot_area(columns, 0.02, 0.12, 0.91, 0.66)
    sheet.height(TOP, px, 26)
    bottom = _row_at(sheet, TOP, 400)
    alt = _("Columns: share of revenue per account, largest first; line: cumulative share; dashed: the Pareto line")
    charts.place(sheet, columns, TOP - 1, first, bottom, last, alt, "Pareto")
    top = bottom + 1
    for row in range(top, top + 12):
        sheet.height(row, sheet.row_px.get(row, 24))
    return _strip(model, top, first)


def heading(j: int) -> str:
    """Names of the series of the chart."""
    return [_("account"), _("vital few"), _("useful many"), _("cumulative share"), _("Pareto line"), _("crossing")][j]


def iferror_na(x: X) -> X:
    """A point that is not drawn where the data holds an error."""
    return iferror(x, na())


def _row_at(sheet: object, first: int, px: int) -> int:
    row, height = first, 0
    while height < px:
        height += sheet.row_px.get(row, 20)  # type: ignore[attr-defined]
        row += 1
    return row - 1


def _strip(model: Model, top: int, first: int) -> int:
    """Concentration in words and figures, under the chart."""
    sheet, v, s = model.sheet("Pareto"), model.values, model.settings
    head(sheet, top, first, first + 4, _("Concentration"), cat(_("revenue "), v["period"]))
    rows: list[tuple[str | X, Ref, str]] = [
        (_("Share of the largest 20 % of accounts"), v["top_share"], "0.0%"),
        (cat(_("Share of accounts that make "), percent(s["pareto_cut"])), v["vital_kam"], "0.0%"),
        (_("HHI (0–10,000; above 2,500 is highly concentrated)"), v["hhi"], "#,##0.0"),
        (_("Gini (0 = all equal, near 1 = one account has all)"), v["gini"], "0.000"),
        (_("Revenue left if the largest account goes"), v["without_largest"], "0.0%"),
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
    risky = model.values.get("vital_at_risk")
    lines: list[X | str] = [
        cat(_("Give each of the "), v["vital"], _(" vital accounts a named sponsor.")),
        cat(
            _("The other "),
            v["accounts"] - v["vital"],
            _(" bring "),
            percent(iferror(1 - index(model.computed["pareto"].column(4), max_(v["vital"], lit(1))), 0)),
            _(" of revenue: serve them with shared and digital models."),
        ),
        iferror(
            cat(
                _("Without "),
                model.computed["pareto"].cell(0, 1),
                ", ",
                percent(v["without_largest"]),
                _(" of revenue would remain."),
            ),
            "",
        ),
    ]
    if risky is not None:
        lines.append(risky)
    so_what(sheet, top + 7, first, first + 4, [iferror(x, "") if isinstance(x, X) else x for x in lines])
    return top + 7 + len(lines)
