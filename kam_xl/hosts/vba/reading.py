"""Reads a ``vbaProject.bin``, whoever wrote it: [MS-OVBA]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kam_xl.hosts.vba import cfb
from kam_xl.hosts.vba.compression import decompress
from kam_xl.hosts.vba.modules import ENCODING, Kind, Module

_ITEM = re.compile(r"^(Document|Module|Class|BaseClass)=([^/\r\n]+)", re.MULTILINE)
_PROTECTED = re.compile(r'^(CMG|DPB)="([0-9A-Fa-f]+)"', re.MULTILINE)
_KINDS: dict[str, Kind] = {"Document": "Document", "Module": "Module", "Class": "Class"}


@dataclass
class Project:
    """What a project holds."""

    name: str = ""
    modules: list[Module] = field(default_factory=list)
    references: list[str] = field(default_factory=list)  # names of libraries
    forms: list[str] = field(default_factory=list)
    code_page: int = 1252
    locked: bool = False  # behind a password

    def source(self, name: str) -> str:
        """The text of a module; "" if there is none of that name."""
        return next((each.source for each in self.modules if each.name.upper() == name.upper()), "")


def read(data: bytes) -> Project:
    """Read a project; ValueError if it is damaged."""
    tree = cfb.read(data)
    vba = tree.get("VBA")
    head = tree.get("PROJECT")
    if not isinstance(vba, dict) or not isinstance(head, bytes):
        raise ValueError("not a VBA project")
    listing = head.decode("latin-1")
    kinds = {name.upper(): kind for kind, name in _ITEM.findall(listing)}
    found = Project(locked=any(_hides(code) for _, code in _PROTECTED.findall(listing)))
    streams = {name.upper(): content for name, content in vba.items() if isinstance(content, bytes)}
    stream = ""
    for ident, value in _records(decompress(streams["DIR"])):
        if ident == 0x03:
            found.code_page = int.from_bytes(value, "little")
        elif ident == 0x04:
            found.name = value.decode(ENCODING, "replace")
        elif ident == 0x16:
            found.references.append(value.decode(ENCODING, "replace"))
        elif ident == 0x32:
            stream = value.decode("utf-16-le")
        elif ident == 0x31:
            _take(
                found, stream, kinds.get(stream.upper(), ""), streams[stream.upper()], int.from_bytes(value, "little")
            )
    return found


def _take(project: Project, name: str, kind: str, content: bytes, offset: int) -> None:
    if kind in _KINDS:
        text = decompress(content[offset:]).decode(f"cp{project.code_page}", "replace")
        project.modules.append(Module(name, _KINDS[kind], text))
    else:
        project.forms.append(name)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of the ``dir`` stream (2.3.4.2); the version's is longer than it says."""
    at = 0
    while at + 6 <= len(stream):
        ident = int.from_bytes(stream[at : at + 2], "little")
        size = 6 if ident == 0x09 else int.from_bytes(stream[at + 2 : at + 6], "little")
        yield ident, stream[at + 6 : at + 6 + size]
        at += 6 + size


def _hides(code: str) -> bool:
    """Whether a protection state or password (2.3.1.15, 2.3.1.16) is set: decryption of 2.4.3.3."""
    data = bytes.fromhex(code)
    if len(data) < 8:
        return True
    seed, plain, out = data[0], data[2] ^ data[0], bytearray()
    for at in range(3, len(data)):
        plain = data[at] ^ ((data[at - 2] + plain) & 0xFF)
        out.append(plain)
    return any(out[(seed & 6) // 2 + 4 :])
