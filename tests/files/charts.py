"""Rules on charts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from files.grammar import parse
from files.names import sheet_of
from files.reading import CHART, Book, Found
from lxml.etree import _Element

MOST_SERIES, MOST_POINTS = 255, 32_000
LONGEST_REFERENCE = 8192
_NA_AS_BLANK = "{http://schemas.microsoft.com/office/drawing/2017/03/chart}dispNaAsBlank"
_POSITIONS = {
    ("barChart", "clustered"): {"outEnd", "inEnd", "ctr", "inBase"},
    ("barChart", "stacked"): {"inEnd", "ctr", "inBase"},
    ("barChart", "percentStacked"): {"inEnd", "ctr", "inBase"},
    **dict.fromkeys([("lineChart", each) for each in ("standard", "stacked", "percentStacked")], set("tblr") | {"ctr"}),
    ("scatterChart", ""): set("tblr") | {"ctr"},
    ("bubbleChart", ""): set("tblr") | {"ctr"},
    ("pieChart", ""): {"bestFit", "outEnd", "inEnd", "ctr"},
    ("areaChart", "standard"): set(),
    ("doughnutChart", ""): set(),
}
_AXES = {"barChart": 2, "lineChart": 2, "scatterChart": 2, "areaChart": 2, "bubbleChart": 2}


def _value(element: _Element, tag: str) -> str:
    found = element.find(CHART + tag)
    return "" if found is None else found.get("val") or ""


def _groups(root: _Element) -> Iterator[tuple[str, _Element]]:
    """Kind and element of every group of series: ``barChart``, ``lineChart``."""
    for plot in root.iter(CHART + "plotArea"):
        for each in plot:
            kind = str(each.tag).rpartition("}")[2]
            if kind.endswith("Chart"):
                yield kind, each


def charts_have_series(book: Book) -> Found:
    """A chart has 1 to 255 series; one without any is an empty frame, one with more is dropped."""
    for part, root in book.charts:
        series = len(list(root.iter(CHART + "ser")))
        if not 0 < series <= MOST_SERIES:
            yield part, f"{series} series"


def series_are_numbered(book: Book) -> Found:
    """Number and order of a series are its own in the whole chart; else Excel drops the chart."""
    for part, root in book.charts:
        for tag in ("idx", "order"):
            for value, times in Counter(_value(each, tag) for each in root.iter(CHART + "ser")).items():
                if times > 1 or not value:
                    yield part, f"{times} series have the {tag} {value!r}"


def axes_meet(book: Book) -> Found:
    """Each group of series has two axes of its chart, which cross each other, each with an id of its own."""
    for part, root in book.charts:
        axes: dict[str, str] = {}
        for plot in root.iter(CHART + "plotArea"):
            for each in plot:
                if str(each.tag).endswith("Ax"):
                    if _value(each, "axId") in axes:
                        yield part, f"two axes have the id {_value(each, 'axId')}"
                    axes[_value(each, "axId")] = _value(each, "crossAx")
        used = set()
        for kind, group in _groups(root):
            own = [each.get("val") or "" for each in group.iterchildren(CHART + "axId")]
            used |= set(own)
            if len(own) != _AXES.get(kind, len(own)) or not set(own) <= axes.keys():
                yield part, f"a {kind} with the axes {own} of {sorted(axes)}"
        for own_id, other in axes.items():
            if axes.get(other) != own_id:
                yield part, f"axis {own_id} crosses {other}"
            elif own_id not in used:
                yield part, f"axis {own_id} belongs to no series"


def charts_refer_to_what_is_there(book: Book) -> Found:
    """A reference is one area of a sheet, or a name of the workbook; to anything else Excel drops the chart."""
    names = {name.name.casefold() for name in book.names if name.sheet is None}
    for part, root in book.charts:
        for each in root.iter(CHART + "f"):
            fault = _reference(book, each.text or "", names)
            if fault:
                yield part, f"{(each.text or '')[:80]} {fault}"


def _reference(book: Book, text: str, names: set[str]) -> str:
    if text.startswith("[0]!"):
        return "" if text[4:].casefold() in names else "is a name that is not defined"
    read = parse(text[1:-1] if text.startswith("(") else text)
    kinds = [token.kind if token.kind != "infix" else token.text for token in read.tokens]
    for area in " ".join(kinds).split(" comma "):
        if area not in ("sheet cell", "sheet cell : cell"):
            return "is no area of a sheet"
    if any(book.sheet(sheet_of(sheet)) is None for sheet in read.of_kind("sheet")):
        return "is on no sheet of this file"
    if len(text) > LONGEST_REFERENCE or not all(cell.count("$") == 2 for cell in read.of_kind("cell")):
        return "is not fixed by dollars"
    return ""


def points_are_counted(book: Book) -> Found:
    """Stored points are numbered below their count, upwards, up to 32,000, and numbers are numbers."""
    for part, root in book.charts:
        for cache in root.iter(CHART + "numCache", CHART + "strCache", CHART + "numLit", CHART + "strLit"):
            count = int(_value(cache, "ptCount") or 0)
            places = [int(each.get("idx") or 0) for each in cache.iterchildren(CHART + "pt")]
            if count > MOST_POINTS or places != sorted(set(places)) or (places and places[-1] >= count):
                yield part, f"{len(places)} points of {count}"
            for each in cache.iterchildren(CHART + "pt") if str(cache.tag).endswith(("numCache", "numLit")) else ():
                if not re.fullmatch(r"-?[\d.]+(?:[eE][-+]?\d+)?|#N/A", each.findtext(CHART + "v") or ""):
                    yield part, f"the point {each.findtext(CHART + 'v')!r} is no number"


def points_are_described_once(book: Book) -> Found:
    """Each label or colour of a single point has the number of its point, once, upwards; else Excel drops the chart."""
    for part, root in book.charts:
        for series in root.iter(CHART + "ser"):
            for parent, tag in ((series, "dPt"), (series.find(CHART + "dLbls"), "dLbl")):
                own = [] if parent is None else [int(_value(each, "idx")) for each in parent.iterchildren(CHART + tag)]
                if own != sorted(set(own)):
                    yield part, f"{tag} of the points {own}"


def missing_values_leave_no_mark(book: Book) -> Found:
    """A point of #N/A shows the label "#N/A" on a bar unless the chart shows it as an empty cell."""
    for part, root in book.charts:
        if [each.get("val") for each in root.iter(_NA_AS_BLANK)] != ["1"]:
            yield part, "does not show #N/A as an empty cell"


def labels_stand_where_they_can(book: Book) -> Found:
    """Each kind of chart has its places for labels; with another one Excel drops the chart."""
    for part, root in book.charts:
        for kind, group in _groups(root):
            allowed = _POSITIONS.get((kind, _value(group, "grouping")))
            for each in group.iter(CHART + "dLblPos"):
                if allowed is not None and each.get("val") not in allowed:
                    yield part, f"labels of a {kind} at {each.get('val')}"


RULES = (
    charts_have_series,
    series_are_numbered,
    axes_meet,
    charts_refer_to_what_is_there,
    points_are_counted,
    points_are_described_once,
    missing_values_leave_no_mark,
    labels_stand_where_they_can,
)
