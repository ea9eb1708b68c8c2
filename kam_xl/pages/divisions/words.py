"""What Divisions says: its title and conclusions, all live."""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.content.records import DIVISION_SLOTS
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    count,
    countif,
    countifs,
    if_,
    iferror,
    index,
    match,
    max_,
    or_,
    small,
    sumif,
)
from kam_xl.formulas.messages import and_more, joined, listed, say, sentences
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
    first, second, third = (
        model.calc.put(f"Divisions: emptiest {k}", iferror(division(w, emptiest(w, k)) & "", "")) for k in (1, 2, 3)
    )
    depth = index(depths(w), max_(emptiest(w, 1), lit(1)))
    most = if_(empty > 3, and_more(joined(first, second), empty - 2), listed([first, second, third], empty))
    nearly = say("{names} {empty, plural, one {is} other {are}} nearly empty", names=most, empty=empty)
    least = say("{division} is the emptiest, {depth:0%} sold", division=first, depth=depth)
    white = say("White space is worth {amount:#,##0} {unit}", amount=w.white, unit=model.currency)
    open_ = say("No white space; {amount:#,##0} {unit} are open where we sell", amount=w.gap, unit=model.currency)
    worth = if_(w.white > 0, white, open_)
    alone = if_(count(depths(w)) < 2, worth, say("{worth}; {emptiest}", worth=worth, emptiest=least))
    some = if_(empty > 0, say("{worth}; {emptiest}", worth=worth, emptiest=nearly), alone)
    story = if_(or_(w.white > 0, w.gap > 0), some, _("Every division buys all that it could"))
    story = if_(w.potential == 0, _("Potential is unknown: type it on Division sales"), story)
    return if_(w.sold + w.potential == 0, _("No division sales yet: type them on Division sales"), story)


def _field(w: Wallet, k: int) -> tuple[X, X]:
    """A white field in words, and how many there are at least."""
    place = w.sheet.ref(k, 60)
    found = max_(place, lit(1))
    name, what, worth = (index(w.spaces.column(j), found) for j in (0, 1, 5))
    return place, say("{division} at {account} ({worth:#,##0})", division=what, account=name, worth=worth + 0)


def lines(model: Model, w: Wallet, cols: int) -> list[X | str]:
    """The largest white fields, the emptiest division, the account with the largest gap; what is left out."""
    (one, first), (two, second) = _field(w, 1), _field(w, 2)
    fields = say(
        "Offer {first}{more, select, true {, then {second}} other {}}: nothing is sold there yet, {unit}.",
        first=first,
        more=two > 0,
        second=second,
        unit=model.currency,
    )
    place = emptiest(w, 1)
    buys_none = countifs((w.column(DIVISION_NO), place), (w.column(EMPTY), 1))
    could = countifs((w.column(DIVISION_NO), place), (w.column(POTENTIAL), ">0"))
    gap = index(w.sheet.area(1, 37, DIVISION_SLOTS, 37), max_(place, lit(1)))
    emptied = say(
        "{division} is the emptiest division: {none} of {could, plural, one {# account buys} other {# accounts buy}}"
        " none of it; {gap:#,##0} {unit} to win with one offer.",
        division=division(w, place),
        none=buys_none,
        could=could,
        gap=gap,
        unit=model.currency,
    )
    label = w.sheet.ref(1, 62)
    numbers = w.column(ACCOUNT_NO)
    open_ = sumif(numbers, label, w.column(GAP))
    share = iferror(sumif(numbers, label, w.column(OF_KNOWN)) / sumif(numbers, label, w.column(POTENTIAL)), 0)
    account = say(
        "{account} has the largest gap: {gap:#,##0} {unit}, share of wallet {share:0%}.",
        account=w.name(label),
        gap=open_,
        unit=model.currency,
        share=share,
    )
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
    one = say(
        "{n, plural, one {# field has} other {# fields have}} sales but no potential: not in the share of wallet.",
        n=unknown,
    )
    two = say(
        "{n, plural, one {# row names} other {# rows name}} a division that is not in the list on Settings:"
        " in the totals only.",
        n=strangers,
    )
    wide = say("The map shows the first {cols} of {divisions} divisions.", cols=cols, divisions=w.divisions)
    text = sentences((unknown > 0, one), (strangers > 0, two), (w.divisions > cols, wide))
    return iferror(if_(w.known == 1, text, ""), "")
