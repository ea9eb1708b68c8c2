"""Each row of the sensitivity is the scoring matrix with one weight changed."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.analysis.sensitivity import trials
from kam_xl.functions import KAM_SCORING, KAM_SENSITIVITY

settings.register_profile("modest", max_examples=60, deadline=None)
settings.load_profile("modest")

rating = st.one_of(st.integers(1, 10), st.integers(1, 10), st.integers(1, 10), st.none())
rows = st.lists(st.lists(rating, min_size=5, max_size=5), min_size=1, max_size=8)
weights = st.lists(st.sampled_from([0, 1, 2, 5]), min_size=5, max_size=5).filter(lambda w: any(w[:2]) and any(w[2:]))
shares = st.sampled_from([0, 0.25, 0.5, 1])
changes = st.sampled_from([0.1, 0.3, 0.9])


def scoring(table, weight, share):
    """Account number and total of those who have one, the best first."""
    numbers = list(range(len(table)))
    growth, harmony = [row[:2] for row in table], [row[2:] for row in table]
    found = KAM_SCORING(numbers, growth, weight[:2], harmony, weight[2:], share)
    return [(row[0], row[3]) for row in found if row[3] != ""]


def sensitivity(table, weight, share, change):
    numbers = list(range(len(table)))
    growth, harmony = [row[:2] for row in table], [row[2:] for row in table]
    return KAM_SENSITIVITY(numbers, growth, weight[:2], harmony, weight[2:], share, change)


@given(rows, weights, shares, changes)
def test_every_row_is_the_scoring_matrix_with_that_weight(table, weight, share, change):
    given_order = scoring(table, weight, share)
    found = sensitivity(table, weight, share, change)
    if not given_order:
        assert found == [[""] * 7]
        return
    for group, criterion, step, first, total, lead, survives in found:
        changed, part = list(weight), share
        if group == "share":
            part = min(1, share * (1 + step))
        else:
            changed[criterion - 1 + (2 if group == "harmony" else 0)] *= 1 + step
        ranked = scoring(table, changed, part)
        assert first == ranked[0][0]
        assert math.isclose(total, ranked[0][1])
        assert lead == ("" if len(ranked) == 1 else pytest.approx(ranked[0][1] - ranked[1][1], abs=1e-12))
        assert survives == (dict(ranked)[given_order[0][0]] == pytest.approx(ranked[0][1], rel=1e-9))


@given(rows, weights, shares, changes)
def test_each_weight_above_0_goes_up_and_down(table, weight, share, change):
    found = sensitivity(table, weight, share, change)
    if found != [[""] * 7]:
        assert [row[2] for row in found] == [change, -change] * (len(found) // 2)
        expected = [("growth", n) for n in (1, 2) if weight[n - 1]]
        expected += [("harmony", n) for n in (1, 2, 3) if weight[n + 1]]
        assert [(row[0], row[1]) for row in found[::2]] == [*expected, ("share", 0)]
        assert [row[:2] for row in found[::2]] == [row[:2] for row in found[1::2]]


@given(rows, weights, st.sampled_from([0.5, 100, 1 / 3]))
def test_only_the_proportions_of_weights_count(table, weight, factor):
    one, two = sensitivity(table, weight, 0.5, 0.1), sensitivity(table, [w * factor for w in weight], 0.5, 0.1)
    for row, other in zip(one, two, strict=True):
        assert row[:4] == other[:4] and row[6] == other[6]
        assert row[4:6] == other[4:6] or row[4:6] == pytest.approx(other[4:6], abs=1e-12)


@given(rows, weights, shares, changes)
def test_who_leads_in_every_criterion_cannot_be_overtaken(table, weight, share, change):
    table = [[1 if cell is None else cell for cell in row] for row in table]
    best = [max(column) for column in zip(*table, strict=True)]
    assert all(row[6] is True for row in sensitivity([best, *table], weight, share, change))


def test_the_lead_is_lost_where_the_totals_cross():
    """Totals 5 + 4 w and 9 - 4 w of weights w and 1 - w meet at equal weights: 52 to 48 by 1 - 48/52."""
    growth, harmony = np.array([[9.0, 5], [5, 9]]), np.zeros((2, 1))
    crossing = 1 - 48 / 52
    for change, survives in ((crossing - 0.001, True), (crossing, True), (crossing + 0.001, False)):
        down = trials(growth, np.array([52.0, 48]), harmony, np.ones(1), 1, change)[1]
        assert (down.group, down.criterion, down.survives) == ("growth", 1, survives)
    tied = trials(growth, np.array([52.0, 48]), harmony, np.ones(1), 1, crossing)[1]
    assert (tied.first, tied.lead) == (0, 0)
