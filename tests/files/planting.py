"""Planting a fault: a copy of a good file in which one thing is changed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

Entries = list[tuple[str, bytes, int]]  # name, content, how it is compressed
Change = Callable[[Entries], Entries]


@dataclass(frozen=True)
class Fault:
    """A change of a file, and the one rule that must find it."""

    rule: str
    what: str
    changes: tuple[Change, ...]
    base: str = "kit"


def put(part: str, old: str, new: str) -> Change:
    """Put text in the place of the first `old` of a part, which must hold it."""

    def change(entries: Entries) -> Entries:
        found = {name: content.decode() for name, content, _ in entries if name == part}
        if old not in found.get(part, ""):
            raise AssertionError(f"{part} does not hold {old}")
        text = found[part].replace(old, new, 1).encode()
        return [(name, text if name == part else content, method) for name, content, method in entries]

    return change


def cut_out(part: str, start: str, end: str) -> Change:
    """Take out of a part what stands from `start` up to the last `end`, both included."""

    def change(entries: Entries) -> Entries:
        text = next(content.decode() for name, content, _ in entries if name == part)
        first, last = text.index(start), text.rindex(end) + len(end)
        return put(part, text[first:last], "")(entries)

    return change


def add(name: str, content: str = "<x/>", method: int = zipfile.ZIP_STORED) -> Change:
    """Add an entry."""
    return lambda entries: [*entries, (name, content.encode(), method)]


def drop(part: str) -> Change:
    """Leave an entry out."""
    return lambda entries: [each for each in entries if each[0] != part]


def packed(part: str, method: int) -> Change:
    """Compress an entry in another way."""
    return lambda entries: [(name, content, method if name == part else old) for name, content, old in entries]


def fault(rule: str, part: str, old: str, new: str, base: str = "kit") -> Fault:
    """One text in the place of another."""
    return Fault(rule, f"{old[:40]} → {new[:40]}", (put(part, old, new),), base)


def formula(rule: str, text: str) -> Fault:
    """A cell of the small workbook with this formula."""
    return Fault(rule, text[:60], (put("xl/worksheets/sheet3.xml", "<f>NA()</f>", f"<f>{escape(text)}</f>"),))


def plant(good: Path, planted: Fault, folder: Path) -> Path:
    """Write a copy of a good file with the fault; its name stays."""
    with zipfile.ZipFile(good) as archive:
        entries = [(each.filename, archive.read(each), zipfile.ZIP_STORED) for each in archive.infolist()]
    for change in planted.changes:
        entries = change(entries)
    path = folder / good.name
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name stands there twice
        for name, content, method in entries:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return path
