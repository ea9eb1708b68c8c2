"""A workbook file that exists: what of Excel-with-Python is in it, and small changes that touch nothing else."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from kam_xl.files.calamine_sheets import read_sheets
from kam_xl.files.container import DAMAGED as _DAMAGED
from kam_xl.files.container import check_container
from kam_xl.files.limits import read_file
from kam_xl.hosts.vba import reading
from kam_xl.hosts.vba.modules import CODE_PAGE, Module
from kam_xl.hosts.vba.package import ADDIN, CONTENT_TYPES, VBA_PART, read_parts, to_bytes
from kam_xl.hosts.vba.project import build

DAMAGED = (*_DAMAGED, struct.error)
"""What the readers of zip, XML and VBA projects raise on a damaged file."""

WORKBOOK_PART = "xl/workbook.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KNOWN_REFERENCES = {"STDOLE", "OFFICE", "VBA", "EXCEL"}


class WorkbookFile:
    """A file's parts, read; changes are made to the parts in memory."""

    def __init__(self, data: bytes) -> None:
        self.parts = read_parts(data)
        if WORKBOOK_PART not in self.parts:
            raise ValueError("not an Excel workbook")

    @classmethod
    def read(cls, path: Path) -> WorkbookFile:
        """Read a file; DataError if it cannot be read or is too large, one of `DAMAGED` if it is no workbook."""
        content = read_file(path)
        check_container(path, content)
        return cls(content)

    def to_bytes(self) -> bytes:
        """The file with the changes."""
        return to_bytes(self.parts)

    # -- the VBA project ---------------------------------------------------------------------------------------------

    @property
    def project(self) -> reading.Project | None:
        """Its VBA project; ValueError if that is damaged."""
        data = self.parts.get(VBA_PART)
        return reading.read(data) if data else None

    def obstacle(self) -> str:
        """Why the project cannot be written anew without loss; "" if it can."""
        project = self.project
        if project is None:
            return "it has no macros"
        if project.locked:
            return "its macros are behind a password"
        if any("vbaProjectSignature" in name for name in self.parts):
            return "its macros are signed"
        if project.forms:
            return f"it has forms ({', '.join(project.forms)})"
        strange = [name for name in project.references if name.upper() not in _KNOWN_REFERENCES]
        if strange or project.code_page != CODE_PAGE:
            return f"it uses {', '.join(strange) or f'code page {project.code_page}'}"
        return ""

    def replace_modules(self, modules: Iterable[Module]) -> None:
        """Put modules in, in the place of those of the same name; ValueError if there is an obstacle."""
        project = self.project
        if project is None or (reason := self.obstacle()):
            raise ValueError(reason if project else "it has no macros")
        fresh = {each.name.upper(): each for each in modules}
        kept = [fresh.pop(each.name.upper(), each) for each in project.modules]
        self.parts[VBA_PART] = build([*kept, *fresh.values()], project.name)

    # -- the sheet of settings ---------------------------------------------------------------------------------------

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each sheet, by its name."""
        relations = ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {each.get("Id"): str(each.get("Target")) for each in relations}
        found = {}
        for sheet in ElementTree.fromstring(self.parts[WORKBOOK_PART]).iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found

    @property
    def is_addin(self) -> bool:
        """Whether Excel takes it for an add-in."""
        return ADDIN in self.parts.get(CONTENT_TYPES, b"").decode("utf-8", "replace")

    def conf(self, sheet: str) -> dict[str, str]:
        """Settings from a sheet, whose name may be written in capitals: keys in capitals, down to the first gap.

        Of a key that is there twice the first counts, as for our VBA.
        """
        sheet = next((name for name in self.sheets if name.casefold() == sheet.casefold()), sheet)
        if sheet not in self.sheets:
            return {}
        try:
            sheets = dict(read_sheets(self.to_bytes(), sum(map(len, self.parts.values())), only=sheet))
        except MemoryError:
            raise ValueError(f"the sheet {sheet} cannot be read") from None
        found: dict[str, str] = {}
        for row in sheets.get(sheet, []):
            if row[0] == "":
                break
            found.setdefault(str(row[0]).upper(), str(row[1]) if len(row) > 1 else "")
        return found

    def has_formulas(self, sheet: str) -> bool:
        """Whether a cell of the sheet is calculated."""
        return re.search(rb"<(?:\w+:)?f[\s/>]", self.parts.get(self.sheets.get(sheet, ""), b"")) is not None

    def set_conf(self, sheet: str, key: str, value: str) -> None:
        """Write a setting, at the end if it is new; nothing else of the sheet changes."""
        part, keys = self.sheets[sheet], list(self.conf(sheet))
        text = self.parts[part].decode()
        row = keys.index(key.upper()) + 1 if key.upper() in keys else len(keys) + 1
        first = re.search(rf'<c r="A{row}"[^>]*?(?:/>|>.*?</c>)', text, re.DOTALL)
        if first is None:
            change = f'<row r="{row}">{_text_cell(f"A{row}", key)}{_text_cell(f"B{row}", value)}</row></sheetData>'
            text, count = re.subn("</sheetData>", lambda _: change, text)
        else:
            text = re.sub(rf'<c r="B{row}"[^>]*?(?:/>|>.*?</c>)', "", text, flags=re.DOTALL)
            cell = _text_cell(f"B{row}", value)
            text, count = text[: first.end()] + cell + text[first.end() :], 1
        if not count:
            raise ValueError(f"the sheet {sheet} cannot be changed")
        self.parts[part] = text.encode()

    # -- names -------------------------------------------------------------------------------------------------------

    def defined_names(self) -> dict[str, str]:
        """The names of the workbook and what they stand for."""
        root = ElementTree.fromstring(self.parts[WORKBOOK_PART])
        return {str(each.get("name")): each.text or "" for each in root.iter(f"{_MAIN}definedName")}

    def drop_names(self, names: Iterable[str]) -> None:
        """Take names out."""
        text = self.parts[WORKBOOK_PART].decode()
        for name in names:
            text = re.sub(rf'<definedName [^>]*?name="{re.escape(name)}"[^>]*>.*?</definedName>', "", text)
        self.parts[WORKBOOK_PART] = re.sub(r"<definedNames>\s*</definedNames>", "", text).encode()


def _text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
