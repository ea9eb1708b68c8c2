"""Chart of Pareto: columns, largest first, and the cumulative share on the same scale."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, legend
from kam_xl.canvas.results import Pareto
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import and_, if_, iferror, index, max_, na
from kam_xl.formulas.messages import say
from kam_xl.locale import _

BARS = 40  # bars at most; the rest is one bar


def draw(model: Model, table: Range, area: tuple[int, int, int, int], used: int) -> None:
    """Columns, curve, line and crossing over the rows and columns of `area`."""
    pareto = model.of(Pareto)
    sheet, s, book = model.sheet("Pareto"), model.settings, model.book
    grows = book.spills  # Excel follows a name; Calc takes direct ranges only
    bars = max(3, min(BARS, table.rows if grows else used))
    rows: list[list[X]] = []
    count_ = pareto.accounts
    for k in range(bars):
        name, flag = table.cell(k, 1) & "", table.cell(k, 5) == True  # noqa: E712
        there = count_ > k
        share, total = table.cell(k, 3), table.cell(k, 4)
        last_vital = and_(there, pareto.vital == k + 1)
        rows.append(
            [
                if_(there, short(name, 20), ""),
                if_(and_(there, flag), share, na()),
                if_(and_(there, flag == False), share, na()),  # noqa: E712
                if_(there, total, na()),
                if_(there, s["pareto_cut"], na()),
                if_(last_vital, total, na()),
            ]
        )
    rest = count_ > bars
    others = say("Other ({accounts})", accounts=count_ - bars)
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
    reached = iferror(index(table.column(4), max_(pareto.vital, lit(1))), 0)
    after = say(
        "After {vital, plural, one {# account} other {# accounts}} the curve stands at {reached:0%}"
        "{more, select, true {; the other {others} add {added:0%}} other {}}",
        vital=pareto.vital,
        reached=reached,
        more=count_ > pareto.vital,
        others=count_ - pareto.vital,
        added=1 - reached,
    )
    title = model.calc.put("Pareto chart title", iferror(if_(pareto.total > 0, after, ""), ""))
    crosses = say("{vital, plural, one {# account} other {# accounts}}: {share:0%}", vital=pareto.vital, share=reached)
    crossing = model.calc.put("Pareto chart label", iferror(if_(pareto.total > 0, crosses, ""), ""))
    head(sheet, area[0] - 1, area[1], area[3], _("Share of revenue and cumulative share"))
    legend(
        sheet,
        area[0] - 1,
        area[3],
        [
            (theme.BLUE, _("vital few")),
            (theme.GREY, _("useful many")),
            (theme.INK, _("cumulative")),
            (theme.RISK, _("line")),
        ],
    )
    shown = model.calc.put("Pareto chart: bars", max_(lit(1), if_(rest, bars + 1, count_)))
    series = charts.growing(book, data, shown, "pareto") if grows else charts.fixed(data)
    columns = charts.chart(book, "column", title)
    for j, colour in ((1, theme.BLUE), (2, theme.GREY_L)):
        columns.add_series(
            {
                "name": heading(j),
                **series(j),
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
            **series(3),
            "line": {"color": theme.INK, "width": 1.75},
            "marker": dot,
        }
    )
    line.add_series(
        {
            "name": heading(4),
            **series(4),
            "line": {"color": theme.RISK, "width": 1.5, "dash_type": "dash"},
            "marker": {"type": "none"},
        }
    )
    big = {"type": "circle", "size": 10, "fill": {"color": theme.RISK}, "border": {"color": theme.RISK}}
    line.add_series(
        {
            "name": charts.at(crossing),
            **series(5),
            "line": {"none": True},
            "marker": big,
            "data_labels": charts.named(9, theme.RISK_D, True, position="left"),
        }
    )
    columns.combine(line)
    columns.set_x_axis(
        charts.category_axis(num_font={**charts.font(9 if used <= 20 else 7), "rotation": -45 if used <= 20 else -90})
    )
    columns.set_y_axis(charts.value_axis(min=0, max=1, num_format="0%", major_unit=0.2, label_position="high"))
    charts.plot_area(columns, 0.02, 0.06, 0.91, 0.7)
    alt = _("Columns: share of revenue per account, largest first; line: cumulative share; dashed: the Pareto line")
    charts.place(sheet, columns, *area, alt, "Pareto")


def heading(j: int) -> str:
    """Names of the series of the chart."""
    return [_("account"), _("vital few"), _("useful many"), _("cumulative share"), _("Pareto line"), _("crossing")][j]


def iferror_na(x: X) -> X:
    """A point that is not drawn where the data holds an error."""
    return iferror(x, na())
