"""The life of lesions over visits: carried over, new, healed, amputated; and the counts."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.domain.anatomy import Aspect
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.lesions import LesionAt, UlcerCounts, area_mm2, healing_words, lesions_at, ulcer_counts
from ssc_hand.domain.records import LesionState, PatientRecord
from ssc_hand.domain.vocabulary import AmputationLevel, Judgement, LesionKind, Status
from tests.builders import VisitBuilder, a_patient, a_record, a_visit, an_amputation

FIRST, SECOND, THIRD, FOURTH = (f"202{n}-03-02T09:00" for n in (3, 4, 5, 6))


def counts(record: PatientRecord, number: int = -1) -> UlcerCounts:
    """The counts of a visit, the last one unless another is named."""
    return ulcer_counts(record, record.visits[number])


def found(record: PatientRecord, number: int = -1) -> tuple[LesionAt, ...]:
    """The lesions of a visit, the last one unless another is named."""
    return lesions_at(record, record.visits[number])


def with_ulcer_a(*later: VisitBuilder, **state: Any) -> PatientRecord:
    """An ulcer of the right index first recorded in 2023, and these visits after it."""
    return a_record(a_visit(FIRST).with_ulcer("R.D2.distal", id="a", **state).final(), *later)


def test_at_a_first_visit_ulcers_are_first_recorded_and_not_new() -> None:
    each = counts(with_ulcer_a())
    assert (each.active, each.new, each.new_words) == (1, 1, "first recorded")


def test_at_a_later_visit_an_ulcer_recorded_first_is_new() -> None:
    record = with_ulcer_a(a_visit(SECOND).with_state("a", Status.ACTIVE).with_ulcer("L.D3.distal"))
    each = counts(record)
    assert (each.active, each.new, each.new_words, each.not_examined) == (2, 1, "new", 0)
    assert [(at.lesion.letter, at.is_new) for at in found(record)] == [("A", False), ("B", True)]


def test_an_open_ulcer_is_carried_over_and_counted_apart_until_somebody_looks() -> None:
    record = with_ulcer_a(a_visit(SECOND))
    (each,) = found(record)
    assert each.status is Status.NOT_REEXAMINED
    assert each.carried and each.is_open and not each.was_examined and not each.is_new
    assert each.before is not None and each.before.status is Status.ACTIVE
    assert (counts(record).active, counts(record).not_examined, counts(record).new) == (0, 1, 0)


def test_not_seen_today_is_counted_apart_too_and_carried_on_as_last_examined() -> None:
    record = with_ulcer_a(a_visit(SECOND).with_state("a", Status.NOT_SEEN).final(), a_visit(THIRD))
    assert (counts(record, 1).active, counts(record, 1).not_examined) == (0, 1)
    (each,) = found(record)
    assert each.before is not None and each.before.status is Status.ACTIVE
    assert counts(record).not_examined == 1


def test_active_and_active_with_indeterminate_stand_apart() -> None:
    record = with_ulcer_a(a_visit(SECOND).with_state("a", Status.INDETERMINATE).with_ulcer("R.D3.distal"))
    each = counts(record)
    assert (each.active, each.indeterminate, each.active_or_indeterminate) == (1, 1, 2)


def test_a_healed_ulcer_is_told_once_and_no_longer_carried_over() -> None:
    record = with_ulcer_a(a_visit(SECOND).with_state("a", Status.HEALED).final(), a_visit(THIRD))
    assert (counts(record, 1).healed, counts(record, 1).active) == (1, 0)
    assert [each.is_open for each in found(record, 1)] == [False]
    assert found(record) == ()
    assert (counts(record).healed, counts(record).not_examined) == (0, 0)


def test_an_ulcer_that_is_found_healed_once_more_has_not_healed_again() -> None:
    visits = (
        a_visit("2023-03-02T09:00").with_ulcer("R.D2.distal", id="u"),
        a_visit("2024-03-02T09:00").with_state("u", Status.HEALED),
        a_visit("2025-03-02T09:00").with_state("u", Status.HEALED),
    )
    record = a_record(*(visit.final() for visit in visits))
    assert [counts(record, number).healed for number in range(3)] == [0, 1, 0]


def test_an_ulcer_first_recorded_as_healed_is_neither_new_nor_healed_since() -> None:
    each = counts(with_ulcer_a(status=Status.HEALED))
    assert (each.active, each.new, each.healed) == (0, 0, 0)


def test_a_draft_before_does_not_carry_its_lesions_over() -> None:
    record = a_record(a_visit(FIRST).with_ulcer("R.D2.distal"), a_visit(SECOND))
    assert found(record) == ()


def test_only_ulcers_enter_the_counts_and_gangrene_stands_on_its_own() -> None:
    visit = a_visit(FIRST).with_lesion(LesionKind.GANGRENE, "R.D2.distal")
    for kind in (LesionKind.PITTING_SCAR, LesionKind.CALCINOSIS, LesionKind.OTHER):
        visit = visit.with_lesion(kind, "R.D3.distal")
    each = counts(a_record(visit))
    assert (each.active, each.new, each.not_examined, each.gangrene) == (0, 0, 0, 1)


def test_gangrene_that_has_resolved_is_not_counted() -> None:
    visits = (
        a_visit(FIRST).with_lesion(LesionKind.GANGRENE, "R.D2.distal", id="g").final(),
        a_visit(SECOND).with_state("g", Status.RESOLVED),
    )
    assert [counts(a_record(*visits), number).gangrene for number in (0, 1)] == [1, 0]


def test_infection_is_counted_by_the_word_of_the_clinician() -> None:
    visit = (
        a_visit(FIRST)
        .with_ulcer("R.D2.distal", infection=Judgement.YES)
        .with_ulcer("R.D3.distal", infection=Judgement.SUSPECTED)
        .with_ulcer("R.D4.distal", infection=Judgement.NOT_JUDGED)
        .with_ulcer("R.D5.distal", infection=Judgement.YES, status=Status.HEALED)
    )
    each = counts(a_record(visit))
    assert (each.infected, each.infection_suspected) == (1, 1)


def lost(level: AmputationLevel, date: str | None, *visits: VisitBuilder, site: str = "R.D2") -> PatientRecord:
    """A patient who lost part of the right index."""
    patient = a_patient()
    amputation = an_amputation(patient, site, level=level, date=PartialDate(date) if date else None)
    return a_record(*visits, patient=patient, amputations=(amputation,))


def ulcer_then(*later: VisitBuilder) -> tuple[VisitBuilder, ...]:
    """An ulcer of the right index in 2023, and these visits after it."""
    return (a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final(), *later)


@pytest.mark.parametrize("level", AmputationLevel)
def test_an_ulcer_ends_as_amputated_with_its_finger_and_never_as_healed(level: AmputationLevel) -> None:
    record = lost(level, "2024-01", *ulcer_then(a_visit(SECOND).final(), a_visit(THIRD)))
    (each,) = found(record, 1)
    assert each.status is Status.AMPUTATED and not each.is_open
    told = counts(record, 1)
    assert (told.amputated, told.healed, told.active, told.not_examined) == (1, 0, 0, 0)
    assert found(record) == ()
    assert healing_words(record, record.lesions[0]) == ""


def test_an_amputation_ends_the_ulcer_even_where_somebody_called_it_healed_afterwards() -> None:
    record = lost(AmputationLevel.DIP, "2024-01", *ulcer_then(a_visit(SECOND).with_state("a", Status.HEALED).final()))
    told = counts(record)
    assert (told.amputated, told.healed) == (1, 0)
    assert healing_words(record, record.lesions[0]) == ""


def test_an_ulcer_that_healed_before_the_amputation_stays_healed() -> None:
    record = lost(
        AmputationLevel.DIP,
        "2025-01",
        *ulcer_then(a_visit(SECOND).with_state("a", Status.HEALED).final(), a_visit(THIRD)),
    )
    assert counts(record, 1).healed == 1
    assert found(record) == ()
    assert counts(record).amputated == 0


def test_an_ulcer_beyond_the_cut_is_not_touched_by_it() -> None:
    visits = (a_visit(FIRST).with_ulcer("R.D2.proximal").final(), a_visit(SECOND))
    record = lost(AmputationLevel.DIP, "2024-01", *visits)
    assert [each.status for each in found(record)] == [Status.NOT_REEXAMINED]


def test_an_ulcer_of_a_stump_recorded_after_the_amputation_lives_on() -> None:
    visits = (a_visit(SECOND).with_ulcer("R.D2.distal", id="a").final(), a_visit(THIRD))
    record = lost(AmputationLevel.TIP, "2023", *visits)
    assert [each.status for each in found(record, 0)] == [Status.ACTIVE]
    assert [each.status for each in found(record)] == [Status.NOT_REEXAMINED]


def test_the_first_draft_after_the_amputation_tells_it_and_so_does_the_next_visit() -> None:
    record = lost(AmputationLevel.DIP, "2024-01", *ulcer_then(a_visit(SECOND), a_visit(THIRD)))
    assert [each.status for each in found(record, 1)] == [Status.AMPUTATED]
    assert [each.status for each in found(record, 2)] == [Status.AMPUTATED]


def test_healing_lies_between_the_last_look_at_it_open_and_the_first_at_it_closed() -> None:
    record = with_ulcer_a(
        a_visit(SECOND).with_state("a", Status.NOT_SEEN).final(),
        a_visit(THIRD).final(),
        a_visit(FOURTH).with_state("a", Status.HEALED).final(),
    )
    assert healing_words(record, record.lesions[0]) == "healed between 2 Mar 2023 and 2 Mar 2026"


def test_healing_on_a_known_date_is_told_as_known() -> None:
    healed = a_visit(SECOND).with_state("a", Status.HEALED, healed_on=PartialDate("2023-11"))
    record = with_ulcer_a(healed.final())
    assert healing_words(record, record.lesions[0]) == "healed Nov 2023"


def test_an_ulcer_never_seen_open_has_healed_by_its_first_visit() -> None:
    record = with_ulcer_a(status=Status.HEALED)
    assert healing_words(record, record.lesions[0]) == "healed by 2 Mar 2023"


def test_an_open_ulcer_and_one_healed_in_a_draft_have_not_healed() -> None:
    assert healing_words(with_ulcer_a(), with_ulcer_a().lesions[0]) == ""
    record = with_ulcer_a(a_visit(SECOND).with_state("a", Status.HEALED))
    assert healing_words(record, record.lesions[0]) == ""


def test_a_new_ulcer_where_one_healed_is_another_lesion_that_follows_it() -> None:
    record = with_ulcer_a(
        a_visit(SECOND).with_state("a", Status.HEALED).final(),
        a_visit(THIRD).with_ulcer("R.D2.distal", id="b", follows="a"),
    )
    (each,) = found(record)
    assert (each.lesion.letter, each.lesion.follows, each.is_new) == ("B", "a", True)
    assert counts(record).new == 1


def test_lesions_are_listed_by_letter_a_to_z_then_aa() -> None:
    visit = a_visit(FIRST)
    for letter in ("AA", "C", "B"):
        visit = visit.with_ulcer("R.D2.distal", letter)
    assert [each.lesion.letter for each in found(a_record(visit))] == ["B", "C", "AA"]


def test_a_lesion_of_a_later_visit_is_not_known_at_an_earlier_one() -> None:
    record = a_record(a_visit(FIRST).final(), a_visit(SECOND).with_ulcer("R.D2.distal", aspect=Aspect.DORSAL))
    assert found(record, 0) == ()


@pytest.mark.parametrize(
    ("length", "width", "area"), [(4.0, 3.0, 9.42), (0.0, 3.0, 0.0), (4.0, None, None), (None, None, None)]
)
def test_an_area_needs_length_and_width(length: float | None, width: float | None, area: float | None) -> None:
    state = LesionState(lesion_id="a", status=Status.ACTIVE, length_mm=length, width_mm=width)
    assert area_mm2(state) == (area if area is None else pytest.approx(area, abs=0.01))
