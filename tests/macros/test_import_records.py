"""Importing writes every table that it read, or says which it did not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kam_xl.content.records import RECORDS
from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

from .excel_book import Answer, Macros, payload, writes

SETTINGS = load_template("standard").settings.model_copy(update={"sheets": []})  # every page


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = load_template("standard")
    return build(SETTINGS, template.sample(), "addin").write(tmp_path_factory.mktemp("whole") / "sample.xlsx")


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = load_template("standard").sample()  # as many rows as it has, none of them in use
    tables = Tables(
        years=sample.years,
        mrr=[(None, None, [])] * len(sample.mrr),
        records={key: [{}] * len(rows) for key, rows in sample.records.items()},
    )
    return build(SETTINGS, tables, "addin").write(tmp_path_factory.mktemp("blank") / "blank.xlsx")


def book_of(folder: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"Accounts": [["Account", "Country"], ["Aurelia University Hospital", None]], **sheets}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "more.xlsx")
    return folder / "more.xlsx"


def written(seen: Answer, answer: Answer) -> dict[str, dict[str, list[Any]]]:
    """What was written, by sheet and heading, from top to bottom."""
    names = [sheet["name"] for sheet in seen["sheets"]]
    found: dict[str, dict[str, list[Any]]] = {}
    for sheet, cells, values in writes(answer, names):
        column, _row = openpyxl.utils.cell.coordinate_from_string(cells.split(":")[0])
        rows = seen["sheets"][names.index(sheet)]["values"]
        heading = rows[7][openpyxl.utils.column_index_from_string(column) - 1]
        found.setdefault(sheet, {}).setdefault(heading, []).extend(value for (value,) in values)
    return found


def test_a_whole_workbook_comes_into_a_blank_one(macros: Macros, whole: Path, blank: Path) -> None:
    seen = payload(blank)
    answer = macros(seen, "import_accounts", str(whole))
    cells = written(seen, answer)
    sample = load_template("standard").sample()
    assert len(sample.records) == len(RECORDS)
    for key, rows in sample.records.items():
        record = RECORDS[key]
        for field in record.columns():
            typed = [row[field.key] for row in rows if row.get(field.key) is not None]
            there = [value for value in cells.get(record.sheet, {}).get(field.heading, []) if value is not None]
            assert len(there) == len(typed), (record.sheet, field.heading)
        assert f"{record.sheet}: {len(rows)} new, 0 updated." in answer["value"]


def test_the_same_rows_again_change_nothing(macros: Macros, whole: Path) -> None:
    answer = macros(payload(whole), "import_accounts", str(whole))
    assert answer["actions"] == []
    assert answer["value"].startswith("sample.xlsx changes nothing")


def test_known_rows_are_updated_and_others_go_to_the_first_blank_ones(
    macros: Macros, whole: Path, tmp_path: Path
) -> None:
    person = load_template("standard").sample().records["stakeholders"][0]
    head = ["Account", "Name", "Role", "Relationship", "Power", "Notes"]
    rows = [
        head,
        [person["account"], str(person["name"]).upper(), "Chair", "opposed", 5, "golf"],
        [person["account"], "Mira Neu", "CFO", "neutral", 4, None],
    ]
    survey = [["Date", "Account", "Step", "Satisfaction"], ["2025-06-01", person["account"], "Live", 2]]
    survey += [["2025-06-02", person["account"], "Live", 5]]
    seen = payload(whole)
    answer = macros(seen, "import_accounts", str(book_of(tmp_path, Stakeholders=rows, Surveys=survey)))
    cells = written(seen, answer)
    assert cells["Stakeholders"]["Role"] == ["Chair", "CFO"]
    assert cells["Stakeholders"]["Name"] == ["Mira Neu"]
    assert cells["Stakeholders"]["Notes"][0].endswith("golf")
    assert cells["Surveys"]["Satisfaction"] == [2, 5]
    assert "Stakeholders: 1 new, 1 updated." in answer["value"]
    assert "Surveys: 2 new, 0 updated." in answer["value"]


def test_rows_without_a_sheet_here_are_named(macros: Macros, seen: Answer, tmp_path: Path) -> None:
    rows = [["Account", "Name", "Role", "Reports to"], ["Aurelia", "A", "x", ""], ["Aurelia", "B", "y", "A"]]
    answer = macros(seen, "import_accounts", str(book_of(tmp_path, Stakeholders=rows)))
    assert "2 rows of Stakeholders were left out: this workbook has no such sheet." in answer["value"]
    assert answer["actions"] == []


def test_a_table_without_room_for_all_is_refused_before_anything_is_written(
    macros: Macros, blank: Path, tmp_path: Path
) -> None:
    rows = [["Account", "Name", "Role", "Reports to"], *[["Aurelia", f"P{i}", "x", ""] for i in range(500)]]
    answer = macros(payload(blank), "import_accounts", str(book_of(tmp_path, Stakeholders=rows)))
    assert answer["error"].startswith("Stakeholders lacks ")
    assert answer["actions"] == []


@pytest.mark.parametrize(
    ("sheets", "line"),
    [
        ({"MRR": [["Month", "Account", "Gold", "Lead"], ["2025-01", "Aurelia", 5, 7]]}, "its plans (Gold, Lead)"),
        ({"RACI": [["Task", "Pilot", "Copilot"], ["Fly", "A", "R"], ["Land", "A", "C"]]}, "its roles (Pilot, Copilot)"),
    ],
)
def test_figures_of_other_plans_or_roles_are_refused_and_never_put_under_wrong_headings(
    macros: Macros, whole: Path, tmp_path: Path, sheets: dict[str, list[list[Any]]], line: str
) -> None:
    answer = macros(payload(whole), "import_accounts", str(book_of(tmp_path, **sheets)))
    assert line in answer["error"]
    assert answer["actions"] == []
