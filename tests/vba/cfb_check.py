"""A strict reader of compound files, written from [MS-CFB] apart from the writer: it lists every offence."""

from __future__ import annotations

import struct
from typing import Any

FREE, END, FAT_SECTOR, NO_STREAM = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
RED, BLACK = 0, 1


class Checker:
    """Reads a file and notes what is wrong with it."""

    def __init__(self, data: bytes) -> None:
        self.data, self.faults = data, list[str]()
        self.used: dict[int, str] = {}
        self.sectors = len(data) // 512 - 1
        self.header()
        self.entries = self.directory()
        self.trees()
        self.streams()
        for sector in range(self.sectors):
            if sector not in self.used and self.fat[sector] != FREE:
                self.fault(f"sector {sector} is allocated but belongs to nothing")

    def fault(self, text: str) -> None:
        self.faults.append(text)

    def header(self) -> None:
        fields = struct.unpack_from("<8s16s5H6s9I", self.data)
        signature, clsid, minor, major, order, sector, mini, reserved, directories = fields[:9]
        fat_count, self.first_directory, transaction, cut_off, self.first_mini, self.minis, difat, difats = fields[9:]
        places = struct.unpack_from("<109I", self.data, 76)
        if signature != bytes.fromhex("D0CF11E0A1B11AE1") or clsid != bytes(16):
            self.fault("signature")
        if (major, minor, order, sector, mini, reserved) != (3, 0x3E, 0xFFFE, 9, 6, bytes(6)):
            self.fault("constants of the header")
        if (directories, transaction, cut_off) != (0, 0, 4096) or len(self.data) % 512:
            self.fault("sizes of the header")
        if difats or difat != END or any(place != FREE for place in places[fat_count:]):
            self.fault("places of the FAT")
        numbers = places[:fat_count]
        self.fat = [entry for n in numbers for entry in struct.unpack_from("<128I", self.data, 512 * (n + 1))]
        if any(self.fat[number] != FAT_SECTOR for number in numbers):
            self.fault("the FAT's own sectors are not marked")
        if len(self.fat) < self.sectors or any(entry != FREE for entry in self.fat[self.sectors :]):
            self.fault("the FAT ends elsewhere than the file")
        self.used = dict.fromkeys(numbers, "FAT")

    def chain(self, sector: int, owner: str) -> bytes:
        out = b""
        while sector != END:
            if sector >= self.sectors or sector in self.used:
                self.fault(f"{owner}: sector {sector:#x} is bad or shared")
                break
            self.used[sector] = owner
            out += self.data[512 * (sector + 1) : 512 * (sector + 2)]
            sector = self.fat[sector]
        return out

    def directory(self) -> list[dict[str, Any]]:
        raw, found = self.chain(self.first_directory, "directory"), []
        keys = ("raw", "length", "type", "colour", "left", "right", "child", "clsid", "state")
        keys += ("created", "modified", "start", "size")
        for at in range(0, len(raw), 128):
            entry = dict(zip(keys, struct.unpack_from("<64sHBBIII16sIQQIQ", raw, at), strict=True))
            entry["name"] = entry["raw"][: max(entry["length"] - 2, 0)].decode("utf-16-le")
            found.append(entry)
            self.entry(entry)
        return found

    def entry(self, entry: dict[str, Any]) -> None:
        name, links = entry["name"], (entry["left"], entry["right"], entry["child"])
        if entry["type"] == 0:
            if entry["raw"] != bytes(64) or entry["length"] or links != (NO_STREAM,) * 3:
                self.fault("an unused entry is not clean")
            return
        if entry["raw"][entry["length"] - 2 :] != bytes(66 - entry["length"]) or set(name) & set("/\\:!"):
            self.fault(f"{name}: its name")
        if entry["created"] or entry["modified"] or entry["clsid"] != bytes(16) or entry["size"] >> 32:
            self.fault(f"{name}: times, class or size")
        if entry["type"] == 2 and entry["child"] != NO_STREAM:
            self.fault(f"{name}: a stream with children")
        if entry["type"] == 1 and (entry["start"] or entry["size"]):
            self.fault(f"{name}: a storage with content")

    def trees(self) -> None:
        root = self.entries[0]
        if (root["type"], root["name"], root["left"], root["right"]) != (5, "Root Entry", NO_STREAM, NO_STREAM):
            self.fault("root entry")
        self.seen = {0}
        self.below(0)
        for number, entry in enumerate(self.entries):
            if entry["type"] and number not in self.seen:
                self.fault(f"{entry['name']}: not in the tree")

    def below(self, number: int) -> None:
        top = self.entries[number]["child"]
        if top != NO_STREAM:
            if self.entries[top]["colour"] == RED:
                self.fault(f"{self.entries[number]['name']}: the top of its tree is red")
            self.walk(top, None, None, parent_is_red=False)

    def walk(self, number: int, low: Any, high: Any, parent_is_red: bool) -> int:
        """The black height of a tree."""
        if number == NO_STREAM:
            return 1
        entry = self.entries[number]
        if number in self.seen or not entry["type"]:
            self.fault(f"bad link {number}")
            return 1
        self.seen.add(number)
        key = (len(entry["name"]), entry["name"].upper())
        if (low is not None and key <= low) or (high is not None and key >= high):
            self.fault(f"{entry['name']}: out of order")
        red = entry["colour"] == RED
        if red and parent_is_red:
            self.fault(f"{entry['name']}: two red nodes in a row")
        heights = self.walk(entry["left"], low, key, red), self.walk(entry["right"], key, high, red)
        if heights[0] != heights[1]:
            self.fault(f"{entry['name']}: black heights differ")
        if entry["type"] == 1:
            self.below(number)
        return heights[0] + (not red)

    def streams(self) -> None:
        mini_fat = self.chain(self.first_mini, "mini FAT") if self.minis else b""
        table = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)
        root, used = self.entries[0], set[int]()
        body = self.chain(root["start"], "mini stream") if root["start"] != END else b""
        if len(mini_fat) != 512 * self.minis or root["size"] > len(body) or root["size"] % 64:
            self.fault("mini stream")
        for entry in self.entries:
            if entry["type"] != 2:
                continue
            size, sector, count = entry["size"], entry["start"], 0
            if size >= 4096:
                if len(self.chain(sector, entry["name"])) != -(-size // 512) * 512:
                    self.fault(f"{entry['name']}: length of its chain")
                continue
            while sector != END:
                if sector in used or sector >= len(table):
                    self.fault(f"{entry['name']}: mini chain")
                    break
                used.add(sector)
                count, sector = count + 1, table[sector]
            if count != -(-size // 64):
                self.fault(f"{entry['name']}: length of its mini chain")


def faults(data: bytes) -> list[str]:
    """What is wrong with a compound file; nothing if it is strict."""
    return Checker(data).faults
