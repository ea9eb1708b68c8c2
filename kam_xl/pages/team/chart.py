"""Chart of Team: how much each key account manager carries, the part at risk last."""

from __future__ import annotations

from kam_xl.canvas import charts, theme
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, legend
from kam_xl.formulas.formula import X
from kam_xl.formulas.functions import and_, if_, iferror, length, max_, min_, na
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.team.calc import MANAGERS, OWNERLESS, Team
from kam_xl.pages.team.words import unit_of


def draw(model: Model, team: Team, area: tuple[int, int, int, int]) -> None:
    """The bars over the rows and columns of `area`, whose first row is the section's label."""
    sheet, book, m, f = model.sheet("Team"), model.book, team.managers, team.figures
    rows: list[list[X]] = []
    for k in range(m.rows):
        name, there = m.cell(k), length(m.cell(k)) > 0
        known = if_(name == OWNERLESS, _("○ no owner"), short(name, 18))
        label = say("{name} ({accounts}) {share:0%}", name=known, accounts=m.cell(k, 1), share=m.cell(k, 4))
        safe, risk = (if_(and_(there, m.cell(k, j) > 0), m.cell(k, j), na()) for j in (2, 3))
        rows.append([iferror(if_(there, label, ""), ""), iferror(safe, na()), iferror(risk, na())])
    data = model.calc.block("Load per key account manager", ["manager", "safe", "at risk"], rows)
    unit = unit_of(model)
    first, second = m.cell(0), m.cell(1) if m.rows > 1 else m.cell(0)
    nobody, other = _("Nobody"), _("nobody")
    text = say(
        "{who} carries {amount:#,##0} {unit} {what} with {accounts, plural, one {# account} other {# accounts}}",
        who=if_(first == OWNERLESS, nobody, first),
        amount=m.cell(0, 2) + m.cell(0, 3),
        unit=model.currency,
        what=unit,
        accounts=m.cell(0, 1),
    )
    more = say(
        "{most}, {second} {share:0%}",
        most=text,
        second=if_(second == OWNERLESS, other, second),
        share=m.cell(min(1, m.rows - 1), 4),
    )
    text = if_(and_(f["managers"] + f["ownerless"] > 1, length(second) > 0), more, text)
    empty = if_(f["accounts"] == 0, _("No accounts yet"), _("No amounts yet"))
    message = iferror(if_(f["amount"] > 0, text, empty), "")
    title = model.calc.put("Team chart title", message)
    head(sheet, area[0], area[1], area[3], say("Load per key account manager, {unit}", unit=model.currency))
    legend(sheet, area[0], area[3], [(theme.BLUE, _("safe")), (theme.RISK_F, _("at risk"))])
    used = len({str(a.get("owner") or "") for a in model.tables.accounts if a.get("account")})
    fixed_rows = data.part(0, max(2, min(MANAGERS, used + 1, m.rows)) - 1, 0, 2)
    groups = f["managers"] + if_(f["ownerless"] > 0, 1, 0)
    shown = model.calc.put("Team chart: bars", max_(min_(groups, m.rows + 0 * groups), 1 + 0 * groups))
    series = charts.growing(book, data, shown, "team") if book.spills else charts.fixed(fixed_rows)
    bars = charts.chart(book, "bar", title, "stacked")
    for j, colour, name_ in ((1, theme.BLUE, _("safe")), (2, theme.RISK_F, _("at risk"))):
        label_ = charts.labels(9, theme.WHITE, True, num_format='#,##0;−#,##0;""')
        bars.add_series({"name": name_, **series(j), "fill": {"color": colour}, "gap": 45, "data_labels": label_})
    bars.set_x_axis(charts.no_axis(min=0))
    bars.set_y_axis(charts.category_axis(reverse=True))
    charts.plot_area(bars, 0.3, 0.03, 0.68, 0.94)
    alt = _("Bars: MRR of each key account manager, safe and at risk, with the number of accounts")
    charts.place(sheet, bars, area[0] + 1, *area[1:], alt, "Load")
