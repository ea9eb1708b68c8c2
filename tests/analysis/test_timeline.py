"""The timeline against a loop over calendar dates, and what must not change it."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.analysis import timeline as plan
from kam_xl.analysis.timeline import timeline

DAY_ZERO = date(2024, 1, 1)
DAYS = st.integers(-40, 60)
SHARES = st.fractions(Fraction(-1, 4), Fraction(5, 4), max_denominator=40)
TASKS = st.lists(st.tuples(DAYS | st.none(), DAYS | st.none(), SHARES | st.none()), min_size=1, max_size=12)


def of(tasks, today):
    start, end, done = (np.array([np.nan if x is None else float(x) for x in row]) for row in zip(*tasks, strict=True))
    return timeline(start, end, done, float(today))


def columns(found):
    return [getattr(found, name).tolist() for name in ("start", "end", "days", "done", "expected", "state", "late")]


def by_calendar(start, end, done, today):
    """State, days, days passed and days late of one task, counted date by date."""
    first, last = (start, end) if None not in (start, end) else (start if end is None else end,) * 2
    share = min(max(done or Fraction(0), Fraction(0)), Fraction(1))
    if first is None:
        return plan.NO_DATE, None, None, None
    if last < first:
        return plan.REVERSED, None, None, None
    dates = [DAY_ZERO + timedelta(days=day) for day in range(first, last + 1)]
    now = DAY_ZERO + timedelta(days=today)
    passed = sum(each <= now for each in dates)
    if share == 1:
        state = plan.DONE
    elif now > dates[-1]:
        state = plan.LATE
    elif now < dates[0]:
        state = plan.PLANNED
    else:
        state = plan.BEHIND if Fraction(passed, len(dates)) - share > Fraction(1, 10) else plan.RUNNING
    return state, len(dates), passed, (now - dates[-1]).days if state == plan.LATE else None


@given(TASKS, DAYS)
def test_every_task_is_as_counted_on_a_calendar(tasks, today):
    found = of(tasks, today)
    for row, task in enumerate(tasks):
        state, days, passed, late = by_calendar(*task, today)
        assert found.state[row] == state
        assert found.days[row] == days if days else np.isnan(found.days[row])
        assert found.expected[row] == pytest.approx(passed / days) if days else np.isnan(found.expected[row])
        assert found.late[row] == late if late else np.isnan(found.late[row])


@given(TASKS, DAYS, st.integers(-400, 40_000))
def test_another_calendar_moves_the_dates_and_nothing_else(tasks, today, shift):
    moved = [(None if a is None else a + shift, None if b is None else b + shift, done) for a, b, done in tasks]
    before, after = of(tasks, today), of(moved, today + shift)
    np.testing.assert_array_equal(after.start - shift, before.start)
    np.testing.assert_array_equal(after.end - shift, before.end)
    np.testing.assert_equal(columns(after)[2:], columns(before)[2:])


@given(TASKS, DAYS, st.floats(0, 0.999), st.floats(0, 0.999))
def test_hours_do_not_count(tasks, today, early, late):
    hours = [(None if a is None else a + early, None if b is None else b + late, done) for a, b, done in tasks]
    np.testing.assert_equal(columns(of(hours, today + late)), columns(of(tasks, today)))


@given(TASKS, DAYS, st.data())
def test_a_task_stands_by_itself(tasks, today, data):
    order = data.draw(st.permutations(range(len(tasks))))
    found, mixed = of(tasks, today), of([tasks[row] for row in order], today)
    np.testing.assert_equal(columns(mixed), [[column[row] for row in order] for column in columns(found)])


@given(TASKS, DAYS)
def test_what_should_be_done_never_falls_from_day_to_day(tasks, today):
    now, next_day = of(tasks, today), of(tasks, today + 1)
    assert not (next_day.expected < now.expected).any()
    assert not ((now.state == plan.LATE) & (next_day.state != plan.LATE)).any()
    assert not ((now.expected < 0) | (now.expected > 1)).any()


@given(DAYS, st.integers(1, 60), st.integers(0, 60))
def test_exactly_a_tenth_behind_is_still_running(start, days, passed):
    passed = min(passed, days)
    expected = passed / days
    today = start + passed - 1
    for missing, behind in [(0.1, False), (0.1 + 1e-8, True)]:
        if passed and expected > missing:
            found = of([(start, start + days - 1, expected - missing)], today)
            assert (found.state[0] == plan.BEHIND) == behind
