"""A value key by key: no point is implied, nothing runs on into the next value, and a refusal stays put."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.typing import Stage, Typing, is_one_key
from ssc_hand.domain.vocabulary import Colour

REFILL, PAIN, TEMPERATURE = CATALOGUE["crt"], CATALOGUE["pain"], CATALOGUE["skin_temp"]
MINUTES = CATALOGUE["acclimatisation"]


def typed(keys: str, measure: object = REFILL) -> Typing:
    """After these keys; ⏎ is Enter, ⌫ Backspace."""
    state = Typing(measure)  # type: ignore[arg-type]
    for key in keys:
        state = state.enter() if key == "⏎" else state.back() if key == "⌫" else state.feed(key)
    return state


@pytest.mark.parametrize(("keys", "value"), [("2.5", 2.5), ("2,5", 2.5), ("0.3", 0.3), ("3⏎", 3.0), ("10⏎", 10.0)])
def test_a_refill_is_complete_after_its_decimal_or_with_enter(keys: str, value: float) -> None:
    assert typed(keys[:-1]).stage is Stage.TYPING
    done = typed(keys)
    assert (done.stage, done.value) == (Stage.COMPLETE, value)


def test_every_digit_key_is_a_whole_score() -> None:
    assert [typed(key, PAIN).value for key in string.digits] == list(range(10))
    assert all(typed(key, PAIN).stage is Stage.COMPLETE for key in string.digits)


def test_ten_has_a_key_of_its_own() -> None:
    assert Typing(PAIN).ten().value == 10
    assert Typing(REFILL).ten().stage is Stage.EMPTY and "scores" in Typing(REFILL).ten().sentence


def test_a_score_that_ends_before_ten_has_none() -> None:
    assert Typing(CATALOGUE["mrss_hand"]).ten().sentence == "The key for ten is for scores from 0 to 10."


def test_one_key_is_a_whole_value_for_scores_up_to_ten_alone() -> None:
    assert {key for key, measure in CATALOGUE.items() if is_one_key(measure)} == {
        "pain",
        "hand_pain_now",
        "hand_pain_week",
        "raynaud_today",
        "mrss_fingers",
        "mrss_hand",
        "kapandji",
    }


def test_no_refill_has_a_key_of_its_own() -> None:
    assert Typing(REFILL).beyond().value == Beyond(30)
    assert Typing(PAIN).beyond().stage is Stage.EMPTY and "refill" in Typing(PAIN).beyond().sentence


def test_no_refill_is_not_taken_for_the_end_of_a_number_that_was_begun() -> None:
    begun = typed("2").beyond()
    assert begun.stage is Stage.REFUSED and begun.text == "2"
    assert Typing(CATALOGUE["colour"]).beyond().stage is Stage.EMPTY


def test_the_end_of_the_scale_is_still_a_value() -> None:
    assert typed("30").stage is Stage.TYPING
    assert typed("30⏎⏎").value == 30.0


def test_thirty_four_is_thirty_four_and_is_refused_as_a_refill() -> None:
    state = typed("34")
    assert state.stage is Stage.REFUSED and state.sentence == "34 is outside 0 to 30."
    assert typed("34⌫.4").value == 3.4


def test_thirty_four_is_thirty_four_as_a_temperature() -> None:
    assert typed("34", TEMPERATURE).stage is Stage.TYPING
    assert typed("34⏎", TEMPERATURE).value == 34.0


@pytest.mark.parametrize("keys", ["2..", "2.,", ".", "2q", "05", "2 ", "۵", "²", "2-", "2🙂", "2\x00"])
def test_what_is_no_number_is_refused_and_stays(keys: str) -> None:
    state = typed(keys)
    assert state.stage is Stage.REFUSED or (state.stage is Stage.EMPTY and state.sentence)
    assert state.sentence
    assert state.value is None


def test_a_whole_number_refuses_a_separator() -> None:
    assert typed("20.", MINUTES).stage is Stage.REFUSED
    assert typed("20⏎", MINUTES).value == 20


@pytest.mark.parametrize("keys", ["2.⏎", "99⏎", "4.9"])
def test_an_unfinished_number_or_one_out_of_range_is_refused_with_a_sentence(keys: str) -> None:
    state = typed(keys, TEMPERATURE)
    assert state.stage is Stage.REFUSED and state.sentence


def test_an_unusual_value_waits_for_one_key() -> None:
    held = typed("12.0")
    assert held.stage is Stage.HELD and "usual 0 to 10" in held.sentence
    assert typed("12.0⏎").stage is Stage.COMPLETE
    assert typed("12.0⏎").value == 12.0


def test_an_unusual_value_can_be_mended() -> None:
    assert typed("12.0⌫⌫⌫.5").value == 1.5


def test_typing_on_while_a_question_waits_is_no_answer() -> None:
    assert typed("12.02.5").stage is Stage.HELD
    assert typed("12.02.5⏎").stage is Stage.HELD
    assert typed("12.02.5⏎⏎").value == 12.0


def test_a_refused_value_takes_no_further_key_but_backspace() -> None:
    assert typed("342.5⏎⏎").stage is Stage.REFUSED
    assert typed("34⏎⌫⏎").value == 3.0


def test_words_are_chosen_by_number() -> None:
    assert typed("2", CATALOGUE["colour"]).value is Colour.PALE
    assert typed("9", CATALOGUE["colour"]).stage is Stage.REFUSED
    assert typed("1", CATALOGUE["ischaemia"]).value is True
    assert typed("0", CATALOGUE["ischaemia"]).value is False


def test_a_date_is_typed_and_settled_with_enter() -> None:
    assert str(typed("2024-03⏎", CATALOGUE["ischaemia_since"]).value) == "2024-03"
    assert typed("2024-13⏎", CATALOGUE["ischaemia_since"]).stage is Stage.REFUSED


@pytest.mark.parametrize("keys", ["2024x", "2024-03-01-03-01-"])
def test_what_is_no_date_is_refused_at_the_key_that_makes_it_none(keys: str) -> None:
    assert typed(keys[:-1], CATALOGUE["ischaemia_since"]).stage is Stage.TYPING
    assert "no part of a date" in typed(keys, CATALOGUE["ischaemia_since"]).sentence


def test_leaving_settles_a_number_and_refuses_what_was_not_confirmed() -> None:
    assert typed("3").left().value == 3.0
    assert typed("12.0").left().stage is Stage.REFUSED
    assert typed("12").left().stage is Stage.REFUSED
    assert "not confirmed" in typed("12").left().sentence
    assert typed("").left().stage is Stage.EMPTY


# -- whatever is typed -----------------------------------------------------------------------------------------

KEYS = st.text(alphabet=string.digits + ".,⏎⌫ qx-", max_size=12)
NUMBERS = st.sampled_from([REFILL, PAIN, TEMPERATURE, MINUTES])


@given(KEYS, NUMBERS)
def test_a_value_is_always_exactly_the_characters_on_screen(keys: str, measure: object) -> None:
    state = Typing(measure)  # type: ignore[arg-type]
    for key in keys:
        state = state.enter() if key == "⏎" else state.back() if key == "⌫" else state.feed(key)
        if state.stage is Stage.COMPLETE:
            assert float(state.text.replace(",", ".")) == state.value
            return


@given(KEYS, NUMBERS)
def test_a_point_is_never_implied(keys: str, measure: object) -> None:
    state = Typing(measure)  # type: ignore[arg-type]
    for key in keys.replace(".", "").replace(",", ""):
        state = state.enter() if key == "⏎" else state.back() if key == "⌫" else state.feed(key)
        if state.stage is Stage.COMPLETE:
            assert state.value == int(state.text)
            return


@given(st.text(max_size=10), NUMBERS, st.text(alphabet=string.digits + ".,⏎ ", max_size=12))
def test_nothing_typed_after_a_refusal_is_recorded_before_it_is_mended(more: str, measure: object, rest: str) -> None:
    state = Typing(measure)  # type: ignore[arg-type]
    for key in more:
        state = state.feed(key)
        if state.stage is Stage.COMPLETE:
            return
    if state.stage is not Stage.REFUSED:
        return
    for key in rest:
        state = state.enter() if key == "⏎" else state.feed(key)
        assert state.stage is Stage.REFUSED


@given(st.lists(st.decimals(min_value=0, max_value=10, places=1).map(str), min_size=1, max_size=6))
def test_values_typed_blindly_after_a_question_never_answer_it(values: list[str]) -> None:
    state = typed("12.0")
    for value in values:
        for key in f"{value}⏎":
            state = state.enter() if key == "⏎" else state.feed(key)
        assert state.stage is Stage.HELD
