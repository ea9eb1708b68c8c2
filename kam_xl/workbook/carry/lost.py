"""What of a filled workbook neither the generator writes nor was carried over, found by comparing everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_xl.canvas.book import ADDIN, NATIVE, PYTHON, Book
from kam_xl.content.pages import PAGES, chosen, name_of
from kam_xl.content.settings import Template
from kam_xl.formulas.values import Scalar
from kam_xl.locale import _
from kam_xl.workbook.build import Built, build
from kam_xl.workbook.carry.aspects import aspects_lost
from kam_xl.workbook.carry.carried import Carried
from kam_xl.workbook.carry.found import OwnCell, own_cells, plain, shape
from kam_xl.workbook.carry.opened import Opened
from kam_xl.workbook.carry.places import Places
from kam_xl.workbook.carry.standard import cells_of, positions_of
from kam_xl.workbook.carry.things import Thing, things_of
from kam_xl.workbook.carry.told import FORMULA, Loss, described, lines, shown
from kam_xl.workbook.carry.whole import whole_lost
from kam_xl.workbook.carry.whose import OF_MACROS
from kam_xl.workbook.recompute.package import COLUMNS, SheetCells, address_of

if TYPE_CHECKING:
    from kam_xl.content.tables import Tables


@dataclass
class Side:
    """A workbook that was built, with which the old file is compared."""

    book: Book
    file: Opened
    cells: dict[str, SheetCells]
    ways: Places

    @classmethod
    def of(cls, built: Built, carried: Carried) -> Side:
        """What a finished build holds, and the way to it."""
        cells = cells_of(built.book)
        ways = carried.ways(positions_of(built.book), cells)
        return cls(built.book, Opened(built.to_bytes()), cells, ways)


def losses(carried: Carried, built: Built, settings: Template, tables: Tables) -> list[str]:
    """Everything of a filled workbook that the new one has not, one line each; first what was done in carrying over.

    What the generator writes is known by writing it again from the same inputs, in the same way: where the new
    workbook has other pages, years or an other engine, that takes a second build.
    """
    if not carried.remarks and _same_parts(carried.file, Opened(built.to_bytes())):
        return []
    new = Side.of(built, carried)
    template, engine, macros = _made_with(carried)
    same = settings == template and tables.years == carried.inputs.tables.years
    if same and engine == built.book.engine and macros == (built.book.xlsx.vba_project is not None):
        standard = new
    else:
        standard = Side.of(build(template, carried.inputs.tables, engine, macros), carried)
    found = [*_cells(carried, standard, new), *_things(carried, standard, new)]
    found += whole_lost(carried, standard.file, new.file)
    return [*carried.remarks, *_without_value(carried), *lines(found)]


def _same_parts(old: Opened, new: Opened) -> bool:
    """Whether two files hold the same, but for the time of writing."""
    both = [{part.filename: part.CRC for part in file.archive.infolist()} for file in (old, new)]
    return all(each.pop("docProps/core.xml", None) for each in both) and both[0] == both[1]


def _made_with(carried: Carried) -> tuple[Template, str, bool]:
    """The settings with all pages that the file has, and the engine that it was made for."""
    named = carried.inputs.positions.names
    template = carried.inputs.template
    there = [page for page in PAGES if name_of(page) in named]
    if there and {*there} != {*chosen(template.sheets)}:
        template = template.model_copy(update={"sheets": there})
    macros = "xl/vbaProject.bin" in carried.file.parts
    if any(name.startswith("KAM_") for name in carried.package.names):
        return template, NATIVE, macros
    return template, PYTHON if macros else ADDIN, macros


def _cells(carried: Carried, standard: Side, new: Side) -> Iterator[Loss]:
    for title, sheet in carried.cells.items():
        if title in carried.own:
            yield from _own_sheet(carried, sheet, new.cells[carried.own[title]])
        elif title in standard.ways.sheets:
            way = standard.ways.sheets[title]
            for own in own_cells(sheet, standard.cells[way.title], way):
                yield from _own_cell(carried, own, new)
        elif title not in OF_MACROS:
            for at, value in sheet.constants.items():
                own = OwnCell(title, *divmod(at, COLUMNS), "constant", value)
                yield from _own_cell(carried, own, new)


def _own_sheet(carried: Carried, sheet: SheetCells, new: SheetCells) -> Iterator[Loss]:
    """Cells of an own sheet that the new one has otherwise."""
    for at, value in sheet.constants.items():
        if plain(new.constants.get(at)) != plain(value) and at not in new.formulas:
            text = _("sheet {sheet}: {cell} held {value}")
            yield Loss(sheet.title, "cell", text.format(sheet=sheet.title, cell=address_of(at), value=described(value)))
    for at, cell in sheet.formulas.items():
        if at not in new.formulas:
            yield Loss(sheet.title, "cell", _kept(carried, sheet.title, at, cell.stored, own=True))


def _kept(carried: Carried, sheet: str, at: int, value: Scalar, own: bool) -> str:
    """A formula whose value had to do."""
    reason = carried.values_kept.get((sheet, at), _("is not carried over"))
    if value is None:
        text = _("{sheet}: {cell} ={formula} {reason}; it has no value, so nothing was kept")
    else:
        text = _("{sheet}: {cell} ={formula} {reason}; its value {value} was kept")
    where = _("sheet {sheet}").format(sheet=sheet) if own else sheet
    formula = shown(carried.formula(sheet, at))
    return text.format(sheet=where, cell=address_of(at), formula=formula, reason=reason, value=described(value))


def _own_cell(carried: Carried, own: OwnCell, new: Side) -> Iterator[Loss]:
    """A cell of the user's own on a sheet of ours, if it was not carried over."""
    at = own.row * COLUMNS + own.column
    if (own.sheet, at) in carried.values_kept:
        yield Loss(own.sheet, "cell", _kept(carried, own.sheet, at, own.value, own=False))
        return
    if (own.sheet, at) in carried.beside:
        return
    if own.kind in ("constant", "typed over"):
        texts = {
            "typed over": _("{sheet}!{cell}: {value}, typed over a formula"),
            "text": _("{sheet}!{cell}: own text {value}"),
            "number": _("{sheet}!{cell}: own entry {value}"),
            "aside": _("{sheet}: note beside row {row} ({value})"),
        }
        kind = "typed over" if own.kind == "typed over" else "text" if isinstance(own.value, str) else "number"
        table = way.table if (way := new.ways.sheets.get(own.sheet)) else None
        aside = table is not None and own.column + 1 > table.right and table.top <= own.row < table.bottom
        kind = "aside" if aside and kind != "typed over" else kind
        text = texts[kind].format(sheet=own.sheet, cell=own.cell, value=described(own.value), row=own.row + 1)
        yield Loss(own.sheet, "cell", text)
        return
    text = _("{sheet}!{cell}: formula ={formula}, value {value}")
    if own.kind == "input":
        text = _("{sheet}!{cell}: formula ={formula} was read as its value {value}")
    value = _("none") if own.value is None else described(own.value)
    formula = shown(carried.formula(own.sheet, at))
    yield Loss(
        own.sheet,
        "cell" if own.kind == "input" else f"{FORMULA}{shape(formula)}",
        text.format(sheet=own.sheet, cell=own.cell, formula=formula, value=value),
    )


def _things(carried: Carried, standard: Side, new: Side) -> Iterator[Loss]:
    """What stands around the cells of every sheet."""
    other_version = carried.file.version != standard.file.version
    grown = any(way.moved for way in standard.ways.sheets.values())
    for title, sheet in carried.file.sheets.items():
        if "/worksheets/" not in f"/{sheet.part}":
            yield Loss(title, "sheet", title, own=True)
            continue
        if title in OF_MACROS:
            continue
        left = Counter[tuple[str, object]]()
        named: dict[tuple[str, object], list[str]] = {}
        other = other_version and title not in carried.own
        for thing in things_of(carried.file, sheet, other):
            left[thing.kind, thing.key] += 1
            named.setdefault((thing.kind, thing.key), []).append(thing.name)
        own = title in carried.own
        if own:
            left.subtract(_counted(things_of(new.file, new.file.sheets[carried.own[title]])))
        else:
            sides = [standard] if standard is new else [standard, new]
            has = [
                _counted(things_of(side.file, side.file.sheets[side.ways.sheets[title].title], other))
                for side in sides
                if title in side.ways.sheets
            ]
            most = {key: max(each[key] for each in has) for each in has for key in each}
            left.subtract(most)
        for key, number in left.items():
            for name in named.get(key, [])[-number:] if number > 0 else []:
                yield Loss(title, key[0], name, own)
        if not own and title in standard.ways.sheets:
            yield from aspects_lost(carried, title, standard.ways.sheets[title], standard.file, grown)


def _counted(things: list[Thing]) -> Counter[tuple[str, object]]:
    return Counter((thing.kind, thing.key) for thing in things)


def _without_value(carried: Carried) -> Iterator[str]:
    for sheet, cells in carried.without_value.items():
        one = _(
            "{sheet}: 1 formula of yours has no value yet ({cells}); a spreadsheet program computes it when it opens."
        )
        many = _(
            "{sheet}: {n} formulas of yours have no value yet ({cells}); a spreadsheet program computes them when it "
            "opens."
        )
        shown_cells = ", ".join(cells[:6]) + (" …" if len(cells) > 6 else "")
        yield (one if len(cells) == 1 else many).format(sheet=sheet, n=f"{len(cells):,}", cells=shown_cells)
