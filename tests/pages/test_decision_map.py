"""The decision map of Ada, worked out on paper: neutral with power 4 or 5 first, then opposed, within by power.

So Ann (neutral, 5) first, then Cy (opposed, 4), then Dee (neutral, 2); Bob is friendly already. Ann is reached through
Bob, who reports to her; nobody friendly is near Cy: Ann is his manager, Dee reports to him and influences him.
"""

from __future__ import annotations

from pages.portfolio import STAKEHOLDERS, five, rows, tables, variant
from pytest import approx

PAGE = "Decision map"


def test_whom_to_win_first() -> None:
    assert five().title(PAGE) == "Ada: win Ann first; Bob can reach them"
    assert five().column(PAGE, "Name") == ["Ann", "Cy", "Dee", "Bob"]
    heads = ("Role", "Relation", "Power", "Key", "What to do", "Who can reach them")
    assert five().row(PAGE, "Ann", *heads) == ["CEO", "± neutral", 5, "O", "win first", "Bob (reports to them)"]
    assert five().row(PAGE, "Cy", *heads) == ["CIO", "− opposed", 4, "", "turn or contain", ""]
    assert five().row(PAGE, "Dee", *heads)[:3] == ["IT", "± neutral", 2]
    assert five().row(PAGE, "Bob", *heads)[:3] == ["CFO", "+ friendly", 3]


def test_sides_are_counted_and_the_power_of_friends_is_compared() -> None:
    assert "1 friendly, 2 neutral, 1 opposed" in five().texts(PAGE)
    said = five().said
    assert said(PAGE, "1  ").startswith("1  Win Ann first: neutral, power 5; Bob (reports to them) is friendly")
    assert said(PAGE, "2  ") == "2  Our friends reach power 3 of 5: friendly, but they cannot commit alone."
    assert said(PAGE, "3  ").startswith("3  Cy is opposed with power 4: meet them with facts")
    assert "Dee → Cy" in five().texts(PAGE)


def test_a_friend_of_the_highest_power_can_commit() -> None:
    """Bell has Eve alone, friendly with power 5."""
    pages = variant(PAGE, map_account="Bell")
    assert pages.title(PAGE) == "Bell: everybody is friendly: ask for the commitment"
    assert pages.said(PAGE, "2  ") == "2  A friend has the highest power, 5: ask for the commitment."
    assert pages.said(PAGE, "3  ") == "3  No opponent has high power."
    assert "1 friendly, 0 neutral, 0 opposed" in pages.texts(PAGE)


def test_boxes_stand_level_by_level() -> None:
    """Ann above Bob and Cy, Dee under Cy: three levels, two places; levels at 1/6, 3/6, 5/6 of the height from above.

    Bob and Cy stand in the places 1 and 2 of two, at 25 and 75 of 100; Ann between them, Dee under Cy.
    """
    points = {name: five().map_point(name) for name in ("Ann", "Bob", "Cy", "Dee")}
    assert points["Ann"] == approx((50, 100 * 5 / 6))
    assert points["Bob"] == approx((25, 50)) and points["Cy"] == approx((75, 50))
    assert points["Dee"] == approx((75, 100 / 6))


def test_a_loop_and_an_unknown_manager_are_named() -> None:
    people = rows(STAKEHOLDERS)
    for person in people:
        person["reports_to"] = {"Bob": "Cy", "Cy": "Bob", "Dee": "Zoe"}.get(person["name"])
    pages = variant(PAGE, tables(records=tables().records | {"stakeholders": people}))
    line = pages.said(PAGE, "4  ")
    assert all(text in line for text in ("Bob (loop)", "Cy (loop)", "Dee (unknown manager)")) and "Ann" not in line


def test_more_people_than_rows_are_counted() -> None:
    """Eighteen neutral people with power 5 to 1 over and over: sixteen are listed, four of power 5 first."""
    people = [{"account": "Ada", "name": f"P{k}", "relationship": "neutral", "power": 5 - k % 5} for k in range(18)]
    pages = variant(PAGE, tables(records=tables().records | {"stakeholders": people, "influences": []}))
    assert pages.column(PAGE, "Name")[:5] == ["P0", "P5", "P10", "P15", "P1"]
    assert len(pages.column(PAGE, "Name")) == 16
    assert "the first 16 of 18" in pages.texts(PAGE)
    assert "0 friendly, 18 neutral, 0 opposed" in pages.texts(PAGE)
    assert pages.title(PAGE) == "Ada: win P0 first; nobody friendly can reach them yet"


def test_reporting_lines_meet_half_way_below_the_manager() -> None:
    """A level is a third of the height: half way below Ann, at 5/6, stands 4/6; Bob at 25, Cy at 75, Ann at 50."""
    points = five().series(PAGE, "reporting line")
    corners = [(x, approx(y)) for x, y in points if isinstance(x, (int, float))]
    for x in (25, 50, 75):
        assert (x, approx(100 * 4 / 6)) in corners, x
    assert (75, approx(100 * 2 / 6)) in corners  # Dee under Cy
    assert [(25, approx(50)), (75, approx(50))] not in [corners]
