"""What can be wrong in a row of an input sheet beyond its single cells, by the key of its record."""

from __future__ import annotations

from collections.abc import Callable

from kam_xl.analysis.raci import BETWEEN
from kam_xl.canvas.inputs import RowChecks, heading_of, taken
from kam_xl.canvas.model import Model
from kam_xl.formulas.expressions import X, cat, lit
from kam_xl.formulas.formula import Range
from kam_xl.formulas.functions import (
    and_,
    counta,
    countif,
    countifs,
    if_,
    iferror,
    index,
    int_,
    isnumber,
    length,
    match_text,
    max_,
    n_,
    or_,
    place_in,
    substitute,
)
from kam_xl.formulas.rows import Each, Number, across, each
from kam_xl.input_sheets import records
from kam_xl.input_sheets.records import Extra
from kam_xl.locale import _

LETTERS = "ARCI"  # in the order in which a cell shows them


def finish(model: Model) -> None:
    """Checks of every table: first what whole tables need, once per table, then row by row."""
    for key, first in BEFORE.items():
        if key in model.records:
            first(model)
    for key in model.records:
        records.finish(model, key, EXTRA.get(key))


def _reporting_lines(model: Model) -> None:
    """Loops and unknown managers of all accounts at once: people are known by account and name."""
    calc, inputs = model.book.sheet("calc_people"), model.inputs
    accounts, names, bosses = (inputs[f"stakeholders.{key}"] for key in ("account", "name", "reports_to"))
    n = accounts.rows
    no = Number(n)
    account, name, boss = (taken(area, no) & "" for area in (accounts, names, bosses))
    person = each(calc.fill(1, 0, if_(length(name) == 0, "", cat(account, " | ", name)), n))
    above = if_(length(boss) == 0, "", cat(account, " | ", boss))
    calc.fill(1, 1, if_(length(person) == 0, "", above), n)
    counted = if_(length(person) == 0, 0, 1)
    row = each(calc.running(1, 2, lambda last: n_(last) + counted, n))
    people, managers = calc.area(1, 0, n, 0), calc.area(1, 1, n, 1)
    chart = model.kam(calc, 1, 4, "KAM_ORG_CHART", people, managers, rows=n)
    fault = iferror(index(chart.column(4), max_(row, lit(1))) & "", "")
    faults = calc.fill(1, 10, if_(length(person) == 0, "", fault), n)
    model.inputs["stakeholders.faults"] = faults  # loops and unknown managers


def _stakeholders(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    boss, name = cells["reports_to"], cells["name"]
    place = place_in(name, heading_of(model.inputs["stakeholders.name"]))
    note = index(model.inputs["stakeholders.faults"], place)
    unknown = note == "unknown manager"
    checks.add(boss, unknown, _("is no name of this account"), _("choose a name of the list, or leave it blank"))
    checks.add(boss, note == "loop", _("closes a loop"), _("somebody must report to nobody above"))
    same = _people(model, cells["account"], name) > 1
    checks.add(name, and_(length(name) > 0, same), _("stands there twice"), _("use each name once per account"))


def _influences(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    for key in ("from", "to"):
        cell = cells[key]
        stranger = and_(length(cell) > 0, _people(model, cells["account"], cell) == 0)
        checks.add(cell, stranger, _("is not on Stakeholders"), _("add the person there or mend the name"))
    own = and_(length(cells["to"]) > 0, cells["from"] & "" == cells["to"] & "")
    checks.add(cells["to"], own, _("is the same person"), _("name two people"))


def _divisions(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    sold, potential = cells["sold"], cells["potential"]
    both = and_(isnumber(sold), isnumber(potential), iferror(potential > 0, False))
    above = and_(both, iferror(sold > potential, False))
    checks.add(sold, above, _("is above the potential"), _("raise the potential: it is all that they could buy"))


def _people(model: Model, account: Each, name: Each) -> X:
    """How many people of an account have a name."""
    inputs = model.inputs
    pairs: tuple[tuple[Range, X], ...] = (
        (inputs["stakeholders.account"], account & ""),
        (inputs["stakeholders.name"], name & ""),
    )
    return countifs(*pairs)


def _goals(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    goal, worth, won, lost = (cells[key] for key in ("goal", "worth", "won", "lost"))
    there = length(goal) > 0
    checks.add(cells["term"], and_(there, length(cells["term"]) == 0), _("is blank"), _("choose short, mid or long"))
    checks.add(worth, and_(there, length(worth) == 0), _("is blank"), _("type what the goal is worth in all"))
    used = and_(isnumber(worth), won + lost > worth)
    checks.add(worth, used, _("is less than won and lost"), _("type what the goal is worth in all"))
    for cell in (worth, won, lost):
        checks.add(cell, and_(isnumber(cell), cell < 0), _("is below 0"), _("type the amount without a sign"))


def _actions(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    action, term, due, state = (cells[key] for key in ("action", "term", "due", "state"))
    there = length(action) > 0
    checks.add(term, and_(there, length(term) == 0), _("is blank"), _("choose short, mid or long"))
    open_ = if_(state & "" == "done", False, there)
    checks.add(due, and_(open_, length(due) == 0), _("is blank"), _("type a date, or it is never late"))


def _charter(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    blank = and_(cells["section"] & "" == "Readiness", length(cells["text"]) > 0, length(cells["answer"]) == 0)
    checks.add(cells["answer"], blank, _("is blank"), _("answer yes, partly or no"))


def _tasks(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    start, end = cells["start"], cells["end"]
    reversed_ = and_(isnumber(start), isnumber(end), int_(end) < int_(start))
    checks.add(end, reversed_, _("is before its start"), _("mend one of the two dates"))


def _raci(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    """What the page calls wrong, row by row: with no signs in between, A and R stand for themselves."""
    task = cells["task"]
    roles = [cell for key, cell in cells.items() if key != "task"]
    row = across(model.sheet(task.sheet).area(task.area.r1, roles[0].col, task.area.r2, roles[-1].col))
    used = or_(length(task) > 0, counta(row) > 0)
    accountable, responsible = countif(row, "*A*"), countif(row, "*R*")
    checks.add(task, and_(used, accountable == 0), _("has nobody accountable"), _("give one role an A"))
    checks.add(task, accountable > 1, _("has more than one A"), _("keep the A of one role"))
    checks.add(task, and_(used, responsible == 0), _("has nobody responsible"), _("give a role an R, or A/R"))
    unknown = length(unknown_signs(cat(*roles))) > 0
    checks.add(task, unknown, _("has a letter that is none of R, A, C, I"), _("mend it"))


def _coverage(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    account, sales = cells["account"], cells["sales"]
    row = match_text(account & "", model.inputs["Accounts.Account"])
    same = index(model.inputs["Accounts.Owner"], row) & "" == sales & ""
    remedy = _("name somebody else: the two roles are kept apart")
    checks.add(sales, and_(length(sales) > 0, same), _("is the key account manager"), remedy)


def _candidates(model: Model, checks: RowChecks, cells: dict[str, Each]) -> None:
    """Every criterion that counts needs a score, once a row holds any or is a key account."""
    area, method = model.lists["selection"], model.settings["selection_method"]
    scores = [cells[f"score_{k + 1}"] for k in range(area.rows)]
    begun = or_(cells["key"] & "" == "yes", *[length(score) > 0 for score in scores])
    for k, score in enumerate(scores):
        counts = and_(length(area.cell(k)) > 0, or_(method & "" == "sum", n_(area.cell(k, 1)) > 0))
        missing = and_(length(cells["account"]) > 0, begun, counts, length(score) == 0)
        checks.add(score, missing, _("is blank"), _("type a score, or the account cannot be chosen"))


BEFORE: dict[str, Callable[[Model], None]] = {"stakeholders": _reporting_lines}
EXTRA: dict[str, Extra] = {
    "candidates": _candidates,
    "goals": _goals,
    "actions": _actions,
    "charter": _charter,
    "stakeholders": _stakeholders,
    "influences": _influences,
    "divisions": _divisions,
    "tasks": _tasks,
    "raci": _raci,
    "coverage": _coverage,
}


def without(text: X, signs: str) -> X:
    """A text without some signs, capital or small."""
    for sign in signs:
        text = substitute(text, sign)
        if sign.lower() != sign:
            text = substitute(text, sign.lower())
    return text


def unknown_signs(text: X) -> X:
    """What a cell of RACI holds besides its letters and the signs between them."""
    return without(text, LETTERS + "".join(sorted(BETWEEN)))
