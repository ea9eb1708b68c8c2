"""What stands around the cells of a filled workbook, compared sheet by sheet: things, settings, charts, looks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kam_xl.workbook.carry.aspects import There, aspects_lost
from kam_xl.workbook.carry.carried import Carried
from kam_xl.workbook.carry.charted import charts_lost, charts_of
from kam_xl.workbook.carry.looks import looks_of_cells
from kam_xl.workbook.carry.notes import conversations_of
from kam_xl.workbook.carry.opened import OpenedSheet
from kam_xl.workbook.carry.places import SheetPlaces
from kam_xl.workbook.carry.rich import Rich, letters_of
from kam_xl.workbook.carry.rules import Thing
from kam_xl.workbook.carry.seen import settings_of
from kam_xl.workbook.carry.sides import How, Side
from kam_xl.workbook.carry.things import things_of
from kam_xl.workbook.carry.told import Loss
from kam_xl.workbook.carry.whose import OF_MACROS
from kam_xl.workbook.recompute.package import COLUMNS, address_of

_RULES = ("conditional format", "validation")
Key = tuple[str, object]


def around_lost(carried: Carried, standard: Side, new: Side, how: How) -> Iterator[Loss]:
    """What stands around the cells and is neither written by the generator nor carried over."""
    for title, sheet in carried.file.sheets.items():
        if "/worksheets/" not in f"/{sheet.part}":
            yield Loss(title, "sheet", title, own=True)
        elif title not in OF_MACROS:
            yield from _Around(carried, standard, new, how, sheet).lost()
    yield from _places(carried, standard)


class _Around:
    """A sheet being compared with those of the workbooks that were built."""

    def __init__(self, carried: Carried, standard: Side, new: Side, how: How, sheet: OpenedSheet) -> None:
        self.carried, self.how, self.sheet, self.title = carried, how, sheet, sheet.title
        self.own = self.title in carried.own
        if self.own:
            self.there = [(new, SheetPlaces(carried.own[self.title]))]
        else:
            sides = [standard] if standard is new else [standard, new]
            self.there = [(side, side.ways.sheets[self.title]) for side in sides if self.title in side.ways.sheets]
        self.moved = not self.own and any(how)

    def lost(self) -> Iterator[Loss]:
        yield from (Loss(self.title, thing.kind, thing.name, self.own) for thing in self._things())
        sheets = [side.file.sheets[way.title] for side, way in self.there]
        settings, usual = settings_of(self.sheet), [settings_of(sheet) for sheet in sheets]
        for name, setting in settings.items():
            if usual and all(setting.value != each[name].value for each in usual):
                yield Loss(self.title, setting.kind, setting.name, self.own)
        charts = charts_of(self.carried.file, self.sheet)
        standing = charts_of(self.there[0][0].file, sheets[0]) if sheets else []
        for thing in charts_lost(charts, standing, self.sheet, self.moved):
            yield Loss(self.title, thing.kind, thing.name, self.own)
        if self.there:
            yield from self._looks(sheets)
        if self.own or (self.there and self.there[0][1].has_inputs):
            for cell in conversations_of(self.carried.file, self.sheet):
                yield Loss(self.title, "conversation", cell, self.own)

    def _looks(self, sheets: list[OpenedSheet]) -> Iterator[Loss]:
        side, way = self.there[0]
        if way.hidden and self.moved:
            return
        styles = looks_of_cells(self.carried.file, self.sheet)
        rich, usual = self.carried.rich.of(self.sheet), side.rich.of(sheets[0])
        guessed = self.carried.file.program.startswith("LibreOffice")
        there = There(side.file, side.looks, sheets[0], way, frozenset(usual), sheets[-1], guessed)
        cells = self.carried.cells[self.title]
        dated = {cell for sheet, cell in self.carried.inputs.dated if sheet == self.title}
        for loss in aspects_lost(self.carried.looks, self.sheet, cells, styles, there, self.moved, self.own):
            if loss.kind != "number format" or loss.name not in dated:
                yield loss
        yield from self._rich(rich, usual, styles, side, way)

    def _rich(self, rich: Rich, usual: Rich, styles: dict[int, int], side: Side, way: SheetPlaces) -> Iterator[Loss]:
        after = looks_of_cells(side.file, side.file.sheets[way.title]) if rich and usual else {}
        for at, runs in rich.items():
            place = way.cell(*divmod(at, COLUMNS))
            number = place[0] * COLUMNS + place[1] if place else -1
            mine = letters_of(runs, self.carried.looks.of(styles.get(at, 0)))
            same = number in usual and mine == letters_of(usual[number], side.looks.of(after.get(number, 0)))
            if not same and len(mine) > 1 and (self.title, at) not in self.carried.beside:
                yield Loss(self.title, "rich", address_of(at), self.own)

    def _things(self) -> Iterator[Thing]:
        mine = self._named(things_of(self.carried.file, self.sheet, self.carried.looks))
        sides = [self._named(things_of(side.file, side.file.sheets[way.title], side.looks)) for side, way in self.there]
        covered = _Cover(thing for each in sides for things in each.values() for thing in things)
        lost = []
        for key, things in mine.items():
            number = len(things) - max((len(each.get(key, ())) for each in sides), default=0)
            lost += things[len(things) - number :] if number > 0 else []
        if self.how.other_version and not self.own:
            lost = [thing for thing in lost if thing.kind not in _RULES or not covered.holds(thing)]
        yield from lost
        if sides and not self.moved and not self.own:
            said = _Cover(lost, by_kind=False)
            for key, things in sides[0].items():
                if key[0] in _RULES and key not in mine and not said.touches(things[0]):
                    yield from (Thing(f"{thing.kind} back", "", thing.name) for thing in things)

    def _named(self, things: list[Thing]) -> dict[Key, list[Thing]]:
        """Things by what tells them; where cells have moved, a rule is told by what it says and its columns."""
        found: dict[Key, list[Thing]] = {}
        for thing in things:
            loose = self.how.grown and not self.own and thing.kind in _RULES
            found.setdefault((thing.kind, thing.key[:3] if loose else thing.key), []).append(thing)
        return found


class _Cover:
    """The cells that have rules of a kind: versions of the generator differ in the wording of their rules."""

    def __init__(self, things: Iterable[Thing], by_kind: bool = True) -> None:
        self.by_kind = by_kind
        self.rows: dict[tuple[object, ...], list[tuple[int, int]]] = {}
        for thing in things:
            if thing.kind in _RULES:
                self.rows.setdefault(self._key(thing), []).append(thing.key[3:])

    def _key(self, thing: Thing) -> tuple[object, ...]:
        says, left, right, _top, _bottom = thing.key
        return thing.kind, says[0] if self.by_kind else "", left, right

    def holds(self, rule: Thing) -> bool:
        """Whether every cell of a rule has one of the same kind."""
        row, bottom = rule.key[3:]
        for top, end in sorted(self.rows.get(self._key(rule), [])):
            row = end + 1 if top <= row <= end else row
        return bool(row > bottom)

    def touches(self, rule: Thing) -> bool:
        """Whether any cell of a rule has one of the same kind."""
        top, bottom = rule.key[3:]
        return any(first <= bottom and top <= last for first, last in self.rows.get(self._key(rule), []))


def _places(carried: Carried, standard: Side) -> Iterator[Loss]:
    """Sheets that stood elsewhere among the tabs: ours in another order, own ones before the last of ours."""
    order = {title: place for place, title in enumerate(standard.file.sheets)}
    ways = standard.ways.sheets
    ours = [title for title in carried.file.sheets if title in ways and carried.file.sheets[title].state == "visible"]
    kept = _rising([order[ways[title].title] for title in ours])
    for title in ours:
        if order[ways[title].title] not in kept:
            yield Loss(title, "place")
    last = max((place for place, title in enumerate(carried.file.sheets) if title in ours), default=-1)
    for place, title in enumerate(carried.file.sheets):
        if title in carried.own and place < last:
            yield Loss(title, "place", own=True)


def _rising(numbers: list[int]) -> set[int]:
    """A longest rising part of numbers that are all different.

    >>> sorted(_rising([0, 3, 1, 2]))
    [0, 1, 2]
    """
    ends: list[int] = []  # the smallest end of a rising part of each length
    lengths = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        lengths.append(at + 1)
    found: set[int] = set()
    wanted = len(ends)
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == wanted:
            found.add(number)
            wanted -= 1
    return found
