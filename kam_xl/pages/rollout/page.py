"""Rollout: the tasks of one account against time: what is done, what runs, what is late, whose turn it is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.guards import error_or, failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import bar_of, figure, head, page, printed, ruled, so_what
from kam_xl.canvas.results import Report
from kam_xl.formulas.formula import X, lit
from kam_xl.formulas.functions import and_, if_, iferror, index, isnumber, length, max_, or_
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import day_text
from kam_xl.input_sheets.records import shown_account
from kam_xl.locale import _
from kam_xl.pages.rollout import gantt
from kam_xl.pages.rollout.calc import SOON, TASKS, Plan, calculate, faults, lines, title

CHOICE, FIGURES, SO_WHAT = 3, 5, 9  # rows
TOP = 16  # first of the four rows of headings
LIST = TOP + 4
PHASE, TASK, OWNER, START, END, DONE, DUE, STATE, GAP, BARS = range(1, 11)
LAST = BARS + gantt.WEEKS - 1


def fill(model: Model, report: Report) -> None:
    """Write the page."""
    sheet, calc = model.sheet("Rollout"), model.book.sheet("calc_rollout")
    sheet.columns(16, 80, 184, 104, 60, 60, 48, 52, 92, 16, *[gantt.PX] * gantt.WEEKS, 16)
    for row, px in ((CHOICE, 26), (4, 8), (FIGURES, 24), (FIGURES + 1, 40), (FIGURES + 2, 24), (8, 8), (14, 8)):
        sheet.height(row, px)
    account = shown_account(model, sheet, CHOICE, TASK, "rollout_account", model.inputs["tasks.account"])
    sheet.write(CHOICE, PHASE, _("Account"), **theme.note(bold=True))
    sheet.write(CHOICE, OWNER, _("◄ choose: its tasks follow, and those of no account"), **theme.note(indent=1))
    plan = calculate(model, calc, account)
    f = plan.figures
    sub = say(
        "Rollout timeline  ·  {one, select, true {{account}} other {all accounts}}"
        "{drawn, select, true {  ·  {first} to {last}} other {}}",
        one=length(account) > 0,
        account=account,
        drawn=f["bars"] > 0,
        first=day_text(model, f["first"]),
        last=day_text(model, f["last"]),
    )
    right = say(
        "today: {known, select, true {{date}} other {not known}}"
        "  ·  ◐ behind: done is more than 10 points under due, the share of days passed",
        known=f["today"] > 0,
        date=report.date_text,
    )
    page(model.book, sheet, sheet.column_px, error_or(plan.result, title(model, plan, account)), sub, right)
    _figures(model, plan)
    wrong = failed(plan.result)
    texts: list[X | str] = [if_(wrong, "–", line) for line in lines(model, plan)]
    so_what(sheet, SO_WHAT, PHASE, LAST, texts, height=22)
    _table(model, plan)
    gantt.draw(model, plan, TOP, BARS, TASK)
    printed(sheet, LIST + max(_most(model) + 3, 14), most=LIST + TASKS)


def _most(model: Model) -> int:
    """Tasks of the account that has most, when the workbook is made."""
    accounts = Counter(str(row.get("account") or "") for row in model.tables.records.get("tasks", []))
    common = accounts.pop("", 0)
    return min(TASKS, max(accounts.values(), default=0) + common)


def _figures(model: Model, plan: Plan) -> None:
    sheet, f = model.sheet("Rollout"), plan.figures
    none = or_(failed(plan.result), f["tasks"] == 0)
    blind = or_(none, f["today"] == 0)
    plain, date = {"num_format": theme.N0}, {"num_format": theme.DATE}
    row = max_(f["next row"], lit(1))
    task = index(plan.typed.column(1), row)
    left = f["last"] - f["today"]
    until = if_(left < 0, say("{n} days ago", n=0 - left), say("in {n} days", n=left))
    due = say("{share:0%} should be done by now", share=f["expected"])
    bad = f["late"] + f["behind"]
    cards: list[tuple[int, int, X | str, X, X, dict[str, Any]]] = [
        (PHASE, TASK, _("Progress, by days of work"), if_(none, "–", f["progress"]), if_(blind, "", due),
         {"num_format": theme.P0}),
        (OWNER, START, _("Tasks done"),
         if_(none, "–", say("{done} of {tasks}", done=f["done"], tasks=f["tasks"])),
         if_(blind, "", say("{running} running, {planned} planned", running=f["running"], planned=f["planned"])),
         plain),
        (END, DUE, _("Late or behind"), if_(blind, "–", bad),
         if_(blind, "", say("{late} late, {behind} behind", late=f["late"], behind=f["behind"])),
         {**plain, "edge": theme.RISK}),
        (STATE, BARS + 4, _("Next milestone"), if_(blind, "–", if_(f["next row"] == 0, "–", f["next"])),
         if_(blind, "", if_(f["next row"] == 0, _("none ahead"), task)), date),
        (BARS + 5, BARS + 14, _("Plan ends"), if_(none, "–", if_(f["bars"] == 0, "–", f["last"])),
         if_(blind, "", until), date),
        (BARS + 15, LAST, say("Ends in the next {days} days", days=SOON), if_(blind, "–", f["soon"]),
         if_(blind, "", say("by {date}", date=day_text(model, f["today"] + SOON))), plain),
    ]  # fmt: skip
    for c1, c2, label, value, note, look in cards:
        figure(sheet, FIGURES, c1, c2, label, iferror(value, "–"), iferror(note, ""), **look)
    for sign, colour in (("==", theme.GOOD_D), (">", theme.RISK_D)):
        bare = model.book.bare(font_color=colour)
        cell = xl_rowcol_to_cell(FIGURES + 1, END, row_abs=True, col_abs=True)
        rule = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({cell}),{cell}{sign.replace('==', '=')}0)",
            "format": bare,
        }
        sheet.ws.conditional_format(FIGURES + 1, END, FIGURES + 1, DUE, rule)


def _table(model: Model, plan: Plan) -> None:
    """The tasks in the order of their sheet; a phase is named where it begins."""
    sheet, f = model.sheet("Rollout"), plan.figures
    note = faults(plan)
    head(sheet, TOP - 1, PHASE, STATE, _("Tasks"), if_(failed(plan.result), "", note))
    sheet.height(TOP, 16, TOP + 2)
    sheet.height(TOP + 3, 20)
    right = (START, END, DONE, DUE)
    titles = (_("Phase"), _("Task"), _("Owner"), _("Start"), _("End") + "  ", _("Done"), _("Due"), _("State"))
    for col, text in enumerate(titles, PHASE):
        indent = 1 if col == STATE else 0
        sheet.write(TOP + 3, col, text, **theme.heading(align="right" if col in right else "left", indent=indent))
    px = max(24, min(34, 420 // max(_most(model), 1)))
    for i in range(TASKS):
        row = LIST + i
        sheet.height(row, px)
        phase, task, owner = (plan.typed.cell(i, j) for j in range(3))
        start, end, done, due = (plan.result.cell(i, j) for j in (1, 2, 4, 5))
        name = if_(phase == plan.typed.cell(i - 1, 0), "", phase & "") if i else phase & ""
        known = and_(length(task) > 0, length(plan.state.cell(i)) > 0)
        late = plan.result.cell(i, 7)
        cells: list[tuple[int, X, dict[str, Any]]] = [
            (PHASE, name, {"bold": True, "font_color": theme.BLUE_D, "shrink": True}),
            (TASK, task & "", {"shrink": True}),
            (OWNER, owner & "", {"font_color": theme.MUTED, "shrink": True}),
            (START, if_(isnumber(start), start, ""), {"num_format": "d mmm", "align": "right"}),
            (END, if_(isnumber(end), end, ""), {"num_format": 'd mmm"  "', "align": "right"}),
            (DONE, if_(and_(length(task) > 0, isnumber(done)), done, ""), {"num_format": "0%", "align": "right"}),
            (DUE, if_(and_(known, f["today"] > 0, isnumber(due)), due, ""),
             {"num_format": "0%", "align": "right", "font_color": theme.MUTED}),
            (STATE, _state(plan.state.cell(i), late), {"indent": 1, "shrink": True}),
        ]  # fmt: skip
        for col, value, look in cells:
            sheet.write(row, col, iferror(value, ""), **theme.plain(**look))
    _looks(model)


def _state(word: X, late: X) -> X:
    """A state as sign and word."""
    words = {
        "done": _("✓ done"),
        "running": _("► running"),
        "planned": _("○ planned"),
        "behind": _("◐ behind"),
        "no date": _("– no date"),
        "end before start": _("✗ end < start"),
    }
    out: X = lit("")
    for key, text in words.items():
        out = if_(word == key, text, out)
    return if_(word == "late", say("‼ late, {days} d", days=late), out)


def _looks(model: Model) -> None:
    sheet, bare, last = model.sheet("Rollout"), model.book.bare, LIST + TASKS - 1
    line = {"bottom": 1, "bottom_color": theme.HAIR}
    looks: dict[str, dict[str, Any]] = {
        "✓": {"font_color": theme.GOOD_D, "bold": True},
        "►": {"font_color": theme.BLUE, "bold": True},
        "‼": {"font_color": theme.RISK_D, "bg_color": theme.RISK_T, "bold": True},
        "◐": {"font_color": theme.RISK_D, "bold": True},
        "✗": {"font_color": theme.RISK_D, "bold": True},
        "○": {"font_color": theme.MUTED},
        "–": {"font_color": theme.MUTED},
    }
    for sign, look in looks.items():
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": bare(**look, **line)}
        sheet.ws.conditional_format(LIST, STATE, last, STATE, rule)
    start, end = (xl_rowcol_to_cell(LIST, col, col_abs=True) for col in (START, END))
    one_day = {"type": "formula", "criteria": f"=AND(LEN({start})>0,{start}={end})", "format": bare(bold=True, **line)}
    sheet.ws.conditional_format(LIST, TASK, last, TASK, one_day)
    bar_of(sheet, (LIST, DONE, last, DONE), 1)
    ruled(sheet, (LIST, PHASE, last, STATE), TASK)


BUILT_BY = (fill,)
