"""The parts of a workbook file and how they hang together."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kam_xl.errors import DataError
from kam_xl.hosts.vba.package import read_parts
from kam_xl.locale import _


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute, whatever its namespace; "" if it is not there."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook, and the part that holds it."""

    name: str
    state: str
    part: str


class Parts:
    """The parts of a file, read when they are asked for."""

    def __init__(self, path: Path) -> None:
        try:
            self.data = read_parts(path)
            self.sheets = self._sheets()
        except (ValueError, KeyError, ElementTree.ParseError) as error:
            raise DataError(_("{file}: is no workbook ({reason})").format(file=path, reason=error)) from error

    def xml(self, part: str) -> Element | None:
        """A part; None if it is not there."""
        data = self.data.get(part)
        return ElementTree.fromstring(data) if data else None

    @cached_property
    def workbook(self) -> Element:
        """The part that lists sheets and names."""
        return ElementTree.fromstring(self.data["xl/workbook.xml"])

    def _sheets(self) -> list[SheetPart]:
        targets = {ident: target for ident, _kind, target in self.related("xl/workbook.xml")}
        sheets = next(each for each in self.workbook if local(each) == "sheets")
        return [
            SheetPart(sheet.get("name", ""), sheet.get("state", "visible"), targets.get(self.relation(sheet), ""))
            for sheet in sheets
        ]

    @staticmethod
    def relation(element: Element) -> str:
        """The id of a relation: the attribute ``r:id``, in either of its namespaces."""
        return next((value for key, value in element.attrib.items() if key.endswith("relationships}id")), "")

    def related(self, part: str) -> list[tuple[str, str, str]]:
        """Id, kind and part of everything that a part refers to inside the file."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels")
        found = []
        for each in [] if root is None else root:
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(whole)
            found.append((each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target))
        return found

    def named_in(self, root: Element, tag: str, part: str) -> list[str]:
        """The parts that the elements of a name refer to, in the part that holds `root`."""
        targets = {ident: target for ident, _kind, target in self.related(part)}
        found = [targets.get(self.relation(each), "") for each in root.iter() if local(each) == tag]
        return [target for target in found if target in self.data]

    def of_kind(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to."""
        return [target for _id, found, target in self.related(part) if found == kind and target in self.data]
