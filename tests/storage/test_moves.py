"""A visit recorded under the wrong patient goes to the right one; both records tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.changes import Put, whole
from ssc_hand.domain.errors import Conflict, Refused
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import Status
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit

REASON = "Moved from Rojas (1) to Vega (2): wrong chart"


def moved(visit: Visit, to: PatientRecord) -> Put:
    """The visit as the other patient's."""
    return Put(replace(visit, patient_id=to.patient.id, remarks=(*visit.remarks, REASON)))


@pytest.fixture
def wrong(clinic: Clinic) -> PatientRecord:
    """A patient with an earlier visit, and a final one that is somebody else's."""
    first = a_visit("2026-01-05T10:00").with_ulcer("R.D3.distal").final()
    second = (
        a_visit("2026-03-02T09:30")
        .at("L.D2", crt=2.0)
        .with_state(first.lesion_ids[0], Status.HEALED)
        .with_ulcer("L.D2.distal", length_mm=3.0)
        .final()
    )
    second.with_ulcer("L.D2.distal", follows=second.lesion_ids[0])
    record = a_record(first, second, patient=a_patient("1", "Rojas", note="allergic"))
    clinic.write(*whole(record))
    return clinic.record(record.patient.id)


@pytest.fixture
def right(clinic: Clinic) -> PatientRecord:
    """Whose visit it is: a patient with an ulcer A."""
    record = a_record(a_visit("2026-01-06T10:00").with_ulcer("R.D1.distal").final(), patient=a_patient("2", "Vega"))
    clinic.write(*whole(record))
    return clinic.record(record.patient.id)


def test_a_moved_visit_keeps_what_was_recorded(clinic: Clinic, wrong: PatientRecord, right: PatientRecord) -> None:
    visit = wrong.visits[1]
    clinic.write(moved(visit, right))
    now = clinic.record(right.patient.id)
    assert [each.id for each in now.visits] == [right.visits[0].id, visit.id]
    arrived = now.visits[1]
    assert not arrived.is_draft
    assert arrived.observations == visit.observations
    assert len(arrived.states) == 3
    assert clinic.check() == []


def test_both_records_tell_the_move(clinic: Clinic, wrong: PatientRecord, right: PatientRecord) -> None:
    clinic.write(moved(wrong.visits[1], right))
    assert clinic.record(right.patient.id).visits[1].remarks == (REASON,)
    old = clinic.record(wrong.patient.id)
    assert old.patient.note == f"allergic\n{REASON}"
    assert [visit.id for visit in old.visits] == [wrong.visits[0].id]


def test_lesions_of_that_visit_only_go_along(clinic: Clinic, wrong: PatientRecord, right: PatientRecord) -> None:
    clinic.write(moved(wrong.visits[1], right))
    old, new = clinic.record(wrong.patient.id), clinic.record(right.patient.id)
    assert [lesion.letter for lesion in old.lesions] == ["A"]
    own = {lesion.id for lesion in wrong.lesions} & {lesion.id for lesion in new.lesions}
    assert own == {lesion.id for lesion in wrong.lesions[1:]}
    follower = new.lesion(wrong.lesions[2].id)
    assert follower.follows == wrong.lesions[1].id


def test_a_lesion_that_other_visits_know_is_copied(clinic: Clinic, wrong: PatientRecord, right: PatientRecord) -> None:
    clinic.write(moved(wrong.visits[1], right))
    old, new = clinic.record(wrong.patient.id), clinic.record(right.patient.id)
    shared = old.lesions[0]
    assert old.visits[0].states[shared.id].status is Status.ACTIVE
    (copy,) = [lesion for lesion in new.lesions if lesion.site == parse_site("R.D3.distal")]
    assert copy.id != shared.id
    assert new.visits[1].states[copy.id].status is Status.HEALED
    # A is taken by the new patient's own ulcer; B and C were free.
    assert sorted(lesion.letter for lesion in new.lesions) == ["A", "B", "C", "D"]


def test_a_draft_is_moved_in_the_same_way(clinic: Clinic, right: PatientRecord) -> None:
    record = a_record(a_visit().with_ulcer("L.D4"), patient=a_patient("3"))
    clinic.write(*whole(record))
    visit = clinic.record(record.patient.id).visits[0]
    clinic.write(moved(visit, right))
    now = clinic.record(right.patient.id)
    assert now.visits[1].is_draft
    assert [lesion.letter for lesion in now.lesions] == ["A", "B"]
    assert clinic.record(record.patient.id).lesions == ()


def test_moving_needs_a_reason(clinic: Clinic, wrong: PatientRecord, right: PatientRecord) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        clinic.write(Put(replace(wrong.visits[1], patient_id=right.patient.id)))
    assert clinic.record(wrong.patient.id) == wrong


def test_a_visit_moves_only_to_a_patient_who_can_have_had_it(clinic: Clinic, wrong: PatientRecord) -> None:
    young = a_record(patient=a_patient("4", birth_date=dt.date(2026, 3, 10)))
    clinic.write(*whole(young))
    with pytest.raises(Refused, match="before the patient's birth date"):
        clinic.write(moved(wrong.visits[1], young))
    with pytest.raises(Conflict, match="The patient is not in the clinic's file"):
        clinic.write(moved(wrong.visits[1], a_record()))
    assert clinic.record(wrong.patient.id) == wrong
