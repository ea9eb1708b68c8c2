"""Comments of cells, those of a conversation included, as notes that a new workbook can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kam_xl.workbook.carry.opened import Opened, OpenedSheet, local

LONGEST = 32_000
_PLACEHOLDER = re.compile(r"^tc=\{")


class Note(NamedTuple):
    """A comment: its cell, who wrote it, what it says."""

    cell: str
    author: str
    text: str


def notes_of(file: Opened, sheet: OpenedSheet) -> list[Note]:
    """The comments of a sheet in the order of the file; a conversation is one note with the names of who speaks."""
    talks = _conversations(file, sheet)
    found = [Note(cell, "", text) for cell, text in talks.items()]
    for part in file.under(sheet, "comments"):
        if "threadedcomments" in part.lower():
            continue
        xml = file.xml(part)
        authors = [author.text or "" for author in xml.iterfind("{*}authors/{*}author")]
        for comment in xml.iterfind("{*}commentList/{*}comment"):
            cell, index = comment.get("ref", "").replace("$", ""), int(comment.get("authorId", "0"))
            author = authors[index] if index < len(authors) else ""
            if cell in talks and _PLACEHOLDER.match(author):
                continue  # what programs that know no conversations are shown
            text = "".join(e.text or "" for e in comment.iter() if local(e.tag) == "t")
            found.append(Note(cell, "" if _PLACEHOLDER.match(author) else author, _clean(text)))
    return [note for note in found if note.text]


def conversations_of(file: Opened, sheet: OpenedSheet) -> list[str]:
    """The cells with a conversation."""
    return [*_conversations(file, sheet)]


def _conversations(file: Opened, sheet: OpenedSheet) -> dict[str, str]:
    people = dict(_people(file))
    said: dict[str, list[str]] = {}
    for part in file.under(sheet, "threadedcomments"):
        for comment in file.xml(part):
            text = "".join(e.text or "" for e in comment if local(e.tag) == "text")
            who = people.get(comment.get("personId", ""), "")
            said.setdefault(comment.get("ref", "").replace("$", ""), []).append(f"{who}: {text}" if who else text)
    return {cell: _clean("\n".join(lines)) for cell, lines in said.items()}


def _people(file: Opened) -> Iterator[tuple[str, str]]:
    for part in file.parts:
        if part.lower().startswith("xl/persons/"):
            for person in file.xml(part):
                yield person.get("id", ""), person.get("displayName", "")


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("_x000D_", "").strip()[:LONGEST]
