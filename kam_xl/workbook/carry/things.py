"""What a workbook file holds beside the values of its cells, as things that can be counted and told."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from kam_xl.content.positions import column_name
from kam_xl.workbook.carry.notes import notes_of
from kam_xl.workbook.carry.opened import Opened, OpenedSheet, local

_CODES = re.compile(r'&("[^"]*"|K[0-9A-Fa-f+-]{6,8}|[0-9]+|.)')
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|\s|\$")
_NUMBER = re.compile(r"(?<![\w.])\d+\.?\d*(?:[eE][+-]?\d+)?(?![\w.])")
_USUAL_PAPER = ("0", "1", "9")  # none, Letter, A4
_PREFIX = re.compile(r"_xl(?:fn|ws|pm|udf)\.|(?<=TRUE|ALSE)\(\)|^=")
# Elements of a sheet that are looked at one by one, or say nothing of their own.
_SEEN = {
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter",
    "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing", "tableParts", "extLst",
    "phoneticPr", "ignoredErrors", "sheetCalcPr",
}  # fmt: skip


class Thing(NamedTuple):
    """Something beside the values: its kind, what tells it from others of the kind, and how a person would call it."""

    kind: str
    key: Any
    name: str = ""


def bare(formula: str) -> str:
    """A formula of a rule without the cells it refers to, which move, and without what programs add to it.

    >>> bare('LEN($B13)>_xlfn.DAYS(C2,TRUE())'), bare('"a, b"')
    ('LEN()>DAYS(,TRUE)', '"a,b"')
    """
    text = _PREFIX.sub("", _REFERENCE.sub("", formula))
    text = _NUMBER.sub(lambda at: f"{float(at[0]):.12g}", text)
    return "TRUE" if text == "1" else text


def things_of(file: Opened, sheet: OpenedSheet, other_version: bool = False) -> list[Thing]:
    """Everything of a sheet that is no value of a cell.

    Versions of the generator differ in the wording of their rules: compared with an `other_version`, a rule is told by
    its kind and the cell at which it begins.
    """
    rules = _rules(sheet)
    if other_version:
        rules = (Thing(r.kind, (str(r.key[0]), re.split("[: ]", r.name)[0]), r.name) for r in rules)
    return [
        *rules,
        *_layout(sheet),
        *_printing(sheet),
        *_linked(file, sheet),
        *_drawn(file, sheet),
        *_other(file, sheet),
        *(Thing("note", (note.cell, note.text), f"{note.cell} “{note.text}”") for note in notes_of(file, sheet)),
    ]


def _rules(sheet: OpenedSheet) -> Iterator[Thing]:
    for area in sheet.xml.iter():
        if local(area.tag) != "conditionalFormatting":
            continue
        place = area.get("sqref") or next((e.text or "" for e in area.iter() if local(e.tag) == "sqref"), "")
        for rule in area:
            if local(rule.tag) != "cfRule":
                continue
            kind = rule.get("type", "")
            if kind == "dataBar" and area.tag.startswith("{http://schemas.microsoft.com"):
                continue  # the second half of a bar
            texts = [bare(e.text or "") for e in rule.iter() if local(e.tag) in ("formula", "f")]
            says = (rule.get("text", ""),) if rule.get("text") else (rule.get("operator", ""), *texts)
            yield Thing("conditional format", (kind, *says), place)
    for rule in sheet.xml.iter():
        if local(rule.tag) == "dataValidation":
            kind, between = rule.get("type", ""), rule.get("operator", "between") in ("between", "notBetween")
            texts = [bare("".join(e.itertext())).casefold() for e in rule if local(e.tag).startswith("formula")]
            texts = texts[:1] if kind in ("list", "custom") or not between else texts
            place = rule.get("sqref") or next((e.text or "" for e in rule if local(e.tag) == "sqref"), "")
            yield Thing("validation", (kind, *(text.strip('"') for text in texts)), place)


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
            if column.get("hidden") in ("1", "true"):
                yield Thing("hidden column", number, name)
            if column.get("outlineLevel", "0") != "0":
                yield Thing("group", ("column", number), name)
    for merged in sheet.xml.iterfind("{*}mergeCells/{*}mergeCell"):
        yield Thing("merged cells", merged.get("ref", ""), merged.get("ref", ""))
    for chosen in sheet.xml.iterfind("{*}autoFilter"):
        yield Thing("filter", "", chosen.get("ref", ""))
    for pane in sheet.xml.iterfind("{*}sheetViews/{*}sheetView/{*}pane"):
        frozen = (pane.get("xSplit", "0"), pane.get("ySplit", "0"))
        if pane.get("state", "split").startswith("frozen"):
            yield Thing("frozen panes", frozen, pane.get("topLeftCell", ""))
    protection = sheet.xml.find("{*}sheetProtection")
    if protection is not None and protection.get("sheet") in ("1", "true"):
        yield Thing("protection", "")


def _printing(sheet: OpenedSheet) -> Iterator[Thing]:
    setup = sheet.xml.find("{*}pageSetup")
    if setup is not None:
        paper = setup.get("paperSize", "0")
        looks = (setup.get("orientation", "") == "landscape", "" if paper in _USUAL_PAPER else paper)
        if any(looks):
            yield Thing("page set-up", looks)
    for part in sheet.xml.iterfind("{*}headerFooter/*"):
        text = " ".join(_CODES.sub("", part.text or "").split())
        if text:
            yield Thing("header or footer", text, f"“{text}”")
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
    for part in file.under(sheet, "tables"):
        name = file.xml(part).get("displayName", "")
        if name:
            yield Thing("table", name, name)


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
            seen = True
            title = _title(file.xml(target))
            yield Thing("chart", title, f"“{title}”" if title else "")
    if not seen:
        text = " ".join("".join(e.text or "" for e in anchor.iter() if local(e.tag) == "t").split())
        kinds = [local(e.tag) for e in anchor if local(e.tag) not in ("from", "to", "ext", "pos", "clientData")]
        if kinds and "AlternateContent" not in kinds:
            yield Thing("shape", text, f"“{text}”" if text else "")
        elif kinds:
            yield Thing("control", text, f"“{text}”" if text else "")


def _title(chart: ElementTree.Element) -> str:
    """The words that were typed into a chart: titles of it and of its axes; those that come from cells are left out."""
    found = [e.text or "" for title in chart.iter() if local(title.tag) in ("title", "rich") for e in title.iter()
             if local(e.tag) == "t"]  # fmt: skip
    return " ".join(" ".join(dict.fromkeys(found)).split())


def _other(file: Opened, sheet: OpenedSheet) -> Iterator[Thing]:
    for element in sheet.xml:
        if local(element.tag) not in _SEEN:
            yield Thing("other", local(element.tag), local(element.tag))
    for extension in sheet.xml.iterfind("{*}extLst/{*}ext"):
        for element in extension:
            tag = local(element.tag)
            if tag not in ("conditionalFormattings", "dataValidations"):
                for each in element:
                    yield Thing("other", local(each.tag), local(each.tag))
    for part in sheet.related.values():
        folder = posixpath.basename(posixpath.dirname(part)).lower()
        if folder in ("pivottables", "querytables", "slicers", "timelines", "embeddings", "activex", "ctrlprops"):
            yield Thing("other", folder, f"{folder}/{posixpath.basename(part)}")
