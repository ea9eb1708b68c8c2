"""What a workbook file holds beside its sheets: names, macros, properties, parts of any kind."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from kam_xl.hosts.vba import reading
from kam_xl.locale import _
from kam_xl.workbook.carry.carried import Carried, is_ours
from kam_xl.workbook.carry.found import plain
from kam_xl.workbook.carry.opened import Opened, local
from kam_xl.workbook.carry.told import Loss, described
from kam_xl.workbook.carry.whose import OF_MACROS

# Parts that are looked at elsewhere, or say nothing that the new file does not say in its own way.
_SEEN_FOLDERS = (
    "_rels", "docprops", "xl", "xl/_rels", "xl/worksheets", "xl/worksheets/_rels", "xl/theme", "xl/theme/_rels",
    "xl/tables", "xl/tables/_rels", "xl/drawings", "xl/drawings/_rels", "xl/charts", "xl/charts/_rels", "xl/media",
    "xl/threadedcomments", "xl/persons", "xl/printersettings", "xl/chartsheets", "xl/chartsheets/_rels", "xl/comments",
    "xl/pivottables/_rels", "xl/pivotcache/_rels", "xl/externallinks/_rels", "xl/richdata", "xl/richdata/_rels", "",
)  # fmt: skip
_SEEN_PARTS = (
    "workbook.xml", "styles.xml", "sharedstrings.xml", "calcchain.xml", "metadata.xml", "vbaproject.bin", "core.xml",
    "app.xml", "comments", "[content_types].xml", "persons", "featurepropertybag.xml",
)  # fmt: skip
_BOOK = {
    "fileVersion", "workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "extLst", "AlternateContent",
    "revisionPtr", "fileRecoveryPr", "pivotCaches", "externalReferences",
}  # fmt: skip


def whole_lost(carried: Carried, standard: Opened, new: Opened) -> Iterator[Loss]:
    """What the file held beside its sheets and the new one has not."""
    yield from _titles(carried)
    yield from _names(carried, standard, new)
    yield from _macros(carried)
    yield from _settings(carried)
    for element in carried.file.book:
        held = any(value not in ("0", "false") for value in element.attrib.values()) or len(element)
        if local(element.tag) not in _BOOK and held:
            yield Loss("", "property", local(element.tag))
    have = Counter(_folder(part) for part in new.parts) | Counter(_folder(part) for part in standard.parts)
    for part in carried.file.parts:
        folder, name = posixpath.split(part.lower())
        seen = folder in _SEEN_FOLDERS and (folder not in ("xl", "docprops", "") or name.startswith(_SEEN_PARTS))
        if not seen and have[_folder(part)] <= 0:
            yield Loss("", "part", part)
        have[_folder(part)] -= not seen
    yield from _properties(carried)


def _folder(part: str) -> str:
    return posixpath.dirname(part).lower() or part.lower()


def _titles(carried: Carried) -> Iterator[Loss]:
    for title, way in carried.ways_written.sheets.items():
        if title != way.title:
            yield Loss(title, "title", way.title)


def _names(carried: Carried, standard: Opened, new: Opened) -> Iterator[Loss]:
    made = {name.casefold() for side in (standard, new) for name in _workbook_names(side)}
    other_version = carried.file.version != standard.version
    for name in _workbook_names(carried.file):
        ours = name.casefold().startswith("_xl") or (other_version and is_ours(name))
        if name.casefold() not in made and not ours:
            yield Loss("", "name", f"{name}: {carried.names_lost.get(name, _('is not carried over'))}")
    titles = [*carried.file.sheets]
    have: set[tuple[str, str, str]] = set()
    for side in (standard, new):
        have |= {(title, name, _area(text)) for title, name, text in _local_names(side)}
    for title, name, text in _local_names(carried.file):
        way = carried.ways_written.sheets.get(title)
        own = title in carried.own
        there = carried.own.get(title) or (way.title if way else title)
        if (there, name, _area(text)) in have or title not in titles or name.startswith("_xlnm._Filter"):
            continue
        kind = "print area" if name.startswith("_xlnm.") else "name"
        if kind == "name" or own or not any(t == there and n == name for t, n, _a in have):
            yield Loss(title, kind, text if kind == "print area" else f"{name} ={text}", own)


def _workbook_names(file: Opened) -> Iterator[str]:
    for name in file.book.iterfind("{*}definedNames/{*}definedName"):
        if "localSheetId" not in name.attrib:
            yield name.get("name", "")


def _local_names(file: Opened) -> Iterator[tuple[str, str, str]]:
    titles = [*file.sheets]
    for name in file.book.iterfind("{*}definedNames/{*}definedName"):
        index = int(name.get("localSheetId", "-1"))
        if 0 <= index < len(titles):
            yield titles[index], name.get("name", ""), name.text or ""


def _area(text: str) -> str:
    return text.rpartition("!")[2].replace("$", "")


def _macros(carried: Carried) -> Iterator[Loss]:
    """Modules of macros that are not ours, and code behind sheets; ours are known by their names."""
    if "xl/vbaProject.bin" not in carried.file.parts:
        return
    try:
        project = reading.read(carried.file.archive.read("xl/vbaProject.bin"))
    except Exception:  # the container can be damaged in any way
        yield Loss("", "macro", "vbaProject.bin")
        return
    from kam_xl.hosts.vba.workbook import code_modules

    ours = {module.name.casefold(): _code(module.source) for module in code_modules()}
    for module in project.modules:
        name, code = module.name.casefold(), _code(module.source)
        if name == "dictionary" and "VBA-Dictionary" in module.source:
            continue  # came with xlwings' module in workbooks of other versions
        if name in ours:
            if code != ours[name] and name == "kambuttons":
                yield Loss("", "macro", module.name)
        elif code:
            yield Loss("", "macro", module.name)
    for form in project.forms:
        yield Loss("", "macro", form)


def _code(source: str) -> str:
    """The statements of a module, without its attributes and declarations of options."""
    kept = [line.strip() for line in source.splitlines()]
    return "\n".join(line for line in kept if line and not line.startswith(("Attribute ", "Option ", "VERSION ")))


def _settings(carried: Carried) -> Iterator[Loss]:
    """What a person set on the sheet of settings of a workbook with macros."""
    from kam_xl.hosts.vba import CONF_SHEET, xlwings_conf

    for title in OF_MACROS[:1]:
        if title not in carried.cells:
            continue
        cells = carried.cells[title].constants
        ours = dict(xlwings_conf())
        rows = {at // 16_384: value for at, value in cells.items() if at % 16_384 == 0}
        for row, key in rows.items():
            value = cells.get(row * 16_384 + 1)
            if value is not None and plain(ours.get(str(key))) != plain(str(value)):
                yield Loss(CONF_SHEET, "cell", f"{CONF_SHEET}: {key} {described(value)}")


def _properties(carried: Carried) -> Iterator[Loss]:
    """Words about the file that a person typed into its properties."""
    for element in carried.file.xml("docProps/core.xml"):
        text = (element.text or "").strip()
        if local(element.tag) in ("subject", "keywords", "category", "contentStatus") and text:
            yield Loss("", "property", f"{local(element.tag)} “{text}”")
    for element in carried.file.xml("docProps/custom.xml"):
        yield Loss("", "property", f"{element.get('name', '')} “{''.join(element.itertext())}”")
