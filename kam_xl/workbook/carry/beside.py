"""What a person typed beside the input tables, at the same distance in the new workbook; comments of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_xl.canvas.book import Book
from kam_xl.content.positions import split_cell
from kam_xl.formulas.values import Scalar
from kam_xl.workbook.carry import own_sheets
from kam_xl.workbook.carry.found import own_cells
from kam_xl.workbook.carry.looks import looks_of_cells
from kam_xl.workbook.carry.notes import notes_of
from kam_xl.workbook.carry.places import Places
from kam_xl.workbook.carry.references import Follow
from kam_xl.workbook.carry.rich import Rich
from kam_xl.workbook.recompute.package import COLUMNS, SheetCells

if TYPE_CHECKING:
    from kam_xl.workbook.carry.carried import Carried


@dataclass(frozen=True)
class Aside:
    """A cell of the user's own to the right of a table: where it stood, and where it goes."""

    sheet: str
    at: int
    title: str
    row: int
    column: int
    value: Scalar
    is_formula: bool


def find(carried: Carried, standard: dict[str, SheetCells], ways: Places) -> list[Aside]:
    """The own cells to the right of the tables whose new place is free."""
    found = []
    for title, way in ways.sheets.items():
        if way.table is None or way.to is None:
            continue
        there = standard[way.title]
        for own in own_cells(carried.cells[title], there, way):
            at = own.row * COLUMNS + own.column
            if own.column + 1 <= way.table.right or (place := way.cell(own.row, own.column)) is None:
                continue
            number = place[0] * COLUMNS + place[1]
            if place[0] >= 0 and number not in there.formulas and number not in there.constants:
                found.append(Aside(title, at, way.title, *place, own.value, own.kind == "formula"))
    return found


def write(carried: Carried, book: Book, follow: Follow, asides: list[Aside]) -> None:
    """Write what stood beside the tables, with its looks and the widths of its columns."""
    looks: dict[str, dict[int, int]] = {}
    rich: dict[str, Rich] = {}
    columns: dict[tuple[str, int], int] = {}
    for aside in asides:
        if aside.sheet not in looks:
            looks[aside.sheet] = looks_of_cells(carried.file, carried.file.sheets[aside.sheet])
            rich[aside.sheet] = carried.rich.of(carried.file.sheets[aside.sheet])
        look = carried.format(book, looks[aside.sheet].get(aside.at, 0))
        sheet = book.sheets[aside.title]
        columns[aside.sheet, aside.at % COLUMNS] = aside.column
        text = carried.followed(follow, aside.sheet, aside.at) if aside.is_formula else None
        if text is None:
            runs = carried.runs(book, rich[aside.sheet].get(aside.at, []))
            own_sheets.constant(sheet, aside.row, aside.column, aside.value, look, runs)
            continue
        stored = "" if aside.value is None else aside.value
        if carried.cells[aside.sheet].formulas[aside.at].area:
            place = (aside.row, aside.column)
            sheet.ws.write_array_formula(*place, *place, f"{{={text}}}", look, stored)
        else:
            sheet.ws.write_formula(aside.row, aside.column, f"={text}", look, stored)
    for (title, column), new in columns.items():
        _width(carried, title, column, book, new)


def _width(carried: Carried, title: str, column: int, book: Book, new: int) -> None:
    """The width of an own column; columns of the generator keep theirs."""
    way_title = carried.ways_written.sheets[title].title
    sheet = book.sheets[way_title]
    if new < len(sheet.column_px):
        return
    for col in carried.file.sheets[title].xml.iterfind("{*}cols/{*}col"):
        if int(col.get("min", "1")) <= column + 1 <= int(col.get("max", "1")) and col.get("width"):
            hidden = {"hidden": True} if col.get("hidden") in ("1", "true") else {}
            sheet.ws.set_column(new, new, own_sheets.stated_width(float(col.get("width", "9"))), None, hidden)


def write_notes(carried: Carried, book: Book, ways: Places) -> None:
    """Comments of cells on input sheets; where the generator has one of its own in the place, the user's is told."""
    for title, way in ways.sheets.items():
        if not way.has_inputs:
            continue
        sheet = book.sheets[way.title]
        taken = {(row, column) for row, columns in sheet.ws.comments.items() for column in columns}
        for note in notes_of(carried.file, carried.file.sheets[title]):
            row, column = split_cell(note.cell)
            place = way.cell(row - 1, column - 1)
            if place is not None and place not in taken and min(place) >= 0:
                own_sheets.comment(sheet, *place, note)
