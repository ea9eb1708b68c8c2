"""Whom to win first: by power and opinion; and the friend who reaches them, found again one pair at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.analysis.stakeholders import order, priorities
from kam_xl.functions import KAM_STAKEHOLDERS

ACTIONS = ["win first", "turn or contain", "win", "watch", "keep close", "keep informed"]
WAYS = ["influences", "reports to them", "is their manager"]

people = st.lists(
    st.tuples(
        st.sampled_from(["friendly", "neutral", "opposed", ""]),
        st.sampled_from([0, 1, 2, 3, 3.5, 4, 4, 5]),
        st.integers(-1, 9),
    ),
    min_size=1,
    max_size=10,
)
pairs = st.lists(st.tuples(st.integers(-1, 9), st.integers(-1, 9)), max_size=8)


def table(team, influences=()):
    """The table of people called 0, 1, 2, ...; they report to the third of each, -1 is nobody."""
    columns = [
        [f"n{row}" for row in range(len(team))],
        ["" if manager < 0 else f"n{manager}" for _, _, manager in team],
        [opinion for opinion, _, _ in team],
        [power for _, power, _ in team],
    ]
    who, whom = ([f"N{pair[side]}" for pair in influences] or [""] for side in (0, 1))
    return KAM_STAKEHOLDERS(*columns, who, whom)


@pytest.mark.parametrize("power", [4, 4 * (1 - 9e-10), 4.5, 5])
def test_power_is_high_from_4_on(power):
    assert priorities(["neutral", "opposed", "friendly"], np.full(3, float(power))).tolist() == [0, 1, 4]


@pytest.mark.parametrize("power", [4 * (1 - 2e-9), 3, 0, -5])
def test_power_is_low_below_4(power):
    assert priorities(["neutral", "opposed", "friendly"], np.full(3, float(power))).tolist() == [2, 3, 5]


def test_order_is_that_of_the_input_where_nothing_tells_people_apart():
    assert order(np.array([1, 0, 1, 0]), np.array([3.0, 4.0, 3.0, 4.0])).tolist() == [1, 3, 0, 2]


@given(people, pairs)
def test_everybody_is_ranked_once_the_most_urgent_first(team, influences):
    rows = table(team, influences)
    assert [row[0] for row in rows] == list(range(1, len(team) + 1))
    assert sorted(row[1] for row in rows) == sorted(f"n{row}" for row in range(len(team)))
    keys = [(ACTIONS.index(action), -power, int(name[1:])) for _, name, _, power, action, _, _ in rows]
    assert keys == sorted(keys)
    for _, name, opinion, power, action, through, way in rows:
        assert (opinion, power) == (team[int(name[1:])][0] or "neutral", team[int(name[1:])][1])
        assert (action in ("win first", "turn or contain", "keep close")) == (power >= 4)
        assert opinion != "friendly" or through == way == ""
        assert (through == "") == (way == "")


@given(people, pairs)
def test_the_friend_is_the_best_of_all_pairs(team, influences):
    for _, name, opinion, _, _, through, way in table(team, influences):
        person = int(name[1:])
        ways = {}
        for friend, (liking, power, manager) in enumerate(team):
            tests = ((friend, person) in influences, manager == person, team[person][2] == friend)
            if liking == "friendly" != opinion and any(tests):
                ways[tests.index(True), -power, friend] = f"n{friend}", WAYS[tests.index(True)]
        assert (through, way) == (ways[min(ways)] if ways else ("", ""))


@given(people, pairs)
def test_influences_of_strangers_and_their_order_change_nothing(team, influences):
    assert table(team, [*influences[::-1], (77, 0), (0, 77)]) == table(team, influences)


def test_a_consultancy_from_outside_reaches_the_neutral_vice_president():
    team = [("neutral", 5, -1), ("friendly", 3, 0), ("friendly", 2, 1), ("friendly", 2, -1)]
    first = table(team, [(3, 0)])[0]
    assert first == [1, "n0", "neutral", 5.0, "win first", "n3", "influences"]
    assert table(team)[0][5:] == ["n1", "reports to them"]
