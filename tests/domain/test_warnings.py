"""Soft warnings: a second look is asked for where it is worth one, and never where it is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import DIGITS, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import AmputationLevel, Depth, Judgement, Reason, Status
from ssc_hand.domain.warnings import (
    PROPOSED,
    Cause,
    SoftWarning,
    limits_of,
    osteomyelitis_reminders,
    swapped_hands,
    visit_warnings,
    warnings_at,
)
from tests.builders import VisitBuilder, a_patient, a_record, a_visit, an_amputation, the_settings

CRT, TEMP, PAIN = (CATALOGUE[key] for key in ("crt", "skin_temp", "pain"))
INDEX = parse_site("R.D2")
THEN = "2025-09-01T09:00"


def today(*visits: VisitBuilder) -> tuple[PatientRecord, Visit]:
    """A record of these visits, and the last of them."""
    record = a_record(*visits)
    return record, record.visits[-1]


def asked(found: tuple[SoftWarning, ...]) -> list[Cause]:
    """What the warnings are about."""
    return [warning.cause for warning in found]


def hands(builder: VisitBuilder, key: str, right: list[float], left: list[float]) -> VisitBuilder:
    """A visit with values of both hands, from the thumb on."""
    for hand, values in (("R", right), ("L", left)):
        for number, value in enumerate(values, 1):
            builder.at(f"{hand}.D{number}", **{key: value})
    return builder


def test_an_ordinary_value_asks_nothing() -> None:
    record, visit = today(a_visit(THEN).at("R.D2", crt=2.0).final(), a_visit().at("R.D2", crt=2.5))
    assert warnings_at(record, visit, INDEX, CRT) == ()


def test_what_is_not_recorded_and_what_could_not_be_assessed_ask_nothing() -> None:
    record, visit = today(a_visit(THEN).at("R.D2", crt=20.0).final(), a_visit().at("R.D2", crt=Reason.PAIN))
    assert warnings_at(record, visit, INDEX, CRT) == ()
    assert warnings_at(record, visit, parse_site("R.D3"), CRT) == ()


def test_a_value_beyond_the_plausible_asks_for_a_second_look() -> None:
    record, visit = today(a_visit().at("R.D2", crt=12.0))
    (warning,) = warnings_at(record, visit, INDEX, CRT)
    assert (warning.cause, warning.words) == (Cause.UNUSUAL, "Outside the usual 0 to 10: please look again.")


@pytest.mark.parametrize(
    ("key", "then", "now", "is_far"),
    [
        ("crt", 1.0, 6.0, True),
        ("crt", 1.0, 5.9, False),
        ("crt", 5.1, 0.1, True),
        ("crt", 2.0, ">30", True),
        ("skin_temp", 33.0, 25.0, True),
        ("skin_temp", 33.0, 25.1, False),
        ("pain", 0, 5, True),
        ("pain", 9, 5, False),
    ],
)
def test_a_value_far_from_the_last_visit_asks_from_the_limit_on(
    key: str, then: object, now: object, is_far: bool
) -> None:
    record, visit = today(a_visit(THEN).at("R.D2", **{key: then}).final(), a_visit().at("R.D2", **{key: now}))
    assert (Cause.FAR in asked(warnings_at(record, visit, INDEX, CATALOGUE[key]))) is is_far


def test_how_far_it_is_is_said_with_the_limit() -> None:
    record, visit = today(a_visit(THEN).at("R.D2", crt=1.0).final(), a_visit().at("R.D2", crt=8.5))
    (warning,) = warnings_at(record, visit, INDEX, CRT)
    assert warning.words == "Far from the last visit (+7.5 s; asked from 5.0 s on): please look again."


def test_a_draft_is_no_last_visit() -> None:
    record, visit = today(a_visit(THEN).at("R.D2", crt=1.0), a_visit().at("R.D2", crt=8.5))
    assert warnings_at(record, visit, INDEX, CRT) == ()


def test_a_digit_shortened_since_is_not_compared() -> None:
    patient = a_patient()
    lost = an_amputation(patient, "R.D2", date=PartialDate("2026"), level=AmputationLevel.TIP)
    then, now = a_visit(THEN).at("R.D2", crt=1.0).final(), a_visit().at("R.D2", crt=8.5)
    record = a_record(then, now, patient=patient, amputations=(lost,))
    assert warnings_at(record, record.visits[-1], INDEX, CRT) == ()


def test_the_clinic_can_set_its_own_limits() -> None:
    record, visit = today(a_visit(THEN).at("R.D2", crt=1.0).final(), a_visit().at("R.D2", crt=3.5))
    assert warnings_at(record, visit, INDEX, CRT, PROPOSED) == ()
    assert asked(warnings_at(record, visit, INDEX, CRT, limits_of(the_settings(far_refill=2.5)))) == [Cause.FAR]


@pytest.mark.parametrize(("room", "asks"), [(19.9, True), (20.0, False), (25.0, False), (25.1, True)])
def test_a_room_outside_20_to_25_degrees_is_said_beside_refill_only(room: float, asks: bool) -> None:
    record, visit = today(a_visit().at("V", room_temp=room).at("R.D2", crt=2.0, skin_temp=30.0))
    assert (asked(warnings_at(record, visit, INDEX, CRT)) == [Cause.ROOM]) is asks
    assert (asked(visit_warnings(record, visit)) == [Cause.ROOM]) is asks
    assert warnings_at(record, visit, INDEX, TEMP) == ()


@pytest.mark.parametrize(("minutes", "asks"), [(0, True), (19, True), (20, False)])
def test_little_acclimatisation_is_said_beside_temperatures_only(minutes: int, asks: bool) -> None:
    record, visit = today(
        a_visit().at("V", acclimatisation=minutes).at("R.D2", crt=2.0, skin_temp=30.0).at("R", dorsum_temp=31.0)
    )
    for site, key in ((INDEX, "skin_temp"), (parse_site("R"), "dorsum_temp")):
        assert (asked(warnings_at(record, visit, site, CATALOGUE[key])) == [Cause.ACCLIMATISATION]) is asks
    assert asked(visit_warnings(record, visit)) == [Cause.ACCLIMATISATION] * asks
    assert warnings_at(record, visit, INDEX, CRT) == ()


def test_conditions_without_values_ask_nothing() -> None:
    assert visit_warnings(*today(a_visit().at("V", room_temp=12.0, acclimatisation=0))) == ()


# -- left and right


SLOW, QUICK = [9.0, 8.0, 9.5, 7.0, 8.5], [2.0, 1.5, 2.2, 1.8, 2.0]


def test_values_that_fit_the_other_hand_look_swapped() -> None:
    record, visit = today(hands(a_visit(THEN), "crt", SLOW, QUICK).final(), hands(a_visit(), "crt", QUICK, SLOW))
    (warning,) = visit_warnings(record, visit)
    assert warning.cause is Cause.SWAPPED
    assert warning.words.startswith("Capillary refill: left and right look swapped.")
    assert Cause.SWAPPED in asked(warnings_at(record, visit, INDEX, CRT))
    assert Cause.SWAPPED not in asked(warnings_at(record, visit, INDEX, TEMP))


def test_four_digits_of_each_hand_are_enough_and_three_are_not() -> None:
    then = hands(a_visit(THEN), "crt", SLOW, QUICK).final()
    assert swapped_hands(*today(then, hands(a_visit(), "crt", QUICK[:4], SLOW[:4])), CRT)
    assert not swapped_hands(*today(then, hands(a_visit(), "crt", QUICK[:3], SLOW)), CRT)


def test_the_same_values_again_never_look_swapped_even_if_the_hands_are_alike() -> None:
    then, now = hands(a_visit(THEN), "pain", [1] * 5, [1] * 5).final(), hands(a_visit(), "pain", [1] * 5, [1] * 5)
    assert not swapped_hands(*today(then, now), PAIN)


def test_at_the_first_visit_nothing_can_look_swapped() -> None:
    assert visit_warnings(*today(hands(a_visit(), "crt", QUICK, SLOW))) == ()
    assert visit_warnings(*today(hands(a_visit(THEN), "crt", SLOW, QUICK), hands(a_visit(), "crt", QUICK, SLOW))) == ()


def test_a_hand_of_stumps_is_not_compared() -> None:
    patient = a_patient()
    lost = tuple(an_amputation(patient, f"R.D{n}", date=PartialDate("2020")) for n in (2, 3))
    then, now = hands(a_visit(THEN), "crt", SLOW, QUICK).final(), hands(a_visit(), "crt", QUICK, SLOW)
    record = a_record(then, now, patient=patient, amputations=lost)
    assert not swapped_hands(record, record.visits[-1], CRT)


_HAND = st.lists(st.integers(0, 100).map(lambda n: n / 10), min_size=5, max_size=5)


@given(_HAND, _HAND, _HAND, _HAND)
def test_sides_look_swapped_exactly_by_the_rule(
    r1: list[float], l1: list[float], r2: list[float], l2: list[float]
) -> None:
    record, visit = today(hands(a_visit(THEN), "crt", r1, l1).final(), hands(a_visit(), "crt", r2, l2))
    tenths = [[round(value * 10) for value in hand] for hand in (r1, l1, r2, l2)]
    right_then, left_then, right, left = tenths
    own = sum(abs(a - b) for a, b in zip(right + left, right_then + left_then, strict=True))
    other = sum(abs(a - b) for a, b in zip(right + left, left_then + right_then, strict=True))
    assert bool(swapped_hands(record, visit, CRT)) is (own > 0 and 2 * other <= own)


@given(_HAND, _HAND, _HAND, _HAND)
def test_warnings_never_both_ways(r1: list[float], l1: list[float], r2: list[float], l2: list[float]) -> None:
    """Had the hands been entered the other way round, nobody would be asked."""
    then = hands(a_visit(THEN), "crt", r1, l1).final()
    one = swapped_hands(*today(then, hands(a_visit(), "crt", r2, l2)), CRT)
    other = swapped_hands(*today(then, hands(a_visit(), "crt", l2, r2)), CRT)
    assert not (one and other)


@given(st.dictionaries(st.sampled_from(DIGITS), st.integers(0, 300).map(lambda n: n / 10)))
def test_warnings_are_sentences_and_leave_the_visit_alone(values: dict[object, float]) -> None:
    builder = a_visit()
    for site, value in values.items():
        builder.at(str(site), crt=value)
    record, visit = today(hands(a_visit(THEN), "crt", SLOW, QUICK).final(), builder)
    kept = dict(visit.observations)
    for site in DIGITS:
        for warning in warnings_at(record, visit, site, CRT):
            assert warning.words.endswith(".")
            assert site.code not in warning.words
    assert dict(visit.observations) == kept


# -- infection and bone


def infected(**more: Any) -> VisitBuilder:
    """A visit with an infected ulcer."""
    return a_visit(THEN).with_ulcer("R.D2.distal", id="u", infection=Judgement.YES, **more)


def test_an_infected_ulcer_over_exposed_bone_reminds_of_osteomyelitis() -> None:
    (warning,) = osteomyelitis_reminders(*today(infected(exposed_bone=True)))
    assert warning.words == (
        "Ulcer A, right index: infected, with exposed bone. Consider osteomyelitis (a reminder, not a diagnosis)."
    )
    assert osteomyelitis_reminders(*today(infected(depth=Depth.EXPOSED)))


def test_an_infected_ulcer_alone_reminds_of_nothing() -> None:
    assert osteomyelitis_reminders(*today(infected())) == ()
    assert osteomyelitis_reminders(*today(infected(exposed_bone=False, depth=Depth.DEEP))) == ()


def test_an_ulcer_still_infected_at_the_next_visit_reminds() -> None:
    now = a_visit().with_state("u", Status.ACTIVE, infection=Judgement.YES)
    record, visit = today(infected().final(), now)
    (warning,) = visit_warnings(record, visit)
    assert "still infected since the visit before" in warning.words


def test_an_ulcer_that_was_not_infected_at_the_visit_before_reminds_of_nothing() -> None:
    then = a_visit(THEN).with_ulcer("R.D2.distal", id="u", infection=Judgement.SUSPECTED).final()
    assert (
        osteomyelitis_reminders(*today(then, a_visit().with_state("u", Status.ACTIVE, infection=Judgement.YES))) == ()
    )


@pytest.mark.parametrize(
    "now",
    [
        a_visit(),
        a_visit().with_state("u", Status.ACTIVE, infection=Judgement.NO),
        a_visit().with_state("u", Status.ACTIVE, infection=Judgement.SUSPECTED),
        a_visit().with_state("u", Status.HEALED, infection=Judgement.YES),
    ],
    ids=["not re-examined", "no longer", "suspected", "healed"],
)
def test_what_is_not_infected_today_reminds_of_nothing(now: VisitBuilder) -> None:
    assert osteomyelitis_reminders(*today(infected().final(), now)) == ()


@pytest.mark.parametrize("answer", [True, False])
def test_an_answer_ends_the_reminder(answer: bool) -> None:
    assert osteomyelitis_reminders(*today(infected(exposed_bone=True, osteomyelitis=answer))) == ()
