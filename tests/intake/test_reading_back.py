"""Reading a workbook back: what a person typed comes out as it stands, wherever it stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kam_xl.content.settings import Weighed
from kam_xl.content.tables import ACCOUNT_FIELDS, CellError, Tables
from kam_xl.errors import DataError
from kam_xl.intake.read_settings import NAMES, is_older
from kam_xl.intake.reader import Inputs, read_workbook
from kam_xl.intake.starting import from_data
from kam_xl.intake.template import Criterion, Factor, Risk, Template, load_template, template_names
from kam_xl.workbook.build import build
from kam_xl.workbook.checking import problems_of

Edit = Callable[[Any], None]
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


@pytest.fixture(scope="module")
def standard() -> Template:
    """The settings of the sample with one page only, as small workbooks are quick."""
    settings = load_template("standard").settings
    shown = dict.fromkeys(("map_account", "plan_account", "rollout_account"), "")
    return settings.model_copy(update={"sheets": ["Scoring"], "description": "", **shown})


@pytest.fixture(scope="module")
def written(standard: Template) -> bytes:
    """The sample workbook, with one page."""
    return build(standard, load_template("standard").sample()).to_bytes()


@pytest.fixture(scope="module")
def whole() -> bytes:
    """The sample workbook."""
    loaded = load_template("standard")
    return build(loaded.settings, loaded.sample()).to_bytes()


def editing(content: bytes, folder: Path) -> Callable[[Edit], Path]:
    """A workbook after a person worked on it."""

    def work(edit: Edit) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(content))
        edit(book)
        book.save(folder / "mine.xlsx")
        return folder / "mine.xlsx"

    return work


@pytest.fixture
def edited(written: bytes, tmp_path: Path) -> Callable[[Edit], Path]:
    """The sample workbook after a person worked on it."""
    return editing(written, tmp_path)


@pytest.fixture
def edited_whole(whole: bytes, tmp_path: Path) -> Callable[[Edit], Path]:
    """The same with all its pages."""
    return editing(whole, tmp_path)


def same(inputs: Inputs, template: Template, tables: Tables) -> None:
    own = {"name", "description"}
    assert inputs.template.model_dump(exclude=own) == template.model_dump(exclude=own)
    assert inputs.tables == tables
    assert inputs.problems == []


@pytest.mark.parametrize("name", template_names())
def test_a_sample_comes_back_unchanged(tmp_path: Path, name: str) -> None:
    loaded = load_template(name)
    sample = loaded.sample()
    build(loaded.settings, sample).write(tmp_path / "a.xlsx")
    same(read_workbook(tmp_path / "a.xlsx"), loaded.settings, sample)


def test_every_setting_and_any_cell_comes_back(tmp_path: Path) -> None:
    template = Template(
        company="=Me & “You”", currency="€", report_date=date(2025, 6, 15), a_cut=0.5, b_cut=0.9,
        rule="within", pareto_cut=0.7, service={"A": "x", "B": "y", "C": "z"},
        plans=["One", "Two", "3", "Four", "Five"], steps=["Start"], sectors=[],
        risk=Risk(kpi="Health", threshold=3.5, direction="above"), high_below=10, medium_below=20.5,
        health=[Factor(column="Satisfaction", weight=2, low=5, high=1)],
        growth=[Criterion(name="Size", weight=3, source="growth")],
        harmony=[Criterion(name=str(k), weight=k) for k in range(1, 6)],
        growth_share=0.25, quadrant=4, compare_months=12, alarm_days=0, own_figure="Seats, €",
        selection=[Weighed(name="Size"), Weighed(name="Fit", weight=2.5)], selection_method="sum", key_cap=7,
        key_at_least=12.5, near=0, fast=-0.5, weight_change=0.2, discount=0.08, clv_years=4, revenue_line=-1.5,
        cost_line=0, divisions=["North", "South"], roles=["Me"], horizon=36,
        sheets=["Team", "ABC", "Divisions", "Selection"],
    )  # fmt: skip
    tables = Tables(
        accounts=[
            {"account": "=1+1", "since": date(1999, 12, 31), "engagement": "high", "due": "soon", "notes": "@SUM(A1)"},
            {},
            {"account": CellError("#REF!"), "engagement": CellError("#DIV/0!"), "satisfaction": True},
            {"owner": "nobody's"},
            {"account": "12346", "engagement": -1.25, "sector": "+49"},
        ],
        years=["1999", "2024", "2025"],
        months={"1999": 3},
        revenue=[("=1+1", [1.5, None, CellError("#N/A")]), (None, [None, None, None]), (None, ["n/a", 0, -5])],
        mrr=[(date(2025, 6, 1), "=1+1", [1, None, 2.5, "x", 4]), ("June", None, [None, None, None, None, 1])],
        scores=[("12346", [10], [1, 2, 3, None, "good"])],
        records={
            "candidates": [{"account": "=1+1", "key": "yes", "score_2": 7.5, "notes": "x"}, {}, {"score_1": "high"}],
            "divisions": [{"account": "12346", "division": "North", "sold": 1.5, "potential": CellError("#N/A")}],
            "raci": [{"task": "@SUM(A1)", "role_1": "A/R"}],
            "coverage": [{"sponsor": "nobody's"}],
        },
    )
    built = build(template, tables)
    built.write(tmp_path / "a.xlsx")
    same(read_workbook(tmp_path / "a.xlsx"), template, tables)


def test_an_empty_workbook_comes_back_empty(tmp_path: Path) -> None:
    build(Template(), Tables.empty(["2025"])).write(tmp_path / "a.xlsx")
    same(read_workbook(tmp_path / "a.xlsx"), Template(), Tables.empty(["2025"]))


def test_rows_below_a_table_and_gaps_inside_it(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet, table = book["Accounts"], book["Accounts"].tables["tblAccounts"]
        table.ref = "B8:Q22"
        for column in range(2, 18):
            sheet.cell(10, column).value = None
        sheet["B23"], sheet["N24"] = "Below", "a note of nobody"
        sheet["B26"] = "too far"

    accounts = read_workbook(edited(edit)).tables.accounts
    assert accounts[0]["account"] == "Aurelia University Hospital"
    assert accounts[1] == {}
    assert len(accounts) == 16
    assert accounts[14:] == [{"account": "Below"}, {"notes": "a note of nobody"}]


def test_a_year_typed_beside_the_table_counts(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Revenue"]
        sheet["I8"], sheet["J8"], sheet["I7"] = 2026, "2022", 4
        sheet["I9"], sheet["J10"] = 300, 7.5

    inputs = read_workbook(edited(edit))
    assert inputs.tables.years == ["2022", "2023", "2024", "2025", "2026"]
    assert inputs.tables.months == {"2026": 4}
    assert inputs.tables.revenue[0] == ("Aurelia University Hospital", [None, 760, 985, 1306, 300])
    assert inputs.tables.revenue[1][1][0] == 7.5
    assert inputs.positions.cell("tblRevenue", 1, "2022") == "J10"
    assert inputs.positions.cell("tblRevenue", 0, "2026") == "I9"


def test_headings_of_revenue_that_cannot_be_used_are_named(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Revenue"]
        sheet["I8"], sheet["J8"], sheet["F7"], sheet["G7"] = "next year", 2025, "half", 12

    inputs = read_workbook(edited(edit))
    assert inputs.tables.years == ["2023", "2024", "2025"]
    assert inputs.tables.months == {}
    assert [tuple(problem) for problem in inputs.problems] == [
        ("Revenue", "I8", "“next year” is no year", "type a year such as 2026"),
        ("Revenue", "J8", "2025 stands there twice", "keep one column per year"),
        ("Revenue", "F7", "is no number of months: half", "type 1 to 12, or leave it blank"),
    ]


def test_dates_without_their_format_are_dates(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Accounts"]
        sheet["F9"], sheet["F9"].number_format = 46022, "General"
        sheet["M9"] = datetime(2026, 1, 2, 8, 30)
        book["MRR"]["B9"], book["MRR"]["B9"].number_format = 45992, "General"

    tables = read_workbook(edited(edit)).tables
    assert (tables.accounts[0]["since"], tables.accounts[0]["due"]) == (date(2025, 12, 31), date(2026, 1, 2))
    assert tables.mrr[0][0] == date(2025, 12, 1)


def place(book: Any, name: str) -> Any:
    """The first cell of a defined name."""
    sheet, cells = next(iter(book.defined_names[name].destinations))
    return book[sheet][cells.replace("$", "").split(":")[0]]


@pytest.mark.parametrize(
    ("name", "value", "problem", "remedy"),
    [
        ("set_risk_threshold", "sixty", "is text", "type a number that fits"),
        ("set_risk_threshold", True, "is text", "type a number that fits"),
        ("set_risk_threshold", "#N/A", "is an error", "mend that cell"),
        ("set_risk_threshold", None, "is blank", "type a number that fits"),
        ("set_risk_threshold", datetime(2025, 1, 1), "is no number", "type a number that fits"),
        (
            "set_risk_kpi",
            "Mood",
            "must be Engagement or Satisfaction or Own figure or Health or Days since contact or Days to renewal",
            "choose from the list",
        ),
        ("set_risk_direction", "up", "must be 'below' or 'above' (it is 'up')", "choose from the list"),
        ("set_a_cut", 80, "must be 1 or less (it is 80)", "type a share such as 80 %"),
        ("set_b_cut", 0.1, "must not be smaller than a_cut", "type a share such as 80 %"),
        ("set_pareto_cut", 0, "must be more than 0 (it is 0)", "type a share such as 80 %"),
        ("set_rule", "outside", "must be 'crossing' or 'within' (it is 'outside')", "choose from the list"),
        ("set_quadrant", 11, "must be 10 or less (it is 11)", "type a number that fits"),
        ("set_compare_months", 2.5, "must be a whole number, such as 3 (it is 2.5)", "type a number that fits"),
        ("set_alarm_days", -1, "must be 0 or more (it is -1)", "type a number that fits"),
        (
            "set_report_date",
            "yesterday",
            "must be a date, such as 2025-12-31 (it is 'yesterday')",
            "type a date, or leave it blank",
        ),
    ],
)
def test_a_wrong_setting_is_named_and_its_standard_value_counts(
    edited: Callable[[Edit], Path], standard: Template, name: str, value: object, problem: str, remedy: str
) -> None:
    where: list[str] = []

    def edit(book: Any) -> None:
        cell = place(book, name)
        where.append(cell.coordinate)
        cell.value = value

    inputs = read_workbook(edited(edit))
    assert inputs.problems == [("Settings", where[0], problem, remedy)]
    assert inputs.template == standard


def test_the_revenue_basis_is_read(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        place(book, "set_basis").value = 2024

    assert read_workbook(edited(edit)).template.basis == "2024"


def test_two_limits_that_do_not_go_together(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        place(book, "set_a_cut").value, place(book, "set_b_cut").value = 0.97, "x"

    inputs = read_workbook(edited(edit))
    assert (inputs.template.a_cut, inputs.template.b_cut) == (0.8, 0.95)
    assert [problem.problem for problem in inputs.problems] == ["is text"]


def test_wrong_lines_of_the_lists(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for name, line, column, value in (
            ("list_growth", 0, 2, "much"), ("list_growth", 1, 1, "guess"), ("list_growth", 2, 2, -1),
            ("list_harmony", 1, 0, " strategic  FIT "), ("list_harmony", 4, 2, 0.5), ("list_health", 1, 0, "Mood"),
            ("list_steps", 1, 0, "kick-off"), ("list_sectors", 0, 0, "x" * 61), ("list_service", 0, 0, None),
        ):  # fmt: skip
            place(book, name).offset(line, column).value = value

    inputs = read_workbook(edited(edit))
    assert [problem.problem for problem in inputs.problems] == [
        "“kick-off” stands there twice",
        "is text",
        "“strategic FIT” stands there twice",
        "is blank",
        "takes at most 60 letters (it is 'xxxxxxxxxxxxxxxxxxxx…')",
        "must be Engagement or Satisfaction or Own figure",
        "must be 'typed', 'revenue' or 'growth' (it is 'guess')",
        "must be 0 or more (it is -1)",
        "Harmony 2 has no name",
    ]
    template = inputs.template
    assert [(c.name, c.weight, c.source) for c in template.growth] == [
        ("Revenue size", 0, "revenue"),
        ("Revenue growth", 0.3, "typed"),
        ("Wallet share left", 0, "typed"),
        ("Upsell readiness", 0.15, "typed"),
    ]
    assert [c.name for c in template.harmony] == ["Strategic fit", "Vision", "Strategy"]
    assert [f.column for f in template.health] == ["Engagement"]
    assert template.steps == ["Kick-off", "Integration", "Training", "Live"]
    assert template.sectors[0] == "x" * 60
    assert template.service["A"] == "Named team"


def test_weights_that_are_all_zero_count_alike(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for line in range(4):
            place(book, "list_harmony").offset(line, 2).value = 0

    inputs = read_workbook(edited(edit))
    assert [c.weight for c in inputs.template.harmony] == [1, 1, 1, 1]
    assert [problem.problem for problem in inputs.problems] == ["at least one weight must be above 0"]


def test_empty_lists_fall_back(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for name in ("list_plans", "list_steps", "list_growth", "list_harmony", "list_health"):
            for line in range(8 if name == "list_steps" else 5):
                for column in range({"list_health": 4, "list_growth": 3, "list_harmony": 3}.get(name, 1)):
                    place(book, name).offset(line, column).value = None

    inputs = read_workbook(edited(edit))
    assert inputs.template.plans == Template().plans
    assert inputs.template.growth == Template().growth
    assert len(inputs.problems) == 5
    assert inputs.tables.mrr[0][2] == [None, None, 96]


def test_a_gap_in_the_list_of_plans_moves_no_amount(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        place(book, "list_plans").offset(1, 0).value = None
        book["MRR"]["E11"] = "x"

    inputs = read_workbook(edited(edit))
    assert inputs.template.plans == ["Basic", "Premium"]
    assert inputs.tables.mrr[0][2] == [None, 96]
    assert inputs.positions.cell("tblMRR", 0, "Plan 2") == "F9"
    assert [tuple(problem) for problem in inputs.problems] == [
        ("MRR", "E10", "Plan 2 has no name", "give the line a name on Settings, or clear the column")
    ]


def test_a_lost_table_is_named(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        del book["Scores"].tables["tblScores"], book["MRR"].tables["tblMRR"]

    inputs = read_workbook(edited(edit))
    assert (inputs.tables.mrr, inputs.tables.scores) == ([], [])
    assert [(p.sheet, p.problem) for p in inputs.problems] == [
        ("MRR", "the table tblMRR is missing"),
        ("Scores", "the table tblScores is missing"),
    ]


# ---- changed headings, lost parts --------------------------------------------------------------------------------


def test_figures_under_a_blank_heading_are_named(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Revenue"]
        sheet["G8"], sheet["I9"], sheet["L12"], sheet["M12"], sheet["N12"] = None, 300, 7, "text", 8

    file = edited(edit)
    inputs = read_workbook(file)
    assert inputs.tables.years == ["2023", "2025"]
    assert [tuple(problem) for problem in inputs.problems] == [
        ("Revenue", cell, "is blank above figures", "type their year, such as 2026") for cell in ("G8", "I8", "L8")
    ]
    assert "Revenue!G8 is blank above figures: the column was not read." in from_data(file)[1].remarks
    assert ("Revenue", "I8") in {(p.sheet, p.cell) for p in problems_of(file)}


@pytest.mark.parametrize(
    ("sheet", "cell", "heading"),
    [
        ("Accounts", "E8", "Owner"), ("Accounts", "B8", "Account"), ("Accounts", "H8", "Engagement"),
        ("Revenue", "B8", "Account"), ("Revenue", "D8", "Total"), ("MRR", "B8", "Month"), ("MRR", "C8", "Account"),
        ("MRR", "F8", "Plan 3"), ("Scores", "B8", "Account"), ("Scores", "H8", "Harmony 1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("there", ["Mine", None])
def test_a_column_with_another_heading_is_known_by_its_place(
    edited: Callable[[Edit], Path], sheet: str, cell: str, heading: str, there: str | None
) -> None:
    def edit(book: Any) -> None:
        assert book[sheet][cell].value == heading
        book[sheet][cell] = there

    file = edited(edit)
    inputs, (problem,) = read_workbook(file), problems_of(file)
    sample = load_template("standard").sample()
    read = (inputs.tables.accounts, inputs.tables.revenue, inputs.tables.mrr, inputs.tables.scores)
    assert read == (sample.accounts, sample.revenue, sample.mrr, sample.scores)
    told = f"“Mine” stands in place of “{heading}”" if there else f"the heading “{heading}” is missing"
    assert problem == (sheet, cell, told, "bring it back")
    assert from_data(file)[1].remarks == [f"{sheet}!{cell} {told}: the column was read all the same."]


def test_a_heading_on_two_lines_is_the_same(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["Accounts"]["F8"] = "Customer\nsince"

    assert read_workbook(edited(edit)).problems == []


def test_a_plan_may_be_called_by_its_name(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["MRR"]["F8"] = "premium"

    inputs = read_workbook(edited(edit))
    assert (inputs.problems, inputs.tables.mrr[0][2]) == ([], [None, None, 96])


def test_a_column_of_the_persons_own_goes_into_notes(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Accounts"]
        sheet.tables["tblAccounts"].ref = "B8:R38"
        sheet["R8"], sheet["R9"], sheet["N10"], sheet["R10"] = "Phone", 4930, "be kind", "none"
        book["MRR"]["I8"], book["MRR"]["I11"] = "Rebate", 5
        book["MRR"].tables["tblMRR"].ref = "B8:I30"

    inputs = read_workbook(edited(edit))
    assert [row.get("notes") for row in inputs.tables.accounts[:2]] == [
        "Upsell: Analytics; Phone: 4930",
        "be kind; Phone: none",
    ]
    assert inputs.tables.remarks == [
        "Columns of Accounts not known, kept in Notes: Phone.",
        "MRR!I11 “Rebate” is not known: not read.",
    ]


def test_a_column_that_was_deleted_is_named(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Scores"]
        for row in range(8, 25):
            for column in range(8, 12):
                sheet.cell(row, column).value = sheet.cell(row, column + 1).value
        sheet.tables["tblScores"].ref = "B8:K24"

    inputs = read_workbook(edited(edit))
    assert [tuple(p) for p in inputs.problems] == [
        ("Scores", "B8", "the heading “Harmony 1” is missing", "bring it back")
    ]
    assert inputs.tables.scores[0][2][0] is None


def test_headings_that_are_all_gone_are_one_line(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for column in range(2, 12):
            book["Revenue"].cell(8, column).value = None

    assert refused(edited(edit)) == "the headings on the sheet Revenue are missing; bring them back"


def test_cells_that_lost_their_names_are_told(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        del book.defined_names["set_a_cut"], book.defined_names["list_steps"]

    file = edited(edit)
    (problem,) = problems_of(file)[:1]
    assert problem[:3] == ("Settings", "", "cells are missing: set_a_cut, list_steps")
    assert read_workbook(file).template.a_cut == Template().a_cut
    assert from_data(file)[1].remarks[0].endswith("list_steps: the standard value was taken.")


def test_a_basis_that_is_no_year_is_named(edited: Callable[[Edit], Path]) -> None:
    where: list[str] = []

    def edit(book: Any) -> None:
        where.append(place(book, "set_basis").coordinate)
        place(book, "set_basis").value = 1999

    inputs = read_workbook(edited(edit))
    assert inputs.template.basis == "All years"
    assert inputs.problems == [
        ("Settings", where[0], "1999 is no year of Revenue", "choose “All years”, or a year of Revenue")
    ]


def part(written: bytes, file: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The workbook with some parts of it changed or left out."""
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("number", "sheet"), [(7, "Settings"), (8, "Accounts"), (9, "Revenue"), (10, "MRR"), (11, "Scores")]
)
def test_a_sheet_that_was_lost_is_one_line(written: bytes, tmp_path: Path, number: int, sheet: str) -> None:
    lost = f"xl/worksheets/sheet{number}.xml"
    file = part(written, tmp_path / "a.xlsx", lambda name, content: None if name == lost else content)
    assert refused(file) == f"the sheet {sheet} is missing or damaged; go back to a copy that has it"
    with pytest.raises(DataError, match=f"the sheet {sheet} is missing"):
        from_data(file)


def test_a_workbook_without_the_table_of_accounts_is_one_line(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        del book["Accounts"].tables["tblAccounts"]

    assert refused(edited(edit)) == "the sheet Accounts is missing or damaged; go back to a copy that has it"


def test_a_workbook_without_any_table_is_one_line(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for sheet in book:
            for table in list(sheet.tables):
                del sheet.tables[table]

    file = edited(edit)
    line = "is a workbook of kam-xl that lost its tables; go back to the .xlsx file that it came from"
    assert refused(file) == line
    with pytest.raises(DataError, match="lost its tables"):
        from_data(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' ref="', b' reff="'), (b' ref="[^"]*"', b' ref="ZZ1:ZZZ9"'), (b'ame="tbl', b'ome="tbl'),
        (b"tbl", b"Table"), (b'totalsRowShown="0"', b'totalsRowCount="x"'), (b"<tableColumns.*", b""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", [1, 2, 3, 4])
def test_a_damaged_table_is_one_line_or_a_problem(
    written: bytes, tmp_path: Path, table: int, old: bytes, new: bytes
) -> None:
    def change(name: str, content: bytes) -> bytes:
        return re.sub(old, new, content) if name == f"xl/tables/table{table}.xml" else content

    file = part(written, tmp_path / "a.xlsx", change)
    try:
        inputs, remarks = read_workbook(file), from_data(file)[1].remarks
    except DataError as error:
        assert "\n" not in str(error)
    else:
        assert remarks
        assert inputs.problems


def test_a_row_of_totals_under_a_table_is_no_row_of_it(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        table = book["Revenue"].tables["tblRevenue"]
        table.ref, table.totalsRowCount = "B8:H23", 1
        book["Revenue"]["B23"], book["Revenue"]["H23"] = "Total", 99

    tables = read_workbook(edited(edit)).tables
    assert [account for account, _values in tables.revenue[13:]] == ["Polarys Diagnostics"]


# ---- pages and the other input sheets ------------------------------------------------------------------------------


def test_pages_are_those_that_one_sees_in_their_order(edited_whole: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for name in ("Pareto", "Rollout"):
            book[name].sheet_state = "hidden"
        del book["Charter"]
        book["ABC"].title = "Who is what"
        for name in ("Who is what", "Team"):
            book.move_sheet(name, -book.sheetnames.index(name))

    inputs = read_workbook(edited_whole(edit))
    assert inputs.problems == []
    assert inputs.template.sheets == [
        "Team", "Dashboard", "Scoring", "Selection", "At risk", "Retention", "Onboarding", "Decision map", "Profit",
        "Divisions", "Account plan",
    ]  # fmt: skip
    assert "raci" in inputs.tables.records


def test_a_page_with_another_name_is_known_by_the_name_of_its_cell(edited_whole: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["ABC"].title = "Who is what"  # as a spreadsheet program does it: what refers to the sheet follows
        book.defined_names["page_abc"].attr_text = "'Who is what'!$B$1"

    inputs = read_workbook(edited_whole(edit))
    assert (inputs.template.sheets, inputs.problems) == ([], [])


def test_an_older_workbook_loses_nothing_and_complains_of_nothing(tmp_path: Path) -> None:
    """Five pages, no names of the new settings, and Accounts without its last three columns."""
    loaded = load_template("standard")
    pages = ["Dashboard", "Pareto", "ABC", "Scoring", "At risk"]
    tables = loaded.sample()
    build(loaded.settings.model_copy(update={"sheets": pages}), tables).write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    newer = ("key_at_least", "clv_years", "revenue_line", "cost_line", "selection_method", "key_cap", "near", "fast")
    names = [f"set_{name}" for name in (*newer, "weight_change", "discount", "horizon")]
    names += [f"list_{name}" for name in ("roles", "divisions", "selection")]
    names += [name for name in book.defined_names if name.startswith("page_")]
    for name in names:
        del book.defined_names[name]
    sheet = book["Accounts"]
    table = sheet.tables["tblAccounts"]
    table.ref = table.ref.replace("Q", "N")
    table.tableColumns = table.tableColumns[:13]
    for row in range(8, 40):
        for column in range(15, 24):
            sheet.cell(row, column).value = {19: "MRR", 17: "Class"}.get(column) if row == 8 else None
    book.save(tmp_path / "a.xlsx")
    inputs = read_workbook(tmp_path / "a.xlsx")
    assert is_older(inputs.positions)
    assert (inputs.problems, inputs.tables.remarks) == ([], [])
    assert inputs.template.sheets == pages
    assert inputs.template.own_figure == ACCOUNT_FIELDS["figure"]
    later = ("contact", "renewal", "figure")
    assert inputs.tables.accounts == [{k: v for k, v in row.items() if k not in later} for row in tables.accounts]
    assert (inputs.tables.mrr, inputs.tables.records) == (tables.mrr, {})
    assert problems_of(tmp_path / "a.xlsx") == []


def test_one_new_setting_that_lost_its_name_is_told(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        del book.defined_names["set_key_cap"]

    (problem,) = read_workbook(edited(edit)).problems
    assert problem.problem == "the cell named set_key_cap is missing"
    assert "set_key_cap" in NAMES


def test_the_column_of_their_own_brings_its_heading(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        assert book["Accounts"]["Q8"].value == "Seats"
        book["Accounts"]["Q8"] = "Beds"

    inputs = read_workbook(edited(edit))
    assert (inputs.template.own_figure, inputs.problems) == ("Beds", [])
    assert inputs.tables.accounts[0]["figure"] == 4200


def test_headings_of_other_sheets_may_be_changed(edited_whole: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["Stakeholders"].title = "People"
        book["People"]["D8"], book["People"]["J8"] = "Position", None
        book["RACI"]["C8"] = "KAM"  # its own name: no problem

    inputs = read_workbook(edited_whole(edit))
    assert inputs.tables.records == load_template("standard").sample().records
    assert [tuple(problem) for problem in inputs.problems] == [
        ("People", "D8", "“Position” stands in place of “Role”", "bring it back"),
        ("People", "J8", "the heading “Notes” is missing", "bring it back"),
    ]


def test_a_gap_in_the_list_of_roles_moves_no_letter(edited_whole: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        place(book, "list_roles").offset(1, 0).value = None
        place(book, "list_selection").offset(4, 0).value = None
        book["RACI"]["B10"] = book["RACI"]["B9"].value

    file = edited_whole(edit)
    inputs = read_workbook(file)
    assert inputs.template.roles[:2] == ["KAM", "Exec sponsor"]
    assert inputs.tables.records["raci"][0] == {
        "task": "Account plan and targets", "role_1": "A/R", "role_2": "C", "role_3": "R", "role_4": "C", "role_5": "I",
        "role_6": "C", "role_7": "I",
    }  # fmt: skip
    assert [(p.sheet, p.cell, p.problem) for p in inputs.problems[-2:]] == [
        ("Candidates", "H9", "Criterion 5 has no name"),
        ("RACI", "D9", "Role 2 has no name"),
    ]
    assert inputs.positions.cell("tblRACI", 0, "Role 2") == "E9"
    assert {("RACI", "B10"), ("RACI", "B9")} & {(p.sheet, p.cell) for p in problems_of(file)}


def test_columns_of_the_persons_own_on_other_sheets(edited_whole: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        for name, column in (("Stakeholders", "K"), ("Costs", "I")):
            sheet = book[name]
            (table,) = sheet.tables.values()
            table.ref = table.ref.replace("J" if name == "Stakeholders" else "H", column)
            sheet[f"{column}8"], sheet[f"{column}10"] = "Phone", 4930

    inputs = read_workbook(edited_whole(edit))
    assert inputs.tables.records["stakeholders"][1]["notes"] == "Asks for the cost per patient; Phone: 4930"
    assert inputs.tables.remarks == [
        "Columns of Stakeholders not known, kept in Notes: Phone.",
        "Costs!I10 “Phone” is not known: not read.",
    ]


def test_problems_of_other_sheets_are_where_they_stand_in_the_file(edited_whole: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Stakeholders"]
        sheet["G11"], book["Tasks"]["C10"] = "strong", None
        sheet.move_range("B8:J48", rows=2, cols=1)
        sheet.tables["tblStakeholders"].ref = "C10:K50"
        sheet.title = "People"
        book["Tasks"]["F9"] = "soon"

    found = {(p.sheet, p.cell, p.problem) for p in problems_of(edited_whole(edit))}
    assert {("People", "H13", "is text"), ("Tasks", "F9", "is text")} <= found


# ---- problems, with the cells of the file ----------------------------------------------------------------------


def test_a_sound_workbook_has_no_problems(written: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(written)
    assert problems_of(tmp_path / "a.xlsx") == []


def test_problems_are_told_with_their_cells(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["Accounts"]["H10"] = "lots"
        book["Revenue"]["G11"] = "#DIV/0!"
        book["Scores"]["E9"] = 11

    found = {(p.sheet, p.cell) for p in problems_of(edited(edit))}
    assert {("Accounts", "H10"), ("Revenue", "G11"), ("Scores", "E9")} <= found


def test_problems_follow_a_table_that_a_person_moved(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Accounts"]
        sheet["H10"] = "lots"
        sheet.move_range("B8:Q38", rows=3, cols=2)
        sheet.tables["tblAccounts"].ref = "D11:S41"
        sheet.title = "Kunden"

    assert ("Kunden", "J13") in {(p.sheet, p.cell) for p in problems_of(edited(edit))}


def test_moved_columns_keep_their_meaning(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet, table = book["Accounts"], book["Accounts"].tables["tblAccounts"]
        for row in range(8, 39):
            sheet.cell(row, 3).value, sheet.cell(row, 8).value = sheet.cell(row, 8).value, sheet.cell(row, 3).value
        columns = table.tableColumns
        columns[1].name, columns[6].name = columns[6].name, columns[1].name
        sheet["C12"] = "lots"

    file = edited(edit)
    assert read_workbook(file).tables.accounts[0]["engagement"] == 91
    assert ("Accounts", "C12") in {(p.sheet, p.cell) for p in problems_of(file)}


# ---- files that are none ---------------------------------------------------------------------------------------


def refused(file: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_workbook(file)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{file}: ")


def test_a_workbook_of_somebody_else(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == "is no workbook of kam-xl; make one with: kam-xl new"


@pytest.mark.parametrize("content", [b"Account,2025\nA,1\n", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert refused(tmp_path / "a.xlsx") == "is damaged or no .xlsx file; open it and save it as .xlsx"


def test_a_damaged_archive(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    assert refused(tmp_path / "a.xlsx") == "is damaged or no workbook; open it in Excel and save it as .xlsx"


def test_missing_empty_folder_and_protected(tmp_path: Path, written: bytes) -> None:
    assert refused(tmp_path / "nix.xlsx") == "no such file; check the name and the folder"
    assert refused(tmp_path).startswith("is a folder")
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert refused(tmp_path / "a.xlsx") == "is empty; nothing was read"
    (tmp_path / "a.xlsx").write_bytes(written[: len(written) // 2])
    assert refused(tmp_path / "a.xlsx").startswith("is damaged")
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(protected)
    assert refused(tmp_path / "a.xlsx") == "is protected by a password; save it without one"
