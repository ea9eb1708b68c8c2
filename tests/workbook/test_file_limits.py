"""What a file must keep to: Excel's rules, its size, and text that can be read on every background that is used."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
from canvas.test_theme import luminance
from files.findings import findings

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(path: Path, pattern: str) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if re.fullmatch(pattern, name)]


def test_nothing_is_found_that_excel_would_repair_or_show_otherwise(made):
    assert [*map(str, findings(made))] == []


def test_the_file_is_smaller_than_a_megabyte(made):
    assert made.stat().st_size < 1_000_000


def contrast(text: str, paper: str) -> float:
    light, dark = sorted((luminance(text), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(found, otherwise: str | None) -> str | None:
    """A colour of a style as #RRGGBB."""
    if found is None or found.type != "rgb" or not isinstance(found.rgb, str):
        return otherwise
    return f"#{found.rgb[-6:]}"


def looks(sheet):
    """Text and background of every filled cell, by itself and under every conditional format that may hold."""
    own = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value not in (None, ""):
                paper = colour(cell.fill.fgColor, "#FFFFFF") if cell.fill.fill_type == "solid" else "#FFFFFF"
                own[cell.row, cell.column] = (colour(cell.font.color, "#000000"), paper)
    for place, look in own.items():
        yield place, look
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            text = paper = None
            if rule.type == "dataBar":
                paper = colour(rule.dataBar.color, None)
            elif rule.dxf is not None:
                text = colour(rule.dxf.font.color, None) if rule.dxf.font else None
                paper = colour(rule.dxf.fill.bgColor, None) if rule.dxf.fill else None
            for cells in area.sqref.ranges:
                for place, (ink, white) in own.items():
                    inside = cells.min_row <= place[0] <= cells.max_row and cells.min_col <= place[1] <= cells.max_col
                    if inside:
                        yield place, (text or ink, paper or white)


def test_every_text_stands_out_from_its_background(made):
    book = openpyxl.load_workbook(made)
    poor = {
        (sheet.title, place, look)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for place, look in looks(sheet)
        if look[0] != look[1] and contrast(*look) < 4.5  # the same: a sign that shows as a filled cell
    }
    assert poor == set()


def test_every_text_of_a_chart_stands_out(made):
    """White text stands on marks that are dark enough; all other text must be readable on white."""
    for part in parts(made, r"xl/charts/chart\d+\.xml"):
        text = part.decode()
        inks = {f"#{ink}" for ink in re.findall(r'<a:(?:defRPr|rPr)[^>]*><a:solidFill><a:srgbClr val="(\w{6})"', text)}
        assert {ink for ink in inks - {"#FFFFFF"} if contrast(ink, "#FFFFFF") < 4.5} == set()
