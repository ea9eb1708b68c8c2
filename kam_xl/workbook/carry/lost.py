"""What of a filled workbook neither the generator writes nor was carried over, found by comparing everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kam_xl.canvas.book import ADDIN, NATIVE, PYTHON
from kam_xl.content.pages import PAGES, chosen, name_of
from kam_xl.content.settings import Template
from kam_xl.formulas.values import Scalar
from kam_xl.locale import _
from kam_xl.workbook.build import Built, build
from kam_xl.workbook.carry.around import around_lost
from kam_xl.workbook.carry.carried import Carried
from kam_xl.workbook.carry.found import OwnCell, own_cells, plain, shape
from kam_xl.workbook.carry.opened import Opened
from kam_xl.workbook.carry.sides import How, Side
from kam_xl.workbook.carry.told import FORMULA, Loss, described, lines, shown
from kam_xl.workbook.carry.whole import whole_lost
from kam_xl.workbook.carry.whose import OF_MACROS
from kam_xl.workbook.recompute.package import COLUMNS, SheetCells, address_of

if TYPE_CHECKING:
    from kam_xl.content.tables import Tables


def losses(carried: Carried, built: Built, settings: Template, tables: Tables) -> list[str]:
    """Everything of a filled workbook that the new one has not, one line each; first what was done in carrying over.

    What the generator writes is known by writing it again from the same inputs, in the same way: where the new
    workbook has other pages, years or an other engine, that takes a second build.
    """
    if not carried.remarks and _same_parts(carried.file, Opened(built.to_bytes())):
        return []
    new = Side.of(built, carried)
    template, engine, macros = made_with(carried)
    same = settings == template and tables.years == carried.inputs.tables.years
    if same and engine == built.book.engine and macros == (built.book.xlsx.vba_project is not None):
        standard = new
    else:
        standard = Side.of(build(template, carried.inputs.tables, engine, macros), carried)
    how = How(any(way.moved for way in standard.ways.sheets.values()), carried.file.version != standard.file.version)
    found = [*_cells(carried, standard, new, how), *around_lost(carried, standard, new, how)]
    found += whole_lost(carried, standard.file, new.file, how)
    return [*_other_version(carried, how), *carried.remarks, *_without_value(carried), *lines(found, carried.name)]


def _other_version(carried: Carried, how: How) -> Iterator[str]:
    """That formulas of ours are not compared with those of another version."""
    text = _(
        "{file} was written by {version}: what you changed in its own formulas, rules and charts cannot be told from "
        "what that version wrote, and is made anew; look at those that you changed"
    )
    if how.other_version:
        version = carried.file.version or _("an unknown version")
        yield text.format(file=carried.name, version=version)


def _same_parts(old: Opened, new: Opened) -> bool:
    """Whether two files hold the same, but for the time of writing."""
    both = [{part.filename: part.CRC for part in file.archive.infolist()} for file in (old, new)]
    return all(each.pop("docProps/core.xml", None) for each in both) and both[0] == both[1]


def made_with(carried: Carried) -> tuple[Template, str, bool]:
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


def _cells(carried: Carried, standard: Side, new: Side, how: How) -> Iterator[Loss]:
    for title, sheet in carried.cells.items():
        if title in carried.own:
            yield from _own_sheet(carried, sheet, new.cells[carried.own[title]])
        elif title in standard.ways.sheets:
            way = standard.ways.sheets[title]
            for own in own_cells(sheet, standard.cells[way.title], way, *how):
                yield from _own_cell(carried, own, new)
        elif title not in OF_MACROS:
            for at, value in sheet.constants.items():
                own = OwnCell(title, *divmod(at, COLUMNS), "constant", value)
                yield from _own_cell(carried, own, new)


def _own_sheet(carried: Carried, sheet: SheetCells, new: SheetCells) -> Iterator[Loss]:
    """Cells of an own sheet that the new one has otherwise."""
    for at, value in sheet.constants.items():
        if plain(new.constants.get(at)) != plain(value) and at not in new.formulas:
            text = _("sheet {sheet}: {cell} held {value}, which stays behind in {file}; type it again by hand")
            place = {"sheet": sheet.title, "cell": address_of(at), "file": carried.name}
            yield Loss(sheet.title, "cell", text.format(value=described(value), **place))
    for at, cell in sheet.formulas.items():
        if at not in new.formulas:
            yield Loss(sheet.title, "cell", _kept(carried, sheet.title, at, cell.stored, own=True))


def _kept(carried: Carried, sheet: str, at: int, value: Scalar, own: bool) -> str:
    """A formula whose value had to do."""
    reason = carried.values_kept.get((sheet, at), _("is not carried over"))
    if value is None:
        text = _(
            "{sheet}: {cell} ={formula} {reason}; it has no value and stays behind in {file}; type it again by hand"
        )
    else:
        text = _(
            "{sheet}: {cell} ={formula} {reason}; it is carried as its value {value}, the formula stays behind in "
            "{file}"
        )
    where = _("sheet {sheet}").format(sheet=sheet) if own else sheet
    formula = shown(carried.formula(sheet, at))
    place = {"sheet": where, "cell": address_of(at), "file": carried.name}
    return text.format(formula=formula, reason=reason, value=described(value), **place)


def _own_cell(carried: Carried, own: OwnCell, new: Side) -> Iterator[Loss]:
    """A cell of the user's own on a sheet of ours, if it was not carried over."""
    at = own.row * COLUMNS + own.column
    if (own.sheet, own.cell) in carried.inputs.dated:
        return  # a date among amounts: the reader said that it became a text
    if (own.sheet, at) in carried.values_kept:
        yield Loss(own.sheet, "cell", _kept(carried, own.sheet, at, own.value, own=False))
        return
    if (own.sheet, at) in carried.beside:
        return
    if own.kind in ("constant", "typed over"):
        texts = {
            "typed over": _(
                "{sheet}!{cell}: {value}, typed over a formula, stays behind in {file}; the formula is there again"
            ),
            "text": _("{sheet}!{cell}: own text {value} stays behind in {file}; copy it by hand"),
            "number": _("{sheet}!{cell}: own entry {value} stays behind in {file}; copy it by hand"),
            "aside": _("{sheet}: note beside row {row} ({value}) stays behind in {file}; copy it by hand"),
        }
        kind = "typed over" if own.kind == "typed over" else "text" if isinstance(own.value, str) else "number"
        table = way.table if (way := new.ways.sheets.get(own.sheet)) else None
        aside = table is not None and own.column + 1 > table.right and table.top <= own.row < table.bottom
        kind = "aside" if aside and kind != "typed over" else kind
        place = {"sheet": own.sheet, "cell": own.cell, "row": own.row + 1, "file": carried.name}
        yield Loss(own.sheet, "cell", texts[kind].format(value=described(own.value), **place))
        return
    text = _("{sheet}!{cell}: formula ={formula} with the value {value} stays behind in {file}; type it again by hand")
    if own.kind == "input":
        text = _(
            "{sheet}!{cell}: formula ={formula} is carried as its value {value}, the formula stays behind in {file}"
        )
    elif own.ours:
        text = _(
            "{sheet}!{cell}: formula ={formula} with the value {value}, in place of one of the workbook, stays behind "
            "in {file}; the workbook's own is there again"
        )
    value = _("none") if own.value is None else described(own.value)
    formula = shown(carried.formula(own.sheet, at))
    yield Loss(
        own.sheet,
        "cell" if own.kind == "input" else f"{FORMULA}{shape(formula)}",
        text.format(sheet=own.sheet, cell=own.cell, formula=formula, value=value, file=carried.name),
    )


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
