"""Months, quarters, halves and years in headings and cells: “Jan 2025”, “Q3 2024”, “2024 H1”, “FY24”."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import NamedTuple

from kam_xl.content.tables import Value
from kam_xl.intake import parsing


class Period(NamedTuple):
    """A part of a year: `months` of it, from `month` on."""

    year: int
    month: int
    months: int


_MONTH = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.?[\s'’./_-]*(\d{4}|\d{2})(?!\d)")
_NUMBERS = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)[-./]?(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-./]((?:19|20)\d\d))(?![-./\d])"
)
_PART = (
    r"(?:(?P<{q}>[1-4])\.?\s*(?:er|e|ème)?\s*(?:quartal|trimestre|quarter|qtr)|(?:q|t|quarter|quartal|qtr)\s*(?P<{p}>[1-4])"
    r"|(?:h|s|hj)\s*(?P<{h}>[12])|(?P<{g}>[12])\.?\s*(?:halbjahr|hj|semestre))"
)
_YEAR = r"(?:fy|gj|cy|exercice)?[\s'’-]*(?P<{y}>(?:19|20)\d\d|\d\d)"
_QUARTER = re.compile(
    r"(?<![^\W_])(?:" + _PART.format(q="q1", p="p1", h="h1", g="g1") + r"[\s'’/_.,-]*" + _YEAR.format(y="y1")
    + "|" + _YEAR.format(y="y2") + r"[\s'’/_.,-]*" + _PART.format(q="q2", p="p2", h="h2", g="g2") + r")(?![^\W_])"
)  # fmt: skip
_BARE_PART = re.compile(_PART.format(q="q", p="p", h="h", g="g"))


def period_in(heading: Value) -> tuple[Period, str] | None:
    """The month, quarter or half that a heading names, and the words beside it; None where it names none.

    >>> period_in("Revenue Jan 2025"), period_in("Q3 2024")
    ((Period(year=2025, month=1, months=1), 'revenue'), (Period(year=2024, month=7, months=3), ''))
    >>> period_in("2024 H1"), period_in("2025-02"), period_in("2025"), period_in("Sales")
    ((Period(year=2024, month=1, months=6), ''), (Period(year=2025, month=2, months=1), ''), None, None)
    """
    if isinstance(heading, datetime | date):
        return Period(heading.year, heading.month, 1), ""
    if isinstance(heading, int) and 190001 <= heading <= 210012 and 1 <= heading % 100 <= 12:
        return Period(heading // 100, heading % 100, 1), ""
    if not isinstance(heading, str):
        return None
    text = unicodedata.normalize("NFC", heading).casefold().strip()
    whole = parsing.day(text)
    if isinstance(whole, date):
        return Period(whole.year, whole.month, 1), ""
    if found := _QUARTER.search(text):
        return _part(found), _beside(text, found)
    if found := _NUMBERS.search(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return Period(int(year), int(month), 1), _beside(text, found)
    for found in _MONTH.finditer(text):
        month = _month_named(found[1])
        if month:
            year = int(found[2])
            return Period(year + 2000 if year < 100 else year, month, 1), _beside(text, found)
    return None


def _part(found: re.Match[str]) -> Period:
    got = {name[0]: int(text) for name, text in found.groupdict().items() if text}
    year = got["y"] + (2000 if got["y"] < 100 else 0)
    if "q" in got or "p" in got:
        return Period(year, 3 * (got.get("q") or got["p"]) - 2, 3)
    return Period(year, 6 * (got.get("h") or got["g"]) - 5, 6)


def _beside(text: str, found: re.Match[str]) -> str:
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split())


_FULL = (
    "january february march april may june july august september october november december",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
)
_NAMES = {name: place % 12 + 1 for names in _FULL for place, name in enumerate(names.split())}
_SHORT = {**{name[:3]: month for name, month in _NAMES.items() if name[:3] not in ("jui",)}, "mrz": 3, "sept": 9}
_SHORT |= {"maerz": 3, "janv": 1, "fevr": 2, "avr": 4, "juil": 7, "jan": 1, "jun": 6, "jul": 7, "mar": 3, "mai": 5}


def _month_named(word: str) -> int | None:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _NAMES.get(plain) or _SHORT.get(plain)


def bare_part(heading: Value) -> tuple[int, int] | None:
    """The first month and the number of months of a heading without a year: “Q2”, “H1”, “Feb”, “T3”.

    >>> bare_part("Q2"), bare_part("Feb"), bare_part("H2"), bare_part("Name")
    ((4, 3), (2, 1), (7, 6), None)
    """
    if not isinstance(heading, str):
        return None
    text = heading.casefold().strip().rstrip(".")
    if found := _BARE_PART.fullmatch(text):
        period = _part_without_year(found)
        return period
    month = _month_named(text)
    return (month, 1) if month else None


def _part_without_year(found: re.Match[str]) -> tuple[int, int]:
    got = {name: int(text) for name, text in found.groupdict().items() if text}
    if "q" in got or "p" in got:
        return 3 * (got.get("q") or got["p"]) - 2, 3
    return 6 * (got.get("h") or got["g"]) - 5, 6
