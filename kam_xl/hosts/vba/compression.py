"""Run-length compression of VBA projects: [MS-OVBA] 2.4.1.

A compressed container is a signature byte and chunks; a chunk holds up to 4,096 bytes of the text. Tokens are single
bytes, or copies of text that came before in the same chunk.
"""

from __future__ import annotations

import struct
from functools import lru_cache

CHUNK = 4096
SIGNATURE = 0x01
_CANDIDATES = 64  # how many earlier places are compared for the longest copy


@lru_cache(maxsize=64)
def compress(data: bytes) -> bytes:
    """A compressed container (2.4.1.3.6).

    Examples
    --------
    >>> decompress(compress(b"Attribute Attribute Attribute"))
    b'Attribute Attribute Attribute'
    """
    return bytes([SIGNATURE]) + b"".join(_chunk(data[at : at + CHUNK]) for at in range(0, len(data), CHUNK))


def _chunk(text: bytes) -> bytes:
    """One chunk: its header (2.4.1.1.5) and its token sequences (2.4.1.3.7 to 2.4.1.3.9)."""
    out, at = bytearray(), 0
    seen: dict[bytes, list[int]] = {}
    while at < len(text):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(text):
                break
            offset_bits = max((at - 1).bit_length(), 4)
            length, start = _longest_copy(text, at, (0xFFFF >> offset_bits) + 3, seen.get(text[at : at + 3], []))
            if length:
                flags |= 1 << bit
                tokens += struct.pack("<H", (at - start - 1) << (16 - offset_bits) | (length - 3))
            else:
                length = 1
                tokens.append(text[at])
            for place in range(at, at + length):
                seen.setdefault(text[place : place + 3], []).append(place)
            at += length
        out.append(flags)
        out += tokens
    if len(out) <= CHUNK:
        return struct.pack("<H", 0xB000 | (len(out) - 1)) + out
    if len(text) < CHUNK:
        raise ValueError("the last chunk cannot be compressed; stored raw, it would end in zeros")
    return struct.pack("<H", 0x3FFF) + text


def _longest_copy(text: bytes, at: int, most: int, places: list[int]) -> tuple[int, int]:
    """Length and start of the longest earlier text that continues at `at` (2.4.1.3.19.4); 0 if there is none."""
    most = min(most, len(text) - at)
    best, origin = 0, 0
    if most < 3:
        return best, origin
    for start in places[: -_CANDIDATES - 1 : -1]:
        if text[start + best] != text[at + best]:
            continue
        length = 3
        while length < most and text[start + length] == text[at + length]:
            length += 1
        if length > best:
            best, origin = length, start
            if best == most:
                break
    return best, origin


def decompress(container: bytes) -> bytes:
    """The text of a compressed container (2.4.1.3.1); ValueError if it is none."""
    if not container or container[0] != SIGNATURE:
        raise ValueError("not a compressed container")
    out, at = bytearray(), 1
    while at + 2 <= len(container):
        header = int.from_bytes(container[at : at + 2], "little")
        end = min(at + (header & 0x0FFF) + 3, len(container))
        at += 2
        if not header & 0x8000:
            out += container[at : at + CHUNK]
            at += CHUNK
        else:
            at = _expand(container, at, end, out)
    return bytes(out)


def _expand(container: bytes, at: int, end: int, out: bytearray) -> int:
    """Append the text of one chunk to `out`; returns where the next chunk starts."""
    first = len(out)
    while at < end:
        flags = container[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if not flags >> bit & 1:
                out.append(container[at])
                at += 1
                continue
            token = int.from_bytes(container[at : at + 2], "little")
            at += 2
            length_bits = 16 - max((len(out) - first - 1).bit_length(), 4)
            start = len(out) - (token >> length_bits) - 1
            if start < first:
                raise ValueError("a copy from before its chunk")
            for _ in range((token & (1 << length_bits) - 1) + 3):
                out.append(out[start])
                start += 1
    return end
