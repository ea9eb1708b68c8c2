"""New values in the XML of a sheet: the right cells change, and every other byte is as it was."""

from __future__ import annotations

import random
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.formulas.formula import Err
from kam_xl.workbook.recompute.package import SheetCells, SheetReader, number_of
from kam_xl.workbook.recompute.patch import Edit, patched

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"<pageMargins left='0.7'/>") -> bytes:
    return HEAD + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"


def edit(areas: dict[str, str] | None = None, dynamic: str = "", **values: object) -> Edit:
    return Edit(
        {number_of(cell): value for cell, value in values.items()},  # type: ignore[misc]
        {number_of(cell): area for cell, area in (areas or {}).items()},
        {number_of(cell) for cell in dynamic.split()},
    )


def read(content: bytes) -> SheetCells:
    cells = SheetCells("Sheet1", "")
    SheetReader(cells, ["zero", "one"]).read(content)
    return cells


@pytest.mark.parametrize(
    ("cell", "value", "wanted"),
    [
        (b'<c r="A1" s="3" t="s"><f>B1</f><v>0</v></c>', 5.5, b'<c r="A1" s="3"><f>B1</f><v>5.5</v></c>'),
        (b'<c r="A1" s="3"><f>B1</f></c>', "a<b&c", b'<c r="A1" s="3" t="str"><f>B1</f><v>a&lt;b&amp;c</v></c>'),
        (b'<c r="A1"><f>B1</f><v>1</v></c>', True, b'<c r="A1" t="b"><f>B1</f><v>1</v></c>'),
        (b'<c r="A1"><f>B1</f><v/></c>', Err("#N/A"), b'<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>'),
        (b"<c r='A1' t='e'><f>B1</f><v>#N/A</v></c>", "", b"<c r='A1' t=\"str\"><f>B1</f><v></v></c>"),
        (b'<c r="A1" s="2" t="inlineStr"><is><t>x</t></is></c>', None, b'<c r="A1" s="2"/>'),
        (b'<c r="A1" s="2"/>', 1e20, b'<c r="A1" s="2"><v>1e+20</v></c>'),
        (b'<c r="A1"><f a="1>2">B1&gt;2</f><v>1</v><e/></c>', 2, b'<c r="A1"><f a="1>2">B1&gt;2</f><v>2</v><e/></c>'),
        (b'<c r="A1"><f>B1</f><v>1</v></c>', " two\n lines ", b'<c r="A1" t="str"><f>B1</f><v> two\n lines </v></c>'),
        (b'<c r="A1"><f>B1</f></c>', "_x0041_\x07", b'<c r="A1" t="str"><f>B1</f><v>_x005F_x0041__x0007_</v></c>'),
    ],
)  # fmt: skip
def test_a_cell_gets_another_value_and_keeps_all_else(cell: bytes, value: object, wanted: bytes) -> None:
    row = b'<row r="1" spans="1:2" ht="20">%b<c r="B1"><v>7</v></c></row>'
    assert patched(sheet(row % cell), edit(A1=value)) == sheet(row % wanted)
    found = read(sheet(row % wanted))
    stored = found.formulas[0].stored if 0 in found.formulas else found.constants.get(0)
    assert stored == value


def test_the_range_of_an_array_formula_and_its_mark_change_and_its_value_stays() -> None:
    row = b'<row r="1"><c r="A1" s="1"><f t="array" aca="0" ref="A1:B2">X()</f><v>1</v></c></row>'
    wanted = b'<row r="1"><c r="A1" s="1" cm="1"><f t="array" aca="0" ref="A1:B9">X()</f><v>1</v></c></row>'
    assert patched(sheet(row), edit({"A1": "A1:B9"}, "A1")) == sheet(wanted)


def test_new_cells_stand_in_their_order_with_the_format_of_the_cell_above() -> None:
    before, after = b'<dimension ref="A1:C2"/>', b'<dimension ref="A1:C5"/>'
    rows = b'<row r="1"><c r="A1" s="4"/><c r="C1"/></row>\n<row r="2" spans="1:3"/>\n<row r="5"><c r="C5"/></row>'
    wanted = (
        b'<row r="1"><c r="A1" s="4"/><c r="B1"><v>1</v></c><c r="C1"/></row>\n'
        b'<row r="2"><c r="A2" s="4"><v>2</v></c></row>\n<row r="4"><c r="A4"><v>4</v></c></row>'
        b'<row r="5"><c r="B5"><v>5</v></c><c r="C5"/></row>'
    )
    assert patched(sheet(rows, before), edit(B1=1, A2=2, A4=4, B5=5)) == sheet(wanted, after)


def test_cells_without_addresses_and_prefixes_of_a_namespace_are_known() -> None:
    xml = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c><x:v>1'
        b"</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    found = patched(xml, edit(B1=9, A2="t", A3=1))
    cells = read(found)
    assert cells.formulas[number_of("B1")].stored == 9
    assert [cells.constants[number_of(cell)] for cell in ("A1", "A2", "A3")] == [1, "t", 1]
    assert b"<x:c><x:f>A1</x:f><x:v>9</x:v></x:c>" in found


def test_another_encoding_and_a_document_type_are_refused() -> None:
    with pytest.raises(ValueError, match="encoding"):
        patched(sheet(b"").replace(b"UTF-8", b"ISO-8859-1"), edit(A1=1))
    with pytest.raises(ValueError, match="encoding"):
        patched(sheet(b"").decode().encode("utf-16"), edit(A1=1))
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(Exception, match="document type"):
        patched(bomb, edit(A1=1))


PLACES = st.integers(1, 12).flatmap(lambda row: st.integers(0, 5).map(lambda column: f"{'ABCDEF'[column]}{row}"))
SCALARS = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " a ", "<&>", "é😀"]), st.sampled_from([Err("#N/A"), Err("#DIV/0!")]),
)  # fmt: skip


@given(st.integers(), st.dictionaries(PLACES, SCALARS, max_size=12))
def test_any_cells_of_any_sheet_get_their_values_and_no_other_cell_changes(
    seed: int, values: dict[str, object]
) -> None:
    rng = random.Random(seed)
    kinds = [
        '<c r="{}" s="1"/>',
        '<c r="{}"><v>3</v></c>',
        '<c r="{}" t="s"><v>1</v></c>',
        '<c r="{}"><f>A1</f><v>2</v></c>',
    ]
    rows = []
    for row in range(1, 13):
        cells = [rng.choice(kinds).format(f"{c}{row}") for c in "ABCDEF" if rng.random() < 0.5]
        if cells or rng.random() < 0.5:
            rows.append(f'<row r="{row}">{"".join(cells)}</row>' if cells else f'<row r="{row}"/>')
    content = sheet("\n".join(rows).encode())
    found = patched(content, edit(**values))
    ElementTree.fromstring(found)
    before, after = read(content), read(found)
    wanted = {at: cell.stored for at, cell in before.formulas.items()} | before.constants
    for cell, value in values.items():
        at = number_of(cell)
        wanted[at] = value  # type: ignore[assignment]
        if (value is None and at not in before.formulas) or (value == "" and at not in before.formulas):
            wanted[at] = value  # type: ignore[assignment]
    shown = {at: cell.stored for at, cell in after.formulas.items()} | after.constants
    assert {at: v for at, v in shown.items() if v is not None} == {at: v for at, v in wanted.items() if v is not None}
    assert before.formulas.keys() == after.formulas.keys()
    numbers = [number_of(cell) for cell in re.findall(r'<c r="([A-F]\d+)"', found.decode())]
    assert numbers == sorted(numbers)
    assert patched(found, edit(**values)) == found
