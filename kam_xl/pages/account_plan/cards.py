"""The head figures of the account plan, and where its blocks stand."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import figure
from kam_xl.canvas.results import PerAccount, Revenue, Risk, Scoring
from kam_xl.formulas.formula import X, lit
from kam_xl.formulas.functions import (
    abs_,
    and_,
    count,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match_text,
    max_,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.accounts import field
from kam_xl.input_sheets.mrr import day_text
from kam_xl.input_sheets.per_account import danger
from kam_xl.locale import _
from kam_xl.pages.account_plan import people as half
from kam_xl.pages.account_plan.terms import CALC, STATE, Lines

CARDS, UPPER, LINES = 3, 7, 12  # rows: key figures, people and business; lines of goals and actions
LOWER = UPPER + 2 + half.SHOWN + 1  # row: goals and actions
FIRST = LOWER + 3  # their first line, below the total
# columns: the goals at the left, their bars, the actions at the right
GOAL, WHO, WORTH_C, WON_C, LOST_C, CHANCE_C, LEFT_C, FORECAST_C, BAR = 1, 2, 3, 4, 5, 6, 7, 8, 10
ACTION, ACTOR, DUE_C, STATE_C = 12, 13, 14, 15
WIDTHS = [16, 208, 72, 56, 56, 48, 56, 72, 72, 16, 112, 16, 296, 96, 80, 120, 16]
LINE_PX, OFFSET = 25, 4  # height of a line; how far below the top of its row a chart begins
GOALS, ACTIONS = 0, 20  # columns of the calculation sheet
SCORED = 70


def cards(model: Model, account: X, place: X, todo: Lines) -> None:
    """The account and its key figures."""
    accounts = model.of(PerAccount)
    risk = model.of(Risk)
    sheet = model.sheet("Account plan")
    panel = {"bg_color": theme.PANEL, "left": 5, "left_color": theme.BLUE_D, "indent": 1}
    sheet.write(CARDS, GOAL, _("Account: choose here ▾"), **theme.note(**panel))
    sector, country = field(model, "Sector", place), field(model, "Country", place)
    both = if_(length(country) == 0, sector, say("{sector}  ·  {country}", sector=sector, country=country))
    note = if_(length(model.typed["plan_account"]) == 0, say("shown: {account}", account=account), both)
    unknown = if_(length(account) == 0, "", if_(place == 0, _("not on Accounts"), note))
    sheet.write(CARDS + 2, GOAL, unknown, **theme.note(valign="top", align="left", shrink=True, **panel))
    there = max_(place, lit(1))
    row = model.calc.put("row on Revenue", if_(place == 0, 0, iferror(index(accounts.revenue_row, there), 0)))
    last, before = (_revenue(model, row, model.of(Revenue).years - j) for j in (0, 1))
    grown = last / before - 1
    change = say("{up, select, true {▲ +} other {▼ −}}{change:0%} in a year", up=grown >= 0, change=abs_(grown))
    partly = say("{change}; partial: {years}", change=change, years=model.of(Revenue).partial)
    part = if_(length(model.of(Revenue).partial) == 0, change, partly)
    grew = iferror(if_(and_(isnumber(before), before > 0), part, ""), "")
    mrr = iferror(index(accounts.mrr, there), "")
    monthly = if_(place == 0, "–", if_(isnumber(mrr), mrr, "–"))
    share = iferror(if_(risk.mrr > 0, say("{share:0%} of all MRR", share=mrr / risk.mrr), ""), "")
    tier = iferror(if_(row == 0, "–", index(model.of(Revenue).classes, max_(row, lit(1))) & ""), "–")
    health = iferror(if_(place == 0, "", index(accounts.health, there)), "")
    score, rank = _score(model, account)
    owner, step = field(model, "Owner", place), field(model, "Onboarding", place)
    renewal = field(model, "Renewal", place)
    onboarding = say(
        "{known, select, true {onboarding: {step}} other {no onboarding step}}"
        "{ends, select, true {  ·  renewal {date}} other {}}",
        known=length(step) > 0,
        step=step,
        ends=isnumber(renewal),
        date=day_text(model, renewal),
    )
    late, some = todo.total(STATE), todo.number
    revenue = say("Revenue {year}, {unit}", year=model.of(Revenue).last_year, unit=model.currency)
    revenue = if_(length(model.of(Revenue).last_year) == 0, _("Revenue"), revenue)
    basis = if_(length(model.of(Revenue).period) == 0, "", say("revenue {period}", period=model.of(Revenue).period))
    plain = {"num_format": theme.N0}
    figures: list[tuple[int, int, str | X, X, str | X, dict[str, Any]]] = [
        (WHO, WORTH_C, revenue, if_(isnumber(last), last, "–"), grew, plain),
        (
            WON_C,
            CHANCE_C,
            say("MRR, {unit} per month", unit=model.currency),
            monthly,
            if_(isnumber(monthly), share, ""),
            plain,
        ),
        (LEFT_C, FORECAST_C, _("Class"), if_(length(tier) == 0, "–", tier), basis, {}),
        (BAR, BAR, _("Health, 0–100"), if_(isnumber(health), health, "–"), danger(model, place), {"num_format": "0"}),
        (
            ACTION,
            ACTION,
            _("Key account manager"),
            if_(length(owner) == 0, "–", owner),
            onboarding,
            {"edge": theme.BLUE_D},
        ),
        (ACTOR, DUE_C, _("Total score, 1–10"), score, rank, {"num_format": "0.0"}),
        (
            STATE_C,
            STATE_C,
            _("Late actions"),
            if_(some == 0, "–", late),
            if_(some == 0, _("no actions yet"), say("of {actions}", actions=some)),
            {**plain, "edge": theme.RISK},
        ),
    ]
    for c1, c2, text, value, under, look in figures:
        figure(sheet, CARDS, c1, c2, text, value, under, **look)
    alarm = {"type": "cell", "criteria": ">", "value": 0, "format": model.book.bare(font_color=theme.RISK_D)}
    sheet.ws.conditional_format(CARDS + 1, STATE_C, CARDS + 1, STATE_C, alarm)
    high = {"type": "text", "criteria": "begins with", "value": "●"}
    look = model.book.bare(font_color=theme.RISK_D, bold=True)
    sheet.ws.conditional_format(CARDS + 2, BAR, CARDS + 2, BAR, {**high, "format": look})


def _revenue(model: Model, row: X, year: X) -> X:
    """Revenue of the account in a year by its place, nothing where it is not a number."""
    amount = index(model.inputs["Revenue"], max_(row, lit(1)), max_(year, lit(1)))
    known = and_(row > 0, year > 0, isnumber(amount))
    return model.calc.put("revenue of the account", iferror(if_(known, amount, ""), ""))


def _score(model: Model, account: X) -> tuple[X, X]:
    """Total score and rank; the names are text of a sheet first, for Calc finds none of a function's texts."""
    scoring = model.of(Scoring)
    calc, table = model.sheet(CALC), scoring.table
    for i in range(table.rows):
        calc.write(1 + i, SCORED, iferror(table.cell(i, 0) & "", ""))
    names = calc.area(1, SCORED, table.rows, SCORED)
    found = iferror(match_text(account & "", names), 0)
    place = model.calc.put("row of the account in the scoring", if_(length(account) == 0, 0, found))
    total, rank = (index(table.column(j), max_(place, lit(1))) for j in (3, 4))
    known = and_(place > 0, isnumber(total))
    of = say("rank {rank} of {accounts}", rank=rank, accounts=count(table.column(3)))
    return iferror(if_(known, total, "–"), "–"), iferror(if_(known, of, _("not scored")), _("not scored"))
