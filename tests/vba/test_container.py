"""The container and the compression, against readers we did not write and the specification's own examples."""

from __future__ import annotations

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vba.cfb_check import faults
from vba.readers import expanded

from kam_xl.hosts.vba import cfb
from kam_xl.hosts.vba.compression import CHUNK, compress, decompress

TEXTS = st.text("ab \r\nAttribute VB_Name=", max_size=9000).map(str.encode)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,30}", fullmatch=True)

# [MS-OVBA] 3.2: what it prints for these texts
NO_COMPRESSION = (
    b"abcdefghijklmnopqrstuv.",
    "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E",
)
NORMAL = (
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
    "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E 6F 70 06 71 02 70"
    " 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C",
)
MOST = (b"a" * 73, "01 03 B0 02 61 45 00")


@pytest.mark.parametrize(("text", "printed"), [NO_COMPRESSION, NORMAL, MOST])
def test_the_examples_of_the_specification_expand(text: bytes, printed: str) -> None:
    assert decompress(bytes.fromhex(printed)) == text


@pytest.mark.parametrize(("text", "printed"), [NO_COMPRESSION, MOST])
def test_the_examples_of_the_specification_come_out_byte_for_byte(text: bytes, printed: str) -> None:
    assert compress(text) == bytes.fromhex(printed)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_olevba_expands_what_we_compress(text: bytes) -> None:
    assert expanded(compress(text)) == text == decompress(compress(text))


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_whole_chunks_expand(size: int) -> None:
    text = (b"Public Sub Go()\r\n" * size)[:size]
    assert decompress(compress(text)) == text


def test_text_that_cannot_be_compressed_is_stored_or_refused() -> None:
    noise = bytes((i * 167 + i * i * 13 + (i >> 3) * 91) % 256 for i in range(CHUNK))
    assert decompress(compress(noise)) == noise
    assert expanded(compress(noise)) == noise


@pytest.mark.parametrize("damaged", [b"", b"\x02abc", bytes.fromhex("01 03 B0 01 00 45 00")])
def test_what_is_no_container_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a compressed container|before its chunk"):
        decompress(damaged)


@given(st.dictionaries(NAMES, st.integers(0, 9000), max_size=40))
@settings(max_examples=40, deadline=None)
def test_files_are_strict_and_others_read_them(sizes: dict[str, int]) -> None:
    streams = {name: bytes([size % 251]) * size for name, size in sizes.items()}
    streams = {name: data for name, data in streams.items() if [n.upper() for n in streams].count(name.upper()) == 1}
    data = cfb.write({"VBA": {**streams}, "PROJECT": b"x"})
    assert faults(data) == []
    with olefile.OleFileIO(data, raise_defects=olefile.DEFECT_POTENTIAL) as other:
        assert {path[-1]: other.openstream(path).read() for path in other.listdir() if path[0] == "VBA"} == streams
    assert cfb.read(data) == {"VBA": streams, "PROJECT": b"x"}


def test_a_name_that_is_too_long_or_a_project_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 31"):
        cfb.write({"x" * 32: b""})
    with pytest.raises(ValueError, match="larger than 7 MB"):
        cfb.write({"x": bytes(7_200_000)})


def test_damaged_files_are_refused_not_misread() -> None:
    data = cfb.write({"VBA": {"dir": b"x" * 5000}, "PROJECT": b"y"})
    for broken in (b"", data[:100], data[:700], b"PK" + data[2:], data[:512] + bytes(len(data) - 512)):
        with pytest.raises(ValueError, match="compound file"):
            cfb.read(broken)
