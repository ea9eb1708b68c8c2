"""Numbers that others have published, with the digits that they printed."""

import pytest

from kam_xl.functions import (
    KAM_ABC,
    KAM_ARPA,
    KAM_CAGR,
    KAM_GINI,
    KAM_GRR,
    KAM_HEALTH,
    KAM_HHI,
    KAM_NPS,
    KAM_NRR,
    KAM_PARETO,
    KAM_QUICK_RATIO,
    KAM_SCALE,
    KAM_SCORE,
)


@pytest.mark.parametrize(
    ("amounts", "published"),
    [
        ([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], 0.4620911),
        ([10, 10, 10, 10, 10, 10, 10, 10, 10, 100], 0.4263158),
        ([1, 3, 2, 1, 1, 1, 4], 0.3076923),
    ],
)
def test_gini(amounts, published):
    assert KAM_GINI(amounts) == pytest.approx(published, abs=5e-8)


@pytest.mark.parametrize(("shares", "published"), [([20, 30, 50], 3800), ([20, 19, 18, 17, 16, 10], 1730)])
def test_herfindahl_hirschman_index(shares, published):
    assert KAM_HHI(shares) == pytest.approx(published, rel=1e-12)


def test_pareto_of_the_sas_failure_counts():
    table = KAM_PARETO(list("abcdefg"), [14, 8, 3, 2, 2, 1, 1])
    assert [round(100 * row[4], 2) for row in table] == [45.16, 70.97, 80.65, 87.1, 93.55, 96.77, 100]


def test_weighted_scores_of_the_scoring_matrix():
    scores = KAM_SCORE([[8, 3, 2, 1], [4, 6, 8, 3]], [15, 35, 20, 30])
    assert [round(score, 9) for (score,) in scores] == [2.95, 5.20]


def test_growth_on_a_scale_of_1_to_10():
    assert round(KAM_SCALE([12_000, 73_600, 98_000])[1][0], 2) == 7.45


def test_equal_growth_is_in_the_middle_of_the_scale():
    assert KAM_SCALE([7, 7]) == [[5.5], [5.5]]


def test_growth_rate_of_the_rri_example():
    assert KAM_CAGR([[10_000, 11_000]], 96)[0][0] == pytest.approx(0.0009933, abs=5e-8)


def test_gross_retention():
    assert KAM_GRR([6_000, 8_000, 86_000], [0, 0, 86_000]) == pytest.approx(0.86)


def test_net_retention():
    assert KAM_NRR([6_000, 10_000, 184_000], [0, 6_000, 204_000]) == pytest.approx(1.05)


def test_gross_and_net_churn():
    start, end = [10, 50, 40], [0, 40, 50]
    assert 1 - KAM_GRR(start, end) == pytest.approx(0.2)
    assert 1 - KAM_NRR(start, end) == pytest.approx(0.1)


def test_quick_ratio():
    assert KAM_QUICK_RATIO([20, 10, 3, 17, "", 0], [24, 8, 0, 17, 8, 1]) == pytest.approx(2.6)
    assert KAM_QUICK_RATIO([10, 20, 3, ""], [30, 15, "", 8]) == pytest.approx(3.5)


def test_revenue_per_account():
    assert KAM_ARPA([1, 1, 3, 5, 5]) == 3


def test_net_promoter_score():
    assert KAM_NPS([10, 9, 9, 8, 8, 8, 7, 7, 6, 0]) == pytest.approx(10)


def test_health_ignores_a_missing_factor():
    assert [round(health, 2) for (health,) in KAM_HEALTH([[10, 10, 0], [10, "", 0]], [1, 1, 1])] == [6.67, 5.0]


def test_tiers_of_the_abc_classification_example():
    tiers = KAM_ABC([27000, 24000, 18000, 16000, 6000, 5000, 4000], 0.7, 0.9, "within")
    assert "".join(tier for (tier,) in tiers) == "AAABCCC"
