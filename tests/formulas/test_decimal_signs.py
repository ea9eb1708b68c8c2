"""Numbers mean the same where the decimal sign is a comma: criteria, and texts made of numbers."""

from __future__ import annotations

import io

import formulon
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.canvas.book import Book
from kam_xl.formulas.formula import cat, lit
from kam_xl.formulas.functions import countif, countifs, sumif, sumifs
from kam_xl.functions.clean import shortest
from kam_xl.hosts.native.library import definitions
from kam_xl.hosts.native.names import define

PROFILES = ("win-365-en_US", "mac-365-de_DE", "win-365-fr_FR")
FIGURES = [0.1, 0.25, 3.4, 3.5, 3.6, 3.75, 27, 41, 0, "n/a", "3.5", None]


def computed(data: bytes, profile: str) -> formulon.Workbook:
    engine = formulon.Workbook.load(data)
    engine.set_excel_profile_id(profile)
    engine.recalc()
    return engine


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-50, 50).map(lambda x: round(x, 3)), min_size=1, max_size=8))
def test_a_criterion_with_decimals_counts_the_same_on_every_machine(limits):
    book = Book("native")
    sheet = book.sheet("Sheet")
    for row, value in enumerate([*FIGURES, *limits]):
        sheet.write(row, 0, value)
    area = sheet.area(0, 0, len(FIGURES) + len(limits) - 1, 0)
    expected = []
    for row, limit in enumerate(limits):
        formulas = (
            countif(area, "<" & lit(limit)),
            countif(area, cat(">=", lit(limit))),
            countifs((area, ">" & lit(limit)), (area, "<=" & lit(27.5))),
            sumif(area, ">" & lit(limit), area),
            sumifs(area, (area, "<" & sheet.ref(len(FIGURES) + row, 0))),
        )
        expected.append([sheet.write(row, 2 + j, x).value for j, x in enumerate(formulas)])
    book.xlsx.close()
    for profile in PROFILES:
        engine = computed(book.buffer.getvalue(), profile)
        shown = [[engine.get_value(0, row, 2 + j).to_python() for j in range(5)] for row in range(len(limits))]
        assert shown == [pytest.approx(row) for row in expected], profile


@pytest.mark.parametrize(
    "criterion", ["<3.5", ">=0.25", "<>1,5", "=3.5", "3.5", "< 3.5", ">-.5", "<1e-3", "1/2", "50%"]
)
@pytest.mark.parametrize("given_as", [str, lit])
def test_a_criterion_with_a_number_as_text_cannot_be_built(criterion, given_as):
    area = Book("native").sheet("Sheet").area(0, 0, 3, 0)
    for build in (
        lambda: countif(area, given_as(criterion)),
        lambda: countifs((area, ">0"), (area, given_as(criterion))),
        lambda: sumif(area, given_as(criterion), area),
        lambda: sumifs(area, (area, given_as(criterion))),
    ):
        with pytest.raises(ValueError, match="holds a number as text"):
            build()


@pytest.mark.parametrize("criterion", [">0", "<-1", ">=12", "?*", "►*", "*A*", "friendly", "7", 3.5, True])
def test_every_other_criterion_can(criterion):
    sheet = Book("native").sheet("Sheet")
    for row in range(4):
        sheet.write(row, 0, None)
    assert countif(sheet.area(0, 0, 3, 0), criterion).value == 0


NUMBERS = [1.5, 0.1 + 0.2, 1e-7, 1.5e20, -2.25, 80.0, 1234567.125, 1e15, 123456789012345.6, -1e-300, 0.0001, 0]


@pytest.mark.parametrize("profile", [*PROFILES, "win-365-ru_RU", "win-365-it_IT"])
def test_a_number_in_a_result_is_the_same_text_in_every_language(profile):
    """As Python writes it, in the lines of errors and where a number stands among codes."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet()
    helpers = {"KAM_X_DIGITS", "KAM_X_AS_TEXT", "KAM_X_ABOVE_ZERO", "KAM_X_PART"}
    define(workbook, [each for each in definitions() if each.name in helpers])
    for row, number in enumerate(NUMBERS):
        sheet.write_number(row, 0, number)
        sheet.write_formula(row, 1, f"=KAM_X_AS_TEXT(A{row + 1})")
    sheet.write_formula(0, 2, '=KAM_X_ABOVE_ZERO("cost", -0.5)')
    sheet.write_formula(1, 2, '=KAM_X_PART("share", 1.25)')
    workbook.close()
    engine = computed(buffer.getvalue(), profile)
    assert [engine.get_value(0, row, 1).to_python() for row in range(len(NUMBERS))] == list(map(shortest, NUMBERS))
    assert [engine.get_value(0, row, 2).to_python() for row in (0, 1)] == [
        "cost is -0.5; give a number above 0",
        "share is 1.25; give a share from 0 to 1",
    ]
