"""Profit of 2025 of the four accounts with costs, worked out on paper.

            revenue  direct  gross  to serve (sell + serve + other)  profit
Ada           400      200    200     20 + 60 + 20 = 100              100    A (before: 0 of 163)      25 % of revenue
Bell           90       50     40     10 + 33 + 10 =  53              −13    D
Cora          150       60     90     10 + 15 +  5 =  30               60    A (before: 61 %)          40 %
Dune           10        4      6      1 +  2 +  0 =   3                3    C (before: 98 %)          30 %
in all        650             336                   186              150

The curve: 100, 160, 163, 150 of 150. Lines are medians: revenue (90 + 150) / 2 = 120, cost (30 + 53) / 2 = 41.5.
Lifetime value of profit p and retention r: p r / (1 − r), discounted at 10 %: p r / (1.1 − r).
"""

from __future__ import annotations

from pages.portfolio import COSTS, five, rows, tables, variant
from pytest import approx

PAGE = "Profit"


def test_key_figures_are_those_of_the_paper() -> None:
    card = five().card
    assert five().title(PAGE) == "3 accounts earn 109% of the profit; the last one gives 9% back"
    assert card(PAGE, "Revenue 2025") == (650, "of 4 accounts")
    assert card(PAGE, "Gross margin") == (336, "52% of revenue")
    assert five().figures(PAGE)["Cost to serve"] == (186, "29% of revenue")
    assert five().figures(PAGE)["Profit"] == (150, "23% of revenue")
    assert card(PAGE, "Peak of the whale curve") == (approx(163 / 150), "earned by 3 of 4")
    assert card(PAGE, "◆ Given back by losses") == (-13, "by 1 account")
    simple = [100 * 0.8 / 0.2, -13 * 0.5 / 0.5, 60 * 0.9 / 0.1]
    discounted = [100 * 0.8 / 0.3, -13 * 0.5 / 0.6, 60 * 0.9 / 0.2]
    assert card(PAGE, "Lifetime value, discounted")[0] == approx(sum(discounted))
    assert card(PAGE, "Lifetime value, simple")[0] == approx(sum(simple))


def test_accounts_stand_by_profit() -> None:
    heads = ("#", "Profit", "Margin", "Cost to serve, %", "Class", "Quadrant")
    for name, expected in (
        ("Ada", [100, 0.25, 0.25, "A1", "◆ reprice"]),
        ("Cora", [60, 0.4, 0.2, "A2", "▲ protect"]),
        ("Dune", [3, 0.3, 0.3, "C4", "= maintain"]),
        ("Bell", [-13, -13 / 90, 53 / 90, "D3", "▼ exit"]),
    ):
        found = five().row(PAGE, name, *heads[1:])
        assert found[:3] == approx(expected[:3]), name
        assert found[3:] == expected[3:], name
    assert five().column(PAGE, "Account") == ["Ada", "Cora", "Dune", "Bell"]
    assert five().column(PAGE, "#") == [1, 2, 3, 4]


def test_lifetime_values_stand_beside_the_profit() -> None:
    heads = ("Lifetime value, simple", "Lifetime value, discounted")
    for name, expected in (("Ada", [400, 800 / 3]), ("Cora", [540, 270]), ("Bell", [-13, -65 / 6])):
        assert five().row(PAGE, name, *heads, section="Accounts by profit") == approx(expected), name
    assert five().row(PAGE, "Dune", *heads, section="Accounts by profit") == ["–", "–"]


def test_boxes_hold_the_accounts_of_a_class_and_a_product() -> None:
    section = "What to do"
    texts = five().texts(PAGE)
    for text in ("1 account  ·  +100", "1 account  ·  +60", "1 account  ·  +3", "1 account  ·  −13"):
        assert texts.count(text) == 1, text
    assert five().value(PAGE, "1  best margin", "n = 2", section) == "1 account  ·  +100"
    assert five().value(PAGE, "2  good margin", "n = 2", section) == "1 account  ·  +60"
    assert five().value(PAGE, "4  worst margin", "n = 1", section) == "1 account  ·  +3"
    assert [text for text in texts if text.startswith("n = ")] == ["n = 2", "n = 0", "n = 1", "n = 1"]


def test_conclusions_name_the_quadrants_and_their_lines() -> None:
    said = five().said
    assert said(PAGE, "1  Prot").startswith("1  Protect Cora") and said(PAGE, "1  Prot").endswith("Profit: +60 k€.")
    assert said(PAGE, "2  Repr").startswith("2  Reprice, the least profitable first: Ada")
    assert said(PAGE, "3  Set").endswith("Bell; they cost much and bring little. Profit today: −13 k€.")
    assert "high: revenue ≥ 120, cost ≥ 42 (medians)" in five().texts(PAGE)
    assert said(PAGE, "protect 1 + reprice 1 + maintain 1 + exit 1 = 4 accounts").endswith("52% gross margin")
    assert "The one loss maker costs 42 or more to serve" in five().texts(PAGE)
    assert "Serving the last account costs 13 k€ of profit" in five().texts(PAGE)


def test_whale_curve_and_matrix_are_drawn_from_the_same_numbers() -> None:
    curve = five().block("Whale curve")
    assert curve[0.25][0] == approx(100 / 150) and curve[0.5][0] == approx(160 / 150)
    labels = five().block("Whale curve: labels")
    assert labels["peak 109%: 3 accounts"] == approx([0.75, 163 / 150])
    assert labels["Ada 67%"] == approx([0.25, 100 / 150])


def test_typed_lines_and_years_are_followed() -> None:
    """High from 150 revenue and 53 cost: Cora protects, Bell exits. Five years: Ada 100 (0.8 + … + 0.8⁵)."""
    pages = variant(PAGE, revenue_line=150, cost_line=53, clv_years=5)
    assert [pages.value(PAGE, "Quadrant", name) for name in ("Ada", "Cora", "Dune", "Bell")] == [
        "◆ reprice",
        "▲ protect",
        "= maintain",
        "▼ exit",
    ]
    simple = sum(100 * 0.8**k for k in range(1, 6))
    assert pages.value(PAGE, "Lifetime value, simple", "Ada", "Accounts by profit") == approx(simple)
    higher = variant(PAGE, revenue_line=151, cost_line=54)
    assert [higher.value(PAGE, "Quadrant", name) for name in ("Cora", "Bell")] == ["= maintain", "= maintain"]


def test_matrix_places_accounts_in_proportion() -> None:
    """Cost to serve 100 to 53 to 30 across, revenue 400 to 90 to 150 up; only Bell loses."""
    points = five().block("Profit chart")
    (ada, earns, none), (bell, none_too, loses), (cora, cora_up, _none) = (points[n] for n in ("Ada", "Bell", "Cora"))
    assert none == none_too == "#N/A"
    assert ada / bell == approx(100 / 53) and ada / cora == approx(100 / 30)
    assert earns / loses == approx(400 / 90) and earns / cora_up == approx(400 / 150)
    assert 50 < ada <= 100 and 50 < earns <= 100
    curve = five().block("Whale curve")
    assert set(curve) == {0, 0.25, 0.5, 0.75}  # the rising part ends with the third of four
    assert curve[0.75][0] == approx(163 / 150)


def test_other_cuts_and_another_discount_are_followed() -> None:
    """A to 50 %: before Cora stand 100 of 163, 61 %: B. At 20 %: Ada 80 / (1.2 − 0.8) = 200."""
    pages = variant(PAGE, a_cut=0.5, discount=0.2)
    assert [pages.value(PAGE, "Class", name) for name in ("Ada", "Cora", "Dune", "Bell")] == ["A1", "B2", "C4", "D3"]
    assert pages.value(PAGE, "Lifetime value, discounted", "Ada", "Accounts by profit") == approx(200)


def test_a_box_holds_one_class_of_a_product() -> None:
    """Dune has product class 1 as Ada has: C1 with 3 beside A1 with 100."""
    costs = [row | ({"product": 1} if row["account"] == "Dune" else {}) for row in rows(COSTS)]
    pages = variant(PAGE, tables(records=tables().records | {"costs": costs}))
    assert pages.value(PAGE, "1  best margin", "n = 2", "What to do") == "1 account  ·  +100"
    assert pages.value(PAGE, "1  best margin", "n = 1", "What to do") == "1 account  ·  +3"


def test_of_many_accounts_the_best_and_the_worst_are_listed() -> None:
    """Sixteen of revenue 100, profits 99 to 85 and −50: eight, a row for three, and the last five.

    None costs anything to serve: medians are 100 and 0, so all have high revenue and cost: reprice, the worst first.
    """
    names = [f"P{k}" for k in range(1, 17)]
    costs = [{"account": name, "direct": k, "serve": 0} for k, name in enumerate(names[:-1], 1)]
    costs.append({"account": "P16", "direct": 150, "serve": 0})
    changed = tables(
        years=["2025"], revenue=[(name, [100]) for name in names], records=tables().records | {"costs": costs}
    )
    pages = variant(PAGE, changed)
    assert pages.column(PAGE, "Account") == [*names[:8], "… 3 more", *names[11:]]
    assert pages.value(PAGE, "Profit", "P12", "Accounts by profit") == 88
    assert "P16, P15, P14 and 13 more" in pages.said(PAGE, "2  Reprice")


def test_who_loses_nothing_gives_nothing_back() -> None:
    """Bell with 10 to serve instead of 33: 40 − 30 = 10. Of 173 Ada earns 58 %; to serve all costs 163 of 650."""
    costs = [row | ({"serve": 10} if row["account"] == "Bell" else {}) for row in rows(COSTS)]
    pages = variant(PAGE, tables(records=tables().records | {"costs": costs}))
    assert pages.title(PAGE) == "No account loses money; Ada earns 58% of the profit"
    assert "Nobody loses money; serving all of them costs 25% of revenue" in pages.texts(PAGE)
    assert "The curve never falls: every account earns" in pages.texts(PAGE)
    assert pages.card(PAGE, "◆ Given back by losses") == (0, "by 0 accounts")
