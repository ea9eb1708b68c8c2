"""The pages for developers say what is true: paths exist, rooms are named, functions.md is current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import developer
import functions_page
import pytest

from kam_xl.functions import FUNCTIONS
from kam_xl.intake import starting
from kam_xl.workbook.build import build

ROOT = Path(__file__).parents[2]
GUIDES = ("architecture.md", "CONTRIBUTING.md")
PLACES = ("kam_xl", "docs", "tests", "")


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


# ---- functions.md ----------------------------------------------------------------------------------------------


def test_the_page_of_functions_is_current():
    assert functions_page.PAGE.read_text(encoding="utf-8") == functions_page.text(), "python tests/developer.py docs"
    assert functions_page.README.read_text(encoding="utf-8") == functions_page.readme()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_its_example_and_mistakes_that_are_mistakes(name):
    function = FUNCTIONS[name]
    section = text("functions.md").split(f"\n### {name}\n")[1].split("\n### ")[0]
    assert f"`={function.signature}`" in section
    cells = functions_page.example(function)
    result = function(*cells)
    rows = result if isinstance(result, list) else [[result]]
    assert section.count("\n|") == len(function.args) + 2 + len(rows) + (1 if function.columns else 2)
    told = list(functions_page.mistakes(function, cells))
    assert told
    for what, line in told:
        assert line.startswith(f"#KAM! {name}: "), what
        assert f"- {what}: `{line}`" in section


# ---- architecture.md and CONTRIBUTING.md -----------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_in_a_guide_is_there(guide):
    named = re.findall(
        r"`([\w/<>]+(?:\.(?:py|md|txt|toml|csv)|/)|tests/run)`", text(guide).replace("KAM_<NAME>", "<x>")
    )
    assert len(named) > 15
    for path in named:  # a name alone may be that of a file in any of the places
        pattern = re.sub(r"<\w+>", "*", path).rstrip("/")
        anywhere = "" if "/" in pattern else "**/"
        assert any(list((ROOT / place).glob(anywhere + pattern)) for place in PLACES), path


def test_every_room_has_its_row():
    rooms = {path.name for path in (ROOT / "kam_xl").iterdir() if (path / "__init__.py").is_file()}
    rows = "".join(re.findall(r"^\| (.+?) \|", text("architecture.md"), re.M))
    assert {room for room in rooms if f"`{room}/" not in rows} == set()
    modules = {path.name for path in (ROOT / "kam_xl").glob("[a-z]*.py")}
    assert {module for module in modules if f"`{module}`" not in rows} == set()


def test_commands_in_the_guides_are_those_of_the_developers_script():
    for verb, *_others in re.findall(r"tests/developer\.py (\w+)(.*)", text("CONTRIBUTING.md")):
        done = subprocess.run([sys.executable, "tests/developer.py", verb, "--help"], cwd=ROOT, capture_output=True)
        assert done.returncode == 0, verb


# ---- the developer's command -----------------------------------------------------------------------------------


def test_a_page_is_printed_with_formulas_and_the_values_that_python_computed(tmp_path, capsys):
    built = build(*starting.from_sample())
    path = built.write(tmp_path / "a.xlsx")
    assert developer.main(["page", "pareto", "--file", str(path)]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    sheet = built.book.sheets["Pareto"]
    shown = {line[0]: line[1:] for line in lines}
    filled = {at: cell for at, cell in sheet.cells.items() if cell not in (None, "")}
    addresses = {f"{chr(65 + col)}{row + 1}": cell for (row, col), cell in filled.items() if col < 26}
    assert set(addresses) <= set(shown)
    for address, cell in addresses.items():
        value = shown[address][-1]
        assert value == developer._shown(cell) or float(value) == pytest.approx(float(cell), rel=1e-14), address
    assert any(line[1].startswith("=KAM_PARETO(") or "KAM_PARETO(" in line[1] for line in lines)


def test_a_sheet_that_is_not_there_is_said_in_one_line(tmp_path, capsys):
    path = build(*starting.from_nothing(years=["2025"], sheets=["Pareto"])).write(tmp_path / "a.xlsx")
    assert developer.main(["page", "Nix", "--file", str(path)]) == 2
    assert capsys.readouterr().err.startswith("developer: Nix: no such sheet; there are Guide, ")
