"""Writes ``vbaProject.bin`` from modules: [MS-OVBA].

No compiled code is written (2.3.4.1: version 0xFFFF; 2.3.4.2.3.2.5: text at offset 0), so the host compiles the text
when it loads it. The same modules give the same bytes on every system.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence

from kam_xl.hosts.vba.cfb import write
from kam_xl.hosts.vba.compression import compress
from kam_xl.hosts.vba.modules import CODE_PAGE, ENCODING, Module

PROJECT_NAME = "VBAProject"
NO_COMPILED_CODE = bytes.fromhex("CC61 FFFF 00 0100")  # the stream _VBA_PROJECT, 2.3.4.1

# The libraries that Excel itself names in every new project; VBA's and Excel's own go without saying.
REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
        r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)


def build(modules: Sequence[Module], name: str = PROJECT_NAME) -> bytes:
    """A project.

    Parameters
    ----------
    modules
        Documents first: the workbook, then every sheet in the order of the workbook, named by their code names.
    name
        The project's name.

    Raises
    ------
    ValueError
        Two modules have the same name, or that of the project.
    """
    taken = {"DIR", "_VBA_PROJECT", name.upper()}
    for each in modules:
        if each.name.upper() in taken:
            raise ValueError(f"{each.name}: there is a module of this name already")
        taken.add(each.name.upper())
    streams: dict[str, bytes] = {each.name: compress(each.source.encode(ENCODING)) for each in modules}
    streams["dir"] = compress(_dir(modules, name))
    streams["_VBA_PROJECT"] = NO_COMPILED_CODE
    return write({"VBA": {**streams}, "PROJECT": _project(modules, name), "PROJECTwm": _name_map(modules)})


def _record(ident: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", ident, len(data)) + data


def _short(ident: int, value: int) -> bytes:
    return _record(ident, struct.pack("<H", value))


def _long(ident: int, value: int) -> bytes:
    return _record(ident, struct.pack("<I", value))


def _text(ident: int, unicode_ident: int, text: str) -> bytes:
    """A text in the code page and once more in UTF-16."""
    return _record(ident, text.encode(ENCODING)) + _record(unicode_ident, text.encode("utf-16-le"))


def _dir(modules: Sequence[Module], name: str) -> bytes:
    """The ``dir`` stream (2.3.4.2): information, references, modules."""
    information = [  # 2.3.4.2.1
        _long(0x01, 3),  # SYSKIND: 64-bit Windows
        _long(0x02, 0x409),  # LCID
        _long(0x14, 0x409),  # LCIDINVOKE
        _short(0x03, CODE_PAGE),
        _record(0x04, name.encode(ENCODING)),
        _text(0x05, 0x40, ""),  # description
        _record(0x06) + _record(0x3D),  # help files
        _long(0x07, 0),  # help context
        _long(0x08, 0),  # LIBFLAGS
        struct.pack("<HIIH", 0x09, 4, 0x65BE0257, 17),  # VERSION
        _text(0x0C, 0x3C, ""),  # constants
    ]
    references = []
    for library, libid in REFERENCES:  # 2.3.4.2.2.5
        raw = libid.encode(ENCODING)
        references.append(_text(0x16, 0x3E, library) + _record(0x0D, struct.pack("<I", len(raw)) + raw + bytes(6)))
    found = [_short(0x0F, len(modules)), _short(0x13, 0xFFFF)]  # 2.3.4.2.3
    for each in modules:
        found += [  # 2.3.4.2.3.2
            _text(0x19, 0x47, each.name),
            _text(0x1A, 0x32, each.name),  # the stream's name
            _text(0x1C, 0x48, each.description),
            _long(0x31, 0),  # MODULEOFFSET: no compiled code before the text
            _long(0x1E, 0),  # help context
            _short(0x2C, 0xFFFF),  # MODULECOOKIE
            _record(0x21 if each.kind == "Module" else 0x22),  # MODULETYPE
            _record(0x2B),
        ]
    return b"".join([*information, *references, *found, _record(0x10)])


def _project(modules: Sequence[Module], name: str) -> bytes:
    """The PROJECT stream (2.3.1)."""
    number = uuid.uuid5(uuid.NAMESPACE_OID, "\0".join(each.name for each in modules))
    ident = "{" + str(number).upper() + "}"
    lines = [f'ID="{ident}"']
    lines += [f"{each.kind}={each.name}" + "/&H00000000" * (each.kind == "Document") for each in modules]
    lines += [
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_encrypted(bytes(4), ident)}"',  # 2.3.1.15: not protected
        f'DPB="{_encrypted(bytes(1), ident)}"',  # 2.3.1.16: no password
        f'GC="{_encrypted(bytes([255]), ident)}"',  # 2.3.1.17: visible
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
    ]
    lines += [f"{each.name}=0, 0, 0, 0, C" for each in modules]
    return ("\r\n".join(lines) + "\r\n").encode(ENCODING)


def _encrypted(data: bytes, ident: str) -> str:
    """Data encryption (2.4.3.2), with a seed that never changes and zeros for the bytes that nobody reads."""
    seed = 0x07
    key = sum(ident.encode("ascii")) & 0xFF
    out = bytearray([seed, seed ^ 2, seed ^ key])
    plain = key
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((out[-2] + plain) & 0xFF))
        plain = byte
    return out.hex().upper()


def _name_map(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (2.3.3): every name in the code page and in UTF-16."""
    pairs = (each.name.encode(ENCODING) + b"\0" + each.name.encode("utf-16-le") + b"\0\0" for each in modules)
    return b"".join(pairs) + b"\0\0"
