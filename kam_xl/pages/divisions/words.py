"""What Divisions says: its title and conclusions, all live."""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.content.records import DIVISION_SLOTS
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    countifs,
    fixed,
    if_,
    iferror,
    index,
    match,
    max_,
    percent,
    small,
    sumif,
)
from kam_xl.locale import _
from kam_xl.pages.divisions.calc import (
    ACCOUNT_NO,
    DIVISION_NO,
    EMPTY,
    GAP,
    OF_KNOWN,
    POTENTIAL,
    SOLD,
    Wallet,
)

LOW = 0.25  # a division below this is called nearly empty


def depths(w: Wallet) -> Range:
    """How much of its potential each division of the list buys."""
    return w.sheet.area(1, 35, DIVISION_SLOTS, 35)


def emptiest(w: Wallet, k: int) -> X:
    """Place in the list of the k-th emptiest division."""
    apart = w.sheet.area(1, 36, DIVISION_SLOTS, 36)
    return iferror(match(small(apart, k), apart), 0)


def division(w: Wallet, place: X) -> X:
    """The name of a division by its place in the list."""
    return index(w.names, max_(place, lit(1)))


def title(model: Model, w: Wallet) -> X:
    """What the white space is worth, and which divisions are nearly empty."""
    empty = countif(depths(w), "<" & lit(LOW))
    first, second, third = (division(w, emptiest(w, k)) for k in (1, 2, 3))
    depth = index(depths(w), max_(emptiest(w, 1), lit(1)))
    more = cat(first, ", ", second, _(" and "), if_(empty == 3, third, cat(empty - 2, _(" more"))))
    which = if_(empty == 1, first, if_(empty == 2, cat(first, _(" and "), second), more))
    nearly = cat(which, if_(empty == 1, _(" is nearly empty"), _(" are nearly empty")))
    least = if_(count(depths(w)) < 2, "", cat("; ", first, _(" is the emptiest, "), percent(depth), _(" sold")))
    tail = if_(empty > 0, cat("; ", nearly), least)
    white = cat(_("White space is worth "), fixed(w.white), " ", model.currency, tail)
    open_ = cat(_("No white space; "), fixed(w.gap), " ", model.currency, _(" are open where we sell"), tail)
    full = _("Every division buys all that it could")
    story = if_(w.white > 0, white, if_(w.gap > 0, open_, full))
    story = if_(w.potential == 0, _("Potential is unknown: type it on Division sales"), story)
    return if_(w.sold + w.potential == 0, _("No division sales yet: type them on Division sales"), story)


def _field(w: Wallet, k: int) -> tuple[X, X]:
    """A white field in words, and how many there are at least."""
    place = w.sheet.ref(k, 60)
    found = max_(place, lit(1))
    name, what, worth = (index(w.spaces.column(j), found) for j in (0, 1, 5))
    return place, cat(what, _(" at "), name, " (", fixed(worth + 0), ")")


def lines(model: Model, w: Wallet, cols: int) -> list[X | str]:
    """The largest white fields, the emptiest division, the account with the largest gap; what is left out."""
    (one, first), (two, second) = _field(w, 1), _field(w, 2)
    fields = cat(
        _("Offer "),
        first,
        if_(two == 0, "", cat(_(", then "), second)),
        _(": nothing is sold there yet, "),
        model.currency,
        ".",
    )
    place = emptiest(w, 1)
    buys_none = countifs((w.column(DIVISION_NO), place), (w.column(EMPTY), 1))
    could = countifs((w.column(DIVISION_NO), place), (w.column(POTENTIAL), ">0"))
    gap = index(w.sheet.area(1, 37, DIVISION_SLOTS, 37), max_(place, lit(1)))
    emptied = cat(
        division(w, place), _(" is the emptiest division: "), buys_none, _(" of "), could,
        if_(could == 1, _(" account buys"), _(" accounts buy")), _(" none of it; "), fixed(gap), " ",
        model.currency, _(" to win with one offer."),
    )  # fmt: skip
    label = w.sheet.ref(1, 62)
    numbers = w.column(ACCOUNT_NO)
    open_ = sumif(numbers, label, w.column(GAP))
    share = iferror(sumif(numbers, label, w.column(OF_KNOWN)) / sumif(numbers, label, w.column(POTENTIAL)), 0)
    account = cat(
        w.name(label), _(" has the largest gap: "), fixed(open_), " ", model.currency, _(", share of wallet "),
        percent(share), ".",
    )  # fmt: skip
    lines: list[X | str] = []
    for there, text, none in (
        (one > 0, fields, _("There is no white field: deepen the divisions that buy.")),
        (place > 0, emptied, _("No division of the list on Settings has a potential.")),
        (w.gap > 0, account, _("Nothing is left to win.")),
    ):
        lines.append(iferror(if_(w.known == 1, if_(there, text, none), "–"), "–"))
    return [*lines, _left_out(w, cols)]


def _left_out(w: Wallet, cols: int) -> X:
    """What the map cannot show: fields without a potential, divisions that are not in the list."""
    unknown = countifs((w.column(SOLD), ">0"), (w.column(POTENTIAL), 0))
    strangers = countifs((w.column(DIVISION_NO), 0), (w.column(SOLD), ">0")) + countifs(
        (w.column(DIVISION_NO), 0), (w.column(POTENTIAL), ">0"), (w.column(SOLD), 0)
    )
    one = cat(
        unknown,
        if_(unknown == 1, _(" field has"), _(" fields have")),
        _(" sales but no potential: not in the share of wallet. "),
    )
    two = cat(
        strangers,
        if_(strangers == 1, _(" row names"), _(" rows name")),
        _(" a division that is not in the list on Settings: in the totals only."),
    )
    wide = cat(_("The map shows the first "), cols, _(" of "), w.divisions, _(" divisions."))
    text = cat(if_(unknown > 0, one, ""), if_(strangers > 0, two, ""), if_(w.divisions > cols, wide, ""))
    return iferror(if_(w.known == 1, text, ""), "")
