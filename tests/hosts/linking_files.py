"""Workbooks that reach out when they are opened: pictures, workbooks, services, DDE and objects somewhere else."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path

import xlsxwriter

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EXTERNAL = 'TargetMode="External"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def linking_xlsx(path: Path, base: str, calculated: bool = True) -> Path:
    """A workbook with a linked picture, background, header picture, object, web query, and links to a workbook.

    `base` is where everything lies, for example ``http://127.0.0.1:1234/``. Not `calculated`: no formula has a value.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write("A1", "seen")
        sheet.insert_image("B2", "p.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.set_background(io.BytesIO(PIXEL))
        sheet.set_header("&L&G", {"image_left": "p.png", "image_data_left": io.BytesIO(PIXEL)})
        sheet.write_url("A3", f"{base}hyperlink", string="hyperlink")
        sheet.write_formula("A4", f"='{base}[other.xlsx]Sheet1'!$A$1", None, 7)
        sheet.write_formula("A5", f'=_xlfn.WEBSERVICE("{base}service")', None, "served")
        sheet.write_formula("A6", "=cmd|'/c touch dde'!A0", None, 7)
        sheet.write_formula("A7", f'=HYPERLINK("{base}function","x")', None, "x")
        sheet.write_formula("A8", f'=_xlfn.IMAGE("{base}image.png")', None, "x")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        text = content.decode("latin-1")
        if name.endswith(".rels"):  # every picture lies somewhere else
            kind = rf'(Type="{OFFICE}/image" Target=")[^"]*(")'
            parts[name] = re.sub(kind, rf"\g<1>{base}{Path(name).stem}.png\2 {EXTERNAL}", text).encode("latin-1")
        elif name.startswith("xl/drawings/drawing"):
            parts[name] = text.replace("r:embed=", "r:link=").encode("latin-1")
        elif name == "xl/worksheets/sheet1.xml" and not calculated:
            parts[name] = re.sub("</f><v>[^<]*</v>", "</f>", text).encode("latin-1")
    _object(parts, base)
    _connection(parts, base)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _object(parts: dict[str, bytes], base: str) -> None:
    """A linked object (OLE) on the sheet."""
    sheet, relations = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    link = f'<Relationship Id="rIdOle" Type="{OFFICE}/oleObject" Target="{base}object.xlsx" {EXTERNAL}/>'
    parts[relations] = parts[relations].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    ole = '<oleObjects><oleObject progId="Excel.Sheet.12" link="[1]!\'\'" oleUpdate="OLEUPDATE_ALWAYS" shapeId="1025"'
    parts[sheet] = parts[sheet].replace(b"</worksheet>", f'{ole} r:id="rIdOle"/></oleObjects></worksheet>'.encode())


def _connection(parts: dict[str, bytes], base: str) -> None:
    """A web query that refreshes when the file is opened."""
    parts["xl/connections.xml"] = (
        '<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" name="c"'
        f' type="4" refreshedVersion="3" background="1" refreshOnLoad="1"><webPr url="{base}query"/></connection>'
        "</connections>"
    ).encode()
    link = f'<Relationship Id="rIdC" Type="{OFFICE}/connections" Target="connections.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())


def linking_fods(path: Path, base: str) -> Path:
    """The same and more as one flat OpenDocument file: also a frame, a film and a sheet that is a link."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "text", "table", "drawing", "presentation", "script", "form")
    )
    spaces += (
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
    )
    where = 'svg:x="1cm" svg:y="1cm" svg:width="2cm" svg:height="2cm"'
    now = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    shapes = "".join(
        f'<draw:frame {where}><draw:{kind} xlink:href="{base}{kind}" {now}/></draw:frame>'
        for kind in ("image", "object", "object-ole", "floating-frame", "plugin")
    )
    formulas = (
        f"of:=[&apos;{base}other.ods&apos;#$Sheet1.A1]",
        f"of:=COM.MICROSOFT.WEBSERVICE(&quot;{base}service&quot;)",
        "of:=DDE(&quot;soffice&quot;;&quot;/etc/hostname&quot;;&quot;A1&quot;)",
    )
    rows = "".join(
        f'<table:table-row><table:table-cell table:formula="{formula}"/></table:table-row>' for formula in formulas
    )
    path.write_text(
        f'<?xml version="1.0"?><office:document {spaces} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>'
        '<style:page-layout style:name="P"><style:page-layout-properties>'
        f'<style:background-image xlink:href="{base}background.png" {now}/></style:page-layout-properties>'
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Default" style:page-layout-name="P"/></office:master-styles>'
        '<office:body><office:spreadsheet><table:table table:name="Data">'
        f"<table:shapes>{shapes}</table:shapes>"
        '<table:table-row><table:table-cell office:value-type="string"><text:p>seen</text:p></table:table-cell>'
        f"</table:table-row>{rows}</table:table>"
        f'<table:table table:name="Linked"><table:table-source xlink:href="{base}sheet.ods" table:table-name="A"'
        ' xlink:type="simple"/><table:table-row><table:table-cell/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )
    return path
