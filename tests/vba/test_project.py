"""The VBA project of a workbook: every statement that can be made of it without Excel."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from collections.abc import Iterator

import olefile
import pytest
from vba.cfb_check import faults
from vba.readers import expanded, looks_suspicious, olevba_sources, pyopenvba_sources

from kam_xl.hosts.vba import modules, reading, sheet_code_names, vba_project
from kam_xl.hosts.vba.package import VBA_PART, read_parts
from kam_xl.hosts.vba.project import build
from kam_xl.hosts.vba.sources import xlwings_folder

SHEETS = sheet_code_names(5)
FOLDER = xlwings_folder()
assert FOLDER, "the tests need xlwings"
ONE_MODULE = [0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C]


@pytest.fixture(scope="module")
def project() -> bytes:
    return vba_project(SHEETS)


@pytest.fixture(scope="module")
def ole(project: bytes) -> Iterator[olefile.OleFileIO]:
    with olefile.OleFileIO(project, raise_defects=olefile.DEFECT_POTENTIAL) as file:
        yield file


@pytest.fixture(scope="module")
def records(ole: olefile.OleFileIO) -> list[tuple[int, bytes]]:
    stream, at, found = expanded(ole.openstream("VBA/dir").read()), 0, []
    while at < len(stream):
        ident, size = struct.unpack_from("<HI", stream, at)
        size = 6 if ident == 9 else size
        found.append((ident, stream[at + 6 : at + 6 + size]))
        at += 6 + size
    assert at == len(stream)
    return found


@pytest.fixture(scope="module")
def listed(records: list[tuple[int, bytes]]) -> list[dict[int, bytes]]:
    """The records of each module."""
    found: list[dict[int, bytes]] = []
    for ident, value in records:
        if ident == 0x19:
            found.append({})
        if found:
            found[-1][ident] = value
    return found


@pytest.fixture(scope="module")
def text(ole: olefile.OleFileIO) -> str:
    return ole.openstream("PROJECT").read().decode("cp1252")


@pytest.fixture(scope="module")
def items(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^(Document|Module|Class)=([^/\r]+)", text, re.MULTILINE)


@pytest.fixture(scope="module")
def sources(ole: olefile.OleFileIO, items: list[tuple[str, str]]) -> dict[str, str]:
    return {name: expanded(ole.openstream(f"VBA/{name}").read()).decode("cp1252") for _, name in items}


def test_container_is_strict(project: bytes, ole: olefile.OleFileIO) -> None:
    assert faults(project) == []
    assert not ole.parsing_issues


def test_only_the_streams_that_may_be_there(ole: olefile.OleFileIO, sources: dict[str, str]) -> None:
    expected = {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *(f"VBA/{name}" for name in sources)}
    assert {"/".join(path) for path in ole.listdir()} == expected


def test_there_is_no_compiled_code(
    ole: olefile.OleFileIO, records: list[tuple[int, bytes]], listed: list[dict[int, bytes]]
) -> None:
    assert ole.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000100")
    assert dict(records)[0x13] == b"\xff\xff"
    assert all(module[0x31] == bytes(4) and module[0x2C] == b"\xff\xff" for module in listed)


def test_records_come_in_the_order_of_the_specification(
    records: list[tuple[int, bytes]], listed: list[dict[int, bytes]]
) -> None:
    idents = [ident for ident, _ in records]
    first = idents.index(0x19)
    assert idents[:15] == [1, 2, 0x14, 3, 4, 5, 0x40, 6, 0x3D, 7, 8, 9, 0x0C, 0x3C, 0x16]
    assert idents[first - 2 : first] == [0x0F, 0x13]
    for number in range(len(listed)):
        at = first + 11 * number
        assert idents[at : at + 9] == ONE_MODULE
        assert idents[at + 10] == 0x2B
    assert idents[first + 11 * len(listed) :] == [0x10]
    assert struct.unpack("<H", dict(records)[0x0F])[0] == len(listed)
    assert dict(records)[3] == struct.pack("<H", 1252)


def test_all_lists_of_modules_agree(
    ole: olefile.OleFileIO, items: list[tuple[str, str]], listed: list[dict[int, bytes]]
) -> None:
    names = [name for _, name in items]
    pairs = b"".join(name.encode("cp1252") + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names)
    assert ole.openstream("PROJECTwm").read() == pairs + b"\0\0"
    assert names == [module[0x19].decode("cp1252") for module in listed]
    assert names == [module[0x1A].decode("cp1252") for module in listed]
    assert names == [module[0x47].decode("utf-16-le") for module in listed]
    assert len({name.upper() for name in names}) == len(names)


def test_documents_come_first_and_carry_the_code_names(items: list[tuple[str, str]]) -> None:
    kinds = [kind for kind, _ in items]
    assert [name for kind, name in items if kind == "Document"] == ["ThisWorkbook", *SHEETS]
    assert kinds[: len(SHEETS) + 1] == ["Document"] * (len(SHEETS) + 1)
    assert [name for _, name in items[len(SHEETS) + 1 :]] == ["KamFunctions", "KamButtons", "xlwings"]


def test_modules_are_what_they_say(
    items: list[tuple[str, str]], listed: list[dict[int, bytes]], sources: dict[str, str]
) -> None:
    for (kind, name), module in zip(items, listed, strict=True):
        source = sources[name]
        base = re.search(r'^Attribute VB_Base = "(0\{[-0-9A-F]+\})"\r$', source, re.MULTILINE)
        document = modules.WORKBOOK if name == "ThisWorkbook" else modules.WORKSHEET
        expected = {"Module": None, "Document": document}[kind]
        assert (0x21 if kind == "Module" else 0x22) in module
        assert source.startswith(f'Attribute VB_Name = "{name}"\r\n')
        assert (base and base[1]) == expected


def test_text_keeps_the_limits_of_vba(sources: dict[str, str]) -> None:
    for name, source in sources.items():
        assert source.endswith("\r\n"), name
        assert source.count("\n") == source.count("\r") == source.count("\r\n"), name
        lines = source.split("\r\n")
        assert max(map(len, lines)) <= 1023, name
        assert len(lines) < 65534, name
        continued = 0
        for line in lines:
            continued = continued + 1 if line.endswith(" _") else 0
            assert continued <= 24, name


def test_project_stream_is_open_and_visible(text: str) -> None:
    assert "\n" not in text.replace("\r\n", "")
    assert re.match(r'ID="\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}"\r\n', text)
    assert 'VersionCompatible32="393222000"\r\n' in text
    for key, low, high, plain in (("CMG", 22, 28, "00000000"), ("DPB", 16, 2000, "00"), ("GC", 16, 22, "ff")):
        found = re.search(rf'^{key}="([0-9A-F]+)"\r$', text, re.MULTILINE)
        assert found
        assert low <= len(found[1]) <= high
        assert decrypted(found[1]) == plain


def decrypted(code: str) -> str:
    """[MS-OVBA] 2.4.3.3."""
    data = bytes.fromhex(code)
    seed, plain = data[0], data[2] ^ data[0]
    assert data[1] ^ seed == 2
    clear = []
    for at in range(3, len(data)):
        plain = data[at] ^ ((data[at - 2] + plain) & 255)
        clear.append(plain)
    clear = clear[(seed & 6) // 2 :]
    size = int.from_bytes(bytes(clear[:4]), "little")
    assert len(clear) == 4 + size
    return bytes(clear[4:]).hex()


def test_other_readers_return_every_text_unchanged(project: bytes, sources: dict[str, str]) -> None:
    assert olevba_sources(project) == sources
    assert pyopenvba_sources(project, SHEETS) == sources
    assert {module.name: module.source for module in reading.read(project).modules} == sources


def test_scanners_do_not_take_it_for_malware(project: bytes) -> None:
    assert not looks_suspicious(project)


def test_xlwings_module_is_of_the_installed_version_with_its_licence(sources: dict[str, str]) -> None:
    installed = (FOLDER / "xlwings.bas").read_text(encoding="ascii")
    licence = installed[installed.index("'xlwings is distributed") : installed.index('\'Attribute VB_Name = "Main"')]
    assert licence in sources["xlwings"].replace("\r\n", "\n")
    assert "BSD 3-clause license" in licence
    version = re.search(r"^'Version: (\S+)\r$", sources["xlwings"], re.MULTILINE)
    assert version
    assert f"xlwings64-{version[1]}.dll" in sources["xlwings"]


def test_same_input_same_bytes(project: bytes) -> None:
    assert vba_project(SHEETS) == project
    script = f"from kam_xl.hosts.vba import vba_project as p; import sys; sys.stdout.buffer.write(p({SHEETS}))"
    command = [sys.executable, "-X", "utf8=0", "-c", script]
    assert subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": "7"}).stdout == project


def test_without_functions_there_are_macros_only() -> None:
    names = [module.name for module in reading.read(vba_project(["Sheet1"], functions=False)).modules]
    assert names == ["ThisWorkbook", "Sheet1", "KamButtons", "xlwings"]


def test_projects_of_excel_are_read() -> None:
    made = reading.read(read_parts(FOLDER / "quickstart_standalone.xlsm")[VBA_PART])
    assert [module.name for module in made.modules[:3]] == ["ThisWorkbook", "Sheet1", "Module1"]
    assert made.source("XLWINGS").startswith('Attribute VB_Name = "xlwings"')
    assert made.references == ["MSForms", "MSForms", "Office"]
    assert not made.locked
    assert reading.read(read_parts(FOLDER / "addin" / "xlwings.xlam")[VBA_PART]).locked  # it has a password


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Public Sub Go()\nEnd Sub", "starts with Attribute VB_Name"),
        ('Attribute VB_Name = "1st"\n', "starts with Attribute VB_Name"),
        ('Attribute VB_Name = "A"\n\'' + "x" * 1023, "A line 2: longer than 1023"),
        ('Attribute VB_Name = "A"\n\'\u2713', "A line 2: '\u2713' is not in code page 1252"),
    ],
)
def test_modules_that_excel_would_refuse_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        modules.module(text)


def test_names_must_differ() -> None:
    twice = [modules.document("Sheet1"), modules.document("SHEET1")]
    with pytest.raises(ValueError, match="SHEET1: there is a module of this name already"):
        build(twice)
    with pytest.raises(ValueError, match="VBAPROJECT: there is"):
        build([modules.document("VBAPROJECT")])
    with pytest.raises(ValueError, match="a code name has up to 31 letters"):
        modules.document("Übersicht 2")
