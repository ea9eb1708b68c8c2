"""The kinds of values that settings hold, each checked: names, years, weights, headings."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from kam_xl.content.tables import DATE_KPIS, KPI_HEADINGS, printable
from kam_xl.locale import _, either

MAX_YEARS = 30
MAX_NAME = 60  # letters of a plan, step, sector or criterion
SMALLEST = 1e-9  # weight or span


def parse_years(text: str) -> list[str]:
    """Year headings from ``first:last`` or a list; oldest first, each once.

    Raises
    ------
    ValueError
        When the text holds anything but years from 1900 to 2100, or more than 30 of them.

    Examples
    --------
    >>> parse_years("2023:2025")
    ['2023', '2024', '2025']
    >>> parse_years("2025, 2023")
    ['2023', '2025']
    """
    years: set[int] = set()
    for part in re.split(r"[,;\s]+", re.sub(r"\s*([:–-])\s*", r"\1", text.strip())):
        found = re.fullmatch(r"(\d{4})(?:[:–-](\d{4}))?", part, re.ASCII)
        if found is None:
            raise ValueError(_("“{text}” is no list of years; write 2023:2025 or 2023,2025").format(text=text))
        first, last = sorted((int(found[1]), int(found[2] or found[1])))
        years.update(range(first, last + 1))
    if min(years) < 1900 or max(years) > 2100 or len(years) > MAX_YEARS:
        raise ValueError(_("“{text}” must be 1 to 30 years between 1900 and 2100").format(text=text))
    return [str(year) for year in sorted(years)]


def one_line(text: str) -> str:
    """A text on one line, without what no workbook can hold.

    >>> one_line(" Nimbora\\x07\\n Health ")
    'Nimbora Health'
    """
    return " ".join(printable(text).split())


def _text(value: str) -> str:
    value = one_line(value)
    if not value:
        raise ValueError(_("must not be blank"))
    return value


def distinct(values: list[str]) -> list[str]:
    """Names, of which none may stand there twice."""
    seen: set[str] = set()
    for value in values:
        if value.casefold() in seen:
            raise ValueError(_("“{name}” stands there twice; use each name once").format(name=value))
        seen.add(value.casefold())
    return values


Name = Annotated[str, Field(max_length=MAX_NAME), AfterValidator(_text)]
Names = Annotated[list[Name], AfterValidator(distinct)]
Line = Annotated[str, AfterValidator(one_line)]
Share = Annotated[float, Field(gt=0, le=1)]
Figure = Annotated[float, Field(ge=-1e15, le=1e15)]


def _weight(value: float) -> float:
    """A weight that counts for something beside others, in every program: some take less for 0."""
    if 0 < value < SMALLEST:
        raise ValueError(_("must be 0, or at least {least:g}").format(least=SMALLEST))
    return value


Weight = Annotated[float, Field(ge=0, le=1e9), AfterValidator(_weight)]


def _column(value: str, also: tuple[str, ...] = ()) -> str:
    for heading in (*KPI_HEADINGS, *also):
        if heading.casefold() == value.strip().casefold():
            return heading
    raise ValueError(_("must be {list}").format(list=either((*KPI_HEADINGS, *also))))


Heading = Annotated[str, AfterValidator(_column)]
Kpi = Annotated[str, AfterValidator(lambda value: _column(value, ("Health", *DATE_KPIS)))]
