"""What a workbook file holds beside its sheets: names, macros, properties, parts of any kind."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping

from kam_xl.formulas.formula import quoted
from kam_xl.hosts.vba import reading
from kam_xl.intake.template import load_template, template_names
from kam_xl.locale import _
from kam_xl.workbook.carry.carried import Carried, is_ours
from kam_xl.workbook.carry.found import exact, plain, shape
from kam_xl.workbook.carry.opened import Opened, local
from kam_xl.workbook.carry.places import SheetPlaces
from kam_xl.workbook.carry.properties import properties_of
from kam_xl.workbook.carry.sides import How
from kam_xl.workbook.carry.things import OF_SHEETS
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
    "app.xml", "custom.xml", "comments", "[content_types].xml", "persons", "featurepropertybag.xml",
)  # fmt: skip
_BOOK = {
    "fileVersion", "workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "extLst", "AlternateContent",
    "revisionPtr", "fileRecoveryPr", "pivotCaches", "externalReferences",
}  # fmt: skip


def whole_lost(carried: Carried, standard: Opened, new: Opened, how: How) -> Iterator[Loss]:
    """What the file held beside its sheets and the new one has not."""
    yield from _titles(carried)
    yield from _names(carried, standard, new, how)
    if not how.other_version:
        yield from _changed_names(carried, standard, new, how)
    yield from _macros(carried)
    yield from _settings(carried)
    for element in carried.file.book:
        held = any(value not in ("0", "false") for value in element.attrib.values()) or len(element)
        if local(element.tag) not in _BOOK and held:
            yield Loss("", "property", local(element.tag))
        elif local(element.tag) == "calcPr":
            yield from (Loss("", "property", f"{key} {element.get(key)}") for key, usual in _COMPUTING.items()
                        if element.get(key, usual).lower() not in (usual, _SAID.get(usual)))  # fmt: skip
    have = Counter(_folder(part) for part in new.parts) | Counter(_folder(part) for part in standard.parts)
    told = {
        part
        for sheet in carried.file.sheets.values()
        for part in sheet.related.values()
        if posixpath.basename(posixpath.dirname(part)).lower() in OF_SHEETS
    }
    for part in carried.file.parts:
        folder, name = posixpath.split(part.lower())
        seen = part in told or (
            folder in _SEEN_FOLDERS and (folder not in ("xl", "docprops", "") or name.startswith(_SEEN_PARTS))
        )
        if not seen and have[_folder(part)] <= 0:
            yield Loss("", "part", part)
        have[_folder(part)] -= not seen
    yield from _properties(carried, new)


# How a workbook is computed, where that is not as usual; texts that mean the same.
_COMPUTING = {"calcMode": "auto", "iterate": "0", "fullPrecision": "1"}
_SAID = {"0": "false", "1": "true"}


def _folder(part: str) -> str:
    """The folder of a part, as one part of a kind is as good as another; of the common folders the part itself."""
    folder = posixpath.dirname(part).lower()
    return part.lower() if folder in _SEEN_FOLDERS else folder


def _titles(carried: Carried) -> Iterator[Loss]:
    for title, way in carried.ways_written.sheets.items():
        if title != way.title:
            yield Loss(title, "title", way.title)


def _names(carried: Carried, standard: Opened, new: Opened, how: How) -> Iterator[Loss]:
    made = {name.casefold() for side in (standard, new) for name in _workbook_names(side)}
    other_version = carried.file.version != standard.version
    for name in _workbook_names(carried.file):
        ours = name.casefold().startswith("_xl") or (other_version and is_ours(name))
        if name.casefold() not in made and not ours:
            why = carried.names_lost.get(name, _("is not carried over"))
            yield Loss("", "name", f"{name}: {why}")
    titles = [*carried.file.sheets]
    have: set[tuple[str, str, frozenset[str]]] = set()
    for side in (standard, new):
        have |= {(title, name, _area(text)) for title, name, text in _local_names(side)}
    for title, name, text in _local_names(carried.file):
        way = carried.ways_written.sheets.get(title)
        own = title in carried.own
        there = carried.own.get(title) or (way.title if way else title)
        if (there, name, _area(text)) in have or title not in titles or name.startswith("_xlnm._Filter"):
            continue
        kind = "print area" if name.startswith("_xlnm.") else "local name"
        said = any(t == there and n == name for t, n, _a in have)
        if kind == "local name" or own or not (said and any(how)):
            yield Loss(title, kind, text if kind == "print area" else f"{name} ={text}", own)


def _changed_names(carried: Carried, standard: Opened, new: Opened, how: How) -> Iterator[Loss]:
    """Names of the generator's whose meaning a person changed."""
    usual = [_workbook_names(side) for side in (standard, new)]
    alike = shape if how.grown else exact
    for name, text in _workbook_names(carried.file).items():
        ours = [names[name] for names in usual if name in names]
        titles = carried.ways_written.sheets
        if ours and name not in carried.names_carried and alike(_retitled(text, titles)) not in map(alike, ours):
            yield Loss("", "changed name", f"{name} ={text}")


def _retitled(text: str, ways: Mapping[str, SheetPlaces]) -> str:
    """A reference with the title that its sheet has in the new workbook."""
    title, mark, cells = text.rpartition("!")
    way = ways.get(title.strip("'").replace("''", "'"))
    return f"{quoted(way.title)}{mark}{cells}" if way else text


def _workbook_names(file: Opened) -> dict[str, str]:
    found = file.book.iterfind("{*}definedNames/{*}definedName")
    return {name.get("name", ""): name.text or "" for name in found if "localSheetId" not in name.attrib}


def _local_names(file: Opened) -> Iterator[tuple[str, str, str]]:
    titles = [*file.sheets]
    for name in file.book.iterfind("{*}definedNames/{*}definedName"):
        index = int(name.get("localSheetId", "-1"))
        if 0 <= index < len(titles):
            yield titles[index], name.get("name", ""), name.text or ""


def _area(text: str) -> frozenset[str]:
    """The areas of a name, in whatever order."""
    return frozenset(area.rpartition("!")[2].replace("$", "") for area in text.split(","))


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
                text = _("{sheet}: the setting {key} {value} stays behind in {file}; type it again by hand")
                said = text.format(sheet=CONF_SHEET, key=key, value=described(value), file=carried.name)
                yield Loss(CONF_SHEET, "cell", said)


def _properties(carried: Carried, new: Opened) -> Iterator[Loss]:
    """Words about the file that a person typed into its properties, and that the new one has not."""
    there = properties_of(new)
    for name, text in properties_of(carried.file).items():
        ours = name == "description" and text.startswith("kam_xl ")
        if text != there.get(name) and not ours and not (name == "Company" and text in _sample_companies()):
            yield Loss("", "property", f"{name.removeprefix(':')} “{text}”")


def _sample_companies() -> set[str]:
    """The companies of the templates: a file keeps that of its sample when another is typed on Settings."""
    return {load_template(name).settings.company for name in template_names()}
