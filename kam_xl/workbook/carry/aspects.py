"""Sizes and looks that a person gave to rows, columns and cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kam_xl.content.positions import column_name, split_cell
from kam_xl.workbook.carry.looks import OTHER, Look, Looks, looks_of_cells
from kam_xl.workbook.carry.opened import Opened, OpenedSheet
from kam_xl.workbook.carry.places import SheetPlaces
from kam_xl.workbook.carry.told import Loss
from kam_xl.workbook.recompute.package import COLUMNS, SheetCells, address_of

_SIDES = ("left", "right", "top", "bottom")
_KEYS = {
    "number format": ("num_format",),
    "letters": (
        "bold", "italic", "font_strikeout", "font_color", "font_name", "font_size", "underline", "font_script",
        "font_outline", "font_shadow",
    ),
    "fill": ("bg_color", "fg_color", "pattern", OTHER),
    "border": (*_SIDES, *(f"{side}_color" for side in _SIDES), "diag_type", "diag_border", "diag_color"),
    "alignment": ("align", "valign", "text_wrap", "indent", "rotation", "shrink", "reading_order"),
    "lock": ("locked", "hidden"),
}  # fmt: skip
_UNLESS_SAID = {"font_color": "#000000", "font_name": "Calibri", "font_size": 11.0, "valign": "bottom"}
_WIDER = 1.5  # letters: less is what programs make of the same width
_HIGHER = 3.0  # points
_BAND, _LOW, _HIGH = 8, 9.0, 30.0  # rows of a page whose height follows from its data, and how high they may be
_USUAL_WIDTH, _USUAL_HEIGHT = "9.14", "15"
_MERGED = 20_000  # cells of merged blocks that are looked at
Aspects = tuple[object, ...]


class There(NamedTuple):
    """The sheet with which an old one is compared, and the way to it; ``spotted`` are cells with parts that differ.

    ``near`` is another sheet that may hold a width instead: of columns that went along. ``guessed`` says that the old
    file is of a program that gives formulas looks by their results.
    """

    file: Opened
    looks: Looks
    sheet: OpenedSheet
    way: SheetPlaces
    spotted: frozenset[int] = frozenset()
    near: OpenedSheet | None = None
    guessed: bool = False


def aspects_of(look: Look, kind: str) -> Aspects:
    """What a look says of a kind, so that looks which one sees alike are equal: a white fill is none."""
    said = {key: look.get(key, _UNLESS_SAID.get(key)) for key in _KEYS[kind]}
    found: list[object] = [value.upper() if isinstance(value, str) else value for value in said.values()]
    if kind == "number format":
        return (str(found[0] or "General").replace("\\", "").replace('"', "").upper(),)
    if kind == "fill" and found[0] == "#FFFFFF" and not any(found[1:]):
        return (None,) * len(found)
    return tuple(found)


def aspects_lost(
    looks: Looks, old: OpenedSheet, cells: SheetCells, styles: dict[int, int], there: There, grown: bool, own: bool
) -> Iterator[Loss]:
    """Widths, heights and looks on a sheet that are others than those there.

    Where a table has `grown`, rows of pages are elsewhere: then only a look that the sheet has nowhere counts.
    """
    yield from _widths_lost(old, there, own)
    if there.way.has_inputs or own or not grown:
        yield from _heights_lost(old, there, own)
    after = looks_of_cells(there.file, there.sheet)
    yield from _lines_lost(looks, old, there, own, anywhere=grown and not there.way.has_inputs)
    if grown and not there.way.has_inputs and not own:
        found = _looks_nowhere(looks, styles, there, after, _inside_merged(old))
    else:
        found = _looks_lost(looks, styles, there, after, cells, _inside_merged(old) | _inside_merged(there.sheet))
    for kind, at in found:
        yield Loss(old.title, kind, address_of(at), own)


def _widths_lost(old: OpenedSheet, there: There, own: bool) -> Iterator[Loss]:
    after = [_widths(sheet) for sheet in (there.sheet, there.near) if sheet is not None]
    for column, width in _widths(old).items():
        place = there.way.cell(0, column)
        usual = [widths.get(place[1], float(_USUAL_WIDTH)) for widths in after] if place else []
        if width and usual and all(each and abs(each - width) > _WIDER for each in usual):
            yield Loss(old.title, "width", column_name(column), own)


def _widths(sheet: OpenedSheet) -> dict[int, float]:
    found = {}
    for column in sheet.xml.iterfind("{*}cols/{*}col"):
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        if "width" in column.attrib and last - first < 200 and column.get("hidden") not in ("1", "true"):
            found.update(dict.fromkeys(range(first - 1, last), float(column.get("width", "0"))))
    return found


def _heights_lost(old: OpenedSheet, there: There, own: bool) -> Iterator[Loss]:
    sizes = there.sheet.xml.find("{*}sheetFormatPr")
    usual = sizes.get("defaultRowHeight", _USUAL_HEIGHT) if sizes is not None else _USUAL_HEIGHT
    differing: dict[int, tuple[float, float]] = {}
    for number, row in old.rows.items():
        if row.get("customHeight") not in ("1", "true") or "ht" not in row:
            continue
        place = there.way.cell(number - 1, 0)
        height = there.sheet.rows.get(place[0] + 1, {}).get("ht", usual) if place else None
        if height is not None and abs(float(row["ht"]) - float(height)) > _HIGHER:
            differing[number] = float(row["ht"]), float(height)
    for number in differing:
        if own or there.way.has_inputs or not _in_a_band(number, differing):
            yield Loss(old.title, "height", str(number), own)


def _in_a_band(number: int, differing: dict[int, tuple[float, float]]) -> bool:
    """Whether a row is one of many that have one height, which pages choose by what they show."""
    first = last = number
    while differing.get(first - 1) == differing[number]:
        first -= 1
    while differing.get(last + 1) == differing[number]:
        last += 1
    return last - first + 1 >= _BAND and all(_LOW <= height <= _HIGH for height in differing[number])


def _lines_lost(looks: Looks, old: OpenedSheet, there: There, own: bool, anywhere: bool) -> Iterator[Loss]:
    """Looks of whole columns and rows."""
    mine, after = column_styles(old), column_styles(there.sheet)
    known = {_all(there.looks.of(number)) for number in (0, *after.values())}
    for column, number in mine.items():
        place = there.way.cell(0, column)
        if not number or place is None:
            continue
        if _all(looks.of(number)) not in ({_all(there.looks.of(after.get(place[1], 0)))} if not anywhere else known):
            yield Loss(old.title, "column look", column_name(column), own)
    if anywhere:
        return
    for row_number, row in old.rows.items():
        if row.get("customFormat") in ("1", "true") and (place := there.way.cell(row_number - 1, 0)) is not None:
            usual = int(there.sheet.rows.get(place[0] + 1, {}).get("s", "0"))
            if row.get("s", "0") != "0" and _all(looks.of(int(row["s"]))) != _all(there.looks.of(usual)):
                yield Loss(old.title, "row look", str(row_number), own)


def column_styles(sheet: OpenedSheet) -> dict[int, int]:
    """The numbers of the looks of columns; of a wide span of columns only the first stands for all."""
    found = {}
    for column in sheet.xml.iterfind("{*}cols/{*}col"):
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        for number in range(first, (last if last - first < 200 else first) + 1):
            found[number - 1] = int(column.get("style", "0"))
    return found


def _all(look: Look) -> Aspects:
    return tuple(aspects_of(look, kind) for kind in _KEYS)


def _looks_lost(
    looks: Looks,
    styles: dict[int, int],
    there: There,
    after: dict[int, int],
    cells: SheetCells,
    merged: set[int],
) -> Iterator[tuple[str, int]]:
    columns, way = column_styles(there.sheet), there.way
    known: dict[tuple[int, int, int, bool], Sequence[str]] = {}
    for at, number in styles.items():
        row, column = divmod(at, COLUMNS)
        place = way.cell(row, column) if number and at not in merged else None
        if place is None:
            continue  # a plain cell has no look that could be lost
        there_at = place[0] * COLUMNS + place[1]
        usual = after.get(there_at)
        below = way.table is not None and row >= way.table.bottom
        if (usual is None or below) and (at in cells.constants or at in cells.formulas):
            continue  # a cell of the user's own: it is carried with its look, or told
        of_line = int(there.sheet.rows.get(place[0] + 1, {}).get("s", "0")) or columns.get(place[1], 0)
        key = (number, of_line if usual is None else usual, of_line, usual is None)
        if key not in known:
            line = there.looks.of(of_line)
            plain = not _differing(looks.of(number), line)  # as the empty cells around
            known[key] = [] if plain else _differing(looks.of(number), there.looks.of(key[1]))
            if usual is None:  # nor what is as in any empty cell
                known[key] = [kind for kind in known[key] if kind in _differing(looks.of(number), {})]
        for kind in known[key]:
            if kind == "letters" and there_at in there.spotted:
                continue
            if there.guessed and at in cells.formulas and _may_be_guessed(there, kind, key[1]):
                continue
            yield kind, at


def _may_be_guessed(there: There, kind: str, number: int) -> bool:
    """Whether a program may have chosen it by a formula's result: a number format, or that several lines wrap."""
    if kind == "alignment":
        return there.way.hidden
    return kind == "number format" and aspects_of(there.looks.of(number), kind) == ("GENERAL",)


def _differing(look: Look, other: Look) -> list[str]:
    return [kind for kind in _KEYS if aspects_of(look, kind) != aspects_of(other, kind)]


def _looks_nowhere(
    looks: Looks, styles: dict[int, int], there: There, after: dict[int, int], merged: set[int]
) -> Iterator[tuple[str, int]]:
    have = {(kind, aspects_of(there.looks.of(number), kind)) for number in {0, *after.values()} for kind in _KEYS}
    strange = {
        number: [kind for kind in _KEYS if kind != "letters" and (kind, aspects_of(looks.of(number), kind)) not in have]
        for number in {*styles.values()} - {0}
    }
    for at, number in styles.items():
        if number and at not in merged:
            yield from ((kind, at) for kind in strange[number])


def _inside_merged(sheet: OpenedSheet) -> set[int]:
    """The cells of merged blocks but for the first of each: programs give them looks that nobody sees."""
    found: set[int] = set()
    for merged in sheet.xml.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _colon, last = merged.get("ref", "").partition(":")
        (top, left), (bottom, right) = split_cell(first), split_cell(last or first)
        if (bottom - top + 1) * (right - left + 1) > _MERGED:
            continue
        block = {row * COLUMNS + column for row in range(top - 1, bottom) for column in range(left - 1, right)}
        found |= block - {(top - 1) * COLUMNS + left - 1}
    return found
