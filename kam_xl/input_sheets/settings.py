"""Settings: one place for rules, lists and labels; every sheet reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.book import Sheet
from kam_xl.canvas.model import CRITERION_SLOTS, FACTOR_SLOTS, FIRST, PLAN_SLOTS, SECTOR_SLOTS, STEP_SLOTS, Model
from kam_xl.canvas.page import exact, head, page
from kam_xl.content.records import DIVISION_SLOTS, ROLE_SLOTS, SELECTION_SLOTS
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS
from kam_xl.formulas.expressions import lit
from kam_xl.formulas.formula import Range, Ref
from kam_xl.formulas.functions import if_, length, sum_
from kam_xl.input_sheets.accounts import COL, FIELDS
from kam_xl.input_sheets.rules import OWN_FIGURE, Rule, rules
from kam_xl.locale import _


def fill(model: Model) -> None:
    """Write the sheet; define a name for every setting and list."""
    sheet, t = model.sheet("Settings"), model.template
    page(
        model.book,
        sheet,
        [16, 192, 168, 80, 400, 24, 176, 88, 64, 72, 24, 176, 120, 64, 24, 168, 16],
        _("Settings"),
        _("One place for rules, lists and labels. Cream cells are inputs; every sheet reads them."),
    )
    head(sheet, 3, 1, 4, _("Rules"))
    for c, text in enumerate((_("Setting"), _("Value"), _("Unit"), _("What it does")), 1):
        sheet.write(4, c, text, **theme.heading(align="right" if c == 2 else "left"))
    row = 5
    for rule in rules():
        value = rule.value(t)
        sheet.write(row, 1, rule.label, **theme.body(bold=True))
        cell = sheet.write(row, 2, value, **theme.typed(num_format=rule.num_format, align="right"))
        sheet.write(row, 3, rule.unit, **theme.body(**theme.note(indent=1)))
        sheet.write(row, 4, rule.what, **theme.body(**theme.note()))
        if rule.num_format == theme.N0:
            exact(sheet, (row, 2, row, 2))
        _allow(model, row, 2, rule)
        model.typed[rule.name] = cell
        default = rule.value(Template()) or ""
        model.settings[rule.name] = model.calc.put(f"setting {rule.name}", if_(length(cell) == 0, default, cell))
        model.book.define(f"set_{rule.name}", cell)
        sheet.height(row, 28)
        row += 1
    _lists(model, sheet)
    sheet.ws.print_area(0, 0, max(row, 38), 16)


def _allow(model: Model, row: int, col: int, setting: Rule) -> None:
    if not setting.allow:
        return
    kind, *limits = setting.allow
    rule: dict[str, Any] = {"validate": kind, "ignore_blank": True, "error_title": _("Settings")}
    if kind == "list":
        source = _choices(model, setting.name, limits)
        rule |= {"source": source, "error_type": "warning", "error_message": _("Choose from the list.")}
    elif kind == "date":
        rule |= {"criteria": ">", "value": 1, "error_message": _("Type a date, or leave it blank.")}
    else:
        low, high = limits
        text = _("Type a number from {low} to {high}.").format(low=f"{low:g}", high=f"{high:g}")
        rule |= {"criteria": "between", "minimum": low, "maximum": high, "error_message": text}
    model.sheet("Settings").ws.data_validation(row, col, row, col, rule)


def _choices(model: Model, name: str, words: list[Any]) -> list[str] | str:
    """What a drop-down offers: the words, or cells that hold them where one is a heading that a person may change."""
    if OWN_FIGURE not in words:
        return words
    heading = Ref("Accounts", FIRST - 1, COL + FIELDS.index("figure"), model.template.own_figure)
    cells = [model.calc.put(f"offered for {name}", heading & "" if w is OWN_FIGURE else w) for w in words]
    model.book.define(
        f"offered_{name}", model.calc.values.area(cells[0].row, cells[0].col, cells[-1].row, cells[0].col)
    )
    return f"=offered_{name}"


def _table(
    model: Model,
    name: str,
    row: int,
    col: int,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    slots: int,
    formats: Sequence[str] = (),
) -> Range:
    """A list of inputs with spare rows; named so that formulas and readers find it."""
    sheet = model.sheet("Settings")
    head(sheet, row, col, col + len(headings) - 1, title)
    for j, text in enumerate(headings):
        sheet.write(
            row + 1,
            col + j,
            text,
            **theme.heading(align="left" if j == 0 or not formats or not formats[j] else "right"),
        )
    for i in range(slots):
        given = rows[i] if i < len(rows) else [None] * len(headings)
        for j, value in enumerate(given):
            form = formats[j] if formats else ""
            style = {"num_format": form, "align": "right"} if form else {"indent": 1}
            sheet.write(row + 2 + i, col + j, value if value != "" else None, **theme.typed(**style))
    area = sheet.area(row + 2, col, row + 1 + slots, col + len(headings) - 1)
    model.lists[name] = area
    model.book.define(f"list_{name}", area)
    return area


def _lists(model: Model, sheet: Sheet) -> None:
    t = model.template
    right: dict[str, tuple[int, str, list[Any]]] = {
        "growth": (6, _("Growth criteria"), [[c.name, c.source, c.weight] for c in t.growth]),
        "harmony": (11, _("Harmony criteria"), [[c.name, c.source, c.weight] for c in t.harmony]),
    }
    for name, (col, title, rows) in right.items():
        area = _table(
            model,
            name,
            3,
            col,
            title,
            [_("Criterion"), _("If blank"), _("Weight")],
            rows,
            CRITERION_SLOTS,
            ["", "", "0%"],
        )
        total = sum_(area.column(2))
        sheet.write(10, col, _("Sum of weights (100 % is assumed)"), **theme.total(font_size=9))
        sheet.band(10, col + 1, col + 1, **theme.total())
        sheet.write(10, col + 2, total, **theme.total(num_format="0%"))
        sources = ["typed", "revenue", "growth"] if name == "growth" else ["typed"]
        sheet.ws.data_validation(area.r1, col + 1, area.r2, col + 1, {"validate": "list", "source": sources})
    own = {ACCOUNT_FIELDS["figure"]: t.own_figure}
    factors = [[own.get(f.column, f.column), f.weight, f.low, f.high] for f in t.health]
    health = _table(
        model,
        "health",
        12,
        6,
        _("Health: factors, scaled to 0–100"),
        [_("Column of Accounts"), _("Weight"), _("0 at"), _("100 at")],
        factors,
        FACTOR_SLOTS,
        ["", "0%", "General", "General"],
    )
    source = _choices(model, "health", ["Engagement", "Satisfaction", OWN_FIGURE])
    sheet.ws.data_validation(
        health.r1, 6, health.r2, 6, {"validate": "list", "source": source, "error_type": "warning"}
    )
    _table(model, "service", 12, 12, _("Service by class"), [_("Service model")], [[t.service[k]] for k in "ABC"], 3)
    for i, tier in enumerate("ABC"):
        sheet.write(14 + i, 11, _("Class {tier}").format(tier=tier), **theme.body(bold=True))
    _table(model, "plans", 20, 6, _("Plans, smallest first"), [_("Plan")], [[p] for p in t.plans], PLAN_SLOTS)
    _table(
        model,
        "steps",
        20,
        11,
        _("Onboarding steps"),
        [_("Step, the last one is done")],
        [[s] for s in t.steps],
        STEP_SLOTS,
    )
    _table(model, "sectors", 20, 12, _("Sectors"), [_("Sector")], [[s] for s in t.sectors], SECTOR_SLOTS)
    chosen = [[c.name, c.weight] for c in t.selection]
    titles = [_("Criterion, 3 to 5"), _("Weight")]
    _table(model, "selection", 29, 6, _("Selection criteria"), titles, chosen, SELECTION_SLOTS, ["", "0%"])
    _table(model, "roles", 27, 15, _("Roles"), [_("Role")], [[r] for r in t.roles], ROLE_SLOTS)
    _table(
        model,
        "divisions",
        3,
        15,
        _("Divisions or products"),
        [_("Division")],
        [[d] for d in t.divisions],
        DIVISION_SLOTS,
    )
    sheet.write(28, 6, _("Accounts may hold any sector; the list only feeds the drop-down."), **theme.note())


def normalised_weight(area: Range, i: int) -> Any:
    """Weight of criterion `i` as a share of all weights; nothing for a spare row."""
    weight, total = area.cell(i, 2), sum_(area.column(2))
    return if_(weight == "", "", if_(total == 0, lit(0), weight / total))
