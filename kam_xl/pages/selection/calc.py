"""Behind Selection: scores in force, the choice, the line, who moves and whom to watch.

Accounts go into the functions as the numbers of their rows on Candidates, so that nothing has to be looked up again.
"""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.guards import failed
from kam_xl.canvas.inputs import row_of, taken
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Revenue
from kam_xl.content.records import SELECTION_SLOTS
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    if_,
    iferror,
    index,
    isnumber,
    left,
    length,
    match,
    max_,
    min_,
    n_,
    or_,
    sum_,
)
from kam_xl.formulas.messages import listed
from kam_xl.formulas.rows import Across, across, each
from kam_xl.locale import _

SHEET = "calc_selection"
NO, NAME, KEY, PLACE, SCORES = 0, 1, 2, 3, 4  # per row of Candidates
MEAN = SCORES + SELECTION_SLOTS
SCORE, REVENUE, GROWTH, WEIGHT = MEAN + 1, MEAN + 2, MEAN + 3, MEAN + 4
CHOICE, DECISION, AT, KEPT, PROMOTED, REVIEWED, TIED, UNSCORED, OUTSIDE = 16, 20, 21, 22, 23, 24, 25, 26, 27
WATCH, WATCHED, REASON, OTHER = 30, 34, 35, 36
TITLES = {
    NO: "no.",
    NAME: "account",
    KEY: "key today",
    PLACE: "place",
    MEAN: "weighted mean",
    SCORE: "score",
    REVENUE: "row on Revenue",
    GROWTH: "growth",
    WEIGHT: "weight",
    CHOICE: "choice",
    DECISION: "decision",
    AT: "place",
    KEPT: "score of key",
    PROMOTED: "promote no.",
    REVIEWED: "review no.",
    TIED: "tied no.",
    UNSCORED: "no score no.",
    OUTSIDE: "growth, not key",
    WATCH: "watch list",
    WATCHED: "place",
    REASON: "reason",
    OTHER: "rising no.",
}
CHOSEN, AT_THE_LINE = "key account", "tied at the line"  # words of KAM_SELECT


@dataclass
class Selection:
    """What the page and its chart show."""

    names: Range  # per row of Candidates
    key: Range
    scores: Range
    growth: Range
    weights: Range
    choice: Range  # sorted, as KAM_SELECT has it
    decision: Range
    at: Range  # sorted: the row on Candidates, 0 after the last
    watch: Range
    watched: Range
    reason: Range
    values: dict[str, Ref]

    def name_at(self, area: Range, no: X) -> X:
        """The account that stands in place `no` of a column of rows on Candidates."""
        return index(self.names, max_(index(area, no), lit(1)))

    def named(self, numbers: Range, total: X, at: Range, most: int = 2) -> X:
        """The first accounts of a running number, and how many more there are."""
        names = [iferror(self.name_at(at, match(k, numbers)), "") for k in range(1, most + 1)]
        return listed(names, total)


def calculate(model: Model) -> Selection:
    """Write calc_selection."""
    calc, s, inputs = model.book.sheet(SHEET), model.settings, model.inputs
    for col, text in TITLES.items():
        calc.write(0, col, text, **theme.note())
    names = inputs["candidates.account"]
    n = names.rows
    summed = model.calc.put("Selection: sum of the criteria", if_(s["selection_method"] & "" == "sum", 1, 0))
    weights = _weights(model, summed)
    _candidates(model, names)
    c = {j: calc.area(1, j, n, j) for j in (NAME, KEY, PLACE, SCORE, GROWTH)}
    scores = calc.area(1, SCORES, n, SCORES + SELECTION_SLOTS - 1)
    mean = model.kam(calc, 1, MEAN, "KAM_SCORE", scores, weights, rows=n)
    top = mean.cell(0)
    own = _score(top, calc.ref(1, NAME), scores.row(0), summed)
    calc.write(1, SCORE, if_(failed(mean), top & "", own))
    one, name = (each(area.part(1, n - 1, 0, 0)) for area in (mean, c[NAME]))
    rest = across(scores.part(1, n - 1, 0, scores.cols - 1))
    calc.fill(2, SCORE, _score(one, name, rest, summed), n - 1)
    c[SCORE] = calc.area(1, SCORE, n, SCORE)
    rule = (s["key_cap"], None, s["key_at_least"])
    choice = model.kam(calc, 1, CHOICE, "KAM_SELECT", c[PLACE], c[SCORE], *rule, rows=n)
    values = _sorted(model, choice, c[KEY], c[GROWTH])
    values |= {"summed": summed, "candidates": model.calc.put("candidates", count(c[PLACE]))}
    values["line"] = _line(model, choice, values)
    limits = (values["line"], c[GROWTH], s["near"], s["fast"])
    watch = model.kam(calc, 1, WATCH, "KAM_WATCH", c[PLACE], c[SCORE], c[KEY], *limits, rows=n)
    _watched(model, watch, values)
    areas = [calc.area(1, j, n, j) for j in (DECISION, AT, WATCHED, REASON)]
    return Selection(
        c[NAME], c[KEY], scores, c[GROWTH], weights, choice, areas[0], areas[1], watch, areas[2], areas[3], values
    )


def _weights(model: Model, summed: X) -> Range:
    """Weights in force: as typed, 1 for every criterion of a sum; 0 for a criterion without a name."""
    calc, area = model.sheet(SHEET), model.lists["selection"]
    for k in range(SELECTION_SLOTS):
        name, typed = area.cell(k), area.cell(k, 1)
        weight = iferror(if_(length(typed) == 0, 0, typed), _("an error"))
        calc.write(1 + k, WEIGHT, if_(iferror(length(name) == 0, True), 0, if_(summed == 1, 1, weight)))
        calc.write(1 + k, WEIGHT + 1, if_(iferror(length(name) == 0, True), 0, 1))
    return calc.area(1, WEIGHT, SELECTION_SLOTS, WEIGHT)


def _score(one: X, name: X, scores: Range | Across, summed: X) -> X:
    """A candidate's score: the mean of the function, or the sum where that is the method."""
    score = if_(and_(summed == 1, isnumber(one)), sum_(scores), one)
    return if_(length(name) == 0, "", if_(isnumber(one), score, ""))


def _candidates(model: Model, names: Range) -> None:
    """Each row of Candidates, read by its place; what is no number is no score (Checks names it)."""
    calc, inputs, rows = model.sheet(SHEET), model.inputs, names.rows
    no = each(calc.fill(1, NO, range(1, rows + 1)))
    name = each(calc.fill(1, NAME, taken(names, no) & "", rows))
    mark = taken(inputs["candidates.key"], no) & ""
    unmarked = or_(length(name) == 0, length(mark) == 0, mark == "no", mark == "0", mark == "FALSE")
    calc.fill(1, KEY, if_(unmarked, "", 1), rows)
    calc.fill(1, PLACE, if_(length(name) == 0, "", no), rows)
    for k in range(SELECTION_SLOTS):
        typed = index(inputs[f"candidates.score_{k + 1}"], no)
        score = if_(length(name) == 0, "", if_(isnumber(typed), typed, ""))
        calc.fill(1, SCORES + k, iferror(if_(calc.ref(1 + k, WEIGHT + 1) == 0, "", score), ""), rows)
    place = each(calc.fill(1, REVENUE, row_of(name, inputs["Revenue.Account"], no), rows))
    calc.fill(1, GROWTH, iferror(if_(place == 0, "", _growth(model, max_(place, lit(1)))), ""), rows)


def _growth(model: Model, place: X) -> X:
    """Growth a year from the first year on; that of the last year for an account that came later."""
    revenue = model.of(Revenue)
    years, values = revenue.years, model.inputs["Revenue"]
    overall = index(revenue.cagr, place)
    before, now = (index(values, place, max_(years - k, lit(1))) for k in (1, 0))
    both = and_(years > 1, isnumber(before), isnumber(now))
    last = if_(both, if_(before > 0, now / before - 1, ""), "")
    return if_(isnumber(overall), overall, last)


def _sorted(model: Model, choice: Range, key: Range, growth: Range) -> dict[str, Ref]:
    """Per account, the best first: what is decided and what changes; running numbers find them again."""
    calc, put, n = model.sheet(SHEET), model.calc.put, choice.rows
    place, score = each(choice, 1), each(choice, 2)
    word = each(calc.fill(1, DECISION, iferror(each(choice, 3) & "", ""), n))
    at = each(calc.fill(1, AT, iferror(if_(isnumber(place), place, 0), 0), n))
    there = max_(at, lit(1))
    today = if_(at == 0, "", index(key, there)) == 1
    known = iferror(isnumber(score), False)
    calc.fill(1, KEPT, if_(word == CHOSEN, score, ""), n)
    calc.fill(1, OUTSIDE, if_(or_(at == 0, word == CHOSEN), "", index(growth, there)), n)
    cases = {
        PROMOTED: and_(word == CHOSEN, if_(today, False, True)),
        REVIEWED: and_(today, known, length(word) == 0),
        TIED: word == AT_THE_LINE,
        UNSCORED: and_(at > 0, if_(known, False, True)),
    }
    for col, case in cases.items():
        counted = if_(case, 1, 0)
        calc.running(1, col, lambda above, one=counted: n_(above) + one, n)  # type: ignore[misc]
    found = {
        "chosen": put("key accounts chosen", countif(calc.area(1, DECISION, n, DECISION), CHOSEN)),
        "scored": put("candidates with a score", if_(failed(choice), 0, count(choice.column(2)))),
        "today": put("key accounts today", sum_(key)),
    }
    labels = {"promoted": PROMOTED, "reviewed": REVIEWED, "tied": TIED, "unscored": UNSCORED}
    found |= {name: put(f"Selection: {name}", calc.ref(n, col) + 0) for name, col in labels.items()}
    return found


def _line(model: Model, choice: Range, v: dict[str, Ref]) -> Ref:
    """The score that a key account needs: that of the last one chosen, or the least score where that decides."""
    calc, least, put = model.sheet(SHEET), model.settings["key_at_least"], model.calc.put
    last = min_(calc.area(1, KEPT, choice.rows, KEPT))
    decides = and_(isnumber(least), v["tied"] == 0, v["chosen"] < min_(model.settings["key_cap"], v["scored"]))
    v["least decides"] = put("Selection: the least score decides", if_(iferror(decides, False), 1, 0))
    none = if_(isnumber(least), least, iferror(if_(isnumber(choice.cell(0, 2)), choice.cell(0, 2), 0), 0))
    line = if_(v["scored"] == 0, 0, if_(v["least decides"] == 1, least, if_(v["chosen"] == 0, none, last)))
    return put("Selection: the line", iferror(line, 0))


def _watched(model: Model, watch: Range, v: dict[str, Ref]) -> None:
    """The watch list as text of the sheet; those who rise without having earned a place have a running number."""
    calc = model.sheet(SHEET)
    decision, places = (calc.area(1, col, watch.rows, col) for col in (DECISION, AT))
    n, place = watch.rows, each(watch)
    at = each(calc.fill(1, WATCHED, iferror(if_(isnumber(place), place, 0), 0), n))
    reason = iferror(each(watch, 3) & "", "")
    tied = iferror(index(decision, match(at, places)) == AT_THE_LINE, False)  # a place that it does not get
    told = if_(and_(left(reason, 5) == "earns", tied), AT_THE_LINE, reason)
    reason = each(calc.fill(1, REASON, told, n))
    rising = or_(left(reason, 4) == "near", left(reason, 5) == "grows")
    others = calc.running(1, OTHER, lambda above: n_(above) + if_(rising, 1, 0), n)
    v["rising"] = model.calc.put("Selection: near the line or growing fast", others.cell(n - 1) + 0)
    v["watched"] = model.calc.put("on the watch list", countif(calc.area(1, WATCHED, watch.rows, WATCHED), ">0"))
