"""The errors that a cell can hold, and how hosts hand them over: as text, as numbers (COM), as objects (Office.js)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNNAMED = "#ERROR"  # an error of a kind that nobody here knows yet

# CVErr numbers: those of XlCVError, and #BUSY! as Excel 365 hands it over. Others of the family have no name here.
_CODES = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
    2051: "#BUSY!",
}
# Excel.ErrorCellValueType, in small letters.
_TYPES = {
    "blocked": "#BLOCKED!",
    "busy": "#BUSY!",
    "calc": "#CALC!",
    "connect": "#CONNECT!",
    "div0": "#DIV/0!",
    "external": "#EXTERNAL!",
    "field": "#FIELD!",
    "gettingdata": "#GETTING_DATA",
    "name": "#NAME?",
    "notavailable": "#N/A",
    "null": "#NULL!",
    "num": "#NUM!",
    "placeholder": "#BUSY!",
    "python": "#PYTHON!",
    "ref": "#REF!",
    "spill": "#SPILL!",
    "timeout": "#TIMEOUT!",
    "unknown": "#UNKNOWN!",
    "value": "#VALUE!",
}
ERRORS = frozenset(_CODES.values()) | frozenset(_TYPES.values()) | {UNNAMED}
"""Every error as a cell shows it in English."""

_FAMILY = 0x800A0000 - 0x100000000  # HRESULTs of Excel's errors, as the signed numbers that COM hands over
COM_ERRORS = frozenset(range(_FAMILY, _FAMILY + 0x1000))
"""Every whole number that is an error over COM: -2,146,828,288 to -2,146,824,193.

COM hands a number of a cell over as float and an error as int. So an int of this family is an error, whether it has a
name or not, and a float is the number that it is. Where a host makes ints of whole numbers (Office.js, numpy), a
number of just this size is refused too: better than to count an error as minus two billion.
"""


def com_error(number: int) -> str | None:
    """The name of an error that COM hands over as a number; None for any other number.

    Examples
    --------
    >>> com_error(-2146826243), com_error(-2146826000), com_error(-2146826), com_error(2045)
    ('#SPILL!', '#ERROR', None, None)
    """
    return _CODES.get(number - _FAMILY, UNNAMED) if number in COM_ERRORS else None


def office_error(cell: Mapping[Any, Any]) -> str | None:
    """The name of an error that Office.js hands over as an object; None for any other object.

    An object is an error by its type, whatever it says beside; without a type, by its value. Stocks, places and other
    entities are what a formula sees of them: an error.

    Examples
    --------
    >>> office_error({"type": "Error", "errorType": "Spill"}), office_error({"basicValue": "#CALC!"})
    ('#SPILL!', '#CALC!')
    >>> office_error({"type": "Error", "basicValue": "#ÜBERLAUF!"}), office_error({"type": "Double", "basicValue": 5})
    ('#ERROR', None)
    """
    given = {str(key).casefold().replace("_", ""): value for key, value in cell.items()}
    value = given.get("basicvalue")
    shown = str(value).strip().upper() if isinstance(value, str) else ""
    named = _TYPES.get(str(given.get("errortype", "")).casefold().replace("_", ""))
    says_so = "error" in (str(given.get(key, "")).casefold() for key in ("type", "basictype")) or named is not None
    if shown in ERRORS and (says_so or "type" not in given):
        return shown
    return (named or UNNAMED) if says_so else None
