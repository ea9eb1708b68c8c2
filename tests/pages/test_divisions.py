"""Divisions of the five accounts, worked out on paper: sold of what each could buy.

         Pumps     Valves   Service     sold  potential  of it   gap   white
Ada    100/200      0/50     30/40       130     290     130     160   50 (Valves)
Bell    40/40       0/30                  40      70      40      30   30 (Valves)
Cora                         20/80        20      80      20      60
Dune     7/?                               7       0       0       0
in all 140/240      0/80     50/120      197     440     190     250   80

Share of wallet 190 / 440; Dune's 7 count as sold, not in the share. By division 58 %, 0 %, 42 %.
"""

from __future__ import annotations

from pages.portfolio import DIVISIONS, five, rows, tables, variant
from pytest import approx

PAGE = "Divisions"
HEADS = ("White fields", "Sold", "Potential", "Share of wallet", "Gap")


def test_key_figures_are_those_of_the_paper() -> None:
    assert five().title(PAGE) == "White space is worth 80 k€; Valves is nearly empty"
    figures = five().figures(PAGE)
    assert figures["Share of wallet"] == (approx(190 / 440), "4 accounts")
    assert figures["Sold"][0] == 197 and figures["Potential"][0] == 440
    assert figures["Gap: left to win"][0] == 250
    assert figures["○ White space: nothing sold"] == (80, "2 fields, 32% of the gap")
    assert figures["Emptiest division"] == ("Valves", "0% sold")


def test_map_shows_how_deep_each_division_is() -> None:
    assert five().column(PAGE, "Account")[:4] == ["Ada", "Cora", "Bell", "Dune"]  # the largest gap first
    for name, expected in (
        ("Ada", [50, 0, 75]),
        ("Cora", ["n/a", "n/a", 25]),
        ("Bell", [100, 0, "n/a"]),
        ("Dune", ["?", "n/a", "n/a"]),
        ("All accounts, %", [approx(14000 / 240), 0, approx(5000 / 120)]),
    ):
        assert five().row(PAGE, name, "Pumps", "Valves", "Service", section="Sold of the potential") == expected, name


def test_totals_of_the_accounts() -> None:
    for name, expected in (
        ("Ada", [1, 130, 290, approx(130 / 290), 160]),
        ("Cora", [0, 20, 80, 0.25, 60]),
        ("Bell", [1, 40, 70, approx(40 / 70), 30]),
        ("Dune", [0, 7, 0, "n/a", 0]),
        ("All accounts, %", [2, 197, 440, approx(190 / 440), 250]),
    ):
        assert five().row(PAGE, name, *HEADS) == expected, name


def test_white_fields_and_conclusions() -> None:
    section = "Largest white fields"
    assert five().column(PAGE, "Account", section) == ["Ada", "Bell"]
    assert five().column(PAGE, "Worth", section) == [50, 30]
    said = five().said
    assert said(PAGE, "1  ").startswith("1  Offer Valves at Ada (50), then Valves at Bell (30)")
    assert said(PAGE, "2  ").startswith("2  Valves is the emptiest division: 2 of 2 accounts buy none of it; 80 k€")
    assert said(PAGE, "3  ") == "3  Ada has the largest gap: 160 k€, share of wallet 45%."
    assert said(PAGE, "4  ").startswith("4  1 field has sales but no potential")
    assert "Valves holds 100% of the white space" in five().texts(PAGE)


def test_chart_parts_white_space_from_what_is_open() -> None:
    gaps = five().block("Division gaps")
    assert gaps["Pumps"] == [0, 100, 100] and gaps["Valves"] == [80, 0, 80] and gaps["Service"] == [0, 70, 70]


def test_more_sold_than_possible_is_full_and_leaves_no_gap() -> None:
    """Bell buys 50 of 40 pumps: full, a gap of 0 and no more; a division that is in no list counts in the totals."""
    changed = [
        row | ({"sold": 50} if row["account"] == "Bell" and row["division"] == "Pumps" else {})
        for row in rows(DIVISIONS)
    ]
    changed.append({"account": "Cora", "division": "Boats", "sold": 5, "potential": 15})
    pages = variant(PAGE, tables(records=tables().records | {"divisions": changed}))
    assert pages.row(PAGE, "Bell", "Pumps", "Gap") == [approx(125), 30]
    assert pages.row(PAGE, "Cora", *HEADS) == [0, 25, 95, approx(25 / 95), 70]
    assert "1 row names a division that is not in the list on Settings" in pages.said(PAGE, "4  ")


def test_less_than_nothing_counts_as_nothing_sold() -> None:
    """Bell's pumps at −5: 40 less are sold, 157, and the 40 are open: a gap of 290, white space 120 in three fields."""
    changed = [
        row | ({"sold": -5} if row["account"] == "Bell" and row["division"] == "Pumps" else {})
        for row in rows(DIVISIONS)
    ]
    figures = variant(PAGE, tables(records=tables().records | {"divisions": changed})).figures(PAGE)
    assert figures["Sold"][0] == 157 and figures["Gap: left to win"][0] == 290
    assert figures["○ White space: nothing sold"] == (120, "3 fields, 41% of the gap")


def test_an_account_that_neither_buys_nor_could_is_not_counted() -> None:
    """Echo's pumps: nothing sold, nothing possible; and a potential of 30 at Bell's service opens 30 more."""
    more = [
        {"account": "Echo", "division": "Pumps", "sold": 0, "potential": 0},
        {"account": "Bell", "division": "Service", "sold": 0, "potential": 30},
    ]
    pages = variant(PAGE, tables(records=tables().records | {"divisions": [*rows(DIVISIONS), *more]}))
    assert pages.figures(PAGE)["Share of wallet"] == (approx(190 / 470), "4 accounts")
    assert pages.row(PAGE, "Bell", *HEADS) == [2, 40, 100, approx(0.4), 60]
    assert "Echo" not in pages.column(PAGE, "Account")


def test_two_divisions_that_are_nearly_empty_are_named() -> None:
    """Service at 2 of 40 and 2 of 80 is 3 %; a quarter, 30 of 120, is not nearly empty."""
    for ada, cora, tail in ((2, 2, "Valves and Service are nearly empty"), (10, 20, "Valves is nearly empty")):
        services = {"Ada": {"sold": ada}, "Cora": {"sold": cora}}
        changed = [row | (services[row["account"]] if row["division"] == "Service" else {}) for row in rows(DIVISIONS)]
        pages = variant(PAGE, tables(records=tables().records | {"divisions": changed}))
        assert pages.title(PAGE) == f"White space is worth 80 k€; {tail}"


def test_three_divisions_that_are_nearly_empty_are_all_named() -> None:
    """Valves 0 of 80, Pumps 2 of 240, Service 4 of 120."""
    sold = {"Pumps": 1, "Service": 2}
    changed = [row | ({"sold": sold[row["division"]]} if row["division"] in sold else {}) for row in rows(DIVISIONS)]
    pages = variant(PAGE, tables(records=tables().records | {"divisions": changed[:-1]}))
    assert pages.title(PAGE) == "White space is worth 80 k€; Valves, Pumps and Service are nearly empty"
