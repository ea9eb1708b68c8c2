"""Every macro over real xlwings objects: what it writes, says and refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .excel_book import Answer, Macros, alerts, payload, writes


def names(seen: Answer) -> list[str]:
    return [sheet["name"] for sheet in seen["sheets"]]


def rows(seen: Answer, sheet: str) -> list[list[Any]]:
    return next(s["values"] for s in seen["sheets"] if s["name"] == sheet)


def after(seen: Answer, answer: Answer) -> dict[tuple[str, int, int], Any]:
    """Every cell that was written, by sheet, row and column from 1, as it is in the end."""
    cells = {}
    for action in answer["actions"]:
        if action["func"] == "setValues":
            for i, row in enumerate(action["values"]):
                for j, value in enumerate(row):
                    place = names(seen)[action["sheet_position"]], action["start_row"] + 1 + i
                    cells[*place, action["start_column"] + 1 + j] = value
    return cells


def funcs(answer: Answer) -> list[str]:
    return [action["func"] for action in answer["actions"]]


def test_add_year_writes_the_heading_and_widens_the_table(macros: Macros, seen: Answer):
    answer = macros(seen, "add_year")
    assert writes(answer, names(seen)) == [("Revenue", "I8:I8", [[2026]])]
    assert funcs(answer) == ["setValues", "resizeTable"]
    assert answer["actions"][1]["args"][1] == "$B$8:$I$38"
    assert answer["value"].startswith("2026 is on Revenue; type its figures from I9 on.")


@pytest.mark.parametrize(
    ("year", "line"),
    [
        (2025, "2025 is on Revenue already"),
        (2021, "2021 is older than 2025"),
        (3000, "3000 is no year from 1900 to 2100"),
    ],
)
def test_add_year_refuses(macros: Macros, seen: Answer, year: int, line: str):
    answer = macros(seen, "add_year", year)
    assert answer["error"].startswith(line)
    assert answer["actions"] == []


def test_add_year_refuses_figures_without_a_year(macros: Macros, seen: Answer):
    rows(seen, "Revenue")[9][8] = 5
    assert macros(seen, "add_year")["error"] == ("Revenue!I8 is no year but has figures or text; type its year first")


def test_remove_year_takes_the_one_of_the_selected_cell(macros: Macros, sample: Path):
    seen = payload(sample, selection=("Revenue", "G12"))
    answer = macros(seen, "remove_year", copies=True)
    assert answer["value"].startswith("2024 is gone from Revenue. The workbook as it was: ")
    assert [(a["func"], a["start_column"], a["column_count"]) for a in answer["actions"]] == [("rangeDelete", 6, 1)]
    assert answer["actions"][0]["row_count"] == 1_048_576


def test_remove_year_elsewhere_asks_before_it_takes_the_oldest(macros: Macros, seen: Answer):
    answer = macros(seen, "remove_year", copies=True, says="yes")
    assert [action["func"] for action in answer["actions"]] == ["alert", "rangeDelete"]
    assert answer["actions"][0]["args"][0].startswith("Remove 2023, the oldest year, with 12 figures?")
    assert answer["actions"][1]["start_column"] == 5
    answer = macros(seen, "remove_year", copies=True, says="no")
    assert (answer["value"], funcs(answer)) == ("", ["alert"])


def test_remove_year_without_a_copy_wants_the_year_and_lists_what_is_deleted(macros: Macros, sample: Path):
    seen = payload(sample, selection=("Revenue", "G12"))
    answer = macros(seen, "remove_year")
    assert answer["error"].endswith("so the year has to be named: remove_year(book, 2023)")
    assert answer["actions"] == []
    answer = macros(seen, "remove_year", 2024)
    listed = answer["value"].partition("The figures deleted: ")[2].rstrip(".").split(", ")
    figures = {row[1]: row[6] for row in rows(seen, "Revenue")[8:] if row[6] != ""}
    assert listed == [f"{name} {value}" for name, value in figures.items()]
    assert len(listed) == 12


def test_remove_year_of_the_revenue_basis_sets_it_to_all_years(macros: Macros, seen: Answer):
    basis = next(name for name in seen["names"] if name["name"] == "set_basis")["address"]
    rows(seen, "Settings")[int(basis[1:]) - 1][2] = 2023
    answer = macros(seen, "remove_year", 2023)
    assert writes(answer, names(seen)) == [("Settings", f"{basis}:{basis}", [["All years"]])]
    assert funcs(answer)[-1] == "rangeDelete"
    assert "The revenue basis is now all years." in answer["value"]


def test_remove_year_keeps_the_last_one(macros: Macros, seen: Answer):
    for row in rows(seen, "Revenue")[6:]:
        row[6] = row[7] = ""
    assert macros(seen, "remove_year")["error"] == "Revenue has only one year left; it stays"
    assert macros(seen, "remove_year", 1999)["actions"] == []


def test_import_updates_known_accounts_and_adds_new_ones(macros: Macros, seen: Answer, tmp_path: Path):
    file = tmp_path / "more.csv"
    file.write_text(
        "Customer;2025;2026;Owner;Notes\nAURELIA university hospital;1400;1500;Zed;VIP\n=1+1;5;6;;\nMarch 2024;;7;Bo;\n"
    )
    answer = macros(seen, "import_accounts", str(file))
    cells = after(seen, answer)
    line = next(i for i, row in enumerate(rows(seen, "Accounts"), 1) if str(row[1]).startswith("Aurelia"))
    notes = rows(seen, "Accounts")[line - 1][13]
    assert cells["Accounts", line, 5] == "Zed"
    assert cells["Accounts", line, 14] == f"{notes}; VIP"
    assert ("Accounts", line, 2) not in cells  # the name stays as it was typed
    free = next(i for i, row in enumerate(rows(seen, "Accounts"), 1) if i > 9 and not any(row[1:14]))
    assert [cells["Accounts", free, 2], cells["Accounts", free + 1, 2]] == ["'=1+1", "'March 2024"]
    assert cells["Revenue", 8, 9] == 2026
    first = next(i for i, row in enumerate(rows(seen, "Revenue"), 1) if i > 9 and not row[1])
    assert [cells["Revenue", first, c] for c in (2, 8, 9)] == ["'=1+1", 5, 6]
    assert cells["Revenue", first + 1, 9] == 7
    assert "more.csv: accounts 2 new, 1 updated. New years: 2026." in answer["value"]


def test_import_knows_a_name_with_signs_that_cannot_be_seen(macros: Macros, seen: Answer, tmp_path: Path):
    file = tmp_path / "more.csv"
    file.write_text("Customer,2025\nAurelia Univer\u00adsity Hospital,5\n", encoding="utf-8")
    answer = macros(seen, "import_accounts", str(file))
    assert "more.csv: accounts 0 new, 1 updated." in answer["value"]
    assert "signs that cannot be seen, and read as: Aurelia University Hospital." in answer["value"]


def test_import_writes_cells_that_follow_each_other_in_one_call(macros: Macros, seen: Answer, tmp_path: Path):
    file = tmp_path / "more.csv"
    file.write_text("Customer,2025\n" + "".join(f"New {i},{i + 1}\n" for i in range(12)))
    answer = macros(seen, "import_accounts", str(file))
    assert funcs(answer) == ["setValues"] * 3  # names on Accounts, names and figures on Revenue


def test_import_replaces_the_mrr_of_the_same_month_and_account(macros: Macros, seen: Answer, tmp_path: Path):
    file = tmp_path / "mrr.csv"
    file.write_text(
        "Month,Account,Premium\n2025-12-01,aurelia university hospital,119\n2026-01-01,Northmere Hospital Group,7"
    )
    cells = after(seen, macros(seen, "import_accounts", str(file)))
    ledger = rows(seen, "MRR")
    old = next(i for i, r in enumerate(ledger, 1) if str(r[1])[:7] == "2025-12" and str(r[2]).startswith("Aurelia"))
    free = next(i for i, row in enumerate(ledger, 1) if i > 9 and not any(row[1:8]))
    assert {key: value for key, value in cells.items() if key[0] == "MRR"} == {
        ("MRR", old, 6): 119,
        ("MRR", free, 2): "2026-01-01",
        ("MRR", free, 3): "Northmere Hospital Group",
        ("MRR", free, 6): 7,
    }


def test_import_again_changes_nothing(macros: Macros, sample: Path, seen: Answer):
    answer = macros(seen, "import_accounts", str(sample))
    line = "sample.xlsx changes nothing: all that was read from it is in the workbook already."
    assert answer["value"].startswith(line)
    assert answer["actions"] == []


def test_import_refuses_a_full_table(macros: Macros, seen: Answer, tmp_path: Path):
    file = tmp_path / "many.csv"
    file.write_text("Customer,2025\n" + "".join(f"New {i},{i + 1}\n" for i in range(20)))
    answer = macros(seen, "import_accounts", str(file))
    assert answer["error"] == (
        "Accounts lacks 4 rows, so nothing was changed; for more room: kam-xl new next.xlsx --data accounts.xlsx"
    )
    assert answer["actions"] == []


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_import_refuses_a_wrong_file_in_one_line(macros: Macros, seen: Answer, tmp_path: Path, text: str):
    file = tmp_path / "wrong.csv"
    file.write_text(text)
    answer = macros(seen, "import_accounts", str(file))
    assert answer["error"].startswith(str(file))
    assert "\n" not in answer["error"]
    assert answer["status"][-1] is False
    assert macros(seen, "import_accounts", str(tmp_path / "none.csv"))["actions"] == []


def test_snapshot_carries_the_last_month_over(macros: Macros, seen: Answer):
    answer = macros(seen, "snapshot_mrr", "@2026-02-15")
    ledger = rows(seen, "MRR")
    last = [row[1:8] for row in ledger if str(row[1])[:7] == "2025-12"]
    cells = after(seen, answer)
    free = next(i for i, row in enumerate(ledger, 1) if i > 9 and not any(row[1:8]))
    for i, row in enumerate(last):
        assert cells["MRR", free + i, 2] == "2026-02-01"
        assert [cells.get(("MRR", free + i, c), "") for c in range(3, 9)] == row[1:]
    assert answer["value"].startswith(f"MRR of 2026-02: {len(last)} rows written, with the amounts of 2025-12")


def test_snapshot_of_a_month_that_is_there_keeps_what_was_typed(macros: Macros, seen: Answer):
    answer = macros(seen, "snapshot_mrr", "@2025-12-31")
    assert not writes(answer, names(seen))
    assert "14 typed before stay" in answer["value"]


def test_snapshot_fills_rows_without_amounts_and_adds_no_second(macros: Macros, seen: Answer):
    ledger = rows(seen, "MRR")
    at = next(i for i, row in enumerate(ledger) if str(row[1])[:7] == "2025-12")
    ledger[at][3:8] = [""] * 5
    cells = after(seen, macros(seen, "snapshot_mrr", "@2025-12-01"))
    assert {row for _sheet, row, _column in cells} == {at + 1}
    assert all(column > 3 for _sheet, _row, column in cells)


def test_snapshot_of_an_empty_ledger_lists_the_accounts(macros: Macros, seen: Answer):
    for row in rows(seen, "MRR")[8:]:
        row[1:8] = [""] * 7
    answer = macros(seen, "snapshot_mrr", "@2026-01-01")
    found = writes(answer, names(seen))
    assert [address for _sheet, address, _values in found] == ["B9:B22", "C9:C22"]


def test_snapshot_refuses_without_room(macros: Macros, seen: Answer):
    ledger = rows(seen, "MRR")
    for row in ledger[8:]:
        if not row[2]:
            row[2] = "x"
    answer = macros(seen, "snapshot_mrr", "@2026-01-01")
    assert answer["error"].startswith("MRR lacks 14 rows, so nothing was changed")


def test_check_shows_checks_and_counts(macros: Macros, seen: Answer):
    answer = macros(seen, "check")
    assert answer["value"] == "All checks passed."
    assert [(a["func"], a["sheet_position"]) for a in answer["actions"]] == [
        ("calculate", None),
        ("activateSheet", names(seen).index("Checks")),
    ]
    row = next(row for row in rows(seen, "calc") if row[0] == "problems in all")
    row[1] = 3
    assert macros(seen, "check")["value"] == "3 problems to mend."


@pytest.mark.parametrize(("macro", "sheet"), [("refresh", "Dashboard"), ("help", "Guide")])
def test_the_page_is_shown(macros: Macros, seen: Answer, macro: str, sheet: str):
    answer = macros(seen, macro)
    assert answer["value"] == ""
    assert answer["actions"][-1]["func"] == "activateSheet"
    assert answer["actions"][-1]["sheet_position"] == names(seen).index(sheet)


def test_export_pdf_says_when_the_program_cannot_and_hides_no_sheet_for_good(macros: Macros, seen: Answer):
    answer = macros(seen, "export_pdf")
    assert answer["error"] == "this Excel cannot print to PDF from a macro; use File > Export"
    shown = {}
    for action in answer["actions"]:
        if action["func"] == "setSheetVisibility":
            shown[action["sheet_position"]] = action["args"][0]
    assert all(shown[i] == sheet["visibility"] for i, sheet in enumerate(seen["sheets"]))


def test_new_workbook_takes_settings_and_years_along(macros: Macros, seen: Answer, home: Path):
    from kam_xl.intake.reader import read_workbook

    area = next(name for name in seen["names"] if name["name"] == "set_a_cut")["address"]
    rows(seen, "Settings")[int(area[1:]) - 1][2] = 0.7
    answer = macros(seen, "new_workbook")
    made = sorted((home / "Documents").glob("accounts *.xlsx"))[-1]
    assert str(made) in answer["value"]
    inputs = read_workbook(made)
    assert inputs.template.a_cut == 0.7
    assert inputs.tables.years == ["2023", "2024", "2025"]
    assert inputs.tables.accounts == []


def test_new_workbook_from_any_other(macros: Macros, tmp_path: Path, home: Path):
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    answer = macros(payload(tmp_path / "other.xlsx"), "new_workbook")
    assert str(home / "Documents") in answer["value"]


@pytest.mark.parametrize(
    "macro", ["add_year", "remove_year", "import_accounts", "snapshot_mrr", "check", "refresh", "help", "export_pdf"]
)
def test_a_workbook_that_is_not_ours_is_told_in_one_line(macros: Macros, tmp_path: Path, macro: str):
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    answer = macros(payload(tmp_path / "other.xlsx"), macro, run=True)
    (line,) = alerts(answer)
    assert "workbook of kam-xl" in line
    assert "\n" not in line
    assert funcs(answer) == ["alert"]
    assert answer["status"][-1] is False
