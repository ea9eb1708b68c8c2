"""What a recalculated file is held against: a rebuild from its inputs, another engine, and the file as it was."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ironcalc
from books.compare import same

from kam_xl.content.pages import PAGES
from kam_xl.content.positions import split_cell
from kam_xl.intake.reader import read_workbook
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute import Recomputed

_CELL = re.compile(rb"<c [^>]*?/>|<c [^>]*>.*?</c>", re.DOTALL)
_VALUE = re.compile(rb"<v>[^<]*</v>|<v/>|<v />|<is>.*?</is>", re.DOTALL)
_ADDED = re.compile(rb' t="[a-zA-Z]+"| cm="1"| ref="[A-Z0-9:]+"|/>|></c>|\s+(?=>)')
_OUTSIDE = re.compile(rb' spans="[^"]*"|<dimension [^>]*>')


def unlike_a_rebuild(
    recomputed: Recomputed, moved: Callable[[str, int, int], tuple[str, int, int]] | None = None
) -> dict[str, Any]:
    """Cells of the pages that show something else than a workbook made anew from the inputs of the file.

    How much room a table has is left out: a rebuild leaves room anew. `moved` says where a cell of a standard
    workbook is that stands here in another place.
    """
    inputs = read_workbook(recomputed.package.path)
    standard = build(inputs.template, inputs.tables).book.sheets
    different = {}
    for sheet, cells in recomputed.values.items():
        for address, value in cells.items():
            row, column = split_cell(address)
            name, row, column = moved(sheet, row, column) if moved else (sheet, row, column)
            if name not in (*PAGES, "Checks", "Guide") or (name == "Checks" and column == 8):
                continue
            wanted = standard[name].cells.get((row - 1, column - 1))
            if not same("" if value is None else value, "" if wanted is None else wanted):
                different[f"{sheet}!{address}"] = (value, wanted)
    return different


def unlike_ironcalc(recomputed: Recomputed, folder: Path) -> dict[str, Any]:
    """Cells of a recalculated file that IronCalc computes otherwise, from the formulas of that file."""
    path = recomputed.package.path
    copy = folder / f"for-ironcalc-{path.name}"
    _readable(path, copy)
    model = ironcalc.load_from_xlsx(str(copy), "en", "UTC", "en")
    model.evaluate()
    numbers = {sheet["name"]: number for number, sheet in enumerate(model.get_worksheets_properties())}
    different = {}
    for sheet, cells in recomputed.values.items():
        for address, value in cells.items():
            shown = model.get_cell_value(numbers[sheet], *split_cell(address))
            if not same("" if value is None else value, "" if shown is None else shown):
                different[f"{sheet}!{address}"] = (value, shown)
    return different


def _readable(path: Path, copy: Path) -> None:
    """IronCalc 0.9 reads no absolute targets, and takes inline texts for blanks and blank cells of type n for 0."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".rels"):
                up = b"" if name == "xl/_rels/workbook.xml.rels" else b"../"
                data = data.replace(b'Target="/xl/', b'Target="' + up)
            elif name.startswith("xl/worksheets/sheet"):
                inline = rb't="inlineStr"([^>]*)><is><t(?: [^>]*)?>([^<]*)</t></is>'
                data = re.sub(inline, rb't="str"\1><v>\2</v>', data)
                data = re.sub(rb' t="n"(></c>|\s*/>)', rb"\1", data)
            new.writestr(name, data)


def touched(before: Path, after: Path) -> list[str]:
    """What differs between two files beside values, ranges and marks of formulas, and definitions of KAM functions."""
    found = []
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        names = new.namelist()
        if names[: len(old.namelist())] != old.namelist() or set(names) - set(old.namelist()) - {"xl/metadata.xml"}:
            found.append("parts")
        for entry in old.infolist():
            a, b, name = old.read(entry), new.read(entry.filename), entry.filename
            if a == b:
                continue
            if name.startswith("xl/worksheets/sheet"):
                found += [f"{name}: {what}" for what in _beside_values(a, b)]
            elif name == "xl/workbook.xml":
                pattern = rb'(<definedName [^>]*name="KAM_\w+"[^>]*>)[^<]*'
                if re.sub(pattern, rb"\1", a) != re.sub(pattern, rb"\1", b):
                    found.append(name)
            elif name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
                start, end = a[: a.rindex(b"</")], a[a.rindex(b"</") :]
                if not (b.startswith(start) and b.endswith(end) and b"etadata" in b[len(start) : -len(end)]):
                    found.append(name)
            else:
                found.append(name)
    return found


def _beside_values(a: bytes, b: bytes) -> list[str]:
    """What differs in the XML of a sheet beside values: anything around the cells, formulas, formats of cells."""
    found = []
    outside = [
        _OUTSIDE.sub(b"", re.sub(rb"<row [^>]*></row>|<row [^>]*/>", b"", _CELL.sub(b"", text))) for text in (a, b)
    ]
    if outside[0] != outside[1]:
        found.append("around the cells")
    cells = [{re.search(rb' r="([A-Z]+\d+)"', cell)[1]: cell for cell in _CELL.findall(text)} for text in (a, b)]
    for address, cell in cells[0].items():
        kept = [_ADDED.sub(b"", _VALUE.sub(b"", text)) for text in (cell, cells[1].get(address, b""))]
        if kept[0] != kept[1]:
            found.append(address.decode())
    return found
