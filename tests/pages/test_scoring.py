"""Scoring of four of the five accounts, worked out on paper; growth counts 60 %, harmony 40 %.

Revenue size: of 2025, the smallest (Dune 10) is 1, the largest (Ada 400) 10: Cora 1 + 9·140/390, Bell 1 + 9·80/390.
Revenue growth: per year from 2023, Dune −50 % is 1, Cora √2.5 − 1 is 10; Bell's 2 is typed.
Growth score: 0.35 size + 0.30 growth + 0.20 wallet + 0.15 upsell; harmony: 0.35 fit + 0.20 culture + 0.20 vision +
0.25 strategy: Ada 2.8 + 1.2 + 1.4 + 2.25 = 7.65, Bell 4.5, Cora 6.5, Dune 1.4 + 1.4 + 1 + 2 = 5.8.
"""

from __future__ import annotations

from math import sqrt

from pages.portfolio import five, tables, variant
from pytest import approx

PAGE = "Scoring"
SIZE = {"Ada": 10.0, "Cora": 1 + 9 * 140 / 390, "Dune": 1.0, "Bell": 1 + 9 * 80 / 390}
SPAN = sqrt(150 / 60) - sqrt(10 / 40)
RATE = {"Ada": 1 + 9 * (sqrt(400 / 300) - sqrt(10 / 40)) / SPAN, "Cora": 10.0, "Dune": 1.0, "Bell": 2.0}
REST = {"Ada": 0.8 + 0.9, "Cora": 1.8 + 1.2, "Dune": 1.2 + 0.75, "Bell": 0.6 + 0.3}
GROWTH = {name: 0.35 * SIZE[name] + 0.3 * RATE[name] + REST[name] for name in SIZE}
HARMONY = {"Ada": 7.65, "Cora": 6.5, "Dune": 5.8, "Bell": 4.5}


def test_scores_in_force_are_typed_or_scaled() -> None:
    for name in SIZE:
        found = five().row(PAGE, name, "Revenue size", "Revenue growth", section="Growth")
        assert found == approx([SIZE[name], RATE[name]]), name
    assert five().row(PAGE, "Cora", "Wallet share left", "Upsell readiness", section="Growth") == [9, 8]
    assert five().row(PAGE, "Cora", "Strategic fit", "Culture", "Vision", "Strategy") == [7, 8, 6, 5]


def test_totals_weigh_growth_and_harmony() -> None:
    assert five().column(PAGE, "Account") == ["Ada", "Cora", "Dune", "Bell"]
    for rank, name in enumerate(SIZE, 1):
        found = five().row(PAGE, name, "Growth score", "Harmony score", "Total", "Rank")
        assert found == approx([GROWTH[name], HARMONY[name], 0.6 * GROWTH[name] + 0.4 * HARMONY[name], rank]), name
    assert {"60% of the total", "40% of the total"} <= set(five().texts(PAGE))


def test_quadrants_part_at_five_and_a_half() -> None:
    """Ada and Cora: both high. Dune: harmony 5.8, growth 2.6. Bell: both low. Nobody: growth without harmony."""
    texts = five().texts(PAGE)
    named = {texts[i].split(":")[0]: texts[i + 2] for i in range(len(texts)) if " growth, " in texts[i]}
    assert named == {"INVEST": "Ada, Cora", "BUILD TRUST": "–", "MAINTAIN": "Dune", "HARVEST OR LEAVE": "Bell"}
    assert "2 of 4 accounts are high on both axes" in texts


def test_weights_are_shares_and_the_lead_is_tried_with_less_and_more() -> None:
    """Size counts 10 % less: 0.315 of 0.965. Ada (3.15 + 1.935 + 1.7) / 0.965, Cora (0.315·4.23 + 6) / 0.965.

    Total Ada 0.6·7.031 + 3.06 = 7.279, Cora 0.6·7.599 + 2.6 = 7.159: 0.1 ahead. As it is: 7.341 − 7.088 = 0.3.
    """
    section = "Weights"
    assert five().value(PAGE, "Weight", "Revenue size", section) == approx(0.35)
    assert five().value(PAGE, "Weight", "Strategy", section) == approx(0.25)
    lead = {sign: [] for sign in "−+"}
    for sign in lead:
        size = 0.35 * (0.9 if sign == "−" else 1.1)
        of = size + 0.65
        ada, cora = (0.6 * (size * SIZE[n] + 0.3 * RATE[n] + REST[n]) / of + 0.4 * HARMONY[n] for n in ("Ada", "Cora"))
        assert five().value(PAGE, f"{sign}10%", "Revenue size", section) == f"✓ {ada - cora:.1f}"
    assert five().title(PAGE) == "Ada scores highest: 7.3, 0.3 ahead of Cora; no weight ±10% changes that"
    assert five().said(PAGE, "First place").endswith("smallest lead 0.1 (Revenue size counts 10% less).")


def test_chart_sets_growth_over_harmony() -> None:
    assert five().block("Scoring chart")["Dune"] == approx([5.8, GROWTH["Dune"]])
    assert five().block("Scoring chart")["Ada"] == approx([7.65, GROWTH["Ada"]])


def test_another_border_and_another_change_are_followed() -> None:
    """From 4.5 on Bell's harmony is high. Size counts 20 % less and more: 0.28 or 0.42 beside 0.65."""
    pages = variant(PAGE, quadrant=4.5, weight_change=0.2)
    texts = pages.texts(PAGE)
    assert "Dune, Bell" in texts and "border between low and high: 4.5" in texts
    for sign, size in (("−", 0.28), ("+", 0.42)):
        ada, cora = (
            0.6 * (size * SIZE[n] + 0.3 * RATE[n] + REST[n]) / (size + 0.65) + 0.4 * HARMONY[n] for n in ("Ada", "Cora")
        )
        shown = f"✓ {ada - cora:.1f}" if ada > cora else "✗ Cora"
        assert pages.value(PAGE, f"{sign}20%", "Revenue size", "Weights") == shown
    assert pages.said(PAGE, "First") == "First place changes if Revenue size counts 20% less: then Cora leads."
    assert pages.title(PAGE) == "Ada scores highest: 7.3, 0.3 ahead of Cora; a weight ±20% can change that"


def test_of_many_accounts_in_a_quadrant_five_are_named() -> None:
    names = [f"N{k}" for k in range(1, 9)]
    pages = variant(PAGE, tables(scores=[(name, [9, 9, 9, 9], [9, 9, 9, 9]) for name in names]))
    assert "N1, N2, N3, N4, N5 and 3 more" in pages.texts(PAGE)
    assert pages.title(PAGE) == "8 accounts score highest: 9.0"
