"""Measures of concentration, scores and risk against their definitions."""

import math

import numpy as np
import pytest

from kam_xl.analysis import concentration, growth, mrr, risk, satisfaction, scoring
from kam_xl.analysis.abc import tier_summary, tiers
from kam_xl.analysis.pareto import pareto


@pytest.mark.parametrize("seed", range(8))
def test_gini_is_half_the_relative_mean_absolute_difference(seed):
    rng = np.random.default_rng(seed)
    revenue = rng.lognormal(5, 1.5, rng.integers(1, 60)).round(seed % 3)
    difference = np.abs(revenue[:, None] - revenue[None, :]).mean()
    assert concentration.gini(revenue) == pytest.approx(difference / (2 * revenue.mean()), abs=1e-12)


@pytest.mark.parametrize("accounts", [1, 2, 5, 40])
def test_concentration_of_equal_accounts(accounts):
    revenue = np.full(accounts, 0.1)
    assert concentration.gini(revenue) == pytest.approx(0, abs=1e-12)
    assert concentration.gini(revenue) >= 0
    assert concentration.hhi(revenue) == pytest.approx(10_000 / accounts)
    assert concentration.vital_share(revenue, 1) == 1
    assert concentration.top_share(revenue, 1) == 1


@pytest.mark.parametrize("accounts", range(1, 60))
def test_the_number_of_top_accounts_is_rounded_up_but_not_by_a_rounding_error(accounts):
    for per_cent in range(1, 101):
        expected = max(1, -(-per_cent * accounts // 100))
        assert concentration.top_share(np.ones(accounts), per_cent / 100) == pytest.approx(expected / accounts)


def test_without_positive_revenue_nothing_can_be_measured():
    for revenue in (np.array([]), np.array([np.nan]), np.array([0.0, -3.0])):
        for measure in (concentration.hhi, concentration.gini, concentration.top_share):
            assert math.isnan(measure(revenue))


def test_pareto_of_a_long_tail_is_that_of_a_loop():
    revenue = np.random.default_rng(3).lognormal(5, 2, 4_000).round(1)
    revenue[::11] = -revenue[::11]
    revenue[::13] = np.nan
    table = pareto(revenue, 0.8)
    rows = sorted((i for i in range(revenue.size) if revenue[i] == revenue[i]), key=lambda i: (-revenue[i], i))
    rows += [i for i in range(revenue.size) if revenue[i] != revenue[i]]
    assert table.order.tolist() == rows
    running = 0.0
    total = sum(sorted((x for x in revenue if x > 0), reverse=True))
    for place, row in enumerate(rows):
        counted = revenue[row] if revenue[row] > 0 else 0.0
        assert bool(table.vital[place]) == (counted > 0 and running / total < 0.8)
        running += counted
        assert table.cumulative[place] == running / total  # added up one after the other: the same bits
    assert table.cumulative[-1] == 1


def test_summary_counts_every_account_once():
    revenue = np.random.default_rng(4).normal(50, 60, 500).round()
    revenue[:20] = np.nan
    found = tier_summary(revenue, tiers(revenue))
    assert found.accounts.sum() == 480
    assert found.share_of_accounts.sum() == pytest.approx(1)
    assert found.revenue.sum() == pytest.approx(np.nansum(revenue))
    assert found.share_of_revenue.sum() == pytest.approx(1)


def test_growth_rates_compound():
    first, rate, years = np.array([250.0, 80.0]), np.array([0.2, -0.1]), 7
    assert growth.cagr(first, first * (1 + rate) ** years, years) == pytest.approx(rate)


def test_a_weight_of_nothing_lets_blanks_pass():
    scores = np.array([[np.nan, 4.0], [2.0, np.nan]])
    assert scoring.weighted_scores(scores, np.array([0.0, 2.0])) == pytest.approx([4, np.nan], nan_ok=True)
    assert scoring.weighted_mean_present(scores, np.array([0.0, 2.0])) == pytest.approx([4, np.nan], nan_ok=True)


def test_thresholds_forgive_rounding_errors_on_both_sides():
    health = np.array([0.1 + 0.2, 0.3, 0.7 - 0.4])
    assert not risk.at_risk(health, 0.3).any()
    assert not risk.at_risk(health, 0.3, "above").any()
    assert risk.at_risk(-health - 1e-6, -0.3).all()
    assert risk.at_risk(np.array([-0.1]), 0).all()
    assert satisfaction.csat(np.array([0.7 - 0.4]), 0.3) == 1


def test_movements_of_single_accounts():
    nan = np.nan
    expected = {
        (nan, nan): (),
        (nan, 5.0): ("new",),
        (0.0, 5.0): ("reactivated",),
        (-1.0, 5.0): ("reactivated",),
        (5.0, 8.0): ("expansion",),
        (8.0, 5.0): ("contraction",),
        (8.0, 0.0): ("churned",),
        (8.0, nan): ("churned",),
        (8.0, -1.0): ("churned",),
        (8.0, 8.0): (),
        (0.0, nan): (),
    }
    for (start, end), kinds in expected.items():
        found = mrr.movements(np.array([start]), np.array([end]))
        for kind in ("new", "reactivated", "expansion", "contraction", "churned"):
            assert getattr(found, kind).accounts == (kind in kinds), (start, end, kind)
