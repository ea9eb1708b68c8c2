"""Whatever a person changes around the cells of a filled workbook is in the new one, or named with what to do."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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
from openpyxl.worksheet.properties import PageSetupProperties

from kam_xl.workbook.build import build
from kam_xl.workbook.carry import carried_from, losses
from kam_xl.workbook.starting import from_data
from kam_xl.workbook.template import load_template

warnings.filterwarnings("ignore", message=".* extension is not supported")
BEHIND = "behind in mine.xlsx"
Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def written() -> bytes:
    """The sample with one page more than the least, as small workbooks are quick."""
    loaded = load_template("standard")
    shown = dict.fromkeys(("map_account", "plan_account", "rollout_account"), "")
    return build(loaded.settings.model_copy(update={"sheets": ["Scoring"], **shown}), loaded.sample()).to_bytes()


def worked_on(written: bytes, file: Path, edits: list[Edit]) -> list[str]:
    """What is said of a workbook after `edits`; ``file`` becomes the changed one, next.xlsx the one made from it."""
    book = openpyxl.load_workbook(io.BytesIO(written), rich_text=True)
    for edit in edits:
        edit(book)
    book.save(file)
    return made_anew(file)


def made_anew(file: Path, engine: str = "native") -> list[str]:
    chosen, tables = from_data(file)
    carried = carried_from(file)
    built = build(chosen, tables, engine, more=carried.write)
    told = losses(carried, built, chosen, tables)
    built.write(file.with_name("next.xlsx"), force=True)
    return told


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
    first, second, third = risk._charts
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
    book.defined_names["set_a_cut"].attr_text = "Settings!$C$12"
    book.defined_names["odd"] = DefinedName("odd", attr_text="Scoring!$B$1")


def _order(book: Any) -> None:
    book.move_sheet("ABC", -2)
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
    "a fill": (_cell("MRR", "C10", fill=PatternFill("solid", fgColor="FFFF00")), "MRR: the fill of 1 cell (C10)"),
    "a pattern": (_cell("MRR", "C12", fill=PatternFill("lightUp")), "MRR: the fills of 2 cells (C10; C12)"),
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
    "a hidden sheet": (_set("ABC", sheet_state="hidden"), "ABC: the sheet was hidden in mine.xlsx"),
    "a sheet that was unhidden": (_set("calc", sheet_state="visible"), "calc: the sheet was shown in mine.xlsx"),
    "a renamed sheet": (_set("MRR", title="Monthly"), "Monthly: your title of this sheet stays"),
    "sheets in another order": (_order, "ABC: the sheet stood elsewhere among the tabs"),
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
    "the look of a conditional format": (_narrow_format, "Scoring: 1 conditional format ("),
    "a filter in a table": (_filter, "Revenue: what 1 filter shows (tblRevenue)"),
    "the order of a table": (lambda book: None, "Revenue: the order that 1 column is sorted in (tblRevenue: F9:F38)"),
    "the style of a table": (
        lambda book: setattr(book["Scores"].tables["tblScores"].tableStyleInfo, "name", "TableStyleMedium2"),
        "Scores: the style of 1 table (tblScores)",
    ),
    "a formula behind the pages": (_cell("calc", "B2", value='="x"&Settings!C6'), "calc!B2: formula ="),
    "a number behind the pages": (_cell("calc_charts", "A140", value=4711), "calc_charts!A140: 4711, typed over"),
    "a formula of a page": (_cell("Pareto", "B2", value="=calc!$B$52"), "Pareto!B2: formula =calc!$B$52"),
    "a text of a page": (_cell("Scoring", "B21", value="Our accounts"), "Scoring!B21: “Our accounts”"),
    "letters within a text": (
        _cell("Accounts", "B11", value=CellRichText("A", TextBlock(InlineFont(b=True), "b"))),
        "Accounts: the letters within 1 text (B11)",
    ),
    "an own formula over a page": (_own_sheet, "sheet Prices: A3 =Scoring!B1 refers to Scoring; it has no value"),
    "a chart of one's own": (lambda book: None, "sheet Prices: 1 chart (E2)"),
    "a fill that cannot be written": (lambda book: None, "sheet Prices: the fill of 1 cell (A5)"),
    "charts": (_charts, "Pareto: 1 chart of the workbook is made anew without your changes (J6: its axes)"),
    "a series": (lambda book: None, "ABC: 1 chart of the workbook is made anew without your changes (N6: its series"),
    "a chart that was moved": (lambda book: None, "At risk: 2 charts of the workbook are made anew without your changes ("
                               "C6: its place or size; H6: its colours)"),
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
def changed(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[str], Path]]:
    """All changes at once: what is said of them, and the new workbook."""
    file = tmp_path_factory.mktemp("changed") / "mine.xlsx"
    yield worked_on(written, file, [edit for edit, _line in CHANGES.values()]), file.with_name("next.xlsx")


@pytest.mark.parametrize("change", [change for change in CHANGES if change not in ALONE])
def test_every_change_is_named_with_what_became_of_it(changed: tuple[list[str], Path], change: str) -> None:
    found = [line for line in changed[0] if line.startswith(CHANGES[change][1])]
    assert len(found) == 1, "\n".join(changed[0])
    assert re.search(rf"stays? {BEHIND}|shown in mine|hidden in mine|tabs of mine|there again", found[0])
    assert re.search(r"; .+", found[0]), "what to do is missing"
