"""Files with something broken in them: bytes, zip entries, elements and attributes of XML, lines of text."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

NASTY = (
    *(
        b"",
        b"\x00",
        b"\xff\xfe",
        b"999999999999",
        b"-1",
        b"1e999",
        b"NaN",
        b"&a;",
        b"<",
        b"]]>",
        b'"',
        b"\r",
        b"\xed\xa0\x80",
    ),
    *(b"A1048577", b"XFD1048576", b"$A$0", b"#REF!", b"9" * 400, b"[" * 3_000, b"\xe2\x80\xae", b"../../x", b"true"),
)
_TOKENS = re.compile(rb"<[^<>]*>|[^<>]+")
_VALUES = re.compile(rb'="[^"]*"')


def damaged(data: bytes, chance: Random) -> bytes:
    """Some bytes changed, cut out, doubled or cut off."""
    found = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 10))):
        at = chance.randrange(len(found) + 1)
        way = chance.randrange(5)
        if way == 0:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            found[at : at + chance.choice((1, 4, 100))] = b""
        elif way == 2:
            found[at:at] = chance.choice(NASTY)
        elif way == 3:
            found[at:at] = found[at : at + chance.choice((10, 1_000))]
        elif found:
            del found[max(1, at) :]
    return bytes(found)


def broken_text(data: bytes, chance: Random) -> bytes:
    """Lines doubled, exchanged, cut or with something nasty in them."""
    lines = data.splitlines(keepends=True) or [b""]
    for _time in range(chance.choice((1, 2, 5))):
        at = chance.randrange(len(lines))
        way = chance.randrange(4)
        if way == 0:
            lines.insert(at, lines[at] * chance.choice((1, 50)))
        elif way == 1:
            lines[at] = damaged(lines[at], chance)
        elif way == 2:
            parts = re.split(rb"([,;=\t\"\[\]])", lines[at])
            parts[chance.randrange(len(parts))] = chance.choice(NASTY)
            lines[at] = b"".join(parts)
        else:
            lines[at], lines[-1] = lines[-1], lines[at]
    return b"".join(lines)


def broken_xml(data: bytes, chance: Random) -> bytes:
    """Elements left out, doubled or moved, attributes and texts with something nasty in place of theirs."""
    tokens = _TOKENS.findall(data)
    for _time in range(chance.choice((1, 2, 8))):
        if not tokens:
            break
        at, way = chance.randrange(len(tokens)), chance.randrange(4)
        if way == 0:
            del tokens[at]
        elif way == 1:
            tokens[at:at] = tokens[at : at + chance.choice((1, 3, 40))]
        elif way == 2 and (values := list(_VALUES.finditer(tokens[at]))):
            one = chance.choice(values)
            tokens[at] = tokens[at][: one.start()] + b'="' + chance.choice(NASTY) + b'"' + tokens[at][one.end() :]
        elif not tokens[at].startswith(b"<"):
            tokens[at] = chance.choice(NASTY)
    return b"".join(tokens)


def broken_zip(data: bytes, chance: Random) -> bytes:
    """A part left out, emptied, damaged, doubled or exchanged with another; now and then the container itself."""
    if chance.random() < 0.1:
        return damaged(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _time in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(parts))
        name, content = parts[at]
        way = chance.randrange(7)
        if way == 0:
            del parts[at]
        elif way == 1:
            parts[at] = (name, chance.choice(NASTY))
        elif way == 2:
            parts[at] = (name, damaged(content, chance))
        elif way == 3:
            parts[at] = (name, parts[chance.randrange(len(parts))][1])
        else:
            parts[at] = (name, broken_xml(content, chance))
        if not parts:
            break
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()
