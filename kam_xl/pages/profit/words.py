"""What Profit says: its title, messages and conclusions, all live."""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Range, Ref, X, cat, lit
from kam_xl.formulas.functions import (
    abs_,
    and_,
    countif,
    countifs,
    if_,
    iferror,
    length,
    or_,
    sumif,
)
from kam_xl.formulas.messages import say, sentences
from kam_xl.locale import _
from kam_xl.pages.profit import chart
from kam_xl.pages.profit.calc import NAME, PROFIT, QUADRANT, SERVED, Profit, in_quadrant, named, place_of


def title(p: Profit, peak: Ref) -> X:
    """Who earns the profit and who gives it back."""
    first = p.of(NAME, place_of(p, lit(1)))
    earn = say(
        "{earning, plural, one {# account earns} other {# accounts earn}} {peak:0%} of the profit;"
        " the last {losing, plural, one {one gives} other {# give}} {back:0%} back",
        earning=p.earning,
        peak=peak,
        losing=p.losing,
        back=peak - 1,
    )
    fine = if_(
        p.accounts == 1,
        say("{account} earns all of the profit", account=first),
        say(
            "No account loses money; {account} earns {share:0%} of the profit",
            account=first,
            share=iferror(p.whale.cell(0, 4) + 0, 0),
        ),
    )
    loss = say(
        "The accounts lose money together: {losing} of {accounts} cost more than they bring",
        losing=p.losing,
        accounts=p.accounts,
    )
    story = if_(p.curve == 0, loss, if_(p.losing == 0, fine, earn))
    return if_(p.accounts == 0, _("No profit yet: type costs on Costs and revenue on Revenue"), story)


def line_rule(model: Model, p: Profit) -> X:
    """What is high, in words."""
    blank = [length(model.settings[name]) == 0 for name in ("revenue_line", "cost_line")]
    text = say(
        "high: revenue ≥ {revenue:−#,##0}, cost ≥ {cost:−#,##0}"
        " ({both, select, true {medians} other {{one, select, true {Settings, median} other {Settings}}}})",
        revenue=p.lines[0],
        cost=p.lines[1],
        both=and_(*blank),
        one=or_(*blank),
    )
    return iferror(if_(p.both == 0, "", text), "")


def costly(p: Profit, known: Ref) -> X:
    """How many of those who lose money cost much to serve."""
    losers, profits, served = p.losing, p.column(PROFIT), p.column(SERVED)
    costly = _costly_losers(profits, served, p.lines[1])
    line = p.lines[1]
    many = say(
        "{costly} of the {losers} loss makers cost {line:−#,##0} or more to serve",
        costly=costly,
        losers=losers,
        line=line,
    )
    one = if_(
        costly == 1,
        say("The one loss maker costs {line:−#,##0} or more to serve", line=line),
        _("The one loss maker costs little to serve: look at its price"),
    )
    none = say("Nobody loses money; serving all of them costs {share:0%} of revenue", share=p.served / p.revenue)
    text = if_(losers == 0, none, if_(losers == 1, one, many))
    most = min(p.rows, chart.POINTS)
    drawn = say(
        "{text}  (drawn: the best {best} and the worst {worst})",
        text=text,
        best=most - chart.LEAST,
        worst=chart.LEAST,
    )
    return iferror(if_(known == 1, if_(p.accounts > most, drawn, text), ""), "")


def _costly_losers(profits: Range, served: Range, line: Ref) -> X:
    """Accounts that lose money at a high cost to serve."""
    return countifs((profits, "<0"), (served, cat(">=", line)))


def whale(p: Profit, known: Ref, currency: X) -> X:
    """What the losses take."""
    some = say(
        "Serving the last {losing, plural, one {account} other {# accounts}} costs {amount:#,##0} {unit} of profit",
        losing=p.losing,
        amount=abs_(p.loss),
        unit=currency,
    )
    text = if_(p.losing == 0, _("The curve never falls: every account earns"), some)
    none = _("No curve: the accounts make no profit together")
    return iferror(if_(known == 1, if_(p.curve == 1, text, none), ""), "")


def lines(model: Model, p: Profit, known: Ref) -> list[X | str]:
    """Whom to protect, to reprice, to leave; what is missing."""
    quadrants, profits = p.column(QUADRANT), p.column(PROFIT)

    def parts(quadrant: str) -> dict[str, X]:
        names = named(p, quadrant, worst_first=quadrant != "protect")
        return {"names": names, "profit": sumif(quadrants, quadrant, profits), "unit": model.currency}

    sayings = {
        "protect": say(
            "Protect {names}: much revenue at a low cost to serve; keep the price, name a sponsor."
            " Profit: {profit:+#,##0} {unit}.",
            **parts("protect"),
        ),
        "reprice": say(
            "Reprice, the least profitable first: {names}; charge for service or lower its cost."
            " Profit today: {profit:+#,##0} {unit}.",
            **parts("reprice"),
        ),
        "exit": say(
            "Set a minimum order or leave: {names}; they cost much and bring little."
            " Profit today: {profit:+#,##0} {unit}.",
            **parts("exit"),
        ),
    }
    nobody = {
        "protect": _("Nobody brings much revenue at a low cost to serve: there is no one to protect yet."),
        "reprice": _("Nobody with high revenue costs much to serve: no price to renegotiate."),
        "exit": _("Nobody brings little and costs much: no one to leave."),
    }
    lines: list[X | str] = []
    for quadrant, text in sayings.items():
        line = if_(in_quadrant(p, quadrant) == 0, nobody[quadrant], text)
        lines.append(iferror(if_(and_(known == 1, p.both > 0), line, "–"), "–"))
    return [*lines, _missing(p, known)]


def _missing(p: Profit, known: Ref) -> X:
    """Rows of Costs that cannot be judged."""
    number = countif(p.column(NAME), "?*") - p.accounts
    half = p.accounts - p.both
    one = say("{n, plural, one {# account has} other {# accounts have}} no cost yet.", n=number)
    two = say(
        "{n, plural, one {# account has} other {# accounts have}} no revenue of the year or no cost to serve:"
        " in no quadrant.",
        n=half,
    )
    return iferror(if_(known == 1, sentences((number > 0, one), (half > 0, two)), ""), "")
