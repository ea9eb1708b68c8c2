"""Writes a workbook anew as Excel does when it saves one, by what is known of that: the same workbook, other bytes.

Parts and ids are numbered anew, targets are absolute, names are sorted, one formula serves a column (shared formulas),
rules that look at other sheets move into the extensions of their sheet, areas of rules are split and joined, cell
styles and cell metadata get other numbers, charts and shapes get alternate contents, the author leaves his traces.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

from openpyxl.formula.translate import Translator

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHARED_PER_SHEET = 150  # translating formulas takes its time

Parts = dict[str, bytes]
Edit = Callable[[str, ET.Element], None]


def q(name: str, space: str = MAIN) -> str:
    return f"{{{space}}}{name}"


def read(path: str) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(parts: Parts, path: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with open(path, "wb") as out:
        out.write(buffer.getvalue())


def edited(parts: Parts, pattern: str, edit: Edit) -> Parts:
    """The parts with every one whose name fits changed."""
    found = dict(parts)
    for name, data in parts.items():
        if re.fullmatch(pattern, name):
            root = ET.fromstring(data)
            edit(name, root)
            found[name] = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def saved(parts: Parts) -> Parts:
    """The workbook as Excel writes it."""
    parts = edited(parts, r"xl/workbook\.xml", _workbook)
    parts = edited(parts, r"xl/worksheets/sheet\d+\.xml", _sheet)
    parts = edited(parts, r"xl/styles\.xml", _styles)
    parts = edited(parts, r"xl/metadata\.xml", _metadata)
    parts = edited(parts, r"xl/charts/chart\d+\.xml", _chart)
    parts = edited(parts, r"xl/tables/table\d+\.xml", _table)
    parts = edited(parts, r"xl/drawings/drawing\d+\.xml", _drawing)
    parts = edited(parts, r"docProps/core\.xml", _core)
    return _renamed(parts)


def _workbook(_name: str, root: ET.Element) -> None:
    names = root.find(q("definedNames"))
    if names is None:
        names = ET.SubElement(root, q("definedNames"))
    listed = sorted(names, key=lambda each: each.get("name", "").lower())
    hidden = ET.Element(q("definedName"), {"name": "_xlnm._FilterDatabase", "localSheetId": "0", "hidden": "1"})
    hidden.text = "Guide!$A$1:$B$2"
    names[:] = [hidden, *listed]
    for each in names:
        if '"' not in (each.text or ""):
            text = re.sub(r"(?<![\w'!\]])([A-Za-z_]\w*)!", r"'\1'!", each.text or "")  # needless quotes
            each.text = text.replace(",", ", ")
    path = ET.SubElement(root, q("absPath", "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"))
    path.set("url", r"C:\Users\Ada Lovelace\Documents\\")


def _sheet(_name: str, root: ET.Element) -> None:
    for cell in root.iter(q("c")):
        cell.set("s", str(int(cell.get("s", "0")) + 1))
        if cell.get("cm"):
            cell.set("cm", str(int(cell.get("cm", "0")) + 1))
    _share_formulas(root)
    extensions = root.find(q("extLst"))
    if extensions is None:
        extensions = ET.SubElement(root, q("extLst"))
    _move_validations(root, extensions)
    _move_formats(root, extensions)
    if not len(extensions):
        root.remove(extensions)


def _share_formulas(root: ET.Element) -> None:
    """A formula that says the same as the one above is told by the number of that one."""
    above: dict[str, tuple[str, str, ET.Element]] = {}
    number = done = 0
    for row in root.iter(q("row")):
        for cell in row:
            formula, at = cell.find(q("f")), cell.get("r", "")
            column = re.sub(r"\d", "", at)
            if formula is None or formula.get("t") or done > _SHARED_PER_SHEET:
                above.pop(column, None)
                continue
            text = formula.text or ""
            if column in above and int(at[len(column) :]) == int(above[column][1][len(column) :]) + 1:
                first, origin, master = above[column]
                done += 1
                if Translator(f"={first}", origin).translate_formula(at) == f"={text}":
                    if master.get("t") != "shared":
                        master.set("t", "shared")
                        master.set("si", str(number))
                        master.set("ref", f"{origin}:{at}")
                        number += 1
                    formula.set("t", "shared")
                    formula.set("si", master.get("si", ""))
                    formula.text = None
                    above.pop(column)
                    continue
            above[column] = (text, at, formula)


def _split(areas: str) -> str:
    """The same cells in more areas."""
    found = []
    for area in areas.split():
        match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", area)
        if match and int(match[4]) > int(match[2]):
            found += [
                f"{match[1]}{int(match[2]) + 1}:{match[3]}{match[4]}",
                f"{match[1]}{match[2]}:{match[3]}{match[2]}",
            ]
        else:
            found.append(area)
    return " ".join(found)


def _move_validations(root: ET.Element, extensions: ET.Element) -> None:
    rules = root.find(q("dataValidations"))
    if rules is None:
        return
    elsewhere = []
    for rule in list(rules):
        rule.set("sqref", _split(rule.get("sqref", "")))
        if any("!" in (formula.text or "") for formula in rule):
            rules.remove(rule)
            elsewhere.append(rule)
    rules[:] = list(rules)[::-1]
    if not len(rules):
        root.remove(rules)
    if elsewhere:
        extension = ET.SubElement(extensions, q("ext"), {"uri": "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"})
        group = ET.SubElement(extension, q("dataValidations", X14))
        for rule in elsewhere:
            there = ET.SubElement(group, q("dataValidation", X14), {k: v for k, v in rule.items() if k != "sqref"})
            for number, formula in enumerate(rule, 1):
                ET.SubElement(ET.SubElement(there, q(f"formula{number}", X14)), q("f", XM)).text = formula.text
            ET.SubElement(there, q("sqref", XM)).text = rule.get("sqref")


def _move_formats(root: ET.Element, extensions: ET.Element) -> None:
    groups = root.findall(q("conditionalFormatting"))
    place = list(root).index(groups[0]) if groups else 0
    elsewhere = []
    for group in groups:
        root.remove(group)
        group.set("sqref", _split(group.get("sqref", "")))
        for rule in list(group):
            rule.set("priority", str(900 - int(rule.get("priority", "1"))))
            if any("!" in (formula.text or "") for formula in rule.findall(q("formula"))):
                group.remove(rule)
                elsewhere.append((group.get("sqref"), rule))
    for group in groups:
        if len(group):
            root.insert(place, group)  # each before the last: the other way round
    if elsewhere:
        extension = ET.SubElement(extensions, q("ext"), {"uri": "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"})
        moved = ET.SubElement(extension, q("conditionalFormattings", X14))
        for area, rule in elsewhere:
            there = ET.SubElement(moved, q("conditionalFormatting", X14))
            shown = {k: v for k, v in rule.items() if k != "dxfId"} | {"id": "{0}"}
            inside = ET.SubElement(there, q("cfRule", X14), shown)
            for formula in rule.findall(q("formula")):
                ET.SubElement(inside, q("f", XM)).text = formula.text
            if rule.get("dxfId"):
                ET.SubElement(ET.SubElement(inside, q("dxf", X14)), q("font"))
            ET.SubElement(there, q("sqref", XM)).text = area


def _styles(_name: str, root: ET.Element) -> None:
    """One more cell style in front: every cell has the next number."""
    styles = root.find(q("cellXfs"))
    assert styles is not None
    styles.insert(0, copy.deepcopy(styles[0]))


def _metadata(_name: str, root: ET.Element) -> None:
    """Another kind of metadata in front, as pictures in cells have."""
    kinds = root.find(q("metadataTypes"))
    cells = root.find(q("cellMetadata"))
    assert kinds is not None
    assert cells is not None
    kinds.insert(0, ET.Element(q("metadataType"), {"name": "XLRICHVALUE"}))
    for record in cells.iter(q("rc")):
        record.set("t", "2")
    block = ET.Element(q("bk"))
    ET.SubElement(block, q("rc"), {"t": "1", "v": "0"})
    cells.insert(0, block)


def _chart(_name: str, root: ET.Element) -> None:
    alternate = ET.Element(q("AlternateContent", COMPATIBLE))
    ET.SubElement(alternate, q("Choice", COMPATIBLE), {"Requires": "c14"})
    root.insert(0, alternate)
    for formula in root.iter(q("f", CHART)):
        formula.text = re.sub(r"(\$[A-Z]+\$\d+):\1$", r"\1", formula.text or "")


def _table(_name: str, root: ET.Element) -> None:
    root.set("id", str(int(root.get("id", "1")) + 40))
    root.set("{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid", "{1}")


def _drawing(_name: str, root: ET.Element) -> None:
    root.append(ET.Element(q("AlternateContent", COMPATIBLE)))
    root[:] = list(root)[::-1]


def _core(_name: str, root: ET.Element) -> None:
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    ET.SubElement(root, q("lastModifiedBy", space)).text = "Ada Lovelace"


def _renamed(parts: Parts) -> Parts:
    """Sheets, charts, tables and drawings with other numbers, referred to from the root of the file."""

    def other(name: str) -> str:
        return re.sub(
            r"^(xl/(?:worksheets|charts|tables|drawings)/[a-z]+)(\d+)\.xml$",
            lambda m: f"{m[1]}{500 - int(m[2])}.xml",
            name,
        )

    found: Parts = {}
    for name, data in parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            root = ET.fromstring(data)
            for each in root:
                if each.get("TargetMode") != "External":
                    target = each.get("Target", "")
                    whole = (
                        target if target.startswith("/") else posixpath.normpath(posixpath.join("/", folder, target))
                    )
                    each.set("Target", "/" + other(whole.lstrip("/")))
            base = posixpath.basename(name).removesuffix(".rels")
            place = other(posixpath.join(folder, base) if folder else base)
            found[posixpath.join(posixpath.dirname(place), "_rels", posixpath.basename(place) + ".rels")] = ET.tostring(
                root
            )
        elif name == "[Content_Types].xml":
            root = ET.fromstring(data)
            for each in root:
                if each.get("PartName"):
                    each.set("PartName", "/" + other(each.get("PartName", "").lstrip("/")))
            found[name] = ET.tostring(root)
        else:
            found[other(name)] = data
    return found
