"""What a workbook file holds beside the values of its cells, as things that can be counted and told."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree

from kam_xl.content.positions import column_name
from kam_xl.workbook.carry.looks import Looks
from kam_xl.workbook.carry.notes import notes_of
from kam_xl.workbook.carry.opened import Opened, OpenedSheet, local
from kam_xl.workbook.carry.rules import Thing, bare, rules_of

# Folders of parts that belong to a sheet, and are told with it.
OF_SHEETS = ("pivottables", "querytables", "slicers", "timelines", "embeddings", "activex", "ctrlprops")
# Elements of a sheet that are looked at one by one, or say nothing of their own.
_SEEN = {
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter",
    "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing", "tableParts", "extLst",
    "phoneticPr", "sheetCalcPr",
}  # fmt: skip


def things_of(file: Opened, sheet: OpenedSheet, looks: Looks) -> list[Thing]:
    """Everything of a sheet that is no value of a cell, no chart and no setting of the whole sheet."""
    return [
        *rules_of(looks, sheet),
        *_layout(sheet),
        *_linked(file, sheet),
        *_tables(file, sheet),
        *_drawn(file, sheet),
        *_other(sheet),
        *(Thing("note", (note.cell, note.text), f"{note.cell} “{note.text}”") for note in notes_of(file, sheet)),
    ]


def _layout(sheet: OpenedSheet) -> Iterator[Thing]:
    for number, row in sheet.rows.items():
        if row.get("hidden") in ("1", "true"):
            yield Thing("hidden row", number, str(number))
        if row.get("outlineLevel", "0") != "0":
            yield Thing("group", ("row", number), str(number))
    for column in sheet.xml.iterfind("{*}cols/{*}col"):
        first, last = int(column.get("min", "1")), min(int(column.get("max", "1")), int(column.get("min", "1")) + 200)
        for number in range(first, last + 1):
            name = column_name(number - 1)
            if column.get("hidden") in ("1", "true") or float(column.get("width", "9")) == 0:
                yield Thing("hidden column", number, name)
            if column.get("outlineLevel", "0") != "0":
                yield Thing("group", ("column", number), name)
    for merged in sheet.xml.iterfind("{*}mergeCells/{*}mergeCell"):
        yield Thing("merged cells", merged.get("ref", ""), merged.get("ref", ""))
    for chosen in sheet.xml.iterfind("{*}autoFilter"):
        yield Thing("filter", "", chosen.get("ref", ""))
        yield from _chosen(chosen, chosen.get("ref", ""))
    for chosen in sheet.xml.iterfind("{*}sortState"):
        yield from _sorted(chosen, chosen.get("ref", ""))
    for breaks in ("rowBreaks", "colBreaks"):
        for at in sheet.xml.iterfind(f"{{*}}{breaks}/{{*}}brk"):
            yield Thing("page break", (breaks, at.get("id", "")), at.get("id", ""))


def _linked(file: Opened, sheet: OpenedSheet) -> Iterator[Thing]:
    folder, name = posixpath.split(sheet.part)
    targets = {each.get("Id", ""): each.get("Target", "") for each in file.xml(f"{folder}/_rels/{name}.rels")}
    for link in sheet.xml.iterfind("{*}hyperlinks/{*}hyperlink"):
        ident = next((value for key, value in link.attrib.items() if key.endswith("}id")), "")
        target = link.get("location") or targets.get(ident, "")
        yield Thing("link", target.replace("'", "").replace("$", "").lstrip("#"), f"{link.get('ref', '')} {target}")


def _tables(file: Opened, sheet: OpenedSheet) -> Iterator[Thing]:
    for part in file.under(sheet, "tables"):
        table = file.xml(part)
        name = table.get("displayName", "")
        if not name:
            continue
        yield Thing("table", name, name)
        style = table.find("{*}tableStyleInfo")
        if style is not None:  # a program that knows none leaves it out
            keys = ("name", "showRowStripes", "showColumnStripes", "showFirstColumn", "showLastColumn")
            shown = [style.get(key, "0").replace("false", "0") for key in keys]
            yield Thing("table look", (name, *shown), name)
        if table.get("totalsRowCount", "0") != "0":
            yield Thing("total row", name, name)
        for filters in table.iterfind("{*}autoFilter"):
            yield from _chosen(filters, name)
        for each in (*table.iterfind("{*}sortState"), *table.iterfind("{*}autoFilter/{*}sortState")):
            yield from _sorted(each, name)


def _chosen(filters: ElementTree.Element, where: str) -> Iterator[Thing]:
    """The columns of which a filter shows chosen rows only."""
    for column in filters.iterfind("{*}filterColumn"):
        says = [sorted(e.attrib.items()) for e in column.iter() if e is not column]
        if any(says):
            yield Thing("chosen rows", (where, column.get("colId", ""), str(says)), where)


def _sorted(order: ElementTree.Element, where: str) -> Iterator[Thing]:
    for by in order.iterfind("{*}sortCondition"):
        yield Thing("order of rows", (where, by.get("ref", ""), by.get("descending", "0")), f"{where}: {by.get('ref')}")


def _drawn(file: Opened, sheet: OpenedSheet) -> Iterator[Thing]:
    for part in file.under(sheet, "drawings"):
        if not part.endswith(".xml"):
            continue
        folder, name = posixpath.split(part)
        targets = {each.get("Id", ""): each.get("Target", "") for each in file.xml(f"{folder}/_rels/{name}.rels")}
        for anchor in file.xml(part):
            if local(anchor.tag).endswith("Anchor"):
                yield from _anchored(file, folder, targets, anchor)


def _anchored(file: Opened, folder: str, targets: dict[str, str], anchor: ElementTree.Element) -> Iterator[Thing]:
    seen = False
    for element in anchor.iter():
        tag = local(element.tag)
        ident = next((v for k, v in element.attrib.items() if local(k) in ("embed", "id") and v in targets), "")
        target = posixpath.normpath(posixpath.join("/", folder, targets.get(ident, ""))).lstrip("/")
        if tag == "blip" and target in file.parts:
            seen = True
            yield Thing("picture", hashlib.sha1(file.archive.read(target), usedforsecurity=False).hexdigest())
        elif ident and tag in ("chart", "relIds") and "/charts/" in f"/{target}":
            seen = True  # charts are compared one by one
    if not seen:
        text = " ".join(" ".join(e.text or "" for e in anchor.iter() if local(e.tag) == "t").split())
        kinds = [local(e.tag) for e in anchor if local(e.tag) not in ("from", "to", "ext", "pos", "clientData")]
        if kinds and "AlternateContent" not in kinds:
            yield Thing("shape", text, f"“{text}”" if text else "")
        elif kinds:
            yield Thing("control", text, f"“{text}”" if text else "")


def _other(sheet: OpenedSheet) -> Iterator[Thing]:
    for element in sheet.xml:
        if local(element.tag) not in _SEEN:
            yield Thing("other", local(element.tag), local(element.tag))
    for extension in sheet.xml.iterfind("{*}extLst/{*}ext"):
        for element in extension:
            tag = local(element.tag)
            if tag == "sparklineGroups":
                yield from _sparklines(element)
            elif tag not in ("conditionalFormattings", "dataValidations"):
                for each in element:
                    yield Thing("other", local(each.tag), local(each.tag))
    for part in sheet.related.values():
        folder = posixpath.basename(posixpath.dirname(part)).lower()
        if folder in OF_SHEETS:
            yield Thing("other", folder, f"{folder}/{posixpath.basename(part)}")


def _sparklines(groups: ElementTree.Element) -> Iterator[Thing]:
    for group in groups:
        colour = next((e.get("rgb", "")[-6:].upper() for e in group if local(e.tag) == "colorSeries"), "")
        kind = group.get("type", "line")
        for line in group.iter():
            if local(line.tag) == "sparkline":
                said = {local(e.tag): e.text or "" for e in line}
                cell = said.get("sqref", "")
                yield Thing("sparkline", (kind, colour, bare(said.get("f", "")), cell), cell)
