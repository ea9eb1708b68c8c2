"""Behind Onboarding: who is on the way, and what customers answered, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.inputs import taken
from kam_xl.canvas.model import STEP_SLOTS, Model
from kam_xl.canvas.results import PerAccount, Report
from kam_xl.formulas.areas import where
from kam_xl.formulas.formula import Range, Ref, X, first_error, lit, words
from kam_xl.formulas.functions import (
    and_,
    average,
    count,
    countif,
    countifs,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    match_text,
    max_,
    small,
    sum_,
    sumif,
)
from kam_xl.formulas.rows import Number, each
from kam_xl.locale import _

CALC = "calc_onboarding"
ROOM = 200  # accounts that are in onboarding at the same time
ENOUGH = 3  # answers that make a step's mean worth comparing
LOW = 3.5  # a mean below this is low
FULL_MARKS = 5
NUMBER, PLACE, DAYS, MEAN, ANSWERS, MRR, ORDER, STEP = range(8)
S_STEP, S_ACCOUNT, S_CSAT, S_NPS, S_LAST, S_LOWEST = range(10, 16)
CSAT_BY_STEP = 17
NPS_BY_STEP = CSAT_BY_STEP + STEP_SLOTS
RESULTS = NPS_BY_STEP + STEP_SLOTS + 1


@dataclass(frozen=True)
class Steps:
    """The steps of Settings: how many, and the last one, which means done."""

    number: Ref
    final: Ref


@dataclass(frozen=True)
class Answers:
    """What customers answered, step by step and in all, and where it is worst."""

    by_step: Range  # name, accounts, answers, mean, share satisfied, NPS
    all: Range
    means: Range  # of the steps with enough answers
    lowest: Ref  # number of the step, 0 if none
    best: Ref
    low_name: Ref
    low_answers: Ref
    low_mean: Ref
    low_satisfied: Ref
    low_nps: Ref


@dataclass(frozen=True)
class Comments:
    """Comments on the lowest step: sorted by date, and how many."""

    orders: Range
    number: Ref


@dataclass(frozen=True)
class OnTheWay:
    """Accounts in onboarding, one row each, and what is said of all of them."""

    place: Range
    days: Range
    mean: Range
    said: Range  # answers
    mrr: Range
    order: Range
    step: Range
    going: Ref
    done: Ref
    total_mrr: Ref
    unhappy: Ref
    ahead: Ref
    known: Ref


def calculate(model: Model) -> None:
    """Write the calculation sheet."""
    sheet = model.book.sheet(CALC)
    titles = {NUMBER: "on the way", PLACE: "row on Accounts", DAYS: "days", MEAN: "mean", ANSWERS: "answers"}
    titles |= {MRR: "MRR", ORDER: "order", STEP: "step", S_STEP: "step", S_ACCOUNT: "account", S_CSAT: "satisfaction"}
    titles |= {S_NPS: "recommend", S_LAST: "comments by account", S_LOWEST: "comments on the lowest step"}
    titles |= {CSAT_BY_STEP: "satisfaction by step", NPS_BY_STEP: "recommend by step", RESULTS: "results by step"}
    for col, text in titles.items():
        sheet.write(0, col, text, **theme.note())
    model.give(_steps(model))
    answers = _surveys(model, sheet)
    said = model.give(_by_step(model, sheet, answers))
    model.give(_comments(model, sheet, answers, said.lowest))
    model.give(_on_the_way(model, sheet, answers, said))


def _steps(model: Model) -> Steps:
    names, put = model.lists["steps"], model.calc.put
    last: X = lit(0)
    for k in range(STEP_SLOTS):
        last = if_(length(names.cell(k)) > 0, k + 1, last)
    number = put("Onboarding: number of the last step", last)
    final = iferror(index(names, max_(number, lit(1))) & "", "")
    return Steps(number, put("Onboarding: last step, which means done", final))


def _surveys(model: Model, sheet: Sheet) -> int:
    """One row per answer: its step, its account, and what is a number on the scale."""
    area = {key: model.inputs[f"surveys.{key}"] for key in ("account", "date", "step", "csat", "nps", "comment")}
    rows = area["step"].rows
    no = Number(rows)
    step = taken(area["step"], no)
    known = match_text(step & "", model.lists["steps"].column(0))
    place = each(sheet.fill(1, S_STEP, iferror(if_(length(step) == 0, 0, known), 0), rows))
    name = taken(area["account"], no)
    found = match_text(name & "", model.inputs["Accounts.Account"])
    account = each(sheet.fill(1, S_ACCOUNT, iferror(if_(length(name) == 0, "", found), ""), rows))
    for j, (key, low, high) in enumerate((("csat", 1, FULL_MARKS), ("nps", 0, 10))):
        value = taken(area[key], no)
        on_scale = if_(isnumber(value), if_(and_(value >= low, value <= high), value, ""), "")
        answer = each(sheet.fill(1, S_CSAT + j, iferror(on_scale, ""), rows))
        for k in range(STEP_SLOTS):
            sheet.fill(1, (CSAT_BY_STEP, NPS_BY_STEP)[j] + k, if_(place == k + 1, answer, ""), rows)
    date, comment = taken(area["date"], no), taken(area["comment"], no)
    when = iferror(if_(isnumber(date), max_(date, lit(0)), 0), 0)
    said = iferror(if_(length(comment) > 0, isnumber(account), False), False)
    # account, then day, then row, in one number: the latest one is the largest below the next account
    sheet.fill(1, S_LAST, if_(said, account + when / 100000 + no / 10**10, ""), rows)
    return rows


def _by_step(model: Model, sheet: Sheet, rows: int) -> Answers:
    """Mean, share satisfied, NPS and number of answers of every step and of all."""
    names = model.lists["steps"]
    heads = ("step", "accounts", "answers", "mean", "satisfied", "NPS", "compared")
    for j, text in enumerate(heads):
        sheet.write(0, RESULTS + 1 + j, text, **theme.note())
    for k in range(STEP_SLOTS + 1):
        row, every = 1 + k, k == STEP_SLOTS
        csat, nps = (
            sheet.area(1, col if every else by + k, rows, col if every else by + k)
            for col, by in ((S_CSAT, CSAT_BY_STEP), (S_NPS, NPS_BY_STEP))
        )
        name = lit("") if every else names.cell(k) & ""
        step = sheet.write(row, RESULTS + 1, name)
        sheet.write(row, RESULTS + 2, 0 if every else model.of(PerAccount).in_step.cell(k) + 0)
        number = sheet.write(row, RESULTS + 3, count(csat))
        mean = sheet.write(row, RESULTS + 4, if_(number == 0, "", iferror(average(csat), "")))
        model.kam(sheet, row, RESULTS + 5, "KAM_CSAT", csat)
        model.kam(sheet, row, RESULTS + 6, "KAM_NPS", nps)
        enough = and_(length(step) > 0, number >= ENOUGH)
        sheet.write(row, RESULTS + 7, 0 if every else if_(enough, mean, ""))
    table = sheet.area(1, RESULTS + 1, STEP_SLOTS, RESULTS + 6)
    means, put = sheet.area(1, RESULTS + 7, STEP_SLOTS, RESULTS + 7), model.calc.put
    known = count(means) > 0
    lowest = put("Onboarding: lowest step", if_(known, iferror(match(small(means, 1), means), 0), 0))
    best = iferror(match(small(means, max_(count(means), lit(1))), means), 0)
    highest = put("Onboarding: highest step", if_(known, best, 0))
    chosen = max_(lowest, lit(1))
    low = {
        key: put(f"Onboarding: lowest step, {key}", if_(lowest == 0, "", index(table.column(j), chosen)))
        for key, j in (("name", 0), ("answers", 2), ("mean", 3), ("satisfied", 4), ("nps", 5))
    }
    return Answers(
        by_step=table,
        all=sheet.area(1 + STEP_SLOTS, RESULTS + 1, 1 + STEP_SLOTS, RESULTS + 6),
        means=means,
        lowest=lowest,
        best=highest,
        low_name=low["name"],
        low_answers=low["answers"],
        low_mean=low["mean"],
        low_satisfied=low["satisfied"],
        low_nps=low["nps"],
    )


def _comments(model: Model, sheet: Sheet, rows: int, low: X) -> Comments:
    """The comments on the lowest step, latest first: places on Surveys."""
    area = {key: model.inputs[f"surveys.{key}"] for key in ("date", "comment")}
    no = Number(rows)
    date = taken(area["date"], no)
    step = each(sheet.area(1, S_STEP, rows, S_STEP))
    mine = and_(low > 0, step == low, length(taken(area["comment"], no)) > 0)
    when = iferror(if_(isnumber(date), date, 0), 0)
    orders = sheet.fill(1, S_LOWEST, if_(iferror(mine, False), 0 - when - no / 10**6, ""), rows)
    return Comments(orders, model.calc.put("Onboarding: comments on the lowest step", count(orders)))


def comment_place(model: Model, k: int) -> X:
    """Where the k-th latest comment on the lowest step stands on Surveys, 0 if there are fewer."""
    comments = model.of(Comments)
    return iferror(if_(comments.number > k, match(small(comments.orders, k + 1), comments.orders), 0), 0)


def last_comment(model: Model, account: X) -> X:
    """Where the latest comment of an account stands on Surveys, 0 if it wrote none."""
    sheet = model.sheet(CALC)
    rows = model.inputs["surveys.step"].rows
    keys = sheet.area(1, S_LAST, rows, S_LAST)
    latest = small(keys, max_(countif(keys, "<" & (account + 1)), lit(1)))
    return iferror(if_(latest >= account, match(latest, keys), 0), 0)


def _on_the_way(model: Model, sheet: Sheet, rows: int, said: Answers) -> OnTheWay:
    """The accounts that have a step and are not done, and how satisfied each is."""
    report = model.of(Report)
    put = model.calc.put
    names, steps = model.inputs["Accounts.Account"], model.inputs["Accounts.Onboarding"]
    final = model.of(Steps).final
    going = [
        first_error((step, name)) is None
        and bool(words(step) and words(name))
        and words(step).lower() != words(final.value).lower()
        for step, name in zip(steps.flat(), names.flat(), strict=True)
    ]
    test = ("IFERROR((LEN(", steps, ")>0)*(", steps, '&""<>', final, ")*(LEN(", names, ")>0),0)")
    places = sheet.array(1, NUMBER, where(names, test, going), names.rows)
    going_on = put("Onboarding: accounts on the way", count(places))
    done = put("Onboarding: accounts done", if_(length(final) == 0, 0, countif(steps, final & "")))
    accounts, answers = sheet.area(1, S_ACCOUNT, rows, S_ACCOUNT), sheet.area(1, S_CSAT, rows, S_CSAT)
    room = min(names.rows, ROOM)
    found = each(places.part(0, room - 1, 0, 0))
    place = each(sheet.fill(1, PLACE, if_(going_on > Number(room, 0), found, 0), room))
    at, none = max_(place, lit(1)), place == 0
    since = index(model.inputs["Accounts.Customer since"], at)
    known = and_(isnumber(since), isnumber(report.date))
    waited = iferror(if_(known, max_(lit(0), report.date - since), ""), "")
    days = each(sheet.fill(1, DAYS, if_(none, "", waited), room))
    answered = each(sheet.fill(1, ANSWERS, if_(none, "", _answers(sheet, rows, place)), room))
    total = sumif(accounts, place, answers)
    scored = if_(none, "", if_(answered == 0, "", iferror(total / answered, "")))
    mean = each(sheet.fill(1, MEAN, scored, room))
    sheet.fill(1, MRR, if_(none, "", index(model.of(PerAccount).mrr, at)), room)
    # lowest mean first, no answers last; then the longest under contract; then as on Accounts
    long = if_(isnumber(days), days, 0) / 10**8
    order = if_(isnumber(mean), mean, 9) - long + Number(room) / 10**13
    sheet.fill(1, ORDER, if_(none, "", order), room)
    step = match_text(taken(steps, at) & "", model.lists["steps"].column(0))
    sheet.fill(1, STEP, if_(none, "", iferror(step, 0)), room)

    def column(col: int) -> Range:
        return sheet.area(1, col, room, col)

    ahead = countif(column(STEP), "<" & (said.lowest + 1)) - countif(column(STEP), "<1")
    return OnTheWay(
        place=column(PLACE),
        days=column(DAYS),
        mean=column(MEAN),
        said=column(ANSWERS),
        mrr=column(MRR),
        order=column(ORDER),
        step=column(STEP),
        going=going_on,
        done=done,
        total_mrr=put("Onboarding: MRR of the accounts on the way", sum_(column(MRR))),
        unhappy=put("Onboarding: accounts on the way with a low mean", countif(column(MEAN), "<" & lit(LOW))),
        ahead=put("Onboarding: accounts in the lowest step or before it", if_(said.lowest > 0, ahead, 0)),
        known=put("Onboarding: anything to show", going_on + done + index(said.all, 3) > 0),
    )


def _answers(sheet: Sheet, rows: int, account: X) -> X:
    """Number of an account's answers on satisfaction."""
    accounts, answers = sheet.area(1, S_ACCOUNT, rows, S_ACCOUNT), sheet.area(1, S_CSAT, rows, S_CSAT)
    return countifs((accounts, account), (answers, ">0"))


def nth(model: Model, k: int) -> X:
    """Place in the list on the way of the account that comes k-th on the page, 0 if there are fewer."""
    way = model.of(OnTheWay)
    return iferror(if_(way.going > k, match(small(way.order, k + 1), way.order), 0), 0)


def nobody(model: Model) -> X:
    """What to type where nothing is typed yet."""
    return if_(
        model.of(OnTheWay).known,
        "",
        lit(_("No onboarding yet: choose steps on Accounts, type answers of customers on Surveys")),
    )
