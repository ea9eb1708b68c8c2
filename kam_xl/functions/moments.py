"""Dates and durations that hosts hand over: numbers of days that say what they are.

A spreadsheet keeps a date as the days since the end of 1899, so that a date in a column of amounts is one of 46,145
(Excel makes a date of "3.5" in many countries). Where a host tells dates from numbers (COM, pandas, numpy, data types
of Office.js), they come out of here as `Day` and `Span`, and only arguments that ask for days take them. A formula in
a sheet cannot tell: only CELL knows of number formats, which is volatile, does not follow a new format, and is not in
every engine.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

_DAY = timedelta(days=1)
_EPOCH = datetime(1899, 12, 30)
_NP_DAY, _NP_EPOCH = np.timedelta64(1, "D"), np.datetime64("1899-12-30")
_LAST = 2_958_466  # the day after the last one of a spreadsheet, and of Python


class Day(float):
    """A moment as its serial number: days since the end of 1899, with the 29 February 1900 of spreadsheets."""

    __slots__ = ()

    def __str__(self) -> str:
        """``2025-05-03``, with the time if there is one; only the time of a moment without a date."""
        if not 0 <= self < _LAST:
            return f"day {float(self):.15g}"
        moment = _EPOCH + timedelta(seconds=round((self + (1 <= self < 60)) * 86_400))
        clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
        if self < 1:
            return clock
        return f"{moment:%Y-%m-%d}" if moment.time() == time() else f"{moment:%Y-%m-%d} {clock}"


class Span(float):
    """A duration in days."""

    __slots__ = ()

    def __str__(self) -> str:
        """``1 day``, ``2.5 days``."""
        return "1 day" if float(self) == 1 else f"{float(self):.15g} days"


def moment_of(cell: Any) -> Day | Span | float | str | None:
    """A date, time or duration as days; NaN where there is none, None for anything else.

    A duration without a number of days, such as one in months, is a text.

    Examples
    --------
    >>> str(moment_of(date(2025, 5, 3))), str(moment_of(np.timedelta64(36, "h"))), moment_of(np.timedelta64(2, "M"))
    ('2025-05-03', '1.5 days', '2 months')
    >>> moment_of(5) is None
    True
    """
    if isinstance(cell, np.datetime64 | np.timedelta64):
        return _of_numpy(cell)
    if type(cell).__name__ == "NaTType":
        return float("nan")
    if isinstance(cell, timedelta):
        return Span(cell / _DAY)
    if isinstance(cell, time):
        return Day((datetime.combine(_EPOCH, cell.replace(tzinfo=None)) - _EPOCH) / _DAY)
    if isinstance(cell, date):
        day = cell.replace(tzinfo=None) if isinstance(cell, datetime) else datetime(*cell.timetuple()[:3])
        return _day((day - _EPOCH) / _DAY)
    return None


def _day(serial: float) -> Day:
    return Day(serial - 1 if 1 <= serial < 61 else serial)


def _of_numpy(cell: np.datetime64 | np.timedelta64) -> Day | Span | float | str:
    """By dividing, not by converting: what has no room in a datetime of Python becomes a plain number there."""
    if np.isnat(cell):
        return float("nan")
    try:
        if isinstance(cell, np.datetime64):
            return _day(float((cell - _NP_EPOCH) / _NP_DAY))
        if np.datetime_data(cell)[0] != "generic":
            return Span(float(cell / _NP_DAY))
    except (TypeError, OverflowError):
        pass
    return str(cell)


def moments_in(array: Any) -> Any:
    """A numpy array of dates or durations as nested lists of moments."""
    if array.ndim > 1:
        return [moments_in(row) for row in array]
    return [moment_of(cell) for cell in array] if array.ndim else moment_of(array[()])


def shown_as_date(code: object) -> bool:
    """Whether a number format shows a number as a date or a time.

    >>> shown_as_date("yyyy-mm-dd"), shown_as_date('#,##0 "days"'), shown_as_date(None)
    (True, False, False)
    """
    from openpyxl.styles.numbers import is_date_format  # type: ignore[import-untyped]

    return isinstance(code, str) and bool(is_date_format(code))
