"""Numbers, dates and names at the ends of what there is: in templates, tables and typed into a workbook."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from kam_xl.cli import cli
from kam_xl.content.tables import ACCOUNT_FIELDS
from kam_xl.functions import FUNCTIONS
from kam_xl.workbook.checking import problems_of


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAM_XL_DEBUG", raising=False)
    return lambda *args: CliRunner().invoke(cli, list(args), prog_name="kam-xl")


def sound(file: str) -> None:
    """Every cell of a workbook holds a number that there is, and the workbook can be read."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                found = re.search(rb"<v>-?(?:inf|nan)</v>", archive.read(name), re.IGNORECASE)
                assert found is None, (name, found)
    assert CliRunner().invoke(cli, ["check", file]).exit_code in (0, 1)


# ---- templates -------------------------------------------------------------------------------------------------

BOTH = '[[{list}]]\nname = "a"\nweight = {weight}\n[[{list}]]\nname = "b"\nweight = {weight}\n'
FACTOR = '[[health]]\ncolumn = "Engagement"\nweight = {weight}\nlow = {low}\nhigh = {high}\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = " + "[" * 5000 + "]" * 5000, ": is nested too deeply; a setting is at most a list of tables"),
        ("x = " + "{a=" * 5000 + "1" + "}" * 5000, ": is nested too deeply"),
        (".".join(["a"] * 5000) + " = 1", ", line 1: a: unknown key"),
        ("[" + ".".join(["a"] * 5000) + "]\nb = 1", ": a: unknown key"),
        ("key_cap = " + "9" * 5000, ": holds a number that is too long; shorten it"),
        ("key_cap = " + "9" * 400, ", line 1: key_cap: must be 1000 or less"),
        ("clv_years = " + "9" * 400, ", line 1: clv_years: must be a number, such as 0.35"),
        ("clv_years = inf", ", line 1: clv_years: must be a number"),
        ("quadrant = nan", ", line 1: quadrant: must be a number"),
        ("revenue_line = 1e400", ", line 1: revenue_line: must be a number"),
        ("revenue_line = 1e308", ", line 1: revenue_line: must be 1e+15 or less"),
        ("cost_line = -1e308", ", line 1: cost_line: must be -1e+15 or more"),
        ("[risk]\nthreshold = 1e308", ", line 2: risk.threshold: must be 1e+09 or less"),
        *((BOTH.format(list=name, weight=1e308), f", line 3: {name}[1].weight: must be 1e+09 or less")
          for name in ("growth", "harmony", "selection")),
        *((BOTH.format(list=name, weight=1e-320), f", line 3: {name}[1].weight: must be 0, or at least 1e-09")
          for name in ("growth", "selection")),
        (FACTOR.format(weight=1e308, low=0, high=1), ", line 3: health[1].weight: must be 1e+09 or less"),
        (FACTOR.format(weight=1, low=-1e308, high=1e308), ", line 4: health[1].low: must be -1e+15 or more"),
        (FACTOR.format(weight=1, low=0, high=1e-320), ", line 1: health[1]: low and high must differ"),
        *((f"report_date = {day}", ", line 1: report_date: must be from 1900-03-01 to 2199-12-31")
          for day in ("9999-12-31", "0001-01-01", "1900-01-01", "1899-12-31", "2200-01-01")),
        ("report_date = 1900-02-29", ", line 1: Invalid date or datetime"),
        ("report_date = 07:32:00", ", line 1: report_date: must be a date"),
        *((f'own_figure = "{name}"', f", line 1: own_figure: “{name.strip()}” is the heading of another column; choose")
          for name in (*list(ACCOUNT_FIELDS.values())[:-1], "account", "NOTES", " Last contact ", "Health",
                       "days to renewal")),
        ("# " + "x" * (1 << 20), ": is larger than 1 MB; a template holds settings only"),
        ('name = "\\uD800"', ", line 1: Escaped character is not a Unicode scalar value"),
    ],
)  # fmt: skip
def test_a_template_at_the_ends_is_refused_in_one_line(run: Callable[..., Result], text: str, told: str) -> None:
    Path("t.toml").write_text(text, encoding="utf-8")
    result = run("new", "a.xlsx", "-t", "t.toml")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
    assert result.stderr.startswith(f"kam-xl: t.toml{told}")
    assert len(result.stderr) < 300
    assert not Path("a.xlsx").exists()


@pytest.mark.parametrize("day", ["1900-03-01", "2199-12-31", "2024-02-29"])
def test_the_first_and_the_last_report_date_work(run: Callable[..., Result], day: str) -> None:
    Path("t.toml").write_text(f'report_date = {day}\nown_figure = "2025"\n', encoding="utf-8")
    assert run("new", "a.xlsx", "-t", "t.toml").exit_code == 0
    sound("a.xlsx")


# ---- tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["9e307", "-9e307", "1e200", "9" * 58 + "e50", "1.7976931348623157e308"])
def test_amounts_that_no_sum_can_hold_are_named(run: Callable[..., Result], amount: str) -> None:
    Path("in.csv").write_text(f"Account;2024;2025\nA;{amount};{amount}\nB;{amount};5\nC;1;{amount}\n")
    assert run("new", "a.xlsx", "--data", "in.csv").exit_code == 0
    sound("a.xlsx")
    named = {(found.sheet, found.cell) for found in problems_of("a.xlsx") if found.problem == "is text"}
    assert {("Revenue", "F9"), ("Revenue", "G9"), ("Revenue", "F10"), ("Revenue", "G11")} <= named


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "1900-01-01", "1900-02-29"])
def test_months_that_no_report_looks_at_are_named(run: Callable[..., Result], day: str) -> None:
    Path("in.csv").write_text(f"Month;Account;Basic\n{day};A;1\n2025-01-01;A;2\n{day[:7]};B;3\n")
    assert run("new", "a.xlsx", "--data", "in.csv").exit_code == 0
    sound("a.xlsx")
    assert {"B9", "B11"} <= {found.cell for found in problems_of("a.xlsx") if found.sheet == "MRR"}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "1900-01-01", "1900-02-29"])
def test_days_that_programs_count_differently_are_named(run: Callable[..., Result], day: str) -> None:
    Path("in.csv").write_text(f"Account;2025;Due;Last contact;Renewal\nA;1;{day};{day};{day}\n")
    assert run("new", "a.xlsx", "--data", "in.csv").exit_code == 0
    assert len([found for found in problems_of("a.xlsx") if found.problem == "is text"]) == 3


def test_an_end_of_days_is_a_date(run: Callable[..., Result]) -> None:
    Path("in.csv").write_text("Account;2025;Due;Last contact;Renewal\nA;1;9999-12-31;1900-03-01;9999-12-31\n")
    assert run("new", "a.xlsx", "--data", "in.csv").exit_code == 0
    sound("a.xlsx")
    assert not problems_of("a.xlsx")


# ---- typed into a workbook -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    assert CliRunner().invoke(cli, ["new", str(file)]).exit_code == 0
    return file


INPUTS = ("Settings", "Accounts", "Revenue", "MRR", "Scores", "Stakeholders", "Rollout tasks", "RACI", "Costs")


def typed(sheet: Any) -> Iterator[Any]:
    """The cells of a sheet that a person types: neither text nor formula."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, (int, float, dt.datetime)) and not isinstance(cell.value, bool):
                yield cell


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(9999, 12, 31),
        1e308,
        *(
            pytest.param(value, marks=pytest.mark.long)
            for value in (dt.datetime(1900, 1, 1), dt.time(23, 59), -1e308, 1e-320, 2_958_466, -1, 1e15)
        ),
    ],
)
def test_whatever_is_typed_into_every_cell_a_workbook_is_checked(sample: Path, tmp_path: Path, value: Any) -> None:
    book = openpyxl.load_workbook(sample)
    for name in INPUTS:
        for cell in typed(book[name]) if name in book.sheetnames else ():
            if isinstance(cell.value, dt.datetime) == isinstance(value, dt.datetime | dt.time):
                cell.value = value
    book.save(tmp_path / "a.xlsx")
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "a.xlsx")])
    assert result.exit_code in (1, 2), result.output
    assert "internal error" not in result.output
    anew = CliRunner().invoke(cli, ["new", str(tmp_path / "b.xlsx"), "--data", str(tmp_path / "a.xlsx")])
    assert "internal error" not in anew.output
    if anew.exit_code == 0:
        sound(str(tmp_path / "b.xlsx"))


# ---- functions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["sNaN", "-sNaN", "sNaN123"])
@pytest.mark.parametrize("name", ["KAM_HHI", "KAM_ABC", "KAM_NPS", "KAM_CAGR"])
def test_a_number_that_signals_an_error_is_named(name: str, number: str) -> None:
    result = FUNCTIONS[name]([[9.0], [Decimal(number)]])
    assert isinstance(result, str)
    assert "is not a finite number" in result
