"""A workbook file by what it means, so that two files can be compared whoever wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from kam_xl.excel_check import rules
from kam_xl.excel_check.cells import Cells, read_sheet, styles_of
from kam_xl.excel_check.drawings import Thing, things
from kam_xl.excel_check.formulas import as_written
from kam_xl.excel_check.parts import Parts, attribute, local
from kam_xl.hosts.vba.package import VBA_PART


@dataclass(frozen=True)
class Table:
    """An Excel table: its sheet, its cells with the headings, the headings, and whether it has filter buttons."""

    sheet: str
    area: str
    headings: tuple[str, ...]
    filtered: bool


@dataclass
class Sheet:
    """What a sheet holds."""

    state: str = "visible"
    cells: Cells = field(default_factory=Cells)
    validations: rules.Rules = field(default_factory=dict)
    formats: rules.Rules = field(default_factory=dict)
    sparklines: rules.Rules = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


@dataclass
class Contents:
    """What a workbook holds."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # meaning, by sheet ("" for all) and name
    tables: dict[str, Table] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)  # functions that the program which saved the file does not know
    macros: bool = False


def read_contents(path: Path) -> Contents:
    """What a workbook file holds.

    Raises
    ------
    DataError
        The file is no workbook.
    """
    parts = Parts(path)
    found = Contents(macros=VBA_PART in parts.data)
    styles = styles_of(*(_part(parts, kind) for kind in ("styles", "sheetMetadata")))
    for sheet in parts.sheets:
        data = parts.data.get(sheet.part)
        if data is None or "/worksheets/" not in sheet.part:
            continue
        cells, root = read_sheet(data, styles)
        found.sheets[sheet.name] = Sheet(
            sheet.state,
            cells,
            rules.validations(root),
            rules.formats(root, styles),
            rules.sparklines(root),
            things(parts, sheet.part, root),
            {each.get("ref", "") for each in root.iter() if local(each) == "mergeCell"},
            {_link(each) for each in root.iter() if local(each) == "hyperlink"},
        )
        for table in parts.named_in(root, "tablePart", sheet.part):
            element = parts.xml(table)
            if element is not None:
                found.tables[element.get("displayName", "")] = _table(element, sheet.name)
    found.names, found.unknown = _names(parts)
    return found


def _part(parts: Parts, kind: str) -> Element | None:
    return next((parts.xml(part) for part in parts.of_kind("xl/workbook.xml", kind)), None)


def _link(element: Element) -> str:
    """A link: its cells, and where it leads to inside the workbook."""
    return f"{element.get('ref', '')} {as_written(element.get('location', ''))}".strip()


def _table(element: Element, sheet: str) -> Table:
    headings = [attribute(each, "name") for each in element.iter() if local(each) == "tableColumn"]
    plain = tuple(_plain(heading) for heading in headings)
    return Table(sheet, element.get("ref", ""), plain, any(local(each) == "autoFilter" for each in element))


def _plain(heading: str) -> str:
    """A heading with its line breaks, however they are written."""
    for code in ("_x000a_", "_x000A_", "_x000d_", "_x000D_"):
        heading = heading.replace(code, " ")
    return " ".join(heading.split())


def _names(parts: Parts) -> tuple[dict[tuple[str, str], str], set[str]]:
    """The defined names without those that Excel keeps for itself, and the functions that it did not know."""
    found, unknown = {}, set()
    order = [sheet.name for sheet in parts.sheets]
    for each in parts.workbook.iter():
        if local(each) != "definedName":
            continue
        name, place = each.get("name", ""), each.get("localSheetId")
        if name.startswith("_xlfn."):
            unknown.add(name.rpartition(".")[2])
        elif not name.startswith(("_xlnm._Filter", "_xlpm.", "_xlws.")):
            sheet = order[int(place)] if place is not None and int(place) < len(order) else ""
            areas = as_written(each.text or "").split(",") if name.startswith("_xlnm.Print_") else []
            found[sheet, name] = ",".join(sorted(areas)) or as_written(each.text or "")
    return found, unknown
