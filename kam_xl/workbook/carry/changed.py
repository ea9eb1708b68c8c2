"""What of the generator's own was changed in a filled workbook: formulas typed over, things that a program left out.

It is found by writing the workbook anew from its own inputs and comparing place by place; tables, headings and names
tell which place is which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kam_xl import __version__
from kam_xl.errors import DataError
from kam_xl.locale import _
from kam_xl.workbook.build import build
from kam_xl.workbook.carry.carried import Carried, carried_from
from kam_xl.workbook.carry.charted import charts_of
from kam_xl.workbook.carry.found import own_cells
from kam_xl.workbook.carry.looks import Looks
from kam_xl.workbook.carry.lost import made_with
from kam_xl.workbook.carry.opened import Opened, OpenedSheet
from kam_xl.workbook.carry.sides import Side
from kam_xl.workbook.carry.things import things_of
from kam_xl.workbook.carry.told import described, shown
from kam_xl.workbook.recompute.package import COLUMNS

_LATER_EXCEL = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_RULES = ("validation", "conditional format")
_FEW = 50  # cells that are told one by one


@dataclass
class Changed:
    """What was changed: a line each, and the cells of our sheets whose formulas are the user's, by sheet."""

    lines: list[str] = field(default_factory=list)
    formulas: dict[str, set[str]] = field(default_factory=dict)


def changed_in(path: Path) -> Changed:
    """What of the generator's own in a filled workbook is not as this version writes it from the same inputs."""
    result = Changed()
    try:
        carried = carried_from(path)
        template, engine, macros = made_with(carried)
        built = build(template, carried.inputs.tables, engine, macros)
    except DataError as error:
        text = _("Whether formulas of its pages were typed over cannot be known: {reason}")
        result.lines.append(text.format(reason=error))
        return result
    standard = Side.of(built, carried)
    same_version = carried.package.version == __version__
    cells = [*_typed_over(carried, standard, same_version, result)]
    result.lines += cells[:_FEW]
    if len(cells) > _FEW:
        result.lines.append(_("{n} more formulas were typed over.").format(n=f"{len(cells) - _FEW:,}"))
    if same_version:
        result.lines += _left_out(carried, standard)
    else:
        text = _("It was made by version {other}: whether its formulas were changed, this version {this} cannot tell.")
        result.lines.append(text.format(other=carried.package.version or "?", this=__version__))
    return result


def _typed_over(carried: Carried, standard: Side, same_version: bool, result: Changed) -> Iterator[str]:
    for title, sheet in carried.cells.items():
        way = standard.ways.sheets.get(title)
        if way is None:
            continue
        written = standard.cells[way.title].formulas
        for own in own_cells(sheet, standard.cells[way.title], way):
            place = way.cell(own.row, own.column)
            at = None if place is None else place[0] * COLUMNS + place[1]
            if own.kind in ("formula", "input"):
                result.formulas.setdefault(title, set()).add(own.cell)
            if at not in written:
                continue
            if own.kind in ("typed over", "constant"):
                text = _("{sheet}!{cell} held a formula and holds {value} now; to have it again: {remedy}")
                yield text.format(sheet=title, cell=own.cell, value=described(own.value), remedy=_anew(carried))
            elif same_version:
                formula = shown(carried.formula(title, own.row * COLUMNS + own.column))
                text = _("{sheet}!{cell} holds another formula than it had, ={formula}; to have it again: {remedy}")
                yield text.format(sheet=title, cell=own.cell, formula=formula, remedy=_anew(carried))


def _anew(carried: Carried) -> str:
    path = carried.package.path
    return f"kam-xl new NEW{path.suffix} --data {path}"


def _left_out(carried: Carried, standard: Side) -> Iterator[str]:
    """Things around the cells that this version writes and the file has not: another program left them out."""
    for title, way in standard.ways.sheets.items():
        if title not in carried.file.sheets or way.title not in standard.file.sheets:
            continue
        there = _counted(carried.file, carried.file.sheets[title], carried.looks)
        for kind, number in _counted(standard.file, standard.file.sheets[way.title], standard.looks).items():
            gone = number - there.get(kind, 0)
            if gone > 0 and kind in _NAMES:
                one, many = _NAMES[kind]
                what = _(one) if gone == 1 else _(many).format(n=f"{gone:,}")
                text = _("{sheet}: {things} that stood there are gone; to have them again: {remedy}")
                yield text.format(sheet=title, things=what, remedy=_anew(carried))


def _counted(file: Opened, sheet: OpenedSheet, looks: Looks) -> dict[str, int]:
    """How many things of each kind stand around the cells; a rule counts once, whatever cells it covers."""
    found = {"chart": len(charts_of(file, sheet))}
    rules: dict[str, set[object]] = {}
    for thing in things_of(file, sheet, looks):
        if thing.kind in _RULES:
            rules.setdefault(thing.kind, set()).add(thing.key[0])
        else:
            found[thing.kind] = found.get(thing.kind, 0) + 1
    bars = (rule for rule in sheet.xml.iter(f"{_LATER_EXCEL}cfRule") if rule.get("type") == "dataBar")
    found["bar"] = sum(1 for _bar in bars)
    return found | {kind: len(says) for kind, says in rules.items()}


def _later(text: str) -> str:
    """A text that is looked up in the catalogue when it is shown."""
    return text


_NAMES = {
    "bar": (_later("the look of 1 data bar"), _later("the looks of {n} data bars")),
    "sparkline": (_later("1 sparkline"), _later("{n} sparklines")),
    "chart": (_later("1 chart"), _later("{n} charts")),
    "picture": (_later("1 picture"), _later("{n} pictures")),
    "shape": (_later("1 shape"), _later("{n} shapes")),
    "control": (_later("1 control or other object"), _later("{n} controls or other objects")),
    "validation": (_later("1 rule of what may be typed"), _later("{n} rules of what may be typed")),
    "conditional format": (_later("1 conditional format"), _later("{n} conditional formats")),
    "link": (_later("1 link"), _later("{n} links")),
    "note": (_later("1 comment"), _later("{n} comments")),
}
