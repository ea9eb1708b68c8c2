"""The tiers against two implementations that we did not derive from ours."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from abc_analysis import abc_analysis
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.analysis.abc import tiers

LETTERS = np.array(["", "A", "B", "C"])


def by_the_rule(revenue, a_cut, b_cut, rule):
    """The tier rule word by word, in exact arithmetic.

    Sort by revenue, largest first. An account is A while the share of revenue before it is below `a_cut`, B while it
    is below `b_cut`, else C. "within": inside only if the share including it does not exceed the cut. Equal revenue,
    equal tier (that of the first of them). Zero and negative revenue is C and adds nothing; blank has no tier.
    """
    total = sum((x for x in revenue if x is not None and x > 0), Fraction(0))
    found = []
    for mine in revenue:
        if mine is None or mine <= 0:
            found.append("" if mine is None else "C")
            continue
        before = sum((x for x in revenue if x is not None and x > mine), Fraction(0))
        if rule == "within":
            including = before + mine  # the first of those that are equal
            found.append("A" if including <= a_cut * total else "B" if including <= b_cut * total else "C")
        else:
            found.append("A" if before < a_cut * total else "B" if before < b_cut * total else "C")
    return found


amounts = st.one_of(
    st.none(), st.sampled_from([0, 5, 10, 10, 15, 20, 40, 80, -10]).map(Fraction), st.integers(-50, 5000).map(Fraction)
)
percents = st.tuples(st.integers(1, 20), st.integers(1, 20)).map(sorted)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(amounts, min_size=1, max_size=25),
    percents,
    st.sampled_from(["crossing", "within"]),
    st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(1, 1000), Fraction(10**6), Fraction(1, 7)]),
)
def test_tiers_are_those_of_the_rule_in_exact_arithmetic(revenue, cuts, rule, factor):
    a_cut, b_cut = (Fraction(5 * cut, 100) for cut in cuts)
    scaled = np.array([np.nan if x is None else float(x * factor) for x in revenue])
    found = LETTERS[tiers(scaled, float(a_cut), float(b_cut), within=rule == "within")].tolist()
    assert found == by_the_rule(revenue, a_cut, b_cut, rule)


@pytest.mark.parametrize("factor", [1, 1e-3, 1 / 3, 1e6])
def test_an_account_that_lands_on_a_line_is_on_the_same_side_of_it_at_any_scale(factor):
    for first in range(51, 100):
        revenue = np.array([first, 100 - first]) * factor
        assert tiers(revenue, first / 100, first / 100, within=True).tolist() == [1, 3]
        assert tiers(revenue, first / 100, first / 100).tolist() == [1, 3]


def partition_of_the_package(revenue):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = abc_analysis(revenue.tolist())
    letters = np.full(revenue.size, "C")
    letters[found["Aind"]], letters[found["Bind"]] = "A", "B"
    return letters


@pytest.mark.parametrize("rule", ["crossing", "within"])
@pytest.mark.parametrize("seed", range(12))
def test_tiers_at_the_lines_that_the_package_draws_are_its_tiers(seed, rule):
    """Its lines come from the curve of the data; given the shares that its A, and A with B, make, so do ours."""
    rng = np.random.default_rng(seed)
    revenue = rng.lognormal(7, 1.2, rng.integers(8, 200)).round(-2) + 100  # rounded: some accounts are equal
    letters = partition_of_the_package(revenue)
    a_cut = revenue[letters == "A"].sum() / revenue.sum()
    b_cut = revenue[letters != "C"].sum() / revenue.sum()
    assert 0 < a_cut < b_cut < 1
    assert LETTERS[tiers(revenue, a_cut, b_cut, within=rule == "within")].tolist() == letters.tolist()


def test_the_published_partition():
    """Computed ABC analysis of the R package ABCanalysis: A = {25, 22, 17}, B = {15, 6}."""
    revenue = np.array([1.0, 15, 25, 17, 2, 3, 5, 6, 2, 3, 22])
    letters = partition_of_the_package(revenue)
    assert sorted(revenue[letters == "A"]) == [17, 22, 25]
    assert sorted(revenue[letters == "B"]) == [6, 15]
    assert LETTERS[tiers(revenue, 64 / 101, 85 / 101, within=True)].tolist() == letters.tolist()
    assert LETTERS[tiers(revenue, 64 / 101, 85 / 101)].tolist() == letters.tolist()
