"""Profit, lifetime value and white space: published numbers, and what must hold for any accounts at all."""

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kam_xl.analysis import profit, whitespace
from kam_xl.analysis.lifetime import lifetime_value
from kam_xl.functions import KAM_CLV, KAM_PROFIT, KAM_PROFIT_MATRIX, KAM_WHALE, KAM_WHITESPACE

settings.register_profile("modest", max_examples=60, deadline=None)
settings.load_profile("modest")

money = st.one_of(
    st.integers(-20_000, 1_000_000).map(lambda amount: amount / 100), st.sampled_from([0.0, 10.0, -5.0]), st.none()
)
columns = st.integers(1, 30).flatmap(lambda rows: st.lists(money, min_size=rows, max_size=rows))
two_columns = st.lists(st.tuples(money, money), min_size=1, max_size=30)
factors = st.sampled_from([1e-3, 1 / 3, 0.1, 7.0, 1e6])
rates = st.sampled_from([0.0, 0.01, 0.1, 0.25, 1.0])
shares = st.integers(0, 100).map(lambda per_cent: per_cent / 100)
margins = st.floats(-1e6, 1e6)


def names(rows):
    return [f"account {number}" for number in range(len(rows))]


def pairs(rows, factor=1.0):
    return tuple([None if cell is None else cell * factor for cell in column] for column in zip(*rows, strict=True))


# published numbers


def test_lifetime_value_for_ever():
    assert KAM_CLV(5241.6, 0.75, 0.1)[0][0] == pytest.approx(11_232)


def test_lifetime_value_of_the_starbucks_example():
    assert KAM_CLV(5.9 * 218.4 * 0.213, None, None, 20)[0][0] == pytest.approx(5_489.27, abs=5e-3)


def test_share_of_wallet_and_gap():
    ((_, _, _, _, share, gap, _),) = KAM_WHITESPACE("Customer", "Division", 2_500, 10_000)
    assert (share, gap) == (0.25, 7_500)


# profit


@given(st.lists(st.tuples(money, money, money), min_size=1, max_size=30))
def test_profit_is_what_is_left_of_revenue_and_adds_up(rows):
    table = KAM_PROFIT(names(rows), *pairs(rows))
    known = [row for row in table if row[1] != ""]
    for _, revenue, gross, serving, earned, margin in known:
        assert earned == gross - serving
        assert margin == "n/a" if revenue <= 0 else margin * revenue == pytest.approx(earned, abs=1e-9)
    sums = [math.fsum(cell or 0 for cell in column) for column in zip(*rows, strict=True)]
    assert math.fsum(row[4] for row in known) == pytest.approx(sums[0] - sums[1] - sums[2], abs=1e-6)


# the profit matrix


@given(two_columns)
def test_every_account_with_both_numbers_has_one_quadrant(rows):
    table = KAM_PROFIT_MATRIX(names(rows), *pairs(rows))
    counts = Counter(row[3] for row in table)
    both = sum(None not in row for row in rows)
    assert counts["protect"] + counts["reprice"] + counts["maintain"] + counts["exit"] == both
    assert len(table) == len(rows)


@given(two_columns, factors)
def test_scaling_all_money_never_moves_an_account_to_another_quadrant(rows, factor):
    before = KAM_PROFIT_MATRIX(names(rows), *pairs(rows))
    after = KAM_PROFIT_MATRIX(names(rows), *pairs(rows, factor))
    assert [row[3:] for row in before] == [row[3:] for row in after]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=30, unique=True))
def test_at_the_medians_at_least_half_are_high(rows):
    found = profit.quadrants(*(np.array(column, dtype=float) for column in zip(*rows, strict=True)))
    rich = np.isin(found, (profit.PROTECT, profit.REPRICE))
    dear = np.isin(found, (profit.REPRICE, profit.EXIT))
    assert 2 * np.count_nonzero(rich) >= len(rows)
    assert 2 * np.count_nonzero(dear) >= len(rows)


@given(two_columns)
def test_the_medians_given_as_lines_change_nothing(rows):
    both = [row for row in rows if None not in row]
    assume(both)
    lines = [float(np.median(column)) for column in zip(*both, strict=True)]
    table = KAM_PROFIT_MATRIX(names(rows), *pairs(rows))
    assert KAM_PROFIT_MATRIX(names(rows), *pairs(rows), *lines) == table


# the whale curve


@given(columns)
def test_the_whale_curve_ends_at_the_total_and_at_exactly_one(amounts):
    table = KAM_WHALE(names(amounts), amounts)
    total = round(math.fsum(amount or 0 for amount in amounts), 2)  # cents
    assert [row[0] for row in table] == list(range(1, len(amounts) + 1))
    assert table[-1][3] == pytest.approx(total, abs=1e-6)
    if total > 0:
        assert table[-1][4] == 1
    else:
        assert {row[4] for row in table} == {"n/a"}


@given(columns)
def test_the_whale_curve_rises_to_the_last_winner_and_falls_after_it(amounts):
    table = KAM_WHALE(names(amounts), amounts)
    winners = sum(amount is not None and amount > 0 for amount in amounts)
    heights = [0.0, *(row[3] for row in table)]
    assert max(heights) == heights[winners]
    assert heights[: winners + 1] == sorted(heights[: winners + 1])
    assert heights[winners:] == sorted(heights[winners:], reverse=True)


@given(columns, factors)
def test_scaling_all_profit_never_changes_the_shares(amounts, factor):
    one = KAM_WHALE(names(amounts), amounts)
    two = KAM_WHALE(names(amounts), [None if amount is None else amount * factor for amount in amounts])
    for before, after in zip(one, two, strict=True):
        assert after[4] == (before[4] if before[4] == "n/a" else pytest.approx(before[4], rel=1e-6, abs=1e-9))


def test_a_total_of_nothing_but_rounding_has_no_shares():
    assert np.isnan(profit.whale(np.array([0.1, 0.2, -0.3])).share).all()
    assert profit.whale(np.array([])).share.size == 0


# lifetime value


def exact(margin, kept, rate, years):
    """The sum itself, year by year, without rounding."""
    q = Fraction(str(kept)) / (1 + Fraction(str(rate)))
    return float(Fraction(margin) * sum(q**year for year in range(1, years + 1)))


@given(margins, shares, rates, st.integers(1, 40))
def test_lifetime_value_is_the_sum_over_the_years(margin, kept, rate, years):
    found = lifetime_value(np.array([margin]), np.array([kept]), rate, years)[0]
    assert found == pytest.approx(exact(margin, kept, rate, years), rel=1e-9, abs=1e-9)


@given(margins, shares, st.sampled_from([0.01, 0.1, 0.25, 1.0]))
def test_very_many_years_are_for_ever(margin, kept, rate):
    for_ever = lifetime_value(np.array([margin]), np.array([kept]), rate)[0]
    assert lifetime_value(np.array([margin]), np.array([kept]), rate, 1e5)[0] == pytest.approx(for_ever)


@given(shares, rates, st.floats(0.1, 50), st.floats(0.1, 50))
def test_more_years_are_never_worth_less(kept, rate, one, two):
    values = [lifetime_value(np.array([100.0]), np.array([kept]), rate, years)[0] for years in sorted((one, two))]
    assert values[0] <= values[1] * (1 + 1e-12)


@given(st.tuples(shares, shares), st.tuples(rates, rates), st.sampled_from([1.0, 2.5, 20.0]))
def test_worth_rises_with_retention_and_falls_with_the_discount(kept, rate, years):
    grid = [
        [lifetime_value(np.array([100.0]), np.array([share]), discount, years)[0] for share in sorted(kept)]
        for discount in sorted(rate)
    ]
    assert grid[0][0] <= grid[0][1] * (1 + 1e-12)
    assert grid[1][0] <= grid[0][0] * (1 + 1e-12)


def test_all_kept_and_no_discount_has_no_end():
    assert KAM_CLV([5, 5, ""], [1, 0.99, 1]) == [["n/a"], [pytest.approx(495)], [""]]


# white space


@given(two_columns)
def test_sold_and_gap_make_the_potential(rows):
    sold, potential = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    found = whitespace.wallet(sold, potential)
    for state, share, gap, got, possible in zip(found.state, found.share, found.gap, sold, potential, strict=True):
        if state in (whitespace.OPEN, whitespace.WHITE_SPACE):
            assert gap > 0
            assert max(0, np.nan_to_num(got)) + gap == pytest.approx(possible)
            assert share * possible + gap == pytest.approx(possible)
        elif state == whitespace.SOLD:
            assert gap == 0
            assert share >= 1 - 1e-9
        else:
            assert math.isnan(share)
            assert math.isnan(gap)


@given(two_columns)
def test_the_largest_gap_comes_first_and_the_unknown_last(rows):
    table = KAM_WHITESPACE(names(rows), names(rows), *pairs(rows))
    gaps = [row[5] for row in table]
    numbers = [gap for gap in gaps if gap != ""]
    assert gaps == numbers + [""] * (len(gaps) - len(numbers))
    assert all(after <= before * (1 + 1e-9) for before, after in itertools.pairwise(numbers))
    wanted = sum((sold or 0) > 0 or (potential or 0) > 0 for sold, potential in rows)
    assert table == [[""] * 7] if wanted == 0 else len(table) == wanted


@given(two_columns, factors)
def test_scaling_all_sales_never_changes_a_state(rows, factor):
    one, two = (
        KAM_WHITESPACE(names(rows), names(rows), *pairs(rows)),
        KAM_WHITESPACE(names(rows), names(rows), *pairs(rows, factor)),
    )
    assert {row[0]: row[6] for row in one} == {row[0]: row[6] for row in two}
