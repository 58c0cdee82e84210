"""Where each user left off: kept with the entry, offered to the same user only, and only while it is a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.changes import Put, Withdraw, whole
from ssc_hand.domain.desk import KeepPlace
from ssc_hand.domain.errors import Conflict
from ssc_hand.domain.records import Visit, observation
from ssc_hand.domain.vocabulary import VisitState
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import enter_clinic

ANA = a_patient("1001", "Rojas", given_name="Ana")
RECORD = a_record(a_visit("2026-03-12T09:00"), a_visit("2026-03-12T11:00"), patient=ANA)
FIRST, SECOND = RECORD.visits


@pytest.fixture
def filled(clinic: Clinic) -> Iterator[Clinic]:
    clinic.write(*whole(RECORD))
    yield clinic


def stored(clinic: Clinic, visit: Visit) -> Visit:
    """The visit as the file has it."""
    return clinic.record(ANA.id).visit(visit.id)


def test_nobody_is_offered_anything_in_a_new_clinic(clinic: Clinic) -> None:
    assert clinic.left_off() is None


def test_the_place_is_kept_with_the_entry(filled: Clinic) -> None:
    refill = observation(parse_site("R.D4"), "crt", 2.5)
    stamps = filled.write(KeepPlace(FIRST.id, "skin_temp@R.D4"), Put(refill, FIRST.id))
    assert len(stamps) == 1
    left = filled.left_off()
    assert left is not None
    assert (left.patient_id, left.patient_name, left.visit_id) == (ANA.id, ANA.full_name, FIRST.id)
    assert (left.day, left.place) == (date(2026, 3, 12), "skin_temp@R.D4")


def test_a_refused_entry_keeps_no_place_either(filled: Clinic) -> None:
    refill = observation(parse_site("R.D4"), "crt", 2.5)
    filled.write(Put(refill, FIRST.id), KeepPlace(FIRST.id, "crt@R.D4"))
    with pytest.raises(Conflict):
        filled.write(Put(replace(refill, stamp=None), FIRST.id), KeepPlace(FIRST.id, "crt@R.D5"))
    left = filled.left_off()
    assert left is not None and left.place == "crt@R.D4"


def test_the_last_place_is_offered(filled: Clinic) -> None:
    filled.write(KeepPlace(FIRST.id, "crt@R.D4"))
    filled.write(KeepPlace(SECOND.id, "pain@L.D1"))
    left = filled.left_off()
    assert left is not None and (left.visit_id, left.place) == (SECOND.id, "pain@L.D1")


def test_it_is_offered_to_the_same_user_only(filled: Clinic) -> None:
    filled.write(KeepPlace(FIRST.id, "crt@R.D4"))
    with enter_clinic(filled.folder, by="Dr. Lind") as other:
        assert other.left_off() is None
        other.write(KeepPlace(SECOND.id, "pain@L.D1"))
    with enter_clinic(filled.folder, by="Dr. Rey") as again:
        left = again.left_off()
    assert left is not None and left.visit_id == FIRST.id


def test_a_final_or_withdrawn_visit_is_not_offered(filled: Clinic) -> None:
    filled.write(KeepPlace(FIRST.id, "crt@R.D4"))
    filled.write(Put(replace(stored(filled, FIRST), state=VisitState.FINAL)))
    assert filled.left_off() is None
    filled.write(KeepPlace(SECOND.id, "crt@R.D4"))
    filled.write(Withdraw(stored(filled, SECOND)))
    assert filled.left_off() is None


def test_a_place_of_a_visit_that_is_not_there_is_not_kept(filled: Clinic) -> None:
    filled.write(KeepPlace("no such visit", "crt@R.D4"))
    assert filled.left_off() is None
    assert filled.check() == []
