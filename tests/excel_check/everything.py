"""A small workbook that holds one of everything that a repair can take away."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import xlsxwriter


def everything(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path), {"use_future_functions": True})
    bold = book.add_format({"bold": True, "bg_color": "#FFEEDD"})
    money = book.add_format({"num_format": "#,##0.0"})
    sheet, other, hidden = (book.add_worksheet(name) for name in ("At risk", "Lists", "calc"))
    hidden.hide()
    for row in range(1, 12):
        sheet.write_row(row, 0, [f"Account {row}", row * 1.5, row], money)
        sheet.write_formula(row, 4, f"=B{row + 1}*$C$2+SUM(Lists!A:A)", None, row * 1.5)
        other.write(row, 0, row)
    sheet.add_table("A1:C12", {"name": "tblRisk", "columns": [{"header": name} for name in ("Account", "MRR", "Days")]})
    sheet.write_dynamic_array_formula("G2:G12", "=_xlfn._xlws.SORT(B2:B12)")
    sheet.write_array_formula("H2:H3", "{=B2:B3*2}")
    book.define_name("KAM_TEST", "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)")
    book.define_name("list_days", "=Lists!$A$2:$A$12")
    book.define_name("Lists!local", "=Lists!$A$2")
    sheet.print_area("A1:H20")
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    _rules(book, sheet, bold)
    _drawn(book, sheet, path)
    sheet.merge_range("J1:K1", "Together", bold)
    sheet.write_url("J2", "internal:'Lists'!A1", string="there")
    sheet.write_comment("J3", "Why\nthis is so")
    sheet.add_sparkline("J4", {"range": "Lists!A2:A12"})
    sheet.write("J5", 5, bold)
    book.close()
    return path


def _rules(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, look: object) -> None:
    sheet.data_validation("A2:A12", {"validate": "list", "source": ["friendly", "neutral", "opposed"]})
    sheet.data_validation("B2:B12", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 0.5})
    sheet.data_validation("C2:C12", {"validate": "list", "source": "=Lists!$A$2:$A$12"})
    sheet.data_validation("D2:D12", {"validate": "custom", "value": "=D2>$B2"})
    sheet.data_validation("E2:E12", {"validate": "integer", "criteria": ">", "value": 3})
    for area, rule in (
        ("A2:A12", {"type": "cell", "criteria": ">", "value": 5, "format": look}),
        ("B2:B12", {"type": "formula", "criteria": "=$B2>B$1", "format": look}),
        ("C2:C12", {"type": "formula", "criteria": "=$B2>Lists!$A$3", "format": look}),
        ("D2:D12", {"type": "text", "criteria": "containing", "value": "x", "format": look}),
        ("E2:E12", {"type": "top", "value": 3, "format": look}),
        ("F2:F12", {"type": "average", "criteria": "below", "format": look}),
        ("G2:G12", {"type": "data_bar", "data_bar_2010": True}),
        ("H2:H12", {"type": "3_color_scale"}),
        ("I2:I12", {"type": "icon_set", "icon_style": "3_arrows"}),
        ("J2:J12", {"type": "duplicate", "format": look}),
    ):
        sheet.conditional_format(area, rule)


def _drawn(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, path: Path) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {"name": "='At risk'!$B$1:$B$1", "values": "='At risk'!$B$2:$B$12", "categories": "=Lists!$A$2:$A$12"}
    )
    line = book.add_chart({"type": "line"})
    line.add_series({"values": "=Lists!$A$2:$A$12"})
    chart.combine(line)
    sheet.insert_chart("L2", chart, {"description": "columns"})
    sheet.insert_textbox("L20", "Read me")
    sheet.insert_image("L25", "dot.png", {"image_data": io.BytesIO(_dot())})
    sheet.insert_button("L30", {"macro": "KamRefresh", "caption": "Refresh"})


def _dot() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )
