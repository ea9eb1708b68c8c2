"""The charter of the five accounts, worked out on paper.

Readiness: yes, yes, partly, no: 2 of 4, and not nearly ready, for one point is missing. Three of five accounts are at
risk: 2 of 5 are not, 40 %; 11 of 55 MRR. Share of today's accounts at risk: September (9 + 1) / 44, November 11 / 52,
December 11 / 55.
"""

from __future__ import annotations

from pages.portfolio import CHARTER, five, rows, tables, variant
from pytest import approx

PAGE = "Charter"


def answers(*words: str) -> object:
    """The charter with other answers to its four points."""
    left = list(words)
    texts = [row | ({"answer": left.pop(0)} if row["section"] == "Readiness" else {}) for row in rows(CHARTER)]
    return tables(records=tables().records | {"charter": texts})


def test_key_figures_are_those_of_the_paper() -> None:
    assert five().title(PAGE) == "Ready in 2 of 4 points; missing: data"
    figures = five().figures(PAGE)
    assert figures["Readiness, points answered yes"] == ("2 of 4", "Not yet ready")
    assert figures["Key accounts"][0] == 2
    assert figures["Investment horizon"][0] == "24 months"
    assert figures["Net retention (NRR)"] == (approx(1.04), "gross: 76.0%, 12 months")
    assert figures["Accounts not at risk"] == (approx(0.4), "of 5; at risk: Engagement below 60")
    assert figures["MRR at risk, k€"] == (approx(11), "20% of all MRR")


def test_verdict_follows_the_answers() -> None:
    """Nearly ready: half of the points or more are yes, and none is no."""
    for words, verdict in (
        (("yes", "yes", "yes", "yes"), "Ready"),
        (("yes", "yes", "partly", "partly"), "Nearly ready"),
        (("yes", "partly", "partly", "partly"), "Not yet ready"),
        (("yes", "yes", "yes", "no"), "Not yet ready"),
    ):
        pages = variant(PAGE, answers(*words))
        score = f"{words.count('yes')} of 4"
        assert pages.figures(PAGE)["Readiness, points answered yes"] == (score, verdict), words


def test_first_gap_is_a_no_before_a_partly() -> None:
    assert five().said(PAGE, "1  ") == "1  Not yet ready. Close first: data (Tom); then 1 more point."
    pages = variant(PAGE, answers("yes", "partly", "partly", "yes"))
    assert pages.title(PAGE) == "Ready in 2 of 4 points; only partly: plans"
    assert five().row(PAGE, "team", "Answer", "Who") == ["◐ partly", "Lee"]


def test_programme_and_criteria_are_those_of_the_settings() -> None:
    assert five().said(PAGE, "2  ").startswith("2  Start small: at most 2 of 5 accounts (40%) are key accounts")
    assert five().row(PAGE, "Goal alignment", "Weight", "Share of the score") == [0.15, approx(0.15)]
    summed = variant(PAGE, selection_method="sum")
    assert summed.row(PAGE, "Goal alignment", "Weight", "Share of the score") == ["–", approx(0.2)]
    assert "► 24 months: grow together" in five().texts(PAGE)
    assert "► 36 months: partner" in variant(PAGE, horizon=36).texts(PAGE)


def test_trend_is_the_share_of_those_at_risk_today() -> None:
    months = five().block("Share of MRR at risk")
    assert months["Sep"][0] == approx(10 / 44) and months["Nov"][0] == approx(11 / 52)
    assert months["Dec"] == ["#N/A", approx(0.2)] and months["Oct"] == ["#N/A", "#N/A"]
    assert "20% of MRR is at risk" in five().texts(PAGE)
    assert five().said(PAGE, "3  ").startswith("3  Weekly review: 3 accounts are at risk with 20% of MRR")


def test_trend_says_how_the_share_moved() -> None:
    """With the ledger of December 2024 in January: Bell 12 + Echo 8 of 50 then, 40 %, 20 % now."""
    moved = [(month.replace(year=2025, month=1) if month.year == 2024 else month, *row) for month, *row in tables().mrr]
    assert "At-risk share fell from 40% to 20%" in variant(PAGE, tables(mrr=moved)).texts(PAGE)


def test_of_many_points_seven_are_shown_and_all_count() -> None:
    points = [{"section": "Readiness", "text": f"point{k}", "answer": "yes"} for k in range(9)]
    pages = variant(PAGE, tables(records=tables().records | {"charter": points}))
    assert pages.title(PAGE) == "Ready in 9 of 9 points"
    assert "the first 7 of 9" in pages.texts(PAGE)
    assert pages.column(PAGE, "Point")[:7] == [f"point{k}" for k in range(7)]
