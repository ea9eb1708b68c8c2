"""What blows up a sheet and is no cell is refused in one line; the time to say so grows with the file, not faster."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kam_xl.errors import DataError
from kam_xl.files.bloat import MOST, Bloat
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute import package, recompute
from kam_xl.workbook.recompute.package import SheetCells, SheetReader, TooMuchError

START, END = b"<sheetData>", b"</row></sheetData>"


def before(what: Callable[[int], bytes]) -> Callable[[bytes, int], bytes]:
    return lambda xml, n: xml.replace(START, what(n) + START)


def cell(what: Callable[[int], bytes]) -> Callable[[bytes, int], bytes]:
    return lambda xml, n: xml.replace(END, b'<c r="ZZ9999" t="str"><v>' + what(n) + b"</v></c>" + END)


def behind(what: Callable[[int], bytes]) -> Callable[[bytes, int], bytes]:
    return lambda xml, n: xml.replace(b"</sheetData>", b"</sheetData>" + what(n))


BLOATED: dict[str, Callable[[bytes, int], bytes]] = {
    "a comment": before(lambda n: b"<!--" + b"x" * n + b"-->"),
    "a comment full of tags": before(lambda n: b"<!--" + b"<c>" * (n // 3) + b"-->"),
    "many comments": before(lambda n: b"<!--x-->" * (n // 8)),
    "an instruction": before(lambda n: b"<?x " + b"y>" * (n // 2) + b"?>"),
    "blanks": before(lambda n: b" " * n),
    "lines": before(lambda n: b"\n" * n),
    "blanks in a tag": lambda xml, n: xml.replace(START, b"<sheetData" + b" " * n + b">"),
    "an attribute": lambda xml, n: xml.replace(START, b'<sheetData a="' + b"x" * n + b'">'),
    "attributes": behind(lambda n: b"<x" + b"".join(b' a%d=""' % i for i in range(n // 8)) + b"/>"),
    "a name": behind(lambda n: b"<" + b"x" * n + b"/>"),
    "a text in a cell": cell(lambda n: b"x" * n),
    "CDATA in a cell": cell(lambda n: b"<![CDATA[" + b"y>" * (n // 2) + b"]]>"),
    "entities": cell(lambda n: b"&amp;" * (n // 5)),
}  # fmt: skip
TOO_MUCH: dict[str, tuple[bytes, str]] = {
    "elements inside each other": (b"<x>" * 200 + b"</x>" * 200, "elements inside each other"),
    "cells inside each other": (b"<row>" + b"<c>" * 200 + b"</c>" * 200 + b"</row>", "elements inside each other"),
    "unknown elements": (b"<x/>" * 20_001, "elements that are no cells"),
    "pieces of a text": (b'<row><c t="inlineStr"><is>' + b"<t>y</t>" * 20_020 + b"</is></c></row>", "no cells"),
    "cells in a row": (b"<row>" + b"<c/>" * 16_385 + b"</row>", "cells in a row"),
    "blank cells": ((b"<row>" + b"<c/>" * 16_000 + b"</row>") * 8, "cells"),
    "rows of cells": ((b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>") * 8, "cells"),
    "text between cells": (b"a&gt;>" * 60_000, "text between its cells"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = load_template("selection")
    settings = template.settings.model_copy(update={"sheets": ["Pareto"]})
    return build(settings, template.sample()).write(tmp_path_factory.mktemp("bloat") / "book.xlsx")


def bloated(book: Path, out: Path, kind: str, n: int) -> Path:
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            data = old.read(name)
            changed = BLOATED[kind](data, n) if name == "xl/worksheets/sheet2.xml" else data
            assert (changed != data) == (name == "xl/worksheets/sheet2.xml")
            new.writestr(name, changed)
    return out


@pytest.mark.parametrize("kind", BLOATED)
def test_what_is_no_cell_is_refused_in_one_line(book: Path, tmp_path: Path, kind: str) -> None:
    path = bloated(book, tmp_path / "bloated.xlsx", kind, 3 * MOST)
    with pytest.raises(DataError) as refused:
        recompute(path)
    line = str(refused.value)
    assert line.startswith(f"{path}: xl/worksheets/sheet2.xml holds more than a megabyte that is no cell")
    assert "\n" not in line


@pytest.mark.parametrize("kind", ["a comment", "many comments", "blanks", "lines", "a text in a cell"])
def test_a_little_of_it_is_no_matter(book: Path, tmp_path: Path, kind: str) -> None:
    assert recompute(bloated(book, tmp_path / "little.xlsx", kind, 30_000)).right


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_a_sheet_that_no_program_writes_is_not_read_to_its_end(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, number in {"_OTHERS": 20_000, "_BLANKS": 40_000, "_CELLS": 60_000, "_BETWEEN": 50_000}.items():
        assert getattr(package, limit) > 10 * number
        monkeypatch.setattr(package, limit, number)
    xml, what = TOO_MUCH[kind]
    with pytest.raises(TooMuchError, match=what):
        SheetReader(SheetCells("Sheet1", ""), []).read(b"<worksheet><sheetData>" + xml + b"</sheetData></worksheet>")


@pytest.mark.parametrize("piece", [1, 1000, 65_537, 10**9])
def test_what_is_cut_into_pieces_is_seen_as_if_it_were_whole(piece: int) -> None:
    def found(xml: bytes) -> bool:
        bloat = Bloat()
        return any([bloat.add(xml[at : at + piece]) for at in range(0, len(xml), piece)])

    n = 2_000 if piece == 1 else MOST + 1
    for xml in (b"<!--" + b"y>" * n + b"-->", b"<a>" + b"<?x " + b"y>" * n + b"?>", b"<a " + b"y" * n + b">"):
        assert found(b"<row/>" * 10 + xml) == (n > MOST)
    assert not found(b"<row><c><v>" + b"y" * 1000 + b"</v></c></row><!-- a -->" * 100)


@pytest.mark.long
@pytest.mark.parametrize("kind", BLOATED)
def test_three_hundred_megabytes_of_it_are_refused_as_quickly_as_they_are_unpacked(
    book: Path, tmp_path: Path, kind: str
) -> None:
    path = bloated(book, tmp_path / "huge.xlsx", kind, 300_000_000)
    started = time.process_time()
    with zipfile.ZipFile(path) as archive:
        archive.testzip()
    unpacked = time.process_time() - started
    with pytest.raises(DataError):
        recompute(path)
    assert time.process_time() - started - unpacked < 2 + unpacked
