"""Numbers and dates as people write them in text files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from kam_xl.content.tables import Value, storable
from kam_xl.functions.cell_errors import ERRORS

Decimal = Literal[".", ","]

BLANKS = frozenset({"n/a", "na", "n.a.", "k.a.", "-", "–", "—", "−"})  # what people write where they have no number
_NO_VALUE = frozenset(("NaN", "None", "null", "nil"))  # as programs write it

_CURRENCY = re.compile(r"^(?:[A-Z]{3}|Rs\.?|Fr\.?|kr\.?)(?=[\s\d.,'’(+−-])|(?<=[\s\d.)])(?:[A-Z]{3}|kr\.?|Fr\.?)$")
_MINUS = str.maketrans({"−": "-", "‒": "-", "–": "-", "﹣": "-", "-": "-", "٫": ",", "٬": "'", "’": "'"})
_BODY = {
    ".": re.compile(r"\d+(?:\.\d*)?|\.\d+|[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d*)?"),
    ",": re.compile(r"\d+(?:,\d*)?|,\d+|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?"),
}
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SPACED = re.compile(r"(?<=\d)[\s'](?=\d{3}(?!\d))")
_NO_CENTS = re.compile(r"(?<=\d)[.,][-]{1,2}$")  # “1.234,-” and “1'234.--” have no cents, and are positive
_POINT = re.compile(r"-?\d+\.\d{1,2}", re.ASCII)  # what most files hold
_PLAIN = re.compile(r"-?\d+(\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_LONGEST = 60  # no number is longer
LARGEST = 1e100  # so that no sum or product of amounts is more than a cell of Excel takes
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs differ in their days
LAST_MONTH = date(2199, 12, 1)
_PERCENT = re.compile(r"\s*[%٪％]\s*([^%٪％]+)|\s*([^%٪％]+?)\s*[%٪％]\s*")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_OTHER_MONTHS = {"fev": 2, "mrz": 3, "mae": 3, "avr": 4, "mai": 5, "jui": 6, "juil": 7, "aou": 8, "okt": 10, "dez": 12}


def _digits(text: str) -> tuple[str, bool]:
    """The digits and separators of a number, and whether it is negative; no digits where it is no number."""
    text = text.strip().translate(_MINUS)
    negative = False
    text = _NO_CENTS.sub("", text)
    if "(" in text[1:]:  # the sign of a currency before the bracket
        text = "".join(c for c in text if unicodedata.category(c) != "Sc").strip()
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1].strip(), True
    text = "".join(c for c in text if unicodedata.category(c) != "Sc").strip()
    text = _CURRENCY.sub("", text).strip()
    if text[:1] in ("-", "+"):
        negative, text = negative != (text[0] == "-"), text[1:].strip()
    elif text.endswith("-") and text[:1].isdigit():
        negative, text = not negative, text[:-1].strip()
    text = _CURRENCY.sub("", "".join(c for c in text if unicodedata.category(c) != "Sc").strip()).strip()
    if not text.isascii():
        text = "".join(str(unicodedata.digit(c, c)) for c in text)
    return _SPACED.sub("", text), negative


def decimal_sign(texts: Iterable[str]) -> Decimal | None:
    """The decimal sign that the numbers of a file show, None where they do not show it or contradict each other.

    >>> decimal_sign(["1.234", "1.234,50"]), decimal_sign(["12.5"]), decimal_sign(["1.234"])
    (',', '.', None)
    """
    seen: set[Decimal] = set()
    for text in texts:
        if "." not in text and "," not in text and "٫" not in text:
            continue
        if _POINT.fullmatch(text):
            seen.add(".")
            continue
        body, _negative = _digits(text)
        point, comma = (_BODY[sign].fullmatch(body) is not None for sign in (".", ","))
        if point != comma:
            seen.add("." if point else ",")
    return seen.pop() if len(seen) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Whether ``1.234`` may mean a thousand or one and a bit."""
    return _AMBIGUOUS.fullmatch(_digits(text)[0]) is not None


def is_blank(cell: Value) -> bool:
    """Whether a cell of numbers says that there is none.

    >>> is_blank("n/a"), is_blank("k. A."), is_blank("0"), is_blank(None)
    (True, True, False, False)
    """
    if not isinstance(cell, str) or cell[:1].isdigit():
        return False
    return "".join(cell.split()).casefold() in BLANKS or cell.strip() in _NO_VALUE


def number(text: str, decimal: Decimal | None = ".") -> Value:
    """The number that a text means, or the text itself.

    Parameters
    ----------
    text
        As it stands in the file: currency signs, thousands separators, ``(123)`` and ``123-`` are understood.
        A dash alone is a blank.
    decimal
        The decimal sign of the file. None: not known, then a sign before the last three digits marks thousands.

    Examples
    --------
    >>> number("1.234,56", ","), number("€ 1,234.50"), number("(12)"), number("1.234", None)
    (1234.56, 1234.5, -12, 1234)
    >>> number("12 %"), number("n/a"), number("–"), number("#DIV/0!")
    ('12 %', 'n/a', None, '#DIV/0!')
    """
    if len(text) > _LONGEST:
        return text
    if _PLAIN.fullmatch(text) and decimal == ".":
        if text.lstrip("-").isdigit():
            return int(text)
        return _tidy(float(text)) if abs(float(text)) <= LARGEST else text
    if text.strip().upper() in ERRORS:
        return storable(text.strip().upper())
    body, negative = _digits(text)
    if not body:
        bare = "".join(c for c in text if unicodedata.category(c) != "Sc").strip()
        return None if bare in ("-", "–", "—", "−") else text
    if decimal is None and _AMBIGUOUS.fullmatch(body):
        plain = re.sub(r"[.,]", "", body)
    else:
        signs: tuple[Decimal, Decimal] = (",", ".") if decimal == "," else (".", ",")
        for sign in signs:
            if _BODY[sign].fullmatch(body):
                plain = body.replace("," if sign == "." else ".", "").replace(sign, ".")
                break
        else:
            return _scientific(text, body, negative)
    value = float(plain) if "." in plain else int(plain)
    return _tidy(-value if negative else value) if value <= LARGEST else text


def _scientific(text: str, body: str, negative: bool) -> Value:
    body = body.replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?[eE][+-]?\d{1,3}", body) and float(body) <= LARGEST:
        return _tidy(-float(body) if negative else float(body))
    return text


def without_percent(text: str) -> str:
    """The number of a percentage as it is written; any other text as it is.

    >>> without_percent("45 %"), without_percent("٪۴۵"), without_percent("n/a")
    ('45', '۴۵', 'n/a')
    """
    found = _PERCENT.fullmatch(text)
    return (found[1] or found[2]) if found else text


def _tidy(value: float) -> float:
    """A whole number as int: 12.0 is 12."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def day(text: str, day_first: bool = True) -> Value:
    """The date that a text means, or the text itself.

    >>> day("2025-12-31"), day("31-Dec-25"), day("soon")
    (datetime.date(2025, 12, 31), datetime.date(2025, 12, 31), 'soon')
    >>> day("03/04/2025", day_first=False)
    datetime.date(2025, 3, 4)
    """
    if text.strip().upper() in ERRORS:
        return storable(text.strip().upper())
    found = _NUMBERED.match(text)
    if found is None:
        return _written_day(text)
    a, b, c = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        year, month, of_month = a, b, c
    else:
        year = c + 2000 if len(found[4]) == 2 else c
        month, of_month = (b, a) if (day_first or found[2] == ".") else (a, b)
        if month > 12 >= of_month:
            month, of_month = of_month, month
    try:
        found_day = date(year, month, of_month)
    except ValueError:
        return text
    return found_day if found_day >= FIRST_DAY else text


_NUMBERED = re.compile(
    r"\s*(\d{1,4})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{1,4})"
    r"(?:[T ]\s*[\d:.,]+\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?\s*$"
)
_WRITTEN = re.compile(
    r"(?:[^\W\d]{2,9}[.,]\s*)?(?:(\d{1,2})(?:\.|er)?[-\s]+([^\W\d]{3,10})\.?,?[-\s]+(\d{4}|\d\d)"
    r"|([^\W\d]{3,10})\.?\s+(\d{1,2}),?\s+(\d{4}))(?:,?\s+\d{1,2}:[\d:.]+\s*(?:[AaPp][Mm])?)?"
)


def _written_day(text: str) -> Value:
    """The date in which a month is a word: “31-Dec-25”, “Jan 5, 2025”."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return text
    of_month, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = _named_month(name)
    try:
        known = date(int(year) + (2000 if len(year) == 2 else 0), month or 0, int(of_month))
    except ValueError:
        return text
    return known if known >= FIRST_DAY else text


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Whether dates such as 03/04/2025 start with the day, None where the file does not show it.

    >>> day_comes_first(["03/04/2025", "31/12/2025"]), day_comes_first(["12/31/2025"])
    (True, False)
    """
    seen: set[bool] = set()
    for text in texts:
        if found := re.match(r"\s*(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}", text):
            if re.search(r"\d\s*[AaPp]\.?[Mm]\b", text):
                seen.add(False)  # who writes 3:04 PM writes the month first
            if int(found[1]) > 12:
                seen.add(True)
            elif int(found[2]) > 12:
                seen.add(False)
    return seen.pop() if len(seen) == 1 else None


def is_doubtful_day(text: str) -> bool:
    """Whether a date may start with the day or with the month.

    >>> is_doubtful_day("03/04/2025"), is_doubtful_day("03/03/2025"), is_doubtful_day("2025-03-04")
    (True, False, False)
    """
    found = re.match(r"\s*(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}", text)
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2])


def month(value: Value, day_first: bool = True) -> Value:
    """The first day of the month that a cell means, or the cell itself.

    >>> month("2025-12"), month("Dez 2025"), month(202512), month("soon")
    (datetime.date(2025, 12, 1), datetime.date(2025, 12, 1), datetime.date(2025, 12, 1), 'soon')
    """
    if isinstance(value, str) or (isinstance(value, int) and 190001 <= value <= 210012):
        text = str(value).strip()
        if re.fullmatch(r"[2-6]\d{4}", text):
            return as_month(as_date(int(text)))  # as a spreadsheet counts days
        if found := re.fullmatch(r"(\d{4})(?:[-./](?=\d)|(?=\d\d$))(\d{1,2})|(\d{1,2})[-./](\d{4})", text):
            year, of_year = int(found[1] or found[4]), int(found[2] or found[3])
            return as_month(date(year, of_year, 1)) if 1 <= of_year <= 12 and year else value
        if found := re.fullmatch(r"([^\W\d]{3,})\.?[\s'’-]*(\d{4}|\d{2})", text):
            named = _named_month(found[1])
            year = int(found[2])
            return as_month(date(year + 2000 if year < 100 else year, named, 1)) if named else value
        value = day(text, day_first)
    return as_month(value)


def as_month(value: Value) -> Value:
    """The first day of the month of a date; a date that no report looks at is text, so that the sheet Checks names it.

    >>> as_month(date(2025, 12, 31)), as_month(date(9999, 12, 31)), as_month("soon")
    (datetime.date(2025, 12, 1), '9999-12-31', 'soon')
    """
    if not isinstance(value, date):
        return value
    first = value.replace(day=1)
    return first if FIRST_DAY <= first <= LAST_MONTH else value.isoformat()


def _named_month(name: str) -> int | None:
    name = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    for length in (4, 3):
        if name[:length] in _OTHER_MONTHS:
            return _OTHER_MONTHS[name[:length]]
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else None


def as_date(value: Value) -> Value:
    """A date without its time; a number that Excel would show as a date between 1950 and 2100.

    >>> as_date(46022), as_date(datetime(2025, 12, 31, 8))
    (datetime.date(2025, 12, 31), datetime.date(2025, 12, 31))
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and not isinstance(value, bool) and 18264 <= value <= 73415:
        return date(1899, 12, 30) + timedelta(days=int(value))
    return value
