"""Rules of cells – drop-downs, validations, conditional formats, number formats – in the form that Excel takes."""

from __future__ import annotations

import inspect
import io
import zipfile
from xml.etree import ElementTree

import formulon
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from kam_xl.canvas import charts
from kam_xl.canvas.book import Book
from kam_xl.canvas.cell_rules import LONGEST_LIST, allowed, length, number_format, shown

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80)
COMPARISONS = (">", "<", ">=", "<=", "==", "!=", "greater than", "less than or equal to")


@pytest.mark.parametrize("method", ["data_validation", "conditional_format"])
def test_xlsxwriter_still_has_the_methods_that_every_rule_goes_through(method):
    inside = inspect.unwrap(getattr(Worksheet, method))
    assert list(inspect.signature(inside).parameters) == [
        "self", "first_row", "first_col", "last_row", "last_col", "options"
    ]  # fmt: skip


class Written:
    """A sheet with cells and rules, as a file, and in an engine that judges rules as Excel does."""

    def __init__(self) -> None:
        self.book = Book("addin")
        self.sheet = self.book.sheet("Sheet")

    def rules(self, tag: str) -> list[ElementTree.Element]:
        return list(ElementTree.fromstring(self._archive().read("xl/worksheets/sheet1.xml")).iter(f"{MAIN}{tag}"))

    def engine(self) -> formulon.Workbook:
        self._archive()
        found = formulon.Workbook.load(self.book.buffer.getvalue())
        found.recalc()
        return found

    def painted(self, rows: int) -> list[bool]:
        """Whether the rule of column A holds in each of its first rows."""
        held = {cell.row for cell in self.engine().evaluate_cf_range(0, 0, 0, rows - 1, 0) if cell.matches}
        return [row in held for row in range(rows)]

    def _archive(self) -> zipfile.ZipFile:
        if not self.book.buffer.getbuffer().nbytes:
            self.book.xlsx.close()
        return zipfile.ZipFile(io.BytesIO(self.book.buffer.getvalue()))


def writable(words: list[str]) -> bool:
    def number(word: str) -> bool:
        try:
            float(word)
        except ValueError:
            return False
        return "." in word

    plain = all(w == w.strip() and w and not {",", '"'} & set(w) and not number(w) for w in words)
    return bool(words) and plain and length(",".join(words)) <= LONGEST_LIST


@given(st.lists(WORDS, max_size=6) | st.lists(st.sampled_from(["yes", "no", "3.5", "a,b", 'say "x"', " x"])))
def test_a_drop_down_of_words_is_quoted_or_refused(words):
    written = Written()
    options = {"validate": "list", "source": words}
    if not writable(words):
        with pytest.raises(ValueError, match="drop-down"):
            written.sheet.ws.data_validation(0, 0, 0, 0, options)
        return
    written.sheet.ws.data_validation(0, 0, 0, 0, options)
    (formula,) = written.rules("formula1")
    assert formula.text == '"' + ",".join(words) + '"'


@pytest.mark.parametrize("source", ["yes,no", "yes", "=A1:A3,B1:B3", '="yes"', "=Other!A1:A3", "='My sheet'!A1:A3"])
def test_a_drop_down_of_cells_is_one_range_of_its_own_sheet_or_a_name(source):
    with pytest.raises(ValueError, match=r"drop-down|another sheet"):
        allowed({"validate": "list", "source": source})


def test_a_drop_down_takes_its_words_and_no_others():
    written = Written()
    written.sheet.ws.data_validation(0, 0, 0, 0, {"validate": "list", "source": ("friendly", "neutral")})
    engine, text = written.engine(), formulon.ValueKind.TEXT
    assert [
        engine.validate_value(0, 0, 0, formulon.Value(text, text=word)).valid for word in ("friendly", "fiendly")
    ] == [True, False]


def test_a_title_from_a_heading_of_the_user_is_cut_and_no_rule_is_lost_without_a_word():
    written = Written()
    number = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 5}
    written.sheet.ws.data_validation(0, 0, 0, 0, {**number, "error_title": "🙂" * 40})
    with pytest.raises(ValueError, match="cannot be written"):
        written.sheet.ws.data_validation(1, 0, 1, 0, {"validate": "decimal", "criteria": "betwixt"})
    with pytest.raises(ValueError, match="longer than 255"):
        written.sheet.ws.data_validation(1, 0, 1, 0, {**number, "error_message": "x" * 256})
    (rule,) = written.rules("dataValidation")
    assert length(rule.attrib["errorTitle"]) <= 32 and rule.attrib["errorTitle"].endswith("🙂…")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["containing", "not containing", "begins with", "ends with"]),
    st.text("?*~aB\"'▲🙂 ", min_size=1, max_size=4),
)
def test_a_rule_about_text_means_the_text_itself(criteria, sign):
    """Read by an engine: signs such as ? are no wildcards, case does not count."""
    cells = [sign, f"x{sign}", f"{sign}y", f"x{sign.swapcase()}y", "A", "", "xyz", "a?b*c~d"]
    written = Written()
    for row, cell in enumerate(cells):
        written.sheet.write(row, 0, cell)
    rule = {"type": "text", "criteria": criteria, "value": sign, "format": written.book.bare(bold=True)}
    written.sheet.ws.conditional_format(0, 0, len(cells) - 1, 0, rule)
    wanted = {
        "containing": lambda cell: sign.lower() in cell.lower(),
        "not containing": lambda cell: sign.lower() not in cell.lower(),
        "begins with": lambda cell: cell.lower().startswith(sign.lower()),
        "ends with": lambda cell: cell.lower().endswith(sign.lower()),
    }[criteria]
    assert written.painted(len(cells)) == [wanted(cell) for cell in cells]
    if set("?*~") & set(sign):
        assert [(each.get("type"), "SEARCH(" in each[0].text) for each in written.rules("cfRule")] == [
            ("expression", False)
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([*COMPARISONS, "between", "not between"]),
    st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 6)), min_size=2, max_size=2).map(sorted),
)
def test_larger_smaller_and_between_hold_for_numbers_only(criteria, limits):
    cells = [limits[0], limits[1], sum(limits) / 2, 0, -1e10, 1e10, "n/a", "–", "", None, True]
    written = Written()
    for row, cell in enumerate(cells):
        written.sheet.write(row, 0, cell)
    values = {"minimum": limits[0], "maximum": limits[1]} if "between" in criteria else {"value": limits[0]}
    rule = {"type": "cell", "criteria": criteria, **values, "format": written.book.bare(bold=True)}
    written.sheet.ws.conditional_format(0, 0, len(cells) - 1, 0, rule)
    low, high = limits
    wanted = {
        ">": lambda x: x > low, "greater than": lambda x: x > low, "<": lambda x: x < low, ">=": lambda x: x >= low,
        "<=": lambda x: x <= low, "less than or equal to": lambda x: x <= low, "==": lambda x: x == low,
        "!=": lambda x: x != low, "between": lambda x: low <= x <= high, "not between": lambda x: not low <= x <= high,
    }[criteria]  # fmt: skip
    assert written.painted(len(cells)) == [type(x) in (int, float) and wanted(x) for x in cells]


def test_a_rule_may_still_ask_for_a_text():
    rule = {"type": "cell", "criteria": "==", "value": '"A"'}
    assert shown(rule, 0, 0) == rule


@pytest.mark.parametrize("formula", ["=A1>Other!B2", "='My sheet'!A1=1", "=LEN(calc!$B$4)"])
def test_a_rule_that_looks_at_another_sheet_is_refused(formula):
    with pytest.raises(ValueError, match="another sheet"):
        shown({"type": "formula", "criteria": formula}, 0, 0)
    with pytest.raises(ValueError, match="another sheet"):
        shown({"type": "cell", "criteria": ">", "value": formula}, 0, 0)
    with pytest.raises(ValueError, match="another sheet"):
        allowed({"validate": "decimal", "criteria": ">", "value": formula})
    assert shown({"type": "formula", "criteria": '="Hurry!"=A1'}, 0, 0)["criteria"] == '="Hurry!"=A1'


@pytest.mark.parametrize("formula", ["=A1>0", "=AND(LEN(A1)>0,A1<$B$2)", "=N(A1)>=3", '=IF(A1="a",A1>2)'])
def test_a_formula_that_compares_what_may_be_text_is_refused(formula):
    with pytest.raises(ValueError, match="ISNUMBER"):
        shown({"type": "formula", "criteria": formula}, 0, 0)


BROKEN = ("0.#", "0.##", "#,##0.##", "#,##0.##;−#,##0.##;0", "0.?", ".#", "0.#%", '0"x";0.##" y"', "0.", "[>9]0.#;0")
SOUND = ("General", "0", "0.0", "#,##0.0#####", "0.0#", ".0", "0.?0", "d.m.yy", '0" no."', r"0\.", "0.00E+00", "@")


@pytest.mark.parametrize("form", BROKEN)
def test_a_format_that_ends_whole_numbers_in_a_point_is_refused_everywhere(form):
    book = Book("addin")
    with pytest.raises(ValueError, match=r"41\."):
        book.format(num_format=form)
    with pytest.raises(ValueError, match=r"41\."):
        book.bare(num_format=form)


@pytest.mark.parametrize("form", SOUND)
def test_a_format_that_shows_a_digit_after_its_point_or_has_none_is_taken(form):
    assert number_format(form) == form


def test_no_chart_writes_such_a_format_either():
    book = Book("addin")
    sheet = book.sheet("Sheet")
    sheet.columns(20, 20, 20)
    bars = charts.chart(book, "bar", None)
    bars.add_series({"values": "=Sheet!$A$1:$A$3", "data_labels": charts.labels(num_format="0.##")})
    charts.place(sheet, bars, 0, 0, 2, 2, "bars", "Bars")
    with pytest.raises(ValueError, match=r"41\."):
        book.xlsx.close()
