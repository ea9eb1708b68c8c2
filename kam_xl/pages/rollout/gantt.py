"""The bars of Rollout: one narrow cell per week; formulas hold the sign, conditional formats the colour.

LibreOffice applies the first rule that matches, Excel all of them: every rule is complete.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, legend
from kam_xl.formulas.formula import Ref, X, lit
from kam_xl.formulas.functions import and_, if_, iferror, int_, length, max_, min_, month, or_, year
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.mrr import month_text
from kam_xl.locale import _
from kam_xl.pages.rollout.calc import TASKS, Plan

WEEKS, PX = 26, 25  # columns and their width
DONE, OPEN, REACHED, AHEAD, LATE = "■", "□", "◆", "◇", "‼"
OPEN_COLOUR = theme.HEAT[3]


def draw(model: Model, plan: Plan, top: int, col: int, name: int) -> None:
    """Headings in the four rows from `top`, bars below; `name` is the column of the tasks."""
    sheet, f, put = model.sheet("Rollout"), plan.figures, model.calc.put
    last = col + WEEKS - 1
    none = f["bars"] == 0
    late = and_(f["today"] > f["last"], f["done"] < f["tasks"])
    end = put("Rollout: last day drawn", if_(none, "", if_(late, f["today"], f["last"])))
    span = end - f["first"] + 1
    # serial 2 was a Monday; weeks begin on one
    monday = int_((f["first"] - 2) / 7) * 7 + 2
    weeks = max_(lit(1), lit(0) - int_(lit(0) - (end - monday + 1) / (7 * WEEKS)))
    step = put("Rollout: days of a column", iferror(if_(none, 7, if_(span <= WEEKS, 1, weeks * 7)), 7))
    first = put("Rollout: first day drawn", iferror(if_(none, "", if_(step == 1, f["first"], monday)), ""))
    columns = say("Columns of {weeks} weeks", weeks=step / 7)
    unit = if_(step == 1, _("Days"), if_(step == 7, _("Weeks, from Monday"), columns))
    head(sheet, top - 1, col, last, unit)
    parts = [
        (theme.BLUE_D, _("done")),
        (OPEN_COLOUR, _("open")),
        (theme.INK, _("◆ ◇ milestone")),
        (theme.RISK_F, _("today")),
    ]
    legend(sheet, top - 1, last, parts)
    small = {"font_size": 8, "align": "center", "shrink": True}
    days: list[Ref] = []
    marks: list[Ref] = []
    for k in range(WEEKS):
        c = col + k
        date = sheet.write(
            top + 3, c, if_(length(first) == 0, "", first + step * k),
            **theme.heading(align="center", num_format="d", text_wrap=False, **{"font_size": 8, "shrink": True}),
        )  # fmt: skip
        now = and_(f["today"] >= date, f["today"] < date + step)
        mark = sheet.write(
            top, c, if_(length(date) == 0, "", if_(now, _("today"), "")), **small, bold=True, font_color=theme.RISK_D
        )
        before = days[-1] if days else None
        for row, unit_, text in (
            (top + 1, year, year(date)),
            (top + 2, month, month_text(model, date, with_year=False)),
        ):
            new = text if before is None else if_(unit_(date) == unit_(before), "", text)
            sheet.write(row, c, if_(length(date) == 0, "", new), **small, bold=True)
        days.append(date)
        marks.append(mark)
    for i in range(TASKS):
        for k in range(WEEKS):
            sheet.write(top + 4 + i, col + k, _sign(plan, i, days[k], step, marks[k]), font_size=12, align="center")
    _colours(model, top, col, name)


def _sign(plan: Plan, i: int, date: X, step: X, mark: X) -> X:
    """What a task does in a column: done, open, a milestone, or late today."""
    start, end = plan.start.cell(i), plan.end.cell(i)
    state, done_to = plan.state.cell(i), plan.done_to.cell(i)
    after = date + step
    middle_done = max_(date + 0, start + 0) + min_(after, end + 1) <= 2 * done_to
    bar = if_(middle_done, DONE, OPEN)
    flag = if_(state == "done", REACHED, AHEAD)
    inside = and_(start < after, end >= date)
    late = and_(state == "late", length(mark) > 0)
    drawn = if_(late, LATE, if_(inside, if_(plan.milestone.cell(i) == 1, flag, bar), ""))
    return if_(or_(length(start) == 0, length(date) == 0), "", iferror(drawn, ""))


def _colours(model: Model, top: int, col: int, name: int) -> None:
    sheet, first, last = model.sheet("Rollout"), top + 4, top + 3 + TASKS
    own, used = xl_rowcol_to_cell(first, col), xl_rowcol_to_cell(first, name, col_abs=True)
    now = xl_rowcol_to_cell(top, col, row_abs=True)
    looks: dict[str, dict[str, Any]] = {
        LATE: {"bg_color": theme.RISK_F, "font_color": theme.WHITE, "bold": True},
        DONE: {"bg_color": theme.BLUE_D, "font_color": theme.BLUE_D},
        OPEN: {"bg_color": OPEN_COLOUR, "font_color": OPEN_COLOUR},
        REACHED: {"font_color": theme.INK, "bold": True},
        AHEAD: {"font_color": theme.INK, "bold": True},
        "": {},
    }
    for today in (True, False):
        for sign, look in looks.items():
            style = {**look, "bottom": 1, "bottom_color": theme.HAIR}
            if today:
                style |= {"left": 1, "left_color": theme.RISK, "right": 1, "right_color": theme.RISK}
                style.setdefault("bg_color", theme.RISK_T)
            condition = (
                f'=AND(LEN({used})>0,LEN({now})>0,{own}="{sign}")' if today else f'=AND(LEN({used})>0,{own}="{sign}")'
            )
            rule = {"type": "formula", "criteria": condition, "format": model.book.bare(**style), "stop_if_true": True}
            sheet.ws.conditional_format(first, col, last, col + WEEKS - 1, rule)
    rule = {
        "type": "formula",
        "criteria": f"=LEN({now})>0",
        "format": model.book.bare(bg_color=theme.RISK_F, font_color=theme.WHITE, bold=True),
    }
    sheet.ws.conditional_format(top + 3, col, top + 3, col + WEEKS - 1, rule)
