"""A workbook of several sheets that is not ours: every sheet finds its table, or is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.importer import read_data
from kam_xl.intake.starting import from_data
from kam_xl.intake.template import Template
from kam_xl.workbook.build import build

TEMPLATE = Template()
CUSTOMERS = [["Account", "Sector"], ["Alpha", "Bank"], ["Beta", "Farm"]]
Sheets = dict[str, Sequence[Sequence[Any]]]


def saved(tmp_path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(tmp_path / "in.xlsx")
    return tmp_path / "in.xlsx"


def read(tmp_path: Path, sheets: Sheets) -> Tables:
    return read_data(saved(tmp_path, sheets), TEMPLATE)


def test_a_workbook_as_people_have_it(tmp_path: Path) -> None:
    december = date(2025, 12, 1)
    file = saved(
        tmp_path,
        {
            "Cover": [["Our accounts"], ["by me"]],
            "Kundenliste 2025": [["Stand Dezember"], [], ["Kunde", "Branche"], ["Alpha", "Bank"], ["Beta", "Farm"]],
            "Umsatz 2024-2025": [["Kunde", 2024, 2025], ["Alpha", 1, 2], ["Beta", 4, 5], ["Gamma", 7, 8]],
            "MRR": [["Month", "Customer", "Basic", "Premium"], [december, "Alpha", 1, None]],
            "People": [
                ["Who is who"],
                ["Customer", "Person", "Title", "Reports to", "Attitude", "Power", "Phone"],
                ["Alpha", "Ann", "CEO", None, "Supporter", 5, 123],
                [" alpha", "Bob", "CFO", "Ann", "hostile", "4", None],
                ["Nobody", "Cy", "Clerk", None, None, 1, None],
            ],
            "White space": [["Kunde", "Sparte", "Sold (k€)", "Potential"], ["Alpha", "Pumps", 1, "1.234,5"]],
            "Rubbish": [["A", "B"], [1, 2]],
        },
    )
    settings, tables = from_data(file)
    assert tables.remarks == [
        "Read 2 accounts from the sheet “Kundenliste 2025”.",
        "Read revenue of 3 accounts from the sheet “Umsatz 2024-2025”.",
        "Read 1 row of MRR from the sheet “MRR”.",
        "Columns of “People” not known, kept in Notes: Phone.",
        "Read 3 stakeholders from the sheet “People”.",
        "Read 1 row of division sales from the sheet “White space”.",
        "Sheets not read: Cover, Rubbish.",
        "Amounts are shown in k€; give your unit with --currency.",
    ]
    assert [row["account"] for row in tables.accounts] == ["Alpha", "Beta", "Gamma"]
    assert tables.revenue == [("Alpha", [1, 2]), ("Beta", [4, 5]), ("Gamma", [7, 8])]
    assert tables.mrr == [(december, "Alpha", [1, None, None])]
    assert tables.records["stakeholders"] == [
        {
            "account": "Alpha", "name": "Ann", "role": "CEO", "relationship": "friendly", "power": 5,
            "notes": "Phone: 123",
        },
        {
            "account": "alpha", "name": "Bob", "role": "CFO", "reports_to": "Ann", "relationship": "opposed",
            "power": 4,
        },
        {"account": "Nobody", "name": "Cy", "role": "Clerk", "power": 1},
    ]  # fmt: skip
    assert tables.records["divisions"] == [{"account": "Alpha", "division": "Pumps", "sold": 1, "potential": 1234.5}]
    assert (settings.divisions, settings.sectors) == (["Pumps"], ["Bank", "Farm"])
    assert (settings.map_account, settings.plan_account, settings.rollout_account) == ("", "", "")
    strangers = [(p.sheet, p.cell, p.problem) for p in build(settings, tables).problems if p.sheet == "Stakeholders"]
    assert strangers == [("Stakeholders", "B11", "is not on Accounts")]


def test_headings_tell_where_a_name_does_not(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        {
            "Sheet1": [["Customer", "Country", 2025], ["Alpha", "AT", 3]],
            "Sheet2": [
                ["Company", "Task", "Start", "End", "Progress %", "Assignee"],
                ["Alpha", "Do it", "01/02/2025", "28/02/2025", 45, "Eva"],
                ["Alpha", "Go", dt.date(2025, 3, 15), None, 100, None],
            ],
            "Sheet3": [["Customer", "Opportunity", "Probability", "Value"], ["Alpha", "Big", "45 %", 1200]],
            "Sheet4": [["Customer", "Country", 2019], ["Alpha", "AT", 99]],
        },
    )
    assert tables.revenue == [("Alpha", [3])]
    assert tables.records == {
        "goals": [{"account": "Alpha", "goal": "Big", "chance": 0.45, "worth": 1200}],
        "tasks": [
            {
                "account": "Alpha", "task": "Do it", "start": date(2025, 2, 1), "end": date(2025, 2, 28), "done": 0.45,
                "owner": "Eva",
            },
            {"account": "Alpha", "task": "Go", "start": date(2025, 3, 15), "done": 1},
        ],
    }  # fmt: skip
    assert tables.remarks == [
        "Read 1 account from the sheet “Sheet1”.",
        "Read 2 tasks from the sheet “Sheet2”.",
        "Read 1 goal from the sheet “Sheet3”.",
        "Sheets not read: Sheet4.",
    ]


def test_roles_and_criteria_of_the_headings_go_to_settings(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Customers": CUSTOMERS,
        "RACI": [["Activity", "Boss", "Cook", "Notes"], ["Eat", "A/R", None, "slowly"], ["Wash", "A", "R", None]],
        "Selection": [["Account", "Key account", "Size", "Fit", "Why"], ["Alpha", "x", 9, "8", "old friend"]],
    }
    settings, tables = from_data(saved(tmp_path, sheets))
    assert settings.roles == ["Boss", "Cook"]
    assert [(c.name, c.weight) for c in settings.selection] == [("Size", 1), ("Fit", 1)]
    assert tables.records["raci"] == [
        {"task": "Eat", "role_1": "A/R"},
        {"task": "Wash", "role_1": "A", "role_2": "R"},
    ]
    assert tables.records["candidates"] == [
        {"account": "Alpha", "key": "yes", "score_1": 9, "score_2": 8, "notes": "Why: old friend"}
    ]
    assert "Columns of “RACI” not known, not read: Notes." in tables.remarks
    assert not [p for p in build(settings, tables).problems if p.sheet in ("RACI", "Candidates", "Settings")]


def test_roles_that_the_template_knows_stay_in_its_order(tmp_path: Path) -> None:
    sheets: Sheets = {"Customers": CUSTOMERS, "RACI": [["Task", "Legal", "KAM"], ["Sign", "R", "A"]]}
    settings, tables = from_data(saved(tmp_path, sheets))
    assert settings.roles == TEMPLATE.roles
    assert tables.records["raci"] == [{"task": "Sign", "role_1": "A", "role_8": "R"}]


def test_more_roles_and_divisions_than_there_is_room(tmp_path: Path) -> None:
    roles = [f"R{k}" for k in range(10)]
    sales = [["Alpha", f"D{k}", k, 10 * k] for k in range(25)]
    sheets: Sheets = {
        "Customers": CUSTOMERS,
        "RACI": [["Task", *roles], ["Sign", *["A"] * 10]],
        "Divisions": [["Account", "Division", "Sold", "Potential"], *sales],
    }
    settings, tables = from_data(saved(tmp_path, sheets))
    assert settings.roles == roles[:8]
    assert settings.divisions == [f"D{k}" for k in range(5, 25)]
    assert "Only the first 8 columns of the list were taken; not read: R8, R9." in tables.remarks
    assert "Only the 20 largest divisions were taken into the list on Settings." in tables.remarks


def test_the_same_years_count_once_and_other_years_are_added(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        {
            "Customers": CUSTOMERS,
            "Revenue 2024": [["Account", "Revenue"], ["Alpha", 1]],
            "Revenue 2025": [["Account", "Revenue"], ["Alpha", 2]],
            "Sales": [["Account", 2025], ["Alpha", 50]],
        },
    )
    assert (tables.years, tables.revenue) == (["2024", "2025"], [("Alpha", [1, 2]), ("Beta", [None, None])])
    assert tables.remarks[-1] == "Sheets not read: Sales."


def test_a_name_without_fitting_headings_is_not_believed(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        {
            "Customers": CUSTOMERS,
            "MRR": [["Account", "Jan", "Feb"], ["Alpha", 1, 2]],
            "Tasks": [["Account", "Country"], ["Alpha", "AT"]],
            "Survey": [["Date", "Customer", "CSAT"], [date(2025, 1, 2), "Alpha", 4]],
        },
    )
    assert tables.mrr == []
    assert tables.records == {"surveys": [{"date": date(2025, 1, 2), "account": "Alpha", "csat": 4}]}
    assert tables.remarks[-2:] == [
        "Sheets not read: MRR, Tasks.",
        "No column of a year such as 2025: revenue is blank.",
    ]


def test_dates_and_numbers_that_may_mean_two_things_are_told(tmp_path: Path) -> None:
    actions = [["Account", "Action", "Due", "Status"], ["Alpha", "Call", "03/04/2025", "In progress"]]
    costs = [["Account", "Direct cost", "Retention"], ["Alpha", "1.234", "93 %"], ["Beta", "tbd", 2]]
    tables = read(tmp_path, {"Customers": CUSTOMERS, "Actions": actions, "Costs": costs})
    assert tables.records["actions"] == [
        {"account": "Alpha", "action": "Call", "due": date(2025, 4, 3), "state": "running"}
    ]
    assert tables.records["costs"] == [
        {"account": "Alpha", "direct": 1234, "retention": 0.93},
        {"account": "Beta", "direct": "tbd", "retention": 2},
    ]
    assert "Dates such as 03/04/2025 were read as day, month, year." in tables.remarks
    assert "Numbers such as 1.234 were read as thousands: 1,234." in tables.remarks


def test_error_cells_stay_errors(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        saved(tmp_path, {"Customers": CUSTOMERS, "Goals": [["Account", "Goal", "Worth"], ["Alpha", "Win", 1]]})
    )
    book["Goals"]["C2"] = "#DIV/0!"
    book["Goals"]["C2"].data_type = "e"
    book.save(tmp_path / "in.xlsx")
    settings, tables = from_data(tmp_path / "in.xlsx")
    problems = [(p.sheet, p.cell, p.problem) for p in build(settings, tables).problems]
    assert ("Goals", "E9", "is an error") in problems


def test_sheets_without_accounts_leave_accounts_empty(tmp_path: Path) -> None:
    people = [["Customer", "Person", "Title", "Power"], ["Alpha", "Ann", "CEO", 5]]
    tables = read(tmp_path, {"Cover": [["Hello"]], "People": people})
    assert tables.accounts == []
    assert tables.records["stakeholders"] == [{"account": "Alpha", "name": "Ann", "role": "CEO", "power": 5}]
    assert tables.remarks[0] == "in.xlsx: no sheet of accounts was found; type them on Accounts."


@pytest.mark.parametrize("beside", [[["Welcome"]], [["Month", "Amount"], ["May", 3]], [["Account", 1999], ["Old", 5]]])
def test_one_table_beside_other_sheets_is_read_as_ever(tmp_path: Path, beside: Sequence[Sequence[Any]]) -> None:
    tables = read(tmp_path, {"Data": [["Customer", 2025, "Phone"], ["A", 5, 7]], "Other": beside})
    assert (tables.accounts, tables.revenue) == ([{"account": "A", "notes": "Phone: 7"}], [("A", [5])])
    assert tables.remarks == [
        "Read the sheet “Data”; not read: Other.",
        "Columns not known, kept in Notes: Phone.",
    ]


def test_the_sheets_of_our_own_samples_are_known_by_their_headings(tmp_path: Path) -> None:
    """Pasted into a workbook with names that say nothing, every table of a sample comes back as it was."""
    import csv

    from kam_xl.intake.template import load_template

    loaded = load_template("standard")
    sheets: Sheets = {}
    for k, file in enumerate(sorted((loaded.folder / "sample").glob("*.csv"))):
        with file.open(encoding="utf-8", newline="") as text:
            name = {"accounts": "Accounts", "revenue": "Revenue", "mrr": "MRR", "scores": "Scores"}.get(file.stem)
            sheets[name or f"S{k}"] = [[cell or None for cell in row] for row in csv.reader(text)]
    tables, sample = read_data(saved(tmp_path, sheets), loaded.settings), loaded.sample()
    assert tables.records == sample.records
    assert (tables.accounts, tables.revenue, tables.mrr) == (sample.accounts, sample.revenue, sample.mrr)


def test_the_plans_of_the_sheet_mrr_are_taken(tmp_path: Path) -> None:
    january = date(2025, 1, 1)
    sheets: Sheets = {
        "Accounts": [["Account", "Sector", "2025"], ["Alpha", "Bank", 1]],
        "MRR": [["Month", "Account", "Silver", "Gold"], [january, "Alpha", None, 11], [january, "Beta", 5, None]],
    }
    settings, tables = from_data(saved(tmp_path, sheets))
    assert settings.plans == ["Silver", "Gold"]
    assert tables.mrr == [(january, "Alpha", [None, 11]), (january, "Beta", [5, None])]
    assert "Plans taken from the file: Silver, Gold." in tables.remarks
    assert not any("notes" in row for row in tables.accounts)


def test_a_role_with_a_wrong_letter_is_taken_and_named(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Customers": CUSTOMERS,
        "RACI": [
            ["Task", "Boss", "KAM", "Cook"],
            ["Eat", "A", "Q", "R"],
            ["Wash", "X", "Z", "A"],
            ["Go", "-", "W", "I"],
        ],
    }
    settings, tables = from_data(saved(tmp_path, sheets))
    assert settings.roles == ["Boss", "KAM", "Cook"]
    assert tables.records["raci"][1] == {"task": "Wash", "role_1": "X", "role_2": "Z", "role_3": "A"}
    found = [p.cell for p in build(settings, tables).problems if p.sheet == "RACI"]
    assert len(found) >= 4


def test_blank_words_on_other_sheets_are_counted_once(tmp_path: Path) -> None:
    costs = [["Account", "Direct cost", "Retention"], ["Alpha", "n/a", "93 %"], ["Beta", 5, "k. A."]]
    tables = read(tmp_path, {"Customers": [["Account", "2025"], ["Alpha", "–"]], "Costs": costs})
    assert tables.records["costs"] == [{"account": "Alpha", "retention": 0.93}, {"account": "Beta", "direct": 5}]
    assert "3 cells of numbers such as “n/a” or “–” were read as blank." in tables.remarks
