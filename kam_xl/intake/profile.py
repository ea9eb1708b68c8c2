"""What the columns of a table contain: the contents come first, a heading is a vote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kam_xl.content.tables import Value
from kam_xl.intake import parsing
from kam_xl.intake.matching import year_of
from kam_xl.intake.periods import period_in

Contents = Literal["blank", "date", "period", "year", "number", "text"]

_SAMPLE = 2_000
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "$": "USD", "₽": "RUB", "₺": "TRY", "﷼": "IRR"}
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_CODES = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "JPY",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "CAD",
        "AUD",
        "NZD",
        "CNY",
        "INR",
        "BRL",
        "MXN",
        "ZAR",
        "TRY",
        "RUB",
        "AED",
        "IRR",
        "SGD",
        "HKD",
    ]
)


@dataclass(frozen=True)
class Profile:
    """What a column contains.

    Attributes
    ----------
    kind
        What nearly all filled cells are.
    filled
        How many cells hold anything.
    values
        The different texts of a column that has few, else ().
    """

    kind: Contents
    filled: int
    values: tuple[str, ...] = ()


def profile(cells: Sequence[Value]) -> Profile:
    """Look at the cells of a column.

    >>> profile(["2025-01-31", "2025-02-28"]).kind, profile(["1.234,50-", "3"]).kind, profile(["Q1 2024"]).kind
    ('date', 'number', 'period')
    >>> profile(["Won", "Lost", "Won"]).values
    ('Won', 'Lost')
    """
    filled = [cell for cell in cells if cell is not None and not parsing.is_blank(cell)]
    some = filled if len(filled) <= _SAMPLE else filled[:: len(filled) // _SAMPLE + 1]
    if not some:
        return Profile("blank", 0)
    kinds = [_kind(cell) for cell in some]
    for kind in ("date", "year", "period", "number"):
        alike = sum(
            k == kind or (kind == "date" and k == "serial") or (kind == "number" and k in ("year", "serial"))
            for k in kinds
        )
        if alike * 10 >= len(kinds) * (6 if kind == "number" else 7):
            if kind == "date" and "date" not in kinds:
                continue  # numbers that may be days: the heading decides
            return Profile(kind, len(filled))
    texts: dict[str, None] = {}
    for cell in filled:
        texts[str(cell).strip()] = None
        if len(texts) > 40:
            return Profile("text", len(filled))
    return Profile("text", len(filled), tuple(texts))


def _kind(cell: Value) -> str:
    if isinstance(cell, date | datetime):
        return "date"
    if isinstance(cell, bool):
        return "text"
    if isinstance(cell, int | float):
        if year_of(cell) and float(cell).is_integer():
            return "year"
        return "serial" if 36526 <= cell <= 55153 and float(cell).is_integer() else "number"
    text = str(cell).strip()
    if isinstance(parsing.day(text), date):
        return "date"
    if re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text) or (len(text) < 8 and year_of(text)):
        return "year"
    if (found := period_in(text)) and not found[1]:
        return "period"
    value = parsing.number(text, None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "serial" if isinstance(value, int) and 36526 <= value <= 55153 and text.isdigit() else "number"
    return "text"


def numbers(cells: Sequence[Value], delimiter: str | None, more: Sequence[Value] = ()) -> list[Value]:
    """The cells of a column as numbers; what is none stays as it is. `more` are other columns of the same file.

    >>> numbers(["1.234,50-", "3", None, "n/a", "x"], ";")
    [-1234.5, 3, None, None, 'x']
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    sign = parsing.decimal_sign(texts) or parsing.decimal_sign([cell for cell in more if isinstance(cell, str)])
    if sign is None and delimiter in (",", "|"):
        sign = "."
    found: list[Value] = []
    for cell in cells:
        if isinstance(cell, str):
            found.append(None if parsing.is_blank(cell) else parsing.number(cell, sign))
        else:
            found.append(cell)
    return found


def order_of(cells: Sequence[Value]) -> bool | None:
    """Whether the dates of a column start with the day; None where they do not show it."""
    return parsing.day_comes_first(cell for cell in cells if isinstance(cell, str))


def days(cells: Sequence[Value], day_first: bool) -> list[Value]:
    """The cells of a column as days; what is none stays as it is."""
    found: list[Value] = []
    for cell in cells:
        if isinstance(cell, str):
            text = cell.strip()
            day = parsing.day(text, day_first)
            if not isinstance(day, date) and re.fullmatch(r"\d{5}(?:\.0)?", text):
                day = parsing.as_date(float(text))
            elif re.fullmatch(r"(?:19|20)\d{6}", text):
                day = parsing.day(f"{text[:4]}-{text[4:6]}-{text[6:]}")
            found.append(day)
        elif isinstance(cell, int) and 19000101 <= cell <= 21001231:
            found.append(parsing.day(f"{cell // 10000}-{cell // 100 % 100:02}-{cell % 100:02}"))
        else:
            found.append(parsing.as_date(cell))
    return found


def currency_in(cell: Value) -> str | None:
    """The currency that an amount is written with.

    >>> currency_in("€100"), currency_in("US$ 5"), currency_in("CHF 5"), currency_in("5")
    ('EUR', 'USD', 'CHF', None)
    """
    if not isinstance(cell, str):
        return None
    for code in _CODE.findall(cell):
        if code in _CODES:
            return str(code)
    return next((code for sign, code in _SIGNS.items() if sign in cell), None)
