"""A workbook made anew from a filled one: what a person added goes along, or is named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from office import Office
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kam_xl.content.settings import Template
from kam_xl.intake.starting import from_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.carry import carried_from, losses

Edit = Callable[[Any], None]
NOT_COMPARED = (
    "what you changed in its own formulas, rules and charts cannot be told from what that version wrote, and is made "
    "anew; look at those that you changed"
)
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")


@pytest.fixture(scope="module")
def standard() -> Template:
    """The settings of the sample with one page only, as small workbooks are quick."""
    shown = dict.fromkeys(("map_account", "plan_account", "rollout_account"), "")
    return load_template("standard").settings.model_copy(update={"sheets": ["Scoring"], "description": "", **shown})


@pytest.fixture(scope="module")
def written(standard: Template) -> bytes:
    return build(standard, load_template("standard").sample()).to_bytes()


@pytest.fixture
def edited(written: bytes, tmp_path: Path) -> Callable[[Edit], Path]:
    """The sample workbook after a person worked on it with openpyxl, which stores no values of formulas."""

    def work(edit: Edit) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(written))
        edit(book)
        book.save(tmp_path / "mine.xlsx")
        return tmp_path / "mine.xlsx"

    return work


@pytest.fixture
def added(standard: Template, tmp_path: Path) -> Callable[[Callable[[Any], None]], Path]:
    """The sample workbook with sheets of a person's own, written with the values of their formulas."""

    def work(more: Callable[[Any], None]) -> Path:
        built = build(standard, load_template("standard").sample(), more=lambda book: more(book.xlsx))
        return built.write(tmp_path / "mine.xlsx", force=True)

    return work


def anew(file: Path, engine: str = "native", **options: Any) -> tuple[Path, list[str]]:
    """The workbook made anew from a filled one, and what was said about it."""
    new, told = file.with_name("next.xlsx"), []
    settings, tables = from_data(file, **options)
    carried = carried_from(file)
    built = build(settings, tables, engine, more=carried.write)
    told = losses(carried, built, settings, tables)
    return built.write(new, force=True), told


def opened(file: Path, values: bool = False) -> Any:
    return openpyxl.load_workbook(file, data_only=values)


# ---- what goes along -----------------------------------------------------------------------------------------------


def test_an_untouched_workbook_is_made_anew_without_a_word_and_without_a_change(
    written: bytes, tmp_path: Path, standard: Template
) -> None:
    (tmp_path / "mine.xlsx").write_bytes(written)
    new, told = anew(tmp_path / "mine.xlsx")
    assert told == []
    with zipfile.ZipFile(new) as made, zipfile.ZipFile(io.BytesIO(written)) as old:
        differing = [name for name in old.namelist() if made.read(name) != old.read(name)]
    assert differing in ([], ["docProps/core.xml"])  # the time of writing


def test_saving_by_another_program_alone_loses_nothing_that_is_told(edited: Callable[[Edit], Path]) -> None:
    assert anew(edited(lambda book: None))[1] == []


def test_columns_beside_a_table_go_along_with_formulas_formats_and_widths(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Accounts"]
        sheet["Z8"], sheet["Z9"], sheet["Z10"] = "Mine", "call first", 12.5
        sheet["AA9"], sheet["AA10"] = "=H9*2", "=tblAccounts[[#This Row],[Engagement]]+Z10"
        sheet["Z10"].number_format, sheet["Z10"].font = '0.# "x"', Font(bold=True)
        sheet.column_dimensions["Z"].width = 31
        book["Scores"]["R9"] = "beside scores"

    new, told = anew(edited(edit))
    sheet = opened(new)["Accounts"]
    assert [sheet[cell].value for cell in ("Z8", "Z9", "Z10", "AA9")] == ["Mine", "call first", 12.5, "=H9*2"]
    assert sheet["AA10"].value == "=tblAccounts[[#This Row],[Engagement]]+Z10"
    assert (sheet["Z10"].number_format, sheet["Z10"].font.b) == ('0.# "x"', True)
    assert sheet.column_dimensions["Z"].width == pytest.approx(31, abs=0.5)
    assert opened(new)["Scores"]["R9"].value == "beside scores"
    assert told == [
        "Accounts: 2 formulas of yours have no value yet (AA9, AA10); a spreadsheet program computes them when it "
        "opens."
    ]


def test_columns_beside_a_table_keep_their_distance_when_years_are_added(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["Revenue"]["T8"], book["Revenue"]["T9"] = "Mine", "=F9"

    new, _told = anew(edited(edit), years=["2022", "2023", "2024", "2025"])
    sheet = opened(new)["Revenue"]
    places = [(c.coordinate, c.value) for row in sheet.iter_rows() for c in row if c.value == "Mine"]
    old = opened(edited(edit))["Revenue"].tables["tblRevenue"].ref.split(":")[1]
    right = sheet.tables["tblRevenue"].ref.split(":")[1]
    moved = sheet[right].column - opened(edited(edit))["Revenue"][old].column
    assert [sheet[cell].column for cell, _value in places] == [20 + moved]


def test_own_sheets_go_along_and_their_formulas_follow(added: Callable[[Any], Path]) -> None:
    def more(book: Any) -> None:
        sheet = book.add_worksheet("Prices")
        sheet.write_row(0, 0, ["Item", 3, True])
        sheet.write_number(
            0, 3, 46000, book.add_format({"num_format": "yyyy-mm-dd", "bold": True, "bg_color": "#FFEE00"})
        )
        sheet.write_formula(1, 1, "=AVERAGE(Accounts!H9:H38)", None, 76.5)
        sheet.write_formula(2, 1, "=SUM(tblAccounts[Engagement])", None, 1071)
        sheet.write_formula(3, 1, "=B1*vat+set_a_cut", None, 3.8)
        sheet.write_array_formula(4, 1, 5, 1, "{=A1:A2&B1}", None, "Item3")
        sheet.write_string(5, 1, "3")
        sheet.set_column(0, 0, 33)
        sheet.set_row(8, 40, None)
        sheet.merge_range("D5:E6", "both")
        sheet.freeze_panes(1, 0)
        book.define_name("vat", "=Prices!$B$1")

    file = added(more)
    new, told = anew(file)
    assert told == []
    for values in (False, True):
        old_sheet, new_sheet = opened(file, values)["Prices"], opened(new, values)["Prices"]
        for cell in ("A1", "B1", "C1", "D1", "B2", "B3", "B4", "B6", "D5"):
            assert new_sheet[cell].value == old_sheet[cell].value, cell
    made = opened(new)["Prices"]
    assert made["B5"].value.text == "=A1:A2&B1"
    assert (made["D1"].number_format, made["D1"].font.b, made["D1"].fill.fgColor.rgb) == (
        "yyyy-mm-dd",
        True,
        "FFFFEE00",
    )
    assert (made.freeze_panes, [str(m) for m in made.merged_cells.ranges]) == ("A2", ["D5:E6"])
    assert (made.column_dimensions["A"].width, made.row_dimensions[9].height) == (
        pytest.approx(33.7, abs=0.5),
        pytest.approx(40, abs=0.5),
    )
    assert opened(new).defined_names["vat"].attr_text == "Prices!$B$1"


def test_the_cells_that_a_formula_refers_to_may_move(edited: Callable[[Edit], Path], tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Accounts"]
        sheet.move_range("B8:Q38", rows=3, cols=2)
        sheet.tables["tblAccounts"].ref = "D11:S41"
        book.create_sheet("Mine")["A1"] = "=SUM(Accounts!J12:J41)+Accounts!$D12"

    new, told = anew(edited(edit))
    assert opened(new)["Mine"]["A1"].value == "=SUM(Accounts!H9:H38)+Accounts!$B9"
    assert any("Mine: 1 formula" in line for line in told)


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("Scoring!B1", "refers to Scoring"),
        ("calc!B1", "refers to calc"),
        ('INDIRECT("A1")', "uses INDIRECT"),
        ("[1]Sheet1!A1", "refers to [1]Sheet1!A1"),
        ("'C:\\x\\[b.xlsx]S'!A1", "refers to 'C:\\x\\[b.xlsx]S'!A1"),
        ("#REF!+1", "refers to #REF!"),
        ("nowhere*2", "refers to nowhere"),
        ("Accounts:Revenue!B9", "refers to Accounts:Revenue"),
        ("tblNone[A]", "refers to tblNone[A]"),
        ("STRANGE(1)", "uses STRANGE"),
        ("cmd|'/c calc'!A1", "is not understood"),
    ],
)
def test_a_formula_that_cannot_follow_keeps_its_value_and_is_named(
    added: Callable[[Any], Path], formula: str, reason: str
) -> None:
    file = added(lambda book: book.add_worksheet("Prices").write_formula(6, 1, f"={formula}", None, 12.5))
    new, told = anew(file)
    assert opened(new)["Prices"]["B7"].value == 12.5
    kept = "it is carried as its value 12.5, the formula stays behind in mine.xlsx"
    assert told == [f"sheet Prices: B7 ={formula} {reason}; {kept}"]


def test_a_formula_over_a_year_that_is_left_out_keeps_its_value(added: Callable[[Any], Path]) -> None:
    def more(book: Any) -> None:
        book.add_worksheet("Mine").write_formula(0, 0, "=SUM(tblRevenue[2023])+SUM(Revenue!F9:F30)", None, 99)

    new, told = anew(added(more), years=["2025"])
    assert opened(new)["Mine"]["A1"].value == 99
    assert any(line.startswith("sheet Mine: A1 =SUM(tblRevenue[2023])") and "as its value 99" in line for line in told)


def test_a_formula_over_a_changed_page_figure_is_no_wrong_number(
    added: Callable[[Any], Path], standard: Template
) -> None:
    """A computed cell beside a table: as long as it holds the same, the formula follows; else its value is kept."""

    def more(book: Any) -> None:
        sheet = book.add_worksheet("Mine")
        sheet.write_formula(0, 0, "=Accounts!T9", None, "A")
        book.get_worksheet_by_name("Accounts").write_formula(9, 19, "=1", None, "stale")
        sheet.write_formula(1, 0, "=Accounts!T10", None, "stale")

    new, told = anew(added(more))
    cells = opened(new)["Mine"]
    assert cells["A1"].value == "=Accounts!T9"
    assert cells["A2"].value == "stale"
    assert any("A2 =Accounts!T10 refers to Accounts!T10, which has other values now" in line for line in told)


def test_comments_go_along(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["Accounts"]["B9"].comment = Comment("call first", "Me")
        book["Settings"]["C6"].comment = Comment("our name", "Me")
        book.create_sheet("Mine")["C3"].comment = Comment("own note", "Me")
        book["Scoring"]["C3"].comment = Comment("on a page", "Me")

    new, told = anew(edited(edit))
    made = opened(new)
    assert [made[s][c].comment.text for s, c in (("Accounts", "B9"), ("Settings", "C6"), ("Mine", "C3"))] == [
        "call first", "our name", "own note",
    ]  # fmt: skip
    assert made["Accounts"]["B9"].comment.author == "Me"
    assert told == ["Scoring: 1 comment (C3 “on a page”) stays behind in mine.xlsx; copy it by hand"]


def test_conversations_become_comments_with_their_speakers(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        book["Accounts"]["B9"].comment = Comment("[Threaded comment]\n\nComment:\n    first", "tc={1}")

    file = edited(edit)
    content = {name: zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist()}
    sheet = next(name for name, xml in content.items() if name.startswith("xl/tables/") and b'"tblAccounts"' in xml)
    rels = next(n for n, x in content.items() if "worksheets/_rels" in n and sheet.rpartition("/")[2].encode() in x)
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="rIdT" Type="{kind}" Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>'
    content[rels] = content[rels].replace(b"</Relationships>", link.encode())
    space = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    content["xl/persons/person.xml"] = f'<personList {space}><person displayName="Ada" id="P1"/></personList>'.encode()
    content["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments {space}><threadedComment ref="B9" personId="P1" id="1"><text>first</text></threadedComment>'
        f'<threadedComment ref="B9" personId="P1" id="2" parentId="1"><text>second</text></threadedComment>'
        "</ThreadedComments>"
    ).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    new, told = anew(file)
    assert opened(new)["Accounts"]["B9"].comment.text == "Ada: first\nAda: second"
    assert told == ["Accounts: 1 conversation (B9) is carried as a comment, its answers below each other"]


def test_own_formulas_compute_the_same_in_the_new_workbook(office: Office, standard: Template, tmp_path: Path) -> None:
    """Both files saved and recalculated by LibreOffice, the first one with the values that it computed."""

    def more(book: Any) -> None:
        sheet = book.xlsx.add_worksheet("Mine")
        for row, formula in enumerate(
            ("SUM(Accounts!H9:H38)", "SUM(tblAccounts[Engagement])", "COUNTIF(list_accounts,\"A*\")", "A1*set_a_cut",
             "AVERAGE(Accounts!$H:$H)", "VLOOKUP(Accounts!B9,Accounts!B9:Q38,7,FALSE)", "SUMPRODUCT(A1:A2,A1:A2)",
             "INDEX(Accounts!B9:B38,MATCH(MAX(Accounts!H9:H38),Accounts!H9:H38,0))", "KAM_HHI(Revenue!F9:F38)")
        ):  # fmt: skip
            sheet.write_formula(row, 0, f"={formula}", None, 0)
        book.sheets["Accounts"].ws.write_formula(8, 27, "=H9*2", None, 0)

    build(standard, load_template("standard").sample(), "addin", more=more).write(tmp_path / "filled.xlsx")
    with office.open(tmp_path / "filled.xlsx") as book:
        book.recalculate()
        book.save(tmp_path / "saved.xlsx")
    new, told = anew(tmp_path / "saved.xlsx", "addin")
    before, after = (office.recalculated(file) for file in (tmp_path / "saved.xlsx", new))
    assert told == []
    assert after["Mine"] == before["Mine"]
    for computed, row in zip(after["Mine"], opened(new, values=True)["Mine"].iter_rows(), strict=True):
        assert row[0].value == (pytest.approx(computed[0], rel=1e-13) if row[0].data_type == "n" else computed[0])
    assert all(row[0].data_type == "f" for row in opened(new)["Mine"].iter_rows())
    assert opened(new)["Accounts"]["AB9"].value == "=H9*2"


def test_a_sheet_with_the_title_of_a_page_gets_another_one(added: Callable[[Any], Path]) -> None:
    def more(book: Any) -> None:
        book.add_worksheet("Team").write_string(0, 0, "ours")
        book.add_worksheet("Mine").write_formula(0, 0, "=Team!A1", None, "ours")

    new, told = anew(added(more), sheets=["Scoring", "Team"])
    made = opened(new)
    assert (made["Team (own)"]["A1"].value, made["Mine"]["A1"].value) == ("ours", "='Team (own)'!A1")
    assert told == ["Team: your sheet is called “Team (own)” here, as there is a page of that name."]


def test_rows_after_blank_ones_below_a_table_are_rows_of_it(edited: Callable[[Edit], Path]) -> None:
    def edit(book: Any) -> None:
        sheet = book["Revenue"]
        bottom = 38
        assert sheet.tables["tblRevenue"].ref.endswith(str(bottom))
        sheet.cell(bottom + 4, 2).value, sheet.cell(bottom + 4, 7).value = "Aurelia University Hospital", 5
        sheet.cell(bottom + 6, 2).value, sheet.cell(bottom + 6, 7).value = "Total", 500
        sheet.cell(bottom + 8, 2).value = "Source: the ledger"

    file = edited(edit)
    tables = from_data(file)[1]
    below = [account for account, _values in tables.revenue if account][-1]
    assert below == "Aurelia University Hospital"
    assert any("after blank rows below the table" in remark for remark in tables.remarks)
    _new, told = anew(file)
    stays = "stays behind in mine.xlsx; copy it by hand"
    assert [line.partition(": ")[2] for line in told] == [
        f"own text “Total” {stays}",
        f"own entry 500 {stays}",
        f"own text “Source: the ledger” {stays}",
    ]


def test_making_it_anew_twice_carries_everything_again(added: Callable[[Any], Path], tmp_path: Path) -> None:
    def more(book: Any) -> None:
        sheet = book.add_worksheet("Mine")
        sheet.write_formula(0, 0, "=Accounts!H9*2", None, 182)
        sheet.write_comment(0, 0, "twice")
        book.get_worksheet_by_name("Accounts").write_string(8, 25, "beside")

    once, told = anew(added(more))
    (tmp_path / "again").mkdir()
    again, told_again = anew(once.rename(tmp_path / "again" / "once.xlsx"))
    assert (told, told_again) == ([], [])
    made = opened(again)
    assert (made["Mine"]["A1"].value, made["Mine"]["A1"].comment.text) == ("=Accounts!H9*2", "twice")
    assert made["Accounts"]["Z9"].value == "beside"


def test_pages_that_are_left_out_lose_nothing_of_the_users(tmp_path: Path) -> None:
    loaded = load_template("standard")
    pages = loaded.settings.model_copy(update={"sheets": ["Scoring", "Team", "Onboarding"]})
    file = build(pages, loaded.sample()).write(tmp_path / "mine.xlsx")
    assert anew(file, sheets=["Scoring"])[1] == []
    assert anew(file, "addin", years=["2025"], company="Other")[1] == []


# ---- what is named -------------------------------------------------------------------------------------------------


def test_what_cannot_go_along_is_named(edited: Callable[[Edit], Path], tmp_path: Path) -> None:
    from PIL import Image as Picture

    Picture.new("RGB", (4, 4), "red").save(tmp_path / "p.png")

    def edit(book: Any) -> None:
        page, own, accounts = book["Scoring"], book.create_sheet("Prices"), book["Accounts"]
        page["C80"], page["C81"] = "text on a page", 42
        accounts["T9"], accounts["D3"], accounts["C10"].fill = "X", "above", PatternFill("solid", fgColor="FFFF00")
        accounts.column_dimensions["C"].width, accounts.row_dimensions[12].hidden = 60, True
        page.conditional_formatting.add("C80", CellIsRule(operator="greaterThan", formula=["41"]))
        own["A1"], own["A2"] = 1, 2
        chart = BarChart()
        chart.title = "My chart"
        chart.add_data(Reference(own, min_col=1, min_row=1, max_row=2))
        own.add_chart(chart, "E2")
        own.add_image(Image(tmp_path / "p.png"), "E20")
        page.add_image(Image(tmp_path / "p.png"), "E90")
        own.protection.sheet, own.auto_filter.ref = True, "A1:A2"
        rule = DataValidation(type="whole", operator="between", formula1="1", formula2="9")
        own.add_data_validation(rule)
        rule.add("A1")
        own["B1"].hyperlink = "https://example.org/own"
        for name in ("odd", "chart_mine"):
            book.defined_names[name] = DefinedName(name, attr_text="Scoring!$B$1")
        book.create_chartsheet("Only a chart").add_chart(BarChart())

    _new, told = anew(edited(edit))
    copy, again, set_ = "; copy it by hand", "; make it again by hand", "; set it again by hand"
    for what, to_do in (
        ("Scoring!C80: own text “text on a page” stays", copy), ("Scoring!C81: own entry 42 stays", copy),
        ("Accounts!T9: “X”, typed over a formula, stays", "; the formula is there again"),
        ("Accounts!D3: own text “above” stays", copy), ("Accounts: the fill of 1 cell (C10) stays", set_),
        ("Accounts: the width of 1 column (C) stays", set_), ("sheet Prices: 1 picture stays", copy),
        ("Accounts: the hiding of 1 row (12) stays", "; hide it again by hand"), ("Scoring: 1 picture stays", copy),
        ("Scoring: 1 conditional format (C80) stays", again), ("sheet Prices: 1 chart (“My chart”) stays", copy),
        ("sheet Prices: its protection stays", "; protect it again by hand"),
        ("sheet Prices: the filter (A1:A2) stays", set_),
        ("sheet Prices: 1 rule of what may be typed (A1) stays", again),
        ("sheet Prices: 1 link (B1 https://example.org/own) stays", again),
        ("2 defined names (odd: refers to Scoring; chart_mine: is not carried over) stay", "; make them again by hand"),
        ("sheet Only a chart: the sheet stays", ", as it is none of cells; copy it by hand"),
    ):  # fmt: skip
        assert f"{what} behind in mine.xlsx{to_do}" in told, what
    assert len(told) == 17


@pytest.mark.parametrize(("version", "told"), [("", 2), ("0.0.1", 1)])
def test_rules_that_another_version_words_otherwise_are_not_the_users(
    written: bytes, tmp_path: Path, version: str, told: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(tmp_path / "mine.xlsx", "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if b'name="tblAccounts"' not in part and b"<formula2>100</formula2>" in part:
                part = part.replace(b"<formula2>100</formula2>", b"<formula2>99</formula2>", 1)
            if version and name == "docProps/core.xml":
                part = re.sub(rb"kam_xl [^<]*", f"kam_xl {version}".encode(), part)
            new.writestr(name, part)
    lines = anew(tmp_path / "mine.xlsx")[1]
    assert len(lines) == told
    rule = "Accounts: 1 rule of what may be typed (H9:H38) stays behind in mine.xlsx; make it again by hand"
    assert (not version) == (rule in lines)
    assert bool(version) == (lines[0] == f"mine.xlsx was written by kam_xl 0.0.1: {NOT_COMPARED}")


def test_a_part_of_an_unknown_kind_is_named(written: bytes, tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(written)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/newThings/thing1.xml", "<thing/>")
        archive.writestr("customXml/item1.xml", "<x/>")
    parts = "xl/newThings/thing1.xml; customXml/item1.xml"
    stay = "stay behind in mine.xlsx; copy them by hand"
    assert anew(file)[1] == [f"2 parts of kinds that are not carried over ({parts}) {stay}"]


def test_a_formula_in_an_input_is_named_with_the_value_that_was_read(added: Callable[[Any], Path]) -> None:
    def more(book: Any) -> None:
        book.get_worksheet_by_name("Accounts").write_formula(8, 7, "=90+1", None, 91)

    line = "Accounts!H9: formula =90+1 is carried as its value 91, the formula stays behind in mine.xlsx"
    assert anew(added(more))[1] == [line]


PLACES = st.tuples(
    st.sampled_from(["Scoring", "Guide", "Settings", "Accounts", "Revenue", "MRR", "Scores", "Checks", "Mine"]),
    st.integers(1, 90),
    st.integers(1, 40),
    st.sampled_from(["text", "comment", "formula"]),
)


@pytest.mark.long
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example([("MRR", 72, 11, "formula"), ("Accounts", 20, 20, "formula"), ("Accounts", 20, 25, "text")])
@given(st.lists(PLACES, min_size=25, max_size=40, unique_by=lambda place: place[:3]))
def test_every_mark_that_is_planted_anywhere_is_found_or_named(
    edited: Callable[[Edit], Path], places: list[tuple[str, int, int, str]]
) -> None:
    planted: list[str] = []

    def edit(book: Any) -> None:
        book.create_sheet("Mine")
        for number, (title, row, column, kind) in enumerate(places):
            sheet, mark = book[title], f"mark{number:03}x"
            table = next(iter(sheet.tables.values()), None)
            if table is not None and row == int("".join(filter(str.isdigit, table.ref.split(":")[0]))):
                continue  # the headings of a table: a workbook without them is refused or read by their places
            cell = sheet.cell(row, column)
            if type(cell).__name__ == "MergedCell" or type(cell.value).__name__ == "ArrayFormula":
                continue
            if kind == "comment":
                cell.comment = Comment(mark, "Me")
            else:
                cell.value = mark if kind == "text" else f'="{mark}"&1'
            planted.append(mark)

    file = edited(edit)
    tables = from_data(file)[1]
    new, told = anew(file)
    with zipfile.ZipFile(new) as archive:
        text = "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    said = "\n".join([*told, *tables.remarks])
    lost = [mark for mark in planted if mark not in text and mark not in said]
    assert lost == []
