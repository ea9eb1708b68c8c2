"""The check of a RACI matrix: what must not change it, and what must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.analysis.raci import problems, shared

BETWEEN = st.sampled_from(["", "/", ",", "+", " ", "-", "–", "—", ", ", " + "])
ROLE = st.lists(st.sampled_from("RACI"), max_size=3)
ROLES = st.lists(ROLE, min_size=1, max_size=8)


def written(role, between="/"):
    return between.join(role)


@given(ROLES)
def test_counts_are_those_of_the_roles(roles):
    task = shared([written(role) for role in roles])
    assert task.accountable == sum("A" in role for role in roles)
    assert task.responsible == sum("R" in role for role in roles)
    assert task.unknown is None
    assert task.blank == (not any(roles))


@given(ROLES, st.data())
def test_the_way_of_writing_does_not_matter(roles, data):
    other = [written(data.draw(st.permutations(role)), data.draw(BETWEEN)) for role in roles]
    other = [data.draw(st.sampled_from([str.lower, str.upper, str.title]))(text) for text in other]
    assert shared(other) == shared([written(role) for role in roles])


@given(ROLES, st.data())
def test_neither_does_the_order_of_the_roles_nor_a_role_without_a_part(roles, data):
    mixed = [written(role) for role in data.draw(st.permutations(roles))] + ["—"]
    assert shared(mixed) == shared([written(role) for role in roles])


@given(ROLES, st.characters(exclude_characters="RACIraci/,+ -–—"), st.data())
def test_a_strange_sign_is_named_and_its_cell_counts_for_nothing(roles, sign, data):
    codes = [written(role) for role in roles]
    at = data.draw(st.integers(0, len(codes) - 1))
    without = shared([*codes[:at], "", *codes[at + 1 :]])
    codes[at] = f"{codes[at]} {sign}"
    task = shared(codes)
    assert (task.accountable, task.responsible) == (without.accountable, without.responsible)
    assert task.unknown == (sign, at)
    assert not task.blank
    assert problems(task)[0] == f"unknown letter {sign} in column {at + 1}"


@given(ROLES)
def test_nothing_is_wrong_exactly_with_one_accountable_and_somebody_responsible(roles):
    task = shared([written(role) for role in roles])
    assert (problems(task) == []) == (task.accountable == 1 and task.responsible >= 1)


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["A", "R", "C", "I"], []),
        (["A", "C"], ["nobody responsible"]),
        (["R", "I"], ["nobody accountable"]),
        (["A/R", "A/R", "A"], ["3 accountable"]),
        (["", "-"], ["nobody accountable", "nobody responsible"]),
        (["x", "A", "A"], ["unknown letter x in column 1", "2 accountable", "nobody responsible"]),
    ],
)
def test_every_problem_is_named(codes, found):
    assert problems(shared(codes)) == found
