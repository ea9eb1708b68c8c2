"""README says what is true."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from kam_xl.cli import cli
from kam_xl.functions import FUNCTIONS, KAM_ABC, KAM_GRR, KAM_NPS
from kam_xl.hosts.vba import BUTTONS
from kam_xl.intake import starting
from kam_xl.workbook.build import build

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FIRST_CHECK = (Path(__file__).parents[2] / "docs" / "first-check-in-excel.md").read_text(encoding="utf-8")


def test_the_table_of_functions_is_the_registry():
    table = README.split("<!-- functions -->")[1].split("<!-- /functions -->")[0]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", table, re.M)
    assert rows == [(f.signature, f.help) for f in FUNCTIONS.values()]


def test_pictures_exist():
    for picture in set(re.findall(r"\]\((docs/[^)]+)\)", README)):
        assert (Path(__file__).parents[2] / picture).is_file()


def test_the_examples_say_what_they_give():
    assert KAM_ABC([[85], [15]]) == [["A"], ["B"]]
    assert KAM_GRR([[100], [50]], [[94], [60]]) == 0.96


def test_the_example_of_frames_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    build(*starting.from_sample()).write("accounts.xlsx")
    code = README[README.index("from kam_xl import frames") : README.index("from kam_xl.intake.template")]
    assert "frames.pareto" in code
    names: dict[str, object] = {}
    exec(code, names)
    found = names["frames"].pareto(names["tables"].revenue)
    assert f"a frame: {', '.join(found.columns)}\n" in code
    assert list(names["frames"].read("next.xlsx").revenue["Account"]) == list(names["tables"].revenue["Account"])


def test_every_test_that_the_table_of_security_names_is_there():
    root = Path(__file__).parents[2]
    named = set(re.findall(r"`(tests/[^`]+)`", (root / "docs" / "security.md").read_text(encoding="utf-8")))
    assert len(named) > 8
    assert [name for name in sorted(named) if not (root / name).is_file()] == []


def test_the_first_check_in_excel_names_what_there_is():
    help_text = CliRunner().invoke(cli, ["doctor", "--help"]).output + CliRunner().invoke(cli, ["new", "--help"]).output
    assert set(re.findall(r"--[a-z][a-z-]+", FIRST_CHECK)) <= set(re.findall(r"--[a-z][a-z-]+", help_text))
    assert f"{KAM_NPS([[9], [10], [3]]):.2f}" == "33.33"
    assert "`=KAM_NPS({9;10;3})` into a cell of a new sheet | 33.33…" in FIRST_CHECK
    assert f"**KAM** with {len(BUTTONS)} buttons" in FIRST_CHECK
