"""What a user sees when something goes wrong, and that nothing stays half done."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kam_xl.errors import HostError
from kam_xl.hosts.vba.buttons import BUTTONS
from kam_xl.macros import excel
from kam_xl.macros.entry import MACROS

from .excel_book import Answer, Macros, alerts, payload
from .test_macros import after, names, rows


def test_every_button_has_a_macro():
    assert {button.run for button in BUTTONS} == set(MACROS)


def test_run_tells_what_was_done(macros: Macros, seen: Answer):
    answer = macros(seen, "add_year", run=True)
    assert alerts(answer) == ["2026 is on Revenue; type its figures from I9 on. No copy was saved: this Excel cannot."]
    assert answer["status"][0] == "KAM: adding a year …"
    assert answer["status"][-1] is False


def test_run_of_an_unknown_macro(macros: Macros, seen: Answer):
    (line,) = alerts(macros(seen, "nothing", run=True))
    assert line.startswith("no macro is called nothing; there are: new_workbook")


@pytest.mark.parametrize("fail_at", range(1, 6))
def test_a_write_that_fails_leaves_everything_as_it_was(macros: Macros, seen: Answer, tmp_path: Path, fail_at: int):
    file = tmp_path / "more.csv"
    file.write_text("Customer;2025;2026;Owner\nAurelia University Hospital;1400;1500;Zed\nNew;5;6;Ann\n")
    answer = macros(seen, "import_accounts", str(file), fail_at=fail_at)
    assert answer["raised"] == "RuntimeError: Excel said\nno"
    for (sheet, row, column), value in after(seen, answer).items():
        was = rows(seen, sheet)[row - 1][column - 1]
        assert str(value).lstrip("'") == str(was), (sheet, row, column)
    assert answer["drawing"] == [False, True]
    assert answer["calculation"] == ["manual", "automatic"]
    assert answer["status"][-1] is False
    resized = [a["args"][1] for a in answer["actions"] if a["func"] == "resizeTable"]
    assert not resized or resized[-1] == "$B$8:$H$38"


def test_an_inserted_column_is_taken_out_again(macros: Macros, seen: Answer):
    revenue = rows(seen, "Revenue")
    for row in revenue:  # as after a year was removed and the spare columns were used up
        del row[5]
    for j, year in enumerate((2026, 2027, 2028), 7):
        revenue[7][j], revenue[8][j] = year, 5
    for name in seen["names"]:
        name["address"] = {"F8:K8": "F8:J8", "F7:K7": "F7:J7"}.get(name["address"], name["address"]).replace(":K", ":J")
    for fail_at in (1, 2):
        answer = macros(seen, "add_year", fail_at=fail_at)
        assert "raised" in answer
        changes = [a["func"] for a in answer["actions"] if a["func"].startswith("range")]
        assert changes == ["rangeInsert", "rangeDelete"]


def test_an_unexpected_error_is_one_line(macros: Macros, seen: Answer):
    answer = macros(seen, "add_year", run=True, fail_at=1)
    (line,) = alerts(answer)
    assert line.startswith("internal error (RuntimeError: Excel said no)")
    assert "\n" not in line
    assert answer["status"][-1] is False


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_without_xlwings_the_macros_import_and_calling_says_what_to_install():
    code = (
        "import sys; sys.modules['xlwings'] = None\n"
        "import kam_xl.macros\n"
        "try: kam_xl.macros.run('check')\n"
        "except kam_xl.errors.KamError as error: print(error)"
    )
    done = python("import kam_xl.errors\n" + code)
    assert done.stdout.strip() == "Excel needs xlwings to reach Python; install it with: pip install xlwings"


def test_importing_the_macros_loads_no_xlwings():
    assert python("import sys, kam_xl.macros; print('xlwings' in sys.modules)").stdout.strip() == "False"


def test_outside_excel_the_line_says_how_to_start():
    done = python(
        "import kam_xl.macros as m, kam_xl.errors as e\ntry: m.run('check')\nexcept e.HostError as x: print(x)"
    )
    assert done.stdout.strip() == "no workbook called; start a macro in Excel, with a button or Alt+F8"


class Desktop:
    """The part of Excel on Windows that saves copies."""

    def __init__(self, path: str, refused: Path | None = None) -> None:
        self.fullname, self.name = path, path.rsplit("/", 1)[-1]
        self.refused = refused
        self.api = SimpleNamespace(SaveCopyAs=self.save)

    def save(self, path: str) -> None:
        if self.refused is not None and Path(path).is_relative_to(self.refused):
            raise RuntimeError("read-only")
        Path(path).write_text("copy")


NOW = datetime(2026, 1, 31, 14, 5)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    (tmp_path / "home" / "Documents").mkdir(parents=True)
    return tmp_path / "home" / "Documents"


def test_the_copy_lies_beside_the_workbook_and_none_is_overwritten(documents: Path, tmp_path: Path):
    book: Any = Desktop(str(tmp_path / "accounts.xlsx"))
    Path(book.fullname).write_text("")
    names = [excel.save_copy(book, "add year", NOW).name for _i in range(2)]
    assert names == [
        "accounts (before add year 2026-01-31 14-05).xlsx",
        "accounts (before add year 2026-01-31 14-05) 2.xlsx",
    ]


@pytest.mark.parametrize("path", ["Book1", "https://d.docs.live.net/1/accounts.xlsx"])
def test_the_copy_of_a_workbook_without_a_folder_goes_to_documents_and_is_named(documents: Path, path: str):
    book: Any = Desktop(path)
    copy = excel.save_copy(book, "import", NOW)
    assert copy.parent == documents
    assert copy.suffix == ".xlsx"
    assert str(documents) in excel.copied(book, copy)


def test_the_copy_goes_elsewhere_when_the_folder_is_read_only(documents: Path, tmp_path: Path):
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "accounts.xlsm").write_text("")
    book: Any = Desktop(str(folder / "accounts.xlsm"), refused=folder)
    assert excel.save_copy(book, "import", NOW).parent == documents


def test_without_a_copy_nothing_is_changed(documents: Path, tmp_path: Path):
    book: Any = Desktop("Book1", refused=Path("/"))
    with pytest.raises(HostError, match="no copy could be saved first, so nothing was changed: read-only"):
        excel.save_copy(book, "import", NOW)


def test_names_that_lost_their_cells_are_told(macros: Macros, sample: Path):
    seen = payload(sample)
    for name in seen["names"]:
        if name["name"] == "rev_years":
            name["sheet_index"] = name["address"] = None
    answer = macros(seen, "add_year")
    assert "rev_years is missing" in answer["error"]
    assert names(seen)
