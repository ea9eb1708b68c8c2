"""The selection is as small as it has to be, and the watch list names who would move."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.analysis.selection import (
    EARNS,
    KEY,
    LEAVES,
    NEAR,
    OUT,
    TIED,
    UNLISTED,
    UNSCORED,
    decisions,
    grows_fast,
    selection_scores,
    standing,
    watch_order,
)

settings.register_profile("modest", max_examples=60, deadline=None)
settings.load_profile("modest")

score = st.one_of(st.integers(1, 6).map(float), st.just(math.nan))
scores = st.lists(score, min_size=1, max_size=15).map(np.array)
caps = st.one_of(st.integers(1, 16).map(float), st.floats(0.01, 16))
lines = st.one_of(st.just(-math.inf), st.integers(0, 7).map(float))


@given(scores, caps, lines)
def test_a_key_account_has_fewer_rivals_than_there_is_room_for(values, cap, line):
    room = max(1, math.floor(cap * (1 + 1e-9)))
    for value, decision in zip(values, decisions(values, cap, line), strict=True):
        better, as_good = np.sum(values > value), np.sum(values >= value)
        if not value >= line:  # NaN, too
            assert decision == OUT
        elif as_good <= room:
            assert decision == KEY
        else:
            assert decision == (TIED if better < room else OUT)


@given(scores, caps, lines)
def test_there_are_never_more_key_accounts_than_the_cap(values, cap, line):
    found = decisions(values, cap, line)
    assert np.sum(found == KEY) <= max(1, cap)
    if np.sum(found == TIED):
        assert np.sum(found == KEY) + np.sum(found == TIED) > max(1, math.floor(cap))


@given(scores, caps, st.sampled_from([1e-3, 1 / 3, 0.1, 7.0, 1e6]))
def test_scaling_all_scores_changes_no_decision(values, cap, factor):
    assert decisions(values * factor, cap, 3 * factor).tolist() == decisions(values, cap, 3).tolist()


@given(scores.flatmap(lambda x: st.tuples(st.just(x), st.permutations(range(x.size)))), caps)
def test_the_order_of_the_accounts_never_matters(pair, cap):
    values, order = pair
    assert decisions(values[order], cap).tolist() == decisions(values, cap)[order].tolist()


@given(scores, st.integers(1, 15))
def test_a_larger_cap_demotes_nobody(values, cap):
    assert not np.any((decisions(values, cap) == KEY) & (decisions(values, cap + 1) != KEY))


def test_many_accounts_of_one_score_are_tied_or_chosen_together():
    values = np.repeat([9.0, 7.0, 5.0], 10_000)
    assert np.bincount(decisions(values, 15_000)).tolist() == [10_000, 10_000, 10_000]
    assert np.bincount(decisions(values, 20_000)).tolist() == [10_000, 0, 20_000]


def test_nobody_is_chosen_of_none():
    assert decisions(np.array([]), 3).tolist() == []
    assert decisions(np.array([np.nan]), 3).tolist() == [OUT]


@given(st.lists(st.lists(st.integers(1, 10), min_size=3, max_size=3), min_size=1, max_size=10))
def test_equal_weights_choose_whom_the_sum_chooses(rows):
    table = np.array(rows, dtype=float)
    total, mean = selection_scores(table), selection_scores(table, np.full(3, 5.0))
    assert total == pytest.approx(3 * mean)
    assert decisions(total, 3).tolist() == decisions(mean, 3).tolist()


@given(scores, st.lists(st.booleans(), min_size=15, max_size=15), st.integers(1, 6), st.floats(0, 1))
def test_key_accounts_leave_where_others_would_earn_a_place(values, marks, line, near):
    key = np.array(marks[: values.size])
    for value, is_key, found in zip(values, key, standing(values, key, line, near), strict=True):
        if is_key:
            expected = UNSCORED if math.isnan(value) else LEAVES if value < line else UNLISTED
            assert found == expected
        elif not value >= line:
            assert found in (UNLISTED, NEAR)
        else:
            assert found == EARNS


@pytest.mark.parametrize(
    ("line", "near", "values", "expected"),
    [
        (5, 0.1, [4.5, 4.499, 4.5 - 1e-10], [NEAR, UNLISTED, NEAR]),
        (5, 0, [5, 4.999999, 5 - 1e-10], [EARNS, UNLISTED, EARNS]),
        (5, 1, [0, -0.1, 4], [NEAR, UNLISTED, NEAR]),
        (0, 0.5, [0, -1e-6, 1], [EARNS, UNLISTED, EARNS]),
        (-10, 0.1, [-11, -11.01, -10], [NEAR, UNLISTED, EARNS]),
    ],
)
def test_what_is_near_the_line(line, near, values, expected):
    assert standing(np.array(values), np.zeros(3, dtype=bool), line, near).tolist() == expected


def test_who_grows_fast_grows_at_least_as_fast_as_the_line():
    assert grows_fast(np.array([0.1 + 0.2, 0.3, 0.29, np.nan]), 0.3).tolist() == [True, True, False, False]
    assert grows_fast(np.array([-0.1, -0.2]), -0.1).tolist() == [True, False]


@given(scores, st.lists(st.booleans(), min_size=15, max_size=15))
def test_the_worst_key_account_and_the_best_other_come_first(values, marks):
    key = np.array(marks[: values.size])
    order = watch_order(values, key)
    assert sorted(order) == list(range(values.size))
    expected = sorted(
        range(values.size),
        key=lambda row: (
            (not key[row], math.isnan(values[row]), values[row] if key[row] else -values[row], row)
            if not math.isnan(values[row])
            else (not key[row], True, 0, row)
        ),
    )
    assert order.tolist() == expected
