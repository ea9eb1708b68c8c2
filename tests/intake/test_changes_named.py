"""Whatever a person changes around the cells of a filled workbook is in the new one, or named with what to do."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from anew import Edit, made_anew, small_sample, worked_on
from office import Office
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.custom import BoolProperty, DateTimeProperty, IntProperty, StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import FilterColumn, Filters, SortCondition, SortState
from openpyxl.worksheet.pagebreak import Break

from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

warnings.filterwarnings("ignore", message=".* extension is not supported")
BEHIND = "behind in mine.xlsx"


def _cell(title: str, cell: str, **looks: Any) -> Edit:
    def edit(book: Any) -> None:
        for key, look in looks.items():
            setattr(book[title][cell], key, look)

    return edit


def _set(sheet: str, /, *path: str, **values: Any) -> Edit:
    def edit(book: Any) -> None:
        thing = book[sheet]
        for step in path:
            thing = getattr(thing, step)
        for key, value in values.items():
            setattr(thing, key, value)

    return edit


def _validate(book: Any) -> None:
    rule = DataValidation(type="whole", operator="between", formula1="1", formula2="9")
    rule.add("R12:R14")
    book["Revenue"].add_data_validation(rule)


def _change_rule(book: Any) -> None:
    rules = book["Accounts"].data_validations.dataValidation
    next(rule for rule in rules if rule.type == "decimal").formula2 = "77"


def _drop_rule(book: Any) -> None:
    rules = book["Scores"].data_validations.dataValidation
    rules.remove(next(rule for rule in rules if rule.type == "decimal"))


def _narrow_format(book: Any) -> None:
    formats = book["Scoring"].conditional_formatting
    first = next(iter(formats))
    for rule in first.rules:
        rule.dxf.fill = PatternFill("solid", bgColor="FF123456")


def _filter(book: Any) -> None:
    table = book["Revenue"].tables["tblRevenue"]
    table.autoFilter = openpyxl.worksheet.filters.AutoFilter(ref=table.ref)
    table.autoFilter.filterColumn.append(FilterColumn(colId=1, filters=Filters(filter=["Acme"])))
    table.sortState = SortState(ref=table.ref, sortCondition=[SortCondition(ref="F9:F38", descending=True)])


def _own_sheet(book: Any) -> None:
    own = book.create_sheet("Prices")
    own["A1"], own["A2"], own["A3"] = 1, 2, "=Scoring!B1"
    own["A4"] = CellRichText("plain ", TextBlock(InlineFont(b=True, color="FFFF0000"), "red"), " end")
    own["A5"].fill, own["A5"].value = openpyxl.styles.GradientFill(stop=("FFFFFF", "000000")), 5
    own["A6"].font, own["A6"].value = Font(vertAlign="superscript", name="Arial", size=9), "raised"
    own["A7"].border, own["A7"].value = Border(diagonal=Side("thin", "FFFF0000"), diagonalUp=True), 7
    own["A8"].font, own["A8"].value = Font(color=openpyxl.styles.colors.Color(indexed=10)), "old red"
    own.page_margins.left, own.page_setup.scale, own.sheet_view.showZeros = 1.5, 50, False
    chart = BarChart()
    chart.add_data(Reference(own, min_col=1, min_row=1, max_row=2))
    own.add_chart(chart, "E2")


def _charts(book: Any) -> None:
    pareto, abc, risk = book["Pareto"], book["ABC"], book["At risk"]
    pareto._charts[0].y_axis.scaling.max = 0.5
    del abc._charts[0].series[0]
    first, second, _third = risk._charts
    first.anchor._from.col += 1
    second.series[0].graphicalProperties.solidFill = "ABCDEF"
    risk._charts = [first, second]  # the third is taken away
    line = LineChart()
    line.add_data(Reference(book["Accounts"], min_col=8, min_row=9, max_row=20))
    book["Dashboard"].add_chart(line, "T60")


def _properties(book: Any) -> None:
    book.properties.subject, book.properties.keywords, book.properties.creator = "ours", "k1, k2", "Ada"
    book.properties.identifier = "doc-77"
    for one in (
        StringProperty(name="Client", value="Acme"), IntProperty(name="Rank", value=3),
        BoolProperty(name="Final", value=True), DateTimeProperty(name="Due", value=dt.datetime(2026, 1, 2)),
    ):  # fmt: skip
        book.custom_doc_props.append(one)


def _names(book: Any) -> None:
    book.defined_names["set_a_cut"].attr_text = "Settings!$C$18"
    book.defined_names["odd"] = DefinedName("odd", attr_text="Scoring!$B$1")


def _order(book: Any) -> None:
    book.move_sheet("Revenue", -2)
    book.create_sheet("First", 0)["A1"] = "mine"


# What a person changes, and the beginning of the line that names it.
CHANGES: dict[str, tuple[Edit, str]] = {
    "a number format": (_cell("Accounts", "H10", number_format="0.000"), "Accounts: the number format of 1 cell (H10)"),
    "borders": (
        _cell("Accounts", "C12", border=Border(left=Side("thick", "FFFF0000"))),
        "Accounts: the borders of 1 cell (C12)",
    ),
    "a font on an input sheet": (
        _cell("Revenue", "B10", font=Font(name="Arial", size=14)),
        "Revenue: the letters (font, size, colour) of 1 cell (B10)",
    ),
    "a font on a page": (
        _cell("Scoring", "B22", font=Font(name="Arial", size=14, underline="double")),
        "Scoring: the letters (font, size, colour) of 1 cell (B22)",
    ),
    "a fill": (
        _cell("MRR", "C10", fill=PatternFill("solid", fgColor="FFFF00")),
        "Monthly: the fills of 2 cells (C10; C12)",
    ),
    "a pattern": (_cell("MRR", "C12", fill=PatternFill("lightUp")), "Monthly: the fills of 2 cells (C10; C12)"),
    "an alignment": (
        _cell("Accounts", "C14", alignment=Alignment(textRotation=45)),
        "Accounts: the alignment of 1 cell (C14)",
    ),
    "a lock": (_cell("Accounts", "C15", protection=Protection(hidden=True)), "Accounts: the lock of 1 cell (C15)"),
    "the look of an empty cell": (
        _cell("Revenue", "AD50", fill=PatternFill("solid", fgColor="FF00FF00")),
        "Revenue: the fill of 1 cell (AD50)",
    ),
    "a width": (
        lambda book: setattr(book["Accounts"].column_dimensions["C"], "width", 60),
        "Accounts: the width of 1 column (C)",
    ),
    "the width of a column of a page": (
        lambda book: setattr(book["Pareto"].column_dimensions["C"], "width", 60),
        "Pareto: the width of 1 column (C)",
    ),
    "a height": (
        lambda book: setattr(book["Accounts"].row_dimensions[12], "height", 70),
        "Accounts: the height of 1 row (12)",
    ),
    "a hidden row": (
        lambda book: setattr(book["Revenue"].row_dimensions[12], "hidden", True),
        "Revenue: the hiding of 1 row (12)",
    ),
    "a hidden column": (
        lambda book: setattr(book["Revenue"].column_dimensions["D"], "hidden", True),
        "Revenue: the hiding of 1 column (D)",
    ),
    "grouped rows": (
        lambda book: book["Scores"].row_dimensions.group(12, 14),
        "Scores: the outline of 3 rows and columns (12; 13; 14)",
    ),
    "a hidden sheet": (_set("Checks", sheet_state="hidden"), "Checks: the sheet was hidden in mine.xlsx"),
    "a sheet that was unhidden": (_set("calc", sheet_state="visible"), "calc: the sheet was shown in mine.xlsx"),
    "a renamed sheet": (_set("MRR", title="Monthly"), "Monthly: your title of this sheet stays"),
    "sheets in another order": (_order, "Revenue: the sheet stood elsewhere among the tabs"),
    "an own sheet before others": (lambda book: None, "sheet First: the sheet stood elsewhere among the tabs"),
    "the colour of a tab": (
        _set("Scores", "sheet_properties", tabColor="FF00AA00"),
        "Scores: the colour of its tab (#00AA00)",
    ),
    "protection": (_set("Pareto", "protection", sheet=True), "Pareto: its protection"),
    "frozen panes": (_set("Revenue", freeze_panes="E20"), "Revenue: where the panes are frozen (E20)"),
    "panes that are no longer frozen": (_set("Scores", freeze_panes=None), "Scores: where the panes are frozen"),
    "a print area": (_set("Accounts", print_area="A1:D20"), "Accounts: 1 print area or title ("),
    "zoom": (_set("Accounts", "sheet_view", zoomScale=150), "Accounts: its zoom (150%)"),
    "gridlines": (_set("Accounts", "sheet_view", showGridLines=True), "Accounts: how it is shown (gridlines)"),
    "page set-up": (_set("Scores", "page_margins", left=1.5), "Scores: its page set-up (left margin)"),
    "a header": (_set("Scores", "oddHeader", "center", text="Secret"), "Scores: 1 header or footer (“Secret”)"),
    "a page break": (lambda book: book["Scores"].row_breaks.append(Break(id=20)), "Scores: 1 page break (20)"),
    "a rule of what may be typed": (_validate, "Revenue: 1 rule of what may be typed (R12:R14)"),
    "a changed rule": (_change_rule, "Accounts: 1 rule of what may be typed ("),
    "a rule taken away": (_drop_rule, "Scores: 1 rule of what may be typed that you took away or changed"),
    "a conditional format": (
        lambda book: book["Scores"].conditional_formatting.add("R20", CellIsRule("equal", ["41"])),
        "Scores: 1 conditional format (R20)",
    ),
    "the look of a conditional format": (_narrow_format, "Scoring: 2 conditional formats (C22:G51; O22:S51)"),
    "a filter in a table": (_filter, "Revenue: what 1 filter shows (tblRevenue)"),
    "the order of a table": (lambda book: None, "Revenue: the order that 1 column is sorted in (tblRevenue: F9:F38)"),
    "the style of a table": (
        lambda book: setattr(book["Scores"].tables["tblScores"].tableStyleInfo, "name", "TableStyleMedium2"),
        "Scores: the style of 1 table (tblScores)",
    ),
    "a formula behind the pages": (_cell("calc", "B2", value='="x"&Settings!C6'), "calc!B2: formula ="),
    "a number behind the pages": (_cell("calc_charts", "A140", value=4711), "calc_charts!A140: 4711, typed over"),
    "a formula of a page": (_cell("Pareto", "B2", value="=calc!$B$52"), "Pareto!B2: formula =calc!$B$52"),
    "a text of a page": (_cell("Scoring", "B21", value="Our accounts"), "Scoring!B21: own text “Our accounts” stays"),
    "letters within a text": (
        _cell("Accounts", "B11", value=CellRichText("A", TextBlock(InlineFont(b=True), "b"))),
        "Accounts: the letters within 1 text (B11)",
    ),
    "an own formula over a page": (_own_sheet, "sheet Prices: A3 =Scoring!B1 refers to Scoring; it has no value"),
    "a chart of one's own": (lambda book: None, "sheet Prices: 1 chart (E2)"),
    "a fill that cannot be written": (lambda book: None, "sheet Prices: the fill of 1 cell (A5)"),
    "charts": (_charts, "Pareto: 1 chart of the workbook is made anew without your changes (J6: its axes)"),
    "a series": (lambda book: None, "ABC: 1 chart of the workbook is made anew without your changes (N6: its series"),
    "a chart that was moved": (
        lambda book: None,
        "At risk: 2 charts of the workbook are made anew without your changes (C6: its place or size; H6: its colours)",
    ),
    "a chart that was deleted": (lambda book: None, "At risk: 1 chart that you took away is there again (L6)"),
    "a chart on a page": (lambda book: None, "Dashboard: 1 chart (T60)"),
    "a property that has no place": (_properties, "1 property of the file (identifier “doc-77”)"),
    "names": (_names, "1 defined name (odd: refers to Scoring)"),
    "a name of the workbook": (lambda book: None, "your change of 1 defined name of the workbook (set_a_cut ="),
    "how it is computed": (
        lambda book: setattr(book.calculation, "calcMode", "manual"),
        "2 properties of the file (calcMode manual; identifier",
    ),
}  # fmt: skip
ALONE = ("a property that has no place",)  # its line is that of another change, where all are made at once


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[str], Path]]:
    """All changes at once: what is said of them, and the new workbook."""
    file = tmp_path_factory.mktemp("changed") / "mine.xlsx"
    yield worked_on(file, [edit for edit, _line in CHANGES.values()]), file.with_name("next.xlsx")


@pytest.mark.parametrize("change", [change for change in CHANGES if change not in ALONE])
def test_every_change_is_named_with_what_became_of_it(changed: tuple[list[str], Path], change: str) -> None:
    found = [line for line in changed[0] if line.startswith(CHANGES[change][1])]
    assert len(found) == 1, "\n".join(changed[0])
    assert re.search(rf"stays? {BEHIND}|shown in mine|hidden in mine|tabs of mine|there again", found[0])
    assert re.search(r"; .+", found[0]), "what to do is missing"


def test_nothing_else_is_named(changed: tuple[list[str], Path]) -> None:
    beginnings = [line for _edit, line in CHANGES.values()]
    assert [line for line in changed[0] if not line.startswith(tuple(beginnings))] == []


def test_letters_within_texts_go_along(changed: tuple[list[str], Path]) -> None:
    text = openpyxl.load_workbook(changed[1], rich_text=True)["Prices"]["A4"].value
    assert isinstance(text, CellRichText)
    assert str(text) == "plain red end"
    bold = [(block.text, block.font.color.rgb) for block in text if isinstance(block, TextBlock) and block.font.b]
    assert bold == [("red", "FFFF0000")]


def test_looks_and_settings_of_own_sheets_go_along(changed: tuple[list[str], Path]) -> None:
    own = openpyxl.load_workbook(changed[1])["Prices"]
    assert (own["A6"].font.vertAlign, own["A6"].font.name, own["A6"].font.sz) == ("superscript", "Arial", 9)
    assert (own["A7"].border.diagonalUp, own["A7"].border.diagonal.style) == (True, "thin")
    assert own["A8"].font.color.rgb == "FFFF0000"
    assert (own.page_margins.left, own.page_setup.scale, own.sheet_view.showZeros) == (1.5, 50, False)


def test_properties_of_the_file_go_along(changed: tuple[list[str], Path]) -> None:
    made = openpyxl.load_workbook(changed[1])
    assert (made.properties.subject, made.properties.keywords, made.properties.creator) == ("ours", "k1, k2", "Ada")
    assert {one.name: one.value for one in made.custom_doc_props.props} == {
        "Client": "Acme", "Rank": 3, "Final": True, "Due": dt.datetime(2026, 1, 2),
    }  # fmt: skip


# ---- no false alarms -----------------------------------------------------------------------------------------------


def test_a_workbook_that_was_only_saved_by_another_program_names_nothing(tmp_path: Path) -> None:
    assert worked_on(tmp_path / "mine.xlsx", []) == []
    openpyxl.load_workbook(io.BytesIO(small_sample())).save(tmp_path / "mine.xlsx")  # as texts of one look
    assert made_anew(tmp_path / "mine.xlsx") == []


@pytest.mark.long
@pytest.mark.parametrize("recalculated", [False, True])
def test_a_whole_sample_that_libreoffice_saved_names_nothing(
    office: Office, tmp_path: Path, recalculated: bool
) -> None:
    loaded = load_template("standard")
    build(loaded.settings, loaded.sample(), "addin").write(tmp_path / "sample.xlsx")
    with office.open(tmp_path / "sample.xlsx") as book:
        if recalculated:
            book.recalculate()
        book.save(tmp_path / "mine.xlsx")
    assert made_anew(tmp_path / "mine.xlsx", "addin") == []


def test_typing_into_inputs_is_no_change_that_is_named(tmp_path: Path) -> None:
    """Other numbers, a long name, another unit, and more accounts than the table had room for."""

    def edit(book: Any) -> None:
        settings_sheet, accounts = book["Settings"], book["Accounts"]
        for row in settings_sheet.iter_rows(max_row=60, max_col=12):
            for cell in row:
                if isinstance(cell.value, float) and 0 < cell.value < 1:
                    cell.value = round(cell.value * 0.9, 3)
        settings_sheet["C6"] = "Another company"
        for title in ("Accounts", "Revenue", "MRR"):
            for row in book[title].iter_rows(min_row=9, max_row=30, min_col=6):
                for cell in row:
                    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                        cell.value = cell.value * 2 if title != "Accounts" else cell.value
        accounts["B9"] = "A name of an account that is longer than any column was made for, and then some"

    def longer(book: Any) -> None:
        edit(book)
        sheet = book["Accounts"]
        for number in range(40):
            sheet.cell(39 + number, 2).value = f"One more {number}"
        sheet.tables["tblAccounts"].ref = sheet.tables["tblAccounts"].ref.replace("38", "78")

    assert worked_on(tmp_path / "mine.xlsx", [edit]) == []
    assert worked_on(tmp_path / "mine.xlsx", [longer]) == []
