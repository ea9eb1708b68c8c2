"""``kam-xl doctor --excel``, through xlwings' own Windows modules, over an Excel that is told what to do wrong."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from vba.pretended import make

from .conftest import Doctor
from .everything import everything

DROPS = ("drops validations", "drops a name", "drops conditional formats", "drops a chart", "drops a table")


def steps(out: Path) -> dict[str, dict[str, Any]]:
    """What was looked at in the first workbook, by its name."""
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return {step["what"]: step for step in report["workbooks"][0]["steps"]}


@pytest.fixture(scope="module")
def healthy(doctor: Doctor, workbook: Path) -> tuple[dict[str, Any], Path]:
    """An Excel with which all is well, and the report as a zip."""
    out = doctor.folder / "healthy.zip"
    return doctor.look(workbook, "--out", out, "--wait", "60"), out


@pytest.fixture(scope="module")
def sick(doctor: Doctor, workbook: Path) -> tuple[dict[str, Any], Path]:
    """An Excel that does wrong what it can, in one go."""
    faults = (
        *DROPS,
        "computes one cell wrong",
        "does not know a function",
        "repairs",
        "refuses macros",
        "cannot print",
    )
    out = doctor.folder / "sick"
    return doctor.look(workbook, "--out", out, "--wait", "60", faults=(*faults, "empty pictures", "does not quit")), out


def test_an_excel_with_which_all_is_well_gives_no_alarm(healthy: tuple[dict[str, Any], Path]) -> None:
    answer, out = healthy
    assert answer["status"] == 0, answer["output"]
    assert "Excel: nothing wrong was found\n" in answer["output"]
    with zipfile.ZipFile(out) as archive:
        report = archive.read("healthy/report.txt").decode()
    assert "ok     repairs: the copy that Excel saved has all that the workbook has" in report
    assert "cells with formulas are as Python computes them" in report
    assert "ok     macro KamCheck: 1 problem to mend." in report  # the message box was read and closed
    assert "WRONG" not in report


def test_the_report_holds_the_evidence(healthy: tuple[dict[str, Any], Path]) -> None:
    with zipfile.ZipFile(healthy[1]) as archive:
        names = {name.removeprefix("healthy/") for name in archive.namelist()}
    place = "accounts.xlsm/"
    assert {"report.txt", "report.json", f"{place}as written.xlsm", f"{place}saved by Excel.xlsm"} <= names
    assert {f"{place}pages.pdf", f"{place}pictures/Dashboard.png", f"{place}pictures/Dashboard___Chart_1.png"} <= names


def test_the_report_names_this_excel_and_how_it_reads(healthy: tuple[dict[str, Any], Path]) -> None:
    with zipfile.ZipFile(healthy[1]) as archive:
        report = archive.read("healthy/report.txt").decode()
    for line in (
        "Excel: 16.0, Build 17328, CalculationVersion 191029, OperatingSystem Windows (64-bit) NT 10.00",
        "decimal separator: ,",
        "list separator: ;",
        "date order: day, month, year",
        "1/2 as text: 0,5",
        'the month of "1/2/2026": 2',
        'cells of 3, 27, 4 that are "<3.5": 3',
        "“Straße” is “Strasse”: no",
    ):
        assert f"\n{line}\n" in report
    assert "“abc” is “ABC”: " in report
    assert "“coop” is “coop” with a soft hyphen: " in report


def test_nobody_is_named_in_the_report(healthy: tuple[dict[str, Any], Path]) -> None:
    """Excel writes author and folder into what it saves."""
    with zipfile.ZipFile(healthy[1]) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            inside = [data]
            if name.endswith((".xlsx", ".xlsm")):
                with zipfile.ZipFile(archive.open(name)) as book:
                    inside += [book.read(part) for part in book.namelist()]
            assert not any(b"Ada" in each or b"Lovelace" in each for each in inside), name


def test_only_copies_are_opened_and_everything_is_closed(healthy: tuple[dict[str, Any], Path]) -> None:
    log = healthy[0]["log"]
    opened = [line.split()[1] for line in log if line.startswith("opened")]
    closed = [line.split()[1] for line in log if line.startswith("closed")]
    assert set(opened) <= set(closed)
    assert log.count("started") == log.count("quit") == 1
    assert "ended" not in log


def test_every_macro_ran_and_says_what_it_did(healthy: tuple[dict[str, Any], Path]) -> None:
    with zipfile.ZipFile(healthy[1]) as archive:
        report = json.loads(archive.read("healthy/report.json"))
    from kam_xl.macros.entry import MACROS

    found = {step["what"]: step for step in report["workbooks"][0]["steps"]}
    for name in (*MACROS, "KamRefresh", "KamCheck", "KamHelp"):
        assert found[f"macro {name}"]["state"] == "ok", found[f"macro {name}"]
    assert "cells changed on Revenue: 1 (I8 …)" in found["macro add_year"]["more"]
    assert found["macro import_accounts"]["line"].startswith("new accounts.csv: accounts 1 new, 0 updated.")
    assert any(line.startswith("files written: accounts") for line in found["macro export_pdf"]["more"])
    assert any(line.startswith("books opened: ") for line in found["macro new_workbook"]["more"])


@pytest.mark.parametrize(
    "line",
    [
        "may be typed into",
        "the name ",
        "the conditional format of",
        "the chart “",
        "the table tbl",
    ],
)
def test_whatever_excel_drops_is_named(sick: tuple[dict[str, Any], Path], line: str) -> None:
    repairs = steps(sick[1])["repairs"]
    assert repairs["state"] == "wrong"
    assert any(line in each for each in repairs["more"]), repairs["more"]
    assert (sick[1] / "accounts.xlsm" / "repairs.txt").is_file()


def test_a_cell_that_excel_computes_wrong_is_named(sick: tuple[dict[str, Any], Path]) -> None:
    found = steps(sick[1])["values"]
    assert found["state"] == "wrong"
    assert found["line"].startswith("2 of ")
    assert found["line"].endswith("cells differ from Python (#NAME?: 1)")
    with (sick[1] / "accounts.xlsm" / "differences.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["sheet"] for row in rows] == ["calc", "calc"]
    number = next(row for row in rows if row["Excel"] != "#NAME?")
    assert float(number["Excel"]) == pytest.approx(float(number["Python"]) * 1.0001)


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("functions", "Excel does not know 1 of "),
        ("pages as PDF", "Document not saved. No printer is installed."),
        ("macro export_pdf", "Document not saved. No printer is installed."),
        ("macro KamRefresh", "Cannot run the macro"),
    ],
)
def test_a_step_that_fails_is_a_line_and_the_rest_goes_on(
    sick: tuple[dict[str, Any], Path], step: str, line: str
) -> None:
    found = steps(sick[1])
    assert found[step]["state"] == "wrong"
    assert line in found[step]["line"]
    assert found["macro add_year"]["state"] == "ok"
    assert found["pictures"]["line"] != "0 pictures"
    assert any("Chart 1: the picture is empty" in each for each in found["pictures"]["more"])


def test_a_repair_that_the_window_names_is_named(sick: tuple[dict[str, Any], Path]) -> None:
    opening = steps(sick[1])["opening"]
    assert opening["state"] == "wrong"
    assert opening["more"] == ["its window says: Repariert"]


def test_an_excel_that_does_not_quit_is_ended(sick: tuple[dict[str, Any], Path]) -> None:
    answer = sick[0]
    assert answer["log"][-2:] == ["quit", "ended"]
    assert answer["status"] == 1
    assert "✗ accounts.xlsm, values: 2 of " in answer["output"]


@pytest.fixture(scope="module")
def plain(doctor: Doctor) -> Path:
    """A workbook that kam_xl did not make: it is small, and has no values to be held against."""
    return everything(doctor.folder / "everything.xlsx")


def test_an_excel_that_waits_in_a_window_is_ended_and_the_rest_gets_a_new_one(doctor: Doctor, plain: Path) -> None:
    out = doctor.folder / "window"
    answer = doctor.look(plain, "--out", out, "--wait", "1", faults=("asks while it opens", "answers nothing"))
    found = steps(out)
    assert found["opening"]["line"] == (
        "Excel did not answer for 2 s and was ended; a window was open: "
        "Microsoft Excel: We found a problem with some content. Do you want us to recover it?"
    )
    assert found["repairs"]["line"] == "the workbook is not open"
    assert found["macro refresh"]["line"].startswith("refused: everything.xlsx has no sheet Dashboard")
    assert answer["log"].count("started") > 1


def test_a_calculation_that_never_ends_is_named_and_the_rest_goes_on(doctor: Doctor, plain: Path) -> None:
    out = doctor.folder / "calculation"
    doctor.look(plain, "--out", out, "--wait", "1", faults=("calculates for ever",))
    found = steps(out)
    assert found["calculation"]["state"] == "wrong"
    assert found["calculation"]["line"] == "the calculation was not done after 1 s; give it more with --wait"
    assert found["repairs"]["state"] == found["pages as PDF"]["state"] == "ok"


def test_stopping_it_closes_excel_and_keeps_what_was_found(doctor: Doctor, plain: Path) -> None:
    out = doctor.folder / "stopped"
    answer = doctor.look(plain, "--out", out, faults=("is interrupted",))
    assert answer["status"] != 0
    assert answer["log"][-1] == "quit"
    assert "It was stopped before it was done." in (out / "report.txt").read_text(encoding="utf-8")
    assert "repairs" in steps(out)


@pytest.mark.long
def test_without_the_workbook_the_report_holds_nothing_of_it(doctor: Doctor, workbook: Path) -> None:
    """And an Excel that never stops calculating is named, its values are not taken for right."""
    out = doctor.folder / "private"
    faults = ("calculates for ever", "python does not answer")
    doctor.look(workbook, "--out", out, "--wait", "3", "--no-workbook", faults=faults)
    found = steps(out)
    assert found["calculation"]["line"] == "the calculation was not done after 3 s; give it more with --wait"
    assert found["values"] == {
        "what": "values", "state": "not done", "line": "the calculation was not done", "more": []
    }  # fmt: skip
    assert found["macro KamRefresh"]["line"].startswith("failed: Python does not answer (no such file).")
    files = [file for file in out.rglob("*") if file.is_file()]
    assert {file.name for file in files} <= {"report.txt", "report.json", "repairs.txt", "differences.csv"}
    assert not any("Aurelia" in file.read_text(encoding="utf-8") for file in files)


@pytest.mark.long
def test_differences_without_the_workbook_tell_kinds_only(doctor: Doctor, workbook: Path) -> None:
    out = doctor.folder / "kinds"
    doctor.look(
        workbook, "--out", out, "--wait", "60", "--no-workbook", faults=("computes one cell wrong", "refuses macros")
    )
    with (out / "accounts.xlsm" / "differences.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["Excel"], row["Python"]) for row in csv.DictReader(file)]
    assert ("number", "number") in rows
    assert any(excel == "#NAME?" and python.startswith("text of ") for excel, python in rows)


def test_a_workbook_of_somebody_else_is_opened_without_its_macros(doctor: Doctor) -> None:
    """What is not kam_xl's has no values to be held against; the rest is looked at all the same."""
    out = doctor.folder / "foreign"
    file = make(doctor.folder / "foreign.xlsm", {"INTERPRETER_WIN": r"\\server\python.exe"})
    answer = doctor.look(file, "--out", out, "--wait", "60")
    assert [line for line in answer["log"] if line.startswith("opened")] == ["opened foreign.xlsm without macros"]
    found = steps(out)
    assert found["macros"]["state"] == "not done"
    assert found["macros"]["line"].startswith("its macros do not run: its sheet xlwings.conf is not as this computer")
    assert found["values"]["state"] == "not done"
    assert found["repairs"]["state"] == "ok"


def test_no_excel_is_one_line(doctor: Doctor, workbook: Path) -> None:
    answer = doctor.look(workbook, "--out", doctor.folder / "none.zip", faults=("is not installed",))
    assert answer["status"] == 2
    assert answer["output"].splitlines()[-1].startswith("kam-xl: Excel cannot be started here (")
    assert not (doctor.folder / "none.zip").exists()


@pytest.mark.long
def test_fresh_samples_of_every_engine_are_looked_at(doctor: Doctor) -> None:
    out = doctor.folder / "samples"
    answer = doctor.look("--out", out, "--wait", "60")
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in report["workbooks"]] == ["native.xlsx", "native.xlsm", "python.xlsm"]
    assert answer["status"] == 0, answer["output"]
    assert all(step["state"] == "ok" for each in report["workbooks"] for step in each["steps"])
