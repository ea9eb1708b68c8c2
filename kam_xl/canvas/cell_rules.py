"""What Excel demands of drop-downs, validations, conditional formats and number formats, and other programs let pass.

Every worksheet sends its rules through here (`worksheet.Worksheet`), so that none can be written wrong: what has a
right form is brought into it, what has none is refused while the workbook is built.
"""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

Options = dict[str, Any]

LONGEST_LIST = 255  # characters of a list of words, commas included
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
_WILDCARDS = re.compile(r"[?*~]")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_ORDERED = {
    ">": ">", "greater than": ">", "<": "<", "less than": "<", ">=": ">=", "greater than or equal to": ">=",
    "<=": "<=", "less than or equal to": "<=",
}  # fmt: skip
_EQUAL = {"==": "=", "=": "=", "equal to": "=", "!=": "<>", "<>": "<>", "not equal to": "<>"}
_IN_TEXT = {"containing": "{found}", "not containing": "NOT({found})"}
_AT_END = {"begins with": "LEFT", "ends with": "RIGHT"}


def length(text: str) -> int:
    """Characters as Excel counts them: one beyond the basic plane is two.

    >>> length("A🙂")
    3
    """
    return len(text.encode("utf-16-le")) // 2


def own_sheet(formula: str) -> str:
    """The formula of a rule, which may not look at another sheet: Excel before 2010 and Calc refuse it.

    Raises
    ------
    ValueError
        It does; a defined name or a cell of the rule's own sheet is the way.

    >>> own_sheet('=$B2<>final_step')
    '=$B2<>final_step'
    """
    if "!" in _TEXT.sub('""', formula):
        raise ValueError(f"a rule that looks at another sheet: {formula}; give that cell a name, or bring it here")
    return formula


# -- validations -----------------------------------------------------------------------------------------------------


def allowed(options: Options) -> Options:
    """A data validation as Excel takes it.

    Words are a list, which the file holds in quotes; without them Excel reads names that it does not know, and opens
    the file as damaged. Cells are a formula, on the same sheet or by a name.

    Raises
    ------
    ValueError
        A list that cannot be written as words (over 255 characters; a comma, a quotation mark or a decimal number in
        one of them), a source that is neither words nor a formula, another sheet, a message that is too long.

    Examples
    --------
    >>> allowed({"validate": "list", "source": ("yes", "no")})["source"]
    ['yes', 'no']
    """
    out = dict(options)
    if out["validate"] == "list":
        source = out["source"]
        out["source"] = _cells(source) if isinstance(source, str) else _words(list(source))
    for key in ("value", "minimum", "maximum"):
        if isinstance(out.get(key), str):
            own_sheet(out[key])
    for kind in ("error", "input"):
        title, message = out.get(f"{kind}_title"), out.get(f"{kind}_message")
        if title and length(title) > LONGEST_TITLE:  # a user's own heading may be longer
            out[f"{kind}_title"] = _cut(title, LONGEST_TITLE)
        if message and length(message) > LONGEST_MESSAGE:
            raise ValueError(f"a message of a validation is longer than {LONGEST_MESSAGE} characters: {message}")
    return out


def _cells(source: str) -> str:
    if not source.startswith("=") or "," in source or '"' in source:
        raise ValueError(f'a drop-down of "{source}": give words as a list, cells as one range or a name ("=…")')
    return own_sheet(source)


def _words(words: list[Any]) -> list[str]:
    for word in words:
        if not isinstance(word, str) or not word or word != word.strip():
            raise ValueError(f"a word of a drop-down is {word!r}: give a text without spaces around it")
        if "," in word or '"' in word:
            raise ValueError(f"a word of a drop-down holds a comma or a quotation mark: {word}; offer cells instead")
        if "." in word and _is_number(word):
            raise ValueError(f"a word of a drop-down is a decimal number: {word}; offer cells instead")
    if not words or length(",".join(words)) > LONGEST_LIST:
        raise ValueError(f"a drop-down takes 1 to {LONGEST_LIST} characters of words; offer cells instead: {words}")
    return words


def _cut(text: str, most: int) -> str:
    while length(text) > most - 1:
        text = text[:-1]
    return text + "…"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# -- conditional formats ---------------------------------------------------------------------------------------------


def shown(options: Options, row: int, col: int) -> Options:
    """A conditional format as every program understands it; `row` and `col` are the first cell of its range.

    - Larger, smaller and between hold for numbers only: a text is larger than any number ("n/a" would be above 0),
      and a blank cell equals 0.
    - A text that holds ``?``, ``*`` or ``~`` is looked for as it is: these are wildcards in a rule about text.

    Raises
    ------
    ValueError
        It looks at another sheet, or compares cells that may hold text without ISNUMBER.

    Examples
    --------
    >>> shown({"type": "cell", "criteria": ">", "value": 0}, 4, 2)["criteria"]
    '=AND(ISNUMBER(C5),C5>0)'
    >>> shown({"type": "text", "criteria": "containing", "value": "?"}, 4, 2)["criteria"]
    '=ISNUMBER(FIND("?",C5))'
    """
    kind, criteria = options["type"], options.get("criteria")
    if kind == "cell":
        return _of_numbers(options, xl_rowcol_to_cell(row, col))
    if kind == "text":
        return _of_text(options, xl_rowcol_to_cell(row, col))
    if kind == "formula":
        _guarded(own_sheet(str(criteria)))
    for key in ("min_value", "mid_value", "max_value"):
        if isinstance(options.get(key), str):
            own_sheet(options[key])
    return options


def _of_numbers(options: Options, cell: str) -> Options:
    """A comparison of cells with a value."""
    criteria = options["criteria"]
    limits = [_limit(options[key]) for key in ("value", "minimum", "maximum") if key in options]
    if criteria == "between":
        test = f"{cell}>={limits[0]},{cell}<={limits[1]}"
    elif criteria == "not between":
        test = f"OR({cell}<{limits[0]},{cell}>{limits[1]})"
    elif criteria in _ORDERED:
        test = f"{cell}{_ORDERED[criteria]}{limits[0]}"
    elif criteria in _EQUAL and not limits[0].startswith('"'):
        test = f"{cell}{_EQUAL[criteria]}{limits[0]}"
    else:
        return options  # equal to a text
    return _formula(options, f"=AND(ISNUMBER({cell}),{test})")


def _limit(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"a conditional format compares with {value!r}; give a number, a text in quotes or a formula")
    return own_sheet(value).lstrip("=") if isinstance(value, str) else f"{value:.15g}".upper()


def _of_text(options: Options, cell: str) -> Options:
    """A rule about what a text begins with, ends with or holds."""
    criteria, value = options["criteria"], str(options["value"])
    if not _WILDCARDS.search(value) and '"' not in value and length(value) == len(value):
        return options
    quoted = '"' + value.replace('"', '""') + '"'
    if criteria in _AT_END:
        return _formula(options, f"={_AT_END[criteria]}({cell},{length(value)})={quoted}")
    folded = value.lower() != value.upper()  # FIND knows no wildcards, but minds capitals
    found = f"FIND(LOWER({quoted}),LOWER({cell}))" if folded else f"FIND({quoted},{cell})"
    return _formula(options, "=" + _IN_TEXT[criteria].format(found=f"ISNUMBER({found})"))


def _formula(options: Options, criteria: str) -> Options:
    kept = {key: value for key, value in options.items() if key not in ("value", "minimum", "maximum")}
    return {**kept, "type": "formula", "criteria": criteria}


def _guarded(formula: str) -> None:
    """A formula may ask for larger or smaller only where it knows that it looks at a number; a length is one."""
    rest = re.sub(r"\bLEN\([^()]*\)\s*[<>]=?\s*\d+", "", _TEXT.sub('""', formula)).replace("<>", "")
    if re.search(r"[<>]", rest) and "ISNUMBER(" not in rest:
        raise ValueError(f"a rule takes any text for larger than a number: {formula}; ask for ISNUMBER too")


# -- number formats --------------------------------------------------------------------------------------------------


def number_format(form: str) -> str:
    """A number format, refused where a whole number would end in its decimal point: ``0.##`` shows 41 as "41.".

    Raises
    ------
    ValueError
        No digit after the point is always shown.

    Examples
    --------
    >>> number_format("#,##0.0#"), number_format('0" no."')
    ('#,##0.0#', '0" no."')
    """
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", form)
    if re.search(r"[0#?]\.(?![#?]*0)", plain) or re.search(r"(?<![0#?])\.[#?]+(?![#?0])", plain):
        raise ValueError(f'the number format {form} shows "41." for 41: use General, or 0.0# where there are decimals')
    return form
