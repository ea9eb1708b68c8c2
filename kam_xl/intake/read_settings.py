"""Reads the sheet Settings back; what cannot be used is named, and a standard value takes its place."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kam_xl.content.fields import MAX_NAME
from kam_xl.content.pages import shown
from kam_xl.content.positions import Positions
from kam_xl.content.settings import ALL_YEARS, SERVICE, Template
from kam_xl.content.tables import CellError, Value
from kam_xl.intake.grid import Finding, Grid
from kam_xl.intake.parsing import as_date
from kam_xl.intake.toml_errors import reason
from kam_xl.locale import _

_SHOWN = ("map_account", "plan_account", "rollout_account")  # the accounts that pages show
_TEXTS = ("company", "currency", "basis", *_SHOWN)
_CHOICES = ("rule", "risk_kpi", "risk_direction", "selection_method")
_SHARES = ("a_cut", "b_cut", "pareto_cut", "growth_share", "near", "fast", "weight_change", "discount")
_MAY_BE_BLANK = ("key_at_least", "clv_years", "revenue_line", "cost_line")
_NUMBERS = (
    *_SHARES, "high_below", "medium_below", "compare_months", "alarm_days", "quadrant", "risk_threshold", "key_cap",
    "horizon", *_MAY_BE_BLANK,
)  # fmt: skip
# Where the standard value of the first does not go with the second, the second takes its standard value too.
_PAIRS = {"b_cut": "a_cut", "medium_below": "high_below"}
_NAMES = ("plans", "steps", "sectors", "roles", "divisions")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "growth": ("name", "source", "weight"),
    "health": ("column", "weight", "low", "high"),
}
_COLUMNS["harmony"] = _COLUMNS["growth"]
_COLUMNS["selection"] = ("name", "weight")
# Those that a workbook of an older version is without.
_NEWER = frozenset(
    (
        *(f"set_{name}" for name in (*_MAY_BE_BLANK, "selection_method", "key_cap", "near", "fast")),
        *(f"set_{name}" for name in ("weight_change", "discount", "horizon")),
        *(f"list_{name}" for name in ("roles", "divisions", "selection")),
    )
)

NAMES: tuple[str, ...] = (
    *(f"set_{name}" for name in (*_TEXTS, *_CHOICES, *_NUMBERS, "report_date")),
    *(f"list_{name}" for name in (*_NAMES, *_COLUMNS, "service")),
    "rev_months",
)
"""The names by which the settings of a workbook are found."""


def is_older(positions: Positions) -> bool:
    """Whether a version wrote the workbook that knew neither pages to choose nor the last columns of Accounts."""
    return _NEWER.isdisjoint(positions.names)


def read_settings(
    grid: Grid, positions: Positions, own_figure: str | None = None
) -> tuple[Template, dict[str, list[int]], list[Finding]]:
    """The settings of a workbook; `own_figure` is the heading of the user's own column of Accounts.

    Returns
    -------
    The settings; for plans, growth and harmony the lines of their list that hold a name, counted from 0; and the
    settings that could not be used.
    """
    reading = _Reading(grid, positions)
    if own_figure:
        reading.values["own_figure"] = own_figure
    reading.values["sheets"] = shown(positions.visible, {name: area.sheet for name, area in positions.names.items()})
    reading.missing()
    for name in (*_TEXTS, *_CHOICES, *_NUMBERS, "report_date"):
        reading.scalar(name)
    for name in _NAMES:
        reading.names(name)
    for name in _COLUMNS:
        reading.records(name)
    reading.service()
    template = reading.template()
    for name in ("plans", "growth", "harmony", "selection", "roles"):
        if not reading.slots.get(name):
            reading.slots[name] = list(range(len(getattr(template, name))))
    return template, reading.slots, reading.problems


class _Reading:
    """The settings as they are read, one by one."""

    def __init__(self, grid: Grid, positions: Positions) -> None:
        self.grid, self.areas = grid, positions.names
        self.values: dict[str, Any] = {"risk": {}}
        self.slots: dict[str, list[int]] = {}
        self.problems: list[Finding] = []

    def _problem(self, name: str, row: int, column: int, problem: str, remedy: str) -> None:
        area = self.areas[name]
        self.problems.append(Finding(area.sheet, area.cell(row, column), problem, remedy))

    def _usable(self, name: str, row: int, column: int, value: Value, number: bool = False) -> bool:
        """Whether a cell is no error and, where it has to be one, a number."""
        if isinstance(value, CellError):
            self._problem(name, row, column, _("is an error"), _("mend that cell"))
        elif number and isinstance(value, bool | str):
            self._problem(name, row, column, _("is text"), _remedy(name))
        elif number and not isinstance(value, int | float | None):
            self._problem(name, row, column, _("is no number"), _remedy(name))
        else:
            return True
        return False

    def missing(self) -> None:
        """The names that the workbook has lost, in one line."""
        exempt = {f"set_{name}" for name in _SHOWN}  # on pages, which a workbook may be without
        if _NEWER.isdisjoint(self.areas):
            exempt |= _NEWER
        lost = [name for name in NAMES if name not in self.areas and name not in exempt]
        if lost:
            sheet = next((area.sheet for name, area in self.areas.items() if name.startswith("set_")), "Settings")
            text = _("the cell named {names} is missing") if len(lost) == 1 else _("cells are missing: {names}")
            remedy = _("go back to a copy that has it, or start from a new workbook")
            self.problems.append(Finding(sheet, "", text.format(names=", ".join(lost)), remedy))

    def scalar(self, setting: str) -> None:
        """One setting with a cell of its own."""
        name = f"set_{setting}"
        if name not in self.areas:
            return
        area = self.areas[name]
        value = self.grid.value(area.sheet, area.top, area.left)
        if not self._usable(name, 0, 0, value, setting in _NUMBERS):
            return
        if setting == "report_date":
            value = as_date(value)
        elif setting in _TEXTS and (value is not None or setting != "basis"):
            value = "" if value is None else str(value).strip()
        elif value is None and setting in _MAY_BE_BLANK:
            return
        elif value is None:
            self._problem(name, 0, 0, _("is blank"), _remedy(name))
            return
        if setting.startswith("risk_"):
            self.values["risk"][setting.removeprefix("risk_")] = value
        else:
            self.values[setting] = value

    def names(self, setting: str) -> None:
        """A list of names, one a line."""
        name = f"list_{setting}"
        if name not in self.areas:
            return
        found: list[str] = []
        self.slots[setting] = []
        for slot, (value, *_others) in enumerate(self.grid.block(self.areas[name])):
            if value is None or not self._usable(name, slot, 0, value):
                continue
            text = " ".join(str(value).split())
            if self._fresh(name, slot, text, found):
                found.append(text)
                self.slots[setting].append(slot)
        self.values[setting] = found

    def _fresh(self, name: str, slot: int, text: str, found: list[str]) -> bool:
        if text.casefold() in map(str.casefold, found):
            self._problem(name, slot, 0, _("“{name}” stands there twice").format(name=text), _("use each name once"))
            return False
        return bool(text)

    def records(self, setting: str) -> None:
        """A list with several columns: criteria, health factors."""
        name, keys = f"list_{setting}", _COLUMNS[setting]
        if name not in self.areas:
            return
        found: list[dict[str, Any]] = []
        self.slots[setting] = []
        for slot, values in enumerate(self.grid.block(self.areas[name])):
            record: dict[str, Any] = {}
            for column, (key, value) in enumerate(zip(keys, values, strict=False)):
                if value is not None and self._usable(name, slot, column, value, key in ("weight", "low", "high")):
                    record[key] = value if key in ("weight", "low", "high") else " ".join(str(value).split())
            title = record.get(keys[0])
            if title is None:
                if record.get("weight"):
                    self._problem(name, slot, 0, _("is blank"), _("type a name, or clear the line"))
                continue
            record.setdefault("weight", 0)
            if self._fresh(name, slot, title, [r[keys[0]] for r in found]):
                found.append(record)
                self.slots[setting].append(slot)
        self.values[setting] = found

    def service(self) -> None:
        """How each tier is looked after."""
        if "list_service" in self.areas:
            rows = self.grid.block(self.areas["list_service"])
            texts = [str(row[0]).strip() if row[0] is not None else "" for row in rows]
            self.values["service"] = {tier: text[:MAX_NAME] for tier, text in zip(SERVICE, texts, strict=False) if text}

    def template(self) -> Template:
        """The settings, with standard values for what cannot be used."""
        while True:
            try:
                return Template.model_validate(self.values)
            except ValidationError as error:
                self._mend(error.errors(include_url=False)[0])

    def _mend(self, wrong: ErrorDetails) -> None:
        key, *place = wrong["loc"]
        if key in _PAIRS and key not in self.values:
            self.values.pop(_PAIRS[str(key)])
        elif key == "risk":
            part = str(place[0])
            self.values["risk"].pop(part)
            self._problem(f"set_risk_{part}", 0, 0, reason(wrong), _remedy(f"set_risk_{part}"))
        elif key in _NAMES:
            self._mend_name(str(key), place, wrong)
        elif key in _COLUMNS:
            self._mend_record(str(key), place, wrong)
        else:
            self.values.pop(str(key))
            self._problem(f"set_{key}", 0, 0, reason(wrong), _remedy(f"set_{key}"))

    def _mend_name(self, key: str, place: list[int | str], wrong: ErrorDetails) -> None:
        if place:
            at = int(place[0])
            self._problem(f"list_{key}", self.slots[key][at], 0, reason(wrong), _("shorten it"))
            self.values[key][at] = self.values[key][at][:MAX_NAME]
        else:
            self._problem(f"list_{key}", 0, 0, reason(wrong), _("mend the list"))
            del self.values[key], self.slots[key]

    def _mend_record(self, key: str, place: list[int | str], wrong: ErrorDetails) -> None:
        name, records, slots = f"list_{key}", self.values[key], self.slots[key]
        if not place and not records:
            self._problem(name, 0, 0, reason(wrong), _("mend the list"))
            del self.values[key], self.slots[key]
        elif not place:
            column = _COLUMNS[key].index("weight")
            self._problem(name, slots[0], column, reason(wrong), _("type the weights; until then all count alike"))
            for record in records:
                record["weight"] = 1
        elif key == "health":
            at = int(place[0])
            column = _COLUMNS[key].index(str(place[1])) if len(place) > 1 else 2
            self._problem(name, slots[at], column, reason(wrong), _("mend it; until then the line does not count"))
            records.pop(at)
            slots.pop(at)
        else:
            at, part = int(place[0]), str(place[1])
            self._problem(name, slots[at], _COLUMNS[key].index(part), reason(wrong), _("mend that cell"))
            kept = {"weight": 0, "source": "typed", "name": str(records[at]["name"])[:MAX_NAME]}
            records[at][part] = kept[part]


def _remedy(name: str) -> str:
    setting = name.removeprefix("set_")
    if setting in _SHARES:
        return _("type a share such as 80 %")
    if setting in _CHOICES:
        return _("choose from the list")
    if setting == "basis":
        return _("choose “{all}”, or a year of Revenue").format(all=ALL_YEARS)
    return _("type a date, or leave it blank") if setting == "report_date" else _("type a number that fits")
