"""The chart of an organisation: everybody once, no boxes on each other, no lines that cross, loops cut and named."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.analysis.organisation import NOBODY, chart, loops
from kam_xl.functions import KAM_ORG_CHART, KAM_ORG_LINES

forests = st.integers(1, 60).flatmap(
    lambda people: st.tuples(*[st.integers(max(NOBODY, row - 8), row - 1) for row in range(people)])
)
links = st.integers(1, 25).flatmap(
    lambda people: st.lists(st.integers(NOBODY, people), min_size=people, max_size=people)
)


def named(managers, name="person {}"):
    """Names, and whom they report to; one number too high is a stranger."""
    names = [name.format(row) for row in range(len(managers))]
    return names, ["" if at == NOBODY else [*names, "stranger"][at] for at in managers]


def segments(managers, elbow):
    """The lines of the chart as pairs of points, each with the person and the manager whom it links."""
    levels, places = (found.tolist() for found in chart(managers))
    for person, manager in enumerate(managers):
        if manager != NOBODY:
            half = levels[person] - 0.5
            corners = [(places[person], half), (places[manager], half)] if elbow else []
            points = [(places[person], levels[person]), *corners, (places[manager], levels[manager])]
            yield from (((person, manager), pair) for pair in itertools.pairwise(points))


def turn(a, b, c):
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (area > 0) - (area < 0)


def within(a, b, point):
    return all(min(p, q) <= x <= max(p, q) for p, q, x in zip(a, b, point, strict=True))


def meet(one, other):
    """Whether two lines have a point in common; exact, as all places are halves."""
    (a, b), (c, d) = one, other
    turns = turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    touching = [(a, b, c), (a, b, d), (c, d, a), (c, d, b)]
    return any(not side and within(*points) for side, points in zip(turns, touching, strict=True))


def test_two_lines_meet_or_do_not():
    assert meet(((0, 0), (2, 2)), ((0, 2), (2, 0)))
    assert meet(((0, 0), (2, 0)), ((1, 0), (3, 0)))
    assert not meet(((0, 0), (1, 0)), ((2, 0), (3, 0)))
    assert not meet(((0, 0), (1, 1)), ((1, 0), (2, 1)))


@pytest.mark.parametrize("elbow", [False, True], ids=["straight", "elbow"])
@pytest.mark.parametrize("people", range(1, 8))
def test_lines_meet_only_in_somebody_whom_they_share(people, elbow):
    # in the order of a list in which managers come first: every shape of forest is among them
    for managers in itertools.product(*[range(NOBODY, row) for row in range(people)]):
        lines = list(segments(managers, elbow))
        for (ends, one), (others, other) in itertools.combinations(lines, 2):
            assert set(ends) & set(others) or not meet(one, other), managers


@given(forests)
def test_boxes_of_one_level_are_apart_and_levels_follow_the_managers(managers):
    levels, places = (found.tolist() for found in chart(managers))
    for level in set(levels):
        row = sorted(place for place, own in zip(places, levels, strict=True) if own == level)
        assert all(right - left >= 1 - 1e-12 for left, right in itertools.pairwise(row))
    for person, manager in enumerate(managers):
        assert levels[person] == (0 if manager == NOBODY else levels[manager] + 1)


@given(forests)
def test_managers_stand_in_the_middle_of_those_who_have_nobody_below(managers):
    places = chart(managers)[1].tolist()
    lowest = [[] for _ in managers]
    for person in reversed(range(len(managers))):  # reports come after their managers
        if not lowest[person]:
            lowest[person] = [person]
        if managers[person] != NOBODY:
            lowest[managers[person]] += lowest[person]
    for person, below in enumerate(lowest):
        found = sorted(places[each] for each in below)
        assert places[person] == (found[0] + found[-1]) / 2
        assert found == [found[0] + step for step in range(len(found))]
    ends = sorted(places[person] for person, below in enumerate(lowest) if below == [person])
    assert ends == list(range(1, len(ends) + 1))


@given(links)
def test_a_loop_is_who_comes_back_to_himself(managers):
    managers = [NOBODY if at == len(managers) else at for at in managers]
    back = set()
    for person in range(len(managers)):
        at = managers[person]
        for _ in managers:
            if at in (NOBODY, person):
                break
            at = managers[at]
        back |= {person} if at == person else set()
    found = loops(managers)
    assert sorted(itertools.chain(*found)) == sorted(back)
    for loop in found:
        assert loop == sorted(loop)
        assert {managers[person] for person in loop} == set(loop)


@given(links)
def test_everybody_is_drawn_once_whoever_reports_to_whom(managers):
    table = KAM_ORG_CHART(*named(managers))
    assert [row[0] for row in table] == named(managers)[0]
    assert len({(level, place) for _, _, level, place, _ in table}) == len(table)
    level_of = {name: level for name, _, level, _, _ in table}
    for (_, manager, level, _, note), at in zip(table, managers, strict=True):
        assert level == (level_of[manager] + 1 if manager else 0)
        assert note in ("", "unknown manager", "loop")
        assert (note == "unknown manager") == (at == len(managers))
    roots = sum(not manager for _, manager, *_ in table)
    assert len(KAM_ORG_LINES(*named(managers))) == max(1, len(table) - roots)


@given(links)
def test_every_loop_has_one_root_and_it_is_its_first(managers):
    table = KAM_ORG_CHART(*named(managers))
    for loop in loops([NOBODY if at == len(managers) else at for at in managers]):
        assert [table[person][4] for person in loop] == ["loop"] * len(loop)
        assert [table[person][1] == "" for person in loop] == [True] + [False] * (len(loop) - 1)


@given(links)
def test_names_and_their_capitals_change_nothing_else(managers):
    names, above = named(managers)
    others, over = named(managers, "Élan {}")
    shapes = [row[2:] for row in KAM_ORG_CHART(names, above)]
    assert [row[2:] for row in KAM_ORG_CHART(others, [each.upper() for each in over])] == shapes
    lines = [[row[0], *row[3:]] for row in KAM_ORG_LINES(names, above, names, above)]
    assert [[row[0], *row[3:]] for row in KAM_ORG_LINES(others, over, others, over)] == lines


@given(links)
def test_one_more_person_at_the_end_stands_to_the_right_of_all(managers):
    names, above = named(managers)
    table = KAM_ORG_CHART(names, above)
    right = max(place for _, _, _, place, _ in table)
    longer = KAM_ORG_CHART([*names, "new"], [*above, ""])
    assert longer[:-1] == table
    assert longer[-1][:3] == ["new", "", 0]
    assert longer[-1][3] == int(right) + 1


def test_a_chain_of_many_is_drawn():
    people = 3_000
    levels, places = chart([row + 1 for row in range(people - 1)] + [NOBODY])
    assert levels.tolist() == list(range(people))[::-1]
    assert set(places.tolist()) == {1.0}
