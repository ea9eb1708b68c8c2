"""What a person typed into the properties of a file."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from kam_xl.canvas.book import Book
from kam_xl.workbook.carry.opened import Opened, local

# Names of the properties in a file, and for the writer; company and comments are the generator's.
_WRITTEN = {
    "title": "title", "subject": "subject", "creator": "author", "keywords": "keywords", "category": "category",
    "contentStatus": "status", "Manager": "manager",
}  # fmt: skip
_TOLD = ("description", "identifier", "Company", "HyperlinkBase")
_PROGRAMS = ("openpyxl", "xlsxwriter", "")  # authors that are none
_LONGEST = 255  # letters that a property of the user's own may have
_CUSTOM = {"lpwstr": "text", "lpstr": "text", "i4": "number_int", "int": "number_int", "r8": "number", "bool": "bool",
           "filetime": "date"}  # fmt: skip


def properties_of(file: Opened) -> dict[str, str]:
    """The properties with a name of their own, and those that the user named, which begin with a colon."""
    found = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for element in file.xml(part):
            name, text = local(element.tag), (element.text or "").strip()
            if (name in _WRITTEN or name in _TOLD) and text and not (name == "creator" and text in _PROGRAMS):
                found[name] = text
    for element in file.xml("docProps/custom.xml"):
        text = "".join(element.itertext()).strip()
        true = any(local(e.tag) == "bool" for e in element) and text == "1"
        found[f":{element.get('name', '')}"] = "true" if true else text
    return found


def carry_properties(file: Opened, book: Book) -> None:
    """Write them into a new workbook, those that the writer knows."""
    there = {_WRITTEN[name]: text for name, text in properties_of(file).items() if name in _WRITTEN}
    book.xlsx.set_properties(book.xlsx.doc_properties | there)
    for element in file.xml("docProps/custom.xml"):
        kind = next((_CUSTOM.get(local(e.tag), "") for e in element), "")
        text = "".join(element.itertext()).strip()
        if kind and element.get("name") and len(text) < _LONGEST:
            with suppress(ValueError):
                book.xlsx.set_custom_property(element.get("name"), _value(kind, text), kind)


def _value(kind: str, text: str) -> Any:
    if kind == "bool":
        return text in ("1", "true")
    if kind == "date":
        return datetime.fromisoformat(text.removesuffix("Z"))
    return int(text) if kind == "number_int" else float(text) if kind == "number" else text
