"""What a program changed in a workbook when it opened and saved it: by what the file means, not by its bytes.

Excel tells nobody over its interface that it repaired a file. It shows in the copy that it saves: what is gone from it,
or is another thing, was the repair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kam_xl.excel_check import rules
from kam_xl.excel_check.contents import Contents, Sheet
from kam_xl.excel_check.drawings import Thing
from kam_xl.excel_check.places import addresses, box, without
from kam_xl.locale import _


@dataclass(frozen=True)
class Repair:
    """One thing that the copy has not, or has otherwise."""

    kind: str  # name, table, validation, format, chart, formula …: a word for programs
    sheet: str  # "" where it belongs to the whole workbook
    line: str


def repairs(original: Contents, copy: Contents) -> list[Repair]:
    """What is gone or changed in a copy, in the order of the sheets; nothing where both mean the same.

    Not compared are values (they are another question), the order of anything, sizes and styles of letters, and what
    the copy has more than the original.
    """
    found = [*_names(original, copy), *_tables(original, copy)]
    if original.macros and not copy.macros:
        found.append(Repair("macros", "", _("the macros are gone")))
    for name in sorted(copy.unknown - original.unknown):
        line = _("the program does not know the function {name}").format(name=name)
        found.append(Repair("function", "", line))
    for title, sheet in original.sheets.items():
        other = copy.sheets.get(title)
        if other is None:
            found.append(Repair("sheet", title, _("the sheet is gone")))
            continue
        if sheet.state != other.state:
            line = _("the sheet was {before} and is {after}").format(before=sheet.state, after=other.state)
            found.append(Repair("sheet", title, line))
        found += [Repair(kind, title, line) for kind, line in _sheet(sheet, other)]
    return found


def _names(original: Contents, copy: Contents) -> Iterator[Repair]:
    there = {(sheet, name.casefold()): meaning for (sheet, name), meaning in copy.names.items()}
    for (sheet, name), meaning in original.names.items():
        other = there.get((sheet, name.casefold()))
        if other is None:
            yield Repair("name", sheet, _("the name {name} is gone").format(name=name))
        elif other != meaning:
            line = _("the name {name} means something else: {now} (was {before})")
            yield Repair("name", sheet, line.format(name=name, now=_short(other), before=_short(meaning)))


def _tables(original: Contents, copy: Contents) -> Iterator[Repair]:
    for name, table in original.tables.items():
        other = copy.tables.get(name)
        if other is None:
            yield Repair("table", table.sheet, _("the table {name} is gone").format(name=name))
        elif (other.sheet, other.area) != (table.sheet, table.area):
            line = _("the table {name} stands at {now}, not at {before}")
            places = {"now": f"{other.sheet}!{other.area}", "before": f"{table.sheet}!{table.area}"}
            yield Repair("table", table.sheet, line.format(name=name, **places))
        elif other.headings != table.headings:
            pairs = zip(table.headings, other.headings, strict=False)
            changed = ", ".join(f"“{before}” → “{now}”" for before, now in pairs if before != now)
            line = _("the table {name} has other headings: {changed}").format(name=name, changed=_short(changed))
            yield Repair("table", table.sheet, line)
        elif table.filtered and not other.filtered:
            yield Repair("table", table.sheet, _("the table {name} has lost its filter buttons").format(name=name))


def _sheet(sheet: Sheet, other: Sheet) -> Iterator[tuple[str, str]]:
    """Kind and line of everything that a sheet of the copy lacks."""
    lost = _("the rule for what may be typed into {cells} is gone: {rule}")
    yield from _rules("validation", lost, sheet.validations, other.validations)
    lost = _("the conditional format of {cells} is gone: {rule}")
    yield from _rules("format", lost, sheet.formats, other.formats)
    if lost_lines := [
        cell for key, area in sheet.sparklines.items() for cell in without(area, other.sparklines.get(key, []))
    ]:
        yield "sparkline", _("sparklines are gone: {cells}").format(cells=addresses(lost_lines))
    yield from _things(sheet.things, other.things)
    yield from _formulas(sheet, other)
    for kind, line, before, now in (
        ("merged cells", _("cells are not merged any more: {cells}"), sheet.merged, other.merged),
        ("link", _("links are gone: {cells}"), sheet.links, other.links),
    ):
        if gone := sorted(before - now):
            yield kind, line.format(cells=_some(gone))


def _rules(kind: str, line: str, before: rules.Rules, now: rules.Rules) -> Iterator[tuple[str, str]]:
    for rule, area in before.items():
        if gone := without(area, now.get(rule, [])):
            yield kind, line.format(cells=addresses(gone), rule=rules.in_words(rule))


def _things(before: list[Thing], now: list[Thing]) -> Iterator[tuple[str, str]]:
    left = Counter((thing.kind, thing.shows) for thing in now)
    named = {(thing.kind, thing.name): thing for thing in now}
    for thing in before:
        if left[thing.kind, thing.shows] > 0:
            left[thing.kind, thing.shows] -= 1
            continue
        other = named.get((thing.kind, thing.name)) or next((each for each in now if _covers(each, thing)), None)
        if other is None:
            words = _("the {thing} “{name}” is gone")
            yield thing.kind, words.format(thing=_kind(thing), name=thing.name or _short(" ".join(thing.shows)))
            continue
        lost = ", ".join(sorted(Counter(thing.shows) - Counter(other.shows)))
        if lost:
            line = _("the {thing} “{name}” does not show {lost} any more")
            yield thing.kind, line.format(thing=_kind(thing), name=thing.name, lost=_short(lost))


def _covers(other: Thing, thing: Thing) -> bool:
    return other.kind == thing.kind and not Counter(thing.shows) - Counter(other.shows)


def _kind(thing: Thing) -> str:
    words = {
        "chart": _("chart"),
        "shape": _("shape"),
        "picture": _("picture"),
        "button": _("button"),
        "note": _("note"),
    }
    return words[thing.kind]


def _formulas(sheet: Sheet, other: Sheet) -> Iterator[tuple[str, str]]:
    before, now = sheet.cells.formulas, other.cells.formulas
    gone = [cell for cell in before if cell not in now]
    if gone:
        yield "formula", _("formulas are gone: {cells}").format(cells=_some(gone))
    both = [(cell, formula, now[cell]) for cell, formula in before.items() if cell in now]
    if changed := [cell for cell, formula, found in both if formula.text != found.text]:
        yield "formula", _("formulas are other ones: {cells}").format(cells=_some(changed))
    unspilled = []
    for cell, formula, found in both:
        (top, left, bottom, right) = box(formula.area or cell)
        if (top, left) == (bottom, right):
            continue  # one cell: Excel may write it as a plain formula
        if formula.kind != found.kind:
            unspilled.append(cell)
        elif box(found.area) != (top, left, bottom, right):
            line = _("the result of {cell} fills {now}, not {before}")
            yield "spill", line.format(cell=cell, now=found.area, before=formula.area)
    if unspilled:
        yield "spill", _("formulas do not spill any more: {cells}").format(cells=_some(unspilled))
    there = other.cells.filled | set(now)
    results = [box(area) for area in sheet.cells.spilled().values()]  # their values are not typed
    if empty := [cell for cell in sheet.cells.filled - there if without([box(cell)], results)]:
        yield "value", _("values are gone: {cells}").format(cells=_some(empty))
    if plain := (sheet.cells.number_formats - other.cells.number_formats) & there:
        yield "number format", _("number formats are gone: {cells}").format(cells=_some(plain))
    if bare := (sheet.cells.fills - other.cells.fills) & there:
        yield "colour", _("colours behind cells are gone: {cells}").format(cells=_some(bare))


def _some(cells: Iterable[str]) -> str:
    """The first few of many, and how many there are in all."""
    listed = sorted(cells, key=lambda cell: (len(cell), cell))
    more = f" … ({len(listed)})" if len(listed) > 5 else ""
    return ", ".join(listed[:5]) + more


def _short(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
