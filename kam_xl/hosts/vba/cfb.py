"""Compound files, the small file system that holds a VBA project: [MS-CFB] version 3, 512-byte sectors.

Writing makes the strictest form: no DIFAT sectors, black-balanced directory trees, no times, free entries clean.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TypeAlias

Tree: TypeAlias = "dict[str, bytes | Tree]"

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
SECTOR, MINI_SECTOR, CUT_OFF = 512, 64, 4096
FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
_HEADER = struct.Struct("<8s16s5H6x9I")  # 2.2, without the 109 places of FAT sectors
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")  # 2.6.1


@dataclass
class _Entry:
    """A directory entry (2.6.1)."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = BLACK
    left: int = NONE
    right: int = NONE
    child: int = NONE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        raw = self.name.encode("utf-16-le") + b"\0\0"
        if len(raw) > 64:
            raise ValueError(f"{self.name}: longer than 31 characters")
        links = (self.left, self.right, self.child)
        return _ENTRY.pack(raw, len(raw), self.kind, self.colour, *links, bytes(16), 0, 0, 0, self.start, self.size)


class _Sectors:
    """Data in sectors of one size, and the chains through them (2.3, 2.4)."""

    def __init__(self, size: int) -> None:
        self.size, self.body, self.table = size, bytearray(), list[int]()

    def store(self, data: bytes) -> int:
        """Append data; returns its first sector."""
        if not data:
            return END
        start, count = len(self.table), -(-len(data) // self.size)
        self.body += data + bytes(-len(data) % self.size)
        self.table += [*range(start + 1, start + count), END]
        return start


def write(tree: Tree) -> bytes:
    """A compound file: names to streams (bytes) or storages (a tree again)."""
    entries: list[_Entry] = []
    _add(entries, "Root Entry", tree, ROOT)
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.size = len(entry.data)
            entry.start = (mini if entry.size < CUT_OFF else sectors).store(entry.data)
    entries[0].size = len(mini.body)
    entries[0].start = sectors.store(bytes(mini.body))
    mini_fat = b"".join(struct.pack("<I", sector) for sector in mini.table)
    first_mini_fat = sectors.store(mini_fat + b"\xff" * (-len(mini_fat) % SECTOR))
    unused = bytes(68) + b"\xff" * 12 + bytes(48)
    first_directory = sectors.store(b"".join(e.packed() for e in entries) + unused * (-len(entries) % 4))
    fat_sectors = _add_fat(sectors.table)
    header = _HEADER.pack(
        *(MAGIC, bytes(16), 0x3E, 3, 0xFFFE, 9, 6),  # version 3.62, little endian, 512 and 64 bytes
        *(0, len(fat_sectors), first_directory, 0, CUT_OFF),
        *(first_mini_fat, -(-len(mini_fat) // SECTOR), END, 0),
    )
    places = [*fat_sectors, *[FREE] * (109 - len(fat_sectors))]
    return (
        header + struct.pack("<109I", *places) + sectors.body + struct.pack(f"<{len(sectors.table)}I", *sectors.table)
    )


def _add_fat(table: list[int]) -> range:
    """Append the sectors of the FAT itself to it."""
    count = 1
    while len(table) + count > count * (SECTOR // 4):
        count += 1
    if count > 109:
        raise ValueError("the project is larger than 7 MB")
    found = range(len(table), len(table) + count)
    table += [FAT_SECTOR] * count
    table += [FREE] * (count * (SECTOR // 4) - len(table))
    return found


def _add(entries: list[_Entry], name: str, content: bytes | Tree, kind: int) -> int:
    """Add an entry and all below it; returns its number."""
    entry = _Entry(name, kind, b"" if isinstance(content, dict) else content)
    entries.append(entry)
    number = len(entries) - 1
    if isinstance(content, dict):
        numbers = []
        for child in sorted(content, key=_order):
            below = content[child]
            numbers.append(_add(entries, child, below, STORAGE if isinstance(below, dict) else STREAM))
        entry.child = _balanced(entries, numbers, (len(numbers) + 1).bit_length() - 1)
    return number


def _order(name: str) -> tuple[int, str]:
    """How names are ordered (2.6.4): by length, then in capitals, letter by letter."""
    capitals = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in name)
    return len(name.encode("utf-16-le")), capitals


def _balanced(entries: list[_Entry], numbers: list[int], full_levels: int) -> int:
    """Link sorted siblings to a red-black tree (2.6.4): the nodes below the full levels are red."""
    if not numbers:
        return NONE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.colour = BLACK if full_levels > 0 else RED
    entry.left = _balanced(entries, numbers[:middle], full_levels - 1)
    entry.right = _balanced(entries, numbers[middle + 1 :], full_levels - 1)
    return numbers[middle]


def read(data: bytes) -> Tree:
    """The streams of a compound file of any version; ValueError if it is none."""
    try:
        return _Reader(data).tree()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"a damaged compound file ({error})") from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        if data[:8] != MAGIC:
            raise ValueError("not a compound file")
        fields = _HEADER.unpack_from(data)
        self.data, self.unit = data, 1 << fields[5]
        self.wide = fields[3] == 4  # version 4 keeps 64-bit sizes
        numbers = list(struct.unpack_from("<109I", data, 76))
        difat = fields[14]
        while difat < FAT_SECTOR - 1:
            *more, difat = struct.unpack(f"<{self.unit // 4}I", self.sector(difat))
            numbers += more
        fat = b"".join(self.sector(number) for number in numbers if number < FAT_SECTOR - 1)
        self.fat = struct.unpack(f"<{len(fat) // 4}I", fat)
        directory = self.chain(fields[9])
        self.entries = [_ENTRY.unpack_from(directory, at) for at in range(0, len(directory), _ENTRY.size)]
        mini_fat = self.chain(fields[12])
        self.mini_fat = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)
        self.mini = self.chain(self.entries[0][11])

    def sector(self, number: int) -> bytes:
        found = self.data[self.unit * (number + 1) : self.unit * (number + 2)]
        if len(found) != self.unit:
            raise ValueError("a damaged compound file (it ends early)")
        return found

    def chain(self, first: int) -> bytes:
        return b"".join(self.sector(number) for number in _walk(self.fat, first))

    def stream(self, first: int, size: int) -> bytes:
        if size >= CUT_OFF:
            return self.chain(first)[:size]
        places = _walk(self.mini_fat, first) if size else []
        return b"".join(self.mini[MINI_SECTOR * at : MINI_SECTOR * (at + 1)] for at in places)[:size]

    def tree(self, number: int = 0) -> Tree:
        found: Tree = {}
        open_numbers, seen = [self.entries[number][6]], set[int]()
        while open_numbers:
            at = open_numbers.pop()
            if at == NONE or at in seen:
                continue
            seen.add(at)
            entry = self.entries[at]
            raw, length, kind, left, right, first, size = (entry[place] for place in (0, 1, 2, 4, 5, 11, 12))
            open_numbers += [left, right]
            name = raw[: max(length - 2, 0)].decode("utf-16-le")
            size = size if self.wide else size & 0xFFFFFFFF
            found[name] = self.tree(at) if kind == STORAGE else self.stream(first, size)
        return found


def _walk(table: tuple[int, ...], first: int) -> list[int]:
    """The sectors of a chain."""
    found: list[int] = []
    while first < FAT_SECTOR - 1:
        if len(found) > len(table):
            raise ValueError("a damaged compound file (a chain in a loop)")
        found.append(first)
        first = table[first]
    return found
