"""The fast sort is the stable sort; ranks are those of competitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.analysis.ordering import SMALL, largest_first, ranks, rounded
from kam_xl.analysis.risk import queue


@pytest.mark.parametrize("size", [0, 1, 2, 10, SMALL - 1, SMALL, SMALL + 1, 5_000, 50_000])
@pytest.mark.parametrize("kinds", [1, 2, 7, 1000, 10**9])
def test_the_fast_sort_gives_the_order_of_the_stable_sort(size, kinds):
    values = np.random.default_rng(size + kinds).integers(-kinds // 2, kinds, size).astype(float)
    assert np.array_equal(largest_first(values), np.argsort(-values, kind="stable"))


def test_minus_zero_is_equal_to_zero():
    values = np.tile([0.0, -0.0, 1.0], SMALL)
    assert np.array_equal(largest_first(values), np.argsort(-values, kind="stable"))


@pytest.mark.parametrize("size", [10, 5_000])
def test_sums_of_the_same_cents_keep_their_order(size):
    cents = np.random.default_rng(size).integers(0, 3 * size, (size, 3))
    sums = (cents / 100).sum(axis=1)  # many differ in the last bit from others of the same cents
    totals = cents.sum(axis=1)
    assert size < SMALL or not np.array_equal(np.argsort(-sums, kind="stable"), np.argsort(-totals, kind="stable"))
    assert np.array_equal(largest_first(sums), np.argsort(-totals, kind="stable"))
    days = np.where(cents[:, 0] % 4 == 0, np.nan, cents[:, 1] % 7)
    assert np.array_equal(queue(sums, days), np.lexsort((-days, -totals)))


def test_what_differs_in_the_fifteenth_digit_is_not_equal():
    assert largest_first(np.array([1.0, 1.00000000000001])).tolist() == [1, 0]
    assert largest_first(np.array([1.0, 1.000000000000001])).tolist() == [0, 1]


@settings(deadline=None)
@given(st.lists(st.floats(-1e307, 1e307), max_size=50))
def test_keys_keep_the_order_and_change_no_more_than_the_sixteenth_digit(values):
    numbers = np.sort(np.array(values))
    keys = rounded(numbers)
    assert (np.diff(keys) >= 0).all()
    assert keys == pytest.approx(numbers, rel=1e-14, abs=1e-300)
    assert np.array_equal(rounded(-numbers), -keys)


def test_sorted_and_reversed_input():
    rising = np.arange(3.0 * SMALL)
    assert np.array_equal(largest_first(rising), np.arange(rising.size)[::-1])
    assert np.array_equal(largest_first(-rising), np.arange(rising.size))


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("size", [5, 3_000])
def test_ranks_count_who_is_ahead(size, ascending):
    values = np.random.default_rng(size).integers(0, 40, size).astype(float)
    values[::7] = np.nan
    ahead = values[None, :] < values[:, None] if ascending else values[None, :] > values[:, None]
    expected = np.where(np.isnan(values), np.nan, 1 + ahead.sum(axis=1))
    assert np.array_equal(ranks(values, ascending), expected, equal_nan=True)


def test_values_within_the_tolerance_share_a_rank():
    assert ranks(np.array([1.0, 1 + 1e-10, 1 + 1e-8, -2.0, -2 - 1e-10])).tolist() == [2, 2, 1, 4, 4]
    assert ranks(np.array([1.0, 1 + 1e-10, 1 + 1e-8, -2.0, -2 - 1e-10]), ascending=True).tolist() == [3, 3, 5, 1, 1]
