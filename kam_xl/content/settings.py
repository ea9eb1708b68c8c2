"""The settings of a workbook, each checked."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kam_xl.content.fields import (
    SMALLEST,
    Figure,
    Heading,
    Kpi,
    Line,
    Name,
    Names,
    Share,
    Weight,
    distinct,
    parse_years,
)
from kam_xl.content.pages import chosen
from kam_xl.content.records import DIVISION_SLOTS, ROLE_SLOTS, SELECTION_SLOTS
from kam_xl.content.tables import ACCOUNT_FIELDS, DATE_KPIS, Tables
from kam_xl.errors import DataError
from kam_xl.locale import _

MAX_SECTORS = 12
MAX_COMPANY = 80
MAX_CURRENCY = 12
ALL_YEARS = "All years"
FIRST_REPORT, LAST_REPORT = date(1900, 3, 1), date(2199, 12, 31)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, validate_default=True)


class Criterion(_Model):
    """A criterion of the scoring. ``source`` says what fills in where the user typed no score.

    ``revenue``: the latest revenue, scaled to 1–10; ``growth``: the yearly growth, scaled to 1–10; ``typed``: nothing.
    """

    name: Name
    weight: Weight
    source: Literal["typed", "revenue", "growth"] = "typed"


class Risk(_Model):
    """The rule that says which accounts are at risk.

    The figure is a number column of Accounts, its Health, the days since the last contact or those to the renewal.
    """

    kpi: Kpi = "Engagement"
    threshold: Annotated[float, Field(ge=-1e9, le=1e9)] = 60
    direction: Literal["below", "above"] = "below"


class Weighed(_Model):
    """A criterion by which key accounts are chosen."""

    name: Name
    weight: Weight = 1


class Factor(_Model):
    """A factor of an account's health: a column of the sheet Accounts, scaled so that low is 0 and high is 100."""

    column: Heading
    weight: Weight
    low: Figure
    high: Figure

    @model_validator(mode="after")
    def _check(self) -> Factor:
        if abs(self.low - self.high) < SMALLEST:
            raise ValueError(_("low and high must differ"))
        return self


SERVICE = {"A": "Named team", "B": "Shared manager", "C": "Digital"}


class Template(_Model):
    """The settings of a workbook. Every key has a default, so that a template holds only what differs.

    Examples
    --------
    >>> Template(plans=["Small", "Large"]).plans
    ['Small', 'Large']
    """

    name: Name = "standard"
    description: Line = ""
    company: Line = Field(default="", max_length=MAX_COMPANY)
    currency: Line = Field(default="k€", max_length=MAX_CURRENCY)
    report_date: date | None = None
    years: str = "2023:2025"
    basis: Name = ALL_YEARS  # or a year: the revenue behind Pareto, ABC and concentration
    a_cut: Share = 0.80
    b_cut: Share = 0.95
    rule: Literal["crossing", "within"] = "crossing"
    pareto_cut: Share = 0.80
    service: dict[str, Name] = SERVICE  # by tier: A, B, C
    plans: Names = Field(default=["Basic", "Standard", "Premium"], min_length=1, max_length=5)
    steps: Names = Field(
        default=["Kick-off", "Data migration", "Integration", "Training", "Live"], min_length=1, max_length=8
    )
    sectors: Names = Field(default=[], max_length=MAX_SECTORS)
    risk: Risk = Risk()
    high_below: float = Field(default=45, ge=0, le=100)
    medium_below: float = Field(default=60, ge=0, le=100)
    health: list[Factor] = Field(
        default=[
            Factor(column="Engagement", weight=0.6, low=0, high=100),
            Factor(column="Satisfaction", weight=0.4, low=1, high=5),
        ],
        min_length=1,
        max_length=5,
    )
    growth: list[Criterion] = Field(
        default=[
            Criterion(name="Revenue size", weight=0.35, source="revenue"),
            Criterion(name="Revenue growth", weight=0.30, source="growth"),
            Criterion(name="Wallet share left", weight=0.20),
            Criterion(name="Upsell readiness", weight=0.15),
        ],
        min_length=1,
        max_length=5,
    )
    harmony: list[Criterion] = Field(
        default=[
            Criterion(name="Strategic fit", weight=0.35),
            Criterion(name="Culture", weight=0.20),
            Criterion(name="Vision", weight=0.20),
            Criterion(name="Strategy", weight=0.25),
        ],
        min_length=1,
        max_length=5,
    )
    growth_share: float = Field(default=0.5, ge=0, le=1)
    quadrant: float = Field(default=5.5, ge=1, le=10)
    compare_months: int = Field(default=3, ge=1, le=60)
    alarm_days: int = Field(default=90, ge=0, le=10000)
    own_figure: Name = ACCOUNT_FIELDS["figure"]  # heading of the column of Accounts that is the user's own
    selection: list[Weighed] = Field(
        default=[
            Weighed(name="Recurring revenue", weight=0.25),
            Weighed(name="Profitability", weight=0.20),
            Weighed(name="Lifetime value", weight=0.20),
            Weighed(name="Goal alignment", weight=0.15),
            Weighed(name="Expansion potential", weight=0.20),
        ],
        min_length=1,
        max_length=SELECTION_SLOTS,
    )
    selection_method: Literal["sum", "weighted"] = "weighted"
    key_cap: int = Field(default=5, ge=1, le=1000)
    key_at_least: float | None = Field(default=None, ge=0, le=100)
    near: float = Field(default=0.1, ge=0, le=1)
    fast: float = Field(default=0.2, ge=-1, le=100)
    weight_change: float = Field(default=0.1, gt=0, le=1)
    discount: float = Field(default=0.1, ge=0, le=10)
    clv_years: float | None = Field(default=None, gt=0, le=1000)
    revenue_line: Figure | None = None  # of the profit matrix; the median if None
    cost_line: Figure | None = None
    divisions: Names = Field(default=[], max_length=DIVISION_SLOTS)
    roles: Names = Field(
        default=["KAM", "Sales", "Exec sponsor", "CSM", "Solution arch.", "Support lead", "Finance", "Legal"],
        max_length=ROLE_SLOTS,
    )
    horizon: Literal[12, 24, 36] = 24
    map_account: Line = ""
    plan_account: Line = ""
    rollout_account: Line = ""
    sheets: Names = []  # the pages, in their order; all if empty

    @model_validator(mode="before")
    @classmethod
    def _own(cls, values: Any) -> Any:
        """The name that the user gave to the column of their own means that column."""
        own = values.get("own_figure") if isinstance(values, dict) else None
        if not isinstance(own, str):
            return values

        def named(part: Any, key: str) -> Any:
            mine = isinstance(part, dict) and str(part.get(key, "")).casefold() == own.casefold()
            return {**part, key: ACCOUNT_FIELDS["figure"]} if mine else part

        health = values.get("health")
        changed = {"health": [named(factor, "column") for factor in health]} if isinstance(health, list) else {}
        return {**values, **changed, **({"risk": named(values["risk"], "kpi")} if "risk" in values else {})}

    @field_validator("report_date", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        return value.date() if isinstance(value, datetime) else value

    @field_validator("report_date")
    @classmethod
    def _near(cls, value: date | None) -> date | None:
        if value is not None and not FIRST_REPORT <= value <= LAST_REPORT:
            raise ValueError(_("must be from {first} to {last}").format(first=FIRST_REPORT, last=LAST_REPORT))
        return value

    @field_validator("own_figure")
    @classmethod
    def _heading(cls, value: str) -> str:
        taken = {*ACCOUNT_FIELDS.values(), "Health", *DATE_KPIS} - {ACCOUNT_FIELDS["figure"]}
        if value.casefold() in map(str.casefold, taken):
            raise ValueError(_("“{name}” is the heading of another column; choose another name").format(name=value))
        return value

    @field_validator("service", mode="after")
    @classmethod
    def _tiers(cls, value: dict[str, str]) -> dict[str, str]:
        for tier in value:
            if tier not in SERVICE:
                raise ValueError(_("knows no tier “{tier}”; use A, B and C").format(tier=tier))
        return SERVICE | value

    @field_validator("years", mode="before")
    @classmethod
    def _list(cls, value: object) -> object:
        if isinstance(value, list):
            return ",".join(map(str, value))
        return str(value) if isinstance(value, int) else value

    @field_validator("years")
    @classmethod
    def _years(cls, value: str) -> str:
        parse_years(value)
        return value

    @field_validator("basis")
    @classmethod
    def _basis(cls, value: str) -> str:
        if value.casefold() == ALL_YEARS.casefold():
            return ALL_YEARS
        if found := re.search(r"(?<!\d)(?:19\d\d|20\d\d|2100)(?!\d)", value, re.ASCII):
            return found[0]
        raise ValueError(_("must be “{all}”, or a year such as 2025").format(all=ALL_YEARS))

    @field_validator("sheets")
    @classmethod
    def _pages(cls, values: list[str]) -> list[str]:
        try:
            return chosen(values) if values else []
        except DataError as error:
            raise ValueError(str(error)) from None

    @field_validator("b_cut")
    @classmethod
    def _cuts(cls, value: float, info: Any) -> float:
        if value < info.data.get("a_cut", 0):
            raise ValueError(_("must not be smaller than a_cut"))
        return value

    @field_validator("medium_below")
    @classmethod
    def _levels(cls, value: float, info: Any) -> float:
        if value < info.data.get("high_below", 0):
            raise ValueError(_("must not be smaller than high_below"))
        return value

    @field_validator("growth", "harmony", "health", "selection")
    @classmethod
    def _weights(cls, values: list[Any]) -> list[Any]:
        distinct([value.column if isinstance(value, Factor) else value.name for value in values])
        if not any(value.weight for value in values):
            raise ValueError(_("at least one weight must be above 0"))
        return values


def report_date(template: Template, tables: Tables, today: date | None = None) -> date:
    """The day that the report looks back from.

    The template's date; else the end of the last month of the MRR table; else the end of the present month.

    >>> report_date(Template(), Tables(mrr=[(date(2025, 2, 1), "Aurelia", [96])]))
    datetime.date(2025, 2, 28)
    """
    if template.report_date is not None:
        return template.report_date
    months = [month for month, *_rest in tables.mrr if isinstance(month, date)]
    last = max(months, default=today or date.today())
    return date(last.year, last.month, calendar.monthrange(last.year, last.month)[1])
