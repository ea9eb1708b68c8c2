"""Steps run in the order of what they need; what cannot be ordered is refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kam_xl.canvas.model import Model
from kam_xl.canvas.steps import in_order, step, take
from kam_xl.content.pages import PAGES
from kam_xl.workbook.build import INPUTS, _pages


@dataclass(frozen=True)
class Flour:
    """Given by one step."""


@dataclass(frozen=True)
class Dough:
    """Given by another."""


def mill(model: Model) -> Flour:
    return Flour()


def knead(model: Model, flour: Flour) -> Dough:
    return Dough()


def bake(model: Model, dough: Dough, flour: Flour) -> None:
    return None


def grind(model: Model) -> tuple[Flour, Dough]:
    return Flour(), Dough()


def turn(model: Model, dough: Dough) -> Flour:
    return Flour()


def test_a_step_waits_for_what_it_needs() -> None:
    assert [one.run for one in in_order(map(step, (bake, knead, mill)))] == [mill, knead, bake]


def test_steps_that_need_nothing_keep_their_order() -> None:
    assert [one.run for one in in_order(map(step, (grind, bake)))] == [grind, bake]


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ((bake, mill), "needs Dough, which nothing gives"),
        ((mill, grind), "both give Flour"),
        ((knead, turn), "needs Flour, which .*turn gives"),
    ],
)
def test_what_has_no_order_is_refused(steps: tuple[object, ...], why: str) -> None:
    with pytest.raises(LookupError, match=why):
        in_order(step(one) for one in steps)  # type: ignore[arg-type]


def test_a_result_is_not_read_before_it_is_there_and_not_given_twice() -> None:
    model = Model.__new__(Model)
    model.found = {}
    with pytest.raises(LookupError, match="Flour is not there yet"):
        model.of(Flour)
    take(model, [step(mill)])
    assert model.of(Flour) == Flour()
    with pytest.raises(LookupError, match="is there already"):
        model.give(Flour())


def test_every_page_alone_has_an_order() -> None:
    for name in PAGES:
        assert in_order(step(run) for run in (*INPUTS, *_pages([name])))
