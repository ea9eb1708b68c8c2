"""Decision map: who decides, who is friendly, who influences whom, and whom to win first; of one account."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import bar_of, head, legend, page, printed, ruled, so_what
from kam_xl.formulas.formula import Range, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    if_,
    iferror,
    index,
    iserror,
    isnumber,
    length,
    match,
    match_text,
    max_,
    or_,
)
from kam_xl.formulas.messages import added, say, sentences
from kam_xl.input_sheets.records import at, rows_of_account, shown_account
from kam_xl.locale import _
from kam_xl.pages.decision_map import chart

PEOPLE, LINES = 60, 40  # of one account: what the map draws, and influences outside the hierarchy
SHOWN, INFLUENCES = 16, 5  # rows of the lists beside the map
CHOICE, TOP = 3, 4  # rows: the account, the section labels
NAME, ROLE, BOSS, RELATION, POWER, KEY, EXTERNAL = range(3, 10)  # columns of calc_map
CHART, CHART_END = 1, 2  # the map's columns; the list of people stands right of it
RANK, WHO, POSITION, HOW_CLOSE, STRENGTH, CONTACT, ACTION, THROUGH = range(4, 12)  # columns of the page
FROM, TO, HOW = 12, 13, 14  # columns of calc_map: influences
ORG, ORDER, ROUTES = 16, 22, 30  # columns of calc_map: results of the functions


def fill(model: Model) -> None:
    """Write the page."""
    sheet, calc = model.sheet("Decision map"), model.book.sheet("calc_map")
    sheet.columns(16, 240, 536, 16, 24, 120, 128, 76, 52, 32, 96, 168, 16)
    for row in (CHOICE, TOP):
        sheet.height(row, 26)
    accounts = model.inputs["stakeholders.account"]
    account = shown_account(model, sheet, CHOICE, CHART, "map_account", accounts)
    sheet.write(CHOICE, CHART_END, _("◄ choose the account: the map and the lists follow"), **theme.note(indent=1))
    people = _people(model, account)
    influences = _influences(model, account)
    names, bosses = people.column(0), people.column(BOSS - NAME)
    org = model.kam(calc, 1, ORG, "KAM_ORG_CHART", names, bosses, rows=PEOPLE)
    ends = (influences.column(0), influences.column(1))
    routes = model.kam(calc, 1, ROUTES, "KAM_ORG_LINES", names, bosses, *ends, rows=PEOPLE + LINES)
    known = (people.column(RELATION - NAME), people.column(POWER - NAME))
    order = model.kam(calc, 1, ORDER, "KAM_STAKEHOLDERS", names, bosses, *known, *ends, rows=PEOPLE)
    number = model.calc.put("stakeholders of the account", count(order.column(0)))
    title = error_or(org, error_or(order, _title(model, account, number, order)))
    sub = say(
        "Decision map  ·  {known, select, true {{account}} other {no account}}",
        known=length(account) > 0,
        account=account,
    )
    rule = _("first: neutral with power 4 or 5, then opposed; within by power")
    page(model.book, sheet, sheet.column_px, title, sub, rule)
    _list(model, people, order)
    _outside(model, influences)
    last = TOP + 2 + SHOWN + 2 + INFLUENCES
    message = model.calc.put("Decision map: message", _message(people, number))
    chart.draw(model, people, org, routes, message, (TOP + 1, CHART, last, CHART_END))
    head(sheet, TOP, CHART, CHART_END, _("Who decides, who influences"))
    legend(
        sheet,
        TOP,
        CHART_END,
        [
            (theme.GOOD_D, _("+ friendly")),
            (theme.MUTED, _("± neutral")),
            (theme.RISK_D, _("− opposed")),
            (theme.SPECIAL_D, _("external; dotted: influence")),
        ],
    )
    lines = [*_lines(model, people, order, number), _faults(model, org, accounts, account)]
    so_what(sheet, last + 1, CHART, THROUGH, lines)
    printed(sheet, last + 5)


def _people(model: Model, account: X) -> Range:
    """Name, role, manager, relationship, power, key contact and external of everybody of the account."""
    calc, inputs = model.sheet("calc_map"), model.inputs
    for j, text in enumerate(("no.", "row", "", "name", "role", "reports to", "relationship", "power", "key", "ext.")):
        calc.write(0, j, text, **theme.note())
    names = inputs["stakeholders.name"]
    places = rows_of_account(model, calc, 0, inputs["stakeholders.account"], account, PEOPLE, [names])
    fields = ("name", "role", "reports_to", "relationship", "power", "key", "external")
    for i in range(PEOPLE):
        place = places.cell(i)
        for j, key in enumerate(fields):
            value = at(inputs[f"stakeholders.{key}"], place)
            if key in ("name", "role", "reports_to", "relationship"):
                value = value & ""
            elif key == "key":
                value = if_(length(value) == 0, "", "O")
            elif key == "external":
                value = if_(value & "" == "yes", "yes", "")
            calc.write(1 + i, NAME + j, value)
    return calc.area(1, NAME, PEOPLE, EXTERNAL)


def _influences(model: Model, account: X) -> Range:
    calc, inputs = model.sheet("calc_map"), model.inputs
    names = inputs["influences.account"]
    places = rows_of_account(model, calc, FROM - 2, names, account, LINES)
    for i in range(LINES):
        for j, key in enumerate(("from", "to", "how")):
            calc.write(1 + i, FROM + j, at(inputs[f"influences.{key}"], places.cell(i)) & "")
    return calc.area(1, FROM, LINES, HOW)


def sign(word: X) -> X:
    """A relationship as sign and word."""
    return if_(
        word == "friendly", _("+ friendly"), if_(word == "opposed", _("− opposed"), if_(word == "", "", _("± neutral")))
    )


def _title(model: Model, account: X, number: X, order: Range) -> X:
    first, action, through = order.cell(0, 1) & "", order.cell(0, 4) & "", order.cell(0, 5) & ""
    friends = or_(action == "keep close", action == "keep informed")
    story = say(
        "{account}: win {first} first; {reached, select, true {{through} can reach them}"
        " other {nobody friendly can reach them yet}}",
        account=account,
        first=first,
        reached=length(through) > 0,
        through=through,
    )
    fine = say("{account}: everybody is friendly: ask for the commitment", account=account)
    stranger = and_(length(account) > 0, iserror(match_text(account, model.inputs["Accounts.Account"])))
    unknown = say("{account} is not on Accounts: choose another account", account=account)
    nobody = if_(stranger, unknown, _("No stakeholders yet: type them on Stakeholders"))
    return if_(number == 0, nobody, if_(friends, fine, story))


def _message(people: Range, number: X) -> X:
    """How many are on which side."""
    words = people.column(RELATION - NAME)
    friendly, opposed = countif(words, "friendly"), countif(words, "opposed")
    text = say(
        "{friendly} friendly, {neutral} neutral, {opposed} opposed",
        friendly=friendly,
        neutral=number - friendly - opposed,
        opposed=opposed,
    )
    return if_(number == 0, "", text)


def _list(model: Model, people: Range, order: Range) -> None:
    """Whom to win, the most urgent first."""
    sheet = model.sheet("Decision map")
    stakeholders = count(order.column(0))
    more = if_(stakeholders > SHOWN, say("the first {shown} of {people}", shown=SHOWN, people=stakeholders), "")
    head(sheet, TOP, RANK, THROUGH, _("Whom to win first"), more)
    titles = (
        "#", _("Name"), _("Role"), _("Relation"), _("Power"), _("Key"), _("What to do"), _("Who can reach them"),
    )  # fmt: skip
    for j, text in enumerate(titles):
        right = j in (0, 4)
        look = theme.heading(align="right" if right else "center" if j == 5 else "left", indent=0 if right else 1)
        sheet.write(TOP + 1, RANK + j, text, **look)
    small = {"font_size": 9, "indent": 1}
    names = people.column(0)
    for i in range(SHOWN):
        row = TOP + 2 + i
        sheet.height(row, 34)
        name, word, through = (order.cell(i, j) & "" for j in (1, 2, 5))
        there = iferror(isnumber(order.cell(i, 0)), False)
        place = model.sheet("calc_map").write(1 + i, 44, iferror(if_(there, match_text(name, names), 0), 0))
        role, key = at(people.column(1), place), at(people.column(KEY - NAME), place)
        reach = if_(length(through) == 0, "", say("{name} ({how})", name=through, how=order.cell(i, 6)))
        cells: list[tuple[int, X, dict[str, Any]]] = [
            (RANK, order.cell(i, 0) + 0, {"font_color": theme.MUTED, "align": "right"}),
            (WHO, name, {"indent": 1, "bold": True}),
            (POSITION, role, small),
            (HOW_CLOSE, sign(word), {"indent": 1, "bold": True}),
            (STRENGTH, order.cell(i, 3) + 0, {"num_format": "General", "align": "right"}),
            (CONTACT, key, {"align": "center", "bold": True}),
            (ACTION, order.cell(i, 4) & "", {"indent": 1}),
            (THROUGH, reach, {**small, "text_wrap": True}),
        ]
        for col, value, look in cells:
            sheet.write(row, col, iferror(if_(there, value, ""), ""), **theme.plain(**look))
    last = TOP + 1 + SHOWN
    ruled(sheet, (TOP + 2, RANK, last, THROUGH), WHO)
    for text, colour in (("+", theme.GOOD_D), ("−", theme.RISK_D), ("±", theme.MUTED)):
        rule = {"type": "text", "criteria": "begins with", "value": text}
        look = model.book.bare(font_color=colour, bold=True)
        sheet.ws.conditional_format(TOP + 2, HOW_CLOSE, last, HOW_CLOSE, {**rule, "format": look})
    urgent = {"type": "text", "criteria": "begins with", "value": "win first"}
    look = model.book.bare(font_color=theme.BLUE_D, bold=True)
    sheet.ws.conditional_format(TOP + 2, ACTION, last, ACTION, {**urgent, "format": look})
    bar_of(sheet, (TOP + 2, STRENGTH, last, STRENGTH), 6)


def _outside(model: Model, influences: Range) -> None:
    """Who influences whom."""
    sheet, top = model.sheet("Decision map"), TOP + 2 + SHOWN + 1
    sheet.height(top - 1, 8)
    head(sheet, top, RANK, THROUGH, _("Influence outside the line"))
    for i in range(INFLUENCES):
        row = top + 1 + i
        sheet.height(row, 28)
        who, whom, how = (influences.cell(i, j) for j in range(3))
        known = length(who) > 0
        sheet.write(row, RANK, if_(known, "→", ""), font_color=theme.SPECIAL_D, bold=True, align="right")
        line = say(
            "{who} → {whom}{known, select, true {: {how}} other {}}",
            who=who,
            whom=whom,
            known=length(how) > 0,
            how=how,
        )
        sheet.write(row, WHO, if_(known, line, ""), font_color=theme.SPECIAL_D, indent=1, font_size=9)


def _lines(model: Model, people: Range, order: Range, number: X) -> list[X | str]:
    """What to do: the first to win, whether friends can commit, the strongest opponent."""
    first, word, power, action, through, how = (order.cell(0, j) for j in range(1, 7))
    calc = model.sheet("calc_map")
    for i in range(PEOPLE):  # as text of the sheet: Calc finds none of a function's texts
        calc.write(1 + i, 45, order.cell(i, 4) & "")
    actions = calc.area(1, 45, PEOPLE, 45)
    to_win = or_(action & "" == "keep close", action & "" == "keep informed")
    win = say(
        "Win {first} first: {attitude}, power {power};"
        " {reached, select, true {{through} ({how}) is friendly and can open the door.}"
        " other {find somebody friendly who can open the door.}}",
        first=first,
        attitude=word,
        power=power,
        reached=length(through) > 0,
        through=through,
        how=how,
    )
    friends = people.column(RELATION - NAME)
    powers = people.column(POWER - NAME)
    own = [if_(friends.cell(i) == "friendly", iferror(powers.cell(i) + 0, 0), 0) for i in range(PEOPLE)]
    strongest = model.calc.put("map: highest power of a friend", max_(*own))
    most = max_(people.column(POWER - NAME))
    commit = if_(
        strongest == 0,
        _("Nobody is friendly yet: start with the key contacts."),
        if_(
            strongest < most,
            say(
                "Our friends reach power {power} of {most}: friendly, but they cannot commit alone.",
                power=strongest,
                most=most,
            ),
            say("A friend has the highest power, {power}: ask for the commitment.", power=most),
        ),
    )
    against = iferror(match("turn or contain", actions), 0)
    j = max_(against, lit(1))
    reach = index(order.column(5), j) & ""
    turn = if_(
        against == 0,
        _("No opponent has high power."),
        say(
            "{name} is opposed with power {power}: {reached, select, true {talk through {through}.}"
            " other {meet them with facts, and keep the decision broad.}}",
            name=index(order.column(1), j),
            power=index(order.column(3), j),
            reached=length(reach) > 0,
            through=reach,
        ),
    )
    none, unknown = number == 0, failed(order)
    lines = (if_(to_win, _("Everybody is friendly: ask for the commitment."), win), commit, turn)
    return [iferror(if_(or_(none, unknown), "–", line), "–") for line in lines]


def _faults(model: Model, org: Range, accounts: Range, account: X) -> X:
    """Loops, unknown managers and people beyond the room, by name; the map draws what it can."""
    calc = model.sheet("calc_map")
    text: X = lit("")
    for i in range(PEOPLE):
        note = org.cell(i, 4) & ""
        own = say("{name} ({fault})", name=org.cell(i, 0), fault=note)
        wrong = iferror(or_(note == "loop", note == "unknown manager"), False)
        longer = if_(length(text) > 200, text, added(text, own))
        text = calc.write(1 + i, 46, if_(wrong, longer, text))
    number = countif(accounts, account)
    beyond = say("The map shows the first {shown} of {people}.", shown=PEOPLE, people=number)
    found = say("✗ Reporting lines to mend (Checks): {people}.", people=text)
    return iferror(sentences((length(text) > 0, found), (number > PEOPLE, beyond)), "")


BUILT_BY = (fill,)
