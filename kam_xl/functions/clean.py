"""Blocks of cells cleaned into what an argument wants; the first mistake is named with its place and its remedy."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kam_xl.errors import InputError
from kam_xl.functions.cell_errors import ERRORS
from kam_xl.functions.cells import Block, Plain, is_blank
from kam_xl.functions.moments import Day, Span

Floats: TypeAlias = NDArray[np.float64]

NUMBER = "type a number"
NUMBER_OR_BLANK = "type a number or leave it blank"
MEND = "mend that cell"
NO_DATE = "type the number, or format the cell as one"
_NAN = float("nan")
_NUMERIC = frozenset({float, int})
_BREAKS = {ord(mark): " " for mark in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}


def quoted(text: str) -> str:
    """A text for a message: on one line, no longer than 30 characters."""
    text = text.translate(_BREAKS)
    return f'"{text[:30]}…"' if len(text) > 30 else f'"{text}"'


def shortest(number: float) -> str:
    """A number for a message.

    Examples
    --------
    >>> shortest(80.0), shortest(1.2), shortest(0.1 + 0.2)
    ('80', '1.2', '0.3')
    """
    return f"{number:.15g}".replace("e", "E")


def counted(number: int, thing: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def place(index: int, columns: int) -> str:
    """Where a cell is in its range: ``row 7`` or ``row 7 column 2``."""
    row, column = divmod(index, columns)
    return f"row {row + 1}" if columns == 1 else f"row {row + 1} column {column + 1}"


def _number_fault(cell: Plain) -> tuple[str, str | None] | None:
    """What is wrong with a cell that should hold a number or nothing, and a remedy if it is a special one."""
    if is_blank(cell):
        return None
    if isinstance(cell, bool):
        return f"is {str(cell).upper()}", None
    if isinstance(cell, str):
        return (f"is an error ({cell})", MEND) if cell in ERRORS else (f"is text ({quoted(cell)})", None)
    if isinstance(cell, Day):
        return f"is a date ({cell})", NO_DATE
    if isinstance(cell, Span):
        return f"is a duration ({cell})", NO_DATE
    try:
        finite = math.isfinite(float(cell))  # type: ignore[arg-type]
    except OverflowError:
        finite = False
    return None if finite else ("is not a finite number", None)


def _floats(name: str, block: Block, in_order: bool = False) -> Floats:
    """All cells as numbers, row by row, NaN where blank."""
    cells: list[Any] = block.cells
    types = block.types
    if not types <= _NUMERIC:
        cells = [_NAN if cell is None or cell == "" else cell for cell in cells]
        types = frozenset(map(type, cells))
    if types <= _NUMERIC:
        try:
            numbers = np.array(cells, dtype=np.float64)
        except OverflowError:
            pass
        else:
            if not np.isinf(numbers).any():
                return numbers
    for index, cell in enumerate(block.cells):
        if fault := _number_fault(cell):
            where = str(index + 1) if in_order else place(index, block.columns)
            raise InputError(f"{name} {where} {fault[0]}; {fault[1] or NUMBER_OR_BLANK}")
    raise AssertionError("a block that is not clean has a fault")


def _addable(name: str, numbers: Floats) -> Floats:
    if not math.isfinite(float(np.nansum(np.abs(numbers)))):
        raise InputError(f"{name} adds up to more than a cell can hold; give smaller numbers")
    return numbers


def _one_column(name: str, block: Block) -> None:
    if block.columns > 1:
        raise InputError(f"{name} has {block.columns} columns; select one column")


def numbers(name: str, block: Block) -> Floats:
    """Rows x columns of numbers, NaN where blank."""
    return _floats(name, block).reshape(-1, block.columns)


def column(name: str, block: Block) -> Floats:
    """One column of numbers, NaN where blank."""
    _one_column(name, block)
    return _floats(name, block)


def amounts(name: str, block: Block) -> Floats:
    """Numbers summed over the columns of each row; NaN where the whole row is blank."""
    table = _addable(name, numbers(name, block))
    if block.columns == 1:
        return table[:, 0]
    there = ~np.isnan(table)
    total = np.where(there, table, 0.0).cumsum(axis=1)[:, -1]
    total[~there.any(axis=1)] = np.nan
    return total


def labels(name: str, block: Block) -> list[Any]:
    """One column of anything but errors; "" where blank."""
    _one_column(name, block)
    if block.has_errors():
        index, error = next((i, cell) for i, cell in enumerate(block.cells) if cell in ERRORS)
        raise InputError(f"{name} {place(index, 1)} is an error ({error}); {MEND}")
    if block.types == {str}:
        return block.cells
    found = ["" if is_blank(cell) else cell for cell in block.cells]
    for index, cell in enumerate(found):
        if isinstance(cell, float) and math.isinf(cell):
            raise InputError(f"{name} {place(index, 1)} is not a finite number; {MEND}")
    return found


def words(name: str, block: Block, choices: tuple[str, ...]) -> list[str]:
    """One column of texts, each one of the choices in any case; "" where blank."""
    _one_column(name, block)
    found = []
    for index, cell in enumerate(block.cells):
        word = cell.casefold() if isinstance(cell, str) else ""
        if not is_blank(cell) and word not in choices:
            where = f"{name} {place(index, 1)}"
            if isinstance(cell, str) and cell in ERRORS:
                raise InputError(f"{where} is an error ({cell}); {MEND}")
            raise InputError(f"{where} is {_shown(cell)}; {use(choices)}")
        found.append(word)
    return found


def _shown(cell: Plain) -> str:
    """A cell for a message."""
    if isinstance(cell, str):
        return quoted(cell)
    if isinstance(cell, bool | Day | Span):
        return str(cell).upper() if isinstance(cell, bool) else str(cell)
    return shortest(float(cell or 0))


def marks(name: str, block: Block) -> list[bool]:
    """One column of marks: everything counts but a blank cell, FALSE, 0 and "no"."""
    return [cell not in ("", False, 0) and str(cell).casefold() != "no" for cell in labels(name, block)]


def codes(name: str, block: Block) -> list[list[str]]:
    """Rows x columns of texts; "" where blank."""
    if block.has_errors():
        index, error = next((i, cell) for i, cell in enumerate(block.cells) if cell in ERRORS)
        raise InputError(f"{name} {place(index, block.columns)} is an error ({error}); {MEND}")
    found = []
    for index, cell in enumerate(block.cells):
        if isinstance(cell, float) and math.isinf(cell):
            raise InputError(f"{name} {place(index, block.columns)} is not a finite number; {MEND}")
        text = cell if isinstance(cell, str) else _shown(cell)
        found.append("" if is_blank(cell) else text)
    return [found[start : start + block.columns] for start in range(0, len(found), block.columns)]


def weights(name: str, block: Block) -> Floats:
    """One row or one column of numbers, 0 where blank."""
    if block.columns > 1 and block.rows > 1:
        raise InputError(f"{name} has {block.rows} rows and {block.columns} columns; select one row or one column")
    found = _addable(name, _floats(name, block, in_order=True))
    return np.where(np.isnan(found), 0.0, found)


def one(name: str, block: Block) -> Plain:
    """The only cell of a range."""
    if len(block.cells) > 1:
        raise InputError(f"{name} has {len(block.cells)} cells; give one")
    return block.cells[0]


def number(name: str, block: Block) -> float:
    """One number that is there."""
    cell = one(name, block)
    if is_blank(cell):
        raise InputError(f"{name} is missing; {NUMBER}")
    if fault := _number_fault(cell):
        raise InputError(f"{name} {fault[0]}; {fault[1] or NUMBER}")
    return float(cell)  # type: ignore[arg-type]


def text(name: str, block: Block, choices: tuple[str, ...]) -> str:
    """One text; whether it is one of the choices is not checked here."""
    cell = one(name, block)
    if isinstance(cell, str):
        if cell in ERRORS:
            raise InputError(f"{name} is an error ({cell}); {MEND}")
        return cell
    if not isinstance(cell, bool) and (fault := _number_fault(cell)):
        raise InputError(f"{name} {fault[0]}; {use(choices)}")
    found = str(cell).upper() if isinstance(cell, bool) else shortest(float(cell))  # type: ignore[arg-type]
    raise InputError(f"{name} is {found}; {use(choices)}")


def use(choices: tuple[str, ...]) -> str:
    """The remedy that names the choices."""
    return "use " + " or ".join(f'"{choice}"' for choice in choices)


def flag(name: str, block: Block) -> bool:
    """TRUE or FALSE; as everywhere in a spreadsheet 0 is FALSE and any other number TRUE."""
    cell = one(name, block)
    if isinstance(cell, bool):
        return cell
    if fault := _number_fault(cell):
        raise InputError(f"{name} {fault[0]}; {fault[1] or 'use TRUE or FALSE'}")
    return cell != 0
