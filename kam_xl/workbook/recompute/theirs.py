"""Which formulas a person wrote, as far as the file alone tells it."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.workbook.recompute.package import COLUMNS, Package, number_of

_COMPUTED = ("Check", "Total", "Class")  # headings of input tables under which the workbook computes


def formulas_of_the_user(package: Package, more: Mapping[str, set[str]] | None = None) -> list[set[int]]:
    """Per sheet, the formulas that the workbook was not made with.

    They stand on sheets of the user's own, in the columns of an input table into which a person types, and in the
    cells of the settings. What was typed over a page only a comparison tells (`typed_over`): its cells are `more`.
    """
    found = []
    for sheet, own in zip(package.sheets, package.own_sheets(), strict=True):
        cells = {number_of(address) for address in (more or {}).get(sheet.title, ())}
        found.append(set(sheet.formulas) if not own else cells | _typed(package, sheet.title, sheet.formulas))
    return found


def _typed(package: Package, title: str, formulas: Mapping[int, object]) -> set[int]:
    """The formulas in cells of a sheet that are for typing."""
    places = package.positions
    areas = [area for name, area in places.names.items() if name.startswith(("set_", "list_")) and area.sheet == title]
    tables = [name for name, area in places.tables.items() if name.startswith("tbl") and area.sheet == title]
    found = set()
    for at in formulas:
        row, column = (number + 1 for number in divmod(at, COLUMNS))
        if any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in areas):
            found.add(at)
        for name in tables:
            area, headings = places.tables[name], {c: heading for heading, c in places.columns[name].items()}
            if area.top < row <= area.bottom and headings.get(column, _COMPUTED[0]) not in _COMPUTED:
                found.add(at)
    return found
