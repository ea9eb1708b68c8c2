"""Scores: 1–10 per account and criterion; criteria and weights stand in Settings."""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.guards import failed
from kam_xl.canvas.inputs import (
    Column,
    RowChecks,
    bands,
    by_rows,
    filled_up,
    heading_of,
    input_page,
    input_table,
    listed,
    row_of,
    stored,
    taken,
)
from kam_xl.canvas.model import CRITERION_SLOTS, FIRST, MOST_ROOM, Model, Problem, room
from kam_xl.canvas.page import printed
from kam_xl.canvas.results import Revenue, Scored, Totals
from kam_xl.formulas.expressions import X, lit
from kam_xl.formulas.formula import Range, Ref
from kam_xl.formulas.functions import (
    and_,
    cell_at,
    counta,
    if_,
    iferror,
    index,
    iserror,
    isnumber,
    length,
    match_text,
    max_,
    n_,
    or_,
    place_in,
    rows_of,
)
from kam_xl.formulas.messages import say
from kam_xl.formulas.rows import across, each
from kam_xl.locale import _

ACCOUNT, GROWTH = 1, 2
HARMONY = GROWTH + CRITERION_SLOTS
CHECK = HARMONY + CRITERION_SLOTS + 1
NO, NAME, BLANK, MISSING = 61, 62, 80, 81  # columns of calc_scores


def fill(model: Model) -> None:
    """Write the typed scores under the live names of the criteria."""
    t = model.tables
    rows = room(max(len(t.scores), min(len(t.accounts), MOST_ROOM)))
    sheet = input_page(
        model,
        "Scores",
        _("Scores from 1 (low) to 10 (high). Criteria and weights are named in Settings."),
        _("grey names: computed from revenue where no score is typed"),
        [16, 208, *[96] * (2 * CRITERION_SLOTS), 16, 320, 16],
        [_("Type a score where you know it"), _("Blank: computed, or no score yet"), _("Read the check at the right")],
    )
    bands(sheet, (ACCOUNT, HARMONY + CRITERION_SLOTS - 1), [(CHECK, CHECK)])
    sheet.height(6, 32)
    groups = [("growth", "Growth"), ("harmony", "Harmony")]
    cols = [Column("Account", _("as on Accounts"), 208, style={"bold": True})]
    hints: list[X | str] = [cols[0].hint]
    for name, heading in groups:
        area = model.lists[name]
        for k in range(CRITERION_SLOTS):
            cols.append(Column(f"{heading} {k + 1}", "", 96, "number", bounds=(1, 10)))
            hints.append(if_(length(area.cell(k, 0)) == 0, "–", area.cell(k, 0) & ""))
    model.inputs |= {f"Scores.{h}": a for h, a in input_table(sheet, "tblScores", ACCOUNT, cols, rows, hints).items()}
    name_look, score_look = cols[0].look, theme.typed(num_format="0.0", align="right")
    sheet.fill(FIRST, ACCOUNT, filled_up([stored(account) for account, _g, _h in t.scores], rows), **name_look)
    for k in range(CRITERION_SLOTS):
        for start, scores in ((GROWTH, [g for _a, g, _h in t.scores]), (HARMONY, [h for _a, _g, h in t.scores])):
            given = [stored(values[k]) if k < len(values) else None for values in scores]
            sheet.fill(FIRST, start + k, filled_up(given, rows), **score_look)
    sheet.ws.freeze_panes(FIRST, ACCOUNT + 1)
    sheet.ws.repeat_rows(FIRST - 1)
    printed(sheet, FIRST + max(len(t.scores), 14) + 2, tall=True)
    model.inputs["Scores"] = sheet.area(FIRST, GROWTH, FIRST + rows - 1, HARMONY + CRITERION_SLOTS - 1)


def calculate(model: Model, revenue: Revenue) -> Scored:
    """Scores in force: what is typed, else size or growth scaled to 1–10 over the scored accounts."""
    names, values = model.inputs["Scores.Account"], model.inputs["Scores"]
    sheet, rows = model.sheet("calc_scores"), names.rows
    for j, text in enumerate(("problems", "row on Revenue", "revenue", "growth", "size 1–10", "growth 1–10")):
        sheet.write(0, j, text, **theme.note())
    no = each(sheet.fill(1, NO, range(1, rows + 1)))
    name = each(sheet.fill(1, NAME, taken(names, no) & "", rows))
    own = each(sheet.fill(1, 1, row_of(name, model.inputs["Revenue.Account"], no), rows))
    for j, area in ((2, revenue.first_last.column(1)), (3, revenue.cagr)):
        cell = index(area, max_(own, lit(1)))
        sheet.fill(1, j, if_(own == 0, "", if_(isnumber(cell), cell, "")), rows)
    size = each(model.kam(sheet, 1, 4, "KAM_SCALE", sheet.area(1, 2, rows, 2), rows=rows))
    growing = each(model.kam(sheet, 1, 5, "KAM_SCALE", sheet.area(1, 3, rows, 3), rows=rows))
    for group, start, col in (("growth", 0, 6), ("harmony", CRITERION_SLOTS, 6 + CRITERION_SLOTS)):
        area = model.lists[group]
        for k in range(CRITERION_SLOTS):
            score = _score(values, no, (size, growing), start + k, area.cell(k, 1))
            sheet.fill(1, col + k, score, rows)
    growth, harmony = (sheet.area(1, col, rows, col + CRITERION_SLOTS - 1) for col in (6, 6 + CRITERION_SLOTS))
    return Scored(name.area, growth, harmony)


def _score(values: Range, no: X, computable: tuple[X, X], j: int, source: X) -> X:
    """The score in force: typed, else computed; nothing where the row is gone."""
    cell = index(values, no, lit(j + 1))
    size, growth = computable
    computed = if_(source == "revenue", size, if_(source == "growth", growth, ""))
    gone = rows_of(values) < no
    return if_(gone, "", if_(length(cell) > 0, cell, computed))


def _blank_years(model: Model, revenue: Revenue, totals: Totals) -> Range:
    """The cell of Revenue that keeps size and growth of each row from being computed, in words; else nothing.

    It is the last year, or the first, of an account that has revenue in another one.
    """
    sheet, values = model.sheet("calc_scores"), model.inputs["Revenue"]
    rows, top = model.inputs["Scores.Account"].rows, Ref(values.sheet, values.r1 - 1, values.c1 - 1, None)
    sheet.write(0, BLANK, "blank on Revenue", **theme.note())
    own = each(sheet.area(1, 1, rows, 1))
    first, last = (index(revenue.first_last.column(j), max_(own, lit(1))) for j in (0, 1))
    total = index(totals.revenue, max_(own, lit(1)))
    year = if_(length(last) == 0, revenue.years, if_(and_(revenue.years > 1, length(first) == 0), 1, 0))
    there = and_(own > 0, isnumber(total))
    return sheet.fill(1, BLANK, iferror(if_(there, if_(year > 0, cell_at(top, own, year), ""), ""), ""), rows)


def finish(model: Model, revenue: Revenue, totals: Totals, scored: Scored) -> None:
    """Checks of the scores."""
    sheet, names, values = model.sheet("Scores"), model.inputs["Scores.Account"], model.inputs["Scores"]
    sheet.write(FIRST - 1, CHECK, _("Check"), **theme.heading(align="left", indent=1))
    found: list[Problem] = []
    area = sheet.area(FIRST, ACCOUNT, FIRST + names.rows - 1, HARMONY + CRITERION_SLOTS - 1)
    repeats = model.kam(model.sheet("calc_scores"), 1, 60, "KAM_DUPLICATES", names, rows=names.rows)
    growth, harmony = scored.growth, scored.harmony
    # while the revenue cannot be computed, its own problem is the one to mend
    growing = if_(failed(revenue.cagr), False, True)
    lost = _blank_years(model, revenue, totals)
    name, checks, absent = each(names), RowChecks(sheet, found), RowChecks(sheet, found)
    place, filled = place_in(name, heading_of(names)), counta(across(values)) > 0
    checks.no_error(name)
    nameless = and_(length(name) == 0, filled)
    checks.add(name, nameless, _("is blank"), _("type the account's name or clear the row"))
    again = _("stands there twice, and each row counts as an account of its own")
    checks.add(name, isnumber(index(repeats, place)), again, _("keep one row per account"))
    stranger = and_(length(name) > 0, iserror(match_text(name & "", model.inputs["Accounts.Account"])))
    checks.add(name, stranger, _("is not on Accounts"), _("add the account there or mend the name"))
    some = and_(length(name) > 0, filled)
    for k in range(2 * CRITERION_SLOTS):
        group, scores = ("growth", growth) if k < CRITERION_SLOTS else ("harmony", harmony)
        source, weight = (model.lists[group].cell(k % CRITERION_SLOTS, column) for column in (1, 2))
        score = index(scores, place, lit(k % CRITERION_SLOTS + 1))
        missing = and_(some, n_(weight) > 0, length(score) == 0, growing)
        computed = or_(source == "revenue", source == "growth")
        cell = if_(computed, iferror(index(lost, place) & "", ""), "")
        so = say("is blank, as Revenue!{cell} is (type the revenue there if there was any)", cell=cell)
        why = if_(length(cell) == 0, _("is blank"), so)
        absent.add(each(values, k), missing, why, _("type a score, or the account has no total"))
    # in a cell of its own: all in one formula would be more than Excel takes
    checks.parts.append(each(model.sheet("calc_scores").fill(1, MISSING, absent.text(), names.rows)) & "")
    for k in range(2 * CRITERION_SLOTS):
        checks.number(each(values, k), (1, 10))
    text = if_(counta(across(area)) == 0, "", checks.text())
    sheet.fill(FIRST, CHECK, text, names.rows, **theme.computed(font_color=theme.RISK_D, indent=1))
    texts = sheet.area(FIRST, CHECK, FIRST + names.rows - 1, CHECK)
    listed(model, model.sheet("calc_scores"), "Scores", texts, 0, by_rows(found))
