"""A filled workbook as it is carried over: read once, written into the workbook that is being built."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.formula.translate import Translator  # type: ignore[import-untyped]
from xlsxwriter.format import Format

from kam_xl.canvas.book import Book
from kam_xl.content.positions import Positions, find_positions
from kam_xl.intake.reader import Inputs, read_workbook
from kam_xl.locale import _
from kam_xl.workbook.carry import beside, own_sheets
from kam_xl.workbook.carry.looks import OTHER, Look, Looks
from kam_xl.workbook.carry.opened import Opened
from kam_xl.workbook.carry.places import Places, places, same_sheets
from kam_xl.workbook.carry.properties import carry_properties
from kam_xl.workbook.carry.references import CannotFollowError, Follow
from kam_xl.workbook.carry.rich import RichTexts, Run
from kam_xl.workbook.carry.standard import cells_of, positions_of
from kam_xl.workbook.carry.whose import OF_MACROS, alike, made_by_us
from kam_xl.workbook.recompute.package import Package, SheetCells, address_of, read_package

LONGEST_TITLE = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_DEFINABLE = re.compile(r"[^\W\d][\w.\\]*")


@dataclass
class Carried:
    """What there is to carry over, and, once it is written, what became of it.

    Attributes
    ----------
    inputs
        What the reader took out of the file.
    file, package
        The file's parts, and the cells of its sheets.
    own
        The sheets of the user's own, with the titles that they have in the new workbook.
    beside
        The cells beside tables that went along, by sheet and cell number.
    values_kept
        Formulas of which only the value went along, and why, by sheet and cell number.
    """

    inputs: Inputs
    file: Opened
    package: Package
    own: dict[str, str] = field(default_factory=dict)
    beside: set[tuple[str, int]] = field(default_factory=set)
    values_kept: dict[tuple[str, int], str] = field(default_factory=dict)
    names_carried: set[str] = field(default_factory=set)
    names_lost: dict[str, str] = field(default_factory=dict)
    without_value: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells: dict[str, SheetCells] = {sheet.title: sheet for sheet in self.package.sheets}
        self.looks = Looks(self.file)
        self.rich = RichTexts(self.file, self.looks)
        self._formats: dict[tuple[Book, int], Format] = {}
        self.ways_written = Places({})
        self.found = find_positions(self.package.content)  # headings as they stand in the file

    @property
    def name(self) -> str:
        """The name of the file, as lines for the person have it."""
        return self.package.path.name

    def ways(self, to: Positions, cells: dict[str, SheetCells]) -> Places:
        """The way from this file's sheets to those of a workbook that was built."""
        ours = self._ours(cells)
        titles = {title.casefold(): title for title in self.cells if title in ours}
        same = same_sheets(self.inputs.positions, titles, to, {title.casefold(): title for title in cells})
        for title in ours - same.keys():
            for other in ("Guide", "Checks"):
                if other in cells and other not in same.values() and alike(self.cells[title], cells[other]):
                    same[title] = other
        return places(self.inputs.positions, to, same, self.found.columns)

    def _ours(self, cells: dict[str, SheetCells]) -> set[str]:
        ours = made_by_us(self.inputs.positions, self.cells)
        for other in ("Guide", "Checks"):
            if other not in self.cells and other in cells:
                ours |= {t for t in self.cells if t not in ours and alike(self.cells[t], cells[other])}
        return ours

    def write(self, book: Book) -> None:
        """Write what can be carried over into a workbook whose own sheets are finished."""
        standard, to = cells_of(book), positions_of(book)
        ours = self._ours(standard)
        self.own = {}
        for title, sheet in self.file.sheets.items():
            if title not in ours and "/worksheets/" in f"/{sheet.part}":
                self.own[title] = self._free_title(title, book)
                book.sheet(self.own[title])
        ways = self.ways(to, standard)
        values = {title: sheet.cells for title, sheet in book.sheets.items()}
        known = {name.casefold() for name, *_rest in book.xlsx.defined_names}
        old = Positions(self.found.tables, self._headings(), self.found.names, self.found.visible)
        inputs = Places({title: way for title, way in ways.sheets.items() if way.has_inputs})
        follow = Follow(old, to, self.cells, values, inputs, self.own, known)
        self.ways_written = ways
        asides = beside.find(self, standard, ways)
        self.beside = {(aside.sheet, aside.at) for aside in asides}
        for aside in asides:
            book.sheets[aside.title].cells[aside.row, aside.column] = aside.value
        self._names(book, follow)
        own_sheets.write(self, book, follow)
        beside.write(self, book, follow, asides)
        beside.write_notes(self, book, ways)
        carry_properties(self.file, book)

    def _headings(self) -> dict[str, dict[str, int]]:
        """The columns of the tables by the headings in the file, and by those that the reader knows them as."""
        read = self.inputs.positions.columns
        return {name: columns | read.get(name, {}) for name, columns in self.found.columns.items()}

    def _free_title(self, title: str, book: Book) -> str:
        taken = {name.casefold() for name in (*book.sheets, *OF_MACROS)}
        allowed = _FORBIDDEN.sub("_", title)[:LONGEST_TITLE].strip("'") or "_"
        if allowed.casefold() not in taken:
            if allowed != title:
                text = _("{sheet}: your sheet is called “{name}” here, as Excel takes no such title.")
                self.remarks.append(text.format(sheet=title, name=allowed))
            return allowed
        number, found = 1, ""
        while not found or found.casefold() in taken or found in self.cells:
            mark = _("(own)") if number == 1 else _("(own {n})").format(n=number)
            found, number = f"{allowed[: LONGEST_TITLE - len(mark) - 1]} {mark}", number + 1
        text = _("{sheet}: your sheet is called “{name}” here, as there is a page of that name.")
        self.remarks.append(text.format(sheet=title, name=found))
        return found

    def _names(self, book: Book, follow: Follow) -> None:
        """Names of the user's own, as long as what they mean goes along; those that use others wait for them."""
        waiting = {
            name: text
            for name, text in self.package.names.items()
            if name.casefold() not in follow.names and not is_ours(name)
        }
        while waiting:
            before = len(waiting)
            for name, text in [*waiting.items()]:
                try:
                    written = follow.formula(text.lstrip("="), "")
                    if not _DEFINABLE.fullmatch(name) or book.xlsx.define_name(name, f"={written}") != 0:
                        raise CannotFollowError(_("is no name that a workbook may have"))
                except CannotFollowError as error:
                    self.names_lost[name] = str(error)
                    continue
                follow.names.add(name.casefold())
                self.names_lost.pop(name, None)
                self.names_carried.add(name)
                del waiting[name]
            if len(waiting) == before:
                return

    def format(self, book: Book, number: int) -> Format:
        """A look of the file as the writer takes it, as it is: what holds for our own number formats does not bind."""
        if (book, number) not in self._formats:
            look = {"font_size": 11.0, "font_color": "#000000", **self.looks.of(number)}
            self._formats[book, number] = self._format_of(book, look)
        return self._formats[book, number]

    def _format_of(self, book: Book, look: Look) -> Format:
        return book.xlsx.add_format({key: value for key, value in look.items() if key != OTHER})

    def runs(self, book: Book, runs: list[Run]) -> list[tuple[str, Format | None]]:
        """The parts of a text with their letters as the writer takes them."""
        return [(run.text, self._format_of(book, run.look) if run.look is not None else None) for run in runs]

    def formula(self, sheet: str, at: int) -> str:
        """The text of a formula, that of a shared one moved to its cell."""
        cell = self.cells[sheet].formulas[at]
        if cell.text or not cell.shared:
            return cell.text
        for origin, first in self.cells[sheet].formulas.items():
            if first.shared == cell.shared and first.text:
                moved = Translator("=" + first.text, address_of(origin)).translate_formula(address_of(at))
                return str(moved).removeprefix("=")
        return ""

    def followed(self, follow: Follow, sheet: str, at: int) -> str | None:
        """A formula as it has to stand in the new workbook; None, with the reason kept, where its value has to do."""
        cell = self.cells[sheet].formulas[at]
        text = self.formula(sheet, at)
        try:
            if cell.other or not text:
                raise CannotFollowError(_("is of a kind that is not carried over"))
            written = follow.formula(text, sheet)
        except CannotFollowError as error:
            self.values_kept[sheet, at] = str(error)
            return None
        if cell.stored is None:
            self.without_value.setdefault(sheet, []).append(address_of(at))
        return written


def is_ours(name: str) -> bool:
    """Whether a name looks like one that the generator gives, so that it is not carried over but made anew."""
    return name.casefold().startswith(("_xl", "kam_", "__", "page_", "set_", "list_", "rev_", "chart_", "offered_"))


def carried_from(path: Path) -> Carried:
    """Read what can be carried over from a filled workbook.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    package = read_package(path)
    return Carried(read_workbook(path), Opened(package.content), package)
