"""Selection of two key accounts among the five, worked out on paper; weights 25, 20, 20, 15, 20 %.

Ada 2.25 + 1.6 + 1.6 + 0.9 + 1.4 = 7.75; Bell 1.5 + 1 + 0.8 + 0.75 + 0.6 = 4.65; Cora 1.75 + 1.6 + 1.4 + 1.35 + 2 = 8.1;
Dune 0.75 + 0.8 + 1 + 0.9 + 0.4 = 3.85; Echo 7. The two best are Cora and Ada: the line is 7.75. Key today are Ada and
Bell: Cora is to be promoted, Bell to be reviewed. Near is 10 % below the line, 6.975: Echo's 7 is near.
"""

from __future__ import annotations

from math import sqrt

from pages.portfolio import CANDIDATES, five, rows, tables, variant
from pytest import approx

PAGE, TABLE = "Selection", "Candidates by score"


def test_candidates_stand_by_score_with_their_decision() -> None:
    assert five().title(PAGE) == "2 key accounts of 5 candidates; Cora earns a place, Bell no longer does"
    for name, expected in (
        ("Cora", [8.1, "★ key account", "", sqrt(2.5) - 1, "▲ promote"]),
        ("Ada", [7.75, "★ key account", "✓", sqrt(4 / 3) - 1, "= keep"]),
        ("Bell", [4.65, "", "✓", sqrt(0.45) - 1, "▼ review"]),
        ("Dune", [3.85, "", "", -0.5, ""]),
    ):
        found = five().row(PAGE, name, "Score", "Decision", "Key today", "Growth per year", "Change", section=TABLE)
        assert [found[1], found[2], found[4]] == [expected[1], expected[2], expected[4]], name
        assert [found[0], found[3]] == approx([expected[0], expected[3]]), name
    assert five().column(PAGE, "Account")[:7] == ["Weight", "Cora", "Ada", "▬ the line", "Echo", "Bell", "Dune"]
    assert five().row(PAGE, "Cora", "Recurring revenue", "Goal alignment", "Expansion potential") == [7, 9, 10]
    weights = five().row(PAGE, "Weight", "Recurring revenue", "Goal alignment", "Expansion potential")
    assert weights == ["25%", "15%", "20%"]


def test_key_figures_and_the_line() -> None:
    card = five().card
    assert five().figures(PAGE)["Key accounts"] == (2, "of at most 2")
    assert five().value(PAGE, "Score", "▬ the line", TABLE) == approx(7.75)
    assert five().value(PAGE, "Decision", "▬ the line") == "2 of 2 places"
    assert card(PAGE, "The line") == ("7.8", "score of the last key account")
    assert card(PAGE, "Key accounts today") == (2, "▲ 1 to promote   ▼ 1 to review")
    assert card(PAGE, "On the watch list")[0] == 3


def test_watch_list_says_why() -> None:
    section = "1 falls, 1 earns a place, 1 comes up"
    assert five().row(PAGE, "Bell", "Score", "Why", section=section) == [approx(4.65), "▼ no longer earns its place"]
    assert five().value(PAGE, "Why", "Cora", section) == "▲ earns a place, grows fast"
    assert five().value(PAGE, "Why", "Echo", section) == "● near the line"
    assert five().value(PAGE, "Growth", "Cora", section) == approx(sqrt(2.5) - 1)


def test_conclusions_name_the_scores() -> None:
    said = five().said
    assert said(PAGE, "1  ") == "1  Promote Cora: 8.1; the line is 7.8. Name an owner first."
    assert said(PAGE, "2  ").startswith("2  Review Bell: 4.7, the line is 7.8.")
    assert said(PAGE, "3  ") == "3  Watch Echo: near the line."


def test_a_least_score_leaves_places_empty() -> None:
    """With 8 or more only Cora is chosen; the least score is the line then, and near it is 7.2: Ada's 7.75 is near."""
    pages = variant(PAGE, key_at_least=8)
    assert pages.title(PAGE).startswith("1 key account of 5 candidates; Cora earns a place, 2 no longer do")
    assert pages.card(PAGE, "The line") == ("8.0", "the least score decides")
    assert pages.value(PAGE, "Decision", "▬ the line") == "1 of 2 places"


def test_equal_scores_at_the_line_are_chosen_together_or_not_at_all() -> None:
    """Ada's scores become Echo's: both 7 with one place left, so neither is chosen and the line is Cora's 8.1."""
    sevens = {f"score_{k}": 7 for k in range(1, 6)}
    candidates = [row | (sevens if row["account"] == "Ada" else {}) for row in rows(CANDIDATES)]
    pages = variant(PAGE, tables(records=tables().records | {"candidates": candidates}))
    assert pages.row(PAGE, "Ada", "Decision", "Change") == ["↔ tied", "↔ decide"]
    assert pages.row(PAGE, "Echo", "Decision", "Change") == ["↔ tied", "↔ decide"]
    assert pages.card(PAGE, "The line")[0] == "8.1"
    tie = "2 accounts tie at 7.0 with room for fewer, so none of them is chosen: score finer, or take 3."
    assert sum(text.endswith(tie) for text in pages.texts(PAGE)) == 1


def test_the_sum_of_the_criteria_can_decide() -> None:
    """Sums: Ada 38, Cora 41, Echo 35, Bell 23, Dune 20."""
    pages = variant(PAGE, selection_method="sum")
    assert [pages.value(PAGE, "Sum", name) for name in ("Cora", "Ada", "Echo", "Bell", "Dune")] == [41, 38, 35, 23, 20]


def test_growth_of_a_newer_account_is_that_of_its_last_year() -> None:
    """Without a first year Cora's growth is 150 / 100 − 1; Echo has no last year."""
    revenue = [(name, [None if name == "Cora" else years[0], *years[1:]]) for name, years in tables().revenue]
    pages = variant(PAGE, tables(revenue=revenue))
    assert pages.value(PAGE, "Growth per year", "Cora") == approx(0.5)
    assert pages.value(PAGE, "Growth per year", "Echo") == ""


def test_near_and_fast_are_limits_of_their_own() -> None:
    """Near 5 %: 7.36, so Echo's 7 is not; fast 60 %: Cora's 58 % is not."""
    pages = variant(PAGE, near=0.05, fast=0.6)
    assert pages.card(PAGE, "On the watch list")[0] == 2
    assert pages.value(PAGE, "Why", "Cora", "1 falls, 1 earns a place") == "▲ earns a place"


def test_a_least_score_that_all_reach_decides_nothing() -> None:
    """Everybody has 1 or more: the two best are chosen, and the line is the last one's 7.75."""
    pages = variant(PAGE, key_at_least=1)
    assert pages.card(PAGE, "The line") == ("7.8", "score of the last key account")
    assert pages.value(PAGE, "Decision", "▬ the line", TABLE) == "2 of 2 places"


def test_of_many_candidates_the_first_twenty_are_listed() -> None:
    """23 candidates, from 10 downwards in steps of 0.25, all scores of one alike."""
    candidates = [{"account": f"C{k}", **{f"score_{j}": 10 - k / 4 for j in range(1, 6)}} for k in range(23)]
    pages = variant(PAGE, tables(records=tables().records | {"candidates": candidates}))
    assert pages.said(PAGE, "the first 20 of 23")
    assert pages.title(PAGE) == "2 key accounts of 23 candidates; C0 scores highest"
    assert pages.value(PAGE, "Score", "▬ the line", TABLE) == approx(9.75)


def test_chart_counts_who_grows_without_being_key() -> None:
    """Bell and Dune shrink, Echo has no growth. With one place only Ada's 15 % is outside, from 15 % on one account."""
    assert five().said(PAGE, "No accounts outside").endswith("; 1 without growth are not drawn")
    growing = variant(PAGE, key_cap=1, fast=0.15).said(PAGE, "1 account")
    assert growing.startswith("1 account outside the key accounts grows 15% a year or more")
    limit = variant(PAGE, fast=-0.5)  # Dune's −50 % is exactly that
    assert limit.said(PAGE, "2 accounts outside the key accounts grow")
    points = five().block("Selection chart")
    assert points["Cora"][:2] == approx([8.1, sqrt(2.5) - 1])


def test_candidates_without_scores_are_asked_for_them() -> None:
    pages = variant(PAGE, tables(records=tables().records | {"candidates": [{"account": "Ada"}]}))
    assert pages.title(PAGE) == "No scores yet: type them on Candidates"
