"""The upper half of the account plan: the people of the account, its business, its strengths and weaknesses."""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.canvas import theme
from kam_xl.canvas.guards import failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import bar_of, head, legend, ruled
from kam_xl.content.records import RELATIONS
from kam_xl.formulas.formula import Range, Ref, X, lit
from kam_xl.formulas.functions import (
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    match_text,
    max_,
    min_,
    or_,
    small,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.records import at, rows_of_account
from kam_xl.locale import _
from kam_xl.pages.account_plan.terms import CALC

PEOPLE, LINES = 60, 40  # of one account: as many as the decision map draws
SHOWN = 12  # people on the page, the most powerful first
NAME, ROLE, BOSS, RELATION, POWER, CONTACT, KEY, PLACE = range(8)
LIST, INFLUENCES, ORDER = 40, 52, 58  # columns of the calculation sheet


@dataclass
class People:
    """The people of the account: their fields row by row, the order to win them, how many they are."""

    cells: Range
    order: Range
    number: Ref


def people(model: Model, account: X) -> People:
    """The people, and whom to win first."""
    calc, inputs = model.sheet(CALC), model.inputs
    names = inputs["stakeholders.name"]
    places = rows_of_account(model, calc, LIST, inputs["stakeholders.account"], account, PEOPLE, [names])
    number = model.calc.put("people of the account", calc.ref(names.rows, LIST) + 0)
    col = LIST + 2
    for j, text in enumerate(("name", "role", "reports to", "relationship", "power", "key contact", "order", "place")):
        calc.write(0, col + j, text, **theme.note())
    for i in range(PEOPLE):
        row, place = 1 + i, places.cell(i)
        for j, key in ((NAME, "name"), (ROLE, "role"), (BOSS, "reports_to")):
            calc.write(row, col + j, at(inputs[f"stakeholders.{key}"], place) & "")
        word = at(inputs["stakeholders.relationship"], place) & ""
        known = or_(*[word == w for w in RELATIONS])
        calc.write(row, col + RELATION, if_(known, word, ""))
        typed = at(inputs["stakeholders.power"], place)
        power = calc.write(row, col + POWER, if_(isnumber(typed), typed, ""))
        mark = at(inputs["stakeholders.key"], place) & ""
        calc.write(row, col + CONTACT, if_(or_(*[mark == w for w in ("O", "0", "x", "yes")]), "O", ""))
        strength = if_(isnumber(power), max_(lit(0), min_(lit(99), power)), 0)
        calc.write(row, col + KEY, if_(place == 0, "", (100 - strength) * 1000 + (i + 1)))
    cells = calc.area(1, col, PEOPLE, col + KEY)
    for k in range(SHOWN):
        calc.write(1 + k, col + PLACE, iferror(match(small(cells.column(KEY), k + 1), cells.column(KEY)), 0))
    ends = _influences(model, account) if "influences.account" in inputs else ()
    fields = [cells.column(j) for j in (NAME, BOSS, RELATION, POWER)]
    order = model.kam(calc, 1, ORDER, "KAM_STAKEHOLDERS", *fields, *ends, rows=PEOPLE)
    return People(cells, order, number)


def _influences(model: Model, account: X) -> tuple[Range, Range]:
    """Who influences whom; the sheet is there where the workbook has a decision map."""
    calc, inputs = model.sheet(CALC), model.inputs
    places = rows_of_account(model, calc, INFLUENCES, inputs["influences.account"], account, LINES)
    for i in range(LINES):
        for j, key in enumerate(("from", "to"), 2):
            calc.write(1 + i, INFLUENCES + j, at(inputs[f"influences.{key}"], places.cell(i)) & "")
    first, second = (calc.area(1, INFLUENCES + j, LINES, INFLUENCES + j) for j in (2, 3))
    return first, second


def relationships(model: Model, found: People, top: int, cols: tuple[int, int, int, int, int]) -> None:
    """The most powerful people with their relationship, power and the key contacts among them."""
    sheet, calc = model.sheet("Account plan"), model.sheet(CALC)
    name, role, relation, power, contact = cols
    n = found.number
    rest = if_(n > SHOWN, say("the {shown} most powerful of {people}", shown=SHOWN, people=n), _("O = key contact"))
    note = if_(n == 0, _("No stakeholders yet: type them on Stakeholders"), rest)
    head(sheet, top, name, contact, _("Relationships"), note)
    sheet.band(top + 1, name, contact, **theme.heading())
    titles = ((name, _("Name")), (role, _("Role")), (relation, _("Relation")), (power, _("Power")), (contact, _("Key")))
    for col, text in titles:
        align = "right" if col == power else "center" if col == contact else "left"
        sheet.write(top + 1, col, text, **theme.heading(align=align))
    first = top + 2
    for k in range(SHOWN):
        place = calc.ref(1 + k, LIST + 2 + PLACE)

        def cell(j: int, place: X = place) -> X:
            return if_(place == 0, "", index(found.cells.column(j), max_(place, lit(1))))

        word = cell(RELATION)
        known = if_(word == "neutral", _("± neutral"), _("? not rated"))
        sign = if_(word == "friendly", _("+ friendly"), if_(word == "opposed", _("− opposed"), known))
        sheet.write(first + k, name, cell(NAME), **theme.plain(bold=True, shrink=True))
        sheet.write(first + k, role, cell(ROLE), **theme.plain(font_size=9, font_color=theme.MUTED))
        sheet.write(first + k, relation, if_(place == 0, "", sign), **theme.plain(bold=True))
        sheet.write(first + k, power, cell(POWER), **theme.plain(num_format="General", align="right"))
        sheet.write(first + k, contact, cell(CONTACT), **theme.plain(bold=True, align="center"))
    last = first + SHOWN - 1
    for text, colour in (("+", theme.GOOD_D), ("−", theme.RISK_D), ("±", theme.MUTED), ("?", theme.MUTED)):
        rule = {"type": "text", "criteria": "begins with", "value": text}
        look = model.book.bare(font_color=colour, bold=True, bottom=1, bottom_color=theme.HAIR)
        sheet.ws.conditional_format(first, relation, last, relation, {**rule, "format": look})
    bar_of(sheet, (first, power, last, power), 5)
    ruled(sheet, (first, name, last, contact), name)


def business(model: Model, account: X, top: int, label: int, inside: int, outside: int) -> None:
    """What the customer wants and does, and the four fields of SWOT, each text wrapped over its rows."""
    sheet, inputs = model.sheet("Account plan"), model.inputs
    found = iferror(match_text(account & "", inputs["business.account"]), 0)
    place = model.calc.put("row on Business", if_(length(account) == 0, 0, found))
    note = if_(place == 0, _("No profile yet: type it on Business"), "")
    head(sheet, top, label, outside + 2, _("The customer's business"), note)
    row = top + 1
    for text, key in ((_("Their goals"), "goals"), (_("Finances"), "finances"), (_("Initiatives"), "initiatives")):
        _box(model, (row, label, row + 1, label), text, {"bold": True, "font_color": theme.MUTED})
        value = at(inputs[f"business.{key}"], place) & ""
        _box(model, (row, inside, row + 1, outside + 2), value, {})
        row += 2
    head(sheet, row, label, outside + 2, _("SWOT"))
    legend(
        sheet, row, outside + 2, [(theme.GOOD_D, _("+ helps us")), (theme.RISK_D, _("− hinders us"))]
    )  # fmt: skip
    row += 1
    fields = (
        (_("Inside"), _("+ Strengths"), "strengths", _("− Weaknesses"), "weaknesses"),
        (_("Around them"), _("+ Opportunities"), "opportunities", _("− Threats"), "threats"),
    )
    for side, plus, good, minus, bad in fields:
        _box(model, (row, label, row + 2, label), side, {"bold": True, "font_color": theme.MUTED})
        for text, key, c1, c2, colour, tint in (
            (plus, good, inside, inside, theme.GOOD_D, theme.GOOD_T),
            (minus, bad, outside, outside + 2, theme.RISK_D, theme.RISK_T),
        ):
            edge = {"bg_color": tint, "left": 5, "left_color": colour, "indent": 1}
            _box(model, (row, c1, row, c2), text, {**edge, "bold": True, "font_color": colour, "bottom": 0})
            value = at(inputs[f"business.{key}"], place) & ""
            _box(model, (row + 1, c1, row + 2, c2), if_(length(value) == 0, "–", value), {**edge, "valign": "top"})
        row += 3


def _box(model: Model, area: tuple[int, int, int, int], text: X | str, look: theme.Style) -> None:
    """A text that wraps over several rows and columns: with the figures, the only merged cells."""
    sheet = model.sheet("Account plan")
    style = {"text_wrap": True, "align": "left", "bottom": 1, "bottom_color": theme.HAIR, **look}
    r1, c1, r2, c2 = area
    if (r1, c1) != (r2, c2):
        sheet.ws.merge_range(*area, "", model.book.format(**style))
    sheet.write(r1, c1, text, **style)


def first_to_win(found: People) -> X:
    """Whom to win first, and who can open the door."""
    order = found.order
    first, word, power, action, through, how = (order.cell(0, j) for j in range(1, 7))
    reach = say(
        "talk through {name}, who {how, select, influences {influences them} reports {reports to them}"
        " other {is their manager}}.",
        name=through,
        how=if_(how & "" == "reports to them", "reports", how & ""),
    )
    reach = if_(length(through) == 0, _("nobody friendly can reach them yet."), reach)
    act = action & ""
    win = say(
        "{what, select, turn {Turn or contain} first {Win first:} other {Win next:}} {name}"
        " ({attitude}, power {power}): {way}",
        what=if_(word & "" == "opposed", "turn", if_(act == "win first", "first", "")),
        name=first,
        attitude=word,
        power=power,
        way=reach,
    )
    friends = _("Everybody is friendly: ask for the commitment.")
    line = if_(or_(act == "keep close", act == "keep informed"), friends, win)
    unknown = if_(found.number == 0, _("Who decides? Type the people on Stakeholders."), "–")
    return iferror(if_(or_(found.number == 0, failed(order)), unknown, line), "–")
