"""What Profit says: its title, messages and conclusions, all live."""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Range, Ref, X, cat, lit
from kam_xl.formulas.functions import (
    abs_,
    and_,
    countif,
    countifs,
    fixed,
    if_,
    iferror,
    length,
    or_,
    percent,
    sumif,
)
from kam_xl.locale import _
from kam_xl.pages.profit import chart
from kam_xl.pages.profit.calc import NAME, PROFIT, QUADRANT, SERVED, Profit, in_quadrant, named, place_of


def title(p: Profit, peak: Ref) -> X:
    """Who earns the profit and who gives it back."""
    first = p.of(NAME, place_of(p, lit(1)))
    earn = cat(
        p.earning,
        if_(p.earning == 1, _(" account earns "), _(" accounts earn ")),
        percent(peak),
        _(" of the profit; the last "),
        if_(p.losing == 1, _("one gives "), cat(p.losing, _(" give "))),
        percent(peak - 1),
        _(" back"),
    )
    share = percent(iferror(p.whale.cell(0, 4) + 0, 0))
    fine = if_(
        p.accounts == 1,
        cat(first, _(" earns all of the profit")),
        cat(_("No account loses money; "), first, _(" earns "), share, _(" of the profit")),
    )
    loss = cat(
        _("The accounts lose money together: "), p.losing, _(" of "), p.accounts, _(" cost more than they bring")
    )
    story = if_(p.curve == 0, loss, if_(p.losing == 0, fine, earn))
    return if_(p.accounts == 0, _("No profit yet: type costs on Costs and revenue on Revenue"), story)


def signed(x: X) -> X:
    """An amount with its sign."""
    return if_(x < 0, cat("−", fixed(abs_(x))), cat("+", fixed(x)))


def money(x: X) -> X:
    """An amount in a sentence."""
    return if_(x < 0, cat("−", fixed(abs_(x))), fixed(x))


def line_rule(model: Model, p: Profit) -> X:
    """What is high, in words."""
    blank = [length(model.settings[name]) == 0 for name in ("revenue_line", "cost_line")]
    which = if_(and_(*blank), _(" (medians)"), if_(or_(*blank), _(" (Settings, median)"), _(" (Settings)")))
    text = cat(_("high: revenue ≥ "), money(p.lines[0]), _(", cost ≥ "), money(p.lines[1]), which)
    return iferror(if_(p.both == 0, "", text), "")


def costly(p: Profit, known: Ref) -> X:
    """How many of those who lose money cost much to serve."""
    losers, profits, served = p.losing, p.column(PROFIT), p.column(SERVED)
    costly = _costly_losers(profits, served, p.lines[1])
    many = cat(costly, _(" of the "), losers, _(" loss makers cost "), money(p.lines[1]), _(" or more to serve"))
    one = if_(
        costly == 1,
        cat(_("The one loss maker costs "), money(p.lines[1]), _(" or more to serve")),
        _("The one loss maker costs little to serve: look at its price"),
    )
    none = cat(_("Nobody loses money; serving all of them costs "), percent(p.served / p.revenue), _(" of revenue"))
    text = if_(losers == 0, none, if_(losers == 1, one, many))
    most = min(p.rows, chart.POINTS)
    drawn = cat(_("  (drawn: the best "), most - chart.LEAST, _(" and the worst "), chart.LEAST, ")")
    return iferror(if_(known == 1, cat(text, if_(p.accounts > most, drawn, "")), ""), "")


def _costly_losers(profits: Range, served: Range, line: Ref) -> X:
    """Accounts that lose money at a high cost to serve."""
    return countifs((profits, "<0"), (served, cat(">=", line)))


def whale(p: Profit, known: Ref, currency: X) -> X:
    """What the losses take."""
    taken = cat(fixed(abs_(p.loss)), " ", currency, _(" of profit"))
    one = cat(_("Serving the last account costs "), taken)
    many = cat(_("Serving the last "), p.losing, _(" accounts costs "), taken)
    text = if_(p.losing == 0, _("The curve never falls: every account earns"), if_(p.losing == 1, one, many))
    none = _("No curve: the accounts make no profit together")
    return iferror(if_(known == 1, if_(p.curve == 1, text, none), ""), "")


def lines(model: Model, p: Profit, known: Ref) -> list[X | str]:
    """Whom to protect, to reprice, to leave; what is missing."""
    quadrants, profits = p.column(QUADRANT), p.column(PROFIT)

    def they(quadrant: str) -> X:
        return signed(sumif(quadrants, quadrant, profits))

    nobody = {
        "protect": _("Nobody brings much revenue at a low cost to serve: there is no one to protect yet."),
        "reprice": _("Nobody with high revenue costs much to serve: no price to renegotiate."),
        "exit": _("Nobody brings little and costs much: no one to leave."),
    }
    sayings = (
        (
            "protect",
            _("Protect "),
            _(": much revenue at a low cost to serve; keep the price, name a sponsor. Profit: "),
        ),
        (
            "reprice",
            _("Reprice, the least profitable first: "),
            _("; charge for service or lower its cost. Profit today: "),
        ),
        ("exit", _("Set a minimum order or leave: "), _("; they cost much and bring little. Profit today: ")),
    )
    lines: list[X | str] = []
    for quadrant, start, middle in sayings:
        names = named(p, quadrant, worst_first=quadrant != "protect")
        text = cat(start, names, middle, they(quadrant), " ", model.currency, ".")
        line = if_(in_quadrant(p, quadrant) == 0, nobody[quadrant], text)
        lines.append(iferror(if_(and_(known == 1, p.both > 0), line, "–"), "–"))
    return [*lines, _missing(p, known)]


def _missing(p: Profit, known: Ref) -> X:
    """Rows of Costs that cannot be judged."""
    number = countif(p.column(NAME), "?*") - p.accounts
    half = p.accounts - p.both
    have, has = _(" accounts have"), _(" account has")
    one = if_(number > 0, cat(number, if_(number == 1, has, have), _(" no cost yet. ")), "")
    why = _(" no revenue of the year or no cost to serve: in no quadrant.")
    two = if_(half > 0, cat(half, if_(half == 1, has, have), why), "")
    return iferror(if_(known == 1, cat(one, two), ""), "")
