"""Sizes and looks that a person gave to rows, columns and cells of the generator's sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kam_xl.content.positions import column_name
from kam_xl.workbook.carry.looks import Look, Looks, looks_of_cells
from kam_xl.workbook.carry.opened import Opened, OpenedSheet
from kam_xl.workbook.carry.places import SheetPlaces
from kam_xl.workbook.carry.told import Loss
from kam_xl.workbook.recompute.package import COLUMNS, address_of

if TYPE_CHECKING:
    from kam_xl.workbook.carry.carried import Carried

_LETTERS = ("bold", "italic", "font_strikeout", "font_color")
_WIDER = 1.5  # letters: less is what programs make of the same width
_HIGHER = 3.0  # points


def aspects_lost(carried: Carried, title: str, way: SheetPlaces, standard: Opened, grown: bool) -> Iterator[Loss]:
    """Widths, heights and looks on a sheet that are others than those that the generator gives.

    Where a table has `grown`, rows of pages are elsewhere: then only a fill that the sheet has nowhere counts.
    """
    if way.hidden:
        return
    old, there = carried.file.sheets[title], standard.sheets[way.title]
    before, after = _widths(old), _widths(there)
    for column, width in before.items():
        place = way.cell(0, column)
        usual = after.get(place[1]) if place else None
        if usual and width and abs(usual - width) > _WIDER:
            yield Loss(title, "width", column_name(column))
    for number, row in old.rows.items():
        place = way.cell(number - 1, 0)
        usual_row = there.rows.get(place[0] + 1, {}) if place else {}
        own = row.get("customHeight") in ("1", "true") and (way.has_inputs or not grown)
        if own and abs(float(row.get("ht", "0")) - float(usual_row.get("ht", "1000"))) > _HIGHER and "ht" in usual_row:
            yield Loss(title, "height", str(number))
    yield from _looks_lost(carried, title, way, standard, grown)


def _widths(sheet: OpenedSheet) -> dict[int, float]:
    found = {}
    for column in sheet.xml.iterfind("{*}cols/{*}col"):
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        if "width" in column.attrib and last - first < 200 and column.get("hidden") not in ("1", "true"):
            found.update(dict.fromkeys(range(first - 1, last), float(column.get("width", "0"))))
    return found


def _looks_lost(carried: Carried, title: str, way: SheetPlaces, standard: Opened, grown: bool) -> Iterator[Loss]:
    """Cells whose fill is another one, on input sheets also those with other letters.

    Programs give other letters to links and to texts of several colours, which are on pages only.
    """
    there = standard.sheets[way.title]
    looks, after, cells = Looks(standard), looks_of_cells(standard, there), carried.cells[title]
    fills = {_fill(looks.of(number)) for number in after.values()}
    for at, number in looks_of_cells(carried.file, carried.file.sheets[title]).items():
        place = way.cell(*divmod(at, COLUMNS))
        if place is None:
            continue
        usual = after.get(place[0] * COLUMNS + place[1])
        look = carried.looks.of(number)
        below = way.table is not None and at // COLUMNS >= way.table.bottom
        if (usual is None or below) and (at in cells.constants or at in cells.formulas):
            continue  # a cell of the user's own: it is carried with its look, or told
        standing = looks.of(usual) if usual is not None else {}
        filled = _fill(look) not in fills if grown else _fill(look) not in (None, _fill(standing))
        written = way.has_inputs and usual is not None and _letters(look) != _letters(standing)
        if filled or written:
            yield Loss(title, "look", address_of(at))


def _fill(look: Look) -> str | None:
    """The fill that one sees: a white one is none."""
    colour = look.get("bg_color")
    return None if colour is None or colour.upper() == "#FFFFFF" else colour.upper()


def _letters(look: Look) -> tuple[object, ...]:
    return tuple(value.upper() if isinstance(value := look.get(key), str) else value for key in _LETTERS)
