"""Records: frozen, whole, and changed only by making another."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import DIGITS, PHALANGES, VISIT, Aspect, Digit, Hand, Phalanx, Scope, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    letter_after,
    letter_number,
    not_assessed,
    observation,
    statuses_for,
)
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    LesionKind,
    ProcedureKind,
    ProcedureState,
    Reason,
    Side,
    Status,
)
from tests.builders import a_patient, a_procedure, a_record, a_visit, an_amputation

INDEX = parse_site("R.D2")


def test_a_value_is_recorded_or_could_not_be_assessed_never_both_and_never_neither() -> None:
    for value, reason in ((2.5, Reason.ULCER), (None, None)):
        with pytest.raises(Refused, match="never both and never neither"):
            Observation(site=INDEX, measure="crt", value=value, reason=reason)


def test_not_recorded_not_assessed_and_nought_are_three_things() -> None:
    nought = a_visit().at("R.D2", pain=0).of(a_patient())[0]
    unassessed = a_visit().at("R.D2", pain=Reason.DRESSING).of(a_patient())[0]
    empty = a_visit().of(a_patient())[0]
    key = (INDEX, "pain", 1)
    assert nought.observations[key].value == 0 and nought.observations[key].reason is None
    assert unassessed.observations[key].value is None
    assert unassessed.observations[key].reason_words == "dressing"
    assert key not in empty.observations


def test_the_reason_other_needs_words_and_tells_them() -> None:
    for words in ("", "   "):
        with pytest.raises(Refused, match="needs a few words"):
            not_assessed(INDEX, "crt", Reason.OTHER, words)
    assert not_assessed(INDEX, "crt", Reason.OTHER, "in plaster").reason_words == "in plaster"


def test_a_value_is_checked_and_the_refusal_names_measure_and_place() -> None:
    with pytest.raises(Refused, match=r"^Capillary refill, right index: 31 is outside 0 to 30"):
        observation(INDEX, "crt", 31)
    assert observation(INDEX, "crt", ">30").value == Beyond(30)


@pytest.mark.parametrize(
    ("code", "measure"),
    [("R", "crt"), ("V", "crt"), ("R.D2", "dorsum_temp"), ("R.D2.distal", "crt"), ("R", "room_temp"), ("V", "pain")],
)
def test_a_measure_is_recorded_only_where_it_belongs(code: str, measure: str) -> None:
    site = parse_site(code)
    with pytest.raises(Refused, match="is not recorded at"):
        observation(site, measure, 5)
    with pytest.raises(Refused, match="is not recorded at"):
        not_assessed(site, measure, Reason.PAIN)


def test_at_most_as_many_readings_as_the_catalogue_says() -> None:
    assert observation(INDEX, "crt", 2.5, repeat=3).key == (INDEX, "crt", 3)
    for measure, repeat in (("crt", 4), ("crt", 0), ("crt", -1), ("pain", 2)):
        with pytest.raises(Refused, match="at most"):
            observation(INDEX, measure, 2, repeat=repeat)


def test_what_is_computed_cannot_be_entered_and_what_is_unknown_neither() -> None:
    with pytest.raises(Refused, match="computed"):
        observation(INDEX, "ddd", -1.0)
    with pytest.raises(Refused, match="not a measure"):
        observation(INDEX, "magic", 1)
    with pytest.raises(Refused, match="not a measure"):
        not_assessed(INDEX, "magic", Reason.PAIN)


def test_a_visit_takes_a_value_in_place_of_the_earlier_one_and_gives_it_up_again() -> None:
    before = a_visit().at("R.D2", crt=2.5).at("R.D3", crt=3.0).of(a_patient())[0]
    after = before.with_observation(observation(INDEX, "crt", 4.5))
    assert after.observations[INDEX, "crt", 1].value == 4.5
    assert before.observations[INDEX, "crt", 1].value == 2.5
    assert len(after.observations) == 2
    without = after.without_observation((INDEX, "crt", 1))
    assert set(without.observations) == {(parse_site("R.D3"), "crt", 1)}
    assert without.without_observation((INDEX, "crt", 1)) == without


def test_a_visit_takes_the_state_of_a_lesion_and_gives_it_up_again() -> None:
    visit = a_visit().of(a_patient())[0]
    seen = visit.with_state(LesionState(lesion_id="a", status=Status.ACTIVE))
    healed = seen.with_state(LesionState(lesion_id="a", status=Status.HEALED))
    assert [state.status for state in healed.states.values()] == [Status.HEALED]
    assert healed.without_state("a") == visit


def test_records_cannot_be_changed() -> None:
    visit = a_visit().at("R.D2", crt=2.5).of(a_patient())[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        visit.plan = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        visit.observations[INDEX, "crt", 1] = observation(INDEX, "crt", 1)  # type: ignore[index]


def test_who_wrote_a_row_makes_no_difference_to_what_it_says() -> None:
    patient = a_patient()
    written = dataclasses.replace(patient, stamp=object())  # type: ignore[arg-type]
    assert written == patient


def test_the_day_of_a_visit_is_that_of_its_place() -> None:
    assert a_visit("2026-03-02T23:30").of(a_patient())[0].day == dt.date(2026, 3, 2)


@given(st.integers(1, 20_000))
def test_letters_count_on_from_a_to_z_to_aa(number: int) -> None:
    letter = letter_after([]) if number == 1 else letter_after([_letter(number - 1)])
    assert letter_number(letter) == number


def _letter(number: int) -> str:
    letter = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letter = chr(65 + rest) + letter
    return letter


@pytest.mark.parametrize(
    ("used", "following"),
    [([], "A"), (["A"], "B"), (["Z"], "AA"), (["AA", "C"], "AB"), (["AZ"], "BA"), (["ZZ"], "AAA")],
)
def test_the_next_letter_was_never_used(used: list[str], following: str) -> None:
    assert letter_after(used) == following


def test_what_is_no_letter_counts_for_nothing() -> None:
    assert letter_number("a1") == letter_number("") == letter_number("É") == 0
    assert letter_after(["?", "B"]) == "C"


def test_a_withdrawn_letter_in_the_middle_is_not_given_again() -> None:
    record = a_record(a_visit().with_ulcer("R.D2.distal", "A").with_ulcer("R.D3.distal", "C"))
    assert record.next_letter() == "D"


def test_a_point_on_the_drawing_has_both_fractions_between_nought_and_one() -> None:
    def lesion(x: float | None, y: float | None) -> Lesion:
        return Lesion(
            id="a", patient_id="p", letter="A", kind=LesionKind.ULCER, site=INDEX, aspect=Aspect.PALMAR, x=x, y=y
        )

    assert lesion(0, 1).is_exact and not lesion(None, None).is_exact
    for x, y in ((0.5, None), (None, 0.5), (1.01, 0.5), (0.5, -0.01), (float("nan"), 0.5)):
        with pytest.raises(Refused, match="point on the drawing"):
            lesion(x, y)


def test_a_lesion_belongs_to_a_hand_and_tells_its_place_in_full() -> None:
    with pytest.raises(Refused, match="place on a hand"):
        Lesion(id="a", patient_id="p", letter="A", kind=LesionKind.ULCER, site=VISIT, aspect=Aspect.PALMAR)
    found = a_record(a_visit().with_ulcer("R.D2.distal")).lesions[0]
    assert found.place == "right index, distal phalanx, palm"


def test_an_ulcer_heals_and_anything_else_resolves() -> None:
    assert Status.HEALED in statuses_for(LesionKind.ULCER)
    for kind in set(LesionKind) - {LesionKind.ULCER}:
        assert Status.RESOLVED in statuses_for(kind) and Status.HEALED not in statuses_for(kind)
    for kind in LesionKind:
        assert not {Status.AMPUTATED, Status.NOT_REEXAMINED} & set(statuses_for(kind))


def amputated(code: str, level: AmputationLevel, date: str | None = "2024") -> Amputation:
    """An amputation at a level."""
    return an_amputation(a_patient(), code, level=level, date=PartialDate(date) if date else None)


@pytest.mark.parametrize("code", ["R", "V", "R.D2.distal"])
def test_an_amputation_belongs_to_one_digit(code: str) -> None:
    with pytest.raises(Refused, match="one digit"):
        amputated(code, AmputationLevel.TIP)


def test_a_thumb_cannot_lose_what_it_does_not_have() -> None:
    for level in (AmputationLevel.MIDDLE, AmputationLevel.PIP):
        with pytest.raises(Refused, match="thumb has no"):
            amputated("L.D1", level)
    assert amputated("L.D1", AmputationLevel.DIP).lost == (Phalanx.DISTAL,)


@pytest.mark.parametrize(
    ("level", "removed"),
    [
        (AmputationLevel.TIP, {"distal"}),
        (AmputationLevel.DIP, {"distal"}),
        (AmputationLevel.MIDDLE, {"distal", "middle"}),
        (AmputationLevel.PIP, {"distal", "middle"}),
        (AmputationLevel.PROXIMAL, {"distal", "middle", "proximal"}),
        (AmputationLevel.MCP, {"distal", "middle", "proximal"}),
    ],
)
def test_a_level_takes_away_everything_distal_to_it_on_that_digit_alone(
    level: AmputationLevel, removed: set[str]
) -> None:
    found = amputated("R.D3", level)
    assert {site.code for site in PHALANGES if found.removes(site)} == {f"R.D3.{phalanx}" for phalanx in removed}
    assert found.removes(parse_site("R.D3")) is (level is AmputationLevel.MCP)
    assert found.whole_digit is (level is AmputationLevel.MCP)


def test_a_higher_level_is_a_greater_loss() -> None:
    severities = [amputated("R.D3", level).severity for level in AmputationLevel]
    assert severities == sorted(set(severities))


@pytest.mark.parametrize(
    ("date", "day", "holds"),
    [
        ("2024-03-12", "2024-03-11", False),
        ("2024-03-12", "2024-03-12", True),
        ("2024", "2023-12-31", False),
        ("2024", "2024-01-01", True),
        (None, "1990-01-01", True),
    ],
)
def test_an_amputation_holds_from_its_date_on(date: str | None, day: str, holds: bool) -> None:
    assert amputated("R.D3", AmputationLevel.TIP, date).applies_on(dt.date.fromisoformat(day)) is holds


def test_an_amputation_is_told_in_words() -> None:
    assert amputated("R.D3", AmputationLevel.TIP).words == "right middle: amputated 2024"
    assert amputated("L.D1", AmputationLevel.TIP, None).words == "left thumb: amputated date unknown"


def test_the_greatest_of_several_amputations_counts_from_its_own_date() -> None:
    patient = a_patient()
    first = an_amputation(patient, "R.D3", level=AmputationLevel.TIP, date=PartialDate("2020"))
    second = an_amputation(patient, "R.D3", level=AmputationLevel.PIP, date=PartialDate("2024"))
    record = a_record(patient=patient, amputations=(second, first))
    assert record.amputation(parse_site("R.D3.distal"), dt.date(2022, 1, 1)) == first
    assert record.amputation(parse_site("R.D3"), dt.date(2024, 6, 1)) == second
    assert record.amputation(parse_site("L.D3"), dt.date(2024, 6, 1)) is None


def test_the_previous_visit_is_the_one_before_by_date_drafts_excluded() -> None:
    record = a_record(
        a_visit("2026-03-02T09:00"),
        a_visit("2025-01-10T09:00").final(),
        a_visit("2025-06-10T09:00").final(),
        a_visit("2025-09-10T09:00"),
    )
    first, second, draft, last = record.visits
    assert [visit.day.month for visit in record.visits] == [1, 6, 9, 3]
    assert record.previous(last) == second
    assert record.previous(draft) == second
    assert record.previous(second) == first
    assert record.previous(first) is None
    assert record.until(last) == (first, second, last)


def test_a_visit_is_put_in_its_place_by_time() -> None:
    record = a_record(a_visit("2025-01-10T09:00"), a_visit("2026-01-10T09:00"))
    late = record.visits[1]
    earlier = dataclasses.replace(late, at=late.at.replace(year=2024))
    moved = record.with_visit(earlier)
    assert [visit.id for visit in moved.visits] == [late.id, record.visits[0].id]
    assert moved.visit(late.id) == earlier
    with pytest.raises(KeyError):
        moved.visit("nobody's")


def test_a_lesion_takes_the_place_of_its_earlier_self() -> None:
    record = a_record(a_visit().with_ulcer("R.D2.distal").with_ulcer("R.D3.distal"))
    changed = dataclasses.replace(record.lesions[0], kind=LesionKind.CALCINOSIS)
    kinds = [lesion.kind for lesion in record.with_lesion(changed).lesions]
    assert kinds == [LesionKind.CALCINOSIS, LesionKind.ULCER]
    with pytest.raises(KeyError):
        record.lesion("none")


def test_a_plan_is_told_first_and_loud_and_a_deed_with_its_side_and_date() -> None:
    patient = a_patient()
    done = a_procedure(patient, Side.RIGHT)
    planned = a_procedure(patient, Side.LEFT, state=ProcedureState.PLANNED, date=None, digits=(Digit.D2, Digit.D3))
    assert done.words == "Fat and ADSVF, RIGHT, done 12 Mar 2024"
    assert planned.words == "PLANNED: LEFT (index, middle), Fat and ADSVF"


def test_oxygen_for_the_whole_body_has_no_side_whatever_was_entered() -> None:
    done = a_procedure(a_patient(), Side.RIGHT, kind=ProcedureKind.HYPERBARIC, digits=(Digit.D2,))
    assert (done.side, done.digits, done.hands) == (Side.BOTH, None, tuple(Hand))
    assert done.words == "Hyperbaric oxygen, done 12 Mar 2024"


def test_a_procedure_on_both_sides_is_done_on_both_hands() -> None:
    hands = {side: a_procedure(a_patient(), side).hands for side in Side}
    assert hands == {Side.RIGHT: (Hand.RIGHT,), Side.LEFT: (Hand.LEFT,), Side.BOTH: (Hand.RIGHT, Hand.LEFT)}


def test_a_name_is_shown_family_name_first() -> None:
    assert a_patient(given_name="Ana").full_name == "Rojas, Ana"
    assert a_patient().full_name == "Rojas"


def test_age_is_unknown_where_the_birth_date_is() -> None:
    assert a_patient().age_on(dt.date(2026, 3, 2)) is None
    assert a_patient(birth_date=dt.date(1964, 3, 12)).age_on(dt.date(2026, 3, 2)) == 61


@given(st.sampled_from(DIGITS))
def test_every_measure_of_a_digit_can_be_recorded_or_explained_wherever_it_belongs(site: Site) -> None:
    for measure in CATALOGUE.entered(Scope.DIGIT):
        if not measure.fits(site):
            continue
        assert not_assessed(site, measure.key, Reason.DRESSING).measure == measure.key
