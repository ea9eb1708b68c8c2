"""Goals and actions of one account in three terms: subtotals, totals, and the lines of the page in their order.

Every row of an input table has a row on `calc_account_plan`; a sort key says where it stands among the lines, and the
headings of the terms are rows below with keys of their own. So a line of the page is the k-th smallest key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.inputs import taken
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Report
from kam_xl.content.records import TERMS
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    countif,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    n_,
    or_,
    small,
    sum_,
    sumif,
)
from kam_xl.formulas.messages import say
from kam_xl.locale import _

CALC = "calc_account_plan"
OTHER = len(TERMS) + 1  # rows with a blank or unknown term
LAST_DAY = 2_958_465  # 31 December 9999
FAR = LAST_DAY + 1  # rows without a date come last
STEP, TERM = 10_000, 10**11  # parts of a sort key: term, date, row

KEY, GROUP, TEXT, OWNER = range(4)
WORTH, WON, LOST, CHANCE, POTENTIAL, FORECAST = range(4, 10)  # of goals
DUE, STATE, SHOWN, URGENT = range(4, 8)  # of actions
LATE, DONE, RUNNING, OPEN = "late", "done", "running", "open"


@dataclass
class Lines:
    """The rows of a table that belong to the account: columns of the calculation, and the place of every line."""

    cells: Range  # rows of the table, then the headings of the terms, then the total
    rows: int  # rows of the table
    places: list[Ref]  # of the lines of the page; 0: nothing there
    number: Ref  # rows of the account

    def column(self, j: int) -> Range:
        """A column of the table's rows."""
        return self.cells.part(0, self.rows - 1, j, j)

    def total(self, j: int) -> Ref:
        """A cell of the total."""
        return self.cells.cell(self.cells.rows - 1, j)

    def at(self, place: X, j: int) -> X:
        """A cell of a line."""
        return if_(place == 0, "", index(self.cells.column(j), max_(place, lit(1))))

    def is_goal(self, place: X) -> X:
        """Whether a line is a row of the table, no heading."""
        return and_(place > 0, place <= self.rows)


def term_names() -> list[str]:
    """Headings of the terms."""
    return [_("▸ Short term"), _("▸ Mid term"), _("▸ Long term"), _("▸ No term")]


def _group(model: Model, key: str, account: X, no: X) -> X:
    """1 to 3 for the terms, 4 for none of them, 0 for a row of another account."""
    mine = and_(length(account) > 0, taken(model.inputs[f"{key}.account"], no) & "" == account & "")
    term = taken(model.inputs[f"{key}.term"], no) & ""
    group: X = lit(OTHER)
    for k in reversed(range(len(TERMS))):
        group = if_(term == TERMS[k], k + 1, group)
    return iferror(if_(mine, group, 0), 0)


def _short(area: Range, no: X, most: int) -> X:
    """A text that fits into its cell."""
    text = taken(area, no) & ""
    return if_(length(text) == 0, _("(not named)"), short(text, most))


def _titled(calc: Sheet, col: int, texts: Sequence[str]) -> None:
    for j, text in enumerate(texts):
        calc.write(0, col + j, text, **theme.note())


def _headings(calc: Sheet, col: int, rows: int, number: X) -> None:
    """Keys, terms and names of the headings and of the total."""
    groups = calc.area(1, col + GROUP, rows, col + GROUP)
    for k, name in enumerate(term_names(), 1):
        there = countif(groups, OTHER) > 0 if k == OTHER else number > 0
        calc.write(rows + k, col + KEY, if_(there, k * TERM, ""))
        calc.write(rows + k, col + GROUP, k)
        calc.write(rows + k, col + TEXT, name)
        calc.write(rows + k, col + OWNER, lit(""))
    calc.write(rows + OTHER + 1, col + TEXT, _("All terms"))
    calc.write(rows + OTHER + 1, col + OWNER, lit(""))


def _lines(calc: Sheet, col: int, width: int, rows: int, number: Ref, most: int) -> Lines:
    keys = calc.area(1, col + KEY, rows + OTHER, col + KEY)
    places = [
        calc.write(1 + k, col + width, iferror(match(small(keys, k + 1), keys), 0)) for k in range(most)
    ]  # fmt: skip
    return Lines(calc.area(1, col, rows + OTHER + 1, col + width - 1), rows, places, number)


def goals(model: Model, account: X, col: int, most: int) -> Lines:
    """The goals of the account with what is left and what we expect.

    Potential is what is neither won nor lost, never below 0; the forecast is what is won and the potential times its
    chance. A chance that is blank or outside 0 to 1 adds nothing to the forecast.
    """
    calc, inputs = model.sheet(CALC), model.inputs
    rows = inputs["goals.account"].rows
    titles = ("key", "term", "goal", "owner", "worth", "won", "lost", "chance", "potential", "forecast", "line")
    _titled(calc, col, titles)
    for i in range(rows):
        no, row = lit(i + 1), 1 + i
        group = calc.write(row, col + GROUP, _group(model, "goals", account, no))
        none = group == 0
        calc.write(row, col + KEY, if_(none, "", group * TERM + (i + 1)))
        calc.write(row, col + TEXT, if_(none, "", _short(inputs["goals.goal"], no, 48)))
        calc.write(row, col + OWNER, if_(none, "", taken(inputs["goals.owner"], no) & ""))
        amounts = []
        for j, key in ((WORTH, "worth"), (WON, "won"), (LOST, "lost")):
            typed = taken(inputs[f"goals.{key}"], no)
            amounts.append(calc.write(row, col + j, if_(none, "", if_(isnumber(typed), typed, ""))))
        worth, won, lost = amounts
        typed = taken(inputs["goals.chance"], no)
        known = iferror(and_(isnumber(typed), typed >= 0, typed <= 1), False)
        chance = calc.write(row, col + CHANCE, if_(none, "", if_(known, typed, "")))
        rest = if_(isnumber(worth), max_(lit(0), n_(worth) - n_(won) - n_(lost)), "")
        potential = calc.write(row, col + POTENTIAL, rest)
        nothing = and_(length(worth) == 0, length(won) == 0)
        calc.write(row, col + FORECAST, if_(nothing, "", n_(won) + n_(potential) * n_(chance)))
    groups = calc.area(1, col + GROUP, rows, col + GROUP)
    number = model.calc.put("goals of the account", countif(groups, ">0"))
    _headings(calc, col, rows, number)
    for k in range(1, OTHER + 2):
        sums = {}
        for j in (WORTH, WON, LOST, POTENTIAL, FORECAST):
            area = calc.area(1, col + j, rows, col + j)
            sums[j] = calc.write(rows + k, col + j, sum_(area) if k > OTHER else sumif(groups, k, area))
        share = (sums[FORECAST] - sums[WON]) / sums[POTENTIAL]
        calc.write(rows + k, col + CHANCE, if_(sums[POTENTIAL] > 0, share, ""))
    return _lines(calc, col, FORECAST + 1, rows, number, most)


def actions(model: Model, account: X, col: int, most: int) -> Lines:
    """The actions of the account, by date in each term; late is what was due before the report date and is not done."""
    calc, inputs, report = model.sheet(CALC), model.inputs, model.of(Report).date
    rows = inputs["actions.account"].rows
    _titled(calc, col, ("key", "term", "action", "owner", "due", "state", "shown", "by date", "line"))
    for i in range(rows):
        no, row = lit(i + 1), 1 + i
        group = calc.write(row, col + GROUP, _group(model, "actions", account, no))
        none = group == 0
        calc.write(row, col + TEXT, if_(none, "", _short(inputs["actions.action"], no, 64)))
        calc.write(row, col + OWNER, if_(none, "", taken(inputs["actions.owner"], no) & ""))
        typed = taken(inputs["actions.due"], no)
        dated = iferror(and_(isnumber(typed), typed >= 1, typed <= LAST_DAY), False)
        due = calc.write(row, col + DUE, if_(none, "", if_(dated, typed, "")))
        order = if_(isnumber(due), due, FAR) * STEP + (i + 1)
        calc.write(row, col + KEY, if_(none, "", group * TERM + order))
        word = taken(inputs["actions.state"], no) & ""
        late = and_(isnumber(due), isnumber(report), iferror(due < report, False))
        state = if_(word == DONE, DONE, if_(late, LATE, if_(word == RUNNING, RUNNING, OPEN)))
        state = calc.write(row, col + STATE, if_(none, "", state))
        signs = if_(state == RUNNING, _("► Running"), if_(state == OPEN, _("○ Open"), ""))
        calc.write(row, col + SHOWN, if_(state == DONE, _("✓ Done"), if_(state == LATE, _("‼ Late"), signs)))
        waits = and_(isnumber(due), or_(state == LATE, state == RUNNING, state == OPEN))
        calc.write(row, col + URGENT, if_(waits, order, ""))
    groups, states = (calc.area(1, col + j, rows, col + j) for j in (GROUP, STATE))
    number = model.calc.put("actions of the account", countif(groups, ">0"))
    _headings(calc, col, rows, number)
    for k in range(1, OTHER + 2):
        every = k > OTHER
        some = number if every else countif(groups, k)
        late, done = (countif(states, w) if every else countifs((groups, k), (states, w)) for w in (LATE, DONE))
        late = calc.write(rows + k, col + STATE, late)
        text = if_(late > 0, say("‼ {late} late", late=late), say("{done} of {all} done", done=done, all=some))
        calc.write(rows + k, col + SHOWN, if_(some == 0, "–", text))
        calc.write(rows + k, col + DUE, lit(""))
    return _lines(calc, col, URGENT + 1, rows, number, most)
