"""Behind Team: the letters of RACI, who covers which account, and how much each key account manager carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.inputs import taken
from kam_xl.canvas.model import RANKED, Model
from kam_xl.canvas.results import Flags, Importance, PerAccount, Revenue, Risk
from kam_xl.content.records import ROLE_SLOTS
from kam_xl.formulas.formula import Range, Ref, X, cat, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    left,
    length,
    match,
    match_text,
    max_,
    n_,
    sum_,
    sumif,
    sumifs,
)
from kam_xl.formulas.messages import added, and_more, say
from kam_xl.formulas.rows import Number, each
from kam_xl.input_sheets.record_checks import LETTERS, unknown_signs, without
from kam_xl.input_sheets.records import at

MANAGERS = 8  # bars; beyond them the last one is all the others
OWNERS = 60  # sorted by what they carry; beyond them they count as others
NAMED, LONG = 3, 90  # a sentence names at most so many, and no more once it is so long
OWNERLESS = "○"  # stands for the owner of an account that has none
PLACE, NAME, OWNER, TIER, SPONSOR, SALES, SUCCESS, AMOUNT, FLAG = range(9)  # columns of `Team.accounts`


@dataclass
class Team:
    """What the page shows, row by row, and in single figures."""

    tasks: Range
    letters: Range  # as shown
    check: Range  # the function's result
    accounts: Range  # sorted by importance
    managers: Range  # name, accounts, amount that is safe, at risk, share
    figures: dict[str, Ref]
    named: dict[str, X]  # tasks and accounts that break a rule, in words


def calculate(model: Model, calc: Sheet) -> Team:
    """Write calc_team."""
    figures: dict[str, Ref] = {}
    named: dict[str, X] = {}
    tasks, letters, check = _raci(model, calc, figures, named)
    accounts, places = _accounts(model, calc, figures)
    managers = _managers(model, calc, accounts, places, figures)
    _rules(calc, accounts, figures, named, model)
    return Team(tasks, letters, check, accounts, managers, figures, named)


def _raci(model: Model, calc: Sheet, figures: dict[str, Ref], named: dict[str, X]) -> tuple[Range, Range, Range]:
    """The tasks without blank rows between them, their letters as typed and as shown, what is wrong."""
    typed, put = model.inputs["raci"], model.calc.put
    rows, tasks = typed.rows, model.inputs["raci.task"]
    before: X = lit(0)
    for j, text in enumerate(("no.", "row", "task")):
        calc.write(0, j, text, **theme.note())
    for i in range(rows):
        before = calc.write(1 + i, 0, before + if_(length(taken(tasks, lit(i + 1))) > 0, 1, 0))
    numbers = calc.area(1, 0, rows, 0)
    own, shown = 3, 3 + ROLE_SLOTS
    for i in range(rows):
        place = calc.write(1 + i, 1, iferror(match(i + 1, numbers), 0))
        calc.write(1 + i, 2, at(tasks, place) & "")
        for k in range(ROLE_SLOTS):
            cell = calc.write(1 + i, own + k, at(model.inputs[f"raci.role_{k + 1}"], place) & "")
            calc.write(1 + i, shown + k, _shown(cell))
    names, letters = calc.area(1, 2, rows, 2), calc.area(1, own, rows, own + ROLE_SLOTS - 1)
    check = model.kam(calc, 1, shown + ROLE_SLOTS, "KAM_RACI_CHECK", names, letters, rows=rows)
    col = shown + ROLE_SLOTS + 5
    texts = [calc.write(1 + i, col, iferror(check.cell(i, 3) & "", "")) for i in range(rows)]
    figures["tasks"] = put("Team: tasks", max_(numbers))
    figures["wrong tasks"] = put(
        "Team: tasks with a fault", figures["tasks"] - countif(calc.area(1, col, rows, col), "ok")
    )
    faults = [
        (and_(length(names.cell(i)) > 0, text != "ok"), say("{task} ({fault})", task=names.cell(i), fault=text))
        for i, text in enumerate(texts)
    ]
    named["tasks"], _number = _listed(calc, col + 1, "tasks", faults, 50)
    return names, calc.area(1, shown, rows, shown + ROLE_SLOTS - 1), check


def _shown(cell: X) -> X:
    """Letters in their order, parted by strokes: r,a becomes A/R; an unknown sign stays, with a question mark."""
    parts: list[X] = []
    for letter in LETTERS:
        parts.append(if_(length(without(cell, letter)) < length(cell), f"{letter}/", ""))
    joined = cat(*parts)
    known = if_(length(joined) == 0, "", left(joined, length(joined) - 1))
    return if_(length(cell) == 0, "", if_(length(unknown_signs(cell)) > 0, cat(cell, " ?"), known))


def _accounts(model: Model, calc: Sheet, figures: dict[str, Ref]) -> tuple[Range, Range]:
    """The accounts sorted, with class, owner and everybody who covers them; the groups of accounts by owner."""
    flags = model.of(Flags)
    importance = model.of(Importance)
    risk = model.of(Risk)
    per_account, revenue = model.of(PerAccount), model.of(Revenue)
    inputs, put = model.inputs, model.calc.put
    ranking, n, own = importance.ranking, min(per_account.name.rows, RANKED), 54
    place = if_(isnumber(each(ranking)), each(ranking), 0)
    p = each(calc.fill(1, own + PLACE, place, n))
    none, pick = p == 0, max_(p, lit(1))
    name = each(calc.fill(1, own + NAME, if_(none, "", index(per_account.name, pick) & ""), n))
    owner = taken(inputs["Accounts.Owner"], pick) & ""
    calc.fill(1, own + OWNER, if_(length(name) == 0, "", if_(length(owner) == 0, OWNERLESS, owner)), n)
    sold = index(per_account.revenue_row, pick)
    tier = if_(sold == 0, "", index(revenue.classes, max_(sold, lit(1))) & "")
    calc.fill(1, own + TIER, iferror(if_(none, "", tier), ""), n)
    listed = if_(length(name) == 0, 0, iferror(match_text(name, inputs["coverage.account"]), 0))
    line = each(calc.fill(1, own + FLAG + 1, listed, n))
    for j, key in ((SPONSOR, "sponsor"), (SALES, "sales"), (SUCCESS, "success")):
        calc.fill(1, own + j, at(inputs[f"coverage.{key}"], line) & "", n)
    amount = index(importance.amount, pick)
    calc.fill(1, own + AMOUNT, if_(none, "", if_(isnumber(amount), amount, 0)), n)
    calc.fill(1, own + FLAG, iferror(if_(none, "", index(flags.account, pick)), ""), n)
    accounts = calc.area(1, own, n, own + FLAG)
    figures["accounts"] = put("Team: accounts", risk.customers + 0)
    figures["amount"] = put("Team: amount of all accounts", iferror(sum_(accounts.column(AMOUNT)), 0))
    at_risk = sumif(accounts.column(FLAG), 1, accounts.column(AMOUNT))
    figures["risk"] = put("Team: amount at risk", iferror(at_risk, 0))
    return accounts, _owners(calc, accounts)


def _owners(calc: Sheet, accounts: Range) -> Range:
    """The accounts in groups by owner: for each the first account with its owner."""
    n, owners, amounts, col = accounts.rows, accounts.column(OWNER), accounts.column(AMOUNT), 42
    for j, text in enumerate(("first with this owner", "number", "first", "amount")):
        calc.write(0, col + j, text, **theme.note())
    owner, no = each(owners), Number(n)
    place = each(calc.fill(1, col, if_(length(owner) == 0, "", iferror(match_text(owner, owners), "")), n))
    calc.running(1, col + 1, lambda above: n_(above) + if_(place == no, 1, 0), n)  # owners as they come
    places, running = calc.area(1, col, n, col), calc.area(1, col + 1, n, col + 1)
    for k in range(min(OWNERS, n)):
        first = calc.write(1 + k, col + 2, iferror(match(k + 1, running), ""))
        calc.write(1 + k, col + 3, if_(length(first) == 0, "", iferror(sumif(places, first, amounts), 0)))
    return places


def _managers(model: Model, calc: Sheet, accounts: Range, places: Range, figures: dict[str, Ref]) -> Range:
    """The key account managers, the one with the largest amount first."""
    put, col = model.calc.put, 66
    amounts, flags = accounts.column(AMOUNT), accounts.column(FLAG)
    n = places.rows
    most = min(OWNERS, n)
    sorted_ = model.kam(calc, 1, col, "KAM_PARETO", calc.area(1, 44, most, 44), calc.area(1, 45, most, 45), rows=most)
    owners = accounts.column(OWNER)
    number = put("Team: groups of accounts by manager", max_(calc.area(1, 43, n, 43)))
    ownerless = countif(owners, OWNERLESS)
    figures["ownerless"] = put("Team: accounts without manager", ownerless)
    figures["managers"] = put("Team: key account managers", number - if_(figures["ownerless"] > 0, 1, 0))
    own = col + 8
    for k in range(min(MANAGERS, n)):
        row = 1 + k
        there = number > k
        p = calc.write(row, own + 6, iferror(if_(there, sorted_.cell(k, 1), 0), 0))
        name = index(owners, max_(p, lit(1))) & ""
        size: X = countif(places, p)
        risk: X = iferror(sumifs(amounts, (places, p), (flags, lit(1))), 0)
        total: X = iferror(sorted_.cell(k, 2) + 0, 0)
        if k == MANAGERS - 1:
            many, above = number > MANAGERS, [calc.area(1, own + j, k, own + j) for j in (1, 5, 3)]
            name = if_(many, say("{number} others", number=number - k), name)
            size = if_(many, count(places) - sum_(above[0]), size)
            total = if_(many, figures["amount"] - sum_(above[1]), total)
            risk = if_(many, figures["risk"] - sum_(above[2]), risk)
        calc.write(row, own, if_(there, name, ""))
        calc.write(row, own + 1, if_(there, size, ""))
        at_risk = calc.write(row, own + 3, if_(there, risk, ""))
        whole = calc.write(row, own + 5, if_(there, total, ""))
        calc.write(row, own + 2, if_(there, whole - at_risk, ""))
        calc.write(row, own + 4, if_(there, iferror(whole / figures["amount"], 0), ""))
    return calc.area(1, own, min(MANAGERS, n), own + 5)


def _rules(calc: Sheet, accounts: Range, figures: dict[str, Ref], named: dict[str, X], model: Model) -> None:
    """Accounts that break a rule, the most important first."""
    put, n = model.calc.put, accounts.rows
    figures["class A"] = put("Team: class A accounts", countif(accounts.column(TIER), "A"))
    broken: dict[str, Callable[[int], X]] = {
        "unsponsored": lambda i: and_(accounts.cell(i, TIER) == "A", length(accounts.cell(i, SPONSOR)) == 0),
        "both": lambda i: and_(length(accounts.cell(i, SALES)) > 0, accounts.cell(i, SALES) == accounts.cell(i, OWNER)),
        "unowned": lambda i: accounts.cell(i, OWNER) == OWNERLESS,
    }
    col = 84
    for key, wrong in broken.items():
        named[key], number = _listed(calc, col, key, [(wrong(i), accounts.cell(i, NAME)) for i in range(n)])
        figures[key] = put(f"Team: {key}", number)
        col += 4
    sold = countifs((accounts.column(SALES), "?*"))
    figures["sold"] = put("Team: accounts with sales", sold)


def _listed(calc: Sheet, col: int, key: str, items: list[tuple[X, X]], most: int = LONG) -> tuple[X, X]:
    """The first items whose condition holds, as a list in words, and how many hold."""
    text, shown, number = lit(""), lit(0), lit(0)
    for j, title in enumerate((key, "named", "in all")):
        calc.write(0, col + j, title, **theme.note())
    for i, (condition, item) in enumerate(items):
        fits = and_(condition, shown < NAMED, length(text) < most)
        text = calc.write(1 + i, col, if_(fits, added(text, item), text))
        shown = calc.write(1 + i, col + 1, shown + if_(fits, 1, 0))
        number = calc.write(1 + i, col + 2, number + if_(condition, 1, 0))
    return if_(number > shown, and_more(text, number - shown), text), number
