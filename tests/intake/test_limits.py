"""Files that ask for much are refused in one line: quickly, and without taking memory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from intake import bombs
from intake.bombs import MEGABYTE, TABLE, ods_cell, ods_row

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.errors import DataError
from kam_xl.files import limits
from kam_xl.files.limits import budget
from kam_xl.intake.importer import read_data

GIGABYTE = 10**9
MOST_MEMORY = 500  # MB
MOST_SECONDS = 10  # of one processor
VERBS = (["new", "out.xlsx", "--data"], ["check"], ["doctor"], ["preview"])


class Run(NamedTuple):
    """How a command ended."""

    status: int
    said: str
    memory: float
    seconds: float


# Linux counts the memory of whoever starts a process as the process's own: a small one of ours starts it.
MEASURE = """
import os, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (120, 150))  # one that never ends is ended
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
os.write(int(sys.argv[1]), f"{status} {used.ru_maxrss / 1024} {used.ru_utime + used.ru_stime}".encode())
"""


def run(folder: Path, *args: str, environment: dict[str, str] | None = None) -> Run:
    """Run the command in a process of its own, and measure it with all that it starts."""
    measured, tell = os.pipe()
    with (folder / "said").open("w+b") as said, os.fdopen(measured) as answer:
        subprocess.run(
            [sys.executable, "-c", MEASURE, str(tell), sys.executable, "-m", "kam_xl", *args],
            cwd=folder,
            stdout=said,
            stderr=said,
            env=os.environ | {"PYTHONUTF8": "1"} | (environment or {}),
            pass_fds=[tell],
            check=True,
        )
        os.close(tell)
        status, memory, seconds = answer.read().split()
        said.seek(0)
        text = said.read().decode()
    return Run(int(status), text, float(memory), float(seconds))


def refused(file: Path, verb: Sequence[str]) -> str:
    """The one line with which a verb refuses a file."""
    told = run(file.parent, *verb, file.name)
    assert (told.status, told.said.count("\n")) == (2, 1), told
    assert told.said.startswith(f"kam-xl: {file.name}")
    assert told.memory < MOST_MEMORY
    assert told.seconds < MOST_SECONDS
    assert not (file.parent / "out.xlsx").exists()
    return told.said.removeprefix(f"kam-xl: {file.name}").strip(": \n")


# ---- a budget for what is unpacked -----------------------------------------------------------------------------

TOO_LARGE = "unpacks to more than 2 GB; save a smaller part of it, or set KAM_XL_READ_LIMIT to more gigabytes"
DAMAGED = "is damaged or no workbook; open it in Excel and save it as .xlsx"


def spaces(file: Path) -> Path:
    return bombs.packed_xlsx(file, "xl/worksheets/sheet1.xml", *bombs.endless(b" ", 10 * GIGABYTE // 3))


def strings(file: Path) -> Path:
    return bombs.packed_xlsx(file, "xl/sharedStrings.xml", *bombs.endless(b"<si><t>x</t></si>", 3 * GIGABYTE))


def media(file: Path) -> Path:
    return bombs.packed_xlsx(file, "xl/media/image1.png", *bombs.endless(b"\0", 3 * GIGABYTE))


def many_parts(file: Path) -> Path:
    packed, size = bombs.endless(b" ", GIGABYTE)
    return bombs.archive(file, [(f"xl/worksheets/sheet{n}.xml", packed, size) for n in range(3)])


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_what_unpacks_to_more_than_the_budget_is_refused(tmp_path: Path, verb: Sequence[str]) -> None:
    assert refused(spaces(tmp_path / "bomb.xlsx"), verb) == TOO_LARGE


@pytest.mark.parametrize("make", [strings, media, many_parts])
def test_every_part_counts(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    assert refused(make(tmp_path / "bomb.xlsx"), VERBS[0]) == TOO_LARGE


def test_the_manifest_of_an_ods_file_counts_too(tmp_path: Path) -> None:
    parts = [("META-INF/manifest.xml", *bombs.endless(b" ", 3 * GIGABYTE)), ("content.xml", *bombs.packed(b"<x/>"))]
    assert refused(bombs.archive(tmp_path / "bomb.ods", parts), VERBS[0]) == TOO_LARGE


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        *((verb, "xl/workbook.xml") for verb in VERBS),
        *((VERBS[0], name) for name in ("xl/worksheets/sheet1.xml", "META-INF/manifest.xml", "xl/styles.xml")),
    ],
)
def test_a_size_that_is_not_true_is_not_believed(tmp_path: Path, name: str, verb: Sequence[str]) -> None:
    packed, _size = bombs.endless(b" ", 3 * GIGABYTE)
    assert refused(bombs.packed_xlsx(tmp_path / "bomb.xlsx", name, packed, 1000), verb) == DAMAGED


def test_parts_that_share_their_bytes_are_no_workbook(tmp_path: Path) -> None:
    file = bombs.xlsx(tmp_path / "bomb.xlsx", TABLE)
    content = bytearray(file.read_bytes())
    entries = [place for place in range(len(content)) if content.startswith(b"PK\1\2", place)]
    first = content[entries[0] : entries[1]]
    for number in range(40):  # each entry is as large as the file may be, and all are the same bytes
        content[entries[0] : entries[0]] = first[:46] + first[46:].replace(b"Content", b"C%06d" % number)
    end = content.rindex(b"PK\5\6")
    count = content.count(b"PK\1\2")
    content[end + 8 : end + 16] = 2 * count.to_bytes(2, "little") + (end - entries[0]).to_bytes(4, "little")
    file.write_bytes(content)
    assert refused(file, VERBS[0]) == DAMAGED


def test_two_parts_of_one_name_are_no_workbook(tmp_path: Path) -> None:
    file = bombs.xlsx(tmp_path / "twice.xlsx", TABLE)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert refused(file, VERBS[0]) == DAMAGED


def test_an_archive_of_archives_is_no_workbook(tmp_path: Path) -> None:
    inner = bombs.xlsx(tmp_path / "inner.xlsx", TABLE).read_bytes()
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("inner.xlsx", inner)
    assert refused(tmp_path / "outer.zip", VERBS[0]) == DAMAGED


def test_an_archive_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    parts = [(f"{n}", b"\3\0", 0) for n in range(30_000)]
    assert refused(bombs.archive(tmp_path / "bomb.xlsx", parts), VERBS[0]) == TOO_LARGE


def test_the_budget_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = bombs.xlsx(tmp_path / "in.xlsx", TABLE)
    assert len(read_data(file, Template()).accounts) == 1
    monkeypatch.setenv("KAM_XL_READ_LIMIT", "0.000001")
    with pytest.raises(DataError, match=r"in.xlsx: unpacks to more than 1e-06 GB; .* set KAM_XL_READ_LIMIT to more"):
        read_data(file, Template())
    monkeypatch.setenv("KAM_XL_READ_LIMIT", " 3.5 ")
    assert budget() == 3_500_000_000


@pytest.mark.parametrize("text", ["lots", "0", "-1", "nan", "inf", "1e300"])
def test_a_budget_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KAM_XL_READ_LIMIT", text)
    with pytest.raises(DataError, match="KAM_XL_READ_LIMIT: must be a number of gigabytes such as 4"):
        budget()


# ---- entities, rows and lines ----------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


def laughing(file: Path, part: str, encoding: str = "utf-8") -> Path:
    """A workbook with entities in one part."""
    text = bombs.structure().get(part, "<sst></sst>")
    end = text.index(">")
    content = (LAUGHS + text[:end] + ' x="&a11;"' + text[end:]).encode(encoding)
    bombs.xlsx(file, TABLE)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {part: content}
    with zipfile.ZipFile(file, "w") as archive:
        for name, whole in parts.items():
            archive.writestr(name, whole)
    return file


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_a_billion_laughs_are_refused(tmp_path: Path, verb: Sequence[str]) -> None:
    assert refused(laughing(tmp_path / "bomb.xlsx", "xl/workbook.xml"), verb) == DAMAGED


@pytest.mark.parametrize("part", ["xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused_in_every_part_and_encoding(tmp_path: Path, part: str, encoding: str) -> None:
    with pytest.raises(DataError, match=DAMAGED):
        read_data(laughing(tmp_path / "bomb.xlsx", part, encoding), Template())


def test_a_document_type_without_entities_is_one_of_an_old_program(tmp_path: Path) -> None:
    manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest/>'
    assert len(read_data(bombs.ods(tmp_path / "old.ods", ODS, manifest), Template()).accounts) == 1


@pytest.mark.parametrize("verb", VERBS[:3], ids=lambda verb: verb[0])
def test_twenty_million_rows_in_a_sheet_are_refused(tmp_path: Path, verb: Sequence[str]) -> None:
    row = b"<row><c><v>1</v></c></row>"
    packed, size = bombs.endless(row, 20_000_000 * len(row), b"<worksheet><sheetData>", b"</sheetData></worksheet>")
    file = bombs.packed_xlsx(tmp_path / "long.xlsx", "xl/worksheets/sheet1.xml", packed, size)
    assert refused(file, verb) == ("a sheet has more than 1,048,576 rows; save a smaller part of it, or save it as CSV")


LONG = "line 3: is longer than 1 MB; a table has a row on each line"


@pytest.mark.parametrize("verb", VERBS[:3], ids=lambda verb: verb[0])
def test_a_line_of_a_gigabyte_is_refused(tmp_path: Path, verb: Sequence[str]) -> None:
    with (tmp_path / "in.csv").open("wb") as out:
        out.write(b"Account,2025\nA,1\n")
        out.truncate(GIGABYTE)
    assert refused(tmp_path / "in.csv", verb) == f", {LONG}"


@pytest.mark.parametrize("letter", [b"x", b" ", b"\xff", b'"', b",", b"a,"])
def test_a_line_without_end_is_refused_whatever_stands_in_it(tmp_path: Path, letter: bytes) -> None:
    (tmp_path / "in.csv").write_bytes(b"Account,2025\nA,1\n" + letter * (MEGABYTE + 1))
    with pytest.raises(DataError, match=LONG):
        read_data(tmp_path / "in.csv", Template())


@pytest.mark.parametrize("before", [0, 1, MEGABYTE - 20, MEGABYTE - 13, MEGABYTE - 12, MEGABYTE, MEGABYTE + 1])
def test_a_line_may_have_a_megabyte_in_any_place(tmp_path: Path, before: int) -> None:
    def line(length: int) -> bytes:
        return (b"A," * length)[: length - 2] + b",1"

    start = b"Account,2025\n" + b"\n" * before
    (tmp_path / "in.csv").write_bytes(start + line(MEGABYTE) + b"\r" + line(MEGABYTE))
    limits.read_file(tmp_path / "in.csv")
    (tmp_path / "in.csv").write_bytes(start + line(MEGABYTE) + b"\r" + line(MEGABYTE + 1))
    with pytest.raises(DataError, match="longer than 1 MB"):
        limits.read_file(tmp_path / "in.csv")


def test_a_csv_file_has_no_limit_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_XL_READ_LIMIT", "0.0001")
    rows = "".join(f"A{n % 7},{n}\n" for n in range(40_000))
    (tmp_path / "in.csv").write_text("Account,2025\n" + rows)
    assert len(read_data(tmp_path / "in.csv", Template()).accounts) == 7


@pytest.mark.parametrize("kind", ["fifo", "device", "link to a device"])
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "in.csv"
    if kind == "fifo":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero" if kind == "device" else "/dev/stdin")
    with pytest.raises(DataError, match="is no ordinary file; save the data in a file first"):
        read_data(file, Template())


@pytest.mark.parametrize("verb", VERBS[:3], ids=lambda verb: verb[0])
def test_no_verb_reads_a_device(tmp_path: Path, verb: Sequence[str]) -> None:
    (tmp_path / "in").symlink_to("/dev/zero")
    assert refused(tmp_path / "in", verb) == "is no ordinary file; save the data in a file first"


# ---- cells far away --------------------------------------------------------------------------------------------

AURELIA = ([{"account": "Aurelia"}], [("Aurelia", [5])])
GOOD = [(0, 0, "Account"), (0, 1, 2025.0), (1, 0, "Aurelia"), (1, 1, 5.0)]
ODS = ods_row(ods_cell("Account"), ods_cell("2025")) + ods_row(ods_cell("Aurelia"), ods_cell("5"))
FAR = "is damaged, or a cell stands far from the others; open it in Excel, delete what is outside the table"


def text_cell(cell: str, text: str = "x") -> str:
    row = "".join(filter(str.isdigit, cell))
    return f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def read(file: Path) -> Tables:
    return read_data(file, Template())


@pytest.mark.parametrize("name", ["in.xlsx", "in.xlsm"])
def test_a_table_is_read_without_a_cell_far_away_which_is_named(tmp_path: Path, name: str) -> None:
    tables = read(bombs.xlsx(tmp_path / name, TABLE + text_cell("XFD1048576")))
    assert (tables.accounts, tables.revenue) == AURELIA
    assert tables.remarks == ["S1!XFD1048576 (“x”) stands far from the table and was not read."]


def test_several_cells_far_away_are_counted(tmp_path: Path) -> None:
    first = text_cell("XFD1").removeprefix('<row r="1">')
    rows = TABLE.replace("</row>", first, 1)
    tables = read(bombs.xlsx(tmp_path / "in.xlsx", rows + text_cell("A900000") + text_cell("XFD1048576")))
    assert (tables.accounts, tables.revenue) == AURELIA
    assert tables.remarks[-1] == ("3 cells stand far from the table and were not read; the first is S1!XFD1 (“x”).")


@pytest.mark.parametrize("verb", VERBS[:3], ids=lambda verb: verb[0])
def test_no_verb_dies_of_a_cell_far_away(tmp_path: Path, verb: Sequence[str]) -> None:
    bombs.xlsx(tmp_path / "in.xlsx", TABLE + text_cell("XFD1048576"))
    told = run(tmp_path, *verb, "in.xlsx")
    assert told.status == {"new": 0, "check": 2, "doctor": 0}[verb[0]], told
    assert told.memory < MOST_MEMORY


@pytest.mark.parametrize(
    "more",
    [
        '<row r="1048576"><c r="XFD1048576" s="0"/></row>',
        '<row r="1048576" s="1" customFormat="1"/>',
        '</sheetData><mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells><sheetData>',
    ],
)
def test_blank_cells_far_away_do_no_harm(tmp_path: Path, more: str) -> None:
    tables = read(bombs.xlsx(tmp_path / "in.xlsx", TABLE + more))
    assert (tables.accounts, tables.revenue, tables.remarks) == (*AURELIA, [])


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1", "XFD1048576:A1", "A1:ZZZZZZ99999999", ""])
def test_what_a_sheet_says_of_its_dimension_does_no_harm(tmp_path: Path, dimension: str) -> None:
    file = bombs.xlsx(tmp_path / "in.xlsx", TABLE)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        "<sheetData>", f'<dimension ref="{dimension}"/><sheetData>'
    )
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    try:
        assert read(file).accounts == AURELIA[0]
    except DataError as error:
        assert str(error).removeprefix(f"{file}: ") == DAMAGED


@pytest.mark.parametrize(
    "more",
    [
        text_cell("XFD1048576").replace('"', "'"),
        '<row r="1048576">' + "<c/>" * 16_383 + "<c><v>5</v></c></row>",
        text_cell("AAAAAAA99999999"),
        '<row r="4000000000"><c><v>5</v></c></row>',
        pytest.param("".join(text_cell(f"XFD{row}") for row in range(3, 3000)), marks=pytest.mark.long),
        pytest.param(
            "".join(
                text_cell(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}{'A' * (n % 3)}{n * 300 + 3}") for n in range(3000)
            ),
            marks=pytest.mark.long,
        ),
    ],
    ids=["other quotes", "without addresses", "no such cell", "no such row", "a column far away", "scattered"],
)
def test_other_ways_to_reach_far_end_in_one_line_or_a_table(tmp_path: Path, more: str) -> None:
    bombs.xlsx(tmp_path / "in.xlsx", TABLE + more)
    told = run(tmp_path, *VERBS[0], "in.xlsx")
    assert told.status in (0, 2)
    assert told.said.count("\n") == 1 or told.status == 0
    assert told.memory < MOST_MEMORY


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: bombs.xls(folder / "in", [*GOOD, (65_535, 255, "x")]),
        lambda folder: bombs.xls(folder / "in", [*GOOD, (65_535, 65_535, "x")]),
        lambda folder: bombs.xls(folder / "in", GOOD, size=(0x7FFFFFFF, 0xFF)),
        lambda folder: bombs.xls(folder / "in", GOOD, size=(0xFFFFFFFF, 0xFFFF)),
        lambda folder: bombs.xlsb(folder / "in", [*GOOD, (1_048_575, 16_383, "x")]),
        lambda folder: bombs.xlsb(folder / "in", [*GOOD, (1_048_575, 0xFFFFFFF0, "x")]),
        lambda folder: bombs.ods(
            folder / "in",
            ODS + ods_row(ods_cell(""), repeated=1_048_573) + ods_row(ods_cell("", 16_383), ods_cell("x")),
        ),
        lambda folder: bombs.ods(folder / "in", ODS + ods_row(ods_cell("x", 16_384), repeated=1_048_574)),
        lambda folder: bombs.ods(folder / "in", ODS + ods_row(ods_cell("x", 16_384)) * 10_000),
        lambda folder: bombs.ods(folder / "in", ODS + ods_row(ods_cell("x", 999_999_999), repeated=999_999_999)),
    ],
    ids=[
        "xls",
        "xls beyond",
        "xls rows",
        "xls dimension",
        "xlsb",
        "xlsb beyond",
        "ods",
        "ods full",
        "ods wide",
        "ods beyond",
    ],
)
def test_other_formats_refuse_cells_far_away_in_one_line(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    assert refused(make(tmp_path), VERBS[0]).startswith(FAR)


def test_other_formats_are_read(tmp_path: Path) -> None:
    blank = ods_row(ods_cell("", 16_384), repeated=1_048_574)
    for file in (
        bombs.xls(tmp_path / "a", GOOD),
        bombs.xlsb(tmp_path / "b", GOOD),
        bombs.ods(tmp_path / "c", ODS + blank),
    ):
        assert (read(file).accounts, read(file).revenue) == AURELIA


def test_strings_that_are_said_to_be_many_do_no_harm(tmp_path: Path) -> None:
    count = f'<sst xmlns="{bombs.MAIN}" uniqueCount="{10**11}"><si><t>x</t></si></sst>'
    bombs.xlsx(tmp_path / "in.xlsx", TABLE, more=bombs.structure(strings=True) | {"xl/sharedStrings.xml": count})
    assert refused(tmp_path / "in.xlsx", VERBS[0]).startswith(FAR)


def test_a_chain_of_sectors_that_goes_in_a_circle_ends(tmp_path: Path) -> None:
    file = bombs.xls(tmp_path / "in.xls", GOOD)
    content = bytearray(file.read_bytes())
    table = int.from_bytes(content[76:80], "little")  # the first sector of the table of chains
    for sector in range(12):
        place = 512 * (table + 1) + 4 * sector
        content[place : place + 4] = sector.to_bytes(4, "little")
    file.write_bytes(content)
    refused(file, VERBS[0])


def test_a_wide_and_a_long_part_of_a_csv_file_make_no_rectangle(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Account,2025" + "," * 16_000 + "x\n" + "A,1\n" * 200_000)
    assert refused(tmp_path / "in.csv", VERBS[0]) == (
        "cells of in.csv stand far from the others; delete what is outside the table"
    )
    (tmp_path / "in.csv").write_text("Account,2025\nA,1\nB,2" + "," * 20_000 + "x\n")
    assert refused(tmp_path / "in.csv", VERBS[0]).startswith("in.csv has more than 16,384 columns")
