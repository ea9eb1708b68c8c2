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
from kam_xl.formulas.expressions import X, lit
from kam_xl.formulas.formula import Range
from kam_xl.formulas.functions import (
    and_,
    counta,
    if_,
    index,
    iserror,
    isnumber,
    length,
    match_text,
    max_,
    n_,
    place_in,
    rows_of,
)
from kam_xl.formulas.rows import across, each
from kam_xl.locale import _

ACCOUNT, GROWTH = 1, 2
HARMONY = GROWTH + CRITERION_SLOTS
CHECK = HARMONY + CRITERION_SLOTS + 1
NO, NAME = 61, 62  # columns of calc_scores


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


def calculate(model: Model) -> None:
    """Scores in force: what is typed, else size or growth scaled to 1–10 over the scored accounts."""
    names, values = model.inputs["Scores.Account"], model.inputs["Scores"]
    sheet, c, rows = model.sheet("calc_scores"), model.computed, names.rows
    for j, text in enumerate(("problems", "row on Revenue", "revenue", "growth", "size 1–10", "growth 1–10")):
        sheet.write(0, j, text, **theme.note())
    no = each(sheet.fill(1, NO, range(1, rows + 1)))
    name = each(sheet.fill(1, NAME, taken(names, no) & "", rows))
    own = each(sheet.fill(1, 1, row_of(name, model.inputs["Revenue.Account"], no), rows))
    for j, area in ((2, c["first_last"].column(1)), (3, c["cagr"])):
        cell = index(area, max_(own, lit(1)))
        sheet.fill(1, j, if_(own == 0, "", if_(isnumber(cell), cell, "")), rows)
    c["size"] = model.kam(sheet, 1, 4, "KAM_SCALE", sheet.area(1, 2, rows, 2), rows=rows)
    c["growth_scaled"] = model.kam(sheet, 1, 5, "KAM_SCALE", sheet.area(1, 3, rows, 3), rows=rows)
    for group, start, col in (("growth", 0, 6), ("harmony", CRITERION_SLOTS, 6 + CRITERION_SLOTS)):
        area = model.lists[group]
        for k in range(CRITERION_SLOTS):
            sheet.fill(1, col + k, _score(model, values, start + k, area.cell(k, 1)), rows)
        c["scored_name"] = sheet.area(1, NAME, rows, NAME)
        c[group] = sheet.area(1, col, rows, col + CRITERION_SLOTS - 1)


def _score(model: Model, values: Range, j: int, source: X) -> X:
    """The score in force: typed, else computed; nothing where the row is gone."""
    no = each(model.sheet("calc_scores").area(1, NO, values.rows, NO))
    cell = index(values, no, lit(j + 1))
    size, growth = each(model.computed["size"]), each(model.computed["growth_scaled"])
    computed = if_(source == "revenue", size, if_(source == "growth", growth, ""))
    gone = rows_of(values) < no
    return if_(gone, "", if_(length(cell) > 0, cell, computed))


def finish(model: Model) -> None:
    """Checks of the scores."""
    sheet, names, values = model.sheet("Scores"), model.inputs["Scores.Account"], model.inputs["Scores"]
    sheet.write(FIRST - 1, CHECK, _("Check"), **theme.heading(align="left", indent=1))
    found: list[Problem] = []
    area = sheet.area(FIRST, ACCOUNT, FIRST + names.rows - 1, HARMONY + CRITERION_SLOTS - 1)
    repeats = model.kam(model.sheet("calc_scores"), 1, 60, "KAM_DUPLICATES", names, rows=names.rows)
    growth, harmony = model.computed["growth"], model.computed["harmony"]
    # while the revenue cannot be computed, its own problem is the one to mend
    growing = if_(failed(model.computed["cagr"]), False, True)
    name, checks, filled = each(names), RowChecks(sheet, found), counta(across(values)) > 0
    place = place_in(name, heading_of(names))
    checks.no_error(name)
    checks.add(
        name,
        and_(length(name) == 0, filled),
        _("is blank"),
        _("type the account's name or clear the row"),
    )
    again = _("stands there twice, and each row counts as an account of its own")
    checks.add(name, isnumber(index(repeats, place)), again, _("keep one row per account"))
    stranger = and_(length(name) > 0, iserror(match_text(name & "", model.inputs["Accounts.Account"])))
    checks.add(name, stranger, _("is not on Accounts"), _("add the account there or mend the name"))
    scored = and_(length(name) > 0, filled)
    for k in range(2 * CRITERION_SLOTS):
        group, scores = ("growth", growth) if k < CRITERION_SLOTS else ("harmony", harmony)
        weight, score = (
            model.lists[group].cell(k % CRITERION_SLOTS, 2),
            index(scores, place, lit(k % CRITERION_SLOTS + 1)),
        )
        missing = and_(scored, n_(weight) > 0, length(score) == 0, growing)
        checks.add(each(values, k), missing, _("is blank"), _("type a score, or the account has no total"))
    for k in range(2 * CRITERION_SLOTS):
        checks.number(each(values, k), (1, 10))
    text = if_(counta(across(area)) == 0, "", checks.text())
    sheet.fill(FIRST, CHECK, text, names.rows, **theme.computed(font_color=theme.RISK_D, indent=1))
    texts = sheet.area(FIRST, CHECK, FIRST + names.rows - 1, CHECK)
    listed(model, model.sheet("calc_scores"), "Scores", texts, 0, by_rows(found))
