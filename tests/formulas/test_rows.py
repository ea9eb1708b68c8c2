"""Expressions that stand in every row: each row has the text and the value of the expression written there alone."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.formulas.cells import Cells
from kam_xl.formulas.expressions import Rows, cat, column_of, lit
from kam_xl.formulas.formula import Nth, Range, Ref
from kam_xl.formulas.functions import (
    abs_,
    and_,
    cell_name,
    count,
    counta,
    countif,
    countifs,
    date_,
    fixed,
    if_,
    iferror,
    index,
    iserror,
    islogical,
    isnumber,
    istext,
    left,
    length,
    match,
    match_text,
    max_,
    min_,
    month,
    n_,
    or_,
    place_in,
    power,
    substitute,
    sum_,
    sumif,
    sumifs,
    year,
)
from kam_xl.formulas.rows import Above, EachNth, Number, across, each, one_by_one, pattern
from kam_xl.formulas.values import DIV0, NA

TOP, WIDTH = 4, 3
SCALARS = st.sampled_from([None, "", "a", "A", "b*", "n/a", 0, 1, 2, 2.5, -3, 45000, 1e16, True, False, NA, DIV0])
TABLES = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(SCALARS, min_size=WIDTH, max_size=WIDTH), min_size=n, max_size=n)
)
CALLS = [
    operator.add, operator.sub, operator.mul, operator.truediv, operator.and_, operator.eq, operator.ne, operator.lt,
    operator.le, operator.gt, operator.ge, and_, or_, max_, min_, sum_, iferror, power, cat,
    lambda a, b: if_(a, b, "no"), lambda a, b: if_(a == b, a, b), lambda a, b: date_(a, b, 1),
    lambda a, b: left(a & b, 2),
]  # fmt: skip
ALONE = [
    abs_, fixed, iserror, islogical, isnumber, istext, length, month, n_, year,
    lambda a: substitute(a & "", "a", "b"), lambda a: if_(isnumber(a), a, ""), lambda a: a & "!",
]  # fmt: skip


def table(rows) -> Range:
    cells = Cells()
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            cells[TOP + i, 1 + j] = value
    return Range(cells, "Other sheet", TOP, 1, TOP + len(rows) - 1, WIDTH)


def same_in_every_row(found, alone, sheet: str, top: int, rows: int) -> None:
    """One expression for all rows, against one for each: texts and values, kinds of values too."""
    assert isinstance(found, Rows)
    text, values = pattern(found.render(sheet, -1), top), column_of(found)
    values = values * rows if len(values) == 1 else values
    for i in range(rows):
        assert text(i) == alone(i).render(sheet, top + i)
        assert (type(values[i]), values[i]) == (type(alone(i).value), alone(i).value)
        assert found.at(i) == alone(i).value


@settings(max_examples=400, deadline=None)
@given(TABLES, st.sampled_from(CALLS), st.sampled_from(ALONE), st.sampled_from(["Other sheet", "here"]))
def test_a_row_has_the_text_and_the_value_of_the_expression_written_there_alone(rows, call, alone, sheet):
    area = table(rows)

    def made(a, b):
        return call(alone(a), b)

    found = made(each(area), each(area, 1))
    same_in_every_row(found, lambda i: made(area.cell(i), area.cell(i, 1)), sheet, TOP, area.rows)
    same_in_every_row(found, lambda i: made(area.cell(i), area.cell(i, 1)), sheet, TOP + 50, area.rows)


@settings(max_examples=200, deadline=None)
@given(TABLES, SCALARS)
def test_searches_and_sums_of_a_row_are_those_of_that_row(rows, limit):
    area, other = table(rows), table([[limit, 5, 6], ["a", 1, 2]])
    names, amounts = area.column(0), area.column(1)
    for made in (
        lambda cell: match(cell, names),
        lambda cell: match_text(cell, names),
        lambda cell: index(other, cell, lit(2)),
        lambda cell: countif(names, cell),
        lambda cell: sumif(names, cell, amounts),
        lambda cell: sumifs(amounts, (names, cell)),
        lambda cell: countifs((names, cell), (amounts, cell)),
        lambda cell: cat("place ", cell_name(cell)),
        lambda cell: place_in(cell, Ref(area.sheet, TOP - 1, 1, None)),
    ):
        same_in_every_row(made(each(area, 2)), lambda i, made=made: made(area.cell(i, 2)), "here", TOP + 1, area.rows)


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_areas_of_a_row_count_what_the_row_holds(rows):
    area = table(rows)
    for made in (count, counta, sum_, lambda row: countif(row, "<1"), lambda row: countif(row, "a")):
        same_in_every_row(made(across(area)), lambda i, made=made: made(area.row(i)), area.sheet, TOP, area.rows)
    for j in range(WIDTH):
        found, names = EachNth(area, j), lambda i, j=j: Nth(area.row(i), 0, j)
        same_in_every_row(length(found), lambda i, names=names: length(names(i)), area.sheet, TOP, area.rows)
        same_in_every_row(cell_name(found), lambda i, names=names: cell_name(names(i)), area.sheet, TOP, area.rows)


def test_the_number_of_a_row_is_a_constant_of_that_row():
    same_in_every_row(Number(3) * 2, lambda i: lit(i + 1) * 2, "S", 9, 3)


def test_what_no_row_needs_is_not_computed():
    asked: list[int] = []
    area = table([[1, 2, 3], [1, 4, 5]])
    dear = Rows((), lambda v: asked.append(v), (each(area, 1),))
    assert column_of(if_(each(area) == 2, dear, "cheap")) == ["cheap"]
    assert asked == []


def test_an_expression_of_rows_has_no_single_value_and_no_rows_of_another_length():
    with pytest.raises(TypeError, match=r"Sheet\.fill"):
        _value = each(table([[1, 2, 3], [4, 5, 6]])).value
    with pytest.raises(ValueError, match="not equally long"):
        column_of(Number(2) + Number(3))


def test_one_and_true_are_not_the_same_value_of_a_column():
    area = table([[1, 1.0, ""], [True, 1, None]])
    assert [type(v) for v in each(area).column()] == [int, bool]
    assert [type(v) for v in each(area, 1).column()] == [float, int]
    assert each(area, 2).column() == ["", None]


def test_an_expression_that_looks_above_itself_sees_what_it_gave_there():
    cells = Cells()
    cells[0, 0] = "running number"
    cells.fill(1, 1, [5, "n/a", 7])
    above = Above(Range(cells, "S", 0, 0, 2, 0))
    amount = each(Range(cells, "S", 1, 1, 3, 1))
    running = n_(above) + if_(isnumber(amount), amount, 0)
    assert one_by_one(running, above, 3) == [5, 5, 12]
    assert pattern(running.render("S", -1), 1)(2) == "N($A$3)+IF(ISNUMBER($B4),$B4,0)"


def test_what_ranges_find_out_is_kept_until_a_cell_of_theirs_changes():
    made: list[int] = []
    cells = Cells()
    cells.fill(0, 0, ["a", "b"])
    area = Range(cells, "S", 0, 0, 1, 0)
    assert area.position("b") == 2

    def counted() -> int:
        made.append(1)
        return len(made)

    assert [cells.kept("x", 0, 0, counted) for _k in range(3)] == [1, 1, 1]
    cells[5, 1] = "elsewhere"
    assert cells.kept("x", 0, 0, counted) == 1
    cells[1, 0] = "c"
    assert cells.kept("x", 0, 0, counted) == 2
    assert area.position("b") is None and area.position("c") == 2
