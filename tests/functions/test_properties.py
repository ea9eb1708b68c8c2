"""What must hold for any accounts at all."""

import itertools
import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kam_xl.functions import (
    KAM_ABC,
    KAM_ABC_BY_YEAR,
    KAM_ABC_SUMMARY,
    KAM_AT_RISK,
    KAM_AT_RISK_MRR,
    KAM_GINI,
    KAM_GRR,
    KAM_HEALTH,
    KAM_HHI,
    KAM_MRR_MOVES,
    KAM_NPS,
    KAM_NRR,
    KAM_PARETO,
    KAM_RANK,
    KAM_SCALE,
    KAM_SCORE,
    KAM_SCORING,
    KAM_TOP_SHARE,
    KAM_VITAL_SHARE,
)

settings.register_profile("modest", max_examples=60, deadline=None)
settings.load_profile("modest")

cents = st.integers(-20_000, 1_000_000).map(lambda amount: amount / 100)
few = st.sampled_from([0.0, 10.0, 20.0, 30.0, 70.0, -5.0])  # many ties, sums that land on the cuts
amount = st.one_of(cents, few, st.none())
revenues = st.lists(amount, min_size=1, max_size=40)
cuts = st.tuples(st.sampled_from([0.5, 0.7, 0.8]), st.sampled_from([0.8, 0.9, 0.95, 1.0]))
rules = st.sampled_from(["crossing", "within"])
factors = st.sampled_from([1e-3, 1 / 3, 0.1, 7.0, 1e6])


def names(revenue):
    return [f"account {number}" for number in range(len(revenue))]


@given(revenues, cuts, rules, factors)
def test_scaling_all_revenue_never_moves_a_tier(revenue, cut, rule, factor):
    scaled = [None if x is None else x * factor for x in revenue]
    assert KAM_ABC(scaled, *cut, rule) == KAM_ABC(revenue, *cut, rule)


@given(revenues, factors)
def test_scaling_all_revenue_never_moves_a_vital_account_or_a_measure(revenue, factor):
    scaled = [None if x is None else x * factor for x in revenue]
    before, after = KAM_PARETO(names(revenue), revenue), KAM_PARETO(names(revenue), scaled)
    assert sum(row[5] is True for row in before) == sum(row[5] is True for row in after)
    for measure in (KAM_HHI, KAM_GINI, KAM_TOP_SHARE, KAM_VITAL_SHARE):
        one, two = measure(revenue), measure(scaled)
        assert one == two or math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-12)


@given(revenues.flatmap(lambda x: st.tuples(st.just(x), st.permutations(range(len(x))))), cuts, rules)
def test_the_order_of_the_accounts_never_matters(pair, cut, rule):
    revenue, order = pair
    tiers = KAM_ABC(revenue, *cut, rule)
    assert KAM_ABC([revenue[i] for i in order], *cut, rule) == [tiers[i] for i in order]
    moved = KAM_PARETO([names(revenue)[i] for i in order], [revenue[i] for i in order])
    assert [row[2:] for row in moved] == [row[2:] for row in KAM_PARETO(names(revenue), revenue)]


@given(revenues, cuts, rules)
def test_more_revenue_never_makes_a_worse_tier(revenue, cut, rule):
    tiers = [tier for (tier,) in KAM_ABC(revenue, *cut, rule)]
    for (one, a), (two, b) in itertools.combinations(zip(revenue, tiers, strict=True), 2):
        if one is None or two is None:
            continue
        assert a == b if one == two else (a <= b if one > two else b <= a)


@given(revenues, st.integers(1, 5))
def test_blank_rows_under_a_table_change_nothing(revenue, count):
    spare = [None] * count
    longer = [*revenue, *spare]
    assert KAM_ABC(longer) == KAM_ABC(revenue) + [[""]] * count
    assert KAM_PARETO(names(revenue) + spare, longer) == KAM_PARETO(names(revenue), revenue)
    for measure in (KAM_HHI, KAM_GINI, KAM_TOP_SHARE, KAM_VITAL_SHARE, KAM_ABC_SUMMARY):
        assert measure(longer) == measure(revenue)
    assert KAM_RANK(longer) == KAM_RANK(revenue) + [[""]] * count
    assert KAM_NRR(longer, longer) == KAM_NRR(revenue, revenue)


@given(revenues)
def test_pareto_lists_every_account_once_and_shares_end_at_exactly_1(revenue):
    table = KAM_PARETO(names(revenue), revenue)
    assert [row[0] for row in table] == list(range(1, len(revenue) + 1))
    assert sorted(row[1] for row in table) == sorted(names(revenue))
    assert all(row[2] == (revenue[names(revenue).index(row[1])] or 0) for row in table)
    running = [row[4] for row in table]
    assert running == sorted(running)
    if any((x or 0) > 0 for x in revenue):
        assert running[-1] == 1
        assert math.isclose(math.fsum(row[3] for row in table), 1)
        assert math.isclose(math.fsum(row[4] for row in KAM_ABC_SUMMARY(revenue)), 1)
    else:
        assert running[-1] == 0


@given(revenues)
def test_equal_revenue_keeps_the_order_of_the_input(revenue):
    numbered = [(row[2], names(revenue).index(row[1])) for row in KAM_PARETO(names(revenue), revenue)]
    known = [(-amount, number) for amount, number in numbered if revenue[number] is not None]
    assert known == sorted(known)
    blanks = [number for _, number in numbered[len(known) :]]
    assert blanks == sorted(blanks)
    assert all(revenue[number] is None for number in blanks)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9), st.integers(1, 20).map(lambda n: n * 5))
def test_the_vital_few_are_as_few_as_can_be(revenue, per_cent):
    assume(sum(revenue) > 0)
    needed = next(
        count
        for count in range(1, len(revenue) + 1)
        for chosen in itertools.combinations(revenue, count)
        if 100 * sum(chosen) >= per_cent * sum(revenue)
    )
    table = KAM_PARETO(names(revenue), revenue, False, per_cent / 100)
    assert sum(row[5] for row in table) == needed
    assert all(row[5] for row in table[:needed])
    assert KAM_VITAL_SHARE(revenue, per_cent / 100) == pytest.approx(needed / len(revenue))


@given(st.lists(st.tuples(amount, amount, amount), min_size=1, max_size=12), cuts, rules)
def test_every_year_stands_by_itself(rows, cut, rule):
    table = [list(row) for row in rows]
    years = [KAM_ABC([row[year] for row in table], *cut, rule) for year in range(3)]
    assert KAM_ABC_BY_YEAR(table, *cut, rule) == [[year[i][0] for year in years] for i in range(len(table))]


@given(revenues)
def test_ranks_are_what_competitions_use(values):
    known = [x for x in values if x is not None]
    expected = [[""] if x is None else [1 + sum(y > x for y in known)] for x in values]
    assert KAM_RANK(values) == expected
    assert KAM_RANK([None if x is None else -x for x in values], True) == expected


@given(revenues)
def test_a_scale_keeps_the_order_and_has_its_ends(values):
    scaled = [x for (x,) in KAM_SCALE(values)]
    known = sorted((x, y) for x, y in zip(values, scaled, strict=True) if x is not None)
    assert all(x is not None or y == "" for x, y in zip(values, scaled, strict=True))
    if known and known[0][0] != known[-1][0]:
        assert known[0][1] == 1 and known[-1][1] == 10
        assert all(one[1] <= two[1] for one, two in itertools.pairwise(known))


scores = st.lists(st.lists(st.one_of(st.integers(1, 10), st.none()), min_size=3, max_size=3), min_size=1, max_size=10)
weights = st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any)


@given(scores, weights, st.sampled_from([1e-3, 1 / 3, 100.0]))
def test_only_the_proportions_of_weights_count(table, weight, factor):
    for function in (KAM_SCORE, KAM_HEALTH):
        one, two = function(table, weight), function(table, [w * factor for w in weight])
        for (x,), (y,) in zip(one, two, strict=True):
            assert x == y == "" or math.isclose(x, y)


@given(scores, weights)
def test_scores_and_health_agree_where_nothing_is_missing_and_stay_between_the_extremes(table, weight):
    for row, (score,), (health,) in zip(table, KAM_SCORE(table, weight), KAM_HEALTH(table, weight), strict=True):
        counted = [(x, w) for x, w in zip(row, weight, strict=True) if w]
        there = [(x, w) for x, w in counted if x is not None]
        assert (score == "") == (len(there) < len(counted))
        assert (health == "") == (not there)
        if there:
            assert health == pytest.approx(sum(x * w for x, w in there) / sum(w for _, w in there))
        if score != "":
            assert score == pytest.approx(health)


@given(scores, weights, st.sampled_from([0, 0.25, 0.5, 1]))
def test_the_scoring_matrix_is_sorted_and_ranked_by_its_total(table, weight, share):
    rows = KAM_SCORING(names(table), table, weight, [row[:1] for row in table], 1, share)
    assert sorted(row[0] for row in rows) == sorted(names(table))
    totals = [row[3] for row in rows]
    ranked = [total for total in totals if total != ""]
    assert totals == ranked + [""] * (len(totals) - len(ranked))
    assert [[row[4]] for row in rows] == KAM_RANK(totals)
    assert [row[4] for row in rows if row[4] != ""] == sorted(row[4] for row in rows if row[4] != "")


@given(revenues, st.lists(st.one_of(st.integers(0, 100), st.none()), min_size=40, max_size=40), st.integers(0, 100))
def test_the_queue_holds_the_mrr_at_risk(mrr, kpi, threshold):
    kpi = kpi[: len(mrr)]
    rows = [row for row in KAM_AT_RISK(names(mrr), mrr, kpi, threshold) if row[0]]
    at_risk = {name for name, k in zip(names(mrr), kpi, strict=True) if k is not None and k < threshold}
    assert {row[0] for row in rows} == at_risk
    total = KAM_AT_RISK_MRR(mrr, kpi, threshold)
    if total != "":
        assert total == pytest.approx(math.fsum(row[1] for row in rows))
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)


@given(st.lists(st.tuples(amount, amount), min_size=1, max_size=20))
def test_the_movements_lead_from_the_start_to_the_end(pairs):
    start, end = [a for a, _ in pairs], [b for _, b in pairs]
    moves = {row[0]: row[1:] for row in KAM_MRR_MOVES(start, end)}
    amounts = {name: move[0] for name, move in moves.items()}
    kinds = ("New", "Reactivated", "Expansion", "Contraction", "Churned")
    assert amounts["Start"] + math.fsum(amounts[kind] for kind in kinds) == pytest.approx(amounts["End"], abs=1e-6)
    gained = moves["New"][1] + moves["Reactivated"][1]
    assert moves["Start"][1] + gained - moves["Churned"][1] == moves["End"][1]
    assert all(amounts[kind] <= 0 for kind in kinds[3:]) and all(amounts[kind] >= 0 for kind in kinds[:3])
    net, gross = KAM_NRR(start, end), KAM_GRR(start, end)
    if amounts["Start"] > 0:
        lost, grown = amounts["Contraction"] + amounts["Churned"], amounts["Expansion"]
        assert gross == pytest.approx(1 + lost / amounts["Start"]) and 0 <= gross <= 1
        assert net == pytest.approx(gross + grown / amounts["Start"])
    else:
        assert net == gross
        assert net in ("", "n/a")


@given(st.lists(st.integers(0, 10), min_size=1, max_size=30))
def test_the_promoter_score_is_turned_round_with_its_answers(answers):
    points = KAM_NPS(answers)
    assert -100 <= points <= 100
    turned = {x: 8 for x in (7, 8)} | dict.fromkeys(range(7), 10) | {9: 0, 10: 0}
    assert KAM_NPS([turned[x] for x in answers]) == pytest.approx(-points)
