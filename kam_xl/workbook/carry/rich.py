"""Texts of several letters: the parts of a cell's text that look otherwise than the rest."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

from kam_xl.workbook.carry.aspects import Aspects, aspects_of
from kam_xl.workbook.carry.looks import Look, Looks
from kam_xl.workbook.carry.opened import Opened, OpenedSheet, local
from kam_xl.workbook.recompute.package import number_of

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]+\d+)["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>(\d+)<")
_INLINE = re.compile(rb"<(?:\w+:)?is>.*<(?:\w+:)?r>", re.DOTALL)
_PREFIXED = re.compile(rb"<(/?)\w+:(?=\w)")
_RUN = re.compile(rb"<(?:\w+:)?r>")


class Run(NamedTuple):
    """A part of a text with its own letters; those of the cell if it has no ``look``."""

    text: str
    look: Look | None


Rich = dict[int, list[Run]]  # by the number of the cell


class RichTexts:
    """The texts of several letters of a file."""

    def __init__(self, file: Opened, looks: Looks) -> None:
        self.file, self.looks = file, looks
        part = next((part for part in file.parts if part.lower().endswith("xl/sharedstrings.xml")), "")
        self.shared: dict[int, list[Run]] = {}
        if part and _RUN.search(file.archive.read(part)):
            for number, text in enumerate(file.xml(part)):
                if len(runs := self._runs(text)) > 1 or (runs and runs[0].look):
                    self.shared[number] = runs

    def of(self, sheet: OpenedSheet) -> Rich:
        """Those of a sheet by their cells."""
        if sheet.part not in self.file.archive.namelist():
            return {}
        content = self.file.archive.read(sheet.part)
        found: Rich = {}
        if not self.shared and not _INLINE.search(content):
            return found
        for cell in _CELL.finditer(content):
            place = _PLACE.search(cell[1])
            if place is None or cell[2] is None:
                continue
            runs: list[Run] = []
            if _SHARED.search(cell[1]) and (value := _VALUE.search(cell[2])):
                runs = self.shared.get(int(value[1]), [])
            elif _RUN.search(cell[2]):
                runs = self._inline(cell[2])
            if runs:
                found[number_of(place[1].decode())] = runs
        return found

    def _inline(self, cell: bytes) -> list[Run]:
        start, end = re.search(rb"<(?:\w+:)?is>", cell), cell.rfind(b"</")
        try:
            text = _PREFIXED.sub(rb"<\1", cell[start.end() : end]) if start else b""
            return self._runs(ElementTree.fromstring(b"<is>" + text + b"</is>"))
        except ElementTree.ParseError:
            return []

    def _runs(self, text: ElementTree.Element) -> list[Run]:
        found = []
        for run in text:
            if local(run.tag) == "r":
                letters = next((e for e in run if local(e.tag) == "rPr"), None)
                said = "".join(e.text or "" for e in run if local(e.tag) == "t")
                if said:
                    found.append(Run(said, self.looks.font(letters) if letters is not None and len(letters) else None))
        return found


def letters_of(runs: list[Run], cell: Look) -> list[tuple[str, Aspects]]:
    """The runs of a text as they are compared: neighbours that look alike are one.

    >>> [text for text, _letters in letters_of([Run("a", {"bold": True}), Run("b", {"bold": True})], {})]
    ['ab']
    """
    found: list[tuple[str, Aspects]] = []
    for run in runs:
        letters = aspects_of(cell if run.look is None else run.look, "letters")
        if found and (found[-1][1] == letters or not run.text.strip()):
            found[-1] = (found[-1][0] + run.text, found[-1][1])
        else:
            found.append((run.text, letters))
    return found
