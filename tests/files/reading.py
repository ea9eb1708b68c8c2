"""A written workbook as its file spells it: parts, relations, sheets, cells, names; nothing is taken for granted.

Read here anew, without the product's code: what the generator believes must not decide what the rules see. A part that
is missing or no XML reads as nothing; the rules on packages name it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from files import areas
from files.areas import Area
from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TYPES = "[Content_Types].xml"
Found = Iterator[tuple[str, str]]  # places and what is wrong there


@dataclass(frozen=True)
class Relation:
    """A line of a ``.rels`` part; `target` is the part that it leads to, or an address outside the file."""

    id: str
    kind: str  # the last word of its type: "worksheet"
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the file; `value` is the text of its value, shared strings looked up."""

    row: int
    column: int
    type: str  # n, s, str, b, e, inlineStr
    style: int
    value: str | None
    formula: str | None
    array: str | None  # the area of an array formula
    metadata: int | None  # cm

    @property
    def address(self) -> str:
        return areas.address(self.row, self.column)

    @property
    def is_text(self) -> bool:
        """Whether it holds text, an empty one included: to Excel it is greater than any number."""
        return self.type in ("s", "str", "inlineStr")


@dataclass(frozen=True)
class Formula:
    """A formula anywhere in the file."""

    place: str
    text: str
    kind: str  # cell, name, condition, validation
    sheet: str = ""


@dataclass(frozen=True)
class Name:
    """A defined name; `sheet` is the number of the sheet that it belongs to."""

    name: str
    text: str
    comment: str
    sheet: str | None
    hidden: bool


class Sheet:
    """A worksheet."""

    def __init__(self, book: Book, element: etree._Element, relation: Relation | None) -> None:
        self.book, self.name = book, element.get("name") or ""
        self.state = element.get("state") or "visible"
        self.part = relation.target if relation else ""
        self.root = book.xml(self.part)

    def every(self, tag: str) -> list[etree._Element]:
        """All elements of the main namespace with this name."""
        return [] if self.root is None else list(self.root.iter(MAIN + tag))

    def place(self, where: str) -> str:
        return f"{self.name}!{where}"

    @cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        """Every cell that is in the file, by row and column."""
        found = {}
        for element in self.every("c"):
            place = areas.cell(element.get("r") or "")
            if place:
                found[place] = self._cell(element, *place)
        return found

    def _cell(self, element: etree._Element, row: int, column: int) -> Cell:
        kind, value, formula = element.get("t") or "n", element.findtext(MAIN + "v"), element.find(MAIN + "f")
        if kind == "s" and value is not None:
            strings = self.book.strings
            value = strings[int(value)] if value.isdigit() and int(value) < len(strings) else None
        is_array = formula is not None and formula.get("t") == "array"
        metadata = element.get("cm") or ""
        return Cell(
            row,
            column,
            kind,
            int(element.get("s") or 0),
            value,
            None if formula is None else formula.text or "",
            formula.get("ref") if is_array else None,
            int(metadata) if metadata.isdigit() else None,
        )

    @cached_property
    def merged(self) -> list[tuple[str, Area]]:
        """The merged areas that can be read."""
        return [(str(each.get("ref")), box) for each in self.every("mergeCell") if (box := areas.area(each.get("ref")))]

    @cached_property
    def tables(self) -> list[tuple[str, etree._Element, Area | None]]:
        """Part, element and area of each table."""
        roots = [(part, self.book.xml(part)) for part in self.book.related(self.part, "table")]
        return [(part, root, areas.area(root.get("ref"))) for part, root in roots if root is not None]

    @cached_property
    def arrays(self) -> list[tuple[Cell, Area | None]]:
        """The cells with array formulas, and the area of each."""
        return [(cell, areas.area(cell.array)) for cell in self.cells.values() if cell.array is not None]


class Book:
    """A workbook file.

    Examples
    --------
    ::

        book = Book(path)
        book.sheets[0].cells[1, 2].formula
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.there = {entry.filename for entry in self.entries}
            self.parts: dict[str, bytes] = {}
            self.unreadable: dict[str, str] = {}
            for entry in (each for each in self.entries if not each.is_dir()):
                try:
                    self.parts.setdefault(entry.filename, archive.read(entry))
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                    self.unreadable[entry.filename] = str(error)
        self.not_xml: dict[str, str] = {}
        self.xml = cache(self._xml)
        self.relations = cache(self._relations)

    def _xml(self, part: str) -> etree._Element | None:
        if part not in self.parts:
            return None
        try:
            return etree.fromstring(self.parts[part], etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError as error:
            self.not_xml[part] = str(error)
            return None

    def _relations(self, part: str) -> list[Relation]:
        root = self.xml(relations_of(part))
        found = []
        for each in [] if root is None else root:
            external = each.get("TargetMode") == "External"
            target = each.get("Target") or ""
            if not external:
                target = posixpath.normpath(posixpath.join("/" + posixpath.dirname(part), target)).lstrip("/")
            kind = (each.get("Type") or "").rsplit("/", 1)[-1]
            found.append(Relation(each.get("Id") or "", kind, target, external))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that `part` is related to in this way."""
        return [each.target for each in self.relations(part) if each.kind == kind and not each.external]

    @cached_property
    def main(self) -> str:
        """The part of the workbook itself."""
        return next(iter(self.related("", "officeDocument")), "")

    @cached_property
    def root(self) -> etree._Element:
        """The element of the workbook; an empty one where there is none."""
        found = self.xml(self.main)
        return etree.Element(MAIN + "workbook") if found is None else found

    @cached_property
    def sheets(self) -> list[Sheet]:
        by_id = {each.id: each for each in self.relations(self.main)}
        return [Sheet(self, each, by_id.get(each.get(RELATION + "id"))) for each in self.root.iter(MAIN + "sheet")]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name, without regard to case as in Excel."""
        return self._by_name.get(name.casefold())

    @cached_property
    def _by_name(self) -> dict[str, Sheet]:
        return {sheet.name.casefold(): sheet for sheet in reversed(self.sheets)}

    @cached_property
    def names(self) -> list[Name]:
        return [
            Name(
                each.get("name") or "",
                each.text or "",
                each.get("comment") or "",
                each.get("localSheetId"),
                each.get("hidden") == "1",
            )
            for each in self.root.iter(MAIN + "definedName")
        ]

    @cached_property
    def styles(self) -> etree._Element:
        """The element of the styles; an empty one where there is none."""
        found = next((self.xml(part) for part in self.related(self.main, "styles")), None)
        return etree.Element(MAIN + "styleSheet") if found is None else found

    def style(self, collection: str) -> list[etree._Element]:
        """The members of a collection of styles: ``cellXfs``, ``fonts``, ``dxfs`` …"""
        found = self.styles.find(MAIN + collection)
        return [] if found is None else list(found)

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, the runs of each joined."""
        root = next((self.xml(part) for part in self.related(self.main, "sharedStrings")), None)
        return [] if root is None else ["".join(t.text or "" for t in each.iter(MAIN + "t")) for each in root]

    @cached_property
    def formulas(self) -> list[Formula]:
        """Every formula of the file; those of charts apart."""
        found = [Formula(f"name {each.name}", each.text, "name") for each in self.names]
        for sheet in self.sheets:
            for cell in sheet.cells.values():
                if cell.formula is not None:
                    found.append(Formula(sheet.place(cell.address), cell.formula, "cell", sheet.name))
            for _, root, _ in sheet.tables:
                for each in root.iter(MAIN + "calculatedColumnFormula"):
                    found.append(Formula(sheet.place(f"table {root.get('name')}"), each.text or "", "cell", sheet.name))
            for rule, box in conditions(sheet):
                for each in rule.iter(MAIN + "formula"):
                    found.append(Formula(sheet.place(box), each.text or "", "condition", sheet.name))
            for each in sheet.every("dataValidation"):
                for text in (each.findtext(MAIN + "formula1"), each.findtext(MAIN + "formula2")):
                    if text is not None:
                        found.append(Formula(sheet.place(each.get("sqref") or "?"), text, "validation", sheet.name))
        return found

    @cached_property
    def shapes(self) -> list[Formula]:
        """One formula of each shape: those that differ only in the rows of their references count once."""
        seen: dict[tuple[str, str], Formula] = {}
        for each in self.formulas:
            seen.setdefault((each.kind, _ROWS.sub(r"\g<1>1", each.text)), each)
        return list(seen.values())

    @cached_property
    def drawings(self) -> list[tuple[Sheet, str, etree._Element]]:
        """Sheet, part and element of every drawing."""
        found = [(sheet, part, self.xml(part)) for sheet in self.sheets for part in self.related(sheet.part, "drawing")]
        return [(sheet, part, root) for sheet, part, root in found if root is not None]

    @cached_property
    def charts(self) -> list[tuple[str, etree._Element]]:
        """Part and element of every chart."""
        found = [(part, self.xml(part)) for _, drawing, _ in self.drawings for part in self.related(drawing, "chart")]
        return [(part, root) for part, root in found if root is not None]


_ROWS = re.compile(r"(?<![\w.])(\$?[A-Z]{1,3}\$?)[0-9]{1,6}(?![\w.(])")


def length(text: str) -> int:
    """Characters as Excel counts them: those beyond the first plane are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def relations_of(part: str) -> str:
    """The ``.rels`` part of a part: that of the package for ""."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def conditions(sheet: Sheet) -> Iterator[tuple[etree._Element, str]]:
    """Every rule of the conditional formats, and the cells that it is for."""
    for group in sheet.every("conditionalFormatting"):
        for rule in group.iter(MAIN + "cfRule"):
            yield rule, group.get("sqref") or "?"
