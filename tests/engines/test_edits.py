"""What a second engine computes after an edit is what Python computes from the same inputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from books.fixtures import core_settings

from engines.edits import CORE, OTHERS, Change, cell_of, edited
from engines.formulon_book import FormulonBook, place
from engines.written import Written, differences, same, written
from kam_xl.content.positions import Positions, find_positions
from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.input_sheets import revenue
from kam_xl.intake.reader import read_workbook
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

YEARS_BEFORE = ["2021", "2022"]
SPARE = 3  # blank rows below the sample's: as many as an edit may fill
QUICK = ("other cut-offs", "a new account", "text in the revenue", "equal amounts", "another figure for the risk")


def sample() -> Tables:
    """The standard sample with five years: as many as ABC has room for, so that one more moves nothing there."""
    tables = load_template("standard").sample()
    years = [*YEARS_BEFORE, *tables.years]
    revenue = [
        (account, [None if amount is None else amount - less for less in (100, 50) for amount in amounts[:1]] + amounts)
        for account, amounts in tables.revenue
    ]
    return replace(tables, years=years, revenue=revenue)


def padded(tables: Tables, rows: dict[str, int]) -> Tables:
    """Tables with blank rows at their ends, so that they are as long as `rows` says: their room depends on it."""
    blank = {"revenue": (None, []), "mrr": (None, None, []), "scores": (None, [], [])}
    more = {
        name: [*(own := getattr(tables, name)), *[empty] * (rows[name] - len(own))]
        for name, empty in {"accounts": {}, **blank}.items()
    }
    records = {key: [*own, *[{}] * (rows[key] - len(own))] for key, own in tables.records.items()}
    return replace(tables, **more, records=records)


def lengths(tables: Tables) -> dict[str, int]:
    own = {name: len(getattr(tables, name)) for name in ("accounts", "revenue", "mrr", "scores")}
    return own | {key: len(rows) for key, rows in tables.records.items()}


@dataclass
class Base:
    """The workbook that is edited: its file, its cells, and the same in the engine."""

    path: Path
    cells: dict[str, Written]
    book: FormulonBook
    positions: Positions
    rows: dict[str, int]
    years: int

    def after(self, edit: list[Change], folder: Path) -> list[str]:
        """Cells that differ between the engine after an edit and a workbook built from the edited inputs."""
        changes = {cell_of(self.positions, change): change[-1] for change in edit}
        (folder / "edited.xlsx").write_bytes(edited(self.path, changes))
        inputs = read_workbook(folder / "edited.xlsx")
        with pytest.MonkeyPatch.context() as patch:
            # a year typed beside the last one takes a spare column
            patch.setattr(revenue, "SPARE_YEARS", self.years + revenue.SPARE_YEARS - len(inputs.tables.years))
            built = build(inputs.template, padded(inputs.tables, self.rows))
        rebuilt = written(built.write(folder / "rebuilt.xlsx"))
        for (sheet, address), value in changes.items():
            self.book.write(sheet, address, value)
        self.book.recalculate()
        shown = {name: self.book.values(name) for name in rebuilt}
        assert any(
            not same(sheet.cells.get(where), shown[name].get(where))
            for name, sheet in self.cells.items()
            for where in sheet.results
        ), "an edit that moves no result shows nothing"
        return [line for name, sheet in rebuilt.items() for line in differences(sheet.cells, shown[name], name)]

    def restore(self, edit: list[Change]) -> None:
        """Bring back what stood in the cells of an edit."""
        for sheet, address in (cell_of(self.positions, change) for change in edit):
            self.book.write(sheet, address, self.cells[sheet].cells.get(place(address)))


def opened(settings: Template, folder: Path) -> Base:
    tables = sample()
    rows = {name: rows + SPARE for name, rows in lengths(tables).items()}
    path = build(settings, padded(tables, rows)).write(folder / "base.xlsx")
    return Base(path, written(path), FormulonBook(path), find_positions(path.read_bytes()), rows, len(tables.years))


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The sample with the pages that the others rest on."""
    base = opened(core_settings(), tmp_path_factory.mktemp("core"))
    with base.book:
        yield base


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The sample with all pages."""
    base = opened(load_template("standard").settings, tmp_path_factory.mktemp("whole"))
    with base.book:
        yield base


@pytest.mark.parametrize("name", QUICK)
def test_an_edit_shows_what_a_new_workbook_shows(core: Base, name: str, tmp_path: Path) -> None:
    try:
        assert core.after(CORE[name], tmp_path) == []
    finally:
        core.restore(CORE[name])


@pytest.mark.long
@pytest.mark.parametrize("name", [*CORE, *OTHERS])
def test_an_edit_shows_on_all_pages_what_a_new_workbook_shows(whole: Base, name: str, tmp_path: Path) -> None:
    edit = (CORE | OTHERS)[name]
    try:
        assert whole.after(edit, tmp_path) == []
    finally:
        whole.restore(edit)
