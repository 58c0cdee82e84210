"""What a clinic is asked to take in when a whole patient comes."""

from __future__ import annotations

import pytest

from ssc_hand.domain.changes import whole
from ssc_hand.domain.records import Lesion, LesionState, Observation, Patient, Visit
from tests.builders import a_patient, a_procedure, a_record, a_visit, an_amputation


def test_a_whole_record_is_put_in_an_order_in_which_everything_refers_to_what_came_before() -> None:
    patient = a_patient()
    record = a_record(
        a_visit().at("R.D2", crt=2.5).with_ulcer("R.D2.distal"),
        patient=patient,
        procedures=(a_procedure(patient),),
        amputations=(an_amputation(patient, "L.D3"),),
    )
    puts = whole(record)
    kinds = [type(put.record) for put in puts]
    assert kinds[0] is Patient
    assert kinds.index(Lesion) < kinds.index(LesionState) and kinds.index(Visit) < kinds.index(Observation)
    visit_id = record.visits[0].id
    for put in puts:
        assert put.visit_id == (visit_id if isinstance(put.record, Observation | LesionState) else None)


def test_a_lesion_comes_after_the_one_that_it_follows() -> None:
    record = a_record(
        a_visit("2025-01-01T09:00")
        .with_ulcer("R.D2.distal", id="third", follows="second")
        .with_ulcer("R.D2.distal", id="second", follows="first")
        .with_ulcer("R.D2.distal", id="first")
    )
    ids = [put.record.id for put in whole(record) if isinstance(put.record, Lesion)]
    assert ids == ["first", "second", "third"]


@pytest.mark.parametrize("follows", ["nobody", "a"])
def test_a_lesion_that_follows_none_that_is_there_is_left_for_the_clinic_to_refuse(follows: str) -> None:
    record = a_record(a_visit().with_ulcer("R.D2.distal", id="a", follows=follows))
    assert [put.record.id for put in whole(record) if isinstance(put.record, Lesion)] == ["a"]
