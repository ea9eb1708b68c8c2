"""A workbook file taken apart: its sheets with what stands around their cells, and the parts that belong to them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

from kam_xl.content.positions import related

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")
_DATA = (re.compile(rb"<(?:\w+:)?sheetData\s*/?>"), re.compile(rb"</(?:\w+:)?sheetData\s*>"))


@dataclass
class OpenedSheet:
    """A sheet of a file.

    Attributes
    ----------
    xml
        What the sheet's part says beside its cells.
    rows
        The attributes of every row that has more than its number, by that number.
    related
        The parts that the sheet refers to.
    """

    title: str
    part: str
    state: str
    xml: ElementTree.Element = field(default_factory=lambda: ElementTree.Element("worksheet"))
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)


class Opened:
    """A workbook file whose parts are read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.book = ElementTree.fromstring(self.archive.read("xl/workbook.xml"))

    @cached_property
    def parts(self) -> list[str]:
        """The names of all parts."""
        return [name for name in self.archive.namelist() if not name.endswith("/")]

    @cached_property
    def version(self) -> str:
        """The version of kam_xl that wrote the file, as its properties tell; "" if they do not."""
        found = next((e.text or "" for e in self.xml("docProps/core.xml") if local(e.tag) == "description"), "")
        return found if found.startswith("kam_xl ") else ""

    @cached_property
    def program(self) -> str:
        """The program that saved the file, as its properties tell."""
        return next((e.text or "" for e in self.xml("docProps/app.xml") if local(e.tag) == "Application"), "")

    @cached_property
    def sheets(self) -> dict[str, OpenedSheet]:
        """The sheets by their titles, in the order of their tabs."""
        targets = dict(related(self.archive, "xl/workbook.xml"))
        found = {}
        for sheet in self.book.iterfind("{*}sheets/{*}sheet"):
            part = targets.get(sheet.get(_ID) or sheet.get(_STRICT_ID) or "", "")
            found[sheet.attrib["name"]] = self._sheet(sheet.attrib["name"], part, sheet.get("state", "visible"))
        return found

    def _sheet(self, title: str, part: str, state: str) -> OpenedSheet:
        sheet = OpenedSheet(title, part, state)
        if part not in self.archive.namelist():
            return sheet
        content = self.archive.read(part)
        begin, end = _DATA[0].search(content), None
        if begin is not None:
            end = _DATA[1].search(content, begin.end())
            cells = content[begin.end() : end.start()] if end is not None else b""
            for found in _ROW.finditer(cells):
                values = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(found[1])}
                if number := values.pop("r", ""):
                    sheet.rows[int(number)] = values
            if end is not None:
                content = content[: begin.end()] + content[end.start() :]
        sheet.xml = ElementTree.fromstring(content)
        sheet.related = dict(related(self.archive, part))
        return sheet

    def xml(self, part: str) -> ElementTree.Element:
        """A part as XML; an empty element if it is none, or is not there."""
        try:
            return ElementTree.fromstring(self.archive.read(part))
        except (KeyError, ElementTree.ParseError):
            return ElementTree.Element("none")

    def under(self, sheet: OpenedSheet, folder: str) -> Iterator[str]:
        """The parts of a kind that a sheet refers to, such as its tables."""
        for target in sheet.related.values():
            if folder in posixpath.dirname(target).lower().split("/") or posixpath.basename(target).lower().startswith(
                folder
            ):
                yield target


def local(tag: str) -> str:
    """The name of an element without its namespace.

    >>> local("{http://x}row")
    'row'
    """
    return tag.rpartition("}")[2]
