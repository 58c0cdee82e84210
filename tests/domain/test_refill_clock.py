"""The clock of one refill press, with the time passed in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.records import observation
from ssc_hand.domain.refill_clock import END_S, LIFT_GRACE_S, PRESS_S, Outcome, Phase, RefillClock

T = 1000.0


def started(*, held: bool = False) -> RefillClock:
    """A clock that was started at T."""
    clock = RefillClock()
    assert clock.key_down(T, held=held) is Outcome.STARTED
    return clock


def test_the_pressing_takes_exactly_five_seconds() -> None:
    clock = started()
    assert clock.phase(T) is clock.phase(T + 4.999) is Phase.PRESSING
    assert clock.phase(T + 5.0) is Phase.REFILLING
    assert clock.until_next(T + 4.25) == 0.75


@pytest.mark.parametrize(("after", "seconds"), [(0.0, 0.0), (1.44, 1.4), (2.45, 2.5), (29.94, 29.9), (29.99, 30.0)])
def test_a_key_after_release_measures_from_the_fifth_second_on(after: float, seconds: float) -> None:
    clock = started()
    assert clock.key_down(T + PRESS_S + after) is Outcome.MEASURED
    assert clock.seconds == seconds
    assert clock.phase(T + 100) is Phase.READY


def test_what_is_shown_while_it_runs_are_the_seconds_of_pressing_and_then_of_refilling() -> None:
    clock = RefillClock()
    assert (clock.pressed_for(T), clock.elapsed(T), clock.until_next(T)) == (0.0, 0.0, None)
    clock.key_down(T)
    assert (clock.pressed_for(T + 2), clock.elapsed(T + 2), clock.until_next(T + 2)) == (2.0, 0.0, 3.0)
    assert (clock.pressed_for(T + 7), clock.elapsed(T + 7), clock.until_next(T + 7)) == (5.0, 2.0, 28.0)


def test_a_key_before_release_begins_the_five_seconds_again_and_measures_nothing() -> None:
    clock = started()
    assert clock.key_down(T + 4.9) is Outcome.RESTARTED
    assert clock.seconds is None
    assert clock.phase(T + 9.8) is Phase.PRESSING
    assert clock.key_down(T + 4.9 + PRESS_S + 2) is Outcome.MEASURED
    assert clock.seconds == 2.0


def test_after_thirty_seconds_only_no_refill_can_be_recorded_and_never_by_itself() -> None:
    clock = started()
    assert clock.phase(T + PRESS_S + END_S) is Phase.OVERDUE
    assert clock.until_next(T + PRESS_S + END_S) is None
    assert clock.phase(T + 3600) is Phase.OVERDUE
    assert started().key_down(T + 35.0) is Outcome.NO_REFILL
    assert clock.key_down(T + 3600) is Outcome.NO_REFILL
    assert clock.seconds is None


def test_a_cancelled_press_is_gone() -> None:
    clock = started()
    clock.cancel()
    assert clock.phase(T + 6) is Phase.READY
    assert clock.key_down(T + 7) is Outcome.STARTED


def test_the_key_that_started_it_can_be_let_go_while_pressing() -> None:
    clock = started(held=True)
    assert clock.key_up(T + 0.1) is Outcome.NOTHING
    assert clock.phase(T + 1) is Phase.PRESSING
    assert clock.key_down(T + PRESS_S + 1.5) is Outcome.MEASURED


def test_a_key_that_was_let_go_once_stops_nothing_when_it_comes_up_again() -> None:
    clock = started(held=True)
    assert clock.key_up(T + 0.1) is Outcome.NOTHING
    assert clock.key_up(T + PRESS_S + 2) is Outcome.NOTHING
    assert clock.phase(T + PRESS_S + 2) is Phase.REFILLING


def test_a_key_let_go_at_the_word_release_is_no_measurement() -> None:
    clock = started(held=True)
    assert clock.key_up(T + PRESS_S + LIFT_GRACE_S - 0.1) is Outcome.NOTHING
    assert clock.key_down(T + PRESS_S + 3.0) is Outcome.MEASURED
    assert clock.seconds == 3.0


def test_a_key_held_through_stops_when_it_is_let_go() -> None:
    clock = started(held=True)
    assert clock.key_up(T + PRESS_S + 2.2) is Outcome.MEASURED
    assert clock.seconds == 2.2


def test_letting_go_of_a_key_that_was_not_held_does_nothing() -> None:
    clock = started()
    assert clock.key_up(T + PRESS_S + 2) is Outcome.NOTHING
    assert clock.phase(T + PRESS_S + 2) is Phase.REFILLING


_EVENTS = st.lists(st.tuples(st.floats(0, 60), st.sampled_from(["down", "held", "up", "cancel"])), max_size=30)


@given(_EVENTS)
def test_whatever_is_pressed_only_values_of_the_scale_come_out(events: list[tuple[float, str]]) -> None:
    """Property: a measured time is the time since the last start minus five seconds, and can be recorded."""
    clock, now, start = RefillClock(), T, 0.0
    for gap, what in events:
        now += gap
        if what == "cancel":
            clock.cancel()
            continue
        outcome = clock.key_up(now) if what == "up" else clock.key_down(now, held=what == "held")
        if outcome in (Outcome.STARTED, Outcome.RESTARTED):
            start = now
        if outcome is Outcome.MEASURED:
            assert clock.seconds is not None
            assert abs(clock.seconds - (now - start - PRESS_S)) <= 0.0501
            observation(parse_site("R.D2"), "crt", clock.seconds)
        if outcome is Outcome.NO_REFILL:
            assert now - start - PRESS_S >= END_S - 1e-6
