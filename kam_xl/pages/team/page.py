"""Team: who is responsible for what, who covers which account, how the load is shared, and the rules of both."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import RANKED, Model
from kam_xl.canvas.page import head, legend, page, printed, ruled, so_what, spare_first
from kam_xl.canvas.results import Risk
from kam_xl.content.records import ROLE_SLOTS
from kam_xl.formulas.formula import X
from kam_xl.formulas.functions import countif, if_, iferror, left, length, or_
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.team import chart
from kam_xl.pages.team.calc import NAME, OWNER, OWNERLESS, SALES, SPONSOR, SUCCESS, TIER, Team, calculate
from kam_xl.pages.team.words import checked, lines, title

SHOWN = 14  # tasks and accounts
TOP = 5  # first row of both lists
TASK, ROLES = 1, 2
CHECK = ROLES + ROLE_SLOTS
ACCOUNT, CLASS, MANAGER, EXECUTIVE, SELLER, HELPER = range(CHECK + 2, CHECK + 8)
LOAD = TOP + SHOWN + 2  # row of the section below
CHART_END, RULES = ROLES + 4, ROLES + 6  # columns of the section below
LAST = LOAD + 11


def fill(model: Model) -> None:
    """Write the page."""
    sheet = model.sheet("Team")
    sheet.columns(16, 176, *[58] * ROLE_SLOTS, 112, 24, 176, 44, 88, 112, 88, 104, 16)
    sheet.height(TOP - 1, 36)
    team = calculate(model, model.book.sheet("calc_team"))
    f = team.figures
    known = error_or(team.check, title(model, team))
    sub = say(
        "Team responsibilities  ·  {tasks, plural, one {# task} other {# tasks}}, "
        "{accounts, plural, one {# account} other {# accounts}}"
        "{many, select, true { (load and rules: the {most} largest)} other {}}, "
        "{managers, plural, one {# key account manager} other {# key account managers}}",
        tasks=f["tasks"],
        accounts=f["accounts"],
        many=f["accounts"] > RANKED,
        most=RANKED,
        managers=f["managers"],
    )
    right = _("R does the work  ·  A answers for it  ·  C is asked before  ·  I is told after")
    page(model.book, sheet, sheet.column_px, known, sub, right)
    sheet.height(TOP, 36, TOP + SHOWN - 1)
    sheet.height(LOAD - 1, 8)
    _raci(model, team)
    _coverage(model, team)
    sheet.height(LOAD + 1, 26, LAST)
    chart.draw(model, team, (LOAD, TASK, LAST, CHART_END))
    _rules(model, team)
    printed(sheet, LAST)


def _raci(model: Model, team: Team) -> None:
    """The matrix: who does what, with one check a row and a total a role."""
    sheet, f, roles = model.sheet("Team"), team.figures, model.lists["roles"]
    few = say("RACI: the first {shown} of {tasks}", shown=SHOWN, tasks=f["tasks"])
    head(sheet, TOP - 2, TASK, CHECK, if_(f["tasks"] > SHOWN, few, _("RACI")))
    parts = [
        (theme.BLUE_D, _("A accountable")), (theme.BLUE, _("R responsible")), (theme.HEAT[2], _("C consulted")),
        (theme.GREY_L, _("I informed")),
    ]  # fmt: skip
    legend(sheet, TOP - 2, CHECK, parts)
    sheet.write(TOP - 1, TASK, _("Task"), **theme.heading())
    places = list(enumerate(spare_first(len(model.template.roles), ROLE_SLOTS), ROLES))
    for col, k in places:
        style = theme.heading(align="center", font_color=theme.INK)
        sheet.write(TOP - 1, col, if_(length(roles.cell(k)) == 0, "", roles.cell(k) & ""), **style)
    sheet.write(TOP - 1, CHECK, _("One A?"), **theme.heading(align="left", indent=1))
    letter = {"align": "center", "border": 2, "border_color": theme.WHITE, "shrink": True}
    for i in range(min(SHOWN, team.tasks.rows)):
        row, task = TOP + i, team.tasks.cell(i)
        sheet.write(row, TASK, task & "", **theme.plain(bold=True, text_wrap=True))
        for col, k in places:
            sheet.write(row, col, team.letters.cell(i, k) & "", **theme.plain(**letter))
        shown = iferror(if_(length(task) == 0, "", _found(team, i)), "")
        sheet.write(row, CHECK, shown, **theme.plain(indent=1, font_size=9))
    last = TOP + SHOWN - 1
    total = TOP + SHOWN
    sheet.height(total, 26)
    sheet.write(total, TASK, _("Accountable for, tasks"), **theme.note(bold=True))
    for col, k in places:
        number = if_(or_(f["tasks"] == 0, length(roles.cell(k)) == 0), "", countif(team.letters.column(k), "A*"))
        sheet.write(total, col, number, **theme.note(bold=True, align="center", num_format="0"))
    sum_ = if_(f["tasks"] == 0, "", say("{good} of {tasks} ✓", good=f["tasks"] - f["wrong tasks"], tasks=f["tasks"]))
    sheet.write(total, CHECK, sum_, **theme.note(bold=True, indent=1))
    looks: list[tuple[str, str, dict[str, Any]]] = [
        ("containing", "?", {"bg_color": theme.RISK_T, "font_color": theme.RISK_D, "bold": True}),
        ("begins with", "A", {"bg_color": theme.BLUE_D, "font_color": theme.WHITE, "bold": True}),
        ("begins with", "R", {"bg_color": theme.BLUE, "font_color": theme.WHITE, "bold": True}),
        ("begins with", "C", {"bg_color": theme.HEAT[2], "font_color": theme.INK}),
    ]
    for criteria, sign, look in looks:
        rule = {
            "type": "text",
            "criteria": criteria,
            "value": sign,
            "format": model.book.bare(**look),
            "stop_if_true": True,
        }
        sheet.ws.conditional_format(TOP, ROLES, last, CHECK - 1, rule)
    _signs(model, (TOP, CHECK, last, CHECK))
    ruled(sheet, (TOP, TASK, last, TASK), TASK)


def _found(team: Team, i: int) -> X:
    """What the function found in a task, in few words: Checks says it all."""
    number, does, text = team.check.cell(i, 1), team.check.cell(i, 2), team.check.cell(i, 3) & ""
    wrong = if_(
        number != 1, say("✗ {number} accountable", number=number), if_(does == 0, _("✗ 0 responsible"), _("✗ letter"))
    )
    wrong = if_(left(text, 7) == "unknown", _("✗ unknown letter"), wrong)
    return if_(length(text) == 0, "", if_(text == "ok", say("✓ {number}", number=number), wrong))


def _coverage(model: Model, team: Team) -> None:
    """Everybody who covers an account, the most important account first."""
    risk = model.of(Risk)
    sheet, f = model.sheet("Team"), team.figures
    few = say("Who covers which account: the first {shown} of {accounts}", shown=SHOWN, accounts=f["accounts"])
    label = if_(f["accounts"] > SHOWN, few, _("Who covers which account"))
    by = if_(risk.mrr > 0, _("by MRR  ·  ○ missing: Coverage"), _("by revenue  ·  ○ missing: Coverage"))
    head(sheet, TOP - 2, ACCOUNT, HELPER, label, by)
    titles = (_("Account"), _("Class"), _("KAM"), _("Executive sponsor"), _("Sales"), _("Customer success"))
    for j, text in enumerate(titles):
        sheet.write(
            TOP - 1, ACCOUNT + j, text, **theme.heading(align="center" if j == 1 else "left", indent=int(j > 1))
        )
    for i in range(min(SHOWN, team.accounts.rows)):
        row = TOP + i
        name, owner, tier, sponsor, sales, success = (
            team.accounts.cell(i, j) for j in (NAME, OWNER, TIER, SPONSOR, SALES, SUCCESS)
        )
        missing = _("○ missing")
        short = if_(length(sponsor) == 0, if_(tier == "A", _("✗ missing"), missing), sponsor)
        cells: list[tuple[int, X, dict[str, Any]]] = [
            (ACCOUNT, name & "", {"bold": True, "shrink": True}),
            (CLASS, tier & "", {"align": "center"}),
            (MANAGER, if_(owner == OWNERLESS, _("✗ missing"), owner & ""), {"indent": 1, "shrink": True}),
            (EXECUTIVE, short, {"indent": 1, "shrink": True}),
            (
                SELLER,
                if_(length(sales) == 0, missing, if_(sales == owner, say("✗ {name}", name=sales), sales)),
                {"indent": 1, "shrink": True},
            ),
            (HELPER, if_(length(success) == 0, missing, success), {"indent": 1, "shrink": True}),
        ]
        for col, value, look in cells:
            sheet.write(row, col, iferror(if_(length(name) == 0, "", value), ""), **theme.plain(**look))
    last = TOP + SHOWN - 1
    _signs(model, (TOP, MANAGER, last, HELPER))
    ruled(sheet, (TOP, ACCOUNT, last, HELPER), ACCOUNT)


def _signs(model: Model, area: tuple[int, int, int, int], line: bool = True) -> None:
    """Colours of ✓, ✗ and ○, with the hairline that LibreOffice would leave out."""
    rule = {"bottom": 1, "bottom_color": theme.HAIR} if line else {}
    looks: dict[str, dict[str, Any]] = {
        "✓": {"font_color": theme.GOOD_D, "bold": True},
        "✗": {"font_color": theme.RISK_D, "bg_color": theme.RISK_T, "bold": True},
        "○": {"font_color": theme.MUTED},
    }
    for sign, look in looks.items():
        bare = model.book.bare(**look, **rule)
        spec = {"type": "text", "criteria": "begins with", "value": sign, "format": bare}
        model.sheet("Team").ws.conditional_format(*area, spec)


def _rules(model: Model, team: Team) -> None:
    """The rules in force, each with its check, and what follows."""
    sheet = model.sheet("Team")
    head(sheet, LOAD, RULES, HELPER, _("Rules, checked now"))
    for k, line in enumerate(checked(model, team), 1):
        sheet.write(LOAD + k, RULES, line, **theme.plain())
    sheet.height(LOAD + 6, 8)
    _plain_signs(model, (LOAD + 1, RULES, LOAD + 5, RULES))
    broken = failed(team.check)
    texts: list[X | str] = [if_(broken, "–", iferror(line, "–")) for line in lines(model, team)]
    so_what(sheet, LOAD + 7, RULES, HELPER, texts)


def _plain_signs(model: Model, area: tuple[int, int, int, int]) -> None:
    own = xl_rowcol_to_cell(area[0], area[1])
    for sign, colour in (("✓", theme.GOOD_D), ("✗", theme.RISK_D)):
        bare = model.book.bare(font_color=colour, bold=sign == "✗")
        spec = {"type": "formula", "criteria": f'=LEFT({own},1)="{sign}"', "format": bare}
        model.sheet("Team").ws.conditional_format(*area, spec)


BUILT_BY = (fill,)
