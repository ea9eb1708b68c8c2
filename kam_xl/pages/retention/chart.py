"""Charts of Retention: the bridge from the first to the last month, and how much of the first month's MRR is left."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, legend
from kam_xl.canvas.results import Report
from kam_xl.formulas.formula import Ref, X
from kam_xl.formulas.functions import abs_, fixed, if_, iferror, isnumber, max_, min_, na
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import month_text
from kam_xl.locale import _
from kam_xl.pages.retention.calc import MONTHS, Retention

Area = tuple[int, int, int, int]


def bridge(model: Model, area: Area) -> None:
    """The waterfall, lying: seven bars from the MRR of the start to that of the end."""
    retention = model.of(Retention)
    sheet, moves, put = model.sheet("Retention"), retention.moves, model.calc.put
    ready = retention.ready
    names: list[X | str] = [
        retention.since,
        _("New"),
        _("Reactivated"),
        _("Expansion"),
        _("Contraction"),
        _("Churned"),
        model.of(Report).month_text,
    ]
    amounts = [put(f"Retention bridge {i + 1}", iferror(if_(ready, moves.cell(i, 1) + 0, 0), 0)) for i in range(7)]
    rows: list[list[X | str]] = []
    level: X = amounts[0] + 0
    labels: list[Ref] = []
    for i, amount in enumerate(amounts):
        number = iferror(moves.cell(i, 2) + 0, 0)
        ends = i in (0, 6)
        text = if_(ready, say("{movement} ({accounts})", movement=names[i], accounts=number), names[i])
        after = level if ends else level + amount
        base = na() if ends else if_(amount == 0, na(), min_(level, after))
        up, down = if_(amount > 0, amount, na()), if_(amount < 0, abs_(amount), na())
        bars = [base, na(), na(), amount + 0] if ends else [base, up, down, na()]
        # a bar without length still has its place on the way from the start to the end
        bars[0] = bars[0] if ends else if_(amount == 0, level, bars[0])
        pads = [if_(ready, max_(amounts[0], amounts[6]) * 0.04, na()) if k == i else na() for k in range(7)]
        rows.append([text, *[if_(ready, x, na()) for x in bars], *pads])
        said = fixed(amount) if ends else say("{change:+#,##0}", change=amount)
        labels.append(put(f"Retention bridge label {i + 1}", if_(ready, said, "")))
        level = put(f"Retention bridge level {i + 1}", after)
    titles = ["movement", "below", "gained", "lost", "MRR", *[f"label {i + 1}" for i in range(7)]]
    data = model.calc.block("Retention bridge", titles, rows)
    gained, lost = retention.gained, retention.lost
    story = say(
        "{way, select, up {MRR rose} down {MRR fell} other {MRR stayed:}} from {start:#,##0} to {end:#,##0}:"
        " {gained:#,##0} gained, {lost:#,##0} lost",
        way=if_(amounts[6] > amounts[0], "up", if_(amounts[6] < amounts[0], "down", "")),
        start=amounts[0],
        end=amounts[6],
        gained=gained,
        lost=lost,
    )
    title = put("Retention chart 1 title", if_(ready, story, _("No two months to compare yet")))
    r1, c1, r2, c2 = area
    head(sheet, r1, c1, c2, say("What moved MRR, {unit} per month (number of accounts)", unit=model.currency))
    legend(sheet, r1, c2, [(theme.GOOD, _("+ gained")), (theme.RISK, _("− lost"))])
    bars = charts.chart(model.book, "bar", title, "stacked")
    looks = [("", _("below")), (theme.GOOD, _("gained")), (theme.RISK, _("lost")), (theme.BLUE, _("MRR"))]
    for j, (colour, name) in enumerate(looks, 1):
        fill = {"color": colour} if colour else {"none": True}
        bars.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "fill": fill,
                "gap": 28,
            }
        )
    for i in range(7):  # a label at the end of its bar: the name of a series that shows nothing else
        colour = theme.INK if i in (0, 6) else theme.GOOD_D if i < 4 else theme.RISK_D
        bars.add_series(
            {
                "name": charts.at(labels[i]),
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(5 + i)),
                "fill": {"none": True},
                "gap": 28,
                "data_labels": charts.named(10, colour, True, position="inside_base"),
            }
        )
    bars.set_x_axis(charts.no_axis(min=0))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.21, 0.02, 0.68, 0.96)
    alt = _(
        "Bars from the MRR of the first month over new, reactivated, expansion, contraction and churned to the last"
    )
    charts.place(sheet, bars, r1 + 1, c1, r2, c2, alt, "MRR movements")


def curve(model: Model, area: Area) -> None:
    """NRR and GRR of the accounts of the first month, month by month."""
    retention = model.of(Retention)
    report = model.of(Report)
    sheet, months, put = model.sheet("Retention"), report.months, model.calc.put
    ready, start = retention.ready, retention.first
    rows: list[list[X | str | int]] = []
    for k in range(MONTHS):
        there = if_(ready, if_(report.rows.cell(k) > 0, start <= k + 1, False), False)
        rates: list[X] = []
        for rate in ("NRR", "GRR"):
            value = (
                if_(start == k + 1, 1, getattr(model.of(Retention).since_start[k], rate.lower())) if k else X(("1",), 1)
            )
            rates.append(iferror(if_(there, if_(isnumber(value), value, na()), na()), na()))
        ends = [r if k == MONTHS - 1 else na() for r in rates]
        rows.append([month_text(model, months.cell(k), with_year=False), *rates, 1, *ends])
    data = model.calc.block("Retention curve", ["month", "NRR", "GRR", "100 %", "last NRR", "last GRR"], rows)
    nrr, grr = retention.nrr, retention.grr
    kept = say(
        "Of each 100 {unit} in {month}, {kept:#,##0} are kept; with expansion {all:#,##0}",
        unit=model.currency,
        month=retention.since,
        kept=grr * 100,
        all=nrr * 100,
    )
    title = put("Retention chart 2 title", iferror(if_(ready, kept, _("Needs two months of MRR")), ""))
    tips = [
        put(f"Retention curve label {n}", iferror(if_(ready, say("{n} {x:0.0%}", n=n, x=x), ""), ""))
        for n, x in (("NRR", nrr), ("GRR", grr))
    ]
    r1, c1, r2, c2 = area
    head(
        sheet,
        r1,
        c1,
        c2,
        if_(
            ready,
            say("What is left of the MRR of {month}", month=retention.since),
            _("What is left of the MRR of the first month"),
        ),
        _("same accounts only, no new ones"),
    )
    lines = charts.chart(model.book, "line", title)
    looks: list[tuple[int, str, float, str, str]] = [
        (3, theme.GREY, 1.0, "dash", _("100 %")),
        (1, theme.BLUE, 2.25, "solid", "NRR"),
        (2, theme.RISK, 2.25, "solid", "GRR"),
    ]
    for j, colour, width, dash, name in looks:
        lines.add_series(
            {
                "name": name,
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(j)),
                "line": {"color": colour, "width": width, "dash_type": dash},
                "marker": {"type": "none"},
            }
        )
    for j, (colour, text, label) in enumerate(((theme.BLUE, theme.BLUE, tips[0]), (theme.RISK, theme.RISK_D, tips[1]))):
        lines.add_series(
            {
                "name": charts.at(label),
                "categories": charts.at(data.column(0)),
                "values": charts.at(data.column(4 + j)),
                "line": {"none": True},
                "marker": {"type": "circle", "size": 7, "fill": {"color": colour}, "border": {"color": theme.WHITE}},
                "data_labels": charts.named(10, text, True, position="right"),
            }
        )
    lines.set_x_axis(charts.category_axis(label_position="low"))
    lines.set_y_axis(charts.value_axis(num_format="0%"))
    lines.show_blanks_as("span")
    charts.plot_area(lines, 0.08, 0.05, 0.75, 0.8)
    alt = _("Lines: net and gross retention of the accounts of the first month, month by month")
    charts.place(sheet, lines, r1 + 1, c1, r2, c2, alt, "Retention curve")
