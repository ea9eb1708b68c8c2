"""Files that are small and ask for much: what a reader that believes them would take into memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from kam_xl.hosts.vba import cfb

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEGABYTE = 1 << 20


def endless(text: bytes, size: int, before: bytes = b"", behind: bytes = b"") -> tuple[bytes, int]:
    """`size` bytes of one repeated text, deflated, and how many they are in all: made without unpacking them."""
    block = text * (MEGABYTE // len(text))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    count = size // len(block)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    end = packer.compress(behind) + packer.flush()
    return head + first * count + end, len(before) + len(block) * count + len(behind)


def packed(text: bytes) -> tuple[bytes, int, int]:
    """A text deflated, its size and its check sum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(text) + packer.flush(), len(text), zlib.crc32(text)


def archive(file: Path, parts: Iterable[tuple[str, bytes, int] | tuple[str, bytes, int, int]]) -> Path:
    """A zip of deflated parts: name, packed bytes, and the size and check sum that it declares."""
    body, listing, count = bytearray(), bytearray(), 0
    for name, content, size, *crc in parts:
        told, raw = min(size, 0xFFFFFFFF), name.encode()
        sizes = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, *(crc or [0]), len(content), told, len(raw), 0)
        listing += b"PK\x01\x02\x14\0" + sizes + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04" + sizes + raw + content
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), len(body), 0)
    file.write_bytes(bytes(body + listing) + b"PK\x05\x06" + end)
    return file


def structure(sheets: int = 1, strings: bool = False) -> dict[str, str]:
    """The parts of an .xlsx file beside its sheets."""
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n + 1}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(sheets)
    )
    listed = "".join(f'<sheet name="S{n + 1}" sheetId="{n + 1}" r:id="r{n + 1}"/>' for n in range(sheets))
    related = "".join(
        f'<Relationship Id="r{n + 1}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n + 1}.xml"/>'
        for n in range(sheets)
    )
    if strings:
        related += f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="'
        'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/'
        'xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
    }


def xlsx(file: Path, *rows: str, more: dict[str, str] | None = None) -> Path:
    """An .xlsx file of sheets, each the XML of its rows."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in (structure(len(rows)) | (more or {})).items():
            out.writestr(name, text)
        for number, text in enumerate(rows, start=1):
            text = f'<worksheet xmlns="{MAIN}"><sheetData>{text}</sheetData></worksheet>'
            out.writestr(f"xl/worksheets/sheet{number}.xml", text)
    return file


TABLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Account</t></is></c><c r="B1"><v>2025</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Aurelia</t></is></c><c r="B2"><v>5</v></c></row>'
)


def packed_xlsx(file: Path, name: str, content: bytes, size: int) -> Path:
    """An .xlsx file one part of which is given packed."""
    parts = structure(strings="sharedStrings" in name)
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{TABLE}</sheetData></worksheet>'
    parts.pop(name, None)
    whole = [(part, *packed(text.encode())) for part, text in parts.items()]
    return archive(file, [*whole, (name, content, size)])


def ods(file: Path, rows: str, meta: str = "") -> Path:
    """An .ods file with one sheet, the XML of its rows."""
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        out.writestr("META-INF/manifest.xml", meta or "<manifest/>")
        out.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{rows}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file


def ods_cell(text: str, repeated: int = 1) -> str:
    """A cell of an .ods file."""
    many = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    if not text:
        return f"<table:table-cell{many}/>"
    return f'<table:table-cell office:value-type="string"{many}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, repeated: int = 1) -> str:
    """A row of an .ods file."""
    many = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{many}>{''.join(cells)}</table:table-row>"


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(file: Path, cells: Iterable[tuple[int, int, float | str]], size: tuple[int, int] | None = None) -> Path:
    """An .xls file with one sheet; `size` is what it says of its rows and columns."""
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    if size:
        sheet += _biff(0x0200, struct.pack("<IIHHH", 0, size[0], 0, size[1], 0))
    for row, column, value in cells:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            sheet += _biff(0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
        else:
            sheet += _biff(0x0203, place + struct.pack("<d", value))
    sheet += _biff(0x000A, b"")
    book = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    name = struct.pack("<BBB", 0, 1, 0) + b"S"
    start = len(book) + 4 + 4 + len(name) + 1 + 4
    book += _biff(0x0085, struct.pack("<IBB", start, 0, 0) + b"\x01\0S")
    book += _biff(0x000A, b"")
    book = book[: book.index(b"\x85\0")] + _biff(0x0085, struct.pack("<IBB", len(book), 0, 0) + b"\x01\0S") + book[-4:]
    stream = book + sheet
    file.write_bytes(cfb.write({"Workbook": stream + bytes(max(0, 4096 - len(stream)))}))
    return file


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + data


def xlsb(file: Path, cells: Iterable[tuple[int, int, float | str]]) -> Path:
    """An .xlsb file with one sheet."""
    body, last = b"", -1
    for row, column, value in cells:
        if row != last:
            body, last = body + _record(0x00, struct.pack("<I", row) + bytes(13)), row
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            body += _record(0x06, place + struct.pack("<I", len(value)) + value.encode("utf-16-le"))
        else:
            body += _record(0x05, place + struct.pack("<d", value))
    sheet = _record(0x81) + _record(0x94, bytes(16)) + _record(0x91) + body + _record(0x92) + _record(0x82)

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = _record(0x83) + _record(0x8F) + _record(0x9C, struct.pack("<II", 0, 1) + wide("r1") + wide("S"))
    book += _record(0x90) + _record(0x84)
    kinds = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="{kinds}"/></Types>',
        )
        out.writestr("_rels/.rels", structure()["_rels/.rels"].replace(".xml", ".bin"))
        related = structure()["xl/_rels/workbook.xml.rels"].replace("sheet1.xml", "sheet1.bin")
        out.writestr("xl/_rels/workbook.bin.rels", related)
        out.writestr("xl/workbook.bin", book)
        out.writestr("xl/worksheets/sheet1.bin", sheet)
    return file
