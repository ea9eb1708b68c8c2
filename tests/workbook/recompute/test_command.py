"""kam-xl recalculate, and what check, preview and doctor say of values that are missing or wrong."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from kam_xl.cli import cli
from kam_xl.doctor import examine
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute import writing


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = load_template("selection")
    settings = template.settings.model_copy(update={"sheets": ["Pareto"]})
    return build(settings, template.sample()).write(tmp_path_factory.mktemp("books") / "whole.xlsx")


@pytest.fixture(scope="module")
def saved(whole: Path) -> Path:
    """A file of openpyxl's: every value is gone."""
    book = openpyxl.load_workbook(whole)
    book["Revenue"]["H9"] = 1234
    path = whole.with_name("saved.xlsx")
    book.save(path)
    return path


@pytest.fixture
def file(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(saved, tmp_path / "book.xlsx"))


def run(*args: object) -> Result:
    result = CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="kam-xl")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def value(path: Path, sheet: str, cell: str) -> object:
    return openpyxl.load_workbook(path, data_only=True)[sheet][cell].value


def test_it_says_what_it_changed_and_the_file_shows_it(file: Path) -> None:
    file.chmod(0o640)
    with zipfile.ZipFile(file) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    formulas, arrays = (sum(len(re.findall(tag, xml)) for xml in sheets) for tag in (b"<f[ >]", b't="array"'))
    result = run("recalculate", file)
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert re.match(rf"{file}: changed [\d,]+ cells on \d+ sheets, of which {formulas:,} had no value\.", lines[0])
    fixed = f"{arrays} lists were fixed to their cells when the file was saved, and grow with the data again."
    assert lines[1] == fixed
    assert not any("definition" in line for line in lines)  # none was spoilt
    assert value(file, "Revenue", "D9") is not None
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(file.parent.iterdir()) == [file]
    before = file.read_bytes()
    assert run("recalculate", file).output.splitlines()[0] == f"{file}: every value that could be computed is right."
    assert file.read_bytes() == before


def test_a_dry_run_and_another_file_leave_the_file_alone(file: Path) -> None:
    before, out = file.read_bytes(), file.with_name("out.xlsx")
    assert "would change" in run("recalculate", file, "--dry-run").output
    assert not out.exists()
    assert run("recalculate", file, "--out", out).exit_code == 0
    assert file.read_bytes() == before
    assert "is there already" in run("recalculate", file, "--out", out).output
    assert run("recalculate", file, "--out", out, "--force").exit_code == 0
    assert run("recalculate", file, "--out", file.with_name("out.ods")).exit_code == 2
    assert run("recalculate", out).output.splitlines()[0].endswith("every value that could be computed is right.")
    told = run("recalculate", file, "--dry-run", "--out", file.with_name("other.xlsx")).output
    assert told.startswith(f"{file}: would change") and "other.xlsx" not in told


def test_a_users_formula_that_is_not_known_is_listed_and_a_broken_one_of_ours_gives_status_1(
    file: Path, whole: Path
) -> None:
    book = openpyxl.load_workbook(whole)
    book.create_sheet("Mine")["A1"] = "=TODAY()"
    book["Mine"]["A2"] = "=A1+1"
    book.save(file)
    result = run("recalculate", file)
    assert result.exit_code == 0
    assert "2 formulas could not be computed:" in result.output
    assert "- Mine!A1: uses TODAY, which is not computed here" in result.output
    assert "- Mine!A2: needs Mine!A1, which could not be computed" in result.output
    book = openpyxl.load_workbook(file)
    book["Revenue"]["D9"] = "=XLOOKUP(1,F9:H9,F9:H9)"
    book.save(file)
    result = run("recalculate", file)
    assert result.exit_code == 1
    assert "- Revenue!D9: uses XLOOKUP, which is not computed here" in result.output
    assert value(file, "Revenue", "D9") is None


REFUSED: dict[str, Callable[[Path], object]] = {
    "no such file": lambda path: path.unlink(),
    "is empty": lambda path: path.write_bytes(b""),
    "is damaged": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "is damaged or no .xlsx": lambda path: path.write_text("Account,2024\nA,5\n"),
    "is protected by a password": lambda path: path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    ),
    "is no workbook of kam-xl": lambda path: openpyxl.Workbook().save(path),
    "is a folder": lambda path: (path.unlink(), path.mkdir()),
    "is write-protected": lambda path: path.chmod(0o444),
    "is open in another program": lambda path: path.with_name(f".~lock.{path.name}#").write_text("me"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_recalculated_is_refused_in_one_line(file: Path, reason: str) -> None:
    REFUSED[reason](file)
    before = file.read_bytes() if file.is_file() else b""
    result = run("recalculate", file)
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1 and reason in result.output
    assert (file.read_bytes() if file.is_file() else b"") == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<workbookPr ", b'<workbookPr date1904="1" ', "counts its days from 1904"),
        (b"<calcPr ", b'<calcPr fullPrecision="0" ', "computes with the digits shown"),
    ],
)
def test_a_workbook_that_counts_in_its_own_way_is_refused(file: Path, old: bytes, new: bytes, reason: str) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace(old, new) if old in book else book.replace(old.strip() + b"/>", new + b"/>")
    assert parts["xl/workbook.xml"] != book
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert reason in run("recalculate", file).output


def test_a_write_that_breaks_off_leaves_the_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kam_xl.writing.os.fsync", full)
    result = run("recalculate", file)
    assert (result.exit_code, result.output) == (2, f"kam-xl: {file}: No space left on device\n")
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_changes_meanwhile_is_not_replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rewritten = writing.rewritten

    def slow(*args: object) -> bytes:
        file.write_bytes(b"typed meanwhile")
        return rewritten(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("kam_xl.workbook.recompute.rewritten", slow)
    assert "was changed meanwhile" in run("recalculate", file).output
    assert file.read_bytes() == b"typed meanwhile"


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.xlsx")
    os.symlink(file.name, link)
    assert run("recalculate", link).exit_code == 0
    assert link.is_symlink()
    assert value(file, "Revenue", "D9") is not None


def test_check_says_it_in_one_line_and_keeps_its_status(file: Path, whole: Path) -> None:
    result = run("check", file)
    lines = result.output.splitlines()
    assert f"cells show no value or a wrong one; to mend them: kam-xl recalculate {file}" in lines[-2]
    assert result.exit_code == (lines[-1] != "All checks passed")
    assert "recalculate" not in run("check", whole).output


def test_the_doctor_names_it(file: Path, whole: Path) -> None:
    def values(path: Path) -> list[tuple[str, bool]]:
        return [(one.state, "recalculate" in one.line) for one in examine(path) if one.what == "values"]

    assert values(file) == [("wrong", True)]
    assert values(whole) == [("ok", False)]


def test_preview_prints_the_right_values_and_leaves_the_file_as_it_is(
    file: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[object] = []

    def to_pdf(source: Path, target: Path, force: bool) -> Path:
        printed.append(value(source, "Revenue", "D9"))
        return target

    monkeypatch.setattr("kam_xl.hosts.libreoffice.to_pdf", to_pdf)
    before = file.read_bytes()
    result = run("preview", file, "--no-png")
    assert result.output.splitlines()[0].startswith("The right values are shown.")
    assert result.output.splitlines()[1] == str(file.with_suffix(".pdf"))
    assert run("preview", whole, "--no-png").output == f"{whole.with_suffix('.pdf')}\n"
    assert printed[0] is not None and len(printed) == 2
    assert file.read_bytes() == before
