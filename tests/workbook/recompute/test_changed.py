"""A formula of a page that was typed over, and what a program left out, are named; a fresh workbook names nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kam_xl.cli import cli
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.carry.changed import changed_in
from kam_xl.workbook.recompute import recompute


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = load_template("selection")
    settings = template.settings.model_copy(update={"sheets": ["Pareto"]})
    return build(settings, template.sample()).write(tmp_path_factory.mktemp("changed") / "fresh.xlsx")


def formulas(path: Path, sheet: str) -> list[str]:
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return [cell.coordinate for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]


@pytest.fixture(scope="module")
def typed(fresh: Path) -> tuple[Path, str, str]:
    """A page with a number and another formula typed over two of its formulas, and a total typed over."""
    first, second = formulas(fresh, "Pareto")[:2]
    book = openpyxl.load_workbook(fresh)
    book["Pareto"][first] = 5
    book["Pareto"][second] = "=0.1+0.2-0.3"
    book["Revenue"]["D9"] = True
    book["Revenue"]["G9"] = "=100+1"  # an input: it is the user's to type
    path = fresh.with_name("typed.xlsx")
    book.save(path)
    return path, first, second


def test_a_fresh_workbook_and_a_filled_one_name_nothing(fresh: Path) -> None:
    found = changed_in(fresh)
    assert (found.lines, found.formulas) == ([], {})


def test_each_formula_typed_over_is_named_with_what_it_holds_now(typed: tuple[Path, str, str]) -> None:
    path, first, second = typed
    found = changed_in(path)
    remedy = f"to have it again: kam-xl new NEW.xlsx --data {path}"
    assert [line for line in found.lines if "!" in line.partition(" ")[0]] == [
        f"Pareto!{first} held a formula and holds 5 now; {remedy}",
        f"Pareto!{second} holds another formula than it had, =0.1+0.2-0.3; {remedy}",
        f"Revenue!D9 held a formula and holds TRUE now; {remedy}",
    ]
    assert found.formulas == {"Pareto": {second}, "Revenue": {"G9"}}


def test_a_formula_of_the_users_on_a_page_has_no_value_where_programs_differ(typed: tuple[Path, str, str]) -> None:
    path, _first, second = typed
    found = recompute(path, changed_in(path).formulas)
    assert [(one.sheet, one.cell) for one in found.unmatched if one.why.startswith("hangs on digits")] == [
        ("Pareto", second)
    ]


def test_what_stands_in_another_row_is_known_by_its_table(fresh: Path, typed: tuple[Path, str, str]) -> None:
    book = openpyxl.load_workbook(fresh)
    book["Revenue"].title = "Umsatz"
    path = fresh.with_name("renamed.xlsx")
    book.save(path)
    assert not [line for line in changed_in(path).lines if line.startswith("Umsatz!")]


def test_what_openpyxl_left_out_is_named_sheet_by_sheet(typed: tuple[Path, str, str], fresh: Path) -> None:
    with zipfile.ZipFile(fresh) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    wanted = len(re.findall(rb"<x14:sparkline>", xml))
    lines = [line for line in changed_in(typed[0]).lines if "sparklines" in line]
    assert wanted and sum(int(re.search(r": (\d+) spark", line)[1]) for line in lines) == wanted  # type: ignore[index]
    assert not [line for line in changed_in(fresh).lines if "gone" in line]


def test_of_another_version_it_says_that_it_cannot_tell(fresh: Path, tmp_path: Path) -> None:
    path = tmp_path / "older.xlsx"
    with zipfile.ZipFile(fresh) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, re.sub(rb"kam_xl [\d.]+", b"kam_xl 0.0.1", data) if name == "docProps/core.xml" else data
            )
    (line,) = changed_in(path).lines
    assert line.startswith("It was made by version 0.0.1: whether its formulas were changed, this version")


@pytest.mark.parametrize("verb", [["check"], ["recalculate", "--dry-run"]])
def test_both_commands_name_them(typed: tuple[Path, str, str], verb: list[str]) -> None:
    path, first, _second = typed
    told = CliRunner().invoke(cli, [*verb, str(path)]).output
    assert f"Pareto!{first} held a formula and holds 5 now" in told
    assert "sparklines that stood there are gone" in told
