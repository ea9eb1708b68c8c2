"""Doubts about money are asked: at a terminal with both amounts, else exit status 4 and the option that answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kam_xl.cli import cli

QUESTIONS = {
    "currencies": (
        "Customer,Date,Amount,Currency\nA,2025-01-01,100,EUR\nB,2025-02-01,50,USD\n",
        ["--rates", "EUR=1,USD=0.5"], "Revenue 2025: 125.00",
    ),
    "two amounts": (
        "Customer,Date,Sales amount,Invoice amount\nA,2025-01-01,100,110\nB,2025-02-01,50,55\n",
        ["--amount", "Sales amount"], "Revenue 2025: 150.00",
    ),
    "a date that may not count": (
        "Customer,Ship date,Amount\nA,2024-12-30,100\nA,2025-01-05,50\n",
        ["--date", "Ship date"], "Revenue 2024: 100.00",
    ),
    "unknown states": (
        "Customer,Date,Status,Amount\nA,2025-01-01,Paid,100\nA,2025-02-01,Zurueckgestellt,50\n",
        ["--count", "Paid"], "Revenue 2025: 100.00",
    ),
    "day or month": (
        "Customer,Start,End,MRR\nA,01/02/2025,,100\nB,03/04/2025,05/06/2025,50\n",
        ["--dates", "mdy"], "MRR 2025-01: 100.00",
    ),
    "a sum or an account": (
        "Account,2025\nA,100\nB,50\nC,150\n", ["--totals", "none"], "Revenue 2025: 300.00",
    ),
}  # fmt: skip


@pytest.fixture(params=QUESTIONS)
def question(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[str], str]:
    text, answer, sums = QUESTIONS[request.param]
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    return tmp_path / "in.csv", answer, sums


def test_without_a_terminal_nothing_is_written_and_the_option_is_named(question: tuple[Path, list[str], str]) -> None:
    file, (option, _value), _sums = question
    out = file.with_name("out.xlsx")
    done = CliRunner().invoke(cli, ["new", str(out), "--data", str(file)])
    assert done.exit_code == 4
    assert option in done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_the_option_answers(question: tuple[Path, list[str], str]) -> None:
    file, answer, sums = question
    done = CliRunner().invoke(cli, ["plan", str(file), *answer])
    assert (done.exit_code, done.stderr) == (0, "")
    assert sums in done.stdout.splitlines()


def test_a_plan_says_the_sums_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Customer,Date,Amount\nA,2024-01-01,100\nB,2025-01-01,50\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["plan", str(tmp_path / "in.csv")])
    assert done.stdout.splitlines()[:3] == ["2 accounts", "Revenue 2024: 100.00", "Revenue 2025: 50.00"]
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_a_heading_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Customer,Date,Amount\nA,2024-01-01,100\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["plan", str(tmp_path / "in.csv"), "--amount", "Amont"])
    assert done.exit_code == 2
    assert "--amount" in done.stderr
    assert "Amount" in done.stderr


def test_answers_are_kept_in_a_file_and_read_again(question: tuple[Path, list[str], str]) -> None:
    file, answer, sums = question
    saved = str(file.with_name("answers.toml"))
    assert CliRunner().invoke(cli, ["plan", str(file), *answer, "--save-map", saved]).exit_code == 0
    done = CliRunner().invoke(cli, ["plan", str(file), "--map", saved])
    assert sums in done.stdout.splitlines()


def test_a_heading_of_a_file_of_answers_that_is_gone_names_its_nearest_heir(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Customer,Date,Net amount,Amount\nA,2024-01-01,1,2\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text('amount = "Net amounts"\n', encoding="utf-8")
    done = CliRunner().invoke(cli, ["plan", str(tmp_path / "in.csv"), "--map", str(tmp_path / "map.toml")])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "“Net amount”" in done.stderr


@pytest.mark.parametrize("text", ["amount = 1\n", 'colour = "red"\n', "amount = \n"])
def test_a_file_of_other_things_is_no_map(tmp_path: Path, text: str) -> None:
    (tmp_path / "in.csv").write_text("Customer,Date,Amount\nA,2024-01-01,1\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["plan", str(tmp_path / "in.csv"), "--map", str(tmp_path / "map.toml")])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
