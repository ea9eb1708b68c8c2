"""Formulas of the user's own, rewritten so that they follow the cells that they refer to into a new workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kam_xl.content.positions import Area, Positions, column_name, split_cell
from kam_xl.formulas.cells import Cells
from kam_xl.formulas.formula import quoted
from kam_xl.formulas.values import Scalar
from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.native.functions import ALL, bare_name
from kam_xl.locale import _
from kam_xl.workbook.carry.found import plain
from kam_xl.workbook.carry.places import Places
from kam_xl.workbook.recompute.package import COLUMNS, SheetCells

# Functions whose result depends on more than the cells that they are seen to refer to.
UNSURE = frozenset({
    "INDIRECT", "OFFSET", "CELL", "INFO", "GETPIVOTDATA", "HYPERLINK", "WEBSERVICE", "FILTERXML", "ENCODEURL",
    "QUERYSTRING", "RTD", "IMAGE", "STOCKHISTORY", "TRANSLATE", "DETECTLANGUAGE", "FORMULATEXT", "ISFORMULA", "SHEET",
    "SHEETS", "IMPORTCSV", "IMPORTTEXT", "CUBEKPIMEMBER", "CUBEMEMBER", "CUBEMEMBERPROPERTY", "CUBERANKEDMEMBER",
    "CUBESET", "CUBESETCOUNT", "CUBEVALUE", "SUBTOTAL", "AGGREGATE",
})  # fmt: skip
# Functions that look at where a cell stands: fine as long as what they refer to stays where it is.
PLACED = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "ADDRESS", "AREAS"})
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)", re.IGNORECASE)
_COLUMNS = re.compile(r"(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w.\\]*")
_TABLE = re.compile(r"([^\W\d][\w.]*)\[(.*)\]", re.DOTALL)
_HEADING = re.compile(r"\[((?:[^\[\]']|'.)+)\]")


class CannotFollowError(Exception):
    """Why a formula cannot be carried over, in words that follow "refers to" or "uses"."""


@dataclass
class Follow:
    """The way of references from a filled workbook to the one made anew.

    Attributes
    ----------
    cells, values
        What stands in the old workbook, and the values that stand in the new one.
    ways
        From each sheet with inputs to the same one in the new workbook.
    own
        The titles of own sheets there, by their old ones.
    names
        The names that formulas may use in the new workbook, in small letters.
    """

    old: Positions
    new: Positions
    cells: Mapping[str, SheetCells]
    values: Mapping[str, Cells]
    ways: Places
    own: Mapping[str, str]
    names: set[str] = field(default_factory=set)
    _same: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def formula(self, text: str, sheet: str) -> str:
        """A formula of a cell of `sheet` as it has to stand in the new workbook, without its equals sign.

        Raises
        ------
        CannotFollowError
            When it refers to anything that is not carried over, that has other values now, or that is not known.
        """
        from openpyxl.formula import Tokenizer  # type: ignore[import-untyped]
        from openpyxl.formula.tokenizer import Token  # type: ignore[import-untyped]

        try:
            tokens = Tokenizer("=" + text).items
        except Exception:
            raise CannotFollowError(_("is not understood")) from None
        functions = {bare_name(t.value[:-1]) for t in tokens if t.type == Token.FUNC and t.subtype == Token.OPEN}
        for name in sorted(functions):
            if (name not in ALL and name not in FUNCTIONS) or name in UNSURE:
                raise CannotFollowError(_("uses {name}").format(name=name or text))
        pieces = []
        for token in tokens:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                pieces.append(self._reference(token.value, sheet))
            elif token.type == Token.OPERAND and token.subtype == Token.ERROR:
                raise CannotFollowError(_("refers to {name}").format(name=token.value))
            else:
                pieces.append(token.value)
        written = "".join(pieces)
        if functions & PLACED and written != text:
            raise CannotFollowError(_("uses {name}").format(name=min(functions & PLACED)))
        return written

    def _reference(self, text: str, sheet: str) -> str:
        title, mark, cells = text.rpartition("!")
        if title.startswith("'") and title.endswith("'"):
            title = title[1:-1].replace("''", "'")
        if text.startswith("[") or (mark and "[" in title):
            raise CannotFollowError(_("refers to {name}").format(name=text))
        if (not mark and not (_CELL.match(text) or _COLUMNS.fullmatch(text))) or (not mark and "[" in text):
            return self._named(text)
        target = next((each for each in self.cells if each.casefold() == (title or sheet).casefold()), "")
        if target in self.own:
            if not (_COLUMNS.fullmatch(cells) or _is_cells(cells) or re.fullmatch(r"\$?\d+:\$?\d+", cells)):
                raise CannotFollowError(_("refers to {name}").format(name=text))
            return f"{quoted(self.own[target])}!{cells}" if mark else cells
        if target not in self.ways.sheets:
            raise CannotFollowError(_("refers to {name}").format(name=title or text))
        moved = self._moved(target, cells, text)
        return f"{quoted(self.ways.sheets[target].title)}!{moved}" if mark or target != sheet else moved

    def _moved(self, sheet: str, cells: str, text: str) -> str:
        """The cells of an input sheet, where they stand now."""
        refused = CannotFollowError(_("refers to {name}").format(name=text))
        ends = [_CELL.fullmatch(end) for end in cells.split(":")]
        way = self.ways.sheets[sheet]
        if all(ends) and len(ends) <= 2:
            found = [(int(e[4]) - 1, split_cell(f"{e[2].upper()}1")[1] - 1) for e in ends if e]
            rows, columns = sorted(r for r, _c in found), sorted(c for _r, c in found)
            grown = way.to is not None and way.table is not None and rows[-1] == way.table.bottom - 1 and len(ends) == 2
            moved = []
            for end, (row, column) in zip(ends, found, strict=True):
                place = way.cell(row, column)
                if place is None or end is None:
                    raise refused
                last = way.to.bottom - 1 if grown and row == rows[-1] and way.to is not None else place[0]
                moved.append(f"{end[1]}{column_name(place[1])}{end[3]}{last + 1}")
        elif columns_only := _COLUMNS.fullmatch(cells):
            columns = [split_cell(f"{columns_only[k].upper()}1")[1] - 1 for k in (2, 4)]
            rows = [0, 1_048_575]
            there = [way.cell(0, column) for column in columns]
            if way.rows or None in there:
                raise refused
            moved = [f"{columns_only[k]}{column_name(p[1])}" for k, p in zip((1, 3), there, strict=True) if p]
        else:
            raise refused
        area = Area(sheet, rows[0] + 1, min(columns) + 1, rows[-1] + 1, max(columns) + 1)
        if not self._unchanged(area):
            raise CannotFollowError(_("refers to {name}, which has other values now").format(name=text))
        return ":".join(moved)

    def _named(self, text: str) -> str:
        """A name or a reference to a table, which follow by themselves."""
        refused = CannotFollowError(_("refers to {name}").format(name=text))
        if text.startswith(("_xlpm.", "_xlop.")):
            return text
        if of_table := _TABLE.fullmatch(text):
            table = next((t for t in self.new.tables if t.casefold() == of_table[1].casefold()), "")
            if table not in self.old.tables or "#Totals" in of_table[2] or "#All" in of_table[2]:
                raise refused
            inner = of_table[2] if of_table[2].startswith("[") else f"[{of_table[2]}]"
            named = [re.sub("'(.)", r"\1", h) for h in _HEADING.findall(inner) if not h.startswith("#")]
            columns = self.old.columns[table]
            area = self.old.tables[table]
            if any(h.lstrip("@") not in columns or h.lstrip("@") not in self.new.columns[table] for h in named):
                raise refused
            taken = [columns[h.lstrip("@")] for h in named] or [area.left, area.right]
            if not self._unchanged(Area(area.sheet, area.top + 1, min(taken), area.bottom, max(taken))):
                raise CannotFollowError(_("refers to {name}, which has other values now").format(name=text))
            return text
        if not _NAME.fullmatch(text) or text.casefold() not in self.names:
            raise refused
        for name, area in self.old.names.items():
            if name.casefold() == text.casefold() and area.sheet not in self.own and not self._unchanged(area):
                raise CannotFollowError(_("refers to {name}, which has other values now").format(name=text))
        return text

    def _unchanged(self, area: Area) -> bool:
        """Whether the cells of an area of an input sheet hold in the new workbook what they hold in the old one."""
        key = (area.sheet, area.top, area.left, area.bottom, area.right)
        if key not in self._same:
            self._same[key] = self._compare(area)
        return self._same[key]

    def _compare(self, area: Area) -> bool:
        way, cells = self.ways.sheets.get(area.sheet), self.cells.get(area.sheet)
        if way is None or cells is None:
            return False
        there = self.values[way.title]
        stored: dict[int, Scalar] = {at: cell.stored for at, cell in cells.formulas.items()} | cells.constants
        reached = set()
        for at, value in stored.items():
            row, column = divmod(at, COLUMNS)
            if not (area.top <= row + 1 <= area.bottom and area.left <= column + 1 <= area.right):
                continue
            place = way.cell(row, column)
            if place is None:
                return False
            reached.add(place)
            if plain(there.get(place)) != plain(value) and not (value is None and at in cells.formulas):
                return False
        first, last = way.cell(area.top - 1, area.left - 1), way.cell(area.bottom - 1, area.right - 1)
        if first is None or last is None or last[1] - first[1] != area.right - area.left:
            return False
        return not any(
            plain(value) is not None and place not in reached
            for place, value in there.items()
            if first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]
        )


def _is_cells(cells: str) -> bool:
    return all(_CELL.fullmatch(end) for end in cells.split(":")) and cells.count(":") <= 1
