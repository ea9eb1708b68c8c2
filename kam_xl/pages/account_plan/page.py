"""Account plan: one account on one page, like a consultant's one-page plan."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, page, printed, ruled, so_what
from kam_xl.canvas.results import Report
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    first_text,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    small,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.accounts import account_row, field
from kam_xl.input_sheets.mrr import day_text
from kam_xl.input_sheets.records import shown_account
from kam_xl.locale import _
from kam_xl.pages.account_plan import chart
from kam_xl.pages.account_plan import people as half
from kam_xl.pages.account_plan.cards import (
    ACTION,
    ACTIONS,
    ACTOR,
    BAR,
    CARDS,
    CHANCE_C,
    DUE_C,
    FIRST,
    FORECAST_C,
    GOAL,
    GOALS,
    LEFT_C,
    LINE_PX,
    LINES,
    LOST_C,
    LOWER,
    STATE_C,
    UPPER,
    WHO,
    WIDTHS,
    WON_C,
    WORTH_C,
    cards,
)
from kam_xl.pages.account_plan.terms import (
    CALC,
    CHANCE,
    DUE,
    FORECAST,
    LOST,
    OWNER,
    POTENTIAL,
    SHOWN,
    STATE,
    TEXT,
    URGENT,
    WON,
    WORTH,
    Lines,
    actions,
    goals,
)


def fill(model: Model, report: Report) -> None:
    """Write the page."""
    sheet = model.sheet("Account plan")
    model.book.sheet(CALC)
    sheet.columns(*WIDTHS)
    account = _account(model)
    wins = goals(model, account, GOALS, LINES)
    todo = actions(model, account, ACTIONS, LINES)
    people = half.people(model, account)
    place = model.calc.put("row on Accounts", if_(length(account) == 0, 0, account_row(model, account)))
    title = model.calc.put("Account plan title", _title(model, account, wins, todo))
    owner = field(model, "Owner", place)
    sub = say(
        "Account plan  ·  amounts in {unit}{owned, select, true {  ·  {owner}} other {}}"
        "{dated, select, true {  ·  data as of {date}} other {}}",
        unit=model.currency,
        owned=length(owner) > 0,
        owner=owner,
        dated=length(report.date_text) > 0,
        date=report.date_text,
    )
    rule = _("potential = worth − won − lost; forecast = won + potential × chance; late: due before the data's date")
    page(model.book, sheet, WIDTHS, title & "", sub, rule)
    cards(model, account, place, todo)
    sheet.height(6, 8)
    for row in range(UPPER + 1, UPPER + 2 + half.SHOWN):
        sheet.height(row, 22)
    half.relationships(model, people, UPPER, (GOAL, WHO, LOST_C, LEFT_C, FORECAST_C))
    half.business(model, account, UPPER, BAR, ACTION, ACTOR)
    sheet.height(LOWER - 1, 8)
    for row in range(FIRST - 1, FIRST + LINES):
        sheet.height(row, LINE_PX)
    _goals(model, wins)
    _actions(model, todo)
    chart.draw(model, wins)
    end = FIRST + LINES
    lines: list[X | str] = [_next(model, todo), _largest(model, wins), half.first_to_win(people)]
    so_what(sheet, end, GOAL, STATE_C, lines, height=22)
    printed(sheet, end + 3, most=end + 3)


def _account(model: Model) -> X:
    """The account chosen; while nobody chose and nobody has a profile, the first one with goals, people or actions."""
    sheet, inputs = model.sheet("Account plan"), model.inputs
    for row, px in ((CARDS, 24), (CARDS + 1, 40), (CARDS + 2, 24)):
        sheet.height(row, px)
    found: X = shown_account(model, sheet, CARDS + 1, GOAL, "plan_account", inputs["business.account"])
    for key in ("goals", "stakeholders", "actions"):
        names = inputs[f"{key}.account"]
        found = if_(length(found) > 0, found, iferror(index(names, first_text(names)) & "", ""))
    return model.calc.put("account of the plan", found)


def _title(model: Model, account: X, wins: Lines, todo: Lines) -> X:
    report = model.of(Report)
    unit = model.currency
    left, forecast, won = wins.total(POTENTIAL), wins.total(FORECAST), wins.total(WON)
    story = say("{left:#,##0} {unit} to win, {forecast:#,##0} {unit} forecast", left=left, forecast=forecast, unit=unit)
    done = say("nothing left to win, {won:#,##0} {unit} won", won=won, unit=unit)
    goal = if_(wins.number == 0, _("no goals yet"), if_(left > 0, story, done))
    late = say(
        "{n, plural, =0 {no action is late} one {one action is late} other {# actions are late}}", n=todo.total(STATE)
    )
    undated = and_(todo.number > 0, todo.total(STATE) == 0, isnumber(report.date) == lit(False))
    state = if_(todo.number == 0, _("no actions yet"), late)
    text = if_(
        undated,
        say("{account}: {goal}", account=account, goal=goal),
        say("{account}: {goal}; {actions}", account=account, goal=goal, actions=state),
    )
    return if_(length(account) == 0, _("No account yet: type its goals on Goals, its people on Stakeholders"), text)


def _goals(model: Model, wins: Lines) -> None:
    """Goals by term with what is won, lost and expected."""
    sheet = model.sheet("Account plan")
    n, shown = wins.number, _count(wins)
    share = say("{share:0%} of the potential is forecast", share=wins.total(CHANCE))
    share = if_(wins.total(POTENTIAL) > 0, share, "")
    more = if_(shown < n, say("the first {shown} of {goals} goals", shown=shown, goals=n), share)
    note = if_(n == 0, _("No goals yet: type them on Goals"), more)
    head(sheet, LOWER, GOAL, BAR, say("Goals, {unit}", unit=model.currency), note)
    sheet.band(LOWER + 1, GOAL, BAR, **theme.heading())
    sheet.height(LOWER + 1, 24)
    titles = ((GOAL, _("Goal")), (WHO, _("Owner")), (WORTH_C, _("Worth")), (LOST_C, _("Lost")), (CHANCE_C, _("Chance")))
    for col, text in titles:
        sheet.write(LOWER + 1, col, text, **theme.heading(align="left" if col < WORTH_C else "right"))
    parts = (
        (WON_C, theme.BLUE_D, _("Won")),
        (LEFT_C, theme.GREY_L, _("Potential")),
        (FORECAST_C, theme.BLUE, _("Forecast")),
    )
    for col, colour, text in parts:  # the headings say what the colours of the bars mean
        book = model.book
        pieces = [book.format(font_size=9, font_color=colour), "■ ", book.format(**theme.note(bold=True)), text]
        sheet.ws.write_rich_string(
            LOWER + 1, col, *pieces, book.format(**theme.heading(align="right", text_wrap=False))
        )
    columns = (
        (GOAL, TEXT, {"indent": 1, "shrink": True, "align": "left"}),
        (WHO, OWNER, {"font_size": 9, "shrink": True}),
        (WORTH_C, WORTH, {"num_format": theme.DASH}),
        (WON_C, WON, {"num_format": theme.DASH}),
        (LOST_C, LOST, {"num_format": theme.DASH}),
        (CHANCE_C, CHANCE, {"num_format": "0%"}),
        (LEFT_C, POTENTIAL, {"num_format": theme.DASH}),
        (FORECAST_C, FORECAST, {"num_format": theme.DASH}),
    )
    _table(model, wins, columns, BAR)


def _actions(model: Model, todo: Lines) -> None:
    """Actions by term and date."""
    report = model.of(Report)
    sheet = model.sheet("Account plan")
    n, shown = todo.number, _count(todo)
    undated = if_(isnumber(report.date), "", _("no report date: type it on Settings"))
    more = if_(shown < n, say("the first {shown} of {actions} actions", shown=shown, actions=n), undated)
    head(sheet, LOWER, ACTION, STATE_C, _("Actions"), if_(n == 0, _("No actions yet: type them on Actions"), more))
    titles = ((ACTION, _("Action")), (ACTOR, _("Owner")), (DUE_C, _("Due")), (STATE_C, _("State")))
    for col, text in titles:
        indent = 1 if col in (ACTOR, STATE_C) else 0
        align = "right" if col == DUE_C else "left"
        sheet.write(LOWER + 1, col, text, **theme.heading(align=align, indent=indent))
    columns = (
        (ACTION, TEXT, {"indent": 1, "shrink": True, "align": "left"}),
        (ACTOR, OWNER, {"font_size": 9, "shrink": True, "indent": 1, "align": "left"}),
        (DUE_C, DUE, {"num_format": theme.DATE, "align": "right"}),
        (STATE_C, SHOWN, {"indent": 1, "align": "left"}),
    )
    bare, last = model.book.bare, FIRST + LINES - 1
    for text, look in (  # before the lines of the table: Calc takes the first rule that holds
        ("‼", {"font_color": theme.RISK_D, "bg_color": theme.RISK_T, "bold": True}),
        ("✓", {"font_color": theme.GOOD_D}),
        ("►", {"font_color": theme.BLUE, "bold": True}),
    ):
        form = bare(**look, bottom=1, bottom_color=theme.HAIR)
        rule = {"type": "text", "criteria": "begins with", "value": text, "format": form}
        sheet.ws.conditional_format(FIRST - 1, STATE_C, last, STATE_C, rule)
    _table(model, todo, columns, STATE_C)


def _count(lines: Lines) -> X:
    """How many rows of the table stand on the page."""
    shown: X = lit(0)
    for place in lines.places:
        shown = shown + if_(lines.is_goal(place), 1, 0)
    return shown


def _table(model: Model, lines: Lines, columns: tuple[tuple[int, int, dict[str, Any]], ...], last: int) -> None:
    """The total and the lines below it, headings of the terms bold."""
    sheet, first = model.sheet("Account plan"), columns[0][0]
    sheet.band(FIRST - 1, first, last, **theme.body(bold=True, bg_color=theme.PANEL))
    for col, j, look in columns:
        value = lines.total(j)
        shown = if_(lines.number == 0, "", if_(length(value) == 0, "", value))
        style = {**look, "indent": 0} if col == first else look
        sheet.write(FIRST - 1, col, shown, **theme.body(bg_color=theme.PANEL, **{**style, "bold": True}))
        for k, place in enumerate(lines.places):
            sheet.write(FIRST + k, col, lines.at(place, j), **theme.plain(**look))
    end = FIRST + LINES - 1
    cell = xl_rowcol_to_cell(FIRST, first, col_abs=True)
    look = {"bold": True, "font_color": theme.BLUE_D, "bottom": 1, "bottom_color": theme.RULE}
    rule = {"type": "formula", "criteria": f'=LEFT({cell},2)="▸ "', "format": model.book.bare(**look)}
    sheet.ws.conditional_format(FIRST, first, end, last, rule)
    ruled(sheet, (FIRST, first, end, last), first)


def _next(model: Model, todo: Lines) -> X:
    """The most urgent action, and the next one after it."""
    dates = todo.column(URGENT)
    none = if_(
        todo.number == 0, _("What to do next? Type it on Actions."), _("No action with a date is open: plan one.")
    )
    first = _urgent(model, todo, dates, 1)
    second = _urgent(model, todo, dates, 2)
    both = say("Do first: {first}; then {second}.", first=first, second=second)
    some = if_(length(second) == 0, say("Do first: {first}.", first=first), both)
    return if_(length(first) == 0, none, some)


def _urgent(model: Model, todo: Lines, dates: Range, k: int) -> Ref:
    place = model.calc.put(f"urgent action {k}", iferror(match(small(dates, k), dates), 0))
    due, owner = todo.at(place, DUE), todo.at(place, OWNER)
    text = say(
        "{action}{owned, select, true { ({owner})} other {}}, {state, select, late {late since} other {due}} {date}",
        action=todo.at(place, TEXT),
        owned=length(owner) > 0,
        owner=owner,
        state=todo.at(place, STATE),
        date=day_text(model, due),
    )
    return model.calc.put(f"urgent action {k} in words", iferror(if_(place == 0, "", text), ""))


def _largest(model: Model, wins: Lines) -> X:
    """The goal with most left to win."""
    area, unit = wins.column(POTENTIAL), model.currency
    most = max_(area)
    place = model.calc.put("largest goal", if_(most > 0, iferror(match(most, area), 0), 0))
    chance, owner = wins.at(place, CHANCE), wins.at(place, OWNER)
    text = say(
        "Largest goal: {goal}{owned, select, true { ({owner})} other {}}, {amount:#,##0} {unit}"
        "{known, select, true { at {chance:0%}} other {, chance not typed}}; {share:0%} of the potential.",
        goal=wins.at(place, TEXT),
        owned=length(owner) > 0,
        owner=owner,
        amount=most,
        unit=unit,
        known=isnumber(chance),
        chance=chance,
        share=most / wins.total(POTENTIAL),
    )
    none = if_(wins.number == 0, _("What do we want to win? Type it on Goals."), _("No goal has anything left to win."))
    return iferror(if_(place == 0, none, text), "–")


BUILT_BY = (fill,)
