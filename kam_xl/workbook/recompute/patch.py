"""New values in the XML of a sheet, and every other byte as it was.

The XML is not written anew: expat says where each cell stands in the bytes, and only those cells are replaced.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from kam_xl.content.positions import split_cell
from kam_xl.formulas.values import Err, Scalar
from kam_xl.workbook.recompute.package import COLUMNS, address_of, no_doctype, number_of

TAG = re.compile(rb"""<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")


@dataclass
class Edit:
    """What is to change in a sheet: values of cells (None: blank), ranges and marks of array formulas."""

    values: dict[int, Scalar] = field(default_factory=dict)
    areas: dict[int, str] = field(default_factory=dict)
    dynamic: set[int] = field(default_factory=set)  # array formulas to be marked as taking the room that they need

    @property
    def cells(self) -> set[int]:
        """The cells that change."""
        return self.values.keys() | self.areas.keys() | self.dynamic


@dataclass
class _Element:
    """Where an element stands: its first byte, the first after its start tag, the first after all of it."""

    start: int
    inside: int
    end: int = 0
    parts: list[tuple[str, _Element]] = field(default_factory=list)


class _Finder:
    """Finds rows, cells and what is in them."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.rows: dict[int, _Element] = {}
        self.cells: dict[int, _Element] = {}
        self.data: _Element | None = None
        self.dimension: _Element | None = None
        self.row = self.column = -1
        self.open: list[tuple[str, _Element]] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.StartDoctypeDeclHandler = no_doctype
        self.parser.Parse(content, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        at = self.parser.CurrentByteIndex
        found = TAG.match(self.content, at)
        if found is None:
            raise ValueError("a tag that cannot be read")
        element = _Element(at, found.end(), found.end() if found[3] else 0)
        parents = [name for name, _element in self.open]
        self.open.append((tag, element))
        if parents[1:] == ["sheetData", "row", "c"]:
            self.open[-2][1].parts.append((tag, element))
        elif parents[1:] == ["sheetData", "row"] and tag == "c":
            place = attributes.get("r")
            number = number_of(place) if place else self.row * COLUMNS + self.column + 1
            self.row, self.column = divmod(number, COLUMNS)
            self.cells[number] = element
        elif parents[1:] == ["sheetData"] and tag == "row":
            self.row, self.column = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1, -1
            self.rows[self.row] = element
        elif len(parents) == 1 and tag == "sheetData":
            self.data = element
        elif len(parents) == 1 and tag == "dimension":
            self.dimension = element

    def _end(self, tag: str) -> None:
        element = self.open.pop()[1]
        if not element.end:
            element.end = self.content.index(b">", self.parser.CurrentByteIndex) + 1


def patched(content: bytes, edit: Edit) -> bytes:
    """The XML of a sheet with other values in some of its cells; all other bytes stay.

    Raises
    ------
    ValueError
        When the sheet is not written in UTF-8 or cannot be read.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or re.match(
        rb'<\?xml[^>]*encoding=["\'](?!utf-8|us-ascii)', content, re.I
    ):
        raise ValueError("a sheet in another encoding than UTF-8")
    found = _Finder(content)
    changes: list[tuple[int, int, bytes]] = []
    fresh: dict[int, list[tuple[int, bytes]]] = {}
    prefix = _prefix(content, found)
    for at in sorted(edit.cells):
        value = edit.values.get(at)
        if at in found.cells:
            changes.append(_changed(content, found.cells[at], at, edit))
        elif value is not None:
            style = _style_above(content, found, at)
            fresh.setdefault(at // COLUMNS, []).append((at, _cell(prefix, at, style, value)))
    changes += _inserted(content, found, prefix, fresh)
    out, last = [], 0
    for start, end, new in sorted(changes):
        out += [content[last:start], new]
        last = end
    return b"".join([*out, content[last:]])


def _prefix(content: bytes, found: _Finder) -> bytes:
    if found.data is None:
        raise ValueError("a sheet without cells")
    tag = TAG.match(content, found.data.start)
    return tag[1].rpartition(b"sheetData")[0] if tag else b""


def _attributes(content: bytes, element: _Element) -> tuple[bytes, dict[bytes, bytes]]:
    """Name and attributes of a start tag; values with their quotes."""
    tag = TAG.match(content, element.start)
    if tag is None:
        raise ValueError("a tag that cannot be read")
    return tag[1], dict(_ATTRIBUTE.findall(tag[2]))


def _tag(name: bytes, attributes: dict[bytes, bytes], closed: bool = False) -> bytes:
    return b"<" + name + b"".join(b" " + k + b"=" + v for k, v in attributes.items()) + (b"/>" if closed else b">")


def _changed(content: bytes, element: _Element, at: int, edit: Edit) -> tuple[int, int, bytes]:
    """An existing cell with its new value; its formula, style and whatever else it holds stay."""
    name, attributes = _attributes(content, element)
    prefix = name[: -len(b"c")]
    kept = [(tag, part) for tag, part in element.parts if tag not in ("v", "is")]
    inner = [
        _formula(content, part, edit.areas.get(at)) if tag == "f" else content[part.start : part.end]
        for tag, part in kept
    ]
    if at in edit.dynamic:
        attributes[b"cm"] = b'"1"'
    if at in edit.values:
        kind, text = _stored(edit.values[at])
        attributes.pop(b"t", None)
        if kind:
            attributes[b"t"] = b'"' + kind + b'"'
        if text is not None:
            after = next((i + 1 for i, (tag, _part) in enumerate(kept) if tag == "f"), 0)
            inner.insert(after, b"<%bv>%b</%bv>" % (prefix, text, prefix))
    else:
        inner = [
            _formula(content, part, edit.areas.get(at)) if tag == "f" else content[part.start : part.end]
            for tag, part in element.parts
        ]
    if not inner:
        return element.start, element.end, _tag(name, attributes, closed=True)
    return element.start, element.end, b"".join([_tag(name, attributes), *inner, b"</%b>" % name])


def _formula(content: bytes, part: _Element, area: str | None) -> bytes:
    if area is None:
        return content[part.start : part.end]
    name, attributes = _attributes(content, part)
    attributes[b"ref"] = b'"' + area.encode() + b'"'
    return _tag(name, attributes) + content[part.inside : part.end]


def _stored(value: Scalar) -> tuple[bytes, bytes | None]:
    """Kind and text of a value in a cell; no text for a blank one."""
    if value is None:
        return b"", None
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, (int, float)):
        whole = float(value).is_integer() and abs(value) < 1e15
        return b"", str(int(value) if whole else float(value)).encode()
    if isinstance(value, Err):
        return b"e", escape(value).encode()
    text = _ESCAPED.sub(lambda found: f"_x005F{found[0]}", value)
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return b"str", escape(text).encode("utf-8", "replace")


def _cell(prefix: bytes, at: int, style: bytes | None, value: Scalar) -> bytes:
    kind, text = _stored(value)
    attributes = {b"r": b'"' + address_of(at).encode() + b'"'}
    if style:
        attributes[b"s"] = style
    if kind:
        attributes[b"t"] = b'"' + kind + b'"'
    return _tag(prefix + b"c", attributes) + b"<%bv>%b</%bv></%bc>" % (prefix, text or b"", prefix, prefix)


def _style_above(content: bytes, found: _Finder, at: int) -> bytes | None:
    """The format of the cell above, which a result that grows goes on with."""
    above = found.cells.get(at - COLUMNS)
    return _attributes(content, above)[1].get(b"s") if above else None


def _inserted(
    content: bytes, found: _Finder, prefix: bytes, fresh: dict[int, list[tuple[int, bytes]]]
) -> list[tuple[int, int, bytes]]:
    """New cells, in rows that are there or in new ones."""
    changes: list[tuple[int, int, bytes]] = []
    by_row: dict[int, list[int]] = {}
    for at in found.cells:
        by_row.setdefault(at // COLUMNS, []).append(at)
    new_rows = []
    for row, cells in fresh.items():
        there = found.rows.get(row)
        text = b"".join(cell for _at, cell in cells)
        if there is None:
            new_rows.append((row, b'<%brow r="%d">%b</%brow>' % (prefix, row + 1, text, prefix)))
            continue
        name, attributes = _attributes(content, there)
        attributes.pop(b"spans", None)
        if there.inside == there.end:  # <row/>
            changes.append((there.start, there.end, _tag(name, attributes) + text + b"</%b>" % name))
            continue
        changes.append((there.start, there.inside, _tag(name, attributes)))
        close = content.rindex(b"<", there.inside, there.end)
        for at, cell in cells:
            after = [other for other in by_row.get(row, []) if other > at]
            place = found.cells[min(after)].start if after else close
            changes.append((place, place, cell))
    data = found.data
    if new_rows and data is not None:
        close = content.rindex(b"<", data.inside, data.end) if data.inside != data.end else data.end
        there_are = sorted(found.rows)
        for row, text in new_rows:
            later = bisect.bisect_right(there_are, row)
            place = found.rows[there_are[later]].start if later < len(there_are) else close
            if data.inside == data.end:
                raise ValueError("a sheet without rows")
            changes.append((place, place, text))
    return _merged(changes) + _dimension(content, found, fresh)


def _merged(changes: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Insertions at one place as one, in their order."""
    at_place: dict[tuple[int, int], bytes] = {}
    for start, end, new in changes:
        at_place[start, end] = at_place.get((start, end), b"") + new
    return [(start, end, new) for (start, end), new in at_place.items()]


def _dimension(
    content: bytes, found: _Finder, fresh: dict[int, list[tuple[int, bytes]]]
) -> list[tuple[int, int, bytes]]:
    """The range of cells in use, where new ones are outside it."""
    if found.dimension is None or not fresh:
        return []
    name, attributes = _attributes(content, found.dimension)
    first, _colon, last = attributes.get(b"ref", b'""').decode()[1:-1].partition(":")
    (top, left), (bottom, right) = split_cell(first), split_cell(last or first)
    if not top:
        return []
    rows, columns = [top, bottom], [left, right]
    for cells in fresh.values():
        for at, _cell in cells:
            rows.append(at // COLUMNS + 1)
            columns.append(at % COLUMNS + 1)
    corners = [address_of((r(rows) - 1) * COLUMNS + r(columns) - 1) for r in (min, max)]
    area = ":".join(corners)
    if area == f"{first}:{last or first}":
        return []
    attributes[b"ref"] = b'"' + area.encode() + b'"'
    closed = found.dimension.inside == found.dimension.end
    return [(found.dimension.start, found.dimension.inside, _tag(name, attributes, closed))]
