"""What programs draw on and put into a workbook is named when a new one is made from it; changes at random too."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from anew import made_anew, small_sample, worked_on
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

warnings.filterwarnings("ignore", message=".* extension is not supported")
Parts = dict[str, bytes]
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
WORDS = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ANCHOR = (
    f'<xdr:twoCellAnchor xmlns:xdr="{DRAWN}" xmlns:a="{WORDS}"><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff>'
    "<xdr:row>60</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>64</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{what}<xdr:clientData/></xdr:twoCellAnchor>"
)


def sheet_of(parts: Parts, title: str) -> str:
    """The part of a sheet."""
    book, rels = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    ident = re.search(rf'<sheet name="{title}"[^>]*r:id="(\w+)"', book)
    assert ident is not None
    target = re.search(rf'Id="{ident[1]}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="{ident[1]}"', rels)
    assert target is not None
    return f"xl/{target[1] or target[2]}"


def related_to(parts: Parts, part: str, kind: str, target: str) -> None:
    """Add a relationship to the part of a sheet."""
    folder, name = part.rsplit("/", 1)
    rels = f"{folder}/_rels/{name}.rels"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    old = parts.get(rels, f'<Relationships xmlns="{space}"></Relationships>'.encode())
    link = f'<Relationship Id="rId{kind}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    parts[rels] = old.replace(b"</Relationships>", link.encode())


def _draw(what: str) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        sheet = sheet_of(parts, "Pareto")
        name = re.search(
            r"drawings/(drawing\d+\.xml)", parts[sheet.replace("sheets/", "sheets/_rels/") + ".rels"].decode()
        )
        assert name is not None
        drawing = f"xl/drawings/{name[1]}"
        parts[drawing] = parts[drawing].replace(b"</xdr:wsDr>", f"{ANCHOR.format(what=what)}</xdr:wsDr>".encode())

    return edit


def _text_box(text: str) -> str:
    return (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="77" name="Box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/>'
        "<xdr:txBody>"
        f"<a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


def _part(name: str, content: bytes = b"<x/>") -> Callable[[Parts], None]:
    return lambda parts: parts.__setitem__(name, content)


def _of_sheet(kind: str, folder: str) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        parts[f"xl/{folder}/{kind}1.xml"] = b"<x/>"
        related_to(parts, sheet_of(parts, "Revenue"), kind, f"../{folder}/{kind}1.xml")

    return edit


def _within(title: str, before: bytes, what: bytes) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        sheet = sheet_of(parts, title)
        assert before in parts[sheet]
        parts[sheet] = parts[sheet].replace(before, what + before, 1)

    return edit


def _chart(find: str, replace: str) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        for name in sorted(parts):
            if name.startswith("xl/charts/chart") and re.search(find, parts[name].decode()):
                parts[name] = re.sub(find, replace, parts[name].decode(), count=1).encode()
                return
        raise AssertionError(f"no chart has {find}")

    return edit


def _link(parts: Parts) -> None:
    _within("Scores", b"<pageMargins", b'<hyperlinks><hyperlink ref="T3" location="Guide!A9"/></hyperlinks>')(parts)


OBJECTS: dict[str, tuple[Callable[[Parts], None], str]] = {
    "a text box": (_draw(_text_box("call Ada")), "Pareto: 1 shape (“call Ada”) stays behind in mine.xlsx; copy it"),
    "a group of shapes": (
        _draw(f"<xdr:grpSp>{_text_box('one')}{_text_box('two')}</xdr:grpSp>"),
        "Pareto: 1 shape (“one two”) stays behind",
    ),
    "a slicer": (
        _draw('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'),
        "Pareto: 1 control or other object stays behind",
    ),
    "a pivot table": (_of_sheet("pivotTable", "pivotTables"), "Revenue: 1 thing of a kind that is not carried over ("),
    "a query": (_of_sheet("queryTable", "queryTables"), "Revenue: 1 thing of a kind that is not carried over ("),
    "an embedded file": (_of_sheet("oleObject", "embeddings"), "Revenue: 1 thing of a kind that is not carried over ("),
    "a link to another workbook": (_part("xl/externalLinks/externalLink1.xml"), "1 part of a kind that is not carried"),
    "a connection": (_part("xl/connections.xml"), "1 part of a kind that is not carried over (xl/connections.xml)"),
    "a ribbon": (_part("customUI/customUI14.xml"), "1 part of a kind that is not carried over (customUI/"),
    "a damaged project of macros": (_part("xl/vbaProject.bin", b"no project"), "1 module of macros (vbaProject.bin)"),
    "a link": (_link, "Scores: 1 link (T3 Guide!A9) stays behind in mine.xlsx; make it again by hand"),
    "a scenario": (
        _within("Scores", b"<pageMargins", b'<scenarios><scenario name="s"/></scenarios>'),
        "Scores: 1 thing of a kind that is not carried over (scenarios)",
    ),
    "ignored errors": (
        _within("Scores", b"<tableParts", b'<ignoredErrors><ignoredError sqref="C9" evalError="1"/></ignoredErrors>'),
        "Scores: 1 thing of a kind that is not carried over (ignoredErrors)",
    ),
    "another kind of chart": (_chart('<c:barDir val="col"/>', '<c:barDir val="bar"/>'), ": its kind"),
    "a legend": (_chart("<c:plotVisOnly", '<c:legend><c:legendPos val="t"/></c:legend><c:plotVisOnly'), ": its legend"),
    "a title of a chart": (
        _chart("<c:autoTitleDeleted[^>]*>", f'<c:title><c:tx><c:rich xmlns:a="{WORDS}"><a:p><a:r><a:t>Mine</a:t></a:r>'
               "</a:p></c:rich></c:tx></c:title>"),
        ": its words",
    ),
    "the locking of the workbook": (
        lambda parts: parts.__setitem__("xl/workbook.xml", parts["xl/workbook.xml"].replace(
            b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>')),
        "1 property of the file (workbookProtection)",
    ),
}  # fmt: skip


# What stands in the lines where all are there at once.
AT_ONCE = (
    "“call Ada”", "“one two”", "1 control", "pivottables/pivotTable1.xml", "querytables/queryTable1.xml",
    "embeddings/oleObject1.xml", "externalLink1.xml", "xl/connections.xml", "customUI14.xml", "vbaProject.bin",
    "T3 Guide!A9", "scenarios", "ignoredErrors", "its kind", "its legend", "its words", "workbookProtection",
)  # fmt: skip


def with_parts(file: Path, edits: Iterable[Callable[[Parts], None]]) -> list[str]:
    """What is said of the small sample after its parts were edited."""
    with zipfile.ZipFile(io.BytesIO(small_sample())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for edit in edits:
        edit(parts)
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made_anew(file)


def test_all_objects_at_once_are_named(tmp_path: Path) -> None:
    told = with_parts(tmp_path / "mine.xlsx", [edit for edit, _line in OBJECTS.values()])
    assert len(AT_ONCE) == len(OBJECTS)
    assert [what for what in AT_ONCE if not any(what in line for line in told)] == []


@pytest.mark.long
@pytest.mark.parametrize("what", OBJECTS)
def test_every_object_alone_is_named_in_one_line(tmp_path: Path, what: str) -> None:
    edit, line = OBJECTS[what]
    told = with_parts(tmp_path / "mine.xlsx", [edit])
    assert len(told) == 1, told
    assert line in told[0]


LOOKS: dict[str, Callable[[Any], None]] = {
    "number format": lambda cell: setattr(cell, "number_format", '0.0000 "pieces"'),
    "letters (font, size, colour)": lambda cell: setattr(cell, "font", Font(name="Courier New", size=17)),
    "fill": lambda cell: setattr(cell, "fill", PatternFill("solid", fgColor="FF123321")),
    "border": lambda cell: setattr(cell, "border", Border(top=Side("dashDot", "FF123321"))),
    "alignment": lambda cell: setattr(cell, "alignment", Alignment(horizontal="fill", textRotation=33)),
    "lock": lambda cell: setattr(cell, "protection", Protection(locked=False, hidden=True)),
}
PLACES = st.tuples(
    st.sampled_from(["Scoring", "Guide", "Settings", "Accounts", "Revenue", "MRR", "Scores", "Checks", "Dashboard"]),
    st.integers(1, 90),
    st.integers(1, 40),
    st.sampled_from(sorted(LOOKS)),
)


@pytest.mark.long
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(PLACES, min_size=40, max_size=60, unique_by=lambda place: place[:3]))
def test_every_look_that_is_changed_anywhere_is_counted(
    tmp_path: Path, places: list[tuple[str, int, int, str]]
) -> None:
    made: Counter[tuple[str, str]] = Counter()

    def edit(book: Any) -> None:
        for title, row, column, kind in places:
            cell = book[title].cell(row, column)
            if type(cell).__name__ != "MergedCell" and type(cell.value).__name__ != "CellRichText":
                LOOKS[kind](cell)
                made[title, kind] += 1

    told = worked_on(tmp_path / "mine.xlsx", [edit])
    found: Counter[tuple[str, str]] = Counter()
    for line in told:
        said = re.match(r"([\w ]+): the (.+?)s? of (\d+) cells? \(", line)
        if said:
            found[said[1], said[2].rstrip("s") if said[2] == "borders" else said[2]] += int(said[3])
    kinds = {"letter (font, size, colour)": "letters (font, size, colour)"}
    assert {(title, kinds.get(kind, kind)): n for (title, kind), n in found.items()} == dict(made)
