"""Before against after, one hand against the other: over digits measured on both sides, the rest named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import DIGITS, VISIT, Hand, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.compare import (
    Difference,
    change,
    conditions_that_differ,
    hand_change,
    hand_mean,
    hand_minus_other,
    signed,
    treated_minus_other,
)
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    ProcedureKind,
    ProcedureState,
    Reason,
    RefillSite,
    Side,
)
from tests.builders import VisitBuilder, a_patient, a_procedure, a_record, a_visit, an_amputation

CRT, PAIN, DDD = CATALOGUE["crt"], CATALOGUE["pain"], CATALOGUE["ddd"]
BEFORE, NOW = "2025-09-01T09:00", "2026-03-02T09:00"
INDEX = parse_site("R.D2")
RIGHT_DIGITS = [f"R.D{n}" for n in range(1, 6)]


def filled(when: str, values: dict[str, object]) -> VisitBuilder:
    """A final visit with a refill at each of these digits."""
    visit = a_visit(when).final()
    for site, value in values.items():
        visit = visit.at(site, crt=value)
    return visit


def before_and_now(before: dict[str, object], now: dict[str, object]) -> PatientRecord:
    """A patient with refill at two visits."""
    return a_record(filled(BEFORE, before), filled(NOW, now))


def changed(record: PatientRecord, site: str = "R.D2", key: str = "crt") -> Difference:
    """The change at a site since the previous visit."""
    found = change(record, record.visits[-1], parse_site(site), CATALOGUE[key])
    assert found is not None
    return found


def test_a_mean_of_a_hand_tells_its_n_and_names_every_digit_it_leaves_out() -> None:
    record = a_record(filled(NOW, {"R.D1": 2.0, "R.D2": 4.0, "R.D3": Reason.DRESSING, "L.D1": 30.0}))
    mean = hand_mean(record, record.visits[0], Hand.RIGHT, CRT)
    assert (mean.value, mean.n, mean.words) == (3.0, 2, "3.0 s (n = 2)")
    assert mean.left_out == ("right middle: dressing", "right ring: not recorded", "right little: not recorded")


def test_a_mean_of_nothing_is_not_recorded_and_not_nought() -> None:
    record = a_record(a_visit(NOW))
    mean = hand_mean(record, record.visits[0], Hand.RIGHT, CRT)
    assert (mean.value, mean.n, mean.words) == (None, 0, "not recorded")
    assert len(mean.left_out) == 5


def test_no_refill_enters_a_mean_as_at_least() -> None:
    record = a_record(filled(NOW, {"R.D1": 2.0, "R.D2": ">30"}))
    assert hand_mean(record, record.visits[0], Hand.RIGHT, CRT).words == "≥ 16.0 s (n = 2)"


def test_thumbs_stay_out_of_the_mean_difference_to_the_back_of_the_hand() -> None:
    visit = a_visit(NOW).at("R", dorsum_temp=31.0).at("R.D1", skin_temp=20.0).at("R.D2", skin_temp=29.0)
    record = a_record(visit)
    mean = hand_mean(record, record.visits[0], Hand.RIGHT, DDD)
    assert (mean.value, mean.n) == (-2.0, 1)
    assert "right thumb: thumb, not scored" in mean.left_out


def test_an_amputated_digit_is_named_with_its_year() -> None:
    patient = a_patient()
    lost = an_amputation(patient, "R.D3", level=AmputationLevel.MCP)
    record = a_record(filled(NOW, {"R.D1": 2.0}), patient=patient, amputations=(lost,))
    mean = hand_mean(record, record.visits[0], Hand.RIGHT, CRT)
    assert "right middle: amputated 2024" in mean.left_out


@given(
    st.dictionaries(st.sampled_from(RIGHT_DIGITS), st.integers(0, 300), min_size=1),
    st.dictionaries(st.sampled_from(RIGHT_DIGITS), st.integers(0, 300), min_size=1),
    st.sampled_from(RIGHT_DIGITS),
    st.sampled_from(AmputationLevel),
)
def test_a_lost_finger_never_improves_an_average(
    before: dict[str, int], now: dict[str, int], lost: str, level: AmputationLevel
) -> None:
    if lost == "R.D1" and level in (AmputationLevel.MIDDLE, AmputationLevel.PIP):
        level = AmputationLevel.DIP
    patient = a_patient()
    amputation = an_amputation(patient, lost, level=level, date=PartialDate("2026-01"))
    visits = [filled(when, {s: v / 10 for s, v in each.items()}) for when, each in ((BEFORE, before), (NOW, now))]
    record = a_record(*visits, patient=patient, amputations=(amputation,))
    found = hand_change(record, record.visits[1], Hand.RIGHT, CRT)
    both = sorted((set(before) & set(now)) - {lost})
    assert found is not None and found.n == len(both)
    assert any("amputated Jan 2026" in words for words in found.left_out)
    if both:
        assert found.value == pytest.approx(sum(now[s] - before[s] for s in both) / 10 / len(both))
    else:
        assert found.value is None and found.words == "not comparable"


def test_a_change_of_a_hand_uses_the_digits_measured_at_both_visits() -> None:
    record = before_and_now({"R.D1": 4.0, "R.D2": 6.0}, {"R.D2": 5.0, "R.D3": 1.0})
    found = hand_change(record, record.visits[1], Hand.RIGHT, CRT)
    assert found is not None
    assert (found.value, found.n, found.words) == (-1.0, 1, "−1.0 s")
    assert "right thumb: not recorded" in found.left_out
    assert "right middle: not recorded" in found.left_out
    assert len(found.left_out) == len(set(found.left_out)) == 4


def test_without_a_visit_before_there_is_no_change() -> None:
    record = a_record(a_visit(BEFORE).at("R.D2", crt=2.0), filled(NOW, {"R.D2": 5.0}))
    visit = record.visits[1]
    assert change(record, visit, INDEX, CRT) is None
    assert hand_change(record, visit, Hand.RIGHT, CRT) is None
    assert conditions_that_differ(record, visit) == ()


def test_a_change_has_its_sign_and_its_unit() -> None:
    assert changed(before_and_now({"R.D2": 4.0}, {"R.D2": 5.5})).words == "+1.5 s"
    assert changed(before_and_now({"R.D2": 5.5}, {"R.D2": 4.0})).words == "−1.5 s"
    assert changed(before_and_now({"R.D2": 4.0}, {"R.D2": 4.0})).words == "0.0 s"


def test_a_change_too_small_to_show_has_no_sign() -> None:
    assert signed(CRT, -0.04) == "0.0 s"
    assert signed(CRT, 0.06) == "+0.1 s"


def test_what_is_missing_then_is_said_and_is_no_change() -> None:
    found = changed(before_and_now({"R.D1": 1.0}, {"R.D2": 5.5}))
    assert (found.value, found.n, found.words) == (None, 0, "not comparable")
    assert found.left_out == ("right index: not recorded then",)
    found = changed(before_and_now({"R.D2": Reason.DRESSING}, {"R.D2": 5.5}))
    assert found.left_out == ("right index: could not be assessed: dressing",)


def test_what_is_missing_now_is_no_change() -> None:
    record = before_and_now({"R.D2": 4.0}, {"R.D2": Reason.DRESSING})
    assert change(record, record.visits[1], INDEX, CRT) is None


def test_no_refill_is_a_change_only_about() -> None:
    assert changed(before_and_now({"R.D2": 4.0}, {"R.D2": ">30"})).words == "≥ +26.0 s"
    assert changed(before_and_now({"R.D2": ">30"}, {"R.D2": ">30"})).words == "both beyond the scale"


def test_a_digit_shortened_since_is_not_the_same_digit() -> None:
    patient = a_patient()
    tip = an_amputation(patient, "R.D2", level=AmputationLevel.TIP, date=PartialDate("2026-01"))
    visits = (filled(BEFORE, {"R.D2": 4.0}), filled(NOW, {"R.D2": 1.0}))
    found = changed(a_record(*visits, patient=patient, amputations=(tip,)))
    assert (found.value, found.left_out) == (None, ("right index: amputated Jan 2026",))


def test_a_digit_shortened_long_ago_is_still_the_same_stump() -> None:
    patient = a_patient()
    tip = an_amputation(patient, "R.D2", level=AmputationLevel.TIP, date=PartialDate("2020"))
    visits = (filled(BEFORE, {"R.D2": 4.0}), filled(NOW, {"R.D2": 1.0}))
    assert changed(a_record(*visits, patient=patient, amputations=(tip,))).value == -3.0


def test_the_published_change_is_told_for_the_pain_of_a_hand_and_never_for_a_digit() -> None:
    record = a_record(
        a_visit(BEFORE).at("R", hand_pain_now=5).at("R.D2", pain=5).at("V", rcs=5.0).final(),
        a_visit(NOW).at("R", hand_pain_now=3).at("R.D2", pain=3).at("V", rcs=3.0),
    )
    hand = changed(record, "R", "hand_pain_now").meaningful
    score = changed(record, "V", "rcs").meaningful
    assert hand is not None and hand.amount == 1 and "Salaffi" in hand.source
    assert score is not None and score.amount == 1.4
    assert changed(record, "R.D2", "pain").meaningful is None


def test_one_hand_minus_the_other_uses_the_digits_measured_on_both() -> None:
    record = a_record(filled(NOW, {"R.D1": 3.0, "R.D2": 6.0, "L.D2": 4.0, "L.D3": 1.0}))
    found = hand_minus_other(record, record.visits[0], Hand.RIGHT, CRT)
    assert (found.value, found.n, found.words) == (2.0, 1, "+2.0 s")
    assert {"left thumb: not recorded", "right middle: not recorded"} <= set(found.left_out)


def test_a_finger_lost_on_one_hand_leaves_its_twin_out_too() -> None:
    patient = a_patient()
    lost = an_amputation(patient, "L.D2", level=AmputationLevel.MCP)
    record = a_record(filled(NOW, {"R.D2": 9.0, "R.D3": 3.0, "L.D3": 2.0}), patient=patient, amputations=(lost,))
    found = hand_minus_other(record, record.visits[0], Hand.RIGHT, CRT)
    assert (found.value, found.n) == (1.0, 1)
    assert "left index: amputated 2024" in found.left_out
    other_way = hand_minus_other(record, record.visits[0], Hand.LEFT, CRT)
    assert other_way.value == -1.0


def test_a_measure_of_the_hand_is_compared_between_the_hands() -> None:
    record = a_record(a_visit(NOW).at("R", dorsum_temp=31.0).at("L", dorsum_temp=30.5))
    found = hand_minus_other(record, record.visits[0], Hand.RIGHT, CATALOGUE["dorsum_temp"])
    assert (found.value, found.n, found.meaningful) == (0.5, 1, None)
    alone = a_record(a_visit(NOW).at("R", dorsum_temp=31.0))
    assert hand_minus_other(alone, alone.visits[0], Hand.RIGHT, CATALOGUE["dorsum_temp"]).value is None


def treated(*procedures: tuple[Side, dict[str, object]]) -> tuple[PatientRecord, Difference | None]:
    """A patient with refill on both hands and these procedures, and treated minus other for the first."""
    patient = a_patient()
    made = tuple(a_procedure(patient, side, **more) for side, more in procedures)
    record = a_record(filled(NOW, {"R.D2": 6.0, "L.D2": 4.0}), patient=patient, procedures=made)
    return record, treated_minus_other(record, record.visits[0], made[0], CRT)


@pytest.mark.parametrize(("side", "value"), [(Side.RIGHT, 2.0), (Side.LEFT, -2.0)])
def test_treated_minus_other_belongs_to_one_procedure(side: Side, value: float) -> None:
    _record, found = treated((side, {}))
    assert found is not None
    assert (found.value, found.n) == (value, 1)


def test_treated_minus_other_is_empty_where_both_hands_were_treated() -> None:
    assert treated((Side.BOTH, {}))[1] is None
    assert treated((Side.RIGHT, {}), (Side.LEFT, {}))[1] is None
    assert treated((Side.RIGHT, {}), (Side.BOTH, {}))[1] is None
    assert treated((Side.RIGHT, {}), (Side.LEFT, {"date": None}))[1] is None


@pytest.mark.parametrize("state", [ProcedureState.PLANNED, ProcedureState.CANCELLED])
def test_a_procedure_that_was_not_done_treats_no_hand(state: ProcedureState) -> None:
    assert treated((Side.RIGHT, {"state": state}))[1] is None
    assert treated((Side.RIGHT, {}), (Side.LEFT, {"state": state}))[1] is not None


def test_the_other_hand_counts_as_untreated_until_its_own_procedure() -> None:
    assert treated((Side.RIGHT, {}), (Side.LEFT, {"date": PartialDate("2026-04")}))[1] is not None


def test_a_procedure_of_another_kind_does_not_stand_in_the_way() -> None:
    assert treated((Side.RIGHT, {}), (Side.LEFT, {"kind": ProcedureKind.DEBRIDEMENT}))[1] is not None


def test_conditions_that_differ_are_named_and_those_alike_are_not() -> None:
    record = a_record(
        a_visit(BEFORE, device="Fluke 62", refill_site=RefillSite.PULP, smoke="never").at("V", room_temp=23.0).final(),
        a_visit(NOW, device="Fluke 62", refill_site=RefillSite.NAIL_BED).at("V", room_temp=21.5, acclimatisation=20),
    )
    assert conditions_that_differ(record, record.visits[1]) == (
        "Refill pressed at: finger pulp then, nail bed now",
        "Last smoke: never then, not recorded now",
        "Room temperature: 23.0 °C then, 21.5 °C now",
        "Acclimatisation: not recorded then, 20 min now",
    )


def test_a_digit_pressed_elsewhere_than_at_the_visit_before_is_named() -> None:
    def refill(when: str, place: str) -> VisitBuilder:
        visit = a_visit(when, refill_site=RefillSite.PULP).at("R.D2", crt=2.0).at("R.D3", crt=2.0)
        return visit.at("R.D3", refill_place=place) if place else visit

    record = a_record(refill(BEFORE, "").final(), refill(NOW, "nail_bed"))
    assert conditions_that_differ(record, record.visits[1]) == (
        "Refill pressed at (right middle): finger pulp then, nail bed now",
    )
    alike = a_record(refill(BEFORE, "nail_bed").final(), refill(NOW, "nail_bed"))
    assert conditions_that_differ(alike, alike.visits[1]) == ()


def test_a_comparison_over_all_digits_of_a_visit_with_itself_is_nought() -> None:
    values: dict[str, object] = {site.code: 2.0 for site in DIGITS}
    record = before_and_now(values, values)
    for hand in Hand:
        found = hand_change(record, record.visits[1], hand, CRT)
        assert found is not None and (found.value, found.n, found.left_out) == (0.0, 5, ())
    assert change(record, record.visits[1], VISIT, CATALOGUE["room_temp"]) is None


def test_a_hand_of_stumps_and_reasons_has_nothing_to_average_which_is_not_the_same_as_not_recorded() -> None:
    record = a_record(filled(NOW, {"R.D3": Reason.DRESSING}))
    assert hand_mean(record, record.visits[0], Hand.RIGHT, CRT).words == "none to average"
    assert hand_mean(record, record.visits[0], Hand.LEFT, CRT).words == "not recorded"
    assert hand_mean(record, record.visits[0], Hand.RIGHT, CATALOGUE["ddd"]).words == "not recorded"


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [(4.0, ">30", "≥ +26.0 s"), (">30", 4.0, "≤ −26.0 s"), (">30", ">30", "both beyond the scale")],
)
def test_a_change_from_or_to_no_refill_says_on_which_side_it_lies(before: object, now: object, words: str) -> None:
    assert changed(before_and_now({"R.D2": before}, {"R.D2": now})).words == words


def test_a_mean_change_with_no_refill_on_both_sides_is_approximate() -> None:
    record = before_and_now({"R.D2": ">30", "R.D3": 2.0}, {"R.D2": 4.0, "R.D3": ">30"})
    found = hand_change(record, record.visits[-1], Hand.RIGHT, CRT)
    assert found is not None
    assert found.words == "≈ +1.0 s"
