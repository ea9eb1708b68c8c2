"""What a program that knows no LAMBDA takes out of a workbook when it saves it, and puts back exactly.

LibreOffice and openpyxl leave out the mark by which Excel knows that an array formula takes the room that it needs:
without it the Pareto table would stay as long as it is. LibreOffice also writes the functions that it does not know in
small letters, in the names that define the KAM functions.
"""

from __future__ import annotations

import re
from xml.parsers import expat
from xml.sax.saxutils import escape

from kam_xl import __version__
from kam_xl.hosts.native.library import definitions
from kam_xl.workbook.recompute.package import FormulaCell, Package, SheetCells, no_doctype
from kam_xl.workbook.recompute.patch import TAG

METADATA = "xl/metadata.xml"
TYPES, WORKBOOK, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DYNAMIC = "http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"
_MARK = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<metadata xmlns="{_MAIN}" xmlns:xda="{_DYNAMIC}"><metadataTypes count="1"><metadataType name="XLDAPR" '
    'minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" splitFirst="1" rowColShift="1" '
    'clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"/></metadataTypes>'
    '<futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
    '<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>'
    '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
).encode()
_TYPE = (
    b'Override PartName="/xl/metadata.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml"/>'
)
_RELATION = (
    b'Relationship Id="rIdDynamicArrays" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sheetMetadata" Target="metadata.xml"/>'
)
_CALCULATION = re.compile(rb"""<((?:\w+:)?)(calcPr)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_ORDERED = re.compile(rb"""\sfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
_BEFORE_IT = [
    re.compile(rb"</((?:\w+:)?)%b>|<((?:\w+:)?)%b/>" % (name, name))
    for name in (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")
]  # what stands before it, the last one first
_SPELLING = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<constant>TRUE|FALSE)\(\)
    |(?P<prefix>_xl(?:fn|ws|pm|op)\.)
    |(?<![\w.])(?P<number>(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)(?!\w)
    |(?P<space>\s+)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def unmarked(package: Package, sheet: SheetCells, own: bool) -> set[int]:
    """The array formulas of a sheet that lost their mark: in a workbook that has none left at all."""
    if METADATA in package.parts or not package.spills():
        return set()
    return {at for at, cell in sheet.formulas.items() if cell.area and is_ours(cell, own)}


def is_ours(cell: FormulaCell, own: bool) -> bool:
    """Whether an array formula is one that the workbook was made with: on its sheets, or a call of a KAM function."""
    return own or cell.text.startswith("KAM_")


def with_metadata(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts that change when the marks of array formulas come back: what they mean, its type and its relation."""
    return {
        TYPES: _with_last(parts[TYPES], _TYPE),
        RELATIONS: _with_last(parts[RELATIONS], _RELATION),
        METADATA: _MARK,
    }


def _with_last(content: bytes, element: bytes) -> bytes:
    """An XML part with one more element at its end, in the namespace prefix of the part."""
    close = content.rindex(b"</")
    prefix, colon, _name = content[close + 2 :].partition(b">")[0].rpartition(b":")
    return content[:close] + b"<" + prefix + colon + element + content[close:]


def spoiled_names(package: Package) -> tuple[dict[str, str], list[str]]:
    """The definitions of KAM functions that were written in small letters.

    Returns
    -------
    Those that can be mended, with their text; and those that cannot: they are not the definitions of this version.
    """
    ours = {one.name: one.stored for one in definitions()}
    mended: dict[str, str] = {}
    lost = []
    for name, text in package.names.items():
        if not name.startswith("KAM_") or "_xlfn." not in text or not _small(text):
            continue
        if name in ours and _spelt_alike(ours[name]) == _spelt_alike(text):
            mended[name] = ours[name]
        else:
            lost.append(name)
    return mended, lost


def redefined_names(package: Package) -> set[str]:
    """The KAM names that mean something else in a file of this version: somebody changed their definitions.

    Those of another version may well be worded otherwise; they are taken for ours.
    """
    if package.version != __version__:
        return set()
    ours = {one.name: one.stored for one in definitions()}
    return {
        name
        for name, text in package.names.items()
        if name.startswith("KAM_") and (name not in ours or _spelt_alike(ours[name]) != _spelt_alike(text))
    }


def _small(text: str) -> bool:
    """Whether a function that Excel's files have in capitals is written in small letters."""
    return re.search(r"_xlfn\.(?:_xlws\.)?[a-z]", text) is not None


def _spelt_alike(text: str) -> str:
    """A definition without what programs spell in their own way: case, prefixes, TRUE(), 0.000000001 for 1E-9."""

    def plain(found: re.Match[str]) -> str:
        if found["text"]:
            return found[0]
        if found["number"]:
            return repr(float(found[0]))
        return (found["constant"] or found["other"] or "").casefold()

    return _SPELLING.sub(plain, text.lstrip("="))


def computed_on_opening(content: bytes) -> bytes:
    """The part of the workbook with the order to compute every formula when the file is opened.

    >>> computed_on_opening(b'<workbook><definedNames/><calcPr calcId="1"/></workbook>')
    b'<workbook><definedNames/><calcPr calcId="1" fullCalcOnLoad="1"/></workbook>'
    """
    found = _CALCULATION.search(content)
    if found is not None and _ORDERED.search(found[3]):
        return content
    if found is not None:
        kept = re.sub(rb"""\s+fullCalcOnLoad\s*=\s*("[^"]*"|'[^']*')""", b"", found[3])
        new = b"<" + found[1] + found[2] + kept.rstrip() + b' fullCalcOnLoad="1"' + found[4] + b">"
        return content[: found.start()] + new + content[found.end() :]
    before = next((last for part in _BEFORE_IT for last in [*part.finditer(content)][-1:]), None)
    if before is None:
        raise ValueError("a workbook without sheets")
    element = b"<" + before[1] + b'calcPr fullCalcOnLoad="1"/>'
    return content[: before.end()] + element + content[before.end() :]


def with_names(content: bytes, names: dict[str, str]) -> bytes:
    """The part of the workbook with other texts of some of its defined names, and every other byte as it was."""
    places: list[tuple[int, int, str]] = []
    open_: list[tuple[str, int]] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "definedName" and "localSheetId" not in attributes:
            found = TAG.match(content, parser.CurrentByteIndex)
            open_.append((attributes["name"], found.end() if found else 0))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "definedName" and open_:
            name, inside = open_.pop()
            if name in names:
                places.append((inside, parser.CurrentByteIndex, names[name]))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = no_doctype
    parser.Parse(content, True)
    out, last = [], 0
    for first, after, text in places:
        out += [content[last:first], escape(text).encode()]
        last = after
    return b"".join([*out, content[last:]])
