"""What a person can change about charts, read so that programs which write the same chart otherwise agree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from kam_xl.content.positions import column_name
from kam_xl.locale import _
from kam_xl.workbook.carry.opened import Opened, OpenedSheet, local
from kam_xl.workbook.carry.rules import Thing

_DATA = ("tx", "cat", "val", "xVal", "yVal", "bubbleSize")
_FIXED = ("min", "max", "majorUnit", "minorUnit", "logBase")
_SPREAD = ("barDir", "grouping")  # of bars and areas: programs stack the lines that stand on them
_LABEL = re.compile(r"label \d+|categories|\d+")  # what a program calls data that it could not find
_ROWS = re.compile(r"(?<=[A-Z])\d+")
_ADDED = {"99CCFF", "000000"}  # colours that LibreOffice gives to what has none
_EMU = 9_525  # of a pixel
_CLOSE = 8  # pixels


@dataclass(frozen=True)
class Chart:
    """A chart: where it stands, the words typed into it, and the rest that a person may change.

    ``at`` and ``to`` are column, part of it, row, part of it; without ``to`` the chart has a ``size``; parts and sizes
    are in units of 1/9,525 pixel.
    """

    at: tuple[int, ...]
    to: tuple[int, ...]
    size: tuple[int, int]
    words: str
    kinds: tuple[str, ...]
    series: tuple[tuple[str, ...], ...]
    colours: frozenset[str]
    axes: tuple[tuple[str, ...], ...]
    legend: str

    @property
    def cell(self) -> str:
        """The cell of its upper left corner."""
        return f"{column_name(self.at[0])}{self.at[2] + 1}" if self.at else ""


def charts_of(file: Opened, sheet: OpenedSheet) -> list[Chart]:
    """The charts of a sheet."""
    found = []
    for part in file.under(sheet, "drawings"):
        if not part.endswith(".xml"):
            continue
        folder, name = posixpath.split(part)
        targets = {e.get("Id", ""): e.get("Target", "") for e in file.xml(f"{folder}/_rels/{name}.rels")}
        of_office = file.program.startswith("LibreOffice")
        for anchor in file.xml(part):
            for element in anchor.iter():
                ident = next((v for k, v in element.attrib.items() if local(k) in ("id", "dm") and v in targets), "")
                target = posixpath.normpath(posixpath.join("/", folder, targets.get(ident, ""))).lstrip("/")
                if ident and local(element.tag) in ("chart", "relIds") and "/charts/" in f"/{target}":
                    found.append(_chart(anchor, file.xml(target), _ADDED if of_office else set()))
    return found


def charts_lost(old: list[Chart], standard: list[Chart], grid: OpenedSheet, moved: bool) -> Iterator[Thing]:
    """Charts that are not among those of the generator, those taken away, and those that were changed.

    Where tables have grown or another version wrote the file (`moved`), rows and places tell nothing.
    """
    left = [*standard]
    for chart in old:
        best = max(left, key=lambda other: _alike(chart, other, grid, moved), default=None)
        if best is None or not _alike(chart, best, grid, moved):
            yield Thing("chart", "", f"“{chart.words}”" if chart.words else chart.cell)
            continue
        left.remove(best)
        if changed := [*_changes(chart, best, grid, moved)]:
            yield Thing("changed chart", "", f"{chart.cell}: {', '.join(changed)}")
    for chart in left:
        yield Thing("chart back", "", chart.cell)


def _alike(one: Chart, other: Chart, grid: OpenedSheet, moved: bool) -> int:
    same_data = bool(one.series) and _series(one, moved) == _series(other, moved)
    near = _near(one, other, grid)
    return 8 * same_data + 4 * near + 2 * (one.words == other.words != "") + (one.kinds == other.kinds and (
        near or same_data or moved))  # fmt: skip


def _changes(chart: Chart, usual: Chart, grid: OpenedSheet, moved: bool) -> Iterator[str]:
    if chart.words != usual.words:
        yield _("its words")
    if chart.kinds != usual.kinds:
        yield _("its kind")
    unknown = any(_LABEL.fullmatch(text) for one in chart.series for text in one)
    lengths = len(chart.series) != len(usual.series)
    if lengths or (not unknown and not moved and chart.series != usual.series):
        yield _("its series")
    if chart.colours - usual.colours:
        yield _("its colours")
    if chart.axes != usual.axes:
        yield _("its axes")
    if chart.legend != usual.legend:
        yield _("its legend")
    if not moved and not _near(chart, usual, grid):
        yield _("its place or size")


def _series(chart: Chart, moved: bool) -> list[tuple[str, ...]]:
    return sorted(tuple(_ROWS.sub("", text) if moved else text for text in one) for one in chart.series)


def _near(one: Chart, other: Chart, grid: OpenedSheet) -> bool:
    """Whether two charts stand at the same place, as far as programs keep it."""
    places = [_pixels(chart, grid) for chart in (one, other)]
    return all(abs(a - b) <= _CLOSE for a, b in zip(*places, strict=True))


def _pixels(chart: Chart, grid: OpenedSheet) -> tuple[float, ...]:
    if not chart.at:
        return (0, 0, *(each / _EMU for each in chart.size))
    across, down = _wide(grid), _high(grid)
    begin = (_inside(across, *chart.at[:2]), _inside(down, *chart.at[2:]))
    if chart.to:
        return (*begin, _inside(across, *chart.to[:2]), _inside(down, *chart.to[2:]))
    return (*begin, *(start + each / _EMU for start, each in zip(begin, chart.size, strict=True)))


def _inside(start: Callable[[int], float], number: int, part: int) -> float:
    """A place in a column or row, at most at its end: programs count the width of the same letters otherwise."""
    return min(start(number) + part / _EMU, start(number + 1))


def _wide(sheet: OpenedSheet) -> Callable[[int], float]:
    """Where a column begins, in pixels."""
    sizes = sheet.xml.find("{*}sheetFormatPr")
    usual = float(sizes.get("defaultColWidth", "9.14")) if sizes is not None else 9.14
    spans = []
    for column in sheet.xml.iterfind("{*}cols/{*}col"):
        hidden = column.get("hidden") in ("1", "true")
        width = 0.0 if hidden else float(column.get("width", usual))
        spans.append((int(column.get("min", "1")) - 1, int(column.get("max", "1")), width))

    def start(column: int) -> float:
        own = sum((min(last, column) - first) * (width - usual) for first, last, width in spans if first < column)
        return 7 * (own + column * usual)

    return start


def _high(sheet: OpenedSheet) -> Callable[[int], float]:
    """Where a row begins, in pixels."""
    sizes = sheet.xml.find("{*}sheetFormatPr")
    usual = float(sizes.get("defaultRowHeight", "15")) if sizes is not None else 15.0

    def start(row: int) -> float:
        own = 0.0
        for number, given in sheet.rows.items():
            if number <= row:
                hidden = given.get("hidden") in ("1", "true")
                own += (0.0 if hidden else float(given.get("ht", usual))) - usual
        return (own + row * usual) * 4 / 3

    return start


def _chart(anchor: ElementTree.Element, xml: ElementTree.Element, added: set[str]) -> Chart:
    corners = {local(e.tag): tuple(int(float(each.text or "0")) for each in e) for e in anchor
               if local(e.tag) in ("from", "to")}  # fmt: skip
    extent = next((e for e in anchor if local(e.tag) == "ext"), None)
    size = (int(extent.get("cx", "0")), int(extent.get("cy", "0"))) if extent is not None else (0, 0)
    plots = [e for e in xml.iter() if local(e.tag).endswith("Chart") and any(local(s.tag) == "ser" for s in e)]
    series = [s for plot in plots for s in plot if local(s.tag) == "ser"]
    return Chart(
        corners.get("from", ()),
        corners.get("to", ()),
        size,
        words_of(xml),
        tuple(sorted(_kind(plot) for plot in plots)),
        tuple(sorted(_data(one) for one in series)),
        frozenset({e.get("val", "").upper() for s in series for e in s.iter() if local(e.tag) == "srgbClr"} - added),
        tuple(sorted(_axis(e) for e in xml.iter() if local(e.tag) in ("valAx", "catAx", "dateAx"))),
        next((e.get("val", "r") for e in xml.iterfind(".//{*}legend/{*}legendPos")), ""),
    )


def words_of(chart: ElementTree.Element) -> str:
    """The words that were typed into a chart: titles of it and of its axes; those that come from cells are left out."""
    found = [e.text or "" for title in chart.iter() if local(title.tag) in ("title", "rich") for e in title.iter()
             if local(e.tag) == "t"]  # fmt: skip
    return " ".join(" ".join(dict.fromkeys(found)).split())


def _kind(plot: ElementTree.Element) -> str:
    found = [local(plot.tag)]
    if found[0] in ("barChart", "areaChart", "bar3DChart", "area3DChart"):
        found += [e.get("val", "") for e in plot if local(e.tag) in _SPREAD]
    return " ".join(found)


def _data(series: ElementTree.Element) -> tuple[str, ...]:
    found = []
    for tag in _DATA:
        element = series.find(f"{{*}}{tag}")
        text = ""
        if element is not None:
            said = {local(e.tag): e.text or "" for e in reversed([*element.iter()])}
            text = said.get("f") or (said.get("v", "") if tag == "tx" else "")
        text = text.replace("$", "").replace("'", "").strip('"').removeprefix("[0]!")
        title, mark, area = text.rpartition("!")
        first, colon, last = area.partition(":")
        found.append(f"{title}{mark}{first}" if colon and first == last else text)
    return tuple(found)


def _axis(axis: ElementTree.Element) -> tuple[str, ...]:
    found = [local(axis.tag)]
    for tag in _FIXED:
        value = next((e.get("val", "") for e in axis.iter() if local(e.tag) == tag), "")
        found.append(f"{tag} {float(value):.6g}" if value else "")
    for tag, usual in (("orientation", "minMax"), ("delete", "0")):
        value = next((e.get("val", usual) for e in axis.iter() if local(e.tag) == tag), usual)
        found.append({"true": "1", "false": "0"}.get(value, value))
    return tuple(found)
