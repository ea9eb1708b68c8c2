"""What Selection says: its title, its conclusions and the message of the watch list, all live."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas.guards import failed
from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import X, lit
from kam_xl.formulas.functions import (
    countif,
    if_,
    iferror,
    index,
    isnumber,
    match,
    or_,
)
from kam_xl.formulas.messages import added, say
from kam_xl.locale import _
from kam_xl.pages.selection.calc import OTHER, PROMOTED, REVIEWED, TIED, UNSCORED, Selection


def title(found: Selection) -> X:
    """How many are key, and who moves in and out."""
    v = found.values
    number, promoted, reviewed = v["chosen"], v["promoted"], v["reviewed"]
    base = say(
        "{n, plural, =0 {No key account} one {# key account} other {# key accounts}}"
        " of {candidates, plural, one {# candidate} other {# candidates}}",
        n=number,
        candidates=v["candidates"],
    )
    first = iferror(found.name_at(found.at, lit(1)), "")
    rises, falls = (
        iferror(found.name_at(found.at, match(1, _numbers(found, col))), "") for col in (PROMOTED, REVIEWED)
    )
    up = say("{n, plural, one {{name} earns a place} other {# earn a place}}", n=promoted, name=rises)
    down = say(
        "{n, plural, one {{name} no longer earns its place} other {# no longer earn theirs}}", n=reviewed, name=falls
    )
    both = say("{up}, {n, plural, one {{name} no longer does} other {# no longer do}}", up=up, n=reviewed, name=falls)
    same = if_(v["tied"] > 0, say("{n} tie at the line", n=v["tied"]), _("the same as today"))
    some = if_(promoted == 0, down, if_(reviewed == 0, up, both))
    moves = if_(promoted + reviewed > 0, some, same)
    moves = if_(v["today"] == 0, say("{account} scores highest", account=first), moves)
    told = say("{chosen}; {moves}", chosen=base, moves=moves)
    nothing = if_(
        v["candidates"] == 0,
        _("No candidates yet: type them on Candidates"),
        _("No scores yet: type them on Candidates"),
    )
    return if_(v["scored"] == 0, nothing, told)


def _numbers(found: Selection, col: int) -> Any:
    """A column of running numbers beside the sorted accounts."""
    return found.at.part(0, found.at.rows - 1, col - found.at.c1, col - found.at.c1)


def lines(model: Model, found: Selection) -> list[X]:
    """Whom to promote, whom to review, whom to watch; what blurs the choice."""
    v, s, choice = found.values, model.settings, found.choice
    promoted, reviewed, tied, today = v["promoted"], v["reviewed"], v["tied"], v["today"]
    line = v["line"]
    up, down, same = (_numbers(found, col) for col in (PROMOTED, REVIEWED, TIED))
    score = {name: iferror(index(choice.column(2), match(1, area)), 0) for name, area in (("up", up), ("down", down))}
    names = found.named(up, promoted, found.at)
    promote = say(
        "Promote {names}{n, plural, one {: {score:#,##0.0}} other {}}; the line is {line:#,##0.0}."
        " Name an owner first.",
        names=names,
        n=promoted,
        score=score["up"],
        line=line,
    )
    start = say(
        "Start with {names}; mark them as key today on Candidates.", names=found.named(up, promoted, found.at, 4)
    )
    nobody = if_(v["chosen"] == 0, _("Nobody is chosen."), _("Nobody to promote: all who are chosen are key today."))
    review = say(
        "Review {names}: {n, plural, one {{score:#,##0.0}, the line is {line:#,##0.0}}"
        " other {below the line, {line:#,##0.0}}}. Agree what must change, or step down.",
        names=found.named(down, reviewed, found.at),
        n=reviewed,
        score=score["down"],
        line=line,
    )
    rising = found.watched.part(0, found.watched.rows - 1, OTHER - found.watched.c1, OTHER - found.watched.c1)
    place = match(1, rising)
    rate = index(found.watch.column(2), place)
    watch = say(
        "Watch {names}: {n, plural, one {{reason}{known, select, true { ({rate:+0%} a year)} other {}}}"
        " other {near the line or growing fast}}.",
        names=found.named(rising, v["rising"], found.watched),
        n=v["rising"],
        reason=index(found.reason, place),
        known=isnumber(rate),
        rate=rate,
    )
    quiet = say(
        "Nobody else is within {near:0%} of the line or grows {fast:0%} a year.", near=s["near"], fast=s["fast"]
    )
    at = iferror(index(choice.column(2), match(1, same)), 0)
    tie = say(
        "↔ {n} accounts tie at {score:#,##0.0} with room for fewer, so none of them is chosen: score finer,"
        " or take {all}.",
        n=tied,
        score=at,
        all=v["chosen"] + tied,
    )
    unscored = _numbers(found, UNSCORED)
    blank = say(
        "Score {names}: without a score nobody can be chosen.", names=found.named(unscored, v["unscored"], found.at)
    )
    return [
        if_(promoted == 0, nobody, if_(today == 0, start, promote)),
        if_(reviewed == 0, _("No key account of today falls below the line."), review),
        if_(v["rising"] == 0, quiet, watch),
        if_(tied > 0, tie, if_(v["unscored"] > 0, blank, "")),
    ]


def watch_message(model: Model, found: Selection) -> X:
    """How many come up, and how many fall."""
    v, reason, put = found.values, found.reason, model.calc.put
    falls, earns, ties = (
        put(f"Selection: reasons that begin with {word}", countif(reason, f"{word}*"))
        for word in ("no", "earns", "tied")
    )
    parts = (
        (falls, say("{n, plural, one {# falls} other {# fall}}", n=falls)),
        (earns, say("{n, plural, one {# earns a place} other {# earn a place}}", n=earns)),
        (ties, say("{n, plural, one {# ties} other {# tie}}", n=ties)),
        (v["rising"], say("{n, plural, one {# comes up} other {# come up}}", n=v["rising"])),
    )
    text: X = lit("")
    for number, words in parts:
        text = put("Selection: watch list in words, so far", if_(number == 0, text, added(text, words)))
    return if_(or_(v["scored"] == 0, failed(found.watch)), "", text)
