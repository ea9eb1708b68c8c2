"""The command: what it prints, what it writes, and one line where something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import openpyxl
import pytest
from click.testing import CliRunner, Result

from kam_xl.cli import cli
from kam_xl.errors import DataError
from kam_xl.intake.reader import read_workbook

Run = Callable[..., Result]
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
HEAVY = {"pandas", "xlwings", "numpy", "pydantic", "openpyxl", "xlsxwriter", "python_calamine", "rich"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAM_XL_DEBUG", raising=False)
    return lambda *args: CliRunner().invoke(cli, list(args), prog_name="kam-xl")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `kam-xl new` writes; tests that change it take a copy."""
    file = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    assert CliRunner().invoke(cli, ["new", str(file)], prog_name="kam-xl").exit_code == 0
    return file


def complaint(result: Result, status: int = 2) -> str:
    """The one line of a mistake."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("kam-xl: ")
    return result.stderr.removeprefix("kam-xl: ").strip()


def separate(*args: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    import kam_xl

    home = str(Path(kam_xl.__file__).parents[1])
    variables = {**os.environ, "PYTHONPATH": home, "PYTHONUTF8": "1", **env}
    return subprocess.run(
        [sys.executable, *args],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


# ---- new -------------------------------------------------------------------------------------------------------


def test_new_without_a_choice_writes_the_sample_and_says_so(run: Run) -> None:
    result = run("new", "a.xlsx")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "Wrote a.xlsx: 14 accounts, revenue of 2023–2025.",
        "It holds sample data; for your own: --data FILE, for none: --empty.",
    ]
    assert len(read_workbook("a.xlsx").tables.accounts) == 14


def test_new_with_the_sample_asked_for(run: Run) -> None:
    result = run("new", "a.xlsx", "--sample", "--years", "2024:2025", "--company", "Mine")
    assert result.stdout == "Wrote a.xlsx: 14 accounts, revenue of 2024–2025.\n"
    inputs = read_workbook("a.xlsx")
    assert (inputs.tables.years, inputs.template.company) == (["2024", "2025"], "Mine")


def test_new_with_nothing_in_it(run: Run) -> None:
    assert run("new", "a.xlsx", "--empty", "--years", "2025").stdout == "Wrote a.xlsx: 0 accounts, revenue of 2025.\n"
    inputs = read_workbook("a.xlsx")
    assert (inputs.tables.accounts, inputs.tables.years, inputs.template.company) == ([], ["2025"], "")


def test_new_with_a_users_data_tells_what_was_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Kunde;Branche;2024;2025;Ort\nA;Bank;1,5;x;Graz\na;;1;;\n", encoding="utf-8")
    result = run("new", "a.xlsx", "--data", "in.csv")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "Wrote a.xlsx: 1 account, revenue of 2024–2025.",
        "- 1 account stands on several rows, added up: A",
        "- Columns not known, kept in Notes: Ort.",
        "- Amounts are shown in k€; give your unit with --currency.",
        "1 problem to mend: see the sheet Checks, or: kam-xl check a.xlsx",
        "- Revenue!G9 is text: written as it stands; type a number or leave it blank",
    ]
    inputs = read_workbook("a.xlsx")
    assert inputs.tables.revenue == [("A", [2.5, "x"])]
    assert (inputs.template.sectors, inputs.template.company) == (["Bank"], "")


def test_new_shows_amounts_in_the_unit_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Account,2025\nA,1\n", encoding="utf-8")
    assert "--currency" not in run("new", "a.xlsx", "--data", "in.csv", "--currency", " USD ").stdout
    assert read_workbook("a.xlsx").template.currency == "USD"
    assert run("new", "b.xlsx", "--data", "a.xlsx").stdout.count("\n") == 1
    assert read_workbook("b.xlsx").template.currency == "USD"
    line = complaint(run("new", "c.xlsx", "--data", "in.csv", "--currency", "x" * 13))
    assert line == "--currency: takes at most 12 letters"


def test_new_never_replaces_the_data_that_it_reads(run: Run) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Account", "2025"])
    book.active.append(["A", 1])
    book.save("mine.xlsx")
    before = Path("mine.xlsx").read_bytes()
    line = complaint(run("new", "./mine.xlsx", "--data", "mine.xlsx", "--force"))
    assert line == "mine.xlsx: is your data; choose another name for the new workbook"
    assert Path("mine.xlsx").read_bytes() == before
    run("new", "ours.xlsx", "--data", "mine.xlsx")
    assert run("new", "ours.xlsx", "--data", "ours.xlsx", "--force").exit_code == 0


def test_new_takes_over_what_stands_in_an_older_workbook(run: Run, sample: Path) -> None:
    shutil.copy(sample, "old.xlsx")
    book = openpyxl.load_workbook("old.xlsx")
    book["Accounts"]["B9"], book["Accounts"]["B23"] = "Renamed", "New"
    sheet, cell = next(iter(book.defined_names["set_a_cut"].destinations))
    book[sheet][cell] = 0.7
    sheet, cell = next(iter(book.defined_names["set_rule"].destinations))
    book[sheet][cell] = "?"
    book.save("old.xlsx")
    result = run("new", "a.xlsx", "--data", "old.xlsx", "--years", "2025:2026")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "Wrote a.xlsx: 15 accounts, revenue of 2025–2026."
    place = f"Settings!{cell.replace('$', '')}"
    assert f"- {place} must be 'crossing' or 'within' (it is '?'): the standard value was taken." in result.stdout
    inputs = read_workbook("a.xlsx")
    assert (inputs.template.a_cut, inputs.template.company) == (0.7, "Nimbora Health Cloud")
    assert (inputs.tables.accounts[0]["account"], inputs.tables.accounts[14]["account"]) == ("Renamed", "New")
    line = complaint(run("new", "b.xlsx", "--data", "old.xlsx", "-t", "standard"))
    assert line == "old.xlsx: brings its own settings along; leave out --template"


def test_text_of_a_users_data_never_becomes_a_formula(run: Run, tmp_path: Path) -> None:
    names = ["=1+1", "@SUM(A1)", "+49 30", "-x", '=HYPERLINK("http://x")']
    rows = "".join('"' + name.replace('"', '""') + f'",{n}\n' for name, n in zip(names, (7, 5, 11, 3, 2), strict=True))
    (tmp_path / "in.csv").write_text("Account,2025\n" + rows, encoding="utf-8")
    assert run("new", "a.xlsx", "--data", "in.csv").exit_code == 0
    sheet = openpyxl.load_workbook("a.xlsx")["Accounts"]
    cells = [sheet.cell(9 + i, 2) for i in range(len(names))]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s") for name in names]


def test_new_from_a_copied_template(run: Run) -> None:
    copied = run("templates", "copy", "standard", "mine")
    assert copied.stdout == (
        f"Copied to mine; edit {Path('mine') / 'template.toml'}, then: kam-xl new accounts.xlsx --template mine\n"
    )
    file = Path("mine") / "template.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Premium", "Gold").replace("Nimbora", "Our"), encoding="utf-8"
    )
    sample = Path("mine") / "sample" / "mrr.csv"
    sample.write_text(sample.read_text(encoding="utf-8").replace("Premium", "Gold"), encoding="utf-8")
    assert run("new", "a.xlsx", "--template", "mine").exit_code == 0
    inputs = read_workbook("a.xlsx")
    assert inputs.template.plans == ["Basic", "Standard", "Gold"]
    assert inputs.template.company == "Our Health Cloud"
    assert inputs.tables.mrr[0][2] == [None, None, 96]


def test_a_template_without_sample_data_says_only_that(run: Run) -> None:
    Path("t.toml").write_text("", encoding="utf-8")
    assert run("new", "a.xlsx", "-t", "t.toml").stdout.splitlines() == [
        "Wrote a.xlsx: 0 accounts, revenue of 2023–2025.",
        "- The template has no sample data; the workbook is empty.",
    ]


def test_control_characters_reach_no_part_of_the_workbook(run: Run) -> None:
    Path("t.toml").write_text('plans = ["P\\u0001lan"]\n[risk]\nkpi = "\\u0002Engagement"', encoding="utf-8")
    assert complaint(run("new", "a.xlsx", "-t", "t.toml")).startswith("t.toml, line 3: risk.kpi: must be Engagement")
    Path("t.toml").write_text('plans = ["P\\u0001lan"]\ncurrency = "\\u001Fk€"', encoding="utf-8")
    Path("in.csv").write_text("Account,2025,Sector\nA\x07B,1,Ba\x08nk\n", encoding="utf-8")
    result = run("new", "a.xlsx", "-t", "t.toml", "--data", "in.csv", "--company", "Nim\x07bo\x0bra\ud800 ")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile("a.xlsx") as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
                assert b"_x00" not in archive.read(name)
    inputs = read_workbook("a.xlsx")
    assert (inputs.template.company, inputs.template.plans, inputs.template.sectors) == ("Nimbo ra", ["Plan"], ["Bank"])
    assert run("check", "a.xlsx").stdout == "All checks passed\n"


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["a.xls"], "a.xls: must end in .xlsx, or in .xlsm for macros"),
        (["a"], "a: must end in .xlsx, or in .xlsm for macros"),
        (["a.xlsx", "--engine", "python"], "a.xlsx: the engine python needs macros; write a .xlsm file"),
        (["."], ".: is a folder; add a file name such as accounts.xlsx"),
        (["nix/a.xlsx"], "nix: no such folder; make it first"),
        (["a.xlsx", "--data", "nix.csv"], "nix.csv: no such file; check the name and the folder"),
        (["a.xlsx", "--company", "x" * 81], "--company: takes at most 80 letters"),
        (
            ["a.xlsx", "--template", "nix"],
            "nix: no such template; use saas, selection, standard, or a folder with a template.toml",
        ),
    ],
)
def test_new_says_in_one_line_what_is_wrong(run: Run, args: list[str], line: str) -> None:
    assert complaint(run("new", *args)) == line
    assert not list(Path().iterdir())


def test_the_pages_of_a_new_workbook_can_be_chosen(run: Run) -> None:
    assert run("new", "a.xlsx", "--sheets", "team, pareto,RACI").exit_code == 0
    shown = [sheet.title for sheet in openpyxl.load_workbook("a.xlsx") if sheet.sheet_state == "visible"]
    assert shown == ["Guide", "Team", "Pareto", "Settings", "Accounts", "Revenue", "RACI", "Coverage", "Checks"]
    assert read_workbook("a.xlsx").template.sheets == ["Team", "Pareto"]
    for name, pages in (("b.xlsx", "all"), ("c.xlsx", None)):
        result = run("new", name, "--data", "a.xlsx", *(["--sheets", pages] if pages else []))
        assert result.exit_code == 0, result.output
    assert read_workbook("b.xlsx").template.sheets == []
    assert read_workbook("c.xlsx").template.sheets == ["Team", "Pareto"]
    assert read_workbook("c.xlsx").tables == read_workbook("a.xlsx").tables


def test_rows_without_a_sheet_are_told(run: Run, sample: Path) -> None:
    shutil.copy(sample, "a.xlsx")
    lines = run("new", "b.xlsx", "--data", "a.xlsx", "--sheets", "Pareto,Team").stdout.splitlines()
    assert len(lines) == 12
    assert lines[1] == (
        "- 25 rows of Stakeholders have no sheet: no page here reads them; add Decision map with --sheets."
    )


@pytest.mark.parametrize(
    ("pages", "line"),
    [
        ("Pareto,Nix", "“Nix” is no page; choose from: Dashboard, Pareto, "),
        ("Checks", "“Checks” is no page; choose from: Dashboard, "),
        (" guide, Settings", "“guide” is no page; choose from: Dashboard, "),
        ("RACI,Tasks", "“RACI” is no page; choose from: Dashboard, "),
        (" ,", "--sheets: names no page; choose "),
    ],
)
def test_a_page_that_there_is_not_is_one_line(run: Run, pages: str, line: str) -> None:
    assert complaint(run("new", "a.xlsx", "--sheets", pages)).startswith(line)
    assert not list(Path().iterdir())


@pytest.mark.parametrize("name", ["saas", "selection"])
def test_every_template_makes_a_workbook_without_problems(run: Run, name: str) -> None:
    result = run("new", "a.xlsx", "--template", name, "--sample")
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 1
    checked = run("check", "a.xlsx")
    *notes, last = checked.stdout.splitlines()
    assert (checked.exit_code, last) == (0, "All checks passed")
    assert all(line.startswith("Note: ") for line in notes)
    assert run("new", "b.xlsx", "--template", name, "--empty").exit_code == 0
    assert run("check", "b.xlsx").stdout == "All checks passed\n"


def test_new_says_which_line_of_a_template_is_wrong(run: Run) -> None:
    Path("t.toml").write_text("# mine\nplans = []\n", encoding="utf-8")
    assert complaint(run("new", "a.xlsx", "-t", "t.toml")) == "t.toml, line 2: plans: needs at least 1; it has 0"


def test_new_replaces_nothing_unasked(run: Run) -> None:
    Path("a.xlsx").write_bytes(b"mine")
    line = complaint(run("new", "a.xlsx", "--data", "nix.csv"))
    assert line == "a.xlsx: is there already; choose another name, or replace it with --force"
    assert Path("a.xlsx").read_bytes() == b"mine"
    assert run("new", "a.xlsx", "--empty", "--force").exit_code == 0
    assert Path("a.xlsx").read_bytes() != b"mine"


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["a.xlsx", "--data", "x.csv", "--sample"], "Choose one of --data, --sample and --empty."),
        (["a.xlsx", "--empty", "--sample"], "Choose one of --data, --sample and --empty."),
        (["a.xlsx", "--years", "soon"], "“soon” is no list of years; write 2023:2025 or 2023,2025"),
        (["a.xlsx", "--engine", "magic"], "'magic' is not one of 'native', 'python', 'addin'"),
        ([], "Missing argument 'OUT'"),
    ],
)
def test_a_wrong_call_of_new(run: Run, args: list[str], text: str) -> None:
    result = run("new", *args)
    assert result.exit_code == 2
    assert text in result.stderr
    assert result.stderr.startswith("Usage: kam-xl new")


def test_a_disk_that_is_full_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device", "a.xlsx")

    monkeypatch.setattr("kam_xl.workbook.build.Built.write", full)
    assert complaint(run("new", "a.xlsx", "--empty")) == "a.xlsx: No space left on device"


def test_an_unexpected_error_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr("kam_xl.workbook.build.build", broken)
    line = complaint(run("new", "a.xlsx"), status=3)
    assert line == "internal error (ZeroDivisionError: oh no); set KAM_XL_DEBUG=1 for details"
    monkeypatch.setenv("KAM_XL_DEBUG", "1")
    assert isinstance(run("new", "a.xlsx").exception, ZeroDivisionError)


# ---- check -----------------------------------------------------------------------------------------------------


def test_check_of_a_sound_workbook(run: Run, sample: Path) -> None:
    shutil.copy(sample, "a.xlsx")
    result = run("check", "a.xlsx")
    assert (result.exit_code, result.stdout) == (0, "All checks passed\n")


def test_check_names_each_problem_with_its_cell(run: Run) -> None:
    Path("in.csv").write_text("Account,2025,Engagement\nA,x,55\nB,2,105\n", encoding="utf-8")
    run("new", "a.xlsx", "--data", "in.csv")
    result = run("check", "a.xlsx")
    assert result.exit_code == 1
    *problems, count = result.stdout.splitlines()
    assert count == "2 problems to mend"
    assert any(line.startswith("Accounts!H10  ") and " – " in line for line in problems)
    assert any(line.startswith("Revenue!F9  is text – ") for line in problems)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("nix.xlsx", "nix.xlsx: no such file; check the name and the folder"),
        (".", ".: is a folder; name a CSV or Excel file in it"),
        ("in.csv", "in.csv: is damaged or no .xlsx file; open it and save it as .xlsx"),
    ],
)
def test_check_of_what_is_no_workbook(run: Run, name: str, line: str) -> None:
    Path("in.csv").write_text("Account\n", encoding="utf-8")
    assert complaint(run("check", name)) == line


def test_one_problem_is_counted_as_one(run: Run) -> None:
    Path("in.csv").write_text("Account,2025\nA,x\n", encoding="utf-8")
    assert run("new", "a.xlsx", "--data", "in.csv").stdout.splitlines()[1:] == [
        "- Amounts are shown in k€; give your unit with --currency.",
        "1 problem to mend: see the sheet Checks, or: kam-xl check a.xlsx",
        "- Revenue!F9 is text: written as it stands; type a number or leave it blank",
    ]
    assert run("check", "a.xlsx").stdout.splitlines()[1:] == ["1 problem to mend"]


def test_check_says_where_a_problem_is_that_has_no_cell(run: Run, sample: Path) -> None:
    shutil.copy(sample, "old.xlsx")
    book = openpyxl.load_workbook("old.xlsx")
    del book.defined_names["set_rule"]
    book["Revenue"]["I9"] = 5
    book.save("old.xlsx")
    lines = run("check", "old.xlsx").stdout.splitlines()
    assert lines[0].startswith("Settings  the cell named set_rule is missing – ")
    assert lines[1] == "Revenue!I8  is blank above figures – type their year, such as 2026"
    assert (
        "- Revenue!I8 is blank above figures: the column was not read."
        in run("new", "a.xlsx", "--data", "old.xlsx").stdout.splitlines()
    )


def test_check_of_somebody_elses_workbook(run: Run) -> None:
    openpyxl.Workbook().save("a.xlsx")
    assert complaint(run("check", "a.xlsx")) == "a.xlsx: is no workbook of kam-xl; make one with: kam-xl new"


# ---- functions, templates --------------------------------------------------------------------------------------


def test_functions_are_listed_by_category(run: Run) -> None:
    from kam_xl.functions import FUNCTIONS
    from kam_xl.listing import CATEGORIES

    lines = run("functions").stdout.splitlines()
    assert [line for line in lines if line and line[0] != " "] == list(CATEGORIES)
    named = [line.split()[0] for line in lines if line.startswith("  KAM_")]
    assert sorted(named) == sorted(FUNCTIONS)
    assert {line for line in lines if line and not line.startswith(" ")} == {f.category for f in FUNCTIONS.values()}
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("name", ["KAM_ABC", "kam_abc", "abc", "=KAM_ABC("])
def test_one_function_is_explained(run: Run, name: str) -> None:
    text = run("functions", name).stdout
    assert text.startswith("KAM_ABC(revenue, [a_cut], [b_cut], [rule])\n")
    assert "(optional)" in text


def test_functions_for_programs(run: Run) -> None:
    from kam_xl.functions import FUNCTIONS

    described = json.loads(run("functions", "--json").stdout)
    assert [function["name"] for function in described] == list(FUNCTIONS)
    (pareto,) = json.loads(run("functions", "--json", "pareto").stdout)
    assert pareto["columns"] == list(FUNCTIONS["KAM_PARETO"].columns)
    assert pareto["arguments"][0]["name"] == FUNCTIONS["KAM_PARETO"].args[0].name


def test_a_function_that_is_none(run: Run) -> None:
    assert complaint(run("functions", "nix")) == "nix: no such function; see them all: kam-xl functions"
    assert "did you mean KAM_ABC, " in complaint(run("functions", "kam_ab"))
    for nothing in ("", " ", "KAM_"):
        assert complaint(run("functions", nothing)).endswith(": no such function; see them all: kam-xl functions")
    assert complaint(run("functions", "--lambda", "nix")) == "nix: no such function; see them all: kam-xl functions"


def test_a_function_is_shown_as_a_lambda_with_its_helpers(run: Run) -> None:
    text = run("functions", "--lambda", "abc").stdout
    assert text.startswith("KAM_ABC(revenue, [a_cut], [b_cut], [rule])\n")
    assert "KAM_ABC = LAMBDA(" in text
    assert "\n  KAM_X_" in text
    assert run("functions", "kam_x_sums", "--lambda").stdout.startswith("KAM_X_SUMS(")


def test_a_function_without_a_lambda_says_why(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from kam_xl.hosts.native import library

    monkeypatch.setattr(library, "definitions", list)
    monkeypatch.setattr(library, "IMPOSSIBLE", {"KAM_ABC": "it has too many arguments"})
    assert complaint(run("functions", "--lambda", "abc")) == "KAM_ABC: has no LAMBDA: it has too many arguments"
    assert complaint(run("functions", "--lambda", "hhi")) == "KAM_HHI: has no LAMBDA: it is not written yet"


def test_all_lambdas_are_written_as_one_module(run: Run) -> None:
    from kam_xl.functions import FUNCTIONS

    result = run("functions", "--lambda", "--all", "all.txt")
    assert result.stdout == "Wrote all.txt: paste it into Excel Labs, Advanced Formula Environment.\n"
    text = Path("all.txt").read_text(encoding="utf-8")
    assert all(f"\n{name} = LAMBDA(" in text for name in FUNCTIONS)
    assert run("functions", "--lambda").stdout == text + "\n"
    Path("all.txt").write_text("mine", encoding="utf-8")
    line = complaint(run("functions", "--lambda", "--all", "all.txt"))
    assert line == "all.txt: is there already; choose another name, or replace it with --force"
    assert Path("all.txt").read_text(encoding="utf-8") == "mine"
    assert run("functions", "--lambda", "--all", "all.txt", "--force").exit_code == 0
    assert Path("all.txt").read_text(encoding="utf-8") == text
    assert complaint(run("functions", "--lambda", "--all", ".")) == ".: is a folder; add a file name"
    assert complaint(run("functions", "--lambda", "--all", "no/all.txt")) == "no: no such folder; make it first"


@pytest.mark.parametrize(
    "args",
    [["--all", "a.txt"], ["--json", "--lambda"], ["abc", "--lambda", "--all", "a.txt"], ["--json", "--all", "a"]],
)
def test_a_wrong_call_of_functions(run: Run, args: list[str]) -> None:
    result = run("functions", *args)
    assert (result.exit_code, list(Path().iterdir())) == (2, [])
    assert "Use --json, --lambda NAME or --lambda --all OUT." in result.stderr


def test_templates_are_listed(run: Run) -> None:
    assert run("templates").stdout.splitlines() == [
        "saas       Subscriptions: recurring revenue, retention and onboarding first",
        "selection  Choose your key accounts: five criteria from 1 to 10, profit, charter",
        "standard   Key accounts of a software company with subscriptions",
    ]


def test_templates_are_not_copied_over_something(run: Run) -> None:
    Path("mine").mkdir()
    assert complaint(run("templates", "copy", "standard", "mine")) == "mine: is there already; choose a new name"
    assert complaint(run("templates", "copy", "nix", "other")) == "nix: no such template; use saas, selection, standard"


# ---- preview, add-in -------------------------------------------------------------------------------------------


def test_preview_prints_what_it_wrote(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Path, Path]] = []

    def pdf(source: Path, target: Path, force: bool) -> Path:
        asked.append(("pdf", source, target))
        return target

    def png(source: Path, folder: Path, force: bool) -> list[Path]:
        asked.append(("png", source, folder))
        return [folder / "a-01.png", folder / "a-02.png"]

    monkeypatch.setattr("kam_xl.hosts.libreoffice.to_pdf", pdf)
    monkeypatch.setattr("kam_xl.hosts.libreoffice.to_png", png)
    Path("a.xlsx").write_bytes(b"")
    folder = Path("out") / "deep"
    result = run("preview", "a.xlsx", "--out", str(folder))
    assert result.stdout.splitlines() == [str(folder / name) for name in ("a.pdf", "a-01.png", "a-02.png")]
    assert folder.is_dir()
    beside = [Path("a.pdf"), Path("a-pages") / "a-01.png", Path("a-pages") / "a-02.png"]
    assert run("preview", "a.xlsx").stdout.splitlines() == [str(path) for path in beside]
    assert run("preview", "a.xlsx", "--no-png").stdout == "a.pdf\n"
    assert asked[-1] == ("pdf", Path("a.xlsx"), Path("a.pdf"))
    assert complaint(run("preview", "b.xlsx")) == "b.xlsx: no such file; check the name and the folder"


def test_preview_says_in_one_line_what_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_office() -> None:
        raise AssertionError("LibreOffice is not needed to see that")

    monkeypatch.setattr("kam_xl.hosts.libreoffice.convert.find_office", no_office)
    Path("folder").mkdir()
    Path("file").write_text("mine", encoding="utf-8")
    Path("a.xlsx").write_bytes(b"")
    Path("b.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert complaint(run("preview", "folder")) == "folder: is a folder; name a workbook in it"
    assert complaint(run("preview", "a.xlsx", "--out", "file")) == "file: is a file; give --out the name of a folder"
    deep = str(Path("file") / "deep")
    assert complaint(run("preview", "a.xlsx", "--out", deep)) == "file: is a file; give --out the name of a folder"
    Path("a-pages").write_text("mine", encoding="utf-8")
    assert complaint(run("preview", "a.xlsx")) == "a-pages: is a file; give --out the name of a folder"
    Path("a-pages").unlink()
    assert complaint(run("preview", "a.xlsx")) == "a.xlsx: is empty; nothing was read"
    assert complaint(run("preview", "b.xlsx")) == "b.xlsx: is protected by a password; save it without one"


def test_preview_of_a_damaged_workbook_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Error: source file could not be loaded\n"
    monkeypatch.setattr("kam_xl.hosts.libreoffice.convert.run", lambda *_args: (0, said))
    monkeypatch.setattr(
        "kam_xl.hosts.libreoffice.convert.find_office", lambda: SimpleNamespace(soffice=Path("soffice"))
    )
    for name in ("a.xlsx", "a.ods"):
        Path(name).write_bytes(b"PK\x03\x04 cut off")
        line = f"{name}: is damaged or no workbook; open it in Excel and save it as .xlsx"
        assert complaint(run("preview", name)) == line


def test_addin_build_replaces_nothing_unasked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam_xl.hosts.libreoffice.build_extension", lambda path, force: Path(path))
    for name in ("kam_xl.oxt", "x.oxt"):
        Path(name).write_bytes(b"mine")
    line = "is there already; choose another name, or replace it with --force"
    for args, name in (([], "kam_xl.oxt"), (["--out", "x.oxt"], "x.oxt"), (["--out", "."], "kam_xl.oxt")):
        assert complaint(run("addin", "build", "libreoffice", *args)) == f"{name}: {line}"
        assert run("addin", "build", "libreoffice", *args, "--force").stdout == f"Wrote {name}.\n"
    assert complaint(run("addin", "build", "libreoffice", "--out", "no/x.oxt")) == "no: no such folder; make it first"


def test_addin_hands_over_to_the_host(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam_xl.hosts.libreoffice.build_extension", lambda path, force: Path(path))
    monkeypatch.setattr("kam_xl.hosts.libreoffice.install_extension", lambda profile: f"installed in {profile}")
    monkeypatch.setattr("kam_xl.hosts.libreoffice.uninstall_extension", lambda profile: f"removed from {profile}")
    assert run("addin", "build", "libreoffice").stdout == "Wrote kam_xl.oxt.\n"
    assert run("addin", "build", "libreoffice", "--out", "x.oxt").stdout == "Wrote x.oxt.\n"
    assert run("addin", "install", "libreoffice").stdout == "installed in None\n"
    assert run("addin", "uninstall", "libreoffice", "--profile", "p").stdout == "removed from p\n"
    monkeypatch.setattr("kam_xl.hosts.vba.install_addin", lambda: "installed for Excel")
    assert run("addin", "install", "excel").stdout == "installed for Excel\n"
    assert run("addin", "install", "abacus").exit_code == 2


def test_a_mistake_inside_a_group_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_profile: object) -> str:
        raise DataError("LibreOffice is missing;\ninstall it")

    monkeypatch.setattr("kam_xl.hosts.libreoffice.install_extension", missing)
    assert complaint(run("addin", "install", "libreoffice")) == "LibreOffice is missing; install it"


# ---- as a process ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["new", "--help"], ["addin", "install", "--help"]])
def test_help_imports_nothing_heavy(tmp_path: Path, args: list[str]) -> None:
    code = (
        "import sys; from kam_xl.cli import cli\n"
        f"try: cli({args!r}, prog_name='kam-xl')\n"
        "except SystemExit as done: print(done.code, *sorted(sys.modules), file=sys.stderr)"
    )
    done = separate("-c", code, folder=tmp_path)
    status, *modules = done.stderr.split()
    assert status == "0"
    assert {name.split(".")[0] for name in modules}.isdisjoint(HEAVY)


def test_a_workbook_is_made_and_checked_without_pandas_and_without_starting_xlwings(tmp_path: Path) -> None:
    code = (
        "import sys; from kam_xl.cli import cli\n"
        "for args in (['new', 'a.xlsm'], ['check', 'a.xlsm']):\n"
        "    try: cli(args, prog_name='kam-xl')\n"
        "    except SystemExit as done: assert not done.code\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = separate("-c", code, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert loaded & {"xlsxwriter", "openpyxl"}
    assert loaded.isdisjoint({"pandas", "xlwings", "rich"})


def test_the_module_runs_as_the_command(tmp_path: Path) -> None:
    done = separate("-m", "kam_xl", "new", "--help", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: kam-xl new [OPTIONS] OUT")


def test_a_mistake_ends_with_status_2_and_no_traceback(tmp_path: Path) -> None:
    done = separate("-m", "kam_xl", "check", "nix.xlsx", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kam-xl: nix.xlsx: no such file; check the name and the folder\n"


def test_details_are_shown_when_asked_for(tmp_path: Path) -> None:
    done = separate("-m", "kam_xl", "check", "nix.xlsx", folder=tmp_path, KAM_XL_DEBUG="1")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_names_in_any_script(tmp_path: Path) -> None:
    (tmp_path / "داده.csv").write_text("مشتری,درآمد 2025\nالف,۱۲۳\n", encoding="utf-8")
    done = separate("-m", "kam_xl", "new", "کتاب.xlsx", "--data", "داده.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert read_workbook(tmp_path / "کتاب.xlsx").tables.revenue == [("الف", [123])]
